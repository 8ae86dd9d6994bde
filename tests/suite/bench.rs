//! An index of its own for one test, and runs of the program on it.

use crate::project;
use assert_cmd::Command;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

/// A folder with an index of its own for one test; both end with this value.
pub struct Bench {
    pub folder: tempfile::TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Output {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A run of the program that is held to what it prints: whatever is not mentioned is a failure.
#[must_use = "nothing runs before `check`"]
pub struct Run {
    command: Command,
    code: i32,
    out: Expected,
    err: Expected,
}

/// What a stream has to hold.
enum Expected {
    Exactly(String),
    Pieces(Vec<String>),
}

impl Bench {
    pub fn new() -> Bench {
        Bench { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// One that has indexed the sample corpus.
    pub fn with_sample_corpus() -> Bench {
        let bench = Bench::new();
        copy(sample_index(), &bench.path("index"));
        let added = bench.run(&["collection", "add", "Deich", "nb-2012-08-20-0017", "--note", "Kapitän anrufen"]);
        assert_eq!(added.code, Some(0), "{}", added.err);
        bench
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Writes a file below the bench's folder.
    pub fn write(&self, below: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(below);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("create");
        std::fs::write(&path, content).expect("write");
        path
    }

    pub fn command(&self) -> Command {
        let mut command = Command::cargo_bin("findbuch").expect("the binary");
        command.current_dir(self.folder.path()).env_clear().env("FINDBUCH_INDEX", self.path("index"));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        output(self.command().args(arguments))
    }

    /// A run that ends with code 0 and prints nothing, unless more is said of it.
    pub fn expect(&self, arguments: &[&str]) -> Run {
        let mut command = self.command();
        command.args(arguments);
        Run { command, code: 0, out: Expected::Exactly(String::new()), err: Expected::Exactly(String::new()) }
    }

    /// Paths of the hits, relative to the bench's folder or absolute.
    pub fn hits(&self, query: &str) -> Vec<String> {
        let output = self.run(&["search", query, "--format", "paths", "-n", "100"]);
        assert!(output.code != Some(2), "{query}: {}", output.err);
        output.out.lines().map(str::to_owned).collect()
    }

    /// File names of the hits.
    pub fn names(&self, query: &str) -> Vec<String> {
        self.hits(query).iter().filter_map(|path| Some(Path::new(path).file_name()?.to_str()?.to_owned())).collect()
    }
}

impl Run {
    pub fn env(mut self, name: &str, value: &str) -> Run {
        self.command.env(name, value);
        self
    }

    pub fn code(mut self, code: i32) -> Run {
        self.code = code;
        self
    }

    /// Standard output to the letter.
    pub fn out(mut self, text: &str) -> Run {
        self.out = Expected::Exactly(text.to_owned());
        self
    }

    /// Standard error to the letter.
    pub fn err(mut self, text: &str) -> Run {
        self.err = Expected::Exactly(text.to_owned());
        self
    }

    /// Standard output has this, and may have more.
    pub fn out_has(mut self, piece: &str) -> Run {
        self.out.add(piece);
        self
    }

    /// Standard error has this, and may have more.
    pub fn err_has(mut self, piece: &str) -> Run {
        self.err.add(piece);
        self
    }

    /// Runs the program, and fails where it did something else.
    #[track_caller]
    pub fn check(mut self) -> Output {
        let Output { code, out, err } = output(&mut self.command);
        let all = || format!("{:?}\ncode {code:?}\n--- out\n{out}\n--- err\n{err}", self.command);
        assert_eq!(code, Some(self.code), "{}", all());
        self.out.check("standard output", &out, &all);
        self.err.check("standard error", &err, &all);
        Output { code, out, err }
    }
}

impl Expected {
    fn add(&mut self, piece: &str) {
        match self {
            Expected::Pieces(pieces) => pieces.push(piece.to_owned()),
            Expected::Exactly(_) => *self = Expected::Pieces(vec![piece.to_owned()]),
        }
    }

    #[track_caller]
    fn check(&self, stream: &str, text: &str, all: &dyn Fn() -> String) {
        match self {
            Expected::Exactly(expected) => assert_eq!(text, expected, "{stream} of {}", all()),
            Expected::Pieces(pieces) => {
                for piece in pieces {
                    assert!(text.contains(piece.as_str()), "{stream} lacks {piece:?}: {}", all());
                }
            }
        }
    }
}

fn output(command: &mut Command) -> Output {
    let output = command.output().expect("it runs");
    Output {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// An index of the sample corpus, made once and copied by each test that wants one.
fn sample_index() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        // a value that lives as long as the program is never dropped: its folder is left to the next run
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        for left in std::fs::read_dir(folder).expect("the target's folder").flatten() {
            let age = left.metadata().and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
            if age.is_some_and(|age| age > Duration::from_hours(1)) {
                let _ = std::fs::remove_dir_all(left.path());
            }
        }
        let bench = Bench { folder: tempfile::tempdir_in(folder).expect("a temporary folder") };
        let output = bench.run(&["index", &project().join("sample-corpus").to_string_lossy()]);
        assert!(output.err.lines().count() == 2, "two of its files cannot be read: {}", output.err);
        bench.folder.keep().join("index")
    })
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("create");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copy");
        }
    }
}
