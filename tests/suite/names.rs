//! Names as facets, fields and in articles: people, organisations, places.

use crate::Bench;
#[cfg(feature = "serve")]
use crate::web::Server;
use serde_json::{Value, json};

const REPORT: &str = "{\"id\":\"besuch\",\"headline\":\"Besuch aus Paris\",\"text\":\"Angela Merkel empfing am Montag in Berlin den französischen \
    Präsidenten Emmanuel Macron. Merkel dankte der SPD. Macrons Antwort blieb aus.\"}";
const NOTE: &str = "{\"id\":\"hafen\",\"headline\":\"Kran im Hafen\",\"text\":\"Am Kai wird gebaut. Angela Merkel kam nach Hamburg.\"}";

fn bench(options: &[&str]) -> Bench {
    let bench = Bench::new();
    bench.write("articles/a.jsonl", format!("{REPORT}\n{NOTE}"));
    let indexed = bench.run(&[&["index", "articles"], options].concat());
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    bench
}

fn facets(bench: &Bench) -> Value {
    let found =
        bench.run(&["search", "id:a ODER id:b ODER id:h", "--facets=person,organisation,ort", "--format", "json"]);
    serde_json::from_str::<Value>(&found.out).expect("JSON")["facets"].clone()
}

#[test]
fn names_are_counted_by_article() {
    let facets = facets(&bench(&["--names"]));
    let first = |name: &str| facets[name]["values"][0].clone();
    assert_eq!(first("person"), json!({"value": "Angela Merkel", "articles": 2}), "{facets}");
    assert_eq!(facets["person"]["values"][1]["value"], "Emmanuel Macron", "named once in full, then by the surname");
    assert_eq!(facets["person"]["values"].as_array().map(Vec::len), Some(2), "a surname alone is no person more");
    assert_eq!(first("organisation")["value"], "SPD");
}

#[cfg(feature = "serve")]
#[test]
fn who_occurs_with_whom_is_drawn_and_counted() {
    let server = Server::start(bench(&["--names"]), &[]);
    let page = server.page("/network?q=Merkel");
    let row = "<th scope=\"row\">Angela Merkel</th><td class=\"left\">Emmanuel Macron</td><td><a href=\"";
    assert!(page.text().contains(row), "{}", page.text());
    assert_eq!(page.text().matches("<circle").count(), 2, "Merkel, Macron");
    assert!(page.text().contains(">SPD</text>"));
    assert!(server.page("/network?q=Xylophon").text().contains("Keine Treffer."));
    // both people, which two values of one facet are not
    let both = "/?q=(Merkel)%20person%3A%22Angela%20Merkel%22%20person%3A%22Emmanuel%20Macron%22";
    assert!(server.page(both).text().contains("Besuch aus Paris"));
    assert!(page.text().contains(&both.replace("%20", "+").replace("(Merkel)", "%28Merkel%29")), "{}", page.text());
    let without = Server::start(bench(&[]), &[]);
    assert!(without.page("/network?q=Merkel").text().contains("index --names"));
}

#[test]
fn articles_are_found_by_who_is_named() {
    let bench = bench(&["--names"]);
    for (arguments, count) in [
        (vec!["person:\"Angela Merkel\""], 2),
        (vec!["person:macron"], 1),
        (vec!["organisation:SPD"], 1),
        (vec!["ort:Hamburg"], 1),
        (vec!["place:Berlin"], 1),
        (vec!["person:Hamburg"], 0),
        (vec!["Merkel", "--only", "ort=Hamburg"], 1),
    ] {
        let output = bench.run(&[&["search", "--count"], arguments.as_slice()].concat());
        assert_eq!(output.out.trim(), count.to_string(), "{arguments:?}: {}", output.err);
    }
}

