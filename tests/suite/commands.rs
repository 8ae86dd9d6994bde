//! Each command as it is used: words, options, exit codes.

use crate::{Bench, project};

#[test]
fn words_may_come_quoted_or_not() {
    let bench = Bench::with_sample_corpus();
    let together = bench.run(&["search", "Kim Jong Un Munition"]);
    let apart = bench.run(&["search", "Kim", "Jong", "Un", "Munition"]);
    assert_eq!(together.code, Some(0));
    assert_eq!(together.out, apart.out);
    assert!(together.out.contains("waffenhandel-nordkorea.txt"));
}

#[test]
fn exclusions_are_words_and_not_options() {
    let bench = Bench::with_sample_corpus();
    let all = bench.names("Munition");
    let without = bench.run(&["search", "Munition", "-Nordkorea", "--format", "paths"]);
    assert_eq!(without.code, Some(0), "{}", without.err);
    assert!(all.contains(&"waffenhandel-nordkorea.txt".to_owned()) && !without.out.contains("waffenhandel"));
    assert!(without.out.contains("munition-baustelle.txt"));
}

#[test]
fn exit_codes_tell_hits_none_and_errors() {
    let bench = Bench::with_sample_corpus();
    for (arguments, code) in [
        (&["search", "Munition"][..], 0),
        (&["search", "Quastenflosserzucht"], 1),
        (&["search", "\"offen"], 2),
        (&["search", ""], 2),
        (&["search"], 2),
        (&["search", "Munition", "--sort", "bunt"], 2),
        (&["search", "Munition", "--in", "nirgends"], 2),
        (&["show", "nirgends.txt"], 2),
        (&["analyze", "Putins"], 0),
        (&["stats"], 0),
        (&["index", "nirgends"], 2),
        (&["unbekannt"], 2),
        (&["--help"], 0),
    ] {
        let output = bench.run(arguments);
        assert_eq!(output.code, Some(code), "{arguments:?}: {}{}", output.out, output.err);
        assert_eq!(code == 2, output.out.is_empty(), "{arguments:?}: {}", output.out);
        assert!(code != 2 || !output.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn every_help_has_examples() {
    let bench = Bench::new();
    let overview = bench.run(&["--help"]).out;
    let (_, listed) = overview.split_once("Commands:\n").expect("commands");
    let names = listed.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.strip_prefix("  "));
    let commands: Vec<&str> = names.filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty()).collect();
    assert!(["index", "search", "man"].iter().all(|known| commands.contains(known)), "{overview}");
    for command in commands.into_iter().filter(|name| *name != "help") {
        let help = bench.run(&[command, "--help"]).out;
        assert!(help.contains("Examples:\n  findbuch "), "{command}: {help}");
    }
    assert!(bench.run(&["man"]).out.contains(".TH findbuch"));
    assert!(bench.run(&["completions", "bash"]).out.contains("findbuch"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let bench = Bench::with_sample_corpus();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("findbuch"))
        .args(["search", "die", "-n", "10000", "--format", "json"])
        .env("FINDBUCH_INDEX", bench.path("index"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut first = [0; 1];
    child.stdout.take().expect("pipe").read_exact(&mut first).expect("some output");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(feature = "html")]
#[test]
fn fields_dates_and_operators_restrict() {
    let bench = Bench::with_sample_corpus();
    for (query, expected) in [
        ("titel:Nordkorea", &["waffenhandel-nordkorea.txt"][..]),
        ("titel:Munition", &["munition-baustelle.txt", "ticker-2023.jsonl"]),
        ("dachzeile:Rüstung", &["waffenhandel-nordkorea.txt"]),
        ("autor:Vollmoos", &["nordkorea-gipfel.html"]),
        ("quelle:Donaubote", &["kolumne-amtsstube.html"]),
        ("ressort:Ausland Wostotschny", &["nordkorea-gipfel.html", "nordkorea-reise.md"]),
        ("Munition datum:2019", &["munition-baustelle.txt"]),
        ("Munition datum:2019-05..2019-06", &["munition-baustelle.txt"]),
        ("\"wird die Nacht kurz\"", &["brenner-1995.txt"]),
        ("=\"die Nacht wird kurz\"", &[]),
        ("Schlepplift ODER Türmer", &["jaenner-st-ortolf.md", "nfd-2005.txt"]),
        ("(Schlepplift OR Türmer) AND NOT Glocken", &["jaenner-st-ortolf.md"]),
        ("seit:2026-02", &["ki-rathaus-2026.md"]),
        ("bis:1994", &["1994-03-17-schiffahrt.txt"]),
    ] {
        let mut names = bench.names(query);
        names.sort();
        names.dedup();
        assert_eq!(names, expected, "{query}");
    }
}

#[cfg(feature = "html")]
#[test]
fn spellings_and_forms_find_each_other() {
    let bench = Bench::with_sample_corpus();
    for (query, expected) in [
        ("Müller Bürgermeister Ziegelrode", "mueller-1999.txt"),
        ("Tuermer Glocken", "nfd-2005.txt"),
        ("TÜRMER", "nfd-2005.txt"),
        ("Planfeststellungsverfahren", "weichtrennung-2001.txt"),
        ("heiß Seilbahn Hinterfluhwil", "schweiz-2008.txt"),
        ("\"Kim Jong Un\" Wladiwostok", "nordkorea-reise.md"),
        ("Kim Jong-un Artilleriegeschosse", "nordkorea-reise.md"),
        ("Munition Auslieferung", "ticker-2023.jsonl"),
        ("Munition Oberlenz Weltkrieg", "munition-baustelle.txt"),
        ("15000 Norderfehn Container", "hafen-fernsteuerung.html"),
    ] {
        assert!(bench.names(query).contains(&expected.to_owned()), "{query}: {:?}", bench.names(query));
    }
}

#[test]
fn compounds_and_their_parts_find_each_other() {
    let bench = Bench::new();
    let text = |sentence: &str| {
        format!("Nachrichten aus dem Kreis\n\nAm Montag ging es im Kreistag um vieles. {sentence} Dann war Pause.\n")
    };
    for (name, sentence) in [
        ("kopf", "Die Artilleriemunition wurde knapp."),
        ("bestimmung", "Die Munitionslieferungen stockten."),
        ("getrennt", "Die Lieferung von Munition stockte."),
        (
            "verstreut",
            "Die Lieferung kam spät, über das Wetter und die Ernte wurde lange geredet, auch die Munition blieb liegen.",
        ),
    ] {
        bench.write(&format!("a/{name}.txt"), text(sentence));
    }
    bench.run(&["index", "a"]);
    let found = |query: &str| {
        let mut names = bench.names(query);
        names.sort();
        names
    };
    assert_eq!(found("Munition"), ["bestimmung.txt", "getrennt.txt", "kopf.txt", "verstreut.txt"]);
    assert_eq!(found("Munitionslieferung"), ["bestimmung.txt", "getrennt.txt"]);
    assert_eq!(found("munitionslieferung"), ["bestimmung.txt", "getrennt.txt"]);
    assert_eq!(found("\"Munition\""), ["getrennt.txt", "verstreut.txt"]);
    assert_eq!(found("\"Lieferung von Munition\""), ["getrennt.txt"]);
    let output = bench.run(&["search", "Munition", "--format", "text"]);
    assert!(
        output.out.contains("Artillerie*munition*") && output.out.contains("*Munitions*lieferungen"),
        "{}",
        output.out
    );
    let first = bench.names("Munition");
    assert!(["getrennt.txt", "verstreut.txt"].contains(&first[0].as_str()), "the word itself ranks first: {first:?}");
}

#[test]
fn order_and_pages() {
    let bench = Bench::with_sample_corpus();
    let dates = |sort: &str| -> Vec<String> {
        let output = bench.run(&["search", "Norderfehn", "--sort", sort, "-n", "100", "--format", "jsonl"]);
        let date = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["date"].as_str().map(str::to_owned)
        };
        output.out.lines().filter_map(date).map(|d| d[..10].to_owned()).collect()
    };
    let newest = dates("newest");
    assert!(newest.len() > 5 && newest.windows(2).all(|pair| pair[0] >= pair[1]), "{newest:?}");
    assert!(dates("oldest").windows(2).all(|pair| pair[0] <= pair[1]));
    let ids = |arguments: &[&str]| -> Vec<String> {
        let output = bench.run(&[&["search", "Norderfehn", "--format", "jsonl"], arguments].concat());
        let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].to_string();
        output.out.lines().map(id).collect()
    };
    let whole = ids(&["-n", "9"]);
    let paged: Vec<String> = ["1", "2", "3"].iter().flat_map(|page| ids(&["-n", "3", "--page", page])).collect();
    assert_eq!(whole, paged);
    let beyond = bench.run(&["search", "Norderfehn", "--page", "99"]);
    assert_eq!(beyond.code, Some(1));
    assert!(beyond.err.contains("Seite 99 ist leer"), "{}", beyond.err);
}

#[test]
fn missing_words_are_told() {
    let bench = Bench::with_sample_corpus();
    let output = bench.run(&["search", "Schlepplift Quastenflosser"]);
    assert_eq!(output.code, Some(0));
    assert!(
        output.out.contains("Kein Artikel hat alle Wörter") && output.out.contains("„Quastenflosser“"),
        "{}",
        output.out
    );
    assert!(output.out.contains("jaenner-st-ortolf.md"));
    // a phrase stays, and the one word beside it may be missing
    let phrase = bench.run(&["search", "Quastenflosser \"Kim Jong Un\""]);
    assert!(phrase.out.contains("dem ersten fehlt: „Quastenflosser“"), "{}", phrase.out);
    let english = bench.run(&["search", "Schlepplift Quastenflosser", "--lang", "en"]);
    assert!(english.out.contains("the first lacks:") && english.out.contains("“Quastenflosser”"), "{}", english.out);
    let paths = bench.run(&["search", "Schlepplift Quastenflosser", "--format", "paths"]);
    assert!(paths.err.contains("„Quastenflosser“") && paths.out.lines().count() == 1, "{}{}", paths.out, paths.err);
    let demanded = bench.run(&["search", "Schlepplift AND Quastenflosser"]);
    assert_eq!((demanded.code, demanded.out.lines().next()), (Some(1), Some("0 Treffer")));
}

const COLOUR: &str = "\u{1b}[";
/// Begins a link to a file (OSC 8).
const LINK: &str = "\u{1b}]8;;file://";

#[test]
fn a_pipe_has_colour_where_asked_and_no_links() {
    let bench = Bench::with_sample_corpus();
    let plain = bench.expect(&["search", "Munition"]).env("FORCE_HYPERLINK", "1").out_has("munition").check();
    assert!(!plain.out.contains('\u{1b}'), "{}", plain.out);
    let coloured = bench.expect(&["search", "Munition", "--color", "always"]).env("FORCE_HYPERLINK", "1");
    let coloured = coloured.out_has(COLOUR).check();
    assert!(!coloured.out.contains(LINK), "{}", coloured.out);
}

#[test]
fn a_terminal_has_colour_and_links_unless_they_are_refused() {
    let bench = Bench::with_sample_corpus();
    for (options, environment, colour, links) in [
        (&[][..], ("FORCE_HYPERLINK", "1"), true, true),
        (&[], ("FORCE_HYPERLINK", "0"), true, false),
        (&["--color", "never"], ("FORCE_HYPERLINK", "1"), false, false),
        (&[], ("NO_COLOR", "1"), false, false),
    ] {
        let shown = on_a_terminal(&bench, &[&["search", "Munition"], options].concat(), environment);
        assert!(shown.contains("munition-baustelle.txt"), "{shown}");
        assert_eq!(
            (shown.contains(COLOUR), shown.contains(LINK)),
            (colour, links),
            "{options:?} {environment:?}: {shown}"
        );
    }
}

/// What a terminal is sent.
fn on_a_terminal(bench: &Bench, arguments: &[&str], (name, value): (&str, &str)) -> String {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use std::process::Command;
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&terminal).and_then(|()| unlockpt(&terminal)).expect("its other end");
    let name_of_end = ptsname(&terminal, Vec::new()).expect("its name").into_string().expect("UTF-8");
    let end = std::fs::File::options().read(true).write(true).open(name_of_end).expect("its other end");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("findbuch"));
    command.args(arguments).current_dir(bench.folder.path()).env_clear().env("FINDBUCH_INDEX", bench.path("index"));
    let mut child = command.env("TERM", "xterm-256color").env(name, value).stdout(end).spawn().expect("it runs");
    // the program's end of it must be the last, so that reading ends with the program
    drop(command);
    let mut shown = Vec::new();
    // the system says that the other end is gone by an error
    let _ = std::io::Read::read_to_end(&mut std::fs::File::from(terminal), &mut shown);
    assert_eq!(child.wait().expect("an end").code(), Some(0));
    String::from_utf8(shown).expect("UTF-8")
}

