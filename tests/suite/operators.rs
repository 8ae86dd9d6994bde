//! The operators and fields of queries, through the real binary: docs/QUERY.md in tests.

use crate::Bench;
use serde_json::{Value, json};

/// Articles of one paper, their ids a, b, c …
fn bench() -> Bench {
    let bench = Bench::new();
    let article = |id: &str, date: &str, title: &str, text: &str| {
        json!({
            "id": id, "date": date, "title": title, "text": text, "source": "Warnseer Anzeiger", "agency": "nda",
            "url": format!("https://anzeiger.example/lokales/2019/{id}.html"),
            "tags": ["Obstbau", if id == "a" { "Warnseer Imkerei" } else { "Markt" }],
        })
    };
    let articles = [
        article(
            "a",
            "2019-05-02",
            "Imker zählen ihre Völker",
            "Die Imkerin Rosa Müller hat den Winter über kein Volk verloren. Der Honig werde dieses Jahr dunkel, sagte sie \
             am Markttag in Warnsee.\n\nHonig aus Raps gibt es kaum noch. Rapshonig war früher der erste im Jahr. Wer Honig \
             kauft, fragt heute nach Linde.",
        ),
        article(
            "b",
            "2019-06-11",
            "Kirschen kommen spät",
            "Der Obstbauer Mueller rechnet mit einer kleinen Ernte. Die Blüte litt unter dem Frost im April.\n\nDer Honig der \
             Imker vom Nachbarhof ist dagegen schon geschleudert. Am Samstag steht er auf dem Markt.",
        ),
        article(
            "c",
            "2024-01-15",
            "Neue Waage für den Markt",
            "Ein Möller aus Oberlenz hat die alte Waage gekauft. Im Rathaus weiß niemand, was sie wert ist. Arbeiter*innen \
             des Bauhofs hoben sie auf einen Wagen.",
        ),
    ];
    let lines: Vec<String> = articles.iter().map(Value::to_string).collect();
    bench.write("archiv/2019/anzeiger.jsonl", lines.join("\n"));
    bench.run(&["index", "archiv"]);
    bench
}

fn found(bench: &Bench, query: &str) -> String {
    let output = bench.run(&["search", query, "--format", "json"]);
    assert!(output.code != Some(2), "{query}: {}", output.err);
    let found: Value = serde_json::from_str(&output.out).expect("JSON");
    if !found["relaxed"].is_null() {
        return String::new();
    }
    let hits = found["hits"].as_array().expect("hits").iter();
    let complete = hits.filter(|hit| hit["missing"] == json!([]));
    let mut ids: Vec<&str> = complete.filter_map(|hit| hit["id"].as_str()).collect();
    ids.sort_unstable();
    ids.concat()
}

#[track_caller]
fn check(queries: &[(&str, &str)]) {
    let bench = bench();
    for (query, expected) in queries {
        assert_eq!(found(&bench, query), *expected, "{query}");
    }
}

#[test]
fn wildcards_and_edits_find_the_archives_forms() {
    check(&[
        ("M?ller", "abc"),
        ("Muell*", "ab"),
        ("*honig", "ab"),
        ("Raps*ig", "a"),
        ("*erlen*", "c"),
        ("Müller~1", "abc"),
        ("Kirche~2", "b"),
        ("Mölle~1", "c"),
        ("Quast*", ""),
        ("Honig Quast*", ""),
        ("Honig -Kirsch*", "a"),
        ("Arbeiter*innen", "c"),
        ("titel:Kirsch*", "b"),
        ("titel:Honig*", ""),
        ("quelle:Warns*", "abc"),
    ]);
}

