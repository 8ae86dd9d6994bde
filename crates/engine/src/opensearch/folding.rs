//! Folds the near-identical articles of a result into stories. Of the result only those articles are asked for that tell a story with others.

use super::index::{column, with_terms};
use super::schema::counted;
use super::searcher::OpenSearchEngine;
use super::stories::Stories;
use crate::deadline::Deadline;
use crate::facets::FacetField;
use crate::versions::stories::StoryOrder;
use crate::{EngineError, Group};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// Keys of articles in one request: OpenSearch takes twice as many.
pub const KEYS: usize = 30_000;

/// The articles of a result that tell stories: of each story its articles by their keys, the earliest first.
pub struct Folding<'a> {
    stories: &'a Stories,
    members: HashMap<u32, BTreeSet<(StoryOrder, String)>>,
}

impl<'a> Folding<'a> {
    /// Of a whole result: what a query finds, and articles that were examined, by their keys.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    pub fn of(
        engine: &'a OpenSearchEngine,
        (query, examined): (&Value, &[String]),
        deadline: &Deadline,
    ) -> Result<Folding<'a>, EngineError> {
        let stories = engine.stories()?;
        let mut folding = Folding { stories, members: HashMap::new() };
        let keys: Vec<&String> = stories.keys().collect();
        let examined: Vec<&String> = examined.iter().filter(|key| stories.story(key).is_some()).collect();
        for keys in keys.chunks(KEYS) {
            let of_these = json!({ "bool": { "filter": [query, with_terms("key", keys)] } });
            folding.add(engine, &of_these, deadline)?;
        }
        for keys in examined.chunks(KEYS) {
            folding.add(engine, &with_terms("key", keys), deadline)?;
        }
        Ok(folding)
    }

    fn add(&mut self, engine: &OpenSearchEngine, query: &Value, deadline: &Deadline) -> Result<(), EngineError> {
        engine.index.columns(query, &["seconds", "id", "key"], "key", deadline, &mut |hit| {
            let text = |name: &str| column(hit, name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let (seconds, key) = (column(hit, "seconds").and_then(Value::as_i64), text("key"));
            if let Some(story) = self.stories.story(&key) {
                let place = StoryOrder { seconds, id: text("id") };
                self.members.entry(story).or_default().insert((place, key));
            }
            Ok(())
        })
    }

    /// The story of an article.
    pub fn story(&self, key: &str) -> Option<u32> {
        self.stories.story(key)
    }

    /// How many articles are folded under others.
    pub fn folded(&self) -> u64 {
        self.members.values().map(|members| members.len() as u64 - 1).sum()
    }

    /// The articles that are folded under others.
    pub fn hidden(&self) -> Vec<&str> {
        self.members.values().flat_map(|members| members.iter().skip(1)).map(|(_, key)| key.as_str()).collect()
    }

    /// The articles of the result that tell the same story, the earliest first, by id and key; none where there is no other.
    pub fn group(&self, key: &str) -> Vec<(&str, &str)> {
        let members = self.story(key).and_then(|story| self.members.get(&story));
        let mut group: Vec<(&str, &str)> =
            members.into_iter().flatten().map(|(place, key)| (place.id.as_str(), key.as_str())).collect();
        if group.iter().all(|(_, member)| *member == key) {
            group.clear();
        }
        group
    }
}

/// What is shown of the articles that are folded under the first of a group.
///
/// # Errors
/// When the index cannot be read, or the deadline passes first.
pub fn folded(
    engine: &OpenSearchEngine,
    group: &[(&str, &str)],
    deadline: &Deadline,
) -> Result<Option<Group>, EngineError> {
    let others = group.get(1..).unwrap_or_default();
    if others.is_empty() {
        return Ok(None);
    }
    let (source, mut sources) = (counted(FacetField::Source), Vec::new());
    for keys in others.chunks(KEYS) {
        let keys: Vec<&str> = keys.iter().map(|(_, key)| *key).collect();
        engine.index.columns(&with_terms("key", &keys), &[&source], "key", deadline, &mut |hit| {
            sources.extend(column(hit, &source).and_then(Value::as_str).map(str::to_owned));
            Ok(())
        })?;
    }
    Ok(Some(Group::of(others.len(), sources, others.iter().map(|(id, _)| (*id).to_owned()))))
}
