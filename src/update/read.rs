//! Reads files on all cores and hands their articles to the writer.

use super::cores::{cores, on_threads};
use super::plan::{Job, settings_of};
use super::records::{Records, Taken};
use super::relay::{Reader, Relay};
use super::task::{Shared, Task, lock};
use super::{Progress, renames};
use findbuch_article::Article;
use findbuch_corpus::{Problem, ReadError};
use findbuch_engine::{Adder, EngineError, FileState, KnownProblem, Record};
use findbuch_files::decode_path;
use findbuch_names::Collector;
use std::cell::LazyCell;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Most problems that are kept with the index; further files are read again at every update.
const MAX_KNOWN_PROBLEMS: usize = 1000;
/// The same for files that are no articles by their kind.
const MAX_KNOWN_SKIPPED: usize = 10_000;

/// An article that one thread has read and another gives to the writer.
struct Handed<'a> {
    file: Arc<FileState>,
    job: &'a Job,
    article: Article,
    content: u64,
}

/// How a thread gives articles to the writer.
struct Adding<'a> {
    adder: Box<dyn Adder + 'a>,
    /// Recognises their names, if that is wanted.
    names: Option<Collector>,
}

impl<'a> Adding<'a> {
    fn of(task: &Task<'a>) -> Adding<'a> {
        Adding { adder: task.writer.adder(), names: task.names.then(Collector::default) }
    }

    fn add(&mut self, handed: Handed<'_>) -> Result<(), EngineError> {
        let Handed { file, job, mut article, content } = handed;
        if let Some(names) = &mut self.names {
            article.names = names.of(&article);
        }
        self.adder.add(&Record { file: &file, folders: &job.folders, article: &article, content })
    }
}

/// Reads the jobs on all cores and hands the articles to the writer. A thread without a job of its own takes over articles of the others.
pub fn read_all(jobs: &[Job], task: &Task<'_>, shared: Shared<'_>) -> Result<(), EngineError> {
    let shared = Mutex::new(shared);
    let threads = if jobs.is_empty() { 0 } else { cores() };
    let relay = Relay::new(threads);
    on_threads(threads, jobs, |jobs| {
        let reader = relay.reader();
        let mut adding = LazyCell::new(|| Adding::of(task));
        for job in jobs {
            if lock(&shared).failure.is_some() {
                break;
            }
            if task.request.stop.load(Ordering::Relaxed) {
                lock(&shared).summary.left += 1;
                continue;
            }
            if renames::add(job, task, &mut *adding.adder, &shared) {
                continue;
            }
            if let Err(error) = read_one(job, task, &reader, &mut adding, &shared) {
                lock(&shared).failure.get_or_insert(error);
            }
        }
        reader.help(|handed| {
            if lock(&shared).failure.is_none()
                && let Err(error) = adding.add(handed)
            {
                lock(&shared).failure.get_or_insert(error);
            }
        });
    });
    match shared.into_inner().unwrap_or_else(PoisonError::into_inner).failure {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

/// Reads one file. Its articles replace those that the index has of it; unchanged ones stay. If the file has no article, all stay; if
/// it breaks off, those stay that were not read again.
fn read_one<'a>(
    job: &'a Job,
    task: &Task<'_>,
    reader: &Reader<'_, Handed<'a>>,
    adding: &mut Adding<'_>,
    shared: &Mutex<Shared<'_>>,
) -> Result<(), EngineError> {
    let fail = |error: std::io::Error| Problem { path: job.file.display(), line: None, reason: error.into() };
    let hash = match findbuch_corpus::hash(&job.file.path) {
        Ok(hash) => hash,
        Err(error) => {
            note_problem(job, &fail(error), &mut lock(shared));
            return Ok(());
        }
    };
    let file = Arc::new(job.state(hash));
    let mut records = Records::of(job, task.index)?;
    let mut reported = 0;
    let read = AtomicU64::new(0);
    let mut failure = None;
    let mut report = |shared: &mut Shared<'_>, bytes: u64| {
        (shared.progress)(Progress::Read { bytes: bytes - reported });
        reported = bytes;
    };
    let limits = task.request.limits;
    let result = task.ahead.read(job, hash, limits, &read, &mut |article| match article {
        Ok(mut article) => {
            task.boilerplate.mark(&mut article);
            let outcome = records.take(&article).and_then(|taken| match taken {
                Taken::New(content) => {
                    task.versions.note(&article, content, job, true, task.index)?;
                    let kept = reader.hand(Handed { file: Arc::clone(&file), job, article, content });
                    kept.map_or(Ok(()), |kept| adding.add(kept))
                }
                Taken::Unchanged(content) => task.versions.note(&article, content, job, false, task.index),
            });
            let shared = &mut lock(shared);
            (shared.progress)(Progress::Indexed);
            report(shared, read.load(Ordering::Relaxed));
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
        adding.add(Handed { file: Arc::clone(&file), job, article: article.clone(), content })
    })?;
    let shared = &mut lock(shared);
    if let Err(problem) = result {
        let none = counts.new + counts.changed + counts.unchanged == 0;
        if none && job.known && matches!(problem.reason, ReadError::Skipped(_)) {
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
    report(shared, job.file.size.max(read.load(Ordering::Relaxed)));
    Ok(())
}

fn note_problem(job: &Job, problem: &Problem, shared: &mut Shared<'_>) {
    let file = &job.file;
    let (message, most) = match problem.reason {
        ReadError::Skipped(why) => (why.to_string(), MAX_KNOWN_SKIPPED),
        _ => (problem.to_string(), MAX_KNOWN_PROBLEMS),
    };
    // what the system or a limit refused may succeed the next time, without a change of the file
    let lasting = !matches!(problem.reason, ReadError::Io(_) | ReadError::TooLarge { .. });
    if lasting && shared.state.problems.len() < most {
        let (path, size, mtime) = (file.display(), file.size, file.mtime);
        let settings = settings_of(file);
        let message = message.clone();
        shared.state.problems.push(KnownProblem { path, size, mtime, settings, message, ..KnownProblem::default() });
    }
    shared.summary.note(&decode_path(&problem.path), message);
}
