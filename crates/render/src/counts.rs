//! Counts of a whole result as JSON: its facets and its course through time.

use findbuch_engine::timeline::{Period, Timeline, Unit};
use findbuch_engine::{Facet, Hits};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{Result, Write};

/// What is counted beyond the hits.
#[derive(Debug, Default)]
pub struct Counts {
    /// Most values of a facet.
    pub facet_limit: usize,
    /// The result through time.
    pub timeline: Option<Timeline>,
}

/// The fields of counts; those of what was not counted are left out.
#[derive(Serialize)]
pub(crate) struct CountsOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    stories: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<BTreeMap<&'static str, FacetOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<TimelineOut>,
}

#[derive(Serialize)]
struct TimelineOut {
    unit: &'static str,
    periods: Vec<PeriodOut>,
    undated: u64,
}

/// A period of a timeline.
#[derive(Serialize)]
pub(crate) struct PeriodOut {
    period: String,
    articles: u64,
    all: u64,
    per_thousand: f64,
}

impl PeriodOut {
    pub(crate) fn of(unit: Unit, period: &Period) -> PeriodOut {
        PeriodOut {
            period: unit.name(period.first),
            articles: period.articles,
            all: period.all,
            per_thousand: (period.per_thousand() * 1000.0).round() / 1000.0,
        }
    }
}

fn timeline_out(timeline: &Timeline) -> TimelineOut {
    TimelineOut {
        unit: timeline.unit.english_name(),
        periods: timeline.periods.iter().map(|period| PeriodOut::of(timeline.unit, period)).collect(),
        undated: timeline.undated,
    }
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
pub(crate) fn out<'a>(hits: &'a Hits, counts: &Counts) -> CountsOut<'a> {
    let facet = |facet: &'a Facet| {
        let values = facet.values.iter().take(counts.facet_limit);
        let values: Vec<_> = values.map(|(value, articles)| ValueOut { value, articles: *articles }).collect();
        let more = facet.values.len() - values.len();
        (facet.field.name(), FacetOut { values, more, without: facet.without })
    };
    CountsOut {
        stories: hits.stories,
        facets: (!hits.facets.is_empty()).then(|| hits.facets.iter().map(facet).collect()),
        timeline: counts.timeline.as_ref().map(timeline_out),
    }
}

#[derive(Serialize)]
struct TotalOut {
    total: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    stories: Option<u64>,
}

/// Writes the number of hits, and of stories if they were counted, as an object.
///
/// ```
/// let mut out = Vec::new();
/// findbuch_render::json::write_count(&mut out, 12, Some(9))?;
/// assert_eq!(out, b"{\"total\":12,\"stories\":9}\n");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When the output cannot be written.
pub fn write_count(out: &mut dyn Write, total: u64, stories: Option<u64>) -> Result<()> {
    serde_json::to_writer(&mut *out, &TotalOut { total, stories })?;
    writeln!(out)
}
