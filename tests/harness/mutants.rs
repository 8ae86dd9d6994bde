//! Files of the sample corpus, changed at random: none makes a reader panic, take more than its time, or give an article without text.
//! It knows nothing of what was reached, as fuzzing does, and needs no other toolchain.

use crate::place::{Numbers, program};
use crate::{Effort, Outcome, each};
use findbuch_corpus::{FileRef, Format, Limits, ReadError, Worker, read, slowness};
use findbuch_files::system::thread_time;
use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::time::Duration;

/// Bytes of a file, before and after it is changed.
const MOST: usize = 100_000;
/// What reading one may take, in seconds of a processor that is as fast as usual.
const SECONDS: f64 = 5.0;
/// What is put between the bytes of a file.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xcc\x88\xcc\x88",
    b"\r\n\r\n",
    b"<",
    b"</",
    b"<!--",
    b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"&#xd800;",
    b"&#x110000;",
    b"<td colspan=99999>",
    b"{",
    b"}}}}",
    b"\\'",
    b"\\bin9999 ",
    b"\\u-1?",
    b"=?utf-8?q?=ff?=",
    b"From a\n",
    b"../",
    b"%00",
    b" 0 R",
    b"endobj",
    b"r=\"XFD1048576\"",
    b"<v>1e400</v>",
    b"bbox 0 0 9999999999 -5",
];
/// What a number is replaced by.
const FIGURES: &[&[u8]] = &[b"0", b"-1", b"65536", b"4294967295", b"4294967296", b"99999999999999999999999", b"1e308"];

/// A file of the sample corpus.
struct Seed {
    name: String,
    bytes: Vec<u8>,
}

/// What came of the mutants of a format.
#[derive(Default)]
struct Came {
    mutants: usize,
    articles: usize,
    /// Those that a process of their own ended at.
    ended: usize,
    failures: Vec<String>,
}

pub fn run(effort: Effort) -> Outcome {
    let number = effort.of(3000, 20);
    // a panic is told by what it makes of its file
    std::panic::set_hook(Box::new(|_| {}));
    let came = each(Format::ALL.len(), |at| {
        let format = Format::ALL[at];
        let seeds = seeds(format);
        if seeds.is_empty() { Came::default() } else { mutants(format, &seeds, number) }
    });
    let _ = std::panic::take_hook();
    let sum = |of: fn(&Came) -> usize| came.iter().map(of).sum::<usize>();
    let formats = sum(|came| usize::from(came.mutants > 0));
    let seen = format!(
        "{formats} formats, {} articles read, {} mutants ended with the process that read them",
        sum(|came| came.articles),
        sum(|came| came.ended)
    );
    Outcome {
        runs: sum(|came| came.mutants),
        seen,
        failures: came.into_iter().flat_map(|came| came.failures).collect(),
    }
}

/// The files of a format, unpacked where each of them is packed by itself.
fn seeds(format: Format) -> Vec<Seed> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let mut seeds = Vec::new();
    for entry in walkdir::WalkDir::new(samples).sort_by_file_name().into_iter().flatten() {
        if !entry.file_type().is_file() || Format::of(entry.path()) != Some(format) {
            continue;
        }
        let mut bytes = std::fs::read(entry.path()).expect("read");
        let mut name = entry.file_name().to_string_lossy().into_owned();
        if let Some(inner) = name.strip_suffix(".gz") {
            let mut unpacked = Vec::new();
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).expect("unpacked");
            (name, bytes) = (inner.to_owned(), unpacked);
        }
        if bytes.len() <= MOST {
            seeds.push(Seed { name, bytes });
        }
    }
    seeds
}

