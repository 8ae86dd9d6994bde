//! How serving ends, and why it does not begin.

use super::Server;
use crate::Bench;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::time::Duration;

/// Articles whose places in context are more than buffers on the way take up.
fn many_places() -> Bench {
    let bench = Bench::new();
    for article in 0..20 {
        let mut text = format!("Der Bericht Nummer {article}\n\n");
        for line in 0..1_500 {
            let _ = writeln!(
                text,
                "Im Jahr {line} zählte der Förster am Vorwerk {article} Linden und {line} Erlen an der Straße.\n"
            );
        }
        // a row tells the path twice
        bench.write(&format!("a/{}/{article}.txt", "bericht-der-forstverwaltung-".repeat(7)), text);
    }
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    bench
}

#[test]
fn an_export_under_way_is_ended_whole() {
    let mut server = Server::start(many_places(), &["--time-limit", "2"]);
    let path = "/export/kwic?q=Linden";
    let whole = server.get(path);
    assert!(whole.body.len() > 8 << 20, "{} bytes could lie in buffers", whole.body.len());
    let mut stream = server.connect();
    stream.write_all(format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").as_bytes()).expect("sent");
    let mut answer = vec![0; 1000];
    stream.read_exact(&mut answer).expect("it begins");
    // to find the articles may not take longer, to send them may
    std::thread::sleep(Duration::from_millis(2_100));
    server.terminate();
    stream.read_to_end(&mut answer).expect("the rest");
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    assert!(answer[head + 4..] == whole.body[..], "the export is not whole");
    assert_eq!(server.ended(), Some(0));
}

#[test]
fn what_keeps_it_from_serving_is_told() {
    let bench = Bench::new();
    let output = bench.run(&["serve", "--port", "0"]);
    assert_eq!((output.code, output.out.as_str()), (Some(2), ""));
    assert!(output.err.contains("findbuch index") && output.err.contains("index"), "{}", output.err);
    bench.write("a/l.txt", "Die Linde bleibt\n\nDie Linde am Vorwerk bleibt stehen.\n");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let output = bench.run(&["serve", "--port", &port]);
    assert_eq!((output.code, output.out.as_str()), (Some(2), ""));
    assert!(output.err.contains(&port) && output.err.contains("--port"), "{}", output.err);
    bench.write("index/findbuch.toml", "[ranking]\nlead = \"viel\"\n");
    let output = bench.run(&["serve", "--port", "0"]);
    assert_eq!((output.code, output.out.as_str()), (Some(2), ""));
    assert!(output.err.contains("findbuch.toml") && !output.err.contains("--full"), "{}", output.err);
    std::fs::remove_file(bench.path("index/findbuch.toml")).expect("removed");
    for (arguments, told) in [
        (&["serve", "--time-limit", "bald"][..], "--time-limit"),
        (&["serve", "--at-once", "0"], "--at-once"),
        (&["serve", "--watch", "fehlt"], "fehlt"),
        (&["serve", "--address", "irgendwo"], "--address"),
    ] {
        let output = bench.run(arguments);
        assert_eq!(output.code, Some(2), "{arguments:?}");
        assert!(output.err.contains(told), "{arguments:?}: {}", output.err);
    }
}

#[test]
fn addresses_for_others_have_the_scheme_that_the_client_used() {
    let server = super::shared();
    for (scheme, begins) in [("https", "https://"), ("http", "http://"), ("javascript", "http://"), ("", "http://")] {
        for path in ["/feed.atom?q=Munition", "/opensearch.xml"] {
            let answer = server.ask(path, &[("X-Forwarded-Proto", scheme)]);
            let host = server.base().replace("http://", begins);
            assert!(
                answer.status == 200 && answer.text().contains(&format!("\"{host}/")),
                "{scheme} {path}: {}",
                answer.text()
            );
            let other = if begins == "http://" { "https://127" } else { "http://127" };
            assert!(!answer.text().contains(other), "{scheme} {path}");
        }
    }
}

#[test]
fn an_archive_without_articles_has_its_pages() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("a")).expect("a folder");
    bench.run(&["index", "a"]);
    let server = Server::start(bench, &[]);
    for path in ["/", "/?q=Linde", "/kwic?q=Linde", "/trend?q=Linde", "/help"] {
        let page = server.page(path);
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        assert!(page.text().contains("</html>"), "{path}");
    }
    for path in
        ["/trend.svg?q=Linde", "/feed.atom?q=Linde", "/export/csv?q=Linde", "/api/v1/trend?q=Linde", "/api/v1/stats"]
    {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    assert_eq!(server.get("/api/v1/search?q=Linde").json()["total"], 0);
}

#[test]
fn files_that_cannot_be_read_are_no_hindrance() {
    let bench = Bench::new();
    bench.write("a/l.txt", "Die Linde bleibt\n\nDie Linde am Vorwerk bleibt stehen.\n");
    bench.write("a/kaputt.json", "{\"title\": \"Lin");
    assert_eq!(bench.run(&["index", "a"]).code, Some(2));
    let server = Server::start(bench, &[]);
    assert_eq!(server.get("/api/v1/stats").json()["unreadable"], 1);
    assert_eq!(server.get("/api/v1/search?q=Linde").json()["total"], 1);
}
