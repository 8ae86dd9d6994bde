//! Prints what has to go with a binary: the crates in it, their licences, and who holds the copyright.
//!
//! ```text
//! cargo run --example notices > THIRD-PARTY-NOTICES.md
//! ```
//!
//! Crates come from `cargo metadata`: all that findbuch depends on as it is built for Linux, macOS and Windows, macros and what only
//! builds or tests need left out. Texts of licences are those of SPDX; the lines of copyright are read from the files in each
//! crate's package. C sources that a package brings along have files of their own, which are printed whole.

use serde_json::Value;
use spdx::{Expression, LicenseItem, LicenseReq, Licensee, ParseMode};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGETS: [&str; 3] = ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "x86_64-pc-windows-msvc"];
/// Licences that crates are used under; where there is a choice, the first.
const ACCEPTED: [&str; 15] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "MPL-2.0",
    "BSL-1.0",
    "bzip2-1.0.6",
    "0BSD",
    "MIT-0",
    "CC0-1.0",
    "Unlicense",
];
/// Beginnings of the names of files that tell of licences.
const FILES: [&str; 5] = ["LICEN", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// A crate that is in a binary.
struct Package {
    repository: String,
    authors: String,
    /// What it offers, and what of that it is used under.
    offered: String,
    used: Vec<LicenseReq>,
    folder: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut packages = BTreeMap::new();
    for target in TARGETS {
        gather(&metadata(target)?, &mut packages)?;
    }
    print!("{}", document(&packages)?);
    Ok(())
}

/// What cargo tells of the crates that are built for a target.
fn metadata(target: &str) -> Result<Value, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--format-version=1", "--locked", "--filter-platform", target];
    let output = Command::new(cargo).args(arguments).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Adds the crates of others that findbuch is linked with.
fn gather(metadata: &Value, packages: &mut BTreeMap<(String, String), Package>) -> Result<(), Box<dyn Error>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let by_id = |list: Vec<Value>| list.into_iter().map(|one| (text(&one["id"]), one)).collect::<HashMap<_, _>>();
    let known = by_id(list(&metadata["packages"]));
    let nodes = by_id(list(&metadata["resolve"]["nodes"]));
    let is_linked = |kind: &Value| kind["kind"].is_null();
    let is_macro = |package: &Value| {
        list(&package["targets"]).iter().any(|target| list(&target["kind"]).contains(&Value::from("proc-macro")))
    };
    let mut next = vec![text(&metadata["resolve"]["root"])];
    let mut seen = BTreeSet::new();
    while let Some(id) = next.pop() {
        let package = known.get(&id).ok_or("a crate without metadata")?;
        if is_macro(package) || !seen.insert(id.clone()) {
            continue;
        }
        let dependencies = list(&nodes.get(&id).ok_or("a crate that is not resolved")?["deps"]);
        let linked = dependencies.iter().filter(|dependency| list(&dependency["dep_kinds"]).iter().any(is_linked));
        next.extend(linked.map(|dependency| text(&dependency["pkg"])));
        if package["source"].is_null() {
            continue;
        }
        let (name, offered) = (text(&package["name"]), text(&package["license"]));
        let used = used(&offered).map_err(|error| format!("{name} is under {offered:?}: {error}"))?;
        let authors = list(&package["authors"]).iter().map(text).collect::<Vec<_>>().join(", ");
        let folder = Path::new(&text(&package["manifest_path"])).parent().unwrap_or(Path::new("")).to_path_buf();
        let repository = text(&package["repository"]);
        let version = text(&package["version"]);
        packages.insert((name, version), Package { repository, authors, offered, used, folder });
    }
    Ok(())
}

/// The licences of an offer that are made use of.
fn used(offered: &str) -> Result<Vec<LicenseReq>, Box<dyn Error>> {
    let accepted = ACCEPTED.iter().map(|name| Licensee::parse(name)).collect::<Result<Vec<_>, _>>()?;
    let mode = ParseMode { allow_slash_as_or_operator: true, ..ParseMode::STRICT };
    Ok(Expression::parse_mode(offered, mode)?.minimized_requirements(&accepted)?)
}

