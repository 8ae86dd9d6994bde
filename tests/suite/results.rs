//! Whole results, citations and places in context, read back by what reads their formats: docs/EXPORT.md in tests.

use crate::{Bench, Output};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::process::{Command, Stdio};

/// More articles than a page has, with signs that formats obey.
fn archive(count: usize) -> Bench {
    let bench = Bench::new();
    let line = |number: usize| {
        serde_json::json!({
            "id": format!("orgel-{number}"),
            "title": format!("Orgel {number}: 50 % {{neu}} & \"alt\" #1, *gut* _so_ ~ ^ \\"),
            "text": format!("Die Orgel Nr. {number} klingt, sagt die Küsterin; sie habe {number} Pfeifen. {}", "Es ist still. ".repeat(40)),
            "author": ["Jan van der Meulen", "Svea Süß"],
            "date": format!("20{:02}-03-04", number % 20),
            "source": "Mehlauer Tageblatt",
            "url": format!("https://tageblatt.example/a b/{number}?x={{1}}"),
        })
        .to_string()
    };
    let lines: Vec<String> = (1..=count).map(line).collect();
    bench.write("a/orgeln.jsonl", lines.join("\n"));
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    bench
}

fn all(bench: &Bench, format: &str) -> String {
    let output = bench.run(&["search", "Orgel", "--all", "--format", format]);
    assert_eq!((output.code, output.err.as_str()), (Some(0), ""), "{format}");
    output.out
}

/// The entries of a bibliography: key and fields; panics where the text is not as strict readers want it.
fn bibtex(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut entries = BTreeMap::new();
    for entry in text.split("\n\n").filter(|entry| !entry.trim().is_empty()) {
        let mut lines = entry.lines();
        let first = lines.next().and_then(|line| line.strip_prefix("@article{")).expect("an entry");
        let key = first.strip_suffix(',').expect("a key").to_owned();
        assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{key}");
        let mut fields = BTreeMap::new();
        for line in lines.take_while(|line| *line != "}") {
            let (name, value) = line.trim().strip_suffix(',').and_then(|l| l.split_once(" = ")).expect("a field");
            let mut depth = 0;
            for c in value.chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                assert!(depth >= 0, "{line}");
            }
            assert_eq!(depth, 0, "{line}");
            fields.insert(name.to_owned(), value.to_owned());
        }
        assert!(entries.insert(key, fields).is_none(), "keys are unique");
    }
    entries
}

/// The entries of RIS: tags and values in order.
fn ris(text: &str) -> Vec<Vec<(String, String)>> {
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "lines end with CR LF");
    let mut entries = Vec::new();
    for entry in text.split("\r\n\r\n").filter(|entry| !entry.is_empty()) {
        let line = |line: &str| {
            let (tag, value) = line.split_at_checked(6).expect("a tag");
            assert!(tag.ends_with("  - ") && tag.as_bytes()[0].is_ascii_uppercase(), "{line}");
            (tag[..2].to_owned(), value.to_owned())
        };
        let tags: Vec<(String, String)> = entry.split("\r\n").map(line).collect();
        assert_eq!(tags.first(), Some(&("TY".to_owned(), "NEWS".to_owned())));
        assert_eq!(tags.last(), Some(&("ER".to_owned(), String::new())));
        entries.push(tags);
    }
    entries
}

