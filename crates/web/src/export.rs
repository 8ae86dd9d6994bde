//! Whole results for other programs, written while they are read: memory does not grow with them.

use super::app::{App, Held, Job, Log, Reply};
use super::archive::Snapshot;
use super::ask::Question;
use super::error::WebError;
use super::original::attachment;
use super::router::{event, respond};
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::response::Response;
use findbuch_engine::plan::prepared::Plan;
use findbuch_engine::text::highlight::Highlighter;
use findbuch_engine::text::kwic::lines;
use findbuch_engine::{Detail, SearchRequest, Stream};
use findbuch_render::kwic::{From, write_header, write_row};
use findbuch_render::records::{RecordFormat, Records};
use std::io::{self, BufWriter, Write};
use std::sync::Arc;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Pieces that wait to be sent, and bytes of one.
const PIECES: usize = 4;
const PIECE: usize = 1 << 15;
/// Words on either side of a place.
const CONTEXT: usize = 12;

/// Hands what is written to the client.
struct Pieces(Sender<Result<Bytes, io::Error>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // waits for a slow client; one that is gone ends the export
        self.0
            .blocking_send(Ok(Bytes::copy_from_slice(bytes)))
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body that is written on a thread of its own; one that fails is broken off, so that the client sees it is not whole, and
/// the log has a line of it under the request's path.
pub fn streamed<F>(log: Log, path: String, held: Held, write: F) -> Body
where
    F: FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
{
    let (sender, receiver): (_, Receiver<Result<Bytes, io::Error>>) = channel(PIECES);
    let failed = sender.clone();
    tokio::task::spawn_blocking(move || {
        let _held = held;
        let mut out = BufWriter::with_capacity(PIECE, Pieces(sender));
        let result = write(&mut out).and_then(|()| out.flush());
        if let Err(error) = result {
            if error.kind() != io::ErrorKind::BrokenPipe {
                log(&event("broken off", &format!("{path}: {error}")));
            }
            // nobody hears it where the client is gone
            let _ = failed.blocking_send(Err(error));
        }
    });
    Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(receiver))
}

/// The whole result in the format of the path.
pub async fn whole(State(app): State<Arc<App>>, Path(format): Path<String>, request: Request) -> Response {
    respond(app, request, move |job| {
        let question = Question::strict(job.query(), &[], job.today, job.deadline)?;
        if format == "kwic" {
            return places(job, question);
        }
        let (format, kind, ending) = named(&format).ok_or(WebError::NoPage)?;
        Ok(attachment(records(job, question, format, kind)?, &format!("findbuch.{ending}")))
    })
    .await
}

/// A format by its name, its media type and the end of a file's name.
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

/// The hits of a request, found within its time; to send them may take as long as the client does.
fn found<'a>(snapshot: &'a Snapshot, request: &SearchRequest<'_>) -> io::Result<(Stream<'a>, Arc<Plan>)> {
    let prepared = snapshot.engine.prepare(request).map_err(io::Error::other)?;
    let stream = snapshot.engine.stream(&prepared).map_err(io::Error::other)?;
    stream.deadline.lift();
    Ok((stream, Arc::clone(prepared.plan())))
}

/// A whole result, hit by hit.
///
/// # Errors
/// When too many are under way.
pub fn records(job: Job, question: Question, format: RecordFormat, kind: &'static str) -> Result<Reply, WebError> {
    let view = job.view();
    let Job { snapshot, permit, app, uri, .. } = job;
    let held = app.stream(permit)?;
    let body = streamed(Arc::clone(&app.log), uri.path().to_owned(), held, move |out| {
        let detail = if format.has_snippets() { Detail::Snippets } else { Detail::Article };
        let request = SearchRequest { detail, ..question.request(&snapshot) };
        let (stream, _) = found(&snapshot, &request)?;
        let mut records = Records::begin(format, out)?;
        for hit in stream.hits {
            records.write(out, &hit.map_err(io::Error::other)?, &view)?;
        }
        Ok(())
    });
    Ok(Reply::of(kind, body))
}

/// Every place of the result in context.
fn places(job: Job, question: Question) -> Result<Reply, WebError> {
    let view = job.view();
    let Job { snapshot, permit, app, uri, .. } = job;
    let held = app.stream(permit)?;
    let body = streamed(Arc::clone(&app.log), uri.path().to_owned(), held, move |out| {
        let request = SearchRequest { detail: Detail::Article, ..question.request(&snapshot) };
        let (stream, plan) = found(&snapshot, &request)?;
        let mut marks = Highlighter::new(&plan);
        write_header(out, b',')?;
        for hit in stream.hits {
            let hit = hit.map_err(io::Error::other)?;
            let from = From::of(hit.rank, &hit.article, &view);
            for line in lines(&hit.article, &mut marks, CONTEXT) {
                write_row(out, b',', &line, &from)?;
            }
        }
        Ok(())
    });
    Ok(attachment(Reply::of("text/csv; charset=utf-8; header=present", body), "findbuch-kwic.csv"))
}
