//! Collections: articles that the reader has marked, each with a note, under a name. `crate::kept` says how they are written.
//!
//! A collection knows its articles by their ids, so it outlives the index that they were found in; with each it keeps the headline, day
//! and source, by which a reader knows an article that is gone.

pub mod exchange;

use crate::kept::{Folder, Kept, KeptError, MAX_NAME};
use findbuch_article::Article;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

/// Most articles of a collection.
pub const MAX_ITEMS: usize = 10_000;
/// Most bytes of a note, and of an id.
pub const MAX_NOTE: usize = 4_000;
const MAX_ID: usize = 8_000;
/// How often, and after how long each time, another program's change is waited for.
const ATTEMPTS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(25);

/// Why a collection cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    /// The name cannot be that of a file.
    #[error("\"{0}\" cannot name a collection; take up to {MAX_NAME} letters, digits, - and _")]
    Name(String),
    /// There is none of the name.
    #[error("there is no collection \"{0}\"; list them with: findbuch collection list")]
    Unknown(String),
    /// Another program changes it.
    #[error("another findbuch is just changing the collection \"{0}\"; do it again")]
    Busy(String),
    /// It would have too many articles.
    #[error("a collection has at most {MAX_ITEMS} articles; begin another one")]
    Full,
    /// A note or id is too long.
    #[error("a note has at most {MAX_NOTE} bytes, an id {MAX_ID}; shorten it")]
    Long,
    /// The file is not what was written.
    #[error(
        "{path} is damaged: {message}; remove it with findbuch collection delete, and import the collection if you have exported it"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The folder cannot be written.
    #[error("{0} cannot be written, and collections are kept there; ask who keeps the index")]
    ReadOnly(PathBuf),
    /// The operating system's answer.
    #[error("{path}: {source}")]
    Io {
        /// What was read or written.
        path: PathBuf,
        /// The answer.
        source: io::Error,
    },
}

impl From<KeptError> for CollectionError {
    fn from(error: KeptError) -> CollectionError {
        match error {
            KeptError::Name(name) => CollectionError::Name(name),
            KeptError::Unknown(name) => CollectionError::Unknown(name),
            KeptError::Busy(name) => CollectionError::Busy(name),
            KeptError::Damaged { path, message } => CollectionError::Damaged { path, message },
            KeptError::ReadOnly(folder) => CollectionError::ReadOnly(folder),
            KeptError::Io { path, source } => CollectionError::Io { path, source },
        }
    }
}

/// An article of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The article's id.
    pub id: String,
    /// What the reader notes of it.
    #[serde(default)]
    pub note: String,
    /// When it was marked, RFC 3339 in UTC.
    #[serde(default)]
    pub added: String,
    /// Its headline then.
    #[serde(default)]
    pub headline: String,
    /// Its day then.
    #[serde(default)]
    pub date: Option<String>,
    /// Its source then.
    #[serde(default)]
    pub source: Option<String>,
}

impl Item {
    /// An article, marked at a time.
    #[must_use]
    pub fn of(article: &Article, note: &str, added: String) -> Item {
        Item {
            id: article.id.clone(),
            note: note.trim().to_owned(),
            added,
            headline: article.title(),
            date: article.date.as_ref().map(|date| date.value.day.to_string()),
            source: article.source.clone(),
        }
    }
}

/// A collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    schema: String,
    /// Its name.
    pub name: String,
    /// Its articles, in the order in which they were marked.
    pub items: Vec<Item>,
}

impl Collection {
    /// A collection with these articles.
    #[must_use]
    pub fn new(name: &str, items: Vec<Item>) -> Collection {
        Collection { schema: Collection::SCHEMA.into(), name: name.to_owned(), items }
    }

    /// The item of an article.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }
}

impl Kept for Collection {
    const SCHEMA: &'static str = "findbuch.collection/1";
    const MAX_BYTES: u64 = 256 << 20;

    fn name(&self) -> &str {
        &self.name
    }

    fn schema(&self) -> &str {
        &self.schema
    }
}

/// The collections of an index.
#[derive(Debug, Clone)]
pub struct Collections(Folder);

impl Collections {
    /// Those in `folder`, which is made when the first article is marked; see [`crate::IndexDir::collections`].
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Collections {
        Collections(Folder::new(folder))
    }

