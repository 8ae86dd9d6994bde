//! Collections are changed by forms of the own pages, from this machine or with the token, and by nothing else.

use super::Server;
use crate::Bench;

const TOKEN: &str = "eine-lange-reihe-4711";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.write(
        "a/l.txt",
        "Die Linde bleibt\n\nDie Linde am Vorwerk bleibt stehen, teilte die Stadt Mehlau am Montag mit.\n",
    );
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    bench
}

fn add<'a>(name: &'a str, note: &'a str) -> [(&'a str, &'a str); 5] {
    [("action", "add"), ("name", name), ("id", "a/l.txt"), ("note", note), ("back", "/article/a%2Fl.txt?q=Linde")]
}

#[test]
fn articles_are_marked_noted_and_taken_out_on_the_page() {
    let server = Server::start(bench(), &[]);
    let base = server.base();
    let own = [("origin", base.as_str()), ("accept", "text/html")];
    let page = server.page("/article/a%2Fl.txt?q=Linde");
    assert!(page.text().contains("<form action=\"/collections\" method=\"post\""), "{}", page.text());
    let answer = server.send("/collections", &add("Bäume", "<b>fällen</b>?"), &own);
    assert_eq!((answer.status, answer.header("location")), (303, "/article/a%2Fl.txt?q=Linde"), "{}", answer.text());
    let known = page.header("etag").to_owned();
    let page = server.ask("/article/a%2Fl.txt?q=Linde", &[("if-none-match", &known), ("accept", "text/html")]);
    assert_eq!(page.status, 200, "it has changed");
    assert!(page.text().contains("href=\"/collection/B%C3%A4ume\">Bäume</a>"), "{}", page.text());
    assert_eq!(server.get("/api/v1/search?q=sammlung:B%C3%A4ume").json()["total"], 1);
    let page = server.page("/collection/B%C3%A4ume");
    assert!(page.text().contains("&#60;b&#62;fällen&#60;/b&#62;?"), "{}", page.text());
    let lines = server.get("/collection/B%C3%A4ume/jsonl");
    assert_eq!(lines.text(), server.bench.run(&["collection", "export"]).out);
    let noted =
        [("action", "note"), ("name", "Bäume"), ("id", "a/l.txt"), ("note", "bleibt"), ("back", "/collection/x")];
    assert_eq!(server.send("/collections", &noted, &own).status, 303);
    assert!(server.page("/collection/B%C3%A4ume").text().contains(">bleibt</p>"));
    for (action, items) in [("remove", 0), ("delete", 0)] {
        assert_eq!(
            server.send("/collections", &[("action", action), ("name", "Bäume"), ("id", "a/l.txt")], &own).status,
            303
        );
        let found = server.get("/api/v1/collections/B%C3%A4ume");
        assert_eq!(found.status, if action == "remove" { 200 } else { 404 }, "{action}");
        assert!(action == "delete" || found.json()["collections"][0]["total"] == items);
    }
}

#[test]
fn what_cannot_be_done_is_told_and_changes_nothing() {
    let server = Server::start(bench(), &[]);
    let base = server.base();
    let own = [("origin", base.as_str()), ("accept", "text/html")];
    let long = "x".repeat(4_001);
    for (form, status, says) in [
        (&add("../Linde", "")[..], 400, "kann keine Sammlung heißen"),
        (&add("Linde", &long), 400, "4000 Bytes"),
        (&[("action", "add"), ("name", "Linde"), ("id", "fehlt")], 404, "kein Artikel die Kennung"),
        (&[("action", "delete"), ("name", "Linde")], 404, "Sammlung „Linde“ gibt es nicht"),
        (&[("action", "tanzen"), ("name", "Linde")], 400, "add, note, remove oder delete"),
        (&[("name", "Linde")], 400, "add, note, remove oder delete"),
    ] {
        let answer = server.send("/collections", form, &own);
        assert_eq!(answer.status, status, "{form:?}: {}", answer.text());
        assert!(answer.text().contains(says), "{form:?}: {}", answer.text());
    }
    let huge = "x".repeat(70_000);
    // it is refused unread, and the connection is of no use then
    let closing = [own[0], ("connection", "close")];
    assert_eq!(server.send("/collections", &add("Linde", &huge), &closing).status, 413);
    assert_eq!(server.get("/api/v1/collections").json()["collections"], serde_json::json!([]));
}

