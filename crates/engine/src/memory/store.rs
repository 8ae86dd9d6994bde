//! Commits in memory: an update works on a copy of the articles, which takes their place as a whole.

use super::{Archive, Entry, MemoryEngine};
use crate::analysed::ArticleAnalyzer;
use crate::{
    Adder, Capabilities, Checked, Engine, EngineError, Record, State, Store, WriteLock, Writer, WriterOptions,
};
use findbuch_article::Article;
use findbuch_german::{Analyzer, Vocabulary};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// An index in memory; what is cloned of it is the same index.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// The last commit, with its number.
    committed: Mutex<(u64, Option<Arc<Archive>>)>,
    locked: AtomicBool,
}

impl Shared {
    fn committed(&self) -> MutexGuard<'_, (u64, Option<Arc<Archive>>)> {
        self.committed.lock().expect("no writer panics")
    }
}

impl MemoryStore {
    fn archive(&self) -> Result<Arc<Archive>, EngineError> {
        self.0.committed().1.clone().ok_or_else(|| EngineError::NoIndex("memory".into()))
    }
}

impl Store for MemoryStore {
    fn capabilities(&self) -> Capabilities {
        Capabilities { atomic_update: true, atomic_rebuild: true, stories: true }
    }

    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        Ok(Box::new(MemoryEngine::over(self.archive()?)))
    }

    fn state(&self) -> Result<Option<State>, EngineError> {
        Ok(self.0.committed().1.as_ref().map(|archive| archive.state.clone()))
    }

    fn stamp(&self) -> Result<Option<String>, EngineError> {
        let committed = self.0.committed();
        Ok(committed.1.as_ref().map(|_| committed.0.to_string()))
    }

    fn check(&self, is_whole: &dyn Fn(&Article, u64) -> bool) -> Result<Checked, EngineError> {
        let archive = self.archive()?;
        let faults = archive.articles.iter().filter(|kept| !is_whole(&kept.article, kept.content)).count();
        Ok(Checked { articles: archive.articles.len() as u64, faults: faults as u64, ..Checked::default() })
    }

    fn lock(&self) -> Result<Box<dyn WriteLock>, EngineError> {
        if self.0.locked.swap(true, Ordering::AcqRel) {
            return Err(EngineError::Locked("memory".into()));
        }
        Ok(Box::new(MemoryLock(Arc::clone(&self.0))))
    }
}

/// The right to write; given back when it is dropped.
struct MemoryLock(Arc<Shared>);

impl Drop for MemoryLock {
    fn drop(&mut self) {
        self.0.locked.store(false, Ordering::Release);
    }
}

impl WriteLock for MemoryLock {
    fn writer(self: Box<Self>, options: &WriterOptions<'_>) -> Result<Box<dyn Writer>, EngineError> {
        let before = self.0.committed().1.clone().filter(|_| !options.rebuild);
        Ok(Box::new(MemoryWriter {
            lock: *self,
            articles: Mutex::new(before.map(|archive| archive.articles.clone()).unwrap_or_default()),
            vocabulary: Arc::clone(&options.state.vocabulary),
            update: options.state.updates,
        }))
    }
}

struct MemoryWriter {
    lock: MemoryLock,
    /// What will be committed.
    articles: Mutex<Vec<Arc<Entry>>>,
    vocabulary: Arc<Vocabulary>,
    update: u64,
}

impl MemoryWriter {
    fn articles(&self) -> MutexGuard<'_, Vec<Arc<Entry>>> {
        self.articles.lock().expect("no thread that adds panics")
    }
}

impl Writer for MemoryWriter {
    fn adder(&self) -> Box<dyn Adder + '_> {
        let analyzer = ArticleAnalyzer::new(Analyzer::with_vocabulary(&self.vocabulary));
        Box::new(MemoryAdder { writer: self, analyzer })
    }

    fn remove(&self, path: &str) {
        self.articles().retain(|kept| kept.file.path != path);
    }

    fn remove_content(&self, content: u64) {
        self.articles().retain(|kept| kept.content != content);
    }

    fn commit(self: Box<Self>, state: &State) -> Result<Vec<String>, EngineError> {
        let archive = Archive::new(std::mem::take(&mut *self.articles()), state.clone());
        let mut committed = self.lock.0.committed();
        *committed = (committed.0 + 1, Some(Arc::new(archive)));
        Ok(Vec::new())
    }
}

struct MemoryAdder<'a> {
    writer: &'a MemoryWriter,
    analyzer: ArticleAnalyzer,
}

impl Adder for MemoryAdder<'_> {
    fn add(&mut self, record: &Record<'_>) -> Result<(), EngineError> {
        let entry = Entry::new(record, self.writer.update, &mut self.analyzer);
        self.writer.articles().push(Arc::new(entry));
        Ok(())
    }
}
