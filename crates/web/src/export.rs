//! Whole results for other programs, written while they are read: memory does not grow with them.

use crate::app::{App, Lane};
use crate::archive::Snapshot;
use crate::ask::Question;
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use crate::respond::respond;
use crate::stream;
use axum::extract::{Path, Request, State};
use axum::http::header::HeaderName;
use axum::response::Response;
use findbuch_engine::deadline::Deadline;
use findbuch_engine::plan::prepared::{Plan, Prepared};
use findbuch_engine::text::highlight::Highlighter;
use findbuch_engine::text::kwic::lines;
use findbuch_engine::{Detail, SearchRequest, Stream};
use findbuch_render::View;
use findbuch_render::kwic::{LineSource, write_header, write_row};
use findbuch_render::records::{RecordFormat, Records};
use findbuch_render::urls::encode_segment;
use std::io::{self, Write};
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

/// A request whose plan is made: what is wrong with it is told before the body begins.
struct Asked {
    question: Question,
    detail: Detail,
    plan: (Arc<Plan>, Deadline),
}

impl Asked {
    fn of(question: Question, detail: Detail, snapshot: &Snapshot) -> Result<Asked, WebError> {
        let plan = snapshot.engine.prepare(&request(&question, detail, snapshot))?.into_plan();
        Ok(Asked { question, detail, plan })
    }

    /// The phrases whose words are searched, for the header of this name; nothing if there are none.
    fn unquoted(&self) -> Option<String> {
        let phrases: Vec<String> = self.plan.0.unquoted.iter().map(|phrase| encode_segment(phrase)).collect();
        (!phrases.is_empty()).then(|| phrases.join(", "))
    }

    /// The hits. Finding them has a time limit; sending them has none, since that depends on the client.
    fn hits<'a>(&self, snapshot: &'a Snapshot) -> io::Result<Stream<'a>> {
        let prepared = Prepared::of(request(&self.question, self.detail, snapshot), self.plan.clone());
        let stream = snapshot.engine.stream(&prepared).map_err(io::Error::other)?;
        stream.deadline.lift();
        Ok(stream)
    }
}

/// What a question asks of an archive. Exports have permits of their own, of which pages are always left one.
fn request<'a>(question: &'a Question, detail: Detail, snapshot: &'a Snapshot) -> SearchRequest<'a> {
    SearchRequest { detail, most_cost: Some(Lane::Dear.most_cost()), ..question.request(snapshot) }
}

/// What is sent for a request, written by `write`.
fn sent<F>(job: Job, asked: Asked, kind: &'static str, write: F) -> Result<Reply, WebError>
where
    F: FnOnce(&mut dyn Write, Stream<'_>, &Arc<Plan>, &View) -> io::Result<()> + Send + 'static,
{
    let view = job.view();
    let Job { snapshot, permit, app, uri, .. } = job;
    let permits = app.stream(permit)?;
    let unquoted = asked.unquoted();
    let body = stream::body(Arc::clone(&app.log), uri.path().to_owned(), permits, move |out| {
        write(out, asked.hits(&snapshot)?, &asked.plan.0, &view)
    });
    let reply = Reply::of(kind, body);
    Ok(match unquoted {
        Some(phrases) => reply.with(UNQUOTED.clone(), &phrases),
        None => reply,
    })
}

/// A whole result, hit by hit.
///
/// # Errors
/// What is wrong with the query; [`WebError::Busy`] when too many are under way.
pub fn records(job: Job, question: Question, format: RecordFormat, kind: &'static str) -> Result<Reply, WebError> {
    let detail = if format.has_snippets() { Detail::Snippets } else { Detail::Article };
    let asked = Asked::of(question, detail, &job.snapshot)?;
    sent(job, asked, kind, move |out, stream, _, view| {
        let mut records = Records::begin(format, out)?;
        for hit in stream.hits {
            records.write(out, &hit.map_err(io::Error::other)?, view)?;
        }
        Ok(())
    })
}

/// Every hit of the result in context, as rows.
fn concordance(job: Job, question: Question) -> Result<Reply, WebError> {
    let asked = Asked::of(question, Detail::Article, &job.snapshot)?;
    let reply = sent(job, asked, "text/csv; charset=utf-8; header=present", |out, stream, plan, view| {
        let mut marks = Highlighter::new(plan);
        write_header(out, b',')?;
        for hit in stream.hits {
            let hit = hit.map_err(io::Error::other)?;
            let source = LineSource::of(hit.rank, &hit.article, view);
            for line in lines(&hit.article, &mut marks, CONTEXT) {
                write_row(out, (b',', false), &line, &source)?;
            }
        }
        Ok(())
    })?;
    Ok(reply.attachment("findbuch-kwic.csv"))
}
