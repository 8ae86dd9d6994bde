//! JSON that is sealed: an XXH3 of the rest is its last value, which readers pass over. The file with the segments of a commit, which
//! tantivy writes without a checksum, would bring deleted articles back with a flipped bit, and a saved search would ask something else.

use std::io::{Error, ErrorKind, Result};
use xxhash_rust::xxh3::xxh3_64;

const BEFORE: &str = ",\"checksum\":\"";
const BEHIND: &str = "\"}";

/// A JSON object with the checksum; what is none stays as it is.
pub fn seal(json: &[u8]) -> Vec<u8> {
    let json = json.trim_ascii();
    match json.strip_suffix(b"}") {
        Some(open) => [open, format!("{BEFORE}{:016x}{BEHIND}\n", xxh3_64(json)).as_bytes()].concat(),
        None => json.to_vec(),
    }
}

/// The object as it was sealed; one without a checksum, which earlier versions wrote, as it is.
pub fn unseal(sealed: &[u8]) -> Result<Vec<u8>> {
    let text = sealed.trim_ascii();
    let sum = text.strip_suffix(BEHIND.as_bytes()).and_then(|text| text.split_last_chunk::<16>());
    let Some((open, sum)) = sum.and_then(|(open, sum)| Some((open.strip_suffix(BEFORE.as_bytes())?, sum))) else {
        return Ok(sealed.to_vec());
    };
    let json = [open, b"}"].concat();
    if format!("{:016x}", xxh3_64(&json)).as_bytes() == sum {
        return Ok(json);
    }
    Err(Error::new(ErrorKind::InvalidData, "it does not have the checksum it was written with"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flip_anywhere_is_seen_or_changes_nothing() {
        let json = br#"{"segments": [{"max_doc": 7, "deletes": null}], "payload": "{}"}"#;
        let sealed = seal(json);
        assert_eq!(unseal(&sealed).ok().as_deref(), Some(json.as_slice()));
        assert_eq!(unseal(json).ok().as_deref(), Some(json.as_slice()), "of an earlier version");
        let whole: serde_json::Value = serde_json::from_slice(json).expect("JSON");
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 4;
            let read = unseal(&damaged).ok().and_then(|json| serde_json::from_slice::<serde_json::Value>(&json).ok());
            let same = read.is_none_or(|read| ["segments", "payload"].iter().all(|key| read[key] == whole[key]));
            assert!(same, "byte {at}: {}", String::from_utf8_lossy(&damaged));
        }
    }
}
