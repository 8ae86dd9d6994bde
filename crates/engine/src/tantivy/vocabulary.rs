//! Words of the archive: how many articles have one, and which are near to one that no article has.

use super::near_terms::NearTerms;
use super::schema::Fields;
use crate::deadline::Deadline;
use crate::plan::nearest::{Comparison, Near, divided, first_of};
use findbuch_german::is_stop_word;
use std::collections::HashMap;
use tantivy::{Searcher, Term};

/// Number of articles that have a form.
pub fn articles_with(searcher: &Searcher, fields: &Fields, form: &str) -> tantivy::Result<u64> {
    searcher.doc_freq(&Term::from_field_text(fields.exact, form))
}

/// The words near a form that no article has, the nearest and most frequent first.
pub fn nearest(searcher: &Searcher, fields: &Fields, form: &str, deadline: &Deadline) -> tantivy::Result<Vec<Near>> {
    let comparison = Comparison::with(form);
    let terms_near = NearTerms::to(&comparison);
    let mut near: HashMap<String, Near> = HashMap::new();
    let mut watch = deadline.watch();
    for segment in searcher.segment_readers() {
        if watch.look() {
            break;
        }
        let index = segment.inverted_index(fields.exact)?;
        let mut terms = index.terms().search(&terms_near).into_stream()?;
        while terms.advance() && !watch.one() {
            let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
            if let Some(distance) = comparison.distance(word).filter(|_| !is_stop_word(word)) {
                let known =
                    near.entry(word.to_owned()).or_insert(Near { form: word.to_owned(), articles: 0, distance });
                known.articles += u64::from(terms.value().doc_freq);
            }
        }
    }
    let mut near: Vec<Near> = near.into_values().collect();
    near.extend(divided(form, |word| articles_with(searcher, fields, word))?);
    Ok(first_of(near))
}
