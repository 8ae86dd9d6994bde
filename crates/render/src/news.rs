//! New hits of saved searches, written one after the other: for reading, as JSON, as a feed.

use crate::escape::printable;
use crate::view::View;
use crate::{atom, json, text};
use findbuch_engine::Hit;
use findbuch_engine::alerts::saved::Saved;
use std::io::{Result, Write};

const SCHEMA: &str = "findbuch.news/1";

/// What news are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewsFormat {
    /// For reading.
    Text,
    /// One object.
    Json,
    /// An Atom feed.
    Atom,
}

/// Writes news, hit by hit; keeps none of them.
#[derive(Debug)]
pub struct NewsWriter<'a> {
    format: NewsFormat,
    asked: &'a str,
    view: &'a View,
    /// Searches begun.
    searches: usize,
    /// Hits of the current search.
    hits: usize,
}

impl<'a> NewsWriter<'a> {
    /// Writes what comes before the first search. `asked` is when the news were asked for, RFC 3339 in UTC; `index` names the
    /// index, and with the searches it identifies a feed.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn begin(
        format: NewsFormat,
        out: &mut dyn Write,
        searches: &[&Saved],
        index: &str,
        asked: &'a str,
        view: &'a View,
    ) -> Result<NewsWriter<'a>> {
        match format {
            NewsFormat::Text => {}
            NewsFormat::Json => {
                let asked = serde_json::Value::from(asked);
                write!(out, "{{\"schema\":\"{SCHEMA}\",\"asked\":{asked},\"searches\":[")?;
            }
            NewsFormat::Atom => atom::write_saved_head(out, searches, index, asked, view)?,
        }
        Ok(NewsWriter { format, asked, view, searches: 0, hits: 0 })
    }

    /// Begins a search.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn search(&mut self, out: &mut dyn Write, saved: &Saved) -> Result<()> {
        self.hits = 0;
        if self.format == NewsFormat::Json {
            let comma = if self.searches > 0 { "," } else { "" };
            let text = |text: &str| serde_json::Value::from(text);
            let before = saved.asked.as_deref().unwrap_or(&saved.saved);
            let (name, query, since) = (text(&saved.name), text(&saved.query), text(before));
            write!(out, "{comma}{{\"name\":{name},\"query\":{query},\"since\":{since},\"hits\":[")?;
        }
        self.searches += 1;
        Ok(())
    }

    /// Writes a hit of the search.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn hit(&mut self, out: &mut dyn Write, saved: &Saved, hit: &Hit) -> Result<()> {
        match self.format {
            NewsFormat::Text => {
                if self.hits == 0 {
                    let title = format!("{}: {}", printable(&saved.name), printable(&saved.query));
                    let gap = if self.searches > 1 { "\n" } else { "" };
                    writeln!(out, "{gap}{}", self.view.theme.paint(self.view.theme.notice, &title))?;
                }
                writeln!(out)?;
                text::write_hit(out, hit, self.view)?;
            }
            NewsFormat::Json => {
                if self.hits > 0 {
                    write!(out, ",")?;
                }
                json::write_hit(out, hit, self.view)?;
            }
            NewsFormat::Atom => atom::write_saved_entry(out, saved, hit, self.asked, self.view)?,
        }
        self.hits += 1;
        Ok(())
    }

    /// Ends a search.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn end_search(&mut self, out: &mut dyn Write) -> Result<()> {
        match self.format {
            NewsFormat::Json => write!(out, "],\"new\":{}}}", self.hits),
            NewsFormat::Text | NewsFormat::Atom => Ok(()),
        }
    }

    /// Writes what comes after the last search.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn end(self, out: &mut dyn Write) -> Result<()> {
        match self.format {
            NewsFormat::Text => Ok(()),
            NewsFormat::Json => writeln!(out, "]}}"),
            NewsFormat::Atom => atom::write_end(out),
        }
    }
}
