//! Both doors lead into the same rooms: the interface answers what the command line answers.

use super::{Server, encoded, shared};
use serde_json::Value;

/// Runs the command line on the server's index.
fn printed(server: &Server, arguments: &[&str]) -> String {
    let output = server.bench.run(arguments);
    assert!(output.code != Some(2), "{arguments:?}: {}", output.err);
    output.out
}

/// The JSON without the time it took, which differs from run to run.
fn timeless(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    value.as_object_mut().expect("an object").remove("took_ms").expect("took_ms");
    value
}

#[test]
fn searches_are_those_of_the_command_line() {
    let server = shared();
    for (query, address, options) in [
        ("Munition", "", &[][..]),
        ("Kim Jong Un Munition", "", &[]),
        ("Kim Jong Un Munition Grundwasser", "&offset=3&limit=4", &["--offset", "3", "-n", "4"]),
        ("\"Kim Jong Un\" -Handball", "&sort=newest", &["--sort", "newest"]),
        ("Munition ODER Glocken", "&sort=oldest&limit=3", &["--sort", "oldest", "-n", "3"]),
        ("Wohnung", "&facets=source,year&facet_limit=2", &["--facets=source,year", "--facet-limit", "2"]),
        ("Stadt", "&facets=source&facets=author", &["--facets=source,author"]),
        ("Fähre", "&timeline=year", &["--timeline", "year"]),
        ("Fähre", "&timeline=month&group=1", &["--timeline", "month", "--group"]),
        ("Fähre Oldewerder", "&group=true&limit=2", &["--group", "-n", "2"]),
        ("Fähre Oldewerder", "&group=0", &["--no-group"]),
        ("Knopf SATZ Garn ODER Orgel", "&explain=1", &["--explain"]),
        ("Selenskyj", "&explain=1&variants=0", &["--explain", "--no-variants"]),
        ("Munition", "&exact=1", &["--exact"]),
        ("Munition", "&compounds=0", &["--no-compounds"]),
        ("Waffe", "&without=Waffenstillstand", &["--without", "Waffenstillstand"]),
        ("Waffe", "&explain=1&without=Waffen", &["--explain", "--without", "Waffen"]),
        ("Brokhusen", "", &[]),
        ("Brokhusen", "&explain=1", &["--explain"]),
        ("Zzyzx Qwertz", "", &[]),
        ("Nordkorea", "&source=Die%20Warte", &["--only", "source=Die Warte"]),
        (
            "Stadt",
            "&section=Wirtschaft&section=Kultur&year=2023",
            &["--only", "section=Wirtschaft", "--only", "section=Kultur", "--only", "year=2023"],
        ),
        ("Knopf*", "&lang=en", &["--lang", "en"]),
        ("datum:2023 Munition", "", &[]),
        ("ATLEAST/2 Hirse", "&correct=1", &[]),
    ] {
        let answer = server.get(&format!("/api/v1/search?q={}{address}", encoded(query)));
        assert_eq!(answer.status, 200, "{query} {address}: {}", answer.text());
        let arguments = [&["search", query, "--format", "json"][..], options].concat();
        let expected = timeless(&printed(&server, &arguments));
        assert_eq!(timeless(answer.text()), expected, "{query} {address}");
    }
}

#[test]
fn days_of_the_address_narrow_as_those_of_a_query() {
    let server = shared();
    for (from, to, query) in [
        ("2023", "", "Stadt datum:2023.."),
        ("", "2012-08", "Stadt datum:..2012-08"),
        ("2019-03-28", "2023-09", "Stadt datum:2019-03-28..2023-09"),
    ] {
        let answer = timeless(server.get(&format!("/api/v1/search?q=Stadt&from={from}&to={to}")).text());
        let expected = timeless(&printed(&server, &["search", query, "--format", "json"]));
        let ids = |found: &Value| -> Vec<Value> {
            found["hits"].as_array().expect("hits").iter().map(|hit| hit["id"].clone()).collect()
        };
        assert_eq!(answer["total"], expected["total"], "{query}");
        assert!(answer["total"].as_u64() > Some(0), "{query}");
        assert_eq!(ids(&answer), ids(&expected), "{query}");
    }
}

#[test]
fn whole_results_are_those_of_the_command_line() {
    let server = shared();
    for (query, address, options) in [
        ("Stadt", "", &[][..]),
        ("Munition ODER Wohnung", "&sort=oldest", &["--sort", "oldest"]),
        ("Nordkorea", "&source=Die%20Warte&exact=1", &["--only", "source=Die Warte", "--exact"]),
        ("Zzyzx", "", &[]),
    ] {
        for format in ["csv", "jsonl", "bibtex", "ris", "markdown", "paths"] {
            let arguments = [&["search", query, "--all", "--format", format][..], options].concat();
            let expected = printed(&server, &arguments);
            for path in [format!("/export/{format}?"), format!("/api/v1/search?format={format}&")] {
                let answer = server.get(&format!("{path}q={}{address}", encoded(query)));
                assert_eq!(answer.status, 200, "{path}{query}");
                assert_eq!(answer.text(), expected, "{path}{query}");
            }
        }
        let arguments = [&["search", query, "--all", "--kwic", "--format", "csv"][..], options].concat();
        let answer = server.get(&format!("/export/kwic?q={}{address}", encoded(query)));
        assert_eq!(answer.text(), printed(&server, &arguments), "{query}");
    }
}

