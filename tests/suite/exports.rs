//! Exports, wires, mails, office documents and scanned columns: what is read from `sample-corpus/export`, and what is refused.

use crate::{Bench, project};
use serde_json::Value;

/// A bench that has indexed the exports.
fn bench() -> Bench {
    let bench = Bench::new();
    let output = bench.run(&["index", &project().join("sample-corpus/export").to_string_lossy()]);
    assert_eq!((output.code, output.err.as_str()), (Some(0), ""), "{}", output.out);
    bench
}

fn article(bench: &Bench, below: &str) -> Value {
    let path = project().join("sample-corpus/export").join(below);
    let output = bench.run(&["show", &path.to_string_lossy(), "--format", "json"]);
    assert_eq!(output.code, Some(0), "{below}: {}", output.err);
    serde_json::from_str(&output.out).expect("JSON")
}

/// `kind: first words` of every part.
fn outline(article: &Value) -> Vec<String> {
    let words =
        |part: &Value| part["text"].as_str().expect("a text").split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let kind = |part: &Value| part["kind"].as_str().expect("a kind").to_owned();
    article["parts"].as_array().expect("parts").iter().map(|part| format!("{}: {}", kind(part), words(part))).collect()
}

/// Headline, authors, date, source and agency.
fn check(
    bench: &Bench,
    below: &str,
    headline: &str,
    authors: &[&str],
    date: &str,
    source: &str,
    agency: &str,
) -> Value {
    let article = article(bench, below);
    let parts = article["parts"].as_array().expect("parts");
    let found = parts.iter().find(|part| part["kind"] == "headline").and_then(|part| part["text"].as_str());
    assert_eq!(found, Some(headline), "{below}");
    let names: Vec<&str> = article["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(names, authors, "{below}");
    assert_eq!(article["date"]["value"], date, "{below}");
    assert_eq!(article["source"].as_str().unwrap_or(""), source, "{below}");
    assert_eq!(article["agency"].as_str().unwrap_or(""), agency, "{below}");
    article
}

#[test]
fn tables_have_an_article_a_row() {
    let bench = bench();
    let file = "lokales-2016.csv";
    let headline = "Straßenbahn fährt bis zum Gaswerk";
    let first =
        check(&bench, &format!("{file}:1"), headline, &["Wiebke Tammen"], "2016-06-14", "Mehlauer Tageblatt", "");
    assert_eq!(
        outline(&first),
        [
            "headline: Straßenbahn fährt bis zum",
            "subhead: Linie 4 bekommt drei",
            "lead: Die Mehlauer Straßenbahn wird",
            "paragraph: Gebaut werden drei Haltestellen;",
            "paragraph: Die Stadt rechnet mit",
        ]
    );
    assert_eq!(first["tags"], serde_json::json!(["Verkehr", "Straßenbahn"]));
    let authors = ["Ocke Brahms", "Wiebke Tammen"];
    let headline = "Bücherei öffnet auch sonntags";
    check(&bench, &format!("{file}:2"), headline, &authors, "2016-11-02", "Mehlauer Tageblatt", "");
    let headline = "Leuchtturm am Kap Möwensand bekommt neue Lampe";
    let tabs = check(&bench, "kurz-2020.tsv:1", headline, &[], "2020-10-07T11:20:00+02:00", "", "nda");
    assert_eq!(tabs["id"], "nda-77120");
    assert!(tabs.to_string().contains("\\\"Sie ist nicht zu ersetzen\\\", sagte"), "{tabs}");
}

#[test]
fn a_row_that_does_not_fit_is_named_and_the_rest_read() {
    let bench = Bench::new();
    bench.write("a/t.csv", "titel,text\nHafen,\"Zwei\nZeilen.\"\nzu,viel,hier\nMarkt,Der Brunnen sprudelt.\n");
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(2), "{}", output.err);
    assert!(output.err.contains("a/t.csv:4: has 3 fields where the header has 2; quote"), "{}", output.err);
    assert_eq!(bench.hits("Brunnen").len() + bench.hits("Hafen").len(), 2);
}

