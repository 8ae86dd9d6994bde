//! The main text of a page as blocks: the library trafilatura finds it, `articleBody` or the page's paragraphs stand in
//! where it finds little, and what belongs to the page is left out.

use super::page::{self, Page};
use crate::draft::Draft;
use crate::markup;
use crate::structure::Block;
use findbuch_article::PartKind;
use scraper::ElementRef;
use std::collections::HashSet;

/// Longest page that the library is given, in bytes; of a longer one the paragraphs are taken.
const MAX_LIBRARY: usize = 8 << 20;
/// Fewest words of an `articleBody` that can stand in for the page's text.
const MIN_LINKED: usize = 60;
/// Words from which on a heading is a paragraph.
const MAX_CROSSHEAD: usize = 25;
/// Fewest words of a text that the library found well.
const MIN_WORDS: usize = 40;

/// Openings of lines that are the page's, in lower case.
const FURNITURE: &[&str] = &[
    "lesen sie auch",
    "lesen sie dazu",
    "lesen sie hier",
    "lesen sie mehr",
    "lesen sie jetzt",
    "mehr zum thema",
    "mehr zu diesem thema",
    "mehr dazu:",
    "auch interessant",
    "das könnte sie auch",
    "das könnte dich auch",
    "passend zum thema",
    "passend dazu",
    "empfohlener redaktioneller inhalt",
    "empfohlener externer inhalt",
    "an dieser stelle finden sie",
    "ich bin damit einverstanden, dass mir",
    "dieser externe inhalt",
    "externer inhalt",
    "datenschutzhinweis",
    "hinweis: dieser artikel enthält affiliate",
    "teilen sie diesen artikel",
    "diesen artikel teilen",
    "den artikel mit anderen teilen",
    "anmelden und weiterlesen",
    "jetzt weiterlesen",
    "weiterlesen mit",
    "zum hauptinhalt",
    "bitte aktivieren sie javascript",
    "fehler gefunden",
    "alle rechte vorbehalten",
    "quelle: ",
    "kategorie: ",
    "kategorien: ",
    "schlagwörter: ",
    "tags: ",
];

/// Headings after which nothing of the article comes, in lower case.
const ENDS: &[&str] = &[
    "mehr zum thema",
    "mehr zu diesem thema",
    "mehr aus diesem ressort",
    "mehr aus dem ressort",
    "das könnte sie auch interessieren",
    "das könnte dich auch interessieren",
    "das könnte sie interessieren",
    "auch interessant",
    "ähnliche artikel",
    "ähnliche beiträge",
    "ähnliche themen",
    "weitere artikel",
    "weitere beiträge",
    "weitere themen",
    "verwandte artikel",
    "verwandte beiträge",
    "verwandte themen",
    "kommentare",
    "leserkommentare",
    "kommentar schreiben",
    "kommentar verfassen",
    "schreibe einen kommentar",
    "hinterlasse einen kommentar",
    "meistgelesen",
    "meistgelesene artikel",
    "lesetipps",
    "lesetipps der redaktion",
    "zum weiterlesen",
    "newsletter",
    "über den autor",
    "über die autorin",
    "teilen mit",
    "gefällt mir",
    "videos zum thema",
    "themen in diesem artikel",
];

/// The text; headline, kicker and lead where they stand in it again are left out.
pub fn main_text(html: &str, page: &Page, draft: &Draft) -> Vec<Block> {
    let mut blocks = if html.len() <= MAX_LIBRARY { by_library(html) } else { Vec::new() };
    if words(&blocks) < MIN_WORDS {
        let shown = paragraphs(page);
        if words(&shown) > 2 * words(&blocks) {
            blocks = shown;
        }
    }
    let linked = words(&draft.body);
    if linked >= MIN_LINKED && words(&blocks) * 2 < linked {
        blocks.clone_from(&draft.body);
    }
    without_head(&mut blocks, draft);
    without_furniture(&mut blocks);
    for block in &mut blocks {
        if block.kind == Some(PartKind::Crosshead) && words(std::slice::from_ref(block)) > MAX_CROSSHEAD {
            block.kind = None;
        }
    }
    blocks
}

fn by_library(html: &str) -> Vec<Block> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_focus(trafilatura::ExtractionFocus::Balanced);
    trafilatura::extract(html, &options).map(|result| markup::blocks(&result.content_html)).unwrap_or_default()
}

