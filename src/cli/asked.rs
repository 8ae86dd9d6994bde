//! A search that was asked for and how its result is written: with a citation, and with what may be meant where nothing is
//! found.

use super::{clock, terminal};
use findbuch_engine::answer::suggested;
use findbuch_engine::{Engine, Prepared};
use findbuch_query::Query;
use findbuch_render::View;
use findbuch_render::cite::{self, Citation};
use findbuch_render::notices::{did_you_mean, unquoted_notice};
use findbuch_render::wrap::wrap;
use std::io::Write;
use std::path::Path;

/// A search whose result is written.
pub struct Asked<'a> {
    /// Whether every article is wanted, and not a page.
    pub all: bool,
    /// The file that the result goes to, in place of standard output.
    pub output: Option<&'a Path>,
    /// Whether the search is cited.
    pub cite: bool,
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
pub enum CitationPlace {
    /// Below the hits, in lines of the view's width.
    Below,
    /// Below the hits, where lines are for another program to break.
    BelowMarkdown,
    /// On standard error, where the hits are for another program.
    StandardError,
}

impl Asked<'_> {
    /// How the search is cited, if that is wanted.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn citation(&self, query: &Query, total: u64) -> anyhow::Result<Option<Citation>> {
        if !self.cite {
            return Ok(None);
        }
        Ok(Some(Citation {
            query: query.text.clone(),
            typed: Some(self.prepared.request().query.text.clone()).filter(|typed| *typed != query.text),
            options: self.options.clone(),
            total,
            index: self.engine.fingerprint()?,
            version: env!("CARGO_PKG_VERSION"),
            searched: clock::timestamp(),
        }))
    }

    /// Writes the citation in its place.
    ///
    /// # Errors
    /// What the output says.
    pub fn write_citation(
        &self,
        out: &mut dyn Write,
        citation: &Citation,
        place: CitationPlace,
    ) -> std::io::Result<()> {
        let text = cite::text(citation, self.view);
        match place {
            CitationPlace::Below => writeln!(out, "\n{}", wrap(&text, self.view.width, "", "")),
            CitationPlace::BelowMarkdown => writeln!(out, "\n{text}"),
            CitationPlace::StandardError => {
                terminal::note(self.view, &text);
                Ok(())
            }
        }
    }

    /// Names on standard error the phrases that were searched as their words.
    pub fn note_unquoted(&self) {
        if let Some(notice) = unquoted_notice(&self.prepared.plan().unquoted, self.view.lang) {
            terminal::note(self.view, &notice);
        }
    }

    /// Names on standard error the words that may be meant by those that no article has.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn note_suggestions(&self) -> anyhow::Result<()> {
        for line in did_you_mean(&suggested(self.engine, self.prepared)?, self.view) {
            terminal::note(self.view, &line);
        }
        Ok(())
    }
}
