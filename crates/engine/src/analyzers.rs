//! Analysers that are kept from one request to the next, with their tables of analysed words.

use findbuch_german::{Analyzer, Vocabulary};
use std::fmt;
use std::sync::{Arc, Mutex};

/// Most analysers that are kept while nobody uses them: a table holds some ten megabytes at most.
const MAX_IDLE: usize = 4;

/// Analysers of one vocabulary.
pub struct AnalyzerPool {
    vocabulary: Arc<Vocabulary>,
    idle: Mutex<Vec<Analyzer>>,
}

impl AnalyzerPool {
    /// Analysers with the words that an archive taught.
    #[must_use]
    pub fn new(vocabulary: Arc<Vocabulary>) -> AnalyzerPool {
        AnalyzerPool { vocabulary, idle: Mutex::new(Vec::new()) }
    }

    /// An analyser; it comes back when it is dropped.
    #[must_use]
    pub fn take(self: &Arc<Self>) -> PooledAnalyzer {
        let analyzer = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        PooledAnalyzer { analyzer, pool: Arc::clone(self) }
    }
}

impl Default for AnalyzerPool {
    fn default() -> AnalyzerPool {
        AnalyzerPool::new(Arc::default())
    }
}

impl fmt::Debug for AnalyzerPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnalyzerPool").finish_non_exhaustive()
    }
}

/// An analyser on loan from a pool.
pub struct PooledAnalyzer {
    analyzer: Option<Analyzer>,
    pool: Arc<AnalyzerPool>,
}

impl PooledAnalyzer {
    /// The analyser; made now if none was idle.
    pub fn get(&mut self) -> &mut Analyzer {
        let vocabulary = &self.pool.vocabulary;
        self.analyzer.get_or_insert_with(|| Analyzer::with_vocabulary(vocabulary))
    }
}

impl Drop for PooledAnalyzer {
    fn drop(&mut self) {
        if let (Some(analyzer), Ok(mut idle)) = (self.analyzer.take(), self.pool.idle.lock())
            && idle.len() < MAX_IDLE
        {
            idle.push(analyzer);
        }
    }
}
