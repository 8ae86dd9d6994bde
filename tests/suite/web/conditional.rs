//! Requests that ask whether anything has changed, and what is seen of new commits while the server runs.

use super::{Answer, Server};
use crate::Bench;
use std::time::{Duration, Instant};

const OLD: &str = "Die Linden bleiben stehen\n\nDie Linden am Vorwerk bleiben stehen, teilte die Stadt Mehlau mit.\n";
const NEW: &str =
    "Das Siel wird erneuert\n\nDas alte Siel am Vorwerk wird im Herbst erneuert, teilte der Deichverband mit.\n";

/// The file of an article, which changes by itself.
const ORIGINAL: &str = "/original/a%2Flinden.txt";

/// Pages and answers that are made of the index.
const MADE: &[&str] = &[
    "/?q=Vorwerk",
    "/",
    "/kwic?q=Vorwerk",
    "/trend?q=Vorwerk",
    "/trend.svg?q=Vorwerk",
    "/help",
    "/feed.atom?q=Vorwerk",
    "/export/csv?q=Vorwerk",
    "/api/v1/search?q=Vorwerk",
    "/api/v1/facets?q=Vorwerk",
    "/api/v1/trend?q=Vorwerk",
    "/api/v1/stats",
    "/api/v1/articles/a%2Flinden.txt",
    "/api/v1/similar/a%2Flinden.txt",
    "/article/a%2Flinden.txt",
];

fn server() -> Server {
    let bench = Bench::new();
    bench.write("a/linden.txt", OLD);
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    Server::start(bench, &[])
}

fn unless(server: &Server, path: &str, tag: &str) -> Answer {
    server.ask(path, &[("if-none-match", tag)])
}

