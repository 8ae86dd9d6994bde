//! What is read from saved web pages: headline, kicker, authors, date, and nothing that is the page's.

use crate::{Bench, project};
use serde_json::Value;

fn page(bench: &Bench, name: &str) -> Value {
    let path = project().join("sample-corpus/web").join(name);
    let output = bench.run(&["show", &path.to_string_lossy(), "--format", "json"]);
    assert_eq!(output.code, Some(0), "{name}: {}", output.err);
    serde_json::from_str(&output.out).expect("JSON")
}

fn first<'a>(article: &'a Value, kind: &str) -> &'a str {
    let mut parts = article["parts"].as_array().expect("parts").iter();
    parts.find(|part| part["kind"] == kind).and_then(|part| part["text"].as_str()).unwrap_or("")
}

#[test]
fn microdata_gives_kicker_author_and_date() {
    let bench = Bench::with_sample_corpus();
    let article = page(&bench, "werftsiedlung.html");
    assert_eq!(first(&article, "kicker"), "Wohnungsnot");
    assert_eq!(first(&article, "headline"), "Drei Zimmer, Küche, Warteliste");
    assert_eq!(article["authors"], serde_json::json!(["Cosima Rautenfeld"]));
    assert_eq!(article["date"]["value"], "2019-03-28");
    let text = article.to_string();
    for furniture in ["Podcast", "Lesetipps", "Rundbrief", "Leserpost", "Impressum"] {
        assert!(!text.contains(furniture), "{furniture} is no part of the article");
    }
}
