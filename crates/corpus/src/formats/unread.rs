//! Long texts of a record that no field took: an article whose text lies under a key that nobody foresaw is not lost in silence.

use super::values::simple;
use crate::draft::Draft;
use crate::{ReadError, Settings, markup};
use findbuch_german::normalize;
use memchr::memmem::Finder;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashSet;

/// Fewest words of a text that is missed, and words of it that are looked for in what was read.
const MIN_WORDS: usize = 40;
const WINDOW: usize = 5;
/// Bytes of a text that are looked for as they are.
const STRETCH: usize = 60;
/// Deepest nesting that is looked into, most texts of a record that are, and most keys of a file that are named.
const MAX_DEPTH: usize = 8;
const MAX_TEXTS: usize = 200;
const MAX_NAMED: usize = 20;
/// What stands in the names of keys whose text is about an article and not of it.
const ABOUT: [&str; 8] =
    ["copyright", "usageterms", "rights", "license", "licence", "disclaimer", "nonpublic", "encodedrights"];

/// The keys of a file that were named.
#[derive(Debug, Default)]
pub struct Unread {
    named: HashSet<String>,
}

impl Unread {
    /// The first long text of a record that its draft lacks, under a key that was not named before.
    pub fn first(
        &mut self,
        object: &Map<String, Value>,
        draft: &Draft,
        settings: Option<&Settings>,
    ) -> Option<ReadError> {
        if self.named.len() >= MAX_NAMED {
            return None;
        }
        let mut long = Vec::new();
        gather(object, "", 0, &mut long);
        long.retain(|(_, text)| !is_plainly_in(text, draft));
        if long.is_empty() {
            return None;
        }
        let ignored: Vec<String> = settings
            .map(|settings| settings.keys("ignore"))
            .unwrap_or_default()
            .iter()
            .map(|path| path.join("."))
            .collect();
        let read = words(&texts(draft).collect::<Vec<_>>().join(" ")).join(" ");
        let (key, count) = long.into_iter().find_map(|(key, text)| {
            let missed = !ignored.iter().any(|path| simple(path) == simple(&key)) && !self.named.contains(&key);
            let words = missed.then(|| words(&text))?;
            (words.len() >= MIN_WORDS && !is_in(&words, &read)).then_some((key, words.len()))
        })?;
        self.named.insert(key.clone());
        Some(ReadError::UnreadText { key, words: count })
    }
}

/// The texts that can be long enough, with the ways to their keys.
fn gather<'a>(object: &'a Map<String, Value>, above: &str, depth: usize, long: &mut Vec<(String, Cow<'a, str>)>) {
    for (key, value) in object {
        let about = simple(key);
        if !ABOUT.iter().any(|name| about.contains(name)) {
            let path = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
            value_at(value, &path, depth, long);
        }
    }
}

fn value_at<'a>(value: &'a Value, path: &str, depth: usize, long: &mut Vec<(String, Cow<'a, str>)>) {
    match value {
        _ if depth > MAX_DEPTH || long.len() >= MAX_TEXTS => {}
        // a text of so many words has as many letters and spaces
        Value::String(text) if text.len() >= 2 * MIN_WORDS && text.split_whitespace().nth(MIN_WORDS - 1).is_some() => {
            let text =
                if markup::looks_like_html(text) { markup::inline_text(text).into() } else { text.as_str().into() };
            long.push((path.to_owned(), text));
        }
        Value::Array(values) => values.iter().for_each(|value| value_at(value, path, depth + 1, long)),
        Value::Object(object) => gather(object, path, depth + 1, long),
        _ => {}
    }
}

fn texts(draft: &Draft) -> impl Iterator<Item = &str> {
    let fields = [&draft.kicker, &draft.headline, &draft.subhead, &draft.lead];
    let fields = fields.into_iter().flatten().map(String::as_str);
    fields.chain(draft.body.iter().flat_map(|block| &block.lines).map(String::as_str))
}

/// Whether a stretch from the middle of a text stands in a draft as it is, which is so of most that were read and needs no look at words.
fn is_plainly_in(text: &str, draft: &Draft) -> bool {
    [2, 1, 3].iter().any(|quarter| {
        let from = text.floor_char_boundary(text.len() * quarter / 4);
        let long = text[from..].lines().map(|line| &line[..line.floor_char_boundary(STRETCH)]);
        let stretch = long.filter(|line| line.len() + 3 >= STRETCH).map(Finder::new).next();
        stretch.is_some_and(|stretch| texts(draft).any(|read| stretch.find(read.as_bytes()).is_some()))
    })
}

fn words(text: &str) -> Vec<String> {
    normalize(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether a text was read: some of its words stand in `read` in their order.
fn is_in(words: &[String], read: &str) -> bool {
    [1, 2, 3].iter().any(|quarter| {
        let from = (words.len() * quarter / 4).min(words.len().saturating_sub(WINDOW));
        words.get(from..from + WINDOW).is_some_and(|window| read.contains(&window.join(" ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::json;
    use serde_json::json;

    #[test]
    fn a_long_text_that_was_not_read_is_named_once() {
        let text = (0..60).map(|at| format!("Wort{at} ")).collect::<Vec<_>>().concat();
        let check = |value: Value| {
            let object = value.as_object().cloned().expect("an object");
            let draft = json::record(&object, None);
            let mut unread = Unread::default();
            let mut find = || unread.first(&object, &draft, None).map(|error| error.to_string());
            (find(), find())
        };
        let (first, second) =
            check(json!({"titel": "Markt", "inhalte": [{"absatz": {"xhtml": format!("<p>{text}</p>")}}]}));
        assert!(first.as_ref().is_some_and(|error| error.contains("\"inhalte.absatz.xhtml\"")), "{first:?}");
        assert_eq!(second, None);
        for read in [
            json!({"titel": "Markt", "text": text, "html": format!("<p>{text}</p>")}),
            json!({"titel": "Markt", "kurz": "ein paar Worte", "copyright_notice": text}),
            json!({"titel": "Markt", "text": text.replace("rt", "r\u{ad}t\u{a0}")}),
        ] {
            assert_eq!(check(read.clone()).0, None, "{read}");
        }
    }
}
