//! PAGE XML (PRImA, 2013 to 2019): scanned pages of OCR-D, Transkribus and eScriptorium. An article a page.

use super::alto::{has_text, in_reading_order};
use crate::draft::Draft;
use crate::printed::{PageWord, PageWords, Size};
use crate::structure::{self, Block};
use crate::xml::dom::{Element, attribute, below, children, text_at};
use findbuch_article::PartKind;
use findbuch_article::printed::Area;
use std::ops::Range;

/// An article a page that has text.
pub fn drafts(root: Element<'_>) -> Vec<Draft> {
    below(root, "Page").map(|page| draft(root, page)).filter(has_text).collect()
}

fn draft(root: Element<'_>, page: Element<'_>) -> Draft {
    let mut regions: Vec<_> = below(page, "TextRegion").filter_map(|region| Some((region, block(region)?))).collect();
    in_reading_order(root, &mut regions, |region| attribute(*region, "id"));
    let (picture, size) = (attribute(page, "imageFilename"), size(page));
    let printed = size.map(|size| {
        let lines = regions.iter().flat_map(|(region, _)| children(*region, "TextLine"));
        PageWords::on(size.sheet(picture), lines.flat_map(|line| words(line, size)).collect())
    });
    let head = regions.iter().find(|(region, _)| region.attribute("type") == Some("header"));
    Draft {
        date_line: head.map(|(_, block)| block.lines.join(" ")),
        body: regions.into_iter().map(|(_, block)| block).collect(),
        printed,
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

fn size(page: Element<'_>) -> Option<Size> {
    let number = |name| attribute(page, name)?.parse().ok();
    Size::of(number("imageWidth"), number("imageHeight"))
}

/// The words of a line with their places; where those of words are not told, the line is shared out among them by their letters.
fn words(line: Element<'_>, size: Size) -> Vec<PageWord> {
    let of_line = corners(line).and_then(|(horizontal, vertical)| size.area(horizontal, vertical));
    let told = children(line, "Word").filter_map(|word| {
        let (horizontal, vertical) = corners(word)?;
        let area = size.area(horizontal, vertical)?;
        let Area { top, height, .. } = of_line.unwrap_or(area);
        Some(PageWord { text: equivalent(word)?, area: Area { top, height, ..area } })
    });
    let told: Vec<PageWord> = told.collect();
    if !told.is_empty() {
        return told;
    }
    match (corners(line), equivalent(line)) {
        (Some((horizontal, vertical)), Some(text)) => shared_out(&text, size, &horizontal, &vertical),
        _ => Vec::new(),
    }
}

fn shared_out(text: &str, size: Size, horizontal: &Range<f64>, vertical: &Range<f64>) -> Vec<PageWord> {
    let all = text.chars().count().max(1) as f64;
    let at = |chars: usize| horizontal.start + (horizontal.end - horizontal.start) * chars as f64 / all;
    let mut before = 0;
    let words = text.split(' ').filter_map(|word| {
        let begin = before;
        let end = begin + word.chars().count();
        before = end + 1;
        let area = size.area(at(begin)..at(end), vertical.clone())?;
        Some(PageWord { text: word.to_owned(), area })
    });
    words.collect()
}

/// The least rectangle around the corners of an element.
fn corners(element: Element<'_>) -> Option<(Range<f64>, Range<f64>)> {
    let points = attribute(children(element, "Coords").next()?, "points")?;
    let mut corners = points.split(' ').filter_map(|point| {
        let (x, y) = point.split_once(',')?;
        Some((x.parse::<f64>().ok()?, y.parse::<f64>().ok()?))
    });
    let (x, y) = corners.next()?;
    Some(corners.fold((x..x, y..y), |(horizontal, vertical), (x, y)| {
        (horizontal.start.min(x)..horizontal.end.max(x), vertical.start.min(y)..vertical.end.max(y))
    }))
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

    #[test]
    fn words_have_their_places() {
        let word = |text: &str, points: &str| {
            format!("<Word><Coords points='{points}'/><TextEquiv><Unicode>{text}</Unicode></TextEquiv></Word>")
        };
        let xml = format!(
            "<PcGts><Page imageFilename='1.jpg' imageWidth='4096' imageHeight='4096'><TextRegion>\
             <TextLine><Coords points='10,20 400,22 398,60 11,61'/>{}{}<TextEquiv><Unicode>am Kai</Unicode></TextEquiv></TextLine>\
             <TextLine><Coords points='10,80 110,120'/><TextEquiv><Unicode>ruht der Hafen</Unicode></TextEquiv></TextLine>\
             <TextLine><TextEquiv><Unicode>still</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>",
            word("am", "10,22 80,22 80,58"),
            word("Kai", "100,25 200,59")
        );
        let document = roxmltree::Document::parse(&xml).expect("XML");
        let printed = drafts(document.root_element()).remove(0).printed.expect("places");
        assert_eq!(printed.sheets[0].picture.as_deref(), Some("1.jpg"));
        let words: Vec<_> =
            printed.words.iter().map(|word| (word.text.as_str(), word.area.left, word.area.top)).collect();
        assert_eq!(words, [("am", 10, 20), ("Kai", 100, 20), ("ruht", 10, 80), ("der", 45, 80), ("Hafen", 74, 80)]);
    }
}
