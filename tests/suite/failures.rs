//! Under failure: each with one clear message and exit code 2, and the rest indexed.

use crate::Bench;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

const GOOD: &str =
    "Deich hält der Flut stand\n\nDer Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis mit.\n";

/// Indexes `a`, which has a good file beside what `spoil` puts there: one message that has `message`, exit code 2.
fn check(message: &str, spoil: impl FnOnce(&Bench)) {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    spoil(&bench);
    let output = bench.run(&["index", "a", "--max-article-size", "1"]);
    assert_eq!(output.code, Some(2), "{message}: {}{}", output.out, output.err);
    assert_eq!(output.err.lines().count(), 1, "{message}: {}", output.err);
    assert!(output.err.contains(message), "{message}: {}", output.err);
    assert_eq!(bench.hits("Deich"), ["a/gut.txt"], "{message}");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    check("a/null.txt: is not text (it has zero bytes)", |b| drop(b.write("a/null.txt", [0; 5000])));
    check("a/leer.txt: is empty", |b| drop(b.write("a/leer.txt", "")));
    check("a/gross.txt: is larger than 1 MB", |b| drop(b.write("a/gross.txt", "Wort ".repeat(300_000))));
    check("a/halb.json: is not valid JSON: EOF while parsing", |b| drop(b.write("a/halb.json", "{\"title\": \"x")));
    check("a/fremd.json: has neither a headline nor a text", |b| drop(b.write("a/fremd.json", "{\"a\": 1}")));
    check("a/kopf.md: has faulty YAML front matter", |b| drop(b.write("a/kopf.md", "---\ntitle: [x\n---\nText\n")));
    check("a/kaputt.jsonl.gz: ", |b| drop(b.write("a/kaputt.jsonl.gz", "kein gzip")));
    check("a/kreis: is a link that leads round in a circle", |b| {
        symlink(b.path("a"), b.path("a/kreis")).expect("link");
    });
    check("a/fort.txt: is a link that leads nowhere", |b| symlink("nirgends", b.path("a/fort.txt")).expect("link"));
    check("a/hinaus.txt: is a link out of the folder", |b| {
        let outside = b.write("b/draussen.txt", GOOD);
        symlink(outside, b.path("a/hinaus.txt")).expect("link");
    });
    check("a/rohr.txt: is a pipe, not a file", |b| {
        assert!(Command::new("mkfifo").arg(b.path("a/rohr.txt")).status().expect("mkfifo").success());
    });
}

#[test]
fn what_may_not_be_read_is_named_and_kept() {
    use std::os::unix::process::CommandExt;
    let bench = Bench::new();
    for folder in ["a/zu", "index"] {
        std::fs::create_dir_all(bench.path(folder)).expect("create");
    }
    bench.write("a/gut.txt", GOOD);
    let file = bench.write("a/geheim.txt", GOOD.replace("Vorwerk", "Siel"));
    bench.write("a/zu/innen.txt", GOOD.replace("Vorwerk", "Tor"));
    let mode =
        |path: &std::path::Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("chmod");
    for path in [bench.folder.path().to_path_buf(), bench.path("a"), bench.path("index"), bench.path("a/zu")] {
        mode(&path, 0o777);
    }
    // root may read everything, so the program runs as nobody then
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
    let index = || {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("findbuch"));
        command.args(["index", "a"]).current_dir(bench.folder.path()).env("FINDBUCH_INDEX", bench.path("index"));
        if root {
            command.uid(65534).gid(65534);
        }
        command.output().expect("it runs")
    };
    let first = index();
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    mode(&file, 0o000);
    mode(&bench.path("a/zu"), 0o000);
    bench.write("a/gut.txt", GOOD.replace("Nacht", "Woche"));
    std::fs::write(bench.path("a/neu.txt"), GOOD).expect("write");
    mode(&bench.path("a/neu.txt"), 0o000);
    let second = index();
    mode(&bench.path("a/zu"), 0o777);
    let err = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(2), "{err}");
    for name in ["a/neu.txt: permission denied", "a/zu: permission denied"] {
        assert!(err.contains(name), "{name}: {err}");
    }
    assert_eq!(bench.hits("Woche"), ["a/gut.txt"], "the rest is indexed");
    assert_eq!(bench.hits("Tor"), ["a/zu/innen.txt"], "what was known of a closed folder is kept");
}

