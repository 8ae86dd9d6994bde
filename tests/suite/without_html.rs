//! A build without the feature `html`: web pages are skipped with the reason, everything else is read.

use crate::Bench;

#[test]
fn web_pages_are_skipped_and_counted_with_the_reason() {
    let bench = Bench::new();
    let text = "Die Fähre fährt wieder\n\nDie Fähre nach Warnsee fährt seit Montag wieder, teilte die Reederei mit.\n";
    bench.write("a/gut.txt", text);
    for name in ["seite.html", "seite.mhtml", "netz.warc.gz"] {
        bench.write(&format!("a/{name}"), "<h1>Fähre</h1>");
    }
    let output = bench.run(&["index", "a"]);
    assert_eq!((output.code, output.err.as_str()), (Some(0), ""), "nothing is wrong with them");
    let reason =
        "skipped: 3 a web page, which this findbuch does not read: it was built without the feature html, such as";
    assert!(output.out.contains(reason), "{}", output.out);
    assert_eq!(bench.hits("Fähre"), ["a/gut.txt"]);
}

#[test]
fn the_list_of_formats_says_what_is_not_read() {
    let bench = Bench::new();
    let listed = bench.run(&["formats"]).out;
    let unread =
        listed.lines().filter(|line| line.ends_with("not read: this findbuch was built without the feature html"));
    assert_eq!(unread.count(), 5, "{listed}");
    let json = bench.run(&["formats", "--format", "json"]).out;
    assert_eq!(json.matches("\"unread\"").count(), 5, "{json}");
}

#[test]
fn html_within_other_formats_is_read() {
    let bench = Bench::new();
    let body =
        "<p>Die F&auml;hre nach Warnsee<br>f&auml;hrt wieder.</p><h2>Was nun</h2><p>Der Hafen <b>bleibt</b> offen.</p>";
    bench.write("a/x.json", serde_json::json!({ "title": "Fähre", "body": body }).to_string());
    assert_eq!(bench.run(&["index", "a"]).code, Some(0));
    let shown = bench.run(&["show", "a/x.json", "--format", "json"]).out;
    for text in ["\"crosshead\"", "Der Hafen bleibt offen.", "Die Fähre nach Warnsee"] {
        assert!(shown.contains(text), "{shown}");
    }
}
