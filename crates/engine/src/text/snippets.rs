//! The passages of an article that show why it matches: whole sentences, or words round the marks where a sentence is
//! long; first those with the most different words of the query.

use crate::Snippet;
use crate::plan::question::Question;
use crate::text::highlight::{Found, Highlighter, Mark, Place};
use findbuch_article::{Article, Part, PartKind};
use findbuch_german::sentences;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most snippets of an article, and characters of one.
const MAX_SNIPPETS: usize = 3;
const MAX_CHARS: usize = 260;

/// Weights of passages, chosen by looking at hits; a test depends on each of them. What fulfils an operator comes first, then words that
/// no passage has shown yet.
const FULFILS: f32 = 1000.0;
const NEW_WORD: f32 = 10.0;
/// A word of the query, however often the passage has it.
const WORD: f32 = 2.0;
/// Two words that follow each other in the query and here, and most such pairs that count.
const NEIGHBOURS: f32 = 1.0;
const MAX_NEIGHBOURS: usize = 4;
/// A marked place, and most that count.
const MARK: f32 = 0.2;
const MAX_MARKS: usize = 5;
/// A number, where the question asks for one.
const NUMBER: f32 = 3.0;
/// What a lead gains against the text, and a caption loses.
const IN_LEAD: f32 = 1.0;
const IN_CAPTION: f32 = -1.5;
/// What a passage loses for each one before it: among equals the first is shown.
const LATER: f32 = -0.01;
const MAX_LATER: usize = 100;

/// A sentence with marks.
struct Candidate<'a> {
    part: &'a Part,
    order: usize,
    sentence: Range<usize>,
    marks: Vec<Mark>,
    /// Where the first thing in it begins that fulfils an operator.
    fulfils: Option<usize>,
}

impl Candidate<'_> {
    fn patterns(&self) -> BTreeSet<usize> {
        self.marks.iter().map(|mark| mark.pattern).collect()
    }

    /// Greater is better: what fulfils an operator first, then new words, words close together, and their number.
    fn score(&self, shown: &BTreeSet<usize>, question: Option<Question>) -> f32 {
        let patterns = self.patterns();
        let new = patterns.difference(shown).count() as f32;
        let neighbours = self
            .marks
            .windows(2)
            .filter(|pair| pair[1].pattern == pair[0].pattern + 1 && pair[1].span.start - pair[0].span.end <= 2)
            .count();
        let part = match self.part.kind {
            PartKind::Lead => IN_LEAD,
            PartKind::Caption => IN_CAPTION,
            _ => 0.0,
        };
        let fulfils = if self.fulfils.is_some() && new > 0.0 { FULFILS } else { 0.0 };
        let asked = question.is_some_and(|question| question.number);
        let sentence = self.part.text.get(self.sentence.clone()).unwrap_or_default();
        let number = if asked && sentence.contains(|c: char| c.is_ascii_digit()) { NUMBER } else { 0.0 };
        fulfils
            + number
            + NEW_WORD * new
            + WORD * patterns.len() as f32
            + NEIGHBOURS * neighbours.min(MAX_NEIGHBOURS) as f32
            + MARK * self.marks.len().min(MAX_MARKS) as f32
            + part
            + LATER * self.order.min(MAX_LATER) as f32
    }
}

/// Whether a part of a kind is shown below the headline.
fn shown_below(kind: PartKind) -> bool {
    !matches!(kind, PartKind::Kicker | PartKind::Headline | PartKind::Boilerplate)
}

