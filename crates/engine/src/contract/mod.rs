//! What every engine is held to: one list of checks, which each engine passes by its [`Store`] alone, and the two engines held
//! against each other.

mod answers;
mod archive;
mod oracle;
mod queries;
mod updates;

use crate::memory::MemoryStore;
use crate::opensearch::OpenSearchStore;
use crate::{Access, Engine, FileState, IndexDir, Record, State, Store, Writer, WriterOptions};
use findbuch_article::Article;
use tempfile::TempDir;

/// An index that is not there yet, and what it needs to last.
pub struct Place {
    pub store: Box<dyn Store>,
    _folder: Option<TempDir>,
    cluster: Option<OpenSearchStore>,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(cluster) = &self.cluster {
            cluster.delete().expect("deleted");
        }
    }
}

/// On tantivy, in a folder of its own.
pub fn tantivy() -> Place {
    let folder = tempfile::tempdir().expect("a folder");
    Place { store: IndexDir::new(folder.path()).store(), _folder: Some(folder), cluster: None }
}

/// In memory.
pub fn memory() -> Place {
    Place { store: Box::new(MemoryStore::default()), _folder: None, cluster: None }
}

/// On the cluster that `FINDBUCH_OPENSEARCH` names (`opensearch+http://127.0.0.1:9201`), as an archive of its own; nothing where it names none.
/// `tests/opensearch/start` starts such a cluster.
pub fn opensearch(check: &str) -> Option<Place> {
    let Some(cluster) = std::env::var_os("FINDBUCH_OPENSEARCH") else {
        eprintln!("skipped, no engine on OpenSearch is held to {check}: FINDBUCH_OPENSEARCH names no cluster");
        return None;
    };
    let address = format!("{}/contract-{check}-{}", cluster.to_string_lossy(), std::process::id());
    let access = Access::new(address.parse().expect("an address"), None, None).expect("access");
    let store = OpenSearchStore::new(&access).expect("a store");
    Some(Place { store: Box::new(store.clone()), _folder: None, cluster: Some(store) })
}

/// Bytes that are enough for the archives of tests.
const MEMORY: usize = 15 << 20;

impl Place {
    /// A writer for an update.
    pub fn writer(&self, state: &State) -> Box<dyn Writer> {
        let options = WriterOptions { memory: Some(MEMORY), ..WriterOptions::new(state) };
        self.store.lock().expect("the lock").writer(&options).expect("a writer")
    }

    /// The engine over articles, each a file of its own by its path.
    pub fn filled(&self, articles: &[Article]) -> Box<dyn Engine> {
        let state = State::default();
        let writer = self.writer(&state);
        add(&*writer, articles);
        writer.commit(&state).expect("committed");
        self.store.open().expect("an engine")
    }
}

/// Adds articles, each as a file of its own by its path, below every folder of that.
pub fn add(writer: &dyn Writer, articles: &[Article]) {
    let mut adder = writer.adder();
    for article in articles {
        let file = FileState { path: article.path.clone(), size: 1, ..FileState::default() };
        let folders: Vec<String> = article.path.match_indices('/').map(|(at, _)| article.path[..at].into()).collect();
        let content = xxhash_rust::xxh3::xxh3_64(&serde_json::to_vec(article).expect("JSON"));
        adder.add(&Record { file: &file, folders: &folders, article, content }).expect("added");
    }
}

/// Runs each check on each engine.
macro_rules! hold {
    ($($check:ident of $file:ident),* $(,)?) => {
        mod on_tantivy {
            $(#[test] fn $check() { super::$file::$check(&super::tantivy()); })*
        }
        mod on_opensearch {
            $(#[test] fn $check() {
                if let Some(place) = super::opensearch(stringify!($check)) {
                    super::$file::$check(&place);
                }
            })*
        }
        mod in_memory {
            $(#[test] fn $check() { super::$file::$check(&super::memory()); })*
        }
    };
}

hold! {
    find_what_they_should of queries,
    find_nothing_of_excluded_words of queries,
    refuse_unknown_collections of queries,
    keep_what_was_committed of updates,
    apply_every_change of updates,
    commit_as_a_whole of updates,
    give_a_result_page_by_page of answers,
    fold_stories of answers,
    count_the_whole_result of answers,
    explain_every_way of answers,
    suggest_what_the_archive_has of answers,
    have_news_once of answers,
}
