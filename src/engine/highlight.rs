//! Which words of a text a query matches: by the same analysis as the index, so that marks and matches agree.

use super::words::{Alternative, Expansion, NEAR_PARTS, Origin, Word, words};
use crate::article::PartKind;
use crate::german::{Analyzer, Token, is_country, may_begin_otherwise, skeleton};
use crate::query::{Field, Query};
use std::collections::HashMap;
use std::ops::Range;

/// Finds a query's words in texts.
pub struct Highlighter {
    words: Vec<Word>,
    /// What a word of a text must have in it for a mark to be possible; nothing where any word may be marked.
    beginnings: Option<Vec<String>>,
    analyzer: Analyzer,
}

/// A word of a text that a query matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Which of the query's words, by their order in it.
    pub pattern: usize,
}

impl Highlighter {
    /// Takes up the query's words, those under a negation left out.
    #[must_use]
    pub fn new(query: &Query, expansion: Expansion<'_>, mut analyzer: Analyzer) -> Highlighter {
        let mut words = words(query, expansion, &mut analyzer);
        words.retain(|word| !word.negated);
        let all_functional = words.iter().all(|word| word.functional);
        words.retain(|word| all_functional || !word.functional);
        let beginnings = beginnings(&words);
        Highlighter { words, beginnings, analyzer }
    }

    /// The marked words of a part's text, in order, none overlapping.
    pub fn marks(&mut self, text: &str, kind: PartKind) -> Vec<Mark> {
        let beginnings = self.beginnings.as_deref();
        let possible =
            |word: &str| beginnings.is_none_or(|all| all.iter().any(|beginning| word.contains(beginning.as_str())));
        let tokens = self.analyzer.tokens_where(text, possible);
        let places = Places::new(&tokens);
        let mut marks: Vec<Option<Mark>> = vec![None; tokens.len()];
        for (pattern, word) in self.words.iter().enumerate().filter(|(_, word)| applies(word.field, kind)) {
            for alternative in &word.alternatives {
                let mut mark = |at: usize, span: Range<usize>| {
                    marks[at].get_or_insert(Mark { span, pattern });
                };
                match (alternative.origin, alternative.single()) {
                    (Origin::Pattern, _) => {
                        for (at, token) in tokens.iter().enumerate() {
                            if word.pattern.as_ref().is_some_and(|pattern| pattern.matches(&token.terms.exact)) {
                                mark(at, token.span.clone());
                            }
                        }
                    }
                    (Origin::Form, _) => mark_forms(&tokens, &word.forms, &mut mark),
                    (_, Some(stems)) => {
                        for (at, span) in stems.iter().flat_map(|stem| places.of(stem)) {
                            mark(*at, span.clone());
                        }
                        if alternative.within && word.field.is_none_or(Field::is_part) {
                            for (at, span) in stems.iter().flat_map(|stem| places.within(stem)) {
                                mark(*at, span.clone());
                            }
                        }
                    }
                    (origin, None) => {
                        let between = (origin == Origin::Apart).then_some(NEAR_PARTS as usize);
                        mark_together(&places, alternative, between, &mut mark);
                    }
                }
            }
        }
        let mut marks: Vec<Mark> = marks.into_iter().flatten().collect();
        marks.sort_by_key(|mark| mark.span.start);
        marks.dedup_by(|next, before| next.span.start < before.span.end);
        marks
    }
}

/// The first letters of all that is marked, unless a word may have a stem that begins otherwise.
fn beginnings(words: &[Word]) -> Option<Vec<String>> {
    let mut beginnings = Vec::new();
    for word in words {
        if word.pattern.is_some() || word.forms.iter().any(|form| is_country(form)) {
            return None;
        }
        for alternative in &word.alternatives {
            for stem in alternative.slots.iter().flatten() {
                if alternative.origin != Origin::Form && may_begin_otherwise(stem) {
                    return None;
                }
                beginnings.push(skeleton(stem).chars().take(BEGINNING).collect());
            }
        }
    }
    Some(beginnings)
}

