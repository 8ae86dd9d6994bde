//! DOCX, WordprocessingML in Office Open XML (ECMA-376): paragraphs by their styles, the core properties as metadata.

use super::office::{self, Archive, Node, Paragraph, Style, attribute};
use crate::{RawDocument, ReadError, markup, structure};
use findbuch_article::{Article, PartKind};
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
    let properties =
        archive.entry("docProps/core.xml")?.map(|xml| office::core_properties(&xml)).transpose()?.unwrap_or_default();
    let mut found = Vec::new();
    for piece in paragraphs(&text, &styles)? {
        match piece {
            Piece::Paragraph(paragraph) => found.push(paragraph),
            Piece::Chunk(id) => found.extend(chunk(&mut archive, &id)?),
        }
    }
    for (name, kind) in BESIDE {
        if let Some(xml) = archive.entry(name)? {
            let style = Style::Part(kind);
            found.extend(beside(&xml)?.into_iter().map(|text| Paragraph { style, text }));
        }
    }
    office::draft(found, properties).finish(document)
}

/// Where notes stand, headers and footers: of three kinds of page each, as Word writes them.
const BESIDE: [(&str, PartKind); 8] = [
    ("word/footnotes.xml", PartKind::Aside),
    ("word/endnotes.xml", PartKind::Aside),
    ("word/header1.xml", PartKind::Boilerplate),
    ("word/header2.xml", PartKind::Boilerplate),
    ("word/header3.xml", PartKind::Boilerplate),
    ("word/footer1.xml", PartKind::Boilerplate),
    ("word/footer2.xml", PartKind::Boilerplate),
    ("word/footer3.xml", PartKind::Boilerplate),
];

/// What a document's body consists of.
enum Piece {
    Paragraph(Paragraph),
    /// A file in another format, by the id of its relation.
    Chunk(String),
}

/// The paragraphs of a file in the archive that stands in the document as it is (`altChunk`): HTML or plain text.
fn chunk(archive: &mut Archive<'_>, id: &str) -> Result<Vec<Paragraph>, ReadError> {
    let Some(relations) = archive.entry("word/_rels/document.xml.rels")? else { return Ok(Vec::new()) };
    let mut target = None;
    office::nodes(&relations, &mut |node| {
        if let Node::Open("Relationship", start) = node
            && attribute(start, "Id").as_deref() == Some(id)
        {
            target = attribute(start, "Target");
        }
    })?;
    let Some(target) = target else { return Ok(Vec::new()) };
    let name = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let blocks = match extension.as_deref() {
        Some("htm" | "html" | "xhtml") => archive.entry(&name)?.map(|html| markup::blocks(&html)),
        Some("txt") => archive.entry(&name)?.map(|text| structure::blocks(&text)),
        _ => None,
    };
    let paragraph = |block: structure::Block| {
        let style = match block.kind {
            Some(PartKind::Crosshead) => Style::Heading,
            Some(kind) => Style::Part(kind),
            None => Style::Plain,
        };
        Paragraph { style, text: block.lines.join("\n") }
    };
    Ok(blocks.unwrap_or_default().into_iter().map(paragraph).collect())
}

/// The paragraphs of notes, headers or footers, without fields' formulas.
fn beside(xml: &str) -> Result<Vec<String>, ReadError> {
    let (mut found, mut text, mut in_text) = (Vec::new(), String::new(), false);
    office::nodes(xml, &mut |node| match node {
        Node::Open("t", _) => in_text = true,
        Node::Close("t") => in_text = false,
        Node::Open("tab" | "br", _) => text.push(' '),
        Node::Text(part) if in_text => text.push_str(part),
        Node::Close("p") => found.push(std::mem::take(&mut text)),
        _ => {}
    })?;
    found.retain(|text: &String| text.chars().any(char::is_alphabetic));
    Ok(found)
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

fn paragraphs(xml: &str, styles: &HashMap<String, Style>) -> Result<Vec<Piece>, ReadError> {
    let mut found = Vec::new();
    // a drawing in a paragraph has paragraphs of its own
    let mut open: Vec<Paragraph> = Vec::new();
    let (mut skipped, mut in_text) = (0_usize, false);
    office::nodes(xml, &mut |node| match node {
        Node::Open(name, _) if skipped > 0 || SKIPPED.contains(&name) => skipped += 1,
        Node::Close(_) if skipped > 0 => skipped -= 1,
        Node::Open("p", _) => open.push(Paragraph::default()),
        Node::Close("p") => found.extend(open.pop().map(Piece::Paragraph)),
        Node::Open("altChunk", start) => found.extend(attribute(start, "id").map(Piece::Chunk)),
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
    fn notes_running_heads_and_inserted_files_are_read() {
        let body = [paragraph("a3", "Möwen"), paragraph("", "Ein Satz."), "<w:altChunk r:id=\"r7\"/>".into()].concat();
        let relations =
            "<R><Relationship Id=\"r7\" Target=\"/word/mehr.html\"/><Relationship Id=\"r8\" Target=\"x\"/></R>";
        let note = "<w:footnotes><w:footnote><w:p><w:r><w:t>Stand Mai</w:t></w:r></w:p></w:footnote></w:footnotes>";
        let head = "<w:hdr><w:p><w:r><w:t>Bote</w:t></w:r></w:p><w:p><w:r><w:t>3</w:t></w:r></w:p></w:hdr>";
        let files = [
            ("word/document.xml", document(&body)),
            ("word/styles.xml", STYLES.to_owned()),
            ("word/_rels/document.xml.rels", relations.to_owned()),
            ("word/mehr.html", "<h2>Was nun</h2><p>Noch ein Satz.</p>".to_owned()),
            ("word/footnotes.xml", note.to_owned()),
            ("word/header1.xml", head.to_owned()),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(check(&zipped(&files)), ["Möwen||Ein Satz.|Was nun|Noch ein Satz.|Stand Mai|Bote"]);
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
