//! The interface for programs: the JSON of the command line, with the parameters of the pages. `openapi.json` describes it.

use crate::address::{Address, values};
use crate::app::App;
use crate::articles::find;
use crate::ask::Question;
use crate::batch::List;
use crate::compare as trends;
use crate::error::{Internal, WebError};
use crate::expected::{BadParameter, Expected, SWITCH};
use crate::export::{named, records};
use crate::job::Job;
use crate::reply::Reply;
use crate::respond::respond;
use crate::side_by_side::Pair;
use crate::{pages, parameters};
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use findbuch_engine::answer::Answer;
use findbuch_engine::suggest::{MOST, suggest as find_suggestions};
use findbuch_engine::timeline::{MAX_PERIODS, Timeline};
use findbuch_engine::versions::similar::{query, similar as find_similar, telling_words};
use findbuch_engine::{FacetField, SearchRequest};
use findbuch_render::batch::{Batch, BatchFormat};
use findbuch_render::collection::write_json as write_collections;
use findbuch_render::{compare as compare_out, json, stats as stats_out, suggestions, trend as trend_out};
use std::sync::Arc;
use std::time::Instant;

/// The media type of answers.
pub const JSON: &str = "application/json; charset=utf-8";
const OPENAPI: &str = include_str!("openapi.json");
/// What a result can be written as.
const FORMATS: Expected = Expected::OneOf(&["json", "jsonl", "csv", "markdown", "bibtex", "ris", "paths"]);
/// What a result can be counted by.
const FACETS: Expected = Expected::SomeOf(&[
    "source",
    "section",
    "author",
    "agency",
    "tag",
    "person",
    "organisation",
    "place",
    "year",
    "month",
]);
/// Values of a facet if the address does not say.
const FACET_LIMIT: usize = 10;
/// Most values of a facet.
const MAX_FACET_LIMIT: usize = 10_000;
/// Values of a facet of two searches side by side.
const VALUES: usize = 100;
/// Suggestions of a kind if the address does not say.
const SUGGESTED: usize = 5;

/// `search`: a page of hits, or with `format` the whole result, streamed.
pub async fn search(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::SEARCH.check(job.query())?;
        let others = ["format", "facets", "facet_limit", "timeline", "cite"];
        let question = Question::strict(job.query(), &others, job.today, job.bounds)?;
        match values(job.query(), "format").pop().as_deref() {
            None | Some("json") => answer(&job, &question, false),
            Some(format) => {
                let (format, kind, _) = named(format).ok_or_else(|| bad("format", FORMATS))?;
                records(job, question, format, kind)
            }
        }
    })
    .await
}

/// `facets`: the counts of a search without its hits.
pub async fn facets(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::FACETS.check(job.query())?;
        let others = ["facets", "facet_limit", "timeline"];
        let question = Question::strict(job.query(), &others, job.today, job.bounds)?;
        answer(&job, &question, true)
    })
    .await
}

fn bad(name: &str, expected: Expected) -> WebError {
    WebError::BadParameter(BadParameter::of(name, expected))
}

fn answer(job: &Job, question: &Question, counts_only: bool) -> Result<Reply, WebError> {
    let mut fields = Vec::new();
    for name in values(job.query(), "facets").iter().flat_map(|list| list.split(',')) {
        let field = FacetField::from_name(name.trim());
        fields.push(field.ok_or_else(|| bad("facets", FACETS))?);
    }
    if counts_only && fields.is_empty() {
        // an index without names has nothing to count by them
        let names = job.snapshot.engine.state().names;
        fields = FacetField::ALL.into_iter().filter(|field| names || !field.is_recognised()).collect();
    }
    let limit = match values(job.query(), "facet_limit").pop() {
        None => FACET_LIMIT,
        Some(limit) => {
            let limit = limit.parse().ok().filter(|limit| (1..=MAX_FACET_LIMIT).contains(limit));
            limit.ok_or_else(|| bad("facet_limit", Expected::Number(1, MAX_FACET_LIMIT)))?
        }
    };
    let timeline = match values(job.query(), "timeline").pop().as_deref() {
        None => None,
        Some(unit) => Some(
            findbuch_engine::timeline::Unit::from_name(unit)
                .ok_or_else(|| bad("timeline", Expected::OneOf(&["day", "month", "year"])))?,
        ),
    };
    let started = Instant::now();
    let request = SearchRequest {
        facets: &fields,
        days: timeline.is_some(),
        group: question.address.group.unwrap_or(false),
        ..question.request(&job.snapshot)
    };
    // hits that are not wanted are not read either
    let request = if counts_only { request.without_hits() } else { request };
    let mut answer = question.answer(&job.snapshot, &request, fields.is_empty() && timeline.is_none())?;
    if counts_only {
        answer.hits.hits.clear();
    }
    let explained = if question.address.explain {
        let explained = answer.explanation(&*job.snapshot.engine, request.deadline);
        Some(explained.map_err(|error| question.web_error(error))?)
    } else {
        None
    };
    let took_ms = milliseconds(started);
    let days = answer.hits.days.take();
    let timeline = match (timeline, days) {
        (Some(unit), Some(days)) => {
            let all = job.snapshot.days_within(&request).map_err(|error| question.web_error(error))?;
            Some(Timeline::of(&days, &all, unit, MAX_PERIODS))
        }
        _ => None,
    };
    let cited = match values(job.query(), "cite").pop().as_deref() {
        None | Some("0" | "false") => None,
        Some("1" | "true") => Some(question.citation(&job.snapshot, &answer)?),
        Some(_) => return Err(bad("cite", SWITCH)),
    };
    let page = json::Page { offset: request.offset, limit: request.limit, took_ms, cite: cited.as_ref() };
    let counts = json::Counts { facet_limit: limit, timeline };
    Ok(Reply::written(JSON, |out| {
        json::write_answer(out, &answer, &question.query, explained.as_ref(), page, &counts, &job.view())
    })?)
}

