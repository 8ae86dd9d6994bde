//! What the project's pages name is there: files, functions, tests.

use crate::project;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Pages for those who work on findbuch, and those for its users.
fn pages() -> Vec<PathBuf> {
    let docs = std::fs::read_dir(project().join("docs")).expect("docs").map(|entry| entry.expect("entry").path());
    let docs = docs.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| project().join(name));
    top.into_iter().chain(docs).collect()
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Words of a page between backquotes, in links and in plain text.
fn words(page: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || "`(),;|[]\"'<>".contains(c);
    page.split(ends).map(|word| word.trim_end_matches(['.', ':'])).filter(|word| !word.is_empty())
}

#[test]
fn files_that_pages_name_are_there() {
    let folders = ["src/", "crates/", "tests/", "docs/", "fuzz/", "benches/", "examples/", ".ci/", ".github/"];
    let mut named = BTreeSet::new();
    for path in pages() {
        let page = text(&path);
        for word in words(&page).filter(|word| folders.iter().any(|folder| word.starts_with(folder))) {
            let word = word.split('#').next().unwrap_or(word);
            // a name to be filled in
            let is_form = word.contains(['*', '…']) || word.split('/').any(|part| part.starts_with("NAME"));
            named.insert(word.to_owned());
            assert!(is_form || project().join(word).exists(), "{} names {word}, which is not there", path.display());
        }
    }
    assert!(named.len() > 50, "{named:?}");
}

#[test]
fn tests_that_pages_name_are_there() {
    let mut named = 0;
    for path in pages() {
        let page = text(&path);
        for (module, test) in words(&page).filter_map(|word| word.split_once("::")) {
            let file = ["", "/mod"].map(|end| project().join(format!("tests/suite/{module}{end}.rs")));
            let Some(file) = file.iter().find(|file| file.exists()) else { continue };
            // a module of the suite, or of a crate of that name
            let in_suite = project().join(format!("tests/suite/{module}/{test}.rs"));
            if test.contains("::") || in_suite.exists() || file_of(&[module, test]).is_some() {
                continue;
            }
            named += 1;
            assert!(text(file).contains(&format!("fn {test}()")), "{} names {module}::{test}", path.display());
        }
    }
    assert!(named > 20, "{named}");
}

/// The file of a module, given by the crate or folder it begins with: `corpus::formats` is `crates/corpus/src/formats/mod.rs`.
fn file_of(modules: &[&str]) -> Option<PathBuf> {
    let (first, rest) = modules.split_first()?;
    let in_crate = project().join("crates").join(first).join("src");
    let start = if in_crate.exists() { in_crate } else { project().join("src").join(first) };
    let below = rest.iter().fold(start, |folder, name| folder.join(name));
    [below.with_extension("rs"), below.join("mod.rs"), below.join("lib.rs")].into_iter().find(|path| path.exists())
}

#[test]
fn functions_that_a_path_passes_through_are_there() {
    let map = text(&project().join("ARCHITECTURE.md"));
    let mut checked = 0;
    for block in map.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        for name in block.lines().filter_map(|line| line.split_whitespace().next()) {
            let parts: Vec<&str> = name.split("::").collect();
            let [modules @ .., function] = parts.as_slice() else { continue };
            let is_there = |file: PathBuf| text(&file).contains(&format!("fn {function}"));
            let found = if let [folder @ .., "*"] = modules {
                file_of(folder).is_some_and(|file| {
                    let beside = std::fs::read_dir(file.parent().expect("a folder")).expect("a folder").flatten();
                    beside.map(|entry| entry.path()).filter(|path| path.is_file()).any(is_there)
                })
            } else {
                file_of(modules).is_some_and(is_there)
            };
            assert!(found, "ARCHITECTURE.md names {name}, which is not there");
            checked += 1;
        }
    }
    assert!(checked > 10, "{checked}");
}
