//! JSON-LD in a page: the article that it describes, its authors and its publisher.
//!
//! Source: schema.org `Article` and the types below it (`NewsArticle`, `ReportageNewsArticle`, `LiveBlogPosting` …),
//! JSON-LD 1.1 for `@graph` and `@id`.

use super::authors::Names;
use super::page::{self, Page};
use crate::draft::Draft;
use crate::formats::json;
use crate::formats::json_weight::{MAX_VALUES, Weight};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

type Object = Map<String, Value>;

/// Deepest nesting that is looked into.
const MAX_DEPTH: usize = 8;
/// Most objects with an `@id` that references are followed to.
const MAX_NAMED: usize = 1000;

/// Types of films, recordings and pictures.
const MEDIA: [&str; 3] = ["VideoObject", "AudioObject", "ImageObject"];

/// What the page's JSON-LD says about its article.
#[derive(Debug, Default)]
pub struct Linked {
    /// The fields of the article; its body is `articleBody`.
    pub draft: Draft,
    /// Authors; organisations are recognised by their type.
    pub names: Names,
    /// `dateModified`, where there is no other date.
    pub modified: Option<String>,
}

/// Reads the JSON-LD of a page.
pub fn read(page: &Page) -> Linked {
    let values: Vec<Value> = scripts(page).filter_map(|script| parse(&script)).collect();
    let found = values.iter().find_map(|value| article(value, 0)).map(|found| linked(found, &values));
    found.unwrap_or_else(|| {
        // a recipe, a guide, a page: what else is published says when and by whom
        let other = values.iter().find_map(|value| published(value, 0)).map(|found| linked(found, &values));
        other.map_or_else(Linked::default, |Linked { draft, names, .. }| {
            let draft = Draft { dates: draft.dates, ..Draft::default() };
            Linked { draft, names: names.without_agencies(), modified: None }
        })
    })
}

/// The scripts of the page that are JSON-LD.
fn scripts(page: &Page) -> impl Iterator<Item = String> {
    page.elements()
        .filter(|e| e.value().name() == "script" && e.attr("type").is_some_and(|t| t.contains("ld+json")))
        .map(|script| script.text().collect())
}

/// The letters of what the page says of its films, recordings and pictures.
pub fn described_media(page: &Page) -> HashSet<String> {
    let mut found = HashSet::new();
    let media = scripts(page).filter(|script| MEDIA.iter().any(|name| script.contains(name)));
    media.filter_map(|script| parse(&script)).for_each(|value| collect_described(&value, 0, &mut found));
    found
}

fn collect_described(value: &Value, depth: usize, found: &mut HashSet<String>) {
    if depth > MAX_DEPTH || found.len() >= MAX_NAMED {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_described(value, depth + 1, found)),
        Value::Object(object) => {
            if is_type(object, |name| MEDIA.contains(&name)) {
                let texts = ["description", "caption"].iter().filter_map(|key| object.get(*key)?.as_str());
                found.extend(texts.map(page::letters).filter(|letters| !letters.is_empty()));
            }
            object.values().for_each(|value| collect_described(value, depth + 1, found));
        }
        _ => {}
    }
}

/// Parses a script, mended where pages usually break it: comments and CDATA marks around it, line breaks within strings,
/// a semicolon at the end.
fn parse(script: &str) -> Option<Value> {
    let mut script = script.trim();
    for mark in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["] {
        script = script.strip_prefix(mark).unwrap_or(script).trim_start();
    }
    for mark in ["//]]>", "/*]]>*/", "]]>", "//-->", "-->", ";"] {
        script = script.strip_suffix(mark).unwrap_or(script).trim_end();
    }
    if script.len() > MAX_VALUES && Weight::of(script.as_bytes()).all > MAX_VALUES {
        return None;
    }
    let mended = || serde_json::from_str(&script.replace(|c: char| c.is_control(), " ")).ok();
    serde_json::from_str(script).ok().or_else(mended)
}

/// The first object of an article's type, arrays, `@graph` and main entities looked through.
fn article(value: &Value, depth: usize) -> Option<&Object> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| article(value, depth + 1)),
        Value::Object(object) if is_type(object, |name| name.ends_with("Article") || name.ends_with("Posting")) => {
            Some(object)
        }
        Value::Object(object) => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .filter_map(|key| object.get(*key))
            .find_map(|value| article(value, depth + 1)),
        _ => None,
    }
}

/// The first object with a date of publication, arrays, `@graph` and main entities looked through; comments are none.
fn published(value: &Value, depth: usize) -> Option<&Object> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| published(value, depth + 1)),
        Value::Object(object) => {
            let dated = object.contains_key("datePublished") && !is_type(object, |name| name == "Comment");
            let within = || ["@graph", "mainEntity", "mainEntityOfPage"].iter().filter_map(|key| object.get(*key));
            if dated { Some(object) } else { within().find_map(|value| published(value, depth + 1)) }
        }
        _ => None,
    }
}

fn is_type(object: &Object, wanted: impl Fn(&str) -> bool) -> bool {
    let name = |name: &str| wanted(name.rsplit(['/', ':']).next().unwrap_or(name));
    match object.get("@type") {
        Some(Value::String(of)) => name(of),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(name),
        _ => false,
    }
}

