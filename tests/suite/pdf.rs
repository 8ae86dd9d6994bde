//! PDF: issues, pages, scans, and files made to do harm.

use crate::bench::copy;
use crate::{Bench, project};
use serde_json::Value;
use std::fmt::Write;

/// A PDF of objects, numbered from 1, of which the first is the catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").expect("text");
    }
    let xref = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).expect("text");
    for place in places {
        writeln!(file, "{place:010} 00000 n ").expect("text");
    }
    write!(file, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1).expect("text");
    file.into_bytes()
}

fn stream(entries: &str, content: &str) -> String {
    format!("<<{entries}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A PDF of pages with these contents, further objects from number 5 on, which `resources` may name, and the pages behind them.
fn pages(contents: &[String], resources: &str, further: &[String]) -> Vec<u8> {
    let first = 5 + further.len();
    let kids = (0..contents.len()).map(|at| format!("{} 0 R ", first + 2 * at)).collect::<Vec<_>>().concat();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        format!("<</Font<</F 3 0 R>>{resources}>>"),
    ];
    objects.extend_from_slice(further);
    for (at, content) in contents.iter().enumerate() {
        let content_at = first + 2 * at + 1;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources 4 0 R/Contents {content_at} 0 R>>"
        ));
        objects.push(stream("", content));
    }
    pdf(&objects)
}

/// Draws lines of text at places.
fn lines<'a>(lines: impl IntoIterator<Item = (u32, u32, u32, &'a str)>) -> String {
    lines
        .into_iter()
        .map(|(size, left, bottom, text)| format!("BT /F {size} Tf {left} {bottom} Td ({text}) Tj ET\n"))
        .collect::<Vec<_>>()
        .concat()
}

const PICTURE: &str = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q";

fn parts(bench: &Bench, id: &str) -> Vec<(String, String)> {
    let output = bench.run(&["show", id, "--format", "json"]);
    assert_eq!(output.code, Some(0), "{id}: {}", output.err);
    let article: Value = serde_json::from_str(&output.out).expect("JSON");
    let parts = article["parts"].as_array().expect("parts").iter();
    let text = |part: &Value, key: &str| part[key].as_str().expect("text").to_owned();
    parts.map(|part| (text(part, "kind"), text(part, "text"))).collect()
}

#[test]
fn an_issue_comes_apart_into_its_articles() {
    let bench = Bench::new();
    copy(&project().join("sample-corpus/gedruckt"), &bench.path("gedruckt"));
    assert_eq!(bench.run(&["index", "gedruckt"]).code, Some(0));
    let page = "gedruckt/warte-2019-09-14.pdf#page=1";
    for (word, place) in [
        ("Stellwerk", "gedruckt/warte-2019-09-14.pdf#page=1:1"),
        ("Hopfenernte", "gedruckt/warte-2019-09-14.pdf#page=1:2"),
        ("Brücken", "gedruckt/warte-2019-09-14.pdf#page=1:3"),
        ("Kettenfähre", "gedruckt/warte-2019-09-14.pdf#page=2:1"),
        ("Stichsäge", "gedruckt/warte-2019-09-14.pdf#page=2:2"),
        ("Eichenpfählen", "gedruckt/salzlager.pdf"),
    ] {
        let output = bench.run(&["search", word, "--format", "json"]);
        let found: Value = serde_json::from_str(&output.out).expect("JSON");
        let hits = found["hits"].as_array().expect("hits");
        assert_eq!(hits.len(), 1, "{word}: {found}");
        assert_eq!(hits[0]["id"], place, "{word}");
    }
    let found = parts(&bench, &format!("{page}:1"));
    let texts = |kind: &str| -> Vec<&str> {
        found.iter().filter(|(of, _)| of == kind).map(|(_, text)| text.as_str()).collect()
    };
    assert_eq!(texts("kicker"), ["Schienenverkehr"]);
    assert_eq!(texts("headline"), ["Stellwerk von 1911 geht vom Netz"]);
    assert_eq!(
        texts("subhead"),
        ["In Oberlenz legte am Freitag die letzte Weichenwärterin des Lenztals ihre Hebel um"]
    );
    assert_eq!(texts("boilerplate").first(), Some(&"Die Warte"));
    let body = [texts("lead"), texts("paragraph")].concat();
    assert_eq!(body.len(), 4, "{body:?}");
    assert!(body[0].ends_with("hängte ihre Dienstmütze an den Nagel."), "{body:?}");
    assert!(body[1].contains("elf Kilometer Drahtzugleitung und drei Planstellen."), "{body:?}");
    let several = bench.run(&["show", page]);
    assert_eq!(several.code, Some(2), "a page of three articles: {}", several.out);
    assert!(several.err.contains(&format!("{page}:2")), "{}", several.err);
}

