//! Keyword in context (Luhn 1960): every place of an article that a query marks, with the words round it.

use crate::analysis::segments::SegmentKind;
use crate::collation::key;
use crate::text::highlight::{Found, Highlighter, Place};
use findbuch_article::{Article, PartKind};

/// A place that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The part it is in.
    pub part: PartKind,
    /// What stands before: at most the words asked for, with the space between. Together with `hit` and `right` it is the text
    /// as it stands.
    pub left: String,
    /// What matches: words side by side are one place, of a compound only the part that matches; what fulfils an operator from its
    /// first word to its last, with ¶ between paragraphs.
    pub hit: String,
    /// What follows.
    pub right: String,
    /// The number of the first mark in it, from 1, where those of the article are numbered: page furniture stands last.
    pub mark: usize,
}

/// The places of an article in reading order, with at most `context` words on either side; no context crosses a part.
pub fn lines(article: &Article, highlighter: &mut Highlighter, context: usize) -> Vec<Line> {
    let found = highlighter.find(article, |_| true);
    let before = marks_before(article, &found);
    let mark = |place: &Place| {
        let (part, start) = place.start;
        let earlier = found.of_part(part).iter().take_while(|mark| mark.span.end <= start).count();
        before.get(part).copied().unwrap_or_default() + earlier + 1
    };
    found.places.iter().filter_map(|place| line(article, place, mark(place), context)).collect()
}

/// How many marks stand before each part.
fn marks_before(article: &Article, found: &Found) -> Vec<usize> {
    let (mut before, mut count) = (vec![0; article.parts.len()], 0);
    for furniture in [false, true] {
        for (number, (before, part)) in before.iter_mut().zip(&article.parts).enumerate() {
            if (part.kind == PartKind::Boilerplate) == furniture {
                *before = count;
                count += if furniture || part.is_searched() { found.of_part(number).len() } else { 0 };
            }
        }
    }
    before
}

fn line(article: &Article, place: &Place, mark: usize, context: usize) -> Option<Line> {
    let ((first, start), (last, end)) = (place.start, place.end);
    let (first_part, last_part) = (article.parts.get(first)?, article.parts.get(last)?);
    let (before, after) = (first_part.text.get(..start)?, last_part.text.get(end..)?);
    let hit = if first == last {
        first_part.text.get(start..end)?.to_owned()
    } else {
        let between = article.parts.get(first + 1..last)?.iter();
        let between = between.filter(|part| {
            part.is_searched() && SegmentKind::of_part(part.kind) == SegmentKind::of_part(first_part.kind)
        });
        let begun = first_part.text.get(start..)?;
        let texts = std::iter::once(begun).chain(between.map(|part| part.text.as_str()));
        texts.chain(last_part.text.get(..end)).collect::<Vec<_>>().join(PARAGRAPH)
    };
    Some(Line {
        part: first_part.kind,
        left: before.get(last_words(before, context)..).unwrap_or_default().to_owned(),
        hit,
        right: after.get(..first_words(after, context)).unwrap_or_default().to_owned(),
        mark,
    })
}

/// Separates paragraphs within a match.
const PARAGRAPH: &str = " ¶ ";

/// Where the last `count` words of a text begin; a part of a word at its end counts as one, signs alone do not.
fn last_words(text: &str, count: usize) -> usize {
    let (mut start, mut at, mut words) = (text.len(), text.len(), 0);
    for piece in text.split_inclusive(char::is_whitespace).rev() {
        at -= piece.len();
        words += usize::from(piece.contains(char::is_alphanumeric));
        if words > count {
            break;
        }
        if !piece.trim().is_empty() {
            start = at;
        }
    }
    start
}

/// Where the first `count` words of a text end; a part of a word at its beginning counts as one, signs alone do not.
fn first_words(text: &str, count: usize) -> usize {
    let (mut end, mut at, mut words) = (0, 0, 0);
    for piece in text.split_inclusive(char::is_whitespace) {
        words += usize::from(piece.contains(char::is_alphanumeric));
        if words > count {
            break;
        }
        if !piece.trim().is_empty() {
            end = at + piece.trim_end().len();
        }
        at += piece.len();
    }
    end
}

/// Which neighbour lines are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The words before, the nearest first.
    Left,
    /// The words that follow.
    Right,
}

/// The order of lines by a neighbour, then by what matches: as in DIN 5007-1, so case and accents do not count, ä is a, ß is ss.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(String, String);

/// Words of the context that order lines; what agrees so far stays in the order of the result.
const KEY_WORDS: usize = 4;

