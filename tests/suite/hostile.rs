//! Folders as they should not be: very full, very deep, with names that are no text, changing while they are read,
//! closed, and with things in them that are no files. Each is told, and the rest is indexed.

use crate::Bench;
use findbuch_corpus::{self, Found, Limits};
use std::ops::ControlFlow;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

const GOOD: &str =
    "Die Linden bleiben stehen\n\nDie Linden am Vorwerk bleiben stehen, teilte die Stadt Mehlau am Montag mit.\n";

/// Files in one folder: as many as a debug build reads in a few seconds.
const MANY: usize = 3_000;

/// The folder `a` of `bench` is indexed with these problems, one line each, and no other; the index is whole then.
#[track_caller]
fn indexed(bench: &Bench, problems: &[&str]) {
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(if problems.is_empty() { 0 } else { 2 }), "{}{}", output.out, output.err);
    assert_eq!(output.err.lines().count(), problems.len(), "{}", output.err);
    for problem in problems {
        assert!(output.err.contains(problem), "{problem}: {}", output.err);
    }
    whole(bench);
}

#[track_caller]
fn whole(bench: &Bench) {
    let check = bench.run(&["check"]);
    assert_eq!(check.code, Some(0), "{}", check.err);
}

/// The number of articles that have a word.
#[track_caller]
fn count(bench: &Bench, word: &str) -> usize {
    let output = bench.run(&["search", word, "--format", "json", "-n", "1"]);
    assert!(output.code != Some(2), "{}", output.err);
    let found: serde_json::Value = serde_json::from_str(&output.out).expect("JSON");
    found["total"].as_u64().and_then(|total| usize::try_from(total).ok()).expect("a total")
}

/// Runs the program as one who may not read everything, which root may.
fn as_nobody(bench: &Bench, arguments: &[&str]) -> crate::Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("findbuch"));
    command.args(arguments).current_dir(bench.folder.path()).env("FINDBUCH_INDEX", bench.path("index"));
    if is_root() {
        command.uid(65534).gid(65534);
    }
    let output = command.output().expect("it runs");
    crate::Output {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("chmod");
}

#[test]
#[ignore = "indexes 3,000 files"]
fn a_folder_may_hold_very_many_files() {
    let bench = Bench::new();
    for number in 0..MANY {
        bench.write(&format!("a/{number}.txt"), format!("Linde {number}\n\nDie Linde {number} bleibt stehen.\n"));
    }
    indexed(&bench, &[]);
    assert_eq!(count(&bench, "Linde"), MANY);
    let again = bench.run(&["index", "a"]);
    assert!(again.out.contains(&format!("{MANY} unchanged")), "{}", again.out);
}

#[test]
fn folders_are_entered_to_a_depth_and_what_lies_deeper_is_told() {
    let bench = Bench::new();
    let deep = "d/".repeat(250);
    bench.write(&format!("a/{deep}noch.txt"), GOOD);
    bench.write(&format!("a/{deep}{}tief.txt", "e/".repeat(20)), GOOD.replace("Vorwerk", "Siel"));
    indexed(&bench, &["e: lies more than 256 folders deep; index it by its own path"]);
    assert_eq!((count(&bench, "Vorwerk"), count(&bench, "Siel")), (1, 0));
}

#[test]
fn a_path_too_long_for_the_system_is_told() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    // two halves that are short enough to be made, one then moved below the other
    let half = format!("{}/", "f".repeat(200)).repeat(11);
    bench.write(&format!("b/{half}fern.txt"), GOOD);
    std::fs::create_dir_all(bench.path(&format!("a/{half}"))).expect("create");
    std::fs::rename(bench.path("b"), bench.path(&format!("a/{half}b"))).expect("move");
    indexed(&bench, &["has a path too long for the system; shorten the names of its folders"]);
    assert_eq!(count(&bench, "Vorwerk"), 1);
}

#[test]
fn names_that_are_no_text_are_told_apart() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("a")).expect("create");
    let named = |name: &[u8]| bench.path("a").join(std::ffi::OsStr::from_bytes(name));
    for (name, word) in [(&b"B\xfccher.txt"[..], "Siel"), (b"B\xf6cher.txt", "Hafentor")] {
        std::fs::write(named(name), GOOD.replace("Vorwerk", word)).expect("write");
    }
    std::fs::create_dir(named(b"Jahr\xe4nge")).expect("create");
    std::fs::write(named(b"Jahr\xe4nge/1.txt"), GOOD).expect("write");
    indexed(&bench, &[]);
    assert_eq!(bench.hits("Siel"), ["a/B\\xFCcher.txt"]);
    assert_eq!(bench.hits("Hafentor"), ["a/B\\xF6cher.txt"]);
    assert_eq!(bench.hits("Vorwerk"), ["a/Jahr\\xE4nge/1.txt"]);
    let again = bench.run(&["index", "a"]);
    assert!(again.out.contains("3 unchanged, 0 removed"), "{}", again.out);
    std::fs::remove_file(named(b"B\xf6cher.txt")).expect("remove");
    indexed(&bench, &[]);
    assert_eq!((count(&bench, "Siel"), count(&bench, "Hafentor")), (1, 0));
}

