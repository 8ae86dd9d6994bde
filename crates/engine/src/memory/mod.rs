//! An engine that holds its articles in memory and tries all of them: for tests alone, as the plainest definition of what an
//! engine does.

mod dictionary;
mod engine;
mod search;
mod statistics;
mod store;

use crate::analysed::ArticleAnalyzer;
use crate::analyzers::AnalyzerPool;
use crate::plan::matching::Match;
use crate::plan::prepared::{Prepared, prepare};
use crate::plan::request::SearchRequest;
use crate::plan::resolve::ExclusionCache;
use crate::state::FileState;
use crate::text::highlight::Highlighter;
use crate::verify::kept::Kept;
use crate::versions::sketch::groups;
use crate::{EngineError, Record, State};
use findbuch_article::Article;
use findbuch_german::Analyzer;
use findbuch_query::Query;
use std::ops::Deref;
use std::sync::Arc;

pub use store::MemoryStore;

/// The articles of a commit, and what is kept between requests.
pub struct MemoryEngine {
    archive: Arc<Archive>,
    analyzers: Arc<AnalyzerPool>,
    exclusions: ExclusionCache,
}

/// An article of a commit.
pub struct Entry {
    kept: Kept,
    /// See [`Record::content`].
    content: u64,
    /// The number of the update that added it.
    update: u64,
}

impl Entry {
    fn new(record: &Record<'_>, update: u64, analyzer: &mut ArticleAnalyzer) -> Entry {
        Entry { kept: Kept::new(record, analyzer), content: record.content, update }
    }
}

impl Deref for Entry {
    type Target = Kept;

    fn deref(&self) -> &Kept {
        &self.kept
    }
}

/// What is committed.
#[derive(Default)]
struct Archive {
    articles: Vec<Arc<Entry>>,
    state: State,
    /// For each article the first of its story, itself where it is alone.
    stories: Vec<usize>,
}

impl Archive {
    fn new(articles: Vec<Arc<Entry>>, state: State) -> Archive {
        let mut by_date: Vec<usize> = (0..articles.len()).filter(|at| articles[*at].sketch.is_some()).collect();
        let place = |at: &usize| {
            let kept = &articles[*at];
            (kept.seconds().unwrap_or(i64::MAX), kept.sketch.map(|sketch| sketch.bytes().to_vec()), *at)
        };
        by_date.sort_by_key(place);
        let sketches: Vec<_> = by_date.iter().map(|at| articles[*at].sketch).collect();
        let mut stories: Vec<usize> = (0..articles.len()).collect();
        for (at, first) in groups(&sketches).into_iter().enumerate() {
            stories[by_date[at]] = by_date[first];
        }
        Archive { articles, state, stories }
    }
}

impl MemoryEngine {
    /// Articles that are of no file.
    pub fn of(articles: impl IntoIterator<Item = Article>) -> MemoryEngine {
        let mut analyzer = ArticleAnalyzer::new(Analyzer::default());
        let file = FileState::default();
        let keep = |article: Article| {
            let record = Record { file: &file, folders: &[], article: &article, content: 0 };
            Arc::new(Entry::new(&record, 0, &mut analyzer))
        };
        MemoryEngine::over(Arc::new(Archive::new(articles.into_iter().map(keep).collect(), State::default())))
    }

    fn over(archive: Arc<Archive>) -> MemoryEngine {
        let analyzers = Arc::new(AnalyzerPool::new(Arc::clone(&archive.state.vocabulary)));
        MemoryEngine { archive, analyzers, exclusions: ExclusionCache::default() }
    }

    /// Resolves what a request is searched as.
    pub fn prepared<'a>(&self, request: &SearchRequest<'a>) -> Result<Prepared<'a>, EngineError> {
        prepare(request, self, &self.exclusions, &self.analyzers)
    }

    fn articles(&self) -> &[Arc<Entry>] {
        &self.archive.articles
    }

    /// An article by its number.
    fn kept(&self, number: usize) -> &Kept {
        &self.archive.articles[number]
    }

    /// The number of the story's first article.
    fn story(&self, number: usize) -> usize {
        self.archive.stories[number]
    }

    fn count(&self, has: impl Fn(&Kept) -> bool) -> u64 {
        self.articles().iter().filter(|kept| has(kept)).count() as u64
    }

    /// The numbers of the articles that match, in the order in which they were added.
    fn matching(&self, found: &Match) -> Vec<usize> {
        let all = self.articles().iter().enumerate();
        all.filter(|(_, kept)| kept.matches(found, &self.analyzers)).map(|(number, _)| number).collect()
    }
}

/// What marks a query's words in an article that is alone in its archive.
pub fn highlighter(query: &str, article: &Article) -> Highlighter {
    let query = Query::parse(query, jiff::civil::date(2026, 1, 1)).expect("query");
    let engine = MemoryEngine::of([article.clone()]);
    let request = SearchRequest { loose_phrases: false, ..SearchRequest::new(&query) };
    Highlighter::new(engine.prepared(&request).expect("a plan").plan())
}
