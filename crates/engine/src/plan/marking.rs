//! Which of a query's words are marked in a text: wherever they occur, or only where they fulfil an operator.

use crate::plan::position_expr::PositionExpr;
use crate::plan::word::{ExpansionKind, Word};
use findbuch_german::{is_country, prefix_key, stem_prefixes};
use findbuch_query::{Node, Span};
use std::sync::OnceLock;

/// Most stems by whose places marks are found: more are slower to open than words are to compare.
const MAX_STEMS: usize = 100;

/// What is marked of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Marking {
    /// Its words, those under a negation left out, function words behind the others.
    pub words: Vec<Word>,
    /// Which of them are marked wherever they stand; others only where they fulfil an operator.
    pub plain: Vec<bool>,
    /// The operators of closeness and number, each with the places that it needs at least.
    pub operators: Vec<(PositionExpr, usize)>,
    /// What a word of a text must contain to be marked, made when it is asked for.
    beginnings: OnceLock<Option<Beginnings>>,
}

impl Marking {
    /// The stems by whose places in the text of an article, and in its compounds, all that is marked can be found; none where patterns or
    /// exact forms beside operators decide, or where there are too many.
    #[must_use]
    pub fn stems(&self) -> Option<Vec<&str>> {
        let words = || self.words.iter().zip(&self.plain).filter(|(_, plain)| **plain).map(|(word, _)| word);
        if words().any(|word| word.pattern.is_some()) {
            return None;
        }
        let slots = words().flat_map(|word| {
            let searched = word.expansions.iter().flat_map(|expansion| match expansion.kind {
                ExpansionKind::Form => &word.stems,
                _ => &expansion.slots,
            });
            searched.chain(word.excluded_phrases.iter().flatten())
        });
        let mut stems: Vec<&str> = slots.flatten().map(|stem| &**stem).collect();
        self.operators.iter().try_for_each(|(expr, _)| expr.gather_stems(&mut stems))?;
        stems.sort_unstable();
        stems.dedup();
        (stems.len() <= MAX_STEMS).then_some(stems)
    }

    /// What is marked of a query with this root and these words.
    #[must_use]
    pub fn of(root: &Node, words: &[Word]) -> Marking {
        let mut words: Vec<Word> = words.iter().filter(|word| !word.negated).cloned().collect();
        let all_functional = words.iter().all(|word| word.functional);
        // function words have places only beside operators
        words.sort_by_key(|word| !all_functional && word.functional);
        let (mut operators, mut inside) = (Vec::new(), Vec::new());
        gather_operators(root, false, &mut operators, &mut inside);
        let plain = |word: &Word| (all_functional || !word.functional) && !inside.contains(&word.span);
        let plain: Vec<bool> = words.iter().map(plain).collect();
        let exprs = operators.into_iter().filter_map(|(node, least)| Some((PositionExpr::of(node, &words)?, least)));
        Marking { operators: exprs.collect(), beginnings: OnceLock::new(), plain, words }
    }

    /// What a word of a text must contain to be marked; none if any word may be marked.
    #[must_use]
    pub fn beginnings(&self) -> Option<&Beginnings> {
        self.beginnings.get_or_init(|| all_beginnings(&self.words, &self.plain)).as_ref()
    }
}

/// Gathers the operators of a tree, and the places of the words that stand beside them.
fn gather_operators<'a>(node: &'a Node, within: bool, operators: &mut Vec<(&'a Node, usize)>, inside: &mut Vec<Span>) {
    match node {
        Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
            inside.extend(within.then(|| span.clone()));
        }
        Node::Close(_, left, right) => {
            if !within {
                operators.push((node, 1));
            }
            gather_operators(left, true, operators, inside);
            gather_operators(right, true, operators, inside);
        }
        Node::AtLeast(least, inner) => {
            if !within {
                operators.push((inner, usize::from(*least)));
            }
            gather_operators(inner, true, operators, inside);
        }
        Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                gather_operators(node, within, operators, inside);
            }
        }
        Node::Exact(inner) | Node::Boost(_, inner) | Node::Field(_, inner) => {
            gather_operators(inner, within, operators, inside);
        }
        Node::Not(_) | Node::Published(_) => {}
    }
}

