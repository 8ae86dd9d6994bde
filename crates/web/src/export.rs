//! Whole results for other programs, written while they are read: memory does not grow with them.

use crate::app::App;
use crate::archive::Snapshot;
use crate::articles::find;
use crate::ask::Question;
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use crate::respond::respond;
use crate::stream::{self, Unfinished};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::HeaderName;
use axum::response::Response;
use findbuch_engine::plan::prepared::Plan;
use findbuch_engine::text::highlight::Highlighter;
use findbuch_engine::text::kwic::lines;
use findbuch_engine::{Detail, Hit, SearchRequest, Stream};
use findbuch_render::kwic::{LineSource, write_header, write_row};
use findbuch_render::records::{RecordFormat, Records};
use findbuch_render::urls::encode_segment;
use std::io;
use std::sync::Arc;

/// Words on either side of a hit.
const CONTEXT: usize = 12;

/// The whole result in the format of the path.
pub async fn whole(State(app): State<Arc<App>>, Path(format): Path<String>, request: Request) -> Response {
    respond(app, request, move |job| {
        let question = Question::strict(job.query(), &[], job.today, job.bounds)?;
        if format == "kwic" {
            return concordance(job, question);
        }
        let (format, kind, extension) = named(&format).ok_or(WebError::NoPage)?;
        Ok(records(job, question, format, kind)?.attachment(&format!("findbuch.{extension}")))
    })
    .await
}

/// The entry of one article in a format for reference managers, found by its whole id.
pub async fn one(
    State(app): State<Arc<App>>,
    Path((id, format)): Path<(String, String)>,
    request: Request,
) -> Response {
    respond(app, request, move |job| {
        let cites = |format: &RecordFormat| matches!(format, RecordFormat::Bibtex | RecordFormat::Ris);
        let named = named(&format).filter(|(format, ..)| cites(format));
        let (format, kind, extension) = named.ok_or(WebError::NoPage)?;
        let (hit, view) = (Hit::of(find(&job, &id)?), job.view());
        let entry = Reply::written(kind, |out| Records::begin(format, out)?.write(out, &hit, &view))?;
        Ok(entry.attachment(&format!("findbuch.{extension}")))
    })
    .await
}

/// The format of a name, its media type, and the extension of its files.
#[must_use]
pub fn named(name: &str) -> Option<(RecordFormat, &'static str, &'static str)> {
    Some(match name {
        "csv" => (RecordFormat::Csv, "text/csv; charset=utf-8; header=present", "csv"),
        "jsonl" => (RecordFormat::Jsonl, "application/jsonl; charset=utf-8", "jsonl"),
        "markdown" => (RecordFormat::Markdown, "text/markdown; charset=utf-8", "md"),
        "bibtex" => (RecordFormat::Bibtex, "application/x-bibtex; charset=utf-8", "bib"),
        "ris" => (RecordFormat::Ris, "application/x-research-info-systems; charset=utf-8", "ris"),
        "paths" => (RecordFormat::Paths, "text/plain; charset=utf-8", "txt"),
        _ => return None,
    })
}

/// Names the phrases that no article has and whose words were searched, each percent-encoded.
static UNQUOTED: HeaderName = HeaderName::from_static("findbuch-unquoted");

/// A result that is sent, with the phrases whose words were searched.
fn sent(kind: &'static str, (body, unquoted): (Body, Vec<String>)) -> Reply {
    let reply = Reply::of(kind, body);
    if unquoted.is_empty() {
        return reply;
    }
    let phrases: Vec<String> = unquoted.iter().map(|phrase| encode_segment(phrase)).collect();
    reply.with(UNQUOTED.clone(), &phrases.join(", "))
}

/// The hits of a request. Finding them has a time limit; sending them has none, since that depends on the client.
fn found<'a>(
    question: &Question,
    snapshot: &'a Snapshot,
    detail: Detail,
    furniture: bool,
) -> Result<(Stream<'a>, Arc<Plan>), Unfinished> {
    let refused = |error| Unfinished::Refused(question.web_error(error));
    let asked = question.request(snapshot);
    let request = SearchRequest { detail, furniture: furniture && asked.furniture, ..asked };
    let prepared = snapshot.engine.prepare(&request).map_err(refused)?;
    let stream = snapshot.engine.stream(&prepared).map_err(refused)?;
    stream.deadline.lift();
    Ok((stream, Arc::clone(prepared.plan())))
}

/// A whole result, hit by hit.
///
/// # Errors
/// [`WebError::Busy`] when too many are under way, and why nothing was found.
pub fn records(job: Job, question: Question, format: RecordFormat, kind: &'static str) -> Result<Reply, WebError> {
    let view = job.view();
    let Job { snapshot, permit, app, uri, lane, .. } = job;
    let (log, permits) = (Arc::clone(&app.log), app.stream(permit, lane)?);
    let sending = stream::body_once_found(log, uri.path().to_owned(), permits, move |out, head| {
        let detail = if format.has_snippets() { Detail::Snippets } else { Detail::Article };
        let (stream, plan) = found(&question, &snapshot, detail, true)?;
        head(plan.unquoted.clone());
        let mut records = Records::begin(format, out)?;
        for hit in stream.hits {
            records.write(out, &hit.map_err(io::Error::other)?, &view)?;
        }
        Ok(())
    })?;
    Ok(sent(kind, sending))
}

/// Every hit of the result in context, as rows.
fn concordance(job: Job, question: Question) -> Result<Reply, WebError> {
    let view = job.view();
    let Job { snapshot, permit, app, uri, lane, .. } = job;
    let (log, permits) = (Arc::clone(&app.log), app.stream(permit, lane)?);
    let sending = stream::body_once_found(log, uri.path().to_owned(), permits, move |out, head| {
        let (stream, plan) = found(&question, &snapshot, Detail::Article, false)?;
        head(plan.unquoted.clone());
        let mut marks = Highlighter::new(&plan);
        write_header(out, b',')?;
        for hit in stream.hits {
            let hit = hit.map_err(io::Error::other)?;
            let source = LineSource::of(hit.rank, &hit.article, &view);
            for line in lines(&hit.article, &mut marks, CONTEXT) {
                write_row(out, (b',', false), &line, &source)?;
            }
        }
        Ok(())
    })?;
    Ok(sent("text/csv; charset=utf-8; header=present", sending).attachment("findbuch-kwic.csv"))
}
