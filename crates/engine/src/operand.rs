//! What has places in a text: a node of the query with operators of closeness, its words settled. Lowered once, then looked up in
//! the index or in a text.

use super::alternative::{Alternative, Origin};
use super::bounds::of_field;
use super::closeness::Within;
use super::without::Reduced;
use super::words::{NEAR_PARTS, Word};
use findbuch_query::{Field, Node, Span};

/// What has places in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// Words with any of these stems.
    Stems(Vec<Box<str>>),
    /// Compounds with a part of any of these stems.
    Parts(Vec<Box<str>>),
    /// Several words together, for each the stems that do: side by side or, with a number, in any order with at most as many
    /// others among them.
    Together(Vec<Vec<Box<str>>>, Option<u32>),
    /// Any of these.
    Any(Vec<Operand>),
    /// A word of the query, by its number among its words.
    Word(usize, Box<Operand>),
    /// In articles that have of each of these forms one.
    Where(Vec<Vec<Box<str>>>, Box<Operand>),
    /// In articles that, where they have forms of a word that are switched off, have others too, and do not have these ids.
    Left(Vec<Reduced>, Vec<Box<str>>, Box<Operand>),
    /// Two at different places.
    Close(Within, Box<Operand>, Box<Operand>),
    /// In parts of these kinds.
    In(&'static [&'static str], Box<Operand>),
    /// The places of the first that lie over none of the second.
    Except(Box<Operand>, Box<Operand>),
}

impl Operand {
    /// The places of a node with these words; nothing if nothing in it can be searched.
    #[must_use]
    pub fn of(node: &Node, words: &[Word]) -> Option<Operand> {
        Some(restricted(unrestricted(node, words)?, field_of(node, words)))
    }

    /// The places of one of the things that a word is searched as, in the parts that it is searched in.
    #[must_use]
    pub fn of_alternative(word: &Word, alternative: &Alternative) -> Operand {
        restricted(places(word, alternative), word.field)
    }

    /// The places of a word in whatever it is searched as.
    #[must_use]
    pub fn of_word(word: &Word) -> Operand {
        let either = word.alternatives.iter().map(|alternative| places(word, alternative));
        restricted(any(either.collect()), word.field)
    }

    /// The places of a word of one alternative within compounds.
    #[must_use]
    pub fn within(word: &Word, alternative: &Alternative) -> Operand {
        except_off(Operand::Parts(alternative.slots.iter().flatten().cloned().collect()), word)
    }
}

/// The word at a place of the query, by its number; none if nothing in it can be searched.
fn word_at<'a>(words: &'a [Word], span: &Span) -> Option<(usize, &'a Word)> {
    words.iter().enumerate().find(|(_, word)| word.span == *span)
}

/// The field that a node stands in: all its words have the same.
fn field_of(node: &Node, words: &[Word]) -> Option<Field> {
    match node {
        Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
            word_at(words, span)?.1.field
        }
        Node::Close(_, left, right) => field_of(left, words).or_else(|| field_of(right, words)),
        Node::Or(nodes) => nodes.iter().find_map(|node| field_of(node, words)),
        Node::Exact(inner) | Node::Boost(_, inner) => field_of(inner, words),
        _ => None,
    }
}

fn unrestricted(node: &Node, words: &[Word]) -> Option<Operand> {
    match node {
        Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
            let (number, word) = word_at(words, span)?;
            let either = word.alternatives.iter().map(|alternative| places(word, alternative));
            Some(Operand::Word(number, Box::new(any(either.collect()))))
        }
        Node::Or(nodes) => Some(any(nodes.iter().filter_map(|node| unrestricted(node, words)).collect())),
        Node::Exact(inner) | Node::Boost(_, inner) => unrestricted(inner, words),
        Node::Close(closeness, left, right) => match (unrestricted(left, words), unrestricted(right, words)) {
            (Some(left), Some(right)) => {
                Some(Operand::Close(Within::from(*closeness), Box::new(left), Box::new(right)))
            }
            (one, other) => one.or(other),
        },
        _ => None,
    }
}

/// The places of one of the things that a word is searched as.
fn places(word: &Word, alternative: &Alternative) -> Operand {
    let by_form = matches!(alternative.origin, Origin::Form | Origin::Pattern);
    let slots = if by_form { &word.stems } else { &alternative.slots };
    let left = |places| {
        if by_form || alternative.reduced.is_empty() {
            return places;
        }
        Operand::Left(alternative.reduced.clone(), alternative.denied.clone(), Box::new(places))
    };
    let places = match slots.as_slice() {
        [stems] if alternative.within => {
            Operand::Any(vec![left(Operand::Stems(stems.clone())), Operand::Parts(stems.clone())])
        }
        [stems] => left(Operand::Stems(stems.clone())),
        _ => left(Operand::Together(slots.clone(), (alternative.origin == Origin::Apart).then_some(NEAR_PARTS))),
    };
    // forms have no places: the article must have the form, and the place its stem
    match alternative.origin {
        Origin::Form => Operand::Where(word.forms.iter().map(|form| vec![form.clone()]).collect(), Box::new(places)),
        Origin::Pattern => Operand::Where(vec![word.forms.clone()], Box::new(places)),
        _ => except_off(places, word),
    }
}

/// The places of a word without those of words that are switched off.
fn except_off(places: Operand, word: &Word) -> Operand {
    if word.off.is_empty() {
        return places;
    }
    let off = word.off.iter().map(|slots| match slots.as_slice() {
        [stems] => Operand::Stems(stems.clone()),
        _ => Operand::Together(slots.clone(), None),
    });
    Operand::Except(Box::new(places), Box::new(any(off.collect())))
}

fn any(mut operands: Vec<Operand>) -> Operand {
    match operands.pop() {
        Some(only) if operands.is_empty() => only,
        last => {
            operands.extend(last);
            Operand::Any(operands)
        }
    }
}

/// An operand in the parts that a field names.
fn restricted(operand: Operand, field: Option<Field>) -> Operand {
    match field.and_then(of_field) {
        Some(kinds) => Operand::In(kinds, Box::new(operand)),
        None => operand,
    }
}
