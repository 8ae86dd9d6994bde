//! Saved searches and what is new in their results: docs/NEWS.md in tests.

use crate::Bench;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn text(headline: &str) -> String {
    format!("{headline}\n\nDie Orgel im Saal wurde gestimmt: {headline}, so hieß es am Montag in Mehlau.\n")
}

/// An archive of two articles on organs, with a search saved as `orgel`.
fn bench() -> Bench {
    let bench = Bench::new();
    for name in ["eins", "zwei"] {
        bench.write(&format!("a/{name}.txt"), text(name));
    }
    bench.write("a/markt.txt", "Der Markt zieht um\n\nDer Markt in Mehlau steht am Dienstag auf dem Anger.\n");
    index(&bench);
    let saved = bench.run(&["save", "orgel", "Orgel", "-Trompete"]);
    assert_eq!((saved.code, saved.err.as_str()), (Some(0), ""));
    bench
}

fn index(bench: &Bench) {
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(0), "{}", output.err);
}

/// Headlines that are told.
fn told(bench: &Bench, options: &[&str]) -> Vec<String> {
    let output = bench.run(&[&["news", "orgel", "--format", "json"], options].concat());
    assert!(output.code != Some(2), "{}", output.err);
    let found = headlines(&output.out);
    assert_eq!(output.code, Some(i32::from(found.is_empty())));
    found
}

fn headlines(json: &str) -> Vec<String> {
    let news: Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(news["schema"], "findbuch.news/1");
    let hits = news["searches"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|search| search["hits"].as_array().into_iter().flatten());
    let mut found: Vec<String> = hits.filter_map(|hit| hit["headline"].as_str()).map(str::to_owned).collect();
    found.sort();
    found
}

#[test]
fn what_comes_after_saving_is_told_once() {
    let bench = bench();
    assert_eq!(told(&bench, &[]), Vec::<String>::new());
    bench.write("a/drei.txt", text("drei"));
    bench.write("a/vier.txt", text("vier").replace("Saal", "Saal neben der Trompete"));
    assert_eq!(told(&bench, &[]), Vec::<String>::new(), "not indexed yet");
    index(&bench);
    assert_eq!(told(&bench, &["--peek"]), ["drei"]);
    assert_eq!(told(&bench, &[]), ["drei"]);
    assert_eq!(told(&bench, &[]), Vec::<String>::new());
    // an article that begins to match is new to the search
    bench.write("a/markt.txt", "Der Markt zieht um\n\nDer Markt in Mehlau hat jetzt eine Orgel auf dem Anger.\n");
    index(&bench);
    assert_eq!(told(&bench, &[]), ["Der Markt zieht um"]);
}

#[test]
fn what_was_told_is_known_again() {
    let bench = bench();
    assert_eq!(bench.run(&["index", "--rebuild"]).code, Some(0));
    assert_eq!(told(&bench, &[]), Vec::<String>::new(), "made anew");
    std::fs::rename(bench.path("a/eins.txt"), bench.path("a/umbenannt.txt")).expect("renamed");
    index(&bench);
    assert_eq!(told(&bench, &[]), Vec::<String>::new(), "renamed");
    bench.write("a/zwei.txt", text("zwei").replace("Montag", "Freitag"));
    index(&bench);
    assert_eq!(told(&bench, &["--peek", "--changed"]), ["zwei"]);
    assert_eq!(told(&bench, &[]), Vec::<String>::new(), "changed");
    assert_eq!(told(&bench, &[]), Vec::<String>::new(), "still");
    assert_eq!(told(&bench, &["--changed"]), ["zwei"], "it waited");
    assert_eq!(told(&bench, &["--changed"]), Vec::<String>::new(), "told once");
    std::fs::remove_file(bench.path("a/zwei.txt")).expect("removed");
    index(&bench);
    bench.write("a/zwei.txt", text("zwei"));
    index(&bench);
    assert_eq!(told(&bench, &[]), Vec::<String>::new(), "back again");
}

