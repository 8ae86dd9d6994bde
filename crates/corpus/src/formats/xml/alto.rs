//! ALTO 2 to 4 (Library of Congress): scanned pages. An article a page; blocks in reading order, lines joined to paragraphs.

use crate::draft::Draft;
use crate::printed::{PageWord, PageWords, Size};
use crate::structure::{self, Block};
use crate::xml::dom::{Element, attribute, below, children, named, text_at};
use findbuch_article::PartKind;
use findbuch_article::printed::{Area, Sheet};
use std::collections::HashMap;

/// An article a page that has text.
pub fn drafts(root: Element<'_>) -> Vec<Draft> {
    rest(root, &|_| true).into_iter().map(|(page, _)| page).filter(has_text).collect()
}

/// The pages with those of their blocks that `take` wants, each with the line of its running head.
pub fn rest<'a>(root: Element<'a>, take: &dyn Fn(Element<'a>) -> bool) -> Vec<(Draft, Option<String>)> {
    below(root, "Page")
        .map(|page| {
            let draft = draft(root, page, take);
            let head = draft.date_line.clone();
            (draft, head)
        })
        .collect()
}

/// Every block with text, in the order of the file.
pub fn blocks(root: Element<'_>) -> impl Iterator<Item = (Element<'_>, Block)> {
    below(root, "TextBlock").filter_map(|block| Some((block, self::block(block)?)))
}

/// Whether a page has more than running heads.
pub fn has_text(page: &Draft) -> bool {
    page.body.iter().any(|block| block.kind != Some(PartKind::Boilerplate))
}

