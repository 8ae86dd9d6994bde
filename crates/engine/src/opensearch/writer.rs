//! Writes an index. Articles are sent as they come and bear the number of the commit to come, which no search sees yet; what is to be removed
//! is removed by the commit, whose last step writes the state with that number. So a writer that is killed leaves articles that nobody sees
//! and the next one removes; between the removal and the state a search may lack what an update replaces.
//!
//! An index that is made anew is filled beside the old one, whose name it then takes.

use super::client::{Client, Content, jittered};
use super::document::{Written, document};
use super::index::{Index, column, with_terms};
use super::lock::Lock;
use super::schema::body;
use crate::analysed::ArticleAnalyzer;
use crate::deadline::Deadline;
use crate::{Adder, EngineError, Record, State, Writer};
use findbuch_german::{Analyzer, Vocabulary};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use ureq::http::Method;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes that are sent at once.
const BULK: usize = 4 << 20;
/// Values in one request to remove.
const REMOVED_AT_ONCE: usize = 1_000;
/// How often articles are sent that the cluster has no room for, and the first wait before they are sent again.
const ATTEMPTS: u32 = 8;
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// Most messages about articles that are refused.
const MAX_MESSAGES: usize = 1_000;

/// An index by its number: the name of the archive stands for one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation(pub u64);

impl Generation {
    /// The index's name.
    pub fn name(self, archive: &str) -> String {
        format!("{archive}-{}", self.0)
    }

    /// The generation of an index's name.
    pub fn of(archive: &str, name: &str) -> Option<Generation> {
        let number = name.strip_prefix(archive)?.strip_prefix('-')?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok().map(Generation))?
    }
}

/// What is to be removed.
struct Removal {
    field: &'static str,
    value: String,
    /// What this writer has added before.
    before: i64,
}

/// Changes to an index.
pub struct OpenSearchWriter {
    lock: Lock,
    client: Arc<Client>,
    archive: String,
    /// The index that is written.
    index: String,
    /// The one that the archive's name stands for, if it is another.
    replaces: Option<String>,
    /// Whether the name stands for none yet, or is to stand for another.
    renames: bool,
    commit: i64,
    update: u64,
    vocabulary: Arc<Vocabulary>,
    order: AtomicI64,
    pending: Mutex<Pending>,
}

#[derive(Default)]
struct Pending {
    removals: Vec<Removal>,
    /// Hashes of the files and contents that were added.
    added: HashSet<u64>,
    messages: Vec<String>,
    refused: usize,
    failure: Option<EngineError>,
}

/// What a writer begins with.
pub struct Begin {
    pub lock: Lock,
    pub client: Arc<Client>,
    pub archive: String,
    /// The generation in use, with the number of its commit.
    pub current: Option<(Generation, i64)>,
    /// Whether another is made.
    pub rebuild: bool,
}

impl OpenSearchWriter {
    /// Makes an index if one is needed, and removes what killed writers have left.
    ///
    /// # Errors
    /// When the cluster does not do it.
    pub fn new(begin: Begin, state: &State) -> Result<OpenSearchWriter, EngineError> {
        let Begin { lock, client, archive, current, rebuild } = begin;
        remove_leftovers(&client, &archive, current.map(|(generation, _)| generation))?;
        let (update, vocabulary) = (state.updates, Arc::clone(&state.vocabulary));
        let made = |current: Option<Generation>| -> Result<String, EngineError> {
            let name = Generation(current.map_or(1, |current| current.0 + 1)).name(&archive);
            let path = format!("/{name}");
            let answer = client.ask(&Method::PUT, &path, Content::Json(&body()), &Deadline::default())?;
            // what was left there is removed: it is ours, and the answer that said so was lost
            if answer.body["error"]["type"] != "resource_already_exists_exception" {
                answer.done(&client)?;
            }
            Ok(name)
        };
        let (index, commit, replaces) = match current {
            Some((current, commit)) if !rebuild => {
                let index = current.name(&archive);
                let unseen = json!({ "range": { "commit": { "gt": commit } } });
                refresh(&client, &index)?;
                remove(&client, &index, &unseen)?;
                (index, commit + 1, None)
            }
            current => {
                let current = current.map(|(current, _)| current);
                (made(current)?, 1, current.map(|current| current.name(&archive)))
            }
        };
        let renames = commit == 1;
        let (order, pending) = (AtomicI64::new(0), Mutex::default());
        Ok(OpenSearchWriter {
            lock,
            client,
            archive,
            index,
            replaces,
            renames,
            commit,
            update,
            vocabulary,
            order,
            pending,
        })
    }

