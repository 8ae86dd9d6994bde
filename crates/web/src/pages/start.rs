//! The start page: what the archive has.

use super::facets::{self, FacetView};
use super::frame::{Frame, filled};
use super::hits;
use super::timeline::{self, TimelineView};
use crate::address::Address;
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use askama::Template;
use findbuch_engine::{Detail, FacetField, SearchRequest, Sort};
use findbuch_query::Query;
use findbuch_render::number;

/// Latest articles that are shown.
const LATEST: usize = 6;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    summary: String,
    timeline: Option<TimelineView>,
    facets: Vec<FacetView>,
    latest: Vec<Latest>,
}

struct Latest {
    href: String,
    headline: String,
    line: String,
}

/// The start page.
///
/// # Errors
/// When the index cannot be read.
pub fn build(job: &Job, address: &Address) -> Result<Reply, WebError> {
    let (lang, view) = (job.lang, job.view());
    let query = Query::everything(job.today);
    let request = SearchRequest {
        facets: &[FacetField::Source, FacetField::Section],
        sort: Sort::Newest,
        detail: Detail::Article,
        limit: LATEST,
        group: job.snapshot.stories,
        ..SearchRequest::new(&query)
    };
    let found = job.snapshot.search(&request)?;
    let stats = job.snapshot.stats()?;
    let count = number(stats.articles as f64, 0, lang);
    let day = |day: &str| day.parse::<findbuch_article::Date>().map(|day| view.day(&day)).unwrap_or_default();
    let span = stats.dates.as_ref().map(|(first, last)| {
        lang.pick(
            format!(", erschienen vom {} bis zum {}", day(first), day(last)),
            format!(", published from {} to {}", day(first), day(last)),
        )
    });
    let summary = lang.pick(
        format!("{count} Artikel aus {} Quellen{}.", stats.sources.len(), span.clone().unwrap_or_default()),
        format!("{count} articles of {} sources{}.", stats.sources.len(), span.unwrap_or_default()),
    );
    let days = job.snapshot.days()?;
    let mut frame = Frame::of(job, address, "start", "");
    frame.focus = true;
    let latest = found.hits.iter().map(|hit| Latest {
        href: hits::href(&hit.article, address),
        headline: hit.article.title(),
        line: hits::date_and_source(&hit.article, &view),
    });
    let page = StartPage {
        summary,
        timeline: timeline::view(days, days, address, lang),
        facets: facets::views(&found.facets, address, 1, "", lang),
        latest: latest.collect(),
        frame,
    };
    Ok(filled(&page)?)
}
