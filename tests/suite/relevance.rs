//! Ranking over the sample corpus: judged queries, and the rules that a reader can check by eye.

use crate::required::{self, Need};
use crate::{Bench, project};

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
    let figure = |output: &str| -> f64 {
        output.split("nDCG@10 ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).expect("nDCG")
    };
    assert!(figure(&output.out) > 0.81, "{}", output.out);
    let graded = project().join("tests/data/pooled-grades.tsv").to_string_lossy().into_owned();
    let output = bench.run(&["evaluate", "--queries", &path("queries.tsv"), "--qrels", &graded]);
    assert!(figure(&output.out) > 0.85 && output.out.contains("(198 queries)"), "{}", output.out);
}

#[test]
fn a_phrase_that_no_article_has_is_searched_as_its_words() {
    let bench = Bench::new();
    bench.write(
        "a/deich.txt",
        "Deich am Vorwerk hält\n\nDer Deich hat in der Nacht am Vorwerk gehalten, sagt der Kreis.\n",
    );
    bench.write("a/hafen.txt", "Hafen\n\nDer Hafen bekommt einen Kran, so der Kreis.\n");
    bench.run(&["index", "a"]);
    for headline in [
        "„Vorwerk hält Deich“",
        "»Vorwerk hält« – Deich",
        "\"Vorwerk hält Deich?\": Kreis",
        "Deich (hält am Vorwerk)",
        "Deich hält: „Vorwerk Nacht“ [Video]",
    ] {
        assert_eq!(bench.names(headline).first().map(String::as_str), Some("deich.txt"), "{headline}");
    }
    let query = "„Vorwerk hält Deich“";
    let told = "„Vorwerk hält Deich“ steht so in keinem Artikeltext; gesucht wurden die Wörter.";
    assert!(bench.run(&["search", query]).out.contains(told));
    let json = bench.run(&["search", query, "--format", "json", "--explain"]);
    let found: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(found["unquoted"], serde_json::json!(["Vorwerk hält Deich"]));
    assert_eq!(found["tree"]["op"], "all");
    let all = bench.run(&["search", query, "--all", "--format", "paths"]);
    assert_eq!((all.out.as_str(), all.err.contains(told)), ("a/deich.txt\n", true), "{}", all.err);
    for strict in ["=\"Vorwerk hält Deich\"", "„Vorwerk hält Deich“ NAH/3 Kreis", "„Vorwerk hält Deich“ UND Kreis"]
    {
        assert_eq!(bench.run(&["search", strict, "--count"]).out, "0\n", "{strict}");
    }
    assert_eq!(bench.hits("\"Deich am Vorwerk\""), ["a/deich.txt"]);
    assert!(!bench.run(&["search", "\"Deich am Vorwerk\""]).out.contains("in keinem Artikel"));
}

#[test]
fn the_terms_of_a_score_sum_to_it() {
    let bench = Bench::with_sample_corpus();
    for query in
        ["Kim Jong Un Munition", "Munitionslager Nordkorea Hafen", "Hafen", "\"Kim Jong Un\" Putin", "Glocke* Turm"]
    {
        let asked = ["search", query, "--explain", "--around", "2023-09", "--format", "json"];
        let found: serde_json::Value = serde_json::from_str(&bench.run(&asked).out).expect("JSON");
        let hits = found["hits"].as_array().expect("hits");
        assert!(!hits.is_empty(), "{query}");
        for hit in hits {
            let terms = hit["score_terms"].as_array().expect("terms");
            let sum: f64 = terms.iter().filter_map(|term| term["value"].as_f64()).sum();
            let score = hit["score"].as_f64().expect("a score");
            assert!((sum - score).abs() <= 1e-3 * score.max(1.0), "{query}: {score} is not {terms:?}");
        }
    }
}

