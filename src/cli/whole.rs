//! `findbuch search --all`: a whole result, article by article; and the arguments that say where results are written.

use super::asked::{Asked, CitationPlace};
use super::output::Output;
use super::{Outcome, kwic, terminal};
use findbuch_engine::Detail;
use findbuch_render::View;
use findbuch_render::records::{RecordFormat, Records};
use std::path::PathBuf;

/// Arguments of `search` that say how much is written, where, and with what.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Write every article that has all that is asked for, not a page: with --format csv, jsonl, markdown, bibtex, ris or paths
    #[arg(long, conflicts_with_all = ["page", "offset", "limit", "explain", "count", "facets", "timeline"])]
    pub all: bool,
    /// Write to this file, which is replaced when all is written; in one word, -oFILE, with an ending such as .csv: -orgel
    /// excludes a word
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write cells of CSV and TSV as they are; otherwise an apostrophe disarms those that a spreadsheet would run
    #[arg(long)]
    pub raw: bool,
    /// Add how to cite the search: query, hits, state of the index, date
    #[arg(long)]
    pub cite: bool,
    /// Places in context.
    #[command(flatten)]
    pub kwic: kwic::Args,
}

/// Writes the whole result in a format.
///
/// # Errors
/// When the index cannot be read or the output not be written.
pub fn export(asked: &Asked<'_>, format: RecordFormat) -> anyhow::Result<Outcome> {
    let detail = if format.has_snippets() { Detail::Snippets } else { Detail::Article };
    let stream = asked.engine.stream(&asked.prepared.clone().adjusted(|request| request.detail = detail))?;
    let mut out = Output::open(asked.output)?;
    let mut records = Records::begin(format, &mut out)?;
    for hit in stream.hits {
        records.write(&mut out, &hit?, asked.view)?;
    }
    let citation = asked.citation(asked.prepared.request().query, stream.total)?;
    if let Some(citation) = &citation {
        let markdown = format == RecordFormat::Markdown;
        let place = if markdown { CitationPlace::BelowMarkdown } else { CitationPlace::StandardError };
        asked.write_citation(&mut out, citation, place)?;
    }
    out.finish()?;
    asked.note_unquoted();
    if stream.total > 0 {
        return Ok(Outcome::Done);
    }
    asked.note_suggestions()?;
    terminal::note(asked.view, &no_article_has_all(asked.view));
    Ok(Outcome::NothingFound)
}

/// That `--all` relaxes nothing.
fn no_article_has_all(view: &View) -> String {
    view.lang.pick(
        "Kein Artikel hat alles, was gefragt ist; ohne --all zeigt die Suche, was dem nahekommt.".into(),
        "No article has all that is asked for; without --all, the search shows what comes near.".into(),
    )
}
