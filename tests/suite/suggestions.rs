//! Suggestions while a query is typed: what the archive has, in the spelling that it has it in, and nothing else.

use crate::Bench;
use findbuch_engine::suggest::{MOST, Suggestions, suggest};
use findbuch_engine::{Engine, IndexDir};
use findbuch_german::{fold, fold_keeping_digraphs, words};
use proptest::prelude::*;

/// Articles of our own about the price of oil and a minister.
fn bench() -> Bench {
    let bench = Bench::new();
    let lines = [
        (
            "Ölpreis fällt auf den Stand des Frühjahrs",
            "Der Ölpreis gab nach. Händler nannten den Ölpreis niedrig, die Straße nach Süden frei.",
        ),
        (
            "Ministerin bleibt beim Plan",
            "Am Montag sprach Ada Lindner mit Händlern. Auch Ada Lindner kennt die Ölpreise und den Ölmarkt.",
        ),
        (
            "Was Ada Lindner vorhat",
            "Die Pläne von Ada Lindner sind bekannt, sagte sie. Dass Ada Linz etwas anderes sagt, sagte niemand.",
        ),
        (
            "Markt und Straße",
            "Auf dem Markt sagten alle, dass der Plan gilt. Munitionslieferungen und Munition fehlten.",
        ),
    ];
    let line = |(number, (headline, text)): (usize, &(&str, &str))| {
        let source = if number == 0 { "Lindauer Blatt" } else { "Süd-Kurier" };
        let article = serde_json::json!({"id": format!("a{number}"), "headline": headline, "text": text, "source": source,
            "author": "Ada Lindwurm", "published": "2021-03-04"});
        format!("{article}\n")
    };
    let text: String = lines.iter().enumerate().map(line).collect();
    bench.write("articles/alle.jsonl", text);
    bench.run(&["index", "articles"]);
    bench
}

fn engine(bench: &Bench) -> Box<dyn Engine> {
    IndexDir::new(&bench.path("index")).open().expect("an index")
}

#[test]
fn words_names_and_headlines_are_suggested_as_the_archive_has_them() {
    let bench = bench();
    let engine = engine(&bench);
    let check = |typed: &str, words: &[&str], names: &[(&str, u64)], headlines: &[&str]| {
        let found = suggest(&*engine, typed, 5).expect(typed);
        let of_words: Vec<&str> = found.words.iter().map(|word| word.text.as_str()).collect();
        let of_names: Vec<(&str, u64)> = found.names.iter().map(|name| (name.text.as_str(), name.articles)).collect();
        let of_headlines: Vec<&str> = found.headlines.iter().map(|headline| headline.text.as_str()).collect();
        assert_eq!(of_words, words, "{typed}");
        assert_eq!(of_names, names, "{typed}");
        assert_eq!(of_headlines, headlines, "{typed}");
    };
    let fall = ["Ölpreis fällt auf den Stand des Frühjahrs"];
    // two forms of one word are one suggestion
    check("ölpr", &["Ölpreis"], &[], &fall);
    check("oelpr", &["Ölpreis"], &[], &fall);
    check("ÖLPR", &["Ölpreis"], &[], &fall);
    check("stras", &["Straße"], &[], &["Markt und Straße"]);
    check("mun", &["Munition", "Munitionslieferungen"], &[], &[]);
    check(
        "ada l",
        &["Lindner", "Linz"],
        &[("Ada Lindwurm", 4), ("Ada Lindner", 2), ("Ada Linz", 1)],
        &["Was Ada Lindner vorhat"],
    );
    check("Ada Lindn", &["Lindner"], &[("Ada Lindner", 2)], &["Was Ada Lindner vorhat"]);
    check("linda", &[], &[("Lindauer Blatt", 1)], &[]);
    // function words are none
    check("un", &[], &[], &[]);
    // whole values of a field, whatever word of theirs is typed
    check("Markt quelle:kur", &[], &[("Süd-Kurier", 3)], &[]);
    check("quelle:\"Süd K", &[], &[("Süd-Kurier", 3)], &[]);
    check("autor:ada", &[], &[("Ada Lindwurm", 4)], &[]);
    // behind operators, fields and quotation marks the last word alone
    for before in ["Plan UND ", "titel:", "\"", "(", "-", "Plan NAH/3 ", "\"Ada Lindner\" "] {
        check(&format!("{before}ölpr"), &["Ölpreis"], &[], &[]);
    }
    for nothing in ["", " ", "\"", "quelle:", "§§§", "=", &"x".repeat(9_000)] {
        let found = suggest(&*engine, nothing, 5).expect(nothing);
        assert!(found.words.is_empty() && found.headlines.is_empty(), "{nothing}: {found:?}");
    }
    assert_eq!(suggest(&*engine, "ada", 0).expect("nothing"), Suggestions::default());
}