    fn pending<T>(&self, of: impl FnOnce(&mut Pending) -> T) -> T {
        // what a thread that panicked was about to change is whole
        of(&mut self.pending.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn to_remove(&self, field: &'static str, value: String) {
        let before = self.order.load(Ordering::Acquire);
        self.pending(|pending| pending.removals.push(Removal { field, value, before }));
    }

    /// Sends articles, a line about each before it; those again that the cluster had no room for.
    fn send(&self, mut lines: Vec<u8>) -> Result<(), EngineError> {
        let path =
            format!("/{}/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason", self.index);
        let mut wait = FIRST_WAIT;
        for attempt in 1.. {
            self.lock.check()?;
            let answer = self.client.ask(&Method::POST, &path, Content::Lines(&lines), &Deadline::default())?;
            let answer = answer.done(&self.client)?;
            if answer["errors"].as_bool() == Some(false) {
                return Ok(());
            }
            lines = self.not_taken(&lines, &answer)?;
            if lines.is_empty() {
                return Ok(());
            }
            if attempt == ATTEMPTS {
                break;
            }
            std::thread::sleep(jittered(wait));
            wait *= 2;
        }
        Err(EngineError::Throttled { location: self.client.location().to_owned() })
    }

    /// The articles of a bulk that are to be sent again; those that are refused for good are named in a message.
    fn not_taken(&self, lines: &[u8], answer: &Value) -> Result<Vec<u8>, EngineError> {
        let sent: Vec<&[u8]> = lines.split_inclusive(|byte| *byte == b'\n').collect();
        let items = answer["items"].as_array().map_or(&[][..], Vec::as_slice);
        if items.len() * 2 != sent.len() {
            return Err(self.client.failed("its answer to articles does not name each"));
        }
        let mut again = Vec::new();
        for (item, lines) in items.iter().zip(sent.chunks(2)) {
            let item = item.as_object().and_then(|item| item.values().next()).unwrap_or(&Value::Null);
            if let Some(blocked) = self.client.blocked(&item["error"]) {
                return Err(blocked);
            }
            match item["status"].as_u64().unwrap_or(500) {
                200..=299 => {}
                429 | 502..=504 => again.extend(lines.concat()),
                _ => {
                    let article: Value =
                        lines.get(1).and_then(|line| serde_json::from_slice(line).ok()).unwrap_or_default();
                    let message = format!(
                        "{}: the article {} is refused by OpenSearch: {}; it is left out",
                        article["file"].as_str().unwrap_or_default(),
                        article["id"].as_str().unwrap_or_default(),
                        item["error"]["reason"].as_str().unwrap_or("no reason given"),
                    );
                    self.pending(|pending| {
                        pending.refused += 1;
                        if pending.messages.len() < MAX_MESSAGES {
                            pending.messages.push(message);
                        }
                    });
                }
            }
        }
        Ok(again)
    }

    /// Removes what was to be removed.
    fn remove_all(&self, pending: &Pending) -> Result<(), EngineError> {
        for field in ["file", "content"] {
            let removals = || pending.removals.iter().filter(|removal| removal.field == field);
            let values: Vec<&String> = removals().map(|removal| &removal.value).collect();
            for values in values.chunks(REMOVED_AT_ONCE) {
                let before = json!({ "range": { "commit": { "lt": self.commit } } });
                let query = json!({ "bool": { "filter": [with_terms(field, values), before] } });
                remove(&self.client, &self.index, &query)?;
            }
            let own = removals().filter(|removal| pending.added.contains(&hash(removal.field, &removal.value)));
            for Removal { value, before, .. } in own {
                let before = json!({ "range": { "order": { "lt": before } } });
                let this = json!({ "term": { "commit": self.commit } });
                remove(
                    &self.client,
                    &self.index,
                    &json!({ "bool": { "filter": [with_terms(field, &[value]), before, this] } }),
                )?;
            }
        }
        Ok(())
    }

    /// Gives the archive's name to the index that was written.
    fn rename(&self) -> Result<(), EngineError> {
        let mut actions = vec![json!({ "add": { "index": self.index, "alias": self.archive } })];
        if let Some(old) = &self.replaces {
            actions.push(json!({ "remove": { "index": old, "alias": self.archive, "must_exist": false } }));
        }
        let actions = json!({ "actions": actions });
        let answer = self.client.ask(&Method::POST, "/_aliases", Content::Json(&actions), &Deadline::default())?;
        answer.done(&self.client).map(|_| ())
    }
}

impl Writer for OpenSearchWriter {
    fn adder(&self) -> Box<dyn Adder + '_> {
        let analyzer = ArticleAnalyzer::new(Analyzer::with_vocabulary(&self.vocabulary));
        Box::new(OpenSearchAdder { writer: self, analyzer, lines: Vec::new() })
    }

    fn remove(&self, path: &str) {
        self.to_remove("file", path.to_owned());
    }

    fn remove_content(&self, content: u64) {
        self.to_remove("content", format!("{content:016x}"));
    }

    fn commit(self: Box<Self>, state: &State) -> Result<Vec<String>, EngineError> {
        let mut pending = self.pending(std::mem::take);
        if let Some(failure) = pending.failure.take() {
            return Err(failure);
        }
        self.lock.check()?;
        refresh(&self.client, &self.index)?;
        self.remove_all(&pending)?;
        self.lock.check()?;
        let encode = |source| EngineError::Encode { what: "the state of the index".into(), source };
        let state = serde_json::to_value(state).map_err(encode)?;
        let state = json!({ "state": { "committed": self.commit, "state": state } });
        let path = Index::state_path(&self.index);
        self.client.ask(&Method::PUT, &path, Content::Json(&state), &Deadline::default())?.done(&self.client)?;
        if self.renames {
            self.rename()?;
        }
        let unnamed = pending.refused.saturating_sub(pending.messages.len());
        if unnamed > 0 {
            pending.messages.push(format!("{unnamed} more articles are refused by OpenSearch"));
        }
        Ok(pending.messages)
    }
}

fn hash(field: &str, value: &str) -> u64 {
    xxh3_64(format!("{field} {value}").as_bytes())
}

/// Makes what was written visible to searches.
fn refresh(client: &Client, index: &str) -> Result<(), EngineError> {
    let path = format!("/{index}/_refresh");
    let answer = client.ask(&Method::POST, &path, Content::Nothing, &Deadline::default())?.done(client)?;
    let shards =
        |what: &str| answer["_shards"][what].as_u64().and_then(|shards| u32::try_from(shards).ok()).unwrap_or(0);
    if shards("failed") == 0 {
        return Ok(());
    }
    let (location, answered) = (client.location().to_owned(), shards("successful"));
    Err(EngineError::Partial { location, answered, shards: shards("total") })
}

/// Removes the articles that match, seen by searches or not.
fn remove(client: &Arc<Client>, index: &str, query: &Value) -> Result<(), EngineError> {
    let all = Index::new(Arc::clone(client), index.to_owned(), i64::MAX);
    let mut keys = Vec::new();
    all.columns(query, &["key"], "key", &Deadline::default(), &mut |hit| {
        keys.extend(column(hit, "key").and_then(Value::as_str).map(str::to_owned));
        Ok(())
    })?;
    if keys.is_empty() {
        return Ok(());
    }
    for keys in keys.chunks(REMOVED_AT_ONCE) {
        remove_keys(client, index, keys)?;
    }
    refresh(client, index)
}

/// Removes articles by their keys; again where the cluster has no room for it.
fn remove_keys(client: &Client, index: &str, keys: &[String]) -> Result<(), EngineError> {
    let mut lines = String::new();
    for key in keys {
        lines.push_str(&json!({ "delete": { "_id": key } }).to_string());
        lines.push('\n');
    }
    let path = format!("/{index}/_bulk?filter_path=items.*.status");
    let mut wait = FIRST_WAIT;
    for _ in 0..ATTEMPTS {
        let answer = client.ask(&Method::POST, &path, Content::Lines(lines.as_bytes()), &Deadline::default())?;
        let answer = answer.done(client)?;
        let items = answer["items"].as_array().map_or(&[][..], Vec::as_slice);
        // what is gone already is as good
        let is_gone = |item: &Value| matches!(item["delete"]["status"].as_u64(), Some(200..=299 | 404));
        if items.len() == keys.len() && items.iter().all(is_gone) {
            return Ok(());
        }
        std::thread::sleep(jittered(wait));
        wait *= 2;
    }
    Err(client.failed("some articles could not be removed"))
}

/// Removes the indexes of an archive that its name does not stand for.
pub fn remove_leftovers(client: &Client, archive: &str, current: Option<Generation>) -> Result<(), EngineError> {
    let path = format!("/{archive}-*/_mapping?filter_path=*.mappings._meta.findbuch.format");
    let answer = client.ask(&Method::GET, &path, Content::Nothing, &Deadline::default())?;
    let answer = answer.done(client)?;
    for (name, mapping) in answer.as_object().into_iter().flatten() {
        let ours = mapping["mappings"]["_meta"]["findbuch"]["format"].is_number();
        let generation = Generation::of(archive, name).filter(|generation| ours && Some(*generation) != current);
        if generation.is_some() {
            let path = format!("/{name}");
            client.ask(&Method::DELETE, &path, Content::Nothing, &Deadline::default())?.done(client)?;
        }
    }
    Ok(())
}

/// Adds articles, which are sent when there are some megabytes of them.
struct OpenSearchAdder<'a> {
    writer: &'a OpenSearchWriter,
    analyzer: ArticleAnalyzer,
    lines: Vec<u8>,
}

