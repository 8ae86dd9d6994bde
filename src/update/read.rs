//! Reads files on all cores and hands their articles to the writer.

use super::boilerplate::Boilerplate;
use super::plan::{Job, settings_of};
use super::records::Records;
use super::{Progress, Summary, UpdateRequest, on_all_cores, renames};
use findbuch_corpus::{self, Problem, ReadError};
use findbuch_engine::{Adder, Engine, EngineError, FileState, KnownProblem, Record, State, Writer};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most problems that are kept with the index; files beyond are read again at every update.
const MAX_KNOWN_PROBLEMS: usize = 1000;
/// The same with files that are no articles by their kind.
const MAX_KNOWN_SKIPPED: usize = 10_000;

/// What the reading threads fill together.
pub struct Shared<'a> {
    pub summary: &'a mut Summary,
    pub state: &'a mut State,
    pub progress: &'a mut (dyn FnMut(Progress) + Send),
    pub failure: Option<EngineError>,
}

/// What all reading threads read from.
pub struct Task<'a> {
    pub request: &'a UpdateRequest<'a>,
    /// The index as it is before the update.
    pub index: Option<&'a dyn Engine>,
    pub writer: &'a dyn Writer,
    pub boilerplate: Boilerplate<'a>,
}

/// Reads the jobs on all cores and hands the articles to the writer.
pub fn read_all(jobs: &[Job], task: &Task<'_>, shared: Shared<'_>) -> Result<(), EngineError> {
    let shared = Mutex::new(shared);
    on_all_cores(jobs, |jobs| {
        let mut adder = task.writer.adder();
        for job in jobs {
            if lock(&shared).failure.is_some() {
                break;
            }
            if task.request.stop.load(Ordering::Relaxed) {
                lock(&shared).summary.left += 1;
                continue;
            }
            if renames::add(job, task.index, &mut *adder, &shared) {
                continue;
            }
            if let Err(error) = read_one(job, task, &mut *adder, &shared) {
                lock(&shared).failure.get_or_insert(error);
            }
        }
    });
    match shared.into_inner().unwrap_or_else(PoisonError::into_inner).failure {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

pub fn lock<'a, 'b>(shared: &'a Mutex<Shared<'b>>) -> MutexGuard<'a, Shared<'b>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads one file. Its articles take the place of those it had; one that the index has as it is stays there. If the file
/// brings none, all stay; if it breaks off, those stay that were not met again.
fn read_one(job: &Job, task: &Task<'_>, adder: &mut dyn Adder, shared: &Mutex<Shared<'_>>) -> Result<(), EngineError> {
    let fail = |error: std::io::Error| Problem { path: job.file.display(), line: None, reason: error.into() };
    let hash = match findbuch_corpus::hash(&job.file.path) {
        Ok(hash) => hash,
        Err(error) => {
            note_problem(job, &fail(error), &mut lock(shared));
            return Ok(());
        }
    };
    let file = state_of(job, hash);
    let mut records = Records::of(job, task)?;
    let mut told = 0;
    let read = AtomicU64::new(0);
    let mut failure = None;
    let mut tell = |shared: &mut Shared<'_>, bytes: u64| {
        (shared.progress)(Progress::Read { bytes: bytes - told });
        told = bytes;
    };
    let limits = task.request.limits;
    let result = findbuch_corpus::read(&job.file, job.format, limits, &read, &mut |article| match article {
        Ok(mut article) => {
            task.boilerplate.set_aside(&mut article);
            let outcome = match records.take(&article) {
                Some(content) => adder.add(&Record { file: &file, folders: &job.folders, article: &article, content }),
                None => Ok(()),
            };
            let shared = &mut lock(shared);
            (shared.progress)(Progress::Indexed);
            tell(shared, read.load(Ordering::Relaxed));
            failure = outcome.err();
            if failure.is_none() && shared.failure.is_none() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        }
        Err(problem) => {
            note_problem(job, &problem, &mut lock(shared));
            ControlFlow::Continue(())
        }
    });
    if let Some(failure) = failure {
        return Err(failure);
    }
    let counts = records.finish(&result, task.writer, &mut |article, content| {
        adder.add(&Record { file: &file, folders: &job.folders, article, content })
    })?;
    let shared = &mut lock(shared);
    if let Err(problem) = result {
        let none = counts.new + counts.changed + counts.unchanged == 0;
        if none && job.known && matches!(problem.reason, ReadError::PassedOver(_)) {
            task.writer.remove(&file.path);
        }
        note_problem(job, &problem, shared);
    }
    let summary = &mut *shared.summary;
    summary.read_files += u64::from(counts.new + counts.changed + counts.unchanged > 0);
    summary.bytes += job.file.size;
    summary.new += counts.new;
    summary.changed += counts.changed;
    summary.unchanged += counts.unchanged;
    summary.removed += counts.removed;
    tell(shared, job.file.size.max(read.load(Ordering::Relaxed)));
    Ok(())
}

/// A file as it is now.
pub fn state_of(job: &Job, hash: u64) -> FileState {
    let (path, size, mtime) = (job.file.display(), job.file.size, job.file.mtime);
    FileState { path, size, mtime, hash, settings: settings_of(&job.file), articles: 0 }
}

fn note_problem(job: &Job, problem: &Problem, shared: &mut Shared<'_>) {
    let file = &job.file;
    let (message, most) = match problem.reason {
        ReadError::PassedOver(why) => (why.to_string(), MAX_KNOWN_SKIPPED),
        _ => (problem.to_string(), MAX_KNOWN_PROBLEMS),
    };
    // what the system or a limit refused once may be granted the next time, without a change of the file
    let lasting = !matches!(problem.reason, ReadError::Io(_) | ReadError::TooLarge { .. });
    if lasting && shared.state.problems.len() < most {
        let (path, size, mtime) = (file.display(), file.size, file.mtime);
        let settings = settings_of(file);
        shared.state.problems.push(KnownProblem { path, size, mtime, settings, message: message.clone() });
    }
    shared.summary.note(Path::new(&problem.path), message);
}
