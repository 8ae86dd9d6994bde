//! The files that the index has articles of, and the articles of one file, from columns and dictionaries alone.

use super::columns::for_each_name;
use super::schema::Fields;
use super::stored::stored;
use crate::FileState;
use findbuch_article::Article;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// What a segment has of a file.
#[derive(Clone, Copy, Default)]
struct OfFile {
    /// Number of its articles.
    articles: u32,
    /// The article that was added last, and the number of the update that added it.
    latest: DocId,
    update: u64,
}

/// The files of one segment, by their ordinals in its dictionary of paths.
struct SegmentFiles {
    paths: StrColumn,
    sizes: Column<u64>,
    times: Column<i64>,
    hashes: Column<u64>,
    settings: Column<u64>,
    files: Vec<OfFile>,
}

impl SegmentFiles {
    /// Nothing where the segment has no articles.
    fn open(segment: &SegmentReader) -> tantivy::Result<Option<SegmentFiles>> {
        let columns = segment.fast_fields();
        let Some(paths) = columns.str("file")? else { return Ok(None) };
        let updates = columns.u64("update")?;
        let mut files: Vec<OfFile> = for_each_name(&paths, segment)?;
        for document in segment.doc_ids_alive() {
            let ordinal = paths.term_ords(document).next().and_then(|ordinal| usize::try_from(ordinal).ok());
            if let Some(file) = ordinal.and_then(|ordinal| files.get_mut(ordinal)) {
                let update = updates.first(document).unwrap_or_default();
                if file.articles == 0 || update > file.update {
                    (file.latest, file.update) = (document, update);
                }
                file.articles += 1;
            }
        }
        let (sizes, times, hashes) = (columns.u64("size")?, columns.i64("mtime")?, columns.u64("hash")?);
        Ok(Some(SegmentFiles { sizes, times, hashes, settings: columns.u64("settings")?, paths, files }))
    }

    /// A file by its ordinal; nothing where all its articles are deleted.
    fn of(&self, ordinal: u64) -> Option<&OfFile> {
        self.files.get(usize::try_from(ordinal).ok()?).filter(|file| file.articles > 0)
    }

    /// The state of a file that its latest article was added with.
    fn state(&self, path: String, file: &OfFile) -> FileState {
        FileState {
            path,
            size: self.sizes.first(file.latest).unwrap_or_default(),
            mtime: self.times.first(file.latest).unwrap_or_default(),
            hash: self.hashes.first(file.latest).unwrap_or_default(),
            settings: self.settings.first(file.latest).unwrap_or_default(),
            articles: u64::from(file.articles),
        }
    }
}

/// Visits the files in ascending order of their paths, by merging the sorted dictionaries of the segments. Takes 16 bytes for
/// each file of a segment, however long the paths are.
pub fn visit(searcher: &Searcher, visit: &mut dyn FnMut(FileState)) -> tantivy::Result<()> {
    let segments = searcher.segment_readers().iter().map(SegmentFiles::open).collect::<tantivy::Result<Vec<_>>>()?;
    let segments: Vec<SegmentFiles> = segments.into_iter().flatten().collect();
    let streams = segments.iter().map(|segment| segment.paths.dictionary().stream());
    let mut streams = streams.collect::<std::io::Result<Vec<_>>>()?;
    let mut heads = BinaryHeap::new();
    for (at, stream) in streams.iter_mut().enumerate() {
        if stream.advance() {
            heads.push(Reverse((stream.key().to_vec(), at)));
        }
    }
    // the file at hand, with the latest update that added articles of it
    let mut current: Option<(FileState, u64)> = None;
    while let Some(Reverse((key, at))) = heads.pop() {
        let (segment, stream) = (&segments[at], &mut streams[at]);
        let file = segment.of(stream.term_ord());
        if stream.advance() {
            heads.push(Reverse((stream.key().to_vec(), at)));
        }
        let Some(file) = file else { continue };
        let path = String::from_utf8_lossy(&key).into_owned();
        let state = segment.state(path, file);
        current = match current.take() {
            Some((known, update)) if known.path == state.path => {
                let articles = known.articles + state.articles;
                let (latest, update) = if file.update >= update { (state, file.update) } else { (known, update) };
                Some((FileState { articles, ..latest }, update))
            }
            before => {
                if let Some((known, _)) = before {
                    visit(known);
                }
                Some((state, file.update))
            }
        };
    }
    if let Some((known, _)) = current {
        visit(known);
    }
    Ok(())
}

/// Visits the articles of a file: the number that each was added with, and its id.
pub fn visit_contents(
    searcher: &Searcher,
    field: Field,
    path: &str,
    visit: &mut dyn FnMut(u64, String),
) -> tantivy::Result<()> {
    let term = Term::from_field_text(field, path);
    for segment in searcher.segment_readers() {
        let columns = segment.fast_fields();
        let (Some(ids), numbers) = (columns.str("id")?, columns.u64("content")?) else { continue };
        let Some(mut documents) = segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        while documents.doc() != TERMINATED {
            let document = documents.doc();
            if !segment.is_deleted(document)
                && let (Some(number), Some(ordinal)) = (numbers.first(document), ids.term_ords(document).next())
            {
                let mut id = String::new();
                ids.ord_to_str(ordinal, &mut id)?;
                visit(number, id);
            }
            documents.advance();
        }
    }
    Ok(())
}

/// Visits the articles of a file, each with the number that it was added with.
pub fn visit_articles(
    searcher: &Searcher,
    fields: &Fields,
    path: &str,
    visit: &mut dyn FnMut(u64, Article) -> ControlFlow<()>,
) -> tantivy::Result<()> {
    let term = Term::from_field_text(fields.file, path);
    for segment in searcher.segment_readers() {
        let (numbers, store) = (segment.fast_fields().u64("content")?, segment.get_store_reader(1)?);
        let postings = segment.inverted_index(fields.file)?.read_postings(&term, IndexRecordOption::Basic)?;
        let Some(mut documents) = postings else { continue };
        while documents.doc() != TERMINATED {
            let document = documents.doc();
            if !segment.is_deleted(document)
                && let Some(number) = numbers.first(document)
                && visit(number, stored(&store, fields, document)?).is_break()
            {
                return Ok(());
            }
            documents.advance();
        }
    }
    Ok(())
}

/// The articles of a file that are at a record of it.
pub fn with_record(searcher: &Searcher, fields: &Fields, path: &str, record: u64) -> tantivy::Result<Vec<Article>> {
    let (term, mut found) = (Term::from_field_text(fields.file, path), Vec::new());
    for segment in searcher.segment_readers() {
        let Some(records) = segment.fast_fields().column_opt::<u64>("record")? else { continue };
        let postings = segment.inverted_index(fields.file)?.read_postings(&term, IndexRecordOption::Basic)?;
        let (Some(mut documents), store) = (postings, segment.get_store_reader(1)?) else { continue };
        while documents.doc() != TERMINATED {
            let document = documents.doc();
            if records.first(document) == Some(record) && !segment.is_deleted(document) {
                found.push(stored(&store, fields, document)?);
            }
            documents.advance();
        }
    }
    Ok(found)
}