#[test]
fn a_place_that_can_hold_no_index_is_refused() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    let file = bench.write("datei", "x");
    bench.write("voll/brief.doc", "x");
    for (place, message, german) in [
        (file, "is a file", "ist eine Datei"),
        (bench.path("voll"), "is no index of findbuch", "kein Index von findbuch"),
    ] {
        let place = place.to_string_lossy().into_owned();
        for arguments in [&["--index", &place, "index", "a"][..], &["--index", &place, "search", "Deich", "--in", "a"]]
        {
            let output = bench.run(arguments);
            assert_eq!(output.code, Some(2), "{arguments:?}");
            let told = output.err.contains(if arguments.contains(&"search") { german } else { message });
            assert!(told && output.err.lines().count() == 1, "{}", output.err);
        }
    }
    let none = bench.run(&["search", "Deich", "--lang", "en"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("there is no index") && none.err.contains("findbuch index FOLDER"), "{}", none.err);
    let empty = bench.run(&["index"]);
    assert_eq!(empty.code, Some(2));
    assert!(empty.err.contains("name a folder to index"), "{}", empty.err);
}

#[test]
fn an_empty_folder_is_an_empty_index() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("a")).expect("create");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let output = bench.run(&["search", "Deich"]);
    assert_eq!((output.code, output.out.as_str()), (Some(1), "0 Treffer\n"));
}

#[test]
fn an_index_of_another_version_is_refused_until_it_is_made_anew() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    bench.run(&["index", "a"]);
    let meta = bench.path("index/gen-1/meta.json");
    let text = std::fs::read_to_string(&meta).expect("meta");
    // as an earlier version wrote it, without a checksum
    let (unsealed, _) = text.rsplit_once(",\"checksum\":\"").expect("a seal");
    std::fs::write(&meta, unsealed.replace("german-", "altdeutsch-") + "}").expect("write");
    for arguments in [&["search", "Deich"][..], &["index", "a"], &["stats"]] {
        let output = bench.run(arguments);
        assert_eq!(output.code, Some(2), "{arguments:?}");
        assert!(
            (output.err.contains("another version") || output.err.contains("einer anderen Version"))
                && output.err.contains("findbuch index --rebuild"),
            "{}",
            output.err
        );
    }
    assert_eq!(bench.run(&["index", "--rebuild"]).code, Some(0));
    assert_eq!(bench.hits("Deich"), ["a/gut.txt"]);
}

#[test]
fn a_second_writer_is_refused_and_readers_go_on() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    bench.run(&["index", "a"]);
    let lock = std::fs::File::options().write(true).open(bench.path("index/writer.lock")).expect("lock file");
    lock.lock().expect("lock");
    let writer = bench.run(&["index", "a"]);
    assert_eq!(writer.code, Some(2));
    assert!(writer.err.contains("another findbuch is updating the index"), "{}", writer.err);
    assert_eq!(bench.hits("Deich"), ["a/gut.txt"]);
    let within = bench.run(&["search", "Deich", "--in", "a", "--format", "paths"]);
    assert_eq!((within.code, within.out.as_str()), (Some(0), "a/gut.txt\n"), "{}", within.err);
}

#[test]
fn control_characters_of_an_article_do_not_reach_the_terminal() {
    let bench = Bench::new();
    bench.write(
        "a/\u{1b}[31mrot.txt",
        "Deich \u{1b}]0;Titel\u{7} hält stand\n\nDer Deich \u{1b}[2J hält, teilte der Kreis mit.\n",
    );
    bench.run(&["index", "a"]);
    for format in ["text", "csv", "paths", "json"] {
        let output = bench.run(&["search", "Deich", "--format", format]);
        assert_eq!(output.code, Some(0));
        assert!(!output.out.contains('\u{1b}'), "{format}: {:?}", output.out);
    }
}
