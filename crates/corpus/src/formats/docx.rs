//! DOCX, WordprocessingML in Office Open XML (ECMA-376): paragraphs by their styles, the core properties as metadata.

use super::office::{self, Archive, Node, Paragraph, Properties, Style, attribute};
use crate::{RawDocument, ReadError};
use findbuch_article::Article;
use std::collections::HashMap;
use std::io::BufRead;

/// Elements whose content is no text of the article: deleted and moved text, fields' formulas, the second version of a
/// drawing for old programs.
const SKIPPED: [&str; 5] = ["del", "moveFrom", "instrText", "Fallback", "footnote"];

/// Reads one article.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let mut archive = Archive::open(document, input)?;
    let missing = || ReadError::Office("it has no word/document.xml".into());
    let text = archive.entry("word/document.xml")?.ok_or_else(missing)?;
    let styles = archive.entry("word/styles.xml")?.map(|xml| styles(&xml)).transpose()?.unwrap_or_default();
    let properties = archive.entry("docProps/core.xml")?.map(|xml| properties(&xml)).transpose()?.unwrap_or_default();
    office::draft(paragraphs(&text, &styles)?, properties).finish(document)
}

/// The names of styles by their ids, which differ with the language of the program.
fn styles(xml: &str) -> Result<HashMap<String, Style>, ReadError> {
    let mut styles = HashMap::new();
    let mut id = None;
    office::nodes(xml, &mut |node| match node {
        Node::Open("style", start) => id = attribute(start, "styleId"),
        Node::Open("name", start) => {
            if let (Some(id), Some(name)) = (id.take(), attribute(start, "val")) {
                styles.insert(id, Style::named(&name));
            }
        }
        _ => {}
    })?;
    Ok(styles)
}

fn paragraphs(xml: &str, styles: &HashMap<String, Style>) -> Result<Vec<Paragraph>, ReadError> {
    let mut found = Vec::new();
    // a drawing in a paragraph has paragraphs of its own
    let mut open: Vec<Paragraph> = Vec::new();
    let (mut skipped, mut in_text) = (0_usize, false);
    office::nodes(xml, &mut |node| match node {
        Node::Open(name, _) if skipped > 0 || SKIPPED.contains(&name) => skipped += 1,
        Node::Close(_) if skipped > 0 => skipped -= 1,
        Node::Open("p", _) => open.push(Paragraph::default()),
        Node::Close("p") => found.extend(open.pop()),
        Node::Open("t", _) => in_text = true,
        Node::Close("t") => in_text = false,
        node => {
            let Some(paragraph) = open.last_mut() else { return };
            match node {
                Node::Open("pStyle", start) => {
                    let id = attribute(start, "val").unwrap_or_default();
                    paragraph.style = styles.get(&id).copied().unwrap_or_else(|| Style::named(&id));
                }
                Node::Open("tab", _) => paragraph.text.push(' '),
                Node::Open("br" | "cr", _) => paragraph.text.push('\n'),
                Node::Open("noBreakHyphen", _) => paragraph.text.push('-'),
                Node::Text(text) if in_text && skipped == 0 => paragraph.text.push_str(text),
                _ => {}
            }
        }
    })?;
    Ok(found)
}