/// The files of a package that tell of its licences: at its top, and of sources that it brings along in folders of its own.
fn files(package: &Package) -> std::io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let is_told = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
        path.is_file() && FILES.iter().any(|start| name.starts_with(start))
    };
    let (mut own, mut brought) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(&package.folder)? {
        let path = entry?.path();
        if is_told(&path) {
            own.push(path);
        } else if path.is_dir() {
            let below = std::fs::read_dir(&path)?.filter_map(|entry| Some(entry.ok()?.path()));
            brought.extend(below.filter(|path| is_told(path)));
        }
    }
    own.sort();
    brought.sort();
    Ok((own, brought))
}

/// Lines that say who holds the copyright, each once.
fn copyright(files: &[PathBuf]) -> std::io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(file)?).into_owned();
        let lines = text.lines().map(|line| line.trim_matches(|c: char| c.is_whitespace() || "*/#;.".contains(c)));
        let holder = lines.filter(|line| {
            let small = line.to_lowercase();
            let is_form =
                ["[", "{", "<year", "yyyy", "notice", "licen", "owner", "holder", " law", "statement", "and related"];
            small.starts_with("copyright ") && !is_form.iter().any(|sign| small.contains(sign))
        });
        found.extend(holder.map(str::to_owned));
    }
    Ok(found)
}

/// The identifier and the text of a licence.
fn licence(used: &LicenseReq) -> (String, String) {
    let text = match &used.license {
        LicenseItem::Spdx { id, .. } => id.text(),
        LicenseItem::Other(_) => "",
    };
    let exception = match &used.addition {
        Some(spdx::AdditionItem::Spdx(id)) => id.text(),
        _ => "",
    };
    (used.to_string(), format!("{text}\n{exception}").trim().to_owned())
}

/// The notices as Markdown.
fn document(packages: &BTreeMap<(String, String), Package>) -> Result<String, Box<dyn Error>> {
    let mut out = String::from(
        "# Third-party notices\n\nThe crates that are in a binary of findbuch for Linux, macOS or Windows, each with the licence that it is \
         used under\nand the holders of its copyright. The texts of the licences follow, then the notices of C sources that crates \
         bring along.\n\nMade by `cargo run --example notices > THIRD-PARTY-NOTICES.md` from Cargo.lock; do not edit by \
         hand.\n\n## Crates\n\n",
    );
    let mut licences = BTreeMap::new();
    let mut notices = BTreeMap::new();
    for ((name, version), package) in packages {
        let (own, brought) = files(package)?;
        let names: Vec<String> = package.used.iter().map(ToString::to_string).collect();
        let used = names.join(" and ");
        let choice = if used == package.offered { String::new() } else { format!(" (offered: {})", package.offered) };
        writeln!(out, "- {name} {version}, {used}{choice}, {}", package.repository)?;
        let mut holders = copyright(&own)?;
        if holders.is_empty() && !package.authors.is_empty() {
            holders.insert(format!("By {}", package.authors));
        }
        for holder in &holders {
            writeln!(out, "  - {}", holder.replace(['<', '>'], ""))?;
        }
        licences.extend(package.used.iter().map(licence));
        let is_notice = |path: &&PathBuf| path.file_name().is_some_and(|file| file.to_ascii_uppercase() == *"NOTICE");
        // C sources, and data that is built in, such as fonts
        let is_data = |path: &Path| path.parent().is_some_and(|folder| folder.ends_with("assets"));
        let is_linked = |path: &&PathBuf| name.ends_with("-sys") || is_data(path);
        for path in own.iter().filter(is_notice).chain(brought.iter().filter(is_linked)) {
            let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
            // zstd offers its code under other terms as well, and of xz only scripts are under these, which are not linked
            if text.trim_start().starts_with("GNU ") {
                continue;
            }
            notices.insert(format!("{name} {version}: {}", path.strip_prefix(&package.folder)?.display()), text);
        }
    }
    for (heading, texts) in [("Licences", licences), ("Notices of crates", notices)] {
        writeln!(out, "\n## {heading}")?;
        for (name, text) in texts {
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            writeln!(out, "\n### {name}\n\n````text\n{}\n````", lines.join("\n").trim_matches('\n'))?;
        }
    }
    Ok(out)
}
