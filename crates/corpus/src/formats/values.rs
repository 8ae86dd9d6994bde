//! What a JSON value says as text, and keys in the form in which they are compared: for JSON, tables, front matter and the
//! keys that a folder's settings name.

use crate::markup;
use crate::structure::{self, Block};
use serde_json::Value;

/// Deepest nesting that is looked into for a text.
const MAX_DEPTH: usize = 8;

/// A key without case and separators.
pub fn simple(key: &str) -> String {
    if key == "_id" {
        return key.to_owned();
    }
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// A value as one text: strings and numbers themselves, of an object its name, of an array the first.
pub fn flat(value: &Value, depth: usize) -> Option<String> {
    texts(value, depth).into_iter().next()
}

/// A value as texts: an array's elements, an object's name, headline, text or value.
pub fn texts(value: &Value, depth: usize) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        _ if depth >= MAX_DEPTH => Vec::new(),
        Value::Array(values) => values.iter().flat_map(|value| texts(value, depth + 1)).collect(),
        Value::Object(object) => ["name", "title", "text", "value", "label", "@id", "url"]
            .iter()
            .find_map(|key| object.get(*key))
            .map(|value| texts(value, depth + 1))
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

pub fn tags(given: &[String]) -> Vec<String> {
    given
        .iter()
        .flat_map(|text| text.split([',', ';']))
        .map(|tag| tag.trim().to_owned())
        .filter(|tag| !tag.is_empty())
        .collect()
}

/// The body as blocks: text with blank lines or, where it has none, a paragraph a line; HTML by its elements; an array
/// by its elements.
pub fn body(value: &Value) -> Vec<Block> {
    texts(value, 0)
        .iter()
        .flat_map(|text| if markup::looks_like_html(text) { markup::blocks(text) } else { structure::blocks(text) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn html_in_a_body_is_read_by_its_elements() {
        let blocks = body(&json!("<p>Erster <b>Satz</b>.</p><h2>Was nun</h2><p>Zweiter.</p>"));
        assert_eq!(blocks.len(), 3);
        assert_eq!(blocks[0].lines, ["Erster Satz."]);
    }

    #[test]
    fn deep_nesting_is_bounded() {
        let mut value = json!("x");
        for _ in 0..100 {
            value = json!([value]);
        }
        assert!(texts(&value, 0).is_empty());
    }
}