fn draft<'a>(root: Element<'a>, page: Element<'a>, take: &dyn Fn(Element<'a>) -> bool) -> Draft {
    let mut blocks: Vec<(Element<'_>, Block)> = Vec::new();
    let (mut margin, mut foot) = (Vec::new(), Vec::new());
    for space in page.children().filter(Element::is_element) {
        let found = self::blocks(space).filter(|(block, _)| take(*block));
        match space.tag_name().name() {
            "PrintSpace" => blocks.extend(found),
            "TopMargin" => margin.extend(found.map(|(element, block)| (element, outside(&block)))),
            _ => foot.extend(found.map(|(element, block)| (element, outside(&block)))),
        }
    }
    in_reading_order(root, &mut blocks, |block| attribute(*block, "ID"));
    let number = attribute(page, "PRINTED_IMG_NR").or_else(|| attribute(page, "PHYSICAL_IMG_NR"));
    let head = margin.iter().flat_map(|(_, block)| &block.lines).cloned().collect::<Vec<_>>().join(" ");
    let (elements, body): (Vec<_>, Vec<_>) = margin.into_iter().chain(blocks).chain(foot).unzip();
    Draft {
        date_line: Some(head).filter(|line| !line.is_empty()),
        tags: number.map(|number| format!("Seite {number}")).into_iter().collect(),
        language: attribute(page, "LANG")
            .or_else(|| below(page, "TextBlock").find_map(|block| attribute(block, "LANG"))),
        printed: sheet(page).map(|sheet| PageWords::on(sheet, elements.into_iter().flat_map(words).collect())),
        body,
        ..Draft::default()
    }
}

/// A page as it was printed, where its size is told, and the name of its picture.
pub fn sheet(page: Element<'_>) -> Option<Sheet> {
    let picture = below(page.document().root_element(), "sourceImageInformation").next();
    Some(size(page)?.sheet(picture.and_then(|picture| text_at(picture, &["fileName"]))))
}

fn size(page: Element<'_>) -> Option<Size> {
    Size::of(number(page, "WIDTH"), number(page, "HEIGHT"))
}

/// The words of a block with their places. Of a word in two halves each half is one.
pub fn words(block: Element<'_>) -> Vec<PageWord> {
    let Some(size) = block.ancestors().find(|outer| named(*outer, "Page")).and_then(size) else { return Vec::new() };
    let words = children(block, "TextLine").flat_map(|line| {
        // words of a line are level, whatever their letters are
        let of_line = self::area(line, size);
        children(line, "String").filter_map(move |word| {
            let area = self::area(word, size)?;
            let Area { top, height, .. } = of_line.unwrap_or(area);
            Some(PageWord { text: attribute(word, "CONTENT")?, area: Area { top, height, ..area } })
        })
    });
    words.collect()
}

fn area(element: Element<'_>, size: Size) -> Option<Area> {
    let (left, top) = (number(element, "HPOS")?, number(element, "VPOS")?);
    let (width, height) = (number(element, "WIDTH")?, number(element, "HEIGHT")?);
    size.area(left..left + width, top..top + height)
}

fn number(element: Element<'_>, name: &str) -> Option<f64> {
    element.attribute(name)?.trim().parse().ok()
}

/// Running heads and feet are the page's.
fn outside(block: &Block) -> Block {
    Block::marked(PartKind::Boilerplate, block.lines.join(" "))
}

/// Sorts by the file's `ReadingOrder`, whose references may stand in groups; blocks that it does not name follow.
pub fn in_reading_order<B, T>(root: Element<'_>, blocks: &mut [(B, T)], id: impl Fn(&B) -> Option<String>) {
    let Some(order) = below(root, "ReadingOrder").next() else { return };
    let mut places: HashMap<String, usize> = HashMap::new();
    for reference in order.descendants().filter(Element::is_element) {
        let key = ["REF", "regionRef"].iter().find_map(|key| attribute(reference, key));
        let Some(key) = key.filter(|_| {
            !reference.tag_name().name().ends_with("Group") && !reference.tag_name().name().ends_with("GroupIndexed")
        }) else {
            continue;
        };
        let next = places.len();
        places.entry(key).or_insert(next);
    }
    blocks.sort_by_cached_key(|(block, _)| id(block).and_then(|id| places.get(&id).copied()).unwrap_or(usize::MAX));
}

fn block(block: Element<'_>) -> Option<Block> {
    let mut text = String::new();
    for line in children(block, "TextLine") {
        let (line, divided) = self::line(line);
        if line.is_empty() {
            continue;
        }
        if text.is_empty() || text.ends_with('\u{1f}') {
            text.truncate(text.trim_end_matches('\u{1f}').len());
            text.push_str(&line);
        } else {
            structure::join(&mut text, &line);
        }
        if divided {
            text.push('\u{1f}');
        }
    }
    let text = text.trim_end_matches('\u{1f}').to_owned();
    (!text.is_empty()).then(|| match kind(block) {
        Some(kind) => Block::marked(kind, text),
        None => Block::plain(vec![text]),
    })
}

/// The kind of a block by what it stands in, where the segmentation says it.
fn kind(block: Element<'_>) -> Option<PartKind> {
    let composed = block.ancestors().filter(|outer| named(*outer, "ComposedBlock"));
    composed.filter_map(|outer| attribute(outer, "TYPE")).find_map(|kind| match kind.to_ascii_lowercase().as_str() {
        "illustration" | "image" | "photo" => Some(PartKind::Caption),
        "advertisement" | "advertisment" | "ad" => Some(PartKind::Boilerplate),
        _ => None,
    })
}

/// The words of a line, and whether its last one is a half that the next line goes on from without a space.
///
/// Of a word in two halves the first line has it whole (`SUBS_CONTENT`) and the second has none of it.
fn line(line: Element<'_>) -> (String, bool) {
    let mut words: Vec<String> = Vec::new();
    let (mut half, mut hyphen) = (false, false);
    for piece in line.children().filter(Element::is_element) {
        match piece.tag_name().name() {
            "String" => {
                let whole = attribute(piece, "SUBS_CONTENT");
                let content = attribute(piece, "CONTENT");
                match piece.attribute("SUBS_TYPE") {
                    Some("HypPart2") if whole.is_some() => {}
                    Some("HypPart1") if whole.is_some() => words.extend(whole),
                    _ => {
                        half = true;
                        words.extend(content);
                        continue;
                    }
                }
                half = false;
            }
            "HYP" => hyphen = true,
            _ => {}
        }
    }
    let hyphen = hyphen && half;
    if hyphen && let Some(last) = words.last_mut() {
        last.truncate(last.trim_end_matches(['-', '¬', '⸗', '\u{ad}']).len());
    }
    (words.join(" "), hyphen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(layout: &str) -> Vec<(Option<&'static str>, String)> {
        let xml = format!("<alto>{layout}</alto>");
        let document = roxmltree::Document::parse(&xml).expect("XML");
        let found = drafts(document.root_element());
        found.iter().flat_map(|d| &d.body).map(|b| (b.kind.map(PartKind::name), b.lines.join("|"))).collect()
    }

    fn words(line: &str) -> String {
        format!("<TextLine><String CONTENT='{}'/></TextLine>", line.replace(' ', "'/><SP/><String CONTENT='"))
    }

    #[test]
    fn lines_become_paragraphs() {
        let marked = "<TextLine><String CONTENT='am'/><String CONTENT='Ha' SUBS_TYPE='HypPart1' SUBS_CONTENT='Hafen'/><HYP CONTENT='-'/></TextLine>\
                      <TextLine><String CONTENT='fen' SUBS_TYPE='HypPart2' SUBS_CONTENT='Hafen'/><String CONTENT='ruht'/></TextLine>";
        for (lines, expected) in [
            (marked.to_owned(), "am Hafen ruht"),
            (
                "<TextLine><String CONTENT='Ha'/><HYP CONTENT='-'/></TextLine>".to_owned() + &words("fen ruht"),
                "Hafen ruht",
            ),
            (words("am Ha-") + &words("fen ruht"), "am Hafen ruht"),
            (words("Nord-") + &words("und Südtor"), "Nord- und Südtor"),
            (words("am Hafen") + &words("ruht"), "am Hafen ruht"),
        ] {
            let page = format!("<Layout><Page><PrintSpace><TextBlock>{lines}</TextBlock></PrintSpace></Page></Layout>");
            assert_eq!(check(&page), [(None, expected.to_owned())]);
        }
    }

    #[test]
    fn words_have_their_places() {
        let line = "<TextLine HPOS='100' VPOS='200' WIDTH='800' HEIGHT='40'><String CONTENT='am' HPOS='100' VPOS='210' WIDTH='60' HEIGHT='30'/><SP/>\
                    <String CONTENT='Ha' HPOS='180' VPOS='205' WIDTH='50' HEIGHT='30' SUBS_TYPE='HypPart1' SUBS_CONTENT='Hafen'/><HYP CONTENT='-'/></TextLine>\
                    <TextLine><String CONTENT='fen' HPOS='100' VPOS='250' WIDTH='60' HEIGHT='30' SUBS_TYPE='HypPart2' SUBS_CONTENT='Hafen'/>\
                    <String CONTENT='liegt'/></TextLine>";
        let found = |size: &str| {
            let xml = format!(
                "<alto><Description><sourceImageInformation><fileName>0003.jpg</fileName></sourceImageInformation></Description>\
                 <Layout><Page {size}><PrintSpace><TextBlock>{line}</TextBlock></PrintSpace></Page></Layout></alto>"
            );
            let document = roxmltree::Document::parse(&xml).expect("XML");
            drafts(document.root_element()).remove(0).printed
        };
        assert!(found("").is_none() && found("WIDTH='0' HEIGHT='-3'").is_none());
        let printed = found("WIDTH='1024' HEIGHT='2048'").expect("places");
        assert_eq!(printed.sheets, [Sheet { width: 1024, height: 2048, picture: Some("0003.jpg".into()) }]);
        let words: Vec<_> = printed.words.iter().map(|word| (word.text.as_str(), word.area)).collect();
        let area = |left, top, width, height| Area { sheet: 0, left, top, width, height };
        assert_eq!(
            words,
            [("am", area(400, 400, 240, 80)), ("Ha", area(720, 400, 200, 80)), ("fen", area(400, 500, 240, 60))]
        );
    }

    #[test]
    fn blocks_come_in_reading_order() {
        let block = |id: &str| format!("<TextBlock ID='{id}'>{}</TextBlock>", words(id));
        let layout = format!(
            "<ReadingOrder><OrderedGroup ID='g'><ElementRef REF='zwei'/><UnorderedGroup ID='h'><ElementRef REF='eins'/></UnorderedGroup></OrderedGroup></ReadingOrder>\
             <Layout><Page><TopMargin>{}</TopMargin><PrintSpace>{}{}{}<ComposedBlock TYPE='Illustration'>{}</ComposedBlock></PrintSpace></Page></Layout>",
            block("Bote"),
            block("eins"),
            block("drei"),
            block("zwei"),
            block("Bild")
        );
        let expected =
            [(Some("boilerplate"), "Bote"), (None, "zwei"), (None, "eins"), (None, "drei"), (Some("caption"), "Bild")];
        assert_eq!(check(&layout), expected.map(|(kind, text)| (kind, text.to_owned())));
    }
}
