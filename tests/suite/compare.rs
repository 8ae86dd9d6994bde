//! Two searches side by side.

use crate::Bench;
use serde_json::{Value, json};

fn bench() -> Bench {
    let bench = Bench::new();
    let note = |id: &str, date: &str, source: &str, text: &str| {
        json!({"id": id, "headline": "Notiz", "text": text, "published": date, "source": source}).to_string()
    };
    let lines = [
        note("a", "2014-02-01", "Bote", "Die Orgel klingt, der Kantor spielt. Die Orgel ist alt."),
        note("b", "2016-06-09", "Bote", "Der Kantor probt an der Orgel. Die Orgel braucht Luft."),
        note("c", "2019-01-01", "Warte", "Der Kran am Kai hebt Lasten. Der Kran ist neu, Kran um Kran."),
        note("d", "2019-05-01", "Warte", "Ein Kran steht, die Orgel im Dom schweigt. Der Kran rostet, Kran um Kran."),
    ];
    bench.write("articles/notizen.jsonl", lines.join("\n"));
    bench.run(&["index", "articles"]);
    bench
}

#[test]
fn time_sources_and_words_stand_side_by_side() {
    let bench = bench();
    let output = bench.run(&["compare", "Orgel", "Kran", "--format", "json"]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    let json: Value = serde_json::from_str(&output.out).expect("JSON");
    let totals = [0, 1].map(|set| json["queries"][set]["total"].as_u64());
    assert_eq!((totals, json["both"].as_u64()), ([Some(3), Some(2)], Some(1)));
    assert_eq!(
        json["facets"]["source"],
        json!([{"value": "Warte", "articles": [1, 2]}, {"value": "Bote", "articles": [2, 0]}])
    );
    assert_eq!(json["queries"][1]["periods"][5]["articles"], 2, "2019");
    let output = bench.run(&["compare", "Orgel -Kran", "Kran", "--by", "jahr"]);
    for told in ["A  Orgel -Kran · 2 Artikel", "B  Kran · 2 Artikel", "in beiden: 0", "G²", "Rayson und Garside"] {
        assert!(output.out.contains(told), "{told} in {}", output.out);
    }
    let words = bench.run(&["compare", "Orgel -Kran", "Kran", "--format", "json"]).out;
    let words: Value = serde_json::from_str(&words).expect("JSON");
    assert_eq!(words["queries"][1]["key_words"][0]["word"], "Kran");
    assert_eq!(words["queries"][1]["key_words"][0]["count"], json!([0, 8]));
}

#[test]
fn no_more_articles_are_read_than_are_wanted() {
    let bench = bench();
    let json = bench.run(&["compare", "Orgel", "Kran", "--sample", "1", "--format", "json"]).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!([0, 1].map(|set| json["queries"][set]["read"].as_u64()), [Some(1), Some(1)]);
    let text = bench.run(&["compare", "Orgel", "Kran", "--sample", "1"]).out;
    assert!(text.contains("1 von 3 von A"), "{text}");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let bench = bench();
    assert_eq!(bench.run(&["compare", "Zzyzx", "Qwertz"]).code, Some(1));
    for (a, b, says) in [
        ("Orgel", "(Kran", "(Kran\n  ^"),
        ("Orgel", "Kran sammlung:x", "Kran sammlung:x\n                ^"),
        ("sammlung:x", "Orgel", "Eine Sammlung „x“ gibt es nicht."),
    ] {
        let output = bench.run(&["compare", a, b]);
        assert_eq!(output.code, Some(2), "{a} {b}");
        assert!(output.err.contains(says), "{a} {b}: {}", output.err);
    }
}
