//! The index that is served, always as of its last commit: a new one is opened while the server runs.

use crate::address::Address;
use findbuch_engine::synonyms::Synonyms;
use findbuch_engine::{Days, Engine, EngineError, ExpansionOptions, Hits, IndexDir, SearchRequest, Stats};
use std::path::Path;
use std::sync::{Arc, OnceLock, RwLock};
use xxhash_rust::xxh3::xxh3_64;

/// The index, and the commit that is served now.
#[derive(Debug)]
pub struct Archive {
    index: IndexDir,
    current: RwLock<Arc<Snapshot>>,
}

/// A commit, opened.
pub struct Snapshot {
    /// The index as of this commit.
    pub engine: Box<dyn Engine>,
    synonyms: Option<Synonyms>,
    /// Differs from that of every other commit.
    stamp: String,
    days: OnceLock<Days>,
    stats: OnceLock<Stats>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("stamp", &self.stamp).finish_non_exhaustive()
    }
}

impl Archive {
    /// Opens the index in the folder `index`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(index: &Path) -> Result<Archive, EngineError> {
        let index = IndexDir::new(index);
        let snapshot = Snapshot::open(&index)?;
        Ok(Archive { index, current: RwLock::new(Arc::new(snapshot)) })
    }

    /// The last commit that was opened.
    #[must_use]
    pub fn now(&self) -> Arc<Snapshot> {
        // a panic elsewhere cannot leave half a snapshot behind
        Arc::clone(&self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Opens the last commit if it is newer than the one that is served; returns whether it is.
    ///
    /// # Errors
    /// When it cannot be read; then the one before stays.
    pub fn refresh(&self) -> Result<bool, EngineError> {
        if whole_stamp(&self.index)? == self.now().stamp {
            return Ok(false);
        }
        let snapshot = Arc::new(Snapshot::open(&self.index)?);
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = snapshot;
        Ok(true)
    }
}

/// What changes with every commit and with the user's synonyms.
fn whole_stamp(index: &IndexDir) -> Result<String, EngineError> {
    let synonyms = std::fs::metadata(index.synonyms_path()).ok().and_then(|written| written.modified().ok());
    Ok(format!("{} {synonyms:?}", index.store().stamp()?.unwrap_or_default()))
}

impl Snapshot {
    fn open(index: &IndexDir) -> Result<Snapshot, EngineError> {
        // read before the index is opened: a commit made in between is then opened by the next refresh
        let stamp = whole_stamp(index)?;
        let engine = index.open()?;
        let synonyms = index
            .synonyms(&mut engine.analyzer())
            .map_err(|error| EngineError::Failed { path: index.synonyms_path(), message: error.to_string() })?;
        Ok(Snapshot { engine, synonyms, stamp, days: OnceLock::new(), stats: OnceLock::new() })
    }

    /// Prepares and answers a request.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    pub fn search(&self, request: &SearchRequest<'_>) -> Result<Hits, EngineError> {
        self.engine.search(&self.engine.prepare(request)?)
    }

    /// The weak validator (RFC 9110, 8.8.1) of an answer from this commit to the request that `of` identifies.
    #[must_use]
    pub fn tag(&self, of: &str) -> String {
        let whole = format!("{}\n{}\n{of}", env!("CARGO_PKG_VERSION"), self.stamp);
        format!("W/\"{:016x}\"", xxh3_64(whole.as_bytes()))
    }

    /// On which days the articles were published.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn days(&self) -> Result<&Days, EngineError> {
        if let Some(days) = self.days.get() {
            return Ok(days);
        }
        let days = self.engine.days()?;
        Ok(self.days.get_or_init(|| days))
    }

    /// Numbers about the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn stats(&self) -> Result<&Stats, EngineError> {
        if let Some(stats) = self.stats.get() {
            return Ok(stats);
        }
        let stats = self.engine.stats()?;
        Ok(self.stats.get_or_init(|| stats))
    }

    /// What else words are searched as, by the choices of an address.
    #[must_use]
    pub fn expansion<'a>(&'a self, address: &'a Address) -> ExpansionOptions<'a> {
        let Address { exact, compounds, variants, related, without, .. } = address;
        let names = !exact && *variants;
        let synonyms = self.synonyms.as_ref().filter(|_| names);
        ExpansionOptions {
            german: !exact,
            compounds: *compounds,
            names,
            related: *related,
            synonyms,
            excluded: without,
        }
    }
}