impl Line {
    /// The line's place in an order.
    #[must_use]
    pub fn key(&self, side: Side) -> Key {
        let words = |words: &mut dyn Iterator<Item = &str>| {
            words.map(key).filter(|word| !word.is_empty()).take(KEY_WORDS).collect::<Vec<_>>().join(" ")
        };
        let neighbours = match side {
            Side::Left => words(&mut self.left.split_whitespace().rev()),
            Side::Right => words(&mut self.right.split_whitespace()),
        };
        Key(neighbours, key(&self.hit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::highlighter;
    use findbuch_article::Part;

    fn of(query: &str, text: &str, context: usize) -> Vec<[String; 3]> {
        let article = Article { parts: vec![Part::new(PartKind::Paragraph, text)], ..Article::default() };
        lines(&article, &mut highlighter(query, &article), context)
            .into_iter()
            .map(|l| [l.left, l.hit, l.right])
            .collect()
    }

    #[track_caller]
    fn check(query: &str, text: &str, context: usize, lines: &[[&str; 3]]) {
        let found = of(query, text, context);
        assert_eq!(found, lines, "{query} in {text}");
    }

    #[test]
    fn each_place_has_its_context() {
        check("Orgel", "Die alte Orgel klingt.", 9, &[["Die alte ", "Orgel", " klingt."]]);
        check("Orgel", "Die alte Orgel klingt hell.", 1, &[["alte ", "Orgel", " klingt"]]);
        check("Orgel", "Orgel, die Orgel", 1, &[["", "Orgel", ", die"], ["die ", "Orgel", ""]]);
        check("Orgel", "neue Kirchenorgel hier", 2, &[["neue Kirchen", "orgel", " hier"]]);
        check("\"alte Orgel\"", "Eine alte Orgel", 5, &[["Eine ", "alte Orgel", ""]]);
        check("Orgel", "keine", 5, &[]);
        check("Orgel", "die Orgel ist", 0, &[["", "Orgel", ""]]);
    }

    #[test]
    fn places_know_the_number_of_their_mark_on_the_page_of_the_article() {
        let part = |kind, text: &str| Part::new(kind, text);
        let parts = vec![
            part(PartKind::Headline, "Orgel und Orgel"),
            part(PartKind::Boilerplate, "Mehr zur Orgel"),
            part(PartKind::Paragraph, "Die Orgel klingt."),
        ];
        let article = Article { parts, ..Article::default() };
        let lines = lines(&article, &mut highlighter("Orgel", &article), 3);
        let marks: Vec<(PartKind, usize)> = lines.iter().map(|line| (line.part, line.mark)).collect();
        let (headline, text) = (PartKind::Headline, PartKind::Paragraph);
        assert_eq!(marks, [(headline, 1), (headline, 2), (PartKind::Boilerplate, 4), (text, 3)]);
    }

    #[test]
    fn what_fulfils_an_operator_is_one_place() {
        let text = "Die Munition kam an. Von der Lieferung der Munition wusste jeder, von der Munition selbst nicht.";
        let line = ["der ", "Lieferung der Munition", " wusste"];
        check("Munition NEAR/5 Lieferung", text, 1, &[["Die ", "Munition kam an. Von der Lieferung", " der"]]);
        check("Munition NEAR/2 Lieferung", text, 1, &[line]);
        check("Munition SATZ Lieferung", text, 1, &[line]);
        check("(Munition SATZ Lieferung) kommen", text, 1, &[["Munition ", "kam", " an."], line]);
        check("\"Lieferung der Munition\"", "Lieferung, der Munition", 1, &[["", "Lieferung, der Munition", ""]]);
    }

    #[test]
    fn a_place_goes_across_paragraphs() {
        let part = |kind, text: &str| Part::new(kind, text);
        let parts = vec![
            part(PartKind::Paragraph, "Es klingt die Orgel laut."),
            part(PartKind::Caption, "Der Küster und sein Hund"),
            part(PartKind::Paragraph, "Der Küster schweigt."),
        ];
        let article = Article { parts, ..Article::default() };
        let found: Vec<[String; 3]> = lines(&article, &mut highlighter("Orgel NEAR/3 Küster", &article), 1)
            .into_iter()
            .map(|line| [line.left, line.hit, line.right])
            .collect();
        assert_eq!(found, [["die ", "Orgel laut. ¶ Der Küster", " schweigt."].map(str::to_owned)]);
    }

    #[test]
    fn lines_are_ordered_as_a_german_index_is() {
        let line = |left: &str, right: &str| Line {
            part: PartKind::Paragraph,
            left: left.into(),
            hit: "x".into(),
            right: right.into(),
            mark: 1,
        };
        assert!(line("zwei alte ", "").key(Side::Left) < line("eins Ältere ", "").key(Side::Left));
        assert!(line("", ", ähnlich").key(Side::Right) < line("", " Bahn").key(Side::Right));
    }

    proptest::proptest! {
        #[test]
        fn contexts_are_slices_of_the_text(
            text in "(Orgel|Kirchenorgel|[a-zäß ,.\u{a0}-]{0,9} ){0,12}",
            query in "Orgel|Orgel NEAR/3 a|Orgel SATZ Kirche|MINDESTENS/2 Orgel",
            context in 0usize..5,
        ) {
            for [left, hit, right] in of(&query, &text, context) {
                let passage = [left.as_str(), &hit, &right].concat();
                proptest::prop_assert!(text.contains(&passage));
                let words = |text: &str| text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
                proptest::prop_assert!(words(&left) <= context && words(&right) <= context);
            }
        }
    }
}
