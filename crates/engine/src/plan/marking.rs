//! Which of a query's words are marked in a text: wherever they occur, or only where they fulfil an operator.

use crate::plan::position_expr::PositionExpr;
use crate::plan::word::Word;
use findbuch_german::{is_country, stem_prefixes};
use findbuch_query::{Node, Span};

/// What is marked of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Marking {
    /// Its words, those under a negation left out, function words behind the others.
    pub words: Vec<Word>,
    /// Which of them are marked wherever they stand; others only where they fulfil an operator.
    pub plain: Vec<bool>,
    /// The operators of closeness and number, each with the places that it needs at least.
    pub operators: Vec<(PositionExpr, usize)>,
    /// What a word of a text must contain to be marked; none if any word may be marked.
    pub beginnings: Option<Vec<String>>,
}

impl Marking {
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
        Marking { operators: exprs.collect(), beginnings: all_beginnings(&words, &plain), plain, words }
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
fn all_beginnings(words: &[Word], plain: &[bool]) -> Option<Vec<String>> {
    let is_open = |word: &Word| word.pattern.is_some() || word.forms.iter().any(|form| is_country(form));
    if words.iter().any(is_open) {
        return None;
    }
    let mut found: Vec<String> = Vec::new();
    for (word, plain) in words.iter().zip(plain) {
        let slots = word.expansions.iter().flat_map(|expansion| &expansion.slots);
        // beside operators, forms have the places of their stems
        let of_forms = word.stems.iter().filter(|_| word.exact && !plain);
        let stems = slots.chain(of_forms).chain(word.excluded_phrases.iter().flatten()).flatten();
        found.extend(stems.flat_map(|stem| stem_prefixes(stem)));
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}
