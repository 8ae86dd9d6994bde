//! Readers in programs of their own while the index is updated and made anew again and again.

use crate::place::{Numbers, Place};
use crate::{Effort, Outcome};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

const READERS: usize = 20;

pub fn run(effort: Effort) -> Outcome {
    let turns = effort.of(200, 10);
    let mut place = Place::with(30);
    let mut numbers = Numbers(3);
    let (done, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let failures = Mutex::new(Vec::new());
    let (place_of_readers, indexed) = (place.path(""), place.path("index"));
    std::thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let mut search = std::process::Command::new(crate::place::program());
                    search.args(["search", "Deich", "--count"]).current_dir(&place_of_readers);
                    let output = search.env("FINDBUCH_INDEX", &indexed).output().expect("it runs");
                    asked.fetch_add(1, Ordering::Relaxed);
                    let count = String::from_utf8_lossy(&output.stdout).trim().to_owned();
                    // each update removes one or two articles and adds one
                    if !output.status.success() || count.parse::<usize>().is_err() {
                        let err = String::from_utf8_lossy(&output.stderr).into_owned();
                        failures.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{count} {err}"));
                    }
                }
            });
        }
        for turn in 0..turns {
            place.change(&mut numbers);
            place.must(&["index", "a"]);
            place.must(&["index", "--rebuild"]);
            if place.found().as_ref() != Ok(&place.articles) {
                failures.lock().unwrap_or_else(PoisonError::into_inner).push(format!("turn {turn}: another content"));
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    let asked = asked.into_inner();
    let failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    Outcome { runs: 2 * turns, seen: format!("{READERS} readers asked {asked} times"), failures }
}
