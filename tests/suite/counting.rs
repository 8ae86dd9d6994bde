//! What counts, exports or saves a result does so to the letter, and says where there is nothing: docs/RESULTS.md in tests.

use crate::Bench;

/// Two articles on bells, one of them by an author who stands nowhere in the text.
fn bench() -> Bench {
    let bench = Bench::new();
    let lines = [
        r#"{"id":"a","headline":"Glocken in Warnsee","text":"Die Glocke läutet um sechs.","published":"2014-02-01","author":"Ebba Quist"}"#,
        r#"{"id":"b","headline":"Neuer Turm","text":"Eine Glocke fehlt noch im Turm.","published":"2015-02-01","author":"Ebba Quist"}"#,
    ];
    bench.write("a/glocken.jsonl", lines.join("\n"));
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    bench
}

#[test]
fn only_the_list_of_hits_corrects() {
    let bench = bench();
    let listed = bench.run(&["search", "Glokce"]);
    assert!(listed.out.starts_with("Kein Artikel hat „Glokce“. Gesucht wurde: Glocke\n2 Treffer\n"), "{}", listed.out);
    let hint = "Kein Artikel hat „Glokce“. Meinten Sie: Glocke";
    for (arguments, out) in [
        (&["search", "Glokce", "--count"][..], "0\n"),
        (&["search", "Glokce", "--all", "--format", "csv"], "rank,"),
        (&["search", "Glokce", "--format", "csv"], "rank,"),
        (&["search", "Glokce", "--kwic"], "0 Treffer\n"),
        (&["search", "Glokce", "--facets=jahr", "--format", "csv"], "facet,value,articles\n"),
        (&["trend", "Glokce"], "Glokce · 0 Treffer\n"),
    ] {
        let output = bench.run(arguments);
        assert_eq!(output.code, Some(1), "{arguments:?}");
        assert!(output.out.starts_with(out) && output.out.lines().count() == 1, "{arguments:?}: {}", output.out);
        assert!(output.err.contains(hint), "{arguments:?}: {}", output.err);
    }
    let saved = bench.run(&["save", "glocke", "Glokce"]);
    assert!(saved.out.contains("0 Treffer gelten als bekannt") && saved.err.contains(hint), "{}", saved.err);
}

#[test]
fn a_citation_names_what_was_typed_and_what_was_searched() {
    let bench = bench();
    let text = bench.run(&["search", "Glokce", "--cite"]).out;
    assert!(text.contains("Suche nach „Glokce“, gesucht wurde „Glocke“: 2 Treffer in 2 Artikeln."), "{text}");
    let json = bench.run(&["search", "Glokce", "--cite", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&json["cite"]["query"], &json["cite"]["typed"]), (&"Glocke".into(), &"Glokce".into()));
    let counted = bench.run(&["search", "Glokce", "--cite", "--count"]);
    assert!(counted.err.contains("Suche nach „Glokce“: 0 Treffer"), "{}", counted.err);
}

#[test]
fn articles_without_a_place_are_told() {
    let bench = bench();
    let output = bench.run(&["search", "autor:Quist", "--kwic"]);
    assert_eq!((output.code, output.out.as_str()), (Some(0), "2 Treffer\n"));
    assert!(output.err.starts_with("2 Artikel ohne Zeile"), "{}", output.err);
    let some = bench.run(&["search", "autor:Quist ODER fehlt", "--kwic", "--lang", "en"]);
    assert!(some.err.starts_with("1 article has no line"), "{}", some.err);
    assert_eq!(bench.run(&["search", "Glocke", "--kwic"]).err, "");
}

#[test]
fn what_is_searched_is_told_beside_any_output() {
    let bench = bench();
    for arguments in [&["--count"][..], &["--format", "csv"], &["--facets=jahr"], &["--format", "paths"]] {
        let output = bench.run(&[&["search", "Glocke", "--explain"], arguments].concat());
        assert!(output.err.starts_with("Glocke: 2 Artikel\n"), "{arguments:?}: {}", output.err);
        assert!(!output.out.contains("in dieser Form"), "{arguments:?}");
    }
    assert_eq!(bench.run(&["search", "Glocke", "--explain"]).err, "");
}

