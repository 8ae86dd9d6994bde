//! Counts the articles of a result by columns: the names of sources, sections, authors, agencies and of what is recognised, and days.

use super::columns::for_each_name;
use super::matched::Matched;
use super::schema::Fields;
use crate::deadline::{Deadline, Watch};
use crate::timeline::Unit;
use crate::{Days, Facet, FacetField, facets};
use findbuch_article::Article;
use std::collections::HashMap;
use tantivy::{Searcher, TantivyDocument};

/// Adds the names of an article as a reader sees them.
pub fn add_names(document: &mut TantivyDocument, fields: &Fields, article: &Article) {
    for (field, facet) in [
        (fields.source_name, FacetField::Source),
        (fields.section_name, FacetField::Section),
        (fields.author_name, FacetField::Author),
        (fields.agency_name, FacetField::Agency),
        (fields.tag_name, FacetField::Tag),
        (fields.person_name, FacetField::Person),
        (fields.organisation_name, FacetField::Organisation),
        (fields.place_name, FacetField::Place),
    ] {
        for name in facets::names(article, facet) {
            document.add_text(field, name);
        }
    }
}

/// Counts the articles by each of `fields`; those that `own` has by other articles.
pub fn count(
    searcher: &Searcher,
    matched: &Matched,
    own: &[(FacetField, Matched)],
    fields: &[FacetField],
    deadline: &Deadline,
) -> tantivy::Result<Vec<Facet>> {
    let mut watch = deadline.watch();
    let watch = &mut watch;
    fields
        .iter()
        .map(|&field| (field, own.iter().find(|(own, _)| *own == field).map_or(matched, |(_, matched)| matched)))
        .map(|(field, matched)| match field {
            FacetField::Source => names(searcher, matched, field, "source_name", watch),
            FacetField::Section => names(searcher, matched, field, "section_name", watch),
            FacetField::Author => names(searcher, matched, field, "author_name", watch),
            FacetField::Agency => names(searcher, matched, field, "agency_name", watch),
            FacetField::Tag => names(searcher, matched, field, "tag_name", watch),
            FacetField::Person => names(searcher, matched, field, "person_name", watch),
            FacetField::Organisation => names(searcher, matched, field, "organisation_name", watch),
            FacetField::Place => names(searcher, matched, field, "place_name", watch),
            FacetField::Year => Ok(Facet::of_days(field, Unit::Year, &days(searcher, matched, deadline)?)),
            FacetField::Month => Ok(Facet::of_days(field, Unit::Month, &days(searcher, matched, deadline)?)),
        })
        .collect()
}

/// By ordinal first, so that each name is read once a segment.
fn names(
    searcher: &Searcher,
    matched: &Matched,
    field: FacetField,
    column: &str,
    watch: &mut Watch,
) -> tantivy::Result<Facet> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    let mut without = 0;
    for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
        let Some(names) = segment.fast_fields().str(column)? else {
            without += matched.of_segment(ordinal).count() as u64;
            continue;
        };
        let mut articles: Vec<u64> = for_each_name(&names, segment)?;
        for document in matched.of_segment(ordinal) {
            if watch.one() {
                break;
            }
            let mut any = false;
            for name in names.term_ords(document) {
                any = true;
                if let Some(count) = usize::try_from(name).ok().and_then(|at| articles.get_mut(at)) {
                    *count += 1;
                }
            }
            without += u64::from(!any);
        }
        // one walk over the names in order: a look-up of each would read its neighbours anew
        let found: Vec<(u64, u64)> = (0..).zip(articles).filter(|(_, count)| *count > 0).collect();
        let (numbers, mut found): (Vec<u64>, _) = (found.iter().map(|(number, _)| *number).collect(), found.iter());
        names.dictionary().sorted_ords_to_term_cb(&numbers, |name| {
            let name = String::from_utf8_lossy(name);
            let count = found.next().map_or(0, |(_, count)| *count);
            match counts.get_mut(&*name) {
                Some(sum) => *sum += count,
                None => {
                    counts.insert(name.into_owned(), count);
                }
            }
        })?;
    }
    Ok(Facet::of(field, counts, without))
}

/// Counts the articles by day.
pub fn days(searcher: &Searcher, matched: &Matched, deadline: &Deadline) -> tantivy::Result<Days> {
    let (mut days, mut watch) = (Days::default(), deadline.watch());
    for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
        let column = segment.fast_fields().column_opt::<i64>("day")?;
        for document in matched.of_segment(ordinal) {
            if watch.one() {
                break;
            }
            days.add(column.as_ref().and_then(|column| column.first(document)));
        }
    }
    Ok(days)
}

/// Counts the articles of the whole index by day.
pub fn all_days(searcher: &Searcher) -> tantivy::Result<Days> {
    let mut days = Days::default();
    for segment in searcher.segment_readers() {
        let column = segment.fast_fields().column_opt::<i64>("day")?;
        for document in segment.doc_ids_alive() {
            days.add(column.as_ref().and_then(|column| column.first(document)));
        }
    }
    Ok(days)
}
