//! What is new in the results of saved searches, hit by hit: for reading, as JSON, as a feed.

use super::{View, atom, json, printable, text};
use findbuch_engine::Hit;
use findbuch_engine::alerts::saved::Saved;
use findbuch_engine::text::highlight::Highlighter;
use std::io::{Result, Write};

const SCHEMA: &str = "findbuch.news/1";

/// Forms of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewsFormat {
    /// For reading.
    Text,
    /// One object.
    Json,
    /// An Atom feed.
    Atom,
}

/// Writes news; holds none that was written.
#[derive(Debug)]
pub struct NewsWriter<'a> {
    format: NewsFormat,
    asked: &'a str,
    view: &'a View,
    /// Searches and hits of the last of them that were written.
    searches: usize,
    hits: usize,
}

impl<'a> NewsWriter<'a> {
    /// Writes what stands before the first search; `asked` is RFC 3339 in UTC, `place` names the index.
    ///
    /// # Errors
    /// What the output says.
    pub fn begin(
        format: NewsFormat,
        out: &mut dyn Write,
        searches: &[&Saved],
        place: &str,
        asked: &'a str,
        view: &'a View,
    ) -> Result<NewsWriter<'a>> {
        match format {
            NewsFormat::Text => {}
            NewsFormat::Json => write!(out, "{{\"schema\":\"{SCHEMA}\",\"asked\":\"{asked}\",\"searches\":[")?,
            NewsFormat::Atom => atom::begin(out, searches, place, asked, view)?,
        }
        Ok(NewsWriter { format, asked, view, searches: 0, hits: 0 })
    }

    /// Begins a search.
    ///
    /// # Errors
    /// What the output says.
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
    /// What the output says.
    pub fn hit(&mut self, out: &mut dyn Write, saved: &Saved, hit: &Hit, highlighter: &mut Highlighter) -> Result<()> {
        match self.format {
            NewsFormat::Text => {
                if self.hits == 0 {
                    let title = format!("{}: {}", printable(&saved.name), printable(&saved.query));
                    let gap = if self.searches > 1 { "\n" } else { "" };
                    writeln!(out, "{gap}{}", self.view.theme.paint(self.view.theme.notice, &title))?;
                }
                writeln!(out)?;
                text::write_hit(out, hit, highlighter, self.view)?;
            }
            NewsFormat::Json => {
                if self.hits > 0 {
                    write!(out, ",")?;
                }
                json::write_hit(out, hit, self.view)?;
            }
            NewsFormat::Atom => atom::write_entry(out, saved, hit, self.asked, self.view)?,
        }
        self.hits += 1;
        Ok(())
    }

    /// Ends a search.
    ///
    /// # Errors
    /// What the output says.
    pub fn end_search(&mut self, out: &mut dyn Write) -> Result<()> {
        match self.format {
            NewsFormat::Json => write!(out, "],\"new\":{}}}", self.hits),
            NewsFormat::Text | NewsFormat::Atom => Ok(()),
        }
    }

    /// Writes what stands behind the last search.
    ///
    /// # Errors
    /// What the output says.
    pub fn end(self, out: &mut dyn Write) -> Result<()> {
        match self.format {
            NewsFormat::Text => Ok(()),
            NewsFormat::Json => writeln!(out, "]}}"),
            NewsFormat::Atom => atom::end(out),
        }
    }
}
