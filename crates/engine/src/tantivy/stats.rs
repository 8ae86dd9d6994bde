//! Numbers about the index.

use super::facets;
use super::files;
use super::matched::Matched;
use super::schema::{FORMAT, Fields};
use crate::deadline::Deadline;
use crate::{FacetField, Stats};
use findbuch_german::FINGERPRINT;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::schema::Field;
use tantivy::{DocAddress, Searcher};

/// Counts, from columns and dictionaries alone.
pub fn stats(searcher: &Searcher, fields: &Fields, bytes: u64) -> tantivy::Result<Stats> {
    let mut all = Matched::new(searcher);
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        segment.doc_ids_alive().for_each(|document| all.add(DocAddress::new(ordinal, document)));
    }
    let facets = facets::count(searcher, &all, &[], &[FacetField::Source, FacetField::Section], &Deadline::default())?;
    let mut values = facets.into_iter().map(|facet| facet.values);
    let (sources, sections) = (values.next().unwrap_or_default(), values.next().unwrap_or_default());
    let days = facets::all_days(searcher)?;
    let mut files = 0;
    files::visit(searcher, &mut |_| files += 1)?;
    Ok(Stats {
        articles: all.total,
        files,
        sources,
        sections,
        dates: days.span().map(|(first, last)| (first.to_string(), last.to_string())),
        undated: days.undated,
        terms: Some((different_terms(searcher, fields.exact)?, different_terms(searcher, fields.text)?)),
        bytes: Some(bytes),
        format: FORMAT,
        analyzer: FINGERPRINT.to_owned(),
    })
}

/// Different terms of a field over all segments, by merging their sorted dictionaries.
fn different_terms(searcher: &Searcher, field: Field) -> tantivy::Result<u64> {
    let indexes =
        searcher.segment_readers().iter().map(|s| s.inverted_index(field)).collect::<tantivy::Result<Vec<_>>>()?;
    if let [index] = indexes.as_slice() {
        return Ok(index.terms().num_terms() as u64);
    }
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