/// Two folders beside each other whose names differ in a byte that is no text, with an article each: `Siel`, `Hafentor`.
fn odd_folders(bench: &Bench) -> [PathBuf; 2] {
    [(&b"Jahr\xe4nge"[..], "Siel"), (b"Jahr\xf6nge", "Hafentor")].map(|(name, word)| {
        let folder = bench.path("").join(std::ffi::OsStr::from_bytes(name));
        std::fs::create_dir_all(folder.join("1995")).expect("create");
        std::fs::write(folder.join("1995/1.txt"), GOOD.replace("Vorwerk", word)).expect("write");
        folder
    })
}

/// Runs findbuch with arguments that may be no text; the output in one piece.
#[track_caller]
fn done(bench: &Bench, arguments: &[&std::ffi::OsStr]) -> String {
    let output = bench.command().args(arguments).output().expect("it runs");
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}");
    text
}

#[test]
fn folders_whose_names_are_no_text_are_indexed_and_searched_by_themselves() {
    let bench = Bench::new();
    let [first, second] = odd_folders(&bench);
    let (first, second) = (first.as_os_str(), second.as_os_str());
    done(&bench, &["index".as_ref(), first, second]);
    whole(&bench);
    assert!(bench.run(&["index"]).out.contains("0 new, 0 changed, 2 unchanged, 0 removed"));
    let search = ["search", "Linden", "--format", "paths", "--in"].map(AsRef::as_ref);
    for (folder, path) in [(first, "Jahr\\xE4nge/1995/1.txt\n"), (second, "Jahr\\xF6nge/1995/1.txt\n")] {
        assert_eq!(done(&bench, &[&search[..], &[folder]].concat()), path);
        assert_eq!(done(&bench, &[&search[..], &[folder, "--no-update".as_ref()]].concat()), path);
        let below = Path::new(folder).join("1995");
        assert_eq!(done(&bench, &[&search[..], &[below.as_os_str()]].concat()), path);
        let file = below.join("1.txt");
        for shown in [file.as_os_str(), path.trim_end().as_ref()] {
            assert!(done(&bench, &["show".as_ref(), shown]).contains("Die Linden bleiben stehen"));
        }
    }
    assert!(bench.run(&["stats", "--format", "json"]).out.contains("Jahr\\\\xE4nge"));
    std::fs::remove_dir_all(second).expect("remove");
    let gone = bench.run(&["index"]);
    assert!(
        gone.out.contains("1 unchanged, 0 removed"),
        "a folder that is gone as a whole keeps its articles: {}",
        gone.out
    );
}

#[test]
fn a_search_is_saved_for_a_folder_whose_name_is_no_text() {
    let bench = Bench::new();
    let [first, second] = odd_folders(&bench);
    done(&bench, &["index".as_ref(), first.as_os_str(), second.as_os_str()]);
    done(&bench, &["save".as_ref(), "linden".as_ref(), "Linden".as_ref(), "--in".as_ref(), first.as_os_str()]);
    assert!(bench.run(&["saved"]).out.contains("Jahr\\xE4nge"));
    for folder in [&first, &second] {
        std::fs::write(folder.join("neu.txt"), GOOD.replace("bleiben stehen", "werden gefällt")).expect("write");
    }
    bench.run(&["index"]);
    // the file that news go to may have such a name, too
    let place = bench.path("").join(std::ffi::OsStr::from_bytes(b"Neu\xe4.json"));
    let news = ["news", "linden", "--format", "json", "-o"].map(AsRef::as_ref);
    done(&bench, &[&news[..], &[place.as_os_str()]].concat());
    let told = std::fs::read_to_string(&place).expect("the news");
    assert_eq!(told.matches("werden gefällt").count(), told.matches("Jahr\\\\xE4nge/neu.txt").count());
    assert!(told.contains("Jahr\\\\xE4nge/neu.txt") && !told.contains("Jahr\\\\xF6nge"), "{told}");
    assert_eq!(bench.run(&["news", "linden"]).code, Some(1), "and they are remembered");
}

