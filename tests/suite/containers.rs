//! Compressed files, archives of files and web archives, through the real binary.

use crate::Bench;
use serde_json::Value;
use std::io::Write;

const TEXT: &str =
    "Der Deich hält\n\nDer Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis am Montag mit.\n";

fn hits(bench: &Bench, query: &str) -> Vec<Value> {
    let output = bench.run(&["search", query, "--format", "jsonl", "-n", "50"]);
    output.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("start");
        writer.write_all(content).expect("write");
    }
    writer.finish().expect("finish").into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        // as a hostile program would write it: without the checks of the library
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *content).expect("append");
    }
    builder.into_inner().expect("finish")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("write");
    encoder.finish().expect("finish")
}

#[cfg(feature = "html")]
#[test]
fn members_are_found_and_shown_by_their_place() {
    let bench = Bench::with_sample_corpus();
    for (query, path, record, date) in [
        (
            "Trampoline",
            "behaelter/jahrgang-2016.zip!/2016/06/kleingaerten.html",
            None,
            Some("2016-06-21T08:15:00+02:00"),
        ),
        ("Etagenofen", "behaelter/jahrgang-2016.zip!/2016/02/baeckerei-oberlenz.txt", None, Some("2016-02-09")),
        ("Bohrmaschinen", "behaelter/jahrgang-2017.tar.xz!/2017/stadtbuecherei-warnsee.txt", None, None),
        ("Kegelbahn", "behaelter/jahrgang-2018.7z!/2018/03/kegelbahn.txt", None, None),
        ("Glockenspiel", "behaelter/glockenspiel-2003.txt.bz2", None, Some("2003-10-04")),
        ("Fahrradstraße Post", "behaelter/web-2021.warc.gz", Some(2), Some("2021-04-27T06:00:00+02:00")),
        ("Imkerverein Rekordernte", "behaelter/web-2021.warc.gz", Some(4), Some("2021-08-02T17:30:00+02:00")),
    ] {
        let found = hits(&bench, query);
        let hit = found.first().unwrap_or_else(|| panic!("{query} is found"));
        assert!(hit["path"].as_str().is_some_and(|found| found.ends_with(path)), "{query}: {}", hit["path"]);
        assert_eq!(hit["record"].as_u64(), record, "{query}");
        assert_eq!(hit["date"].as_str(), date, "{query}");
    }
    let page = bench.run(&["show", "https://warnseer-anzeiger.example/imker", "--format", "json"]);
    let page: Value = serde_json::from_str(&page.out).expect("JSON");
    assert_eq!(page["captured"], "2021-09-01T04:00:07Z", "the capture is kept apart from the publication");
}

#[test]
fn containers_within_containers_are_opened_to_a_depth() {
    let bench = Bench::new();
    let innermost = zip(&[("a.txt", TEXT.as_bytes())]);
    let middle =
        tar(&[("b/innen.zip", &innermost), ("b/auch.txt.gz", &gzip(TEXT.replace("Vorwerk", "Siel").as_bytes()))]);
    bench.write("t/aussen.tar.gz", gzip(&middle));
    let deep = zip(&[("4.zip", &zip(&[("5.zip", &zip(&[("6.zip", &innermost)]))]))]);
    bench.write("t/tief.zip", deep);
    let output = bench.run(&["index", "t"]);
    assert_eq!(output.code, Some(2));
    assert!(output.err.contains("tief.zip!/4.zip!/5.zip!/6.zip: lies in more than 3 containers"), "{}", output.err);
    assert_eq!(bench.hits("Vorwerk"), ["t/aussen.tar.gz!/b/innen.zip!/a.txt"]);
    assert_eq!(bench.hits("Siel"), ["t/aussen.tar.gz!/b/auch.txt.gz"]);
}

