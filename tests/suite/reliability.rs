//! Kills, damaged files, interruptions, watching: docs/RELIABILITY.md in tests.

use crate::{Bench, project};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const TEXT: &str =
    "Der Deich hält\n\nDer Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis am Montag mit.\n";

pub fn start(bench: &Bench, arguments: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin("findbuch"))
        .args(arguments)
        .current_dir(bench.folder.path())
        .env_clear()
        .env("FINDBUCH_INDEX", bench.path("index"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs")
}

/// Numbers that look random and are the same in every run.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }
}

/// Every article that is found, with the passages that show it; scores depend on articles that are gone, and ranks on scores.
fn content(bench: &Bench, query: &str) -> BTreeSet<String> {
    let output = bench.run(&["search", query, "--format", "jsonl", "-n", "10000"]);
    assert!(output.code != Some(2), "{}", output.err);
    let hit = |line: &str| {
        let mut hit: serde_json::Map<_, _> = serde_json::from_str(line).expect("JSON");
        hit.retain(|key, _| !matches!(key.as_str(), "score" | "rank"));
        serde_json::Value::from(hit).to_string()
    };
    output.out.lines().map(hit).collect()
}

#[test]
#[ignore = "starts the program 400 times"]
fn kills_at_100_moments_lose_nothing() {
    let bench = Bench::new();
    let mut numbers = Numbers(7);
    for number in 0..120 {
        bench.write(&format!("a/{number}.txt"), TEXT.replace("Vorwerk", &format!("Siel{number}")).repeat(20));
    }
    let started = Instant::now();
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let whole_run = started.elapsed();
    for kill in 0..100u64 {
        // every update has work: one file changes, one goes, one comes; now and then the index is made anew
        let (changed, gone) = (numbers.below(60), 60 + numbers.below(60));
        bench.write(
            &format!("a/{changed}.txt"),
            TEXT.replace("Vorwerk", &format!("Siel{changed} Kill{kill}")).repeat(20),
        );
        let _ = std::fs::remove_file(bench.path(&format!("a/{gone}.txt")));
        bench.write(&format!("a/neu{kill}.txt"), TEXT.replace("Vorwerk", &format!("Priel{kill}")).repeat(20));
        let arguments: &[&str] = if kill % 5 == 0 { &["index", "--rebuild"] } else { &["index", "a"] };
        let mut child = start(&bench, arguments);
        std::thread::sleep(Duration::from_micros(numbers.below(whole_run.as_micros() as u64)));
        child.kill().expect("kill");
        child.wait().expect("wait");
        let kept = bench.run(&["search", "Siel1 ODER Siel2 ODER Deich", "--format", "paths", "-n", "1000"]);
        assert_eq!(kept.code, Some(0), "after kill {kill}: {}", kept.err);
        if kill % 10 == 9 {
            let check = bench.run(&["check"]);
            assert_eq!(check.code, Some(0), "after kill {kill}: {}", check.err);
        }
    }
    assert_eq!(bench.run(&["index", "a"]).code, Some(0), "the next update completes it");
    let survived = content(&bench, "Deich");
    assert_eq!(bench.run(&["check"]).code, Some(0));
    std::fs::remove_dir_all(bench.path("index")).expect("remove");
    bench.run(&["index", "a"]);
    let undisturbed = content(&bench, "Deich");
    let differ: Vec<_> = survived.symmetric_difference(&undisturbed).take(3).collect();
    assert!(differ.is_empty(), "as an undisturbed run: {differ:?}");
    assert!(survived.len() > 100);
}

#[test]
fn a_flipped_byte_is_found_or_harmless() {
    let bench = Bench::new();
    for number in 0..40 {
        bench.write(&format!("a/{number}.txt"), TEXT.replace("Vorwerk", &format!("Siel{number}")));
    }
    bench.run(&["index", "a"]);
    bench.write("a/0.txt", TEXT.replace("Vorwerk", "Priel"));
    bench.run(&["index", "a"]);
    let before = content(&bench, "Deich");
    let mut files = Vec::new();
    gather(&bench.path("index"), &mut files);
    assert!(files.len() > 8, "{files:?}");
    let mut numbers = Numbers(3);
    let mut found = 0;
    for file in files {
        let whole = std::fs::read(&file).expect("read");
        for _ in 0..4.min(whole.len()) {
            let mut damaged = whole.clone();
            let at = numbers.below(damaged.len() as u64) as usize;
            damaged[at] ^= 1 << numbers.below(8);
            std::fs::write(&file, &damaged).expect("write");
            let check = bench.run(&["check"]);
            if check.code == Some(2) {
                found += 1;
                assert!(check.err.contains("findbuch index --"), "says how to mend it: {}", check.err);
            } else {
                let place = format!("{} byte {at}", file.display());
                assert_eq!(check.code, Some(0), "{place}: {}", check.err);
                assert_eq!(
                    content(&bench, "Deich"),
                    before,
                    "{place} changes what is found, and check does not see it"
                );
            }
        }
        std::fs::write(&file, whole).expect("write");
    }
    assert!(found > 10, "most flips are found: {found}");
    assert_eq!(bench.run(&["check"]).code, Some(0));
}

