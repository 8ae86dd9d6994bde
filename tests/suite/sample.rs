//! What is read from the sample corpus: parts, dates, character sets.

use crate::{Bench, project};
use serde_json::Value;

fn article(bench: &Bench, below: &str) -> Value {
    let path = project().join("sample-corpus").join(below);
    let output = bench.run(&["show", &path.to_string_lossy(), "--format", "json"]);
    assert_eq!(output.code, Some(0), "{below}: {}", output.err);
    serde_json::from_str(&output.out).expect("JSON")
}

fn texts<'a>(article: &'a Value, kind: &str) -> Vec<&'a str> {
    let parts = article["parts"].as_array().expect("parts");
    parts.iter().filter(|p| p["kind"] == kind).filter_map(|p| p["text"].as_str()).collect()
}

#[test]
fn a_copied_page_comes_apart_into_its_parts() {
    let bench = Bench::with_sample_corpus();
    let article = article(&bench, "kopiert/waffenhandel-nordkorea.txt");
    assert_eq!(texts(&article, "kicker"), ["Rüstung"]);
    assert_eq!(
        texts(&article, "headline"),
        ["„Ein Markt der Ausgestoßenen“: Warum Moskau in Nordkorea nach Granaten fragt"]
    );
    assert_eq!(article["reading_minutes"], 4);
    assert_eq!(texts(&article, "caption").len(), 1);
    assert_eq!(texts(&article, "crosshead").len(), 5);
    assert_eq!(texts(&article, "boilerplate"), ["NB abonnieren"]);
    let quotes: Vec<&Value> =
        article["parts"].as_array().unwrap().iter().filter(|p| p["kind"] == "pull_quote").collect();
    assert_eq!(quotes.len(), 2);
    assert!(quotes.iter().all(|q| q["repeated"] == true && q["attribution"].is_string()), "{quotes:?}");
    let body = texts(&article, "paragraph").join("\n");
    assert!(!body.contains("abonnieren") && !body.contains("Lesezeit"));
    assert!(article["date"].is_null(), "no date is better than the file's clock");
}

#[test]
fn every_character_set_gives_the_same_german() {
    let bench = Bench::with_sample_corpus();
    for (file, headline) in [
        ("archiv/1994-03-17-schiffahrt.txt", "Binnenschiffahrt fürchtet Stillegung der Unterfehne-Schleuse"),
        ("archiv/brenner-1995.txt", "Am Brenner wird die Nacht kurz"),
        ("archiv/rechtschreibung-1996.txt", "„Der Fluß hat jetzt zwei s“"),
        ("archiv/1998-11-06-zeitungsarchiv.txt", "Fünf Kilometer Papier"),
        ("archiv/nfd-2005.txt", "Jürgen Ößling hört die Glocken zählen"),
        ("archiv/schweiz-2008.txt", "Hinterfluhwil sagt Nein zur Seilbahn"),
    ] {
        assert_eq!(texts(&article(&bench, file), "headline"), [headline], "{file}");
    }
    let hyphenated = article(&bench, "archiv/weichtrennung-2001.txt");
    assert!(!hyphenated.to_string().contains('\u{ad}') && !hyphenated.to_string().contains('\u{a0}'));
}

#[cfg(feature = "html")]
#[test]
fn dates_come_with_where_they_were_found() {
    let bench = Bench::with_sample_corpus();
    for (file, date, from) in [
        ("kopiert/munition-baustelle.txt", "2019-05-22T18:40:00", "text"),
        ("kopiert/hochwasser-norderfehn.txt", "2018-01-05T13:02:00", "text"),
        ("archiv/1994-03-17-schiffahrt.txt", "1994-03-17", "text"),
        ("markdown/maisbauern-mehlau.md", "2019-08-14", "metadata"),
        ("web/nordkorea-gipfel.html", "2023-09-13T14:20:00+02:00", "metadata"),
        ("web/zwerggrundschulen.html", "2011-05-19T18:05:00", "metadata"),
        ("agentur/haushalt.json", "2005", "metadata"),
    ] {
        let article = article(&bench, file);
        let found = article["date"]["value"].as_str().unwrap_or("none");
        assert!(found.starts_with(date), "{file}: {found}");
        assert_eq!(article["date"]["from"], from, "{file}");
    }
}