#[test]
fn issues_in_a_container_are_divided_into_their_articles() {
    let sample = |name: &str| std::fs::read(crate::project().join("sample-corpus/presse/warte-1997").join(name));
    let [mets, first, second] =
        ["mets.xml", "alto/0001.xml", "alto/0002.xml"].map(|name| sample(name).expect("a sample"));
    let (issue, one, two) =
        (("1997/mets.xml", &mets[..]), ("1997/alto/0001.xml", &first[..]), ("1997/alto/0002.xml", &second[..]));
    let folder = Bench::new();
    for (name, content) in [issue, one, two] {
        folder.write(&format!("a/{name}"), content);
    }
    folder.run(&["index", "a"]);
    let expected = hits(&folder, "Pendellager OR Imkerschule OR Warte");
    assert!(expected.len() > 1, "{expected:?}");
    let told = |found: &[Value]| -> Vec<String> {
        let mut all: Vec<String> =
            found.iter().map(|hit| format!("{} {} {}", hit["title"], hit["date"], hit["record"])).collect();
        all.sort();
        all
    };
    for (name, archive) in [
        ("vorn.zip", zip(&[issue, one, two])),
        ("hinten.tar", tar(&[two, one, issue])),
        ("innen.zip", zip(&[("x.tar.gz", &gzip(&tar(&[one, issue, two])))])),
    ] {
        let bench = Bench::new();
        bench.write(&format!("a/{name}"), archive);
        let output = bench.run(&["index", "a"]);
        assert_eq!(output.code, Some(0), "{}", output.err);
        let found = hits(&bench, "Pendellager OR Imkerschule OR Warte");
        assert_eq!(told(&found), told(&expected), "{name}");
        assert!(
            found.iter().all(|hit| hit["path"].as_str().is_some_and(|path| path.ends_with("1997/mets.xml"))),
            "{found:?}"
        );
    }
    // without its pages it is named, and pages without it are articles of their own
    let bench = Bench::new();
    bench.write("a/ohne.zip", zip(&[issue]));
    bench.write("a/seiten.zip", zip(&[two, one]));
    let output = bench.run(&["index", "a"]);
    assert!(
        output.out.contains("1 a METS file without its pages, compressed, or named without METS"),
        "{}",
        output.out
    );
    let mut paths: Vec<String> =
        hits(&bench, "Pendellager OR Imkerschule OR Warte").iter().map(|hit| hit["path"].to_string()).collect();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), 2, "{paths:?}");
}

#[test]
fn bombs_and_broken_members_are_told_and_the_rest_is_read() {
    let bench = Bench::new();
    let zeros = vec![b'a'; 40 << 20];
    bench.write("t/bombe.jsonl.gz", gzip(&vec![b'\n'; 40 << 20]));
    bench.write("t/viele.zip", zip(&[("gut.txt", TEXT.as_bytes()), ("bombe.txt", &zeros), ("leer.txt", b"")]));
    bench.write("t/abgebrochen.zip", &zip(&[("gut.txt", TEXT.as_bytes())])[..60]);
    let output = bench.run(&["index", "t", "--max-article-size", "1", "--max-expansion", "20"]);
    assert_eq!(output.code, Some(2));
    for message in [
        "bombe.jsonl.gz: decompresses to far more than articles do",
        "viele.zip!/bombe.txt: is larger than 1 MB",
        "viele.zip!/leer.txt: is empty",
        "abgebrochen.zip: cannot be opened to its end",
    ] {
        assert!(output.err.contains(message), "{message}: {}", output.err);
    }
    assert_eq!(bench.hits("Vorwerk"), ["t/viele.zip!/gut.txt"]);
}

#[test]
fn members_do_not_leave_their_container() {
    let bench = Bench::new();
    bench.write("t/a.tar", tar(&[("../../geheim.txt", TEXT.as_bytes()), ("/etc/auch.txt", TEXT.as_bytes())]));
    bench.run(&["index", "t"]);
    let mut found = bench.hits("Vorwerk");
    found.sort();
    assert_eq!(found, ["t/a.tar!/etc/auch.txt", "t/a.tar!/geheim.txt"]);
    assert!(!bench.path("geheim.txt").exists());
}

#[test]
fn a_changed_container_is_read_anew() {
    let bench = Bench::new();
    bench.write("t/a.zip", zip(&[("1.txt", TEXT.as_bytes()), ("2.txt", TEXT.replace("Vorwerk", "Siel").as_bytes())]));
    bench.run(&["index", "t"]);
    assert_eq!((bench.hits("Vorwerk").len(), bench.hits("Siel").len()), (1, 1));
    bench.write("t/a.zip", zip(&[("2.txt", TEXT.replace("Vorwerk", "Schleuse").as_bytes())]));
    let output = bench.run(&["index", "t"]);
    assert!(output.out.contains("1 changed"), "{}", output.out);
    assert_eq!((bench.hits("Vorwerk").len(), bench.hits("Siel").len(), bench.hits("Schleuse").len()), (0, 0, 1));
}
