//! Which words of a text a query matches: by the same analysis as the index, so that marks and matches agree.

use crate::analysis::segments::{Placing, SegmentKind, searched};
use crate::analyzers::PooledAnalyzer;
use crate::plan::exclusion::exclusion_key;
use crate::plan::marking::Marking;
use crate::plan::prepared::Plan;
use crate::plan::question::Question;
use crate::plan::term_matches::{Plain, in_order, term_matches};
use crate::plan::word::Word;
use crate::text::proximity_matches::{Fulfilled, Lookup, texts};
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

impl Found {
    /// The marked words of a part, by its number.
    #[must_use]
    pub fn of_part(&self, number: usize) -> &[Mark] {
        self.marks.get(number).map(Vec::as_slice).unwrap_or_default()
    }
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
        let mut found = Found { marks: vec![Vec::new(); article.parts.len()], places: Vec::new() };
        let mut together = vec![Vec::new(); article.parts.len()];
        let mut take = |number: usize, plain: Plain| {
            if let (Some(marks), Some(ranges)) = (found.marks.get_mut(number), together.get_mut(number)) {
                (*marks, *ranges) = (plain.marks, plain.together);
            }
        };
        if self.plan.marking.operators.is_empty() {
            let furniture = self.plan.furniture;
            let is_looked_at = |p: &Part| p.is_searched() || furniture && p.is_furniture();
            for (number, part) in article.parts.iter().enumerate().filter(|(_, p)| is_looked_at(p) && wanted(p.kind)) {
                let tokens = self.tokens(&part.text);
                take(number, self.plain(&tokens, part.kind));
            }
            found.places = plain_places(article, &found.marks, &together, &[]);
            return found;
        }
        let (texts, bounds) = texts(article, |text| self.tokens(text));
        for text in &texts {
            if let Some((number, part)) = text.part.and_then(|number| Some((number, article.parts.get(number)?))) {
                take(number, self.plain(&text.tokens, part.kind));
            }
        }
        let lookup = Lookup::new(&texts, &bounds, &article.id);
        let fulfilled = lookup.fulfilled(&self.plan.marking.operators);
        let fulfilling = places_of(&fulfilled, &lookup);
        found.places = plain_places(article, &found.marks, &together, &fulfilling);
        found.places.extend(fulfilling);
        found.places.sort_by_key(|place| (place.start, place.end));
        for (position, member) in fulfilled.members {
            let part = lookup.at(position).and_then(|text| text.part);
            if let Some(marks) = part.and_then(|number| found.marks.get_mut(number)) {
                marks.push(Mark { span: member.span, pattern: member.word });
            }
        }
        found.marks.iter_mut().for_each(in_order);
        found
    }

    /// The same as [`Highlighter::find`], where the positions in the article at which there is something to mark are known.
    pub fn find_at(&mut self, article: &Article, positions: &[u32], wanted: impl Fn(PartKind) -> bool) -> Found {
        let mut found = Found { marks: vec![Vec::new(); article.parts.len()], places: Vec::new() };
        let mut together = vec![Vec::new(); article.parts.len()];
        let mut placing = Placing::default();
        let (mut rest, mut spans) = (positions, Vec::new());
        for (number, part) in searched(article) {
            for (text, own) in
                std::iter::once((&part.text, true)).chain(part.attribution.iter().map(|text| (text, false)))
            {
                let start = placing.position();
                spans.clear();
                spans.extend(words(text));
                placing.pass(spans.len());
                let behind = rest.partition_point(|at| (*at as usize) < start + spans.len());
                let (here, later) = rest.split_at(behind);
                rest = later;
                if own && wanted(part.kind) && !here.is_empty() {
                    let at = |word| u32::try_from(start + word).is_ok_and(|at| here.binary_search(&at).is_ok());
                    let tokens = self.analyzer.get().tokens_at(text, &spans, at);
                    let plain = self.plain(&tokens, part.kind);
                    (found.marks[number], together[number]) = (plain.marks, plain.together);
                }
            }
        }
        found.places = plain_places(article, &found.marks, &together, &[]);
        found
    }

    /// Which of the words that page furniture is searched for are in none of `marks` and not in the head of the article.
    #[must_use]
    pub fn only_in_furniture(&mut self, article: &Article, marks: &[Vec<Mark>]) -> BTreeSet<usize> {
        if !self.plan.furniture || !article.parts.iter().any(Part::is_furniture) {
            return BTreeSet::new();
        }
        let Marking { words, plain, .. } = &self.plan.marking;
        let is_searched = |(word, plain): (&Word, &bool)| *plain && !word.functional && word.field.is_none();
        let mut lacking: BTreeSet<usize> =
            (0..words.len()).filter(|at| words.get(*at).zip(plain.get(*at)).is_some_and(is_searched)).collect();
        let forget = |lacking: &mut BTreeSet<usize>, marks: &[Mark]| {
            for mark in marks {
                lacking.remove(&mark.pattern);
            }
        };
        for marks in marks {
            forget(&mut lacking, marks);
        }
        let is_head = |part: &&Part| matches!(part.kind, PartKind::Kicker | PartKind::Headline) && part.is_searched();
        for part in article.parts.iter().filter(is_head) {
            if !lacking.is_empty() {
                forget(&mut lacking, &self.marks(&part.text, part.kind));
            }
        }
        lacking
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
        let beginnings = self.plan.marking.beginnings.as_ref();
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
fn plain_places(
    article: &Article,
    marks: &[Vec<Mark>],
    together: &[Vec<Range<usize>>],
    others: &[Place],
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for (number, ((part, marks), together)) in article.parts.iter().zip(marks).zip(together).enumerate() {
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
