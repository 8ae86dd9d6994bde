//! Bytes that a text is searched for: most of a text is passed over with one look at each byte.

/// A set of bytes.
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// These bytes.
    pub const fn of(bytes: &[u8]) -> ByteSet {
        ByteSet([false; 256]).with(bytes)
    }

    /// These bytes too.
    const fn with(mut self, bytes: &[u8]) -> ByteSet {
        let mut at = 0;
        while at < bytes.len() {
            self.0[bytes[at] as usize] = true;
            at += 1;
        }
        self
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
    pub fn positions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        text.bytes().enumerate().filter(|(_, byte)| self.has(*byte)).map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_a_set_are_found() {
        let set = ByteSet::of(b".!").and(b'a', b'c').and(0xff, 0xff);
        assert_eq!(set.positions("Da! Ob.").collect::<Vec<_>>(), [1, 2, 5, 6]);
        assert!(set.has(0xff) && !set.has(b'd'));
    }
}
