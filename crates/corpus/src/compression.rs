//! Decompression while reading, chosen by the last extension: `.gz`, `.zst`, `.bz2`, `.xz`. What comes out is bounded by
//! what goes in, all layers of one file taken together.

use std::cell::Cell;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};
use std::path::Path;

/// Extensions that stand for a compression and not for a format.
pub const EXTENSIONS: [&str; 4] = ["gz", "zst", "bz2", "xz"];

/// How gzip begins.
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];

/// Most memory that the decompression of an xz stream may ask for.
const XZ_MEMORY: u64 = 128 << 20;
/// Binary logarithm of the largest window of zstd.
const ZSTD_WINDOW: u32 = 27;

/// Wraps `input` in the decompressor that the name of `path` asks for; what comes out of it is taken from `left`.
pub fn open<'a>(path: &Path, mut input: impl BufRead + 'a, left: &'a Cell<u64>) -> Result<Box<dyn BufRead + 'a>> {
    let extension = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    // web archives are often compressed and not named so; no format begins like this
    let is_gzip = input.fill_buf()?.starts_with(GZIP);
    let extension = if is_gzip { Some("gz".to_owned()) } else { extension };
    let decoder: Box<dyn Read + 'a> = match extension.as_deref() {
        Some("gz" | "tgz") => Box::new(flate2::bufread::MultiGzDecoder::new(input)),
        Some("bz2" | "tbz2" | "tbz") => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
        Some("xz" | "txz") => {
            let stream = liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY, liblzma::stream::CONCATENATED)
                .map_err(Error::other)?;
            Box::new(liblzma::bufread::XzDecoder::new_stream(input, stream))
        }
        Some("zst" | "tzst") => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(input)?;
            decoder.window_log_max(ZSTD_WINDOW)?;
            Box::new(decoder)
        }
        _ => return Ok(Box::new(input)),
    };
    Ok(Box::new(BufReader::with_capacity(1 << 16, bounded(decoder, left))))
}

/// A reader whose bytes are taken from `left`; it fails with [`ErrorKind::FileTooLarge`] when they are more.
pub fn bounded<R: Read>(inner: R, left: &Cell<u64>) -> impl Read {
    Bounded { inner, left }
}

struct Bounded<'a, R> {
    inner: R,
    left: &'a Cell<u64>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.inner.read(buffer).map_err(of_kind)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.unwrap_or(0));
        left.map(|_| read).ok_or_else(|| Error::from(ErrorKind::FileTooLarge))
    }
}

/// The error under its own kind: decoders give several causes as [`ErrorKind::Other`].
fn of_kind(error: Error) -> Error {
    let inner = error.get_ref().filter(|_| error.kind() == ErrorKind::Other);
    let Some(message) = inner.map(ToString::to_string) else { return error };
    let memory = ["too much memory", "memory limit"].iter().any(|sign| message.contains(sign));
    Error::new(if memory { ErrorKind::OutOfMemory } else { ErrorKind::InvalidData }, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_stopped() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::copy(&mut std::io::repeat(b'a').take(4 << 20), &mut encoder).unwrap();
        let bomb = encoder.finish().unwrap();
        let read = |most| {
            let mut out = Vec::new();
            open(Path::new("a.txt.gz"), bomb.as_slice(), &Cell::new(most))
                .unwrap()
                .read_to_end(&mut out)
                .map_err(|e| e.kind())
        };
        assert_eq!(read(4 << 20), Ok(4 << 20));
        assert_eq!(read(1 << 20), Err(ErrorKind::FileTooLarge));
    }
}
