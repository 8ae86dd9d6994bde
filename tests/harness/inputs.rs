//! Files that are made to be slow or to take much memory: each ends within its budget. What a run takes is said by GNU time.

use crate::place::{named_program, program};
use crate::{Effort, Outcome};
use std::io::{Cursor, Write};
use std::process::Command;

/// What a run may take: seconds of a processor that is as fast as usual, and megabytes. A program of this build is given as much more
/// time as it gives files.
const SECONDS: f64 = 5.0;
const MEGABYTES: f64 = 300.0;
const TEXT: &str = "Der Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis am Montag mit. ";

type Input = (&'static str, Box<dyn Fn() -> Vec<u8>>);

pub fn run(effort: Effort) -> Outcome {
    if !Command::new("/usr/bin/time").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Outcome::skipped("GNU time is not there");
    }
    let slowness = if named_program().is_some() { 1.0 } else { findbuch_corpus::slowness() };
    // a short run meets what runs away; that seconds depend on the machine must not decide it
    let most = SECONDS * slowness * if effort.short { 4.0 } else { 1.0 };
    let (mut failures, mut dearest, mut largest) = (Vec::new(), (0.0, ""), (0.0, ""));
    let inputs = inputs();
    let step = effort.of(1, 4);
    let mut runs = 0;
    for (name, content) in inputs.iter().step_by(step) {
        runs += 1;
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("a")).expect("made");
        std::fs::write(folder.path().join("a").join(name), content()).expect("written");
        let mut command = Command::new("/usr/bin/time");
        command.args(["-f", "%U %S %M"]).arg(program()).args(["index", "a"]).current_dir(folder.path());
        let output = command.env("FINDBUCH_INDEX", folder.path().join("index")).output().expect("it runs");
        let err = String::from_utf8_lossy(&output.stderr);
        let figures: Vec<f64> =
            err.lines().last().unwrap_or("").split(' ').filter_map(|figure| figure.parse().ok()).collect();
        let [user, system, kilobytes] = figures[..] else {
            failures.push(format!("{name}: {err}"));
            continue;
        };
        let (seconds, megabytes) = (user + system, kilobytes / 1024.0);
        if seconds > dearest.0 {
            dearest = (seconds, name);
        }
        if megabytes > largest.0 {
            largest = (megabytes, name);
        }
        if seconds > most
            || megabytes > MEGABYTES
            || !matches!(output.status.code(), Some(0 | 2))
            || err.contains("panicked")
        {
            failures.push(format!("{name}: {seconds:.1} s, {megabytes:.0} MB, {:?}: {err}", output.status));
        }
    }
    let seen = format!("at most {:.1} s of {most:.1} ({}), {:.0} MB ({})", dearest.0, dearest.1, largest.0, largest.1);
    Outcome { runs, seen, failures }
}

fn page(body: &str) -> Vec<u8> {
    format!("<html><body><h1>Markt</h1>{body}{TEXT}</body></html>").into_bytes()
}

fn many(piece: &'static str, times: usize) -> String {
    piece.repeat(times)
}

fn numbered(times: usize, piece: impl Fn(usize) -> String) -> String {
    (0..times).map(piece).collect::<Vec<_>>().concat()
}

fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("begun");
        archive.write_all(content).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).expect("written");
    encoder.finish().expect("finished")
}

fn warc(pages: &[Vec<u8>]) -> Vec<u8> {
    let mut archive = Vec::new();
    for page in pages {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n";
        let block = [head.as_bytes(), &gzip(page)].concat();
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://warte.example/{}\r\n\
             WARC-Date: 2021-05-04T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            archive.len(),
            block.len()
        );
        archive.extend([record.as_bytes(), &block, b"\r\n\r\n"].concat());
    }
    archive
}

fn json(body: &str) -> Vec<u8> {
    format!("{{\"title\":\"Markt\",\"body\":{body}}}").into_bytes()
}

/// Every kind at which some reader was slow, or might have been.
fn inputs() -> Vec<Input> {
    let mut inputs = Vec::new();
    pages(&mut inputs);
    records(&mut inputs);
    texts(&mut inputs);
    bulky(&mut inputs);
    inputs
}

