//! The OpenAPI document and the interface say the same.

use super::{Answer, Server, encoded, shared};
use crate::{Bench, project};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An article of the sample corpus that has versions.
const ID: &str = "nb-2012-08-20-0017";

fn document() -> Value {
    let text = std::fs::read_to_string(project().join("crates/web/src/openapi.json")).expect("openapi.json");
    serde_json::from_str(&text).expect("JSON")
}

/// What a local reference stands for.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        None => value,
        Some(reference) => {
            let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} is not local"));
            document.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"))
        }
    }
}

/// Path and operation; of those that write, where they are `wanted` too.
fn operations(document: &Value, wanted: Wanted) -> Vec<(&str, &Value)> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let writes = matches!(method.as_str(), "put" | "delete");
            assert!(method == "get" || writes && path.starts_with("/api/v1/collections/"), "{method} {path}");
            if !writes || wanted == Wanted::All {
                found.push((path.as_str(), operation));
            }
        }
    }
    found
}

/// Which operations are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Those that read.
    Reading,
    /// Those that write as well.
    All,
}

fn parameters<'a>(document: &'a Value, operation: &'a Value) -> Vec<&'a Value> {
    operation["parameters"].as_array().into_iter().flatten().map(|one| resolved(document, one)).collect()
}

/// Names of the parameters that stand behind the `?`.
fn names<'a>(document: &'a Value, operation: &'a Value) -> BTreeSet<&'a str> {
    let inside = parameters(document, operation).into_iter().filter(|one| one["in"] == "query");
    inside.map(|one| one["name"].as_str().expect("a name")).collect()
}

/// A value that a parameter may have.
fn example(parameter: &Value) -> String {
    let schema = &parameter["schema"];
    match (parameter["name"].as_str().expect("a name"), &schema["enum"], &schema["minimum"]) {
        (_, Value::Array(values), _) => values.last().and_then(Value::as_str).expect("a value").to_owned(),
        (_, _, Value::Number(least)) => least.to_string(),
        ("q", ..) => "Stadt".into(),
        ("not", ..) => "source=Die Warte".into(),
        ("facets", ..) => "source,year".into(),
        ("from" | "month", ..) => "2019-03".into(),
        ("to" | "year" | "around", ..) => "2024".into(),
        _ => "Die Warte".into(),
    }
}

/// The address of an operation with all that it demands and one parameter more.
fn address(path: &str, names: &BTreeSet<&str>, more: &str) -> String {
    let path = path.replace("{id}", ID).replace("{name}", "Deich");
    let demanded =
        ["q", "a", "b"].into_iter().filter(|name| names.contains(name) && !more.starts_with(&format!("{name}=")));
    let demanded = demanded.flat_map(|name| [name, "=Stadt&"]).collect::<String>();
    format!("{path}?{demanded}{more}")
}

/// Holds an answer against the schema that the document gives for it.
#[track_caller]
fn hold(document: &Value, operation: &Value, answer: &Answer) {
    let status = answer.status.to_string();
    let responses = operation["responses"].as_object().expect("responses");
    let response = responses.get(&status).or(responses.get("default")).expect("a response");
    let kind = answer.header("content-type").split(';').next().unwrap_or("");
    let content = response["content"][kind].as_object();
    let content = content.unwrap_or_else(|| panic!("{status} is not described as {kind}: {}", answer.text()));
    let mut schema = content["schema"].clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let found = answer.json();
    let errors: Vec<String> =
        validator.iter_errors(&found).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{found:#}");
}

/// All references within a value.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    if value["$ref"].is_string() {
        found.push(value);
    }
    let within: Vec<&Value> = match value {
        Value::Object(object) => object.values().collect(),
        Value::Array(array) => array.iter().collect(),
        _ => Vec::new(),
    };
    for value in within {
        references(value, found);
    }
}

