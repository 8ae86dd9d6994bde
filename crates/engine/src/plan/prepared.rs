//! A request with its plan: its query's words parsed and resolved once, shared by all that is done with it.

use crate::EngineError;
use crate::analyzers::AnalyzerPool;
use crate::deadline::Deadline;
use crate::facets::FacetField;
use crate::plan::cost::cost;
use crate::plan::dictionary::Dictionary;
use crate::plan::marking::Marking;
use crate::plan::matching::{Matching, matching, scored, word_match};
use crate::plan::parse::parse;
use crate::plan::phrases::{as_words, loose_phrases};
use crate::plan::question::{self, Question};
use crate::plan::request::SearchRequest;
use crate::plan::resolve::{ExclusionCache, resolve};
use crate::plan::word::Word;
use findbuch_query::{DateRange, Field, Query, Span};
use jiff::civil;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many plans this process has made.
static PLANS: AtomicU64 = AtomicU64::new(0);

/// How many plans this process has made: one for each request that a query of a reader leads to.
#[must_use]
pub fn plans_made() -> u64 {
    PLANS.load(Ordering::Relaxed)
}

/// What a query is searched as, in one archive at one commit. Immutable; matching, counting, ranking, explaining and marking all
/// use it.
#[derive(Debug)]
pub struct Plan {
    /// The query that is searched: as typed, with the words of `unquoted` in place of these phrases.
    pub query: Query,
    /// The phrases that no article has and that are searched as their words, as typed.
    pub unquoted: Vec<String>,
    /// What kind of question the query is, if it is one.
    pub question: Option<Question>,
    /// The words of the query, in its order.
    pub words: Vec<Word>,
    /// Those that are scored.
    pub scored: Vec<Word>,
    /// Which articles match.
    pub matching: Matching,
    /// Which words are marked.
    pub marking: Marking,
    /// Whether page furniture is searched too.
    pub furniture: bool,
    /// What it costs, where the request bounds that; else 0.
    pub cost: u64,
    /// The analysis that the index was made with.
    pub analyzers: Arc<AnalyzerPool>,
}

impl Plan {
    /// The year that a question names: what was published then is likely to answer it.
    #[must_use]
    pub fn year_asked_for(&self) -> Option<DateRange> {
        self.question?;
        let is_year = |form: &str| form.len() == 4 && (form.starts_with("19") || form.starts_with("20"));
        let named =
            self.scored.iter().filter(|word| word.field.is_none()).find_map(|word| match word.forms.as_slice() {
                [form] if is_year(form) => form.parse::<i16>().ok(),
                _ => None,
            })?;
        let day = |month, day| civil::Date::new(named, month, day).ok();
        Some(DateRange { from: day(1, 1), until: day(12, 31) })
    }
}

/// A request that is ready to be answered.
#[derive(Debug, Clone)]
pub struct Prepared<'a> {
    request: SearchRequest<'a>,
    plan: Arc<Plan>,
    deadline: Deadline,
}

