//! What an index promises, tried as hard as time allows: kills at exact system calls, power cuts, flipped bytes, full disks,
//! readers and clients while everything changes, files that are made to be slow, random sequences of commands against a model, and a
//! cluster whose nodes are killed.
//!
//! `cargo test --release --test harness -- PART…` runs the parts that are named, or all; `--short` makes them take a minute or two
//! together. `FINDBUCH_PROGRAM` names a program of another build. Each part prints a row of docs/RELIABILITY.md. What the machine does not
//! have is said and skipped.

mod clients;
mod cluster;
mod flips;
mod full;
mod inputs;
mod kills;
mod model;
mod mutants;
mod place;
mod power;
mod proxy;
mod readers;

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// A minute or two for all parts.
    pub short: bool,
}

impl Effort {
    /// A number for a whole run, or for a short one.
    #[must_use]
    pub fn of(self, whole: usize, short: usize) -> usize {
        if self.short { short } else { whole }
    }
}

/// What came of a part.
pub struct Outcome {
    /// What was tried.
    pub runs: usize,
    /// What was seen, in figures.
    pub seen: String,
    /// What must not be.
    pub failures: Vec<String>,
}

impl Outcome {
    /// That a part needs what this machine does not have.
    #[must_use]
    pub fn skipped(why: &str) -> Outcome {
        Outcome { runs: 0, seen: format!("skipped: {why}"), failures: Vec::new() }
    }
}

/// Threads that independent work is done on: most of it waits for the disk and for its turn.
const AT_ONCE: usize = 4;

/// Does work by its numbers, several at a time, and gives what came of it in their order.
///
/// # Panics
/// When some of the work does.
pub fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    let came = work(number);
                    done.lock().expect("no thread has failed").push((number, came));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("no thread has failed");
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, came)| came).collect()
}

type Part = (&'static str, fn(Effort) -> Outcome);

const PARTS: [Part; 10] = [
    ("kills", kills::run),
    ("power", power::run),
    ("flips", flips::run),
    ("full", full::run),
    ("readers", readers::run),
    ("inputs", inputs::run),
    ("mutants", mutants::run),
    ("model", model::run),
    ("clients", clients::run),
    ("cluster", cluster::run),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let effort = Effort { short: arguments.iter().any(|argument| argument == "--short") };
    let named: Vec<&str> = arguments.iter().map(String::as_str).filter(|name| !name.starts_with("--")).collect();
    if let Some(unknown) = named.iter().find(|name| PARTS.iter().all(|(part, _)| part != *name)) {
        eprintln!("there is no part {unknown}; there are {}", PARTS.map(|(name, _)| name).join(", "));
        return ExitCode::FAILURE;
    }
    let mut whole = true;
    for (name, run) in PARTS.iter().filter(|(name, _)| named.is_empty() || named.contains(name)) {
        let started = Instant::now();
        let Outcome { runs, seen, failures } = run(effort);
        whole &= failures.is_empty();
        println!(
            "| {name} | {runs} | {seen}; {} failures | {:.0} s |",
            failures.len(),
            started.elapsed().as_secs_f64()
        );
        for failure in failures.iter().take(20) {
            println!("  {name}: {failure}");
        }
    }
    if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