#[test]
fn a_terminal_is_sent_nothing_that_turns_the_direction() {
    let bench = Bench::new();
    bench.write(
        "a/rechnung.txt",
        "Die Rechnung\u{202e}fdp liegt bei\n\nDie Rechnung \u{2066}kam am Montag\u{200b} mit der Post.\n",
    );
    bench.run(&["index", "a"]);
    for arguments in
        [&["search", "Rechnung"][..], &["show", "a/rechnung.txt"], &["search", "Rechnung", "--format", "jsonl"]]
    {
        let shown = on_a_terminal(&bench, arguments, ("NO_COLOR", "1"));
        assert!(shown.contains("Rechnung"), "{shown}");
        assert!(!shown.contains(['\u{202e}', '\u{2066}', '\u{200b}']), "{shown:?}");
    }
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_disarmed() {
    let bench = Bench::new();
    bench.write(
        "a/f.jsonl",
        r#"{"headline":"=HYPERLINK(1) Deich","body":"Der Deich hält die Nacht über.","author":"+SUM(1)"}"#,
    );
    bench.run(&["index", "a"]);
    let safe = bench.run(&["search", "Deich", "--format", "csv"]).out;
    assert!(safe.contains("'=HYPERLINK(1) Deich") && safe.contains("'+SUM(1)"), "{safe}");
    let raw = bench.run(&["search", "Deich", "--format", "csv", "--raw"]).out;
    assert!(raw.contains(",=HYPERLINK(1) Deich,"), "{raw}");
}

#[test]
fn show_marks_a_query_and_names_parts() {
    let bench = Bench::with_sample_corpus();
    let path = project().join("sample-corpus/kopiert/munition-baustelle.txt");
    let output = bench.run(&["show", &path.to_string_lossy(), "--query", "Munition"]);
    assert!(output.out.contains("Vorspann ") && output.out.contains("*Munition*"), "{}", output.out);
    assert!(output.out.contains("22.05.2019, 18:40 (aus dem Text)"));
    let ticker = project().join("sample-corpus/agentur/ticker-2023.jsonl");
    let several = bench.run(&["show", &ticker.to_string_lossy()]);
    assert_eq!(several.code, Some(2));
    assert!(several.err.contains("ticker-2023.jsonl:8"), "{}", several.err);
}

#[test]
fn analyze_shows_form_and_stem() {
    let bench = Bench::new();
    let table = "word             form             stem\n\
                 Putins           putins           putin\n\
                 und              und              und  (function word: not demanded)\n\
                 Müllers          müllers          müller\n\
                 Waffenlieferung  waffenlieferung  waffenlieferung = waffe + lieferung\n";
    bench.expect(&["analyze", "Putins und Müllers Waffenlieferung"]).out(table).check();
}

#[cfg(feature = "html")]
#[test]
fn stats_count() {
    let bench = Bench::with_sample_corpus();
    let output = bench.run(&["stats", "--format", "json"]);
    let stats: serde_json::Value = serde_json::from_str(&output.out).expect("JSON");
    assert_eq!(stats["schema"], "findbuch.stats/1");
    assert_eq!((&stats["articles"], &stats["files"], &stats["unreadable"]), (&127.into(), &91.into(), &2.into()));
    assert_eq!(stats["dates"][0], "1994-03-17");
    assert_eq!(stats["format"], 9);
    assert!(bench.run(&["stats"]).out.contains("Norderfehner Bote"));
}

#[test]
fn versions_are_told_apart() {
    let bench = Bench::with_sample_corpus();
    let show = |arguments: &[&str]| bench.run(&[&["show", "nb-2012-08-20-0017", "--differences"], arguments].concat());
    let output = show(&["mt-2012-08-21-0103"]);
    assert!(output.out.contains("Viele [-Passagiere-]{+Reisende+} standen"), "{}", output.out);
    let colours = show(&["mt-2012-08-21-0103", "--color", "always"]).out;
    assert!(colours.contains("\u{1b}[4m\u{1b}[32mReisende") && !colours.contains("{+"), "{colours}");
    let json: serde_json::Value =
        serde_json::from_str(&show(&["mt-2012-08-21-0103", "--format", "json"]).out).expect("JSON");
    assert_eq!(json["schema"], "findbuch.differences/1");
    assert_eq!(json["after"]["id"], "mt-2012-08-21-0103");
    let pieces = json["changes"][1]["pieces"].as_array().expect("pieces");
    assert!(pieces.contains(&serde_json::json!({"added": "Reisende"})), "{pieces:?}");
    assert!(show(&["nb-2012-08-20-0017"]).out.ends_with("Die Texte sind gleich.\n"));
    assert_eq!(show(&["no-such-article"]).code, Some(2));
}