#[test]
fn nobody_else_changes_anything() {
    let server = Server::start(bench(), &[]);
    let base = server.base();
    for (headers, status) in [
        (&[("origin", "https://evil.example")][..], 403),
        (&[("origin", "null")], 403),
        (&[], 403),
        (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")], 403),
        (&[("sec-fetch-site", "same-site")], 403),
        (&[("sec-fetch-site", "same-origin"), ("x-forwarded-for", "10.0.0.1")], 403),
        (&[("sec-fetch-site", "same-origin"), ("host", "evil.example")], 421),
    ] {
        let answer = server.send("/collections", &add("Linde", ""), headers);
        assert_eq!(answer.status, status, "{headers:?}: {}", answer.text());
    }
    for path in ["/", "/collection/Linde", "/api/v1/collections", "/article/a%2Fl.txt"] {
        assert_eq!(server.send(path, &add("Linde", ""), &[("origin", &base)]).status, 405, "{path}");
    }
    let page = server.ask("/article/a%2Fl.txt", &[("x-forwarded-for", "10.0.0.1"), ("accept", "text/html")]);
    assert!(!page.text().contains("method=\"post\""), "no form where nothing can be written");
    assert_eq!(server.get("/api/v1/collections").json()["collections"], serde_json::json!([]));
    let token = Server::with(bench(), &["--address", "0.0.0.0"], &[("FINDBUCH_TOKEN", TOKEN)]);
    let base = token.base();
    assert_eq!(token.send("/collections", &add("Linde", ""), &[("origin", &base)]).status, 401);
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(token.send("/collections", &add("Linde", ""), &[("authorization", &bearer)]).status, 303);
    assert_eq!(token.write("DELETE", "/api/v1/collections/Linde", "", &[]).status, 401);
    let forwarded = [("authorization", bearer.as_str()), ("x-forwarded-for", "10.0.0.1")];
    assert_eq!(token.write("DELETE", "/api/v1/collections/Linde", "", &forwarded).status, 204);
}

#[test]
fn a_hit_is_marked_in_the_list_and_taken_out_again() {
    let server = Server::start(bench(), &[]);
    let base = server.base();
    let own = [("origin", base.as_str()), ("accept", "text/html")];
    let list = || server.page("/?q=Linde").text().to_owned();
    let page = list();
    assert!(
        page.contains("form=\"mark\" name=\"id\" value=\"a/l.txt\" aria-label=\"Merken: Die Linde bleibt\""),
        "{page}"
    );
    assert!(page.contains(">☆</button>") && page.contains("name=\"name\" value=\"Merkliste\""), "{page}");
    let form =
        |action, name| [("action", action), ("name", name), ("id", "a/l.txt"), ("back", "/?q=Linde"), ("at", "hit")];
    let answer = server.send("/collections", &form("add", "Bäume"), &own);
    assert_eq!((answer.status, answer.header("location")), (303, "/?q=Linde#hit-a%2Fl.txt"));
    let page = list();
    assert!(page.contains("form=\"unmark\" name=\"id\"") && page.contains(">★</button>"), "{page}");
    assert!(page.contains("name=\"name\" value=\"Bäume\""), "it is the collection at hand: {page}");
    // another collection is at hand, and what has a note is not lost by a click
    let noted = [("action", "add"), ("name", "Linden"), ("id", "a/l.txt"), ("note", "fällen?"), ("back", "/")];
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(server.send("/collections", &noted, &own).status, 303);
    assert!(list().contains("<a class=\"star\" href=\"/article/a%2Fl.txt?q=Linde#collect\""), "{}", list());
    let preview = server.page("/preview/a%2Fl.txt?q=Linde");
    assert!(preview.text().contains("Linden</a> <span class=\"meta\">– fällen?"), "{}", preview.text());
    let seen = server.ask("/?q=Linde", &[("x-forwarded-for", "10.0.0.1"), ("accept", "text/html")]);
    assert!(
        seen.text().contains("aria-label=\"Gesammelt in: Bäume, Linden\"") && !seen.text().contains("method=\"post\"")
    );
}

#[test]
fn a_server_that_is_for_reading_offers_no_writing() {
    let bench = bench();
    bench.run(&["collection", "add", "Linden", "a/l.txt"]);
    let server = Server::start(bench, &["--read-only"]);
    let base = server.base();
    let own = [("origin", base.as_str()), ("accept", "text/html")];
    for page in ["/?q=Linde", "/article/a%2Fl.txt", "/collections", "/collection/Linden"] {
        let text = server.page(page).text().to_owned();
        assert!(!text.contains("method=\"post\"") && !text.contains("Token"), "{page}: {text}");
    }
    let answer = server.send("/collections", &add("Linde", ""), &own);
    assert!(answer.status == 403 && answer.text().contains("--read-only"), "{}", answer.text());
    let answer = server.write("DELETE", "/api/v1/collections/Linden", "", &[]);
    assert_eq!((answer.status, &answer.json()["type"]), (403, &"urn:findbuch:problem:only-read".into()));
    assert_eq!(server.get("/api/v1/collections/Linden").status, 200);
}
