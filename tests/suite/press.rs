//! What is read from the XML of agencies, papers, feeds and libraries, through the binary.

use crate::{Bench, project};
use serde_json::Value;

/// A bench that has indexed the XML samples alone.
fn bench() -> Bench {
    let bench = Bench::new();
    let output = bench.run(&["index", &project().join("sample-corpus/presse").to_string_lossy()]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    bench
}

fn article(bench: &Bench, name: &str) -> Value {
    let path = project().join("sample-corpus").join(name);
    let name = if name.starts_with("presse/") { &*path.to_string_lossy() } else { name };
    let output = bench.run(&["show", name, "--format", "json"]);
    assert_eq!(output.code, Some(0), "{name}: {}", output.err);
    serde_json::from_str(&output.out).expect("JSON")
}

fn parts(article: &Value) -> Vec<(&str, &str)> {
    let parts = article["parts"].as_array().expect("parts");
    parts.iter().filter_map(|p| Some((p["kind"].as_str()?, p["text"].as_str()?))).collect()
}

fn kinds(article: &Value) -> Vec<&str> {
    parts(article).into_iter().map(|(kind, _)| kind).collect()
}

/// What one article must have.
struct Expected {
    id: &'static str,
    headline: &'static str,
    authors: &'static [&'static str],
    date: &'static str,
    source: &'static str,
    kinds: &'static [&'static str],
    /// Words that belong to the file and not to the text.
    foreign: &'static [&'static str],
}

