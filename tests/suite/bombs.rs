//! Files that would grow without end: refused by the stated limits, with the rest of the folder indexed and the index whole.

use crate::Bench;
use std::fmt::Write as _;
use std::io::{Cursor, Write};

const GOOD: &str =
    "Die Linden bleiben stehen\n\nDie Linden am Vorwerk bleiben stehen, teilte die Stadt Mehlau am Montag mit.\n";

/// Limits at which small bombs are bombs.
const LIMITS: [&str; 4] = ["--max-article-size", "1", "--max-expansion", "20"];

/// Indexes `file` beside a good one: one message that has `message`, however much is in the file.
#[track_caller]
fn check(file: &str, content: &[u8], message: &str) {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    bench.write(&format!("a/{file}"), content);
    let output = bench.run(&[&["index", "a"][..], &LIMITS].concat());
    assert_eq!(output.code, Some(2), "{file}: {}{}", output.out, output.err);
    assert!(output.err.contains(message), "{file}: {}", output.err);
    assert_eq!(output.err.lines().count(), 1, "{file}: {}", output.err);
    assert_eq!(bench.hits("Vorwerk"), ["a/gut.txt"], "{file}");
    assert_eq!(bench.run(&["check"]).code, Some(0), "{file}");
}

fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("start");
        archive.write_all(content).expect("write");
    }
    archive.finish().expect("finish").into_inner()
}

#[test]
fn compressed_bombs_are_stopped() {
    let blank = vec![b'\n'; 8 << 20];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&blank).expect("write");
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    bzip2.write_all(&blank).expect("write");
    let mut xz = liblzma::write::XzEncoder::new(Vec::new(), 3);
    xz.write_all(&blank).expect("write");
    let zstd = zstd::encode_all(blank.as_slice(), 3).expect("zstd");
    for (end, bomb) in [
        ("gz", gzip.finish().expect("gzip")),
        ("bz2", bzip2.finish().expect("bzip2")),
        ("xz", xz.finish().expect("xz")),
        ("zst", zstd),
    ] {
        check(&format!("bombe.jsonl.{end}"), &bomb, "decompresses to far more than articles do");
    }
}

#[test]
fn a_stream_that_asks_for_much_memory_is_refused() {
    let mut wide = zstd::stream::write::Encoder::new(Vec::new(), 1).expect("zstd");
    wide.window_log(30).expect("window");
    wide.write_all(GOOD.as_bytes()).expect("write");
    check("weit.txt.zst", &wide.finish().expect("zstd"), "asks for more memory than findbuch gives to decompression");
    let mut options = liblzma::stream::LzmaOptions::new_preset(0).expect("preset");
    options.dict_size(512 << 20);
    // an encoder with that window would take gigabytes itself, so the window is written into a finished stream
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 0);
    encoder.write_all(GOOD.as_bytes()).expect("write");
    let stream = with_window(encoder.finish().expect("xz"));
    check("weit.txt.xz", &stream, "asks for more memory than findbuch gives to decompression");
}

/// The xz stream with a dictionary of 1.5 GB declared: byte 4 of the block's header, whose checksum is renewed.
fn with_window(mut stream: Vec<u8>) -> Vec<u8> {
    // 12 bytes of stream header, then: size, flags, filter, size of its properties, dictionary
    let (start, length) = (12, (usize::from(stream[12]) + 1) * 4);
    assert_eq!(stream[start + 2..start + 4], [0x21, 1], "LZMA2 alone");
    stream[start + 4] = 37;
    let mut crc = flate2::Crc::new();
    crc.update(&stream[start..start + length - 4]);
    stream[start + length - 4..start + length].copy_from_slice(&crc.sum().to_le_bytes());
    stream
}

#[test]
fn bombs_within_each_other_share_one_limit() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    let blank = vec![b'\n'; 512 << 10];
    let numbered = |end: &str, content: &[u8]| -> Vec<(String, Vec<u8>)> {
        (0..8).map(|number| (format!("{number}.{end}"), content.to_vec())).collect()
    };
    let inner = zip(&numbered("jsonl", &blank));
    let middle = zip(&numbered("zip", &inner));
    bench.write("a/bombe.zip", zip(&numbered("zip", &middle)));
    let output = bench.run(&[&["index", "a"][..], &LIMITS].concat());
    assert_eq!(output.code, Some(2));
    let opened = output.err.lines().filter(|line| line.contains("is empty")).count();
    assert!((1..8).contains(&opened), "of 256 MB no more than 1.1 is unpacked: {}", output.err);
    assert!(output.err.contains("decompresses to far more than articles do"), "{}", output.err);
    assert!(output.err.lines().count() <= 102, "not one message each of 512: {}", output.err.lines().count());
    assert_eq!(bench.hits("Vorwerk"), ["a/gut.txt"]);
    assert_eq!(bench.run(&["check"]).code, Some(0));
}

