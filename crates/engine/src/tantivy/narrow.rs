//! What hits are limited to beside the query: a folder, values of facets, days.

use super::compile::term;
use super::schema::Fields;
use crate::timeline::Unit;
use crate::{FacetField, SearchRequest};
use findbuch_article::Date;
use findbuch_files::encode_path;
use jiff::civil;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query, RangeQuery};
use tantivy::schema::Field;

/// What every hit of a request must match, if there is such a thing.
pub fn restriction(request: &SearchRequest<'_>, fields: &Fields) -> Option<Box<dyn Query>> {
    let mut demanded: Vec<Box<dyn Query>> = Vec::new();
    if let Some(path) = request.within {
        let path = encode_path(path);
        demanded.push(either([fields.folder, fields.file].map(|field| term(Term::from_field_text(field, &path)))));
    }
    for facet in FacetField::ALL {
        let values = request.only.iter().filter(|(field, _)| *field == facet);
        let mut values = values.map(|(_, value)| one_value(facet, value, fields)).peekable();
        if values.peek().is_some() {
            demanded.push(either(values));
        }
    }
    demanded.extend(request.published.map(|range| published(fields.day, (range.from, range.until))));
    match demanded.len() {
        0 | 1 => demanded.pop(),
        _ => Some(Box::new(BooleanQuery::new(demanded.into_iter().map(|query| (Occur::Must, query)).collect()))),
    }
}

fn either(queries: impl IntoIterator<Item = Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(queries.into_iter().map(|query| (Occur::Should, query)).collect()))
}

/// The articles that a facet counts under a value; none under what is no year or month.
fn one_value(facet: FacetField, value: &str, fields: &Fields) -> Box<dyn Query> {
    let name = |field| -> Box<dyn Query> {
        let value = Term::from_field_text(field, value);
        Box::new(RangeQuery::new(Bound::Included(value.clone()), Bound::Included(value)))
    };
    let period = |unit: Unit, day: String| -> Box<dyn Query> {
        let days = day.parse::<civil::Date>().ok().and_then(|first| Some((first, unit.last_of(first)?)));
        match days {
            Some((first, last)) => published(fields.day, (Some(first), Some(last))),
            None => Box::new(EmptyQuery),
        }
    };
    match facet {
        FacetField::Source => name(fields.source_name),
        FacetField::Section => name(fields.section_name),
        FacetField::Author => name(fields.author_name),
        FacetField::Agency => name(fields.agency_name),
        FacetField::Year => period(Unit::Year, format!("{value}-01-01")),
        FacetField::Month => period(Unit::Month, format!("{value}-01")),
    }
}

/// The articles published from one day to another, both included; without either all, dated or not.
pub fn published(day: Field, (from, until): (Option<civil::Date>, Option<civil::Date>)) -> Box<dyn Query> {
    if from.is_none() && until.is_none() {
        return Box::new(AllQuery);
    }
    let bound = |date: Option<civil::Date>| match date {
        Some(date) => Bound::Included(Term::from_field_i64(day, Date::day(date).days())),
        None => Bound::Unbounded,
    };
    Box::new(RangeQuery::new(bound(from), bound(until)))
}