/// Letters that the words of one stem begin with.
const BEGINNING: usize = 2;

/// A word of the text, by its number, and the bytes that are marked.
type Place = (usize, Range<usize>);

/// Where the stems of a text stand.
struct Places<'a> {
    stems: HashMap<&'a str, Vec<Place>>,
    parts: HashMap<&'a str, Vec<Place>>,
}

impl<'a> Places<'a> {
    fn new(tokens: &'a [Token]) -> Places<'a> {
        let mut places = Places { stems: HashMap::with_capacity(tokens.len()), parts: HashMap::new() };
        for (at, token) in tokens.iter().enumerate() {
            places.stems.entry(&*token.terms.stem).or_default().push((at, token.span.clone()));
            for (terms, span) in &token.also {
                places.stems.entry(&*terms.stem).or_default().push((at, span.clone()));
            }
            for part in &token.terms.parts {
                let span = token.span.start + part.span.start..token.span.start + part.span.end;
                places.parts.entry(&*part.stem).or_default().push((at, span));
            }
        }
        places
    }

    fn of(&self, stem: &str) -> &[Place] {
        self.stems.get(stem).map_or(&[], Vec::as_slice)
    }

    fn within(&self, stem: &str) -> &[Place] {
        self.parts.get(stem).map_or(&[], Vec::as_slice)
    }
}

/// The forms typed, side by side.
fn mark_forms(tokens: &[Token], forms: &[Box<str>], mark: &mut impl FnMut(usize, Range<usize>)) {
    for (start, window) in tokens.windows(forms.len().max(1)).enumerate() {
        if window.iter().zip(forms).all(|(token, form)| token.terms.exact == *form) {
            for (at, token) in (start..).zip(window) {
                mark(at, token.span.clone());
            }
        }
    }
}

/// Several words side by side in order or, with others between, in any order.
fn mark_together(
    places: &Places<'_>,
    alternative: &Alternative,
    between: Option<usize>,
    mark: &mut impl FnMut(usize, Range<usize>),
) {
    let slots: Vec<Vec<&Place>> =
        alternative.slots.iter().map(|stems| stems.iter().flat_map(|stem| places.of(stem)).collect()).collect();
    let Some((first, others)) = slots.split_first() else { return };
    for start in first {
        let mut found = vec![*start];
        for (offset, slot) in (1..).zip(others) {
            let next = match between {
                None => slot.iter().find(|place| place.0 == start.0 + offset),
                Some(between) => {
                    let near = |place: &&&Place| (1..=between + others.len()).contains(&place.0.abs_diff(start.0));
                    slot.iter().filter(near).min_by_key(|place| place.0.abs_diff(start.0))
                }
            };
            found.extend(next);
        }
        if found.len() == slots.len() {
            for (at, span) in found {
                mark(*at, span.clone());
            }
        }
    }
}

/// Whether words of a query's field are marked in parts of a kind.
fn applies(field: Option<Field>, kind: PartKind) -> bool {
    match field {
        None => true,
        Some(Field::Headline) => kind == PartKind::Headline,
        Some(Field::Kicker) => kind == PartKind::Kicker,
        Some(Field::Lead) => matches!(kind, PartKind::Lead | PartKind::Subhead),
        Some(Field::Body) => matches!(kind, PartKind::Paragraph | PartKind::Crosshead),
        Some(Field::Caption) => kind == PartKind::Caption,
        Some(Field::Quote) => kind == PartKind::PullQuote,
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, marked: &[&str]) {
        let query = Query::parse(query, jiff::civil::Date::ZERO).expect("query");
        let marks =
            Highlighter::new(&query, Expansion::default(), Analyzer::default()).marks(text, PartKind::Paragraph);
        let found: Vec<&str> = marks.into_iter().map(|mark| &text[mark.span]).collect();
        assert_eq!(found, marked, "{} in {text}", query.text);
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
}