/// The core properties (Dublin Core), as part 2 of the standard has them.
fn properties(xml: &str) -> Result<Properties, ReadError> {
    let mut properties = Properties::default();
    let mut text = String::new();
    office::nodes(xml, &mut |node| match node {
        Node::Open(..) => text.clear(),
        Node::Text(part) => text.push_str(part),
        Node::Close(name) => {
            let value = Some(text.trim().to_owned()).filter(|value| !value.is_empty());
            match name {
                "title" => properties.title = value,
                "creator" => properties.creator = value,
                "created" => properties.created = value,
                "language" => properties.language = value,
                "keywords" => {
                    properties.keywords = value.iter().flat_map(|v| v.split([',', ';'])).map(str::to_owned).collect();
                }
                _ => {}
            }
            text.clear();
        }
    })?;
    Ok(properties)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::only;
    use crate::formats::testing;
    use proptest::prelude::*;
    use testing::zipped;

    fn check(bytes: &[u8]) -> Vec<String> {
        testing::read("x.docx", bytes, |document, input, emit| {
            only(read(document, input)?, emit);
            Ok(())
        })
    }

    fn paragraph(style: &str, text: &str) -> String {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    fn document(body: &str) -> String {
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"urn:w\"><w:body>{body}</w:body></w:document>")
    }

    const STYLES: &str =
        "<w:styles xmlns:w=\"urn:w\"><w:style w:styleId=\"a3\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    const CORE: &str = "<c xmlns:d=\"urn:d\"><d:title>Hafen und Möwen</d:title><d:creator>Jelka Thorn</d:creator>\
                        <d:created>2023-09-12T15:30:00Z</d:created></c>";

    #[test]
    fn styles_name_the_parts() {
        let body = [
            paragraph("a3", "Möwen &amp; Hafen"),
            "<w:p><w:r><w:t>Ein </w:t></w:r><w:del><w:r><w:t>alter </w:t></w:r></w:del><w:r><w:t>Satz steht hier.</w:t></w:r></w:p>".into(),
            paragraph("berschrift2", "Was nun"),
            paragraph("", "Noch ein Satz steht hier."),
            paragraph("Caption", "Der Hafen im Herbst"),
        ];
        let xml = document(&body.concat());
        let text = "Möwen & Hafen|2023-09-12T15:30:00Z|Ein Satz steht hier.|Was nun|Noch ein Satz steht hier.|Der Hafen im Herbst";
        let files = [("word/document.xml", xml.as_str()), ("word/styles.xml", STYLES), ("docProps/core.xml", CORE)];
        assert_eq!(check(&zipped(&files)), [text]);
    }

    #[test]
    fn properties_stand_in_for_what_the_text_does_not_say() {
        let plain = document(&paragraph("", "Ein Satz steht hier."));
        let files = [("word/document.xml", plain.as_str()), ("docProps/core.xml", CORE)];
        assert_eq!(check(&zipped(&files)), ["Hafen und Möwen|2023-09-12T15:30:00Z|Ein Satz steht hier."]);
        let head = ["Möwen sind wieder am Hafen", "Von Tilda Reents", "14.05.2024", "Ein Satz steht hier."];
        let head = document(&head.map(|text| paragraph("", text)).concat());
        assert_eq!(
            check(&zipped(&[("word/document.xml", &head)])),
            ["Möwen sind wieder am Hafen|2024-05-14|Ein Satz steht hier."]
        );
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for bytes in [b"Text".to_vec(), zipped(&[("a.xml", "<a/>")]), zipped(&[("word/document.xml", "<a><b></a>")])] {
            let found = check(&bytes);
            assert!(found[0].starts_with("is no document that can be opened"), "{found:?}");
        }
        let deep = "<w:p>".repeat(600);
        assert!(check(&zipped(&[("word/document.xml", &deep)]))[0].contains("nested too deep"));
    }

    #[test]
    fn unpacking_is_bounded() {
        let bomb = zipped(&[("word/document.xml", &" ".repeat(3 << 20))]);
        assert!(bomb.len() < 10_000);
        assert!(check(&bomb)[0].starts_with("is larger than"));
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200), xml in "[<>/a-z:=\"&#; ]{0,100}", at in 0..200_usize) {
            check(&bytes);
            let mut packed = zipped(&[("word/document.xml", &document(&xml)), ("word/styles.xml", &xml)]);
            check(&packed);
            if let Some(byte) = packed.get_mut(at) {
                *byte = byte.wrapping_add(bytes.len() as u8);
            }
            check(&packed);
        }
    }
}