#[test]
fn a_name_that_looks_escaped_is_no_other_name() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("a")).expect("create");
    let named = |name: &[u8]| bench.path("a").join(std::ffi::OsStr::from_bytes(name));
    std::fs::write(named(b"B\xfc.txt"), GOOD).expect("write");
    std::fs::write(named(b"B\\xFC.txt"), GOOD.replace("Vorwerk", "Siel")).expect("write");
    indexed(&bench, &[]);
    assert_eq!(bench.hits("Vorwerk"), ["a/B\\xFC.txt"]);
    assert_eq!(bench.hits("Siel"), ["a/B\\x5CxFC.txt"]);
    assert!(bench.run(&["index", "a"]).out.contains("2 unchanged, 0 removed"));
}

#[test]
fn a_closed_folder_whose_name_is_no_text_keeps_its_articles() {
    let bench = Bench::new();
    let folder = bench.path("a").join(std::ffi::OsStr::from_bytes(b"Jahr\xe4nge"));
    std::fs::create_dir_all(&folder).expect("create");
    std::fs::create_dir(bench.path("index")).expect("create");
    std::fs::write(folder.join("1.txt"), GOOD).expect("write");
    for path in [bench.folder.path(), &bench.path("a"), &bench.path("index")] {
        mode(path, 0o777);
    }
    assert_eq!(as_nobody(&bench, &["index", "a"]).code, Some(0));
    mode(&folder, 0o000);
    let closed = as_nobody(&bench, &["index", "a"]);
    mode(&folder, 0o777);
    assert_eq!(closed.code, Some(2), "{}", closed.err);
    assert!(closed.err.contains("a/Jahr\\xE4nge: permission denied"), "{}", closed.err);
    assert_eq!(count(&bench, "Vorwerk"), 1);
}

#[test]
fn a_file_that_vanishes_after_the_walk_is_told() {
    let bench = Bench::new();
    bench.write("a/1.txt", GOOD);
    let folder = bench.path("a").canonicalize().expect("a");
    let limits = Limits::on(jiff::civil::date(2026, 11, 24));
    let found: Vec<Found> = findbuch_corpus::walk(&folder, &folder, &[]).collect();
    let [Found::File(file, format)] = found.as_slice() else { panic!("{found:?}") };
    std::fs::remove_file(&file.path).expect("remove");
    let outcome = findbuch_corpus::read(file, *format, &limits, &AtomicU64::new(0), &mut |_| ControlFlow::Continue(()));
    let message = outcome.expect_err("it is gone").to_string();
    assert!(message.ends_with("a/1.txt: there is no such file or folder"), "{message}");
}

#[test]
fn a_file_that_grows_while_it_is_read_is_whole_after_the_next_update() {
    let bench = Bench::new();
    let line =
        |number: usize| format!("{{\"title\":\"Linde {number}\",\"text\":\"Die Linde {number} bleibt stehen.\"}}\n");
    let path = bench.write("a/1.jsonl", (0..500).map(line).collect::<String>());
    let done = AtomicBool::new(false);
    let written = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut file = std::fs::File::options().append(true).open(&path).expect("open");
            let mut number = 500;
            while number < 600 || (number < 2500 && !done.load(Ordering::Relaxed)) {
                // in two pieces, so that now and then half a line is read
                let line = line(number);
                let (start, end) = line.split_at(20);
                for piece in [start, end] {
                    std::io::Write::write_all(&mut file, piece.as_bytes()).expect("write");
                }
                number += 1;
                std::thread::yield_now();
            }
            number
        });
        let first = bench.run(&["index", "a"]);
        done.store(true, Ordering::Relaxed);
        assert!(matches!(first.code, Some(0 | 2)), "{}", first.err);
        writer.join().expect("the writer")
    });
    whole(&bench);
    assert!(count(&bench, "Linde") >= 500, "what stood there at the start is found");
    indexed(&bench, &[]);
    assert_eq!(count(&bench, "Linde"), written);
}

#[test]
fn a_file_that_shrinks_is_read_anew() {
    let bench = Bench::new();
    let path = bench.write("a/1.jsonl", "{\"title\":\"Linde\",\"text\":\"Die Linde bleibt.\"}\n".repeat(50));
    indexed(&bench, &[]);
    std::fs::File::options().write(true).open(&path).expect("open").set_len(60).expect("cut");
    indexed(&bench, &["a/1.jsonl:2: is not valid JSON"]);
    assert_eq!(count(&bench, "Linde"), 1);
}

