//! A query is prepared once, whatever a command makes of it. A program of its own, and one test: plans are counted for a whole
//! process.

#![cfg(feature = "html")]

use findbuch::cli::{Outcome, parse, run};
use findbuch_engine::plan::prepared::plans_made;
use std::ffi::OsString;
use std::path::Path;

/// Runs a command; how many queries it prepared.
fn plans(index: &Path, arguments: &[&str]) -> u64 {
    let before = plans_made();
    let index = [OsString::from("findbuch"), OsString::from("--index"), index.as_os_str().to_owned()];
    let outcome = run(parse(index.into_iter().chain(arguments.iter().map(OsString::from))));
    let outcome = outcome.unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
    assert!(matches!(outcome, Outcome::Done | Outcome::Problems), "{arguments:?} finds nothing");
    plans_made() - before
}

#[test]
fn one_command_prepares_each_query_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let (index, out) = (folder.path().join("index"), folder.path().join("out"));
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    assert_eq!(plans(&index, &["index", &corpus.to_string_lossy()]), 0);
    let out = out.to_string_lossy();
    let check = |arguments: &[&str], queries: u64| {
        assert_eq!(plans(&index, arguments), queries, "{arguments:?}");
    };
    check(&["search", "Munition", "--output", &out], 1);
    check(&["search", "Kim NEAR/3 Un", "--output", &out], 1);
    check(&["search", "*munition", "--without", "Artilleriemunition", "--explain", "--cite", "--output", &out], 1);
    check(
        &["search", "Munition", "--format", "json", "--facets", "--timeline=month", "--explain", "--output", &out],
        1,
    );
    check(&["search", "Munition", "--count", "--output", &out], 1);
    check(&["search", "Munition", "--kwic", "--all", "--output", &out], 1);
    for format in ["csv", "jsonl", "markdown", "bibtex", "ris", "paths"] {
        check(&["search", "Munition", "--all", "--format", format, "--output", &out], 1);
    }
    // a word that no article has, and the query that is searched instead
    check(&["search", "Munitoin", "--output", &out], 2);
    check(&["save", "munition", "Munition", "--all-first"], 0);
    check(&["news", "--output", &out, "munition"], 1);
    check(&["save", "nordkorea", "Nordkorea"], 1);
}