#[test]
fn the_document_is_whole() {
    let document = document();
    assert!(document["openapi"].as_str().expect("a version").starts_with("3.1."));
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 50);
    let used: BTreeSet<&str> = found.iter().filter_map(|one| one["$ref"].as_str()).collect();
    for one in found {
        assert!(resolved(&document, one).is_object());
    }
    for kind in ["schemas", "parameters"] {
        for (name, part) in document["components"][kind].as_object().expect("components") {
            assert!(used.contains(format!("#/components/{kind}/{name}").as_str()), "{name} is used nowhere");
            let schema = if kind == "schemas" { part } else { &part["schema"] };
            jsonschema::draft202012::meta::validate(schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    let mut ids = BTreeSet::new();
    for (path, operation) in operations(&document, Wanted::All) {
        assert!(ids.insert(operation["operationId"].as_str().expect("an id")), "{path}");
        assert!(operation["summary"].is_string() && operation["responses"]["default"].is_object(), "{path}");
        let inside: Vec<&str> =
            path.split('/').filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}')).collect();
        let told = parameters(&document, operation);
        let told: Vec<&str> =
            told.into_iter().filter(|one| one["in"] == "path").filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(inside, told, "{path}");
        for one in parameters(&document, operation) {
            assert!(one["description"].as_str().is_some_and(|text| text.len() > 10), "{path}: {one}");
            assert!(one["in"] == "query" || one["required"] == true, "{path}: {one}");
        }
    }
}

#[test]
fn the_document_names_the_routes_and_no_other() {
    let document = document();
    let source = std::fs::read_to_string(project().join("crates/web/src/router.rs")).expect("router.rs");
    let routed: BTreeSet<&str> = source
        .split(".route(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|path| path.starts_with("/api/") && !path.ends_with("openapi.json"))
        .collect();
    let told: BTreeSet<&str> = operations(&document, Wanted::All).into_iter().map(|(path, _)| path).collect();
    assert_eq!(routed, told);
    let served = shared().get("/api/v1/openapi.json");
    assert_eq!(served.json(), document);
    assert_eq!(served.header("content-type"), "application/json; charset=utf-8");
}

#[test]
fn every_parameter_that_is_named_is_taken_and_no_other() {
    let (document, server) = (document(), shared());
    let mut all: BTreeSet<&str> =
        operations(&document, Wanted::Reading).iter().flat_map(|(_, operation)| names(&document, operation)).collect();
    all.extend(["utm_source", "quelle", "Q", "order"]);
    for (path, operation) in operations(&document, Wanted::Reading) {
        let named = names(&document, operation);
        for one in parameters(&document, operation).into_iter().filter(|one| one["in"] == "query") {
            let name = one["name"].as_str().expect("a name");
            let asked = address(path, &named, &format!("{name}={}", encoded(&example(one))));
            let answer = server.get(&asked);
            assert_eq!(answer.status, 200, "{asked}: {}", answer.text());
            refuses_wrong_values(&server, &document, path, operation, one);
        }
        for name in all.iter().filter(|name| !named.contains(*name)) {
            let asked = address(path, &named, &format!("{name}=1"));
            let answer = server.get(&asked);
            assert_eq!(answer.status, 400, "{asked}: {}", answer.text());
            assert_eq!(answer.json()["parameter"], **name, "{asked}");
            hold(&document, operation, &answer);
        }
    }
}

/// Values beside those that the schema allows are refused.
fn refuses_wrong_values(server: &Server, document: &Value, path: &str, operation: &Value, one: &Value) {
    let (name, schema) = (one["name"].as_str().expect("a name"), &one["schema"]);
    let mut wrong = Vec::new();
    if schema["enum"].is_array() {
        wrong.extend(["zwei".to_owned(), "Json".to_owned()]);
    }
    if let Some(least) = schema["minimum"].as_i64() {
        wrong.extend(["zwei".to_owned(), "1.5".to_owned(), (least - 1).to_string()]);
    }
    if let Some(most) = schema["maximum"].as_i64() {
        wrong.push((most + 1).to_string());
    }
    if matches!(name, "from" | "to" | "around") {
        wrong.extend(["2023-13".to_owned(), "2023 ODER a".to_owned(), "1..2".to_owned()]);
    }
    if name == "facets" {
        wrong.push("source,colour".to_owned());
    }
    for value in wrong {
        let asked = address(path, &names(document, operation), &format!("{name}={}", encoded(&value)));
        let answer = server.get(&asked);
        assert_eq!(answer.status, 400, "{asked}: {}", answer.text());
        assert_eq!(answer.json()["parameter"], name, "{asked}");
        let detail = answer.json()["detail"].as_str().expect("a detail").to_owned();
        assert!(detail.starts_with(&format!("„{name}“ ")) && detail.ends_with('.'), "{asked}: {detail}");
        hold(document, operation, &answer);
    }
}

#[test]
fn answers_and_errors_have_the_shape_that_is_told() {
    let (document, server) = (document(), shared());
    let id = |path: &str| path.replace("{id}", ID).replace("{name}", "Deich");
    for (path, query, status) in [
        ("/api/v1/search", "q=Kim+Jong+Un+Munition&explain=1&facets=source,year,month&timeline=month", 200),
        ("/api/v1/search", "q=F%C3%A4hre+Oldewerder&group=1&facets=author,agency,section&timeline=day", 200),
        ("/api/v1/search", "q=Brokhusen&explain=1", 200),
        ("/api/v1/search", "q=Brokhusen&correct=0", 200),
        ("/api/v1/search", "q=Zzyzx&timeline=year", 200),
        ("/api/v1/search", "q=Munition+Zwiebel+Glocke", 200),
        ("/api/v1/search", "q=Selenskyj+NICHT+der+%22Kim+Jong%22+Rak*&explain=1", 200),
        ("/api/v1/search", "year=2023", 200),
        ("/api/v1/search", "q=Stadt&offset=100000&limit=100", 200),
        ("/api/v1/search", "", 400),
        ("/api/v1/search", "q=", 400),
        ("/api/v1/search", "q=tittel:a", 400),
        ("/api/v1/search", "q=%22", 400),
        ("/api/v1/search", "q=%C3%B6%C3%B6+tittel:a&lang=en", 400),
        ("/api/v1/search", "q=a&from=2024&to=2023", 400),
        ("/api/v1/search", "q=a&utm_source=", 400),
        ("/api/v1/facets", "q=Stadt", 200),
        ("/api/v1/facets", "q=Stadt&facets=month&timeline=month&facet_limit=1", 200),
        ("/api/v1/facets", "", 400),
        ("/api/v1/articles/{id}", "", 200),
        ("/api/v1/articles/{id}", "copy=1", 200),
        ("/api/v1/articles/{id}", "copy=9", 404),
        ("/api/v1/articles/gibt%20es%20nicht", "", 404),
        ("/api/v1/articles/%FF%FE", "", 404),
        ("/api/v1/similar/{id}", "limit=3", 200),
        ("/api/v1/similar/gibt%20es%20nicht", "", 404),
        ("/api/v1/suggest", "q=Mun", 200),
        ("/api/v1/suggest", "q=Kim+J&limit=1&lang=en", 200),
        ("/api/v1/suggest", "q=quelle:Die", 200),
        ("/api/v1/suggest", "q=Mun&form=opensearch", 200),
        ("/api/v1/suggest", "q=", 200),
        ("/api/v1/suggest", "q=Mun&form=xml", 400),
        ("/api/v1/trend", "q=Bahn&q=Wohnung&by=year", 200),
        ("/api/v1/trend", "q=Bahn&by=day", 200),
        ("/api/v1/trend", "q=Zzyzx", 200),
        ("/api/v1/trend", "q=a&q=b&q=c&q=d&q=e&q=f&q=g", 400),
        ("/api/v1/trend", "q=tittel:a&q=b", 400),
        ("/api/v1/trend", "", 400),
        ("/api/v1/batch", "q=F%C3%A4hre&q=tittel:a&q=Zzyzx&limit=2&sort=newest", 200),
        ("/api/v1/batch", "q=Kim+Jong&phrases=1&limit=0&year=2023", 200),
        ("/api/v1/batch", "q=%23+nichts", 400),
        ("/api/v1/batch", "", 400),
        ("/api/v1/compare", "a=Munition&b=Stadt&by=year&to=2024", 200),
        ("/api/v1/compare", "a=Zzyzx&b=sammlung:Deich", 200),
        ("/api/v1/compare", "a=Munition", 400),
        ("/api/v1/compare", "a=Munition&b=tittel:a", 400),
        ("/api/v1/compare", "a=Munition&b=a&q=c", 400),
        ("/api/v1/collections", "", 200),
        ("/api/v1/collections", "q=a", 400),
        ("/api/v1/collections/{name}", "", 200),
        ("/api/v1/collections/Fehlt", "", 404),
        ("/api/v1/search", "q=sammlung:Deich+-Orgel", 200),
        ("/api/v1/search", "q=sammlung:Fehlt", 400),
        ("/api/v1/stats", "", 200),
    ] {
        let described = path.replace("gibt%20es%20nicht", "{id}").replace("%FF%FE", "{id}").replace("Fehlt", "{name}");
        let answer = server.get(&format!("{}?{query}", id(path)));
        assert_eq!(answer.status, status, "{path}?{query}: {}", answer.text());
        hold(&document, &document["paths"][&described]["get"], &answer);
        if status >= 400 {
            let problem = answer.json();
            assert_eq!(problem["status"], status, "{path}?{query}");
            assert_eq!(problem["instance"], answer.header("x-request-id"), "{path}?{query}");
        }
    }
}

#[test]
fn a_problem_shows_the_place_in_the_query() {
    let server = shared();
    for (query, parameter, span) in [
        ("öö tittel:a", "q", json!([3, 10])),
        ("Munition datum:2023-13", "q", json!([15, 22])),
        ("Kim (Putin", "q", json!([4, 5])),
    ] {
        let problem = server.get(&format!("/api/v1/search?q={}", encoded(query))).json();
        assert_eq!(problem["type"], "urn:findbuch:problem:bad-query", "{query}");
        assert_eq!((&problem["parameter"], &problem["span"]), (&json!(parameter), &span), "{query}");
    }
    let (german, english) =
        (server.get("/api/v1/search?q=tittel:a"), server.get("/api/v1/search?q=tittel:a&lang=en").json());
    assert!(german.json()["detail"].as_str().expect("a detail").contains("gibt es nicht"));
    assert!(english["detail"].as_str().expect("a detail").contains("There is no field"), "{english}");
}

#[test]
fn addresses_outside_the_interface_are_problems_too() {
    let server = shared();
    for path in ["/api/v1/nichts", "/api/v2/search", "/nichts", "/assets/nichts.js", "/assets/%FF", "/export/xml?q=a"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert_eq!(answer.json()["type"], "urn:findbuch:problem:no-page", "{path}");
    }
}

#[test]
fn what_programs_write_is_answered_as_it_is_told() {
    let bench = Bench::new();
    bench.write(
        "a/l.txt",
        "Die Linde bleibt\n\nDie Linde am Vorwerk bleibt stehen, teilte die Stadt Mehlau am Montag mit.\n",
    );
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let (document, server) = (document(), Server::start(bench, &[]));
    let (one, item) = ("/api/v1/collections/{name}", "/api/v1/collections/{name}/articles/{id}");
    let long = json!({ "note": "x".repeat(4001) }).to_string();
    for (method, path, name, id, body, status, total) in [
        ("put", one, "B%C3%A4ume", "", "", 201, Some(0)),
        ("put", one, "B%C3%A4ume", "", "", 200, Some(0)),
        ("put", one, "B%C3%A4ume", "", "{}", 413, None),
        ("put", one, "..%2FB", "", "", 400, None),
        ("put", item, "B%C3%A4ume", "a%2Fl.txt", "", 201, Some(1)),
        ("put", item, "Linden", "a%2Fl.txt", r#"{"note":"fällen?"}"#, 201, Some(1)),
        ("put", item, "Linden", "a%2Fl.txt", "{}", 200, Some(1)),
        ("put", item, "Linden", "fehlt", "{}", 404, None),
        ("put", item, "Linden", "a%2Fl.txt", "[]", 400, None),
        ("put", item, "Linden", "a%2Fl.txt", &long, 400, None),
        ("delete", item, "Linden", "a%2Fl.txt?x=1", "", 400, None),
        ("delete", item, "Linden", "fehlt", "", 404, None),
        ("delete", item, "Fehlt", "a%2Fl.txt", "", 404, None),
        ("delete", item, "B%C3%A4ume", "a%2Fl.txt", "", 204, None),
        ("delete", one, "B%C3%A4ume", "", "", 204, None),
        ("delete", one, "B%C3%A4ume", "", "", 404, None),
    ] {
        let asked = path.replace("{name}", name).replace("{id}", id);
        let answer = server.write(&method.to_uppercase(), &asked, body, &[]);
        assert_eq!(answer.status, status, "{method} {asked}: {}", answer.text());
        let operation = &document["paths"][path][method];
        match status {
            204 => assert!(operation["responses"]["204"].is_object() && answer.body.is_empty(), "{method} {asked}"),
            _ => hold(&document, operation, &answer),
        }
        if let Some(total) = total {
            assert_eq!(answer.json()["collections"][0]["total"], total, "{method} {asked}");
        }
    }
    let left = server.get("/api/v1/collections/Linden").json();
    assert_eq!(left["collections"][0]["items"][0]["note"], "fällen?", "{left}");
    assert_eq!(server.write("PUT", "/api/v1/collections/Linden/articles/a%2Fl.txt", r#"{"note":""}"#, &[]).status, 200);
    assert_eq!(server.get("/api/v1/collections/Linden").json()["collections"][0]["items"][0]["note"], "");
}