/// The fields of an article; its `@id` is no id of the article.
fn linked(article: &Object, values: &[Value]) -> Linked {
    let mut by_id = HashMap::new();
    for value in values {
        collect_named(value, 0, &mut by_id);
    }
    let mut draft = json::draft(article);
    draft.id = None;
    draft.authors.clear();
    draft.reading_minutes = None;
    draft.url = article.get("url").and_then(Value::as_str).map(str::to_owned);
    draft.source = article.get("publisher").and_then(|value| name(value, &by_id, 0)).filter(|s| !s.contains("://"));
    let mut names = Names::default();
    for key in ["author", "creator"] {
        if names.is_empty()
            && let Some(value) = article.get(key)
        {
            authors(value, &by_id, 0, &mut names);
        }
    }
    let modified = article.get("dateModified").and_then(Value::as_str).map(str::to_owned);
    Linked { draft, names, modified }
}

/// The objects that others may name by their `@id`.
fn collect_named<'a>(value: &'a Value, depth: usize, by_id: &mut HashMap<&'a str, &'a Object>) {
    if depth > MAX_DEPTH || by_id.len() >= MAX_NAMED {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_named(value, depth + 1, by_id)),
        Value::Object(object) => {
            if let Some(id) = object.get("@id").and_then(Value::as_str)
                && object.contains_key("name")
            {
                by_id.entry(id).or_insert(object);
            }
            object.values().for_each(|value| collect_named(value, depth + 1, by_id));
        }
        _ => {}
    }
}

/// The object itself, or the one that its `@id` names.
fn resolved<'a>(object: &'a Object, by_id: &HashMap<&'a str, &'a Object>) -> &'a Object {
    let reference = object.get("@id").and_then(Value::as_str).filter(|_| !object.contains_key("name"));
    reference.and_then(|id| by_id.get(id)).copied().unwrap_or(object)
}

fn name<'a>(value: &'a Value, by_id: &HashMap<&'a str, &'a Object>, depth: usize) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        _ if depth > MAX_DEPTH => None,
        Value::Array(values) => values.iter().find_map(|value| name(value, by_id, depth + 1)),
        Value::Object(object) => name(resolved(object, by_id).get("name")?, by_id, depth + 1),
        _ => None,
    }
}

fn authors<'a>(value: &'a Value, by_id: &HashMap<&'a str, &'a Object>, depth: usize, names: &mut Names) {
    match value {
        Value::String(text) => names.add(text),
        _ if depth > MAX_DEPTH => {}
        Value::Array(values) => values.iter().for_each(|value| authors(value, by_id, depth + 1, names)),
        Value::Object(object) => {
            let object = resolved(object, by_id);
            let organisation = is_type(object, |name| name.ends_with("Organization") || name == "Corporation");
            match object.get("name") {
                Some(Value::String(text)) if organisation => names.add_organisation(text),
                Some(value) => authors(value, by_id, depth + 1, names),
                None => {}
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Linked {
        read(&Page::parse(&format!("<script type='application/ld+json'>{json}</script>")))
    }

    #[test]
    fn articles_are_found_wherever_they_stand() {
        for json in [
            r#"{"@type": "NewsArticle", "headline": "Markt am Kai"}"#,
            r#"[{"@type": "BreadcrumbList"}, {"@type": "ReportageNewsArticle", "headline": "Markt am Kai"}]"#,
            r#"{"@graph": [{"@type": "WebPage"}, {"@type": ["Article"], "headline": "Markt am Kai"}]}"#,
            r#"{"@type": "WebPage", "mainEntity": {"@type": "OpinionNewsArticle", "headline": "Markt am Kai"}}"#,
            r#"{"@type": "http://schema.org/LiveBlogPosting", "headline": "Markt am Kai"}"#,
            "<!-- {\"@type\": \"BlogPosting\", \"headline\": \"Markt\nam Kai\"} -->",
            "//<![CDATA[\n{\"@type\": \"NewsArticle\", \"headline\": \"Markt am Kai\"};\n//]]>",
        ] {
            assert_eq!(of(json).draft.headline.as_deref(), Some("Markt am Kai"), "{json}");
        }
        assert_eq!(of(r#"{"@type": "Person", "name": "Imke Harms"}"#).draft.headline, None);
    }

    #[test]
    fn authors_and_publisher_are_followed_to_their_objects() {
        let linked = of(r##"{"@graph": [{"@type": "NewsArticle", "author": [{"@id": "#1"}, "Ubbo Fink"],
            "publisher": {"@id": "#p"}}, {"@type": "Person", "@id": "#1", "name": "Imke Harms"},
            {"@type": "Organization", "@id": "#p", "name": "Mehlauer Tageblatt"}]}"##);
        assert_eq!(linked.names.persons(&[]), ["Imke Harms", "Ubbo Fink"]);
        assert_eq!(linked.draft.source.as_deref(), Some("Mehlauer Tageblatt"));
    }

    #[test]
    fn organisations_are_no_persons() {
        let linked =
            of(r#"{"@type": "NewsArticle", "author": {"@type": "NewsMediaOrganization", "name": "Die Warte"}}"#);
        assert!(linked.names.persons(&[]).is_empty());
    }

    #[test]
    fn descriptions_of_films_are_gathered() {
        let json = r#"{"@graph": [{"@type": "NewsArticle", "description": "Markt am Kai",
            "video": {"@type": "VideoObject", "description": "Stände am Kai."}}]}"#;
        let page = Page::parse(&format!("<script type='application/ld+json'>{json}</script>"));
        assert_eq!(described_media(&page), HashSet::from(["ständeamkai".to_owned()]));
    }

    #[test]
    fn nesting_is_bounded() {
        let json = "[".repeat(100) + &"]".repeat(100);
        assert_eq!(of(&json).draft.headline, None);
    }
}
