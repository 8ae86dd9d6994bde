//! What is found as the same word, through the real binary: docs/GERMAN.md in tests.

use crate::Bench;

/// A bench with one article a sentence, named a, b, c …
fn articles(sentences: &[&str]) -> Bench {
    let bench = Bench::new();
    for (name, sentence) in ('a'..).zip(sentences) {
        bench.write(
            &format!("t/{name}.txt"),
            format!(
                "Nachrichten aus dem Kreis\n\nIm Kreistag war am Montag viel los. {sentence} Dann kam die Pause.\n"
            ),
        );
    }
    bench.run(&["index", "t"]);
    bench
}

fn found(bench: &Bench, query: &str) -> String {
    let mut names: Vec<String> = bench.names(query).iter().map(|name| name[..1].to_owned()).collect();
    names.sort();
    names.concat()
}

#[track_caller]
fn check(sentences: &[&str], queries: &[(&str, &str)]) {
    let bench = articles(sentences);
    for (query, expected) in queries {
        assert_eq!(found(&bench, query), *expected, "{query}");
    }
}

#[test]
fn parts_and_compounds_find_each_other() {
    check(
        &[
            "Die Artilleriemunition ist knapp.",
            "Die Munitionslieferungen stocken.",
            "Die Lieferung von Munition an das Land stockt.",
            "Eine Krankenhausschließung steht bevor.",
            "Die munitionshungrige Armee wartet.",
            "Nordkoreanische Minister reisen an.",
        ],
        &[
            ("Munition", "abce"),
            ("munition", "abce"),
            ("Munitionslieferung", "bc"),
            ("Krankenhaus", "d"),
            ("Schließung", "d"),
            ("Nordkorea", "f"),
            ("\"Munition\"", "c"),
        ],
    );
}

#[test]
fn compounds_are_switched_off_and_inflection_stays() {
    let bench = articles(&[
        "Die Artilleriemunition ist knapp.",
        "Die Lieferung von Munition stockt.",
        "Die Munitionslieferungen stocken.",
    ]);
    for (query, all, whole) in [
        ("Munition", "abc", "b"),
        ("Munitionslieferung", "bc", "c"),
        ("Lieferungen", "bc", "b"),
        ("Land ODER Munition", "abc", "b"),
    ] {
        let paths = |arguments: &[&str]| {
            let out = bench.run(&[&["search", query, "--format", "paths"][..], arguments].concat()).out;
            out.lines().filter_map(|path| path.get(2..3).map(str::to_owned)).collect::<std::collections::BTreeSet<_>>()
        };
        let set = |letters: &str| letters.chars().map(|letter| letter.to_string()).collect();
        assert_eq!((paths(&[]), paths(&["--no-compounds"])), (set(all), set(whole)), "{query}");
    }
    let marked = bench.run(&["search", "Munition", "--no-compounds"]).out;
    assert!(marked.contains("von *Munition* stockt") && !marked.contains("Artillerie"), "{marked}");
}

