//! What is known of single words: their class by the company that they keep in news, how often a tagger took them for a name there,
//! and whether a gazetteer has them. A table of hashes in the program's own bytes; the words themselves are not stored.
//!
//! Little-endian: a byte with the logarithm of the number of slots; then for each slot three bytes of hash, all 0 if it is free, and
//! three of what is known. Two words are the same to it if 24 bits of their hashes are and their places lie together.

/// Bytes of a slot.
const SLOT: usize = 6;
/// Bits of a hash, and of what is known.
const BITS: u32 = 0xff_ffff;

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known(pub u32);

impl Known {
    /// Bits of the fine class; 0 is none.
    pub const FINE: u32 = 0x3ff;
    /// Where the coarse class begins, and its bits.
    pub const COARSE_AT: u32 = 10;
    /// Bits of the coarse class.
    pub const COARSE: u32 = 0x3f;
    /// Places of a gazetteer have it.
    pub const PLACE: u32 = 1 << 16;
    /// Of what has no capital: it stands within names.
    pub const INNER: u32 = 1 << 17;
    /// Of a word with a capital, at the same bit: children are called so.
    pub const FORENAME: u32 = Known::INNER;
    /// It is mostly the genitive of a name that ends without s.
    pub const GENITIVE: u32 = 1 << 23;
    /// Where it begins what the word mostly is in news; its bits are five: see [`Known::habit`].
    pub const HABIT_AT: u32 = 18;

    /// The class of words with the same neighbours, finely divided.
    #[must_use]
    pub fn fine(self) -> u32 {
        self.0 & Known::FINE
    }

    /// The same, coarsely.
    #[must_use]
    pub fn coarse(self) -> u32 {
        (self.0 >> Known::COARSE_AT) & Known::COARSE
    }

    /// How news use the word: 0 for nothing known, and one number for each kind of name and each degree of certainty.
    #[must_use]
    pub fn habit(self) -> u32 {
        (self.0 >> Known::HABIT_AT) & 0x1f
    }

    /// Whether news have it more often as no name than as one.
    #[must_use]
    pub fn is_mostly_no_name(self) -> bool {
        matches!(self.habit(), 1..=5)
    }

    /// Whether news use it, and mostly for something else than a person.
    #[must_use]
    pub fn is_mostly_no_person(self) -> bool {
        !matches!(self.habit(), 0 | 6..=15)
    }

    /// What lists have of it alone.
    #[must_use]
    pub fn listed(self) -> Known {
        Known(self.0 & (Known::PLACE | Known::FORENAME))
    }

    /// Whether places of a gazetteer have it.
    #[must_use]
    pub fn is_place(self) -> bool {
        self.0 & Known::PLACE != 0
    }

    /// Whether it is mostly the genitive of a name.
    #[must_use]
    pub fn is_genitive(self) -> bool {
        self.0 & Known::GENITIVE != 0
    }

    /// Whether news have it nearly always as no name.
    #[must_use]
    pub fn is_no_name(self) -> bool {
        matches!(self.habit(), 4 | 5)
    }

    /// Whether it stands within names, for a word without capital; whether it is a forename, for one with a capital.
    #[must_use]
    pub fn is_inner(self) -> bool {
        self.0 & Known::INNER != 0
    }
}

/// The table.
#[derive(Debug, Clone)]
pub struct WordTable<'a> {
    slots: &'a [u8],
    mask: usize,
}

impl<'a> WordTable<'a> {
    /// The table in `bytes`; an empty one where they are none.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> WordTable<'a> {
        match bytes.split_first() {
            Some((log, slots)) if *log < 32 && slots.len() == SLOT << *log => {
                WordTable { slots, mask: (1 << *log) - 1 }
            }
            _ => WordTable { slots: &[], mask: 0 },
        }
    }

    /// What is known of the word with this [`hash`].
    #[must_use]
    pub fn get(&self, hash: u64) -> Known {
        let (first, stored) = place_and_mark(hash);
        // no more steps than slots: a table that is full has no end
        for step in 0..=self.mask {
            let at = first.wrapping_add(step) & self.mask;
            let Some(slot) = self.slots.get(at * SLOT..(at + 1) * SLOT) else { break };
            let found = u32::from_le_bytes([slot[0], slot[1], slot[2], 0]);
            if found == stored {
                return Known(u32::from_le_bytes([slot[3], slot[4], slot[5], 0]));
            }
            if found == 0 {
                break;
            }
        }
        Known::default()
    }

    /// The bytes of a table with these words; of two that are the same to it, the first stays.
    #[must_use]
    pub fn build(entries: &[(String, Known)]) -> Vec<u8> {
        let log = (entries.len() * 5 / 4 + 2).next_power_of_two().trailing_zeros();
        let mask = (1_usize << log) - 1;
        let mut slots = vec![(0_u32, 0_u32); mask + 1];
        for (word, known) in entries {
            let hash = hash(word.as_bytes());
            let (first, stored) = place_and_mark(hash);
            let mut at = first & mask;
            while slots[at].0 != 0 && slots[at].0 != stored {
                at = (at + 1) & mask;
            }
            if slots[at].0 == 0 {
                slots[at] = (stored, known.0);
            }
        }
        let mut bytes = vec![log as u8];
        for (stored, known) in slots {
            bytes.extend(&stored.to_le_bytes()[..3]);
            bytes.extend(&known.to_le_bytes()[..3]);
        }
        bytes
    }
}

fn place_and_mark(hash: u64) -> (usize, u32) {
    ((hash >> 32) as usize, (hash as u32 & BITS).max(1))
}

/// A hash of bytes, eight at a time, mixed so that all bits count.
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = K ^ (bytes.len() as u64);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]]);
        hash = (hash.rotate_left(23) ^ word).wrapping_mul(K);
        hash ^= hash >> 29;
    }
    let mut rest = 0;
    for &byte in chunks.remainder() {
        rest = rest << 8 | u64::from(byte);
    }
    hash = (hash.rotate_left(23) ^ rest).wrapping_mul(K);
    (hash ^ (hash >> 32)).wrapping_mul(K)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_built_is_found(words in proptest::collection::hash_map("[a-zß-ü]{1,12}", 1_u32..BITS, 0..200)) {
            let entries: Vec<_> = words.into_iter().map(|(word, known)| (word, Known(known))).collect();
            let bytes = WordTable::build(&entries);
            let table = WordTable::new(&bytes);
            for (word, known) in &entries {
                prop_assert_eq!(table.get(hash(word.as_bytes())), *known);
            }
            prop_assert_eq!(table.get(hash("Wort mit Raum".as_bytes())), Known::default());
        }

        #[test]
        fn any_bytes_are_looked_up_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let table = WordTable::new(&bytes);
            let _ = table.get(7);
        }
    }
}
