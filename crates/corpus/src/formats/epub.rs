//! EPUB 2 and 3 (IDPF, W3C): an article a document of the spine that has text, in its order; the book is the publication.

use super::office::Archive;
use crate::draft::Draft;
use crate::structure::Block;
use crate::xml::dom::{self, attribute, below, text};
use crate::xml::element_tree;
use crate::{Emit, Problem, RawDocument, ReadError, markup};
use std::collections::HashMap;
use std::io::BufRead;

/// Fewest words of a document that is no title page or table of contents.
const MIN_WORDS: usize = 20;
/// Most documents of a book.
const MAX_DOCUMENTS: usize = 5000;

/// What a book says of itself, and its documents in reading order.
#[derive(Default)]
struct Book {
    title: Option<String>,
    authors: Vec<String>,
    dates: Vec<String>,
    language: Option<String>,
    documents: Vec<String>,
}

/// Reads every document with text.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let mut archive = Archive::open(document, input)?;
    let missing = |what: &str| ReadError::Office(format!("it has no {what}"));
    let container = archive.entry("META-INF/container.xml")?.ok_or_else(|| missing("container.xml"))?;
    let package =
        element_tree(&container, |root| Ok(below(root, "rootfile").find_map(|file| attribute(file, "full-path"))))?
            .ok_or_else(|| missing("package"))?;
    let text = archive.entry(&package)?.ok_or_else(|| missing("package"))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let book = element_tree(&text, |root| Ok(book(root, folder)))?;
    let mut number = 0;
    for name in &book.documents {
        let problem = |reason| Problem { path: format!("{}!/{name}", document.file.display()), line: None, reason };
        let html = match archive.entry(name) {
            Ok(Some(html)) => html,
            Ok(None) => continue,
            Err(reason) => {
                if emit(Err(problem(reason))).is_break() {
                    break;
                }
                continue;
            }
        };
        let draft = chapter(&html, &book);
        let words: usize =
            draft.body.iter().flat_map(|block| &block.lines).map(|line| line.split_whitespace().count()).sum();
        if words < MIN_WORDS {
            continue;
        }
        number += 1;
        let article = draft.finish(&RawDocument { record: Some(number), ..*document }).map_err(problem);
        if emit(article).is_break() {
            break;
        }
    }
    if number == 0 { Err(ReadError::NoText) } else { Ok(()) }
}

fn book(root: dom::Element<'_>, folder: &str) -> Book {
    let all = |name: &'static str| below(root, name).filter_map(text);
    let files: HashMap<String, String> = below(root, "item")
        .filter(|item| attribute(*item, "media-type").is_some_and(|kind| kind.contains("html")))
        .filter_map(|item| Some((attribute(item, "id")?, attribute(item, "href")?)))
        .collect();
    let spine = below(root, "itemref").filter_map(|item| files.get(&attribute(item, "idref")?));
    Book {
        title: all("title").next(),
        authors: all("creator").collect(),
        dates: all("date").collect(),
        language: all("language").next(),
        documents: spine
            .take(MAX_DOCUMENTS)
            .map(|name| if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") })
            .collect(),
    }
}

/// A document: its first heading is the headline.
fn chapter(html: &str, book: &Book) -> Draft {
    let html = html.find("<body").and_then(|at| html.get(at..)).unwrap_or(html);
    let headline = heading(html);
    let mut body: Vec<Block> = markup::blocks(html);
    let again = body.iter().take(3).position(|block| Some(block.lines.join(" ")) == headline);
    if let Some(at) = again {
        body.remove(at);
    }
    Draft {
        headline,
        body,
        source: book.title.clone(),
        authors: book.authors.clone(),
        dates: book.dates.clone(),
        language: book.language.clone(),
        ..Draft::default()
    }
}

/// The text of the first heading.
fn heading(html: &str) -> Option<String> {
    let heading = |name: &str| {
        let at = html.find(&format!("<{name}"))?;
        let rest = html.get(at..)?;
        let rest = rest.get(rest.find('>')? + 1..)?;
        let text = markup::inline_text(rest.get(..rest.find(&format!("</{name}"))?)?);
        Some((at, text.split_whitespace().collect::<Vec<_>>().join(" "))).filter(|(_, text)| !text.is_empty())
    };
    ["h1", "h2", "h3"].iter().filter_map(|name| heading(name)).min().map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;

    #[test]
    fn every_document_of_the_spine_is_an_article() {
        let package = "<package xmlns:dc='d'><metadata><dc:title>Der Bote, Sommer 2015</dc:title><dc:creator>Jelka Thorn</dc:creator>\
            <dc:date>2015-07-01</dc:date></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
            <item id='b' href='b.xhtml' media-type='application/xhtml+xml'/><item id='t' href='t.xhtml' media-type='application/xhtml+xml'/>\
            </manifest><spine><itemref idref='t'/><itemref idref='b'/><itemref idref='a'/></spine></package>";
        let long = "Der Fährmann wartet am Kai, bis die Glocke schlägt, und legt dann ab. ".repeat(3);
        let chapter = |title: &str| {
            format!("<html><head><title>x</title></head><body><h1>{title}</h1><p>{long}</p></body></html>")
        };
        let book = testing::zipped(&[
            (
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path='OEBPS/p.opf'/></rootfiles></container>",
            ),
            ("OEBPS/p.opf", package),
            ("OEBPS/a.xhtml", &chapter("Am Ende")),
            ("OEBPS/b.xhtml", &chapter("Am Anfang")),
            ("OEBPS/t.xhtml", "<html><body><p>Der Bote</p></body></html>"),
        ]);
        let found = testing::read("x.epub", &book, read);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("Am Anfang|2015-07-01|Der Fährmann"), "{found:?}");
        assert!(found[1].starts_with("Am Ende|"), "{found:?}");
        assert_eq!(
            testing::read("x.epub", &testing::zipped(&[("a.txt", "x")]), read),
            [ReadError::Office("it has no container.xml".into()).to_string()]
        );
    }
}