#[test]
fn closeness_counts_the_words_between() {
    check(&[
        ("Honig NEAR/1 Raps", "a"),
        ("Raps NEAR/1 Honig", "a"),
        ("Raps NEAR/0 Honig", ""),
        ("Raps ADJ/0 Honig", ""),
        ("Honig ADJ/1 Raps", "a"),
        ("Honig VOR/1 Imker", "b"),
        ("Imker VOR/1 Honig", ""),
        ("Honig NAH/9 Markttag", "a"),
        ("Honig NAH/5 Markttag", ""),
        ("(Honig ODER Frost) NEAR/2 (April ODER Raps)", "ab"),
        ("\"dem Frost\" ADJ/1 April", "b"),
        ("Frost SATZ Blüte", "b"),
        ("Frost SATZ Ernte", ""),
        ("Frost ABSATZ Ernte", "b"),
        ("Frost ABSATZ Honig", ""),
        ("M?ller NEAR/1 Rosa", "a"),
        ("Kirsche NEAR/9 Obstbauer", ""),
        ("titel:(Kirsche VOR/1 spät)", "b"),
        ("MINDESTENS/4 Honig", "a"),
        ("MINDESTENS/5 Honig", ""),
        ("Honig -(Honig NEAR/1 Raps)", "b"),
    ]);
}

#[test]
fn fields_and_days() {
    check(&[
        ("schlagwort:Imkerei", "a"),
        ("schlagwort:\"Warnseer Imkerei\"", "a"),
        ("agentur:nda", "abc"),
        ("url:anzeiger.example/LOKALES", "abc"),
        ("url:2019/b", "b"),
        ("pfad:archiv/2019", "abc"),
        ("pfad:2018", ""),
        ("id:c", "c"),
        ("url:*LOKALES*", "abc"),
        ("url:anzeiger*b.html", "b"),
        ("url:b*anzeiger", ""),
        ("url:*", "abc"),
        ("url:b?html", ""),
        ("pfad:archiv*.jsonl", "abc"),
        ("id:*c*", "c"),
        ("url:anzeiger* -url:*a.html", "bc"),
        ("autor:*x*y*z*", ""),
        ("agentur:*nda*", "abc"),
        ("schlagwort:*bau*", "abc"),
        ("text:Honig", "ab"),
        ("text:Kirsche", ""),
        ("Markt seit:2019 bis:letztes-jahr", "abc"),
        ("Markt datum:heute", ""),
    ]);
}

#[test]
fn a_boost_moves_a_word_up() {
    let bench = bench();
    let first = |query: &str| {
        let found: Value = serde_json::from_str(&bench.run(&["search", query, "--format", "json"]).out).expect("JSON");
        found["hits"][0]["id"].as_str().map(str::to_owned)
    };
    assert_eq!(first("Imker^50 ODER Waage").as_deref(), Some("a"));
    assert_eq!(first("Imker ODER Waage^50").as_deref(), Some("c"));
}

#[test]
fn what_wildcards_found_is_marked() {
    let bench = bench();
    let found: Value = serde_json::from_str(&bench.run(&["search", "Raps*ig", "--format", "json"]).out).expect("JSON");
    let mut marked = Vec::new();
    let snippets = found["hits"].as_array().expect("hits").iter().filter_map(|hit| hit["snippets"].as_array());
    for snippet in snippets.flatten() {
        let text: Vec<char> = snippet["text"].as_str().expect("text").chars().collect();
        for mark in snippet["marks"].as_array().expect("marks") {
            let at = |i: usize| usize::try_from(mark[i].as_u64().expect("a number")).expect("small");
            marked.push(text[at(0)..at(1)].iter().collect::<String>());
        }
    }
    assert_eq!(marked, ["Rapshonig"]);
}

#[test]
fn a_pattern_that_means_too_much_is_refused_where_it_stands() {
    let bench = Bench::new();
    let words: Vec<String> = (0..1_100).map(|number| format!("wort{number}")).collect();
    let text = words.join(" ");
    bench.write("t/a.txt", format!("Viele Wörter\n\nHier stehen {text} und dann nichts mehr.\n"));
    bench.run(&["index", "t"]);
    let output = bench.run(&["search", "Hier wort*"]);
    assert_eq!(output.code, Some(2));
    assert_eq!(
        output.err,
        "findbuch: Auf „wort*“ passen mehr als 1000 Wörter des Archivs.\n  Hier wort*\n       ^^^^^\n\
         Schreiben Sie mehr Buchstaben.\n"
    );
    assert_eq!(bench.names("wort10*"), ["a.txt"]);
}

