//! Fields under the keys that a folder's settings name: nested objects and arrays of exports that no table foresees.

use super::values;
use crate::draft::Draft;
use crate::{Settings, markup};
use serde_json::{Map, Value};

/// Most values that one path leads to.
const MAX_VALUES: usize = 10_000;

/// The list of articles, if the settings name it and it is there.
pub fn records(value: &Value, settings: &Settings) -> Option<Vec<Value>> {
    let found =
        settings.keys("records").iter().find_map(|path| Some(follow(value, path)).filter(|found| !found.is_empty()))?;
    Some(found.into_iter().flat_map(|value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])).collect())
}

/// Whether a headline, lead or text is where the settings say.
pub fn has_text(object: &Map<String, Value>, settings: &Settings) -> bool {
    ["headline", "body", "lead"].iter().any(|field| !found(object, settings, field).is_empty())
}

/// Whether a table's header has a key that the settings name for a headline, lead or text.
pub fn names_text<'a>(mut keys: impl Iterator<Item = &'a str>, settings: &Settings) -> bool {
    let paths = || ["headline", "body", "lead"].into_iter().flat_map(|field| settings.keys(field));
    keys.any(|key| paths().any(|path| values::simple(&path.join(".")) == values::simple(key)))
}

/// Puts what the settings' keys hold in place of what is in the draft; a field whose keys are not there stays.
pub fn fill(draft: &mut Draft, object: &Map<String, Value>, settings: &Settings) {
    let list = |field| -> Vec<String> {
        found(object, settings, field).into_iter().flat_map(|value| values::texts(value, 0)).collect()
    };
    let first = |field| list(field).into_iter().find(|text| !text.trim().is_empty());
    for (field, place) in [
        ("id", &mut draft.id),
        ("url", &mut draft.url),
        ("kicker", &mut draft.kicker),
        ("subhead", &mut draft.subhead),
        ("dateline", &mut draft.dateline),
        ("source", &mut draft.source),
        ("section", &mut draft.section),
        ("agency", &mut draft.agency),
        ("language", &mut draft.language),
    ] {
        *place = first(field).or(place.take());
    }
    for (field, place) in [("headline", &mut draft.headline), ("lead", &mut draft.lead)] {
        *place = first(field).map(|text| markup::inline_text(&text)).or(place.take());
    }
    let body = found(object, settings, "body");
    if !body.is_empty() {
        draft.body = body.into_iter().flat_map(values::body).collect();
    }
    for (found, place) in [
        (list("authors"), &mut draft.authors),
        (list("date"), &mut draft.dates),
        (values::tags(&list("tags")), &mut draft.tags),
    ] {
        if !found.is_empty() {
            *place = found;
        }
    }
}

/// All values at the paths that the settings name for a field, in their order.
fn found<'a>(object: &'a Map<String, Value>, settings: &Settings, field: &str) -> Vec<&'a Value> {
    let mut found = Vec::new();
    for path in settings.keys(field) {
        step(object, path, &mut found);
    }
    found.truncate(MAX_VALUES);
    found
}

fn follow<'a>(value: &'a Value, path: &[String]) -> Vec<&'a Value> {
    let mut found = Vec::new();
    descend(value, path, &mut found);
    found
}

/// Follows a path from a value, or from each element of an array. The recursion is as deep as the path is long.
fn descend<'a>(value: &'a Value, path: &[String], found: &mut Vec<&'a Value>) {
    match value {
        _ if found.len() >= MAX_VALUES => {}
        Value::Null => {}
        value if path.is_empty() => found.push(value),
        Value::Object(object) => step(object, path, found),
        Value::Array(values) => {
            for value in values {
                if let Value::Object(object) = value {
                    step(object, path, found);
                }
            }
        }
        _ => {}
    }
}

/// The key that is the whole path, as in a table's header, or else its first step.
fn step<'a>(object: &'a Map<String, Value>, path: &[String], found: &mut Vec<&'a Value>) {
    let get = |key: &str| {
        object.get(key).or_else(|| {
            let key = values::simple(key);
            object.iter().find(|(name, _)| values::simple(name) == key).map(|(_, value)| value)
        })
    };
    if let Some(value) = get(&path.join(".")) {
        descend(value, &[], found);
    } else if let Some((first, rest)) = path.split_first()
        && !rest.is_empty()
        && let Some(value) = get(first)
    {
        descend(value, rest, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(value: &Value, path: &str, expected: &[&str]) {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        let found: Vec<String> = follow(value, &path).into_iter().flat_map(|value| values::texts(value, 0)).collect();
        assert_eq!(found, expected, "{path:?}");
    }

    #[test]
    fn ways_lead_through_objects_and_arrays() {
        let value = json!({
            "content": {"Title": "T", "blocks": [{"text": "a"}, {"no": 1}, {"text": ["b", "c"]}, 7], "leer": null},
            "meta.author": "N. N.", "doc": {"body_text": "x"}
        });
        check(&value, "content.title", &["T"]);
        check(&value, "content.blocks.text", &["a", "b", "c"]);
        check(&value, "content.leer", &[]);
        check(&value, "content.nowhere.text", &[]);
        check(&value, "meta.author", &["N. N."]);
        check(&value, "doc.bodyText", &["x"]);
        check(&json!([{"a": 1}, {"a": 2}]), "a", &["1", "2"]);
    }
}