fn words(blocks: &[Block]) -> usize {
    blocks.iter().flat_map(|block| &block.lines).map(|line| line.split_whitespace().count()).sum()
}

/// The paragraphs and crossheads below the element that holds most words in paragraphs of its own or its children's.
fn paragraphs(page: &Page) -> Vec<Block> {
    let own: Vec<(ElementRef<'_>, String)> = page
        .elements()
        .filter(|e| e.value().name() == "p" && !page::is_foreign(*e))
        .map(|e| (e, page::text(e)))
        .filter(|(_, text)| text.split_whitespace().count() >= 5)
        .collect();
    let mut held: Vec<(ElementRef<'_>, usize)> = Vec::new();
    for (element, text) in &own {
        let count = text.split_whitespace().count();
        let Some(parent) = element.ancestors().find_map(ElementRef::wrap) else { continue };
        match held.iter_mut().rev().take(8).find(|(e, _)| *e == parent) {
            Some((_, sum)) => *sum += count,
            None => held.push((parent, count)),
        }
    }
    let Some((container, _)) = held.into_iter().max_by_key(|(_, sum)| *sum) else { return Vec::new() };
    own.into_iter()
        .filter(|(e, _)| e.ancestors().filter_map(ElementRef::wrap).any(|above| above == container))
        .map(|(_, text)| Block::plain(vec![text]))
        .collect()
}

fn without_head(blocks: &mut Vec<Block>, draft: &Draft) {
    let mut heads: Vec<String> =
        [&draft.kicker, &draft.headline].into_iter().flatten().map(|text| page::letters(text)).collect();
    heads.push(heads.concat());
    blocks.retain(|block| !heads.contains(&page::letters(&block.lines.join(" "))));
}

/// Leaves out related links, embedded notices and everything after a heading that ends the article; a block that stands
/// twice counts once.
fn without_furniture(blocks: &mut Vec<Block>) {
    let half = words(blocks) / 2;
    let mut before = 0;
    let end = blocks.iter().position(|block| {
        before += words(std::slice::from_ref(block));
        before > half && is_end(block)
    });
    blocks.truncate(end.unwrap_or(blocks.len()));
    let mut seen = HashSet::new();
    blocks.retain(|block| {
        let text = block.lines.join(" ");
        let long = text.split_whitespace().count() > 6;
        !is_furniture(&text) && (!long || seen.insert(page::letters(&text)))
    });
}

fn is_end(block: &Block) -> bool {
    let text = block.lines.join(" ").to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphabetic());
    block.lines.len() == 1 && ENDS.contains(&text)
}

fn is_furniture(text: &str) -> bool {
    let short = text.split_whitespace().count() <= 40;
    let start: String = text.chars().take(60).flat_map(char::to_lowercase).collect();
    let start = start.trim_start_matches(|c: char| !c.is_alphanumeric());
    short && FURNITURE.iter().any(|opening| start.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(lines: &[&str]) -> Vec<Block> {
        lines.iter().map(|line| Block::plain(vec![(*line).to_owned()])).collect()
    }

    #[test]
    fn what_belongs_to_the_page_is_left_out() {
        let text = "Die Händler am Kai haben am Montag ihre Stände wieder aufgebaut.";
        for (lines, left) in [
            (vec![text, "Lesen Sie auch: Wie der Kai entstand"], 1),
            (vec![text, "Mehr zum Thema", "Ein anderer Artikel über Hafenbecken"], 1),
            (vec![text, text], 1),
            (vec!["Kommentare", text, "Die Zahl der Stände wächst seit drei Jahren um je fünf."], 3),
        ] {
            let mut blocks = plain(&lines);
            without_furniture(&mut blocks);
            assert_eq!(blocks.len(), left, "{lines:?}");
        }
    }

    #[test]
    fn paragraphs_of_the_fullest_element_stand_in() {
        let page = Page::parse(
            "<div><p>Ein kurzer Satz am Rand steht hier.</p></div><div><p>Der Markt am Kai bleibt bis Herbst.</p>\
             <p>Das hat der Rat am Montag so beschlossen.</p></div>",
        );
        let found = paragraphs(&page);
        assert_eq!(found, plain(&["Der Markt am Kai bleibt bis Herbst.", "Das hat der Rat am Montag so beschlossen."]));
    }
}
