//! Hits and articles to text, JSON, CSV, Markdown, BibTeX, RIS and Atom. Nothing here knows a terminal: width, styles and links are told.

pub mod article;
pub mod atom;
mod bars;
pub mod bibtex;
pub mod chart;
pub mod cite;
mod counted;
pub mod differences;
pub mod explain;
pub mod facets;
pub mod fault;
pub mod html;
pub mod json;
pub mod kwic;
pub mod markdown;
pub mod news;
pub mod records;
pub mod reference;
pub mod ris;
pub mod stats;
pub mod suggestions;
mod svg;
pub mod table;
pub mod text;
mod theme;
pub mod timeline;
mod tree;
pub mod trend;

use findbuch_article::{Article, PartKind};
use findbuch_files::{decode_path, encode_path};
use findbuch_query::lang::Lang;
use std::path::PathBuf;

pub use theme::Theme;

/// What output needs to know of where it goes.
#[derive(Debug, Clone)]
pub struct View {
    /// Columns.
    pub width: usize,
    /// Colours, marks and links.
    pub theme: Theme,
    /// The reader's language.
    pub lang: Lang,
    /// Paths below this folder are shown relative to it.
    pub working_dir: PathBuf,
}

impl View {
    /// A path, given as text (see [`encode_path`]), as the reader would type it.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        let whole = decode_path(path);
        whole.strip_prefix(&self.working_dir).map_or_else(|_| printable(path), |below| printable(&encode_path(below)))
    }

    /// The day as the reader writes it.
    #[must_use]
    pub fn day(&self, date: &findbuch_article::Date) -> String {
        let day = date.day;
        self.lang.pick(format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year()), day.to_string())
    }
}

/// A number with its thousands set apart and the reader's decimal sign.
#[must_use]
pub fn number(value: f64, decimals: usize, lang: Lang) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (thousands, point) = lang.pick(('.', ','), (',', '.'));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// Text without control characters, which a terminal would obey.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// `Dachzeile`, `Titel` …
#[must_use]
pub fn part_name(kind: PartKind, lang: Lang) -> &'static str {
    match kind {
        PartKind::Kicker => lang.pick("Dachzeile", "Kicker"),
        PartKind::Headline => lang.pick("Titel", "Headline"),
        PartKind::Subhead => lang.pick("Unterzeile", "Subhead"),
        PartKind::Lead => lang.pick("Vorspann", "Lead"),
        PartKind::Paragraph => lang.pick("Text", "Body"),
        PartKind::Crosshead => lang.pick("Zwischentitel", "Crosshead"),
        PartKind::PullQuote => lang.pick("Zitat", "Pull quote"),
        PartKind::Caption => lang.pick("Bild", "Caption"),
        PartKind::Boilerplate => lang.pick("Beiwerk", "Page"),
    }
}

/// Date, source, section and authors on one line.
fn meta_line(article: &Article, view: &View) -> String {
    let date = article
        .date
        .as_ref()
        .map_or_else(|| view.lang.pick("ohne Datum", "no date").to_owned(), |date| view.day(&date.value));
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    let fields = [Some(date), article.source.clone(), article.section.clone(), authors, article.agency.clone()];
    printable(&fields.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_reader_writes_them() {
        for (value, decimals, german, english) in [
            (0.0, 0, "0", "0"),
            (999.0, 0, "999", "999"),
            (1234.5, 1, "1.234,5", "1,234.5"),
            (1_000_000.0, 0, "1.000.000", "1,000,000"),
            (-1234.0, 0, "-1.234", "-1,234"),
            (-123.0, 0, "-123", "-123"),
        ] {
            assert_eq!(number(value, decimals, Lang::De), german);
            assert_eq!(number(value, decimals, Lang::En), english);
        }
    }
}
