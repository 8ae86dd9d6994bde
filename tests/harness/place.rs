//! A folder with articles and an index, the program run on it, and what its index should hold.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What an archive holds: files by name, each with its version.
pub type Articles = BTreeMap<String, u64>;

/// The program: that which `FINDBUCH_PROGRAM` names, or the one of this build.
pub fn program() -> PathBuf {
    named_program().unwrap_or_else(|| env!("CARGO_BIN_EXE_findbuch").into())
}

/// A program of another build, most often one with optimisation.
pub fn named_program() -> Option<PathBuf> {
    std::env::var_os("FINDBUCH_PROGRAM")
        .map(|path| PathBuf::from(path).canonicalize().expect("FINDBUCH_PROGRAM is there"))
}

/// Numbers that look random and are the same for a seed.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound.max(1) as u64).unwrap_or_default()
    }
}

/// A folder `a` with articles beside an index.
pub struct Place {
    folder: tempfile::TempDir,
    /// Another place for all of it, such as a mounted disk.
    root: Option<PathBuf>,
    pub articles: Articles,
}

impl Place {
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().expect("a folder"), root: None, articles: Articles::new() }
    }

    pub fn at(root: &Path) -> Place {
        Place { root: Some(root.to_path_buf()), ..Place::new() }
    }

    /// With so many articles, indexed.
    pub fn with(articles: usize) -> Place {
        let mut place = Place::new();
        (0..articles).for_each(|number| place.write(&format!("{number}.txt")));
        place.must(&["index", "a"]);
        place
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.root.as_deref().unwrap_or(self.folder.path()).join(below)
    }

    /// Writes an article, or another version of it.
    pub fn write(&mut self, name: &str) {
        let version = self.articles.get(name).map_or(1, |version| version + 1);
        let body =
            format!("Der Deich am Siel {name} hat die Nacht überstanden, teilte der Kreis zum {version}. Mal mit. ")
                .repeat(6);
        let path = self.path("a").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, format!("Deich {name} in Fassung {version}\n\n{body}\n")).expect("written");
        self.articles.insert(name.to_owned(), version);
    }

    pub fn remove(&mut self, name: &str) {
        let _ = std::fs::remove_file(self.path("a").join(name));
        self.articles.remove(name);
    }

    /// Changes one article, removes one and adds one.
    pub fn change(&mut self, numbers: &mut Numbers) {
        let names: Vec<String> = self.articles.keys().cloned().collect();
        let one = names[numbers.below(names.len())].clone();
        self.remove(&one);
        let other = names[numbers.below(names.len())].clone();
        self.write(&other);
        self.write(&format!("neu{}.txt", numbers.below(1_000_000)));
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.path("")).env("FINDBUCH_INDEX", self.path("index"));
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    /// A run that must end with code 0.
    pub fn must(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub fn is_whole(&self) -> bool {
        self.run(&["check"]).status.success()
    }

    /// What the index has, as its articles say of themselves; or why it cannot be searched.
    pub fn found(&self) -> Result<Articles, String> {
        self.found_by(self.command(&["search", "Deich", "--all", "--format", "jsonl"]))
    }

    /// As [`Place::found`], by a search of one's own.
    pub fn found_by(&self, mut search: Command) -> Result<Articles, String> {
        let output = search.output().expect("it runs");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        if !matches!(output.status.code(), Some(0 | 1)) {
            return Err(format!("search ends with {:?}: {err}", output.status));
        }
        let mut found = Articles::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let hit: serde_json::Value = serde_json::from_str(line).map_err(|error| format!("{error}: {line}"))?;
            let title = hit["headline"].as_str().or_else(|| hit["title"].as_str()).unwrap_or_default();
            let named = title.strip_prefix("Deich ").and_then(|rest| rest.split_once(" in Fassung "));
            let Some((name, version)) = named.and_then(|(name, version)| Some((name, version.parse().ok()?))) else {
                return Err(format!("an article with another headline: {title}"));
            };
            if found.insert(name.to_owned(), version).is_some() {
                return Err(format!("{name} is there twice"));
            }
        }
        Ok(found)
    }
}
