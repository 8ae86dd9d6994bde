//! Writes articles to the index.

use super::check::damaged_deletes;
use super::document::Documents;
use super::generations::{self, Payload};
use super::leftovers;
use super::merging::{Damaged, WholeSegments, lock};
use super::new_segment::NewSegment;
use super::removal::Order;
use super::schema::Fields;
use super::stories::{self, Stories};
use crate::{Adder, EngineError, Record, State, WriteLock, Writer, WriterOptions};
use findbuch_german::{Analyzer, Vocabulary};
use std::collections::HashSet;
use std::fs::File;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError, Term};

/// Memory of all segments together before they are written: so much for each two cores, up to a number of cores. Writing a segment takes some
/// 40 MB more.
const PAIR_BYTES: usize = 192 << 20;
const MAX_PAIRS: usize = 4;
/// The least memory of one segment.
const MIN_BYTES: usize = 4 << 20;
/// Articles that threads add to one segment together before each fills one of its own: small updates make one segment.
const SHARED: usize = 128;
/// The least memory that tantivy accepts for its own thread, which has no articles to index.
const TANTIVY_BYTES: usize = 15 << 20;

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
    /// The segments that are filled, and when each is written.
    growing: Mutex<Vec<Arc<Mutex<Growing>>>>,
    /// The one that all adders fill at first, until one of them takes it, and how many articles have come.
    shared: Mutex<Option<Filling>>,
    added: AtomicUsize,
    segment_bytes: usize,
    order: Arc<Order>,
    /// What went wrong where nobody could be told.
    failure: Mutex<Option<TantivyError>>,
}

/// A segment that is filled, where it has any article, and what its articles can be removed by.
#[derive(Default)]
struct Growing {
    segment: Option<NewSegment>,
    paths: HashSet<String>,
    contents: HashSet<u64>,
}

impl Growing {
    /// Hands the segment to the index, if there is one.
    fn write(&mut self, writer: &IndexWriter, order: &Order) -> tantivy::Result<()> {
        let segment = std::mem::take(self).segment.filter(|segment| !segment.is_empty());
        let Some(segment) = segment else { return Ok(()) };
        let segment = segment.write()?;
        order.add(segment.id());
        writer.add_segment(segment)
    }
}

impl TantivyWriter {
    /// A writer for the current generation, or for a new one if there is none yet or a rebuild is asked for. The memory is
    /// divided among the cores.
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
        let writer = index.writer_with_num_threads(1, TANTIVY_BYTES).map_err(|e| super::failed(path, &e))?;
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
            growing: Mutex::default(),
            shared: Mutex::default(),
            added: AtomicUsize::new(0),
            segment_bytes: segment_bytes(memory),
            order: Arc::default(),
            failure: Mutex::default(),
        })
    }

    /// Removes the articles that have a term, of those that are there and of those in memory, where `has` tells of each segment whether there
    /// are any.
    fn remove_term(&self, term: Term, has: impl Fn(&Growing) -> bool) {
        let growing = lock(&self.growing);
        let mut held: Vec<_> = growing.iter().map(|growing| lock(growing)).collect();
        for growing in held.iter_mut().filter(|growing| has(growing)) {
            self.keep_failure(growing.write(&self.writer, &self.order));
        }
        self.keep_failure(self.writer.delete_query(Box::new(self.order.removal(term))).map(|_| ()));
    }

    /// The commit tells what went wrong.
    fn keep_failure(&self, result: tantivy::Result<()>) {
        if let Err(error) = result {
            lock(&self.failure).get_or_insert(error);
        }
    }
}

/// The memory of one segment: each thread that adds articles fills one.
fn segment_bytes(memory: Option<usize>) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory = memory.unwrap_or((cores / 2).clamp(1, MAX_PAIRS) * PAIR_BYTES);
    (memory / cores).max(MIN_BYTES)
}

