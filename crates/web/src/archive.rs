//! The index that is served, always as of its last commit: a new one is opened while the server runs, and an index that is damaged
//! as soon as it is mended.

use crate::address::Address;
use findbuch_engine::answer::days_within;
use findbuch_engine::collections::{Collection, CollectionError, Collections, Item, Members};
use findbuch_engine::synonyms::{Synonyms, SynonymsError};
use findbuch_engine::{
    Days, Engine, EngineError, ExpansionOptions, Hits, IndexDir, Ranking, RankingError, SearchRequest, Stats,
};
use findbuch_query::lang::Lang;
use jiff::civil;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::xxh3_64;

/// When an index that could not be opened and has not changed is tried again, at the soonest, and after how many times as long as
/// the attempt took: to say which file is damaged may have read them all.
const SOONEST: Duration = Duration::from_secs(2);
const TIMES_AS_LONG: u32 = 20;

/// Why a commit cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The index cannot be used.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The user's list of synonyms cannot be used.
    #[error(transparent)]
    Synonyms(#[from] SynonymsError),
    /// The collections cannot be read.
    #[error(transparent)]
    Collections(#[from] CollectionError),
    /// The user's weights cannot be used.
    #[error(transparent)]
    Ranking(#[from] RankingError),
}

impl OpenError {
    /// Whether a server may begin all the same: damage is mended, an index of another version is made anew, a disk comes back.
    fn may_pass(&self) -> bool {
        match self {
            OpenError::Engine(error) => {
                !matches!(error, EngineError::NoIndex(_) | EngineError::IsFile(_) | EngineError::NotAnIndex(_))
            }
            OpenError::Synonyms(_) | OpenError::Ranking(_) | OpenError::Collections(_) => false,
        }
    }
}

/// The index, and the commit that is served now.
#[derive(Debug)]
pub struct Archive {
    index: IndexDir,
    served: RwLock<Served>,
    failed: Mutex<Option<Failed>>,
}

#[derive(Debug)]
enum Served {
    Commit(Arc<Snapshot>),
    /// No commit could be opened yet.
    Nothing(Arc<OpenError>),
}

/// An attempt to open a commit that failed.
#[derive(Debug)]
struct Failed {
    /// Of the commit.
    stamp: String,
    error: Arc<OpenError>,
    /// When it is tried again.
    again: Instant,
}

/// A commit, opened.
pub struct Snapshot {
    /// The index as of this commit.
    pub engine: Box<dyn Engine>,
    /// Whether near-identical articles can be folded.
    pub stories: bool,
    synonyms: Option<Synonyms>,
    /// The collections that can be read.
    pub collections: Vec<Collection>,
    members: Members,
    /// Where articles are marked, by their ids: a collection and an item of it, each by its number.
    marked: OnceLock<HashMap<String, Vec<(usize, usize)>>>,
    /// The weights of the ranking.
    pub ranking: Ranking,
    /// Differs from that of every other commit.
    stamp: String,
    days: OnceLock<Days>,
    stats: OnceLock<Stats>,
    /// The examples of the page on how to search, for a day and a language.
    examples: Mutex<Option<(Day, Arc<Counted>)>>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("stamp", &self.stamp).finish_non_exhaustive()
    }
}

impl Archive {
    /// The index, opened if it can be.
    ///
    /// # Errors
    /// When there is none, or the user's own files beside it are at fault.
    pub fn open(index: IndexDir) -> Result<Archive, OpenError> {
        let served = match Snapshot::open(&index) {
            Ok(snapshot) => Served::Commit(Arc::new(snapshot)),
            Err(error) if error.may_pass() => Served::Nothing(Arc::new(error)),
            Err(error) => return Err(error),
        };
        Ok(Archive { index, served: RwLock::new(served), failed: Mutex::default() })
    }

    /// The collections beside it.
    pub fn collections(&self) -> Collections {
        self.index.collections()
    }

    /// The last commit that was opened.
    ///
    /// # Errors
    /// Why none could be opened yet.
    pub fn now(&self) -> Result<Arc<Snapshot>, Arc<OpenError>> {
        // a panic elsewhere cannot leave half a snapshot behind
        match &*self.served.read().unwrap_or_else(PoisonError::into_inner) {
            Served::Commit(snapshot) => Ok(Arc::clone(snapshot)),
            Served::Nothing(error) => Err(Arc::clone(error)),
        }
    }

    /// Opens the last commit if it is newer than the one that is served; returns whether it is.
    ///
    /// # Errors
    /// When it cannot be read; then the one before stays. It is tried again when it has changed, or after a while.
    pub fn refresh(&self) -> Result<bool, Arc<OpenError>> {
        let begun = Instant::now();
        let stamp = whole_stamp(&self.index).map_err(|error| self.not_opened(error.into()))?;
        if self.now().is_ok_and(|snapshot| snapshot.stamp == stamp) {
            return Ok(false);
        }
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Failed { error, .. }) =
            failed.as_ref().filter(|failed| failed.stamp == stamp && begun < failed.again)
        {
            return Err(Arc::clone(error));
        }
        match Snapshot::open(&self.index) {
            Ok(snapshot) => {
                *failed = None;
                *self.served.write().unwrap_or_else(PoisonError::into_inner) = Served::Commit(Arc::new(snapshot));
                Ok(true)
            }
            Err(error) => {
                let error = self.not_opened(error);
                let again = Instant::now() + SOONEST.max(TIMES_AS_LONG * begun.elapsed());
                *failed = Some(Failed { stamp, error: Arc::clone(&error), again });
                Err(error)
            }
        }
    }

    /// Where nothing is served, this is why from now on.
    fn not_opened(&self, error: OpenError) -> Arc<OpenError> {
        let error = Arc::new(error);
        let mut served = self.served.write().unwrap_or_else(PoisonError::into_inner);
        if let Served::Nothing(why) = &mut *served {
            *why = Arc::clone(&error);
        }
        error
    }
}

