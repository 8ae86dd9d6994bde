//! Overviews of a result: its number, facets.

use crate::Bench;
use serde_json::Value;

/// Twelve notes about a choir, of two papers and some years, three of them nearly the same.
fn bench() -> Bench {
    let bench = Bench::new();
    let note = |id: usize, source: &str, date: &str, author: &str, text: &str| {
        serde_json::json!({
            "id": format!("chor-{id:02}"), "headline": format!("Chor probt zum {id}. Mal"), "text": text,
            "published": date, "source": source, "author": author, "section": "Kultur",
            "tags": if id == 3 { vec!["Probe", "Musik"] } else { vec![] },
        })
        .to_string()
    };
    let mut lines = vec![
        note(1, "Norderfehner Bote", "2019-03-04", "Ilse Brandis", "Der Chor probt im Gemeindehaus."),
        note(2, "Norderfehner Bote", "2019-03-20", "Ilse Brandis", "Der Chor sucht zwei tiefe Stimmen."),
        note(3, "Lenztaler Tageblatt", "2021-11-02", "Arno Thede", "Der Chor reist an die Küste."),
        note(4, "Lenztaler Tageblatt", "2022-01-15", "Arno Thede", "Der Chor singt im Rathaus."),
        note(5, "Norderfehner Bote", "2022-02-01", "Ilse Brandis", "Ohne Sänger keine Probe."),
    ];
    lines.push(
        "{\"id\":\"chor-06\",\"headline\":\"Chor ohne Tag\",\"text\":\"Der Chor hat keinen Termin.\"}".to_owned(),
    );
    bench.write("articles/chor.jsonl", lines.join("\n"));
    bench.run(&["index", "articles"]);
    bench
}

fn json(bench: &Bench, arguments: &[&str]) -> Value {
    let output = bench.run(&[&["search", "--format", "json"], arguments].concat());
    serde_json::from_str(&output.out).unwrap_or_else(|e| panic!("{e}: {}{}", output.out, output.err))
}

#[test]
fn the_number_alone() {
    let bench = bench();
    let count = |query: &str| {
        let output = bench.run(&["search", query, "--count"]);
        (output.out.trim().to_owned(), output.code)
    };
    assert_eq!(count("Chor"), ("6".to_owned(), Some(0)));
    assert_eq!(count("Quastenflosser"), ("0".to_owned(), Some(1)));
    assert_eq!(count("Chor Quastenflosser"), ("0".to_owned(), Some(1)), "articles that lack a word do not count");
    assert_eq!(json(&bench, &["Chor", "--count"]), serde_json::json!({"total": 6}));
}

#[test]
fn facets_count_the_whole_result() {
    let bench = bench();
    let found = json(&bench, &["Chor", "--facets", "-n", "1"]);
    assert_eq!(found["hits"].as_array().map(Vec::len), Some(1));
    for (facet, values, without) in [
        ("source", vec![("Norderfehner Bote", 3), ("Lenztaler Tageblatt", 2)], 1),
        ("section", vec![("Kultur", 5)], 1),
        ("author", vec![("Ilse Brandis", 3), ("Arno Thede", 2)], 1),
        ("agency", vec![], 6),
        ("tag", vec![("Musik", 1), ("Probe", 1)], 5),
        ("year", vec![("2019", 2), ("2022", 2), ("2021", 1)], 1),
        ("month", vec![("2019-03", 2), ("2021-11", 1), ("2022-01", 1), ("2022-02", 1)], 1),
    ] {
        let facet_found = &found["facets"][facet];
        let shown: Vec<(&str, i64)> = facet_found["values"]
            .as_array()
            .expect("values")
            .iter()
            .map(|value| (value["value"].as_str().expect("a name"), value["articles"].as_i64().expect("a number")))
            .collect();
        assert_eq!((shown, &facet_found["without"]), (values, &without.into()), "{facet}");
    }
    assert!(json(&bench, &["Chor"]).get("facets").is_none(), "only where they are asked for");
}