    /// Their names in order.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>, CollectionError> {
        Ok(self.0.names()?)
    }

    /// The collection of a name.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn load(&self, name: &str) -> Result<Collection, CollectionError> {
        Ok(self.0.load(name)?)
    }

    /// All that can be read, and why the others cannot.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn all(&self) -> Result<(Vec<Collection>, Vec<CollectionError>), CollectionError> {
        let (mut all, mut faults) = (Vec::new(), Vec::new());
        for name in self.names()? {
            match self.load(&name) {
                Ok(collection) => all.push(collection),
                // another program has just removed it
                Err(CollectionError::Unknown(_)) => {}
                Err(error) => faults.push(error),
            }
        }
        Ok((all, faults))
    }

    /// Marks articles, in a collection that is made if there is none. One that is marked already stays in its place and gets the new
    /// note, if there is one. Returns how many were not marked before.
    ///
    /// # Errors
    /// When the collection cannot be read or written, or would be too long.
    pub fn add(&self, name: &str, items: Vec<Item>) -> Result<usize, CollectionError> {
        if items.iter().any(|item| item.note.len() > MAX_NOTE || item.id.len() > MAX_ID) {
            return Err(CollectionError::Long);
        }
        let mut new = 0;
        self.change(name, true, |collection| {
            let places = collection.items.iter().enumerate().map(|(at, item)| (item.id.clone(), at));
            let mut places: BTreeMap<String, usize> = places.collect();
            for item in items {
                match places.get(&item.id).and_then(|at| collection.items.get_mut(*at)) {
                    Some(known) if !item.note.is_empty() => known.note = item.note,
                    Some(_) => {}
                    None => {
                        places.insert(item.id.clone(), collection.items.len());
                        collection.items.push(item);
                        new += 1;
                    }
                }
            }
        })?;
        Ok(new)
    }

    /// Sets the note of an article; returns whether it is marked.
    ///
    /// # Errors
    /// When there is no such collection, or it cannot be written.
    pub fn note(&self, name: &str, id: &str, note: &str) -> Result<bool, CollectionError> {
        if note.len() > MAX_NOTE {
            return Err(CollectionError::Long);
        }
        let mut found = false;
        self.change(name, false, |collection| {
            if let Some(item) = collection.items.iter_mut().find(|item| item.id == id) {
                note.trim().clone_into(&mut item.note);
                found = true;
            }
        })?;
        Ok(found)
    }

    /// Takes articles out of a collection, which stays even if none is left. Returns how many it had.
    ///
    /// # Errors
    /// When there is no such collection, or it cannot be written.
    pub fn remove(&self, name: &str, ids: &[String]) -> Result<usize, CollectionError> {
        let mut removed = 0;
        self.change(name, false, |collection| {
            let before = collection.items.len();
            collection.items.retain(|item| !ids.contains(&item.id));
            removed = before - collection.items.len();
        })?;
        Ok(removed)
    }

    /// Removes a collection.
    ///
    /// # Errors
    /// When there is none, or it cannot be removed.
    pub fn delete(&self, name: &str) -> Result<(), CollectionError> {
        if !self.0.has(name)? {
            return Err(CollectionError::Unknown(name.to_owned()));
        }
        let lock = self.lock(name)?;
        Ok(self.0.delete(name, &lock)?)
    }

    /// The ids of each collection, and why some cannot be read.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn members(&self) -> Result<(Members, Vec<CollectionError>), CollectionError> {
        let (all, faults) = self.all()?;
        Ok((Members::of(&all), faults))
    }

    fn lock(&self, name: &str) -> Result<crate::kept::Lock, CollectionError> {
        for _ in 1..ATTEMPTS {
            match self.0.lock(name) {
                Err(KeptError::Busy(_)) => sleep(PAUSE),
                other => return Ok(other?),
            }
        }
        Ok(self.0.lock(name)?)
    }

    fn change(&self, name: &str, may_begin: bool, change: impl FnOnce(&mut Collection)) -> Result<(), CollectionError> {
        if !may_begin && !self.0.has(name)? {
            return Err(CollectionError::Unknown(name.to_owned()));
        }
        let lock = self.lock(name)?;
        let mut collection = match self.load(name) {
            Err(CollectionError::Unknown(_)) if may_begin => Collection::new(name, Vec::new()),
            other => other?,
        };
        change(&mut collection);
        if collection.items.len() > MAX_ITEMS {
            return Err(CollectionError::Full);
        }
        Ok(self.0.write(&collection, &lock)?)
    }
}

/// The ids of the articles of each collection, for queries such as `sammlung:Wirecard`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    exact: BTreeMap<String, Ids>,
    /// In small letters.
    folded: BTreeMap<String, Ids>,
}

/// Ids of articles.
pub type Ids = Arc<[Box<str>]>;

impl Members {
    /// Those of collections.
    #[must_use]
    pub fn of(collections: &[Collection]) -> Members {
        let ids = |collection: &Collection| collection.items.iter().map(|item| item.id.as_str().into()).collect();
        Members {
            exact: collections.iter().map(|collection| (collection.name.clone(), ids(collection))).collect(),
            folded: collections.iter().map(|collection| (folded(&collection.name), ids(collection))).collect(),
        }
    }