#[cfg(feature = "html")]
#[test]
fn captured_pages_share_the_limit_of_their_archive() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&vec![b' '; 900 << 10]).expect("write");
    let body = gzip.finish().expect("gzip");
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let block = [head.as_bytes(), &body].concat();
    let record = [
        format!("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", block.len()).as_bytes(),
        &block,
        b"\r\n\r\n",
    ]
    .concat();
    let bench = Bench::new();
    bench.write("a/bombe.warc", record.repeat(20));
    let output = bench.run(&[&["index", "a"][..], &LIMITS].concat());
    assert_eq!(output.code, Some(2));
    assert!(output.err.contains("bombe.warc:20: decompresses to far more than articles do"), "{}", output.err);
}

#[cfg(feature = "html")]
#[test]
fn one_long_line_of_zeros_is_refused() {
    for name in ["zeile.jsonl", "text.txt", "seite.html", "tabelle.csv", "web.warc", "band.zip", "dienst.xml"] {
        let bench = Bench::new();
        let path = bench.write(&format!("a/{name}"), "");
        // no block of it is on disk
        std::fs::File::options().write(true).open(path).expect("open").set_len(2 << 30).expect("grow");
        let limits = findbuch_corpus::Limits::on(jiff::civil::date(2026, 11, 24));
        let folder = bench.path("a").canonicalize().expect("a");
        let found: Vec<_> = findbuch_corpus::walk(&folder, &folder, &[]).collect();
        let [findbuch_corpus::Found::File(file, format)] = found.as_slice() else { panic!("{found:?}") };
        let read = std::sync::atomic::AtomicU64::new(0);
        let outcome = findbuch_corpus::read(file, *format, &limits, &read, &mut |article| {
            panic!("{name}: {article:?}");
        });
        assert!(outcome.is_err(), "{name}");
        let read = read.into_inner();
        assert!(read <= limits.max_bytes + (1 << 17), "{name}: {read} bytes are read");
    }
}

#[test]
fn xml_that_grows_or_nests_is_refused() {
    let mut laughs = String::from("<!ENTITY l0 \"ha\">");
    for level in 1..10 {
        let _ = write!(laughs, "<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10));
    }
    let feed = |doctype: &str, text: &str| {
        format!("<?xml version=\"1.0\"?>{doctype}<rss><channel><item><title>{text}</title></item></channel></rss>")
    };
    for (xml, message) in [
        (feed(&format!("<!DOCTYPE rss [{laughs}]>"), "&l9;"), "uses the entity &l9;"),
        (
            feed(&format!("<!DOCTYPE rss [<!ENTITY l \"{}\">]>", "x".repeat(9000)), &"&l;".repeat(999)),
            "uses the entity &l;",
        ),
        (feed("", &"<b>".repeat(20_000)), "has more than 250 levels of nesting"),
    ] {
        check("dienst.xml", xml.as_bytes(), message);
    }
    let external = feed("<!DOCTYPE rss [<!ENTITY l SYSTEM \"file:///etc/hostname\">]>", "Linde &l;");
    let bench = Bench::new();
    bench.write("a/dienst.xml", external);
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let shown = bench.run(&["search", "Linde", "--format", "jsonl"]);
    assert!(shown.out.contains("Linde &l;"), "nothing is fetched: {}", shown.out);
}

#[test]
fn deep_nesting_is_refused_or_flattened() {
    for name in ["tief.json", "liste.json", "zeile.jsonl"] {
        let opening = if name == "liste.json" { "[" } else { "{\"text\":" };
        check(name, opening.repeat(100_000).as_bytes(), "recursion limit exceeded");
    }
    let part = "--x\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=x\n\n";
    let mail = format!("Content-Type: multipart/mixed; boundary=x\n\n{}", part.repeat(3000));
    check("tief.eml", mail.as_bytes(), "has more than 200 parts");
    let bench = Bench::new();
    for (name, opening) in [("tief.html", "<div>"), ("zitat.md", "> ")] {
        bench.write(&format!("a/{name}"), format!("{}Die Linden am Vorwerk bleiben stehen.\n", opening.repeat(3_000)));
    }
    let output = bench.run(&["index", "a"]);
    assert!(matches!(output.code, Some(0 | 2)), "{}", output.err);
    assert_eq!(bench.run(&["check"]).code, Some(0));
}

#[test]
fn faulty_records_beyond_a_number_are_counted() {
    let bench = Bench::new();
    let mut lines = "{\n".repeat(20_000);
    lines.push_str("{\"title\":\"Linde\",\"text\":\"Die Linde am Vorwerk bleibt.\"}\n");
    bench.write("a/halb.jsonl", lines);
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(2));
    assert_eq!(output.err.lines().count(), 101, "{}", output.err);
    assert!(
        output.err.contains("a/halb.jsonl: has 19900 more that cannot be read than the 100 that are named"),
        "{}",
        output.err
    );
    assert_eq!(bench.hits("Vorwerk"), ["a/halb.jsonl"], "what is whole is read");
}

