//! The file that an article was read from, unchanged, for saving; browsers do not show or run it.

use crate::app::App;
use crate::articles::find;
use crate::error::WebError;
use crate::on_disk::{inside, tag};
use crate::range::{Wanted, wanted};
use crate::reply::Reply;
use crate::respond::respond;
use crate::stream;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

/// Bytes read at once.
const CHUNK: usize = 1 << 16;

/// The file of an article; if it is a member of a container or a page, that which holds it.
pub async fn file(State(app): State<Arc<App>>, Path(id): Path<String>, request: Request) -> Response {
    let headers = request.headers().clone();
    respond(app, request, move |job| {
        let article = find(&job, &id)?;
        let path = inside(&article.path, &job.snapshot.engine.state().folders).ok_or(WebError::NoFile)?;
        let mut file = File::open(&path).map_err(|_| WebError::NoFile)?;
        let about = file.metadata().map_err(|_| WebError::NoFile)?;
        if !about.is_file() {
            return Err(WebError::NoFile);
        }
        let tag = tag(&about);
        if let Some(unchanged) = tag.as_deref().and_then(|tag| job.unchanged(tag)) {
            return Ok(unchanged);
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let length = about.len();
        let whole = Reply::of("application/octet-stream", Body::empty()).with(header::ACCEPT_RANGES, "bytes");
        let whole = if let Some(tag) = &tag { whole.with(header::ETAG, tag) } else { whole };
        let (status, part) = match wanted(&headers, length) {
            Wanted::Whole => (StatusCode::OK, 0..length),
            Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
            Wanted::Beyond => {
                let refused = Reply { status: StatusCode::RANGE_NOT_SATISFIABLE, ..whole };
                return Ok(refused.with(header::CONTENT_RANGE, &format!("bytes */{length}")));
            }
        };
        file.seek(SeekFrom::Start(part.start)).map_err(|_| WebError::NoFile)?;
        let sent = part.end - part.start;
        let permits = job.app.stream(job.permit, job.lane)?;
        let body = stream::body(Arc::clone(&job.app.log), job.uri.path().to_owned(), permits, move |out| {
            // a file that grows meanwhile is sent up to the length in the header
            let mut chunk = vec![0; CHUNK];
            let mut left = sent;
            while left > 0 {
                let want = CHUNK.min(usize::try_from(left).unwrap_or(CHUNK));
                let read = file.read(chunk.get_mut(..want).unwrap_or_default())?;
                if read == 0 {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
                out.write_all(chunk.get(..read).unwrap_or_default())?;
                left -= read as u64;
            }
            Ok(())
        });
        let reply = if status == StatusCode::PARTIAL_CONTENT {
            whole.with(header::CONTENT_RANGE, &format!("bytes {}-{}/{length}", part.start, part.end - 1))
        } else {
            whole
        };
        Ok(Reply { status, body, ..reply }
            .attachment(&name)
            .with(header::CONTENT_LENGTH, &sent.to_string())
            .with(header::CONTENT_ENCODING, "identity")
            .with(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
    })
    .await
}