#[test]
fn agency_messages_come_apart() {
    let bench = bench();
    let headline = "Landtag beschließt Doppelhaushalt nach zwei Nächten Beratung";
    let first = check(&bench, "agentur-0912.ipt:1", headline, &["Gesche Aland"], "2023-09-12T15:30:00", "", "nda");
    assert_eq!((&first["section"], &first["dateline"]), (&"Politik".into(), &"Norderfehn".into()));
    assert_eq!(
        outline(&first)[1..],
        [
            "boilerplate: (Zusammenfassung 1430 - neu:",
            "lead: Der Landtag hat am",
            "paragraph: Die Ausgaben steigen um",
            "paragraph: «Wir haben geliefert», sagte",
            "boilerplate: # nda-Notizblock",
            "boilerplate: ## Orte",
            "boilerplate: - Landtag, Burgplatz 1,",
        ]
    );
    let headline = "Mehlauer Brauerei füllt wieder Flaschen ab";
    let second = check(&bench, "agentur-0912.ipt:2", headline, &[], "2023-09-12T16:02:00", "", "nda");
    for foreign in ["nda wim", "121602", "ndl0124", "Landtag"] {
        assert!(!second.to_string().contains(foreign), "{foreign}: {second}");
    }
    let headline = "Storchenpaar brütet auf Kran in Warnsee";
    check(&bench, "agentur-storch.txt", headline, &[], "2009-05-04T11:07:00", "", "nda");
}

#[cfg(feature = "html")]
#[test]
fn mails_and_saved_pages_are_read() {
    let bench = bench();
    let (date, paper) = ("2024-05-17T05:45:00+02:00", "Mehlauer Tageblatt");
    let headline = "Marktbrunnen sprudelt wieder für alle";
    let letter = check(&bench, "newsletter-marktbrunnen.eml", headline, &[], date, paper, "");
    assert_eq!(
        outline(&letter)[1..],
        [
            "boilerplate: Mehlauer Tageblatt: Der Morgen",
            "lead: Der Marktbrunnen sprudelt wieder.",
            "paragraph: Bezahlt hat die Arbeiten",
            "paragraph: Am Sonntag wird gefeiert.",
            "boilerplate: Mehlauer Tageblatt, Kornmarkt 3,",
            "boilerplate: Newsletter abbestellen: https://tageblatt.example/abmelden",
        ]
    );
    let (date, paper) = ("2023-03-09T16:12:00+01:00", "Norderfehner Bote");
    check(&bench, "baecker.eml", "Bäcker im Lenztal erhöhen die Preise", &["Jörn Petersen"], date, paper, "");
    let date = "2021-08-20T18:30:00+02:00";
    let headline = "Kino Capitol zeigt wieder Filme";
    let page = check(&bench, "kino-capitol.mhtml", headline, &["Insa Lührs"], date, paper, "");
    assert_eq!(page["url"], "https://bote.example/kultur/kino-capitol");
    assert_eq!(outline(&page).iter().filter(|part| part.starts_with("crosshead")).count(), 1);
    for foreign in ["Impressum", "Startseite", "Cookies", "color"] {
        assert!(!page.to_string().contains(foreign), "{foreign}");
    }
}

#[test]
fn documents_are_read_by_their_styles() {
    let bench = bench();
    let headline = "Die Orgel von Sankt Ansgar lernt wieder atmen";
    let organ = check(&bench, "orgel.docx", headline, &["Hilke Dirksen"], "2018-10-05T09:30:00Z", "", "");
    assert_eq!(
        outline(&organ),
        [
            "kicker: Kirchenmusik",
            "headline: Die Orgel von Sankt",
            "subhead: Orgelbauer zerlegen 2.300 Pfeifen",
            "lead: In der Kirche Sankt",
            "paragraph: Staub von hundert Jahren",
            "crosshead: Wind aus dem Keller",
            "paragraph: Auch der Blasebalg wird",
            "caption: Orgelbauer Reint Poppen mit",
            "paragraph: Zu Weihnachten soll das",
        ]
    );
    assert!(!organ.to_string().contains("beinahe völlig"), "deleted text is no text");
    let headline = "Der letzte Korbflechter von Unterlenz";
    let baskets = check(&bench, "korbflechter.odt", headline, &["Almut Freese"], "2019-04-27T14:05:11", "", "");
    assert_eq!(outline(&baskets)[2], "crosshead: Ein Korb braucht zwei");
    assert_eq!(outline(&baskets)[4], "pull_quote: Ein Korb muss älter");
    assert!(!baskets.to_string().contains("Angabe der Familie"), "footnotes are no text");
}