/// Asks until `is` holds of the answer, for ten seconds.
#[track_caller]
fn soon(server: &Server, path: &str, is: impl Fn(&Answer) -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !is(&server.get(path)) {
        assert!(Instant::now() < until, "{path} is as it was; {}", server.log());
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_is_not_there_is_not_unchanged() {
    let server = server();
    for (path, status) in [("/", 304), ("/article/a%2Flinden.txt", 304), ("/article/fehlt", 404), ("/nirgends", 404)] {
        assert_eq!(unless(&server, path, "*").status, status, "{path}");
    }
}

#[test]
fn what_a_client_has_already_is_not_sent_again() {
    let server = server();
    let mut tags = Vec::new();
    for path in MADE.iter().chain([&ORIGINAL]) {
        let first = server.get(path);
        assert_eq!(first.status, 200, "{path}: {}", first.text());
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") && tag.len() > 4, "{path}: {tag}");
        assert!(!tags.contains(&tag), "{path} has the tag of another");
        for known in [tag.clone(), format!("\"other\", {tag}")] {
            let again = unless(&server, path, &known);
            assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
            assert_eq!(again.header("etag"), tag, "{path}");
        }
        assert_eq!(unless(&server, path, "W/\"0000000000000000\"").status, 200, "{path}");
        tags.push(tag);
    }
    let german = server.ask("/?q=Vorwerk", &[("accept-language", "de")]);
    let english = server.ask("/?q=Vorwerk", &[("accept-language", "en-GB, de;q=0.5")]);
    assert_ne!(german.header("etag"), english.header("etag"));
    assert!(english.header("vary").to_lowercase().contains("accept-language"));
    for path in ["/article/fehlt", "/api/v1/search?q=a&sort=best", "/nirgends"] {
        let refused = server.get(path);
        assert!(refused.status >= 400 && refused.header("etag").is_empty(), "{path}: {}", refused.status);
        assert_eq!(refused.header("cache-control"), "no-store", "{path}");
    }
}

#[test]
fn a_changed_file_is_sent_anew_before_it_is_indexed() {
    let server = server();
    let tag = server.get(ORIGINAL).header("etag").to_owned();
    server.bench.write("a/linden.txt", NEW);
    let again = unless(&server, ORIGINAL, &tag);
    assert_eq!((again.status, again.text()), (200, NEW));
    assert_eq!(unless(&server, ORIGINAL, again.header("etag")).status, 304);
    let part = server.ask(ORIGINAL, &[("range", "bytes=0-2")]);
    assert_eq!((part.status, part.header("etag")), (206, again.header("etag")));
    // an update of other files does not touch it
    server.bench.write("a/siel.txt", OLD);
    assert_eq!(server.bench.run(&["index", "a/siel.txt"]).code, Some(0));
    soon(&server, "/api/v1/stats", |answer| answer.json()["articles"] == 2);
    assert_eq!(unless(&server, ORIGINAL, again.header("etag")).status, 304);
}

#[test]
fn a_new_commit_is_seen_without_a_restart() {
    let server = server();
    let tags: Vec<String> = MADE.iter().map(|path| server.get(path).header("etag").to_owned()).collect();
    server.bench.write("a/siel.txt", NEW);
    assert_eq!(server.bench.run(&["index", "a"]).code, Some(0));
    soon(&server, "/api/v1/search?q=Vorwerk", |answer| answer.json()["total"] == 2);
    for (path, tag) in MADE.iter().zip(&tags) {
        let answer = unless(&server, path, tag);
        assert_eq!(answer.status, 200, "{path} may have changed");
        assert_ne!(answer.header("etag"), tag, "{path}");
    }
    std::fs::remove_file(server.bench.path("a/linden.txt")).expect("remove");
    assert_eq!(server.bench.run(&["index", "a"]).code, Some(0));
    soon(&server, "/api/v1/articles/a%2Flinden.txt", |answer| answer.status == 404);
    assert_eq!(server.get("/api/v1/search?q=Vorwerk").json()["total"], 1);
    assert_eq!(server.bench.run(&["index", "a", "--rebuild"]).code, Some(0));
    let log = |server: &Server| server.log().lines().filter(|line| line.contains("\"event\":\"refresh\"")).count();
    let until = Instant::now() + Duration::from_secs(10);
    while log(&server) < 3 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(log(&server), 3, "two commits and an index made anew: {}", server.log());
    assert_eq!(server.get("/api/v1/search?q=Vorwerk").json()["total"], 1);
}

#[test]
fn synonyms_written_meanwhile_hold() {
    let server = server();
    assert_eq!(server.get("/api/v1/search?q=Gemeinde").json()["total"], 0);
    server.bench.write("index/synonyms.txt", "Gemeinde, Stadt\n");
    soon(&server, "/api/v1/search?q=Gemeinde", |answer| answer.json()["total"] == 1);
}

#[test]
fn a_folder_that_is_watched_is_followed_beside_serving() {
    let bench = Bench::new();
    bench.write("a/linden.txt", OLD);
    let server = Server::start(bench, &["--watch", "a"]);
    assert_eq!(server.get("/api/v1/search?q=Vorwerk").json()["total"], 1, "indexed before it is served");
    server.bench.write("a/siel.txt", NEW);
    soon(&server, "/api/v1/search?q=Vorwerk", |answer| answer.json()["total"] == 2);
}

#[test]
fn an_index_that_goes_away_is_served_on_and_told_once() {
    let server = server();
    let (index, away) = (server.bench.path("index"), server.bench.path("away"));
    std::fs::rename(&index, &away).expect("rename");
    let told = |server: &Server| server.log().matches("\"event\":\"refresh\"").count();
    let until = Instant::now() + Duration::from_secs(10);
    while told(&server) == 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    // several looks later
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(told(&server), 1, "{}", server.log());
    assert_eq!(server.get("/api/v1/search?q=Vorwerk").json()["total"], 1, "the last commit is still open");
    std::fs::rename(&away, &index).expect("rename");
    server.bench.write("a/siel.txt", NEW);
    assert_eq!(server.bench.run(&["index", "a"]).code, Some(0));
    soon(&server, "/api/v1/search?q=Vorwerk", |answer| answer.json()["total"] == 2);
}
