//! The answer to a query: its hits, and what was meant where the archive does not have a word.

use crate::deadline::Deadline;
use crate::plan::explain::Explained;
use crate::plan::nearest::{MAX_SUGGESTIONS, Near, is_clear};
use crate::plan::prepared::{Plan, Prepared};
use crate::plan::word::ExpansionKind;
use crate::text::found_forms::{Form, forms};
use crate::text::highlight::Highlighter;
use crate::{Days, Engine, EngineError, Hits, SearchRequest};
use findbuch_german::{is_known, is_stop_word};
use findbuch_query::{DateRange, Node, Query, Span};
use jiff::civil::Date;
use std::sync::Arc;
use std::time::Instant;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The hits; those of `corrected`, if it is set.
    pub hits: Hits,
    /// The query that was searched instead, since a word of it is clearly meant.
    pub corrected: Option<Query>,
    /// The plan of what was searched; that of `corrected`, if it is set.
    pub plan: Arc<Plan>,
    /// For each word that no article has the words that may be meant.
    pub suggestions: Vec<Suggestion>,
    /// First and last day of the archive, where nothing was found and a date in the query lies outside.
    pub archive: Option<(Date, Date)>,
}

/// What may be meant by a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// As typed.
    pub typed: String,
    /// Words of the archive, the nearest first.
    pub words: Vec<String>,
    span: Span,
    clear: bool,
}

/// What a query was searched as, and what of that its hits have.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Its words.
    pub words: Vec<Explained>,
    /// What was found beside the words typed.
    pub forms: Vec<Form>,
}

impl Answer {
    /// The hits of what was asked, as it was asked.
    #[must_use]
    pub fn of(hits: Hits, prepared: &Prepared<'_>) -> Answer {
        let plan = Arc::clone(prepared.plan());
        Answer { hits, corrected: None, plan, suggestions: Vec::new(), archive: None }
    }

    /// What was searched, and what of that the hits have.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    pub fn explanation(&self, engine: &dyn Engine, deadline: Option<Instant>) -> Result<Explanation, EngineError> {
        let words = engine.explain(&self.plan, &Deadline::of(deadline))?;
        let forms = forms(&self.hits.hits, &words, &mut Highlighter::new(&self.plan));
        Ok(Explanation { words, forms })
    }
}

/// Searches to the letter; where a word of the query is in no article, looks for those that may be meant.
///
/// # Errors
/// When the index cannot be read.
pub fn to_the_letter(engine: &dyn Engine, prepared: &Prepared<'_>) -> Result<Answer, EngineError> {
    let hits = engine.search(prepared)?;
    let suggestions = if hits.total > 0 && hits.relaxed.is_none() { Vec::new() } else { suggested(engine, prepared)? };
    let archive = if hits.total == 0 { missed_archive(engine, prepared.request())? } else { None };
    Ok(Answer { suggestions, archive, ..Answer::of(hits, prepared) })
}

/// On which days those articles were published that a request is limited to, whatever its query asks for: what shares of a time are
/// shares of.
///
/// # Errors
/// When the index cannot be read, or the deadline passes first.
pub fn days_within(engine: &dyn Engine, request: &SearchRequest<'_>) -> Result<Days, EngineError> {
    if !request.is_limited() {
        return engine.days();
    }
    let everything = Query::everything(request.query.today);
    let counted = SearchRequest { query: &everything, facets: &[], days: true, group: false, ..request.without_hits() };
    Ok(engine.search(&engine.prepare(&counted)?)?.days.unwrap_or_default())
}

/// For each word of a query that no article has the words that may be meant.
///
/// # Errors
/// When the index cannot be read.
pub fn suggested(engine: &dyn Engine, prepared: &Prepared<'_>) -> Result<Vec<Suggestion>, EngineError> {
    let words = engine.explain(prepared.plan(), prepared.deadline())?;
    suggestions(engine, &words, prepared.request().deadline)
}

/// Searches; where a word of the query is in no article and another is clearly meant, searches that instead.
///
/// # Errors
/// When the index cannot be read, or the deadline passes first.
pub fn answer(engine: &dyn Engine, prepared: &Prepared<'_>) -> Result<Answer, EngineError> {
    let as_typed = to_the_letter(engine, prepared)?;
    let suggestions = &as_typed.suggestions;
    let clear = !suggestions.is_empty() && suggestions.iter().all(|suggestion| suggestion.clear);
    let request = prepared.request();
    if let Some(corrected) = clear.then(|| correct(request.query, suggestions)).flatten() {
        let again = engine.prepare(&SearchRequest { query: &corrected, ..request.clone() })?;
        let hits = engine.search(&again)?;
        if hits.total > 0 {
            let plan = Arc::clone(again.plan());
            return Ok(Answer { hits, corrected: Some(corrected), plan, archive: None, ..as_typed });
        }
    }
    Ok(as_typed)
}

