//! Queries through time: a plot drawn here, and its numbers.

use super::super::address::{Address, values};
use super::super::app::{App, Job, Reply};
use super::super::ask::Question;
use super::super::error::WebError;
use super::super::original::attachment;
use super::super::parameters::TREND;
use super::super::router::respond;
use super::facets::chips;
use super::{Frame, Notice, filled};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;
use findbuch_engine::timeline::{MAX_QUERIES, Trend, Unit};
use findbuch_engine::{Days, Detail, SearchRequest, Sort};
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::timeline::label;
use findbuch_render::trend::write_csv as trend_csv;
use findbuch_render::{chart, number};
use std::sync::Arc;

/// Fewest fields for queries.
const FIELDS: usize = 3;
/// Rows of the table.
const MAX_ROWS: usize = 400;

#[derive(Template)]
#[template(path = "trend.html")]
struct TrendPage {
    narrowed: Vec<String>,
    frame: Frame,
    fields: Vec<(usize, String)>,
    units: Vec<(&'static str, &'static str, bool)>,
    relative: bool,
    hidden: Vec<(String, String)>,
    notices: Vec<Notice>,
    nothing: String,
    picture: String,
    told: String,
    hint: String,
    names: Vec<String>,
    rows: Vec<(String, Vec<Cell>, String)>,
    csv: String,
    svg: String,
    json: String,
}

/// A number, and the search that it counts.
type Cell = (String, Option<String>);

/// Several queries with the other choices of their address.
pub struct Compared {
    /// The other choices.
    pub question: Question,
    /// The queries as typed.
    pub queries: Vec<String>,
    /// Whether for a thousand articles of the time.
    pub relative: bool,
    /// What was passed over.
    pub notices: Vec<Notice>,
    /// The result.
    pub trend: Trend,
}

/// The page.
pub async fn page(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| build(&job)).await
}

/// The plot alone.
pub async fn picture(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        let compared = compare(&job, false)?;
        let lines: Vec<_> =
            compared.trend.series.iter().map(|line| (line.query.clone(), line.periods.clone())).collect();
        let svg = chart::lines(&lines, compared.trend.unit, compared.relative, job.lang);
        // the picture has its own style, and nothing else
        let reply = Reply::of("image/svg+xml; charset=utf-8", svg);
        Ok(reply.with(header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"))
    })
    .await
}

/// The numbers alone.
pub async fn numbers(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        let compared = compare(&job, false)?;
        let mut out = Vec::new();
        trend_csv(&mut out, &compared.trend).map_err(|_| WebError::Internal)?;
        Ok(attachment(Reply::of("text/csv; charset=utf-8; header=present", out), "findbuch-verlauf.csv"))
    })
    .await
}

/// Counts each query through time.
///
/// # Errors
/// When the index cannot be read, the time is up, or (`strict`) a query or parameter is at fault.
pub fn compare(job: &Job, strict: bool) -> Result<Compared, WebError> {
    let others = ["relative"];
    let lang = job.lang;
    let question = if strict {
        // the last of the queries is checked with the rest of the address, the others below
        Question::strict(job.query(), &others, job.today, job.deadline)?
    } else {
        Question::lenient(job.query(), &others, job.today, job.deadline)
    };
    let queries: Vec<String> = values(job.query(), "q").into_iter().filter(|q| !q.trim().is_empty()).collect();
    if strict && queries.len() > MAX_QUERIES {
        let expected = Some(super::super::expected::Expected::Times(MAX_QUERIES));
        return Err(WebError::BadParameter(super::super::address::BadParameter { name: "q".into(), expected }));
    }
    let mut notices = Vec::new();
    if queries.len() > MAX_QUERIES {
        let text = lang.pick(
            format!("Mehr als {MAX_QUERIES} Verläufe lassen sich nicht unterscheiden; gezeigt werden die ersten."),
            format!("More than {MAX_QUERIES} lines cannot be told apart; the first are shown."),
        );
        notices.push(Notice { text, links: Vec::new() });
    }
    let queries: Vec<String> = queries.into_iter().take(MAX_QUERIES).collect();
    let mut found: Vec<(String, Days)> = Vec::new();
    for text in &queries {
        let query = if strict {
            Query::parse(text, job.today).map_err(WebError::BadQuery)?
        } else {
            let (query, ignored) = Query::lenient(text, job.today);
            notices.extend(ignored.iter().map(|ignored| Notice {
                text: format!("{} {}", lang.pick("Übergangen:", "Passed over:"), ignored.message(&query, lang)),
                links: Vec::new(),
            }));
            query
        };
        let request = SearchRequest {
            days: true,
            offset: 0,
            limit: 1,
            sort: Sort::Newest,
            detail: Detail::Id,
            fill: false,
            query: &query,
            ..question.request(&job.snapshot)
        };
        let hits = match job.snapshot.search(&request).map_err(|error| WebError::of_query(error, &query)) {
            Err(WebError::BadQuery(error)) if !strict => {
                let text = format!("{} {}", lang.pick("Übergangen:", "Passed over:"), error.line(lang));
                notices.push(Notice { text, links: Vec::new() });
                continue;
            }
            found => found?,
        };
        // articles that lack words are none of those asked for
        found.push((text.clone(), hits.days.filter(|_| hits.relaxed.is_none()).unwrap_or_default()));
    }
    let trend = Trend::of(found, job.snapshot.days()?, question.address.by);
    let relative = values(job.query(), "relative").last().is_some_and(|on| on == "1");
    Ok(Compared { question, queries, relative, notices, trend })
}

