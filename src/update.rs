//! Brings an index in step with folders: finds what is new, changed or gone, reads it on all cores, and commits once.

mod renames;

use crate::corpus::{self, FileRef, Format, Found, Ignored, Limits, Problem, ReadError};
use crate::engine::tantivy::{TantivyEngine, TantivyWriter, WriteLock, peek_state};
use crate::engine::{Adder, Engine, EngineError, FileState, KnownProblem, State, Writer};
use crate::german::{Learner, Vocabulary};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most problems that are kept with the index; files beyond are read again at every update.
const MAX_KNOWN_PROBLEMS: usize = 1000;

/// Articles that are read for what they teach about compounds before an index is made.
const MAX_SAMPLE: usize = 4000;

/// What an update is to do.
#[derive(Debug, Clone)]
pub struct UpdateRequest<'a> {
    /// The index's folder, absolute.
    pub index: &'a Path,
    /// Folders and files, absolute and without links; empty for all that the index knows.
    pub paths: &'a [PathBuf],
    /// Make the whole index anew, beside the old one.
    pub rebuild: bool,
    /// Bounds on reading.
    pub limits: &'a Limits,
    /// Set when no further file is to be begun; what is read by then is committed.
    pub stop: &'a AtomicBool,
    /// When the update is made, RFC 3339.
    pub now: String,
}

/// What an update did.
#[derive(Debug, Default)]
pub struct Summary {
    /// Articles of files that the index did not have.
    pub new: u64,
    /// Articles of files that have changed.
    pub changed: u64,
    /// Articles of files that are as they were.
    pub unchanged: u64,
    /// Articles of files that have another name.
    pub renamed: u64,
    /// Articles of files that are gone.
    pub removed: u64,
    /// Files that are as they were.
    pub unchanged_files: u64,
    /// Files of which articles were read.
    pub read_files: u64,
    /// Files that are gone, with their articles.
    pub removed_files: u64,
    /// Files that were to be read and were not, because the update was stopped.
    pub left: u64,
    /// Bytes read.
    pub bytes: u64,
    /// What could not be read, each with its path.
    pub problems: Vec<String>,
    /// Files left alone by their kind, with examples.
    pub ignored: BTreeMap<Ignored, (u64, PathBuf)>,
}

impl Summary {
    /// Whether the index was changed.
    #[must_use]
    pub fn changed_anything(&self) -> bool {
        self.read_files + self.removed_files + self.renamed > 0
    }
}

/// Steps of an update, for whoever shows its progress.
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
    /// All is read; the commit goes on.
    Committing,
}

/// Updates an index.
///
/// # Errors
/// When the index cannot be used or written; files that cannot be read are in the summary instead.
pub fn update(
    request: &UpdateRequest<'_>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, EngineError> {
    let lock = WriteLock::take(request.index)?;
    let before = match peek_state(request.index) {
        Err(_) if request.rebuild && !request.paths.is_empty() => State::default(),
        before => before?.unwrap_or_default(),
    };
    let index = if request.rebuild { None } else { current_index(request)? };
    let known = match &index {
        Some(index) => index.files(if request.paths.is_empty() { &before.folders } else { request.paths })?,
        None => HashMap::new(),
    };
    let folders = folders(&before.folders, request.paths);
    let scope = if request.paths.is_empty() || request.rebuild { &folders } else { request.paths };
    let mut plan = plan(request, scope, &folders, known, &before);
    renames::follow(&mut plan);
    progress(Progress::Planned {
        files: plan.jobs.len() as u64,
        bytes: plan.jobs.iter().map(|job| job.file.size).sum(),
    });
    let Plan { jobs, vanished, kept_problems, mut summary } = plan;
    let vanished: Vec<String> = vanished.into_iter().map(|file| file.path).collect();
    let vocabulary = before.vocabulary.clone();
    let mut state = State { folders, updated: request.now.clone(), problems: kept_problems, vocabulary };
    let idle = jobs.is_empty() && vanished.is_empty() && !request.rebuild;
    if idle && state.folders == before.folders && state.problems == before.problems {
        return Ok(summary);
    }
    if request.rebuild || before.updated.is_empty() {
        state.vocabulary = Arc::new(learn(&jobs, request));
    }
    let writer = TantivyWriter::open(lock, request.rebuild, &state.vocabulary)?;
    let shared = Shared { summary: &mut summary, state: &mut state, progress, failure: None };
    read_all(&jobs, request, index.as_ref(), &writer, shared)?;
    summary.problems.sort();
    state.problems.sort_by(|a, b| a.message.cmp(&b.message));
    for path in &vanished {
        writer.remove(path);
    }
    progress(Progress::Committing);
    Box::new(writer).commit(&state)?;
    Ok(summary)
}

