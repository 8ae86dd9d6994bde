//! An index at another place: the same articles and the same answers, whatever came between.

use crate::Bench;
use findbuch::copy::{Copied, Copy};
use findbuch_engine::IndexDir;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a place has, for each article what is found of it.
fn found(bench: &Bench, place: &str) -> String {
    let output = bench.run(&["search", "Munition ODER Bahn ODER Wahl", "--all", "--format", "jsonl", "--index", place]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    output.out
}

#[test]
fn a_copy_answers_as_what_it_is_a_copy_of() {
    let bench = Bench::with_sample_corpus();
    let run = bench.run(&["copy", "--from", "index", "--to", "abschrift"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert_eq!(found(&bench, "index"), found(&bench, "abschrift"));
    let stats = |place| bench.run(&["stats", "--index", place]).out;
    let (of_index, of_copy) = (stats("index"), stats("abschrift"));
    let line = |text: &str, name: &str| text.lines().find(|line| line.starts_with(name)).map(str::to_owned);
    for name in ["articles", "dates", "sources", "sections", "learnt", "folder"] {
        assert_eq!(line(&of_index, name), line(&of_copy, name), "{of_copy}");
    }
    assert!(line(&of_copy, "copied from").is_some_and(|line| line.ends_with("/index")), "{of_copy}");
    let check = bench.run(&["check", "--index", "abschrift"]);
    assert_eq!(check.code, Some(0), "{}", check.err);
    let again = bench.run(&["copy", "--from", "index", "--to", "abschrift"]);
    assert!(again.out.starts_with("articles: 0 copied, "), "{}", again.out);
}

#[test]
fn a_copy_that_was_stopped_goes_on() {
    let bench = Bench::with_sample_corpus();
    let from = IndexDir::new(&bench.path("index")).open().expect("an index");
    let (to, stop) = (IndexDir::new(&bench.path("abschrift")).store(), AtomicBool::new(false));
    let copy = Copy { from: &*from, place: "index", to: &*to, target: "abschrift", stop: &stop };
    let all = from.stats().expect("numbers").articles;
    let first = copy.run(&mut |done| stop.store(done > all / 3, Ordering::Relaxed)).expect("copied");
    assert!(!first.whole && first.new > all / 3 && first.new < all, "{first:?} of {all}");
    let stats = bench.run(&["stats", "--index", "abschrift"]);
    assert!(stats.out.contains("copied from  index, in part"), "{}", stats.out);
    let stats = bench.run(&["stats", "--index", "abschrift", "--format", "json"]).out;
    let stats: serde_json::Value = serde_json::from_str(&stats).expect("JSON");
    assert_eq!(stats["copied"], serde_json::json!({ "place": "index", "whole": false }));
    stop.store(false, Ordering::Relaxed);
    let second = copy.run(&mut |_| {}).expect("copied");
    let expected = Copied { new: all - first.new, unchanged: first.new, removed: 0, whole: true };
    assert_eq!(second, expected);
    assert_eq!(found(&bench, "index"), found(&bench, "abschrift"));
    // the index is made anew without what taught it, and another file is in it
    bench.write("a/neu.txt", "Die Bahn am Siel\n\nAuf der Bahn am Siel war es still, teilte der Kreis mit.\n");
    assert_eq!(bench.run(&["index", "a", "--rebuild", "--index", "anderer"]).code, Some(0));
    let other = IndexDir::new(&bench.path("anderer")).open().expect("an index");
    let copied = Copy { from: &*other, ..copy }.run(&mut |_| {}).expect("copied");
    assert!(copied.whole && copied.new == other.stats().expect("numbers").articles, "{copied:?}");
    assert_eq!(found(&bench, "anderer"), found(&bench, "abschrift"));
}

#[test]
fn only_what_changed_is_copied_again() {
    let bench = Bench::new();
    let text = |number: usize| format!("Die Bahn {number} am Siel\n\nAuf der Bahn {number} am Siel war es still.\n");
    (0..5).for_each(|number| drop(bench.write(&format!("a/{number}.txt"), text(number))));
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let copy = || bench.run(&["copy", "--from", "index", "--to", "abschrift"]);
    assert!(copy().out.starts_with("articles: 5 copied, 0 unchanged, 0 removed"));
    bench.write("a/1.txt", text(11));
    std::fs::remove_file(bench.path("a/2.txt")).expect("removed");
    assert_eq!(bench.run(&["index"]).code, Some(0));
    let again = copy();
    assert!(again.out.starts_with("articles: 1 copied, 3 unchanged, 2 removed"), "{}{}", again.out, again.err);
    assert_eq!(found(&bench, "index"), found(&bench, "abschrift"));
}

#[test]
fn another_index_is_never_written_over() {
    let bench = Bench::with_sample_corpus();
    bench.write("a/neu.txt", "Die Bahn am Siel\n\nAuf der Bahn am Siel war es still, teilte der Kreis mit.\n");
    assert_eq!(bench.run(&["index", "a", "--index", "anderer"]).code, Some(0));
    let before = found(&bench, "anderer");
    for (from, to, says) in [
        ("index", "anderer", "which is no copy of"),
        ("index", "index", "cannot be copied to itself"),
        ("nirgends", "abschrift", "nirgends"),
        ("index", "opensearch+ftp://suche.example/presse", "opensearch+https://HOST:PORT/NAME"),
    ] {
        let output = bench.run(&["copy", "--from", from, "--to", to]);
        assert_eq!(output.code, Some(2), "{}", output.out);
        assert!(output.err.contains(says), "{}", output.err);
    }
    assert_eq!(found(&bench, "anderer"), before);
}