/// What words contain that may be marked; none if that may be anything.
fn all_beginnings(words: &[Word], plain: &[bool]) -> Option<Beginnings> {
    let is_open = |word: &Word| word.pattern.is_none() && word.forms.iter().any(|form| is_country(form));
    if words.iter().any(is_open) {
        return None;
    }
    let mut found: Vec<String> = Vec::new();
    let mut forms: Vec<String> = Vec::new();
    for (word, plain) in words.iter().zip(plain) {
        if word.pattern.is_some() {
            forms.extend(word.forms.iter().map(|form| prefix_key(form)));
            found.extend(word.stems.iter().flatten().flat_map(|stem| stem_prefixes(stem)));
            continue;
        }
        let slots = word.expansions.iter().flat_map(|expansion| &expansion.slots);
        // beside operators, forms have the places of their stems
        let of_forms = word.stems.iter().filter(|_| word.exact && !plain);
        let stems = slots.chain(of_forms).chain(word.excluded_phrases.iter().flatten()).flatten();
        found.extend(stems.flat_map(|stem| stem_prefixes(stem)));
    }
    forms.sort_unstable();
    Some(Beginnings { forms, ..Beginnings::of(found) })
}

/// How words begin that may be marked, or parts of compounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginnings {
    all: Vec<String>,
    /// A bit for each pair of bytes with which one begins.
    pairs: Vec<u64>,
    /// The keys of forms that are marked as a whole, in order.
    forms: Vec<String>,
}

impl Beginnings {
    fn of(mut all: Vec<String>) -> Beginnings {
        all.sort_unstable();
        all.dedup();
        let mut pairs = vec![0; PAIRS / 64];
        for at in all.iter().filter_map(|beginning| Some(pair(*beginning.as_bytes().first_chunk()?))) {
            pairs[at / 64] |= 1 << (at % 64);
        }
        Beginnings { all, pairs, forms: Vec::new() }
    }

    /// Whether a word with this [`prefix_key`] contains one; one of a single letter must be all of it. Of forms it may be the particle.
    #[must_use]
    pub fn may_be_in(&self, key: &str) -> bool {
        let next = self.forms.get(self.forms.partition_point(|form| form.as_str() < key));
        if next.is_some_and(|form| form.starts_with(key)) {
            return true;
        }
        let known = |two: [u8; 2]| self.pairs[pair(two) / 64] & (1 << (pair(two) % 64)) != 0;
        let mut rest = key.as_bytes();
        while let Some(two) = rest.first_chunk::<2>() {
            if known(*two) && self.all.iter().any(|beginning| rest.starts_with(beginning.as_bytes())) {
                return true;
            }
            rest = &rest[1..];
        }
        key.len() == 1 && self.all.iter().any(|beginning| beginning == key)
    }
}

/// Pairs of bytes, and the number of one.
const PAIRS: usize = 1 << 16;
fn pair([first, second]: [u8; 2]) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_looked_for_anywhere_in_a_word() {
        let forms = vec!["zuruckgetreten".into(), "zurucktritt".into()];
        let beginnings = Beginnings { forms, ..Beginnings::of(vec!["munit".into(), "ge".into(), "u".into()]) };
        for (key, expected) in [
            ("munition", true),
            ("artilleriemunition", true),
            ("muni", false),
            ("liegen", true),
            ("u", true),
            ("und", false),
            ("zurucktritt", true),
            ("zuruck", true),
            ("zurucktrittst", false),
            ("tritt", false),
        ] {
            assert_eq!(beginnings.may_be_in(key), expected, "{key}");
        }
    }
}
