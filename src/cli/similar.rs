//! `findbuch similar`

use super::Outcome;
use super::paths::id_or_path;
use super::show::the_article;
use super::terminal::{self, Color};
use clap::ValueEnum;
use findbuch_engine::answer::Answer;
use findbuch_engine::versions::similar::{query, similar, telling_words};
use findbuch_engine::{Detail, IndexDir, SearchRequest};
use findbuch_query::lang::Lang;
use findbuch_render::records::{RecordFormat, write_records};
use findbuch_render::{json, text};
use std::io::Write;
use std::time::Instant;

/// Arguments of `similar`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch similar sample-corpus/web/niedrigwasser-lenz.html
  findbuch similar nb-2012-08-20-0017 --format json

The article's most telling words are searched: rare ones that it has often, in headline and lead, and names. Articles that
are nearly identical with it are marked.")]
pub struct SimilarArgs {
    /// Id of the article, or path of its file, with :N for the Nth record of a file
    #[arg(value_parser = id_or_path())]
    id: String,
    /// Articles on a page
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    /// Articles to skip
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    offset: u32,
    /// Form of the output, as of search
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object
    Json,
    /// An article a line
    Jsonl,
    /// An article a row
    Csv,
    /// The files' paths
    Paths,
}

/// Runs `similar`.
pub fn run(args: &SimilarArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let engine = index.open()?;
    let view = terminal::view(args.color, lang)?;
    let article = the_article(&*engine, &args.id, &view)?;
    let started = Instant::now();
    let words = telling_words(&*engine, &article)?;
    let query = query(&words);
    let (offset, limit) = (args.offset as usize, args.limit as usize);
    let detail = if matches!(args.format, Format::Csv | Format::Paths) { Detail::Article } else { Detail::Snippets };
    let request = SearchRequest { offset, limit, detail, furniture: false, ..SearchRequest::new(&query) };
    let prepared = engine.prepare(&request)?;
    let hits = similar(&*engine, &article, &prepared)?;
    let took_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    let found = !hits.hits.is_empty();
    let mut out = terminal::out();
    match args.format {
        Format::Text => text::write_similar(&mut out, &article, &words, &hits, &view)?,
        Format::Json => {
            let answer = Answer::of(hits, &prepared);
            let page = json::Page { offset, limit, took_ms, cite: None };
            json::write_answer(&mut out, &answer, &query, None, page, &json::Counts::default(), &view)?;
        }
        Format::Jsonl => write_records(RecordFormat::Jsonl, &hits, &mut out, &view)?,
        Format::Csv => write_records(RecordFormat::Csv, &hits, &mut out, &view)?,
        Format::Paths => write_records(RecordFormat::Paths, &hits, &mut out, &view)?,
    }
    out.flush()?;
    Ok(if found { Outcome::Done } else { Outcome::NothingFound })
}
