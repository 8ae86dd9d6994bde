//! Whether a word has a part in it that an archive has taught: looked for by its first letters, since hardly any word has one.

use crate::vocabulary::Vocabulary;
use std::collections::BTreeMap;

/// Bytes by which a part is looked for, fewer than any part has, and bits of the set of them.
const START: usize = 4;
const BITS: usize = 1 << 15;

/// The beginnings of all parts, as a set of bits of their hashes; empty where there are no parts.
#[derive(Default)]
pub struct LearntParts(Vec<u64>);

impl LearntParts {
    /// Those of a vocabulary.
    pub fn of(vocabulary: &Vocabulary) -> LearntParts {
        let mut bits = Vec::new();
        for part in vocabulary.first.keys().chain(vocabulary.last.keys()) {
            bits.resize(BITS / 64, 0);
            // shorter ones were not learnt by this program
            let Some(start) = part.as_bytes().first_chunk() else { return LearntParts(vec![u64::MAX; BITS / 64]) };
            let bit = bit(*start);
            bits[bit / 64] |= 1 << (bit % 64);
        }
        LearntParts(bits)
    }

    /// Whether a word has a part of the vocabulary in it, wherever that stands.
    pub fn may_be_in(&self, word: &str, vocabulary: &Vocabulary) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let starts = word.as_bytes().windows(START).enumerate();
        let mut likely = starts.filter_map(|(at, start)| {
            let bit = bit(*start.first_chunk()?);
            (self.0[bit / 64] & (1 << (bit % 64)) != 0).then_some(at)
        });
        likely.any(|at| {
            let rest = word.get(at..).unwrap_or_default();
            [&vocabulary.first, &vocabulary.last].iter().any(|parts| begins_with(rest, parts))
        })
    }
}

fn bit(start: [u8; START]) -> usize {
    (u32::from_le_bytes(start).wrapping_mul(0x9e37_79b1) >> 17) as usize
}

/// Whether a word begins with one of the parts.
fn begins_with(word: &str, parts: &BTreeMap<String, u8>) -> bool {
    word.char_indices().any(|(at, char)| parts.contains_key(&word[..at + char.len_utf8()]))
}
