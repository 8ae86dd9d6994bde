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
    /// The file that vanished, if this is the same under another name.
    pub renamed: Option<Renamed>,
}

/// A file that vanished.
#[derive(Debug, Clone)]
pub struct Renamed {
    pub file: FileState,
    /// What its path has before the ids of its articles: the folder of the indexed one, as text.
    pub above: String,
}

impl Job {
    /// A file below `anchor`, that the index knows or not.
    fn of(file: FileRef, format: Format, anchor: &Path, known: bool) -> Job {
        Job { folders: ancestors(&file.path, anchor), file, format, known, renamed: None }
    }

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
    /// Files that seemed unchanged and whose bytes had to be compared.
    pub compared: u64,
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
    let (since, mut compared) = (nanoseconds(&before.walked), 0);
    let (mut jobs, mut kept_problems, mut unreachable) = (Vec::new(), Vec::new(), Vec::new());
    let (mut seen, mut held) = (HashSet::new(), Vec::new());
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
                        // another build may have read it, so its articles stay
                        unreachable.push(encode_path(&path));
                    }
                    summary.ignore(&path, why);
                }
                Found::Problem(problem) => {
                    summary.problems.push(problem.to_string());
                    // without its settings the whole folder cannot be read
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
                        Some(state) => is_unchanged(state, &file, since, &mut compared),
                        None => !problems.is_empty(),
                    };
                    let replaced = problems.iter().any(|problem| !problem.replaced_by.is_empty());
                    if !request.rebuild && unchanged && same_problems && replaced {
                        held.push(Held { file, format, anchor, state, problems });
                    } else if !request.rebuild && unchanged && same_problems {
                        keep(&file, state, problems, &mut summary, &mut kept_problems);
                    } else {
                        jobs.push(Job::of(file, format, anchor, state.is_some()));
                    }
                }
            }
        }
    }
    // what a later version has replaced comes back where that is read anew or gone
    let changed: HashSet<String> = jobs.iter().map(|job| job.file.display()).collect();
    let is_there = |by: &str| match decode_path(by) {
        path if scope.iter().any(|scope| path.starts_with(scope)) => seen.contains(by) && !changed.contains(by),
        path => folders.iter().any(|folder| path.starts_with(folder)),
    };
    for Held { file, format, anchor, state, problems } in held {
        if problems.iter().all(|problem| problem.replaced_by.is_empty() || is_there(&problem.replaced_by)) {
            keep(&file, state, problems, &mut summary, &mut kept_problems);
        } else {
            jobs.push(Job::of(file, format, anchor, state.is_some()));
        }
    }
    known.retain(|path, _| !unreachable.iter().any(|p| Path::new(path).starts_with(p)));
    summary.removed = known.values().map(|file| file.articles).sum();
    let vanished: Vec<FileState> = known.into_values().collect();
    summary.removed_files = vanished.len() as u64;
    Plan { jobs, vanished, kept_problems, summary, compared }
}

/// An unchanged file with an article that a later version in another file has replaced.
struct Held<'a> {
    file: FileRef,
    format: Format,
    anchor: &'a Path,
    state: Option<FileState>,
    problems: Vec<&'a KnownProblem>,
}

/// Leaves a file as the index has it.
fn keep(
    file: &FileRef,
    state: Option<FileState>,
    problems: Vec<&KnownProblem>,
    summary: &mut Summary,
    kept: &mut Vec<KnownProblem>,
) {
    summary.unchanged_files += u64::from(state.is_some());
    summary.unchanged += state.map_or(0, |state| state.articles);
    for problem in &problems {
        summary.note(&file.path, problem.message.clone());
    }
    kept.extend(problems.into_iter().cloned());
}

/// Whether size and settings agree, and the modification time or else the bytes. Programs may set the time of a file that they
/// change to what it was: where the file system has changed it `since` the last update, the bytes are compared all the same.
fn is_unchanged(state: &FileState, file: &FileRef, since: i64, compared: &mut u64) -> bool {
    if state.size != file.size || state.settings != settings_of(file) {
        return false;
    }
    if state.mtime == file.mtime && file.changed < since {
        return true;
    }
    *compared += 1;
    findbuch_corpus::hash(&file.path).is_ok_and(|hash| hash == state.hash)
}

/// A moment as nanoseconds since 1970; if it is none, one that no file is as young as.
fn nanoseconds(moment: &str) -> i64 {
    let moment = moment.parse::<jiff::Timestamp>().ok();
    moment.and_then(|moment| i64::try_from(moment.as_nanosecond()).ok()).unwrap_or(i64::MAX)
}

/// The fingerprint of the settings under which a file is read; 0 where there are none.
pub fn settings_of(file: &FileRef) -> u64 {
    file.settings.as_ref().map_or(0, |settings| settings.fingerprint())
}

