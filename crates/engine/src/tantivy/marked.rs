//! Where the first articles of a result have what is to be marked, by the positions of postings: the rest of their texts need not be
//! analysed.

use super::docset::ahead;
use super::schema::Fields;
use crate::plan::prepared::Prepared;
use std::collections::HashMap;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};

/// For each of the articles the positions of the words to be marked, in order; none where positions do not tell.
pub fn positions(
    searcher: &Searcher,
    fields: &Fields,
    prepared: &Prepared<'_>,
    mut articles: Vec<DocAddress>,
) -> tantivy::Result<Option<HashMap<DocAddress, Vec<u32>>>> {
    let Some(stems) = prepared.plan().marking.stems() else { return Ok(None) };
    articles.sort_unstable();
    let mut found: HashMap<DocAddress, Vec<u32>> = articles.iter().map(|address| (*address, Vec::new())).collect();
    let mut spare = Vec::new();
    for of_segment in articles.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let segment = searcher.segment_reader(of_segment[0].segment_ord);
        for field in [fields.text, fields.parts] {
            let index = segment.inverted_index(field)?;
            for stem in &stems {
                let term = Term::from_field_text(field, stem);
                let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? else {
                    continue;
                };
                for address in of_segment {
                    if ahead(&mut postings, address.doc_id) == address.doc_id {
                        postings.positions(&mut spare);
                        found.entry(*address).or_default().append(&mut spare);
                    }
                }
            }
        }
    }
    for positions in found.values_mut() {
        positions.sort_unstable();
    }
    Ok(Some(found))
}
