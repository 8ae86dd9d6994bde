//! Words compared through time, and articles alike in subject.

use crate::Bench;
use serde_json::Value;

/// Notes of a small town's tram and bus: `tram` has four, `bus` two, four years apart.
fn bench() -> Bench {
    let bench = Bench::new();
    let note = |id: &str, date: &str, text: &str| {
        serde_json::json!({"id": id, "headline": "Aus dem Rathaus", "text": text, "published": date}).to_string()
    };
    let lines = [
        note("a", "2014-02-01", "Die Tram bekommt neue Gleise am Ring."),
        note("b", "2014-06-09", "Die Tram wird gestrichen, sagt der Kämmerer."),
        note("c", "2015-01-01", "Am Ring wird gefeiert."),
        note("d", "2016-04-02", "Tram oder Bus: der Rat entscheidet."),
        note("e", "2018-07-03", "Der Bus kommt nun alle zehn Minuten."),
        note("f", "2018-07-04", "Ein Sommer ohne Streit."),
    ];
    let undated = "{\"id\":\"g\",\"headline\":\"Ohne Tag\",\"text\":\"Die Tram ist alt.\"}";
    bench.write("articles/verkehr.jsonl", [lines.join("\n"), undated.to_owned()].join("\n"));
    bench.run(&["index", "articles"]);
    bench
}

#[test]
fn empty_periods_are_zeros() {
    let bench = bench();
    let csv = bench.run(&["trend", "Tram", "Bus", "--format", "csv"]).out;
    let expected = "query,period,articles,all,per_thousand\nTram,2014,2,2,1000.000\nTram,2015,0,1,0.000\n\
                    Tram,2016,1,1,1000.000\nTram,2017,0,0,0.000\nTram,2018,0,2,0.000\nBus,2014,0,2,0.000\n\
                    Bus,2015,0,1,0.000\nBus,2016,1,1,1000.000\nBus,2017,0,0,0.000\nBus,2018,1,2,500.000\n";
    assert_eq!(csv, expected);
    let json = bench.run(&["trend", "Tram", "Bus Ring", "--by", "jahr", "--format", "json"]).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&json["schema"], &json["unit"]), (&"findbuch.trend/1".into(), &"year".into()));
    assert_eq!((&json["queries"][0]["total"], &json["queries"][0]["undated"]), (&4.into(), &1.into()));
    assert_eq!(json["queries"][1]["total"], 0, "articles that lack a word do not count");
}

#[test]
fn trends_are_drawn() {
    let bench = bench();
    let output = bench.run(&["trend", "Tram", "Bus", "Bim <&>", "--svg", "verkehr.svg"]);
    let text = output.out;
    assert!(text.contains("Tram · 4 Treffer, am meisten 2014: 2, 1 ohne Datum"), "{text}{}", output.err);
    assert!(text.contains("Bus · 2 Treffer, am meisten 2016: 1"), "{text}");
    assert!(text.contains("Jahre; volle Höhe: 2 Treffer"), "{text}");
    let picture = std::fs::read_to_string(bench.path("verkehr.svg")).expect("the picture");
    let document = roxmltree::Document::parse(&picture).expect("XML");
    let lines = document.descendants().filter(|node| node.attribute("class").is_some_and(|c| c.starts_with("line s")));
    assert_eq!(lines.count(), 3);
    assert_eq!(bench.run(&["trend", "a", "b", "c", "d", "e", "f", "g"]).code, Some(2));
    assert_eq!(bench.run(&["trend", "Quastenflosser"]).code, Some(1));
}

#[test]
fn months_suit_a_short_time() {
    let bench = bench();
    let csv = bench.run(&["trend", "Ring", "--format", "csv"]).out;
    assert_eq!(csv.lines().count(), 13, "{csv}");
    assert!(
        csv.starts_with("query,period,articles,all,per_thousand\nRing,2014-02,1,1,1000.000\nRing,2014-03,0,0,0.000")
    );
}

#[test]
fn similar_articles_are_of_the_same_subject() {
    let bench = Bench::with_sample_corpus();
    let twin = "nb-2012-08-20-0017";
    let json = bench.run(&["similar", twin, "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap_or_else(|e| panic!("{e}: {}{}", json.out, json.err));
    let hits = json["hits"].as_array().expect("hits");
    assert!(hits.iter().all(|hit| hit["id"] != twin), "an article is not similar to itself");
    assert!(hits[0]["resemblance"].as_f64().is_some_and(|share| share >= 0.55), "{}", hits[0]);
    assert!(hits.len() > 1 && hits[1..].iter().all(|hit| hit.get("resemblance").is_none()));
    let text = bench.run(&["similar", twin]).out;
    assert!(text.starts_with("Ähnlich wie: ") && text.contains("fast gleich ("), "{text}");
    let rows = bench.run(&["similar", twin, "--format", "csv", "-n", "2"]).out;
    assert_eq!(rows.lines().count(), 3, "{rows}");
    let paged = bench.run(&["similar", twin, "--format", "jsonl", "-n", "1", "--offset", "1"]).out;
    let second: Value = serde_json::from_str(&paged).expect("a line");
    assert_eq!((&second["id"], &second["rank"]), (&hits[1]["id"], &2.into()));
    assert_eq!(bench.run(&["similar", "gibt-es-nicht"]).code, Some(2));
}

#[test]
fn a_short_note_is_similar_to_none() {
    let bench = Bench::new();
    bench.write("articles/kurz.jsonl", "{\"id\":\"a\",\"headline\":\"Kurz\",\"text\":\"Ende.\"}\n{\"id\":\"b\",\"headline\":\"Lang\",\"text\":\"Anfang.\"}");
    bench.run(&["index", "articles"]);
    let output = bench.run(&["similar", "a"]);
    assert_eq!(
        (output.code, output.out.contains("Kein anderer Artikel ist ihm ähnlich.")),
        (Some(1), true),
        "{}",
        output.err
    );
}
