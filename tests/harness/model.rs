//! Random sequences of commands against a model in memory; a sequence that fails is made shorter until every step is needed.

use crate::place::{Articles, Numbers, Place};
use crate::{Effort, Outcome, each};
use std::process::Stdio;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A new article, or another version of one.
    Write(usize),
    Remove(usize),
    /// A file under another name.
    Rename(usize, usize),
    Index,
    Rebuild,
    /// An update that is killed after so many milliseconds.
    Killed(u64),
    /// The folder is forgotten and indexed anew.
    Forget,
    /// The folder moves away, is told to be elsewhere, and comes back.
    Move,
    /// What the index has is compared with the model.
    Compare,
}

/// Names of articles.
const NAMES: usize = 12;

pub fn run(effort: Effort) -> Outcome {
    let sequences = effort.of(400, 6);
    let came = each(sequences, |seed| {
        let sequence = sequence(seed as u64);
        let steps = sequence.len();
        let failure = carry_out(&sequence).err().map(|error| {
            let (shortest, error) = shrunk(sequence, error);
            format!("seed {seed}: {error}, after {shortest:?}")
        });
        (steps, failure)
    });
    let steps: usize = came.iter().map(|(steps, _)| steps).sum();
    let failures = came.into_iter().filter_map(|(_, failure)| failure).collect();
    Outcome { runs: sequences, seen: format!("{steps} commands"), failures }
}

fn sequence(seed: u64) -> Vec<Step> {
    let mut numbers = Numbers(seed.wrapping_mul(77) + 13);
    let length = 6 + numbers.below(14);
    let mut steps: Vec<Step> = (0..3).map(Step::Write).collect();
    steps.push(Step::Index);
    for _ in 0..length {
        let (one, other) = (numbers.below(NAMES), numbers.below(NAMES));
        steps.push(match numbers.below(12) {
            0..=3 => Step::Write(one),
            4 => Step::Remove(one),
            5 => Step::Rename(one, other),
            6 | 7 => Step::Index,
            8 => Step::Killed(numbers.below(40) as u64),
            9 => Step::Rebuild,
            10 => [Step::Forget, Step::Move][numbers.below(2)],
            _ => Step::Compare,
        });
    }
    steps.extend([Step::Index, Step::Compare]);
    steps
}

fn name(number: usize) -> String {
    format!("{number}.txt")
}

fn carry_out(steps: &[Step]) -> Result<(), String> {
    let mut place = Place::new();
    std::fs::create_dir(place.path("a")).expect("made");
    // what an index may hold: as of the last commit that is sure, or of one that a killed run has made
    let mut may_hold: Vec<Articles> = vec![Articles::new()];
    for step in steps {
        match *step {
            Step::Write(one) => place.write(&name(one)),
            Step::Remove(one) => place.remove(&name(one)),
            Step::Rename(one, other) => {
                if !place.articles.contains_key(&name(one)) || place.articles.contains_key(&name(other)) {
                    continue;
                }
                // a headline names the file, so that a renamed one is known by its old name: left out of what is compared
                place.remove(&name(one));
                place.write(&name(other));
            }
            Step::Index | Step::Rebuild => {
                let arguments: &[&str] =
                    if *step == Step::Index { &["index", "a"] } else { &["index", "a", "--rebuild"] };
                committed(&place, arguments)?;
                may_hold = vec![place.articles.clone()];
            }
            Step::Killed(after) => {
                let command = &mut place.command(&["index", "a"]);
                let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
                std::thread::sleep(Duration::from_millis(after));
                let _ = child.kill();
                let _ = child.wait();
                may_hold.push(place.articles.clone());
            }
            Step::Forget => {
                if place.path("index/current").exists() && !may_hold.contains(&Articles::new()) {
                    committed(&place, &["forget", "a"])?;
                    compare(&place, &[Articles::new()])?;
                    committed(&place, &["index", "a"])?;
                    may_hold = vec![place.articles.clone()];
                }
            }
            Step::Move => {
                if place.path("index/current").exists() && !may_hold.contains(&Articles::new()) {
                    for (from, to) in [("a", "b"), ("b", "a")] {
                        std::fs::rename(place.path(from), place.path(to)).expect("moved");
                        committed(&place, &["move", from, to])?;
                        compare(&place, &[place.articles.clone()])?;
                    }
                    may_hold = vec![place.articles.clone()];
                }
            }
            Step::Compare => compare(&place, &may_hold)?,
        }
    }
    if place.path("index/current").exists() && !place.is_whole() {
        return Err("check finds damage".into());
    }
    Ok(())
}

fn committed(place: &Place, arguments: &[&str]) -> Result<(), String> {
    let output = place.run(arguments);
    let err = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{arguments:?} ends with {:?}: {err}", output.status)) }
}

fn compare(place: &Place, may_hold: &[Articles]) -> Result<(), String> {
    if !place.path("index/current").exists() {
        return Ok(());
    }
    let found = place.found()?;
    if may_hold.contains(&found) { Ok(()) } else { Err(format!("holds {found:?} in place of {:?}", may_hold.last())) }
}

/// Leaves out every step without which the sequence fails as well.
fn shrunk(mut steps: Vec<Step>, mut error: String) -> (Vec<Step>, String) {
    let mut at = 0;
    while at < steps.len() {
        let mut fewer = steps.clone();
        fewer.remove(at);
        match carry_out(&fewer) {
            Err(again) => (steps, error) = (fewer, again),
            Ok(()) => at += 1,
        }
    }
    (steps, error)
}
