//! The picture of a page that an article was printed on: a file beside the article's, or a page of its PDF, which is drawn.

use crate::app::{App, Lane};
use crate::articles::find;
use crate::error::WebError;
use crate::on_disk::{Source, picture, source};
use crate::reply::Reply;
use crate::respond::respond;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::Response;
use std::sync::Arc;

/// Width of a page that is drawn, in pixels: a column of a broadsheet is legible.
const WIDTH: u16 = 1800;

/// The picture of the sheet of this number, from 1, of an article.
pub async fn file(
    State(app): State<Arc<App>>,
    Path((id, sheet)): Path<(String, String)>,
    request: Request,
) -> Response {
    respond(app, request, move |job| {
        let sheet = sheet.parse().map_err(|_| WebError::NoPage)?;
        let article = find(&job, &id)?;
        let source = source(&article, sheet, &job.snapshot.engine.state().folders);
        let tag = source.as_ref().and_then(Source::tag);
        if let Some(unchanged) = tag.as_deref().and_then(|tag| job.unchanged(tag)) {
            return Ok(unchanged);
        }
        let (kind, bytes) = match source {
            None => return Err(WebError::NoPage),
            // to draw takes a second of a processor: one after the other
            Some(Source::Page(..)) if job.lane == Lane::Usual => return Err(WebError::TooDear(Lane::Dear.most_cost())),
            Some(Source::Page(file, number)) => {
                ("image/png", (job.app.draw)(&file, number, WIDTH).ok_or(WebError::NoFile)?)
            }
            Some(Source::File(file)) => picture(&file).ok_or(WebError::NoPage)?,
        };
        let reply = Reply::of(kind, bytes).with(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
        Ok(if let Some(tag) = &tag { reply.with(header::ETAG, tag) } else { reply })
    })
    .await
}
