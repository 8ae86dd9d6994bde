//! An index through the life of its folders: new, changed, unchanged and removed files, several folders, scopes.

use crate::Bench;

const DEICH: &str =
    "Deich hält der Flut stand\n\nDer Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis mit.\n";
const HAFEN: &str =
    "Hafen bekommt neuen Kran\n\nDer Kran kommt im Mai und hebt siebzig Tonnen, teilte der Hafen mit.\n";

#[test]
fn only_what_changed_is_read() {
    let bench = Bench::new();
    bench.write("a/deich.txt", DEICH);
    bench.write("a/hafen.txt", HAFEN);
    let index = |articles: &str, files: &str| {
        bench.expect(&["index", "a"]).out_has(&format!("articles: {articles}\nfiles: {files}\n")).check();
    };
    index("2 new, 0 changed, 0 unchanged, 0 removed", "2 read, 0 unchanged, 0 removed, 0 skipped");
    index("0 new, 0 changed, 2 unchanged, 0 removed", "0 read, 2 unchanged, 0 removed, 0 skipped");
    bench.write("a/deich.txt", DEICH.replace("Vorwerk", "Außensiel"));
    std::fs::remove_file(bench.path("a/hafen.txt")).expect("remove");
    bench.write("a/fluss.txt", "Fluss führt Hochwasser\n\nDer Pegel steigt, teilte das Amt mit.\n");
    index("1 new, 1 changed, 0 unchanged, 1 removed", "2 read, 0 unchanged, 1 removed, 0 skipped");
    assert_eq!(bench.hits("Außensiel"), ["a/deich.txt"]);
    assert!(bench.hits("Vorwerk").is_empty() && bench.hits("Kran").is_empty());
    assert_eq!(bench.hits("Pegel"), ["a/fluss.txt"]);
}

#[test]
fn a_touched_file_with_the_same_bytes_is_unchanged() {
    let bench = Bench::new();
    let path = bench.write("a/deich.txt", DEICH);
    bench.run(&["index", "a"]);
    let file = std::fs::File::options().write(true).open(&path).expect("open");
    file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).expect("touch");
    bench.expect(&["index", "a"]).out_has("0 read, 1 unchanged").check();
}

#[test]
fn one_index_holds_several_folders_and_in_restricts() {
    let bench = Bench::new();
    bench.write("a/deich.txt", DEICH);
    bench.write("b/unten/hafen.txt", HAFEN);
    bench.run(&["index", "a", "b"]);
    assert_eq!(bench.hits("teilte").len(), 2);
    for (within, expected) in [
        ("a", "a/deich.txt\n"),
        ("b", "b/unten/hafen.txt\n"),
        ("b/unten", "b/unten/hafen.txt\n"),
        ("a/deich.txt", "a/deich.txt\n"),
    ] {
        bench.expect(&["search", "teilte", "--in", within, "--format", "paths"]).out(expected).check();
    }
    bench.write("b/neu.txt", DEICH);
    bench.expect(&["search", "Deich", "--in", "b", "--no-update"]).code(1).out("0 Treffer\n").check();
    let read = "Index auf dem neuesten Stand: 1 Artikel gelesen, 0 Dateien entfernt\n";
    bench.expect(&["search", "Deich", "--in", "b", "--format", "paths"]).out("b/neu.txt\n").err(read).check();
    bench.expect(&["index"]).out_has("0 read, 3 unchanged").check();
}

#[test]
fn records_of_a_file_come_and_go_with_it() {
    let bench = Bench::new();
    let line = |id: &str, text: &str| {
        format!("{{\"id\":\"{id}\",\"title\":\"{text} im Kreis\",\"body\":\"{text} am Montag.\"}}\n")
    };
    bench.write("a/x.jsonl", line("1", "Sturm") + "kein JSON\n" + &line("2", "Ebbe"));
    for told in ["articles: 2 new", "0 read, 1 unchanged"] {
        bench.expect(&["index", "a"]).code(2).out_has(told).err_has("x.jsonl:2: is not valid JSON").check();
    }
    bench.expect(&["show", "2"]).out_has("Ebbe im Kreis").check();
    bench.write("a/x.jsonl", line("1", "Sturm"));
    bench.expect(&["index", "a"]).out_has("0 new, 0 changed, 1 unchanged, 1 removed").check();
    assert!(bench.hits("Ebbe").is_empty());
}

#[test]
fn a_rebuild_keeps_the_folders_and_the_content() {
    let bench = Bench::new();
    bench.write("a/deich.txt", DEICH);
    bench.run(&["index", "a"]);
    bench.expect(&["index", "--rebuild"]).out_has("articles: 1 new").check();
    assert_eq!(bench.hits("Deich"), ["a/deich.txt"]);
    let generations = std::fs::read_dir(bench.path("index")).expect("index").flatten();
    let names: Vec<String> = generations.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.contains(&"gen-2".to_owned()), "{names:?}");
    let current = std::fs::read_to_string(bench.path("index/current")).expect("read");
    assert!(current.starts_with("gen-2 "), "{current}");
}

#[test]
fn an_index_inside_the_folder_is_not_indexed() {
    let bench = Bench::new();
    bench.write("deich.txt", DEICH);
    for articles in ["articles: 1 new", "articles: 0 new"] {
        let output = bench.expect(&["index", "."]).out_has(articles).check();
        assert!(!output.out.contains("not a format"), "{}", output.out);
    }
}

#[test]
fn a_renamed_file_is_not_read_again() {
    let bench = Bench::new();
    let text = "Der Deich hält\n\nDer Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis am Montag mit.\n";
    bench.write("a/alt.txt", text);
    bench.write(
        "a/liste.jsonl",
        "{\"title\":\"Hafen\",\"text\":\"Der Hafen schläft.\"}\n{\"id\":\"x7\",\"text\":\"Der Hafen wacht.\"}\n",
    );
    bench.run(&["index", "a"]);
    std::fs::create_dir(bench.path("a/neu")).expect("create");
    std::fs::rename(bench.path("a/alt.txt"), bench.path("a/neu/neu.txt")).expect("rename");
    std::fs::rename(bench.path("a/liste.jsonl"), bench.path("a/archiv.jsonl")).expect("rename");
    let index = || bench.expect(&["index", "a"]);
    index().out_has("articles: 0 new, 0 changed, 0 unchanged, 0 removed").out_has("renamed: 3 articles").check();
    assert_eq!(bench.hits("Vorwerk"), ["a/neu/neu.txt"]);
    assert_eq!(bench.run(&["show", "a/neu/neu.txt"]).code, Some(0), "the id follows the path");
    assert_eq!(bench.run(&["show", "a/archiv.jsonl:1"]).code, Some(0));
    assert_eq!(bench.run(&["show", "x7"]).code, Some(0), "an id of its own stays");
    index().out_has("3 unchanged").check();
    assert_eq!(bench.run(&["search", "Vorwerk", "--in", "a/neu", "--no-update"]).code, Some(0));
}
