//! Near-identical articles by their sketches.

use super::schema::Fields;
use super::sketches::Sketches;
use super::stored::article;
use crate::versions::sketch::MAX_VERSIONS;
use findbuch_article::Article;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

/// The versions of an article, compared with all others.
pub fn versions(searcher: &Searcher, fields: &Fields, of: &Article) -> tantivy::Result<Vec<(f32, Article)>> {
    let columns = searcher.segment_readers().iter().map(Sketches::open).collect::<tantivy::Result<Vec<_>>>()?;
    let mut own = None;
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let term = Term::from_field_text(fields.id, &of.id);
        let index = segment.inverted_index(fields.id)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            let address = DocAddress::new(ordinal, postings.doc());
            let stored = article(searcher, fields, address)?;
            if (&stored.path, stored.record) == (&of.path, of.record) {
                own = columns[ordinal as usize].get(postings.doc()).map(|sketch| (address, sketch));
            }
            postings.advance();
        }
    }
    let Some((own, sketch)) = own else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        for document in segment.doc_ids_alive() {
            let address = DocAddress::new(ordinal, document);
            let Some(other) = columns[ordinal as usize].get(document).filter(|_| address != own) else { continue };
            if sketch.is_version_of(&other) {
                found.push((sketch.resemblance(&other), address));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(MAX_VERSIONS);
    found.into_iter().map(|(share, address)| Ok((share, article(searcher, fields, address)?))).collect()
}
