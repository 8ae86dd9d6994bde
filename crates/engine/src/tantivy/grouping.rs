//! Groups the articles of a result by story.

use super::columns::{Columns, story_order};
use super::matched::Matched;
use super::stories::Stories;
use crate::Group;
use std::collections::HashMap;
use tantivy::{DocAddress, Searcher};

/// The articles of a result that tell a story with others.
pub struct Grouping<'a> {
    stories: &'a Stories,
    /// By the number of the story.
    members: HashMap<u32, Vec<DocAddress>>,
    /// Stories in the result.
    pub count: u64,
}

impl Grouping<'_> {
    /// Groups a whole result.
    pub fn of<'a>(stories: &'a Stories, searcher: &Searcher, matched: &Matched) -> Grouping<'a> {
        let mut members: HashMap<u32, Vec<DocAddress>> = HashMap::new();
        let mut alone = 0;
        for (segment, ordinal) in (0..searcher.segment_readers().len()).zip(0u32..) {
            for document in matched.of_segment(segment) {
                let address = DocAddress::new(ordinal, document);
                match stories.story(address) {
                    Some(story) => members.entry(story).or_default().push(address),
                    None => alone += 1,
                }
            }
        }
        Grouping { stories, count: alone + members.len() as u64, members }
    }

    /// The group of an article, the earliest first; nothing if no other is in the result.
    pub fn group(&self, address: DocAddress, columns: &[Columns]) -> Option<Vec<DocAddress>> {
        let mut members = self.members.get(&self.stories.story(address)?)?.clone();
        if members.iter().all(|member| *member == address) {
            return None;
        }
        members.sort_by_cached_key(|address| story_order(*address, columns));
        Some(members)
    }
}

/// What is shown of the articles that are folded under the first of a group.
pub fn folded(searcher: &Searcher, members: &[DocAddress], columns: &[Columns]) -> tantivy::Result<Group> {
    let others = members.get(1..).unwrap_or_default();
    let mut sources = Vec::new();
    for address in others {
        let names = searcher.segment_reader(address.segment_ord).fast_fields().str("source_name")?;
        if let Some(names) = names
            && let Some(ordinal) = names.term_ords(address.doc_id).next()
        {
            let mut name = String::new();
            names.ord_to_str(ordinal, &mut name)?;
            sources.push(name);
        }
    }
    let id = |address: &DocAddress| Some(columns.get(address.segment_ord as usize)?.id(address.doc_id));
    Ok(Group::of(others.len(), sources, others.iter().filter_map(id)))
}
