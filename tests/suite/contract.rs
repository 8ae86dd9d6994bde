//! The JSON contract of `search`, as docs/JSON.md describes it.

use crate::Bench;
use serde_json::Value;

fn search(bench: &Bench, arguments: &[&str]) -> Value {
    let output = bench.run(&[&["search", "--format", "json"], arguments].concat());
    serde_json::from_str(&output.out).unwrap_or_else(|e| panic!("{e}: {}{}", output.out, output.err))
}

#[test]
fn every_field_is_there() {
    let bench = Bench::with_sample_corpus();
    let found = search(&bench, &["Kim Jong Un Munition"]);
    assert_eq!(found["schema"], "findbuch.search/1");
    assert_eq!(found["query"], "Kim Jong Un Munition");
    assert!(found["total"].as_u64().is_some_and(|total| total >= 1) && found["took_ms"].is_f64());
    assert!(found["relaxed"].is_null());
    let hit = &found["hits"][0];
    for field in [
        "rank",
        "score",
        "id",
        "kicker",
        "kicker_marks",
        "headline",
        "headline_marks",
        "lead",
        "date",
        "date_from",
        "source",
        "section",
        "authors",
        "url",
        "path",
        "snippets",
    ] {
        assert!(hit.get(field).is_some(), "{field}");
    }
    assert_eq!(hit["rank"], 1);
    let snippet = &hit["snippets"][0];
    assert!(snippet["field"].is_string());
    let text: Vec<char> = snippet["text"].as_str().expect("text").chars().collect();
    let marks: Vec<String> = snippet["marks"]
        .as_array()
        .expect("marks")
        .iter()
        .map(|mark| {
            let at = |i: usize| usize::try_from(mark[i].as_u64().expect("number")).expect("small");
            text[at(0)..at(1)].iter().collect()
        })
        .collect();
    assert!(!marks.is_empty());
    assert!(
        marks.iter().all(|m| ["Kim", "Jong", "Un", "un", "Munition", "munition"].contains(&m.as_str())),
        "{marks:?}"
    );
}

#[test]
fn relaxed_names_the_missing_words() {
    let bench = Bench::with_sample_corpus();
    let found = search(&bench, &["Schlepplift Quastenflosser"]);
    assert_eq!(found["relaxed"]["missing"], serde_json::json!(["Quastenflosser"]));
    let none = search(&bench, &["Quastenflosser"]);
    assert_eq!((&none["total"], &none["relaxed"], &none["hits"]), (&0.into(), &Value::Null, &serde_json::json!([])));
}

#[test]
fn the_other_forms_agree() {
    let bench = Bench::with_sample_corpus();
    let json = search(&bench, &["Norderfehn", "-n", "5"]);
    let lines = bench.run(&["search", "Norderfehn", "-n", "5", "--format", "jsonl"]).out;
    let hits: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(json["hits"].as_array().expect("hits"), &hits);
    let csv = bench.run(&["search", "Norderfehn", "-n", "5", "--format", "csv"]).out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("CSV");
    assert_eq!(rows.len(), 5);
    for (row, hit) in rows.iter().zip(&hits) {
        assert_eq!((row.get(2), row.get(8)), (hit["id"].as_str(), hit["headline"].as_str()));
    }
}
