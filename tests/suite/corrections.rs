//! Corrected items of agencies: of several versions the last is found, whichever files they are in.

use crate::Bench;

fn newsml(version: u64, text: &str) -> String {
    format!(
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:newsml:nda.example:kai' version='{version}' xml:lang='de'>\
         <contentMeta><headline>Markt am Kai</headline></contentMeta><contentSet><inlineXML><html xmlns='http://www.w3.org/1999/xhtml'>\
         <body><p>{text} Das sagte der Rat der Stadt Mehlau am Montag.</p></body></html></inlineXML></contentSet></newsItem>"
    )
}

fn ninjs(version: u64, text: &str) -> String {
    format!(
        r#"{{"uri": "urn:newsml:nda.example:faehre", "version": "{version}", "versioncreated": "2024-05-14T10:00:00+02:00",
        "headline": "Fähre nach Mehlau", "body_text": "{text} Das sagte die Reederei am Montag.", "type": "text"}}"#
    )
}

fn newsml1(revision: u64, text: &str) -> String {
    format!(
        "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>nda.example</ProviderId><DateId>20240514</DateId>\
         <NewsItemId>siel</NewsItemId><RevisionId PreviousRevision='0' Update='N'>{revision}</RevisionId>\
         <PublicIdentifier>urn:newsml:nda.example:20240514:siel:{revision}N</PublicIdentifier></NewsIdentifier></Identification>\
         <NewsComponent><NewsLines><HeadLine>Siel von Norderfehn</HeadLine></NewsLines><ContentItem><DataContent>\
         <p>{text} Das sagte der Deichverband am Montag.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    )
}

/// Which of these words are found.
fn found(bench: &Bench, words: &[&str]) -> Vec<String> {
    words
        .iter()
        .filter(|word| bench.run(&["search", word, "--format", "paths"]).code == Some(0))
        .map(|w| (*w).to_owned())
        .collect()
}

#[test]
fn the_last_version_replaces_those_of_other_files_and_they_come_back_without_it() {
    const WORDS: [&str; 3] = ["Etagenofen", "Trampoline", "Glockenspiel"];
    for (item, name) in [(newsml as fn(u64, &str) -> String, "xml"), (ninjs, "json"), (newsml1, "xml")] {
        let bench = Bench::new();
        let write = |file: &str, version: u64, word: &str| {
            bench.write(&format!("t/{file}.{name}"), item(version, &format!("{word} stehen dort im Weg.")));
        };
        let index = || bench.run(&["index", "t"]).code;
        // at first, whatever the order of the files is
        write("a", 2, "Trampoline");
        write("b", 1, "Etagenofen");
        assert_eq!((index(), found(&bench, &WORDS)), (Some(0), vec!["Trampoline".to_owned()]), "{name}");
        let again = bench.run(&["index", "t"]);
        assert!(again.out.contains("files: 0 read"), "what was replaced is not read again: {}", again.out);
        assert!(again.out.contains("1 with an item that a later version in another file replaces"), "{}", again.out);
        // at an update
        write("c", 10, "Glockenspiel");
        assert_eq!((index(), found(&bench, &WORDS)), (Some(0), vec!["Glockenspiel".to_owned()]), "{name}");
        // an earlier version that comes late
        write("d", 3, "Etagenofen");
        assert_eq!((index(), found(&bench, &WORDS)), (Some(0), vec!["Glockenspiel".to_owned()]), "{name}");
        // under another name, and made anew
        std::fs::rename(bench.path(&format!("t/c.{name}")), bench.path(&format!("t/e.{name}"))).expect("renamed");
        assert_eq!((index(), found(&bench, &WORDS)), (Some(0), vec!["Glockenspiel".to_owned()]), "{name}");
        assert_eq!(bench.run(&["index", "--full", "t"]).code, Some(0));
        assert_eq!(found(&bench, &WORDS), ["Glockenspiel"], "{name}");
        for (gone, left) in [("e", "Etagenofen"), ("d", "Trampoline"), ("a", "Etagenofen")] {
            std::fs::remove_file(bench.path(&format!("t/{gone}.{name}"))).expect("removed");
            assert_eq!((index(), found(&bench, &WORDS)), (Some(0), vec![left.to_owned()]), "{name} without {gone}");
        }
    }
}

#[test]
fn other_items_of_a_file_stay_when_one_is_replaced() {
    let bench = Bench::new();
    let other = newsml(7, "Etagenofen stehen dort im Weg.").replace(":kai'", ":ofen'");
    let message = |items: &str| {
        format!("<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{items}</itemSet></newsMessage>")
    };
    let first = newsml(1, "Trampoline stehen dort im Weg.");
    bench.write("t/a.xml", message(&format!("{first}{other}")));
    bench.write("t/b.xml", newsml(2, "Glockenspiel stehen dort im Weg."));
    let words = ["Etagenofen", "Trampoline", "Glockenspiel"];
    bench.run(&["index", "t"]);
    assert_eq!(found(&bench, &words), ["Etagenofen", "Glockenspiel"]);
    // the correction no longer holds
    bench.write("t/b.xml", newsml(2, "Glockenspiel stehen dort im Weg.").replace(":kai'", ":turm'"));
    bench.run(&["index", "t"]);
    assert_eq!(found(&bench, &words), words);
    // within one file
    bench.write("t/b.xml", message(&format!("{}{first}", newsml(2, "Glockenspiel stehen dort im Weg."))));
    bench.run(&["index", "t"]);
    assert_eq!(found(&bench, &words), ["Etagenofen", "Glockenspiel"]);
}

#[test]
fn versions_of_the_same_number_stay_and_those_of_other_folders_are_replaced() {
    let bench = Bench::new();
    bench.write("t/a.xml", newsml(2, "Trampoline stehen dort im Weg."));
    bench.write("t/b.xml", newsml(2, "Etagenofen stehen dort im Weg."));
    bench.run(&["index", "t"]);
    assert_eq!(found(&bench, &["Etagenofen", "Trampoline"]), ["Etagenofen", "Trampoline"]);
    bench.write("u/c.xml", newsml(3, "Glockenspiel stehen dort im Weg."));
    bench.run(&["index", "u"]);
    let words = ["Etagenofen", "Trampoline", "Glockenspiel"];
    assert_eq!(found(&bench, &words), ["Glockenspiel"]);
    bench.run(&["index"]);
    assert_eq!(found(&bench, &words), ["Glockenspiel"]);
    bench.run(&["forget", "u"]);
    bench.run(&["index"]);
    assert_eq!(found(&bench, &words), ["Etagenofen", "Trampoline"]);
}
