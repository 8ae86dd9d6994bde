//! Large archives of usual articles: the limits on what is read leave them whole, however they are compressed.

use crate::Bench;
use crate::generator::article;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::io::{Cursor, Write};

/// Articles of an archive: with optimisation as many as take far longer than a file is given whatever it holds.
const ARTICLES: usize = if cfg!(debug_assertions) { 1_000 } else { 20_000 };

/// Indexes a file with all articles in half the time that any file is given.
#[track_caller]
fn check(file: &str, content: &[u8]) {
    let bench = Bench::new();
    bench.write(&format!("a/{file}"), content);
    let output = bench.run(&["index", "a", "--max-seconds", "1"]);
    assert_eq!((output.code, output.err.as_str()), (Some(0), ""), "{file}: {}", output.out);
    assert!(output.out.contains(&format!("articles: {ARTICLES} new,")), "{file}: {}", output.out);
}

fn articles() -> impl Iterator<Item = Value> {
    (0..ARTICLES as u64).map(|number| article(18, number))
}

fn lines() -> Vec<u8> {
    articles().flat_map(|article| format!("{article}\n").into_bytes()).collect()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).expect("in memory");
    encoder.finish().expect("in memory")
}

#[test]
#[ignore = "indexes thousands of articles"]
fn json_lines_in_gzip_are_read_whole() {
    check("archiv.jsonl.gz", &gzip(&lines()));
}

#[test]
#[ignore = "indexes thousands of articles"]
fn json_lines_in_zstd_are_read_whole() {
    check("archiv.jsonl.zst", &zstd::encode_all(lines().as_slice(), 3).expect("in memory"));
}

#[test]
#[ignore = "indexes thousands of articles"]
fn a_zip_of_files_is_read_whole() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (number, article) in articles().enumerate() {
        archive.start_file(format!("{number}.json"), zip::write::SimpleFileOptions::default()).expect("in memory");
        write!(archive, "{article}").expect("in memory");
    }
    check("archiv.zip", &archive.finish().expect("in memory").into_inner());
}

/// A page as a site makes it: what all pages have takes half of it.
#[cfg(feature = "html")]
fn page(article: &Value) -> String {
    let of = |key: &str| article[key].as_str().unwrap_or_default();
    let text = of("body").replace("\n\n", "</p>\n<p>");
    let menu = ["Politik", "Wirtschaft", "Lokales", "Kultur", "Sport", "Wissen", "Meinung", "Reise"]
        .map(|name| {
            format!("<li class=\"menu-item\"><a href=\"/ressort/{name}\" title=\"Zum Ressort\">{name}</a></li>\n")
        })
        .concat();
    format!(
        "<!doctype html>\n<html lang=\"de\"><head><meta charset=\"utf-8\"><title>{title} | Warte</title>\n\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"article:published_time\" content=\"{date}\">\n\
         <meta name=\"author\" content=\"{author}\"></head>\n<body><header><nav><ul>{menu}</ul></nav></header>\n\
         <main><article><h1>{title}</h1>\n<p>{text}</p></article></main>\n<footer><ul>{menu}</ul></footer></body></html>\n",
        title = of("headline"),
        date = of("date"),
        author = of("author"),
    )
}

#[cfg(feature = "html")]
#[test]
#[ignore = "indexes thousands of articles"]
fn a_web_archive_is_read_whole() {
    // each record is compressed by itself, as crawlers do it
    let record = |(number, article): (usize, Value)| {
        let page = page(&article);
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://warte.example/{number}\r\n\
             WARC-Date: 2026-11-04T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        gzip(&[head.as_bytes(), block.as_bytes(), b"\r\n\r\n"].concat())
    };
    check("archiv.warc.gz", &articles().enumerate().flat_map(record).collect::<Vec<u8>>());
}