#[test]
fn records_that_move_are_known_and_new_ones_are_told() {
    let bench = bench();
    let line = |name: &str| serde_json::json!({"title": name, "text": text(name)}).to_string();
    bench.write("a/x.jsonl", format!("{}\n{}\n", line("fünf"), line("sechs")));
    index(&bench);
    assert_eq!(told(&bench, &[]), ["fünf", "sechs"]);
    bench.write("a/x.jsonl", format!("{}\n{}\n{}\n", line("sieben"), line("fünf"), line("sechs")));
    index(&bench);
    assert_eq!(told(&bench, &[]), ["sieben"]);
}

#[test]
fn searches_are_listed_replaced_and_forgotten() {
    let bench = bench();
    let again = bench.run(&["save", "orgel", "Orgel"]);
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("gibt es schon") && again.err.contains("--replace"), "{}", again.err);
    assert_eq!(bench.run(&["save", "orgel", "=Orgel", "--exact", "--replace", "--all-first"]).code, Some(0));
    assert_eq!(bench.run(&["saved"]).out, "orgel: =Orgel --exact\n");
    assert_eq!(told(&bench, &[]), ["eins", "zwei"], "all first");
    assert_eq!(bench.run(&["save", "../x", "Orgel"]).code, Some(2));
    let faulty = bench.run(&["save", "falsch", "(Orgel"]);
    assert_eq!((faulty.code, bench.run(&["saved"]).out.lines().count()), (Some(2), 1), "{}", faulty.err);
    assert_eq!(bench.run(&["saved", "--delete", "orgel"]).code, Some(0));
    assert_eq!(bench.run(&["saved"]).code, Some(1));
    let gone = bench.run(&["news", "orgel"]);
    assert_eq!(gone.code, Some(2));
    assert!(gone.err.contains("Eine gespeicherte Suche „orgel“ gibt es nicht"), "{}", gone.err);
    assert_eq!(std::fs::read_dir(bench.path("index/saved")).expect("the folder").count(), 0, "nothing is left");
}

#[test]
fn text_and_feeds_are_written() {
    let bench = bench();
    assert_eq!(bench.run(&["save", "saal", "Saal", "--all-first"]).code, Some(0));
    bench.write("a/acht.txt", text("Acht & <neun>"));
    index(&bench);
    let shown = bench.run(&["news", "--peek"]).out;
    assert!(
        shown.starts_with("orgel: Orgel -Trompete\n\n1  Acht & <neun>\n") && shown.contains("\nsaal: Saal\n"),
        "{shown}"
    );
    let feed = bench.run(&["news", "--format", "atom", "--output", "news.xml"]);
    assert_eq!((feed.code, feed.out.as_str(), feed.err.as_str()), (Some(0), "", ""));
    let xml = std::fs::read_to_string(bench.path("news.xml")).expect("the feed");
    let document = roxmltree::Document::parse(&xml).expect("XML");
    let texts = |name: &str| -> Vec<String> {
        let named = document.descendants().filter(|node| node.tag_name().name() == name);
        named.map(|node| node.text().unwrap_or_default().to_owned()).collect()
    };
    let mut ids = texts("id");
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), texts("entry").len()), (5, 4), "{xml}");
    assert!(texts("title").contains(&"Acht & <neun>".to_owned()), "{xml}");
    assert!(texts("summary").iter().any(|summary| summary.contains("<b>Orgel</b>")), "{xml}");
    // nothing new leaves the feed as it was
    assert_eq!(bench.run(&["news", "--format", "atom", "--output", "news.xml"]).code, Some(1));
    assert_eq!(std::fs::read_to_string(bench.path("news.xml")).expect("the feed"), xml);
}

#[test]
fn a_search_in_use_or_damaged_is_told() {
    let bench = bench();
    let lock = std::fs::File::create(bench.path("index/saved/orgel.lock")).expect("the lock");
    lock.lock().expect("locked");
    let busy = bench.run(&["news", "orgel"]);
    assert_eq!(busy.code, Some(2));
    assert!(busy.err.contains("Ein anderes findbuch benutzt gerade"), "{}", busy.err);
    assert_eq!(bench.run(&["news", "orgel", "--peek"]).code, Some(1), "looking needs no lock");
    drop(lock);
    bench.write("index/saved/orgel.json", "{\"schema\":");
    let damaged = bench.run(&["news", "orgel"]);
    assert_eq!(damaged.code, Some(2));
    assert!(damaged.err.contains("orgel.json ist beschädigt") && damaged.err.contains("--delete"), "{}", damaged.err);
    assert_eq!(bench.run(&["index", "--rebuild"]).code, Some(0), "an index beside saved searches is one");
}