/// The index as it is, if there is one.
fn current_index(request: &UpdateRequest<'_>) -> Result<Option<TantivyEngine>, EngineError> {
    match TantivyEngine::open(request.index) {
        Ok(engine) => Ok(Some(engine)),
        Err(EngineError::NoIndex(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The indexed folders with `paths` among them; a path below another is not listed.
fn folders(before: &[PathBuf], paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = before.to_vec();
    for path in paths {
        if !folders.iter().any(|folder| path.starts_with(folder)) {
            folders.retain(|folder| !folder.starts_with(path));
            folders.push(path.clone());
        }
    }
    folders
}

/// A file to read.
struct Job {
    file: FileRef,
    format: Format,
    /// Every folder from the indexed one to the file's.
    folders: Vec<String>,
    known: bool,
    /// The vanished file that this is under another name.
    renamed: Option<FileState>,
}

struct Plan {
    jobs: Vec<Job>,
    vanished: Vec<FileState>,
    kept_problems: Vec<KnownProblem>,
    summary: Summary,
}

/// Walks and compares with what the index knows.
fn plan(
    request: &UpdateRequest<'_>,
    scope: &[PathBuf],
    folders: &[PathBuf],
    mut known: HashMap<String, FileState>,
    before: &State,
) -> Plan {
    let mut summary = Summary::default();
    let (mut jobs, mut kept_problems, mut unreachable) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let exclude = [request.index.to_path_buf()];
    let mut old_problems: HashMap<&str, Vec<&KnownProblem>> = HashMap::new();
    for problem in &before.problems {
        if scope.iter().any(|path| Path::new(&problem.path).starts_with(path)) {
            old_problems.entry(&problem.path).or_default().push(problem);
        } else {
            kept_problems.push(problem.clone());
        }
    }
    for root in scope {
        let anchor = folders.iter().find(|folder| root.starts_with(folder)).unwrap_or(root);
        for found in corpus::walk(root, anchor, &exclude) {
            match found {
                Found::Ignored(path, why) => summary.ignored.entry(why).or_insert((0, path)).0 += 1,
                Found::Problem(problem) => {
                    summary.problems.push(problem.to_string());
                    unreachable.push(problem.path);
                }
                Found::File(file, format) => {
                    let path = file.display();
                    if !seen.insert(path.clone()) {
                        continue;
                    }
                    let state = known.remove(&path);
                    let problems = old_problems.remove(path.as_str()).unwrap_or_default();
                    let same_problems = problems.iter().all(|p| (p.size, p.mtime) == (file.size, file.mtime));
                    let unchanged = match &state {
                        Some(state) => is_unchanged(state, &file),
                        None => !problems.is_empty(),
                    };
                    if !request.rebuild && unchanged && same_problems {
                        summary.unchanged_files += u64::from(state.is_some());
                        summary.unchanged += state.map_or(0, |state| state.articles);
                        summary.problems.extend(problems.iter().map(|p| p.message.clone()));
                        kept_problems.extend(problems.into_iter().cloned());
                    } else {
                        jobs.push(Job {
                            folders: ancestors(&file.path, anchor),
                            file,
                            format,
                            known: state.is_some(),
                            renamed: None,
                        });
                    }
                }
            }
        }
    }
    known.retain(|path, _| !unreachable.iter().any(|p| Path::new(path).starts_with(p)));
    summary.removed = known.values().map(|file| file.articles).sum();
    let vanished: Vec<FileState> = known.into_values().collect();
    summary.removed_files = vanished.len() as u64;
    Plan { jobs, vanished, kept_problems, summary }
}

/// Size and time agree, or else the bytes do.
fn is_unchanged(state: &FileState, file: &FileRef) -> bool {
    state.size == file.size
        && (state.mtime == file.mtime || corpus::hash(&file.path).is_ok_and(|hash| hash == state.hash))
}

/// The folders from `anchor` down to the one that holds `path`.
fn ancestors(path: &Path, anchor: &Path) -> Vec<String> {
    path.ancestors()
        .skip(1)
        .take_while(|folder| folder.starts_with(anchor))
        .map(|folder| folder.to_string_lossy().into_owned())
        .collect()
}

/// What the reading threads fill together.
struct Shared<'a> {
    summary: &'a mut Summary,
    state: &'a mut State,
    progress: &'a mut (dyn FnMut(Progress) + Send),
    failure: Option<EngineError>,
}

/// What a sample of the articles, evenly spread over the files, teaches about compounds.
fn learn(jobs: &[Job], request: &UpdateRequest<'_>) -> Vocabulary {
    let stride = jobs.len().div_ceil(MAX_SAMPLE).max(1);
    let each = MAX_SAMPLE.div_ceil(jobs.len().max(1));
    let sample: Vec<&Job> = jobs.iter().step_by(stride).collect();
    let learner = Mutex::new(Learner::default());
    on_all_cores(&sample, |jobs| {
        let mut own = Learner::default();
        for job in jobs.take_while(|_| !request.stop.load(Ordering::Relaxed)) {
            let mut articles = 0;
            // what cannot be read is told when it is read for the index
            let _ = corpus::read(&job.file, job.format, request.limits, &AtomicU64::new(0), &mut |article| {
                let parts = article.iter().flat_map(|article| &article.parts);
                parts.filter(|part| part.is_searched()).for_each(|part| own.read(&part.text));
                articles += 1;
                if articles < each { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        }
        learner.lock().unwrap_or_else(PoisonError::into_inner).join(own);
    });
    learner.into_inner().unwrap_or_else(PoisonError::into_inner).learn()
}

/// Runs `work` on all cores; its instances take the jobs from one iterator.
fn on_all_cores<T: Sync>(jobs: &[T], work: impl Fn(&mut dyn Iterator<Item = &T>) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(jobs.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| work(&mut std::iter::from_fn(|| jobs.get(next.fetch_add(1, Ordering::Relaxed)))));
        }
    });
}

/// Reads the jobs on all cores and hands the articles to the writer.
fn read_all(
    jobs: &[Job],
    request: &UpdateRequest<'_>,
    index: Option<&TantivyEngine>,
    writer: &dyn Writer,
    shared: Shared<'_>,
) -> Result<(), EngineError> {
    let shared = Mutex::new(shared);
    on_all_cores(jobs, |jobs| {
        let mut adder = writer.adder();
        for job in jobs {
            if lock(&shared).failure.is_some() {
                break;
            }
            if request.stop.load(Ordering::Relaxed) {
                lock(&shared).summary.left += 1;
                continue;
            }
            if renames::add(job, index, &mut *adder, &shared) {
                continue;
            }
            read_one(job, request.limits, writer, &mut *adder, &shared);
        }
    });
    match shared.into_inner().unwrap_or_else(PoisonError::into_inner).failure {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

fn lock<'a, 'b>(shared: &'a Mutex<Shared<'b>>) -> MutexGuard<'a, Shared<'b>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads one file. Its articles take the place of those it had; if it brings none, those stay.
fn read_one(job: &Job, limits: &Limits, writer: &dyn Writer, adder: &mut dyn Adder, shared: &Mutex<Shared<'_>>) {
    let fail = |error: std::io::Error| Problem { path: job.file.display(), line: None, reason: error.into() };
    let hash = match corpus::hash(&job.file.path) {
        Ok(hash) => hash,
        Err(error) => return note_problem(job, &fail(error), &mut lock(shared)),
    };
    let file = FileState { path: job.file.display(), size: job.file.size, mtime: job.file.mtime, hash, articles: 0 };
    let (mut articles, mut told) = (0, 0);
    let read = AtomicU64::new(0);
    let mut tell = |shared: &mut Shared<'_>, bytes: u64| {
        (shared.progress)(Progress::Read { bytes: bytes - told });
        told = bytes;
    };
    let result = corpus::read(&job.file, job.format, limits, &read, &mut |article| match article {
        Ok(article) => {
            if articles == 0 && job.known {
                writer.remove(&file.path);
            }
            articles += 1;
            let outcome = adder.add(&file, &job.folders, &article);
            let shared = &mut lock(shared);
            (shared.progress)(Progress::Indexed);
            tell(shared, read.load(Ordering::Relaxed));
            shared.failure = outcome.err().or(shared.failure.take());
            if shared.failure.is_none() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        }
        Err(problem) => {
            note_problem(job, &problem, &mut lock(shared));
            ControlFlow::Continue(())
        }
    });
    let shared = &mut lock(shared);
    if let Err(problem) = result {
        note_problem(job, &problem, shared);
    }
    shared.summary.read_files += u64::from(articles > 0);
    shared.summary.bytes += job.file.size;
    *if job.known { &mut shared.summary.changed } else { &mut shared.summary.new } += articles;
    tell(shared, job.file.size.max(read.load(Ordering::Relaxed)));
}

fn note_problem(job: &Job, problem: &Problem, shared: &mut Shared<'_>) {
    let message = problem.to_string();
    let file = &job.file;
    // what the system or a limit refused once may be granted the next time, without a change of the file
    let lasting = !matches!(problem.reason, ReadError::Io(_) | ReadError::TooLarge { .. });
    if lasting && shared.state.problems.len() < MAX_KNOWN_PROBLEMS {
        let (path, size, mtime) = (file.display(), file.size, file.mtime);
        shared.state.problems.push(KnownProblem { path, size, mtime, message: message.clone() });
    }
    shared.summary.problems.push(message);
}
