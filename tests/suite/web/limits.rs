//! How much is worked on at once and how long; who comes too much is told to come again, and all is counted.

use super::Server;
use crate::Bench;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const TEXT: &str = "Die Linde bleibt\n\nDie Linde am Vorwerk bleibt stehen, teilte die Stadt Mehlau am Montag mit.\n";
/// A file's size that no buffer on the way takes up.
const LARGE: u64 = 256 << 20;

/// A server whose one article has a large file.
fn server(options: &[&str]) -> Server {
    let bench = Bench::new();
    let path = bench.write("a/l.txt", TEXT);
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    std::fs::File::options().write(true).open(path).expect("open").set_len(LARGE).expect("a large file");
    Server::start(bench, options)
}

/// Begins to fetch the large file and reads no further.
fn begin(server: &Server) -> TcpStream {
    let mut stream = server.connect();
    stream.write_all(b"GET /original/a%2Fl.txt HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    stream.read_exact(&mut [0; 12]).expect("an answer begins");
    stream
}

/// Asks until the status is this, for twenty seconds.
#[track_caller]
fn soon(server: &Server, path: &str, status: u16) {
    let until = Instant::now() + Duration::from_secs(20);
    while server.get(path).status != status {
        assert!(Instant::now() < until, "{path} is never answered with {status}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The counts: names with their labels, and values.
fn counts(server: &Server) -> BTreeMap<String, String> {
    let answer = server.get("/metrics");
    assert_eq!(answer.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let text = answer.text();
    assert!(text.ends_with("# EOF\n"), "{text}");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let one = |line: &str| {
        let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
        assert!(value.parse::<f64>().is_ok(), "{line}");
        (name.to_owned(), value.to_owned())
    };
    lines.map(one).collect()
}

#[test]
fn more_than_is_worked_on_is_told_to_come_again() {
    let server = server(&["--at-once", "1", "--waiting", "0"]);
    let busy = begin(&server);
    for path in ["/api/v1/search?q=Linde", "/feed.atom?q=Linde", "/export/csv?q=Linde", "/trend.svg?q=Linde"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 503, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{path}");
        assert_eq!(answer.json()["type"], "urn:findbuch:problem:busy", "{path}");
    }
    for path in ["/", "/?q=Linde", "/article/a%2Fl.txt", "/help"] {
        let page = server.page(path);
        assert_eq!(page.status, 503, "{path}");
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.text().contains("in ein paar Sekunden noch einmal"), "{path}: {}", page.text());
        assert!(!page.header("retry-after").is_empty(), "{path}");
    }
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.get("/assets/findbuch.css").status, 200);
    let counted = counts(&server);
    let requests = |route: &str, status: u16| {
        let name = format!("findbuch_http_requests_total{{route=\"{route}\",status=\"{status}\"}}");
        counted.get(&name).cloned().unwrap_or_default()
    };
    assert_eq!(requests("/api/v1/search", 503), "1");
    assert_eq!((requests("/", 503).as_str(), requests("/", 200).as_str()), ("2", ""));
    assert_eq!((requests("/original/{id}", 200).as_str(), requests("/healthz", 200).as_str()), ("1", "1"));
    assert_eq!(counted.get("findbuch_index_articles").map(String::as_str), Some("1"));
    drop(busy);
    soon(&server, "/api/v1/search?q=Linde", 200);
}

#[test]
fn slow_downloads_leave_a_place_to_pages() {
    let server = server(&["--at-once", "2", "--waiting", "0"]);
    let slow = begin(&server);
    for path in
        ["/original/a%2Fl.txt", "/export/csv?q=Linde", "/export/kwic?q=Linde", "/api/v1/search?format=csv&q=Linde"]
    {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("retry-after").is_empty()), (503, false), "{path}");
    }
    for path in ["/?q=Linde", "/api/v1/search?q=Linde", "/article/a%2Fl.txt"] {
        assert_eq!(server.page(path).status, 200, "{path}");
    }
    drop(slow);
    soon(&server, "/export/csv?q=Linde", 200);
}

#[test]
fn a_search_whose_time_is_over_is_given_up() {
    let server = server(&["--time-limit", "0.000001"]);
    for path in
        ["search?q=Linde", "search?q=Lind*", "facets?q=Linde", "trend?q=Linde", "search?q=Linde&explain=1&timeline=day"]
    {
        let answer = server.get(&format!("/api/v1/{path}"));
        assert_eq!(answer.status, 503, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert!(!answer.header("retry-after").is_empty(), "{path}");
        assert_eq!(answer.json()["type"], "urn:findbuch:problem:timed-out", "{path}");
    }
    for path in ["/?q=Linde", "/kwic?q=Linde", "/trend?q=Linde", "/trend.svg?q=Linde", "/feed.atom?q=Linde"] {
        let page = server.page(path);
        assert_eq!(page.status, 503, "{path}");
        assert!(page.text().contains("Grenzen Sie die Suche ein"), "{path}: {}", page.text());
    }
    for path in ["/export/csv?q=Linde", "/export/kwic?q=Linde", "/api/v1/search?format=jsonl&q=Linde"] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let (status, answer) = server.raw(request.as_bytes());
        let whole = answer.ends_with("\r\n0\r\n\r\n");
        assert!(status == 503 || !whole, "{path}: a client must see that it has not all: {answer}");
        let shown = path.split('?').next().unwrap_or(path);
        let told = |line: &str| line.contains("\"event\":\"broken off\"") && line.contains(shown);
        assert!(status == 503 || server.log().lines().any(told), "{path} stands in the log");
    }
    assert_eq!(
        counts(&server)
            .get("findbuch_http_requests_total{route=\"/api/v1/facets\",status=\"503\"}")
            .map(String::as_str),
        Some("1")
    );
}

/// A server of many articles that have the same words, and a query of so many exact phrases of them.
fn with_dear_queries(options: &[&str]) -> (Server, impl Fn(usize) -> String) {
    const WORDS: [&str; 18] = [
        "Anger",
        "Birke",
        "Chor",
        "Deich",
        "Eiche",
        "Fähre",
        "Giebel",
        "Hafen",
        "Insel",
        "Kanal",
        "Linde",
        "Mühle",
        "Nebel",
        "Orgel",
        "Pfarrhaus",
        "Rathaus",
        "Siel",
        "Turm",
    ];
    let bench = Bench::new();
    let line =
        |number: usize| format!("{{\"title\": \"Nummer {number}\", \"text\": \"{} Haus{number}\"}}\n", WORDS.join(" "));
    bench.write("a/viele.jsonl", (0..7000).map(line).collect::<Vec<_>>().concat());
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let query = |phrases: usize| {
        let pairs = WORDS.iter().flat_map(|one| WORDS.iter().map(move |other| format!("%22{one}+{other}%22")));
        pairs.take(phrases).collect::<Vec<_>>().join("+ODER+") + "&exact=1"
    };
    (Server::start(bench, options), query)
}

/// Phrases that are dear, and too dear, among 7000 articles.
const DEAR: usize = 6;
const TOO_DEAR: usize = 250;

#[test]
fn the_dearest_queries_are_refused_with_the_way_out() {
    let (server, query) = with_dear_queries(&[]);
    let query = query(TOO_DEAR);
    for path in ["/api/v1/search?", "/api/v1/search?format=csv&", "/export/jsonl?", "/export/kwic?", "/api/v1/facets?"]
    {
        let answer = server.get(&format!("{path}q={query}"));
        assert_eq!(answer.status, 400, "{path}: {}", answer.text());
        assert_eq!(answer.json()["type"], "urn:findbuch:problem:too-dear", "{path}");
    }
    for path in ["/?", "/kwic?", "/trend?", "/feed.atom?"] {
        let page = server.page(&format!("{path}q={query}"));
        assert_eq!(page.status, 400, "{path}");
        assert!(page.text().contains("Verlangen Sie ein selteneres Wort"), "{path}: {}", page.text());
    }
    assert_eq!(server.get("/api/v1/search?q=Linde").json()["total"], 7000);
}

#[test]
fn dear_queries_wait_for_each_other_and_for_nobody_else() {
    let (server, query) = with_dear_queries(&["--at-once", "4", "--waiting", "0", "--time-limit", "60"]);
    let dear = format!("/api/v1/search?q={}", query(DEAR));
    let done = std::sync::atomic::AtomicBool::new(false);
    let relaxed = std::sync::atomic::Ordering::Relaxed;
    std::thread::scope(|scope| {
        let (server, dear, done) = (&server, dear.as_str(), &done);
        scope.spawn(move || {
            while !done.load(relaxed) {
                assert!([200, 503].contains(&server.get(dear).status));
            }
        });
        let until = Instant::now() + Duration::from_mins(1);
        let mut told = false;
        while !told && Instant::now() < until {
            assert_eq!(server.get("/api/v1/search?q=Linde").status, 200, "a place among the usual is free");
            let answer = server.get(dear);
            told = answer.status == 503 && answer.json()["type"] == "urn:findbuch:problem:busy";
        }
        done.store(true, relaxed);
        assert!(told, "a second dear query is never told to come again");
    });
    assert_eq!(server.get(&dear).status, 200);
    // one whose client takes its time has left its place when all is found
    let slow = {
        let mut stream = server.connect();
        let path = dear.replace("/api/v1/search", "/export/kwic");
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).expect("sent");
        stream.read_exact(&mut [0; 12]).expect("an answer begins");
        stream
    };
    assert_eq!(server.get(&dear).status, 200);
    drop(slow);
}

