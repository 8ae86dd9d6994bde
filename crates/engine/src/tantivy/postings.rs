//! Words of articles in memory until they are written as a segment: for each field the terms by number, in the order of articles and
//! positions.
//!
//! A term is hashed when it comes first; what is analysed knows its terms by number from then on. When the segment is written, the terms
//! are put in order once for all fields, and the words of each field by their terms with one counting sort.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::io;
use std::num::NonZeroU32;
use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use tantivy::tokenizer::MAX_TOKEN_LEN;

/// What a term takes in the table beside its bytes, estimated.
const TERM_OVERHEAD: usize = 56;
/// Most bytes that a word takes with its step.
const MAX_WORD_BYTES: usize = 10;
/// Most words that are sorted at a time, eight bytes each; of a term that has more, all. Few in tests, whose segments are small.
const MAX_SORTED: usize = if cfg!(test) { 64 } else { 4 << 20 };

/// The place of a term whose words are not sorted now.
const NOWHERE: u32 = u32::MAX;

/// A term of the segment, by its number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermId(NonZeroU32);

impl TermId {
    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The terms of a segment, of all its fields.
#[derive(Default)]
pub struct Terms {
    numbers: HashMap<Box<[u8]>, TermId, RandomState>,
    bytes: usize,
}

impl Terms {
    /// The number of a term; none of one that is longer than an index takes.
    pub fn number(&mut self, term: &[u8]) -> Option<TermId> {
        if let Some(&number) = self.numbers.get(term) {
            return Some(number);
        }
        if term.len() > MAX_TOKEN_LEN {
            return None;
        }
        let number = TermId(NonZeroU32::new(u32::try_from(self.numbers.len() + 1).ok()?)?);
        self.numbers.insert(term.into(), number);
        self.bytes += term.len() + TERM_OVERHEAD;
        Some(number)
    }

    /// Bytes in memory, estimated.
    pub fn memory(&self) -> usize {
        self.bytes
    }

    /// The terms in the order of their bytes.
    pub fn sorted(&self) -> Sorted<'_> {
        let with_beginning = self.numbers.iter().map(|(term, number)| (beginning(term), &**term, *number));
        let mut terms: Vec<_> = with_beginning.collect();
        terms.sort_unstable();
        Sorted(terms)
    }
}

/// The first eight bytes as a number with the same order.
fn beginning(term: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = term.len().min(8);
    bytes[..length].copy_from_slice(&term[..length]);
    u64::from_be_bytes(bytes)
}

/// Terms in the order of their bytes, each behind its beginning.
pub struct Sorted<'a>(Vec<(u64, &'a [u8], TermId)>);

/// The words of one field.
#[derive(Default)]
pub struct Words {
    /// Whether positions are kept.
    placed: bool,
    /// Each word as a number in LEB128: its term's, which is small where the term is frequent, and behind it, where positions are kept, two bits
    /// that tell how far it stands behind the word before it in its article (the first one behind position 0): 0, 1, or a number of its own.
    bytes: Vec<u8>,
    count: usize,
    /// Articles that have words, and where the words of each end.
    articles: Vec<(DocId, usize)>,
    /// How many words there are before the article at hand, the position of its last one, and the first that is free.
    before: usize,
    position: u32,
    end: u32,
}

/// Beside a term: how far the word stands behind the one before it.
const SAME_PLACE: u64 = 0;
const NEXT_PLACE: u64 = 1;
const FAR: u64 = 2;

/// A place among the words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mark {
    byte: usize,
    position: u32,
}

impl Words {
    /// No words; of those to come the positions are kept or not.
    pub fn new(placed: bool) -> Words {
        Words { placed, ..Words::default() }
    }

    /// A word of the article at hand; positions never fall.
    pub fn push(&mut self, term: TermId, position: u32) {
        if self.bytes.len() + MAX_WORD_BYTES > self.bytes.capacity() {
            // by a quarter: doubling would hold twice as much as there is
            self.bytes.reserve_exact(self.bytes.len() / 4 + 64);
        }
        self.count += 1;
        let number = u64::from(term.0.get() - 1);
        if !self.placed {
            self.number(number);
            return;
        }
        let step = position.saturating_sub(self.position);
        self.position = position;
        self.end = position.saturating_add(1);
        match step {
            0 => self.number(number << 2 | SAME_PLACE),
            1 => self.number(number << 2 | NEXT_PLACE),
            _ => {
                self.number(number << 2 | FAR);
                self.number(u64::from(step));
            }
        }
    }

    fn number(&mut self, number: u64) {
        let low = |shift: u32| (number >> shift) as u8 | 0x80;
        match number {
            // nearly all, without a loop
            0..0x80 => self.bytes.push(number as u8),
            0x80..0x4000 => {
                self.bytes.push(low(0));
                self.bytes.push((number >> 7) as u8);
            }
            0x4000..0x20_0000 => {
                self.bytes.push(low(0));
                self.bytes.push(low(7));
                self.bytes.push((number >> 14) as u8);
            }
            _ => {
                self.bytes.extend_from_slice(&[low(0), low(7), low(14)]);
                let mut rest = number >> 21;
                while rest >= 0x80 {
                    self.bytes.push(rest as u8 | 0x80);
                    rest >>= 7;
                }
                self.bytes.push(rest as u8);
            }
        }
    }

