//! Counts of a whole result as JSON.

use crate::engine::{Facet, Hits};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{Result, Write};

/// What is counted beside the hits.
#[derive(Debug)]
pub struct Counts {
    /// Most values of a facet.
    pub facet_limit: usize,
}

/// The fields that are there where something was counted.
#[derive(Serialize)]
pub struct CountedOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<BTreeMap<&'static str, FacetOut<'a>>>,
}

#[derive(Serialize)]
struct FacetOut<'a> {
    values: Vec<ValueOut<'a>>,
    more: usize,
    without: u64,
}

#[derive(Serialize)]
struct ValueOut<'a> {
    value: &'a str,
    articles: u64,
}

/// The counts of a result.
pub fn out<'a>(hits: &'a Hits, counts: &Counts) -> CountedOut<'a> {
    let facet = |facet: &'a Facet| {
        let values = facet.values.iter().take(counts.facet_limit);
        let values: Vec<_> = values.map(|(value, articles)| ValueOut { value, articles: *articles }).collect();
        let more = facet.values.len() - values.len();
        (facet.field.name(), FacetOut { values, more, without: facet.without })
    };
    CountedOut { facets: (!hits.facets.is_empty()).then(|| hits.facets.iter().map(facet).collect()) }
}

#[derive(Serialize)]
struct TotalOut {
    total: u64,
}

/// Writes the number of hits as an object.
///
/// # Errors
/// What the output says.
pub fn write_count(out: &mut dyn Write, total: u64) -> Result<()> {
    serde_json::to_writer(&mut *out, &TotalOut { total })?;
    writeln!(out)
}