/// One to three snippets of an article with what was found in it; where no sentence below the headline has a marked word, the article's
/// opening.
#[must_use]
pub fn chosen(article: &Article, found: &Found, highlighter: &mut Highlighter) -> Vec<Snippet> {
    let question = highlighter.question();
    let furniture = of_furniture(article, found, highlighter);
    let parts = || article.parts.iter().enumerate().filter(|(_, p)| p.is_searched() && shown_below(p.kind));
    let mut candidates = Vec::new();
    for (number, part) in parts() {
        let marks = found.of_part(number);
        if marks.is_empty() {
            continue;
        }
        let here = |place: &&Place| place.fulfils && place.start.0 == number && place.end.0 == number;
        let fulfilling: Vec<Range<usize>> =
            found.places.iter().filter(here).map(|place| place.start.1..place.end.1).collect();
        for sentence in passages(&part.text, &fulfilling) {
            let within = |range: &&Range<usize>| range.start >= sentence.start && range.end <= sentence.end;
            let fulfils = fulfilling.iter().find(within).map(|range| range.start);
            let marks: Vec<Mark> = marks
                .iter()
                .filter(|m| m.span.start >= sentence.start && m.span.end <= sentence.end)
                .cloned()
                .collect();
            if !marks.is_empty() {
                candidates.push(Candidate { part, order: candidates.len(), sentence, marks, fulfils });
            }
        }
    }
    let mut shown = BTreeSet::new();
    let mut chosen: Vec<Candidate<'_>> = Vec::new();
    while chosen.len() < MAX_SNIPPETS {
        let score = |at: usize| candidates[at].score(&shown, question);
        let best = (0..candidates.len()).max_by(|&a, &b| score(a).total_cmp(&score(b)));
        let Some(best) = best else { break };
        let candidate = candidates.swap_remove(best);
        let brings_new = candidate.patterns().difference(&shown).next().is_some();
        if !brings_new && chosen.len() >= MAX_SNIPPETS - 1 {
            break;
        }
        shown.extend(candidate.patterns());
        chosen.push(candidate);
    }
    // of a question the passage with the answer comes first, else passages follow each other as in the article
    if question.is_none() {
        chosen.sort_by_key(|candidate| candidate.order);
    }
    if chosen.is_empty() && furniture.is_none() {
        return parts()
            .map(|(_, part)| part)
            .find(|p| p.kind != PartKind::Caption)
            .or_else(|| parts().map(|(_, part)| part).next())
            .map(opening)
            .into_iter()
            .collect();
    }
    chosen.iter().map(|c| cut(c.part, &c.sentence, &c.marks, c.fulfils)).chain(furniture).collect()
}

/// The passage of page furniture with most of the words that the article has nowhere else.
fn of_furniture(article: &Article, found: &Found, highlighter: &mut Highlighter) -> Option<Snippet> {
    let lacking = highlighter.only_in_furniture(article, found);
    if lacking.is_empty() {
        return None;
    }
    let mut best: Option<(usize, Candidate<'_>)> = None;
    for part in article.parts.iter().filter(|part| part.is_furniture()) {
        let found = highlighter.marks(&part.text, part.kind);
        for sentence in passages(&part.text, &[]) {
            let within = |mark: &&Mark| mark.span.start >= sentence.start && mark.span.end <= sentence.end;
            let marks: Vec<Mark> = found.iter().filter(within).cloned().collect();
            let candidate = Candidate { part, order: 0, sentence, marks, fulfils: None };
            let words = candidate.patterns().intersection(&lacking).count();
            if words > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((words, candidate));
            }
        }
    }
    best.map(|(_, c)| cut(c.part, &c.sentence, &c.marks, None))
}

/// Shortest passage, in bytes, that stands alone; a dateline such as `Mehlau.` says nothing.
const MIN_BYTES: usize = 30;

/// The sentences of a text. A very short one is joined to the next, and sentences are joined if a match of an operator crosses them
/// that can be shown whole.
fn passages(text: &str, fulfilling: &[Range<usize>]) -> Vec<Range<usize>> {
    let across = |end: usize| {
        fulfilling.iter().any(|range| range.start < end && end < range.end && range.len() <= MAX_CHARS / 2)
    };
    let mut passages: Vec<Range<usize>> = Vec::new();
    for sentence in sentences(text) {
        match passages.last_mut() {
            Some(last) if last.len() < MIN_BYTES || across(last.end) => last.end = sentence.end,
            _ => passages.push(sentence),
        }
    }
    passages
}

/// The first sentence of a part.
fn opening(part: &Part) -> Snippet {
    let sentence = passages(&part.text, &[]).into_iter().next().unwrap_or(0..part.text.len());
    cut(part, &sentence, &[], None)
}

/// The snippet of a sentence, shortened at word boundaries round the byte that matters most, or its first marks.
fn cut(part: &Part, sentence: &Range<usize>, marks: &[Mark], centre: Option<usize>) -> Snippet {
    let text = &part.text;
    let mut range = sentence.clone();
    if text[range.clone()].chars().count() > MAX_CHARS {
        let centre = centre.or_else(|| densest(text, marks)).unwrap_or(sentence.start);
        range = around(text, sentence, centre);
    }
    let mut snippet = String::new();
    if range.start > sentence.start {
        snippet.push_str("… ");
    }
    let lead = snippet.chars().count();
    snippet.push_str(&text[range.clone()]);
    if range.end < sentence.end {
        snippet.push_str(" …");
    }
    let position = |at: usize| lead + text[range.start..at].chars().count();
    let marks = marks
        .iter()
        .filter(|m| m.span.start >= range.start && m.span.end <= range.end)
        .map(|m| [position(m.span.start), position(m.span.end)])
        .collect();
    Snippet { field: part.kind.field_name(), text: snippet, marks }
}

