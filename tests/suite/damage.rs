//! Damage is never passed on and never a panic; an index that is made anew stays whole for those who read it; what was left
//! behind is removed, and what cannot be written is read.

use crate::Bench;
use crate::reliability::{Numbers, gather};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// Fewest segments that tantivy merges.
const MERGED: usize = 8;

fn text(number: usize) -> String {
    format!("Der Deich {number} hält\n\nDer Deich am Siel {number} hat die Nacht überstanden, teilte der Kreis mit.\n")
}

/// The files of an index with an ending, the oldest first.
fn files(bench: &Bench, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    gather(&bench.path("index"), &mut found);
    found.retain(|file| file.extension().is_some_and(|extension| extension == ending));
    found.sort_by_key(|file| file.metadata().and_then(|metadata| metadata.modified()).expect("a time"));
    found
}

fn flip(file: &Path, at: usize) {
    let mut bytes = std::fs::read(file).expect("read");
    bytes[at] ^= 0x55;
    std::fs::write(file, bytes).expect("written");
}

/// Sets back when the current generation took its place.
fn long_ago(bench: &Bench) {
    let current = std::fs::File::options().write(true).open(bench.path("index/current")).expect("opened");
    current.set_modified(SystemTime::now() - Duration::from_hours(1)).expect("set");
}

fn generations(bench: &Bench) -> Vec<String> {
    let entries = std::fs::read_dir(bench.path("index")).expect("a folder").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.starts_with("gen-"));
    names.sort();
    names
}

#[test]
fn a_merge_leaves_damaged_segments_as_they_are() {
    for (ending, at) in [("store", 40), ("fast", 60), ("idx", 10)] {
        let bench = Bench::new();
        for number in 0..3 {
            bench.write(&format!("a/{number}.txt"), text(number));
            assert_eq!(bench.run(&["index", "a"]).code, Some(0));
        }
        flip(&files(&bench, ending)[0], at);
        let mut told = 0;
        for number in 3..MERGED + 4 {
            bench.write(&format!("a/{number}.txt"), text(number));
            let output = bench.run(&["index", "a"]);
            assert_eq!(bench.run(&["check"]).code, Some(2), "{ending}: the damage is still seen");
            if output.code == Some(2) {
                told += 1;
                assert!(output.err.contains("findbuch check"), "{ending}: {}", output.err);
            }
        }
        assert!(told > 0, "{ending}: an update that would have merged says so");
        assert!(files(&bench, "store").len() < MERGED, "{ending}: the others are merged");
        let check = bench.run(&["check"]);
        if ending == "store" {
            assert!(check.err.contains("a/0.txt"), "the damaged article is named: {}", check.err);
            assert!(!check.err.contains("a/1.txt"), "and no other: {}", check.err);
        }
        assert_eq!(bench.run(&["index", "--full"]).code, Some(0));
        assert_eq!(bench.run(&["check"]).code, Some(0));
        assert_eq!(bench.hits("Deich").len(), MERGED + 4);
    }
}

#[test]
fn a_damaged_list_of_deleted_articles_is_not_written_on() {
    let bench = Bench::new();
    for number in 0..6 {
        bench.write(&format!("a/{number}.txt"), text(number));
    }
    bench.run(&["index", "a"]);
    std::fs::remove_file(bench.path("a/0.txt")).expect("removed");
    bench.run(&["index", "a"]);
    flip(&files(&bench, "del")[0], 4);
    std::fs::remove_file(bench.path("a/1.txt")).expect("removed");
    let refused = bench.run(&["index", "a"]);
    assert_eq!(refused.code, Some(2), "{}", refused.out);
    assert!(refused.err.contains(".del: does not have the checksum"), "{}", refused.err);
    assert_eq!(bench.run(&["check"]).code, Some(2));
    assert_eq!(bench.run(&["index", "--full"]).code, Some(0));
    assert_eq!(bench.hits("Deich").len(), 4);
}

