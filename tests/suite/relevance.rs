//! Ranking over the sample corpus: judged queries, and the rules that a reader can check by eye.

use crate::Bench;
use crate::required::{self, Need};

/// Queries with the file that must come first.
const FIRST: &[(&str, &str)] = &[
    ("Kim Jong Un Munition", "nordkorea-gipfel.html"),
    ("Munition Nordkorea", "waffenhandel-nordkorea.txt"),
    ("\"Kim Jong Un\" Munition", "nordkorea-gipfel.html"),
    ("Kim Jong Un Putin Wostotschny", "nordkorea-gipfel.html"),
    ("Kim Bergander", "kim-koch.txt"),
    ("Kim Jansen", "ticker-2023.jsonl"),
    ("Wärmepumpe Fernwärme", "waermenetz-norderfehn.txt"),
    ("Zweitwohnungsteuer", "zweitwohnung-urteil.html"),
    ("Bürgermeister Müller Rücktritt", "mueller-1999.txt"),
    ("Trägerrakete Satelliten Start", "traegerrakete-start.txt"),
    ("Schlepplift Jänner", "jaenner-st-ortolf.md"),
    ("Brockhusen", "nachruf-brockhusen.md"),
    ("Niedrigwasser Fähre", "niedrigwasser-lenz.html"),
    ("Kreißsaal schließt", "kreisklinik-geburtshilfe.html"),
    ("Schleuse Stillegung", "1994-03-17-schiffahrt.txt"),
    ("Weltkriegsmunition Oberlenz", "munition-baustelle.txt"),
];

#[cfg(feature = "html")]
#[test]
fn the_article_meant_comes_first() {
    let bench = Bench::with_sample_corpus();
    for (query, expected) in FIRST {
        assert_eq!(
            bench.names(query).first().map(String::as_str),
            Some(*expected),
            "{query}: {:?}",
            bench.names(query)
        );
    }
}

