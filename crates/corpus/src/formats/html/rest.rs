//! What the library did not take for text: content goes back to its place, all else is kept as the page's.
//!
//! A paragraph that stands between paragraphs of the text, in the element that holds them, is the article's, and so are one that
//! the publisher's `articleBody` has and the caption of a picture that nothing but the article has. Teasers, forms and notices stand in elements of their own.

use super::announced::{self, is_described};
use super::page::{self, Page};
use crate::draft::Draft;
use crate::structure::{self, Block};
use ego_tree::NodeId;
use findbuch_article::PartKind;
use scraper::ElementRef;
use std::collections::{HashMap, HashSet};

/// Fewest words of a paragraph that is kept, most paragraphs that are looked at, and the longest text, in bytes, beside which
/// they are.
const MIN_LEFT: usize = 8;
const MAX_LEFT: usize = 600;
const MAX_TEXT: usize = 1 << 20;
/// Longest text, in bytes, in which they are looked for by most of their words.
const MAX_SAID: usize = 100_000;
/// Largest share of a paragraph's words that are links: a list of other articles has more.
const MAX_LINKED: f32 = 0.5;

/// A paragraph, list item or caption in the article's place.
struct Place<'a> {
    element: ElementRef<'a>,
    text: String,
    /// Whether the text has it already.
    taken: bool,
    /// The element around it that is no part of a list or table.
    scope: Option<NodeId>,
    /// Letters of the line of the text that announces the list in which it stands: `So schützen Sie sich:`.
    announced: Option<String>,
}

/// Adds the paragraphs in the article's place that are in none of the blocks: those within the text at their place, the others
/// behind all as the page's, so that what was not taken for text can be found.
pub fn keep(page: &Page, draft: &Draft, described: &HashSet<String>, blocks: &mut Vec<Block>) {
    let Some(places) = places(page, draft, blocks) else { return };
    let around: HashSet<NodeId> = places
        .iter()
        .filter(|place| place.taken)
        .flat_map(|place| place.element.ancestors().map(|above| above.id()))
        .collect();
    let mut ends: HashMap<NodeId, (usize, usize)> = HashMap::new();
    for (at, place) in places.iter().enumerate().filter(|(_, place)| place.taken && figure(place.element).is_none()) {
        if let Some(scope) = place.scope {
            ends.entry(scope).or_insert((at, at)).1 = at;
        }
    }
    let stated = announced::stated(draft);
    let at_block: HashMap<String, usize> =
        blocks.iter().enumerate().map(|(at, block)| (page::letters(&block.lines.join(" ")), at)).collect();
    let taken = |place: &Place<'_>| place.taken;
    let text = places.iter().position(taken).unwrap_or_default()..places.iter().rposition(taken).unwrap_or_default();
    // a quotation has a frame of its own
    let quoted = |at: usize, place: &Place<'_>| text.contains(&at) && is_quotation(place.element);
    let within = |at: usize, place: &Place<'_>| {
        let between =
            place.scope.and_then(|scope| ends.get(&scope)).is_some_and(|(first, last)| (first..last).contains(&&at));
        // a byline or date line within the text is none of its sentences
        let sentence = place.text.ends_with(['.', '!', '?', ':', ';', ')', '“', '"', '«', '»']);
        let announced = place.announced.as_ref().is_some_and(|line| at_block.contains_key(line));
        (between && sentence || announced || quoted(at, place) || stated.contains(&page::letters(&place.text)))
            && linked(place) <= MAX_LINKED
    };
    let mut before = 0;
    let (mut restored, mut left) = (Vec::new(), Vec::new());
    for (at, place) in places.iter().enumerate() {
        if place.taken {
            before = at_block.get(&page::letters(&place.text)).map_or(before, |at| at + 1);
        } else if is_described(described, &place.text) {
            restored.push((before, Block::marked(PartKind::Caption, place.text.clone())));
        } else if let Some(figure) = figure(place.element) {
            let own = linked(place) <= MAX_LINKED && is_own(page, figure, &around);
            let kind = if own { PartKind::Caption } else { PartKind::Boilerplate };
            let block = Block::marked(kind, place.text.clone());
            if own { restored.push((before, block)) } else { left.push(block) }
        } else if within(at, place) {
            let line = place.announced.as_ref().and_then(|line| at_block.get(line));
            before = line.map_or(before, |at| before.max(at + 1));
            let kind = is_quotation(place.element).then_some(PartKind::PullQuote);
            restored.push((before, Block { kind, lines: vec![place.text.clone()] }));
        } else {
            left.push(Block::marked(PartKind::Boilerplate, place.text.clone()));
        }
    }
    insert(blocks, restored);
    blocks.append(&mut left);
}

