//! Which words of a text a query matches: by the same analysis as the index, so that marks and matches agree.

use crate::analysis::segments::{SegmentKind, Segments, searched};
use crate::analyzers::PooledAnalyzer;
use crate::plan::exclusion::exclusion_key;
use crate::plan::marking::Marking;
use crate::plan::prepared::Plan;
use crate::plan::question::Question;
use crate::plan::term_matches::{Plain, in_order, term_matches};
use crate::plan::word::Word;
use crate::text::proximity_matches::{Fulfilled, Lookup, Text, texts, texts_of};
use findbuch_article::{Article, Part, PartKind};
use findbuch_german::{Token, words};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

pub use crate::plan::term_matches::Mark;

/// Finds a query's words in texts.
pub struct Highlighter {
    plan: Arc<Plan>,
    analyzer: PooledAnalyzer,
}

/// A place in an article that matches as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The number of the part that it begins in, and the byte there.
    pub start: (usize, usize),
    /// The number of the part that it ends in, and the byte there.
    pub end: (usize, usize),
    /// Whether it fulfils an operator.
    pub fulfils: bool,
}

/// What is found in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// For each part of the article its marked words, in order, none overlapping.
    pub marks: Vec<Vec<Mark>>,
    /// What fulfils an operator, phrases, and single words, in reading order; words side by side are one place.
    pub places: Vec<Place>,
}

/// Where an article has something to mark, by the positions of its words, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkedAt {
    /// Words that may be marked.
    pub words: Vec<u32>,
    /// Where its texts begin, and its sentences if operators need them.
    pub bounds: Segments,
}

impl Found {
    /// What is marked wherever it stands, by the numbers of the parts, and the places that fulfil an operator.
    fn of(article: &Article, plain: Vec<Plain>, fulfilling: Vec<Place>) -> Found {
        let mut places = plain_places(article, &plain, &fulfilling);
        places.extend(fulfilling);
        places.sort_by_key(|place| (place.start, place.end));
        Found { marks: plain.into_iter().map(|plain| plain.marks).collect(), places }
    }

