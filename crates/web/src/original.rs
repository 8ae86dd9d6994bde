//! The file that an article was read from, unchanged, for saving; browsers do not show or run it.

use crate::app::App;
use crate::articles::find;
use crate::error::WebError;
use crate::range::{Wanted, wanted};
use crate::reply::Reply;
use crate::respond::respond;
use crate::stream;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use findbuch_files::{decode_path, outer_file};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
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
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let length = about.len();
        let whole = Reply::of("application/octet-stream", Body::empty()).with(header::ACCEPT_RANGES, "bytes");
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

/// The file of an article's path, if it lies in one of the folders and no link leads out of them.
pub fn inside(path: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let outer = outer_file(path).unwrap_or(path);
    let path = [path, outer].into_iter().map(decode_path).find(|path| path.is_file())?;
    let whole = path.canonicalize().ok()?;
    let mut folders = folders.iter().filter_map(|folder| folder.canonicalize().ok());
    // indexing follows no links, so a path that changes when links are followed is not the one that was indexed
    (whole == path && folders.any(|folder| whole.starts_with(folder))).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn no_path_leads_out_of_the_folders() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().canonicalize().expect("a path");
        let (folder, secret) = (root.join("archiv"), root.join("geheim.txt"));
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(&secret, "x").expect("a file");
        std::fs::write(folder.join("a.txt"), "x").expect("a file");
        std::fs::write(folder.join("b.zip"), "x").expect("a file");
        std::os::unix::fs::symlink(&secret, folder.join("link.txt")).expect("a link");
        let folders = [folder.clone()];
        let find = |path: PathBuf| inside(&findbuch_files::encode_path(&path), &folders).is_some();
        assert!(find(folder.join("a.txt")));
        assert!(find(folder.join("b.zip!/2023/x.html")));
        assert!(find(folder.join("b.zip!/../../../etc/passwd")), "only the container is sent");
        assert!(find(folder.join("b.zip!/x.pdf#page=3")) && find(folder.join("a.txt#page=3")));
        assert!(!find(secret.clone()));
        assert!(!find(folder.join("link.txt")));
        assert!(!find(folder.join("../geheim.txt")));
        assert!(!find(folder.join("fehlt.txt")));
        assert!(!find(folder.clone()));
    }
}
