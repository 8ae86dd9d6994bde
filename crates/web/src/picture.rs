//! The picture of a page that an article was printed on: a file beside the article's, or a page of its PDF, which is drawn.

use crate::app::{App, Lane};
use crate::articles::find;
use crate::error::WebError;
use crate::original::inside;
use crate::reply::Reply;
use crate::respond::respond;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::Response;
use findbuch_article::Article;
use findbuch_files::encode_path;
use std::fs::File;
use std::io::Read;
use std::path::{self, PathBuf};
use std::sync::Arc;

/// Width of a page that is drawn, in pixels: a column of a broadsheet is legible.
const WIDTH: u16 = 1800;
/// Most bytes of a picture's file.
const MAX_BYTES: u64 = 64 << 20;

/// The picture of the sheet of this number, from 1, of an article.
pub async fn file(
    State(app): State<Arc<App>>,
    Path((id, sheet)): Path<(String, String)>,
    request: Request,
) -> Response {
    respond(app, request, move |job| {
        let sheet = sheet.parse().map_err(|_| WebError::NoPage)?;
        let article = find(&job, &id)?;
        let (kind, bytes) = match source(&article, sheet, &job.snapshot.engine.state().folders) {
            None => return Err(WebError::NoPage),
            // to draw takes a second of a processor: one after the other
            Some(Source::Page(..)) if job.lane == Lane::Usual => return Err(WebError::TooDear(Lane::Dear.most_cost())),
            Some(Source::Page(file, number)) => {
                ("image/png", (job.app.draw)(&file, number, WIDTH).ok_or(WebError::NoFile)?)
            }
            Some(Source::File(file)) => picture(&file).ok_or(WebError::NoPage)?,
        };
        Ok(Reply::of(kind, bytes).with(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
    })
    .await
}

/// Whether the picture of a sheet is there: its file, or the PDF that it is a page of.
pub fn is_there(article: &Article, sheet: usize, folders: &[PathBuf]) -> bool {
    match source(article, sheet, folders) {
        Some(Source::File(file)) => {
            let mut begin = Vec::new();
            let read = File::open(file).and_then(|file| file.take(16).read_to_end(&mut begin));
            read.is_ok() && kind(&begin).is_some()
        }
        page => page.is_some(),
    }
}

/// Where a picture comes from.
#[derive(Debug, PartialEq, Eq)]
enum Source {
    /// A page of a PDF, by its number from 1.
    Page(PathBuf, usize),
    File(PathBuf),
}

fn source(article: &Article, sheet: usize, folders: &[PathBuf]) -> Option<Source> {
    let sheet = article.printed.as_ref()?.sheets.get(sheet.checked_sub(1)?)?;
    let picture = sheet.picture.as_deref()?;
    let own = inside(&article.path, folders)?;
    if let Some(number) = picture.strip_prefix("#page=") {
        return Some(Source::Page(own, number.parse().ok()?));
    }
    // what an index says is held against the folders again: it may be from elsewhere
    inside(&encode_path(&own.parent()?.join(picture)), folders).map(Source::File)
}

/// The bytes of a picture, and their media type, by what they begin with.
fn picture(file: &path::Path) -> Option<(&'static str, Vec<u8>)> {
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(MAX_BYTES + 1).read_to_end(&mut bytes).ok()?;
    let kind = kind(&bytes)?;
    (bytes.len() as u64 <= MAX_BYTES).then_some((kind, bytes))
}

fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::Printed;
    use findbuch_article::printed::Sheet;

    #[test]
    fn pictures_are_of_the_folders_alone() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().canonicalize().expect("a path");
        let folder = root.join("archiv");
        std::fs::create_dir_all(folder.join("bilder")).expect("created");
        for name in ["archiv/1.xml", "archiv/bilder/1.jpg", "archiv/a.pdf", "geheim.jpg"] {
            std::fs::write(root.join(name), "x").expect("written");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("geheim.jpg"), folder.join("link.jpg")).expect("a link");
        let check = |path: &str, picture: Option<&str>| {
            let sheet = Sheet { width: 1, height: 1, picture: picture.map(str::to_owned) };
            let printed = Some(Printed::new(vec![sheet], []));
            let article = Article { path: encode_path(&root.join(path)), printed, ..Article::default() };
            source(&article, 1, std::slice::from_ref(&folder))
        };
        assert_eq!(check("archiv/1.xml", Some("bilder/1.jpg")), Some(Source::File(folder.join("bilder/1.jpg"))));
        assert_eq!(check("archiv/a.pdf#page=3", Some("#page=3")), Some(Source::Page(folder.join("a.pdf"), 3)));
        for (path, picture) in [
            ("archiv/1.xml", None),
            ("archiv/1.xml", Some("../geheim.jpg")),
            ("archiv/1.xml", Some("bilder/../../geheim.jpg")),
            ("archiv/1.xml", Some("link.jpg")),
            ("archiv/1.xml", Some("fehlt.jpg")),
            ("archiv/1.xml", Some("https://bote.example/1.jpg")),
            ("archiv/1.xml", Some("bilder")),
            ("archiv/a.pdf", Some("#page=drei")),
            ("geheim.jpg", Some("geheim.jpg")),
        ] {
            assert_eq!(check(path, picture), None, "{path} {picture:?}");
        }
        let (article, folders) = (Article { path: encode_path(&folder.join("1.xml")), ..Article::default() }, [folder]);
        assert_eq!((source(&article, 1, &folders), source(&article, 0, &folders)), (None, None));
    }

    #[test]
    fn what_is_no_picture_is_not_sent_as_one() {
        assert_eq!(kind(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg'>"[..], b"<html>", b"", b"RIFF"] {
            assert_eq!(kind(bytes), None);
        }
    }
}
