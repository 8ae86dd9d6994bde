//! What each paragraph of a page's text is to the reader: the rules for text as people copy it.
//!
//! Each rule is a small module with its own tests: [`head`] (kicker and headline), [`byline`], [`caption`],
//! [`crosshead`], [`furniture`], [`quote`]. This module applies them in order and decides what takes
//! the whole article: the lead, and which parts repeat the body.

mod byline;
mod caption;
mod crosshead;
mod furniture;
pub mod head;
mod lines;
mod quote;
mod repetition;

use findbuch_article::{Part, PartKind};
use serde::{Deserialize, Serialize};

pub use byline::{authors, dateline, is_agency, is_date_line, split_names};
pub use lines::{blocks, join, join_lines};
pub use repetition::{Body, same_text};

/// Longest lead, in words; a longer first paragraph belongs to the body.
const MAX_LEAD_WORDS: usize = 70;

/// Paragraphs among which bylines and datelines stand.
const HEAD_PARAGRAPHS: usize = 2;

/// What the rules find in the text below the headline.
#[derive(Debug, Default)]
pub struct Structured {
    /// Parts in reading order.
    pub parts: Vec<Part>,
    /// Reading time in minutes.
    pub reading_minutes: Option<u16>,
    /// Names from a byline.
    pub authors: Vec<String>,
    /// A line that gives the date.
    pub date_line: Option<String>,
    /// Agency from a dateline or credit.
    pub agency: Option<String>,
    /// Town of a dateline.
    pub dateline: Option<String>,
    /// Schlagwörter that the text lists.
    pub tags: Vec<String>,
}

/// A paragraph without a part's name yet: its lines, and its kind where the source's markup says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// From markup: a heading, a caption, a quotation.
    pub kind: Option<PartKind>,
    /// Lines, white space collapsed, none empty.
    pub lines: Vec<String>,
}

impl Block {
    /// A block whose kind the markup says.
    #[must_use]
    pub fn marked(kind: PartKind, text: String) -> Block {
        Block { kind: Some(kind), lines: vec![text] }
    }

    /// A paragraph whose kind is open.
    #[must_use]
    pub fn plain(lines: Vec<String>) -> Block {
        Block { kind: None, lines }
    }
}

/// Removes the first lines.
pub fn drop_lines(blocks: &mut Vec<Block>, mut lines: usize) {
    while let Some(block) = blocks.first_mut().filter(|_| lines > 0) {
        let dropped = lines.min(block.lines.len());
        block.lines.drain(..dropped);
        lines -= dropped;
        if block.lines.is_empty() {
            blocks.remove(0);
        }
    }
}

/// Which leading parts the caller knows already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// The metadata gave a lead, so the first paragraph is the body's.
    pub lead: bool,
}

/// Names the parts of `blocks`, the paragraphs below the headline.
#[must_use]
pub fn structure(blocks: &[Block], known: Known) -> Structured {
    let mut found = Structured::default();
    let last = blocks.len().saturating_sub(1);
    let (mut paragraphs, mut counted) = (0, 0);
    for (at, block) in blocks.iter().enumerate() {
        paragraphs += found.parts.iter().skip(counted).filter(|p| p.kind == PartKind::Paragraph).count();
        counted = found.parts.len();
        let near_head = paragraphs < HEAD_PARAGRAPHS;
        match block.kind {
            Some(kind) => found.parts.extend(block.lines.iter().map(|line| Part::new(kind, line.as_str()))),
            None => name_block(&block.lines, near_head, at == last, &mut found),
        }
    }
    quote::join_marked(&mut found.parts);
    trailing_crossheads_are_asides(&mut found.parts);
    take_tags(&mut found);
    quote::join_separated(&mut found.parts);
    first_paragraphs(&mut found.parts, known);
    mark_repetitions(&mut found.parts);
    if let Some(signed) = byline::agency_signature(&found.parts) {
        found.agency.get_or_insert(signed);
    }
    found
}

/// Applies the rules to one block.
fn name_block(block: &[String], near_head: bool, last: bool, found: &mut Structured) {
    if let [_, credit] = block
        && caption::is_credit(credit)
    {
        found.parts.push(Part::new(PartKind::Caption, block.join(" ")));
        return;
    }
    if let Some((text, attribution)) = quote::pull_quote(block) {
        let mut part = Part::new(PartKind::PullQuote, text);
        part.attribution = Some(attribution);
        found.parts.push(part);
        return;
    }
    for line in block {
        name_line(line, near_head, last, found);
    }
}