/// The folders that hold `path`, from the indexed one down, as text.
pub fn folders_above(path: &Path, folders: &[PathBuf]) -> Vec<String> {
    folders.iter().find(|folder| path.starts_with(folder)).map_or_else(Vec::new, |anchor| ancestors(path, anchor))
}

/// The folders from `anchor` down to the one that holds `path`.
fn ancestors(path: &Path, anchor: &Path) -> Vec<String> {
    path.ancestors().skip(1).take_while(|folder| folder.starts_with(anchor)).map(encode_path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::update::UpdateRequest;
    use findbuch_corpus::Limits;
    use std::sync::atomic::AtomicBool;

    fn paths(names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn a_folder_below_another_is_not_listed() {
        for (before, paths_given, expected) in [
            (&[][..], &["/a", "/b"][..], &["/a", "/b"][..]),
            (&["/a"], &["/a/b", "/a"], &["/a"]),
            (&["/a/b", "/c", "/a/d"], &["/a"], &["/c", "/a"]),
            (&["/ab"], &["/a"], &["/ab", "/a"]),
        ] {
            assert_eq!(folders(&paths(before), &paths(paths_given)), paths(expected));
        }
    }

    #[test]
    fn folders_above_a_file_end_at_the_indexed_one() {
        assert_eq!(ancestors(Path::new("/x/a/b/c.txt"), Path::new("/x/a")), ["/x/a/b", "/x/a"]);
        assert_eq!(ancestors(Path::new("/x/a.txt"), Path::new("/x/a.txt")), Vec::<String>::new());
    }

    /// A folder with two files, and the plan of an update that knows `known` and these problems; names are those of files.
    fn planned(known: &[&str], problems: &[(&str, i64)], rebuild: bool) -> (Vec<String>, Vec<String>, Vec<String>) {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().canonicalize().expect("there").join("a");
        std::fs::create_dir(&root).expect("made");
        for name in ["eins.txt", "zwei.txt"] {
            std::fs::write(root.join(name), name).expect("written");
        }
        let path = |name: &str| encode_path(&root.join(name));
        let mtime = |name: &str| {
            let found = findbuch_corpus::walk(&root, &root, &[]).find_map(|found| match found {
                Found::File(file, _) if file.path == root.join(name) => Some(file.mtime),
                _ => None,
            });
            found.unwrap_or_default()
        };
        let state = |name: &&str| FileState {
            path: path(name),
            size: 8,
            mtime: mtime(name),
            articles: 2,
            ..FileState::default()
        };
        let known = known.iter().map(|name| (path(name), state(name))).collect();
        let problem = |(name, later): &(&str, i64)| KnownProblem {
            path: path(name),
            size: 8,
            mtime: mtime(name) + later,
            settings: 0,
            message: "is empty".into(),
            replaced_by: String::new(),
        };
        let before = State { problems: problems.iter().map(problem).collect(), ..State::default() };
        let (limits, stop) = (Limits::on(jiff::civil::date(2026, 1, 1)), AtomicBool::new(false));
        let folders = [root.clone()];
        let request = UpdateRequest {
            index: Path::new("/nowhere"),
            paths: &folders,
            moved: None,
            rebuild,
            names: None,
            limits: &limits,
            stop: &stop,
            now: String::new(),
            memory: None,
            part_bytes: crate::update::PART_BYTES,
        };
        let plan = plan(&request, &folders, &folders, known, &before);
        let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let jobs = plan.jobs.iter().map(|job| name(&job.file.display())).collect();
        let vanished = plan.vanished.iter().map(|file| name(&file.path)).collect();
        (jobs, vanished, plan.kept_problems.iter().map(|problem| name(&problem.path)).collect())
    }

    #[test]
    fn only_what_differs_is_read() {
        let all = (vec!["eins.txt".to_owned(), "zwei.txt".to_owned()], vec![], vec![]);
        assert_eq!(planned(&[], &[], false), all);
        assert_eq!(planned(&["eins.txt", "zwei.txt"], &[], false), (vec![], vec![], vec![]));
        assert_eq!(planned(&["eins.txt", "zwei.txt"], &[], true), all);
        let (jobs, vanished, _) = planned(&["eins.txt", "drei.txt"], &[], false);
        assert_eq!((jobs, vanished), (vec!["zwei.txt".to_owned()], vec!["drei.txt".to_owned()]));
    }

    #[test]
    fn a_file_that_could_not_be_read_is_tried_again_when_it_changes() {
        let same = planned(&["eins.txt"], &[("zwei.txt", 0)], false);
        assert_eq!(same, (vec![], vec![], vec!["zwei.txt".to_owned()]));
        let changed = planned(&["eins.txt"], &[("zwei.txt", 1)], false);
        assert_eq!(changed, (vec!["zwei.txt".to_owned()], vec![], vec![]));
    }
}
