//! The table of analysed words: a look-up costs a twentieth of an analysis. Each word is stored next to its terms, so that a look-up
//! touches two cache lines.

use std::hash::BuildHasher;
use std::ops::Range;

/// Words after which the table is emptied: about 16 MB with their terms.
const MAX_WORDS: usize = 600_000;
/// Slots of an empty table, a power of two.
const FIRST_SLOTS: usize = 1 << 12;

/// A place in the table.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// Lower half of the word's hash.
    hash: u32,
    /// Where word, form and stem begin in the text, one behind the other.
    offset: u32,
    /// Number of the word, from 1; 0 marks a free slot.
    number: u32,
    /// Bytes of word, form and stem.
    word: u8,
    form: u8,
    stem: u8,
    /// The kinds of the words that it may be, as in [`Analysis`].
    kinds: u8,
}

/// A part of a compound, or the country of an adjective or people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompoundPart {
    /// Bytes of the part in the word as written.
    pub span: Range<usize>,
    /// Its stem.
    pub stem: Box<str>,
}

/// The terms of a word that is new to the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Analysis {
    /// The folded form.
    pub form: String,
    /// The stem.
    pub stem: String,
    /// Stems of the other words that the form can belong to.
    pub others: Box<[Box<str>]>,
    /// The parts, as in [`Terms`](crate::Terms).
    pub parts: Box<[CompoundPart]>,
    /// The kinds of the words that it may be, as bits; 0 where all are of one kind, so that what stands round it tells nothing.
    pub kinds: u8,
}

/// Where the terms of a word stand in the table, until the next word comes in.
#[derive(Clone, Copy)]
pub struct Place(usize);

/// The terms of a word, borrowed from the table of the [`Analyzer`](crate::Analyzer).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The folded form.
    pub exact: &'a str,
    /// The stem.
    pub stem: &'a str,
    /// Stems of the other words that the form can belong to, as in [`Terms`](crate::Terms).
    pub others: &'a [Box<str>],
    /// The parts, as in [`Terms`](crate::Terms).
    pub parts: &'a [CompoundPart],
    /// The number of the word in the table, from 1: the same for every occurrence of a word within a generation.
    pub number: usize,
    /// How often the table was emptied before; the numbers then begin anew.
    pub generation: u32,
}

/// What few words have.
type More = (Box<[Box<str>]>, Box<[CompoundPart]>);

/// An open-addressing hash table of words with their terms.
pub struct Table {
    slots: Vec<Slot>,
    /// Words, forms and stems.
    text: String,
    /// Other stems and parts by the word's number, from 1.
    more: Vec<More>,
    words: u32,
    hasher: foldhash::fast::RandomState,
    /// How often the table was emptied.
    generation: u32,
}

impl Default for Table {
    fn default() -> Table {
        Table {
            slots: vec![Slot::default(); FIRST_SLOTS],
            text: String::new(),
            more: vec![More::default()],
            words: 0,
            hasher: foldhash::fast::RandomState::default(),
            generation: 0,
        }
    }
}

impl Table {
    /// The terms of `word`, or of whatever else stands for a word, analysed by `analyze` if it is new.
    pub fn entry(&mut self, word: &str, analyze: impl FnOnce(&str) -> Analysis) -> Entry<'_> {
        let place = self.place(word, analyze);
        self.read(place)
    }

    /// Where the terms of `word` stand, which are those of `analyze` if it is new.
    pub fn place(&mut self, word: &str, analyze: impl FnOnce(&str) -> Analysis) -> Place {
        let hash = self.hasher.hash_one(word.as_bytes());
        let mut at = self.find(word, hash);
        if self.slots[at].number == 0 {
            if self.words as usize >= MAX_WORDS {
                self.clear();
            } else if self.words as usize * 2 >= self.slots.len() {
                self.grow();
            }
            let analysis = analyze(word);
            at = self.find(word, hash);
            self.insert(at, hash, word, &analysis);
            self.more.push((analysis.others, analysis.parts));
        }
        Place(at)
    }

    /// The kinds of the words that a word may be, as in [`Analysis`].
    pub fn kinds(&self, place: Place) -> u8 {
        self.slots[place.0].kinds
    }

    /// The slot of a word, or the free one where it belongs.
    fn find(&self, word: &str, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        loop {
            let slot = &self.slots[at];
            let start = slot.offset as usize;
            let same = slot.number != 0
                && slot.hash == hash as u32
                && self.text.as_bytes().get(start..start + usize::from(slot.word)) == Some(word.as_bytes());
            if slot.number == 0 || same {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Stores a word in a free slot. Terms are cut at 255 bytes, which no word of a language reaches.
    fn insert(&mut self, at: usize, hash: u64, word: &str, analysis: &Analysis) {
        let short = |text: &str| text.floor_char_boundary(usize::from(u8::MAX));
        let (form, stem) = (&analysis.form, &analysis.stem);
        let (form, stem) = (&form[..short(form)], &stem[..short(stem)]);
        let length = |text: &str| u8::try_from(text.len()).unwrap_or(u8::MAX);
        let offset = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.words += 1;
        self.slots[at] = Slot {
            hash: hash as u32,
            offset,
            number: self.words,
            word: length(word),
            form: length(form),
            stem: length(stem),
            kinds: analysis.kinds,
        };
        for text in [word, form, stem] {
            self.text.push_str(text);
        }
    }

    /// The terms at a place.
    pub fn read(&self, place: Place) -> Entry<'_> {
        let slot = self.slots[place.0];
        let form = slot.offset as usize + usize::from(slot.word);
        let stem = form + usize::from(slot.form);
        let slice = |from: usize, length: u8| self.text.get(from..from + usize::from(length)).unwrap_or_default();
        let (others, parts) =
            self.more.get(slot.number as usize).map_or((&[][..], &[][..]), |(others, parts)| (&**others, &**parts));
        Entry {
            exact: slice(form, slot.form),
            stem: slice(stem, slot.stem),
            others,
            parts,
            number: slot.number as usize,
            generation: self.generation,
        }
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len() * 2];
        for slot in old.into_iter().filter(|slot| slot.number != 0) {
            let start = slot.offset as usize;
            let word = &self.text[start..start + usize::from(slot.word)];
            let hash = self.hasher.hash_one(word.as_bytes());
            let at = self.find(word, hash);
            self.slots[at] = slot;
        }
    }

    fn clear(&mut self) {
        self.slots.fill(Slot::default());
        self.text.clear();
        self.more.truncate(1);
        self.words = 0;
        self.generation = self.generation.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simple(form: &str, stem: &str) -> Analysis {
        Analysis {
            form: form.to_owned(),
            stem: stem.to_owned(),
            others: Box::default(),
            parts: Box::default(),
            kinds: 0,
        }
    }

    #[test]
    fn words_keep_their_terms_through_growth_and_emptying() {
        let mut table = Table::default();
        for number in 0..MAX_WORDS + 1000 {
            let word = format!("w{number}");
            let entry = table.entry(&word, |w| simple(&format!("{w}f"), &format!("{w}s")));
            assert_eq!((entry.exact, entry.stem), (&*format!("{word}f"), &*format!("{word}s")));
        }
        let entry = table.entry(&format!("w{MAX_WORDS}"), |_| unreachable!("it is known"));
        assert_eq!((entry.number, entry.generation), (1, 1));
    }

    #[test]
    fn overlong_terms_are_cut_at_a_character() {
        let mut table = Table::default();
        let entry = table.entry("w", |_| simple(&"ü".repeat(200), ""));
        assert_eq!(entry.exact.len(), 254);
        assert_eq!(entry.stem, "");
    }
}
