//! Paths as text, without loss: in the index, in JSON, in messages.
//!
//! A path that is valid UTF-8 is its own text. A byte that is not is written as `\xFC`, with two hexadecimal digits in upper
//! case, so that names which differ stay different and can be opened again. A backslash that would read as the beginning of
//! such a byte is itself written as `\x5C`.

use crate::system;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A path as text.
///
/// ```
/// # use std::path::Path;
/// assert_eq!(findbuch_files::encode_path(Path::new("/archiv/müller.txt")), "/archiv/müller.txt");
/// ```
#[must_use]
pub fn encode_path(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.contains("\\x") => text.to_owned(),
        _ => encode(path.as_os_str().as_encoded_bytes()),
    }
}

/// The path of a text that [`encode_path`] gave.
///
/// ```
/// # use std::path::Path;
/// assert_eq!(findbuch_files::decode_path("/archiv/müller.txt"), Path::new("/archiv/müller.txt"));
/// ```
#[must_use]
pub fn decode_path(text: &str) -> PathBuf {
    if text.contains("\\x") { system::path_of_bytes(decode(text)) } else { PathBuf::from(text) }
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(at) = rest.find("\\x") {
            let (before, escape) = rest.split_at(at);
            text.push_str(before);
            text.push_str(if escaped(escape).is_some() { "\\x5C" } else { "\\" });
            rest = &escape[1..];
        }
        text.push_str(rest);
        for byte in chunk.invalid() {
            // a String takes whatever is written
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        let (before, escape) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        let (byte, used) = escaped(escape).map_or((b'\\', 1), |byte| (byte, 4));
        bytes.push(byte);
        rest = &escape[used..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// The byte that an escape at the start of `text` stands for.
fn escaped(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("\\x")?.get(..2)?;
    let upper = digits.bytes().all(|digit| digit.is_ascii_digit() || matches!(digit, b'A'..=b'F'));
    u8::from_str_radix(digits, 16).ok().filter(|_| upper)
}

/// For serde: a path as text, `#[serde(with = "findbuch_files::paths::as_text")]`.
pub mod as_text {
    use super::{decode_path, encode_path};
    use serde::{Deserialize, Deserializer, Serializer};
    use std::path::{Path, PathBuf};

    /// Writes a path.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode_path(path))
    }

    /// Reads a path.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
        String::deserialize(deserializer).map(|text| decode_path(&text))
    }
}

/// For serde: a path as text, or none.
pub mod as_optional_text {
    use super::{decode_path, encode_path};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::path::PathBuf;

    /// Writes a path.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
        path.as_deref().map(encode_path).serialize(serializer)
    }

    /// Reads a path.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
        Option::<String>::deserialize(deserializer).map(|text| text.as_deref().map(decode_path))
    }
}

/// For serde: paths as texts.
pub mod as_texts {
    use super::{decode_path, encode_path};
    use serde::{Deserialize, Deserializer, Serializer};
    use std::path::PathBuf;

    /// Writes paths.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(paths: &[PathBuf], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(paths.iter().map(|path| encode_path(path)))
    }

    /// Reads paths.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
        Vec::<String>::deserialize(deserializer).map(|texts| texts.iter().map(|text| decode_path(text)).collect())
    }
}

/// What stands in the path of an article between its file and its place within: a container and its member, a file and its page.
const WITHIN: [&str; 2] = ["!/", "#page="];

/// The part of an article's path that names a file, where the rest is a member of a container or a page; nothing for a path
/// that names no such place.
#[must_use]
pub fn outer_file(path: &str) -> Option<&str> {
    WITHIN.iter().filter_map(|mark| path.find(mark)).min().and_then(|at| path.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    #[test]
    fn bytes_that_are_no_text_are_written_out() {
        for (bytes, text) in [
            (b"/a/m\xfcller.txt".as_slice(), "/a/m\\xFCller.txt"),
            ("/a/müller.txt".as_bytes(), "/a/müller.txt"),
            (b"/a/m\\xFCller.txt", "/a/m\\x5CxFCller.txt"),
            (b"/a/m\\xfcller.txt", "/a/m\\xfcller.txt"),
            (b"/a\\b\\x", "/a\\b\\x"),
            (b"\\x5CxFC", "\\x5Cx5CxFC"),
            (b"\\x4\xff\\", "\\x4\\xFF\\"),
            (b"\xe2\x82", "\\xE2\\x82"),
        ] {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text), bytes, "{text}");
        }
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Kept {
        #[serde(with = "as_text")]
        one: PathBuf,
        #[serde(with = "as_optional_text")]
        maybe: Option<PathBuf>,
        #[serde(with = "as_optional_text")]
        none: Option<PathBuf>,
        #[serde(with = "as_texts")]
        several: Vec<PathBuf>,
    }

    #[test]
    fn paths_come_back_from_json() {
        let odd = system::path_of_bytes(b"/a/m\xfcller \\x41".to_vec());
        let kept = Kept {
            one: odd.clone(),
            maybe: Some(odd.clone()),
            none: None,
            several: vec![odd, PathBuf::from("/b"), PathBuf::from("/\\x41")],
        };
        let json = serde_json::to_string(&kept).expect("JSON");
        assert!(json.contains(r#""none":null"#) && json.contains(r#""/b""#), "{json}");
        assert_eq!(serde_json::from_str::<Kept>(&json).expect("read"), kept);
    }

    proptest! {
        #[test]
        fn every_name_comes_back(bytes in prop::collection::vec(
            prop::sample::select(b"\\x5CF/a4\xc3\xa4\xfc".as_slice()), 0..16)) {
            let text = encode(&bytes);
            prop_assert_eq!(decode(&text), bytes.clone());
            let path = system::path_of_bytes(bytes);
            prop_assert_eq!(decode_path(&encode_path(&path)), path);
        }

        #[test]
        fn any_text_is_read(text in "(\\\\|x|[0-9A-Fa-f]|ä|\\PC){0,12}") {
            let _ = decode_path(&text);
        }

        #[test]
        fn folders_stay_above_their_files(above in "[a\\\\x5CF]{1,6}", below in "[a\\\\x5CF]{1,6}") {
            let folder = PathBuf::from(format!("/{above}"));
            let file = folder.join(&below);
            prop_assert_eq!(encode_path(&file), format!("{}/{}", encode_path(&folder), encode_path(Path::new(&below))));
        }
    }

    #[test]
    fn the_file_of_a_place_within_it_is_known() {
        for (path, file) in [
            ("/a/b.zip!/2023/c.html", Some("/a/b.zip")),
            ("/a/b.zip!/c.pdf#page=3", Some("/a/b.zip")),
            ("/a/c.pdf#page=3", Some("/a/c.pdf")),
            ("/a/c.pdf", None),
            ("", None),
        ] {
            assert_eq!(outer_file(path), file, "{path}");
        }
    }
}
