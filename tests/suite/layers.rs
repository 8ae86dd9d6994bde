//! Who may name whom: the rules of ARCHITECTURE.md, held against the sources.

use crate::project;
use std::path::{Path, PathBuf};

/// A room and the rooms of ours that it may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("lang", &[]),
    ("german", &[]),
    ("query", &["lang"]),
    ("evaluate", &[]),
    ("corpus", &["article", "german"]),
    ("engine", &["article", "german", "query"]),
    ("update", &["article", "corpus", "engine", "german"]),
    ("render", &["article", "engine", "lang", "query"]),
    ("web", &["article", "engine", "german", "lang", "query", "render"]),
    ("cli", &["article", "corpus", "engine", "evaluate", "german", "lang", "query", "render", "update", "web"]),
];

fn sources() -> Vec<PathBuf> {
    fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("src") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                gather(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    gather(&project().join("src"), &mut found);
    found
}

/// The room a source file belongs to: `german` of src/german/fold.rs.
fn room(path: &Path) -> String {
    let below = path.strip_prefix(project().join("src")).expect("below src");
    let first = below.components().next().expect("a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The code without comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("source");
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

#[test]
fn rooms_name_only_what_they_may() {
    let mut checked = 0;
    for path in sources() {
        let room = room(&path);
        if room == "lib" || room == "main" {
            continue;
        }
        let (_, may) = MAY_NAME.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("{room} is no room"));
        for (at, _) in code(&path).match_indices("crate::") {
            let code = code(&path);
            let named: String = code[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(named == room || may.contains(&named.as_str()), "{}: {room} must not name {named}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 50, "the rule must have something to check");
}

#[test]
fn only_the_tantivy_engine_names_tantivy() {
    for path in sources() {
        let allowed = path.to_string_lossy().contains("src/engine/tantivy/");
        let code = code(&path).replace("engine::tantivy", "").replace("pub mod tantivy", "");
        assert!(allowed || !code.contains("tantivy::"), "{} names tantivy", path.display());
    }
}

#[test]
fn only_the_command_line_prints_and_reads_the_environment() {
    for path in sources() {
        let code = code(&path);
        let body = code.split("#[cfg(test)]").next().unwrap_or("");
        let allowed = ["cli", "main"].contains(&room(&path).as_str());
        for sign in ["println!", "eprintln!", "std::env::", "stdout()", "stderr()"] {
            assert!(allowed || !body.contains(sign), "{} has {sign}", path.display());
        }
    }
}

#[test]
fn main_is_short_and_every_file_says_what_it_is_for() {
    for path in sources() {
        let text = std::fs::read_to_string(&path).expect("source");
        assert!(text.starts_with("//! "), "{} has no header", path.display());
        assert!(text.lines().count() <= 400, "{} is long: does it answer one question?", path.display());
    }
    let main = std::fs::read_to_string(project().join("src/main.rs")).expect("main.rs");
    assert!(main.lines().count() <= 40);
}

#[test]
fn every_room_is_on_the_map() {
    let map = std::fs::read_to_string(project().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for (name, _) in MAY_NAME {
        assert!(map.contains(&format!("src/{name}")), "ARCHITECTURE.md does not tell of src/{name}");
    }
    for word in map.split(|c: char| c.is_whitespace() || "`(),;:".contains(c)).filter(|w| w.starts_with("src/")) {
        assert!(
            project().join(word.trim_end_matches('.')).exists(),
            "ARCHITECTURE.md names {word}, which is not there"
        );
    }
}
