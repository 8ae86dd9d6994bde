//! `findbuch watch`

use super::index::stopped;
use super::paths::canonical;
use super::{Outcome, clock, worker};
use crate::update::{PART_BYTES, Summary, UpdateRequest, update};
use findbuch_engine::IndexDir;
use findbuch_files::encode_path;
use findbuch_files::system::{Identity, identity};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Arguments of `watch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch watch articles              an article saved there is found within two seconds
  findbuch watch --poll /mnt/archive   for network drives, which report no changes

Searching goes on meanwhile, in other programs too. Ctrl-C ends the watch after the update at hand.")]
pub struct Args {
    /// Folders; none: all that the index holds already
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Look for changes every so often instead of waiting for the system to report them
    #[arg(long)]
    poll: bool,
    /// Seconds between looks, with --poll or where the system reports no changes
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: u64,
}

/// How long it must be quiet before an update, and how long a burst may put it off.
const QUIET: Duration = Duration::from_millis(300);
const LONGEST_BURST: Duration = Duration::from_millis(1200);
/// How often folders are looked at that may have been deleted and made again.
const LOOK: Duration = Duration::from_millis(500);
/// Changed paths beyond which the whole folders are compared.
const MANY: usize = 1000;

/// Runs `watch`.
pub fn run(args: &Args, index: &IndexDir) -> anyhow::Result<Outcome> {
    let mut folders = args.paths.iter().map(|path| canonical(path)).collect::<Result<Vec<_>, _>>()?;
    if folders.is_empty() {
        folders = index.store().state()?.map(|state| state.folders).unwrap_or_default();
    }
    anyhow::ensure!(!folders.is_empty(), "name a folder to watch: findbuch watch FOLDER");
    let look = Look { poll: args.poll, every: Duration::from_secs(args.every) };
    follow(index, &folders, look, stopped())?;
    Ok(Outcome::Done)
}

/// Time between looks where the system reports no changes.
#[cfg(feature = "serve")]
const EVERY: Duration = Duration::from_secs(2);

/// How changes are noticed.
#[derive(Debug, Clone, Copy)]
struct Look {
    /// By looking, even where the system reports changes.
    poll: bool,
    /// Time between looks.
    every: Duration,
}

/// An update before the watch, so that there is an index; it ends with an error where there can be none.
#[cfg(feature = "serve")]
pub fn first(index: &IndexDir, folders: &[PathBuf], stop: &AtomicBool) -> anyhow::Result<()> {
    bring_up_to_date(index, folders, stop)
}

/// Keeps the index in step with folders until `stop` is set; where it cannot be, that is said once and tried again.
#[cfg(feature = "serve")]
pub fn keep(index: &IndexDir, folders: &[PathBuf], stop: &AtomicBool) {
    let mut told = String::new();
    while let Err(error) = follow(index, folders, Look { poll: false, every: EVERY }, stop) {
        let why = format!("{error:#}");
        if why != told {
            note(&why);
            told = why;
        }
        let until = Instant::now() + EVERY;
        while Instant::now() < until {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            std::thread::sleep(LOOK);
        }
    }
}

fn follow(index: &IndexDir, folders: &[PathBuf], look: Look, stop: &AtomicBool) -> anyhow::Result<()> {
    let mut watch = Watch::start(folders.to_vec(), look)?;
    bring_up_to_date(index, folders, stop)?;
    note(&format!("watching {}; Ctrl-C ends it", list(folders)));
    while !stop.load(Ordering::Relaxed) {
        let changed = watch.changes(stop, index)?;
        if !changed.is_empty() {
            bring_up_to_date(index, &changed, stop)?;
        }
    }
    Ok(())
}

/// The watched folders and what reports their changes.
struct Watch {
    folders: Vec<PathBuf>,
    /// By which a folder made anew is known.
    identities: Vec<Option<Identity>>,
    watcher: Box<dyn Watcher>,
    events: Receiver<notify::Result<notify::Event>>,
}

impl Watch {
    fn start(folders: Vec<PathBuf>, look: Look) -> anyhow::Result<Watch> {
        let identities = folders.iter().map(|folder| identity(folder)).collect();
        let Look { poll, every } = look;
        if !poll {
            let (sender, events) = channel();
            let watcher = RecommendedWatcher::new(sender, Config::default().with_follow_symlinks(false)).and_then(
                |mut watcher| {
                    folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::Recursive))?;
                    Ok(watcher)
                },
            );
            match watcher {
                Ok(watcher) => return Ok(Watch { folders, identities, watcher: Box::new(watcher), events }),
                Err(error) => {
                    note(&format!(
                        "the system does not report changes ({error}); looking every {} s instead",
                        every.as_secs()
                    ));
                }
            }
        }
        let (sender, events) = channel();
        let mut watcher =
            PollWatcher::new(sender, Config::default().with_poll_interval(every).with_follow_symlinks(false))?;
        for folder in &folders {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(Watch { folders, identities, watcher: Box::new(watcher), events })
    }

    /// Waits for a change, and until it is quiet again. Empty when nothing has changed for a while.
    fn changes(&mut self, stop: &AtomicBool, index: &IndexDir) -> anyhow::Result<Vec<PathBuf>> {
        let mut changed = BTreeSet::new();
        let mut first: Option<Instant> = None;
        loop {
            let wait = if first.is_some() { QUIET } else { LOOK };
            match self.events.recv_timeout(wait) {
                Ok(Ok(event)) if !matches!(event.kind, EventKind::Access(_)) => {
                    changed.extend(event.paths.into_iter().filter(|path| !path.starts_with(index.path())));
                    if event.attrs.flag() == Some(notify::event::Flag::Rescan) {
                        changed.extend(self.folders.iter().cloned());
                    }
                    if !changed.is_empty() {
                        first.get_or_insert_with(Instant::now);
                    }
                }
                Ok(Ok(_)) => {}
                Ok(Err(error)) => note(&error.to_string()),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => anyhow::bail!("the watch has ended; start it again"),
            }
            if first.is_some_and(|first| first.elapsed() > LONGEST_BURST) || stop.load(Ordering::Relaxed) {
                break;
            }
        }
        changed.extend(self.renewed());
        Ok(if changed.len() > MANY { self.folders.clone() } else { existing(&self.folders, changed) })
    }

    /// Folders that were deleted and made again since; they are watched anew.
    fn renewed(&mut self) -> Vec<PathBuf> {
        let mut renewed = Vec::new();
        for (folder, known) in self.folders.iter().zip(&mut self.identities) {
            let now = identity(folder);
            if now == *known {
                continue;
            }
            *known = now;
            if now.is_none() {
                note(&format!("{} is gone; its articles are kept until it is back", folder.display()));
                continue;
            }
            // the old watch went with the old folder
            let _ = self.watcher.unwatch(folder);
            match self.watcher.watch(folder, RecursiveMode::Recursive) {
                Ok(()) => renewed.push(folder.clone()),
                Err(error) => {
                    note(&format!("{}: {error}", folder.display()));
                    *known = None;
                }
            }
        }
        renewed
    }
}

/// The paths to compare: for one that is gone the folder it was in, for one below another only that.
fn existing(folders: &[PathBuf], changed: BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let there = |path: PathBuf| {
        let folder = folders.iter().find(|folder| path.starts_with(folder))?;
        path.ancestors().take_while(|path| path.starts_with(folder)).find(|path| path.exists()).map(Path::to_path_buf)
    };
    let mut existing: Vec<PathBuf> = Vec::new();
    for path in changed.into_iter().filter_map(there).collect::<BTreeSet<_>>() {
        if !existing.iter().any(|outer| path.starts_with(outer)) {
            existing.push(path);
        }
    }
    existing
}

fn list(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| encode_path(folder)).collect::<Vec<_>>().join(", ")
}

/// Updates the index; a failure is reported, and the watch goes on.
fn bring_up_to_date(index: &IndexDir, paths: &[PathBuf], stop: &AtomicBool) -> anyhow::Result<()> {
    let (today, now) = (clock::today(), clock::timestamp());
    let limits = worker::limits(today)?;
    let started = Instant::now();
    let store = index.store();
    let request = UpdateRequest {
        index: index.path(),
        paths,
        moved: None,
        rebuild: false,
        names: None,
        limits: &limits,
        stop,
        now,
        memory: None,
        part_bytes: PART_BYTES,
    };
    match update(&*store, &request, &mut |_| {}) {
        Ok(summary) => report(&summary, started.elapsed()),
        Err(error) if store.state()?.is_some() => note(&error.to_string()),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn report(summary: &Summary, took: Duration) {
    for problem in &summary.problems {
        note(problem);
    }
    if summary.changed_anything() {
        let Summary { new, changed, removed, .. } = summary;
        note(&format!("{new} new, {changed} changed, {removed} removed in {:.1} s", took.as_secs_f64()));
    }
}

/// A line to standard error, with the time.
pub fn note(text: &str) {
    let time = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).strftime("%H:%M:%S");
    // nobody reads it where standard error is closed
    let _ = writeln!(std::io::stderr(), "{time} findbuch: {}", findbuch_render::printable(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_compared_by_the_folder_it_was_in() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().canonicalize().expect("there");
        std::fs::create_dir_all(root.join("a/b")).expect("made");
        for name in ["a/1.txt", "a/b/2.txt"] {
            std::fs::write(root.join(name), name).expect("written");
        }
        let check = |changed: &[&str], expected: &[&str]| {
            let paths = |names: &[&str]| names.iter().map(|name| root.join(name)).collect::<Vec<_>>();
            let found = existing(&[root.join("a")], paths(changed).into_iter().collect());
            assert_eq!(found, paths(expected), "{changed:?}");
        };
        check(&["a/1.txt", "a/b/2.txt"], &["a/1.txt", "a/b/2.txt"]);
        check(&["a/b", "a/b/2.txt"], &["a/b"]);
        check(&["a/c/3.txt"], &["a"]);
        check(&["a/b/3.txt", "a/b/2.txt"], &["a/b"]);
        check(&["x.txt"], &[]);
    }
}