#[test]
fn evaluate_agrees_and_writes_a_run() {
    let bench = Bench::new();
    bench.write("a/1.txt", "Deich hält stand\n\nDer Deich am Vorwerk hat die Nacht überstanden.\n");
    bench.write("a/2.txt", "Hafen wächst\n\nDer Hafen bekommt einen Kran, am Deich wird gebaut.\n");
    bench.run(&["index", "a"]);
    bench.write("q.tsv", "q1\tDeich Vorwerk\nq2\tHafen\nq3\tDeich\nq4\tunbeurteilt\n");
    bench.write("r.tsv", "q1\ta/1.txt\t1\nq2\ta/1.txt\t1\nq3\ta/2.txt\t1\n");
    bench.write("s.tsv", "q1\tort:vorwerk\n");
    let output =
        bench.run(&["evaluate", "--queries", "q.tsv", "--qrels", "r.tsv", "--slices", "s.tsv", "--run", "x.run"]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    let lines: Vec<&str> = output.out.lines().collect();
    assert!(
        lines[0].starts_with("all ") && lines[0].contains("P@1 0.3333") && lines[0].contains("(3 queries)"),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("ort ") && lines[1].contains("nDCG@10 1.0000"), "{lines:?}");
    assert!(lines[2].starts_with("verbatim ") && lines[2].contains("(2 queries)"), "{lines:?}");
    let run = std::fs::read_to_string(bench.path("x.run")).expect("run");
    assert!(run.starts_with("q1 Q0 a/1.txt 1 "), "{run}");
    let wrong = bench.run(&["evaluate", "--queries", "q.tsv", "--qrels", "r.tsv", "--ranking", "k9=1"]);
    assert_eq!(wrong.code, Some(2));
}

#[test]
fn words_side_by_side_outrank_scattered_ones() {
    let bench = Bench::new();
    let filler = "Heute war ein langer Tag im Kreis Mehlau, und viele kamen zum Hafen. ".repeat(6);
    bench.write("a/name.txt", format!("Besuch im Kreis\n\n{filler}Der Gast Enno Arne Wiebe blieb. {filler}\n"));
    bench.write("a/streu.txt", format!("Besuch im Kreis\n\nEnno sprach. {filler}Dann kam Wiebe. {filler}Arne ging.\n"));
    bench.run(&["index", "a"]);
    assert_eq!(bench.hits("Enno Arne Wiebe"), ["a/name.txt", "a/streu.txt"]);
}

#[test]
fn the_form_typed_outranks_its_inflections() {
    let bench = Bench::new();
    let text = |form: &str| {
        format!("Nachrichten aus dem Kreis\n\nAm Montag sprach der Kreistag lange über {form}, dann ging er heim.\n")
    };
    for (name, form) in [("eins", "Rakete"), ("zwei", "Raketen")] {
        bench.write(&format!("a/{name}.txt"), text(form));
    }
    bench.run(&["index", "a"]);
    assert_eq!(bench.hits("Rakete"), ["a/eins.txt", "a/zwei.txt"]);
    assert_eq!(bench.hits("Raketen"), ["a/zwei.txt", "a/eins.txt"]);
}

#[test]
fn a_word_in_the_headline_outranks_one_in_the_text() {
    let bench = Bench::new();
    let filler = "Heute war ein langer Tag im Kreis Mehlau. ".repeat(10);
    bench.write("a/oben.txt", format!("Schleuse am Vorwerk\n\n{filler}\n"));
    bench.write("a/unten.txt", format!("Nachrichten am Vorwerk\n\n{filler}Die Schleuse.\n"));
    bench.run(&["index", "a"]);
    assert_eq!(bench.hits("Schleuse"), ["a/oben.txt", "a/unten.txt"]);
}

#[test]
fn articles_that_lack_a_word_follow_and_are_kept_out_of_lists() {
    let bench = Bench::new();
    for (name, text) in [
        ("beide", "Der Deich am Vorwerk hält, sagt der Kreis, und so bleibt es."),
        ("oben", "Am Vorwerk, am Vorwerk, am Vorwerk steht Wasser, immer am Vorwerk."),
        ("keins", "Im Kreis ist es ruhig, und so bleibt es."),
    ] {
        bench.write(&format!("a/{name}.txt"), format!("Nachrichten aus dem Kreis\n\n{text}\n"));
    }
    bench.run(&["index", "a"]);
    assert_eq!(bench.hits("Deich Vorwerk"), ["a/beide.txt"]);
    let found: serde_json::Value =
        serde_json::from_str(&bench.run(&["search", "Deich Vorwerk", "--format", "json"]).out).expect("JSON");
    let missing: Vec<&serde_json::Value> =
        found["hits"].as_array().expect("hits").iter().map(|hit| &hit["missing"]).collect();
    assert_eq!(found["total"], 1);
    assert_eq!(missing, [&serde_json::json!([]), &serde_json::json!(["Deich"])]);
    assert!(found["relaxed"].is_null());
    assert!(bench.run(&["search", "Deich Vorwerk"]).out.contains("fehlt: Deich"));
}

#[cfg(feature = "html")]
#[test]
fn a_short_page_is_the_beginning_of_a_long_one() {
    let bench = Bench::with_sample_corpus();
    let ids = |query: &str, limit: &str| -> Vec<String> {
        let output = bench.run(&["search", query, "-n", limit, "--format", "json"]);
        let found: serde_json::Value = serde_json::from_str(&output.out).expect("JSON");
        found["hits"].as_array().expect("hits").iter().map(|hit| hit["id"].to_string()).collect()
    };
    for query in [
        "Kim Jong Un Munition",
        "Munition Nordkorea Russland Granaten Norderfehn Fähre",
        "Warum der Kreis Mehlau den Hafen und die Schleuse sperrt",
        "Gemeinderat Oberlenz Haushalt Schule Bürgermeister Streit",
        "Hafen Schleuse",
    ] {
        let all = ids(query, "60");
        assert!(all.len() > 2, "{query}: {all:?}");
        for limit in [1, 2, 3, 5, 10] {
            let page = ids(query, &limit.to_string());
            assert_eq!(page, all[..limit.min(all.len())], "{query}, {limit} hits");
        }
    }
}

#[test]
#[ignore = "indexes an archive of thousands of articles"]
fn judged_data_from_elsewhere_is_used_where_it_is() {
    let Some(data) = required::path(Need::Eval, "FINDBUCH_EVAL") else { return };
    let set = data.join("retrieval/trends-search");
    let bench = Bench::new();
    std::fs::create_dir(bench.path("a")).expect("create");
    std::fs::copy(set.join("docs.jsonl.zst"), bench.path("a/docs.jsonl.zst")).expect("docs");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let path = |name: &str| set.join(name).to_string_lossy().into_owned();
    let output = bench.run(&["evaluate", "--queries", &path("queries.tsv"), "--qrels", &path("qrels.tsv")]);
    let figure: f64 =
        output.out.split("nDCG@10 ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).expect("nDCG");
    assert!(figure > 0.80, "{}", output.out);
}
