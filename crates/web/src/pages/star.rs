//! The star beside a hit: whether it is collected, and the forms that mark it or take it out again.

use super::collections::at;
use crate::address::Address;
use crate::job::Job;
use findbuch_article::Article;
use findbuch_engine::collections::{Collection, Item};
use findbuch_render::collection::articles;

/// What the star of a hit shows and does.
#[derive(Debug, Clone)]
pub struct StarView {
    /// The article's id.
    pub id: String,
    /// Whether it is in a collection.
    pub on: bool,
    /// What is read aloud, and shown where the pointer rests.
    pub label: String,
    /// What it does.
    pub does: Does,
}

/// What a star does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// Marks the article into the collection that the reader names.
    Mark,
    /// Takes it out of the collection at hand.
    Unmark,
    /// Leads to its page, since a note would be lost without a word.
    Lead(String),
    /// Nothing, where nothing may be written.
    Show,
}

/// Where hits are marked into.
#[derive(Debug)]
pub struct Marking {
    /// The name of the collection at hand.
    pub name: String,
    /// Its page, and how many articles it has; none as long as it is not there.
    pub there: Option<(String, String)>,
    /// The names of all.
    pub names: Vec<String>,
}

impl Marking {
    /// The collection that was last marked into is at hand; none where the reader may not write.
    #[must_use]
    pub fn of(job: &Job, address: &Address) -> Option<Marking> {
        let (lang, collections) = (job.lang, &job.snapshot.collections);
        let plain = Address { lang: address.lang, ..Address::default() };
        let last = last_marked(collections);
        let there = last.map(|one| (at(&one.name, &plain), articles(one.items.len(), lang)));
        let name = last.map_or_else(|| lang.pick("Merkliste", "Clippings").to_owned(), |one| one.name.clone());
        let names = collections.iter().map(|one| one.name.clone()).collect();
        job.writable.then_some(Marking { name, there, names })
    }
}

/// The collection with the article that was marked last.
fn last_marked(collections: &[Collection]) -> Option<&Collection> {
    // articles stand in the order in which they were marked
    collections.iter().max_by_key(|one| one.items.last().map(|item| item.added.as_str()))
}

/// The star of an article whose page is at `page`; none where nobody may write and nothing is marked.
#[must_use]
pub fn star(job: &Job, article: &Article, page: &str, at_hand: Option<&Marking>) -> Option<StarView> {
    let (lang, id, title) = (job.lang, article.id.clone(), article.title());
    let marked: Vec<(&Collection, &Item)> = job.snapshot.collected(&id).collect();
    let names = marked.iter().map(|(collection, _)| collection.name.as_str()).collect::<Vec<_>>().join(", ");
    let on = !marked.is_empty();
    let Some(at_hand) = at_hand else {
        let label = lang.pick(format!("Gesammelt in: {names}"), format!("Collected in: {names}"));
        return on.then_some(StarView { id, on, label, does: Does::Show });
    };
    let here = marked.iter().find(|(collection, _)| collection.name == at_hand.name);
    let (label, does) = match here {
        Some((_, item)) if !item.note.is_empty() => (
            lang.pick(format!("In {names}, mit Notiz: {title}"), format!("In {names}, with a note: {title}")),
            Does::Lead(format!("{page}#collect")),
        ),
        Some((one, _)) => (
            lang.pick(format!("Aus {} nehmen: {title}", one.name), format!("Remove from {}: {title}", one.name)),
            Does::Unmark,
        ),
        None if on => (
            lang.pick(format!("Schon in {names}, auch merken: {title}"), format!("In {names} already, keep: {title}")),
            Does::Mark,
        ),
        None => (lang.pick(format!("Merken: {title}"), format!("Keep: {title}")), Does::Mark),
    };
    Some(StarView { id, on, label, does })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_collection_that_was_marked_into_last_is_at_hand() {
        let item = |added: &str| Item::of(&Article::default(), "", added.into());
        let collections = [
            Collection::new("a", vec![item("2026-01-01T00:00:00Z"), item("2026-01-03T00:00:00Z")]),
            Collection::new("b", vec![item("2026-01-04T00:00:00Z")]),
            Collection::new("c", Vec::new()),
        ];
        assert_eq!(last_marked(&collections).map(|one| one.name.as_str()), Some("b"));
        assert_eq!(last_marked(&collections[2..]).map(|one| one.name.as_str()), Some("c"));
        assert_eq!(last_marked(&[]), None);
    }
}
