//! Brings an index in step with folders: finds what is new, changed or gone, reads it on all cores, and commits: once, or after each part of
//! very much.

mod ahead;
mod boilerplate;
mod cores;
mod folders;
mod learn;
mod parts;
mod plan;
mod read;
mod records;
mod relay;
mod renames;
mod summary;
mod task;
mod versions;

use ahead::Ahead;
use boilerplate::Boilerplate;
use findbuch_corpus::{self, Limits};
use findbuch_engine::{Engine, EngineError, FileState, State, Store, WriterOptions};
use findbuch_files::decode_path;
use parts::Parts;
use plan::Plan;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use task::{Shared, Task};
use versions::Versions;

pub use cores::cores;
pub use folders::{FolderError, forget, named as folder_named};
pub use parts::PART_BYTES;
pub use plan::folders_above;
pub use records::is_numbered;
pub use summary::{IgnoredFiles, Summary};

/// So many files whose bytes were compared are worth a commit, after which they are known to be the same.
const MANY_COMPARED: u64 = 1000;

/// What an update is to do.
#[derive(Debug, Clone)]
pub struct UpdateRequest<'a> {
    /// The index's folder, absolute: not read if it lies within the others.
    pub index: &'a Path,
    /// Folders and files, absolute and without links; empty for all that the index knows.
    pub paths: &'a [PathBuf],
    /// An indexed folder that is now the one of `paths`.
    pub moved: Option<&'a Path>,
    /// Make the whole index anew, beside the old one.
    pub rebuild: bool,
    /// Whether names are recognised in an index that is made anew, if not as in the one before; an index that is there stays as it was made.
    pub names: Option<bool>,
    /// Bounds on reading.
    pub limits: &'a Limits,
    /// Set to stop before the next file; what is read by then is committed.
    pub stop: &'a AtomicBool,
    /// When the update is made, RFC 3339.
    pub now: String,
    /// Bytes that the index may hold in memory before it writes them; see [`WriterOptions`].
    pub memory: Option<usize>,
    /// Bytes of files, as stored, after which it commits and goes on, unless the index is made anew: see [`PART_BYTES`].
    pub part_bytes: u64,
}

/// Steps of an update, to show its progress.
#[derive(Debug, Clone, Copy)]
pub enum Progress {
    /// The walk is done: files and bytes to read.
    Planned {
        /// Files.
        files: u64,
        /// Bytes as stored.
        bytes: u64,
    },
    /// Bytes of a file were read.
    Read {
        /// Bytes as stored.
        bytes: u64,
    },
    /// An article was indexed.
    Indexed,
    /// Everything is read; the commit begins.
    Committing,
}

/// Updates the index of `store`.
///
/// # Errors
/// When the index cannot be used or written; files that cannot be read are in the summary instead.
pub fn update(
    store: &dyn Store,
    request: &UpdateRequest<'_>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, EngineError> {
    let mut parts = Parts::default();
    loop {
        match part(store, request, &mut parts, progress) {
            Ok((summary, goes_on)) => {
                parts.add(summary);
                if !goes_on {
                    return Ok(parts.whole());
                }
            }
            Err(error) if parts.any() => return Err(EngineError::Interrupted(Box::new(error))),
            Err(error) => return Err(error),
        }
    }
}

