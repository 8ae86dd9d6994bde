//! An article's own file: whole, never run, and no file that was not indexed.

use super::{Server, encoded};
use crate::Bench;
use std::os::unix::fs::symlink;

const TEXT: &str = "Die Linde bleibt\n\nDie Linde am Vorwerk bleibt stehen, teilte die Stadt Mehlau am Montag mit.\n";
const SECRET: &str = "Nur für die Redaktion: die Kennwörter liegen im Tresor.\n";

/// Ids that an export of others may give its articles.
const IDS: &[&str] = &[
    "../geheim.txt",
    "../../geheim.txt",
    "/etc/passwd",
    "a/../geheim.txt",
    "a/linde.txt\n../geheim.txt",
    "\"; filename=\"x.html",
    "<script>alert(1)</script>",
    "..\\geheim.txt",
    "%2e%2e%2fgeheim.txt",
    "a b/ä?#&=+",
    ".",
    "..",
    "!/../geheim.txt",
];

fn problem(server: &Server, path: &str) -> String {
    let answer = server.get(path);
    assert_eq!(answer.status, 404, "{path}: {}", answer.text());
    answer.json()["type"].as_str().expect("a type").trim_start_matches("urn:findbuch:problem:").to_owned()
}

#[test]
fn a_file_is_given_whole_and_as_a_download() {
    let bench = Bench::new();
    let name = "Lage \"Süd\"; <1>.txt";
    bench.write(&format!("a/{name}"), TEXT);
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let server = Server::start(bench, &[]);
    let answer = server.page(&format!("/original/{}", encoded(&format!("a/{name}"))));
    assert_eq!((answer.status, answer.text()), (200, TEXT));
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"Lage _S_d__ _1_.txt\"; filename*=UTF-8''Lage%20%22S%C3%BCd%22%3B%20%3C1%3E.txt"
    );
}

#[test]
fn a_range_of_a_file_is_given() {
    let bench = Bench::new();
    bench.write("a/l.txt", TEXT);
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let server = Server::start(bench, &[]);
    let whole = TEXT.len();
    for (range, status, content_range, content) in [
        ("bytes=0-3", 206, format!("bytes 0-3/{whole}"), &TEXT.as_bytes()[..4]),
        ("bytes=-4", 206, format!("bytes {}-{}/{whole}", whole - 4, whole - 1), &TEXT.as_bytes()[whole - 4..]),
        ("bytes=0-1,3-4", 200, String::new(), TEXT.as_bytes()),
        ("bytes=99999-", 416, format!("bytes */{whole}"), &[]),
    ] {
        let answer = server.ask("/original/a%2Fl.txt", &[("range", range)]);
        let told = answer.headers.get("content-range").map_or("", |value| value.to_str().expect("text"));
        let given = (answer.status, told, answer.body.as_slice());
        assert_eq!(given, (status, content_range.as_str(), content), "{range}");
    }
}

