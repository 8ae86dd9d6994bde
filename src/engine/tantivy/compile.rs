//! A query's tree to tantivy's query types: what must match, and which words count for the score.

use super::schema::Fields;
use crate::engine::SearchRequest;
use crate::german::{Analyzer, Terms, is_stop_word, normalize};
use crate::query::{DateRange, Field, Node, Query, Span};
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, Occur, PhraseQuery, Query as TantivyQuery, RangeQuery, TermQuery};
use tantivy::schema::{Field as SchemaField, IndexRecordOption};

/// Words that may stand between the parts of a compound written apart ("Lieferung von Munition"), and most parts that are
/// looked for so.
const NEAR_PARTS: u32 = 3;
const MAX_NEAR_PARTS: usize = 3;

/// A query ready to run.
pub struct Compiled {
    /// Which articles match.
    pub matching: Box<dyn TantivyQuery>,
    /// The words that are scored, in the query's order.
    pub words: Vec<ScoredWord>,
    /// The query with its plain words made optional, where that is allowed.
    pub relaxed: Option<RelaxedQuery>,
}

/// A query of which one word is enough.
pub struct RelaxedQuery {
    /// Which articles match.
    pub matching: Box<dyn TantivyQuery>,
    /// The words and phrases that are optional, as typed, each with what it matches.
    pub optional: Vec<(String, Box<dyn TantivyQuery>)>,
}

/// A word that counts for the score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredWord {
    /// As typed.
    pub typed: String,
    /// Stem and folded form.
    pub terms: Terms,
    /// Place in the query; the difference between two words is the distance at which they are expected.
    pub position: u32,
}

/// What a node matches, or nothing where it has no word in it.
type Matching = Option<Box<dyn TantivyQuery>>;

/// Compiles a request's query.
pub fn compile(request: &SearchRequest<'_>, fields: &Fields, analyzer: &mut Analyzer) -> Compiled {
    let mut compiler = Compiler { query: request.query, fields, analyzer, words: Vec::new(), position: 0 };
    let root = &request.query.root;
    let matching = compiler.node(root, None);
    let words = std::mem::take(&mut compiler.words);
    let optional = compiler.relaxed(root);
    let within = request.within.map(|path| path.to_string_lossy().into_owned());
    let restrict = |query: Box<dyn TantivyQuery>| -> Box<dyn TantivyQuery> {
        let Some(path) = &within else { return query };
        let either =
            [fields.folder, fields.file].map(|field| (Occur::Should, term(Term::from_field_text(field, path))));
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, query),
            (Occur::Must, Box::new(BooleanQuery::new(either.into()))),
        ]))
    };
    Compiled {
        matching: restrict(matching.unwrap_or_else(nothing)),
        words,
        relaxed: optional
            .map(|relaxed| RelaxedQuery { matching: restrict(relaxed.matching), optional: relaxed.optional }),
    }
}

/// Matches no article.
fn nothing() -> Box<dyn TantivyQuery> {
    Box::new(tantivy::query::EmptyQuery)
}

fn term(term: Term) -> Box<dyn TantivyQuery> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

struct Compiler<'a> {
    query: &'a Query,
    fields: &'a Fields,
    analyzer: &'a mut Analyzer,
    words: Vec<ScoredWord>,
    position: u32,
}