impl Adder for OpenSearchAdder<'_> {
    fn add(&mut self, record: &Record<'_>) -> Result<(), EngineError> {
        let writer = self.writer;
        let order = writer.order.fetch_add(1, Ordering::AcqRel);
        let written = Written { commit: writer.commit, order, update: writer.update };
        let (id, document) = document(record, written, &mut self.analyzer)?;
        let encode = |source| EngineError::Encode { what: format!("the article {}", record.article.id), source };
        for line in [&json!({ "index": { "_id": id } }), &document] {
            serde_json::to_writer(&mut self.lines, line).map_err(encode)?;
            self.lines.push(b'\n');
        }
        writer.pending(|pending| {
            let content = format!("{:016x}", record.content);
            pending.added.extend([hash("file", &record.file.path), hash("content", &content)]);
        });
        if self.lines.len() >= BULK { writer.send(std::mem::take(&mut self.lines)) } else { Ok(()) }
    }
}

impl Drop for OpenSearchAdder<'_> {
    fn drop(&mut self) {
        if self.lines.is_empty() || std::thread::panicking() {
            return;
        }
        if let Err(error) = self.writer.send(std::mem::take(&mut self.lines)) {
            self.writer.pending(|pending| pending.failure.get_or_insert(error).to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Generation;

    #[test]
    fn generations_are_told_from_other_indexes() {
        let check = |name: &str, expected: Option<u64>| {
            assert_eq!(Generation::of("presse", name).map(|generation| generation.0), expected, "{name}");
        };
        assert_eq!(Generation(12).name("presse"), "presse-12");
        check("presse-12", Some(12));
        check("presse-lock", None);
        check("presse-lokal-1", None);
        check("presse-+1", None);
        check("presse", None);
        check("pressen-1", None);
    }
}
