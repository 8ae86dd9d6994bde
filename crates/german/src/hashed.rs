//! A map from words to small numbers that is looked up in the program's own bytes: an open-addressing hash table of 32-bit hashes, which
//! takes a tenth of the time of a walk through a finite-state map. `examples/tables`, which writes these maps, includes this file.
//!
//! The words themselves are not stored. Two words are the same to it if 32 bits of their hashes are and their places in the table lie
//! together, which of a billion unknown words happens to a few.
//!
//! Little-endian: a byte with the logarithm of the number of slots; then for each slot four bytes of hash, all 0 if it is free, and two
//! of value.

/// Bytes of a slot.
const SLOT: usize = 6;

/// A map in bytes as [`build`] makes them.
#[derive(Debug, Clone, Copy)]
pub struct HashedMap {
    slots: &'static [u8],
    mask: usize,
}

impl HashedMap {
    /// The map in `bytes`; an empty one where they are none.
    pub const fn new(bytes: &'static [u8]) -> HashedMap {
        match bytes.split_first() {
            Some((log, slots)) if *log < 32 && slots.len() == SLOT << *log => {
                HashedMap { slots, mask: (1 << *log) - 1 }
            }
            _ => HashedMap { slots: &[], mask: 0 },
        }
    }

    /// The value of a word that stands in pieces.
    pub fn get(&self, pieces: &[&str]) -> Option<u16> {
        let (place, mark) = hash(pieces);
        let mut at = place & self.mask;
        while let Some(slot) = self.slots.get(at * SLOT..(at + 1) * SLOT) {
            let known = u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
            if known == mark {
                return Some(u16::from_le_bytes([slot[4], slot[5]]));
            }
            if known == 0 {
                return None;
            }
            at = (at + 1) & self.mask;
        }
        None
    }
}

/// The place where the search for a word begins, and the hash that is stored: FNV-1a, mixed so that all bits count.
fn hash(pieces: &[&str]) -> (usize, u32) {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for piece in pieces {
        for byte in piece.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((hash >> 32) as usize, (hash as u32).max(1))
}

/// The bytes of a map with these entries. Fails where two words are the same to it.
#[allow(dead_code, reason = "the tables are built by an example, which includes this file")]
pub fn build(entries: &[(String, u16)]) -> Result<Vec<u8>, String> {
    let log = (entries.len() * 3 / 2).max(1).next_power_of_two().trailing_zeros();
    let mask = (1_usize << log) - 1;
    let mut slots: Vec<Option<(u32, u16, &str)>> = vec![None; mask + 1];
    for (word, value) in entries {
        let (place, stored) = hash(&[word]);
        let mut at = place & mask;
        while let Some((known, _, other)) = slots[at] {
            if known == stored {
                return Err(format!("{word} and {other} have the same hash"));
            }
            at = (at + 1) & mask;
        }
        slots[at] = Some((stored, *value, word));
    }
    let mut bytes = vec![log as u8];
    for slot in slots {
        let (stored, value, _) = slot.unwrap_or((0, 0, ""));
        bytes.extend(stored.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_their_values() {
        let entries: Vec<(String, u16)> = (0..5000).map(|number| (format!("wort{number}"), number)).collect();
        let map = HashedMap::new(build(&entries).expect("different hashes").leak());
        for (word, value) in &entries {
            assert_eq!(map.get(&[word]), Some(*value));
            assert_eq!(map.get(&[&word[..3], &word[3..]]), Some(*value), "in pieces");
        }
        assert_eq!(map.get(&["wort5000"]), None);
        assert_eq!(HashedMap::new(&[]).get(&["wort1"]), None);
        assert_eq!(HashedMap::new(&[3, 0, 0]).get(&["wort1"]), None, "cut off");
    }
}
