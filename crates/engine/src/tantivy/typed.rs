//! Looks up what completes a typed text: forms and names with its beginning, articles that have its words in a place.

use super::columns::Columns;
use super::positions::{Positions, PositionsScorer};
use super::schema::Fields;
use super::sets::Terms;
use super::stored::article;
use crate::FacetField;
use crate::deadline::Deadline;
use crate::facets::most_frequent;
use crate::lookup::names::NamePattern;
use crate::lookup::{Place, Wanted};
use findbuch_article::Article;
use findbuch_german::is_stop_word;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// Most words of a segment's dictionary that are walked through.
const MAX_WALKED: usize = 300_000;
/// Most articles that are compared, and most of a segment in which words are looked for side by side.
const MAX_COMPARED: usize = 50_000;
const MAX_BESIDE_ARTICLES: u64 = 10_000;

/// The forms with a prefix, without function words, with the number of their articles, the most frequent first.
pub fn terms_with_prefix(
    searcher: &Searcher,
    fields: &Fields,
    prefix: &str,
    most: usize,
) -> tantivy::Result<Vec<(String, u64)>> {
    terms(searcher, fields.exact, prefix, most)
}

fn terms(searcher: &Searcher, field: Field, prefix: &str, most: usize) -> tantivy::Result<Vec<(String, u64)>> {
    let mut found: HashSet<String> = HashSet::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().range().ge(prefix).into_stream()?;
        let mut frequent: Vec<(u32, String)> = Vec::new();
        let (mut least, mut walked) = (0, 0);
        while terms.advance() && terms.key().starts_with(prefix.as_bytes()) && walked < MAX_WALKED {
            walked += 1;
            let articles = terms.value().doc_freq;
            if articles <= least {
                continue;
            }
            let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
            if !is_stop_word(term) {
                frequent.push((articles, term.to_owned()));
            }
            if frequent.len() >= 4 * most.max(1) {
                frequent.sort_unstable_by(|a, b| b.cmp(a));
                frequent.truncate(2 * most.max(1));
                least = frequent.last().map_or(0, |last| last.0);
            }
        }
        found.extend(frequent.into_iter().map(|(_, term)| term));
    }
    let mut counted = Vec::with_capacity(found.len());
    for term in found {
        let articles = searcher.doc_freq(&Term::from_field_text(field, &term))?;
        counted.push((term, articles));
    }
    Ok(most_frequent(counted, most))
}

/// The names of a column that fit, with the number of their articles, the most frequent first.
pub fn names(
    searcher: &Searcher,
    field: FacetField,
    pattern: &NamePattern,
    most: usize,
) -> tantivy::Result<Vec<(String, u64)>> {
    let column = match field {
        FacetField::Source => "source_name",
        FacetField::Section => "section_name",
        FacetField::Author => "author_name",
        FacetField::Agency => "agency_name",
        FacetField::Tag => "tag_name",
        FacetField::Person => "person_name",
        FacetField::Organisation => "organisation_name",
        FacetField::Place => "place_name",
        FacetField::Year | FacetField::Month => return Ok(Vec::new()),
    };
    let mut counts: HashMap<String, u64> = HashMap::new();
    for segment in searcher.segment_readers() {
        let Some(names) = segment.fast_fields().str(column)? else { continue };
        let mut fitting: HashMap<u64, (String, u64)> = HashMap::new();
        let mut terms = names.dictionary().stream()?;
        while terms.advance() {
            if let Some(name) = std::str::from_utf8(terms.key()).ok().filter(|name| pattern.fits(name)) {
                fitting.insert(terms.term_ord(), (name.to_owned(), 0));
            }
        }
        if fitting.is_empty() {
            continue;
        }
        for document in segment.doc_ids_alive() {
            for name in names.term_ords(document) {
                if let Some((_, articles)) = fitting.get_mut(&name) {
                    *articles += 1;
                }
            }
        }
        for (name, articles) in fitting.into_values().filter(|(_, articles)| *articles > 0) {
            *counts.entry(name).or_default() += articles;
        }
    }
    Ok(most_frequent(counts, most))
}

/// The order of articles: less is better, then by date, the latest first.
type Order = (u64, Reverse<Option<i64>>);

