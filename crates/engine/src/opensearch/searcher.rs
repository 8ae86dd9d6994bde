//! The articles of one commit, as all that asks for them uses them.

use super::client::Client;
use super::index::{Index, Stored, everything, with_terms, without};
use super::lower::{Bounds, bounds};
use super::stories::Stories;
use crate::analysed::ArticleAnalyzer;
use crate::analyzers::AnalyzerPool;
use crate::deadline::Deadline;
use crate::plan::matching::Match;
use crate::plan::resolve::ExclusionCache;
use crate::surnames::Surnames;
use crate::verify::kept::Kept;
use crate::{EngineError, Record, State};
use findbuch_german::Analyzer;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, OnceLock};

/// Most counts of terms that are kept.
const MAX_COUNTS: usize = 10_000;
/// Most articles that are read for one query because the index cannot say whether they match.
const MAX_EXAMINED: u64 = 10_000;

/// The articles of one commit.
pub struct OpenSearchEngine {
    pub index: Index,
    pub state: State,
    pub analyzers: Arc<AnalyzerPool>,
    examiner: Mutex<ArticleAnalyzer>,
    pub exclusions: ExclusionCache,
    /// Articles with a term of a field; what is committed later is not seen, so they do not change.
    counts: Mutex<HashMap<(&'static str, String), u64>>,
    /// Articles and words.
    numbers: OnceLock<(u64, u64)>,
    stories: OnceLock<Stories>,
    pub surnames: OnceLock<Arc<Surnames>>,
}

impl OpenSearchEngine {
    /// The commit of a number, with its state, of an index.
    pub fn new(client: &Arc<Client>, name: String, commit: i64, state: State) -> OpenSearchEngine {
        OpenSearchEngine {
            index: Index::new(Arc::clone(client), name, commit),
            analyzers: Arc::new(AnalyzerPool::new(Arc::clone(&state.vocabulary))),
            examiner: Mutex::new(ArticleAnalyzer::new(Analyzer::with_vocabulary(&state.vocabulary))),
            state,
            exclusions: ExclusionCache::default(),
            counts: Mutex::default(),
            numbers: OnceLock::new(),
            stories: OnceLock::new(),
            surnames: OnceLock::new(),
        }
    }

    /// An article as it is examined.
    pub fn kept(&self, stored: &Stored) -> Kept {
        let Stored { article, file, folders, content, .. } = stored;
        let record = Record { file, folders, article, content: *content };
        match self.examiner.lock() {
            Ok(mut analyzer) => Kept::new(&record, &mut analyzer),
            Err(_) => Kept::new(&record, &mut ArticleAnalyzer::new(Analyzer::with_vocabulary(&self.state.vocabulary))),
        }
    }

    /// Visits the articles that may match and may not.
    ///
    /// # Errors
    /// When they are too many.
    pub fn examined(
        &self,
        bounds: &Bounds,
        deadline: &Deadline,
        visit: &mut dyn FnMut(&Stored, Kept) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        if self.may_examine(bounds, deadline)? == 0 {
            return Ok(());
        }
        let doubtful = without(&bounds.possibly, &bounds.surely);
        self.index.read(&doubtful, deadline, &mut |stored| visit(&stored, self.kept(&stored)))
    }

    /// Number of articles with a term in a field, asked for once.
    pub fn with_term(&self, field: &'static str, term: &str) -> Result<u64, EngineError> {
        let key = (field, term.to_owned());
        if let Some(known) = self.counts.lock().ok().and_then(|counts| counts.get(&key).copied()) {
            return Ok(known);
        }
        let articles = self.index.count(&with_terms(field, &[term]), &Deadline::default())?;
        self.told(field, term, articles);
        Ok(articles)
    }

    /// Keeps the number of articles with a term in a field: it is not asked for again.
    pub fn told(&self, field: &'static str, term: &str, articles: u64) {
        if let Ok(mut counts) = self.counts.lock() {
            if counts.len() >= MAX_COUNTS {
                counts.clear();
            }
            counts.insert((field, term.to_owned()), articles);
        }
    }

    /// Articles, and the words of all their texts; asked for once.
    pub fn numbers(&self) -> Result<(u64, u64), EngineError> {
        if let Some(numbers) = self.numbers.get() {
            return Ok(*numbers);
        }
        let numbers = (self.index.count(&everything(), &Deadline::default())?, self.index.sum("words")?);
        Ok(*self.numbers.get_or_init(|| numbers))
    }

    /// Which articles tell one story; computed once.
    pub fn stories(&self) -> Result<&Stories, EngineError> {
        if let Some(stories) = self.stories.get() {
            return Ok(stories);
        }
        let stories = Stories::of(&self.index)?;
        Ok(self.stories.get_or_init(|| stories))
    }

    /// Number of articles that match.
    pub fn count(&self, found: &Match, deadline: &Deadline) -> Result<u64, EngineError> {
        let bounds = bounds(found);
        let mut articles = self.index.count(&bounds.surely, deadline)?;
        self.examined(&bounds, deadline, &mut |_, kept| {
            articles += u64::from(kept.matches(found, &self.analyzers));
            ControlFlow::Continue(())
        })?;
        Ok(articles)
    }

    /// How many articles must be examined for a query, if they may be.
    ///
    /// # Errors
    /// When they are too many.
    pub fn may_examine(&self, bounds: &Bounds, deadline: &Deadline) -> Result<u64, EngineError> {
        if bounds.exact {
            return Ok(0);
        }
        let cost = self.index.count(&without(&bounds.possibly, &bounds.surely), deadline)?;
        if cost > MAX_EXAMINED {
            return Err(EngineError::TooDear { cost, most: MAX_EXAMINED });
        }
        Ok(cost)
    }
}