    /// The ids of the collection of a name; of one in other letters where none is called exactly so.
    #[must_use]
    pub fn ids(&self, name: &str) -> Option<Ids> {
        self.exact.get(name).or_else(|| self.folded.get(&folded(name))).cloned()
    }
}

fn folded(name: &str) -> String {
    findbuch_german::normalize(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, note: &str) -> Item {
        let article = Article { id: id.into(), ..Article::default() };
        Item::of(&article, note, "2026-01-02T03:04:05Z".into())
    }

    fn collections() -> (tempfile::TempDir, Collections) {
        let folder = tempfile::tempdir().expect("a folder");
        let collections = Collections::in_folder(folder.path().join("collections"));
        (folder, collections)
    }

    #[test]
    fn articles_are_marked_noted_and_taken_out() {
        let (_folder, collections) = collections();
        assert!(collections.names().expect("none").is_empty());
        assert_eq!(collections.add("Hafen", vec![item("a", " neu "), item("b", "")]).expect("added"), 2);
        assert_eq!(collections.add("Hafen", vec![item("b", "B"), item("a", ""), item("c", "")]).expect("added"), 1);
        let found = collections.load("Hafen").expect("read");
        let shown: Vec<(&str, &str)> = found.items.iter().map(|item| (item.id.as_str(), item.note.as_str())).collect();
        assert_eq!(shown, [("a", "neu"), ("b", "B"), ("c", "")]);
        assert!(
            collections.note("Hafen", "a", "").expect("noted") && !collections.note("Hafen", "x", "").expect("read")
        );
        assert_eq!(collections.load("Hafen").expect("read").item("a").expect("an item").note, "");
        assert_eq!(collections.remove("Hafen", &["a".into(), "x".into()]).expect("removed"), 1);
        let (members, faults) = collections.members().expect("read");
        assert!(faults.is_empty());
        assert_eq!(members.ids("HAFEN").as_deref(), Some(&["b".into(), "c".into()][..]));
        assert_eq!(members.ids("Kran"), None);
        collections.delete("Hafen").expect("deleted");
        assert!(matches!(collections.load("Hafen"), Err(CollectionError::Unknown(_))));
        for error in [collections.remove("Hafen", &[]).map(drop), collections.delete("Hafen")] {
            assert!(matches!(error, Err(CollectionError::Unknown(_))), "{error:?}");
        }
    }

    #[test]
    fn what_is_too_long_changes_nothing() {
        let (_folder, collections) = collections();
        collections.add("Hafen", vec![item("a", "")]).expect("added");
        let many = (0..MAX_ITEMS).map(|number| item(&number.to_string(), "")).collect();
        assert!(matches!(collections.add("Hafen", many), Err(CollectionError::Full)));
        let long = "x".repeat(MAX_NOTE + 1);
        assert!(matches!(collections.add("Hafen", vec![item("b", &long)]), Err(CollectionError::Long)));
        assert!(matches!(collections.note("Hafen", "a", &long), Err(CollectionError::Long)));
        assert!(matches!(collections.add("../x", vec![item("b", "")]), Err(CollectionError::Name(_))));
        assert_eq!(collections.load("Hafen").expect("read").items, [item("a", "")]);
    }

    #[test]
    fn a_damaged_one_is_told_and_the_others_are_read() {
        let (folder, collections) = collections();
        collections.add("Hafen", vec![item("a", "")]).expect("added");
        collections.add("Kran", vec![item("a", "")]).expect("added");
        let path = folder.path().join("collections/Kran.json");
        let text = std::fs::read_to_string(&path).expect("read").replace("\"a\"", "\"b\"");
        std::fs::write(&path, text).expect("written");
        let (all, faults) = collections.all().expect("read");
        assert_eq!(all.len(), 1);
        assert!(matches!(faults.as_slice(), [CollectionError::Damaged { .. }]), "{faults:?}");
    }

    #[test]
    fn changes_at_once_are_all_kept() {
        let (_folder, collections) = collections();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let collections = collections.clone();
                scope.spawn(move || collections.add("Hafen", vec![item(&number.to_string(), "")]).expect("added"));
            }
        });
        assert_eq!(collections.load("Hafen").expect("read").items.len(), 8);
    }

    #[test]
    fn a_collection_is_taken_by_its_exact_name_before_one_in_other_letters() {
        let named = |name: &str, id: &str| {
            let article = Article { id: id.to_owned(), ..Article::default() };
            Collection::new(name, vec![Item::of(&article, "", String::new())])
        };
        let members = Members::of(&[named("Hafen", "groß"), named("hafen", "klein"), named("Kran", "kran")]);
        for (name, id) in [("Hafen", "groß"), ("hafen", "klein"), ("KRAN", "kran")] {
            assert_eq!(members.ids(name).expect(name).iter().map(|id| &**id).collect::<Vec<_>>(), [id], "{name}");
        }
        assert!(members.ids("Deich").is_none());
    }
}