/// The best articles that have the words in a place.
pub fn search_headlines_or_phrases(
    searcher: &Searcher,
    fields: &Fields,
    place: Place,
    words: &[Wanted],
    most: usize,
) -> tantivy::Result<Vec<Article>> {
    let field = match place {
        Place::Headline => fields.headline,
        Place::SideBySide => fields.text,
        Place::Form => fields.exact,
    };
    let mut slots: Vec<Vec<Term>> = Vec::new();
    for word in words {
        let mut any: HashSet<String> = word.terms.iter().cloned().collect();
        for prefix in &word.beginnings {
            any.extend(terms(searcher, field, prefix, place.most_terms())?.into_iter().map(|(term, _)| term));
        }
        slots.push(any.iter().map(|term| Term::from_field_text(field, term)).collect());
    }
    let mut best: Vec<(Order, DocAddress)> = Vec::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let columns = Columns::open(segment)?;
        let found = match place {
            Place::Headline => headed(segment, fields.headline, &slots)?,
            Place::SideBySide => side_by_side(segment, fields.text, &slots)?,
            Place::Form => first(segment, &slots, most)?,
        };
        let alive = found.into_iter().filter(|(_, document)| !segment.is_deleted(*document));
        best.extend(alive.map(|(order, document)| {
            ((order, Reverse(columns.seconds(document))), DocAddress::new(ordinal, document))
        }));
    }
    if best.len() > most {
        best.select_nth_unstable(most);
        best.truncate(most);
    }
    best.sort_unstable();
    best.into_iter().map(|(_, address)| article(searcher, fields, address)).collect()
}

/// The documents that have a term of each slot.
fn all(segment: &SegmentReader, slots: &[Vec<Term>]) -> tantivy::Result<Vec<DocId>> {
    let mut sets = Vec::new();
    for terms in slots {
        sets.push(Terms::Listed(terms.clone()).open(segment, &Deadline::default())?);
    }
    let Some((first, others)) = sets.split_first_mut() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    while first.doc() != TERMINATED && found.len() < MAX_COMPARED {
        let document = first.doc();
        if others.iter_mut().all(|set| set.doc() == document || set.seek(document) == document) {
            found.push(document);
        }
        first.advance();
    }
    Ok(found)
}

/// The first documents that have any term of the first slot.
fn first(segment: &SegmentReader, slots: &[Vec<Term>], most: usize) -> tantivy::Result<Vec<(u64, DocId)>> {
    let mut found = Vec::new();
    for term in slots.first().into_iter().flatten() {
        let index = segment.inverted_index(term.field())?;
        let Some(mut documents) = index.read_postings(term, IndexRecordOption::Basic)? else { continue };
        while documents.doc() != TERMINATED && found.len() < most {
            if !segment.is_deleted(documents.doc()) {
                found.push((0, documents.doc()));
            }
            documents.advance();
        }
    }
    Ok(found)
}

/// The documents that have the words in a short field, the shorter the better.
fn headed(segment: &SegmentReader, field: Field, slots: &[Vec<Term>]) -> tantivy::Result<Vec<(u64, DocId)>> {
    let norms = segment.get_fieldnorms_reader(field)?;
    let found = all(segment, slots)?;
    Ok(found.into_iter().map(|document| (u64::from(norms.fieldnorm_id(document)), document)).collect())
}

/// The documents that have the words side by side, those with the most occurrences first.
fn side_by_side(segment: &SegmentReader, field: Field, slots: &[Vec<Term>]) -> tantivy::Result<Vec<(u64, DocId)>> {
    let mut places: HashMap<DocId, u64> = HashMap::new();
    match slots {
        [] => {}
        [terms] => {
            let index = segment.inverted_index(field)?;
            for term in terms {
                let Some(mut found) = index.read_postings(term, IndexRecordOption::WithFreqs)? else { continue };
                while found.doc() != TERMINATED && places.len() < MAX_COMPARED {
                    *places.entry(found.doc()).or_default() += u64::from(found.term_freq());
                    found.advance();
                }
            }
        }
        _ => {
            let index = segment.inverted_index(field)?;
            let mut fewest = u64::MAX;
            for terms in slots {
                let frequencies = terms.iter().map(|term| index.doc_freq(term).map(u64::from));
                fewest = fewest.min(frequencies.sum::<std::io::Result<u64>>()?);
            }
            if fewest > MAX_BESIDE_ARTICLES {
                return Ok(Vec::new());
            }
            let positions = Positions { field, slots: slots.to_vec(), between: None, deadline: Deadline::default() };
            let Some(found) = positions.open(segment)? else { return Ok(Vec::new()) };
            let mut found = PositionsScorer::of(found);
            while found.doc() != TERMINATED && places.len() < MAX_COMPARED {
                places.insert(found.doc(), found.starts().len() as u64);
                found.advance();
            }
        }
    }
    Ok(places.into_iter().map(|(document, count)| (u64::MAX - count, document)).collect())
}
