//! The words of a query with the archive's forms that their wildcards and edits mean, and with those that are left of words of
//! which some are switched off.

use super::compile::is_by_form;
use super::dictionary::{Forms, scan, walk};
use super::reduced::{LookedUp, reduce};
use super::schema::Fields;
use crate::deadline::Deadline;
use crate::plan::words::{Word, words};
use crate::{EngineError, SearchRequest};
use findbuch_german::Analyzer;
use findbuch_query::Field;
use std::collections::BTreeSet;
use tantivy::schema::Field as SchemaField;
use tantivy::{Searcher, TantivyError};

/// Most forms that one word with wildcards is searched as.
pub const MAX_FORMS: usize = 1_000;

/// Why the words cannot be searched.
pub enum ExpandError {
    /// More forms than [`MAX_FORMS`] are meant by one word.
    TooMany(EngineError),
    /// The engine's answer.
    Engine(TantivyError),
}

impl From<TantivyError> for ExpandError {
    fn from(error: TantivyError) -> ExpandError {
        ExpandError::Engine(error)
    }
}

impl From<std::io::Error> for ExpandError {
    fn from(error: std::io::Error) -> ExpandError {
        ExpandError::Engine(error.into())
    }
}

/// The words of a request's query.
pub fn expanded(
    searcher: &Searcher,
    fields: &Fields,
    request: &SearchRequest<'_>,
    (analyzer, known): (&mut Analyzer, &LookedUp),
    deadline: &Deadline,
) -> Result<Vec<Word>, ExpandError> {
    let mut words = words(request.query, request.expansion, analyzer);
    for word in &mut words {
        if word.pattern.is_none() {
            reduce(searcher, fields, word, (analyzer, known), deadline)?;
            continue;
        }
        let field = by_form(fields, word.field);
        let mut forms = forms(searcher, field.unwrap_or(fields.exact), word, deadline)?;
        forms.retain(|form| word.expansions.iter().all(|expansion| expansion.counts(0, form)));
        let mut stems = BTreeSet::new();
        for form in forms.iter().filter(|_| field.is_none()) {
            stems.extend(analyzer.readings(form).into_iter().map(|terms| terms.stem));
        }
        word.stems = vec![stems.into_iter().collect()];
        if let Some(expansion) = word.expansions.first_mut() {
            expansion.slots = vec![forms.clone()];
        }
        word.forms = forms;
    }
    Ok(words)
}

/// The field of forms that a field of the query is, unless it is a part of the text.
fn by_form(fields: &Fields, field: Option<Field>) -> Option<SchemaField> {
    match field? {
        Field::Author => Some(fields.author),
        Field::Section => Some(fields.section),
        Field::Source => Some(fields.source),
        Field::Agency => Some(fields.agency),
        Field::Tag => Some(fields.tag),
        other => {
            debug_assert!(!is_by_form(Some(other)) || other.is_raw());
            None
        }
    }
}

/// The forms that a word means, in order.
fn forms(
    searcher: &Searcher,
    field: SchemaField,
    word: &Word,
    deadline: &Deadline,
) -> Result<Vec<Box<str>>, ExpandError> {
    let Some(pattern) = &word.pattern else { return Ok(Vec::new()) };
    let mut forms = Forms::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        for beginning in pattern.beginnings() {
            let means =
                |key: &[u8]| pattern.may_match(key) && str::from_utf8(key).is_ok_and(|form| pattern.matches(form));
            if beginning.is_empty() {
                forms.append(&mut walk(index.terms(), means, MAX_FORMS, deadline)?);
            } else {
                let begins = |key: &[u8]| key.starts_with(beginning.as_bytes());
                scan(index.terms(), (beginning, begins), means, (&mut forms, MAX_FORMS), &mut deadline.watch())?;
            }
        }
        if forms.len() > MAX_FORMS {
            let span = word.span.clone();
            return Err(ExpandError::TooMany(EngineError::TooManyForms { span, most: MAX_FORMS }));
        }
    }
    Ok(forms.into_iter().collect())
}