#[test]
fn waiting_has_an_end() {
    let server = server(&["--at-once", "1", "--waiting", "1", "--time-limit", "1"]);
    let _busy = begin(&server);
    let answer = server.get("/api/v1/search?q=Linde");
    assert_eq!((answer.status, answer.json()["type"].as_str()), (503, Some("urn:findbuch:problem:busy")));
    assert_eq!(
        counts(&server).get("findbuch_http_requests_in_flight").map(String::as_str),
        Some("1"),
        "the one that asks for counts"
    );
}

#[test]
fn clients_that_go_away_leave_their_place_to_others() {
    let server = server(&["--at-once", "1", "--waiting", "1"]);
    let busy = begin(&server);
    let in_flight = |wanted: &str| {
        let until = Instant::now() + Duration::from_secs(20);
        while counts(&server)["findbuch_http_requests_in_flight"] != wanted {
            assert!(Instant::now() < until, "not {wanted}: {:?}", counts(&server));
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    for _ in 0..3 {
        let mut waiting = server.connect();
        waiting.write_all(b"GET /?q=Linde HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
        // the one that waits, and the one that asks for counts
        in_flight("2");
        drop(waiting);
        in_flight("1");
    }
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| server.get("/api/v1/search?q=Linde").status);
        in_flight("2");
        drop(busy);
        assert_eq!(waiting.join().expect("an answer"), 200);
    });
}