#[cfg(feature = "html")]
#[test]
fn metadata_of_pages_and_exports_is_taken() {
    let bench = Bench::with_sample_corpus();
    let page = article(&bench, "web/nordkorea-gipfel.html");
    assert_eq!(texts(&page, "kicker"), ["Nordkorea und Russland"]);
    assert_eq!(texts(&page, "headline"), ["Kim Jong Un trifft Putin am Weltraumbahnhof Wostotschny"]);
    assert_eq!(page["source"], "Die Warte");
    assert_eq!(page["section"], "Ausland");
    assert_eq!(page["authors"], serde_json::json!(["Henrike Vollmoos", "Tjark Edelhoff"]));
    let text = page.to_string();
    for furniture in ["Cookie", "Newsletter", "Impressum"] {
        assert!(!text.contains(furniture), "{furniture} is no part of the article");
    }
    let item = article(&bench, "agentur/ticker-2023.jsonl:2");
    assert_eq!(item["record"], 2);
    assert_eq!(item["agency"], "nda");
}

#[test]
fn sample_corpus_has_what_its_readme_lists() {
    let readme = std::fs::read_to_string(project().join("sample-corpus/README.md")).expect("README");
    let listed: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    for file in &listed {
        assert!(project().join("sample-corpus").join(file).exists(), "{file} is listed and not there");
    }
    let mut files = Vec::new();
    for folder in std::fs::read_dir(project().join("sample-corpus")).expect("sample-corpus").flatten() {
        if folder.path().is_dir() {
            let name = folder.file_name().to_string_lossy().into_owned();
            for file in std::fs::read_dir(folder.path()).expect("folder").flatten() {
                files.push(format!("{name}/{}", file.file_name().to_string_lossy()));
            }
        }
    }
    for file in &files {
        assert!(listed.contains(&file.as_str()), "{file} is not listed in sample-corpus/README.md");
    }
    assert!(files.len() >= 50);
}

#[test]
fn the_character_set_of_a_text_is_told_and_how_sure_it_is() {
    let bench = Bench::new();
    let old = b"Die F\x84hre l\x84uft wieder\n\nDer F\x84hrmann \x81bersetzt seit Montag \x81ber den Flu\xe1, sagte die Stadt M\x81hlau.\n";
    bench.write("t/alt.txt", old);
    bench.write("t/neu.txt", "Die Möwe bleibt\n\nDie Möwe am Kai bleibt nach Auskunft der Stadt am Montag dort.\n");
    bench.write(
        "t/seite.html",
        b"<meta charset=iso-8859-1><h1>Der K\xe4fig am Kai</h1><p>Er steht dort seit dem Montag leer.",
    );
    bench.run(&["index", "t"]);
    let show = |file: &str, format: &[&str]| bench.run(&[&["show", file], format].concat()).out;
    assert!(show("t/alt.txt", &[]).contains("Zeichensatz    IBM850 (erkannt, sicher)\n"), "{}", show("t/alt.txt", &[]));
    let english = show("t/alt.txt", &["--lang", "en"]);
    assert!(english.contains("Character set  IBM850 (recognised, certain)\n"), "{english}");
    if cfg!(feature = "html") {
        let page: Value = serde_json::from_str(&show("t/seite.html", &["--format", "json"])).expect("JSON");
        assert_eq!(page["character_set"], serde_json::json!({"name": "windows-1252", "from": "declared"}));
    }
    let new: Value = serde_json::from_str(&show("t/neu.txt", &["--format", "json"])).expect("JSON");
    assert_eq!(new.get("character_set"), None);
}