/// Makes the plan of a request, the first step of every engine.
///
/// # Errors
/// When a pattern means too many forms, there is no collection of a name, the plan costs more than the request allows, the archive cannot be read, or the deadline passes first.
pub fn prepare<'a>(
    request: &SearchRequest<'a>,
    dictionary: &dyn Dictionary,
    cache: &ExclusionCache,
    analyzers: &Arc<AnalyzerPool>,
) -> Result<Prepared<'a>, EngineError> {
    let deadline = Deadline::of(request.deadline);
    deadline.check()?;
    PLANS.fetch_add(1, Ordering::Relaxed);
    let words_of = |query: &Query| -> Result<Vec<Word>, EngineError> {
        let mut analyzer = analyzers.take();
        let parsed = parse(query, request.expansion, analyzer.get());
        let words = resolve(parsed, dictionary, cache, analyzer.get(), &deadline)?;
        if let Some(word) = words.iter().find(|word| word.field == Some(Field::Collection) && word.members.is_none()) {
            return Err(EngineError::UnknownCollection { span: word.span.clone(), name: word.typed.clone() });
        }
        if deadline.was_over() { Err(EngineError::TimedOut) } else { Ok(words) }
    };
    let mut query = request.query.clone();
    let mut words = words_of(&query)?;
    let mut unquoted = Vec::new();
    if request.loose_phrases {
        let lacking = lacking_phrases(&query, &words, dictionary, &deadline)?;
        if !lacking.is_empty() {
            unquoted = lacking.iter().map(|span| query.slice(span).trim().to_owned()).collect();
            query = as_words(&query, &lacking);
            words = words_of(&query)?;
        }
    }
    let question = question::read(&mut words);
    let scored = scored(&words);
    let surnames = if asks_for_people(request, &words) { dictionary.surnames()? } else { Arc::default() };
    let matching = matching(request, &query.root, &words, &scored, &surnames);
    let cost = request.most_cost.map(|_| cost(&matching, &scored, dictionary)).transpose()?.unwrap_or_default();
    if let Some(most) = request.most_cost.filter(|most| cost > *most) {
        return Err(EngineError::TooDear { cost, most });
    }
    let marking = Marking::of(&query.root, &words);
    let (furniture, analyzers) = (request.furniture, Arc::clone(analyzers));
    let plan = Plan { query, unquoted, question, words, scored, matching, marking, furniture, cost, analyzers };
    Ok(Prepared { request: request.clone(), plan: Arc::new(plan), deadline })
}

/// Whether a request is limited to people, or has a word for their names.
fn asks_for_people(request: &SearchRequest<'_>, words: &[Word]) -> bool {
    let limits = request.only.iter().chain(request.not);
    limits.into_iter().any(|(field, _)| *field == FacetField::Person)
        || words.iter().any(|word| word.field == Some(Field::Person))
}

/// The phrases of a query that may be searched as their words, since no article has them.
fn lacking_phrases(
    query: &Query,
    words: &[Word],
    dictionary: &dyn Dictionary,
    deadline: &Deadline,
) -> Result<Vec<Span>, EngineError> {
    let mut lacking = Vec::new();
    for span in loose_phrases(&query.root) {
        // what is switched off of a phrase is not there to be found
        let word = words.iter().find(|word| word.span == *span && !word.has_exclusions());
        let found = word.and_then(word_match);
        if let Some(found) = found
            && !dictionary.has(&found, deadline)?
        {
            lacking.push(span.clone());
        }
    }
    // what was not found when the time was over may be there
    if deadline.was_over() { Err(EngineError::TimedOut) } else { Ok(lacking) }
}

impl<'a> Prepared<'a> {
    /// What was asked.
    #[must_use]
    pub fn request(&self) -> &SearchRequest<'a> {
        &self.request
    }

    /// What it is searched as.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// When all must be found; shared by all that is done with the request.
    #[must_use]
    pub fn deadline(&self) -> &Deadline {
        &self.deadline
    }

    /// The same request for other hits, in another order, in more or less detail, or with other counts. What the plan depends on does not
    /// change: query, expansions, limits, deadline.
    #[must_use]
    pub fn adjusted(self, adjust: impl FnOnce(&mut SearchRequest<'a>)) -> Prepared<'a> {
        let Prepared { request, plan, deadline } = self;
        let mut adjusted = request.clone();
        adjust(&mut adjusted);
        let SearchRequest {
            query,
            expansion,
            within,
            only,
            not,
            published,
            loose_phrases,
            furniture,
            deadline: until,
            ..
        } = request;
        let request = SearchRequest {
            query,
            expansion,
            within,
            only,
            not,
            published,
            loose_phrases,
            furniture,
            deadline: until,
            ..adjusted
        };
        Prepared { request, plan, deadline }
    }

    /// The same with another deadline.
    #[must_use]
    pub fn until(self, deadline: Deadline) -> Prepared<'a> {
        Prepared { deadline, ..self }
    }

    /// The same for the whole result: all articles that have all that is asked for, and no others.
    #[must_use]
    pub fn whole(self) -> Prepared<'a> {
        self.adjusted(|request| (request.offset, request.limit, request.fill) = (0, usize::MAX, false))
    }
}