#[test]
fn ids_are_no_paths() {
    let bench = Bench::new();
    bench.write("geheim.txt", SECRET);
    let line =
        |id: &&str| serde_json::json!({ "id": id, "title": "Linde", "text": "Die Linde bleibt." }).to_string() + "\n";
    let lines: String = IDS.iter().map(line).collect();
    bench.write("a/x.jsonl", &lines);
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let server = Server::start(bench, &[]);
    let found = server.get("/api/v1/search?q=Linde&limit=100").json();
    let ids: Vec<&str> = found["hits"].as_array().expect("hits").iter().filter_map(|hit| hit["id"].as_str()).collect();
    assert_eq!(ids.len(), IDS.len());
    for id in ids {
        let answer = server.get(&format!("/original/{}", encoded(id)));
        if [".", ".."].contains(&id) {
            // such a path is another address before it is sent
            continue;
        }
        assert_eq!((answer.status, answer.text()), (200, lines.as_str()), "{id:?}: its own file and no other");
        assert_eq!(server.page(&format!("/article/{}", encoded(id))).status, 200, "{id:?}");
        let article = server.get(&format!("/api/v1/articles/{}", encoded(id))).json();
        assert_eq!(article["id"], id);
    }
    for path in
        ["a%2F..%2Fa%2Fx.jsonl", "geheim.txt", "..%2f..%2f..%2fetc%2fpasswd", "a%2Fx.jsonl", "%2Fproc%2Fself%2Fenviron"]
    {
        assert_eq!(problem(&server, &format!("/original/{path}")), "no-article", "{path}");
    }
    for path in ["../geheim.txt", "..%2f", "a/x.jsonl", "", "/etc/passwd"] {
        let (status, answer) = server
            .raw(format!("GET /original/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes());
        assert_eq!(status, 404, "{path}: {answer}");
        assert!(!answer.contains("Kennwörter"), "{path}");
    }
}

#[test]
fn links_put_in_place_of_files_lead_nowhere() {
    let bench = Bench::new();
    let secret = bench.write("draussen/geheim.txt", SECRET);
    bench.write("draussen/x.txt", SECRET);
    for name in ["linde", "weg", "ordner", "rohr", "doppelt"] {
        bench.write(&format!("a/{name}.txt"), TEXT.replace("Vorwerk", name));
    }
    bench.write("a/unten/x.txt", TEXT.replace("Vorwerk", "Deich"));
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let a = |below: &str| bench.path(&format!("a/{below}"));
    for name in ["linde.txt", "weg.txt", "ordner.txt", "rohr.txt", "doppelt.txt"] {
        std::fs::remove_file(a(name)).expect("remove");
    }
    symlink(&secret, a("linde.txt")).expect("a link");
    symlink("../draussen/geheim.txt", a("doppelt.txt")).expect("a link");
    std::fs::create_dir(a("ordner.txt")).expect("a folder");
    assert!(std::process::Command::new("mkfifo").arg(a("rohr.txt")).status().expect("mkfifo").success());
    std::fs::remove_dir_all(a("unten")).expect("remove");
    symlink("../draussen", a("unten")).expect("a link");
    let server = Server::start(bench, &[]);
    for id in ["a/linde.txt", "a/weg.txt", "a/ordner.txt", "a/rohr.txt", "a/doppelt.txt", "a/unten/x.txt"] {
        assert_eq!(server.get(&format!("/api/v1/articles/{}", encoded(id))).status, 200, "{id} is in the index");
        assert_eq!(problem(&server, &format!("/original/{}", encoded(id))), "no-file", "{id}");
    }
}

#[test]
fn a_citation_is_of_the_very_article() {
    let bench = Bench::new();
    let ids = ["linde", "linde-2", "li", "a?b\"c.d 🌳"];
    let line = |id: &&str| {
        serde_json::json!({ "id": id, "title": format!("Linde {id}"), "text": "Die Linde bleibt." }).to_string() + "\n"
    };
    bench.write("a/x.jsonl", ids.iter().map(line).collect::<String>());
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let server = Server::start(bench, &[]);
    for id in ids {
        let path = format!("/article/{}", encoded(id));
        let page = server.page(&path);
        for (format, begins, title) in [("bibtex", "@", "title = "), ("ris", "TY  - ", "TI  - ")] {
            assert!(page.text().contains(&format!("href=\"{path}/{format}\"")), "{id}: {}", page.text());
            let entry = server.get(&format!("{path}/{format}"));
            let text = entry.text();
            assert!(entry.status == 200 && text.starts_with(begins), "{id}: {text}");
            assert_eq!(text.lines().filter(|line| line.trim_start().starts_with(title)).count(), 1, "{id}: {text}");
        }
    }
    assert_eq!(problem(&server, "/article/lind/bibtex"), "no-article");
    assert_eq!(problem(&server, "/article/linde/csv"), "no-page");
}