fn name_line(line: &str, near_head: bool, last: bool, found: &mut Structured) {
    if let Some(minutes) = furniture::reading_minutes(line) {
        found.reading_minutes.get_or_insert(minutes);
        if byline::has_date(line) {
            found.date_line.get_or_insert_with(|| line.to_owned());
        }
        return;
    }
    if let Some(tags) = furniture::tags(line) {
        found.tags.extend(tags);
        found.parts.push(Part::new(PartKind::Boilerplate, line));
        return;
    }
    if furniture::heads_tags(line) || furniture::is_furniture(line, last) {
        found.parts.push(Part::new(PartKind::Boilerplate, line));
        return;
    }
    if byline::is_date_line(line) {
        found.date_line.get_or_insert_with(|| line.to_owned());
        return;
    }
    if near_head && byline::is_agency(line) {
        found.agency.get_or_insert_with(|| line.to_owned());
        return;
    }
    if near_head && let Some(authors) = byline::authors(line) {
        if found.authors.is_empty() {
            found.authors = authors;
        }
        return;
    }
    if caption::is_caption(line) {
        found.parts.push(Part::new(PartKind::Caption, line));
        return;
    }
    if crosshead::is_crosshead(line) {
        found.parts.push(Part::new(PartKind::Crosshead, line));
        return;
    }
    let mut text = line;
    if near_head && let Some(dateline) = byline::dateline(line) {
        found.dateline.get_or_insert(dateline.town);
        if let Some(agency) = dateline.agency {
            found.agency.get_or_insert(agency);
        }
        text = dateline.rest;
    }
    found.parts.push(Part::new(PartKind::Paragraph, text));
}

/// Short lines after the last paragraph head nothing: they may be a list of the article's, or links of the page.
fn trailing_crossheads_are_asides(parts: &mut [Part]) {
    if !parts.iter().any(|p| p.kind == PartKind::Paragraph) {
        return;
    }
    for part in parts.iter_mut().rev() {
        match part.kind {
            PartKind::Paragraph => break,
            PartKind::Crosshead => part.kind = PartKind::Aside,
            _ => {}
        }
    }
}

/// Most words of a tag, and most tags that a page lists.
const MAX_TAG_WORDS: usize = 4;
const MAX_TAGS: usize = 25;

/// The short lines below "Schlagwörter zu diesem Artikel" are tags; they stay where they are as the page's.
fn take_tags(found: &mut Structured) {
    let Some(head) = found.parts.iter().position(|part| furniture::heads_tags(&part.text)) else { return };
    let rest = found.parts.get_mut(head + 1..).unwrap_or_default();
    for part in rest.iter_mut().take(MAX_TAGS) {
        let short = part.text.split_whitespace().count() <= MAX_TAG_WORDS && !part.text.ends_with('.');
        if !short || !matches!(part.kind, PartKind::Crosshead | PartKind::Aside | PartKind::Paragraph) {
            break;
        }
        part.kind = PartKind::Boilerplate;
        found.tags.push(part.text.clone());
    }
}

/// Finds teaser and lead among the paragraphs before the first crosshead: a leading paragraph whose words stand again
/// further down is a subhead; the next one, if short and not alone, is the lead.
fn first_paragraphs(parts: &mut [Part], known: Known) {
    let paragraphs: Vec<usize> = (0..parts.len()).filter(|&i| parts[i].kind == PartKind::Paragraph).collect();
    let crosshead = parts.iter().position(|p| p.kind == PartKind::Crosshead).unwrap_or(parts.len());
    let mut leading = paragraphs.iter().copied().take_while(|&i| i < crosshead);
    let Some(mut first) = leading.next() else { return };
    let following = Body::new(paragraphs[1..].iter().map(|&i| parts[i].text.as_str()));
    if following.repeats(&parts[first].text) {
        parts[first].kind = PartKind::Subhead;
        let Some(next) = leading.next() else { return };
        first = next;
    }
    let alone = paragraphs.last() == Some(&first);
    if !known.lead && !alone && parts[first].text.split_whitespace().count() <= MAX_LEAD_WORDS {
        parts[first].kind = PartKind::Lead;
    }
}

/// Most parts of one text that are looked for in its body.
const MAX_COMPARED: usize = 200;

