//! PPTX, PresentationML in Office Open XML (ECMA-376): the text of the slides in their order, their notes beside it.

use super::office::{self, Archive, Node, Paragraph, Style, attribute};
use crate::{RawDocument, ReadError};
use findbuch_article::{Article, PartKind};
use std::io::BufRead;

/// Slides have short lines, which are no crossheads.
const PLAIN: Style = Style::Part(PartKind::Paragraph);
/// Most slides of a presentation.
const MAX_SLIDES: usize = 5000;

/// Reads one article.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let mut archive = Archive::open(document, input)?;
    let missing = || ReadError::Office("it has no ppt/presentation.xml".into());
    let presentation = archive.entry("ppt/presentation.xml")?.ok_or_else(missing)?;
    let core = archive.entry("docProps/core.xml")?;
    let properties = core.map(|xml| office::core_properties(&xml)).transpose()?.unwrap_or_default();
    let slides = relations(&mut archive, "ppt/presentation.xml")?;
    let (mut text, mut notes) = (Vec::new(), Vec::new());
    for id in slide_ids(&presentation)? {
        let Some(slide) = slides.iter().find(|relation| relation.id == id) else { continue };
        let Some(xml) = archive.entry(&slide.target)? else { continue };
        text.extend(paragraphs(&xml)?);
        for relation in relations(&mut archive, &slide.target)? {
            let wanted = match relation.kind.as_str() {
                // what a drawing of Office shows, such as an organisation
                "diagramData" => &mut text,
                "notesSlide" => &mut notes,
                _ => continue,
            };
            let found = archive.entry(&relation.target)?.map(|xml| paragraphs(&xml)).transpose()?;
            wanted.extend(found.unwrap_or_default());
        }
    }
    let aside = Style::Part(PartKind::Aside);
    text.extend(notes.into_iter().map(|Paragraph { text, .. }| Paragraph { style: aside, text }));
    office::draft(text, properties).finish(document)
}

/// What a part of the package names as related.
struct Relation {
    id: String,
    /// The last piece of the address that names the type.
    kind: String,
    /// The entry's name.
    target: String,
}

/// The relations of an entry to others of the archive.
fn relations(archive: &mut Archive<'_>, entry: &str) -> Result<Vec<Relation>, ReadError> {
    let (folder, name) = entry.rsplit_once('/').unwrap_or(("", entry));
    let Some(xml) = archive.entry(&format!("{folder}/_rels/{name}.rels"))? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    office::nodes(&xml, &mut |node| {
        if let Node::Open("Relationship", start) = node
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(start, "Id"), attribute(start, "Type"), attribute(start, "Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id, kind, target: within(folder, &target) });
        }
    })?;
    Ok(found)
}

/// The name of an entry that another one in `folder` names.
fn within(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for piece in target.split('/').filter(|piece| !piece.is_empty() && *piece != ".") {
        if piece == ".." {
            path.pop();
        } else {
            path.push(piece);
        }
    }
    path.join("/")
}

/// The ids of the relations to the slides, in their order.
fn slide_ids(xml: &str) -> Result<Vec<String>, ReadError> {
    let mut ids = Vec::new();
    office::nodes(xml, &mut |node| {
        if let Node::Open("sldId", start) = node {
            // the slide has an id of its own, without a prefix
            let mut named = start.attributes();
            let relation = named.with_checks(false).flatten().find(|attribute| attribute.key.as_ref().ends_with(":id"));
            ids.extend(relation.map(|attribute| attribute.value.into_owned()));
        }
    })?;
    ids.truncate(MAX_SLIDES);
    Ok(ids)
}