#[test]
fn what_is_near_in_time_comes_first_among_others_as_good() {
    let bench = Bench::new();
    for year in ["2019", "2021", "2023"] {
        bench.write(
            &format!("a/{year}.txt"),
            format!("Deich am Vorwerk hält\n\n12.05.{year}\n\nDer Deich am Vorwerk hat gehalten.\n"),
        );
    }
    bench.write("a/besser.txt", "Deich\n\n12.05.1999\n\nDeich, Deich und Deich: der Deich.\n");
    bench.run(&["index", "a"]);
    let names = |options: &[&str]| -> Vec<String> {
        let output = bench.run(&[&["search", "Deich Vorwerk", "--format", "paths"], options].concat());
        output.out.lines().map(str::to_owned).collect()
    };
    assert_eq!(names(&[])[..3], ["a/2023.txt", "a/2021.txt", "a/2019.txt"]);
    assert_eq!(names(&["--around", "2019"]).first().map(String::as_str), Some("a/2019.txt"));
    assert_eq!(names(&["--around", "Mai 2021"]).first().map(String::as_str), Some("a/2021.txt"));
    let wrong = bench.run(&["search", "Deich", "--around", "bald"]);
    assert_eq!(
        (wrong.code, wrong.err.contains("bald ist kein Datum; schreiben Sie 2024")),
        (Some(2), true),
        "{}",
        wrong.err
    );
}

#[test]
fn a_question_shows_the_passage_that_answers_it() {
    let bench = Bench::new();
    bench.write(
        "a/lohn.txt",
        "Kreis hebt den Mindestlohn an\n\nDer Mindestlohn wird im Kreis seit Langem besprochen, sagt der Rat.\n\n\
         Vom Mindestlohn leben viele.\n\nIm Jahr darauf steigt der Mindestlohn auf 14,20 Euro je Stunde.\n",
    );
    bench.write("a/hoch.txt", "Hochwasser\n\nWie hoch das Wasser stand, wie hoch, weiß im Kreis niemand.\n");
    bench.run(&["index", "a"]);
    let output = bench.run(&["search", "Wie hoch ist der Mindestlohn?", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&output.out).expect("JSON");
    assert_eq!(found["hits"].as_array().map(Vec::len), Some(1), "{found}");
    let first = found["hits"][0]["snippets"][0]["text"].as_str().expect("a snippet");
    assert!(first.contains("14,20 Euro"), "{first}");
}

#[test]
fn lost_queries_are_shown_beside_what_was_wanted() {
    let bench = Bench::new();
    bench.write("a/1.txt", "Deich Deich\n\nDer Deich, der Deich.\n");
    bench.write("a/2.txt", "Hafen wächst\n\nDer Hafen bekommt einen Kran, am Deich wird gebaut.\n");
    bench.run(&["index", "a"]);
    bench.write("q.tsv", "q1\tDeich\nq2\tHafen\nq3\tKran\n");
    bench.write("r.tsv", "q1\ta/2.txt\t1\nq2\ta/2.txt\t1\nq3\ta/9.txt\t1\n");
    let output = bench.run(&["evaluate", "--queries", "q.tsv", "--qrels", "r.tsv", "--losses", "9"]);
    let lost: Vec<&str> = output.out.lines().skip(1).collect();
    assert!(lost.contains(&"q1  Deich") && !lost.contains(&"q2  Hafen"), "{lost:?}");
    assert!(lost.iter().any(|line| line.starts_with("  1   Deich Deich  a/1.txt")), "{lost:?}");
    assert!(lost.iter().any(|line| line.starts_with("  2   Hafen wächst  a/2.txt")), "{lost:?}");
    assert!(lost.iter().any(|line| line.trim_start().starts_with("Deich im Artikel ")), "{lost:?}");
    assert!(lost.iter().any(|line| line.contains("not among the first 1: a/9.txt")), "{lost:?}");
}

#[test]
fn the_owner_of_an_archive_sets_weights() {
    let bench = Bench::new();
    let filler = "Heute war ein langer Tag im Kreis Mehlau. ".repeat(10);
    bench.write("a/oben.txt", format!("Schleuse am Vorwerk\n\n{filler}\n"));
    bench.write("a/unten.txt", format!("Nachrichten vom Vorwerk\n\n{filler}{}\n", "Die Schleuse. ".repeat(9)));
    bench.run(&["index", "a"]);
    assert_eq!(bench.hits("Schleuse"), ["a/oben.txt", "a/unten.txt"]);
    bench.write("index/findbuch.toml", "[ranking]\nin_headline = 0\nheadline = 1\nopening = 0\n");
    assert_eq!(bench.hits("Schleuse"), ["a/unten.txt", "a/oben.txt"]);
    bench.write("index/findbuch.toml", "[ranking]\nkopf = 1\n");
    let wrong = bench.run(&["search", "Schleuse"]);
    assert_eq!(
        (wrong.code, wrong.err.contains("kopf is no weight; they are b, headline,")),
        (Some(2), true),
        "{}",
        wrong.err
    );
}
