//! Who may name whom: the rules of ARCHITECTURE.md, held against the sources.

mod circles;
mod modules;

use crate::project;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

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
    gather(&project().join("crates"), &mut found);
    found
}

/// The top-level folder or crate that a source file belongs to: `crates/german` or `src/cli`.
fn room(path: &Path) -> String {
    let below = path.strip_prefix(project()).expect("below the project");
    let names = below.components().take(2).map(|name| name.as_os_str().to_string_lossy());
    names.collect::<Vec<_>>().join("/").trim_end_matches(".rs").to_owned()
}

/// The code without comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("source");
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// The crates of ours that a crate depends on, and so may name.
fn dependencies(manifest: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(manifest).expect("a manifest");
    let (_, after) = text.split_once("\n[dependencies]\n").expect("dependencies");
    let own = after.split("\n[").next().unwrap_or("").lines().filter_map(|line| line.strip_prefix("findbuch-"));
    own.filter_map(|line| line.split(['.', ' ']).next()).map(str::to_owned).collect()
}

#[test]
fn the_map_of_crates_is_the_workspace() {
    let map = std::fs::read_to_string(project().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let mut on_map = BTreeMap::new();
    for line in map.lines().filter(|line| line.starts_with("| `crates/")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, _, may, _] = cells.as_slice() else { panic!("{line}") };
        let may = may.split(", ").filter(|name| *name != "–").map(str::to_owned).collect::<BTreeSet<_>>();
        on_map.insert(name.trim_matches(['`', '/']).trim_start_matches("crates/").to_owned(), may);
    }
    let mut there = BTreeMap::new();
    for entry in std::fs::read_dir(project().join("crates")).expect("crates") {
        let entry = entry.expect("entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        there.insert(name, dependencies(&entry.path().join("Cargo.toml")));
    }
    assert_eq!(on_map, there, "the table of crates in ARCHITECTURE.md, and the manifests");
}

#[test]
fn only_the_tantivy_engine_names_tantivy() {
    for path in sources() {
        let allowed = path.to_string_lossy().contains("crates/engine/src/tantivy/");
        let chooses = path.ends_with("crates/engine/src/index_dir.rs");
        let code = code(&path);
        assert!(allowed || chooses || !code.contains("tantivy::"), "{} names tantivy", path.display());
    }
}

#[test]
fn only_the_engine_on_a_cluster_sends_requests() {
    let mut sending = 0;
    for path in sources() {
        let name = path.to_string_lossy().into_owned();
        let allowed = name.contains("crates/engine/src/opensearch/") || !name.contains("/crates/");
        let sends = code(&path).contains("ureq::");
        sending += usize::from(sends);
        assert!(allowed || !sends, "{name} names ureq");
    }
    assert!(sending > 0);
}

#[test]
fn only_one_module_names_an_operating_system() {
    for path in sources() {
        let code = code(&path);
        let body = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        let allowed = path.to_string_lossy().contains("crates/files/src/system/");
        for sign in ["std::os::", "cfg(unix", "cfg(windows", "cfg(not(unix", "cfg(not(windows", "target_os"] {
            assert!(
                allowed || !body.contains(sign),
                "{} has {sign}: findbuch_files::system is for that",
                path.display()
            );
        }
    }
}

#[test]
fn only_the_command_line_prints_and_reads_the_environment() {
    for path in sources() {
        let code = code(&path);
        let body = code.split("#[cfg(test)]").next().unwrap_or("");
        let allowed = ["src/cli", "src/main"].contains(&room(&path).as_str())
            || path.components().any(|part| ["examples", "benches"].contains(&&*part.as_os_str().to_string_lossy()))
            // tests alone, which ask for a cluster
            || path.ends_with("crates/engine/src/contract/mod.rs");
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
    }
    let main = std::fs::read_to_string(project().join("src/main.rs")).expect("main.rs");
    assert!(main.lines().count() <= 40);
}