/// Puts blocks before those at their places, in their order.
fn insert(blocks: &mut Vec<Block>, restored: Vec<(usize, Block)>) {
    let mut restored = restored.into_iter().peekable();
    let mut all = Vec::with_capacity(blocks.len() + restored.len());
    let old = std::mem::take(blocks);
    for (at, block) in old.into_iter().enumerate() {
        while let Some((_, block)) = restored.next_if(|(place, _)| *place <= at) {
            all.push(block);
        }
        all.push(block);
    }
    all.extend(restored.map(|(_, block)| block));
    *blocks = all;
}

/// The paragraphs of the article's place in their order, each text once; nothing of a text that is too long.
fn places<'a>(page: &'a Page, draft: &Draft, blocks: &[Block]) -> Option<Vec<Place<'a>>> {
    let head = [&draft.kicker, &draft.headline, &draft.subhead, &draft.lead];
    let lines = blocks.iter().flat_map(|block| &block.lines).chain(head.into_iter().flatten());
    let lines: Vec<&str> = lines.map(String::as_str).collect();
    let mut known: String = lines.iter().map(|line| page::letters(line)).collect();
    if known.len() > MAX_TEXT {
        return None;
    }
    // the library may have divided a paragraph, or left a word of it out
    let all = lines.join(" ");
    let said = structure::Body::new(std::iter::once(all.as_str()).filter(|all| all.len() <= MAX_SAID));
    let own = |e: &ElementRef<'_>| {
        matches!(e.value().name(), "p" | "li" | "dd" | "td" | "blockquote" | "figcaption")
            && !e.descendants().skip(1).filter_map(ElementRef::wrap).any(|e| is_paragraph(e.value().name()))
            && !page.is_foreign(*e)
    };
    let mut announcements: HashMap<NodeId, Option<String>> = HashMap::new();
    let mut found = Vec::new();
    for element in page.elements().filter(own).take(MAX_LEFT) {
        let text = page::text(element);
        if text.split_whitespace().count() < MIN_LEFT {
            continue;
        }
        let letters = page::letters(&text);
        let taken = known.contains(&letters) || said.repeats(&text);
        if !taken {
            known.push_str(&letters);
        }
        let announced =
            list(element).and_then(|list| announcements.entry(list.id()).or_insert_with(|| announcement(list)).clone());
        found.push(Place { element, text, taken, scope: scope(element), announced });
    }
    Some(found)
}

fn is_paragraph(name: &str) -> bool {
    matches!(name, "p" | "li" | "dd" | "td" | "blockquote" | "ul" | "ol" | "dl" | "table" | "div" | "section")
}

/// Elements around a paragraph among which a quotation is looked for.
const MAX_QUOTED: usize = 3;

/// Whether a paragraph is a quotation, or stands in one.
fn is_quotation(element: ElementRef<'_>) -> bool {
    let up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
    up.take(MAX_QUOTED).any(|e| e.value().name() == "blockquote")
}

/// The element around a paragraph that is no part of a list, a table or a quotation.
fn scope(element: ElementRef<'_>) -> Option<NodeId> {
    let part = |name: &str| {
        matches!(name, "ul" | "ol" | "dl" | "li" | "dd" | "table" | "tbody" | "thead" | "tr" | "td" | "blockquote")
    };
    element.ancestors().filter_map(ElementRef::wrap).find(|e| !part(e.value().name())).map(|e| e.id())
}

