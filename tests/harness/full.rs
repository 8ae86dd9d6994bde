//! Disks that become full: a file system in memory of every size, which needs the right to mount.

use crate::place::{Numbers, Place};
use crate::{Effort, Outcome};
use std::path::Path;
use std::process::Command;

pub fn run(effort: Effort) -> Outcome {
    let mount = tempfile::tempdir().expect("a folder");
    let sized = |action: &str, kilobytes: usize| {
        let options = format!("{action}size={kilobytes}k,mode=755");
        let status = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(mount.path()).output();
        status.is_ok_and(|output| output.status.success())
    };
    if !sized("", 64_000) {
        return Outcome::skipped("mounting a file system in memory takes root");
    }
    let mut failures = Vec::new();
    let (mut refused, mut done) = (0, 0);
    let tried = effort.of(200, 8);
    for turn in 0..tried {
        fill_anew(mount.path());
        let mut place = Place::at(mount.path());
        (0..60).for_each(|number| place.write(&format!("{number}.txt")));
        place.must(&["index", "a"]);
        let before = place.articles.clone();
        let mut numbers = Numbers(turn as u64);
        (0..40).for_each(|number| place.write(&format!("mehr{number}.txt")));
        place.change(&mut numbers);
        // from no room at all to enough
        let used = used(mount.path());
        if !sized("remount,", used + turn * 200 / tried) {
            failures.push(format!("size {turn}: the file system cannot be made so small"));
        }
        let arguments: &[&str] = if turn % 3 == 0 { &["index", "--rebuild"] } else { &["index", "a"] };
        let full = !place.run(arguments).status.success();
        (refused, done) = (refused + usize::from(full), done + usize::from(!full));
        match place.found() {
            Ok(found) if found == before && full || found == place.articles => {}
            Ok(found) => failures.push(format!("size {turn}: {} articles, neither old nor new", found.len())),
            Err(error) => failures.push(format!("size {turn}: {error}")),
        }
        sized("remount,", 64_000);
        place.run(&["index", "a"]);
        if place.found().as_ref() != Ok(&place.articles) || !place.is_whole() {
            failures.push(format!("size {turn}: with room again the work is not completed"));
        }
    }
    let _ = Command::new("umount").arg(mount.path()).status();
    Outcome { runs: tried, seen: format!("{refused} refused for want of room, {done} done"), failures }
}

fn fill_anew(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let _ = std::fs::remove_dir_all(entry.path());
    }
}

/// Kilobytes in use, as the file system counts them.
fn used(folder: &Path) -> usize {
    let output = Command::new("df").args(["-k", "--output=used"]).arg(folder).output().expect("df");
    String::from_utf8_lossy(&output.stdout).split_whitespace().last().and_then(|size| size.parse().ok()).unwrap_or(0)
}
