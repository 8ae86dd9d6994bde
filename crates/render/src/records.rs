//! Hits one at a time, in formats for other programs.

use crate::view::View;
use crate::{bibtex, json, markdown, ris, table};
use findbuch_engine::{Hit, Hits};
use std::io::{Result, Write};
use xxhash_rust::xxh3::xxh3_64;

/// A format that is written hit by hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// A row for each hit (RFC 4180).
    Csv,
    /// An object on each line.
    Jsonl,
    /// A list for notes.
    Markdown,
    /// Entries of a bibliography.
    Bibtex,
    /// Entries for reference managers.
    Ris,
    /// Each file's path once, on a line of its own.
    Paths,
}

impl RecordFormat {
    /// Whether the format has room for snippets.
    #[must_use]
    pub fn has_snippets(self) -> bool {
        matches!(self, RecordFormat::Jsonl | RecordFormat::Markdown)
    }
}

/// Writes the hits of one page.
///
/// # Errors
/// When the output cannot be written.
pub fn write_records(format: RecordFormat, hits: &Hits, out: &mut dyn Write, view: &View) -> Result<()> {
    let mut records = Records::begin(format, out)?;
    hits.hits.iter().try_for_each(|hit| records.write(out, hit, view))
}

/// Writes hits in a format, one after the other; keeps none of them.
#[derive(Debug)]
pub struct Records {
    format: RecordFormat,
    /// Hashes of the paths that are written already.
    paths: std::collections::HashSet<u64>,
}

impl Records {
    /// Writes what stands before the first hit.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn begin(format: RecordFormat, out: &mut dyn Write) -> Result<Records> {
        if format == RecordFormat::Csv {
            table::write_header(out)?;
        }
        Ok(Records { format, paths: std::collections::HashSet::new() })
    }

    /// Writes a hit.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn write(&mut self, out: &mut dyn Write, hit: &Hit, view: &View) -> Result<()> {
        match self.format {
            RecordFormat::Csv => table::write_row(out, hit, view),
            RecordFormat::Jsonl => json::write_hit_line(out, hit, view),
            RecordFormat::Markdown => markdown::write_hit(out, hit, view),
            RecordFormat::Bibtex => bibtex::write_entry(out, &hit.article, view),
            RecordFormat::Ris => ris::write_entry(out, &hit.article, view),
            RecordFormat::Paths if self.paths.insert(xxh3_64(hit.article.path.as_bytes())) => {
                writeln!(out, "{}", view.path(&hit.article.path))
            }
            RecordFormat::Paths => Ok(()),
        }
    }
}
