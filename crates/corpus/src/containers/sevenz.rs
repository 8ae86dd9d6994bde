//! 7z archives, by the crate sevenz-rust2. Their table stands at the end, so a stream is read to memory first.
//!
//! Members are mostly compressed together: what is passed over is unpacked, too, and is taken from the same allowance.

use super::{Member, Take, bytes};
use crate::{RawDocument, ReadError, compression};
use sevenz_rust2::{ArchiveReader, EntryDecision, Error, Password};
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;

/// Most memory that the table or a decoder may ask for, in KiB.
const MEMORY: usize = 128 << 10;

/// Reads a 7z archive that lies in another container.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, take: &mut Take<'_>) -> Result<(), ReadError> {
    read_seekable(document, Cursor::new(bytes(input, document.limits)?), take)
}

/// Hands on every file.
pub fn read_seekable(
    document: &RawDocument<'_>,
    input: impl Read + Seek,
    take: &mut Take<'_>,
) -> Result<(), ReadError> {
    let mut archive = ArchiveReader::new_with_memory_limit(input, Password::empty(), MEMORY).map_err(fault)?;
    // files are read on all cores already
    archive.set_thread_count(1);
    let own = document.own_allowance();
    let left = document.left.unwrap_or(&own);
    let read = archive.for_each_entries_with_decision(|entry, content| {
        let mut content = BufReader::new(compression::bounded(content, left));
        let name = entry.name().replace('\\', "/");
        let member = Member::File { name: Path::new(&name), content: &mut content };
        if !entry.is_directory() && take(member).is_break() {
            return Ok(EntryDecision::Stop);
        }
        // the next member lies behind this one
        std::io::copy(&mut content, &mut std::io::sink())?;
        Ok(EntryDecision::Continue)
    });
    read.map_err(fault)
}

/// What is wrong, in words of ours: the crate has its errors for programmers.
fn fault(error: Error) -> ReadError {
    let says = |text: &str| ReadError::Container(text.to_owned());
    match error {
        Error::Io(error, _) => error.into(),
        Error::MaxMemLimited { .. } => says(&format!("it asks for more than {} MiB of memory", MEMORY >> 10)),
        Error::PasswordRequired | Error::MaybeBadPassword(_) => ReadError::Password,
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => ReadError::Password,
        Error::UnsupportedCompressionMethod(method) => says(&format!("its method {method} is not known")),
        Error::ChecksumVerificationFailed | Error::NextHeaderCrcMismatch => says("a checksum is wrong"),
        Error::Other(reason) | Error::Unsupported(reason) => says(&reason),
        _ => says("it is no 7z archive, or a damaged one"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;
    use proptest::prelude::*;
    use sevenz_rust2::{ArchiveEntry, ArchiveWriter, EncoderMethod};
    use std::cell::RefCell;
    use std::ops::ControlFlow;

    fn packed(members: &[(&str, &[u8])], method: EncoderMethod) -> Vec<u8> {
        let mut writer = ArchiveWriter::new(Cursor::new(Vec::new())).expect("in memory");
        writer.set_content_methods(vec![method.into()]);
        for (name, content) in members {
            writer.push_archive_entry(ArchiveEntry::new_file(name), Some(*content)).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    /// Names and texts of the members, and what is wrong.
    fn members(archive: &[u8]) -> Vec<String> {
        let found = RefCell::new(Vec::new());
        let take = |document: &RawDocument<'_>, input: &mut dyn BufRead, _: &mut crate::Emit<'_>| {
            read(document, input, &mut |member| {
                if let Member::File { name, content } = member
                    && name.extension().is_none_or(|extension| extension != "png")
                {
                    let mut text = String::new();
                    let read = content.read_to_string(&mut text).map_or_else(|error| error.to_string(), |_| text);
                    found.borrow_mut().push(format!("{}: {read}", name.display()));
                }
                ControlFlow::Continue(())
            })
        };
        let outcome = testing::articles(1 << 20, "x.7z", archive, take, &mut |_| {});
        let mut found = found.into_inner();
        found.extend(outcome.err().map(|error| error.to_string()));
        found
    }

    #[test]
    fn members_are_handed_on_whatever_compressed_them() {
        for method in [
            EncoderMethod::LZMA2,
            EncoderMethod::LZMA,
            EncoderMethod::BZIP2,
            EncoderMethod::DEFLATE,
            EncoderMethod::COPY,
        ] {
            let archive = packed(&[("2016/a.txt", b"Markt"), ("b\\c.txt", b"Kai"), ("leer.txt", b"")], method);
            assert_eq!(members(&archive), ["2016/a.txt: Markt", "b/c.txt: Kai", "leer.txt: "]);
        }
    }

    #[test]
    fn what_is_broken_is_told() {
        let whole = packed(&[("a.txt", "Der Markt am Kai bleibt. ".repeat(100).as_bytes())], EncoderMethod::LZMA2);
        for archive in [&whole[..whole.len() - 9], &whole[..20], b"kein Archiv"] {
            let found = members(archive);
            assert!(found.iter().all(|line| line.starts_with("cannot be ")), "{found:?}");
            assert!(!found.is_empty());
        }
    }

    #[test]
    fn what_is_passed_over_counts() {
        let bomb = vec![0; 4 << 20];
        let archive = packed(&[("a.txt", b"Markt"), ("b.png", &bomb), ("c.txt", b"Kai")], EncoderMethod::LZMA2);
        let found = members(&archive);
        let [first, fault] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(first, "a.txt: Markt");
        assert!(fault.starts_with("decompresses to far more"), "{fault}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..400) {
            let _ = members(&bytes);
            let mut archive = packed(&[("a.txt", b"Markt"), ("b.txt", b"Kai")], EncoderMethod::LZMA2);
            for (place, byte) in archive.iter_mut().skip(at).zip(&bytes) {
                *place = *byte;
            }
            let _ = members(&archive);
        }
    }
}