fn milliseconds(started: Instant) -> f64 {
    (started.elapsed().as_secs_f64() * 1e6).round() / 1e3
}

/// `articles/{id}`: an article with all its parts.
pub async fn article(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    respond(app, request, move |job| {
        parameters::ARTICLE.check(job.query())?;
        let article = find(&job, &id)?;
        let versions = job.snapshot.engine.versions(&article)?;
        Ok(Reply::written(JSON, |out| json::write_article(out, &article, &versions, &job.view()))?)
    })
    .await
}

/// `similar/{id}`: articles alike in subject.
pub async fn similar(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    respond(app, request, move |job| {
        parameters::SIMILAR.check(job.query())?;
        let (address, bad) = Address::read(job.query(), &["copy"], job.today);
        if let Some(bad) = bad.into_iter().next() {
            return Err(WebError::BadParameter(bad));
        }
        let article = find(&job, &id)?;
        let engine = &*job.snapshot.engine;
        let started = Instant::now();
        let query = query(&telling_words(engine, &article)?);
        let (offset, limit) = (address.offset, address.limit);
        let request = SearchRequest { offset, limit, furniture: false, ..SearchRequest::new(&query) };
        let prepared = engine.prepare(&request)?;
        let hits = find_similar(engine, &article, &prepared)?;
        let took_ms = milliseconds(started);
        let answer = Answer::of(hits, &prepared);
        let page = json::Page { offset, limit, took_ms, cite: None };
        let counts = json::Counts::default();
        Ok(Reply::written(JSON, |out| json::write_answer(out, &answer, &query, None, page, &counts, &job.view()))?)
    })
    .await
}

/// `suggest`: words, names and headlines that begin with what is typed.
pub async fn suggest(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::SUGGEST.check(job.query())?;
        let (address, faults) = Address::read(job.query(), &["form"], job.today);
        if let Some(bad) = faults.into_iter().next() {
            return Err(WebError::BadParameter(bad));
        }
        let form = values(job.query(), "form").pop();
        let most = if values(job.query(), "limit").is_empty() { SUGGESTED } else { address.limit.min(MOST) };
        let suggestions = find_suggestions(&*job.snapshot.engine, &address.q, most)?;
        match form.as_deref() {
            None | Some("findbuch") => {
                let view = job.view();
                Ok(Reply::written(JSON, |out| suggestions::write_json(out, &address.q, &suggestions, &view))?)
            }
            // the array that browsers expect: what is typed, and its completions
            Some("opensearch") => {
                let words = suggestions.words.into_iter().map(|word| word.query);
                let all: Vec<String> = suggestions.names.into_iter().map(|name| name.query).chain(words).collect();
                let text = serde_json::to_string(&(&address.q, all)).map_err(Internal::Json)?;
                Ok(Reply::of("application/x-suggestions+json; charset=utf-8", text))
            }
            Some(_) => Err(bad("form", Expected::OneOf(&["findbuch", "opensearch"]))),
        }
    })
    .await
}