#[test]
fn columns_are_read_one_after_the_other_however_they_are_drawn() {
    let left = ["Die Werft am Kai baut", "wieder Schlepp-", "boote, sagt der Rat.", "Im Herbst folgen", "zwei Kutter."];
    let right = [
        "Der Deich am Vorwerk",
        "wird um einen halben",
        "Meter erh\\366ht, so der",
        "Kreis. Die Arbeiten",
        "beginnen im Mai.",
    ];
    // row by row, as some programs write
    let rows = (0..5).flat_map(|row| {
        let bottom = 700 - 13 * u32::try_from(row).expect("few");
        [(10, 50, bottom, left[row]), (10, 330, bottom, right[row])]
    });
    let bench = Bench::new();
    bench.write("a/spalten.pdf", pages(&[lines(rows)], "", &[]));
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let text: String = parts(&bench, "a/spalten.pdf").into_iter().map(|(_, text)| text + "\n").collect();
    let expected = "Die Werft am Kai baut wieder Schleppboote, sagt der Rat. Im Herbst folgen zwei Kutter.\n\
        Der Deich am Vorwerk wird um einen halben Meter erhöht, so der Kreis. Die Arbeiten beginnen im Mai.\n";
    assert_eq!(text, expected);
}

#[test]
fn a_long_file_is_an_article_a_page() {
    let page = |number: usize| {
        let row = format!("Auf der Seite {number} steht die Rede von der Deichschau und vom Wetter.");
        lines((0..50_u32).map(|at| (9, 50, 750 - 13 * at, row.as_str())))
    };
    let bench = Bench::new();
    let contents: Vec<String> = (1..=9).map(page).collect();
    bench.write("a/heft.pdf", pages(&contents, "", &[]));
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let text = parts(&bench, "a/heft.pdf#page=7").into_iter().map(|(_, text)| text).collect::<String>();
    assert!(text.contains("Seite 7") && !text.contains("Seite 8"), "{text}");
}

#[test]
fn pages_without_text_are_counted_or_named() {
    let bench = Bench::new();
    bench.write("a/scan.pdf", pages(&[PICTURE.to_owned()], "", &[]));
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    assert!(output.out.contains("1 a scanned PDF without text: OCRmyPDF gives it one"), "{}", output.out);
    let text = lines([(10, 50, 700, "Der Markt am Kai bleibt bis zum Herbst.")]);
    bench.write("a/halb.pdf", pages(&[text, PICTURE.to_owned()], "", &[]));
    bench.write("a/kaputt.pdf", "%PDF-1.7\nnichts");
    let output = bench.run(&["index", "a"]);
    assert_eq!(output.code, Some(2), "{}", output.out);
    assert!(output.err.contains("halb.pdf: has no text on 1 of 2 pages, which are pictures"), "{}", output.err);
    assert!(output.err.contains("kaputt.pdf: is no PDF that can be opened"), "{}", output.err);
    assert_eq!(bench.hits("Markt").len(), 1);
}

/// Forms that draw each other ten times each, twelve deep, and one that draws itself.
#[cfg(unix)]
#[test]
fn bombs_end_with_their_process() {
    let form = |next: usize| {
        let entries = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</N {next} 0 R>>/Font<</F 3 0 R>>>>"
        );
        stream(&entries, &"/N Do ".repeat(10))
    };
    let bomb: Vec<String> = (0..12)
        .map(|at| form(6 + at))
        .chain([stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", "0 0 1 1 re f")])
        .collect();
    let draw = "/N Do".to_owned();
    let bench = Bench::new();
    bench.write("a/bombe.pdf", pages(std::slice::from_ref(&draw), "/XObject<</N 5 0 R>>", &bomb));
    bench.write("a/kreis.pdf", pages(&[draw], "/XObject<</N 5 0 R>>", &[form(5)]));
    bench.write("a/klammern.pdf", pages(&["[".repeat(200_000)], "", &[]));
    bench.write(
        "a/gut.txt",
        "Markt bleibt\n\nDie Händler am Kai dürfen bis zum Herbst bleiben, teilte die Stadt mit.\n",
    );
    let output = bench.run(&["index", "a", "--max-seconds", "1"]);
    assert_eq!(output.code, Some(2), "{}", output.out);
    for file in ["bombe", "kreis", "klammern"] {
        assert!(output.err.contains(&format!("{file}.pdf: ")), "{file}: {}", output.err);
    }
    assert_eq!(bench.hits("Händler").len(), 1);
}
