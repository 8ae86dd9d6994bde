//! Settings of folders (`findbuch.toml`), lines that sources repeat, and changed files of many articles.

use crate::{Bench, Output, project};
use serde_json::Value;

fn show(bench: &Bench, id: &str) -> Value {
    let output = bench.run(&["show", id, "--format", "json"]);
    assert_eq!(output.code, Some(0), "{id}: {}", output.err);
    serde_json::from_str(&output.out).expect("JSON")
}

fn counts(output: &Output) -> &str {
    output.out.lines().next().unwrap_or_default()
}

#[test]
fn a_newsroom_says_what_its_export_does_not() {
    let bench = Bench::new();
    let index = bench.run(&["index", &project().join("sample-corpus/redaktion").to_string_lossy()]);
    assert_eq!(index.code, Some(0), "{}", index.err);
    assert_eq!(counts(&index), "articles: 3 new, 0 changed, 0 unchanged, 0 removed");
    assert!(index.out.contains("1 left out by findbuch.toml, such as entwuerfe"), "{}", index.out);
    let weighed = show(&bench, "LR-2014-0311-07");
    assert_eq!(weighed["authors"], serde_json::json!(["Ottilie Brandner", "Falk Reuss"]));
    assert_eq!((&weighed["date"]["value"], &weighed["date"]["from"]), (&"2014-03-11".into(), &"metadata".into()));
    assert_eq!((&weighed["source"], &weighed["section"]), (&"Lenztaler Rundschau".into(), &"Lokales".into()));
    let kinds: Vec<&str> = weighed["parts"].as_array().unwrap().iter().filter_map(|p| p["kind"].as_str()).collect();
    assert_eq!(kinds, ["kicker", "headline", "lead", "paragraph", "paragraph"]);
    let found = show(&bench, "redaktion/ausgabe_070314/fundbuero.txt");
    assert_eq!((&found["date"]["value"], &found["date"]["from"]), (&"2014-03-07".into(), &"file_name".into()));
    assert_eq!(found["source"], "Lenztaler Rundschau");
}

#[test]
fn changed_settings_read_their_folder_again_and_no_other() {
    let bench = Bench::new();
    let text = |n: u32| format!("Titel {n}\n\nDer Text der Nummer {n} ist lang genug für einen Absatz im Blatt.\n");
    bench.write("archiv/a/eins.txt", text(1));
    bench.write("archiv/b/zwei.txt", text(2));
    bench.write("archiv/b/drei.md", text(3));
    assert_eq!(counts(&bench.run(&["index", "archiv"])), "articles: 3 new, 0 changed, 0 unchanged, 0 removed");
    bench.write("archiv/b/findbuch.toml", "source = 'Blatt'\nexclude = ['*.md']");
    assert_eq!(counts(&bench.run(&["index"])), "articles: 0 new, 1 changed, 1 unchanged, 1 removed");
    assert_eq!(show(&bench, "archiv/b/zwei.txt")["source"], "Blatt");
    assert_eq!(counts(&bench.run(&["index"])), "articles: 0 new, 0 changed, 2 unchanged, 0 removed");
    bench.write("archiv/b/findbuch.toml", "source = 'Anzeiger'");
    assert_eq!(counts(&bench.run(&["index", "archiv/b"])), "articles: 1 new, 1 changed, 0 unchanged, 0 removed");
    assert_eq!(show(&bench, "archiv/b/drei.md")["source"], "Anzeiger");
    std::fs::remove_file(bench.path("archiv/b/findbuch.toml")).unwrap();
    assert_eq!(counts(&bench.run(&["index"])), "articles: 0 new, 2 changed, 1 unchanged, 0 removed");
    assert!(show(&bench, "archiv/b/zwei.txt")["source"].is_null());
}

#[test]
fn faulty_settings_keep_what_there_was() {
    let bench = Bench::new();
    bench.write("archiv/a/eins.txt", "Der Turm\n\nDer Turm am Markt ist schief, sagt der Glöckner.\n");
    bench.write("archiv/zwei.txt", "Der Brunnen\n\nDer Brunnen am Markt ist tief, sagt der Wirt.\n");
    bench.run(&["index", "archiv"]);
    bench.write("archiv/a/findbuch.toml", "\nsorce = 'Blatt'\n");
    let output = bench.run(&["index"]);
    assert_eq!(output.code, Some(2));
    assert!(
        output.err.contains("archiv/a/findbuch.toml:2: is no valid settings file: unknown field `sorce`"),
        "{output:?}"
    );
    assert_eq!(bench.names("Turm ODER Brunnen").len(), 2, "{output:?}");
}

