//! What the owner of a folder says of it in `findbuch.toml`: which of its files are read, where the fields of exports lie,
//! and what holds for all its articles. A folder's settings hold for the folders below, which may say otherwise.

use crate::dates;
use findbuch_article::{Date, DateFrom, Dated};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use jiff::civil;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the file.
pub const FILE: &str = "findbuch.toml";

/// Most bytes of the file.
const MAX_BYTES: u64 = 64 << 10;
/// Most patterns of a list, and most keys of a field.
const MAX_ENTRIES: usize = 200;
/// Most steps of the path to a key.
const MAX_STEPS: usize = 16;

/// Fields of an article that `[fields]` may name; `records`, the list of articles; `ignore`, what is none of theirs.
pub const FIELDS: &[&str] = &[
    "records", "id", "url", "kicker", "headline", "subhead", "lead", "body", "authors", "date", "dateline", "source",
    "section", "agency", "tags", "language", "ignore",
];

/// How the articles of a folder are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The publication of every article.
    pub source: Option<String>,
    /// The section of every article.
    pub section: Option<String>,
    /// The agency of every article.
    pub agency: Option<String>,
    /// The language of every article.
    pub language: Option<String>,
    /// What the date looks like in a path: `YYYY/MM/DD`.
    date: Option<String>,
    /// The paths to the keys of each field, the best first.
    fields: BTreeMap<String, Vec<Vec<String>>>,
    /// XXH3 of all else as JSON.
    #[serde(skip)]
    fingerprint: u64,
}

impl Settings {
    /// The paths to the keys of a field, each step a key.
    #[must_use]
    pub fn keys(&self, field: &str) -> &[Vec<String>] {
        self.fields.get(field).map(Vec::as_slice).unwrap_or_default()
    }

    /// A number that differs for settings under which a file is read differently; 0 where there are none.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The date in a path, if the settings say how it is written there.
    #[must_use]
    pub fn dated(&self, path: &str, today: civil::Date) -> Option<Dated> {
        let pattern = self.date.as_deref()?;
        let starts = path.char_indices().map(|(at, _)| at);
        let found = starts.filter_map(|at| day_at(path, at, pattern)).next_back()?;
        let date = Date { day: found, time: None, offset: None };
        Some(Dated { value: dates::believable(date, today)?, from: DateFrom::FileName })
    }
}

/// The day that `pattern` reads at a place of a path; digits next to it are no part of a date.
fn day_at(path: &str, at: usize, pattern: &str) -> Option<civil::Date> {
    let is_digit = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
    let (mut rest, mut pattern) = (path.get(at..)?, pattern);
    if is_digit(path.get(..at)?.chars().next_back()) && pattern.starts_with(['Y', 'M', 'D']) {
        return None;
    }
    let (mut year, mut month, mut day) = (None, 1, 1);
    let mut ends_in_digits = false;
    while let Some(sign) = pattern.chars().next() {
        ends_in_digits = matches!(sign, 'Y' | 'M' | 'D');
        if !ends_in_digits {
            rest = rest.strip_prefix(sign)?;
            pattern = &pattern[sign.len_utf8()..];
            continue;
        }
        let length = pattern.chars().take_while(|&c| c == sign).count();
        let digits = rest.get(..length).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        let number: i16 = digits.parse().ok()?;
        match sign {
            'Y' => year = Some(if length == 2 { number + if number < 70 { 2000 } else { 1900 } } else { number }),
            'M' => month = i8::try_from(number).ok()?,
            _ => day = i8::try_from(number).ok()?,
        }
        (rest, pattern) = (&rest[length..], &pattern[length..]);
    }
    if ends_in_digits && is_digit(rest.chars().next()) {
        return None;
    }
    civil::Date::new(year?, month, day).ok()
}

/// Which files of a folder are read, by their path below it.
#[derive(Debug)]
pub struct Choice {
    folder: PathBuf,
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

impl Choice {
    /// Whether a file is left out.
    #[must_use]
    pub fn leaves_out(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.folder) else { return false };
        self.is_excluded(path) || self.include.as_ref().is_some_and(|include| !include.is_match(below))
    }

    /// Whether a file or folder is left out by name.
    #[must_use]
    pub fn is_excluded(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.folder) else { return false };
        self.exclude.as_ref().is_some_and(|exclude| exclude.is_match(below))
    }
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    source: Option<String>,
    section: Option<String>,
    agency: Option<String>,
    language: Option<String>,
    date: Option<String>,
    include: Option<Vec<String>>,
    exclude: Option<Vec<String>>,
    fields: BTreeMap<String, Keys>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Keys {
    One(String),
    Several(Vec<String>),
}

