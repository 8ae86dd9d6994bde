//! `findbuch search --all`: a whole result, article by article; and where and how results are written.

use super::output::Output;
use super::terminal;
use super::{Outcome, now};
use findbuch_engine::answer::suggested;
use findbuch_engine::{Detail, Engine, Fingerprint, Prepared};
use findbuch_query::Query;
use findbuch_render::View;
use findbuch_render::cite::{self, Citation};
use findbuch_render::explain::did_you_mean;
use findbuch_render::records::{RecordFormat, Records};
use findbuch_render::text::wrap;
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `search` that say how much is written, where, and with what.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Write every article that has all that is asked for, not a page: with --format csv, jsonl, markdown, bibtex, ris or paths
    #[arg(long, conflicts_with_all = ["page", "offset", "limit", "explain", "count", "facets", "timeline"])]
    pub all: bool,
    /// Write to this file, which is replaced when all is written
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Tell how to cite the search: query, hits, state of the index, date
    #[arg(long)]
    pub cite: bool,
    /// Places in context.
    #[command(flatten)]
    pub kwic: super::kwic::Args,
}

/// A search that is to be written.
pub struct Asked<'a> {
    /// The arguments.
    pub args: &'a Args,
    /// The search.
    pub prepared: &'a Prepared<'a>,
    /// The options that change what matches, as typed.
    pub options: Vec<String>,
    /// The index.
    pub engine: &'a dyn Engine,
    /// What the output needs to know.
    pub view: &'a View,
}

/// Where a citation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Below the hits, in lines of the view's width.
    Below,
    /// Below the hits, where lines are for another program to break.
    BelowMarkdown,
    /// On standard error.
    Beside,
}

impl Asked<'_> {
    /// How the search is cited, if that is wanted.
    pub fn citation(&self, query: &Query, total: u64) -> anyhow::Result<Option<Citation>> {
        if !self.args.cite {
            return Ok(None);
        }
        let index: Fingerprint = self.engine.fingerprint()?;
        Ok(Some(Citation {
            query: query.text.clone(),
            typed: Some(self.prepared.request().query.text.clone()).filter(|typed| *typed != query.text),
            options: self.options.clone(),
            total,
            index,
            version: env!("CARGO_PKG_VERSION"),
            searched: now().1,
        }))
    }

    /// Writes the whole result in a format.
    pub fn export(&self, format: RecordFormat) -> anyhow::Result<Outcome> {
        let detail = if format.has_snippets() { Detail::Snippets } else { Detail::Article };
        let stream = self.engine.stream(&self.prepared.clone().adjusted(|request| request.detail = detail))?;
        let mut out = Output::open(self.args.output.as_deref())?;
        let mut records = Records::begin(format, &mut out)?;
        for hit in stream.hits {
            records.write(&mut out, &hit?, self.view)?;
        }
        let citation = self.citation(self.prepared.request().query, stream.total)?;
        if let Some(citation) = &citation {
            let markdown = format == RecordFormat::Markdown;
            self.write_citation(&mut out, citation, if markdown { Place::BelowMarkdown } else { Place::Beside })?;
        }
        out.finish()?;
        if stream.total == 0 {
            self.note_none()?;
            terminal::note(self.view, &none(self.view));
        }
        Ok(if stream.total == 0 { Outcome::NothingFound } else { Outcome::Done })
    }

    /// Says what may be meant by words that no article has.
    pub fn note_none(&self) -> anyhow::Result<()> {
        for line in did_you_mean(&suggested(self.engine, self.prepared)?, self.view) {
            terminal::note(self.view, &line);
        }
        Ok(())
    }

    /// The citation as a paragraph below the hits or, where other programs read those, on standard error.
    pub fn write_citation(&self, out: &mut dyn Write, citation: &Citation, place: Place) -> std::io::Result<()> {
        let text = cite::text(citation, self.view);
        match place {
            Place::Below => writeln!(out, "\n{}", wrap(&text, self.view.width, "", "")),
            Place::BelowMarkdown => writeln!(out, "\n{text}"),
            Place::Beside => {
                terminal::note(self.view, &text);
                Ok(())
            }
        }
    }
}

/// That `--all` is to the letter.
fn none(view: &View) -> String {
    view.lang.pick(
        "Kein Artikel hat alles, was gefragt ist; ohne --all zeigt die Suche, was dem nahekommt.".into(),
        "No article has all that is asked for; without --all, the search shows what comes near.".into(),
    )
}
