//! The recipes of CONTRIBUTING.md: every format has what the one for formats asks for.

use crate::project;
use findbuch_corpus::Format;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn text(below: &str) -> String {
    std::fs::read_to_string(project().join(below)).expect(below)
}

#[test]
fn every_format_is_listed_documented_sampled_and_fuzzed() {
    let declared = text("crates/corpus/src/format.rs");
    let (_, declared) = declared.split_once("pub enum Format {").expect("the formats");
    let (declared, _) = declared.split_once("\n}").expect("the end of the formats");
    let declared = declared.lines().filter(|line| line.trim().ends_with(',')).count();
    assert_eq!(declared, Format::ALL.len(), "variants of Format, and Format::ALL");
    let manual = text("docs/FORMATS.md");
    let mut samples = Vec::new();
    files(&project().join("sample-corpus"), &mut samples);
    let mut targets = Vec::new();
    files(&project().join("fuzz/fuzz_targets"), &mut targets);
    let targets: Vec<String> =
        targets.iter().map(|target| std::fs::read_to_string(target).expect("a target")).collect();
    for format in Format::ALL {
        let extensions = format.about().extensions;
        for extension in extensions.iter().filter(|extension| !["tbz2", "tbz", "txz", "tzst"].contains(extension)) {
            assert!(manual.contains(&format!("`.{extension}`")), "docs/FORMATS.md lacks .{extension}");
        }
        assert!(samples.iter().any(|path| Format::of(path) == Some(format)), "sample-corpus has no {format:?}");
        let is_read = |target: &String| extensions.iter().any(|extension| target.contains(&format!(".{extension}\"")));
        assert!(targets.iter().any(is_read), "no target in fuzz reads {format:?}");
    }
}
