//! A saved web page: metadata, then the main text.
//!
//! [`metadata`] fills the fields ([`json_ld`], [`headline`] and [`authors`] each know one source or question), [`text`]
//! finds the text, [`crate::markup::shallow`] bounds the nesting before anything is parsed.

mod announced;
mod authors;
mod byline;
mod headline;
mod json_ld;
mod metadata;
mod page;
mod person;
mod rest;
mod signs;
mod site;
mod text;

use self::page::Page;
use crate::draft::Draft;
use crate::markup::shallow;
use crate::worker::Task;
use crate::{RawDocument, ReadError, charset};
use encoding_rs::Encoding;
use findbuch_article::Article;

/// Bytes at the start of a page in which its character set is declared.
const DECLARATION: usize = 2048;

/// A page's text in the character set that it declares or is recognised to have.
pub fn decode(document: &RawDocument<'_>, bytes: &[u8]) -> Result<String, ReadError> {
    charset::text_of(document, bytes, declared(bytes))
}

/// The article of a page; `address` is where it was saved from, the page's own word comes first. A page whose tags make more
/// work than those of news do is read in a process of its own.
pub fn read_page(document: &RawDocument<'_>, html: &str, address: Option<String>) -> Result<Article, ReadError> {
    let page = shallow::shallow(html);
    let draft = match (&document.limits.worker, page.work.is_usual()) {
        (_, true) => of_shallow(&page.html, address),
        (Some(worker), false) => worker.read(&Task::Page { address }, page.html.as_bytes())?,
        (None, false) => return Err(ReadError::TooComplex { tags: page.work.tags }),
    };
    draft.finish(document)
}

/// What a page holds, however long that takes.
pub fn draft(html: &str, address: Option<String>) -> Draft {
    of_shallow(&shallow::shallow(html).html, address)
}

fn of_shallow(html: &str, address: Option<String>) -> Draft {
    let page = Page::parse(html);
    let mut draft = metadata::read(&page);
    draft.url = draft.url.or(address);
    draft.body = text::main_text(html, &page, &draft);
    draft
}

/// The character set in `<meta charset>` or `http-equiv`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_graphic() && !"\"';/>".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileRef, Limits};
    use proptest::prelude::*;

    fn article(html: &str) -> Result<Article, ReadError> {
        let file = FileRef {
            path: "seite.html".into(),
            id: "seite.html".into(),
            size: 0,
            mtime: 0,
            changed: 0,
            settings: None,
        };
        let limits = Limits::on(jiff::civil::date(2026, 11, 24));
        read_page(&RawDocument::new(&file, &limits), html, None)
    }

    #[test]
    fn declared_character_sets_are_found() {
        let name = |html: &str| declared(html.as_bytes()).map(Encoding::name);
        assert_eq!(name("<meta charset=\"windows-1252\">"), Some("windows-1252"));
        assert_eq!(
            name("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'>"),
            Some("ISO-8859-15")
        );
        assert_eq!(name("<html>"), None);
    }

    #[test]
    fn deep_nesting_overflows_nothing() {
        let html = format!("<h1>Markt am Kai</h1>{}<p>Der Markt bleibt.", "<div>".repeat(100_000));
        assert!(article(&html).is_ok_and(|article| article.title() == "Markt am Kai"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn no_page_panics(html in "(<(h1|p|time datetime=|script type=application/ld\\+json|div class=(kicker|byline|datum)|/p|/h1|meta name=author content=)>?|[a-zäß \"{}:,.0-9|–]{0,12}){0,30}") {
            let _ = article(&html);
        }
    }
}
