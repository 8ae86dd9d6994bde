//! Numbers about the index, and the files it holds.

use super::facets;
use super::matched::Matched;
use super::schema::{FORMAT, Fields};
use crate::deadline::Deadline;
use crate::{FacetField, FileState, Stats};
use findbuch_files::decode_path;
use findbuch_german::FINGERPRINT;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::path::{Path, PathBuf};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, TERMINATED, Term};

/// The files below one of `paths`, from the columns alone.
pub fn files(searcher: &Searcher, paths: &[PathBuf]) -> tantivy::Result<HashMap<String, FileState>> {
    files_where(searcher, &|path| paths.iter().any(|below| path.starts_with(below)))
}

/// The files whose paths are wanted.
fn files_where(searcher: &Searcher, is_wanted: &dyn Fn(&Path) -> bool) -> tantivy::Result<HashMap<String, FileState>> {
    // with the update that told of each last
    let mut files: HashMap<String, (FileState, u64)> = HashMap::new();
    for segment in searcher.segment_readers() {
        let columns = segment.fast_fields();
        let Some(names) = columns.str("file")? else { continue };
        let (sizes, times, hashes) = (columns.u64("size")?, columns.i64("mtime")?, columns.u64("hash")?);
        let (settings, updates) = (columns.u64("settings")?, columns.u64("update")?);
        // articles of a file by its ordinal, with the one that was added last
        let mut counts: HashMap<u64, (u64, DocId, u64)> = HashMap::new();
        for document in segment.doc_ids_alive() {
            if let Some(ordinal) = names.term_ords(document).next() {
                let update = updates.first(document).unwrap_or_default();
                let (articles, latest, of) = counts.entry(ordinal).or_insert((0, document, update));
                *articles += 1;
                if update > *of {
                    (*latest, *of) = (document, update);
                }
            }
        }
        for (ordinal, (articles, document, update)) in counts {
            let mut path = String::new();
            names.ord_to_str(ordinal, &mut path)?;
            if !is_wanted(&decode_path(&path)) {
                continue;
            }
            let (known, of) = files.entry(path).or_default();
            known.articles += articles;
            if update < *of {
                continue;
            }
            *of = update;
            known.size = sizes.first(document).unwrap_or_default();
            known.mtime = times.first(document).unwrap_or_default();
            known.hash = hashes.first(document).unwrap_or_default();
            known.settings = settings.first(document).unwrap_or_default();
        }
    }
    let named = |(path, (file, _)): (String, (FileState, u64))| (path.clone(), FileState { path, ..file });
    Ok(files.into_iter().map(named).collect())
}

/// The articles of a file: the number that each was added with, and its id.
pub fn contents(searcher: &Searcher, field: Field, path: &str) -> tantivy::Result<HashMap<u64, String>> {
    let term = Term::from_field_text(field, path);
    let mut contents = HashMap::new();
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
                contents.insert(number, id);
            }
            documents.advance();
        }
    }
    Ok(contents)
}

/// Counts, from columns and dictionaries alone.
pub fn stats(searcher: &Searcher, fields: &Fields, bytes: u64) -> tantivy::Result<Stats> {
    let mut all = Matched::new(searcher);
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        segment.doc_ids_alive().for_each(|document| all.add(DocAddress::new(ordinal, document)));
    }
    let facets = facets::count(searcher, &all, &[FacetField::Source, FacetField::Section], &Deadline::default())?;
    let mut values = facets.into_iter().map(|facet| facet.values);
    let (sources, sections) = (values.next().unwrap_or_default(), values.next().unwrap_or_default());
    let days = facets::all_days(searcher)?;
    Ok(Stats {
        articles: all.total,
        files: files_where(searcher, &|_| true)?.len() as u64,
        sources,
        sections,
        dates: days.span().map(|(first, last)| (first.to_string(), last.to_string())),
        undated: days.undated,
        terms: (different_terms(searcher, fields.exact)?, different_terms(searcher, fields.text)?),
        bytes,
        format: FORMAT,
        analyzer: FINGERPRINT.to_owned(),
    })
}

/// Different terms of a field over all segments, by merging their sorted dictionaries.
fn different_terms(searcher: &Searcher, field: Field) -> tantivy::Result<u64> {
    let indexes =
        searcher.segment_readers().iter().map(|s| s.inverted_index(field)).collect::<tantivy::Result<Vec<_>>>()?;
    let mut streams = indexes.iter().map(|index| index.terms().stream()).collect::<std::io::Result<Vec<_>>>()?;
    let mut heads = BinaryHeap::new();
    for (at, stream) in streams.iter_mut().enumerate() {
        if stream.advance() {
            heads.push(Reverse((stream.key().to_vec(), at)));
        }
    }
    let mut different = 0;
    let mut last: Option<Vec<u8>> = None;
    while let Some(Reverse((key, at))) = heads.pop() {
        if streams[at].advance() {
            heads.push(Reverse((streams[at].key().to_vec(), at)));
        }
        if last.as_ref() != Some(&key) {
            different += 1;
            last = Some(key);
        }
    }
    Ok(different)
}