#[test]
fn the_tree_is_told() {
    let bench = bench();
    let output = bench.run(&["search", "Honig NEAR/3 (Raps ODER Linde)", "--explain"]);
    assert!(output.out.starts_with("Verstanden als: Honig NAH/3 (Raps ODER Linde)\n"), "{}", output.out);
    let output = bench.run(&["search", "Honig^2 -Raps", "--explain", "--format", "json"]);
    let found: Value = serde_json::from_str(&output.out).expect("JSON");
    assert_eq!(
        found["tree"],
        json!({ "op": "all", "of": [
            { "op": "boost", "by": 2.0, "of": [{ "word": "Honig" }] },
            { "op": "not", "of": [{ "word": "Raps" }] },
        ] })
    );
}

#[test]
fn operators_that_are_words_are_told() {
    let bench = bench();
    let said = "Operatoren werden großgeschrieben; „oder“ wurde als Wort gesucht. So geht es: Imker ODER Waage";
    let output = bench.run(&["search", "Imker oder Waage", "--format", "json"]);
    let found: Value = serde_json::from_str(&output.out).expect("JSON");
    assert_eq!(found["hints"], json!([{ "kind": "capitals", "message": said, "query": "Imker ODER Waage" }]));
    for format in ["text", "json", "paths"] {
        let output = bench.run(&["search", "Imker oder Waage", "--format", format]);
        assert_eq!(output.err.lines().next(), Some(format!("Hinweis: {said}").as_str()), "{format}");
    }
    let output = bench.run(&["search", "Imker w/5 Waage", "--all", "--format", "paths", "--lang", "en"]);
    assert_eq!(
        output.err.lines().next(),
        Some(
            "note: operators of closeness and number have / and a number; “w/5” was searched as a word. \
             Write it as: Imker NEAR/5 Waage"
        )
    );
    let output = bench.run(&["save", "imker", "Imker", "and", "Honig", "--lang", "en"]);
    assert!(output.err.starts_with("note: operators are written in capitals; “and”"), "{}", output.err);
    let output = bench.run(&["trend", "Imker und Honig"]);
    assert!(output.err.starts_with("Hinweis: Operatoren werden"), "{}", output.err);
    for query in ["Imker ODER Waage", "\"Imker oder Waage\""] {
        let output = bench.run(&["search", query, "--format", "json"]);
        let found: Value = serde_json::from_str(&output.out).expect("JSON");
        assert_eq!((&found["hints"], output.err.contains("Hinweis")), (&json!([]), false), "{query}");
    }
}

#[test]
fn dates_outside_the_archive_are_told() {
    let bench = bench();
    let said = "Das Archiv reicht von 2019-05-02 bis 2024-01-15; die Suche fragt nach einer Zeit außerhalb.";
    let output = bench.run(&["search", "Markt datum:1950"]);
    assert_eq!((output.out.as_str(), output.code), (format!("{said}\n0 Treffer\n").as_str(), Some(1)));
    let output = bench.run(&["search", "Markt seit:2024-02", "--format", "json", "--lang", "en"]);
    let found: Value = serde_json::from_str(&output.out).expect("JSON");
    let said = "The archive reaches from 2019-05-02 to 2024-01-15; the query asks for a time outside.";
    assert_eq!(
        found["hints"],
        json!([{ "kind": "dates", "message": said, "query": null, "from": "2019-05-02", "until": "2024-01-15" }])
    );
    for query in ["Markt datum:2020", "Quast datum:2019", "Quast -datum:1950", "Markt seit:1950"] {
        let output = bench.run(&["search", query]);
        assert!(!output.out.contains("Das Archiv reicht"), "{query}: {}", output.out);
    }
    let output = bench.run(&["search", "Markt", "datum:1950", "--format", "paths"]);
    assert!(output.err.starts_with("Das Archiv reicht von 2019-05-02"), "{}", output.err);
}
