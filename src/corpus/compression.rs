//! Decompression while reading, chosen by the last extension: `.gz` and `.zst`.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Result};
use std::path::Path;

/// Extensions that stand for a compression and not for a format.
pub const EXTENSIONS: [&str; 2] = ["gz", "zst"];

/// Wraps `input` in the decompressor that the name of `path` asks for.
pub fn open<'a>(path: &Path, input: impl BufRead + 'a) -> Result<Box<dyn BufRead + 'a>> {
    Ok(match path.extension().and_then(OsStr::to_str) {
        Some(gz) if gz.eq_ignore_ascii_case("gz") => {
            Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(input)))
        }
        Some(zst) if zst.eq_ignore_ascii_case("zst") => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(input)?;
            decoder.window_log_max(27)?;
            Box::new(BufReader::new(decoder))
        }
        _ => Box::new(input),
    })
}
