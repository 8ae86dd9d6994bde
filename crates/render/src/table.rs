//! Hits as rows of CSV (RFC 4180, UTF-8, with a header line).

use crate::escape::printable;
use crate::view::View;
use findbuch_article::PartKind;
use findbuch_engine::Hit;
use std::io::{Result, Write};

/// Writes the names of the columns.
///
/// # Errors
/// When the output cannot be written.
pub fn write_header(out: &mut dyn Write) -> Result<()> {
    write_record(
        out,
        b',',
        ["rank", "score", "id", "date", "source", "section", "authors", "kicker", "headline", "lead", "url", "path"],
    )
}

/// Writes a hit.
///
/// # Errors
/// When the output cannot be written.
pub fn write_row(out: &mut dyn Write, hit: &Hit, view: &View) -> Result<()> {
    let article = &hit.article;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    write_record(
        out,
        b',',
        [
            hit.rank.to_string(),
            hit.score.to_string(),
            printable(&article.id),
            article.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default(),
            text(&article.source),
            text(&article.section),
            article.authors.join("; "),
            article.first(PartKind::Kicker).unwrap_or_default().to_owned(),
            article.title(),
            article.first(PartKind::Lead).unwrap_or_default().to_owned(),
            text(&article.url),
            view.path(&article.path),
        ],
    )
}

/// Writes a row with a delimiter.
pub(crate) fn write_record<const N: usize>(
    out: &mut dyn Write,
    delimiter: u8,
    fields: [impl AsRef<[u8]>; N],
) -> Result<()> {
    // one write for each row, not one for each field
    let mut row = csv::WriterBuilder::new().delimiter(delimiter).buffer_capacity(1 << 10).from_writer(Vec::new());
    row.write_record(fields)?;
    out.write_all(&row.into_inner().map_err(csv::IntoInnerError::into_error)?)
}
