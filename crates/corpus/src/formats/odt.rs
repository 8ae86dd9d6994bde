//! ODT, text in the OpenDocument format (ISO/IEC 26300): paragraphs by their styles, `meta.xml` as metadata.

use super::office::{self, Archive, Node, Paragraph, Properties, Style, attribute};
use crate::{RawDocument, ReadError};
use findbuch_article::Article;
use std::collections::HashMap;
use std::io::BufRead;

/// Elements whose content is no text of the article: deleted text, comments, notes, tables of contents.
const SKIPPED: [&str; 5] = ["tracked-changes", "annotation", "note", "table-of-content", "forms"];

/// Reads one article.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let mut archive = Archive::open(document, input)?;
    let missing = || ReadError::Office("it has no content.xml".into());
    let text = archive.entry("content.xml")?.ok_or_else(missing)?;
    let properties = archive.entry("meta.xml")?.map(|xml| properties(&xml)).transpose()?.unwrap_or_default();
    office::draft(paragraphs(&text)?, properties).finish(document)
}

fn paragraphs(xml: &str) -> Result<Vec<Paragraph>, ReadError> {
    let mut found = Vec::new();
    // a frame in a paragraph has paragraphs of its own
    let mut open: Vec<Paragraph> = Vec::new();
    // what is set by hand has a style of its own, below the one that is meant
    let mut parents: HashMap<String, String> = HashMap::new();
    let mut skipped = 0_usize;
    office::nodes(xml, &mut |node| match node {
        Node::Open(name, _) if skipped > 0 || SKIPPED.contains(&name) => skipped += 1,
        Node::Close(_) if skipped > 0 => skipped -= 1,
        Node::Open("style", start) => {
            if let (Some(name), Some(parent)) = (attribute(start, "name"), attribute(start, "parent-style-name")) {
                parents.insert(name, parent);
            }
        }
        Node::Open(name @ ("p" | "h"), start) => {
            let given = attribute(start, "style-name").unwrap_or_default();
            let style = Style::named(parents.get(&given).unwrap_or(&given));
            let style = if name == "h" && style == Style::Plain { Style::Heading } else { style };
            open.push(Paragraph { style, text: String::new() });
        }
        Node::Close("p" | "h") => found.extend(open.pop()),
        node => {
            let Some(paragraph) = open.last_mut() else { return };
            match node {
                Node::Open("s" | "tab", _) => paragraph.text.push(' '),
                Node::Open("line-break", _) => paragraph.text.push('\n'),
                Node::Text(text) if skipped == 0 => {
                    paragraph.text.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
                }
                _ => {}
            }
        }
    })?;
    Ok(found)
}

fn properties(xml: &str) -> Result<Properties, ReadError> {
    let mut properties = Properties::default();
    let mut last_creator = None;
    let mut text = String::new();
    office::nodes(xml, &mut |node| match node {
        Node::Open(..) => text.clear(),
        Node::Text(part) => text.push_str(part),
        Node::Close(name) => {
            let value = Some(text.trim().to_owned()).filter(|value| !value.is_empty());
            match name {
                "title" => properties.title = value,
                "initial-creator" => properties.creator = value,
                "creator" => last_creator = value,
                "creation-date" => properties.created = value,
                "language" => properties.language = value,
                "keyword" => properties.keywords.extend(value),
                _ => {}
            }
            text.clear();
        }
    })?;
    properties.creator = properties.creator.or(last_creator);
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
        testing::read("x.odt", bytes, |document, input, emit| {
            only(read(document, input)?, emit);
            Ok(())
        })
    }

    const CONTENT: &str = "<o:d xmlns:o=\"urn:o\" xmlns:t=\"urn:t\"><o:s><o:style o:name=\"P1\" o:parent-style-name=\"Title\"/></o:s>\
        <o:text><t:p t:style-name=\"P1\">Möwen &#38; Hafen</t:p><t:p>Ein<t:s/>Satz<t:note><t:p>Fußnote</t:p></t:note>\n steht \
        hier.</t:p><t:h t:outline-level=\"2\">Was nun</t:h><t:p>Noch ein Satz steht hier.</t:p></o:text></o:d>";
    const META: &str = "<m><title>Anderes</title><initial-creator>Jelka Thorn</initial-creator><creator>Tilda Reents</creator>\
        <creation-date>2023-09-12T15:30:00.123456789</creation-date></m>";

    #[test]
    fn styles_name_the_parts() {
        let expected = "Möwen & Hafen|2023-09-12T15:30:00|Ein Satz steht hier.|Was nun|Noch ein Satz steht hier.";
        assert_eq!(check(&zipped(&[("content.xml", CONTENT), ("meta.xml", META)])), [expected]);
    }

    proptest! {
        #[test]
        fn nothing_panics(xml in "[<>/a-z:=\"&#; ]{0,100}") {
            check(&zipped(&[("content.xml", &format!("<a>{xml}</a>")), ("meta.xml", &xml)]));
        }
    }
}