fn mutants(format: Format, seeds: &[Seed], number: usize) -> Came {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = vec!["read-in-child".into(), "--seconds=2".into(), format!("--memory={}", 256 << 20).into()];
    let worker = Worker { program: program(), arguments, seconds: 2, memory: 256 << 20 };
    let usual = Limits::on(jiff::civil::date(2026, 11, 24));
    let limits = Limits { max_bytes: 1 << 20, max_expansion: 20, worker: Some(worker), ..usual };
    let most = Duration::from_secs_f64(SECONDS * slowness());
    let mut came = Came::default();
    for mutant in 0..number {
        let mut numbers = Numbers(mutant as u64 * 1000 + format as u64);
        let seed = &seeds[numbers.below(seeds.len())];
        let path = folder.path().join(&seed.name);
        // the first is as it was
        let bytes = if mutant == 0 { seed.bytes.clone() } else { changed(&seed.bytes, &mut numbers) };
        std::fs::write(&path, &bytes).expect("written");
        let mut fail = |what: String| came.failures.push(format!("{}, mutant {mutant}: {what}", seed.name));
        let size = bytes.len() as u64;
        let file = FileRef { path, id: seed.name.clone(), size, mtime: 0, changed: 0, settings: None };
        let (begun, mut articles, mut problems) = (thread_time(), 0, Vec::new());
        let outcome = read(&file, format, &limits, &AtomicU64::new(0), &mut |article| {
            match article {
                Ok(article) if article.parts.iter().any(|part| part.is_searched() && !part.text.is_empty()) => {
                    articles += 1;
                }
                Ok(article) => fail(format!("{} has no text", article.id)),
                Err(problem) => problems.push(problem.reason),
            }
            ControlFlow::Continue(())
        });
        problems.extend(outcome.err().map(|problem| problem.reason));
        let took = thread_time().saturating_sub(begun);
        if took > most {
            fail(format!("takes {took:?}"));
        }
        for reason in problems {
            match reason {
                ReadError::Panicked(panic) => fail(format!("panics: {panic}")),
                ReadError::InWorker(message) if message.contains("panic") => fail(message),
                ReadError::WorkerEnded { .. } => came.ended += 1,
                ReadError::NoWorker(error) => fail(error.to_string()),
                _ => {}
            }
        }
        if mutant == 0 && articles == 0 {
            fail("is not read, and has not been changed".into());
        }
        came.mutants += 1;
        came.articles += articles;
    }
    came
}

/// A file with some changes: those of a zip archive are most often within its members.
fn changed(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    match members(&bytes) {
        Some(mut members) if !members.is_empty() && numbers.below(5) > 0 => {
            let one = numbers.below(members.len());
            change(&mut members[one].1, numbers);
            bytes = zip(&members);
        }
        _ => change(&mut bytes, numbers),
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(5) {
        if bytes.is_empty() {
            bytes.push(b'x');
        }
        let at = numbers.below(bytes.len());
        let reach = 1 << numbers.below(10);
        let end = (at + 1 + numbers.below(reach)).min(bytes.len());
        let copy = bytes[at..end].to_vec();
        match numbers.below(9) {
            0 => bytes[at] ^= 1 << numbers.below(8),
            1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][numbers.below(5)],
            2 => drop(bytes.drain(at..end)),
            3 => {
                let to = numbers.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            4 => {
                let times = 1 + numbers.below(60);
                bytes.splice(at..at, copy.repeat(times));
            }
            5 => {
                let value = [0, u64::MAX, 1 << 31, 1 << 63, 0x7fff_ffff, 0xffff][numbers.below(6)].to_le_bytes();
                let width = [2, 4, 8][numbers.below(3)];
                bytes.iter_mut().skip(at).zip(value).take(width).for_each(|(byte, new)| *byte = new);
            }
            6 => bytes.truncate(at.max(1)),
            7 => {
                if let Some(first) = (at..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) {
                    let length = bytes[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    let figures = FIGURES[numbers.below(FIGURES.len())];
                    bytes.splice(first..first + length, figures.iter().copied());
                }
            }
            _ => {
                let piece = PIECES[numbers.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
        bytes.truncate(MOST);
    }
}

/// The members of a zip archive.
fn members(bytes: &[u8]) -> Option<Vec<(PathBuf, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let count = archive.len();
    let member = |at| {
        let mut member = archive.by_index(at).ok()?;
        let (name, mut content) = (member.enclosed_name()?, Vec::new());
        member.read_to_end(&mut content).ok()?;
        Some((name, content))
    };
    (0..count).map(member).collect()
}

fn zip(members: &[(PathBuf, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        archive.start_file(name.to_string_lossy(), zip::write::SimpleFileOptions::default()).expect("begun");
        archive.write_all(content).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}