/// `trend`: queries through time.
pub async fn trend(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::TREND.check(job.query())?;
        let compared = trends::compare(&job, true)?;
        if compared.queries.is_empty() {
            return Err(WebError::MissingQuery);
        }
        Ok(Reply::written(JSON, |out| trend_out::write_json(out, &compared.trend))?)
    })
    .await
}

/// `batch`: many queries, counted.
pub async fn batch(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::BATCH.check(job.query())?;
        let (rows, view) = (List::strict(&job)?.rows(&job)?, job.view());
        Ok(Reply::written(JSON, |out| {
            let mut batch = Batch::begin(BatchFormat::Json, out)?;
            rows.iter().try_for_each(|row| batch.write(out, row, &view))?;
            batch.end(out)
        })?)
    })
    .await
}

/// `compare`: two searches side by side.
pub async fn compare(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::COMPARE.check(job.query())?;
        let (pair, faults) = Pair::read(&job);
        if let Some(bad) = faults.into_iter().next() {
            return Err(WebError::BadParameter(bad));
        }
        let compared = pair.compare(&job)?.ok_or(WebError::MissingQuery)?;
        Ok(Reply::written(JSON, |out| compare_out::write_json(out, &compared, VALUES))?)
    })
    .await
}

/// `collections`: their names, and how many articles each has.
pub async fn collections(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::NONE.check(job.query())?;
        Ok(Reply::written(JSON, |out| write_collections(out, &job.snapshot.collections, false))?)
    })
    .await
}

/// `collections/{name}`: one with its articles and notes.
pub async fn collection(State(app): State<Arc<App>>, Path(name): Path<String>, request: Request) -> Response {
    respond(app, request, move |job| {
        parameters::NONE.check(job.query())?;
        let one = std::slice::from_ref(pages::collections::find(&job, &name)?);
        Ok(Reply::written(JSON, |out| write_collections(out, one, true))?)
    })
    .await
}

/// `stats`: numbers about the index.
pub async fn stats(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::NONE.check(job.query())?;
        let stats = job.snapshot.stats()?;
        Ok(Reply::written(JSON, |out| stats_out::write_json(out, stats, job.snapshot.engine.state()))?)
    })
    .await
}

/// The description of the interface.
pub async fn openapi(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        parameters::NONE.check(job.query())?;
        Ok(Reply::of(JSON, Bytes::from_static(OPENAPI.as_bytes())))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestArchive;
    use serde_json::Value;

    /// What an address is answered, or which parameter has the error.
    fn asked(archive: &TestArchive, address: &str, counts_only: bool) -> Result<Value, String> {
        let work = move |job: Job| {
            let others = ["facets", "facet_limit", "timeline", "cite"];
            let question = Question::strict(job.query(), &others, job.today, job.bounds)?;
            answer(&job, &question, counts_only)
        };
        match archive.reply(address, work) {
            Ok(_) => Ok(serde_json::from_str(&archive.text(address, work)).expect("JSON")),
            Err(WebError::BadParameter(bad)) => Err(bad.name),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn counts_come_with_the_hits_or_alone() {
        let archive = TestArchive::new();
        let address = "/?q=Hafen&facets=source,year&facet_limit=1&timeline=year&limit=1&explain=1&cite=1";
        let json = asked(&archive, address, false).expect("an answer");
        assert_eq!((&json["total"], json["hits"].as_array().map(Vec::len)), (&Value::from(2), Some(1)));
        assert_eq!(json["facets"]["source"]["more"], 1);
        assert_eq!(json["timeline"]["periods"][0]["period"], "2023");
        assert_eq!((&json["explain"][0]["word"], &json["cite"]["total"]), (&Value::from("Hafen"), &Value::from(2)));
        let json = asked(&archive, "/?q=Hafen", true).expect("an answer");
        assert_eq!(
            (json["hits"].as_array().map(Vec::len), json["facets"].as_object().map(serde_json::Map::len)),
            (Some(0), Some(7))
        );
    }

    #[test]
    fn values_that_cannot_be_used_are_refused() {
        let archive = TestArchive::new();
        for (address, bad) in [
            ("/?q=a&facets=colour", "facets"),
            ("/?q=a&facet_limit=0", "facet_limit"),
            ("/?q=a&facet_limit=10001", "facet_limit"),
            ("/?q=a&timeline=week", "timeline"),
            ("/?q=a&cite=maybe", "cite"),
            ("/?q=a&limit=0", "limit"),
        ] {
            assert_eq!(asked(&archive, address, false).expect_err("an error"), bad, "{address}");
        }
    }
}
