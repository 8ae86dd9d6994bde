//! How articles are stored: each by itself, as JSON compressed by zstd with a dictionary of other articles of the archive.
//! So one is read without its neighbours, and takes less room than in large blocks.

use findbuch_article::Article;
use std::fmt;
use std::io::{self, Error, ErrorKind};
use std::path::Path;
use std::sync::Mutex;
use xxhash_rust::xxh3::xxh3_64;
use zstd::bulk::{Compressor, Decompressor};

/// The dictionary's file in a generation: the dictionary, then its XXH3 as eight bytes, little-endian.
pub const DICTIONARY: &str = "dictionary";
/// Most bytes of the dictionary, and level of zstd: docs/BENCHMARKS.md has what others cost.
const DICTIONARY_BYTES: usize = 256 << 10;
const LEVEL: i32 = 3;
/// Most bytes of a stored article; longer texts are refused when they are read.
const MAX_BYTES: usize = 256 << 20;
/// Most decompressors that are kept while nobody uses them.
const MAX_IDLE: usize = 4;

/// Compresses and decompresses the articles of a generation.
#[derive(Default)]
pub struct Codec {
    dictionary: Vec<u8>,
    idle: Mutex<Vec<Decompressor<'static>>>,
}

impl fmt::Debug for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Codec").finish_non_exhaustive()
    }
}

impl Codec {
    /// A codec for articles like these.
    pub fn of(sample: &[Article]) -> Codec {
        let mut dictionary = Vec::new();
        for json in sample.iter().filter_map(|article| serde_json::to_vec(article).ok()) {
            let room = DICTIONARY_BYTES - dictionary.len();
            dictionary.extend_from_slice(&json[..json.len().min(room)]);
        }
        Codec { dictionary, idle: Mutex::default() }
    }

    /// The codec of a generation.
    pub fn read(generation: &Path) -> io::Result<Codec> {
        let bytes = std::fs::read(generation.join(DICTIONARY))?;
        match bytes.split_last_chunk::<8>() {
            Some((dictionary, sum)) if xxh3_64(dictionary).to_le_bytes() == *sum => {
                Ok(Codec { dictionary: dictionary.to_vec(), idle: Mutex::default() })
            }
            _ => Err(Error::new(ErrorKind::InvalidData, "does not have the checksum it was written with")),
        }
    }

    /// Writes it for a generation; durable when it returns.
    pub fn write(&self, generation: &Path) -> io::Result<()> {
        let sum = xxh3_64(&self.dictionary).to_le_bytes();
        findbuch_files::write(&generation.join(DICTIONARY), &[&self.dictionary, sum.as_slice()].concat())
    }

    /// What compresses articles on one thread.
    pub fn encoder(&self) -> io::Result<Encoder> {
        let mut compressor = Compressor::with_dictionary(LEVEL, &self.dictionary)?;
        compressor.include_checksum(true)?;
        Ok(Encoder(compressor))
    }

    /// The article that is stored so.
    pub fn decode(&self, bytes: &[u8]) -> io::Result<Article> {
        let size = Decompressor::upper_bound(bytes).filter(|size| *size <= MAX_BYTES);
        let size = size.ok_or_else(|| Error::new(ErrorKind::InvalidData, "is damaged"))?;
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut decompressor = match idle {
            Some(decompressor) => decompressor,
            None => Decompressor::with_dictionary(&self.dictionary)?,
        };
        let json = decompressor.decompress(bytes, size)?;
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < MAX_IDLE
        {
            idle.push(decompressor);
        }
        Ok(serde_json::from_slice(&json)?)
    }
}

/// Compresses articles.
pub struct Encoder(Compressor<'static>);

impl Encoder {
    /// An article as it is stored, from its JSON.
    pub fn encode(&mut self, json: &[u8]) -> io::Result<Vec<u8>> {
        self.0.compress(json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::{Part, PartKind};

    fn article(id: &str) -> Article {
        let text = format!("Der Deich bei {id} hält, sagt der Kreis. Die Flut kam in der Nacht.");
        Article { id: id.into(), parts: vec![Part::new(PartKind::Paragraph, text)], ..Article::default() }
    }

    #[test]
    fn articles_come_back_and_are_smaller_with_others_like_them() {
        let sizes = [&[][..], &[article("Mehlau"), article("Linden")]].map(|sample| {
            let place = tempfile::tempdir().expect("a folder");
            Codec::of(sample).write(place.path()).expect("written");
            let codec = Codec::read(place.path()).expect("read");
            let json = serde_json::to_vec(&article("Oberlenz")).expect("JSON");
            let stored = codec.encoder().and_then(|mut encoder| encoder.encode(&json)).expect("compressed");
            for _ in 0..2 {
                assert_eq!(codec.decode(&stored).expect("decompressed"), article("Oberlenz"));
            }
            stored.len()
        });
        assert!(sizes[1] * 2 < sizes[0], "{sizes:?}");
    }

    #[test]
    fn a_flip_in_the_dictionary_or_an_article_is_an_error() {
        let place = tempfile::tempdir().expect("a folder");
        let codec = Codec::of(&[article("Mehlau")]);
        codec.write(place.path()).expect("written");
        let json = serde_json::to_vec(&article("Oberlenz")).expect("JSON");
        let stored = codec.encoder().and_then(|mut encoder| encoder.encode(&json)).expect("compressed");
        for at in 0..stored.len() {
            let mut damaged = stored.clone();
            damaged[at] ^= 4;
            let read = codec.decode(&damaged);
            assert!(read.is_err() || read.is_ok_and(|read| read == article("Oberlenz")), "byte {at}");
        }
        let file = place.path().join(DICTIONARY);
        let mut bytes = std::fs::read(&file).expect("read");
        bytes[7] ^= 1;
        std::fs::write(&file, bytes).expect("written");
        assert!(Codec::read(place.path()).is_err());
    }
}
