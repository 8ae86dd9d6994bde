//! What is new, changed or gone: the walk compared with what the index knows.

use super::{Summary, UpdateRequest};
use findbuch_corpus::{self, FileRef, Format, Found, Ignored};
use findbuch_engine::{FileState, KnownProblem, State};
use findbuch_files::{decode_path, encode_path};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The indexed folders with `paths` among them; a path below another is not listed.
pub fn folders(before: &[PathBuf], paths: &[PathBuf]) -> Vec<PathBuf> {
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
pub struct Job {
    pub file: FileRef,
    pub format: Format,
    /// Every folder from the indexed one to the file's, as text.
    pub folders: Vec<String>,
    /// Whether the index has articles of it.
    pub known: bool,
    /// The vanished file that this is under another name.
    pub renamed: Option<FileState>,
}

impl Job {
    /// The file as it is now, with the hash of its bytes.
    pub fn state(&self, hash: u64) -> FileState {
        let (path, size, mtime) = (self.file.display(), self.file.size, self.file.mtime);
        FileState { path, size, mtime, hash, settings: settings_of(&self.file), articles: 0 }
    }
}

/// What an update has to do.
pub struct Plan {
    pub jobs: Vec<Job>,
    pub vanished: Vec<FileState>,
    pub kept_problems: Vec<KnownProblem>,
    pub summary: Summary,
}

/// Walks and compares with what the index knows.
pub fn plan(
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
        if scope.iter().any(|path| decode_path(&problem.path).starts_with(path)) {
            old_problems.entry(&problem.path).or_default().push(problem);
        } else {
            kept_problems.push(problem.clone());
        }
    }
    for root in scope {
        let anchor = folders.iter().find(|folder| root.starts_with(folder)).unwrap_or(root);
        for found in findbuch_corpus::walk(root, anchor, &exclude) {
            match found {
                Found::Ignored(path, why) => {
                    if why == Ignored::WithoutHtml {
                        // another build may have read it: its articles stay
                        unreachable.push(encode_path(&path));
                    }
                    summary.ignored.entry(why).or_insert((0, path)).0 += 1;
                }
                Found::Problem(problem) => {
                    summary.problems.push(problem.to_string());
                    // faulty settings close the whole folder
                    let closed = Path::new(&problem.path).parent().filter(|_| problem.is_of_settings());
                    unreachable.push(closed.map_or(problem.path.clone(), encode_path));
                }
                Found::File(file, format) => {
                    let path = file.display();
                    if !seen.insert(path.clone()) {
                        continue;
                    }
                    let state = known.remove(&path);
                    let problems = old_problems.remove(path.as_str()).unwrap_or_default();
                    let now = (file.size, file.mtime, settings_of(&file));
                    let same_problems = problems.iter().all(|p| (p.size, p.mtime, p.settings) == now);
                    let unchanged = match &state {
                        Some(state) => is_unchanged(state, &file),
                        None => !problems.is_empty(),
                    };
                    if !request.rebuild && unchanged && same_problems {
                        summary.unchanged_files += u64::from(state.is_some());
                        summary.unchanged += state.map_or(0, |state| state.articles);
                        for problem in &problems {
                            summary.note(&file.path, problem.message.clone());
                        }
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

/// Size and settings agree, and the time or else the bytes do.
fn is_unchanged(state: &FileState, file: &FileRef) -> bool {
    state.size == file.size
        && state.settings == settings_of(file)
        && (state.mtime == file.mtime || findbuch_corpus::hash(&file.path).is_ok_and(|hash| hash == state.hash))
}

/// What tells the settings under which a file is read from others; 0 where there are none.
pub fn settings_of(file: &FileRef) -> u64 {
    file.settings.as_ref().map_or(0, |settings| settings.fingerprint())
}

/// The folders from `anchor` down to the one that holds `path`.
fn ancestors(path: &Path, anchor: &Path) -> Vec<String> {
    path.ancestors().skip(1).take_while(|folder| folder.starts_with(anchor)).map(encode_path).collect()
}
