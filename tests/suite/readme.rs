//! The README's and the manual's examples, run: a block ```` ```console ```` is commands after `$ ` and their output.

use crate::bench::copy;
use crate::{Bench, project};
use std::process::Command;

/// Commands of a document with the output it shows, `…` at a line's start standing for lines left out.
fn examples(document: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(project().join(document)).expect(document);
    let mut examples: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside && let Some(command) = line.strip_prefix("$ ") {
            examples.push((command.to_owned(), String::new()));
        } else if inside && let Some((_, output)) = examples.last_mut() {
            output.push_str(line);
            output.push('\n');
        }
    }
    examples
}

fn check(document: &str) {
    let bench = Bench::new();
    copy(&project().join("sample-corpus"), &bench.path("sample-corpus"));
    let binary = assert_cmd::cargo::cargo_bin("findbuch");
    let examples = examples(document);
    assert!(!examples.is_empty(), "{document} has no example");
    for (command, shown) in examples {
        let run = command.replace("cargo run --release -- ", "findbuch ");
        if !run.starts_with("findbuch ") && !run.starts_with("printf ") {
            continue;
        }
        let script = run.replacen("findbuch", &format!("'{}'", binary.display()), 1);
        let output = Command::new("sh")
            .args(["-c", &format!("{script} 2>&1")])
            .current_dir(bench.folder.path())
            .env("FINDBUCH_INDEX", bench.path("index"))
            .env_remove("FINDBUCH_LANG")
            .output()
            .expect("sh");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(without_times(&printed), shown, "{document}: {command}");
    }
}

/// Times, rates and sizes differ from run to run: `1.2 s, 3.4 MB, 5.6 MB/s` becomes `… s, … MB, … MB/s`.
fn without_times(text: &str) -> String {
    let line = |line: &str| {
        if line.contains(" MB/s") { "… s, … MB, … MB/s\n".to_owned() } else { format!("{line}\n") }
    };
    text.lines().map(line).collect()
}

#[test]
fn readme() {
    check("README.md");
}

#[test]
fn query_page() {
    check("docs/QUERY.md");
}

#[test]
fn results_page() {
    check("docs/RESULTS.md");
}

#[test]
fn german_page() {
    check("docs/GERMAN.md");
}

#[test]
fn batch_page() {
    check("docs/BATCH.md");
}

#[test]
fn collections_page() {
    check("docs/COLLECTIONS.md");
}

#[test]
fn export_page() {
    check("docs/EXPORT.md");
}

#[test]
fn news_page() {
    check("docs/NEWS.md");
}

#[test]
fn first_command_stands_near_the_top() {
    let text = std::fs::read_to_string(project().join("README.md")).expect("README.md");
    let top: Vec<&str> = text.lines().take(25).collect();
    for command in ["search \"Kim Jong Un Munition\" --in sample-corpus", "cargo test"] {
        assert!(top.iter().any(|line| line.contains(command)), "{command} is not in the first 25 lines");
    }
}