#[test]
fn one_form_is_switched_off() {
    let bench = articles(&[
        "Die Bahn hält. Die Straßenbahn auch.",
        "Die Autobahn ist gesperrt, auch andere Autobahnen.",
        "Alle Bahnen halten.",
        "Die Straßenbahnen fahren auf der Autobahn.",
        "Ein Gang durch das Haus. Er ging, sie ging.",
        "Sie geht nach Haus.",
        "Heute hält die S-Bahn. Niemand wartet.",
        "Morgen halten die S-Bahnen. Niemand wartet.",
    ]);
    let paths = |arguments: &[&str]| {
        let out = bench.run(&[&["search"][..], arguments, &["--format", "paths"]].concat()).out;
        let letters: std::collections::BTreeSet<&str> = out.lines().filter_map(|path| path.get(2..3)).collect();
        letters.into_iter().collect::<String>()
    };
    for (arguments, expected) in [
        (&["Bahn"][..], "abcdgh"),
        (&["Bahn", "--without", "Autobahn"], "acdgh"),
        (&["Bahn", "--without", "Autobahnen", "--without", "straßenbahn"], "acgh"),
        (&["Bahn", "--without", "Bahnen"], "abdg"),
        (&["Bahn", "--without", "S-Bahnen"], "abcd"),
        (&["Bahn", "--without", "Bahn", "--without", "Straßenbahn"], "bcdh"),
        (&["Bahn", "-Autobahn", "--without", "Straßenbahn"], "acgh"),
        (&["gehen"], "ef"),
        // a noun of the same letters is no form of the verb
        (&["gehen", "--without", "ging"], "f"),
        (&["gehen", "--without", "ging", "--without", "geht"], ""),
        (&["Haus", "--without", "Autobahn"], "ef"),
        (&["S-Bahn"], "gh"),
        (&["S-Bahn", "--without", "S-Bahnen"], "g"),
        (&["S-Bahn", "--without", "S-Bahn"], "h"),
        (&["\"die S-Bahn\"", "--without", "S-Bahnen"], "g"),
    ] {
        assert_eq!(paths(arguments), expected, "{arguments:?}");
    }
    let shown = bench.run(&["search", "Bahn", "--without", "Autobahn", "--color", "never"]).out;
    assert!(shown.contains("Straßen*bahnen* fahren auf der Autobahn."), "{shown}");
    assert_eq!(bench.run(&["search", "Bahn", "--without", "Autobahn", "--count"]).out, "5\n");
    let explained = bench.run(&["search", "Bahn", "--explain", "--without", "Straßenbahn"]).out;
    let told = "Autobahn 2, Autobahnen 1";
    let merged = "In diesen Treffern auch: Autobahn 3, S-Bahn 2, Bahnen 1 (einzeln aus mit --without WORT)";
    assert!(explained.contains(merged) && !explained.contains(told), "inflections of a compound are one: {explained}");
    let json = bench.run(&["search", "Bahn", "--explain", "--format", "json", "--without", "Straßenbahn"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let expected = serde_json::json!([{"form": "Autobahn", "places": 3}, {"form": "S-Bahn", "places": 2}, {"form": "Bahnen", "places": 1}]);
    assert_eq!(json["forms"], expected);
    let cited = bench.run(&["search", "Bahn", "--without", "Autobahn", "--cite"]).out;
    assert!(cited.contains("--without Autobahn"), "{cited}");
}

#[test]
fn an_index_learns_compounds_once() {
    let joined = |word: &str| format!("Die {word}-Kundgebung, die {word}-Gruppe und die {word}-Bewegung.");
    let bench = articles(&[&joined("Pegida"), "Viele Pegidaanhänger kamen. Auch Murkelinfreunde kamen."]);
    assert_eq!(found(&bench, "Pegida"), "ab");
    assert_eq!(found(&bench, "Murkelin"), "");
    bench.write(
        "t/c.txt",
        format!("Nachrichten\n\nIm Kreis war viel los. {} Dann kam die Pause.\n", joined("Murkelin")),
    );
    bench.write("t/d.txt", "Nachrichten\n\nIm Kreis war viel los. Die Murkelinfreunde waren da. Dann kam die Pause.\n");
    bench.run(&["index", "t"]);
    assert_eq!(found(&bench, "Murkelin"), "c", "what is learnt stays as it is");
    bench.run(&["index", "--rebuild"]);
    assert_eq!(found(&bench, "Murkelin"), "bcd");
    let marked = bench.run(&["search", "Murkelin", "--color", "never"]).out;
    assert!(marked.contains("*Murkelin*freunde"), "{marked}");
}

#[test]
fn hyphens_complete_compounds() {
    check(
        &[
            "Waffen- und Munitionslieferungen sind geplant.",
            "Die Ein- und Ausreise ist frei.",
            "Der Textilhersteller und -händler schließt.",
            "Ein U-Boot taucht auf.",
            "Das Uboot sinkt.",
            "Es geht um Bürger:innen- und Verbändebeteiligung.",
            "Sie streiten in Nord- und Südkorea.",
        ],
        &[
            ("Waffenlieferung", "a"),
            ("Einreise", "b"),
            ("Textilhändler", "c"),
            ("U-Boot", "de"),
            ("Uboot", "de"),
            ("Bürgerbeteiligung", "f"),
            ("Nordkorea", "g"),
        ],
    );
}

#[test]
fn inflections_meet_and_other_words_stay_apart() {
    check(
        &[
            "Die Systeme und Raketen der Firmen stehen im Museum.",
            "Das System der Rakete und die Firma passen in die Museen.",
            "Die Arbeiter planen.",
            "Die Arbeit ruht, der Plan steht.",
            "Der Planet dreht sich, sagt Müller.",
            "Der Müll liegt da, die Männer gingen.",
            "Das Gedicht von Grass und das Buch von Kohl.",
            "Das Gras wächst, der Mann geht, die Kohle brennt.",
        ],
        &[
            ("System", "ab"),
            ("Raketen", "ab"),
            ("Firma Museum", "ab"),
            ("Arbeit", "d"),
            ("Arbeiter", "c"),
            ("Planet", "e"),
            ("Müller", "e"),
            ("Müll", "f"),
            ("Männer", "fh"),
            ("gehen", "fh"),
            ("Grass", "g"),
            ("Gras", "h"),
            ("Kohl", "g"),
            ("=Mann", "h"),
            ("=\"der Mann\"", "h"),
            ("=\"die Mann\"", ""),
        ],
    );
}

#[test]
fn the_form_typed_ranks_first() {
    let bench = articles(&["Die Raketen, die Raketen, die Raketen.", "Die Rakete flog.", "Die Raketenstarts."]);
    assert_eq!(bench.names("Rakete"), ["b.txt", "a.txt", "c.txt"]);
}

#[test]
fn gendered_forms_are_one_word() {
    let forms =
        ["Arbeiter:innen", "Arbeiter*innen", "Arbeiter_innen", "ArbeiterInnen", "Arbeiter/-innen", "Arbeiter(innen)"];
    let sentences: Vec<String> = forms.iter().map(|form| format!("Die {form} streiken.")).collect();
    let bench = articles(&sentences.iter().map(String::as_str).collect::<Vec<_>>());
    for query in ["Arbeiter", "Arbeiterin", "Arbeiterinnen", "Arbeiter:innen", "Arbeiter*innen", "Arbeiter(innen)"] {
        assert_eq!(found(&bench, query), "abcdef", "{query}");
    }
    check(
        &["Die Leser:innenbriefe liegen da.", "Eine Patient:innenvertretung tagt."],
        &[("Leserbrief", "a"), ("Patientenvertretung", "b"), ("Leser:innenbriefe", "a")],
    );
    check(
        &["Die Kolleg:in kommt.", "Der Kollege kommt."],
        &[("Kollege", "ab"), ("Kollegin", "ab"), ("Kolleg:innen", "ab")],
    );
}

#[test]
fn spellings_meet() {
    check(
        &[
            "Man sagt, daß die Schiffahrt und das Potential des Photos groß sind, dazu der Delphin und der Stengel.",
            "Man sagt, dass die Schifffahrt und das Potenzial des Fotos groß sind, dazu der Delfin und der Stängel.",
            "Der Fuehrerschein von Mueller kostet 15.000 Euro.",
            "Der Führerschein von Müller kostet 15 000 Euro, am 12.09.2023.",
            "Die S p e r r u n g der Waſſerſtraße, 152-mm-Granaten.",
            "Der Poet Michael liest aus neuer Quelle, 152mm weit, am 12.9.2023.",
        ],
        &[
            ("=dass", "ab"),
            ("Schifffahrt", "ab"),
            ("Schiffahrt Potenzial Photo", "ab"),
            ("Delfin Stengel", "ab"),
            ("Führerschein", "cd"),
            ("Fuehrerschein Mueller", "cd"),
            ("15000", "cd"),
            ("15 000", "cd"),
            ("15.000", "cd"),
            ("Sperrung Wasserstraße", "e"),
            ("\"152 mm\"", "ef"),
            ("152mm", "ef"),
            ("12.9.2023", "df"),
            ("Poet", "f"),
            ("Pöt", ""),
        ],
    );
}

#[test]
fn words_of_the_family_are_found_for_questions_and_where_asked_for() {
    let bench = articles(&[
        "Die Polizei hat den Schmuggler in Mehlau verhaftet.",
        "Nach der Verhaftung des Schmugglers blieb der Hafen geschlossen.",
        "Der Schmuggler aus Mehlau ist frei.",
    ]);
    let count = |query: &str, options: &[&str]| {
        bench.run(&[&["search", query, "--count"], options].concat()).out.trim().to_owned()
    };
    for (query, options, articles) in [
        ("Verhaftung", &[] as &[&str], "1"),
        ("Verhaftung", &["--related"], "2"),
        ("verhaftet", &["--related"], "2"),
        ("Verhaftung", &["--exact"], "1"),
        ("=Verhaftung", &["--related"], "1"),
        ("Wann wurde der Schmuggler verhaftet?", &[], "2"),
        ("Wann wurde der Schmuggler verhaftet?", &["--no-related"], "1"),
    ] {
        assert_eq!(count(query, options), articles, "{query} {options:?}");
    }
    let explained = bench.run(&["search", "Verhaftung", "--related", "--explain"]).out;
    assert!(explained.contains("verwandt: verhaften · 1 Artikel (aus mit --no-related)"), "{explained}");
    let without = bench.run(&["search", "Verhaftung", "--related", "--without", "verhaften", "--format", "paths"]).out;
    assert_eq!(without, "t/b.txt\n");
}

#[test]
fn what_words_are_together_is_found_too() {
    let bench = articles(&[
        "Das Technische Hilfswerk (THW) pumpt den Keller leer.",
        "Das Technische Hilfswerk (THW) hat gewonnen, meldet das Amt.",
        "Das THW räumt auf.",
        "Die Firma DeepSeek wächst.",
        "DeepSeek gegen Deep Seek.",
        "Deep Seek wird verboten.",
        "J. D. Brockhusen malt.",
        "JD Brockhusen schweigt.",
        "Hartz IV wird ersetzt.",
        "Die 7-Tage-Inzidenz sinkt.",
        "Die Sieben-Tage-Inzidenz steigt.",
    ]);
    for (query, expected) in [
        ("Technischen Hilfswerks", "abc"),
        ("THW", "abc"),
        ("Deep Seek", "def"),
        ("DeepSeek", "def"),
        ("JD Brockhusen", "gh"),
        ("J.D. Brockhusen", "gh"),
        ("Hartz 4", "i"),
        ("7-Tage-Inzidenz", "jk"),
        ("Sieben-Tage-Inzidenz", "jk"),
    ] {
        assert_eq!(found(&bench, query), expected, "{query}");
    }
    let stats = bench.run(&["stats"]).out;
    assert!(stats.contains("short forms  1: THW Technische Hilfswerk\n"), "{stats}");
    assert!(stats.contains("one word     1: DeepSeek (Deep Seek)\n"), "{stats}");
    let off = bench.run(&["search", "Technischen Hilfswerks", "--no-variants", "--count"]);
    assert_eq!(off.out.trim(), "2");
}

#[test]
fn numbers_are_found_with_their_units_before_loose_ones() {
    let bench = articles(&[
        "Für 15.000 Fahrten gab es Lob, und jede kostet 3 Euro.",
        "Er zahlt 15.000 Euro Strafe.",
        "Es kostet 15 000 €.",
        "Der Paragraf 218 bleibt.",
        "Nach § 218a ist Seite 218 leer.",
        "Seite 218 ist leer.",
        "Ein Rückgang um 20 Prozent.",
        "Rund 20 Tote, aber 5 % mehr.",
    ]);
    for (query, expected) in
        [("15.000 €", "bc"), ("15.000 Euro", "abc"), ("§ 218", "d"), ("§218a", "e"), ("20 %", "g"), ("20 Prozent", "g")]
    {
        assert_eq!(found(&bench, query), expected, "{query}");
    }
    let first = bench.run(&["search", "15.000 Euro", "--limit", "1", "--format", "paths"]).out;
    assert_eq!(first, "t/b.txt\n");
}

#[test]
fn a_compound_that_no_article_has_is_searched_as_its_words() {
    let far = "am Morgen durch die Stadt und niemand dachte dort an einen schlimmen";
    let bench = articles(&[&format!("Der Bus fuhr {far} Unfall."), "Die Bahn fährt."]);
    let shown = bench.run(&["search", "Busunfall"]);
    assert!(shown.out.contains("Kein Artikel hat „Busunfall“. Gesucht wurde: Bus Unfall\n1 Treffer"), "{}", shown.out);
    let exact = bench.run(&["search", "=Busunfall"]);
    assert!(exact.out.contains("0 Treffer"), "{}", exact.out);
}

#[test]
fn the_people_of_a_place_are_found_by_it() {
    let bench = articles(&[
        "Die Münchner feiern.",
        "München feiert.",
        "Ein Bremer siegt.",
        "Herr Lindner redet.",
        "Linden blüht.",
    ]);
    for (query, expected) in [("München", "ab"), ("Bremen", "c"), ("Münchner", "a"), ("Linden", "e")] {
        assert_eq!(found(&bench, query), expected, "{query}");
    }
}

#[test]
fn names_are_found_in_other_spellings_until_switched_off() {
    let bench = articles(&[
        "Selenskyj spricht mit Schoigu in Pjöngjang.",
        "Zelensky meets Shoigu in Pyongyang.",
        "Erdoğan trifft Kim Jong-un.",
        "Erdogan trifft Kim Jong Un.",
    ]);
    for query in ["Selenski", "Zelenskyj", "Shoigu", "Schoigu", "Pjöngjang", "Pyongyang"] {
        assert_eq!(found(&bench, query), "ab", "{query}");
    }
    assert_eq!(found(&bench, "Erdogan \"Kim Jong-Un\""), "cd");
    let shown = bench.run(&["search", "Selenskyj"]);
    assert!(shown.out.contains("Auch gesucht: Zelensky (aus mit --no-variants)"), "{}", shown.out);
    let off = bench.run(&["search", "Selenskyj", "--no-variants", "--format", "paths"]);
    assert_eq!(off.out, "t/a.txt\n");
    let one_off = bench.run(&["search", "Selenskyj", "--without", "Zelensky", "--format", "paths"]);
    assert_eq!(one_off.out, "t/a.txt\n");
    let other_off = bench.run(&["search", "Selenskyj", "--without", "Zelenskyy", "--format", "paths"]);
    assert_eq!(other_off.out, "t/a.txt\nt/b.txt\n");
    let json: serde_json::Value =
        serde_json::from_str(&bench.run(&["search", "Selenskyj", "--format", "json"]).out).expect("JSON");
    assert_eq!(json["also"], serde_json::json!([{"word": "Selenskyj", "also": "Zelensky", "from": "names"}]));
}

#[test]
fn synonyms_of_the_index_are_searched() {
    let bench = articles(&["Die Bahn kommt.", "Der Zug kommt.", "Der Bus kommt."]);
    assert_eq!(found(&bench, "Bahn"), "a");
    bench.write("index/synonyms.txt", "# Verkehr\nBahn, Zug, Eisenbahn\nÖPNV => Bus, Bahn\n");
    assert_eq!(found(&bench, "Bahnen"), "ab");
    assert_eq!(found(&bench, "ÖPNV"), "ac");
    assert_eq!(found(&bench, "Bus"), "c");
    assert_eq!(bench.run(&["index", "--rebuild"]).code, Some(0), "the list stays beside the index");
    assert_eq!(found(&bench, "Zug"), "ab");
    bench.write("index/synonyms.txt", "allein\n");
    let faulty = bench.run(&["search", "Bahn"]);
    assert_eq!(faulty.code, Some(0), "the search goes on");
    assert!(faulty.err.contains("synonyms.txt, Zeile 1: ein Wort allein hat kein Synonym"), "{}", faulty.err);
}

#[test]
fn adjectives_and_participles_are_found_in_every_form() {
    check(
        &[
            "Das ist international üblich.",
            "Die internationale Lage ist ernst.",
            "Die Klage wurde eingereicht, sie reichten sie ein.",
            "Man will die Klage einreichen.",
            "Die geplante Schleuse ist teuer.",
            "Sie planen eine teure Brücke.",
        ],
        &[
            ("internationalen", "ab"),
            ("einreichen", "cd"),
            ("eingereichte", "cd"),
            ("geplanten", "ef"),
            ("teurer", "ef"),
        ],
    );
}

#[test]
fn words_that_look_alike_stay_apart() {
    check(
        &[
            "Es ist sicher.",
            "Sie freuen sich.",
            "Der Ort feiert ein Fest.",
            "Die feste Mauer hält.",
            "Das heißt nichts.",
            "Der Tee ist heiß.",
        ],
        &[("sicher", "a"), ("Fest", "c"), ("feste", "cd"), ("heißer", "f")],
    );
}

#[test]
fn a_name_is_searched_with_its_capital_alone() {
    check(
        &["Frau Lang sprach.", "Der lange Weg ist steil.", "Es ist die Rede Langs.", "Das dauert lang."],
        &[("^Lang", "ac"), ("Lang", "abcd"), ("lang", "abcd"), ("^Lang Rede", "c")],
    );
}

#[test]
fn separated_verbs_are_found() {
    check(
        &[
            "Der Vogt tritt am Montag zurück.",
            "Sie treten an den Deich.",
            "Der Vogt ist zurückgetreten.",
            "Griff er den Wirt an, als es hell war?",
        ],
        &[("zurücktreten", "ac"), ("zurückgetreten", "ac"), ("angreifen", "d"), ("angegriffen", "d")],
    );
}

#[test]
fn dates_and_numbered_names_are_one_thing() {
    check(
        &[
            "Am 7. Oktober 2024 begann es.",
            "Seit dem 7.10.2024 ruht es.",
            "Im Oktober kamen 7 Boote.",
            "Auf der A 7 staut es sich.",
            "Die A7 ist frei, eine 7 und ein A stehen da.",
        ],
        &[("7. Oktober", "ab"), ("7. Oktober 2024", "ab"), ("7.10.2024", "ab"), ("A 7", "de")],
    );
}

#[test]
fn abbreviations_are_searched_as_what_they_stand_for() {
    let bench = articles(&[
        "Das Norderfehner Deichamt (NDA) warnt.",
        "Nach Ansicht des Hauses, des Norderfehner Deichamt (NDA), ist es so.",
        "Der Plan kam vom Norderfehner Deichamt selbst.",
        "Am Sonnabend war Markt.",
        "Kim Jong Un reiste.",
        "Die Vereinten Nationen tagten.",
    ]);
    assert_eq!(found(&bench, "NDA"), "abc");
    assert_eq!(found(&bench, "Samstag"), "d");
    assert_eq!(found(&bench, "UNO"), "f");
    assert_eq!(found(&bench, "Kim Jong Un"), "e");
    let answer = bench.run(&["search", "NDA"]);
    assert!(answer.out.contains("Auch gesucht: Norderfehner Deichamt"), "{}", answer.out);
    assert_eq!(bench.run(&["search", "NDA", "--without", "Norderfehner Deichamt", "--count"]).out, "2\n");
}

#[test]
fn unknown_words_are_answered_with_known_ones() {
    let bench =
        articles(&["Die Munition von Schmidt liegt bereit.", "Die Munition und die Bauhütte.", "Die Waffenlieferung."]);
    let corrected = bench.run(&["search", "Munitoin"]);
    assert_eq!(corrected.code, Some(0));
    assert!(
        corrected.out.starts_with("Kein Artikel hat „Munitoin“. Gesucht wurde: Munition\n2 Treffer\n"),
        "{}",
        corrected.out
    );
    assert!(bench.run(&["search", "Schmitt"]).out.contains("Gesucht wurde: Schmidt"));
    assert_eq!(found(&bench, "waffen lieferung"), "c");
    assert_eq!(found(&bench, "Bau hütte"), "b");
    let exact = bench.run(&["search", "=Munitoin"]);
    assert_eq!(exact.code, Some(1));
    assert!(exact.out.contains("Meinten Sie: Munition?"), "{}", exact.out);
    let json: serde_json::Value =
        serde_json::from_str(&bench.run(&["search", "Munitoin", "--format", "json"]).out).expect("JSON");
    assert_eq!((&json["corrected"], &json["did_you_mean"][0]["word"]), (&"Munition".into(), &"Munitoin".into()));
    assert_eq!(bench.run(&["search", "Xylographenquark"]).code, Some(1));
    // function words need not be there, and a question mark is no part of a word
    let question = bench.run(&["search", "Warum fehlt Munitoin?"]).out;
    assert!(!question.contains("Warum“"), "{question}");
    assert!(!question.contains("?“"), "{question}");
}

#[test]
fn explain_counts_each_way() {
    let bench = articles(&["Die Munition.", "Die Artilleriemunition.", "Der Munitionen sind viele."]);
    let text = bench.run(&["search", "Munition", "--explain"]).out;
    for line in [
        "Munition: 3 Artikel",
        "  in dieser Form: munition · 1 Artikel",
        "  in jeder Beugung, Stamm: munition · 2 Artikel",
        "  als Teil von Zusammensetzungen: munition · 1 Artikel",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let exact = bench.run(&["search", "Munition", "--exact", "--format", "paths"]);
    assert_eq!(exact.out, "t/a.txt\n");
}