/// Ends `news` while it is printing: its news are more than a pipe holds, and nobody reads on.
fn end_while_printing(bench: &Bench, close: bool) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("findbuch"))
        .args(["news", "orgel", "--format", "json"])
        .env_clear()
        .env("FINDBUCH_INDEX", bench.path("index"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut pipe = child.stdout.take().expect("a pipe");
    pipe.read_exact(&mut [0; 100]).expect("its beginning");
    if close {
        drop(pipe);
    } else {
        child.kill().expect("killed");
    }
    child.wait().expect("it ends");
}

#[test]
fn what_was_not_printed_to_its_end_is_told_again() {
    let bench = bench();
    let mut told_before = 0;
    // the second fits into the pipe and the program's buffer together
    for (count, close) in [(700, false), (240, true), (700, true)] {
        let line = |number: usize| {
            let name = format!("Nummer {number} von {count} {close}");
            serde_json::json!({"title": name, "text": text(&name)}).to_string()
        };
        let lines: Vec<String> = (0..count).map(line).collect();
        bench.write(&format!("a/{count}-{close}.jsonl"), lines.join("\n"));
        index(&bench);
        end_while_printing(&bench, close);
        let again = bench.run(&["news", "orgel", "--format", "json"]);
        assert_eq!((again.code, headlines(&again.out).len()), (Some(0), count), "all that was not read to its end");
        assert!(again.out.len() > 90_000, "more than a pipe holds: {}", again.out.len());
        told_before += count;
        assert_eq!(told(&bench, &[]), Vec::<String>::new(), "{told_before} told");
    }
}

fn news_to_file(bench: &Bench) -> std::process::Child {
    Command::new(assert_cmd::cargo::cargo_bin("findbuch"))
        .args(["news", "orgel", "--format", "json", "--output", "news.json"])
        .current_dir(bench.folder.path())
        .env_clear()
        .env("FINDBUCH_INDEX", bench.path("index"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs")
}

/// Takes up what the file tells, unless it is what it told when it was last looked at.
fn consume(bench: &Bench, seen: &mut String, counts: &mut BTreeMap<String, usize>) {
    let Ok(now) = std::fs::read_to_string(bench.path("news.json")) else { return };
    if now != *seen {
        for headline in headlines(&now) {
            *counts.entry(headline).or_default() += 1;
        }
        *seen = now;
    }
}

/// Kills; each has news to tell.
const ROUNDS: u32 = 24;

#[test]
fn kills_lose_nothing_and_a_file_tells_once() {
    let bench = bench();
    let started = Instant::now();
    assert_eq!(news_to_file(&bench).wait().expect("it ends").code(), Some(1));
    let whole_run = started.elapsed();
    let (mut seen, mut counts) = (String::new(), BTreeMap::new());
    for round in 0..ROUNDS {
        bench.write(&format!("a/runde-{round}.txt"), text(&format!("Runde {round}")));
        index(&bench);
        let mut child = news_to_file(&bench);
        // moments over the whole run and a little beyond it
        std::thread::sleep(whole_run.mul_f64(f64::from(round % 12) / 10.0) + Duration::from_micros(200));
        let _ = child.kill();
        child.wait().expect("it ends");
        consume(&bench, &mut seen, &mut counts);
    }
    news_to_file(&bench).wait().expect("it ends");
    consume(&bench, &mut seen, &mut counts);
    let expected: BTreeMap<String, usize> = (0..ROUNDS).map(|round| (format!("Runde {round}"), 1)).collect();
    assert_eq!(counts, expected);
    let left = std::fs::read_dir(bench.folder.path()).expect("the folder").filter_map(Result::ok);
    assert!(left.count() < 3 + ROUNDS as usize, "at most what was killed leaves a file");
}
