//! Writes articles to the index.

use super::document::Documents;
use super::generations::{self, Payload};
use super::schema::Fields;
use super::stories::{self, Stories};
use crate::{Adder, EngineError, Record, State, WriteLock, Writer, WriterOptions};
use findbuch_german::{Analyzer, Vocabulary};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

/// Memory of one indexing thread before it writes a segment, and most threads. Reading and analysis, the greater half
/// of the work, have threads of their own.
const THREAD_BYTES: usize = 150 << 20;
const MAX_THREADS: usize = 4;
/// The least memory that tantivy accepts for a thread.
const MIN_THREAD_BYTES: usize = 15 << 20;

/// The right to write an index.
pub struct TantivyLock {
    path: PathBuf,
    _file: File,
}

impl TantivyLock {
    /// Takes the right to write below `path`.
    pub fn take(path: &Path) -> Result<TantivyLock, EngineError> {
        Ok(TantivyLock { path: path.to_path_buf(), _file: generations::lock(path)? })
    }
}

impl WriteLock for TantivyLock {
    fn writer(self: Box<Self>, options: &WriterOptions<'_>) -> Result<Box<dyn Writer>, EngineError> {
        Ok(Box::new(TantivyWriter::open(*self, options)?))
    }
}

/// The one writer of an index.
struct TantivyWriter {
    lock: TantivyLock,
    writer: IndexWriter,
    fields: Fields,
    vocabulary: Arc<Vocabulary>,
    /// The number of the update.
    update: u64,
    /// A generation that becomes the current one with the commit.
    new_generation: Option<PathBuf>,
}

impl TantivyWriter {
    /// A writer for the current generation, or for a new one if there is none yet or a rebuild is asked for. The memory is
    /// divided among the threads, which take at least 15 MB each.
    fn open(lock: TantivyLock, options: &WriterOptions<'_>) -> Result<TantivyWriter, EngineError> {
        let WriterOptions { rebuild, state, memory } = *options;
        let path = lock.path.as_path();
        let (index, fields, new_generation) = match generations::open(path) {
            Ok(opened) if !rebuild => (opened.index, opened.fields, None),
            Err(error) if !rebuild && !matches!(error, EngineError::NoIndex(_)) => return Err(error),
            _ => {
                let (index, fields, generation) = generations::create(path)?;
                (index, fields, Some(generation))
            }
        };
        let writer = index_writer(&index, memory).map_err(|e| super::failed(path, &e))?;
        // files that a killed or failed update left take room that this one may need
        writer.garbage_collect_files().wait().map_err(|e| super::failed(path, &e))?;
        Ok(TantivyWriter {
            lock,
            writer,
            fields,
            vocabulary: Arc::clone(&state.vocabulary),
            update: state.updates,
            new_generation,
        })
    }
}

fn index_writer(index: &Index, memory: Option<usize>) -> tantivy::Result<IndexWriter> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = (cores / 2).clamp(1, MAX_THREADS);
    let memory = memory.unwrap_or(threads * THREAD_BYTES);
    index.writer_with_num_threads(threads.min(memory / MIN_THREAD_BYTES).max(1), memory.max(MIN_THREAD_BYTES))
}

impl Writer for TantivyWriter {
    fn adder(&self) -> Box<dyn Adder + '_> {
        Box::new(TantivyAdder {
            writer: self,
            documents: Documents::new(self.fields, Analyzer::with_vocabulary(&self.vocabulary)),
        })
    }

    fn remove(&self, path: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.file, path));
    }

    fn remove_content(&self, content: u64) {
        self.writer.delete_term(Term::from_field_u64(self.fields.content, content));
    }

    fn commit(self: Box<Self>, state: &State) -> Result<(), EngineError> {
        let TantivyWriter { lock, mut writer, new_generation, .. } = *self;
        let path = lock.path.clone();
        let payload = Payload::text(state)?;
        let index = writer.index().clone();
        let commit = || -> tantivy::Result<()> {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()?;
            writer.wait_merging_threads()
        };
        commit().map_err(|e| super::failed(&path, &e))?;
        let generation = new_generation.clone().or(generations::current(&path)?);
        if let Some(generation) = &generation {
            generations::share_metadata(generation)?;
            work_out_stories(&index, generation);
        }
        match new_generation {
            Some(generation) => generations::publish(&path, &generation),
            None => Ok(()),
        }
    }
}

/// Computes the stories of the new commit for later readers, which compute them themselves if this fails.
fn work_out_stories(index: &Index, generation: &Path) {
    stories::tidy(generation);
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    let _ = reader.and_then(|reader: IndexReader| Stories::of(&reader.searcher(), generation));
}

/// Adds articles for one thread.
struct TantivyAdder<'a> {
    writer: &'a TantivyWriter,
    documents: Documents,
}

impl Adder for TantivyAdder<'_> {
    fn add(&mut self, record: &Record<'_>) -> Result<(), EngineError> {
        let document = self.documents.document(record, self.writer.update)?;
        let added = self.writer.writer.add_document(document);
        added.map(|_| ()).map_err(|e| super::failed(&self.writer.lock.path, &e))
    }
}
