//! The tree of what matches to tantivy's query types.

use super::phrases::FormPhrases;
use super::positions::Positions;
use super::schema::Fields;
use super::sets::{Gathering, Terms};
use super::spans::Spans;
use crate::analyzers::AnalyzerPool;
use crate::deadline::Deadline;
use crate::facets::FacetField;
use crate::plan::form_phrase::FormPhrase;
use crate::plan::matching::{Match, WordSlots};
use crate::plan::position_expr::PositionExpr;
use findbuch_article::Date;
use findbuch_files::encode_path;
use findbuch_query::{DateRange, Field};
use jiff::civil;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field as SchemaField, IndexRecordOption};

/// Most terms of a word in page furniture whose articles are merged one by one; those of more are gathered.
const MAX_SINGLE: usize = 16;

/// Lowers trees to queries of one index.
#[derive(Clone, Copy)]
pub struct Lowering<'a> {
    /// The index's fields.
    pub fields: &'a Fields,
    /// The analysis that the index was made with.
    pub analyzers: &'a Arc<AnalyzerPool>,
    /// When all must have been found.
    pub deadline: &'a Deadline,
}

impl Lowering<'_> {
    /// The query of a tree.
    pub fn query(self, found: &Match) -> Box<dyn Query> {
        match found {
            Match::Nothing => Box::new(EmptyQuery),
            Match::All(demanded, excluded) => {
                let mut clauses: Vec<_> = demanded.iter().map(|found| (Occur::Must, self.query(found))).collect();
                clauses.extend(excluded.iter().map(|found| (Occur::MustNot, self.query(found))));
                if demanded.is_empty() {
                    clauses.push((Occur::Must, Box::new(AllQuery)));
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Match::Any(any) => either(any.iter().map(|found| self.query(found)).collect()),
            Match::Text(words) => self.words(self.fields.text, words),
            Match::Furniture(words) => match words.slots.as_slice() {
                [many] if many.len() > MAX_SINGLE => self.forms(self.fields.furniture, many),
                _ => self.words(self.fields.furniture, words),
            },
            Match::Parts(stems) => either(terms(self.fields.parts, stems).map(term).collect()),
            Match::Forms(forms) => self.forms(self.fields.exact, forms),
            Match::Names(field, words) => self.names(*field, |name| self.words(name, words)),
            Match::NameForms(field, forms) => self.names(*field, |name| self.forms(name, forms)),
            Match::Phrase(phrase) => self.phrase(phrase),
            Match::Places(expr, least) => {
                let (expr, deadline) = (expr.clone(), self.deadline.clone());
                Box::new(Spans { expr, least: *least, fields: self.fields.clone(), deadline })
            }
            Match::Address(field, pieces) => self.address(*field, pieces),
            Match::Published(range) => self.published(*range),
            Match::Under(path) => self.under(path),
            Match::Ids(ids) => self.forms(self.fields.id, ids),
            Match::Facet(field, value) => self.facet(*field, value),
        }
    }

    /// Words in a field, side by side or with others among them; one word is any of its terms.
    fn words(self, field: SchemaField, words: &WordSlots) -> Box<dyn Query> {
        match words.slots.as_slice() {
            [] => Box::new(EmptyQuery),
            [one] => either(terms(field, one).map(term).collect()),
            several => {
                let slots = several.iter().map(|words| terms(field, words).collect()).collect();
                Box::new(Positions { field, slots, between: words.between, deadline: self.deadline.clone() })
            }
        }
    }

    /// Any of these forms; a pattern may mean many.
    fn forms(self, field: SchemaField, forms: &[Box<str>]) -> Box<dyn Query> {
        if let [form] = forms {
            return term(Term::from_field_text(field, form));
        }
        let terms = Terms::Listed(terms(field, forms).collect());
        Box::new(Gathering { terms, deadline: self.deadline.clone() })
    }

    /// A phrase of forms: the articles that have all of them, and their stems side by side, are read.
    fn phrase(self, phrase: &FormPhrase) -> Box<dyn Query> {
        let mut candidates: Vec<_> = terms(self.fields.exact, &phrase.forms).map(term).collect();
        let slots = phrase.stems.clone();
        candidates.push(match phrase.kinds {
            None => self.words(self.fields.text, &WordSlots { slots, between: None }),
            Some(kinds) => {
                let together = PositionExpr::Together(slots, None);
                self.query(&Match::Places(PositionExpr::In(kinds, Box::new(together)), 1))
            }
        });
        let candidates = candidates.into_iter().map(|query| (Occur::Must, query)).collect();
        Box::new(FormPhrases {
            candidates: Arc::new(BooleanQuery::new(candidates)),
            phrase: phrase.clone(),
            fields: self.fields.clone(),
            analyzers: Arc::clone(self.analyzers),
            deadline: self.deadline.clone(),
        })
    }

    /// What a field of names has; nothing of a field that is none of names.
    fn names(self, field: Field, query: impl Fn(SchemaField) -> Box<dyn Query>) -> Box<dyn Query> {
        names_field(self.fields, field).map_or_else(|| Box::new(EmptyQuery) as Box<dyn Query>, query)
    }

    fn address(self, field: Option<Field>, pieces: &[String]) -> Box<dyn Query> {
        let Fields { url, id, file, .. } = *self.fields;
        let fields = match field {
            Some(Field::Url) => vec![(url, false), (id, true)],
            Some(Field::Path) => vec![(file, false)],
            _ => vec![(id, false)],
        };
        let terms = Terms::Containing { fields, pieces: pieces.to_vec() };
        Box::new(Gathering { terms, deadline: self.deadline.clone() })
    }

    /// The articles published from one day to another, both included; without either all, dated or not.
    fn published(self, range: DateRange) -> Box<dyn Query> {
        if range.from.is_none() && range.until.is_none() {
            return Box::new(AllQuery);
        }
        let bound = |date: Option<civil::Date>| match date {
            Some(date) => Bound::Included(Term::from_field_i64(self.fields.day, Date::day(date).days())),
            None => Bound::Unbounded,
        };
        Box::new(RangeQuery::new(bound(range.from), bound(range.until)))
    }

    fn under(self, path: &Path) -> Box<dyn Query> {
        let path = encode_path(path);
        either([self.fields.folder, self.fields.file].map(|field| term(Term::from_field_text(field, &path))).into())
    }

    /// The articles that a facet of names counts under a value.
    fn facet(self, field: FacetField, value: &str) -> Box<dyn Query> {
        let name = |field| -> Box<dyn Query> {
            let value = Term::from_field_text(field, value);
            Box::new(RangeQuery::new(Bound::Included(value.clone()), Bound::Included(value)))
        };
        match field {
            FacetField::Source => name(self.fields.source_name),
            FacetField::Section => name(self.fields.section_name),
            FacetField::Author => name(self.fields.author_name),
            FacetField::Agency => name(self.fields.agency_name),
            FacetField::Tag => name(self.fields.tag_name),
            FacetField::Person => name(self.fields.person_name),
            FacetField::Organisation => name(self.fields.organisation_name),
            FacetField::Place => name(self.fields.place_name),
            FacetField::Year | FacetField::Month => Box::new(EmptyQuery),
        }
    }
}

/// The index's field of a query's field of names.
pub fn names_field(fields: &Fields, field: Field) -> Option<SchemaField> {
    match field {
        Field::Author => Some(fields.author),
        Field::Section => Some(fields.section),
        Field::Source => Some(fields.source),
        Field::Agency => Some(fields.agency),
        Field::Tag => Some(fields.tag),
        Field::Person => Some(fields.person),
        Field::Organisation => Some(fields.organisation),
        Field::Place => Some(fields.place),
        _ => None,
    }
}

fn terms(field: SchemaField, words: &[Box<str>]) -> impl Iterator<Item = Term> + '_ {
    words.iter().map(move |word| Term::from_field_text(field, word))
}

fn term(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn either(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.pop() {
        Some(only) if queries.is_empty() => only,
        last => {
            queries.extend(last);
            Box::new(BooleanQuery::new(queries.into_iter().map(|query| (Occur::Should, query)).collect()))
        }
    }
}
