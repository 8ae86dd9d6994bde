//! Position expressions: a node of the query with operators of closeness over resolved words. Lowered once, then evaluated in the
//! index or in a text.

use crate::analysis::closeness::Within;
use crate::analysis::segments::SegmentKind;
use crate::plan::word::{ExcludedForms, Expansion, ExpansionKind, WORDS_BETWEEN_PARTS, Word};
use findbuch_query::{Field, Node, Span};

/// What has places in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PositionExpr {
    /// Words with any of these stems.
    Stems(Vec<Box<str>>),
    /// Compounds with a part of any of these stems.
    Parts(Vec<Box<str>>),
    /// Several words together, for each the stems that do: side by side or, with a number, in any order with at most as many
    /// others among them.
    Together(Vec<Vec<Box<str>>>, Option<u32>),
    /// Any of these.
    Any(Vec<PositionExpr>),
    /// A word of the query, by its number among its words.
    Word(usize, Box<PositionExpr>),
    /// In articles that have of each of these forms one.
    HavingForms(Vec<Vec<Box<str>>>, Box<PositionExpr>),
    /// In articles that, where they have excluded forms of a word, have a remaining one too, and do not have these ids.
    Remaining(Vec<ExcludedForms>, Vec<Box<str>>, Box<PositionExpr>),
    /// Two at different places.
    Close(Within, Box<PositionExpr>, Box<PositionExpr>),
    /// In segments of these kinds.
    In(&'static [SegmentKind], Box<PositionExpr>),
    /// The places of the first that lie over none of the second.
    Except(Box<PositionExpr>, Box<PositionExpr>),
}

impl PositionExpr {
    /// The places of a node with these words; nothing if nothing in it can be searched.
    #[must_use]
    pub fn of(node: &Node, words: &[Word]) -> Option<PositionExpr> {
        Some(restricted(unrestricted(node, words)?, field_of(node, words)))
    }

    /// The places of one of the things that a word is searched as, in the parts that it is searched in.
    #[must_use]
    pub fn of_expansion(word: &Word, expansion: &Expansion) -> PositionExpr {
        restricted(places(word, expansion), word.field)
    }

    /// The places of a word in whatever it is searched as.
    #[must_use]
    pub fn of_word(word: &Word) -> PositionExpr {
        let either = word.expansions.iter().map(|expansion| places(word, expansion));
        restricted(any(either.collect()), word.field)
    }

    /// Adds the stems whose places decide; nothing if forms elsewhere in the article do, too.
    pub fn gather_stems<'a>(&'a self, stems: &mut Vec<&'a str>) -> Option<()> {
        match self {
            PositionExpr::Stems(all) | PositionExpr::Parts(all) => stems.extend(all.iter().map(|stem| &**stem)),
            PositionExpr::Together(slots, _) => stems.extend(slots.iter().flatten().map(|stem| &**stem)),
            PositionExpr::Any(exprs) => exprs.iter().try_for_each(|expr| expr.gather_stems(stems))?,
            PositionExpr::Word(_, inner) | PositionExpr::In(_, inner) => inner.gather_stems(stems)?,
            PositionExpr::Close(_, one, other) | PositionExpr::Except(one, other) => {
                one.gather_stems(stems)?;
                other.gather_stems(stems)?;
            }
            PositionExpr::HavingForms(..) | PositionExpr::Remaining(..) => return None,
        }
        Some(())
    }

    /// The places of a word of one expansion within compounds.
    #[must_use]
    pub fn within(word: &Word, expansion: &Expansion) -> PositionExpr {
        except_excluded(PositionExpr::Parts(expansion.slots.iter().flatten().cloned().collect()), word)
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

fn unrestricted(node: &Node, words: &[Word]) -> Option<PositionExpr> {
    match node {
        Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
            let (number, word) = word_at(words, span)?;
            let either = word.expansions.iter().map(|expansion| places(word, expansion));
            Some(PositionExpr::Word(number, Box::new(any(either.collect()))))
        }
        Node::Or(nodes) => Some(any(nodes.iter().filter_map(|node| unrestricted(node, words)).collect())),
        Node::Exact(inner) | Node::Boost(_, inner) => unrestricted(inner, words),
        Node::Close(closeness, left, right) => match (unrestricted(left, words), unrestricted(right, words)) {
            (Some(left), Some(right)) => {
                Some(PositionExpr::Close(Within::from(*closeness), Box::new(left), Box::new(right)))
            }
            (one, other) => one.or(other),
        },
        _ => None,
    }
}

/// The places of one of the things that a word is searched as.
fn places(word: &Word, expansion: &Expansion) -> PositionExpr {
    let by_form = matches!(expansion.kind, ExpansionKind::Form | ExpansionKind::Pattern);
    let slots = if by_form { &word.stems } else { &expansion.slots };
    let remaining = |places| {
        if by_form || expansion.excluded_forms.is_empty() {
            return places;
        }
        PositionExpr::Remaining(expansion.excluded_forms.clone(), expansion.rejected.clone(), Box::new(places))
    };
    let places = match slots.as_slice() {
        [stems] if expansion.within => {
            PositionExpr::Any(vec![remaining(PositionExpr::Stems(stems.clone())), PositionExpr::Parts(stems.clone())])
        }
        [stems] => remaining(PositionExpr::Stems(stems.clone())),
        _ => remaining(PositionExpr::Together(
            slots.clone(),
            (expansion.kind == ExpansionKind::Decompounded).then_some(WORDS_BETWEEN_PARTS),
        )),
    };
    // forms have no places: the article must have the form, and the place its stem
    match expansion.kind {
        ExpansionKind::Form => {
            PositionExpr::HavingForms(word.forms.iter().map(|form| vec![form.clone()]).collect(), Box::new(places))
        }
        ExpansionKind::Pattern => PositionExpr::HavingForms(vec![word.forms.clone()], Box::new(places)),
        _ => except_excluded(places, word),
    }
}

/// The places of a word without those of excluded phrases.
fn except_excluded(places: PositionExpr, word: &Word) -> PositionExpr {
    if word.excluded_phrases.is_empty() {
        return places;
    }
    let excluded = word.excluded_phrases.iter().map(|slots| match slots.as_slice() {
        [stems] => PositionExpr::Stems(stems.clone()),
        _ => PositionExpr::Together(slots.clone(), None),
    });
    PositionExpr::Except(Box::new(places), Box::new(any(excluded.collect())))
}

fn any(mut exprs: Vec<PositionExpr>) -> PositionExpr {
    match exprs.pop() {
        Some(only) if exprs.is_empty() => only,
        last => {
            exprs.extend(last);
            PositionExpr::Any(exprs)
        }
    }
}

/// An expr in the parts that a field names.
fn restricted(expr: PositionExpr, field: Option<Field>) -> PositionExpr {
    match field.and_then(SegmentKind::of_field) {
        Some(kinds) => PositionExpr::In(kinds, Box::new(expr)),
        None => expr,
    }
}