    /// The first position behind the words of the article at hand.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// A text of the article ends: one position stays unused before the next.
    pub fn text_ends(&mut self) {
        self.end = self.end.saturating_add(1);
    }

    /// The place behind the last word.
    pub fn mark(&self) -> Mark {
        Mark { byte: self.bytes.len(), position: self.position }
    }

    /// The words behind a place, of the article at hand, as a text of `other`.
    pub fn copy_to(&self, mark: Mark, other: &mut Words) {
        let (start, mut first) = (other.end, None);
        self.read(mark, self.bytes.len(), |position, term| {
            other.push(term, start + position - *first.get_or_insert(position));
        });
        other.text_ends();
    }

    /// The number of words, over all articles.
    pub fn len(&self) -> usize {
        self.count
    }

    /// The article at hand ends. Gives the number of its words.
    pub fn article_ends(&mut self, article: DocId) -> usize {
        let words = self.count - self.before;
        if words > 0 {
            self.articles.push((article, self.bytes.len()));
            self.before = self.count;
        }
        (self.position, self.end) = (0, 0);
        words
    }

    /// Bytes in memory.
    pub fn memory(&self) -> usize {
        self.bytes.capacity() + self.articles.capacity() * size_of::<(DocId, usize)>()
    }

    /// Writes the field's terms with their articles, frequencies and positions.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn write(&self, sorted: &Sorted<'_>, frequencies: bool, to: &mut FieldSerializer<'_>) -> io::Result<()> {
        let mut counts = vec![0_u32; sorted.0.len()];
        self.each(|_, _, term| counts[term.index()] += 1);
        let of = |term: &TermId| counts[term.index()] as usize;
        let (mut places, mut words, mut positions) = (vec![NOWHERE; sorted.0.len()], Vec::new(), Vec::new());
        let mut rest = &sorted.0[..];
        while !rest.is_empty() {
            // the terms of one pass, and where the words of each begin
            let (mut terms, mut sum) = (0, 0);
            for (_, _, term) in rest {
                if sum > 0 && sum + of(term) > MAX_SORTED {
                    break;
                }
                places[term.index()] = u32::try_from(sum).unwrap_or(NOWHERE);
                (terms, sum) = (terms + 1, sum + of(term));
            }
            words.clear();
            words.resize(sum, (0, 0));
            self.each(|article, position, term| {
                let place = &mut places[term.index()];
                if let Some(word) = words.get_mut(*place as usize) {
                    *word = (article, position);
                    *place += 1;
                }
            });
            let (pass, others) = rest.split_at(terms);
            rest = others;
            let mut left = &words[..];
            for (_, bytes, term) in pass.iter().filter(|(_, _, term)| of(term) > 0) {
                places[term.index()] = NOWHERE;
                let (of_term, others) = left.split_at(of(term));
                left = others;
                let articles = of_term.chunk_by(|left, right| left.0 == right.0);
                to.new_term(bytes, u32::try_from(articles.clone().count()).unwrap_or(u32::MAX), frequencies)?;
                for of_article in articles {
                    positions.clear();
                    let mut before = 0;
                    let steps = of_article.iter().map(|(_, at)| at - std::mem::replace(&mut before, *at));
                    positions.extend(steps);
                    to.write_doc(of_article[0].0, u32::try_from(of_article.len()).unwrap_or(u32::MAX), &positions);
                }
                to.close_term()?;
            }
        }
        Ok(())
    }

    /// All words with their articles and positions, in order.
    pub fn each(&self, mut take: impl FnMut(DocId, u32, TermId)) {
        let mut mark = Mark::default();
        for (article, end) in &self.articles {
            self.read(mark, *end, |position, term| take(*article, position, term));
            mark.byte = *end;
        }
    }

    /// The words of one article from a place to the byte `end`.
    fn read(&self, mark: Mark, end: usize, mut take: impl FnMut(u32, TermId)) {
        let Mark { byte, mut position } = mark;
        let mut bytes = self.bytes[byte..end].iter();
        while let Some(word) = number(&mut bytes) {
            let term = if self.placed {
                position += match word & 3 {
                    FAR => number(&mut bytes).unwrap_or(0) as u32,
                    step => step as u32,
                };
                word >> 2
            } else {
                word
            };
            if let Some(term) = NonZeroU32::new(term as u32 + 1) {
                take(position, TermId(term));
            }
        }
    }
}

/// The next number in LEB128; none at the end.
fn number(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u64> {
    let first = *bytes.next()?;
    let (mut number, mut shift) = (u64::from(first & 0x7f), 7);
    if first & 0x80 != 0 {
        for byte in bytes {
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size_are_read_as_written() {
        let sizes = (0..62).map(|bit| 1 << bit);
        let numbers: Vec<u64> = sizes.flat_map(|size: u64| [size - 1, size, size | size >> 1]).collect();
        let mut words = Words::new(true);
        for number in &numbers {
            words.number(*number);
        }
        let mut bytes = words.bytes.iter();
        let read: Vec<u64> = std::iter::from_fn(|| number(&mut bytes)).collect();
        assert_eq!(read, numbers);
    }
}
