//! Nodes that need places in the text: closeness, numbers of occurrences, fields told by the kind of part.

use super::bounds;
use super::compile::{Compiler, Matching};
use super::positions::Positions;
use super::spans::{Operand, Spans, Within};
use crate::article::PartKind;
use crate::engine::words::{Alternative, NEAR_PARTS, Origin, Word};
use crate::query::{Closeness, Field, Node};
use tantivy::Term;
use tantivy::schema::Field as SchemaField;

impl Compiler<'_> {
    /// Articles in which a node has at least so many places.
    pub fn spans(&self, node: &Node, least: usize) -> Matching {
        let operand = self.operand(node)?;
        let field = self.field_of(node);
        Some(Box::new(self.query(restricted(operand, field), least)))
    }

    /// A word in parts of a kind.
    pub fn in_place(&self, word: &Word, alternative: &Alternative) -> Spans {
        self.query(restricted(self.alternative_places(word, alternative), word.field), 1)
    }

    fn query(&self, operand: Operand, least: usize) -> Spans {
        Spans { operand, least, bounds: self.fields.bounds, deadline: self.deadline.clone() }
    }

    /// The field that a node stands in: all its words have the same.
    fn field_of(&self, node: &Node) -> Option<Field> {
        match node {
            Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
                self.word_at(span)?.field
            }
            Node::Close(_, left, right) => self.field_of(left).or_else(|| self.field_of(right)),
            Node::Or(nodes) => nodes.iter().find_map(|node| self.field_of(node)),
            Node::Exact(inner) | Node::Boost(_, inner) => self.field_of(inner),
            _ => None,
        }
    }

    /// The places of a node; none if nothing in it can be searched.
    fn operand(&self, node: &Node) -> Option<Operand> {
        match node {
            Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
                let word = self.word_at(span)?;
                let places = word.alternatives.iter().map(|alternative| self.alternative_places(word, alternative));
                Some(any(places.collect()))
            }
            Node::Or(nodes) => Some(any(nodes.iter().filter_map(|node| self.operand(node)).collect())),
            Node::Exact(inner) | Node::Boost(_, inner) => self.operand(inner),
            Node::Close(closeness, left, right) => {
                let (left, right) = (self.operand(left), self.operand(right));
                match (left, right) {
                    (Some(left), Some(right)) => {
                        Some(Operand::Close(within(*closeness), Box::new(left), Box::new(right)))
                    }
                    (one, other) => one.or(other),
                }
            }
            _ => None,
        }
    }

    /// The places of one of the things that a word is searched as.
    fn alternative_places(&self, word: &Word, alternative: &Alternative) -> Operand {
        let terms = |field: SchemaField, words: &[Box<str>]| -> Vec<Term> {
            words.iter().map(|word| Term::from_field_text(field, word)).collect()
        };
        let fields = self.fields;
        let by_form = matches!(alternative.origin, Origin::Form | Origin::Pattern);
        let slots = if by_form { &word.stems } else { &alternative.slots };
        let places = match slots.as_slice() {
            [stems] if alternative.within => Operand::Any(vec![
                Operand::Terms(terms(fields.text, stems)),
                Operand::Terms(terms(fields.parts, stems)),
            ]),
            [stems] => Operand::Terms(terms(fields.text, stems)),
            _ => Operand::Together(Positions {
                field: fields.text,
                slots: slots.iter().map(|stems| terms(fields.text, stems)).collect(),
                between: (alternative.origin == Origin::Apart).then_some(NEAR_PARTS),
                deadline: self.deadline.clone(),
            }),
        };
        // forms have no places: the article must have the form, and the place its stem
        match alternative.origin {
            Origin::Form => {
                let forms = word.forms.iter().map(|form| vec![Term::from_field_text(fields.exact, form)]);
                Operand::Where(forms.collect(), Box::new(places))
            }
            Origin::Pattern => Operand::Where(vec![terms(fields.exact, &word.forms)], Box::new(places)),
            _ => places,
        }
    }
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

fn within(closeness: Closeness) -> Within {
    match closeness {
        Closeness::Near(most) => Within::Words(u32::from(most)),
        Closeness::Before(most) => Within::WordsInOrder(u32::from(most)),
        Closeness::Sentence => Within::Sentence,
        Closeness::Paragraph => Within::Paragraph,
    }
}

/// An operand in the parts that a field names.
fn restricted(operand: Operand, field: Option<Field>) -> Operand {
    let kinds: &'static [&'static str] = match field {
        Some(Field::Headline) => const { &[bounds::of_kind(PartKind::Headline)] },
        Some(Field::Kicker) => const { &[bounds::of_kind(PartKind::Kicker)] },
        Some(Field::Lead) => const { &[bounds::of_kind(PartKind::Lead), bounds::of_kind(PartKind::Subhead)] },
        Some(Field::Body) => const { &[bounds::of_kind(PartKind::Paragraph)] },
        Some(Field::Caption) => const { &[bounds::of_kind(PartKind::Caption)] },
        Some(Field::Quote) => const { &[bounds::of_kind(PartKind::PullQuote)] },
        _ => return operand,
    };
    Operand::In(kinds, Box::new(operand))
}