#[test]
fn presentations_are_read_slide_by_slide() {
    let bench = bench();
    let headline = "Die Turmuhr von Sankt Veit geht wieder nach";
    let clock = check(&bench, "turmuhr.pptx", headline, &["Gesa Ohling"], "2014-04-08T16:20:00Z", "", "");
    assert_eq!(
        outline(&clock)[1..],
        [
            "subhead: Werkstattbericht für den Kirchengemeinderat",
            "crosshead: Warum sie stehen blieb",
            "paragraph: Im Februar ist das",
            "paragraph: Uhrmacherin Wiebke Tamms hat",
            "paragraph: Pendel 1897",
            "paragraph: Zeigerpaar aus Kupfer 1954",
            "boilerplate: Sankt Veit, Uhrenausschuss",
            "aside: Zum Schluss die Aufnahme",
        ]
    );
}

#[test]
fn columns_of_scanned_pages_are_joined() {
    let bench = bench();
    let headline = "Das neue Heizwerk geht in Betrieb";
    let page = check(&bench, "1997-05-09-heizwerk.txt", headline, &[], "1997-05-09", "Norderfehner Bote", "");
    assert_eq!(
        outline(&page)[1..],
        [
            "lead: Gestern vormittag ist das",
            "paragraph: Das Werk versorgt zunächst",
            "paragraph: Der Preis ist vorerst",
            "paragraph: Am Abend brannten auf",
        ]
    );
    let text = page.to_string();
    for whole in
        ["eine Ansprache und", "Innenstadt sowie", "West- und Südseite mit Strom und Fernwärme", "wieder zu spielen"]
    {
        assert!(text.contains(whole), "{whole}: {text}");
    }
}

#[test]
fn what_older_programs_wrote_is_read() {
    let bench = bench();
    let headline = "Der letzte Schleusenwärter der Unterfehne";
    let rtf = check(&bench, "schleusenwaerter-1998.rtf", headline, &["Wilma Stoffers"], "1998-10-02", "", "");
    assert_eq!(
        outline(&rtf),
        [
            "headline: Der letzte Schleusenwärter der",
            "lead: Im Herbst zieht Okke",
            "paragraph: Jeden Morgen um halb",
            "crosshead: Ein Haus ohne Wärter",
            "paragraph: Das Wasserstraßenamt will das",
            "paragraph: Seine Hefte hat er",
            "boilerplate: Tageblatt, Druckfahne",
            "aside: Im Mai fehlten drei.",
        ]
    );
    assert!(rtf.to_string().contains("Man habe „keine Eile“"));
    let letter = "Leserbrief zur Uferpromenade";
    check(&bench, "leserbriefe-1999.mbox:1", letter, &["Gesche Aland"], "1999-03-01T09:12:00+01:00", "", "");
    let second =
        check(&bench, "leserbriefe-1999.mbox:2", letter, &["Tamme Ocken"], "1999-03-02T18:40:00+01:00", "", "");
    assert!(second.to_string().contains("kein Stein hat sich gerührt."), "{second}");
    let mail = check(&bench, "deichschau-1997.msg", "Deichschau", &["Jelka Thorn"], "1997-01-07T10:00:00Z", "", "");
    assert_eq!(outline(&mail)[1], "paragraph: Die Deichschau beginnt am");
    let bell = article(&bench, "gloeckner.doc");
    assert_eq!(outline(&bell)[0], "headline: Glockengießer findet Nachfolgerin");
    assert!(bell.to_string().contains("Die Lehre dauert „drei Jahre“"), "{bell}");
    let chapter = "Zwölf Stunden auf dem hölzernen Turm";
    check(&bench, "sommerheft-2015.epub:2", chapter, &["Jelka Thorn"], "2015-07-04", "Die Warte, Sommerheft", "");
    let clock = "Rathausuhr geht wieder";
    check(&bench, "kurzmeldungen-2007.xlsx:1", clock, &["Gesche Aland"], "2007-02-14", "", "");
}

#[cfg(feature = "html")]
#[test]
fn what_is_not_read_is_named_with_a_way_out() {
    for (file, message) in [
        ("brief.docx", "is no document that can be opened"),
        ("brief.odt", "is no document that can be opened"),
        ("meldung.ipt", "has no header of an agency message; name it .txt if it is plain text"),
        ("tabelle.csv", "has neither a headline nor a text under a known key"),
        ("seite.mhtml", "is no e-mail or MHTML that can be read"),
    ] {
        let bench = Bench::new();
        bench.write(&format!("a/{file}"), "%PDF-1.4 Kein Text, keine Tabelle.\n");
        let output = bench.run(&["index", "a"]);
        assert_eq!(output.code, Some(2), "{file}: {}", output.out);
        assert!(output.err.contains(message), "{file}: {}", output.err);
    }
}
