//! A small archive for the tests of this crate, and requests to it.

use crate::app::{App, Limits};
use crate::archive::Archive;
use crate::error::WebError;
use crate::guard::{Guard, Hosts};
use crate::job::{self, Job};
use crate::reply::Reply;
use axum::http::HeaderMap;
use findbuch_article::{Article, DateFrom, Dated, Part, PartKind};
use findbuch_engine::{FileState, IndexDir, Record, State, WriterOptions};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

fn article(id: &str, date: Option<&str>, source: &str, parts: &[(PartKind, &str)]) -> Article {
    Article {
        id: id.into(),
        path: format!("/archive/{id}.txt"),
        date: date.map(|date| Dated { value: date.parse().expect("a date"), from: DateFrom::Metadata }),
        source: Some(source.into()),
        parts: parts.iter().map(|(kind, text)| Part::new(*kind, *text)).collect(),
        ..Article::default()
    }
}

/// Three articles: two with the word Hafen, of 2023 and 2024, and one without a date.
fn articles() -> [Article; 3] {
    [
        Article {
            authors: vec!["Jelka Thorn".into()],
            section: Some("Lokales".into()),
            url: Some("https://bote.example/deich".into()),
            ..article(
                "deich",
                Some("2023-09-12T10:15+02:00"),
                "Norderfehner Bote",
                &[
                    (PartKind::Kicker, "Sturmflut"),
                    (PartKind::Headline, "Der Deich am Hafen hält"),
                    (PartKind::Lead, "Der Hafen blieb trocken."),
                    (PartKind::Paragraph, "Im Hafen und auf dem Deich standen Helfer. Der Hafenmeister dankte ihnen."),
                ],
            )
        },
        article(
            "kran <1>",
            Some("2024-05-14"),
            "Die Warte",
            &[
                (PartKind::Headline, "Ein Kran <b>für</b> den Hafen"),
                (PartKind::Paragraph, "Der Hafen bekommt einen Kran. Er hebt vierzig Tonnen."),
            ],
        ),
        article(
            "orgel",
            None,
            "Die Warte",
            &[
                (PartKind::Headline, "Die Orgel klingt wieder"),
                (PartKind::Paragraph, "Die Linde steht vor der Kirche."),
            ],
        ),
    ]
}

/// Writes the archive into a folder as an index.
pub fn write_index(folder: &Path) {
    let state = State { folders: vec!["/archive".into()], updated: "2026-11-25T08:00:00Z".into(), ..State::default() };
    let lock = IndexDir::new(folder).store().lock().expect("the lock");
    let options = WriterOptions::new(&state);
    let writer = lock.writer(&options).expect("a writer");
    for article in &articles() {
        let file = FileState { path: article.path.clone(), articles: 1, ..FileState::default() };
        let record = Record { file: &file, folders: &["/archive".to_owned()], article, content: 0 };
        writer.adder().add(&record).expect("added");
    }
    writer.commit(&state).expect("committed");
}

/// Limits that no test reaches.
pub fn limits() -> Limits {
    let time = Duration::from_mins(1);
    Limits { at_once: 4, waiting: 4, time, connections: 8, patience: time, head: 1 << 16 }
}

/// A server's state over the archive, and the folder of its index, which is deleted when this is dropped.
pub struct TestArchive {
    _folder: TempDir,
    app: Arc<App>,
}

impl TestArchive {
    /// The archive, opened.
    pub fn new() -> TestArchive {
        let folder = tempfile::tempdir().expect("a folder");
        write_index(folder.path());
        let archive = Archive::open(IndexDir::new(folder.path())).expect("an index");
        let guard = Guard { token: None, hosts: Hosts::any(), read_only: false };
        let (silent, nothing) = (Arc::new(|_: &str| {}), Arc::new(|_: &Path, _, _| None));
        let app = App::new(archive, limits(), guard, "/archive".into(), silent, nothing);
        TestArchive { _folder: folder, app: Arc::new(app) }
    }

    /// What `work` answers to an address.
    pub fn reply<F>(&self, address: &str, work: F) -> Result<Reply, WebError>
    where
        F: Fn(Job) -> Result<Reply, WebError> + Clone + Send + 'static,
    {
        let address = address.parse().expect("an address");
        runtime().block_on(job::run(&self.app, &address, &HeaderMap::new(), work))
    }

    /// The text that `work` answers to an address.
    pub fn text<F>(&self, address: &str, work: F) -> String
    where
        F: Fn(Job) -> Result<Reply, WebError> + Clone + Send + 'static,
    {
        let body = self.reply(address, work).expect("an answer").body;
        let bytes = runtime().block_on(axum::body::to_bytes(body, usize::MAX)).expect("a body");
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}