#[test]
fn nothing_is_said_and_not_drawn() {
    let bench = bench();
    bench.write("alt.svg", "before");
    let output = bench.run(&["search", "Quastenflosser", "--timeline", "jahr", "--facets", "--svg", "alt.svg"]);
    assert_eq!((output.code, output.out.as_str()), (Some(1), "0 Treffer\nOhne Treffer gibt es nichts zu zählen.\n"));
    assert!(output.err.contains("alt.svg wird nicht geschrieben"), "{}", output.err);
    let trend = bench.run(&["trend", "Quastenflosser", "--svg", "alt.svg"]);
    assert_eq!(trend.code, Some(1));
    assert!(trend.err.contains("alt.svg wird nicht geschrieben"), "{}", trend.err);
    assert_eq!(std::fs::read_to_string(bench.path("alt.svg")).expect("the file"), "before");
    for (arguments, told) in [
        (["--offset", "999"], "--offset 999 übergeht alle: es gibt nur 2 Treffer.\n"),
        (["--page", "7"], "Seite 7 ist leer: es gibt nur 2 Treffer.\n"),
    ] {
        let output = bench.run(&[&["search", "Glocke"][..], &arguments].concat());
        assert_eq!((output.code, output.err.as_str()), (Some(1), told));
    }
}

#[test]
fn a_facet_behind_a_space_is_hinted_at() {
    let bench = bench();
    let apart = bench.run(&["search", "Glocke", "--facets", "jahr,quelle"]);
    assert!(apart.err.contains("--facets=jahr,quelle"), "{}", apart.err);
    assert_eq!(bench.run(&["search", "--facets", "Glocke"]).err, "", "a word that names no facet");
    let bars = bench.run(&["search", "Glocke", "--timeline", "jahr"]);
    assert!(bars.out.contains("\n2014  1  ") && bars.err.is_empty(), "{}", bars.out);
    let help = bench.run(&["search", "--help"]).out;
    for name in ["tag", "monat", "jahr", "Quelle", "Ressort"] {
        assert!(help.contains(name), "{name}");
    }
}

#[test]
fn files_that_cannot_be_written_are_named_with_the_next_step() {
    let bench = bench();
    std::fs::create_dir(bench.path("ordner")).expect("create");
    let missing = "Den Ordner nirgends gibt es nicht. Legen Sie ihn an, oder nennen Sie mit ";
    for (arguments, told) in [
        (&["search", "Glocke", "--timeline", "jahr", "--svg", "nirgends/x.svg"][..], format!("{missing}--svg eine")),
        (&["trend", "Glocke", "--svg", "nirgends/x.svg"], format!("{missing}--svg eine")),
        (&["search", "Glocke", "--output", "nirgends/x.txt"], format!("{missing}--output eine")),
        (&["search", "Glocke", "--timeline", "jahr", "--svg", "ordner"], "mit --svg eine Datei darin".into()),
    ] {
        let output = bench.run(arguments);
        assert_eq!((output.code, output.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(output.err.contains(&told) && !output.err.contains("os error"), "{arguments:?}: {}", output.err);
        let english = bench.run(&[arguments, &["--lang", "en"]].concat());
        assert!(
            english.err.contains("there is no folder nirgends; make it") || told.contains("darin"),
            "{}",
            english.err
        );
    }
}

#[test]
fn errors_speak_the_readers_language() {
    let bench = bench();
    for (arguments, german, english) in [
        (
            &["search", "Glocke", "--in", "nirgends"][..],
            "nirgends: eine solche Datei",
            "nirgends: there is no such file",
        ),
        (
            &["save", "x", "Glocke", "--in", "nirgends"],
            "nirgends: eine solche Datei",
            "nirgends: there is no such file",
        ),
        (&["save", "a b", "Glocke"], "kann keine Suche heißen", "cannot name a search"),
        (&["news", "x"], "„x“ gibt es nicht", "there is no saved search"),
        (&["saved", "--delete", "x"], "„x“ gibt es nicht", "there is no saved search"),
        (&["--index", "nirgends", "similar", "a"], "ist kein Index", "there is no index"),
        (&["--index", "nirgends", "trend", "a"], "ist kein Index", "there is no index"),
    ] {
        let told = |lang| bench.run(&[arguments, &["--lang", lang]].concat());
        assert!(told("de").err.contains(german), "{arguments:?}: {}", told("de").err);
        assert!(told("en").err.contains(english), "{arguments:?}: {}", told("en").err);
        assert_eq!(told("de").code, Some(2), "{arguments:?}");
    }
}