#[test]
fn whole_results_tell_which_phrases_were_searched_as_words() {
    let server = shared();
    for path in ["/export/csv?", "/export/kwic?", "/api/v1/search?format=jsonl&"] {
        let header = |query: &str| {
            let answer = server.get(&format!("{path}q={}", encoded(query)));
            assert_eq!(answer.status, 200, "{path}{query}");
            answer.header("findbuch-unquoted").to_owned()
        };
        assert_eq!(header("„Stadt nach Fähre“"), "Stadt%20nach%20F%C3%A4hre", "{path}");
        assert_eq!(header("Stadt Fähre"), "", "{path}");
    }
}

#[test]
fn articles_trends_and_numbers_are_those_of_the_command_line() {
    let server = shared();
    let found = timeless(&printed(&server, &["search", "Stadt ODER Fähre", "--format", "json", "-n", "20"]));
    for hit in found["hits"].as_array().expect("hits") {
        let id = hit["id"].as_str().expect("an id");
        let article = server.get(&format!("/api/v1/articles/{}", encoded(id)));
        let expected: Value = serde_json::from_str(&printed(&server, &["show", id, "--format", "json"])).expect("JSON");
        assert_eq!(article.json(), expected, "{id}");
    }
    let id = "nb-2012-08-20-0017";
    let similar = server.get(&format!("/api/v1/similar/{id}?limit=4&offset=1"));
    let expected = printed(&server, &["similar", id, "--format", "json", "-n", "4", "--offset", "1"]);
    assert_eq!(timeless(similar.text()), timeless(&expected));
    for (address, arguments) in [
        ("q=Bahn&q=Wohnung", &["trend", "Bahn", "Wohnung", "--format", "json"][..]),
        ("q=Munition&by=month", &["trend", "Munition", "--by", "month", "--format", "json"]),
    ] {
        let trend = server.get(&format!("/api/v1/trend?{address}")).json();
        assert_eq!(trend, serde_json::from_str::<Value>(&printed(&server, arguments)).expect("JSON"), "{address}");
    }
    for typed in ["Mun", "Kim J", "Munition Lief", "quelle:Die"] {
        let suggested = server.get(&format!("/api/v1/suggest?q={}&limit=6", encoded(typed))).json();
        let expected = printed(&server, &["suggest", typed, "--format", "json"]);
        assert_eq!(suggested, serde_json::from_str::<Value>(&expected).expect("JSON"), "{typed}");
    }
    let stats = server.get("/api/v1/stats").json();
    let expected: Value = serde_json::from_str(&printed(&server, &["stats", "--format", "json"])).expect("JSON");
    assert_eq!(stats, expected);
}

#[test]
fn comparisons_are_those_of_the_command_line() {
    let server = shared();
    for (a, b, address, options) in [
        ("Munition", "Stadt -Munition", "", &[][..]),
        ("sammlung:Deich", "Fähre", "&from=2010&by=year", &["--from", "2010", "--by", "year"]),
        ("Zzyzx", "Stadt", "&source=Die+Warte&exact=1", &["--only", "source=Die Warte", "--exact"]),
    ] {
        let answer = server.get(&format!("/api/v1/compare?a={}&b={}{address}", encoded(a), encoded(b)));
        let printed = printed(&server, &[&["compare", a, b, "--format", "json"][..], options].concat());
        let expected: Value = serde_json::from_str(&printed).expect("JSON");
        assert_eq!(answer.json(), expected, "{a} {b} {address}");
    }
}

#[test]
fn lists_are_counted_as_on_the_command_line() {
    let server = shared();
    server.bench.write("liste.txt", "Kim Jong Un\nMunition -Nordkorea\ntittel:a\nQuastenflosser\n");
    let options = ["--from", "2019", "--not", "source=Die Warte", "-n", "2", "--phrases", "--sort", "newest"];
    for (address, options) in
        [("", &[][..]), ("&from=2019&not=source%3DDie+Warte&limit=2&phrases=1&sort=newest", &options)]
    {
        let queries = ["Kim Jong Un", "Munition -Nordkorea", "tittel:a", "Quastenflosser"].map(encoded).join("&q=");
        let answer = server.get(&format!("/api/v1/batch?q={queries}{address}"));
        let arguments = [&["batch", "liste.txt", "--format", "json"][..], options].concat();
        let expected: Value = serde_json::from_str(&server.bench.run(&arguments).out).expect("JSON");
        assert_eq!(answer.json(), expected, "{address}");
        assert_eq!(expected["rows"].as_array().map(Vec::len), Some(4));
    }
}