/// Marks subheads, quotes and captions whose words stand in the body as well, the first two hundred of a text; `parts` may
/// come from metadata too.
pub fn mark_repetitions(parts: &mut [Part]) {
    let of = |kind| move |p: &&Part| p.kind == kind;
    let checked =
        |p: &Part| matches!(p.kind, PartKind::Subhead | PartKind::PullQuote | PartKind::Caption | PartKind::Lead);
    if !parts.iter().any(checked) {
        return;
    }
    let paragraphs = Body::new(parts.iter().filter(of(PartKind::Paragraph)).map(|p| p.text.as_str()));
    let lead = Body::new(parts.iter().filter(of(PartKind::Lead)).map(|p| p.text.as_str()));
    let compared = parts.iter().enumerate().filter(|(_, part)| checked(part)).take(MAX_COMPARED);
    let repeated: Vec<(usize, bool)> = compared
        .map(|(at, part)| {
            let in_lead = || part.kind != PartKind::Lead && lead.repeats(&part.text);
            (at, paragraphs.repeats(&part.text) || in_lead())
        })
        .collect();
    for (at, repeated) in repeated {
        if let Some(part) = parts.get_mut(at) {
            part.repeated = repeated;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(PartKind, bool)> {
        structure(&blocks(text), Known::default()).parts.iter().map(|p| (p.kind, p.repeated)).collect()
    }

    #[test]
    fn teaser_lead_and_body_are_told_apart() {
        use PartKind::{Boilerplate, Crosshead, Lead, Paragraph, PullQuote, Subhead};
        let text = "Lesezeit 3 Minuten\n\n\
            Der Deich am Vorwerk soll im Frühjahr um einen halben Meter wachsen.\n\n\
            Nach der Sturmflut zieht der Kreis Mehlau Lehren aus dem Bruch am Siel.\n\n\
            Die Deichschau dauerte am Dienstag sechs Stunden. Fachleute nahmen Proben.\n\n\
            Was die Anwohner fordern\n\n\
            Der Deich am Vorwerk soll im Frühjahr um einen halben Meter wachsen, sagt der Kreis. „Wir brauchen jetzt \
            Gewissheit“, sagte die Ortsvorsteherin Tilda Reents dem Boten.\n\n\
            Wir brauchen jetzt Gewissheit\n\
            Ortsvorsteherin Tilda Reents\n\n\
            Bis zum Herbst soll der Plan stehen, der Kreistag stimmt im Mai ab.\n\n\
            NB abonnieren";
        assert_eq!(
            kinds(text),
            [
                (Subhead, true),
                (Lead, false),
                (Paragraph, false),
                (Crosshead, false),
                (Paragraph, false),
                (PullQuote, true),
                (Paragraph, false),
                (Boilerplate, false)
            ]
        );
    }

    #[test]
    fn tags_below_their_heading_are_taken() {
        let text = "Der Deich am Vorwerk soll im Frühjahr um einen halben Meter wachsen, sagt der Kreis.\n\n\
            Bis zum Herbst soll der Plan stehen, der Kreistag stimmt im Mai ab.\n\n\
            Deichverband Mehlau\n\nSchlagwörter zu diesem Artikel\n\nHochwasserschutz\n\nKreis Mehlau\n\nTags: Deich, Siel";
        let found = structure(&blocks(text), Known::default());
        assert_eq!(found.tags, ["Deich", "Siel", "Hochwasserschutz", "Kreis Mehlau"]);
        let asides = found.parts.iter().filter(|part| part.kind == PartKind::Aside).map(|part| part.text.as_str());
        assert_eq!(asides.collect::<Vec<_>>(), ["Deichverband Mehlau"]);
    }

    #[test]
    fn a_single_paragraph_is_body() {
        assert_eq!(kinds("Die Fähre fährt heute nicht, teilte die Reederei mit."), [(PartKind::Paragraph, false)]);
    }

    /// Sizes at which work for every pair of parts would take minutes.
    #[test]
    fn work_grows_with_the_number_of_parts() {
        let many = |kinds: &[PartKind], count| {
            let kinds = kinds.iter().cycle().take(count).enumerate();
            kinds.map(|(at, kind)| Block::marked(*kind, format!("Halt {at} am Kai der Kleinbahn"))).collect::<Vec<_>>()
        };
        for (kinds, count) in [
            (&[PartKind::Boilerplate] as &[_], 400_000),
            (&[PartKind::Caption, PartKind::Paragraph], 10_000),
            (&[PartKind::PullQuote], 40_000),
        ] {
            assert!(structure(&many(kinds, count), Known::default()).parts.len() >= count / 2);
        }
    }
}