#[test]
fn an_index_that_may_not_be_written_is_searched_and_stays_as_it_is() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    mode(bench.folder.path(), 0o755);
    indexed(&bench, &[]);
    assert_eq!(bench.run(&["save", "linden", "Vorwerk"]).code, Some(0));
    let mut everything: Vec<PathBuf> = walkdir::WalkDir::new(bench.path("index"))
        .into_iter()
        .map(|entry| entry.expect("an entry").into_path())
        .collect();
    everything.reverse();
    for path in &everything {
        mode(path, if path.is_dir() { 0o555 } else { 0o444 });
    }
    bench.write("a/neu.txt", GOOD.replace("Vorwerk", "Siel"));
    let commands = [
        &["search", "Vorwerk"][..],
        &["check"],
        &["stats"],
        &["show", "a/gut.txt"],
        &["search", "Vorwerk", "--group"],
        &["news", "--peek"],
    ];
    let answers = commands.map(|command| as_nobody(&bench, command));
    let refused = as_nobody(&bench, &["index", "a"]);
    let written = as_nobody(&bench, &["search", "Vorwerk", "--in", "a", "--format", "paths"]);
    for path in &everything {
        mode(path, if path.is_dir() { 0o755 } else { 0o644 });
    }
    for (answer, command) in answers.iter().zip(commands) {
        assert!(answer.code != Some(2) && answer.err.is_empty(), "{command:?}: {}", answer.err);
    }
    assert_eq!(refused.code, Some(2), "{}", refused.out);
    assert!(refused.err.contains("may only be read") && refused.err.lines().count() == 1, "{}", refused.err);
    assert_eq!((written.code, written.out.as_str()), (Some(0), "a/gut.txt\n"), "{}", written.err);
    assert!(written.err.contains("Durchsucht wird der letzte Stand"), "{}", written.err);
    whole(&bench);
    assert_eq!((count(&bench, "Vorwerk"), count(&bench, "Siel")), (1, 0));
}

#[test]
fn a_place_where_no_index_may_be_made_is_told() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    mode(bench.folder.path(), 0o555);
    let refused = as_nobody(&bench, &["index", "a"]);
    mode(bench.folder.path(), 0o755);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("ermission denied") && refused.err.lines().count() == 1, "{}", refused.err);
    assert!(!bench.path("index").exists());
}

#[test]
fn links_that_lead_in_circles_are_told() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    std::fs::create_dir(bench.path("a/unten")).expect("create");
    for (target, link) in
        [("b.txt", "a/c.txt"), ("c.txt", "a/b.txt"), ("selbst.txt", "a/selbst.txt"), ("..", "a/unten/auf")]
    {
        symlink(target, bench.path(link)).expect("link");
    }
    indexed(
        &bench,
        &[
            "a/b.txt: is a link that leads round in a circle",
            "a/c.txt: is a link that leads round in a circle",
            "a/selbst.txt: is a link that leads round in a circle",
            "a/unten/auf: is a link that leads round in a circle",
        ],
    );
    assert_eq!(bench.hits("Vorwerk"), ["a/gut.txt"]);
}

#[test]
fn what_is_no_file_is_told_and_never_opened() {
    let bench = Bench::new();
    bench.write("a/gut.txt", GOOD);
    // opening a pipe that nobody writes to would wait for ever
    assert!(Command::new("mkfifo").arg(bench.path("a/rohr.txt")).status().expect("mkfifo").success());
    let _socket = std::os::unix::net::UnixListener::bind(bench.path("a/dose.txt")).expect("socket");
    let mut problems = vec!["a/rohr.txt: is a pipe, not a file", "a/dose.txt: is a socket, not a file"];
    let device = Command::new("mknod").arg(bench.path("a/null.txt")).args(["c", "1", "3"]).output();
    if device.is_ok_and(|output| output.status.success()) {
        problems.push("a/null.txt: is a device, not a file");
    } else {
        println!("devices are left out: only root may make them");
    }
    indexed(&bench, &problems);
    assert_eq!(bench.hits("Vorwerk"), ["a/gut.txt"]);
    for (path, message) in [("a/rohr.txt", "is a pipe"), ("a/dose.txt", "is a socket"), ("/dev/zero", "is a device")] {
        let output = bench.run(&["index", path]);
        assert_eq!(output.code, Some(2), "{path}: {}", output.out);
        assert!(output.err.contains(message), "{path}: {}", output.err);
    }
    whole(&bench);
}