/// What changes with every commit and with the user's synonyms, weights and collections.
fn whole_stamp(index: &IndexDir) -> Result<String, EngineError> {
    let written = |path: PathBuf| std::fs::metadata(path).ok().and_then(|written| written.modified().ok());
    let (synonyms, ranking) = (written(index.synonyms_path()), written(index.ranking_path()));
    // a collection that is written is put into the place of what was there, which changes the folder
    let folder = index.collections_path();
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let files = entries.filter_map(|entry| entry.metadata().ok()).map(|file| (file.modified().ok(), file.len()));
    let collections = (written(folder.clone()), files.collect::<BTreeSet<_>>());
    Ok(format!("{} {synonyms:?} {ranking:?} {collections:?}", index.store().stamp()?.unwrap_or_default()))
}

/// A day and the language of its reader.
type Day = (civil::Date, Lang);

/// Queries with what each means and how many articles it finds.
pub type Counted = Vec<(String, &'static str, u64)>;

impl Snapshot {
    /// The examples of a day in a language: those that were counted last, or those that `count` does now.
    ///
    /// # Errors
    /// Those of `count`.
    pub fn examples<E>(&self, of: Day, count: impl FnOnce() -> Result<Counted, E>) -> Result<Arc<Counted>, E> {
        let known = || self.examples.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, counted)) = known().as_ref().filter(|(last, _)| *last == of) {
            return Ok(Arc::clone(counted));
        }
        let counted = Arc::new(count()?);
        *known() = Some((of, Arc::clone(&counted)));
        Ok(counted)
    }

    fn open(index: &IndexDir) -> Result<Snapshot, OpenError> {
        // read before the index is opened: a commit made in between is then opened by the next refresh
        let stamp = whole_stamp(index)?;
        let engine = index.open()?;
        let synonyms = index.synonyms(&mut engine.analyzer())?;
        let ranking = index.ranking()?;
        // one that is damaged is its own fault alone; the command line says which
        let (collections, _) = index.collections().all()?;
        Ok(Snapshot {
            members: Members::of(&collections),
            collections,
            engine,
            stories: index.store().capabilities().stories,
            synonyms,
            ranking,
            stamp,
            marked: OnceLock::new(),
            days: OnceLock::new(),
            stats: OnceLock::new(),
            examples: Mutex::default(),
        })
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

    /// On which days those articles were published that a request is limited to.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    pub fn days_within(&self, request: &SearchRequest<'_>) -> Result<Cow<'_, Days>, EngineError> {
        if request.is_limited() {
            days_within(&*self.engine, request).map(Cow::Owned)
        } else {
            self.days().map(Cow::Borrowed)
        }
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

    /// The collections that an article is in, each with what it has of it.
    pub fn collected(&self, id: &str) -> impl Iterator<Item = (&Collection, &Item)> {
        let marked = self.marked.get_or_init(|| {
            let mut marked: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
            for (at, collection) in self.collections.iter().enumerate() {
                for (place, item) in collection.items.iter().enumerate() {
                    marked.entry(item.id.clone()).or_default().push((at, place));
                }
            }
            marked
        });
        marked.get(id).into_iter().flatten().filter_map(|&(at, place)| {
            let collection = self.collections.get(at)?;
            Some((collection, collection.items.get(place)?))
        })
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
            members: Some(&self.members),
            excluded: without,
        }
    }
}