#[cfg(feature = "html")]
#[test]
fn suggestions_on_the_command_line() {
    let bench = Bench::with_sample_corpus();
    let output = bench.run(&["suggest", "Kim J"]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    assert!(output.out.contains("\nNamen\n  Kim Jong Un (3)\n"), "{}", output.out);
    let json: serde_json::Value =
        serde_json::from_str(&bench.run(&["suggest", "mun", "--format", "json", "-n", "2"]).out).expect("JSON");
    assert_eq!(json["schema"], "findbuch.suggest/1");
    assert_eq!(json["typed"], "mun");
    assert_eq!(json["words"][0], serde_json::json!({"text": "Munition", "query": "Munition", "articles": 4}));
    assert_eq!(json["words"].as_array().map(Vec::len), Some(2));
    assert_eq!(bench.run(&["suggest", "xyzzy"]).code, Some(1));
    assert_eq!(bench.run(&["suggest", "-Mun"]).code, Some(0));
}

/// Folded words with a space between, in both readings of ae, oe, ue.
fn foldings(text: &str) -> [String; 2] {
    [fold, fold_keeping_digraphs].map(|fold| {
        let folded: Vec<String> = words(text).filter_map(|span| text.get(span)).map(fold).collect();
        folded.join(" ")
    })
}

#[test]
fn whatever_is_typed_is_in_what_is_suggested() {
    let bench = Bench::with_sample_corpus();
    let engine = engine(&bench);
    // beginnings of what the archive has, and whatever else there is
    let piece = prop_oneof![
        4 => proptest::sample::select(&["Kim J", "Mun", "Oelde", "Waf", "Knopf", "Norderfehner B", "Straß", "w", "U-", "für "][..])
            .prop_map(str::to_owned),
        1 => proptest::sample::select(&["titel:", "quelle:", "autor:\"", " UND ", "(", "\"", "-", "*", "~1"][..])
            .prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[a-zäöüß ]{1,6}",
    ];
    let typed = proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat());
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(typed in typed)| {
        let found = suggest(&*engine, &typed, MOST).expect("suggestions");
        let whole = foldings(&typed);
        let last = whole.clone().map(|whole| whole.rsplit(' ').next().unwrap_or_default().to_owned());
        for word in &found.words {
            let form = fold(&word.text);
            prop_assert!(last.iter().any(|last| form.starts_with(last.as_str())), "{typed:?}: {}", word.text);
        }
        let in_field = typed.contains(':');
        for name in found.names.iter().filter(|_| !in_field) {
            let name = foldings(&name.text);
            let begins = whole.iter().any(|whole| name[0].starts_with(whole.as_str()));
            prop_assert!(begins, "{typed:?}: {name:?}");
        }
        for headline in &found.headlines {
            let folded = foldings(&headline.text)[0].clone();
            for (at, typed_word) in whole[0].split(' ').enumerate() {
                let other = whole[1].split(' ').nth(at).unwrap_or(typed_word);
                let has = folded.split(' ').any(|word| word.starts_with(typed_word) || word.starts_with(other));
                prop_assert!(has, "{typed:?}: {}", headline.text);
            }
        }
    });
}