/// The first and last day of the whole archive, if a date in the query lies outside. Looks at the day of every article.
fn missed_archive(engine: &dyn Engine, request: &SearchRequest<'_>) -> Result<Option<(Date, Date)>, EngineError> {
    let mut dates: Vec<DateRange> = request.published.into_iter().collect();
    gather_dates(&request.query.root, &mut dates);
    if dates.is_empty() {
        return Ok(None);
    }
    let misses = |(first, last): &(Date, Date)| dates.iter().any(|range| is_outside(*range, *first, *last));
    Ok(engine.days()?.span().filter(misses))
}

/// The dates that a query asks for; those that it excludes are none.
fn gather_dates(node: &Node, found: &mut Vec<DateRange>) {
    match node {
        Node::Published(range) => found.push(*range),
        Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                gather_dates(node, found);
            }
        }
        Node::Boost(_, inner) => gather_dates(inner, found),
        _ => {}
    }
}

fn is_outside(range: DateRange, first: Date, last: Date) -> bool {
    range.from.is_some_and(|from| from > last) || range.until.is_some_and(|until| until < first)
}

fn suggestions(
    engine: &dyn Engine,
    words: &[Explained],
    deadline: Option<Instant>,
) -> Result<Vec<Suggestion>, EngineError> {
    let mut found: Vec<Suggestion> = Vec::new();
    for (at, explained) in words.iter().enumerate() {
        let word = &explained.word;
        let [form] = word.forms.as_slice() else { continue };
        let number = form.bytes().any(|byte| byte.is_ascii_digit());
        // an article need not have function words, so that one is missing says nothing
        if number || is_stop_word(form) || form.chars().count() < MIN_CORRECTED {
            continue;
        }
        let covered = found.last().is_some_and(|last| last.span.end >= word.span.end);
        let known = explained.articles > 0 || word.has_exclusions();
        if known || word.negated || word.field.is_some() || word.phrase || covered {
            continue;
        }
        // two words that the archive writes as one
        let next =
            words.get(at + 1).filter(|next| next.word.forms.len() == 1 && !next.word.negated && !next.word.phrase);
        if let Some(next) = next {
            let joined = [form, &*next.word.forms[0]].concat();
            if engine.articles_with(&joined)? > 0 {
                let typed = format!("{} {}", word.typed, next.word.typed);
                let words = vec![as_typed(&joined, &word.typed)];
                found.push(Suggestion { typed, words, span: word.span.start..next.word.span.end, clear: true });
                continue;
            }
        }
        let near: Vec<Near> = engine.nearest(form, deadline)?.into_iter().take(MAX_SUGGESTIONS).collect();
        if !near.is_empty() {
            // a German word is not misspelt, but a compound may stand in articles as its words, far apart
            let compound = word.expansions.iter().any(|expansion| expansion.kind == ExpansionKind::Decompounded);
            let divided = compound && near.first().is_some_and(|near| near.form.contains(' '));
            let clear = is_clear(&near) && !word.exact && (divided || !is_known(&word.typed));
            let words = near.iter().map(|near| as_typed(&near.form, &word.typed)).collect();
            found.push(Suggestion { typed: word.typed.clone(), words, span: word.span.clone(), clear });
        }
    }
    Ok(found)
}

/// Fewest characters of a word that others are suggested for.
const MIN_CORRECTED: usize = 4;

/// The form with a capital where the typed word has one.
fn as_typed(form: &str, typed: &str) -> String {
    if !typed.starts_with(char::is_uppercase) {
        return form.to_owned();
    }
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    };
    form.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// The query with its unknown words replaced by the first suggestions.
fn correct(query: &Query, suggestions: &[Suggestion]) -> Option<Query> {
    let mut text = query.text.clone();
    for suggestion in suggestions.iter().rev() {
        let word = suggestion.words.first()?;
        text.get(suggestion.span.clone())?;
        text.replace_range(suggestion.span.clone(), word);
    }
    Query::parse(&text, query.today).ok()
}
