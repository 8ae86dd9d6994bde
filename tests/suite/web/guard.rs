//! Who is let in, with what, and how much a client may send.

use super::{Server, shared};
use crate::Bench;
use std::io::{Read, Write};
use std::time::Duration;

const TOKEN: &str = "eine-lange-reihe-4711";
/// `x:` and the token, and with a letter less, in base64.
const BASIC: &str = "Basic eDplaW5lLWxhbmdlLXJlaWhlLTQ3MTE=";
const WRONG_BASIC: &str = "Basic eDplaW5lLWxhbmdlLXJlaWhlLTQ3MQ==";

/// One address of every kind.
const ADDRESSES: &[&str] = &[
    "/",
    "/?q=Linde",
    "/article/a%2Fl.txt",
    "/original/a%2Fl.txt",
    "/kwic?q=Linde",
    "/trend?q=Linde",
    "/trend.svg?q=Linde",
    "/batch?list=Linde",
    "/batch.csv?q=Linde",
    "/compare?a=Linde&b=Linde",
    "/collections",
    "/help",
    "/feed.atom?q=Linde",
    "/opensearch.xml",
    "/export/csv?q=Linde",
    "/assets/findbuch.js",
    "/favicon.ico",
    "/robots.txt",
    "/api/v1/search?q=Linde",
    "/api/v1/openapi.json",
    "/metrics",
    "/nirgends",
];

fn bench() -> Bench {
    let bench = Bench::new();
    bench.write(
        "a/l.txt",
        "Die Linde bleibt\n\nDie Linde am Vorwerk bleibt stehen, teilte die Stadt Mehlau am Montag mit.\n",
    );
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    bench
}

fn head(method: &str, path: &str, headers: &str) -> Vec<u8> {
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}

#[test]
fn a_token_is_demanded_everywhere_but_of_the_health_check() {
    let server = Server::with(bench(), &["--address", "0.0.0.0"], &[("FINDBUCH_TOKEN", TOKEN)]);
    let bearer = format!("Bearer {TOKEN}");
    for path in ADDRESSES {
        for wrong in ["", "Bearer eine-lange-reihe-471", "Bearer", WRONG_BASIC, "Basic ???", TOKEN] {
            let answer = server.ask(path, &[("authorization", wrong)]);
            assert_eq!(answer.status, 401, "{path} {wrong}");
            assert!(answer.header("www-authenticate").starts_with("Basic realm="), "{path}");
            assert!(!answer.text().contains("Linde"), "{path}");
        }
        for right in [bearer.as_str(), BASIC] {
            let answer = server.ask(path, &[("authorization", right), ("host", "archiv.example")]);
            assert_eq!(answer.status, if *path == "/nirgends" { 404 } else { 200 }, "{path} {right}");
        }
    }
    assert_eq!(server.get("/healthz").text(), "ok\n");
    assert!(!server.log().contains(TOKEN), "the log does not tell the token");
}

#[test]
fn a_token_stands_in_a_file_as_well() {
    let bench = bench();
    bench.write("token", format!("{TOKEN}\n"));
    let server = Server::start(bench, &["--token-file", "token", "--host-name", "archiv.example"]);
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(server.get("/").status, 401);
    assert_eq!(server.ask("/", &[("authorization", &bearer)]).status, 200);
    assert_eq!(server.ask("/", &[("authorization", &bearer), ("host", "other.example")]).status, 421);
}

#[test]
fn other_addresses_are_not_listened_on_without_a_token() {
    let bench = bench();
    bench.write("kurz", "kurz\n");
    for (arguments, told) in [
        (&["serve", "--port", "0", "--address", "0.0.0.0"][..], "nur mit einem Token gelauscht"),
        (&["serve", "--port", "0", "--address", "::", "--lang", "en"], "listened on with a token only"),
        (&["serve", "--port", "0", "--token-file", "kurz"], "mindestens 16 sichtbare ASCII-Zeichen"),
        (&["serve", "--port", "0", "--token-file", "fehlt"], "fehlt: "),
    ] {
        let output = bench.run(arguments);
        assert_eq!(output.code, Some(2), "{arguments:?}: {}", output.out);
        assert!(output.err.contains(told) && output.err.lines().count() == 1, "{arguments:?}: {}", output.err);
        assert_eq!(output.out, "", "{arguments:?}");
    }
}

#[test]
fn names_of_others_are_refused() {
    let server = shared();
    for path in ["/", "/api/v1/search?q=Stadt", "/healthz", "/assets/findbuch.js"] {
        for host in
            ["evil.example", "localhost.evil.example", "127.0.0.1:80@evil.example", "[::2]", "archiv.example:8080"]
        {
            let answer = server.ask(path, &[("host", host)]);
            assert_eq!(answer.status, 421, "{path} {host}");
            assert_eq!(answer.json()["type"], "urn:findbuch:problem:wrong-host", "{path} {host}");
        }
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:99"] {
            assert_eq!(server.ask(path, &[("host", host)]).status, 200, "{path} {host}");
        }
    }
    assert_eq!(server.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").0, 421);
    assert_eq!(server.raw(b"GET / HTTP/1.0\r\n\r\n").0, 421);
    let absolute = b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(server.raw(absolute).0, 421, "the name in the address counts");
}