/// The list in which an item stands.
fn list(item: ElementRef<'_>) -> Option<ElementRef<'_>> {
    item.ancestors().find_map(ElementRef::wrap).filter(|e| matches!(e.value().name(), "ul" | "ol"))
}

/// The letters of the paragraph right above a list, where it ends with a colon.
fn announcement(list: ElementRef<'_>) -> Option<String> {
    let above = list.prev_siblings().find_map(ElementRef::wrap).filter(|e| e.value().name() == "p")?;
    let text = page::text(above);
    text.ends_with(':').then(|| page::letters(&text)).filter(|letters| !letters.is_empty())
}

/// The picture whose caption an element is, or stands in; a caption by its class stands for it.
fn figure(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let mut up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
    let caption = up.find(|e| e.value().name() == "figcaption");
    let figure = caption
        .and_then(|caption| caption.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "figure"));
    figure.or_else(|| Some(element).filter(|e| page::is_marked(*e, &["caption"])))
}

/// Most elements above a picture that are looked at, and most elements in one of them that is a picture's frame.
const MAX_ABOVE: usize = 10;
const MAX_FRAME: usize = 200;

/// Whether a picture is the article's: above it comes an element with the article's text or heading before one that is, or
/// holds, a link or a heading, or much else.
fn is_own(page: &Page, figure: ElementRef<'_>, around: &HashSet<NodeId>) -> bool {
    let own = |e: &ElementRef<'_>| around.contains(&e.id()) || page.holds_heading(*e);
    let decides = |e: &ElementRef<'_>| {
        let name = e.value().name();
        let item = name == "li";
        let inner = || e.descendants().filter_map(ElementRef::wrap).skip(1);
        let foreign = |e: ElementRef<'_>| match e.value().name() {
            "a" => item,
            "h1" | "h2" | "h3" | "h4" | "h5" => true,
            _ => false,
        };
        own(e) || matches!(name, "a" | "article" | "body") || inner().nth(MAX_FRAME).is_some() || inner().any(foreign)
    };
    let up = std::iter::once(figure).chain(figure.ancestors().filter_map(ElementRef::wrap));
    up.take(MAX_ABOVE).find(decides).is_some_and(|e| own(&e) && e.value().name() != "body")
}