#[test]
fn more_connections_than_there_may_be_wait() {
    let server = server(&["--connections", "1"]);
    let request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let first = server.connect();
    let mut second = server.connect();
    second.write_all(request).expect("sent");
    second.set_read_timeout(Some(Duration::from_millis(500))).expect("a limit");
    assert!(second.read(&mut [0; 64]).is_err(), "the first has the only place");
    drop(first);
    second.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    let mut answer = String::new();
    second.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn a_client_that_takes_nothing_up_is_cut_off() {
    let server = server(&["--at-once", "1", "--waiting", "0", "--patience", "1"]);
    let _busy = begin(&server);
    assert_eq!(server.get("/api/v1/search?q=Linde").status, 503);
    soon(&server, "/api/v1/search?q=Linde", 200);
}

#[test]
fn a_client_that_goes_on_taking_up_is_served_however_long_it_takes() {
    let server = server(&["--patience", "2"]);
    let mut stream = begin(&server);
    let mut piece = vec![0; 4 << 20];
    // twice the patience, no pause as long as it
    for _ in 0..8 {
        std::thread::sleep(Duration::from_millis(500));
        stream.read_exact(&mut piece).expect("the answer goes on");
    }
}

#[test]
fn every_request_is_logged_with_its_number() {
    let server = server(&[]);
    let answer = server.get("/api/v1/search?q=Linde&sort=newest");
    let number = answer.header("x-request-id").to_owned();
    assert_eq!(server.get("/nirgends").status, 404);
    let lines: Vec<serde_json::Value> =
        server.log().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let line = lines.iter().find(|line| line["request"] == number.as_str()).expect("the request's line");
    assert_eq!(
        (&line["method"], &line["path"], &line["status"]),
        (&"GET".into(), &"/api/v1/search".into(), &200.into())
    );
    assert_eq!(line["query"], "q=Linde&sort=newest");
    assert!(line["took_ms"].is_number() && line["time"].as_str().is_some_and(|time| time.ends_with('Z')));
    assert!(lines.iter().any(|line| line["path"] == "/nirgends" && line["status"] == 404));
    let silent = Server::start(crate::Bench { folder: copy(&server) }, &["--no-log"]);
    assert_eq!(silent.get("/").status, 200);
    assert_eq!(silent.log(), "");
}

/// The index of a server, for another.
fn copy(server: &Server) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let done = std::process::Command::new("cp").arg("-r").arg(server.bench.path("index")).arg(folder.path()).status();
    assert!(done.expect("cp").success());
    folder
}

#[test]
fn connections_that_send_nothing_do_not_keep_others_out() {
    let bench = Bench::new();
    bench.write("a/l.txt", TEXT);
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    // where a head may take an hour, as many idle connections as there may be would hold the server for that long
    let server = Server::start(bench, &["--connections", "8", "--patience", "3600"]);
    let idle: Vec<TcpStream> = (0..9).map(|_| server.connect()).collect();
    assert_eq!(server.get("/api/v1/search?q=Linde").status, 200);
    drop(idle);
}