fn check(bench: &Bench, expected: &Expected) -> Value {
    let found = article(bench, expected.id);
    let id = expected.id;
    let headline = parts(&found).into_iter().find(|(kind, _)| *kind == "headline").map_or("", |(_, text)| text);
    assert_eq!(headline, expected.headline, "{id}");
    let authors: Vec<&str> = found["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(authors, expected.authors, "{id}");
    assert_eq!(found["date"]["value"].as_str().unwrap_or(""), expected.date, "{id}");
    assert_eq!(found["source"].as_str().unwrap_or(""), expected.source, "{id}");
    assert_eq!(found["language"], "de", "{id}");
    assert_eq!(kinds(&found), expected.kinds, "{id}: {:#?}", parts(&found));
    let text = parts(&found).iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n");
    for word in expected.foreign.iter().chain(&["<", "&lt;", "&amp;"]) {
        assert!(!text.contains(word), "{id}: {word} is no part of {text}");
    }
    found
}

#[test]
fn newsml_g2_is_read() {
    let bench = bench();
    let found = check(
        &bench,
        &Expected {
            id: "urn:newsml:nda.example:20240617:klappbruecke-1",
            headline: "Brückenwärter von Norderfehn zieht in einen Container um",
            authors: &["Sünje Harmsen"],
            date: "2024-06-17T10:50:00+02:00",
            source: "Norderfehner Depeschen-Agentur",
            kinds: &[
                "kicker",
                "headline",
                "subhead",
                "lead",
                "paragraph",
                "crosshead",
                "paragraph",
                "paragraph",
                "caption",
                "paragraph",
            ],
            foreign: &["stat:", "jpg"],
        },
    );
    assert_eq!(found["agency"], "nda");
    assert_eq!(found["dateline"], "Norderfehn");
    assert_eq!(found["section"], "Landespolitik");
    assert_eq!(found["tags"], serde_json::json!(["Straßenverkehr", "Korrespondentenbericht", "Verkehr", "Brücken"]));
}

#[test]
fn a_message_of_several_items_has_an_article_each() {
    let bench = bench();
    let bell = check(
        &bench,
        &Expected {
            id: "urn:newsml:nda.example:20231004:glocke",
            headline: "Warnseer Glocke läutet wieder",
            authors: &["Momme Tadsen"],
            date: "2023-10-04T00:20:00+02:00",
            source: "Norderfehner Depeschen-Agentur",
            kinds: &["headline", "lead", "paragraph", "crosshead", "paragraph", "boilerplate"],
            foreign: &["Morgenpaket"],
        },
    );
    assert_eq!(bell["section"], "Kultur");
    assert_eq!(bell["record"], 1);
    let lamps = article(&bench, "urn:newsml:nda.example:20231004:strassenlampen");
    assert_eq!(lamps["tags"], serde_json::json!(["Straßenbeleuchtung", "zurückgezogen"]));
    assert_eq!(lamps["dateline"], "Mehlau");
    assert_eq!(bench.hits("Morgenpaket").len(), 0, "a package repeats its items");
}

#[test]
fn newsml_1_and_nitf_are_read() {
    let bench = bench();
    let garden = check(
        &bench,
        &Expected {
            id: "urn:newsml:warnsee-dienst.example:20040908:kleingaerten",
            headline: "Kleingärtner messen jetzt den Regen",
            authors: &["Birte Callsen"],
            date: "2004-09-08T13:45:00+02:00",
            source: "Warnsee-Dienst",
            kinds: &["headline", "subhead", "lead", "crosshead", "paragraph", "paragraph", "caption"],
            foreign: &["text/html", "Usable"],
        },
    );
    assert_eq!(garden["section"], "Regionales");
    assert_eq!(garden["dateline"], "Warnsee");
    let honey = check(
        &bench,
        &Expected {
            id: "bote-2002-05-18-imkerei",
            headline: "Der Honig aus dem alten Wasserturm",
            authors: &["Frauke Behnken"],
            date: "2002-05-18T00:00:00+02:00",
            source: "Norderfehner Bote",
            kinds: &[
                "kicker",
                "headline",
                "subhead",
                "lead",
                "paragraph",
                "crosshead",
                "paragraph",
                "caption",
                "caption",
                "pull_quote",
                "paragraph",
                "boilerplate",
            ],
            foreign: &["Redaktionsmitglied", "\u{fffd}", "jpg"],
        },
    );
    assert_eq!(honey["tags"], serde_json::json!(["Imkerei", "Honig", "Landwirtschaft"]));
    assert_eq!(honey["dateline"], "Norderfehn");
    assert_eq!(bench.names("\"Zwei Brüder\" Völker"), ["bote-imkerei.nitf"]);
}

#[test]
fn feeds_have_an_article_an_entry() {
    let bench = bench();
    for expected in [
        Expected {
            id: "tageblatt-48211",
            headline: "Backstube zieht in die alte Sparkasse",
            authors: &["Levke Jansen"],
            date: "2019-05-02T00:15:00+02:00",
            source: "Mehlauer Tageblatt",
            kinds: &["headline", "lead", "paragraph", "crosshead", "paragraph", "pull_quote", "caption", "paragraph"],
            foreign: &["Bild der Backstube", "CDATA"],
        },
        Expected {
            id: "https://tageblatt.example/lenztal/chor-blaskapelle",
            headline: "Chor & Blaskapelle üben unter freiem Himmel",
            authors: &["Arne Petersen"],
            date: "2019-04-30T17:40:00Z",
            source: "Mehlauer Tageblatt",
            kinds: &["headline", "paragraph"],
            foreign: &["redaktion@"],
        },
        Expected {
            id: "tag:warte.example,2021:druckerei",
            headline: "Die letzte Setzerei macht Visitenkarten",
            authors: &["Ragna Soltau"],
            date: "2021-09-27T18:30:00+02:00",
            source: "Die Warte",
            kinds: &["headline", "lead", "paragraph", "crosshead", "paragraph", "paragraph"],
            foreign: &["Redaktion der Warte"],
        },
        Expected {
            id: "tag:warte.example,2021:hallenbad",
            headline: "Hallenbad Norderfehn: Wärme aus der Wäscherei",
            authors: &["Redaktion der Warte"],
            date: "2021-09-20T12:00:00Z",
            source: "Die Warte",
            kinds: &["headline", "lead", "paragraph"],
            foreign: &[],
        },
    ] {
        check(&bench, &expected);
    }
    assert_eq!(article(&bench, "tag:warte.example,2021:druckerei")["url"], "https://warte.example/2021/09/druckerei");
}

/// Where a word of a page is printed, rounded to tens.
fn places(page: &serde_json::Value, word: &str) -> Vec<[i64; 2]> {
    let words = page["printed"]["words"].as_array().expect("places");
    let number = |value: &serde_json::Value| value.as_i64().expect("a number");
    let is = |place: &&serde_json::Value| {
        let part = usize::try_from(number(&place["part"])).expect("a part");
        let [begin, end] = [&place["begin"], &place["end"]].map(|at| usize::try_from(number(at)).expect("a place"));
        let text = page["parts"][part]["text"].as_str().expect("a text");
        text.chars().skip(begin).take(end - begin).eq(word.chars())
    };
    let near = |value: &serde_json::Value| (number(value) + 5) / 10 * 10;
    words.iter().filter(is).map(|place| [near(&place["area"][0]), near(&place["area"][1])]).collect()
}

#[test]
fn scanned_pages_are_read_in_order_and_their_words_joined() {
    let bench = bench();
    let page = article(&bench, "presse/tageblatt-1995-05-13-seite-3.alto");
    assert_eq!(page["date"]["value"], "1995-05-13");
    assert_eq!(page["tags"], serde_json::json!(["Seite 3"]));
    assert_eq!(kinds(&page), ["boilerplate", "lead", "paragraph", "caption", "boilerplate"], "{:#?}", parts(&page));
    let text = page.to_string();
    for words in ["nun sechshundert Gäste", "eine Orgel kommen", "Natur- und Reisefilm"] {
        assert!(text.contains(words), "{words}");
    }
    let sheet = serde_json::json!({ "width": 1800, "height": 2600, "picture": "tageblatt-1995-05-13-seite-3.png" });
    assert_eq!(page["printed"]["sheets"], serde_json::json!([sheet]));
    let halves: Vec<[i64; 2]> = places(&page, "sechshundert");
    assert_eq!(halves, [[610, 240], [100, 280]], "a word in two halves stands in two places");
    assert_eq!(places(&page, "Gäste,"), [[490, 280]]);
    let page = article(&bench, "presse/bote-1995-seite-1.xml");
    assert_eq!(page["date"]["value"], "1995-11-08");
    assert_eq!(kinds(&page), ["boilerplate", "crosshead", "paragraph", "paragraph"], "{:#?}", parts(&page));
    assert_eq!(bench.names("\"im Rathaus gemeldet\""), ["bote-1995-seite-1.xml"]);
}

#[test]
fn an_issue_in_mets_has_its_articles_and_what_is_left_of_its_pages() {
    let bench = bench();
    let clock = check(
        &bench,
        &Expected {
            id: "presse/warte-1997/mets.xml:1",
            headline: "Turmuhr geht wieder richtig",
            authors: &["Ortrun Hellweg"],
            date: "1997-06-07",
            source: "Die Warte",
            kinds: &["headline", "lead", "paragraph", "caption"],
            foreign: &["Imkerschule", "Sonnabend", "Hellweg"],
        },
    );
    assert_eq!(clock["tags"], serde_json::json!(["Seite 7", "Seite 8"]));
    assert_eq!(clock["section"], "Aus dem Lenztal");
    assert!(clock.to_string().contains("das Pendellager gebrochen"), "{clock}");
    check(
        &bench,
        &Expected {
            id: "presse/warte-1997/mets.xml:2",
            headline: "Nachwuchs für die Imkerschule",
            authors: &["Focke Brinkmann"],
            date: "1997-06-07",
            source: "Die Warte",
            kinds: &["headline", "paragraph"],
            foreign: &["Turmuhr"],
        },
    );
    let rest = article(&bench, "presse/warte-1997/mets.xml:3");
    assert_eq!((&rest["source"], &rest["tags"]), (&"Die Warte".into(), &serde_json::json!(["Seite 8"])));
    assert!(rest.to_string().contains("Lenzniederung") && !rest.to_string().contains("Bronze"));
    for word in ["Bronze", "Lenzniederung", "Schwarm"] {
        assert_eq!(bench.names(word), ["mets.xml"], "{word} stands once in the index");
    }
}

#[test]
fn an_issue_is_kept_in_step_with_its_pages() {
    let bench = Bench::new();
    let sample = |name: &str| {
        std::fs::read_to_string(project().join("sample-corpus/presse/warte-1997").join(name)).expect("sample")
    };
    let (first, second) = (sample("alto/0001.xml"), sample("alto/0002.xml"));
    bench.write("a/alto/0001.xml", &first);
    bench.write("a/alto/0002.xml", &second);
    let index = |paths: &[&str], summary: &str| {
        let output = bench.run(&[&["index"], paths].concat());
        assert_eq!(output.code, Some(0), "{}", output.err);
        assert!(output.out.contains(summary), "{paths:?}: {summary}: {}", output.out);
    };
    index(&["a"], "2 new");
    bench.write("a/mets.xml", sample("mets.xml"));
    index(&["a/mets.xml"], "3 new, 0 changed, 0 unchanged, 2 removed");
    index(&["a"], "0 new, 0 changed, 3 unchanged, 0 removed");
    index(&["a/alto"], "0 new, 0 changed, 3 unchanged, 0 removed");
    // of the same length, and named alone as watch does
    bench.write("a/alto/0002.xml", second.replace("Bronze", "Kupfer"));
    index(&["a/alto/0002.xml"], "0 new, 1 changed, 2 unchanged");
    assert_eq!((bench.names("Kupfer"), bench.names("Bronze").len()), (vec!["mets.xml".to_owned()], 0));
    std::fs::remove_file(bench.path("a/mets.xml")).expect("removed");
    index(&["a"], "2 new, 0 changed, 0 unchanged, 3 removed");
    assert_eq!(bench.names("Kupfer"), ["0002.xml"]);
}

#[test]
fn a_page_of_an_issue_that_cannot_be_read_is_named() {
    let bench = Bench::new();
    for name in ["mets.xml", "alto/0001.xml"] {
        let sample = std::fs::read(project().join("sample-corpus/presse/warte-1997").join(name));
        bench.write(&format!("a/{name}"), sample.expect("sample"));
    }
    bench.write("a/alto/0002.xml", "<alto>");
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(2), "{}", output.out);
    assert!(output.err.contains("a/alto/0002.xml: is not well-formed XML"), "{}", output.err);
    assert_eq!(bench.names("Pendellager"), ["mets.xml"]);
}