impl Writer for TantivyWriter {
    fn adder(&self) -> Box<dyn Adder + '_> {
        Box::new(TantivyAdder { writer: self, own: None })
    }

    fn remove(&self, path: &str) {
        self.remove_term(Term::from_field_text(self.fields.file, path), |growing| growing.paths.contains(path));
    }

    fn remove_content(&self, content: u64) {
        let term = Term::from_field_u64(self.fields.content, content);
        self.remove_term(term, |growing| growing.contents.contains(&content));
    }

    fn commit(self: Box<Self>, state: &State) -> Result<Vec<String>, EngineError> {
        let TantivyWriter { lock: held, mut writer, new_generation, damaged, growing, order, failure, .. } = *self;
        let path = held.path.clone();
        let payload = Payload::text(state)?;
        let index = writer.index().clone();
        let commit = || -> tantivy::Result<()> {
            if let Some(failure) = failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
                return Err(failure);
            }
            let growing = growing.into_inner().unwrap_or_else(PoisonError::into_inner);
            std::thread::scope(|scope| {
                let writes = growing.iter().map(|growing| scope.spawn(|| lock(growing).write(&writer, &order)));
                let writes: Vec<_> = writes.collect();
                writes.into_iter().try_for_each(|write| write.join().unwrap_or_else(|panic| resume_unwind(panic)))
            })?;
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

/// Fills segments one after the other.
struct Filling {
    growing: Arc<Mutex<Growing>>,
    documents: Documents,
}

impl Filling {
    fn new(writer: &TantivyWriter) -> Filling {
        let growing = Arc::default();
        lock(&writer.growing).push(Arc::clone(&growing));
        let documents = Documents::new(&writer.fields, Analyzer::with_vocabulary(&writer.vocabulary));
        Filling { growing, documents }
    }

    fn add(&mut self, record: &Record<'_>, writer: &TantivyWriter) -> Result<(), EngineError> {
        let failed = |error: TantivyError| super::failed(&writer.lock.path, &error);
        let mut growing = lock(&self.growing);
        let Growing { segment, paths, contents } = &mut *growing;
        let segment = match segment {
            Some(segment) => segment,
            none => none.insert(NewSegment::new(writer.writer.new_segment()).map_err(failed)?),
        };
        let end = self.documents.add(record, writer.update, segment)?;
        if !paths.contains(&record.file.path) {
            paths.insert(record.file.path.clone());
        }
        contents.insert(record.content);
        segment.article_ends(&end).map_err(failed)?;
        if segment.memory() > writer.segment_bytes {
            growing.write(&writer.writer, &writer.order).map_err(failed)?;
        }
        Ok(())
    }
}

/// Adds articles for one thread.
struct TantivyAdder<'a> {
    writer: &'a TantivyWriter,
    /// What it fills alone.
    own: Option<Filling>,
}

impl Adder for TantivyAdder<'_> {
    fn add(&mut self, record: &Record<'_>) -> Result<(), EngineError> {
        let writer = self.writer;
        if let Some(own) = &mut self.own {
            return own.add(record, writer);
        }
        if writer.added.fetch_add(1, Ordering::Relaxed) < SHARED {
            let mut shared = lock(&writer.shared);
            return shared.get_or_insert_with(|| Filling::new(writer)).add(record, writer);
        }
        let shared = lock(&writer.shared).take();
        self.own.insert(shared.unwrap_or_else(|| Filling::new(writer))).add(record, writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileState;
    use findbuch_article::{Article, Part, PartKind};

    /// The segments of an index to which two threads have added so many articles in turn.
    fn segments(articles: usize) -> usize {
        let place = tempfile::tempdir().expect("a folder");
        let state = State::default();
        let lock = Box::new(TantivyLock::take(place.path()).expect("the lock"));
        let writer = lock.writer(&WriterOptions::new(&state)).expect("a writer");
        let mut adders = [writer.adder(), writer.adder()];
        for number in 0..articles {
            let parts = vec![Part::new(PartKind::Paragraph, "Der Deich hält.")];
            let article = Article { id: number.to_string(), parts, ..Article::default() };
            let record =
                Record { file: &FileState::default(), folders: &[], article: &article, content: number as u64 };
            adders[number % 2].add(&record).expect("added");
        }
        drop(adders);
        writer.commit(&state).expect("committed");
        generations::open(place.path()).expect("an index").index.searchable_segment_ids().expect("segments").len()
    }

    #[test]
    fn small_updates_make_one_segment_and_larger_ones_one_for_each_thread() {
        assert_eq!([0, 1, SHARED, SHARED + 2].map(segments), [0, 1, 1, 2]);
    }
}
