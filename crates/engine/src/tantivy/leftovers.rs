//! What killed and failed programs left in an index, and generations that nobody reads any more. Removed under the lock that
//! one writer has, before anything is written: on a full disk that is what makes room.

use super::directory::META;
use super::generations::{self, CURRENT, PREFIX};
use super::readers;
use crate::sealed::unseal;
use serde::Deserialize;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How long the generation before stays after another took its place: a reader that has just learnt its name has not locked it
/// yet, and some file systems have no locks.
const KEPT: Duration = Duration::from_mins(1);
/// Letters of a segment's name.
const SEGMENT_NAME: usize = 32;

/// Removes what does not belong to the commit below `path`. Only for who holds the lock of the index; best effort, what cannot
/// be removed is left to the next writer.
pub fn remove(path: &Path) {
    findbuch_files::remove_unfinished(&path.join(CURRENT));
    // where the file is damaged nobody knows which generation is whole
    let Ok(current) = generations::current(path) else { return };
    let Ok(numbers) = generations::numbers(path) else { return };
    let number = current.as_deref().and_then(generations::number);
    let before = numbers.iter().copied().filter(|other| Some(*other) < number).max();
    let young = is_young(&path.join(CURRENT));
    for other in numbers.into_iter().filter(|other| Some(*other) != number) {
        let generation = path.join(format!("{PREFIX}{other}"));
        // one that comes after was never published
        let needed = Some(other) < number && (readers::has(&generation) || Some(other) == before && young);
        if !needed {
            let _ = fs::remove_dir_all(generation);
        }
    }
    if let Some(generation) = current {
        remove_unlisted(&generation);
    }
}

/// Whether a file was written a moment ago, as far as the clock tells.
fn is_young(file: &Path) -> bool {
    let written = fs::metadata(file).and_then(|metadata| metadata.modified());
    written.is_ok_and(|written| SystemTime::now().duration_since(written).is_ok_and(|age| age < KEPT))
}

/// Removes files of segments that are not in the generation's commit, and unfinished ones. Readers of an older commit keep what
/// they have open.
pub fn remove_unlisted(generation: &Path) {
    let Some(listed) = Listed::of(generation) else { return };
    let _ = fs::read_dir(generation).map(|entries| {
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| listed.is_left_over(name)) {
                let _ = fs::remove_file(entry.path());
            }
        }
    });
}

/// The segments of a commit.
struct Listed {
    segments: HashSet<String>,
    /// Names of the files of deleted articles.
    deletes: HashSet<String>,
}

impl Listed {
    /// Nothing where the commit cannot be read.
    fn of(generation: &Path) -> Option<Listed> {
        #[derive(Deserialize)]
        struct Meta {
            segments: Vec<Segment>,
        }
        #[derive(Deserialize)]
        struct Segment {
            segment_id: String,
            deletes: Option<Deletes>,
        }
        #[derive(Deserialize)]
        struct Deletes {
            opstamp: u64,
        }
        let meta: Meta = serde_json::from_slice(&unseal(&fs::read(generation.join(META)).ok()?).ok()?).ok()?;
        let (mut segments, mut deletes) = (HashSet::new(), HashSet::new());
        for segment in meta.segments {
            let name = segment.segment_id.replace('-', "");
            if let Some(Deletes { opstamp }) = segment.deletes {
                deletes.insert(format!("{name}.{opstamp}.del"));
            }
            segments.insert(name);
        }
        Some(Listed { segments, deletes })
    }

    fn is_left_over(&self, file: &str) -> bool {
        if file.starts_with(".tmp") || file.starts_with('.') && file.ends_with(findbuch_files::UNFINISHED) {
            return true;
        }
        let Some((segment, rest)) = file.split_once('.') else { return false };
        let is_segment = segment.len() == SEGMENT_NAME && segment.bytes().all(|byte| byte.is_ascii_hexdigit());
        let deletes = Path::new(rest).extension().is_some_and(|extension| extension == "del");
        is_segment && (!self.segments.contains(segment) || deletes && !self.deletes.contains(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// An index of empty generations, `current` written so long ago.
    fn index(generations: &[u32], current: Option<u32>, age: Duration) -> tempfile::TempDir {
        let place = tempfile::tempdir().expect("a folder");
        for number in generations {
            let generation = place.path().join(format!("{PREFIX}{number}"));
            fs::create_dir(&generation).expect("made");
            readers::allow(&generation).expect("a lock");
        }
        if let Some(current) = current {
            fs::write(place.path().join(CURRENT), format!("{PREFIX}{current}")).expect("written");
            let file = File::options().write(true).open(place.path().join(CURRENT)).expect("opened");
            file.set_modified(SystemTime::now() - age).expect("set");
        }
        place
    }

    #[test]
    fn generations_stay_while_they_are_read_and_for_a_moment() {
        let long = 2 * KEPT;
        for (current, age, left) in [
            (Some(3), long, &["current", "gen-3"][..]),
            (Some(3), Duration::ZERO, &["current", "gen-2", "gen-3"]),
            (Some(1), Duration::ZERO, &["current", "gen-1"]),
            (None, long, &[]),
        ] {
            let place = index(&[1, 2, 3], current, age);
            remove(place.path());
            assert_eq!(names(place.path()), left);
        }
        let place = index(&[1, 2, 3, 4], Some(3), long);
        let held = readers::enter(&place.path().join("gen-1")).expect("a lock");
        let _unpublished = readers::enter(&place.path().join("gen-4"));
        remove(place.path());
        assert_eq!(names(place.path()), ["current", "gen-1", "gen-3"], "who reads one keeps it");
        drop(held);
        remove(place.path());
        assert_eq!(names(place.path()), ["current", "gen-3"]);
        fs::write(place.path().join(CURRENT), "gen-9").expect("written");
        remove(place.path());
        assert_eq!(names(place.path()), ["current", "gen-3"], "of a damaged index nothing is removed");
    }

    #[test]
    fn files_that_no_commit_lists_go() {
        let place = tempfile::tempdir().expect("a folder");
        let (ours, other) = ("0".repeat(32), "a".repeat(32));
        let meta = r#"{"segments":[{"segment_id":"00000000-0000-0000-0000-000000000000","max_doc":3,"deletes":{"num_deleted_docs":1,"opstamp":7}}]}"#;
        let kept =
            [META.into(), "stories".into(), "readers.lock".into(), format!("{ours}.store"), format!("{ours}.7.del")];
        let gone = [".tmpAb12".into(), ".meta.json.x.part".into(), format!("{other}.store"), format!("{ours}.5.del")];
        for name in kept.iter().chain(&gone) {
            fs::write(place.path().join(name), meta).expect("written");
        }
        remove_unlisted(place.path());
        let mut kept = kept.to_vec();
        kept.sort();
        assert_eq!(names(place.path()), kept);
        fs::write(place.path().join(META), "{").expect("written");
        fs::write(place.path().join(format!("{other}.store")), "x").expect("written");
        remove_unlisted(place.path());
        assert_eq!(names(place.path()).len(), kept.len() + 1, "of a damaged commit nothing is removed");
    }
}
