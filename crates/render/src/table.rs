//! Hits as rows of CSV (RFC 4180, UTF-8, with a header line).

use crate::escape::printable;
use crate::view::View;
use findbuch_article::PartKind;
use findbuch_engine::Hit;
use std::borrow::Cow;
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
    write_cells(
        out,
        (b',', view.raw),
        &[
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

/// Writes a row whose cells are texts of others, with a delimiter, raw or safe.
pub(crate) fn write_cells<const N: usize>(
    out: &mut dyn Write,
    (delimiter, raw): (u8, bool),
    cells: &[impl AsRef<str>; N],
) -> Result<()> {
    write_record(out, delimiter, cells.each_ref().map(|text| cell(text.as_ref(), raw).into_owned()))
}

/// A cell that no spreadsheet takes for a formula: where it begins as one, and is no number, an apostrophe is put before it, which a
/// spreadsheet does not show (OWASP, CSV injection).
pub(crate) fn cell(text: &str, raw: bool) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula && !raw { format!("'{text}").into() } else { text.into() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_unless_they_are_wanted() {
        for (text, safe) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+49 30", "'+49 30"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2.5", "-2.5"),
            ("Der Deich = Schutz", "Der Deich = Schutz"),
            ("– Ende", "– Ende"),
            ("", ""),
        ] {
            assert_eq!(cell(text, false), safe);
            assert_eq!(cell(text, true), text);
        }
    }
}
