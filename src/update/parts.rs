//! An update of very much is made in parts, each committed before the next begins: a kill leaves what is done, and the next update goes
//! on from there.

use super::Summary;
use super::plan::Job;
use std::collections::HashSet;
use std::path::PathBuf;

/// Bytes of files, as stored, after which an update commits and goes on.
pub const PART_BYTES: u64 = 512 << 20;

/// What the parts so far have done.
#[derive(Debug, Default)]
pub struct Parts {
    summary: Option<Summary>,
    /// Files that were read, or could not be: they are not read again by a later part.
    tried: HashSet<PathBuf>,
}

impl Parts {
    /// Whether there was one.
    pub fn any(&self) -> bool {
        self.summary.is_some()
    }

    /// Leaves of `jobs` those of the next part, and gives how many are left for later ones.
    pub fn next(&mut self, jobs: &mut Vec<Job>, part_bytes: u64) -> u64 {
        jobs.retain(|job| !self.tried.contains(&job.file.path));
        let mut bytes = 0;
        let within = |job: &Job| {
            let fits = bytes < part_bytes.max(1);
            bytes += job.file.size;
            fits
        };
        let count = jobs.iter().map(within).take_while(|fits| *fits).count();
        let later = jobs.len() - count;
        jobs.truncate(count);
        if later > 0 {
            self.tried.extend(jobs.iter().map(|job| job.file.path.clone()));
        }
        later as u64
    }

    /// Adds what a part has done. What it found unchanged counts with the first part alone: later ones find what was new in those before.
    pub fn add(&mut self, part: Summary) {
        let Some(before) = self.summary.take() else {
            self.summary = Some(part);
            return;
        };
        let mut problems = before.problems;
        problems.extend(part.problems);
        problems.sort();
        problems.dedup();
        self.summary = Some(Summary {
            new: before.new + part.new,
            changed: before.changed + part.changed,
            unchanged: before.unchanged,
            renamed: before.renamed + part.renamed,
            removed: before.removed + part.removed,
            unchanged_files: before.unchanged_files,
            read_files: before.read_files + part.read_files,
            removed_files: before.removed_files + part.removed_files,
            left: part.left,
            bytes: before.bytes + part.bytes,
            moved: before.moved.or(part.moved),
            problems,
            ignored: part.ignored,
        });
    }

    /// What all have done.
    pub fn whole(self) -> Summary {
        self.summary.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_corpus::{FileRef, Format};

    /// Files of ten bytes.
    fn jobs(names: &[&str]) -> Vec<Job> {
        let job = |name: &&str| Job {
            file: FileRef {
                path: PathBuf::from(name),
                id: (*name).to_owned(),
                size: 10,
                mtime: 0,
                changed: 0,
                settings: None,
            },
            format: Format::Text,
            folders: Vec::new(),
            known: false,
            renamed: None,
        };
        names.iter().map(job).collect()
    }

    #[test]
    fn a_file_that_could_not_be_read_is_not_tried_again_by_a_later_part() {
        let mut parts = Parts::default();
        let mut next = |names: &[&str]| {
            let mut jobs = jobs(names);
            let later = parts.next(&mut jobs, 20);
            (jobs.iter().map(|job| job.file.id.clone()).collect::<Vec<_>>().concat(), later)
        };
        assert_eq!(next(&["a", "b", "c", "d", "e"]), ("ab".into(), 3));
        // the first of them is still to be read, for all that the index knows
        assert_eq!(next(&["a", "c", "d", "e"]), ("cd".into(), 1));
        assert_eq!(next(&["a", "e"]), ("e".into(), 0));
    }

    #[test]
    fn a_part_has_one_file_at_least() {
        let mut jobs = jobs(&["a", "b"]);
        assert_eq!((Parts::default().next(&mut jobs, 0), jobs.len()), (1, 1));
    }
}
