//! What the fuzz targets share: bytes read as a file of a given name, small archives, pages made of typical lines.
//!
//! Formats are private to findbuch, so a target goes the way of every file: it is written down and read.

use findbuch_corpus::{FileRef, Format, Limits, read as read_file};
use std::cell::RefCell;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;

/// Most bytes of an article while fuzzing: small, so that what is slow shows as slow.
const MAX_BYTES: u64 = 1 << 20;
/// Most growth of a compressed file while fuzzing.
const MAX_EXPANSION: u64 = 20;
/// Most articles that are taken of a file.
const MAX_ARTICLES: usize = 2_000;

thread_local! {
    static FOLDER: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

/// The folder of this process, in memory where the system has such a place.
fn folder() -> PathBuf {
    FOLDER.with_borrow_mut(|folder| {
        folder
            .get_or_insert_with(|| {
                let memory = PathBuf::from("/dev/shm");
                let above = if memory.is_dir() { memory } else { std::env::temp_dir() };
                let own = above.join(format!("findbuch-fuzz-{}", std::process::id()));
                std::fs::create_dir_all(&own).expect("a folder for the file");
                own
            })
            .clone()
    })
}

/// Reads `data` as a file called `name`; every article has a text, and every problem can be said.
///
/// # Panics
/// When findbuch does, or breaks a promise.
pub fn read(name: &str, data: &[u8]) {
    let path = folder().join(name);
    std::fs::write(&path, data).expect("write");
    let format = Format::of(&path).expect("a format");
    let file = FileRef { path, id: format!("fuzz/{name}"), size: data.len() as u64, mtime: 0, changed: 0, settings: None };
    let limits =
        Limits { max_bytes: MAX_BYTES, max_expansion: MAX_EXPANSION, ..Limits::on(jiff::civil::date(2026, 11, 24)) };
    let mut count = 0;
    let result = read_file(&file, format, &limits, &AtomicU64::new(0), &mut |article| {
        match article {
            Ok(article) => {
                assert!(article.parts.iter().any(|part| part.is_searched() && !part.text.is_empty()), "no text");
                assert!(!article.id.is_empty(), "no id");
            }
            Err(problem) => assert!(!problem.to_string().is_empty()),
        }
        count += 1;
        if count < MAX_ARTICLES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if let Err(problem) = result {
        assert!(!problem.to_string().is_empty());
    }
}

/// Members of an archive from text: divided by zero bytes, the name in the first line of each.
#[must_use]
pub fn members(data: &[u8]) -> Vec<(String, &[u8])> {
    let member = |piece| {
        let at = memchr(b'\n', piece);
        let (name, content) = piece.split_at_checked(at).unwrap_or((piece, &[]));
        (String::from_utf8_lossy(name).into_owned(), content.get(1..).unwrap_or(&[]))
    };
    data.split(|byte| *byte == 0).take(20).map(member).collect()
}

fn memchr(wanted: u8, bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| *byte == wanted).unwrap_or(bytes.len())
}

/// A zip archive of the members whose names it takes.
#[must_use]
pub fn zip(members: &[(String, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        if archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).is_ok() {
            archive.write_all(content).expect("in memory");
        }
    }
    archive.finish().expect("in memory").into_inner()
}

/// A tape archive of the members, names as they are.
#[must_use]
pub fn tar(members: &[(String, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        let length = name.len().min(100);
        header.as_mut_bytes()[..length].copy_from_slice(&name.as_bytes()[..length]);
        header.set_cksum();
        archive.append(&header, *content).expect("in memory");
    }
    archive.into_inner().expect("in memory")
}

/// The archive itself, or one with `data` as its member `name`.
#[must_use]
pub fn zip_unless_zipped(data: &[u8], name: &str) -> Vec<u8> {
    if data.starts_with(b"PK") { data.to_vec() } else { zip(&[(name.to_owned(), data)]) }
}

/// Lines of pages as they are copied; the fuzzer chooses and orders them.
const LINES: &[&str] = &[
    "",
    "Marktplatz„Wir bauen um“: Mehlau streitet über die Linden",
    "Mehlau streitet über die Linden",
    "Lokales",
    "Kommentar",
    "Von Jelka Thorn",
    "Von Jelka Thorn und Ulf Brons",
    "Jelka Thorn",
    "14.05.2024",
    "Stand: 14.05.2024, 17:32 Uhr",
    "Erschienen am 18. Mai 2021",
    "Lesezeit: 3 Min.",
    "4 Min. Lesezeit",
    "Die Linden am Markt, wie sie heute stehen.",
    "Foto: Jonas Rieck",
    "(Foto: nda)",
    "Mehlau (nda) – Die Linden am Markt bleiben stehen.",
    "Die Linden am Markt bleiben stehen, teilte die Stadt am Montag mit. Der Rat hat lange gestritten.",
    "„Die Linden bleiben.“",
    "„Die Linden bleiben“, sagte Thorn.",
    "Jelka Thorn, Stadtgärtnerin",
    "Was wird aus den Linden?",
    "Der Streit um die Linden",
    "Das könnte Sie auch interessieren",
    "Newsletter abonnieren",
    "MT abonnieren",
    "Teilen",
    "Kommentare (3)",
    "* * *",
    "- Linden",
    "nda/jth",
    "© Mehlauer Tageblatt",
    "zuletzt geändert am 3. März 2021 um 9.00 Uhr",
    "Az. 4 KLs 17/13",
    "Ende der Meldung",
    "\u{ad}\u{200b}\u{feff}",
    "A",
    "–",
    "\u{201e}",
    "İ ſ ŉ ǅ ß ẞ",
];

/// A page: each byte is a line of the table, a byte beyond it a character of its own.
#[must_use]
pub fn page(data: &[u8]) -> String {
    let mut page = String::new();
    for byte in data {
        match LINES.get(usize::from(*byte)) {
            Some(line) => page.push_str(line),
            None if *byte > 200 => page.push(' '),
            None => page.push(char::from(*byte)),
        }
        if *byte < 200 {
            page.push('\n');
        }
    }
    page
}