fn pages(inputs: &mut Vec<Input>) {
    let mut add = |name: &'static str, content: Box<dyn Fn() -> Vec<u8>>| inputs.push((name, content));
    for (name, piece) in [
        ("zellen.html", "<table><td>"),
        ("zeilen.html", "<td><tr>"),
        ("tabellen.html", "<table><tr><td>x"),
        ("fett.html", "<b><i><p>"),
        ("fett-text.html", "<b><i><p>wort"),
        ("verweise.html", "<a href=x><div>t"),
        ("bereiche.html", "<div>t "),
        ("listen.html", "<ul><li>t "),
        ("spannen.html", "<span>t </span>"),
        ("umbrüche.html", "t<br>"),
        ("angaben.html", "<meta name=author content=x>"),
        ("zeile.html", "<div class='byline date'>Von Anna Thorn 3. Mai 2020</div>"),
        ("köpfe.html", "<h1>Markt am Kai</h1>"),
        ("auswahl.html", "<select><option>x"),
        ("bilder.html", "<figure><img src=x><figcaption>Foto: dpa"),
        ("grafik.html", "<svg><g>"),
        ("zeichen.html", "&amp;&#x41;"),
        ("kleiner.html", "<"),
        ("bemerkungen.html", "<!--"),
        ("programme.html", "<script>"),
        ("knöpfe.html", "<button><p>"),
        ("zitate.html", "<blockquote><cite><p>x"),
        ("ruby.html", "<ruby><rt>x"),
        ("rahmen.html", "<iframe></iframe><object>"),
        ("formulare.html", "<form><input><textarea>"),
    ] {
        add(name, Box::new(move || page(&many(piece, 40_000))));
    }
    add("absätze.html", Box::new(|| page(&format!("<p>{TEXT}").repeat(40_000))));
    add("attribute.html", Box::new(|| page(&format!("<p{}>", numbered(40_000, |number| format!(" a{number}=x"))))));
    add(
        "schriften.html",
        Box::new(|| page(&(numbered(20_000, |size| format!("<font size={size}>")) + &many("<p>x", 20_000)))),
    );
    add(
        "ld.html",
        Box::new(|| page(&format!("<script type='application/ld+json'>{}</script>", many("{\"a\":", 40_000)))),
    );
    add(
        "ld-werte.html",
        Box::new(|| page(&format!("<script type='application/ld+json'>[{}0]</script>", many("0,", 4_000_000)))),
    );
    add("leer.html.gz", Box::new(|| gzip(&page(&" ".repeat(40 << 20)))));
    add("seiten.warc", Box::new(|| warc(&vec![page(&format!("<p>{TEXT}").repeat(60_000)); 8])));
    add("fett.warc", Box::new(|| warc(&[page(&many("<b><i><p>", 300_000))])));
    add(
        "brief.mhtml",
        Box::new(|| {
            let head =
                "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n";
            format!("{head}{}\n--x--\n", many("<table><td>", 400_000)).into_bytes()
        }),
    );
}

/// Files that hold far more than they are stored as, none of it unusual by itself.
fn bulky(inputs: &mut Vec<Input>) {
    let mut add = |name: &'static str, content: Box<dyn Fn() -> Vec<u8>>| inputs.push((name, content));
    let line = |number: usize| format!("{{\"id\":\"{number}\",\"headline\":\"x\",\"body\":\"y z\"}}\n");
    let members = |number: usize, kind: &str, content: &dyn Fn() -> Vec<u8>| {
        let content = content();
        zip(&(0..number).map(|number| (format!("{number}.{kind}"), content.clone())).collect::<Vec<_>>())
    };
    add("viele.jsonl.gz", Box::new(move || gzip(numbered(607_000, line).as_bytes())));
    add("gleiche.jsonl.gz", Box::new(move || gzip(line(1).repeat(2_000_000).as_bytes())));
    add("zeilen.csv", Box::new(|| format!("title,text\n{}", many("x,y\n", 5_000_000)).into_bytes()));
    add("zeilen.csv.gz", Box::new(|| gzip(format!("title,text\n{}", many("x,y\n", 5_000_000)).as_bytes())));
    add(
        "lange.jsonl.gz",
        Box::new(|| {
            let one = |number| format!("{{\"headline\":\"Markt {number}\",\"body\":\"{}\"}}\n", TEXT.repeat(12));
            gzip(numbered(120_000, one).as_bytes())
        }),
    );
    add("zellen.zip", Box::new(move || members(700, "html", &|| page(&many("<table><td>", 12_000)))));
    add("absätze.zip", Box::new(move || members(300, "html", &|| page(&format!("<p>{TEXT}").repeat(6_000)))));
    add("texte.zip", Box::new(move || members(500, "txt", &|| TEXT.repeat(3_000).into_bytes())));
    add("gepackte.zip", Box::new(move || members(60, "txt.gz", &|| gzip(&TEXT.repeat(90_000).into_bytes()))));
}