#[test]
fn whole_results_are_written_in_every_format() {
    let bench = archive(150);
    let csv = all(&bench, "csv");
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(csv.as_bytes()).records().map(|row| row.expect("a row")).collect();
    let ids: BTreeSet<&str> = rows.iter().filter_map(|row| row.get(2)).collect();
    assert_eq!((rows.len(), ids.len()), (150, 150));
    let jsonl = all(&bench, "jsonl");
    let ranks: Vec<u64> = jsonl
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["rank"].as_u64().expect("a rank"))
        .collect();
    assert_eq!(ranks, (1..=150).collect::<Vec<u64>>());
    let page = bench.run(&["search", "Orgel", "--format", "csv", "-n", "150"]);
    assert_eq!(page.out, csv, "a whole result is one long page");
    let entries = bibtex(&all(&bench, "bibtex"));
    assert_eq!(entries.len(), 150);
    let entry = entries.values().find(|entry| entry["title"].contains("Orgel 7:")).expect("an entry");
    assert_eq!(entry["author"], "{van der Meulen, Jan and Süß, Svea}");
    assert_eq!(entry["date"], "{2007-03-04}");
    assert_eq!((entry["year"].as_str(), entry["month"].as_str()), ("{2007}", "mar"));
    assert_eq!(entry["journal"], "{Mehlauer Tageblatt}");
    assert_eq!(entry["url"], "{https://tageblatt.example/a%20b/7?x=%7B1%7D}");
    assert!(entry["title"].contains("50 \\% \\textbraceleft{}neu\\textbraceright{} \\&"), "{}", entry["title"]);
    let entries = ris(&all(&bench, "ris"));
    assert_eq!(entries.len(), 150);
    let value = |tag: &str| -> Vec<&str> {
        let entry = entries.iter().find(|entry| entry.iter().any(|(_, value)| value.contains("Orgel 7:")));
        entry.expect("an entry").iter().filter(|(t, _)| t == tag).map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(value("AU"), ["van der Meulen, Jan", "Süß, Svea"]);
    assert_eq!((value("T2"), value("PY"), value("DA")), (vec!["Mehlauer Tageblatt"], vec!["2007"], vec!["2007/03/04"]));
    let markdown = all(&bench, "markdown");
    assert_eq!(markdown.lines().filter(|line| line.starts_with("- [")).count(), 150);
    assert!(markdown.contains("\\*gut\\* \\_so\\_") && markdown.contains("**Orgel** Nr."), "{markdown:.900}");
    assert_eq!(all(&bench, "paths").lines().count(), 1, "a file is named once");
}

#[test]
fn only_articles_that_have_all_are_exported() {
    let bench = archive(3);
    let output = bench.run(&["search", "Orgel Leuchtturm", "--all", "--format", "jsonl"]);
    assert_eq!((output.code, output.out.as_str()), (Some(1), ""));
    assert!(output.err.contains("ohne --all"), "{}", output.err);
    let refused = bench.run(&["search", "Orgel", "--all"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("--format csv, jsonl, markdown"), "{}", refused.err);
}

#[test]
fn a_file_appears_when_it_is_whole() {
    let bench = archive(30);
    bench.write("out/hits.csv", "before");
    let read = || std::fs::read_to_string(bench.path("out/hits.csv")).expect("the file");
    let names = || std::fs::read_dir(bench.path("out")).expect("the folder").count();
    let failed = bench.run(&["search", "Orgel", "--all", "--format", "tsv", "--output", "out/hits.csv"]);
    assert_eq!((failed.code, read().as_str(), names()), (Some(2), "before", 1));
    let done = bench.run(&["search", "Orgel", "--all", "--format", "csv", "--output", "out/hits.csv"]);
    assert_eq!((done.code, done.out.as_str()), (Some(0), ""));
    assert_eq!((read(), names()), (all(&bench, "csv"), 1));
    let attached = bench.run(&["search", "Orgel", "--all", "--format", "csv", "-oout/more.csv", "-orgel"]);
    assert_eq!((attached.code, attached.out.as_str()), (Some(1), ""), "-orgel excludes, -oout/more.csv does not");
    assert!(bench.path("out/more.csv").exists());
    let nowhere = bench.run(&["search", "Orgel", "--all", "--format", "csv", "--output", "missing/hits.csv"]);
    assert_eq!(nowhere.code, Some(2));
    assert!(nowhere.err.contains("Den Ordner missing gibt es nicht. Legen Sie ihn an"), "{}", nowhere.err);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let bench = archive(300);
    for format in ["jsonl", "csv", "bibtex"] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("findbuch"))
            .args(["search", "Orgel", "--all", "--format", format])
            .env_clear()
            .env("FINDBUCH_INDEX", bench.path("index"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut first = [0; 10];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("output");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()), "{format}");
    }
}

