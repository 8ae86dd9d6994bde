//! The integration tests: one binary, a module a feature.

mod archive;
mod bombs;
#[cfg(feature = "serve")]
mod browser;
mod commands;
mod containers;
mod contract;
mod counting;
mod deadlines;
mod exports;
mod failures;
mod german;
mod grouping;
mod hostile;
mod layers;
mod news;
mod operators;
mod overview;
mod press;
mod readme;
mod relevance;
mod reliability;
mod results;
mod sample;
mod saved_pages;
mod settings;
mod suggestions;
mod trend;
#[cfg(feature = "serve")]
mod web;

use assert_cmd::Command;
use std::path::{Path, PathBuf};

/// The project's folder.
fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An index of its own for one test, and commands on it.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Bench {
        Bench { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// One that has indexed the sample corpus.
    fn with_sample_corpus() -> Bench {
        let bench = Bench::new();
        bench.run(&["index", &project().join("sample-corpus").to_string_lossy()]);
        bench
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Writes a file below the bench's folder.
    fn write(&self, below: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(below);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("create");
        std::fs::write(&path, content).expect("write");
        path
    }

    fn command(&self) -> Command {
        let mut command = Command::cargo_bin("findbuch").expect("the binary");
        command.current_dir(self.folder.path()).env_clear().env("FINDBUCH_INDEX", self.path("index"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command().args(arguments).output().expect("it runs");
        Output {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Paths of the hits, relative to the bench's folder or absolute.
    fn hits(&self, query: &str) -> Vec<String> {
        let output = self.run(&["search", query, "--format", "paths", "-n", "100"]);
        assert!(output.code != Some(2), "{query}: {}", output.err);
        output.out.lines().map(str::to_owned).collect()
    }

    /// File names of the hits.
    fn names(&self, query: &str) -> Vec<String> {
        self.hits(query).iter().filter_map(|path| Some(Path::new(path).file_name()?.to_str()?.to_owned())).collect()
    }
}

#[derive(Debug)]
struct Output {
    code: Option<i32>,
    out: String,
    err: String,
}