fn records(inputs: &mut Vec<Input>) {
    let mut add = |name: &'static str, content: Box<dyn Fn() -> Vec<u8>>| inputs.push((name, content));
    add("nullen.json", Box::new(|| json(&format!("[{}0]", many("0,", 20_000_000)))));
    add("leere.json", Box::new(|| json(&format!("[{}{{}}]", many("{},", 15_000_000)))));
    add(
        "schlüssel.json",
        Box::new(|| {
            format!("{{\"title\":\"x\",{}\"z\":1}}", numbered(3_000_000, |number| format!("\"{number}\":1,")))
                .into_bytes()
        }),
    );
    add("tief.json", Box::new(|| many("[", 1_000_000).into_bytes()));
    add("zeichen.json", Box::new(|| json(&format!("\"{}\"", many("\\u0041", 8_000_000)))));
    add(
        "artikel.json",
        Box::new(|| {
            let one = |number| format!("{{\"id\":\"{number}\",\"headline\":\"Markt\",\"body\":\"{TEXT}{TEXT}\"}},");
            format!("[{}{{}}]", numbered(40_000, one)).into_bytes()
        }),
    );
    add(
        "fett.jsonl",
        Box::new(|| (json(&format!("\"{}\"", many("<b><i><p>", 50_000))).into_iter().chain([b'\n'])).collect()),
    );
}

fn texts(inputs: &mut Vec<Input>) {
    let mut add = |name: &'static str, content: Box<dyn Fn() -> Vec<u8>>| inputs.push((name, content));
    add("lang.txt", Box::new(|| TEXT.repeat(500_000).into_bytes()));
    add("zeilen.txt", Box::new(|| many("a\n", 20_000_000).into_bytes()));
    add("wort.txt", Box::new(|| many("x", 60 << 20).into_bytes()));
    add("striche.txt", Box::new(|| many("a-", 3 << 20).into_bytes()));
    add("umlaute.txt", Box::new(|| many("Ä", 3 << 20).into_bytes()));
    add("liste.md", Box::new(|| many("# a\n\n* b\n", 4_000_000).into_bytes()));
    add("anker.md", Box::new(|| format!("---\n{}---\nText\n", many("a: &x [*x]\n", 100_000)).into_bytes()));
    add(
        "teile.eml",
        Box::new(|| {
            format!("Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n{}", many("--a\n\nx\n", 3_000_000))
                .into_bytes()
        }),
    );
    add("kopf.eml", Box::new(|| format!("Subject: x\n{}\nText", many("X-A: b\n", 3_000_000)).into_bytes()));
    add("betreff.eml", Box::new(|| format!("Subject: {}\n\nText", many("=?utf-8?Q?=41?= ", 1_000_000)).into_bytes()));
    add(
        "fett.eml",
        Box::new(|| format!("Subject: x\nContent-Type: text/html\n\n{}", many("<b><i><p>", 3_000_000)).into_bytes()),
    );
    add("leer.xml", Box::new(|| format!("<a>{}</a>", many("<b/>", 2_900_000)).into_bytes()));
    add(
        "absätze.xml",
        Box::new(|| {
            format!("<nitf><body><body.content>{}</body.content></body></nitf>", many("<p>x</p>", 450_000)).into_bytes()
        }),
    );
    add(
        "attribute.xml",
        Box::new(|| {
            let tag = format!("<b {}/>", numbered(400, |number| format!("a{number}='' ")));
            format!("<a>{}</a>", tag.repeat(8000)).into_bytes()
        }),
    );
    add(
        "spalten.csv",
        Box::new(|| {
            format!("title,text{}\nx,y{}\n", numbered(200_000, |number| format!(",c{number}")), many(",", 200_000))
                .into_bytes()
        }),
    );
    add(
        "meldung.ipt",
        Box::new(|| format!("bdt0001 3 pl 100 dpa 0001\n\nMarkt =\n\n{}", many("x\n", 10_000_000)).into_bytes()),
    );
    add(
        "leere.zip",
        Box::new(|| zip(&(0..20_000).map(|number| (format!("{number}.txt"), Vec::new())).collect::<Vec<_>>())),
    );
    add(
        "dokument.docx",
        Box::new(|| {
            let xml = format!(
                "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{}</w:body></w:document>",
                many("<w:p><w:r><w:t>x</w:t></w:r></w:p>", 400_000)
            );
            zip(&[("[Content_Types].xml".into(), b"<Types/>".to_vec()), ("word/document.xml".into(), xml.into_bytes())])
        }),
    );
}