/// A fault in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1, where it is known.
    pub line: Option<u64>,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// A fault of the file as a whole.
    fn whole(message: impl Into<String>) -> Fault {
        Fault { line: None, message: message.into() }
    }
}

/// Reads the settings of `folder`; `above` are those of the folder that it lies in. None where it has no file of settings.
///
/// # Errors
/// Where the file cannot be read or says what is not known.
pub fn load(folder: &Path, above: Option<&Settings>) -> Result<Option<(Arc<Settings>, Choice)>, Fault> {
    let path = folder.join(FILE);
    // a link may lead out of the folder
    if !path.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let mut text = String::new();
    let file = File::open(&path).map_err(|error| Fault::whole(error.to_string()))?;
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| Fault::whole(error.to_string()))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(Fault::whole(format!("is larger than {} KB", MAX_BYTES >> 10)));
    }
    parse(&text, folder, above).map(Some)
}

fn parse(text: &str, folder: &Path, above: Option<&Settings>) -> Result<(Arc<Settings>, Choice), Fault> {
    let written: Written = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| 1 + text[..span.start.min(text.len())].matches('\n').count() as u64);
        Fault { line, message: error.message().replace('\n', "; ") }
    })?;
    let mut settings = above.cloned().unwrap_or_default();
    for (own, inherited) in [
        (written.source, &mut settings.source),
        (written.section, &mut settings.section),
        (written.agency, &mut settings.agency),
        (written.language, &mut settings.language),
        (written.date, &mut settings.date),
    ] {
        if own.is_some() {
            *inherited = own;
        }
    }
    if let Some(date) = settings.date.as_deref() {
        check_date(date)?;
    }
    for (field, keys) in written.fields {
        if !FIELDS.contains(&field.as_str()) {
            return Err(Fault::whole(format!("[fields] has no field \"{field}\"; there are {}", FIELDS.join(", "))));
        }
        let keys = match keys {
            Keys::One(key) => vec![key],
            Keys::Several(keys) => keys,
        };
        let paths: Vec<Vec<String>> = keys.iter().map(|key| key.split('.').map(str::to_owned).collect()).collect();
        if paths.len() > MAX_ENTRIES
            || paths.iter().any(|path| path.len() > MAX_STEPS || path.iter().any(String::is_empty))
        {
            let wanted = format!("\"{field}\" wants keys such as \"content.title\", at most {MAX_STEPS} deep");
            return Err(Fault::whole(wanted));
        }
        settings.fields.insert(field, paths);
    }
    let json = serde_json::to_vec(&settings).map_err(|error| Fault::whole(error.to_string()))?;
    settings.fingerprint = xxhash_rust::xxh3::xxh3_64(&json);
    let choice = Choice {
        folder: folder.to_path_buf(),
        include: written.include.as_deref().map(globs).transpose()?,
        exclude: written.exclude.as_deref().map(globs).transpose()?,
    };
    Ok((Arc::new(settings), choice))
}

fn check_date(pattern: &str) -> Result<(), Fault> {
    let fields: Vec<&str> = runs(pattern).into_iter().filter(|run| run.starts_with(['Y', 'M', 'D'])).collect();
    let known = fields.iter().all(|run| matches!(*run, "YYYY" | "YY" | "MM" | "DD"));
    if known && fields.iter().any(|run| run.starts_with('Y')) {
        return Ok(());
    }
    let wanted = format!("date \"{pattern}\" is made of YYYY or YY, MM and DD, such as \"YYYY/MM/DD\" or \"_DDMMYY\"");
    Err(Fault::whole(wanted))
}

/// A text parted where its letters change.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (run, after) = rest.split_at(rest.find(|c| c != first).unwrap_or(rest.len()));
        runs.push(run);
        rest = after;
    }
    runs
}

