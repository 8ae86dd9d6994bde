//! XML by its root element: a file a format, each turning elements into drafts; here the choice among them.

mod alto;
mod blocks;
mod content;
mod debate;
mod feed;
mod issue;
mod newsml1;
mod newsml_g2;
mod nitf;
mod page;
mod tei;

use crate::document::only;
use crate::draft::Draft;
use crate::xml::dom::Element;
use crate::xml::{declared, element_tree};
use crate::{Emit, Ignored, Problem, RawDocument, ReadError, charset, mets};
use std::io::BufRead;

/// Reads every article of a file.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let drafts = {
        let bytes = charset::read_bytes(input, document.limits)?;
        let text = charset::text_of(document, &bytes, declared(&bytes))?;
        drop(bytes);
        if let Some(issue) = issue(document, &text)? {
            drop(text);
            issue::read(document, issue, emit);
            return Ok(());
        }
        drafts(&text)?
    };
    if drafts.len() < 2 {
        let draft = drafts.into_iter().next().ok_or(ReadError::NoText)?;
        only(draft.finish(document)?, emit);
        return Ok(());
    }
    for (number, draft) in (1..).zip(drafts) {
        let record = RawDocument { record: Some(number), ..*document };
        let article = draft.finish(&record).map_err(|reason| Problem {
            path: format!("{}[{}]", document.file.display(), number - 1),
            line: None,
            reason,
        });
        if emit(article).is_break() {
            break;
        }
    }
    Ok(())
}

/// What a METS file says whose pages lie beside it, in a folder or a container.
fn issue(document: &RawDocument<'_>, text: &str) -> Result<Option<mets::Issue>, ReadError> {
    let path = &document.file.path;
    let folder = path.parent().unwrap_or(path);
    match document.pages {
        _ if !mets::is_named(path) => Ok(None),
        Some(pages) => mets::Issue::among(text, folder, &|page| pages.has(page)),
        None if document.depth == 0 => mets::Issue::of(text, folder),
        None => Ok(None),
    }
}

/// What NITF that stands as text in another format holds.
pub fn nitf_draft(text: &str) -> Option<Draft> {
    let root_of = |root: Element<'_>| Ok(crate::xml::dom::named(root, "nitf").then(|| nitf::draft(root)));
    element_tree(text, root_of).ok().flatten()
}

/// Most authors of an article.
const MAX_AUTHORS: usize = 100;

/// What the document's kind finds in it.
fn drafts(text: &str) -> Result<Vec<Draft>, ReadError> {
    element_tree(text, of_kind)
}