/// The address of the same comparison elsewhere.
fn at(compared: &Compared, path: &str) -> String {
    let rest = compared.question.address.with(|rest| rest.q = String::new());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(compared.queries.iter().map(|text| ("q", text)));
    query.extend_pairs(form_urlencoded::parse(rest.query().as_bytes()));
    if compared.relative {
        query.append_pair("relative", "1");
    }
    format!("{path}?{}", query.finish())
}

fn build(job: &Job) -> Result<Reply, WebError> {
    let compared = compare(job, false)?;
    let (lang, trend) = (job.lang, &compared.trend);
    let address = &compared.question.address;
    let mut fields = compared.queries.clone();
    let wanted = (fields.len() + 1).clamp(FIELDS, MAX_QUERIES);
    fields.resize(wanted, String::new());
    let names: Vec<String> = trend.series.iter().map(|line| line.query.clone()).collect();
    let first = trend.series.first().map(|line| line.periods.as_slice()).unwrap_or_default();
    let value = |period: &findbuch_engine::timeline::Period| {
        if compared.relative { number(period.per_thousand(), 1, lang) } else { number(period.articles as f64, 0, lang) }
    };
    let rest_of = address.with(|rest| (rest.by, rest.q) = (None, String::new()));
    let cell = |line: &findbuch_engine::timeline::Line, at: usize| {
        let period = line.periods.get(at)?;
        let name = trend.unit.name(period.first);
        let narrowed = rest_of.with(|one| {
            one.q.clone_from(&line.query);
            (one.from, one.to) = (name.clone(), name);
        });
        Some((value(period), (period.articles > 0).then(|| narrowed.at("/"))))
    };
    let row = |(at, period): (usize, &findbuch_engine::timeline::Period)| {
        let values = trend.series.iter().filter_map(|line| cell(line, at)).collect();
        (label(trend.unit, period.first, lang), values, number(period.all as f64, 0, lang))
    };
    let rows = first.iter().enumerate().take(MAX_ROWS).map(row).collect();
    let told = lang.pick(format!("Verlauf von {}", names.join(", ")), format!("{} through time", names.join(", ")));
    let hint = if compared.relative {
        lang.pick(
            "Treffer je 1000 Artikel der jeweiligen Zeit: so verzerrt nicht, dass ein Archiv wächst.",
            "Hits per thousand articles of the time: so a growing archive does not mislead.",
        )
    } else {
        lang.pick(
            "Treffer; alle Artikel der Zeit stehen in der Tabelle.",
            "Hits; all articles of the time stand in the table.",
        )
    };
    let nothing = if compared.queries.is_empty() {
        lang.pick("Nennen Sie ein Wort oder mehrere, die verglichen werden.", "Name a word or several to compare.")
    } else {
        lang.pick("Kein datierter Artikel passt.", "No dated article matches.")
    };
    let chosen = |unit| address.by == Some(unit);
    let rest = rest_of.with(|rest| rest.relative = false);
    let q = compared.queries.first().cloned().unwrap_or_default();
    let page = TrendPage {
        fields: (1..).zip(fields).collect(),
        units: vec![
            ("day", lang.pick("Tag", "day"), chosen(Unit::Day)),
            ("month", lang.pick("Monat", "month"), chosen(Unit::Month)),
            ("year", lang.pick("Jahr", "year"), chosen(Unit::Year)),
        ],
        relative: compared.relative,
        hidden: form_urlencoded::parse(rest.query().as_bytes()).into_owned().collect(),
        nothing: nothing.to_owned(),
        picture: at(&compared, "/trend.svg"),
        svg: at(&compared, "/trend.svg"),
        csv: at(&compared, "/trend.csv"),
        json: TREND.at("/api/v1/trend", at(&compared, "").trim_start_matches('?')),
        told,
        hint: hint.to_owned(),
        names,
        rows,
        narrowed: chips(&rest_of, "/", lang).into_iter().map(|chip| chip.text).collect(),
        frame: {
            let one = Address { q, ..address.clone() };
            let title = title(&compared.queries, lang);
            Frame::of(job, &one, "trend", &title)
        },
        notices: compared.notices,
    };
    filled(&page)
}

fn title(queries: &[String], lang: Lang) -> String {
    match queries {
        [] => lang.pick("Verlauf", "Trend").to_owned(),
        _ => format!("{} – {}", queries.join(", "), lang.pick("Verlauf", "trend")),
    }
}