/// The byte at which a window of [`MAX_CHARS`] bytes has the most different marks.
fn densest(text: &str, marks: &[Mark]) -> Option<usize> {
    let within = |from: usize| {
        marks
            .iter()
            .filter(|m| m.span.start >= from && m.span.end <= from + MAX_CHARS * 3 / 4)
            .map(|m| m.pattern)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let mut best: Option<(usize, usize)> = None;
    for mark in marks {
        let count = within(mark.span.start);
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, mark.span.start));
        }
    }
    debug_assert!(best.is_none_or(|(_, at)| text.is_char_boundary(at)));
    best.map(|(_, at)| at)
}

/// At most [`MAX_CHARS`] characters of `sentence`, a fifth of them before `centre`, cut at spaces.
fn around(text: &str, sentence: &Range<usize>, centre: usize) -> Range<usize> {
    let before: Vec<usize> =
        text[sentence.start..centre].char_indices().rev().map(|(at, _)| sentence.start + at).collect();
    let back = before.get(MAX_CHARS / 5).copied().unwrap_or(sentence.start);
    let start =
        if back == sentence.start { back } else { text[back..centre].find(' ').map_or(centre, |at| back + at + 1) };
    let limit = text[start..sentence.end].char_indices().nth(MAX_CHARS - 4).map_or(sentence.end, |(at, _)| start + at);
    let end = if limit == sentence.end { limit } else { text[start..limit].rfind(' ').map_or(limit, |at| start + at) };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Detail;
    use crate::memory::highlighter;
    use crate::text::shown::shown;

    fn of(query: &str, parts: Vec<Part>) -> Vec<Snippet> {
        let article = Article { parts, ..Article::default() };
        shown(&article, Detail::Snippets, None, &mut highlighter(query, &article)).snippets
    }

    #[test]
    fn what_stands_in_page_furniture_alone_is_shown_from_there() {
        let parts = || {
            vec![
                Part::new(PartKind::Headline, "Der Deich hält"),
                Part::new(PartKind::Paragraph, "Der Kreis Mehlau ist froh."),
                Part::new(PartKind::Boilerplate, "Lesen Sie auch: Die Flut und der Deich"),
            ]
        };
        let check = |query: &str, shown: &[(&str, &str)]| {
            let found = of(query, parts());
            let found: Vec<(&str, &str)> = found.iter().map(|s| (s.field, s.text.as_str())).collect();
            assert_eq!(found, shown, "{query}");
        };
        let furniture = ("boilerplate", "Lesen Sie auch: Die Flut und der Deich");
        check("Deich", &[("body", "Der Kreis Mehlau ist froh.")]);
        check("Flut", &[furniture]);
        check("Kreis Flut", &[("body", "Der Kreis Mehlau ist froh."), furniture]);
        check("text:Flut", &[("body", "Der Kreis Mehlau ist froh.")]);
    }

    #[test]
    fn the_sentence_with_most_words_is_shown_and_marked() {
        let text =
            "Der Deich ist alt, sagt der Kreis Mehlau. Die Flut kam am 3. März über den Deich. Dann wurde es still.";
        let found = of("Deich Flut", vec![Part::new(PartKind::Paragraph, text)]);
        assert!(found.iter().any(|s| s.text == "Die Flut kam am 3. März über den Deich."), "{found:?}");
        let snippet = found.iter().find(|s| s.text.starts_with("Die Flut")).unwrap();
        let marked: Vec<String> =
            snippet.marks.iter().map(|m| snippet.text.chars().skip(m[0]).take(m[1] - m[0]).collect()).collect();
        assert_eq!(marked, ["Flut", "Deich"]);
        assert_eq!(snippet.field, "body");
    }

    #[test]
    fn what_fulfils_an_operator_is_shown_first() {
        let text = "Der Deich im Kreis ist hundert Jahre alt. Die Flut kam. Der Deich hielt. Am Abend blieb vom Deich nach der Flut wenig, und \
                    jeder wusste es.";
        let marked = |query: &str| -> Vec<(String, usize)> {
            let found = of(query, vec![Part::new(PartKind::Paragraph, text)]);
            found.into_iter().map(|snippet| (snippet.text, snippet.marks.len())).collect()
        };
        let last = "Am Abend blieb vom Deich nach der Flut wenig, und jeder wusste es.";
        assert_eq!(marked("Deich NEAR/2 Flut"), [("Die Flut kam. Der Deich hielt.".into(), 2), (last.into(), 2)]);
        assert_eq!(marked("Deich VOR/2 Flut"), [(last.into(), 2)]);
        assert_eq!(marked("Deich SATZ Flut"), [(last.into(), 2)]);
        assert_eq!(
            marked("(Deich SATZ Flut) Kreis"),
            [("Der Deich im Kreis ist hundert Jahre alt.".into(), 1), (last.into(), 2)]
        );
    }

    /// Which of some passages, each a part of its own, are shown, by their numbers.
    #[track_caller]
    fn check_shown(query: &str, passages: &[(PartKind, &str)], shown: &[usize]) {
        let parts = passages.iter().map(|(kind, text)| Part::new(*kind, *text)).collect();
        let texts: Vec<String> = of(query, parts).into_iter().map(|snippet| snippet.text).collect();
        let numbers: Vec<usize> = (0..passages.len()).filter(|at| texts.iter().any(|t| t == passages[*at].1)).collect();
        assert_eq!(numbers, shown, "{query}");
        assert_eq!(texts.len(), shown.len(), "{query}");
    }

    #[test]
    fn each_weight_decides_which_passages_are_shown() {
        use PartKind::{Caption, Lead, Paragraph};
        let once = "Der Deich ist alt, sagt man im Kreis.";
        // of one word two passages are shown: those with more places, at most five of which count, then the first
        check_shown(
            "Deich",
            &[(Paragraph, once), (Paragraph, "Am Deich, sagt man im Amt."), (Paragraph, "Deich um Deich im Kreis.")],
            &[0, 2],
        );
        let five = "Deich, Deich, Deich, Deich, Deich.";
        let six = "Deich, Deich, Deich, Deich, Deich, Deich.";
        check_shown(
            "Deich",
            &[(Paragraph, five), (Paragraph, "Deich Deich Deich Deich Deich!"), (Paragraph, six)],
            &[0, 1],
        );
        check_shown(
            "Deich",
            &[(Paragraph, five), (Paragraph, once), (Paragraph, "Deich, Deich, Deich, Deich, so.")],
            &[0, 2],
        );
        check_shown(
            "Deich",
            &[(Paragraph, once), (Paragraph, "Am Deich ist es still."), (Paragraph, "Am Deich geht niemand.")],
            &[0, 1],
        );
        // a lead comes before the text, if that has not many more places, and a caption after it
        check_shown("Deich", &[(Paragraph, once), (Paragraph, five), (Lead, "Am Deich geht niemand.")], &[1, 2]);
        check_shown(
            "Deich",
            &[(Caption, once), (Paragraph, "Am Deich ist es still."), (Paragraph, "Am Deich geht niemand.")],
            &[1, 2],
        );
        check_shown(
            "Deich",
            &[(Caption, five), (Paragraph, "Am Deich ist es still."), (Paragraph, "Am Deich geht niemand.")],
            &[1, 2],
        );
        // words that follow each other as in the query
        let apart = "Die Flut kam am Deich vorbei.";
        check_shown(
            "Deich Flut",
            &[(Paragraph, apart), (Paragraph, "Vom Deich war die Flut fern."), (Paragraph, "Es war die Deich Flut.")],
            &[0, 2],
        );
        // more different words, rather than many places of one
        let both = "Der Deich hielt die Flut ab.";
        check_shown("Deich Flut", &[(Paragraph, both), (Paragraph, five), (Paragraph, apart)], &[0, 2]);
        // a word that is not shown yet, rather than both again
        check_shown(
            "Deich Flut Kai",
            &[(Paragraph, both), (Paragraph, apart), (Paragraph, "Der Kai ist alt.")],
            &[0, 2],
        );
        // what fulfils an operator, rather than more words
        check_shown(
            "(MINDESTENS/2 Deich) Kai Mole Boot Netz Seil Tau",
            &[
                (Paragraph, "Kai und Mole."),
                (Paragraph, "Boot und Netz."),
                (Paragraph, "Seil und Tau."),
                (Paragraph, "Deich an Deich."),
            ],
            &[0, 1, 3],
        );
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let text = format!("{} Deich {}", "übermäßig lang ".repeat(40), "und weiter ".repeat(40));
        let found = of("Deich", vec![Part::new(PartKind::Paragraph, text)]);
        assert_eq!(found.len(), 1);
        let snippet = &found[0];
        assert!(snippet.text.chars().count() <= MAX_CHARS + 4, "{}", snippet.text.chars().count());
        assert!(snippet.text.starts_with("… ") && snippet.text.ends_with(" …"));
        let [from, to] = snippet.marks[0];
        assert_eq!(snippet.text.chars().skip(from).take(to - from).collect::<String>(), "Deich");
    }

    #[test]
    fn without_a_mark_the_opening_is_shown() {
        let parts = vec![
            Part::new(PartKind::Headline, "Deich hält"),
            Part::new(PartKind::Paragraph, "Mehlau. Es regnet seit dem Morgen im Kreis. Es stürmt am Abend."),
        ];
        assert_eq!(
            of("Deich", parts),
            [Snippet { field: "body", text: "Mehlau. Es regnet seit dem Morgen im Kreis.".into(), marks: vec![] }]
        );
    }
}