fn of_kind(root: Element<'_>) -> Result<Vec<Draft>, ReadError> {
    let mut drafts = match root.tag_name().name() {
        "newsItem" | "packageItem" | "newsMessage" => newsml_g2::drafts(root),
        "NewsML" => newsml1::drafts(root),
        "nitf" => vec![nitf::draft(root)],
        "rss" | "RDF" => feed::rss(root),
        "feed" | "entry" => feed::atom(root),
        "alto" => alto::drafts(root),
        "PcGts" => page::drafts(root),
        "TEI" | "teiCorpus" | "TEI.2" => tei::drafts(root),
        "mets" if mets::has_articles(root) => return Err(ReadError::Skipped(Ignored::PackedPages)),
        "mets" => return Err(ReadError::Skipped(Ignored::PageList)),
        _ => return Err(ReadError::Skipped(Ignored::OtherXml)),
    };
    if drafts.is_empty() && matches!(root.tag_name().name(), "alto" | "PcGts") {
        return Err(ReadError::Skipped(Ignored::BlankPage));
    }
    for draft in &mut drafts {
        draft.authors.truncate(MAX_AUTHORS);
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileRef, Limits};
    use findbuch_article::Article;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    /// Articles as `kind: text` lines, or the message.
    fn read_bytes(bytes: &[u8]) -> Result<Vec<Article>, ReadError> {
        let file =
            FileRef { path: "/a/x.xml".into(), id: "a/x.xml".into(), size: 0, mtime: 0, changed: 0, settings: None };
        let limits = Limits::on(jiff::civil::date(2026, 11, 24));
        let document = RawDocument::new(&file, &limits);
        let mut articles = Vec::new();
        read(&document, &mut &*bytes, &mut |article| {
            articles.extend(article);
            ControlFlow::Continue(())
        })?;
        Ok(articles)
    }

    #[test]
    fn what_is_no_article_gets_a_message() {
        let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
        for (xml, message) in [
            ("<urlset><url/></urlset>", "is skipped: XML of a kind that holds no news"),
            ("<mets:mets xmlns:mets='http://www.loc.gov/METS/'/>", "is skipped: a METS file without articles"),
            (
                "<mets><structMap><div TYPE='ARTICLE'><fptr><area FILEID='a' BEGIN='b'/></fptr></div></structMap></mets>",
                "is skipped: a METS file without its pages, compressed, or named without METS",
            ),
            ("<alto><Layout><Page><PrintSpace/></Page></Layout></alto>", "is skipped: a scanned page without text"),
            ("<nitf><body></nitf>", "is not well-formed XML: expected 'body' tag, not 'nitf' at 1:13"),
            (&deep, "has more than 250 levels of nesting"),
            ("<!DOCTYPE nitf [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><nitf>&b;</nitf>", "uses the entity &b;"),
            ("<rss><channel><title>Bote</title></channel></rss>", "has no text that reads as an article"),
            ("nur Text", "is not well-formed XML"),
        ] {
            let error = read_bytes(xml.as_bytes()).expect_err(message).to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn the_deepest_nesting_that_is_allowed_is_read() {
        let nest = |name: &str, text: &str| {
            format!("{}{text}{}", format!("<{name}>").repeat(240), format!("</{name}>").repeat(240))
        };
        for xml in [
            format!("<nitf><body><body.content>{}</body.content></body></nitf>", nest("block", "Der Hafen ruht.")),
            format!("<TEI><text><body>{}</body></text></TEI>", nest("div", "<p>Der Hafen ruht.</p>")),
            format!("<NewsML>{}</NewsML>", nest("NewsItem", "<DataContent>Der Hafen ruht.</DataContent>")),
        ] {
            let articles = read_bytes(xml.as_bytes());
            assert!(articles.is_ok_and(|articles| articles.len() == 1), "{}", xml.get(..30).unwrap_or(""));
        }
    }

    #[test]
    fn the_declared_character_set_is_honoured() {
        let nitf = |name: &str| {
            format!(
                "<?xml version='1.0' encoding='{name}'?>\n<nitf><body><body.head><hedline><hl1>Stra\u{df}e f\u{fc}r M\u{e4}hren</hl1></hedline></body.head></body></nitf>"
            )
        };
        for name in ["ISO-8859-1", "windows-1252"] {
            let bytes: Vec<u8> = nitf(name).chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
            let articles = read_bytes(&bytes).expect("an article");
            assert_eq!(articles[0].title(), "Straße für Mähren", "{name}");
        }
    }

    /// Documents of the elements that the formats look for, in any order and nesting.
    fn trees() -> impl Strategy<Value = String> {
        let name = prop::sample::select(vec![
            "newsItem",
            "itemMeta",
            "contentMeta",
            "contentSet",
            "inlineXML",
            "inlineData",
            "headline",
            "subject",
            "name",
            "NewsItem",
            "NewsComponent",
            "NewsLines",
            "HeadLine",
            "ContentItem",
            "DataContent",
            "head",
            "docdata",
            "date.issue",
            "body",
            "body.head",
            "hedline",
            "hl1",
            "hl2",
            "byline",
            "dateline",
            "body.content",
            "p",
            "br",
            "channel",
            "item",
            "entry",
            "title",
            "link",
            "description",
            "author",
            "category",
            "Layout",
            "Page",
            "PrintSpace",
            "TextBlock",
            "TextLine",
            "String",
            "HYP",
            "ReadingOrder",
            "TextRegion",
            "TextEquiv",
            "Unicode",
            "teiHeader",
            "fileDesc",
            "text",
            "div",
            "choice",
            "reg",
            "orig",
            "lb",
            "note",
            "date",
            "figure",
            "content",
        ]);
        let text = prop::sample::select(vec!["Mehlau", "2024-05-14", "Von Jelka Thorn", "&uuml;", " ", "Ha-", "fen."]);
        let leaf = text.prop_map(str::to_owned);
        let tree = leaf.prop_recursive(6, 60, 6, move |inner| {
            (name.clone(), prop::collection::vec(inner, 0..6), 0..4_usize).prop_map(|(name, inner, attributes)| {
                let attributes = [
                    "",
                    " type='article' n='1'",
                    " CONTENT='Ha' SUBS_TYPE='HypPart1' SUBS_CONTENT='Hafen'",
                    " qcode='a:b' norm='20240514T10' id='x' REF='x'",
                ]
                .get(attributes)
                .copied()
                .unwrap_or("");
                format!("<{name}{attributes}>{}</{name}>", inner.concat())
            })
        });
        (
            prop::sample::select(vec![
                "newsItem",
                "packageItem",
                "newsMessage",
                "NewsML",
                "nitf",
                "rss",
                "RDF",
                "feed",
                "entry",
                "alto",
                "PcGts",
                "TEI",
                "teiCorpus",
            ]),
            prop::collection::vec(tree, 0..6),
        )
            .prop_map(|(root, inner)| format!("<{root}>{}</{root}>", inner.concat()))
    }

    proptest! {
        #[test]
        fn no_document_panics(xml in trees()) {
            let _ = read_bytes(xml.as_bytes());
        }

        #[test]
        fn no_text_panics(text in "(<[a-z!\\[?/]{0,3}|&|[A-Za-zäß#;'\"=>\\]-]| |\\PC){0,60}") {
            let _ = read_bytes(text.as_bytes());
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_bytes(&[b"<?xml version='1.0' encoding='iso-8859-1'?><nitf>".as_slice(), &bytes].concat());
        }
    }
}
