//! Hits as CSV (RFC 4180, UTF-8, with a header line) and as paths.

use super::View;
use crate::article::PartKind;
use crate::engine::Hits;
use std::io::{Result, Write};

/// Writes a hit a row.
///
/// # Errors
/// What the output says.
pub fn write_csv(out: &mut dyn Write, hits: &Hits, view: &View) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "rank", "score", "id", "date", "source", "section", "authors", "kicker", "headline", "lead", "url", "path",
    ])?;
    for hit in &hits.hits {
        let article = &hit.article;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        csv.write_record([
            hit.rank.to_string(),
            hit.score.to_string(),
            super::printable(&article.id),
            article.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default(),
            text(&article.source),
            text(&article.section),
            article.authors.join("; "),
            article.first(PartKind::Kicker).unwrap_or_default().to_owned(),
            article.title(),
            article.first(PartKind::Lead).unwrap_or_default().to_owned(),
            text(&article.url),
            view.path(&article.path),
        ])?;
    }
    csv.flush()
}

/// Writes the files of the hits, a path a line, each once.
///
/// # Errors
/// What the output says.
pub fn write_paths(out: &mut dyn Write, hits: &Hits, view: &View) -> Result<()> {
    let mut written = std::collections::HashSet::new();
    for hit in &hits.hits {
        if written.insert(&hit.article.path) {
            writeln!(out, "{}", view.path(&hit.article.path))?;
        }
    }
    Ok(())
}