impl Compiler<'_> {
    fn node(&mut self, node: &Node, field: Option<Field>) -> Matching {
        match node {
            Node::Word(span) | Node::Phrase(span) => self.words_in_order(span, field),
            Node::All(nodes) => self.all(nodes, field),
            Node::And(nodes) => {
                let parts = nodes.iter().filter_map(|node| self.occurrence(node, field)).collect();
                boolean(parts)
            }
            Node::Or(nodes) => {
                let parts: Vec<_> = nodes.iter().filter_map(|n| Some((Occur::Should, self.node(n, field)?))).collect();
                boolean(parts)
            }
            Node::Not(_) => boolean(self.occurrence(node, field).into_iter().collect()),
            Node::Field(inner, node) => self.node(node, Some(*inner)),
            Node::Published(range) => Some(published(self.fields.day, range)),
        }
    }

    /// A member of a conjunction: demanded or, under a negation, excluded.
    fn occurrence(&mut self, node: &Node, field: Option<Field>) -> Option<(Occur, Box<dyn TantivyQuery>)> {
        match node {
            Node::Not(inner) => {
                let words = self.words.len();
                let excluded = self.node(inner, field);
                self.words.truncate(words);
                Some((Occur::MustNot, excluded?))
            }
            _ => Some((Occur::Must, self.node(node, field)?)),
        }
    }

    /// Words side by side: function words among them are not demanded, unless there are no others.
    fn all(&mut self, nodes: &[Node], field: Option<Field>) -> Matching {
        let demanded: Vec<bool> = nodes.iter().map(|node| !self.is_function_word(node)).collect();
        let any = demanded.iter().zip(nodes).any(|(demanded, node)| *demanded && !matches!(node, Node::Not(_)));
        let mut parts = Vec::new();
        for (node, demanded) in nodes.iter().zip(demanded) {
            if demanded || !any {
                parts.extend(self.occurrence(node, field));
            } else {
                self.position += 1;
            }
        }
        boolean(parts)
    }

    fn is_function_word(&mut self, node: &Node) -> bool {
        let Node::Word(span) = node else { return false };
        let text = normalize(self.query.slice(span));
        let tokens = self.analyzer.tokens(&text);
        !tokens.is_empty() && tokens.iter().all(|token| is_stop_word(&token.terms.exact))
    }

    /// A word or phrase; several words in it must stand side by side.
    fn words_in_order(&mut self, span: &Span, field: Option<Field>) -> Matching {
        let typed = self.query.slice(span).to_owned();
        let text = normalize(&typed);
        let mut tokens = self.analyzer.tokens(&text);
        for token in &mut tokens {
            if let Some(terms) = self.analyzer.as_noun(&text[token.span.clone()]) {
                token.terms = terms;
            }
        }
        let (fields, by_form) = self.searched(field);
        let one = |field: SchemaField| -> Matching {
            let term_of =
                |terms: &Terms| Term::from_field_text(field, if by_form { &terms.exact } else { &terms.stem });
            match tokens.as_slice() {
                [] => None,
                [token] if field == self.fields.text => Some(self.word(&token.terms)),
                [token] => Some(term(term_of(&token.terms))),
                _ => Some(Box::new(PhraseQuery::new(tokens.iter().map(|t| term_of(&t.terms)).collect()))),
            }
        };
        let parts: Vec<_> = fields.iter().filter_map(|&field| Some((Occur::Should, one(field)?))).collect();
        if !by_form {
            let only_function_words = tokens.iter().all(|t| is_stop_word(&t.terms.exact));
            for token in &tokens {
                let known = self.words.iter().any(|word| word.terms == token.terms);
                if !known && (only_function_words || !is_stop_word(&token.terms.exact)) {
                    self.words.push(ScoredWord {
                        typed: text[token.span.clone()].to_owned(),
                        terms: token.terms.clone(),
                        position: self.position,
                    });
                }
                self.position += 1;
            }
        }
        boolean(parts)
    }

    /// A word as such or as a part of a compound; a compound also as its parts close together.
    fn word(&self, terms: &Terms) -> Box<dyn TantivyQuery> {
        let stem = |field, stem: &str| Term::from_field_text(field, stem);
        let mut forms = vec![
            (Occur::Should, term(stem(self.fields.text, &terms.stem))),
            (Occur::Should, term(stem(self.fields.parts, &terms.stem))),
        ];
        if (2..=MAX_NEAR_PARTS).contains(&terms.parts.len()) {
            let parts: Vec<Term> = terms.parts.iter().map(|part| stem(self.fields.text, &part.stem)).collect();
            let distinct = parts.windows(2).all(|pair| pair[0] != pair[1]);
            let backwards = parts.iter().rev().cloned();
            for order in [parts.clone(), backwards.collect()].into_iter().filter(|_| distinct) {
                let positioned = order.into_iter().enumerate().collect();
                forms.push((Occur::Should, Box::new(PhraseQuery::new_with_offset_and_slop(positioned, NEAR_PARTS))));
            }
        }
        Box::new(BooleanQuery::new(forms))
    }

    /// The fields that a word is looked for in, and whether by its form instead of its stem.
    fn searched(&self, field: Option<Field>) -> (Vec<SchemaField>, bool) {
        match field {
            None => (vec![self.fields.text], false),
            Some(Field::Headline) => (vec![self.fields.headline], false),
            Some(Field::Kicker) => (vec![self.fields.kicker], false),
            Some(Field::Lead) => (vec![self.fields.lead, self.fields.subhead], false),
            Some(Field::Author) => (vec![self.fields.author], true),
            Some(Field::Section) => (vec![self.fields.section], true),
            Some(Field::Source) => (vec![self.fields.source], true),
        }
    }

    /// The query with one of its plain words and phrases enough; what else it demands or excludes stays.
    fn relaxed(&mut self, root: &Node) -> Option<RelaxedQuery> {
        let Node::All(nodes) = root else { return None };
        let mut optional = Vec::new();
        let mut parts = Vec::new();
        for node in nodes {
            match node {
                Node::Word(_) if self.is_function_word(node) => {}
                Node::Word(span) | Node::Phrase(span) => {
                    let typed = self.query.slice(span).to_owned();
                    optional.extend(self.node(node, None).map(|query| (typed, query)));
                }
                _ => parts.extend(self.occurrence(node, None)),
            }
        }
        if optional.is_empty() || optional.len() + usize::from(!parts.is_empty()) < 2 {
            return None;
        }
        let either = optional.iter().map(|(_, query)| (Occur::Should, query.box_clone())).collect();
        parts.push((Occur::Must, Box::new(BooleanQuery::new(either))));
        Some(RelaxedQuery { matching: boolean(parts)?, optional })
    }
}

/// Joins clauses; exclusions alone exclude from everything.
fn boolean(mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)>) -> Matching {
    match clauses.len() {
        0 => None,
        1 if clauses[0].0 != Occur::MustNot => clauses.pop().map(|(_, query)| query),
        _ => {
            if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                clauses.push((Occur::Must, Box::new(AllQuery)));
            }
            Some(Box::new(BooleanQuery::new(clauses)))
        }
    }
}

fn published(day: SchemaField, range: &DateRange) -> Box<dyn TantivyQuery> {
    let bound = |date: Option<jiff::civil::Date>| match date {
        Some(date) => Bound::Included(Term::from_field_i64(day, crate::article::Date::day(date).days())),
        None => Bound::Unbounded,
    };
    Box::new(RangeQuery::new(bound(range.from), bound(range.until)))
}
