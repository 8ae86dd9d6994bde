//! The state that all requests share, and how many of them are let in.

use crate::archive::Archive;
use crate::error::WebError;
use crate::guard::Guard;
use crate::log::Log;
use crate::metrics::Metrics;
use findbuch_query::lang::Lang;
use findbuch_render::{Theme, View};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How much is let in; docs/HTTP.md has the reasons.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Requests worked on at once.
    pub at_once: usize,
    /// Requests that wait; more are refused.
    pub waiting: usize,
    /// Longest time that a request is worked on.
    pub time: Duration,
    /// Connections open at once; more wait to be accepted.
    pub connections: usize,
    /// Longest time that a client may need to send a request's head, or to receive the next bytes of an answer.
    pub patience: Duration,
    /// Bytes of a request's head.
    pub head: usize,
}

/// Of so many requests worked on at once one may be dear.
const SHARE_OF_DEAR: usize = 4;

/// Where a request waits, by what its query costs in postings gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Queries that take some hundredths of a second.
    Usual,
    /// Queries that take seconds.
    Dear,
}

impl Lane {
    /// What a query may cost here; one that is dearer than the dearest is refused. A second goes through some 100 million.
    #[must_use]
    pub fn most_cost(self) -> u64 {
        match self {
            Lane::Usual => 10_000_000,
            Lane::Dear => 500_000_000,
        }
    }
}

/// What the search for a request may take.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Until when it must be answered.
    pub deadline: Instant,
    /// What a query may cost.
    pub most_cost: u64,
}

/// Draws a page of a PDF, by its number from 1, so many pixels wide, as PNG; nothing where it cannot be drawn.
pub type Draw = Arc<dyn Fn(&Path, usize, u16) -> Option<Vec<u8>> + Send + Sync>;

/// The server's state.
pub struct App {
    /// The index that is searched.
    pub archive: Archive,
    /// How much is let in.
    pub limits: Limits,
    /// Who is let in, and who may write.
    pub guard: Guard,
    /// Counts for `/metrics`.
    pub metrics: Metrics,
    /// Where lines of the log go.
    pub log: Log,
    /// Draws pages of PDF.
    pub draw: Draw,
    /// Paths below this folder are shown relative to it.
    pub working_dir: PathBuf,
    permits: Arc<Semaphore>,
    /// For queries that cost much: they wait for each other, and others do not wait for them.
    dear: Arc<Semaphore>,
    /// For exports and downloads, which last as long as their clients need.
    streams: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// The permits of an answer that is sent while it is written; they are returned when this is dropped.
pub struct StreamPermits {
    work: Option<OwnedSemaphorePermit>,
    lane: Lane,
    _stream: OwnedSemaphorePermit,
}

impl StreamPermits {
    /// What is dear is done: the next may begin it, however long the client needs to take up the answer.
    pub fn found(&mut self) {
        if self.lane == Lane::Dear {
            self.work = None;
        }
    }
}

impl App {
    /// The state of a server that has answered nothing yet.
    #[must_use]
    pub fn new(archive: Archive, limits: Limits, guard: Guard, working_dir: PathBuf, log: Log, draw: Draw) -> App {
        let permits = Arc::new(Semaphore::new(limits.at_once));
        // if there are several permits, one is always left to pages
        let streams = Arc::new(Semaphore::new(limits.at_once.saturating_sub(1).max(1)));
        let dear = Arc::new(Semaphore::new((limits.at_once / SHARE_OF_DEAR).max(1)));
        let (metrics, waiting) = (Metrics::default(), AtomicUsize::new(0));
        App { archive, limits, guard, metrics, log, draw, working_dir, permits, dear, streams, waiting }
    }

    /// The view of text for other programs, the same as when the command line writes into a pipe.
    #[must_use]
    pub fn view(&self, lang: Lang) -> View {
        View {
            width: 100,
            theme: Theme::plain(),
            lang,
            working_dir: self.working_dir.clone(),
            raw: false,
            gone: Vec::new(),
        }
    }

    /// Waits until a request may be worked on.
    ///
    /// # Errors
    /// [`WebError::Busy`] when too many wait already, or when it has waited for as long as a request may be worked on.
    pub async fn permit(&self, lane: Lane) -> Result<OwnedSemaphorePermit, WebError> {
        let permits = Arc::clone(match lane {
            Lane::Usual => &self.permits,
            Lane::Dear => &self.dear,
        });
        if let Ok(permit) = Arc::clone(&permits).try_acquire_owned() {
            return Ok(permit);
        }
        let waiting = Waiting::enter(&self.waiting);
        if waiting.before >= self.limits.waiting {
            return Err(WebError::Busy);
        }
        match tokio::time::timeout(self.limits.time, permits.acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(WebError::Busy),
        }
    }

    /// Turns the permit of a request into those of an answer that is sent while it is written.
    ///
    /// # Errors
    /// [`WebError::Busy`] when as many as may be are under way.
    pub fn stream(&self, work: OwnedSemaphorePermit, lane: Lane) -> Result<StreamPermits, WebError> {
        let stream = Arc::clone(&self.streams).try_acquire_owned().map_err(|_| WebError::Busy)?;
        Ok(StreamPermits { work: Some(work), lane, _stream: stream })
    }
}

/// A request that waits. It is counted until this is dropped, which also happens when its client goes away.
struct Waiting<'a> {
    all: &'a AtomicUsize,
    before: usize,
}

impl Waiting<'_> {
    fn enter(all: &AtomicUsize) -> Waiting<'_> {
        Waiting { all, before: all.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(1, Ordering::Relaxed);
    }
}