fn linked(place: &Place<'_>) -> f32 {
    announced::linked(place.element, &place.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: [&str; 2] = [
        "Die Händler am Kai haben am Montag ihre Stände wieder aufgebaut.",
        "Der Rat der Stadt will im Herbst noch einmal über den Platz reden.",
    ];

    fn check(html: &str, expected: &[(Option<PartKind>, &str)]) {
        let page = Page::parse(&format!("<title>Markt</title><h1>Markt</h1>{html}"));
        let mut blocks: Vec<Block> = TEXT.iter().map(|line| Block::plain(vec![(*line).to_owned()])).collect();
        keep(&page, &Draft::default(), &HashSet::new(), &mut blocks);
        let found: Vec<_> = blocks.iter().map(|block| (block.kind, block.lines.join(" "))).collect();
        let expected: Vec<_> = expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn what_stands_within_the_text_is_text() {
        let [first, second] = TEXT;
        let item = "Wer einen Stand will, meldet sich bis Mai im Rathaus.";
        let link = "Wie die Fähre nach Mehlau im nächsten Sommer fahren soll";
        let page = Some(PartKind::Boilerplate);
        check(
            &format!("<div><p>{first}<ul><li>{item}<li>Kurz</ul><p>{second}</div>"),
            &[(None, first), (None, item), (None, second)],
        );
        check(
            &format!("<div><p>{first}<ul><li><a href=/f>{link}</a></ul><p>{second}<p>{item}</div>"),
            &[(None, first), (None, second), (page, link), (page, item)],
        );
        check(
            &format!("<div><p>{first}<p>{second}</div><div><p>{second}<p>Kurz:</p><ul><li>{item}</ul></div>"),
            &[(None, first), (None, second), (page, item)],
        );
        let list = format!("<div><p>Kurz:</p><ul><li>{item}<li><a href=/f>{link}</a></ul></div>");
        check(
            &format!("<div><p>{first}</div>{list}<p>{second}"),
            &[(None, first), (None, second), (page, item), (page, link)],
        );
        let announced = list.replace("Kurz:", &format!("{second}:"));
        check(&format!("<p>{first}{announced}"), &[(None, first), (None, second), (None, item), (page, link)]);
        check(
            &format!("<div><p>{first}<div><p>{item}</div><p>{second}</div><aside><p>{link}</aside>"),
            &[(None, first), (None, second), (page, item)],
        );
    }

    #[test]
    fn quotations_between_paragraphs_are_the_articles() {
        let [first, second] = TEXT;
        let quote = "„Wir haben ein Jahr gewonnen, und das reicht uns erst einmal.“";
        let frame = format!("<div><figure><blockquote><p>{quote}</p></blockquote></figure></div>");
        let kinds = (Some(PartKind::PullQuote), Some(PartKind::Boilerplate));
        check(&format!("<div><p>{first}{frame}<p>{second}</div>"), &[(None, first), (kinds.0, quote), (None, second)]);
        check(&format!("<div><p>{first}<p>{second}{frame}</div>"), &[(None, first), (None, second), (kinds.1, quote)]);
    }

    #[test]
    fn what_the_publisher_calls_the_body_is_text() {
        let [first, second] = TEXT;
        let (last, other) =
            ("Wer einen Stand will, meldet sich bis Mai im Rathaus.", "Das Rathaus hat montags bis zum Abend auf.");
        let html = format!("<h1>Markt</h1><div><p>{first}<p>{second}</div><div><p>{last}</div><div><p>{other}</div>");
        let page = Page::parse(&html);
        let draft = Draft { body: vec![Block::plain(vec![format!("{first} {second} {last}")])], ..Draft::default() };
        let mut blocks: Vec<Block> = TEXT.iter().map(|line| Block::plain(vec![(*line).to_owned()])).collect();
        keep(&page, &draft, &HashSet::new(), &mut blocks);
        let found: Vec<_> = blocks.iter().map(|block| (block.kind, block.lines.join(" "))).collect();
        let expected = [(None, first), (None, second), (None, last), (Some(PartKind::Boilerplate), other)];
        assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn what_the_publisher_says_of_a_picture_is_its_caption() {
        let [first, second] = TEXT;
        let caption = "Am Kai stehen die Stände seit Montag wieder dicht an dicht.";
        let page = Page::parse(&format!("<div><p>{first}<p>{second}</div><div><p>{caption} Foto: Thorn</p></div>"));
        for (described, kind) in [(caption, PartKind::Caption), (second, PartKind::Boilerplate)] {
            let mut blocks: Vec<Block> = TEXT.iter().map(|line| Block::plain(vec![(*line).to_owned()])).collect();
            keep(&page, &Draft::default(), &HashSet::from([page::letters(described)]), &mut blocks);
            let found = blocks.iter().find(|block| block.lines.concat().starts_with(caption));
            assert_eq!(found.and_then(|block| block.kind), Some(kind), "{described}");
        }
    }

    #[test]
    fn captions_of_the_articles_pictures_are_told_from_teasers() {
        let [first, second] = TEXT;
        let caption = "Am Kai stehen die Stände seit Montag wieder dicht an dicht.";
        let figure = format!("<figure><img src=k.jpg><figcaption>{caption}</figcaption></figure>");
        let (own, page) = (Some(PartKind::Caption), Some(PartKind::Boilerplate));
        for inner in [figure.clone(), figure.replace(caption, &format!("<p>{caption}</p>"))] {
            check(
                &format!("<div><p>{first}<div>{inner}</div><p>{second}</div>"),
                &[(None, first), (own, caption), (None, second)],
            );
        }
        check(
            &format!("<div><p>{first}<p>{second}</div><ul><li><img src=k.jpg><p class=foto-caption>{caption}</ul>"),
            &[(None, first), (None, second), (page, caption)],
        );
        check(
            &format!("<div><p>{first}<p>{second}<ul><li><img src=k.jpg><p class=foto-caption>{caption}</ul></div>"),
            &[(None, first), (None, second), (own, caption)],
        );
        for box_ in [
            format!("<a href=/k>{figure}</a>"),
            format!("<div><h3>Der Kai</h3>{figure}</div>"),
            format!("<ul><li><div>{figure}</div><a href=/k>Mehr</a></ul>"),
        ] {
            check(
                &format!("<div><p>{first}<p>{second}{box_}</div>"),
                &[(None, first), (None, second), (page, caption)],
            );
        }
    }
}