#[test]
fn a_line_of_many_articles_is_kept_out_of_the_text() {
    let bench = Bench::new();
    let line = "Mit dem Kormoran-Abo lesen Sie uns überall.";
    for n in 0..6 {
        let text = format!(
            "Nachricht Nummer {n}\n\nIn Absatz eins steht das Neue {n}.\n\nIn Absatz zwei {n} mehr.\n\n{line}\n\nUnd Schluss {n}.\n"
        );
        bench.write(&format!("archiv/{n}.txt"), text);
    }
    bench.run(&["index", "archiv"]);
    let in_text = |bench: &Bench| bench.run(&["search", "Kormoran", "--no-furniture", "--count"]).out;
    assert_eq!((in_text(&bench).as_str(), bench.names("Kormoran").len()), ("0\n", 6));
    assert_eq!(bench.names("Nachricht").len(), 6);
    let parts = show(&bench, "archiv/3.txt")["parts"].clone();
    let kind = parts.as_array().unwrap().iter().find(|part| part["text"] == line).map(|part| part["kind"].clone());
    assert_eq!(kind, Some("boilerplate".into()), "{parts}");
    bench.write("archiv/6.txt", format!("Später\n\nNoch ein Absatz hier.\n\n{line}\n\nUnd noch einer.\n"));
    bench.run(&["index"]);
    let found = (in_text(&bench), bench.names("Kormoran").len());
    assert_eq!(found, ("0\n".into(), 7), "what was learnt holds for later articles");
}

#[test]
fn of_a_changed_file_only_changed_articles_are_indexed() {
    let bench = Bench::new();
    let line = |id: &str, text: &str| format!("{{\"id\": \"{id}\", \"headline\": \"{id}\", \"text\": \"{text}\"}}\n");
    let (a, b, c) = (line("a", "Amsel"), line("b", "Buchfink"), line("c", "Chinaschilf"));
    bench.write("archiv/export.jsonl", format!("{a}{b}{c}"));
    assert_eq!(counts(&bench.run(&["index", "archiv"])), "articles: 3 new, 0 changed, 0 unchanged, 0 removed");
    let (other, more) = (line("b", "Bussard"), line("d", "Dohle"));
    bench.write("archiv/export.jsonl", format!("{a}{other}{c}{more}"));
    assert_eq!(counts(&bench.run(&["index"])), "articles: 1 new, 1 changed, 2 unchanged, 0 removed");
    for (word, found) in [("Amsel", 1), ("Buchfink", 0), ("Bussard", 1), ("Chinaschilf", 1), ("Dohle", 1)] {
        assert_eq!(bench.names(word).len(), found, "{word}");
    }
    bench.write("archiv/export.jsonl", format!("{a}{other}{c}"));
    assert_eq!(counts(&bench.run(&["index"])), "articles: 0 new, 0 changed, 3 unchanged, 1 removed");
    assert_eq!(bench.names("Dohle"), [""; 0]);
    assert_eq!(
        counts(&bench.run(&["index"])),
        "articles: 0 new, 0 changed, 3 unchanged, 0 removed",
        "and the file is known"
    );
    bench.write("archiv/export.jsonl", format!("{a}{other}{c}\n"));
    assert_eq!(counts(&bench.run(&["index"])), "articles: 0 new, 0 changed, 3 unchanged, 0 removed");
    let records = |out: &str| out.matches("unchanged").count();
    assert!(records(&bench.run(&["index"]).out) > 0);
    bench.write("archiv/export.jsonl", format!("{a}{other}{{kaputt\n{c}"));
    let output = bench.run(&["index"]);
    assert_eq!((output.code, bench.names("Chinaschilf").len()), (Some(2), 1), "{output:?}");
    let check = bench.run(&["check"]);
    assert_eq!(check.code, Some(0), "{check:?}");
}

#[test]
fn what_a_broken_file_no_longer_tells_stays() {
    let bench = Bench::new();
    let line = |id: &str| format!("{{\"id\": \"{id}\", \"headline\": \"{id}\", \"text\": \"Ein Text über {id}\"}}\n");
    let whole: String = (0..400).map(|n| line(&format!("Vogel{n}"))).collect();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, whole.as_bytes()).unwrap();
    let bytes = encoder.finish().unwrap();
    let file = bench.write("archiv/export.jsonl.gz", &bytes);
    bench.run(&["index", "archiv"]);
    assert_eq!(bench.names("Vogel399").len(), 1);
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let output = bench.run(&["index"]);
    assert_eq!(output.code, Some(2), "{output:?}");
    assert_eq!((bench.names("Vogel0").len(), bench.names("Vogel399").len()), (1, 1), "{output:?}");
}
