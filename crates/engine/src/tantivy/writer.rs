//! Writes articles to the index.

use super::check::damaged_deletes;
use super::document::Documents;
use super::generations::{self, Payload};
use super::leftovers;
use super::merging::{Damaged, WholeSegments, lock};
use super::schema::Fields;
use super::stories::{self, Stories};
use crate::{Adder, EngineError, Record, State, WriteLock, Writer, WriterOptions};
use findbuch_german::{Analyzer, Vocabulary};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
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
        let lock = TantivyLock { path: path.to_path_buf(), _file: generations::lock(path)? };
        leftovers::remove(path);
        Ok(lock)
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
    /// Segments that were to be merged and are damaged.
    damaged: Arc<Mutex<Damaged>>,
}

impl TantivyWriter {
    /// A writer for the current generation, or for a new one if there is none yet or a rebuild is asked for. The memory is
    /// divided among the threads, which take at least 15 MB each.
    fn open(lock: TantivyLock, options: &WriterOptions<'_>) -> Result<TantivyWriter, EngineError> {
        let WriterOptions { rebuild, state, sample, memory } = *options;
        let path = lock.path.as_path();
        let (index, fields, new_generation) = match generations::open(path) {
            Ok(opened) if !rebuild => {
                // what is deleted is written anew with each further deletion, from what was
                if let Some(message) = damaged_deletes(&opened.index).map_err(|e| super::failed(path, &e))? {
                    return Err(EngineError::Failed { path: path.to_path_buf(), message });
                }
                (opened.index, opened.fields, None)
            }
            Err(error) if !rebuild && !matches!(error, EngineError::NoIndex(_)) => return Err(error),
            _ => {
                let (index, fields, generation) = generations::create(path, sample)?;
                (index, fields, Some(generation))
            }
        };
        let writer = index_writer(&index, memory).map_err(|e| super::failed(path, &e))?;
        let damaged = Arc::<Mutex<Damaged>>::default();
        writer.set_merge_policy(Box::new(WholeSegments::new(index, Arc::clone(&damaged))));
        Ok(TantivyWriter {
            lock,
            writer,
            fields,
            vocabulary: Arc::clone(&state.vocabulary),
            update: state.updates,
            new_generation,
            damaged,
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
            documents: Documents::new(&self.fields, Analyzer::with_vocabulary(&self.vocabulary)),
        })
    }

    fn remove(&self, path: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.file, path));
    }

    fn remove_content(&self, content: u64) {
        self.writer.delete_term(Term::from_field_u64(self.fields.content, content));
    }

    fn commit(self: Box<Self>, state: &State) -> Result<Vec<String>, EngineError> {
        let TantivyWriter { lock: held, mut writer, new_generation, damaged, .. } = *self;
        let path = held.path.clone();
        let payload = Payload::text(state)?;
        let index = writer.index().clone();
        let commit = || -> tantivy::Result<()> {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()?;
            writer.wait_merging_threads()
        };
        commit().map_err(|e| super::failed(&path, &e))?;
        let generation = match &new_generation {
            // the name of the old one may be damaged
            Some(generation) => Some(generation.clone()),
            None => generations::current(&path)?,
        };
        if let Some(generation) = &generation {
            leftovers::remove_unlisted(generation);
            work_out_stories(&index, generation);
        }
        if let Some(generation) = new_generation {
            generations::publish(&path, &generation)?;
        }
        let damaged = lock(&damaged);
        Ok(damaged.values().map(|(articles, files)| damage(*articles, files)).collect())
    }
}

/// That a segment of so many articles is damaged, and what to do.
fn damage(articles: u32, files: &[String]) -> String {
    format!(
        "the index is damaged: {}, in a part of {articles} articles, which stays apart from others; \
         findbuch check names the articles, findbuch index --full makes the index anew from its folders",
        files.join("; ")
    )
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
