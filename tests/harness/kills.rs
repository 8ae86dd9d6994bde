//! SIGKILL at exact system calls of updates and rebuilds, injected by strace; where it is not there, at random moments.

use crate::place::{Numbers, Place, program};
use crate::{Effort, Outcome};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The calls that change what is on disk, and those around them.
const CALLS: [&str; 12] = [
    "write",
    "openat",
    "rename",
    "fsync",
    "fdatasync",
    "unlink",
    "mkdir",
    "mmap",
    "flock",
    "ftruncate",
    "close",
    "unlinkat",
];

pub fn run(effort: Effort) -> Outcome {
    let traced = Command::new("strace").arg("-V").output().is_ok();
    let mut place = Place::with(40);
    let (mut numbers, mut failures, mut killed) = (Numbers(5), Vec::new(), 0);
    let wanted = effort.of(500, 24);
    let mut runs = 0;
    while killed < wanted && runs < 4 * wanted {
        runs += 1;
        let before = place.articles.clone();
        place.change(&mut numbers);
        let call = CALLS[numbers.below(CALLS.len())];
        // the first calls of a kind are those of the start of the program; the rare ones are few
        let most = if matches!(call, "write" | "openat" | "mmap" | "close") { 160 } else { 8 };
        let arguments: &[&str] = if runs % 5 == 0 { &["index", "--rebuild"] } else { &["index", "a"] };
        let when = 1 + numbers.below(most);
        killed += usize::from(if traced {
            at_call(&place, arguments, call, when)
        } else {
            at_random(&place, arguments, when)
        });
        match place.found() {
            Ok(found) if found == before || found == place.articles => {}
            Ok(found) => failures.push(format!("{call} {when}: {} articles, neither old nor new", found.len())),
            Err(error) => failures.push(format!("{call} {when}: {error}")),
        }
        if runs % 10 == 0 && !place.is_whole() {
            failures.push(format!("{call} {when}: check finds damage"));
        }
        place.must(&["index", "a"]);
        if place.found().as_ref() != Ok(&place.articles) {
            failures.push(format!("{call} {when}: the next update does not complete the work"));
        }
    }
    let left = std::fs::read_dir(place.path("index")).expect("an index").count();
    let how = if traced { "at system calls" } else { "at random moments, since strace is not there" };
    Outcome { runs, seen: format!("{killed} killed {how}, {left} entries in the index at the end"), failures }
}

/// Whether the run was killed by the call.
fn at_call(place: &Place, arguments: &[&str], call: &str, when: usize) -> bool {
    let inject = format!("inject={call}:signal=SIGKILL:when={when}");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject]).arg(program());
    command.args(arguments).current_dir(place.path("")).env("FINDBUCH_INDEX", place.path("index"));
    !command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("strace").success()
}

fn at_random(place: &Place, arguments: &[&str], when: usize) -> bool {
    let mut child = place.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    std::thread::sleep(Duration::from_millis(when as u64));
    let ended = child.try_wait().expect("a status").is_some();
    let _ = child.kill();
    let _ = child.wait();
    !ended
}