#[test]
fn editions_in_tei_have_an_article_a_division() {
    let bench = bench();
    let tram = check(
        &bench,
        &Expected {
            id: "presse/bote-1996.tei:1",
            headline: "Die Straßenbahn fährt wieder bis zum Markt",
            authors: &["Jost van der Geest"],
            date: "1996-04-09",
            source: "Norderfehner Bote",
            kinds: &["headline", "subhead", "lead", "paragraph", "crosshead", "paragraph", "boilerplate"],
            foreign: &["Kaiserplatz", "stnad", "daß", "Natriumlampen", "Aus Stadt und Land"],
        },
    );
    assert_eq!(tram["section"], "Aus Stadt und Land");
    let text = tram.to_string();
    for word in ["modernisierten Bahn", "stand der", "Mühlengasse", "vorsorglich", "sagte, dass der"] {
        assert!(text.contains(word), "{word}");
    }
    assert_eq!(article(&bench, "presse/bote-1996.tei:2")["date"]["value"], "1996-04-10");
}

#[test]
fn every_extension_is_known_packed_too() {
    use std::io::Write;
    let bench = Bench::new();
    let nitf = |word: &str| {
        format!(
            "<nitf><body><body.content><p>Am {word} wartet der Hafenmeister auf Gäste.</p></body.content></body></nitf>"
        )
    };
    let words = ["Ostkai", "Nordkai", "Südkai", "Westkai", "Altkai", "Neukai", "Langkai"];
    for (extension, word) in ["xml", "newsml", "nitf", "rss", "atom", "tei", "alto"].into_iter().zip(words) {
        bench.write(&format!("a/{word}.{extension}"), nitf(word));
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(nitf("Querkai").as_bytes()).expect("packed");
    bench.write("a/Querkai.nitf.gz", packed.finish().expect("packed"));
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    assert_eq!(bench.hits("Hafenmeister").len(), 8);
    assert_eq!(bench.names("Querkai"), ["Querkai.nitf.gz"]);
}

#[test]
fn what_is_no_news_is_passed_over_with_its_reason() {
    let bench = Bench::new();
    let blank = "<alto><Layout><Page><TopMargin><TextBlock><TextLine><String CONTENT='Bote'/></TextLine></TextBlock></TopMargin></Page></Layout></alto>";
    bench.write("a/karte.xml", "<urlset/>");
    bench.write("a/bau.xml", "<project><name>Satz</name></project>");
    bench.write("a/leer.alto", blank);
    bench.write("a/mets.xml", "<mets/>");
    bench.write("a/kai.nitf", "<nitf><body><body.content><p>Am Kai liegt ein Kahn.</p></body.content></body></nitf>");
    let expected = [
        "4 skipped",
        "2 XML of a kind that holds no news, such as ",
        "1 a scanned page without text, such as leer.alto",
        "1 a METS file without articles of text; its pages are read by themselves, such as mets.xml",
    ];
    for run in ["the first", "an update"] {
        let output = bench.run(&["index", "a"]);
        assert_eq!((output.code, output.err.as_str()), (Some(0), ""), "{run}");
        for words in expected {
            assert!(output.out.contains(words), "{run}: {words}: {}", output.out);
        }
    }
    bench.write("a/kai.nitf", "<project><name>kein Text mehr</name></project>");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    assert_eq!(bench.hits("Kahn").len(), 0, "a file that is no article any more has none");
    bench.write("a/tief.xml", "<a>".repeat(100_000));
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(2), "{}", output.out);
    assert!(output.err.contains("tief.xml: has more than 250 levels of nesting"), "{}", output.err);
}