#[test]
fn a_damaged_article_is_read_anew_when_its_file_is_renamed() {
    let bench = Bench::new();
    let body = (0..200).map(|number| format!("Satz {number} über den Deich am Vorwerk. ")).collect::<Vec<_>>().concat();
    bench.write("a/0.txt", format!("Der Deich hält\n\n{body}\n"));
    bench.run(&["index", "a"]);
    let is_shown = |path: &str| {
        let shown = bench.run(&["show", path]);
        let words = shown.out.split_whitespace().collect::<Vec<_>>().join(" ");
        shown.code == Some(0) && words.contains(body.trim())
    };
    let store = files(&bench, "store").remove(0);
    let whole = std::fs::read(&store).expect("read");
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    std::fs::write(&store, damaged).expect("written");
    assert!(!is_shown("a/0.txt"));
    std::fs::rename(bench.path("a/0.txt"), bench.path("a/1.txt")).expect("renamed");
    bench.run(&["index", "a"]);
    assert!(is_shown("a/1.txt"), "read from its file and not copied");
}

/// Commands that read, none of which may panic.
const READING: [&[&str]; 7] = [
    &["search", "Deich"],
    &["search", "de*h ODER Siel~1 ODER „am Siel“", "--facets", "--sort", "newest"],
    &["search", "ressort:x ODER NOT Watt", "--timeline"],
    &["show", "a/3.txt"],
    &["similar", "a/3.txt"],
    &["suggest", "dei"],
    &["stats"],
];

#[test]
#[ignore = "starts the program 1,000 times"]
fn damage_is_an_error_and_never_a_panic() {
    let bench = Bench::new();
    for number in 0..40 {
        bench.write(&format!("a/{number}.txt"), text(number));
    }
    bench.run(&["index", "a"]);
    let mut numbers = Numbers(11);
    let mut errors = 0;
    for ending in ["term", "fast", "idx", "pos", "fieldnorm", "store"] {
        let file = files(&bench, ending).remove(0);
        let whole = std::fs::read(&file).expect("read");
        for round in 0..16 {
            let mut damaged = whole.clone();
            match round % 4 {
                0 => damaged.truncate(numbers.below(whole.len() as u64) as usize),
                1 => damaged[numbers.below(whole.len() as u64) as usize] ^= 1 << numbers.below(8),
                // the ends of files say where what is in them begins
                _ => {
                    let at = whole.len() - 1 - numbers.below(whole.len().min(120) as u64) as usize;
                    damaged[at] = damaged[at].wrapping_add(1 + numbers.below(254) as u8);
                }
            }
            std::fs::write(&file, &damaged).expect("written");
            for command in READING {
                let output = bench.run(command);
                assert!(matches!(output.code, Some(0..=2)), "{ending} {command:?}: {:?} {}", output.code, output.err);
                assert!(!output.err.contains("panicked"), "{ending} {command:?}: {}", output.err);
                errors += usize::from(output.code == Some(2));
            }
        }
        std::fs::write(&file, whole).expect("written");
    }
    assert!(errors > 50, "most damage of the ends is met: {errors}");
}

#[test]
#[ignore = "makes an index anew 40 times"]
fn an_index_made_anew_again_and_again_never_fails_its_readers() {
    let bench = Bench::new();
    for number in 0..30 {
        bench.write(&format!("a/{number}.txt"), text(number));
    }
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let done = AtomicBool::new(false);
    let answered: usize = std::thread::scope(|scope| {
        let read = || {
            let mut answered = 0;
            while !done.load(Ordering::Relaxed) {
                assert_eq!(bench.hits("Deich").len(), 30);
                answered += 1;
            }
            answered
        };
        let readers: Vec<_> = (0..6).map(|_| scope.spawn(read)).collect();
        for _ in 0..40 {
            let output = bench.run(&["index", "--rebuild"]);
            assert_eq!(output.code, Some(0), "{}", output.err);
        }
        done.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().expect("no reader fails")).sum()
    });
    assert!(answered > 40, "{answered}");
    assert!(generations(&bench).len() <= 3, "{:?}", generations(&bench));
}