    /// The marked words of a part, by its number.
    #[must_use]
    pub fn of_part(&self, number: usize) -> &[Mark] {
        self.marks.get(number).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Marks in characters instead of bytes. A mark that does not slice the text is left out.
#[must_use]
pub fn in_chars(text: &str, marks: &[Mark]) -> Vec<[usize; 2]> {
    let (mut byte, mut chars) = (0, 0);
    let mut position = |at: usize| {
        // marks are in order, so that each character is counted once
        chars = if at < byte { text.get(..at)?.chars().count() } else { chars + text.get(byte..at)?.chars().count() };
        byte = at;
        Some(chars)
    };
    marks.iter().filter_map(|mark| Some([position(mark.span.start)?, position(mark.span.end)?])).collect()
}

impl Highlighter {
    /// Finds the words of a plan.
    #[must_use]
    pub fn new(plan: &Arc<Plan>) -> Highlighter {
        Highlighter { plan: Arc::clone(plan), analyzer: plan.analyzers.take() }
    }

    /// What kind of question the query is, if it is one.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        self.plan.question
    }

    /// The words of an article that match, and its places. Without operators only parts whose kind is `wanted` are looked at.
    pub fn find(&mut self, article: &Article, wanted: impl Fn(PartKind) -> bool) -> Found {
        if !self.plan.marking.operators.is_empty() {
            let (texts, bounds) = texts(article, |text| self.tokens(text));
            return self.with_operators(article, &texts, &bounds);
        }
        let furniture = self.plan.furniture;
        let is_looked_at = |part: &Part| (part.is_searched() || furniture && part.is_furniture()) && wanted(part.kind);
        let mut plain = vec![Plain::default(); article.parts.len()];
        for (part, plain) in article.parts.iter().zip(&mut plain).filter(|(part, _)| is_looked_at(part)) {
            let tokens = self.tokens(&part.text);
            *plain = self.plain(&tokens, part.kind);
        }
        Found::of(article, plain, Vec::new())
    }

    /// The same as [`Highlighter::find`], where it is known at which places there is something to mark.
    pub fn find_at(&mut self, article: &Article, marked: &MarkedAt, wanted: impl Fn(PartKind) -> bool) -> Found {
        let texts = self.texts_at(article, marked);
        if !self.plan.marking.operators.is_empty() {
            return self.with_operators(article, &texts, &marked.bounds);
        }
        let plain = self.plain_of(article, &texts, wanted);
        Found::of(article, plain, Vec::new())
    }

    /// The texts of an article in which something may be marked.
    fn texts_at(&mut self, article: &Article, marked: &MarkedAt) -> Vec<Text> {
        let (mut starts, mut rest) = (marked.bounds.paragraphs.iter().peekable(), marked.words.as_slice());
        let mut texts = Vec::new();
        for (text, part) in searched(article).into_iter().flat_map(|(number, part)| texts_of(number, part)) {
            if rest.is_empty() {
                break;
            }
            // a text without words takes no place
            if words(text).next().is_none() {
                continue;
            }
            let Some(&first) = starts.next() else { break };
            let (here, later) = match starts.peek() {
                Some(end) => rest.split_at(rest.partition_point(|at| at < end)),
                None => (rest, &[][..]),
            };
            rest = later;
            if !here.is_empty() {
                let at = |word| {
                    let position = u32::try_from(word).ok().and_then(|word| first.checked_add(word));
                    position.is_some_and(|position| here.binary_search(&position).is_ok())
                };
                let spans: Vec<Range<usize>> = words(text).collect();
                texts.push(Text { part, tokens: self.analyzer.get().tokens_at(text, &spans, at), first });
            }
        }
        texts
    }

    /// What is marked wherever it stands in those texts that are parts of a kind that is `wanted`, by the numbers of the parts.
    fn plain_of(&self, article: &Article, texts: &[Text], wanted: impl Fn(PartKind) -> bool) -> Vec<Plain> {
        let mut plain = vec![Plain::default(); article.parts.len()];
        for text in texts {
            let Some(number) = text.part else { continue };
            if let (Some(part), Some(plain)) = (article.parts.get(number), plain.get_mut(number))
                && wanted(part.kind)
            {
                *plain = self.plain(&text.tokens, part.kind);
            }
        }
        plain
    }

    /// What is found in the texts of an article, or in those of them in which something may be marked.
    fn with_operators(&self, article: &Article, texts: &[Text], bounds: &Segments) -> Found {
        let lookup = Lookup::new(texts, bounds, &article.id);
        let fulfilled = lookup.fulfilled(&self.plan.marking.operators);
        let plain = self.plain_of(article, texts, |_| true);
        let mut found = Found::of(article, plain, places_of(&fulfilled, &lookup));
        for (position, member) in fulfilled.members {
            let part = lookup.at(position).and_then(|text| text.part);
            if let Some(marks) = part.and_then(|number| found.marks.get_mut(number)) {
                marks.push(Mark { span: member.span, pattern: member.word });
            }
        }
        found.marks.iter_mut().for_each(in_order);
        found
    }

    /// Which of the words that page furniture is searched for are not `found` elsewhere in an article.
    #[must_use]
    pub fn only_in_furniture(&self, article: &Article, found: &Found) -> BTreeSet<usize> {
        if !self.plan.furniture || !article.parts.iter().any(Part::is_furniture) {
            return BTreeSet::new();
        }
        let Marking { words, plain, .. } = &self.plan.marking;
        let is_searched = |(word, plain): (&Word, &bool)| *plain && !word.functional && word.field.is_none();
        let is_found = |at: &usize| found.marks.iter().flatten().any(|mark| mark.pattern == *at);
        (0..words.len())
            .filter(|at| words.get(*at).zip(plain.get(*at)).is_some_and(is_searched) && !is_found(at))
            .collect()
    }

    /// A key that words share which are excluded together, see [`crate::plan::exclusion`]; none if there is no word.
    pub fn exclusion_key(&mut self, label: &str) -> Option<String> {
        exclusion_key(label, &self.plan.marking.words, self.analyzer.get())
    }

    /// The plain words that are marked in a text taken for a part of a kind, in order, none overlapping.
    pub fn marks(&mut self, text: &str, kind: PartKind) -> Vec<Mark> {
        let tokens = self.tokens(text);
        self.plain(&tokens, kind).marks
    }

    fn plain(&self, tokens: &[Token], kind: PartKind) -> Plain {
        let Marking { words, plain, .. } = &self.plan.marking;
        let words = words.iter().enumerate().zip(plain).filter(|(_, plain)| **plain);
        term_matches(tokens, kind, words.map(|(word, _)| word))
    }

    /// The words of a text, with terms where a mark is possible.
    fn tokens(&mut self, text: &str) -> Vec<Token> {
        let beginnings = self.plan.marking.beginnings();
        let possible = |key: &str| beginnings.is_none_or(|beginnings| beginnings.may_be_in(key));
        self.analyzer.get().tokens_where(text, possible)
    }
}

/// The places that fulfil operators, as far as they are in parts.
fn places_of(fulfilled: &Fulfilled, lookup: &Lookup<'_>) -> Vec<Place> {
    let part = |position| lookup.at(position).and_then(|text| text.part);
    let place = |(start, end): &(u32, u32)| {
        let (first, last) = (fulfilled.members.get(start)?, fulfilled.members.get(end)?);
        let (start, end) = ((part(*start)?, first.span.start), (part(*end)?, last.span.end));
        Some(Place { start, end, fulfils: true })
    };
    fulfilled.stretches.iter().filter_map(place).collect()
}

/// The matches of plain words outside `others`. Phrases are one match, and so are words with only a space or hyphen between them.
fn plain_places(article: &Article, plain: &[Plain], others: &[Place]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for (number, (part, Plain { marks, together })) in article.parts.iter().zip(plain).enumerate() {
        let kind_of = |place: &Place| article.parts.get(place.start.0).map(|part| SegmentKind::of_part(part.kind));
        let taken = |span: &Range<usize>| {
            let around = |place: &Place| place.start < (number, span.end) && (number, span.start) < place.end;
            others.iter().any(|place| around(place) && kind_of(place) == Some(SegmentKind::of_part(part.kind)))
        };
        let belong = |first: usize, last: usize| together.iter().any(|all| all.start <= first && last <= all.end);
        let mut before: Option<Range<usize>> = None;
        for span in marks.iter().map(|mark| mark.span.clone()).filter(|span| !taken(span)) {
            let joins = before.as_ref().is_some_and(|before| {
                let gap = part.text.get(before.end..span.start);
                gap.is_some_and(|gap| matches!(gap, " " | "-" | "\u{2011}")) || belong(before.start, span.end)
            });
            match places.last_mut().filter(|_| joins) {
                Some(last) => last.end.1 = span.end,
                None => places.push(Place { start: (number, span.start), end: (number, span.end), fulfils: false }),
            }
            before = Some(span);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::highlighter;

    #[track_caller]
    fn check(query: &str, text: &str, marked: &[&str]) {
        let article = Article { parts: vec![Part::new(PartKind::Paragraph, text)], ..Article::default() };
        let found = highlighter(query, &article).find(&article, |_| true);
        let found: Vec<&str> = found.of_part(0).iter().map(|mark| &text[mark.span.clone()]).collect();
        assert_eq!(found, marked, "{query} in {text}");
    }

    #[test]
    fn bytes_become_characters() {
        let mark = |span| Mark { span, pattern: 0 };
        let text = "Öl für Süd";
        let marks: Vec<Mark> = [0..3, 4..8, 9..13, 40..41].map(mark).into();
        assert_eq!(in_chars(text, &marks), [[0, 2], [3, 6], [7, 10]]);
        assert_eq!(in_chars(text, &[mark(9..13), mark(0..3)]), [[7, 10], [0, 2]], "in any order");
        assert!(in_chars(text, &[mark(1..3)]).is_empty(), "a mark within a character");
    }

    #[test]
    fn marks_are_what_matches() {
        check("Putin Waffe", "Putins Waffen", &["Putins", "Waffen"]);
        check("Jong-un", "Kim Jong Un und Jong-un, nicht Un Jong", &["Jong", "Un", "Jong", "un"]);
        check("\"Lieferung von Waffen\"", "Lieferungen von Waffen, von hier", &["Lieferungen", "von", "Waffen"]);
        check("Munition", "Artilleriemunition, Munitionslieferungen", &["munition", "Munitions"]);
        check("\"Lieferung von Waffen\"", "Waffenlieferung von Waffen", &[]);
        check("Waffenlieferung", "Waffen- und Munitionslieferungen", &["Waffen"]);
        check("Uboot", "ein U-Boot", &["U-Boot"]);
        check("Munitionslieferung", "Lieferung von Munition", &["Lieferung", "Munition"]);
        check("=Waffe", "Waffe, Waffen", &["Waffe"]);
        check("=\"die Waffe\"", "die Waffen, die Waffe", &["die", "Waffe"]);
        check("gehen", "Er ging", &["ging"]);
        check("essen", "Sie aß", &["aß"]);
        check("Haus", "Häuser, Haeuser", &["Häuser", "Haeuser"]);
        check("Foto", "Photos", &["Photos"]);
        check("Großbritannien", "die britische Regierung", &["britische"]);
        check("gut", "besser", &["besser"]);
        check("Zelensky", "Selenskyjs Rede", &["Selenskyjs"]);
        check("Kim -Putin", "Kim und Putin", &["Kim"]);
        check("die Lage", "Die Lage, die ich meine", &["Lage"]);
        check("die", "Die Lage", &["Die"]);
        check("titel:Lage Putin", "Die Lage Putins", &["Putins"]);
        check("autor:Putin Kim", "Putin Kim", &["Kim"]);
        check(
            "*munition Rak*",
            "Artilleriemunition, Raketen, Munition",
            &["Artilleriemunition", "Raketen", "Munition"],
        );
        check("M?ller", "Müller, Mueller und Muller, Möhler", &["Müller", "Mueller", "Muller"]);
        check("Selenski~1", "Selenskij, Selenski, Selensky und Selenskyj", &["Selenskij", "Selenski", "Selensky"]);
        check("Kim NEAR/3 Waffe", "Kim und Waffen", &["Kim", "Waffen"]);
        check("text:Waffe bild:Kim", "Kim hat Waffenlager", &["Waffen"]);
    }

    #[test]
    fn beside_operators_only_what_fulfils_them_is_marked() {
        let text = "Kim kam. Später sah Kim die Waffen. Die Waffen blieben, und viel später ging auch Kim wieder fort.";
        check("Kim NEAR/2 Waffe", text, &["Kim", "Waffen"]);
        check("Waffe VOR/2 Kim", text, &[]);
        check("Kim SATZ Waffe", text, &["Kim", "Waffen", "Waffen", "Kim"]);
        check("Kim ABSATZ kommen", text, &["Kim", "kam", "Kim", "Kim"]);
        check("(Kim NEAR/2 Waffe) ODER kommen", text, &["kam", "Kim", "Waffen"]);
        check("(Kim NEAR/2 Waffe) Kim", text, &["Kim", "Kim", "Waffen", "Kim"]);
        check("MINDESTENS/2 Waffe", text, &["Waffen", "Waffen"]);
        check("MINDESTENS/3 Waffe ODER fort", text, &["fort"]);
        check("\"die Waffen\" NEAR/1 Kim", text, &["Kim", "die", "Waffen"]);
        check("die NEAR/0 Waffe", text, &["die", "Waffen", "Die", "Waffen"]);
        check("Waff* NEAR/2 Kim", text, &["Kim", "Waffen"]);
        check("=Waffen NEAR/1 Kim", text, &["Kim", "Waffen"]);
        check("=Waffe NEAR/1 Kim", text, &[]);
        check("-(Kim NEAR/2 Waffe) kommen", text, &["kam"]);
        check("titel:(Kim NEAR/2 Waffe)", text, &[]);
        check("Kim NEAR/3 Waffe NEAR/9 später", text, &["Später", "Kim", "Waffen", "Waffen", "später"]);
    }
}
