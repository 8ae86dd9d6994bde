//! The main text of a page as blocks: the library trafilatura finds it, `articleBody` or the page's paragraphs stand in
//! where it finds little, and what belongs to the page is set apart.

use super::page::{self, Page};
use super::{announced, json_ld, rest};
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
    set_furniture_apart(&mut blocks, &announced::stated(draft));
    announced::set_links_apart(page, draft.url.as_deref(), &mut blocks);
    let described = json_ld::described_media(page);
    announced::mark_media(&described, &mut blocks);
    rest::keep(page, draft, &described, &mut blocks);
    set_last_headings_apart(&mut blocks);
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
        .filter(|e| e.value().name() == "p" && !page.is_foreign(*e))
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

/// Share of the words that may follow a heading that ends the article where many do, and how many are; more is the article's own.
const MAX_BEHIND: f32 = 0.25;
const MANY: usize = 200;

/// Sets related links, embedded notices and everything from a heading on that ends the article apart as the page's, unless it is in
/// the `stated` body; a block that stands twice counts once.
fn set_furniture_apart(blocks: &mut Vec<Block>, stated: &str) {
    let all = words(blocks);
    let mut before = 0;
    let end = blocks.iter().position(|block| {
        before += words(std::slice::from_ref(block));
        let behind = all - before;
        before > all / 2 && is_end(block) && (behind < MANY || behind as f32 <= MAX_BEHIND * all as f32)
    });
    let end = end.unwrap_or(blocks.len());
    let behind = if goes_on(blocks.get(end..).unwrap_or_default()) { first_long(blocks, end) } else { blocks.len() };
    let mut seen = HashSet::new();
    let mut at = 0;
    blocks.retain_mut(|block| {
        let text = block.lines.join(" ");
        let long = text.split_whitespace().count() > 6;
        let behind = (end..behind).contains(&at) && (is_end(block) || !stated.contains(&page::letters(&text)));
        if behind || is_furniture(&text) {
            block.kind = Some(PartKind::Boilerplate);
        }
        at += 1;
        !long || seen.insert(page::letters(&text))
    });
}

/// Headings of the markup with none of the text below them head what is left out: teasers, forms, comments.
fn set_last_headings_apart(blocks: &mut [Block]) {
    if blocks.iter().all(|block| block.kind.is_some()) {
        return;
    }
    let behind = blocks.iter_mut().rev().filter(|block| block.kind != Some(PartKind::Boilerplate));
    for block in behind.take_while(|block| block.kind == Some(PartKind::Crosshead)) {
        block.kind = Some(PartKind::Boilerplate);
    }
}

/// Fewest words of a paragraph that no announcement of another article has, and the share of words in such ones behind a heading
/// by which the article goes on there.
const LONG: usize = 25;
const MIN_LONG: f32 = 0.8;

fn is_long(block: &Block) -> bool {
    let sentence = block.lines.last().is_some_and(|line| line.ends_with(['.', '!', '?', '“', '"', '«', '»']));
    block.kind.is_none() && sentence && words(std::slice::from_ref(block)) >= LONG
}

/// Whether what follows a heading that may end an article is text: it stood above a box.
fn goes_on(rest: &[Block]) -> bool {
    let long: Vec<usize> =
        rest.iter().filter(|block| is_long(block)).map(|block| words(std::slice::from_ref(block))).collect();
    long.len() >= 2 && long.iter().sum::<usize>() as f32 >= MIN_LONG * words(rest) as f32
}

/// The place of the first long paragraph from one on, or of the crosshead right above it.
fn first_long(blocks: &[Block], from: usize) -> usize {
    let rest = blocks.get(from..).unwrap_or_default();
    let long = rest.iter().position(is_long).unwrap_or(rest.len());
    let above = long.checked_sub(1).and_then(|at| rest.get(at)).is_some_and(|b| b.kind == Some(PartKind::Crosshead));
    from + if above && long > 1 { long - 1 } else { long }
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
    fn what_belongs_to_the_page_is_set_apart() {
        let text = "Die Händler am Kai haben am Montag ihre Stände wieder aufgebaut.";
        for (lines, left) in [
            (vec![text, "Lesen Sie auch: Wie der Kai entstand"], (1, 1)),
            (vec![text, "Mehr zum Thema", "Ein anderer Artikel über Hafenbecken"], (1, 2)),
            (vec![text, text], (1, 0)),
            (vec!["Kommentare", text, "Die Zahl der Stände wächst seit drei Jahren um je fünf."], (3, 0)),
        ] {
            let mut blocks = plain(&lines);
            set_furniture_apart(&mut blocks, "");
            let apart = blocks.iter().filter(|block| block.kind == Some(PartKind::Boilerplate)).count();
            assert_eq!((blocks.len() - apart, apart), left, "{lines:?}");
        }
    }

    #[test]
    fn headings_without_text_below_are_the_pages() {
        let heading = |text: &str| Block::marked(PartKind::Crosshead, text.into());
        let text = plain(&["Die Händler am Kai haben am Montag ihre Stände wieder aufgebaut."]);
        let rest = Block::marked(PartKind::Boilerplate, "Wie der Kai entstand".into());
        let mut blocks =
            [vec![heading("Der Markt")], text, vec![heading("Aus dem Forum"), heading("Videos"), rest]].concat();
        set_last_headings_apart(&mut blocks);
        let apart = blocks.iter().map(|block| block.kind == Some(PartKind::Boilerplate));
        assert_eq!(apart.collect::<Vec<_>>(), [false, false, true, true, true]);
        let mut alone = vec![heading("Der Markt")];
        set_last_headings_apart(&mut alone);
        assert_eq!(alone, [heading("Der Markt")]);
    }

    #[test]
    fn the_text_goes_on_behind_a_box() {
        let long = |who: &str| {
            format!(
                "{who} am Kai haben am Montag ihre Stände wieder aufgebaut, und der Rat der Stadt Mehlau hat ihnen dafür noch \
                 ein ganzes Jahr gegeben, wie ein Sprecher am Abend sagte."
            )
        };
        let texts = [long("Die Händler"), long("Die Fischer"), long("Die Wirte"), long("Die Gärtner")];
        let check = |lines: &[&str], apart: &[&str]| {
            let mut blocks = plain(lines);
            set_furniture_apart(&mut blocks, "");
            let found = blocks.iter().filter(|block| block.kind == Some(PartKind::Boilerplate));
            assert_eq!(found.map(|block| block.lines.concat()).collect::<Vec<_>>(), apart);
        };
        let [a, b, c, d] = texts.each_ref().map(String::as_str);
        let more = [a, b, c, d].map(|text| text.replace("Montag", "Freitag"));
        let more = more.each_ref().map(String::as_str);
        let text = [a, b, c, d, more[0], more[1]];
        check(
            &[&text[..], &["Auch interessant", "Wie der Kai entstand", more[2], more[3]]].concat(),
            &["Auch interessant", "Wie der Kai entstand"],
        );
        check(
            &[&text[..], &["Auch interessant", "Wie der Kai entstand", more[2]]].concat(),
            &["Auch interessant", "Wie der Kai entstand", more[2]],
        );
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
