//! Power cuts: an ext4 on a loop device is shut down without its journal being written, and mounted again. Needs root, loop
//! devices and `xfs_io`, whose `shutdown` ext4 understands as well.

use crate::place::{Numbers, Place};
use crate::{Effort, Outcome};
use std::process::Command;

pub fn run(effort: Effort) -> Outcome {
    if Command::new("xfs_io").arg("-V").output().is_err() {
        return Outcome::skipped("xfs_io (package xfsprogs) is not there");
    }
    let disk = tempfile::tempdir().expect("a folder");
    let (image, mount) = (disk.path().join("disk.img"), disk.path().join("m"));
    std::fs::create_dir(&mount).expect("made");
    let quiet = |program: &str, arguments: &[&str]| {
        Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
    };
    let (image, mounted) = (image.to_string_lossy().into_owned(), mount.to_string_lossy().into_owned());
    let made = quiet("truncate", &["-s", "96M", &image]) && quiet("mkfs.ext4", &["-q", "-F", &image]);
    if !made || !quiet("mount", &["-o", "loop", &image, &mounted]) {
        return Outcome::skipped("loop devices take root");
    }
    let (cuts, mut failures, mut numbers) = (effort.of(70, 4), Vec::new(), Numbers(8));
    let mut place = Place::at(&mount);
    (0..20).for_each(|number| place.write(&format!("{number}.txt")));
    let mut lost = 0;
    for cut in 0..cuts {
        place.change(&mut numbers);
        let arguments: &[&str] = if cut % 4 == 3 { &["index", "--rebuild"] } else { &["index", "a"] };
        // the articles themselves are on the disk before; the index is what is tried
        quiet("sync", &[]);
        place.must(arguments);
        let told = place.articles.clone();
        let down = quiet("xfs_io", &["-x", "-c", "shutdown", &mounted]);
        let again = quiet("umount", &[&mounted]) && quiet("mount", &["-o", "loop", &image, &mounted]);
        if !down || !again {
            failures.push(format!("cut {cut}: the disk could not be shut down and mounted again"));
            break;
        }
        match place.found() {
            Ok(found) if found == told => {}
            Ok(_) => {
                lost += 1;
                failures.push(format!("cut {cut}: an update that had exited with 0 is lost"));
            }
            Err(error) => failures.push(format!("cut {cut}: {error}")),
        }
        if !place.is_whole() {
            failures.push(format!("cut {cut}: check finds damage"));
        }
    }
    quiet("umount", &[&mounted]);
    Outcome { runs: cuts, seen: format!("{lost} updates lost that had exited with 0"), failures }
}
