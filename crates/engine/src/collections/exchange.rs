//! Collections as JSON Lines, to be kept elsewhere, given to others and read again: an article on each line.

use super::{Item, MAX_ID, MAX_NOTE};
use serde::{Deserialize, Serialize};

/// Most bytes of a line: a note and an id with every byte escaped.
pub const MAX_LINE: u64 = 128 << 10;
/// Most characters of a headline, and of a source; longer ones are cut.
const MAX_TEXT: usize = 500;

#[derive(Serialize, Deserialize)]
struct Line {
    collection: String,
    #[serde(flatten)]
    item: Item,
}

/// An article of a collection on a line, without its end.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn to_line(collection: &str, item: &Item) -> serde_json::Result<String> {
    serde_json::to_string(&Line { collection: collection.to_owned(), item: item.clone() })
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum LineFault {
    /// It is no such object.
    #[error("the line is no article of a collection: {0}")]
    Json(#[from] serde_json::Error),
    /// It has no id.
    #[error("the line has no id")]
    NoId,
    /// Its note or its id is too long.
    #[error("a note has at most {MAX_NOTE} bytes, an id {MAX_ID}")]
    Long,
}

/// The collection and the article of a line.
///
/// # Errors
/// What is wrong with it.
pub fn of_line(line: &str) -> Result<(String, Item), LineFault> {
    let Line { collection, mut item } = serde_json::from_str(line)?;
    if item.id.is_empty() {
        return Err(LineFault::NoId);
    }
    if item.id.len() > MAX_ID || item.note.len() > MAX_NOTE {
        return Err(LineFault::Long);
    }
    let cut = |text: &str| text.chars().take(MAX_TEXT).collect::<String>();
    (item.headline, item.added) = (cut(&item.headline), cut(&item.added));
    (item.source, item.date) = (item.source.as_deref().map(cut), item.date.as_deref().map(cut));
    Ok((collection, item))
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::Article;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(id in ".{1,20}", note in ".{0,40}", name in "[a-zäöü_-]{1,9}") {
            let item = Item::of(&Article { id, ..Article::default() }, &note, "2026-01-02T03:04:05Z".into());
            let line = to_line(&name, &item).expect("JSON");
            prop_assert!(!line.contains('\n') && (line.len() as u64) < MAX_LINE);
            prop_assert_eq!(of_line(&line).expect("read"), (name, item));
        }
    }

    #[test]
    fn lines_that_are_none_are_refused() {
        assert_eq!(of_line(r#"{"collection":"a","id":"b"}"#).expect("read").1.note, "");
        let long = format!(r#"{{"collection":"a","id":"b","note":"{}"}}"#, "x".repeat(MAX_NOTE + 1));
        for line in ["", "[]", r#"{"id":"b"}"#, r#"{"collection":"a","id":""}"#, r#"{"collection":"a"}"#, &long] {
            assert!(of_line(line).is_err(), "{line}");
        }
    }
}
