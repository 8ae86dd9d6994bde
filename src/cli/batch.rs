//! `findbuch batch`

use super::lines::Lines;
use super::narrowing::Narrowing;
use super::output::Output;
use super::paths::canonical;
use super::search::SortArg;
use super::terminal::{self, Color};
use super::{Outcome, clock, narrowing, time_limit, words};
use clap::ValueEnum;
use findbuch_engine::batch::{as_phrase, count, query_of};
use findbuch_engine::{Engine, IndexDir, SearchRequest};
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::View;
use findbuch_render::batch::{Batch, BatchFormat, Row};
use findbuch_render::errors;
use std::path::PathBuf;

/// Most bytes of a line; a query has fewer.
const MAX_LINE: u64 = 1 << 14;

/// Arguments of `batch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch batch namen.txt                                how many articles each line finds, and the best of them
  findbuch batch namen.txt --phrases --format csv         each line is a name, found word by word; for a spreadsheet
  findbuch batch - -n 3 --from 2022 --only quelle=Bote    from standard input, three hits each, limited

Blank lines and those that begin with # are passed over. A line with an error is told, the others are searched, and the
exit code is 2. docs/BATCH.md describes the forms of the output.")]
pub struct Args {
    /// A name or query on each line, UTF-8; - is standard input
    #[arg(value_name = "FILE")]
    list: PathBuf,
    /// Take each line for a name or phrase, as if it stood in quotation marks
    #[arg(long)]
    phrases: bool,
    /// First hits of each query; 0 counts alone
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=1_000))]
    limit: u32,
    /// Which hits are the first
    #[arg(long, value_enum, default_value_t = SortArg::Relevance)]
    sort: SortArg,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only hits from this folder or file
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
    #[command(flatten)]
    words: words::Args,
    #[command(flatten)]
    narrowing: narrowing::Args,
    #[command(flatten)]
    time: time_limit::Args,
    /// Write to this file, which is replaced when all is written
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write cells of CSV as they are; otherwise an apostrophe disarms those that a spreadsheet would run
    #[arg(long)]
    raw: bool,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object
    Json,
    /// A query a line
    Jsonl,
    /// A hit a row
    Csv,
}

impl From<Format> for BatchFormat {
    fn from(format: Format) -> BatchFormat {
        match format {
            Format::Text => BatchFormat::Text,
            Format::Json => BatchFormat::Json,
            Format::Jsonl => BatchFormat::Jsonl,
            Format::Csv => BatchFormat::Csv,
        }
    }
}

/// Runs `batch`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let within = args.within.as_deref().map(canonical).transpose()?;
    let narrowing = args.narrowing.resolve(lang)?;
    let engine = index.open()?;
    let view = match &args.output {
        Some(_) if args.color != Color::Always => terminal::file_view(lang)?,
        _ => terminal::view(args.color, lang)?,
    };
    let view = View { raw: args.raw, gone: engine.state().gone.clone(), ..view };
    let own = args.words.own(index, &*engine, lang)?;
    let nothing = Query::everything(clock::today());
    let Narrowing { only, not, published } = &narrowing;
    let request = SearchRequest {
        within: within.as_deref(),
        only,
        not,
        published: *published,
        sort: args.sort.into(),
        ranking: index.ranking()?,
        furniture: !args.words.no_furniture,
        expansion: args.words.expansion(&own),
        ..SearchRequest::new(&nothing)
    };
    let mut lines = Lines::open(&args.list, MAX_LINE, lang)?;
    let mut out = Output::open(args.output.as_deref())?;
    let mut batch = Batch::begin(args.format.into(), &mut out)?;
    while let Some((line, text)) = lines.next(lang)? {
        let text = match text {
            Ok(text) => text,
            Err(fault) => {
                let row = Row { line, query: String::new(), found: Err(fault) };
                written(&mut batch, &mut out, &row, &lines, &view)?;
                continue;
            }
        };
        let Some(typed) = query_of(&text) else { continue };
        let query = if args.phrases { as_phrase(typed) } else { typed.to_owned() };
        let request = SearchRequest { deadline: args.time.deadline(), ..request.clone() };
        let found = searched(&*engine, &request, &query, args.limit as usize, lang)?;
        written(&mut batch, &mut out, &Row { line, query: typed.to_owned(), found }, &lines, &view)?;
    }
    batch.end(&mut out)?;
    out.finish()?;
    terminal::note(&view, &batch.summary(&view));
    Ok(match (batch.is_faulty(), batch.any()) {
        (true, _) => Outcome::Problems,
        (_, true) => Outcome::Done,
        _ => Outcome::NothingFound,
    })
}

/// What a query finds, or why it cannot be searched.
fn searched(
    engine: &dyn Engine,
    request: &SearchRequest<'_>,
    text: &str,
    most: usize,
    lang: Lang,
) -> anyhow::Result<Result<findbuch_engine::batch::Found, String>> {
    let query = match Query::parse(text, clock::today()) {
        Ok(query) => query,
        Err(error) => return Ok(Err(error.line(lang))),
    };
    match count(engine, &SearchRequest { query: &query, ..request.clone() }, most) {
        Ok(found) => Ok(Ok(found)),
        Err(error) => errors::of_one(&error, &query, lang).map_or_else(|| Err(error.into()), |fault| Ok(Err(fault))),
    }
}

/// Writes a row; what is wrong with its line is also told on standard error.
fn written(batch: &mut Batch, out: &mut Output, row: &Row, lines: &Lines, view: &View) -> anyhow::Result<()> {
    if let Err(fault) = &row.found {
        lines.report(row.line, fault);
    }
    Ok(batch.write(out, row, view)?)
}
