//! The words of a query with the archive's forms that their wildcards and edits mean.

use super::compile::is_by_form;
use super::schema::Fields;
use crate::engine::deadline::{Deadline, Watch};
use crate::engine::pattern::Pattern;
use crate::engine::words::{Word, words};
use crate::engine::{EngineError, SearchRequest};
use crate::german::Analyzer;
use crate::query::Field;
use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::schema::Field as SchemaField;
use tantivy::termdict::TermDictionary;
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
    analyzer: &mut Analyzer,
    deadline: &Deadline,
) -> Result<Vec<Word>, ExpandError> {
    let mut words = words(request.query, request.expansion, analyzer);
    for word in &mut words {
        if word.pattern.is_none() {
            continue;
        }
        let field = by_form(fields, word.field);
        let forms = forms(searcher, field.unwrap_or(fields.exact), word, deadline)?;
        let mut stems = BTreeSet::new();
        for form in forms.iter().filter(|_| field.is_none()) {
            stems.extend(analyzer.readings(form).into_iter().map(|terms| terms.stem));
        }
        word.stems = vec![stems.into_iter().collect()];
        if let Some(alternative) = word.alternatives.first_mut() {
            alternative.slots = vec![forms.clone()];
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

/// Where a whole dictionary is cut, so that all cores walk through it: about as many German words lie between each two.
const CUTS: [&str; 13] = ["", "au", "be", "e", "f", "go", "k", "me", "p", "sch", "st", "v", "we"];
/// Most threads.
const MAX_WORKERS: usize = 8;

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
            if beginning.is_empty() {
                forms.append(&mut walk(index.terms(), pattern, deadline)?);
            } else {
                let begins = |key: &[u8]| key.starts_with(beginning.as_bytes());
                scan(index.terms(), beginning, begins, pattern, &mut forms, &mut deadline.watch())?;
            }
        }
        if forms.len() > MAX_FORMS {
            let span = word.span.clone();
            return Err(ExpandError::TooMany(EngineError::TooManyForms { span, most: MAX_FORMS }));
        }
    }
    Ok(forms.into_iter().collect())
}

type Forms = BTreeSet<Box<str>>;

/// Walks through a whole dictionary, on all cores.
fn walk(terms: &TermDictionary, pattern: &Pattern, deadline: &Deadline) -> std::io::Result<Forms> {
    let next = AtomicUsize::new(0);
    let work = || -> std::io::Result<Forms> {
        let (mut forms, mut watch) = (Forms::new(), deadline.watch());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(from) = CUTS.get(at) else { return Ok(forms) };
            let until = CUTS.get(at + 1);
            let before = |key: &[u8]| until.is_none_or(|until| key < until.as_bytes());
            scan(terms, from, before, pattern, &mut forms, &mut watch)?;
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(MAX_WORKERS);
    std::thread::scope(|scope| {
        // what cannot be started is left to the others
        let others: Vec<_> =
            (1..workers).filter_map(|_| std::thread::Builder::new().spawn_scoped(scope, work).ok()).collect();
        let mut forms = work()?;
        for other in others {
            match other.join() {
                Ok(found) => forms.append(&mut found?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(forms)
    })
}

/// Gathers the forms from `from` on as long as `goes_on` says so, one more than are searched at most.
fn scan(
    terms: &TermDictionary,
    from: &str,
    goes_on: impl Fn(&[u8]) -> bool,
    pattern: &Pattern,
    forms: &mut Forms,
    watch: &mut Watch,
) -> std::io::Result<()> {
    let mut terms = terms.range().ge(from).into_stream()?;
    while terms.advance() && goes_on(terms.key()) && forms.len() <= MAX_FORMS && !watch.one() {
        if pattern.may_match(terms.key())
            && let Ok(form) = std::str::from_utf8(terms.key())
            && pattern.matches(form)
        {
            forms.insert(form.into());
        }
    }
    Ok(())
}
