//! Brings an index in step with folders: finds what is new, changed or gone, reads it on all cores, and commits once.

mod boilerplate;
mod cores;
mod learn;
mod plan;
mod read;
mod records;
mod renames;
mod summary;
mod task;

use boilerplate::Boilerplate;
use findbuch_corpus::{self, Limits};
use findbuch_engine::{Engine, EngineError, State, Store, WriterOptions};
use plan::Plan;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use task::{Shared, Task};

pub use records::is_numbered;
pub use summary::{IgnoredFiles, Summary};

/// What an update is to do.
#[derive(Debug, Clone)]
pub struct UpdateRequest<'a> {
    /// The index's folder, absolute: not read if it lies within the others.
    pub index: &'a Path,
    /// Folders and files, absolute and without links; empty for all that the index knows.
    pub paths: &'a [PathBuf],
    /// Make the whole index anew, beside the old one.
    pub rebuild: bool,
    /// Bounds on reading.
    pub limits: &'a Limits,
    /// Set to stop before the next file; what is read by then is committed.
    pub stop: &'a AtomicBool,
    /// When the update is made, RFC 3339.
    pub now: String,
    /// Bytes that the index may hold in memory before it writes them; see [`WriterOptions`].
    pub memory: Option<usize>,
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
    let lock = store.lock()?;
    let before = match store.state() {
        Err(_) if request.rebuild && !request.paths.is_empty() => State::default(),
        before => before?.unwrap_or_default(),
    };
    let index = if request.rebuild { None } else { current_index(store)? };
    let folders = plan::folders(&before.folders, request.paths);
    let paths = findbuch_corpus::with_issues(request.paths, &folders);
    let mut known = HashMap::new();
    if let Some(index) = &index {
        let below = if paths.is_empty() { &before.folders } else { &paths };
        index.files(below, &mut |file| {
            known.insert(file.path.clone(), file);
        })?;
    }
    let scope = if paths.is_empty() || request.rebuild { &folders } else { &paths };
    let mut plan = plan::plan(request, scope, &folders, known, &before);
    renames::follow(&mut plan);
    progress(Progress::Planned {
        files: plan.jobs.len() as u64,
        bytes: plan.jobs.iter().map(|job| job.file.size).sum(),
    });
    let Plan { jobs, vanished, kept_problems, mut summary } = plan;
    let vanished: Vec<String> = vanished.into_iter().map(|file| file.path).collect();
    let mut state = State {
        folders,
        updated: request.now.clone(),
        updates: before.updates + 1,
        problems: kept_problems,
        vocabulary: before.vocabulary.clone(),
        boilerplate: before.boilerplate.clone(),
    };
    let idle = jobs.is_empty() && vanished.is_empty() && !request.rebuild;
    if idle && state.folders == before.folders && state.problems == before.problems {
        return Ok(summary);
    }
    if request.rebuild || before.updated.is_empty() {
        let (vocabulary, boilerplate) = learn::learn(&jobs, request);
        (state.vocabulary, state.boilerplate) = (Arc::new(vocabulary), Arc::new(boilerplate));
    }
    let boilerplate = state.boilerplate.clone();
    let options = WriterOptions { rebuild: request.rebuild, state: &state, memory: request.memory };
    let writer = lock.writer(&options)?;
    let write = || {
        let shared = Shared { summary: &mut summary, state: &mut state, progress, failure: None };
        let (index, boilerplate) = (index.as_deref(), Boilerplate(&boilerplate));
        read::read_all(&jobs, &Task { request, index, writer: &*writer, boilerplate }, shared)?;
        summary.problems.sort();
        state.problems.sort_by(|a, b| a.message.cmp(&b.message));
        for path in &vanished {
            writer.remove(path);
        }
        progress(Progress::Committing);
        let damage = writer.commit(&state)?;
        summary.problems.extend(damage);
        Ok(())
    };
    let capabilities = store.capabilities();
    let atomic = if request.rebuild { capabilities.atomic_rebuild } else { capabilities.atomic_update };
    match write() {
        Ok(()) => Ok(summary),
        Err(error) if atomic => Err(error),
        Err(error) => Err(EngineError::Interrupted(Box::new(error))),
    }
}

/// The index as it is, if there is one.
fn current_index(store: &dyn Store) -> Result<Option<Box<dyn Engine>>, EngineError> {
    match store.open() {
        Ok(engine) => Ok(Some(engine)),
        Err(EngineError::NoIndex(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
