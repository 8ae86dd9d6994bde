//! Hits and articles to text, JSON, CSV, Markdown, BibTeX, RIS and Atom. Nothing here knows a terminal: width, styles and links are told.

pub mod article;
pub mod atom;
pub mod bibtex;
pub mod cite;
pub mod explain;
pub mod json;
pub mod kwic;
pub mod markdown;
pub mod news;
pub mod records;
pub mod ris;
pub mod table;
pub mod text;
mod theme;
mod tree;

use crate::article::{Article, PartKind};
use crate::lang::Lang;
use std::path::{Path, PathBuf};

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
    /// A path as the reader would type it.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        let shown = Path::new(path).strip_prefix(&self.working_dir).map_or_else(|_| path.into(), Path::to_string_lossy);
        printable(&shown)
    }

    /// The day as the reader writes it.
    #[must_use]
    pub fn day(&self, date: &crate::article::Date) -> String {
        let day = date.day;
        self.lang.pick(format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year()), day.to_string())
    }
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
