//! `findbuch search`

use super::index::Bar;
use super::terminal::{self, Color};
use super::{Outcome, canonical, now, overview};
use crate::corpus::Limits;
use crate::engine::answer::answer;
use crate::engine::highlight::Highlighter;
use crate::engine::synonyms::Synonyms;
use crate::engine::tantivy::TantivyEngine;
use crate::engine::{Detail, Engine, EngineError, Expansion, SearchRequest, Sort};
use crate::lang::Lang;
use crate::query::Query;
use crate::render::{View, explain, json, table, text};
use crate::update::{UpdateRequest, update};
use clap::ValueEnum;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(after_help = "\
Examples:
  findbuch search Kim Jong Un Munition                    all words
  findbuch search '\"Kim Jong Un\" Munition -Handball'      a phrase, a word excluded
  findbuch search 'Munition ODER Granaten' --in articles  bring the folder up to date, search it alone
  findbuch search 'titel:Fähre datum:2012-06..2012-12'    by field and date
  findbuch search Hochwasser --sort newest --format json  for other programs

  findbuch search =Waffe                                  this form alone
  findbuch search Munition --facets=quelle,jahr           how many hits each source and year has
  findbuch search Munition --timeline month               bars by month; --per-thousand, --svg FILE
  findbuch search Selenskyj --explain                     what is searched, and what each way brings

docs/QUERY.md describes the language of queries, docs/GERMAN.md what is found as the same word. Articles
that lack some of the words come after those that have all, with a notice.")]
pub struct Args {
    /// Words, phrases in quotation marks, -exclusions, AND/UND, OR/ODER, NOT/NICHT, field:word
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Search only this folder or file, after bringing the index up to date with it
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
    /// With --in: search the index as it is
    #[arg(long, requires = "within")]
    no_update: bool,
    /// Hits on a page
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    /// Which page, from 1
    #[arg(long, value_name = "P", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    page: u32,
    /// Hits passed over, in place of a page
    #[arg(long, value_name = "N", conflicts_with = "page", value_parser = clap::value_parser!(u32).range(..=1_000_000_000))]
    offset: Option<u32>,
    /// Order of the hits
    #[arg(long, value_enum, default_value_t = SortArg::Relevance)]
    sort: SortArg,
    /// Form of the output; docs/JSON.md describes json and jsonl
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Search the forms as typed: no inflections, no parts of compounds, no other spellings
    #[arg(long)]
    exact: bool,
    /// Search no other spellings of names and no synonyms
    #[arg(long)]
    no_variants: bool,
    /// Tell before the hits what each word is searched as and how many articles that brings
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    overview: overview::OverviewArgs,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SortArg {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object with all hits of the page
    Json,
    /// A hit a line
    Jsonl,
    /// A hit a row
    Csv,
    /// The files' paths
    Paths,
}

impl Format {
    fn overview(self) -> overview::Form {
        match self {
            Format::Text => overview::Form::Text,
            Format::Json => overview::Form::Json,
            Format::Csv => overview::Form::Csv,
            Format::Jsonl | Format::Paths => overview::Form::Other,
        }
    }
}

/// Runs `search`.
pub fn run(args: &Args, index: &Path, lang: Lang) -> anyhow::Result<Outcome> {
    let query = Query::parse(&super::arguments::restore(&args.query).join(" "))
        .map_err(|error| anyhow::anyhow!("{}", error.message(lang)))?;
    let overview = args.overview.resolve(args.format.overview(), lang)?;
    let within = args.within.as_deref().map(canonical).transpose()?;
    if let (Some(path), Some(typed)) = (&within, &args.within)
        && !args.no_update
    {
        bring_up_to_date(index, path, typed, lang)?;
    }
    let engine = TantivyEngine::open(index)?;
    let synonyms =
        if args.exact || args.no_variants { None } else { Synonyms::of_index(index, &mut engine.analyzer())? };
    let expansion =
        Expansion { german: !args.exact, names: !args.exact && !args.no_variants, synonyms: synonyms.as_ref() };
    let offset = args.offset.map_or((args.page as usize - 1) * args.limit as usize, |offset| offset as usize);
    let request = SearchRequest {
        within: within.as_deref(),
        offset,
        limit: args.limit as usize,
        sort: match args.sort {
            SortArg::Relevance => Sort::Relevance,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        },
        detail: if matches!(args.format, Format::Csv | Format::Paths) { Detail::Article } else { Detail::Snippets },
        // lists for other programs hold what was asked for and nothing else
        fill: !matches!(args.format, Format::Csv | Format::Paths),
        expansion,
        ..SearchRequest::new(&query)
    };
    let request = overview.ask(&request);
    let started = Instant::now();
    let answer = answer(&engine, &request)?;
    let explained = if args.explain { Some(engine.explain(&request)?) } else { None };
    let hits = &answer.hits;
    let searched = answer.corrected.as_ref().unwrap_or(&query);
    let page =
        json::Page { offset, limit: request.limit, took_ms: (started.elapsed().as_secs_f64() * 1e6).round() / 1e3 };
    let view = terminal::view(args.color, lang)?;
    for faulty in synonyms.iter().flat_map(|synonyms| &synonyms.faults) {
        note(&view, &explain::faulty_line(faulty, &view));
    }
    let mut out = terminal::out();
    let timeline = overview.timeline(&engine, &answer, &query, lang)?;
    let notices = explain::notices(&answer, &view);
    let overviewed = overview.write(&mut out, &answer, &notices, timeline.as_ref(), &view)?;
    match args.format {
        _ if overviewed.is_some() => {}
        Format::Text => {
            if let Some(explained) = &explained {
                explain::write(&mut out, explained, &view)?;
            }
            text::write_hits(
                &mut out,
                hits,
                &notices,
                &mut Highlighter::new(searched, expansion, engine.analyzer()),
                &view,
            )?;
        }
        Format::Json => json::write_answer(
            &mut out,
            &answer,
            &query,
            explained.as_deref(),
            page,
            &overview.counts(timeline),
            &view,
        )?,
        Format::Jsonl => json::write_hit_lines(&mut out, hits, &view)?,
        Format::Csv => table::write_csv(&mut out, hits, &view)?,
        Format::Paths => table::write_paths(&mut out, hits, &view)?,
    }
    out.flush()?;
    if let Some(relaxed) = hits.relaxed.as_ref().filter(|_| args.format != Format::Text) {
        note(&view, &text::notice(&relaxed.missing, &view));
    }
    if args.format != Format::Text {
        for notice in &notices {
            note(&view, notice);
        }
    }
    if let Some(outcome) = overviewed {
        return Ok(outcome);
    }
    if hits.total > 0 && hits.hits.is_empty() {
        let page = offset / request.limit + 1;
        note(
            &view,
            &lang.pick(
                format!("Seite {page} ist leer: es gibt nur {} Treffer.", hits.total),
                format!("page {page} is empty: there are only {} hits", hits.total),
            ),
        );
    }
    Ok(if hits.hits.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// A request of which the number of hits and what is counted are wanted, and no hits.
pub fn without_hits<'a>(request: &SearchRequest<'a>) -> SearchRequest<'a> {
    SearchRequest { offset: 0, limit: 1, sort: Sort::Newest, detail: Detail::Id, fill: false, ..request.clone() }
}

/// A line to standard error.
fn note(view: &View, text: &str) {
    // nobody reads it where standard error is closed
    let _ = writeln!(std::io::stderr(), "{}", view.theme.paint(view.theme.notice, text));
}

/// Updates the index for `path`; where another program is just writing, the last commit is searched.
fn bring_up_to_date(index: &Path, path: &Path, typed: &Path, lang: Lang) -> anyhow::Result<()> {
    let (today, now) = now();
    let limits = Limits::on(today);
    let paths = [path.to_path_buf()];
    let stop = AtomicBool::new(false);
    let request =
        UpdateRequest { index, paths: &paths, rebuild: false, limits: &limits, stop: &stop, now, memory: None };
    let mut bar = Bar::default();
    let result = update(&request, &mut |step| bar.show(step));
    bar.finish();
    let mut err = std::io::stderr().lock();
    match result {
        Ok(summary) => {
            if summary.changed_anything() {
                let (read, removed, unread) =
                    (summary.new + summary.changed, summary.removed_files, summary.problems.len());
                let typed = typed.display();
                let reasons = lang.pick(
                    format!("; {unread} Dateien nicht lesbar (Gründe: findbuch index {typed})"),
                    format!("; {unread} files cannot be read (reasons: findbuch index {typed})"),
                );
                let message = lang.pick(
                    format!("Index auf dem neuesten Stand: {read} Artikel gelesen, {removed} Dateien entfernt"),
                    format!("index brought up to date: {read} articles read, {removed} files removed"),
                );
                writeln!(err, "{message}{}", if unread > 0 { reasons.as_str() } else { "" })?;
            }
            Ok(())
        }
        Err(error @ (EngineError::Locked(_) | EngineError::Io { .. })) if TantivyEngine::open(index).is_ok() => {
            let searched = lang.pick("Durchsucht wird der letzte Stand.", "The last commit is searched.");
            writeln!(err, "findbuch: {error}\n{searched}")?;
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