/// A PDF with a font whose list of widths has a range of two billion letters.
const WIDTHS: &str = "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>> endobj
4 0 obj <</Length 42>> stream
BT /F1 12 Tf 50 700 Td <00480049> Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>> endobj
6 0 obj <</Type/Font/Subtype/CIDFontType2/BaseFont/A/W[0 2147483647 500]>> endobj
trailer <</Root 1 0 R>>
";

#[test]
fn what_makes_parsers_run_away_ends_alone() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    #[cfg(feature = "html")]
    let fonts = (0..4000).map(|size| format!("<font size={size}>")).collect::<Vec<_>>().concat();
    for (file, content, message) in [
        (
            "werte.json",
            format!("{{\"title\":\"x\",\"body\":[{}0]}}", many("0,", 800_000)),
            "has more than 700000 values",
        ),
        (
            "werte.jsonl",
            format!("{{\"title\":\"x\",\"body\":[{}0]}}", many("0,", 400_000)),
            "has more than 300000 values",
        ),
        ("teile.eml", format!("Subject: x\n\n{}", many("--a\n\n", 20_000)), "is no e-mail"),
        ("kopf.eml", format!("Subject: x\n{}\nx", many("X-A: b\n", 10_000)), "is no e-mail"),
        ("zeilen.txt", many("Wort ", 2_000_000), "has more text than an article"),
        ("breiten.pdf", WIDTHS.to_owned(), "takes more than 2 s or 256 MB"),
        #[cfg(feature = "html")]
        ("schriften.html", format!("<h1>Markt</h1>{fonts}{}", many("<p>x", 4000)), "takes more than 2 s or 256 MB"),
        #[cfg(feature = "html")]
        ("fett.html", format!("<h1>Markt</h1>{}", many("<b><i><p>", 60_000)), "takes more than 2 s or 256 MB"),
    ] {
        let bench = Bench::new();
        bench.write("a/gut.txt", GOOD);
        bench.write(&format!("a/{file}"), content);
        let output = bench.expect(&["index", "a"]).code(2).err_has(message).out_has("articles: 1 new").check();
        assert!(output.err.starts_with(&format!("findbuch: a/{file}")), "{}", output.err);
        assert_eq!(bench.hits("Vorwerk"), ["a/gut.txt"], "{file}");
    }
}

#[cfg(feature = "html")]
#[test]
fn unusual_pages_are_read_in_a_process_of_their_own() {
    let bench = Bench::new();
    let text = "<p>Der Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis am Montag mit.</p>";
    let deep = format!("{}{text}{}", "<section><ul><li>".repeat(160), "</ul></section>".repeat(160));
    bench.write("a/tief.html", format!("<html><body><h1>Der Deich hält</h1>{}</body></html>", deep.repeat(14)));
    let attributes = (0..30_000).map(|number| format!(" a{number}=x")).collect::<Vec<_>>().concat();
    bench.write(
        "a/breit.html",
        format!("<html><body><h1>Der Deich hält</h1><div{attributes}>{text}</div></body></html>"),
    );
    bench.expect(&["index", "a"]).out_has("articles: 2 new").check();
    assert_eq!(bench.hits("Nacht").len(), 2);
    assert!(bench.names("titel:Deich").contains(&"tief.html".to_owned()));
}