#[test]
fn a_citation_names_the_state_of_the_index() {
    let bench = archive(5);
    let digest = || {
        let output = bench.run(&["search", "Orgel", "--exact", "--cite", "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&output.out).expect("JSON");
        let cite = &answer["cite"];
        assert_eq!(cite["query"], "Orgel");
        assert_eq!(cite["options"], serde_json::json!(["--exact"]));
        assert_eq!(cite["total"], answer["total"]);
        cite["index"]["digest"].as_str().expect("a digest").to_owned()
    };
    let before = digest();
    assert_eq!(before.len(), 16);
    assert_eq!(bench.run(&["index", "--rebuild"]).code, Some(0));
    assert_eq!(digest(), before, "the same articles");
    bench.write("a/neu.txt", "Noch eine Orgel\n\nDie Orgel steht im Saal.\n");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let after = digest();
    assert_ne!(after, before, "another article");
    let text = bench.run(&["search", "Orgel", "--cite", "-n", "1"]).out;
    let last = text.split("\n\n").last().expect("a paragraph").replace('\n', " ");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(
        last.starts_with("Suche nach „Orgel“: 6 Treffer in 6 Artikeln. findbuch ") && last.contains(&after),
        "{last}"
    );
    let exported = bench.run(&["search", "Orgel", "--cite", "--all", "--format", "csv", "--lang", "en"]);
    assert!(exported.err.starts_with("Search for “Orgel”: 6 hits in 6 articles."), "{}", exported.err);
    assert!(!exported.out.contains("Search for"));
}

/// Rows of places without their heading.
fn places(output: &Output) -> Vec<Vec<String>> {
    assert_eq!(output.code, Some(0), "{}", output.err);
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(output.out.as_bytes());
    assert_eq!(
        reader.headers().expect("a heading").iter().take(7).collect::<Vec<_>>(),
        ["left", "hit", "right", "source", "date", "id", "path"]
    );
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn places_stand_in_their_context() {
    let bench = Bench::new();
    bench.write(
        "a/eins.txt",
        "Alte Orgel\n\nDie Kirchenorgel in Mehlau wird geprüft. Eine Orgel braucht Ruhe, sagt der Küster.\n",
    );
    bench
        .write("a/zwei.txt", "Neue Orgel\n\nÄltere Orgeln klingen dunkler, sagt die Kantorin am Montag in Oberlenz.\n");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let tsv = |sort: &str| {
        let arguments = ["search", "Orgel", "--kwic", "--all", "--format", "tsv", "--context", "2", "--sort-by", sort];
        places(&bench.run(&arguments))
    };
    let rows = tsv("left");
    let left: Vec<&str> = rows.iter().map(|row| row[0].trim()).collect();
    assert_eq!(
        left,
        ["Alte", "Ältere", "Eine", "Die Kirchen", "Neue"].map(|l| if l == "Eine" { "geprüft. Eine" } else { l })
    );
    let compound = rows.iter().find(|row| row[0].ends_with("Kirchen")).expect("the compound");
    assert_eq!((compound[1].as_str(), compound[2].as_str()), ("orgel", " in Mehlau"));
    let right: Vec<String> = tsv("right").iter().map(|row| row[2].trim().to_owned()).collect();
    assert_eq!(right, ["", "", "braucht Ruhe,", "in Mehlau", "klingen dunkler,"]);
    let text = bench.run(&["search", "Orgel", "--kwic"]);
    let column = |line: &str| line.chars().position(|c| c == '*');
    let columns: BTreeSet<Option<usize>> = text.out.lines().skip(1).map(column).collect();
    assert_eq!(columns.len(), 1, "{}", text.out);
    assert_eq!(text.out.lines().next(), Some("2 Treffer"));
    let refused = bench.run(&["search", "Orgel", "--kwic", "--format", "ris"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
}
