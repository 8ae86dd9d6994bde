//! PAGE XML (PRImA, 2013 to 2019): scanned pages of OCR-D, Transkribus and eScriptorium. An article a page.

use super::alto::{has_text, in_reading_order};
use crate::draft::Draft;
use crate::structure::{self, Block};
use crate::xml::dom::{Element, attribute, below, children, text_at};
use findbuch_article::PartKind;

/// An article a page that has text.
pub fn drafts(root: Element<'_>) -> Vec<Draft> {
    below(root, "Page").map(|page| draft(root, page)).filter(has_text).collect()
}

fn draft(root: Element<'_>, page: Element<'_>) -> Draft {
    let mut regions: Vec<_> = below(page, "TextRegion").filter_map(|region| Some((region, block(region)?))).collect();
    in_reading_order(root, &mut regions, |region| attribute(*region, "id"));
    let head = regions.iter().find(|(region, _)| region.attribute("type") == Some("header"));
    Draft {
        date_line: head.map(|(_, block)| block.lines.join(" ")),
        body: regions.into_iter().map(|(_, block)| block).collect(),
        ..Draft::default()
    }
}

/// Lines joined; a region without lines has its text in one piece.
fn block(region: Element<'_>) -> Option<Block> {
    let mut joined = String::new();
    let lines: Vec<String> = children(region, "TextLine").filter_map(equivalent).collect();
    let lines = if lines.is_empty() { equivalent(region).into_iter().collect() } else { lines };
    for line in lines {
        let line = line.replace('⸗', "-");
        if joined.is_empty() {
            joined = line;
        } else {
            structure::join(&mut joined, &line);
        }
    }
    let kind = match region.attribute("type") {
        Some("heading" | "header-section") => Some(PartKind::Crosshead),
        Some("caption") => Some(PartKind::Caption),
        Some("header" | "footer" | "page-number" | "signature-mark" | "catch-word") => Some(PartKind::Boilerplate),
        _ => None,
    };
    (!joined.is_empty()).then(|| match kind {
        Some(kind) => Block::marked(kind, joined),
        None => Block::plain(vec![joined]),
    })
}

/// The text of the first reading that is given.
fn equivalent(element: Element<'_>) -> Option<String> {
    let readings = || children(element, "TextEquiv");
    let first = readings().find(|reading| matches!(reading.attribute("index"), Some("0" | "1")));
    text_at(first.or_else(|| readings().next())?, &["Unicode"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_become_blocks_in_reading_order() {
        let line = |text: &str| format!("<TextLine><TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>");
        let xml = format!(
            "<PcGts><Page><ReadingOrder><OrderedGroup><RegionRefIndexed index='0' regionRef='b'/><RegionRefIndexed index='1' regionRef='a'/></OrderedGroup></ReadingOrder>\
             <TextRegion id='a'>{}{}</TextRegion><TextRegion id='b' type='heading'>{}</TextRegion></Page></PcGts>",
            line("am Ha⸗"),
            line("fen ruht"),
            line("Der Hafen")
        );
        let document = roxmltree::Document::parse(&xml).expect("XML");
        let found = drafts(document.root_element());
        let found: Vec<_> = found.iter().flat_map(|d| &d.body).cloned().collect();
        assert_eq!(
            found,
            [Block::marked(PartKind::Crosshead, "Der Hafen".into()), Block::plain(vec!["am Hafen ruht".into()])]
        );
    }
}
