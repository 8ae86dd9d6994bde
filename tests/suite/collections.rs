//! Articles that are collected under a name: marked, noted, searched, taken along, and kept through everything.

use crate::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    let note = |id: &str, text: &str| serde_json::json!({"id": id, "headline": format!("Notiz {id}"), "text": text, "source": "Bote"});
    let lines = [note("a", "Die Orgel klingt."), note("b", "Der Kran steht."), note("c", "Die Orgel schweigt.")];
    bench.write("articles/notizen.jsonl", lines.map(|line| line.to_string()).join("\n"));
    bench.run(&["index", "articles"]);
    bench
}

#[track_caller]
fn count(bench: &Bench, query: &str, expected: &str) {
    assert_eq!(bench.run(&["search", query, "--count"]).out.trim(), expected, "{query}");
}

#[test]
fn what_is_collected_is_searched_and_shown() {
    let bench = bench();
    let output = bench.run(&["collection", "add", "Orgeln", "a", "b", "--note", "Kantor fragen"]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    assert!(output.err.contains("2 Artikel neu, 0 schon darin"), "{}", output.err);
    count(&bench, "sammlung:Orgeln", "2");
    count(&bench, "sammlung:orgeln Orgel", "1");
    count(&bench, "Orgel -collection:Orgeln", "1");
    assert_eq!(bench.run(&["collection", "list"]).out, "Orgeln: 2 Artikel\n");
    let shown = bench.run(&["collection", "show", "Orgeln"]).out;
    assert!(shown.starts_with("Notiz a\n   Bote\n   Kantor fragen\n   a\n\nNotiz b\n"), "{shown}");
    assert_eq!(bench.run(&["collection", "remove", "Orgeln", "b"]).code, Some(0));
    assert_eq!(bench.run(&["collection", "remove", "Orgeln", "b"]).code, Some(1));
    count(&bench, "sammlung:Orgeln", "1");
    let json = bench.run(&["collection", "show", "Orgeln", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        (&json["collections"][0]["items"][0]["note"], &json["schema"]),
        (&"Kantor fragen".into(), &"findbuch.collections/1".into())
    );
    let cited = bench.run(&["search", "sammlung:Orgeln", "--all", "--format", "csv", "--cite"]);
    assert!(cited.out.contains(",a,") && cited.err.contains("sammlung:Orgeln"), "{}{}", cited.out, cited.err);
}

#[test]
fn collections_outlive_the_index_and_tell_what_is_gone() {
    let bench = bench();
    bench.run(&["collection", "add", "Orgeln", "a", "c"]);
    let line = serde_json::json!({"id": "a", "headline": "Notiz a", "text": "Die Orgel klingt noch."});
    bench.write("articles/notizen.jsonl", line.to_string());
    assert_eq!(bench.run(&["index", "--rebuild"]).code, Some(0));
    count(&bench, "sammlung:Orgeln", "1");
    let shown = bench.run(&["collection", "show", "Orgeln"]).out;
    assert!(shown.ends_with("Notiz c\n   Bote\n   nicht mehr im Index\n   c\n"), "{shown}");
}

#[test]
fn collections_are_written_and_read_as_lines() {
    let bench = bench();
    bench.run(&["collection", "add", "Orgeln", "a", "--note", "Zeile 1\nZeile „2“"]);
    bench.run(&["collection", "add", "Kräne", "b"]);
    assert_eq!(bench.run(&["collection", "export", "-o", "alle.jsonl"]).code, Some(0));
    let exported = std::fs::read_to_string(bench.path("alle.jsonl")).expect("written");
    assert_eq!(exported.lines().count(), 2);
    for name in ["Orgeln", "Kräne"] {
        assert_eq!(bench.run(&["collection", "delete", name]).code, Some(0));
    }
    assert_eq!(bench.run(&["collection", "list"]).code, Some(1));
    bench.write("alle.jsonl", format!("{exported}\n{{\"id\":1}}\n"));
    let output = bench.run(&["collection", "import", "alle.jsonl"]);
    assert_eq!(output.code, Some(2));
    assert!(output.err.contains("alle.jsonl:4: Die Zeile ist kein Artikel einer Sammlung"), "{}", output.err);
    assert_eq!(bench.run(&["collection", "export"]).out, exported);
}

#[test]
fn what_cannot_be_done_is_told() {
    let bench = bench();
    bench.run(&["collection", "add", "Orgeln", "a"]);
    for (arguments, says) in [
        (&["collection", "add", "../Orgeln", "a"][..], "kann keine Sammlung heißen"),
        (&["collection", "add", "Orgeln", "fehlt"], "Einen Artikel „fehlt“ gibt es im Index nicht"),
        (&["collection", "show", "Kran"], "Eine Sammlung „Kran“ gibt es nicht"),
        (&["collection", "delete", "Kran"], "Eine Sammlung „Kran“ gibt es nicht"),
        (&["collection", "remove", "Kran", "a"], "Eine Sammlung „Kran“ gibt es nicht"),
        (
            &["search", "Orgel sammlung:Kran"],
            "Eine Sammlung „Kran“ gibt es nicht.\n  Orgel sammlung:Kran\n                 ^^^^",
        ),
        (&["trend", "sammlung:Kran"], "Eine Sammlung „Kran“ gibt es nicht"),
    ] {
        let output = bench.run(arguments);
        assert_eq!(output.code, Some(2), "{arguments:?}");
        assert!(output.err.contains(says), "{arguments:?}: {}", output.err);
    }
    let path = bench.path("index/collections/Orgeln.json");
    let text = std::fs::read_to_string(&path).expect("read").replace("Notiz a", "Notiz b");
    std::fs::write(&path, text).expect("written");
    let output = bench.run(&["search", "Orgel", "--count"]);
    assert_eq!((output.code, output.out.as_str()), (Some(0), "2\n"), "the others go on");
    assert!(output.err.contains("Orgeln.json ist beschädigt"), "{}", output.err);
    assert_eq!(bench.run(&["search", "sammlung:Orgeln"]).code, Some(2));
    assert_eq!(bench.run(&["collection", "list"]).code, Some(2));
}