#[test]
fn a_generation_stays_for_a_moment_and_while_it_is_read() {
    let bench = Bench::new();
    bench.write("a/1.txt", text(1));
    bench.run(&["index", "a"]);
    bench.run(&["index", "--rebuild"]);
    assert_eq!(generations(&bench), ["gen-1", "gen-2"]);
    bench.run(&["index", "a"]);
    assert_eq!(generations(&bench), ["gen-1", "gen-2"], "some reader may have just learnt its name");
    long_ago(&bench);
    let reader = std::fs::File::open(bench.path("index/gen-1/readers.lock")).expect("opened");
    reader.try_lock_shared().expect("locked");
    bench.run(&["index", "a"]);
    assert_eq!(generations(&bench), ["gen-1", "gen-2"], "some reader has it");
    drop(reader);
    bench.run(&["index", "a"]);
    assert_eq!(generations(&bench), ["gen-2"]);
}

#[test]
fn what_a_killed_rebuild_left_goes_with_the_next_command() {
    let bench = Bench::new();
    bench.write("a/1.txt", text(1));
    bench.run(&["index", "a"]);
    let stray = "0123456789abcdef0123456789abcdef.store";
    for left in ["gen-2/meta.json", ".current.ab12cd.part", "gen-1/.tmpAB12cd", "gen-1/.meta.json.x1.part"] {
        bench.write(&format!("index/{left}"), "x");
    }
    bench.write(&format!("index/gen-1/{stray}"), "x");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let mut left = Vec::new();
    gather(&bench.path("index"), &mut left);
    let odd: Vec<_> = left
        .iter()
        .map(|file| file.file_name().unwrap_or_default().to_string_lossy())
        .filter(|name| name.ends_with(".part") || name.starts_with(".tmp") || name == stray)
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
    assert_eq!(generations(&bench), ["gen-1"]);
    assert_eq!(bench.hits("Deich").len(), 1);
}

#[test]
fn every_rename_of_an_update_is_made_durable() {
    let bench = Bench::new();
    bench.write("a/1.txt", text(1));
    bench.run(&["index", "a"]);
    bench.write("a/2.txt", text(2));
    let trace = bench.path("trace");
    let mut traced = std::process::Command::new("strace");
    traced.args(["-f", "-y", "-e", "trace=rename,renameat,renameat2,fsync,fdatasync", "-o"]).arg(&trace);
    traced.arg(assert_cmd::cargo::cargo_bin("findbuch")).args(["index", "a"]).current_dir(bench.folder.path());
    let Ok(output) = traced.env("FINDBUCH_INDEX", bench.path("index")).output() else {
        crate::required::skip(crate::required::Need::Strace);
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let trace = std::fs::read_to_string(trace).expect("a trace");
    let calls: Vec<&str> = trace.lines().collect();
    let commit = calls.iter().position(|call| call.contains("rename") && call.contains("meta.json")).expect("a commit");
    let synced = calls[commit..].iter().any(|call| call.contains("sync(") && call.contains("gen-1>"));
    assert!(synced, "the folder is synced after the commit:\n{trace}");
}

#[test]
fn one_damaged_saved_search_is_its_own_fault_alone() {
    let bench = Bench::new();
    bench.write("a/1.txt", text(1));
    bench.run(&["index", "a"]);
    for name in ["deich", "kaputt", "siel"] {
        assert_eq!(bench.run(&["save", name, "Deich"]).code, Some(0));
    }
    bench.write("index/saved/kaputt.json", "{");
    bench.write("a/2.txt", text(2));
    bench.run(&["index", "a"]);
    let listed = bench.run(&["saved"]);
    assert_eq!(listed.code, Some(2), "{}", listed.err);
    assert!(listed.out.contains("deich: ") && listed.out.contains("siel: "), "{}", listed.out);
    assert!(listed.err.contains("kaputt.json ist beschädigt"), "{}", listed.err);
    let news = bench.run(&["news"]);
    assert_eq!(news.code, Some(2), "{}", news.err);
    assert_eq!(news.out.matches(" 2 hält").count(), 2, "{}", news.out);
    assert!(news.err.contains("kaputt.json ist beschädigt"), "{}", news.err);
}

#[test]
fn an_edit_that_keeps_size_and_time_is_seen() {
    let bench = Bench::new();
    let path = bench.write("a/1.txt", text(1));
    let written = path.metadata().and_then(|metadata| metadata.modified()).expect("a time");
    bench.run(&["index", "a"]);
    std::thread::sleep(Duration::from_millis(1100));
    bench.write("a/1.txt", text(1).replace("Siel", "Kran"));
    std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(written)).expect("set back");
    bench.expect(&["index", "a"]).out_has("1 changed").check();
    assert_eq!((bench.hits("Kran").len(), bench.hits("Siel").len()), (1, 0));
    bench.expect(&["index", "a"]).out_has("1 unchanged").check();
}

