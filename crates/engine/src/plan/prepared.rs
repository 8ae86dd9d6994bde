//! A request with its plan: its query's words parsed and resolved once, shared by all that is done with it.

use crate::EngineError;
use crate::analyzers::AnalyzerPool;
use crate::deadline::Deadline;
use crate::plan::cost::cost;
use crate::plan::dictionary::Dictionary;
use crate::plan::marking::Marking;
use crate::plan::matching::{Matching, matching, scored};
use crate::plan::parse::parse;
use crate::plan::request::SearchRequest;
use crate::plan::resolve::{ExclusionCache, resolve};
use crate::plan::word::Word;
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
    /// The words of the query, in its order.
    pub words: Vec<Word>,
    /// Those that are scored.
    pub scored: Vec<Word>,
    /// Which articles match.
    pub matching: Matching,
    /// Which words are marked.
    pub marking: Marking,
    /// The analysis that the index was made with.
    pub analyzers: Arc<AnalyzerPool>,
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
/// When a pattern means too many forms, the plan costs more than the request allows, the archive cannot be read, or the deadline passes first.
pub fn prepare<'a>(
    request: &SearchRequest<'a>,
    dictionary: &dyn Dictionary,
    cache: &ExclusionCache,
    analyzers: &Arc<AnalyzerPool>,
) -> Result<Prepared<'a>, EngineError> {
    let deadline = Deadline::of(request.deadline);
    deadline.check()?;
    PLANS.fetch_add(1, Ordering::Relaxed);
    let mut analyzer = analyzers.take();
    let parsed = parse(request.query, request.expansion, analyzer.get());
    let words = resolve(parsed, dictionary, cache, analyzer.get(), &deadline)?;
    if deadline.was_over() {
        return Err(EngineError::TimedOut);
    }
    let scored = scored(&words);
    let matching = matching(request, &words, &scored);
    if let Some(most) = request.most_cost {
        let cost = cost(&matching, &scored, dictionary)?;
        if cost > most {
            return Err(EngineError::TooDear { cost, most });
        }
    }
    let marking = Marking::of(&request.query.root, &words);
    let plan = Plan { words, scored, matching, marking, analyzers: Arc::clone(analyzers) };
    Ok(Prepared { request: request.clone(), plan: Arc::new(plan), deadline })
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
        let SearchRequest { query, expansion, within, only, published, deadline: until, .. } = request;
        let request = SearchRequest { query, expansion, within, only, published, deadline: until, ..adjusted };
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
