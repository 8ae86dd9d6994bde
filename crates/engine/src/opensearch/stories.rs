//! Which articles of an index tell one story: computed once a commit from the sketches of all, as elsewhere.

use super::index::{Index, column, number};
use crate::EngineError;
use crate::deadline::Deadline;
use crate::versions::sketch::Sketch;
use crate::versions::stories::{Candidate, stories};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Most articles of an archive whose stories are computed; each takes 300 bytes meanwhile.
pub const MAX_SKETCHES: u64 = 500_000;

/// The articles that tell a story with others, each with the number of its story.
pub struct Stories(HashMap<String, u32>);

impl Stories {
    /// Those of all articles of an index.
    ///
    /// # Errors
    /// When the index cannot be read, or they are too many.
    pub fn of(index: &Index) -> Result<Stories, EngineError> {
        let (mut keys, mut candidates) = (Vec::new(), Vec::new());
        let columns = ["sketch", "seconds", "content", "key"];
        index.columns(&with_sketch(), &columns, "key", &Deadline::default(), &mut |hit| {
            let sketch = column(hit, "sketch").and_then(Value::as_str).and_then(sketch_of);
            let key = column(hit, "key").and_then(Value::as_str);
            let (Some(sketch), Some(key), Ok(at)) = (sketch, key, u32::try_from(keys.len())) else { return Ok(()) };
            if keys.len() as u64 >= MAX_SKETCHES {
                return Err(EngineError::NotOffered {
                    what: "folding near-identical articles of so large an archive into stories",
                });
            }
            keys.push(key.to_owned());
            let seconds = column(hit, "seconds").and_then(Value::as_i64);
            let content = number(column(hit, "content")).unwrap_or_default();
            candidates.push(Candidate { seconds, sketch, key: (content, at) });
            Ok(())
        })?;
        let of_key = |((_, at), (_, story)): ((u64, u32), (u64, u32))| {
            keys.get(usize::try_from(at).ok()?).map(|key| (key.clone(), story))
        };
        Ok(Stories(stories(candidates).into_iter().filter_map(of_key).collect()))
    }

    /// The keys of the articles.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// The story of an article by its key; nothing if it is alone.
    pub fn story(&self, key: &str) -> Option<u32> {
        self.0.get(key).copied()
    }
}

/// The articles that may tell a story with others.
pub fn with_sketch() -> Value {
    json!({ "exists": { "field": "sketch" } })
}

/// A sketch of its hexadecimal digits.
pub fn sketch_of(text: &str) -> Option<Sketch> {
    let bytes = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok());
    Sketch::from_bytes(&bytes.collect::<Option<Vec<u8>>>()?)
}
