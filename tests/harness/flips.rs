//! Flipped bits and truncated files, all over the index: every command ends as it should, damage is found, and no merge after it
//! passes it on.

use crate::place::{Numbers, Place};
use crate::{Effort, Outcome, each};
use std::path::{Path, PathBuf};

const COMMANDS: [&[&str]; 10] = [
    &["search", "Deich"],
    &["search", "De*h ODER Siel~1"],
    &["search", "\"am Siel\" ODER Deich NEAR/3 Nacht", "--facets"],
    &["search", "NOT Watt", "--timeline"],
    &["search", "Deich", "--sort", "newest", "--group"],
    &["show", "a/3.txt"],
    &["similar", "a/3.txt"],
    &["suggest", "dei"],
    &["stats"],
    &["trend", "Deich"],
];

/// Damages of one index.
const TURNS: usize = 10;

/// What came of the damages of an index.
#[derive(Default)]
struct Came {
    seen: usize,
    unseen: usize,
    failures: Vec<String>,
}

pub fn run(effort: Effort) -> Outcome {
    let wanted = effort.of(2000, 40);
    let came = each(wanted / TURNS, |number| damage(&mut Numbers(9 + number as u64)));
    let seen: usize = came.iter().map(|came| came.seen).sum();
    let unseen: usize = came.iter().map(|came| came.unseen).sum();
    let failures = came.into_iter().flat_map(|came| came.failures).collect();
    let seen = format!("{seen} found by check, {unseen} without effect, {} commands each", COMMANDS.len());
    Outcome { runs: wanted, seen, failures }
}

/// Damages an index, ten times.
fn damage(numbers: &mut Numbers) -> Came {
    let mut came = Came::default();
    // several segments, and one with deleted articles
    let mut place = Place::with(12);
    for _ in 0..5 {
        place.change(numbers);
        place.must(&["index", "a"]);
    }
    place.must(&["save", "deich", "Deich"]);
    let searches = |place: &Place| place.run(&["saved", "--format", "jsonl"]).stdout;
    let saved = searches(&place);
    let mut files = Vec::new();
    gather(&place.path("index"), &mut files);
    let whole = Ok(place.articles.clone());
    for turn in 0..TURNS {
        let file = &files[numbers.below(files.len())];
        let bytes = std::fs::read(file).expect("read");
        if bytes.is_empty() {
            continue;
        }
        let at = numbers.below(bytes.len());
        let mut damaged = bytes.clone();
        if turn == 7 {
            damaged.truncate(at);
        } else {
            damaged[at] ^= 1 << numbers.below(8);
        }
        std::fs::write(file, damaged).expect("written");
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for command in COMMANDS {
            let output = place.run(command);
            let err = String::from_utf8_lossy(&output.stderr);
            if !matches!(output.status.code(), Some(0..=2)) || err.contains("panicked") {
                came.failures.push(format!("{name} byte {at}: {command:?} ends with {:?}: {err}", output.status));
            }
        }
        let found_by_check = !place.is_whole();
        if !found_by_check && (place.found() != whole || searches(&place) != saved) {
            came.failures.push(format!("{name} byte {at}: changes what is found, and check does not see it"));
        }
        came.seen += usize::from(found_by_check);
        came.unseen += usize::from(!found_by_check);
        // a full run leaves saved searches as they are
        if turn + 1 == TURNS && !file.starts_with(place.path("index/saved")) {
            // updates that would merge: the damage must be seen still, or nothing be wrong
            for _ in 0..9 {
                place.change(numbers);
                place.run(&["index", "a"]);
            }
            if found_by_check && place.is_whole() && place.found().as_ref() != Ok(&place.articles) {
                came.failures.push(format!("{name} byte {at}: a merge has passed damage on"));
            }
            // where the list of folders is damaged, it asks for them
            if !place.run(&["index", "--full"]).status.success() {
                place.run(&["index", "--full", "a"]);
            }
            if place.found().as_ref() != Ok(&place.articles) || !place.is_whole() {
                came.failures.push(format!("{name} byte {at}: a full run does not mend it"));
            }
        } else {
            std::fs::write(file, &bytes).expect("written");
        }
    }
    came
}

fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if path.is_dir() { gather(&path, found) } else { found.push(path) }
    }
    found.sort();
}