pub fn gather(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() { gather(&entry, found) } else { found.push(entry) }
    }
    found.sort();
}

#[test]
fn a_damaged_index_is_mended_by_a_full_run() {
    let bench = Bench::new();
    bench.run(&["index", &project().join("sample-corpus/kopiert").to_string_lossy()]);
    let mut files = Vec::new();
    gather(&bench.path("index"), &mut files);
    let store = files.iter().find(|file| file.extension().is_some_and(|end| end == "store")).expect("a store");
    let mut bytes = std::fs::read(store).expect("read");
    bytes[10] ^= 255;
    std::fs::write(store, bytes).expect("write");
    let check = bench.run(&["check"]);
    assert_eq!(check.code, Some(2));
    assert!(check.err.contains("does not have the checksum it was written with"), "{}", check.err);
    assert!(check.err.contains("cannot be read") || check.err.contains("is not the article"), "{}", check.err);
    assert_eq!(bench.run(&["index", "--full"]).code, Some(0));
    let check = bench.run(&["check"]);
    assert_eq!(check.code, Some(0), "{}", check.err);
    assert!(check.out.starts_with("whole: "), "{}", check.out);
}

#[test]
fn a_write_that_fails_leaves_the_last_commit() {
    let bench = Bench::new();
    bench.write("a/gut.txt", TEXT);
    bench.run(&["index", "a"]);
    for number in 0..1500 {
        bench.write(&format!("a/{number}.txt"), TEXT.replace("Vorwerk", &format!("Siel{number}")));
    }
    // no file may grow beyond 16 KB, as on a full disk
    let script =
        format!("trap '' XFSZ; ulimit -f 32; exec '{}' index a", assert_cmd::cargo::cargo_bin("findbuch").display());
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(bench.folder.path())
        .env("FINDBUCH_INDEX", bench.path("index"))
        .output()
        .expect("sh");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("it is as it was: make room and do it again"), "{err}");
    assert_eq!(bench.hits("Deich"), ["a/gut.txt"]);
    assert_eq!(bench.run(&["check"]).code, Some(0));
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    assert_eq!(content(&bench, "Deich").len(), 1501);
}

#[test]
fn an_interrupted_run_commits_what_is_whole() {
    let total = 2000;
    let in_the_middle = (0..40).any(|attempt| {
        let bench = Bench::new();
        for number in 0..total {
            bench.write(&format!("a/{number}.txt"), TEXT.replace("Vorwerk", &format!("Siel{number}")));
        }
        let mut child = start(&bench, &["index", "a"]);
        // reading begins when the generation is there; each attempt lets it go on a little longer
        while child.try_wait().expect("wait").is_none() && !bench.path("index/gen-1/meta.json").exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(25 * attempt));
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
        let code = child.wait().expect("wait").code();
        let indexed = content(&bench, "Deich").len();
        assert_eq!(code, Some(if indexed == total { 0 } else { 2 }), "{indexed} are indexed");
        assert_eq!(bench.run(&["check"]).code, Some(0), "what was read is whole");
        let middle = 0 < indexed && indexed < total;
        if middle {
            assert_eq!(bench.run(&["index", "a"]).code, Some(0));
            assert_eq!(content(&bench, "Deich").len(), total, "the next run completes it");
        }
        middle
    });
    assert!(in_the_middle, "no attempt met the run while it read");
}

/// Ends the watch when the test ends, however it ends.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[track_caller]
fn eventually(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_mins(1), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_watched_folder_is_kept_in_step() {
    for arguments in [["watch", "a", "--every=1"].as_slice(), &["watch", "a", "--poll", "--every=1"]] {
        let bench = Bench::new();
        bench.write("a/1.txt", TEXT);
        let _watch = Watching(start(&bench, arguments));
        eventually("the folder is indexed", || {
            bench.path("index/current").exists() && bench.hits("Vorwerk").len() == 1
        });
        bench.write("a/unten/2.txt", TEXT.replace("Vorwerk", "Siel"));
        eventually("a new file in a new folder is found", || bench.hits("Siel").len() == 1);
        bench.write("a/1.txt", TEXT.replace("Vorwerk", "Hafentor"));
        eventually("a changed file is found", || bench.hits("Hafentor").len() == 1 && bench.hits("Vorwerk").is_empty());
        std::fs::remove_file(bench.path("a/unten/2.txt")).expect("remove");
        eventually("a file that is gone is forgotten", || bench.hits("Siel").is_empty());
        std::fs::remove_dir_all(bench.path("a")).expect("remove");
        std::thread::sleep(Duration::from_millis(700));
        bench.write("a/3.txt", TEXT.replace("Vorwerk", "Schleuse"));
        eventually("a folder made anew is watched", || bench.hits("Schleuse").len() == 1);
    }
}
