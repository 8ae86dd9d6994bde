//! An index on a cluster: how it is opened, examined and written.

use super::address::{Access, AddressError};
use super::client::{Client, Content};
use super::index::{Index, everything};
use super::lock::Lock;
use super::schema::FORMAT;
use super::searcher::OpenSearchEngine;
use super::stories::{MAX_SKETCHES, with_sketch};
use super::writer::{Begin, Generation, OpenSearchWriter};
use crate::deadline::Deadline;
use crate::{Capabilities, Checked, Engine, EngineError, State, Store, WriteLock, Writer, WriterOptions};
use findbuch_article::Article;
use findbuch_german::FINGERPRINT;
use serde_json::Value;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::http::Method;

/// An index on a cluster; what is cloned of it uses the same connections.
#[derive(Clone)]
pub struct OpenSearchStore {
    client: Arc<Client>,
    archive: String,
}

impl fmt::Debug for OpenSearchStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OpenSearchStore").field(&self.client.location()).finish()
    }
}

/// What the archive's name stands for.
struct Current {
    name: String,
    /// The version that made it, if it is another.
    other: Option<String>,
}

impl OpenSearchStore {
    /// An index, which need not be there yet. The cluster is not asked.
    ///
    /// # Errors
    /// When the certificates cannot be read.
    pub fn new(access: &Access) -> Result<OpenSearchStore, AddressError> {
        Ok(OpenSearchStore { client: Arc::new(Client::new(access)?), archive: access.address.name().to_owned() })
    }

    /// Deletes the index and what is beside it.
    ///
    /// # Errors
    /// When the cluster does not do it.
    #[cfg(test)]
    pub fn delete(&self) -> Result<(), EngineError> {
        super::writer::remove_leftovers(&self.client, &self.archive, None)?;
        let lock = format!("/{}-lock", self.archive);
        self.client.ask(&Method::DELETE, &lock, Content::Nothing, &Deadline::default()).map(|_| ())
    }

    fn location(&self) -> String {
        self.client.location().to_owned()
    }

    fn get(&self, path: &str) -> Result<Option<Value>, EngineError> {
        let answer = self.client.ask(&Method::GET, path, Content::Nothing, &Deadline::default())?;
        if answer.status == 404 { Ok(None) } else { answer.done(&self.client).map(Some) }
    }

    fn current(&self) -> Result<Option<Current>, EngineError> {
        let Some(answer) = self.get(&format!("/{}/_mapping?filter_path=*.mappings._meta", self.archive))? else {
            return Ok(None);
        };
        let foreign = || EngineError::NotAnIndex(self.location().into());
        let (name, mapping) = answer.as_object().and_then(|all| all.iter().next()).ok_or_else(foreign)?;
        let of = &mapping["mappings"]["_meta"]["findbuch"];
        let (Some(format), Some(analyzer)) = (of["format"].as_u64(), of["analyzer"].as_str()) else {
            return Err(foreign());
        };
        let same = format == u64::from(FORMAT) && analyzer == FINGERPRINT;
        let other = (!same).then(|| format!("format {format}, analyser {analyzer}"));
        Ok(Some(Current { name: name.clone(), other }))
    }

    /// The number of the commit of an index, and its state.
    fn committed(&self, name: &str) -> Result<Option<(i64, State)>, EngineError> {
        let Some(mut answer) = self.get(&Index::state_path(name))? else { return Ok(None) };
        let mut kept = answer["_source"]["state"].take();
        let damaged = || self.client.failed("its state cannot be read");
        let commit = kept["committed"].as_i64().ok_or_else(damaged)?;
        let state = serde_json::from_value(kept["state"].take()).map_err(|_| damaged())?;
        Ok(Some((commit, state)))
    }

    /// Whether stories can be computed; of an index that cannot be asked, whoever asks next is told why.
    fn has_few_sketches(&self) -> bool {
        let all = Index::new(Arc::clone(&self.client), self.archive.clone(), i64::MAX);
        let soon = Deadline::of(Instant::now().checked_add(Duration::from_secs(2)));
        all.count(&with_sketch(), &soon).is_ok_and(|articles| articles <= MAX_SKETCHES)
    }

    fn engine(&self) -> Result<OpenSearchEngine, EngineError> {
        let none = || EngineError::NoIndex(self.location().into());
        let Current { name, other } = self.current()?.ok_or_else(none)?;
        if let Some(found) = other {
            return Err(EngineError::OtherVersion { path: self.location().into(), found });
        }
        let (commit, state) = self.committed(&name)?.ok_or_else(none)?;
        Ok(OpenSearchEngine::new(&self.client, name, commit, state))
    }
}

impl Store for OpenSearchStore {
    fn capabilities(&self) -> Capabilities {
        // what an update removes is gone a moment before what it adds is seen
        Capabilities { atomic_update: false, atomic_rebuild: true, stories: self.has_few_sketches() }
    }

    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        Ok(Box::new(self.engine()?))
    }

    fn state(&self) -> Result<Option<State>, EngineError> {
        let Some(current) = self.current()? else { return Ok(None) };
        Ok(self.committed(&current.name)?.map(|(_, state)| state))
    }

    fn stamp(&self) -> Result<Option<String>, EngineError> {
        let answer = self.get(&format!("{}?_source=false", Index::state_path(&self.archive)))?;
        let stamp = |answer: &Value| format!("{} {} {}", answer["_index"], answer["_seq_no"], answer["_primary_term"]);
        Ok(answer.filter(|answer| answer["found"].as_bool() == Some(true)).as_ref().map(stamp))
    }

    fn check(&self, is_whole: &dyn Fn(&Article, u64) -> bool) -> Result<Checked, EngineError> {
        let engine = self.engine()?;
        let mut checked = Checked::default();
        engine.index.read(&everything(), &Deadline::default(), &mut |stored| {
            checked.articles += 1;
            if !is_whole(&stored.article, stored.content) {
                checked.faults += 1;
                checked
                    .messages
                    .push(format!("{}: the article {} is not as it was", stored.file.path, stored.article.id));
                checked.messages.truncate(MAX_MESSAGES);
            }
            ControlFlow::Continue(())
        })?;
        Ok(checked)
    }

    fn lock(&self) -> Result<Box<dyn WriteLock>, EngineError> {
        let lock = Lock::take(&self.client, &self.archive)?;
        Ok(Box::new(OpenSearchLock { lock, store: self.clone() }))
    }
}

/// Most faults that are named.
const MAX_MESSAGES: usize = 20;

/// The right to write.
struct OpenSearchLock {
    lock: Lock,
    store: OpenSearchStore,
}

impl WriteLock for OpenSearchLock {
    fn writer(self: Box<Self>, options: &WriterOptions<'_>) -> Result<Box<dyn Writer>, EngineError> {
        let OpenSearchLock { lock, store } = *self;
        let mut current = None;
        if let Some(Current { name, other }) = store.current()? {
            let path = store.location();
            if let (Some(found), false) = (other, options.rebuild) {
                return Err(EngineError::OtherVersion { path: path.into(), found });
            }
            let generation = Generation::of(&store.archive, &name);
            let generation = generation.ok_or_else(|| EngineError::NotAnIndex(path.into()))?;
            let commit = if options.rebuild { 0 } else { store.committed(&name)?.map_or(0, |(commit, _)| commit) };
            current = Some((generation, commit));
        }
        let (client, archive, rebuild) = (store.client, store.archive, options.rebuild);
        let begin = Begin { lock, client, archive, current, rebuild };
        Ok(Box::new(OpenSearchWriter::new(begin, options.state)?))
    }
}