#[test]
fn pages_of_other_sites_may_link_and_not_ask() {
    let server = Server::start(bench(), &[]);
    let ask = |path: &str, site: &str, mode: &str, dest: &str| {
        server.ask(path, &[("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)])
    };
    for path in ADDRESSES.iter().filter(|path| **path != "/nirgends") {
        for (mode, dest) in [("no-cors", "image"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe")] {
            let answer = ask(path, "cross-site", mode, dest);
            assert_eq!(answer.status, 403, "{path} {mode} {dest}");
            assert_eq!(answer.json()["type"], "urn:findbuch:problem:cross-site", "{path}");
            assert!(!answer.text().contains("Linde"), "{path} {mode} {dest}: {}", answer.text());
        }
        assert_eq!(ask(path, "cross-site", "navigate", "document").status, 200, "{path}: a reader follows a link");
        for site in ["same-origin", "same-site", "none"] {
            assert_eq!(ask(path, site, "no-cors", "image").status, 200, "{path} {site}");
        }
    }
    let page = server.ask("/?q=Linde", &[("sec-fetch-site", "cross-site"), ("accept", "text/html")]);
    assert_eq!(page.status, 403);
    assert!(page.text().contains("öffnen Sie die Adresse selbst"), "{}", page.text());
}

#[test]
fn what_is_refused_across_sites_costs_no_search() {
    let server = Server::start(bench(), &[]);
    let plans = || {
        let counts = server.get("/metrics");
        let line = counts.text().lines().find_map(|line| line.strip_prefix("findbuch_query_plans_total "));
        line.and_then(|number| number.parse::<u64>().ok()).expect("a number of plans")
    };
    let before = plans();
    for path in ["/?q=Linde", "/api/v1/search?q=Linde", "/export/csv?q=Linde", "/feed.atom?q=Linde"] {
        assert_eq!(server.ask(path, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")]).status, 403);
    }
    assert_eq!(plans(), before);
    assert_eq!(server.get("/?q=Linde").status, 200);
    assert_eq!(plans(), before + 1);
}

#[test]
fn only_reading_is_offered() {
    let server = shared();
    for path in ["/", "/?q=Stadt", "/api/v1/search?q=Stadt", "/original/x", "/nirgends", "/metrics"] {
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
            let (status, answer) = server.raw(&head(method, path, "Content-Length: 0\r\n"));
            assert_eq!(status, 405, "{method} {path}");
            assert!(answer.to_lowercase().contains("\r\nallow: get, head\r\n"), "{method} {path}: {answer}");
        }
        let (status, answer) = server.raw(&head("HEAD", path, ""));
        assert!([200, 404].contains(&status), "{path}: {status}");
        assert!(answer.ends_with("\r\n\r\n"), "HEAD has no body: {answer}");
        for headers in ["Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n"] {
            let body = [head("GET", path, headers), b"0\r\n\r\n".to_vec()].concat();
            assert_eq!(server.raw(&body).0, 413, "{path} {headers}");
        }
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let server = shared();
    let long = |bytes: usize| "a".repeat(bytes);
    for (request, statuses) in [
        (head("GET", &format!("/?q={}", long(8192)), ""), &[200][..]),
        (head("GET", &format!("/api/v1/search?q={}", long(8193)), ""), &[400]),
        (head("GET", &format!("/?q={}", long(30_000)), ""), &[414]),
        (head("GET", &format!("/{}", long(30_000)), ""), &[414]),
        (head("GET", &format!("/?q={}", long(300_000)), ""), &[0, 414, 431]),
        (head("GET", "/", &format!("X-A: {}\r\n", long(300_000))), &[0, 431]),
        (head("GET", "/", &"X-A: b\r\n".repeat(80)), &[431]),
        (head("GET", "/", "Host: evil.example\r\n"), &[421]),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), &[0, 400]),
        (b"GET /\r\n\r\n".to_vec(), &[0, 400]),
        (head("GET", "/?q=\u{e9}", ""), &[200, 400]),
        (head("GET", "nirgends", ""), &[0, 400, 421]),
    ] {
        let (status, answer) = server.raw(&request);
        let start = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
        assert!(statuses.contains(&status), "{start}: {status} {answer}");
    }
    assert_eq!(server.get("/healthz").status, 200, "it goes on");
}

#[test]
fn a_client_that_dawdles_is_cut_off() {
    let server = Server::start(bench(), &["--patience", "1"]);
    let mut slow = server.connect();
    slow.set_read_timeout(Some(Duration::from_secs(1))).expect("a limit");
    let request = head("GET", "/healthz", "");
    let closed = request.iter().any(|byte| {
        // a byte a second, the second spent listening
        slow.write_all(&[*byte]).is_err() || matches!(slow.read(&mut [0; 64]), Ok(0))
    });
    assert!(closed, "a head that takes {} seconds is not waited for", request.len());
    for said in [&b""[..], b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"] {
        let mut idle = server.connect();
        idle.write_all(said).expect("sent");
        let mut answer = Vec::new();
        idle.read_to_end(&mut answer).expect("one that says nothing more is closed");
        assert_eq!(answer.is_empty(), said.is_empty());
    }
    assert_eq!(server.get("/healthz").status, 200);
}