#[test]
fn agencies_own_json_is_read() {
    let bench = Bench::with_sample_corpus();
    let show = |file: &str| -> serde_json::Value {
        let path = crate::project().join("sample-corpus/presse").join(file);
        let output = bench.run(&["show", &path.to_string_lossy(), "--format", "json"]);
        assert_eq!(output.code, Some(0), "{file}: {}", output.err);
        serde_json::from_str(&output.out).expect("JSON")
    };
    let wire = show("nda-digitalwires.json");
    let texts = |article: &serde_json::Value, kind: &str| -> Vec<String> {
        let parts = article["parts"].as_array().expect("parts").iter();
        parts.filter(|part| part["kind"] == kind).filter_map(|part| part["text"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(texts(&wire, "kicker"), ["Binnenfischerei"]);
    assert_eq!(texts(&wire, "headline"), ["«Stumme Netze»: Aal fehlt in der Lenz"]);
    assert_eq!((&wire["dateline"], &wire["section"]), (&"Oberlenz".into(), &"Wirtschaft".into()));
    assert_eq!(wire["authors"], serde_json::json!(["Tjark Edelhoff"]));
    assert_eq!(wire["date"]["value"], "2024-06-11T11:20:00+02:00");
    assert!(wire["tags"].as_array().expect("tags").contains(&"Berichtigung".into()), "{wire}");
    assert!(!wire.to_string().contains("Zimmer 4"), "{wire}");
    let item = show("nda-ninjs.json");
    assert_eq!(
        (texts(&item, "kicker").concat(), texts(&item, "headline").concat()),
        ("Baustelle".into(), "Kran kippt auf leeres Parkdeck".into())
    );
    assert_eq!(item["date"]["value"], "2016-09-07T07:40:00+02:00");
    assert!(item["tags"].as_array().expect("tags").contains(&"Eilmeldung".into()), "{item}");
}

#[test]
fn a_long_text_under_an_unknown_key_is_named() {
    let bench = Bench::new();
    let text = "Der Fährmann wartet am Kai, bis die Glocke schlägt, und legt dann ab. ".repeat(5);
    let line = |title: &str| format!("{{\"titel\": \"{title}\", \"rumpf\": {{\"satz\": \"{text}\"}}}}\n");
    bench.write("a/x.jsonl", [line("Fähre"), line("Kai")].concat());
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(2), "{}", output.out);
    assert_eq!(output.err.matches("under \"rumpf.satz\" that is not read").count(), 1, "{}", output.err);
    assert_eq!(bench.hits("Kai").len(), 1, "the headlines are there");
    bench.write("a/findbuch.toml", "[fields]\nignore = 'rumpf.satz'\n");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    bench.write("a/findbuch.toml", "[fields]\nbody = 'rumpf.satz'\n");
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    assert_eq!(bench.hits("Glocke").len(), 1, "two articles of one text are one story");
}