/// Patterns as one set. One without a slash holds at any depth; one that matches a folder holds for all in it.
fn globs(patterns: &[String]) -> Result<GlobSet, Fault> {
    if patterns.len() > MAX_ENTRIES {
        return Err(Fault::whole(format!("has more than {MAX_ENTRIES} patterns in a list")));
    }
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let bare = pattern.trim_start_matches('/').trim_end_matches('/');
        let bare = bare.strip_suffix("/**").unwrap_or(bare);
        let anywhere = if pattern.starts_with('/') || bare.contains('/') { "" } else { "**/" };
        for ending in ["", "/**"] {
            let glob = GlobBuilder::new(&format!("{anywhere}{bare}{ending}")).literal_separator(true).build();
            set.add(glob.map_err(|error| Fault::whole(format!("pattern \"{pattern}\": {}", error.kind())))?);
        }
    }
    set.build().map_err(|error| Fault::whole(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn settings(text: &str) -> (Arc<Settings>, Choice) {
        parse(text, Path::new("/a"), None).expect(text)
    }

    #[test]
    fn patterns_choose_files() {
        let (_, choice) =
            settings("include = ['*.html', '2023/*.json']\nexclude = ['entwuerfe/', '/alt', '*-kopie.*']");
        for (path, left_out) in [
            ("/a/x.html", false),
            ("/a/2021/05/x.html", false),
            ("/a/2023/x.json", false),
            ("/a/2023/05/x.json", true),
            ("/a/x.txt", true),
            ("/a/entwuerfe/x.html", true),
            ("/a/2020/entwuerfe/neu/x.html", true),
            ("/a/alt/x.html", true),
            ("/a/2020/alt/x.html", false),
            ("/a/x-kopie.html", true),
        ] {
            assert_eq!(choice.leaves_out(Path::new(path)), left_out, "{path}");
        }
        assert!(choice.is_excluded(Path::new("/a/entwuerfe")) && !choice.is_excluded(Path::new("/a/2023")));
    }

    #[test]
    fn dates_are_read_from_paths() {
        for (pattern, path, expected) in [
            ("YYYY/MM/DD", "a/2023/09/12/x.html", Some("2023-09-12")),
            ("YYYY/MM", "a/2023/09/x.html", Some("2023-09-01")),
            ("_DDMMYY", "a/nb_120923.txt", Some("2023-09-12")),
            ("_DDMMYY", "a/nb_1209234.txt", None),
            ("YYYYMMDD", "a/120230912.txt", None),
            ("YYYY-MM-DD", "1999-01-01/2023-09-12.txt", Some("2023-09-12")),
            ("YYYY-MM-DD", "a/2023-13-12.txt", None),
            ("YYYY-MM-DD", "a/2093-01-12.txt", None),
            ("YYYY", "ä/jahrgang 1911/ü.txt", Some("1911-01-01")),
        ] {
            let (settings, _) = settings(&format!("date = '{pattern}'"));
            let found = settings.dated(path, civil::date(2026, 1, 1)).map(|date| date.value.day.to_string());
            assert_eq!(found.as_deref(), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn folders_below_add_and_overrule() {
        let (above, _) = settings("source = 'Bote'\nsection = 'Lokales'\n[fields]\nheadline = 'a.b'");
        let text = "section = 'Sport'\n[fields]\nbody = ['c', 'd.e']";
        let (below, _) = parse(text, Path::new("/a/b"), Some(&above)).unwrap();
        assert_eq!((below.source.as_deref(), below.section.as_deref()), (Some("Bote"), Some("Sport")));
        assert_eq!(below.keys("headline"), [["a", "b"]]);
        assert_eq!(below.keys("body").len(), 2);
        assert_ne!(above.fingerprint(), below.fingerprint());
    }

    #[test]
    fn faults_are_named() {
        for (text, line, part) in [
            ("sorce = 'x'", Some(1), "unknown field `sorce`"),
            ("source = 'x'\nsection = 5", Some(2), "expected a string"),
            ("source = 'x", Some(1), ""),
            ("date = 'MM/DD'", None, "YYYY"),
            ("date = 'YYYYY'", None, "YYYY"),
            ("[fields]\nheadlin = 'x'", None, "no field \"headlin\""),
            ("[fields]\nheadline = 'a..b'", None, "content.title"),
            ("exclude = ['a{b']", None, "pattern \"a{b\""),
        ] {
            let fault = parse(text, Path::new("/a"), None).expect_err(text);
            assert!(fault.line == line && fault.message.contains(part), "{text}: {fault:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_or_path_panics(text in "(date = '[YMD/_ä-]{0,12}'|\\PC{0,60})", path in "\\PC{0,40}") {
            if let Ok((settings, choice)) = parse(&text, Path::new("/a"), None) {
                let _ = (settings.dated(&path, civil::date(2026, 1, 1)), choice.leaves_out(Path::new(&path)));
            }
        }
    }
}