/// The next part of an update: what it did, and whether another one follows.
fn part(
    store: &dyn Store,
    request: &UpdateRequest<'_>,
    parts: &mut Parts,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<(Summary, bool), EngineError> {
    let lock = store.lock()?;
    let before = match store.state() {
        Err(_) if request.rebuild && !request.paths.is_empty() => State::default(),
        before => before?.unwrap_or_default(),
    };
    let index = if request.rebuild { None } else { current_index(store)? };
    let moved = folders::moved(request, &before, index.as_deref())?;
    let kept: Vec<PathBuf> = before.folders.iter().filter(|folder| moved.old() != Some(folder)).cloned().collect();
    let folders = plan::folders(&kept, request.paths);
    let gone: Vec<PathBuf> = folders.iter().filter(|folder| folders::is_gone(folder)).cloned().collect();
    let is_there = |path: &PathBuf| !gone.contains(path);
    let paths = findbuch_corpus::with_issues(request.paths, &folders);
    let asked = if paths.is_empty() || request.rebuild { &folders } else { &paths };
    let scope: Vec<PathBuf> = asked.iter().filter(|path| is_there(path)).cloned().collect();
    let below: Vec<PathBuf> = scope.iter().chain(moved.old()).cloned().collect();
    let known = index.as_deref().map_or(Ok(HashMap::new()), |index| files_below(index, &below))?;
    let mut plan = plan::plan(request, &scope, &folders, known, &before);
    if let Some(old) = moved.old() {
        plan.kept_problems.retain(|problem| !decode_path(&problem.path).starts_with(old));
    }
    renames::follow(&mut plan, &before.folders);
    for folder in gone.iter().filter(|folder| !before.gone.contains(folder)) {
        plan.summary.problems.push(folders::told(folder, request.rebuild));
    }
    plan.summary.moved = moved.0;
    if !parts.any() {
        progress(Progress::Planned {
            files: plan.jobs.len() as u64,
            bytes: plan.jobs.iter().map(|job| job.file.size).sum(),
        });
    }
    let Plan { mut jobs, vanished, kept_problems, mut summary, compared } = plan;
    let vanished: Vec<String> = vanished.into_iter().map(|file| file.path).collect();
    let whole = folders.iter().all(|folder| scope.contains(folder) || gone.contains(folder));
    let walked = if whole { request.now.clone() } else { before.walked.clone() };
    let mut state = State {
        folders,
        walked,
        gone,
        updated: request.now.clone(),
        updates: before.updates + 1,
        problems: kept_problems,
        copied: None,
        ..before.clone()
    };
    // many that were compared shall not be compared again
    let idle = jobs.is_empty() && vanished.is_empty() && !request.rebuild && compared < MANY_COMPARED;
    let same = (&state.folders, &state.gone, &state.problems) == (&before.folders, &before.gone, &before.problems);
    if idle && same {
        return Ok((summary, false));
    }
    let (mut sample, mut ahead) = (Vec::new(), Ahead::default());
    if request.rebuild || before.updated.is_empty() {
        let learnt = learn::learn(&jobs, request);
        state.names = request.names.unwrap_or(before.names);
        (state.vocabulary, state.boilerplate) = (Arc::new(learnt.vocabulary), Arc::new(learnt.boilerplate));
        (sample, ahead) = (learnt.sample, learnt.ahead);
    }
    // a folder that has another place now takes all its articles along
    let at_once = request.rebuild || summary.moved.is_some();
    let later = parts.next(&mut jobs, if at_once { u64::MAX } else { request.part_bytes });
    let (boilerplate, names) = (state.boilerplate.clone(), state.names);
    let options = WriterOptions {
        rebuild: request.rebuild,
        sample: &sample,
        memory: request.memory,
        ..WriterOptions::new(&state)
    };
    let writer = lock.writer(&options)?;
    let versions = Versions::new(
        jobs.iter().filter(|job| job.known).map(|job| job.file.display()).chain(vanished.iter().cloned()),
    );
    let write = || {
        let shared = Shared { summary: &mut summary, state: &mut state, progress, failure: None };
        let (index, boilerplate) = (index.as_deref(), Boilerplate(&boilerplate));
        let task = Task { request, index, writer: &*writer, boilerplate, names, versions: &versions, ahead: &ahead };
        read::read_all(&jobs, &task, shared)?;
        versions.resolve(&*writer, &mut state, &mut summary);
        summary.problems.sort();
        state.problems.sort_by(|a, b| a.message.cmp(&b.message));
        for path in &vanished {
            writer.remove(path);
        }
        if later == 0 {
            progress(Progress::Committing);
        }
        let damage = writer.commit(&state)?;
        summary.problems.extend(damage);
        Ok(())
    };
    let capabilities = store.capabilities();
    let atomic = if request.rebuild { capabilities.atomic_rebuild } else { capabilities.atomic_update };
    match write() {
        Ok(()) if request.stop.load(Ordering::Relaxed) => {
            summary.left += later;
            Ok((summary, false))
        }
        Ok(()) => Ok((summary, later > 0)),
        Err(error) if atomic => Err(error),
        Err(error) => Err(EngineError::Interrupted(Box::new(error))),
    }
}

/// The files below these that the index knows.
fn files_below(index: &dyn Engine, below: &[PathBuf]) -> Result<HashMap<String, FileState>, EngineError> {
    let mut known = HashMap::new();
    index.files(below, &mut |file| {
        known.insert(file.path.clone(), file);
    })?;
    Ok(known)
}

/// The index as it is, if there is one.
fn current_index(store: &dyn Store) -> Result<Option<Box<dyn Engine>>, EngineError> {
    match store.open() {
        Ok(engine) => Ok(Some(engine)),
        Err(EngineError::NoIndex(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
