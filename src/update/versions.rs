//! Of several versions of an agency's item, which are told by one id and a number, the last is kept, whichever files they are in.
//!
//! A file with an earlier one is remembered with the file of the last: where that changes or goes, it is read again.

use super::Summary;
use super::plan::{Job, settings_of};
use super::records::is_numbered;
use findbuch_article::Article;
use findbuch_corpus::Ignored;
use findbuch_engine::{Engine, EngineError, KnownProblem, State, Writer};
use findbuch_files::{decode_path, outer_file};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// Most files that are remembered for what has replaced an article of theirs; of more, those that have no other article are read
/// again at every update, and what replaced ones of the others is not missed when it goes.
const MAX_REPLACED: usize = 100_000;

/// A version of an item.
#[derive(Debug)]
struct Version {
    number: u64,
    /// See [`findbuch_engine::Record::content`].
    content: u64,
    /// Place of its file in [`Met::files`].
    file: usize,
    /// How the update counts it.
    from: From,
}

/// Where a version was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// In a file, and it is not in the index.
    New,
    /// In a file, and it is in the index.
    Unchanged,
    /// In the index, of a file that is not read.
    Index,
}

/// What was met so far.
#[derive(Debug, Default)]
struct Met {
    /// By the hash of the item's id.
    items: HashMap<u64, Vec<Version>>,
    files: Vec<KnownProblem>,
    places: HashMap<String, usize>,
}

/// The versions that an update meets.
#[derive(Debug, Default)]
pub struct Versions {
    met: Mutex<Met>,
    /// Files that are read anew or gone: what the index has of them does not count.
    stale: HashSet<String>,
}

impl Versions {
    /// None yet; `stale` are the files that are read anew or gone.
    pub fn new(stale: impl Iterator<Item = String>) -> Versions {
        Versions { met: Mutex::default(), stale: stale.collect() }
    }

    /// Notes an article of a job's file, and the other versions of it that the index has.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn note(
        &self,
        article: &Article,
        content: u64,
        job: &Job,
        new: bool,
        index: Option<&dyn Engine>,
    ) -> Result<(), EngineError> {
        let Some(number) = article.version else { return Ok(()) };
        let others = index.map_or(Ok(Vec::new()), |index| self.indexed(&article.id, index))?;
        let file = &job.file;
        let file = KnownProblem {
            path: file.display(),
            size: file.size,
            mtime: file.mtime,
            settings: settings_of(file),
            ..KnownProblem::default()
        };
        let from = if new { From::New } else { From::Unchanged };
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let item = xxhash_rust::xxh3::xxh3_64(article.id.as_bytes());
        met.add(item, number, content, file, from);
        for (number, content, file) in others {
            met.add(item, number, content, file, From::Index);
        }
        Ok(())
    }

    /// The versions of an item that the index has from other files than those that are read or gone.
    fn indexed(&self, id: &str, index: &dyn Engine) -> Result<Vec<(u64, u64, KnownProblem)>, EngineError> {
        let mut found = Vec::new();
        for article in index.articles(id)?.into_iter().filter(|article| article.id == id) {
            let path = outer_file(&article.path).unwrap_or(&article.path);
            let Some(number) = article.version.filter(|_| !self.stale.contains(path)) else { continue };
            let mut contents = Vec::new();
            index.contents(path, &mut |content, of| contents.extend((of == id).then_some(content)))?;
            let mut file = None;
            index.files(&[decode_path(path)], &mut |state| {
                file = Some(state).filter(|state| state.path == path).or(file.take());
            })?;
            let content = contents.into_iter().find(|content| is_numbered(&article, *content));
            if let (Some(content), Some(state)) = (content, file) {
                let (path, size, mtime, settings) = (state.path, state.size, state.mtime, state.settings);
                found.push((number, content, KnownProblem { path, size, mtime, settings, ..KnownProblem::default() }));
            }
        }
        Ok(found)
    }

    /// Removes all versions of an item but the last, and remembers the files of those that another file replaces.
    pub fn resolve(self, writer: &dyn Writer, state: &mut State, summary: &mut Summary) {
        let Met { items, files, .. } = self.met.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut told = HashSet::new();
        for versions in items.into_values() {
            let Some((last, by)) = versions.iter().map(|version| (version.number, version.file)).max() else {
                continue;
            };
            for earlier in versions.iter().filter(|version| version.number < last) {
                writer.remove_content(earlier.content);
                match earlier.from {
                    From::New => summary.new = summary.new.saturating_sub(1),
                    From::Unchanged => {
                        summary.unchanged = summary.unchanged.saturating_sub(1);
                        summary.removed += 1;
                    }
                    From::Index => summary.removed += 1,
                }
                let (Some(file), Some(by)) = (files.get(earlier.file), files.get(by)) else { continue };
                if file.path != by.path && told.insert((earlier.file, by.path.as_str())) && told.len() <= MAX_REPLACED {
                    let message = Ignored::Replaced.to_string();
                    summary.note(&decode_path(&file.path), message.clone());
                    state.problems.push(KnownProblem { message, replaced_by: by.path.clone(), ..file.clone() });
                }
            }
        }
    }
}

impl Met {
    fn add(&mut self, item: u64, number: u64, content: u64, file: KnownProblem, from: From) {
        let next = self.files.len();
        let place = *self.places.entry(file.path.clone()).or_insert(next);
        if place == next {
            self.files.push(file);
        }
        let versions = self.items.entry(item).or_default();
        if !versions.iter().any(|version| version.content == content) {
            versions.push(Version { number, content, file: place, from });
        }
    }
}