#[cfg(feature = "serve")]
#[test]
fn a_server_starts_on_a_damaged_index_and_answers_what_it_can() {
    let bench = Bench::new();
    for number in 0..6 {
        bench.write(&format!("a/{number}.txt"), text(number));
    }
    bench.run(&["index", "a"]);
    let columns = files(&bench, "fast").remove(0);
    let whole = std::fs::read(&columns).expect("read");
    // the ends of columns say where they begin: some damage there is met by counting, and not by opening
    let met = (1..200.min(whole.len())).rev().find(|back| {
        let mut damaged = whole.clone();
        let at = whole.len() - back;
        damaged[at] ^= 0x55;
        std::fs::write(&columns, damaged).expect("written");
        bench.run(&["stats"]).code == Some(2) && bench.run(&["search", "Deich", "--count"]).code != Some(2)
    });
    assert!(met.is_some(), "some damage is met by counting alone");
    let server = crate::web::Server::start(bench, &[]);
    assert_eq!(server.get("/healthz").status, 200);
    assert!(server.get("/api/v1/search?q=Deich").status < 600);
}

#[cfg(feature = "serve")]
#[test]
fn a_server_says_what_keeps_it_from_answering_and_answers_when_that_is_mended() {
    for (name, damage, options) in
        [("current", "gen-x", &[][..]), ("gen-1/meta.json", "{", &[]), ("gen-1/meta.json", "{", &["--watch", "a"])]
    {
        let bench = Bench::new();
        bench.write("a/1.txt", text(1));
        bench.run(&["index", "a"]);
        bench.write(&format!("index/{name}"), damage);
        let server = crate::web::Server::start(bench, options);
        for path in ["/", "/?q=Deich", "/article/a%2F1.txt", "/help"] {
            let page = server.page(path);
            assert_eq!(page.status, 503, "{name} {path}");
            assert!(page.text().contains("findbuch index --full"), "{name} {path}: {}", page.text());
            assert!(page.text().contains(name.rsplit('/').next().unwrap_or(name)), "{name} {path}: {}", page.text());
        }
        for path in ["/api/v1/search?q=Deich", "/export/csv?q=Deich", "/feed.atom?q=Deich", "/healthz"] {
            let answer = server.get(path);
            assert_eq!(answer.status, 503, "{name} {path}");
            assert_eq!(answer.json()["type"], "urn:findbuch:problem:index", "{name} {path}");
            let place = server.bench.folder.path().to_string_lossy().into_owned();
            assert!(!answer.text().contains(&place), "{name} {path}: {}", answer.text());
            assert!(!answer.header("retry-after").is_empty(), "{name} {path}");
        }
        assert_eq!(server.get("/assets/findbuch.css").status, 200);
        assert!(server.log().contains("\"event\":\"damaged\""), "{}", server.log());
        // the server tries to bring its folder up to date, and has the right to write for that time
        let until = Instant::now() + Duration::from_secs(30);
        let mended = loop {
            let run = server.bench.run(&["index", "--full", "a"]);
            if !run.err.contains("another findbuch is updating") || Instant::now() > until {
                break run;
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        assert_eq!(mended.code, Some(0), "{name}: {}", mended.err);
        let soon = |query: &str, total: u64| {
            let until = Instant::now() + Duration::from_secs(30);
            loop {
                let answer = server.get(&format!("/api/v1/search?q={query}"));
                if answer.status == 200 && answer.json()["total"] == total {
                    break;
                }
                assert!(Instant::now() < until, "{name}: {}; {}", answer.text(), server.log());
                std::thread::sleep(Duration::from_millis(50));
            }
        };
        soon("Deich", 1);
        assert_eq!(server.get("/healthz").text(), "ok\n");
        if !options.is_empty() {
            server.bench.write("a/2.txt", text(2));
            soon("Deich", 2);
        }
    }
}

#[cfg(all(feature = "serve", target_os = "linux"))]
#[test]
fn a_file_cut_under_a_server_ends_it_and_is_told_at_the_next_start() {
    let bench = Bench::new();
    for number in 0..6 {
        bench.write(&format!("a/{number}.txt"), text(number));
    }
    bench.run(&["index", "a"]);
    let mut server = crate::web::Server::start(bench, &[]);
    let store = files(&server.bench, "store").remove(0);
    std::fs::File::options().write(true).open(store).and_then(|file| file.set_len(0)).expect("cut");
    let asked = b"GET /api/v1/search?q=Deich HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(server.raw(asked).0, 0, "no answer, and no wrong one");
    assert_eq!(server.ended(), None, "the system has ended it");
    let server = crate::web::Server::start(std::mem::replace(&mut server.bench, Bench::new()), &[]);
    let told = server.get("/api/v1/search?q=Deich");
    assert_eq!(told.status, 503, "{}", told.text());
    assert!(told.text().contains(".store") && told.text().contains("findbuch index --full"), "{}", told.text());
    assert_eq!(server.bench.run(&["index", "--full"]).code, Some(0));
    assert_eq!(server.bench.hits("Deich").len(), 6);
}

#[test]
fn folders_are_forgotten_moved_and_told_when_they_are_gone() {
    let bench = Bench::new();
    for number in 0..3 {
        bench.write(&format!("a/{number}.txt"), text(number));
        bench.write(&format!("b/{number}.txt"), text(10 + number));
    }
    assert_eq!(bench.run(&["index", "a", "b"]).code, Some(0));
    std::fs::rename(bench.path("a"), bench.path("weg")).expect("renamed");
    let gone = bench.run(&["index"]);
    assert_eq!(gone.code, Some(2), "{}", gone.out);
    assert!(gone.err.contains("a: is gone") && gone.err.contains("findbuch forget"), "{}", gone.err);
    bench.expect(&["index"]).out_has("0 removed").check();
    let found = bench.run(&["search", "Siel"]).out;
    assert_eq!(found.matches("(nicht mehr da)").count(), 3, "{found}");
    assert!(bench.run(&["show", "a/1.txt"]).out.contains("Siel"), "its articles are shown by the paths that are told");

    let moved = bench.expect(&["move", "a", "weg"]).out_has("moved: ").out_has("renamed: 3 articles").check();
    assert!(moved.out.contains("0 read"), "{}", moved.out);
    assert_eq!(bench.names("Siel").len(), 6);
    assert!(!bench.run(&["search", "Siel"]).out.contains("nicht mehr da"));
    assert_eq!(bench.run(&["check"]).code, Some(0));
    assert_eq!(bench.run(&["show", "weg/1.txt"]).code, Some(0));

    // found without a word: the old folder is gone and the new one has its files
    std::fs::create_dir(bench.path("tief")).expect("made");
    std::fs::rename(bench.path("weg"), bench.path("tief/neu")).expect("renamed");
    bench.expect(&["index", "tief/neu"]).out_has("moved: ").out_has("renamed: 3 articles").check();
    assert_eq!(bench.hits("Siel").len(), 6);

    bench.expect(&["forget", "tief/neu"]).out_has("3 files").check();
    assert!(bench.hits("Siel").iter().all(|path| path.starts_with("b/")), "{:?}", bench.hits("Siel"));
    assert!(bench.path("tief/neu/1.txt").exists(), "the files stay");
    bench.expect(&["index"]).out_has("0 new, 0 changed, 3 unchanged").check();
    bench.expect(&["forget", "b/1.txt"]).code(2).err_has("exclude").check();
    bench.expect(&["forget", "tief"]).code(2).err_has("is no folder of the index").check();
    std::fs::remove_dir_all(bench.path("b")).expect("removed");
    bench.expect(&["forget", "b"]).out_has("3 files").check();
    assert_eq!(bench.hits("Siel").len(), 0);
    assert_eq!(bench.run(&["check"]).code, Some(0));
}

#[test]
fn where_the_list_of_folders_is_damaged_it_is_asked_for() {
    let bench = Bench::new();
    bench.write("a/1.txt", text(1));
    bench.run(&["index", "a"]);
    bench.write("index/gen-1/meta.json", "{");
    bench.expect(&["index", "--full"]).code(2).err_has("name them: findbuch index --full FOLDER").check();
    bench.expect(&["index", "--full", "a"]).out_has("1 new").check();
    assert_eq!((bench.hits("Deich").len(), bench.run(&["check"]).code), (1, Some(0)));
}

#[test]
fn where_the_name_of_the_generation_is_damaged_the_folders_are_known() {
    let bench = Bench::new();
    bench.write("a/1.txt", text(1));
    bench.run(&["index", "a"]);
    let named = std::fs::read(bench.path("index/current")).expect("read");
    for at in 0..named.len() {
        let mut damaged = named.clone();
        damaged[at] ^= 1;
        bench.write("index/current", &damaged);
        let checked = bench.run(&["check"]);
        // the last one ends the line
        let harmless = at + 1 == named.len();
        assert_eq!(checked.code, Some(if harmless { 0 } else { 2 }), "byte {at}: {}", checked.out);
    }
    bench.write("index/current", "gen-x");
    bench.expect(&["index", "--full"]).out_has("1 new").err_has("is made anew from them: ").check();
    assert_eq!((bench.hits("Deich").len(), bench.run(&["check"]).code), (1, Some(0)));
    // as earlier versions wrote it
    bench.write("index/current", "gen-2");
    assert_eq!((bench.hits("Deich").len(), bench.run(&["check"]).code), (1, Some(0)));
}

#[test]
fn a_flipped_byte_in_a_saved_search_is_found() {
    let bench = Bench::new();
    bench.write("a/1.txt", text(1));
    bench.run(&["index", "a"]);
    bench.run(&["save", "deich", "Deich"]);
    let saved = std::fs::read_to_string(bench.path("index/saved/deich.json")).expect("read");
    bench.write("index/saved/deich.json", saved.replace("Deich", "Teich"));
    bench.expect(&["check"]).code(2).out_has("whole: ").err_has("findbuch saved --delete").check();
    assert_eq!(bench.run(&["saved"]).code, Some(2));
    // as earlier versions wrote it
    let (unsealed, _) = saved.split_once(",\"checksum\"").expect("a checksum");
    bench.write("index/saved/deich.json", format!("{unsealed}}}\n"));
    assert_eq!((bench.run(&["check"]).code, bench.run(&["saved"]).code), (Some(0), Some(0)));
}
