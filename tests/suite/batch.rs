//! Many searches at once: a list of names or queries, a line each.

use crate::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    let note = |id: &str, date: &str, source: &str, text: &str| {
        serde_json::json!({"id": id, "headline": format!("Notiz {id}"), "text": text, "published": date, "source": source})
            .to_string()
    };
    let lines = [
        note("a", "2014-02-01", "Bote", "Rieke Altenhoff baut die Orgel um."),
        note("b", "2016-06-09", "Bote", "Rieke Petersen und Jelka Altenhoff singen."),
        note("c", "2019-01-01", "Warte", "Die Orgel in der Kirche klingt, sagt Rieke Altenhoff."),
    ];
    bench.write("articles/notizen.jsonl", lines.join("\n"));
    bench.run(&["index", "articles"]);
    bench
}

#[test]
fn each_line_is_counted_and_a_bad_one_is_told() {
    let bench = bench();
    bench.write("liste.txt", "\u{feff}Rieke Altenhoff\r\n\n# Dinge\nOrgel\n(Orgel\nQuastenflosser\n");
    let output = bench.run(&["batch", "liste.txt", "--format", "csv", "-n", "0"]);
    assert_eq!(output.code, Some(2));
    let rows: Vec<&str> = output.out.lines().skip(1).collect();
    assert_eq!(rows[..2], ["1,Rieke Altenhoff,3,,,,,,,,", "4,Orgel,2,,,,,,,,"]);
    assert!(rows[2].starts_with("5,(Orgel,,,,,,,,,\"") && rows[3].starts_with("6,Quastenflosser,0,"), "{rows:?}");
    assert!(output.err.contains("findbuch: liste.txt:5: "), "{}", output.err);
    assert!(output.err.contains("4 Anfragen: 2 mit Treffern, 1 ohne, 1 mit Fehler"), "{}", output.err);
}

#[test]
fn names_are_found_word_by_word_and_searches_share_their_limits() {
    let bench = bench();
    bench.write("namen.txt", "Rieke Altenhoff\nJelka Altenhoff\n");
    let counts = |options: &[&str]| {
        let arguments = [&["batch", "namen.txt", "--format", "jsonl", "-n", "0"], options].concat();
        let output = bench.run(&arguments).out;
        let total = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["total"].as_u64();
        output.lines().map(total).collect::<Vec<_>>()
    };
    assert_eq!(counts(&[]), [Some(3), Some(1)]);
    assert_eq!(counts(&["--phrases"]), [Some(2), Some(1)]);
    assert_eq!(counts(&["--phrases", "--from", "2015"]), [Some(1), Some(1)]);
    assert_eq!(counts(&["--phrases", "--to", "2015"]), [Some(1), Some(0)]);
    assert_eq!(counts(&["--only", "quelle=Warte"]), [Some(1), Some(0)]);
    assert_eq!(counts(&["--not", "quelle=Warte", "--phrases"]), [Some(1), Some(1)]);
    for (option, value) in [("--from", "gestrn"), ("--only", "farbe=rot")] {
        let output = bench.run(&["batch", "namen.txt", option, value]);
        assert_eq!((output.code, output.out.as_str()), (Some(2), ""), "{}", output.err);
    }
    assert_eq!(bench.run(&["search", "Orgel", "--count", "--from", "2015", "--to", "2019-01-01"]).out, "1\n");
}

#[test]
fn exit_codes_tell_whether_anything_was_found() {
    let bench = bench();
    for (list, code) in [("Orgel\nZzyzx\n", 0), ("Zzyzx\n", 1), ("# nichts\n\n", 1), ("tittel:a\nOrgel", 2)] {
        bench.write("liste.txt", list);
        assert_eq!(bench.run(&["batch", "liste.txt"]).code, Some(code), "{list}");
    }
    assert_eq!(bench.run(&["batch", "fehlt.txt"]).code, Some(2));
    assert_eq!(bench.run(&["batch", "articles"]).code, Some(2));
}