#[test]
fn an_index_without_names_stays_without_until_it_is_made_anew() {
    let bench = bench(&[]);
    assert_eq!(facets(&bench)["person"]["values"], json!([]));
    bench.write("articles/b.jsonl", REPORT.replace("besuch", "b"));
    bench.run(&["index"]);
    assert_eq!(facets(&bench)["person"]["values"], json!([]));
    let refused = bench.run(&["index", "--names"]);
    assert!(refused.code == Some(2) && refused.err.contains("index --rebuild --names"), "{}", refused.err);
    let told = bench.run(&["search", "person:Merkel"]);
    assert!(told.code == Some(1) && told.err.contains("index --rebuild --names"), "{}", told.err);
    bench.run(&["index", "--rebuild", "--names"]);
    assert_eq!(facets(&bench)["person"]["values"][0]["value"], "Angela Merkel");
    // as it was, until something else is wanted
    bench.run(&["index", "--rebuild"]);
    assert_eq!(facets(&bench)["person"]["values"][0]["value"], "Angela Merkel");
    bench.run(&["index", "--rebuild", "--no-names"]);
    assert_eq!(facets(&bench)["person"]["values"], json!([]));
}

#[test]
fn an_article_tells_its_names_and_is_whole_with_them() {
    let bench = bench(&["--names"]);
    let shown = bench.run(&["show", "hafen", "--format", "json"]);
    let article: Value = serde_json::from_str(&shown.out).expect("JSON");
    assert_eq!(article["names"], json!({"people": ["Angela Merkel"], "places": ["Hamburg"]}));
    assert_eq!(bench.run(&["check"]).code, Some(0));
    let again = bench.run(&["index"]);
    assert!(again.out.contains("2 unchanged"), "{}", again.out);
}

/// Articles in which one person is named in full; each begins with its number.
fn in_full(name: &str, from: usize, until: usize) -> String {
    let line = |number: usize| {
        format!(
            "{{\"id\":\"voll-{number}\",\"headline\":\"Bericht {number}\",\"text\":\"{name} reiste am Montag nach Hamburg.\"}}\n"
        )
    };
    (from..until).map(line).collect()
}

#[test]
fn a_surname_alone_is_whom_the_archive_nearly_always_means() {
    let bench = Bench::new();
    let alone = "{\"id\":\"allein\",\"headline\":\"Kran\",\"text\":\"Am Kai sagte Merkel nichts. Der Kran steht.\"}\n";
    bench.write("articles/a.jsonl", format!("{}{alone}", in_full("Angela Merkel", 0, 3)));
    let indexed = bench.run(&["index", "articles", "--names"]);
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    let people = |bench: &Bench| {
        let found = bench.run(&["search", "Hamburg ODER Kran", "--facets=person", "--format", "json"]);
        let found: Value = serde_json::from_str(&found.out).expect("JSON");
        found["facets"]["person"]["values"].clone()
    };
    let counted = |bench: &Bench, arguments: &[&str]| {
        bench.run(&[&["search", "--count"], arguments].concat()).out.trim().to_owned()
    };
    assert_eq!(people(&bench), json!([{"value": "Angela Merkel", "articles": 4}]));
    assert_eq!(counted(&bench, &["person:\"Angela Merkel\""]), "4");
    assert_eq!(counted(&bench, &["Kran", "--only", "person=Angela Merkel"]), "1");
    assert_eq!(counted(&bench, &["Kran ODER Hamburg", "--not", "person=Angela Merkel"]), "0");
    // another of that surname: nobody knows who is meant
    bench.write("articles/b.jsonl", in_full("Petra Merkel", 3, 6));
    assert_eq!(bench.run(&["index"]).code, Some(0));
    assert_eq!(counted(&bench, &["person:\"Angela Merkel\""]), "3");
    let names: Vec<Value> =
        people(&bench).as_array().into_iter().flatten().map(|value| value["value"].clone()).collect();
    assert_eq!(names, ["Angela Merkel", "Petra Merkel", "Merkel"]);
}
