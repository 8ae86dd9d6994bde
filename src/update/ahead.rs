//! What was read of files before the index was there to take it.

use super::plan::Job;
use findbuch_article::Article;
use findbuch_corpus::{Emit, Format, Limits, Problem};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, PoisonError};

/// The articles of a file, as far as it was read without a problem.
pub struct ReadAhead {
    /// The hash of the file's bytes before.
    hash: u64,
    /// Its articles from the first on.
    pub articles: Vec<Article>,
    /// Whether it has no more.
    whole: bool,
}

impl ReadAhead {
    /// Nothing of a file yet; none where it cannot be read.
    pub fn begin(job: &Job) -> Option<ReadAhead> {
        let hash = findbuch_corpus::hash(&job.file.path).ok()?;
        Some(ReadAhead { hash, articles: Vec::new(), whole: false })
    }
}

/// Files that were read, by their paths.
#[derive(Default)]
pub struct Ahead(Mutex<HashMap<PathBuf, ReadAhead>>);

impl Ahead {
    /// Keeps what was read of a file: the `whole`, or a beginning behind which its format can go on.
    pub fn keep(&self, job: &Job, file: ReadAhead, whole: bool) {
        if whole || job.format == Format::JsonLines {
            let file = ReadAhead { whole, ..file };
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(job.file.path.clone(), file);
        }
    }

    /// Reads a file whose bytes have this hash as [`findbuch_corpus::read`] does, from what is kept of it as far as that goes.
    pub fn read(
        &self,
        job: &Job,
        hash: u64,
        limits: &Limits,
        bytes: &AtomicU64,
        emit: &mut Emit<'_>,
    ) -> Result<(), Problem> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&job.file.path);
        let Some(known) = known.filter(|known| known.hash == hash) else {
            return findbuch_corpus::read(&job.file, job.format, limits, bytes, emit);
        };
        let last = known.articles.last().and_then(|article| article.record);
        for article in known.articles {
            if let ControlFlow::Break(()) = emit(Ok(article)) {
                return Ok(());
            }
        }
        if known.whole {
            return Ok(());
        }
        findbuch_corpus::read_behind(last.unwrap_or(0), &job.file, job.format, limits, bytes, emit)
    }
}