#[test]
fn facets_are_limited_and_in_rows() {
    let bench = bench();
    let csv = bench.run(&["search", "Chor", "--facets=Monat", "--facet-limit", "2", "--format", "csv"]);
    assert_eq!(csv.out, "facet,value,articles\nmonth,2019-03,2\nmonth,2021-11,1\nmonth,,1\n");
    let text = bench.run(&["search", "Chor", "--facets=monat", "--facet-limit", "2"]).out;
    assert!(text.contains("03.2019") && text.contains("… und 2 weitere") && text.contains("ohne Angabe"), "{text}");
    let wrong = bench.run(&["search", "Chor", "--facets=farbe"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("quelle, ressort"), "{}", wrong.err);
    assert_eq!(bench.run(&["search", "Chor", "--facets", "--format", "paths"]).code, Some(2));
}

#[test]
fn a_facet_that_limits_a_search_counts_as_if_it_did_not() {
    let bench = bench();
    let both = [("Norderfehner Bote", 3), ("Lenztaler Tageblatt", 2)];
    let values = |found: &Value, facet: &str| -> Vec<(String, u64)> {
        let values = found["facets"][facet]["values"].as_array().expect("values").iter();
        let one = |value: &Value| Some((value["value"].as_str()?.to_owned(), value["articles"].as_u64()?));
        values.filter_map(one).collect()
    };
    let check = |options: &[&str], total: u64, sources: &[(&str, u64)], authors: &[(&str, u64)]| {
        let found = json(&bench, &[&["Chor", "--facets=quelle,autor"], options].concat());
        let owned =
            |values: &[(&str, u64)]| values.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!(found["total"], total, "{options:?}");
        assert_eq!(values(&found, "source"), owned(sources), "{options:?}");
        assert_eq!(values(&found, "author"), owned(authors), "{options:?}");
    };
    check(&["--only", "quelle=Norderfehner Bote"], 3, &both, &[("Ilse Brandis", 3)]);
    check(&["--not", "quelle=Norderfehner Bote"], 3, &both, &[("Arno Thede", 2)]);
    check(
        &["--only", "schlagwort=Musik", "--not", "jahr=2019"],
        1,
        &[both[1]].map(|(name, _)| (name, 1)),
        &[("Arno Thede", 1)],
    );
    let narrowed = ["--only", "quelle=Norderfehner Bote", "--not", "autor=Ilse Brandis"];
    check(&narrowed, 0, &[("Lenztaler Tageblatt", 2)], &[("Ilse Brandis", 3)]);
    let wrong = bench.run(&["search", "Chor", "--not", "farbe"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("--not „farbe“: Schreiben Sie FACETTE=WERT"), "{}", wrong.err);
}

#[test]
fn shares_are_of_what_a_search_is_limited_to() {
    let bench = bench();
    let shares = |options: &[&str]| {
        let command = ["search", "tiefe Stimmen", "--timeline", "year", "--format", "csv"];
        bench.run(&[&command[..], options].concat()).out
    };
    assert!(shares(&[]).ends_with("2019,1,2,500.000\n"), "{}", shares(&[]));
    let limited = shares(&["--not", "monat=2019-03", "--only", "quelle=Norderfehner Bote"]);
    assert!(!limited.contains("2019"), "{limited}");
    let sources = bench.run(&[
        "search",
        "Rathaus",
        "--timeline",
        "year",
        "--format",
        "csv",
        "--only",
        "quelle=Lenztaler Tageblatt",
    ]);
    // the other paper has an article of that year too
    assert!(sources.out.ends_with("2022,1,1,1000.000\n"), "{}", sources.out);
}

#[test]
fn a_timeline_has_every_period() {
    let bench = bench();
    let years = bench.run(&["search", "Chor", "--timeline", "jahr", "--format", "csv"]).out;
    let expected = "period,articles,all,per_thousand\n2019,2,2,1000.000\n2020,0,0,0.000\n2021,1,1,1000.000\n\
                    2022,2,2,1000.000\n";
    assert_eq!(years, expected);
    let months = json(&bench, &["Stimmen", "--timeline", "month"]);
    assert_eq!(
        months["timeline"],
        serde_json::json!({
            "unit": "month",
            "periods": [{"period": "2019-03", "articles": 1, "all": 2, "per_thousand": 500.0}],
            "undated": 0,
        })
    );
    let text = bench.run(&["search", "Chor", "--timeline", "month"]).out;
    assert!(text.contains("03.2019  2  ██") && text.contains("… 31 Monate ohne Treffer"), "{text}");
    assert!(text.contains("ohne Datum: 1"), "{text}");
    let relative = bench.run(&["search", "Stimmen", "--timeline", "year", "--per-thousand", "--lang", "en"]).out;
    assert!(relative.contains("2019  500.0  1 of 2  ██"), "{relative}");
}

#[test]
fn a_timeline_is_drawn() {
    let bench = bench();
    let drawn = bench.run(&["search", "Chor -\"<Wind&\"", "--timeline", "year", "--svg", "chor.svg"]);
    assert_eq!(drawn.code, Some(0), "{}", drawn.err);
    let text = std::fs::read_to_string(bench.path("chor.svg")).expect("the picture");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let bars = document.descendants().filter(|node| node.attribute("class") == Some("c0")).count();
    assert_eq!(bars, 3, "{text}");
    assert!(document.descendants().any(|node| node.text() == Some("2021")), "{text}");
    for options in [["--kwic", "--count"], ["--all", "--facets"], ["--all", "-n5"], ["--kwic", "--timeline=year"]] {
        let refused = bench.run(&[&["search", "Chor"][..], &options].concat());
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{options:?}");
    }
    let nowhere = bench.run(&["search", "Chor", "--timeline", "year", "--svg", "nirgends/chor.svg"]);
    assert_eq!(nowhere.code, Some(2));
}