/// The paragraphs of a slide, of its notes or of a drawing. The shape's placeholder tells what they are; numbers and days of
/// slides are none.
fn paragraphs(xml: &str) -> Result<Vec<Paragraph>, ReadError> {
    let mut found: Vec<Paragraph> = Vec::new();
    let (mut style, mut text) = (Some(PLAIN), String::new());
    let (mut in_text, mut in_row) = (false, false);
    // a title of several lines is one
    let mut begun = 0;
    office::nodes(xml, &mut |node| match node {
        Node::Open("sp" | "graphicFrame", _) => (style, begun) = (Some(PLAIN), found.len()),
        Node::Open("ph", start) => {
            style = match attribute(start, "type").as_deref() {
                Some("title" | "ctrTitle") => Some(Style::Heading),
                Some("subTitle") => Some(Style::Part(PartKind::Subhead)),
                Some("ftr" | "hdr") => Some(Style::Part(PartKind::Boilerplate)),
                Some("sldNum" | "dt" | "sldImg") => None,
                _ => Some(PLAIN),
            }
        }
        Node::Open("t", _) => in_text = true,
        Node::Close("t") => in_text = false,
        Node::Open("br" | "tab", _) => text.push(' '),
        Node::Text(part) if in_text => text.push_str(part),
        Node::Open("tr", _) => in_row = true,
        // a row of a table is a paragraph
        Node::Close("p") if in_row => text.push(' '),
        Node::Close(end @ ("p" | "tr")) => {
            in_row &= end != "tr";
            let text = std::mem::take(&mut text);
            let Some(style) = style.filter(|_| text.chars().any(char::is_alphanumeric)) else { return };
            match found.get_mut(begun..).and_then(<[Paragraph]>::last_mut) {
                Some(title) if style == Style::Heading => {
                    title.text.push(' ');
                    title.text.push_str(&text);
                }
                _ => found.push(Paragraph { style, text }),
            }
        }
        _ => {}
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
        testing::read("x.pptx", bytes, |document, input, emit| {
            only(read(document, input)?, emit);
            Ok(())
        })
    }

    fn shape(placeholder: &str, lines: &[&str]) -> String {
        let lines: Vec<String> = lines.iter().map(|line| format!("<a:p><a:r><a:t>{line}</a:t></a:r></a:p>")).collect();
        let lines = lines.concat();
        format!(
            "<p:sp><p:nvSpPr><p:nvPr><p:ph type='{placeholder}'/></p:nvPr></p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>"
        )
    }

    fn slide(shapes: &[String]) -> String {
        format!("<p:sld xmlns:p='p' xmlns:a='a'>{}</p:sld>", shapes.concat())
    }

    const PRESENTATION: &str = "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='300' r:id='rId8'/><p:sldId id='256' \
        r:id='rId3'/><p:sldId id='9' r:id='rId99'/></p:sldIdLst></p:presentation>";
    const RELATIONS: &str = "<Relationships><Relationship Id='rId3' Type='http://x/slide' Target='slides/slide1.xml'/>\
        <Relationship Id='rId8' Type='http://x/slide' Target='/ppt/slides/slide2.xml'/></Relationships>";

    #[test]
    fn slides_are_read_in_their_order_with_notes_behind() {
        let cell = |text: &str| format!("<a:tc><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:tc>");
        let first = slide(&[
            shape("ctrTitle", &["Der Markt am Kai", "und seine Händler"]),
            shape("subTitle", &["Was bleibt"]),
            shape("sldNum", &["1"]),
        ]);
        let second = slide(&[
            shape("title", &["Zahlen"]),
            shape("body", &["Vierzig Stände stehen am Kai.", "Zwölf davon sind neu."]),
            shape("ftr", &["Marktamt Mehlau"]),
            format!("<p:graphicFrame><a:tbl><a:tr>{}{}</a:tr></a:tbl></p:graphicFrame>", cell("Fisch"), cell("12")),
        ]);
        let notes = slide(&[shape("sldImg", &["x"]), shape("body", &["Hier die Fotos zeigen."])]);
        let of_second = "<Relationships><Relationship Id='a' Type='http://x/notesSlide' Target='../notesSlides/n1.xml'/></Relationships>";
        let core = "<c><creator>Jelka Thorn</creator><created>2023-09-12T15:30:00Z</created></c>";
        let bytes = zipped(&[
            ("ppt/presentation.xml", PRESENTATION),
            ("ppt/_rels/presentation.xml.rels", RELATIONS),
            ("ppt/slides/slide2.xml", &first),
            ("ppt/slides/slide1.xml", &second),
            ("ppt/slides/_rels/slide1.xml.rels", of_second),
            ("ppt/notesSlides/n1.xml", &notes),
            ("docProps/core.xml", core),
        ]);
        let expected = "Der Markt am Kai und seine Händler|2023-09-12T15:30:00Z|Was bleibt|Zahlen|Vierzig Stände stehen am Kai.|\
            Zwölf davon sind neu.|Marktamt Mehlau|Fisch 12|Hier die Fotos zeigen.";
        assert_eq!(check(&bytes), [expected]);
    }

    #[test]
    fn what_is_no_presentation_is_refused() {
        for bytes in [b"Text".to_vec(), zipped(&[("a.xml", "<a/>")]), zipped(&[("ppt/presentation.xml", "<a><b></a>")])]
        {
            let found = check(&bytes);
            assert!(found[0].starts_with("is no document that can be opened"), "{found:?}");
        }
        let empty = check(&zipped(&[("ppt/presentation.xml", PRESENTATION)]));
        assert!(empty[0].contains("no text"), "{empty:?}");
    }

    #[test]
    fn names_of_entries_stay_within_the_archive() {
        for (target, name) in [
            ("slides/a.xml", "ppt/slides/a.xml"),
            ("/ppt/slides/a.xml", "ppt/slides/a.xml"),
            ("../docs/a.xml", "docs/a.xml"),
            ("../../../a.xml", "a.xml"),
        ] {
            assert_eq!(within("ppt", target), name, "{target}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(xml in "[<>/a-z:=\"&#; ]{0,100}") {
            let slide = format!("<a>{xml}</a>");
            check(&zipped(&[
                ("ppt/presentation.xml", PRESENTATION),
                ("ppt/_rels/presentation.xml.rels", RELATIONS),
                ("ppt/slides/slide1.xml", &slide),
                ("ppt/slides/_rels/slide1.xml.rels", &xml),
            ]));
        }
    }
}
