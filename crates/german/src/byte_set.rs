//! Bytes that a text is searched for: most of a text is passed over eight bytes at a time.

/// Bytes that are looked at without a way out, which is faster.
const CHUNK: usize = 8;

/// A set of bytes.
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// These bytes.
    pub const fn of(bytes: &[u8]) -> ByteSet {
        let mut set = ByteSet([false; 256]);
        let mut at = 0;
        while at < bytes.len() {
            set = set.and(bytes[at], bytes[at]);
            at += 1;
        }
        set
    }

    /// The bytes from one to another too.
    pub const fn and(mut self, first: u8, last: u8) -> ByteSet {
        let mut byte = first as usize;
        while byte <= last as usize {
            self.0[byte] = true;
            byte += 1;
        }
        self
    }

    /// Whether a byte is one of them.
    #[inline]
    pub fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Where a text has one of them.
    #[inline]
    pub fn positions<'a>(&'a self, text: &'a str) -> Positions<'a> {
        Positions { set: self, bytes: text.as_bytes(), at: 0, end: 0 }
    }

    /// Whether a text has no other bytes.
    pub fn covers(&self, text: &str) -> bool {
        let (chunks, rest) = text.as_bytes().as_chunks::<CHUNK>();
        chunks.iter().all(|chunk| chunk.iter().fold(true, |all, byte| all & self.has(*byte)))
            && rest.iter().all(|byte| self.has(*byte))
    }
}

/// Where a text has bytes of a set, in order.
pub struct Positions<'a> {
    set: &'a ByteSet,
    bytes: &'a [u8],
    at: usize,
    /// The end of the chunk that is looked at byte by byte.
    end: usize,
}

impl Iterator for Positions<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            while self.at < self.end {
                self.at += 1;
                if self.set.has(self.bytes[self.at - 1]) {
                    return Some(self.at - 1);
                }
            }
            let (chunks, rest) = self.bytes[self.at..].as_chunks::<CHUNK>();
            let none = |chunk: &&[u8; CHUNK]| !chunk.iter().fold(false, |any, byte| any | self.set.has(*byte));
            let passed = chunks.iter().take_while(none).count();
            self.at += passed * CHUNK;
            self.end = self.at + if passed < chunks.len() { CHUNK } else { rest.len() };
            if self.at == self.end {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: ByteSet = ByteSet::of(b".!").and(b'a', b'c').and(0xc3, 0xff);

    #[test]
    fn the_bytes_of_a_set_are_found() {
        assert_eq!(SET.positions("Da! Ob.").collect::<Vec<_>>(), [1, 2, 5, 6]);
        assert!(SET.has(0xff) && !SET.has(b'd'));
        assert!(SET.covers("ab!") && !SET.covers("abd") && SET.covers(""));
    }

    proptest::proptest! {
        #[test]
        fn chunks_find_what_single_bytes_do(text in "[a-f.!ä ]{0,70}") {
            let single: Vec<usize> = (0..text.len()).filter(|at| SET.has(text.as_bytes()[*at])).collect();
            proptest::prop_assert_eq!(SET.covers(&text), single.len() == text.len());
            proptest::prop_assert_eq!(SET.positions(&text).collect::<Vec<_>>(), single);
        }
    }
}
