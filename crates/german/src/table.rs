//! The table of analysed words: a look-up costs a twentieth of an analysis. What is asked of a word of every text, its number and whether it
//! may be several words, stands in its slot, so that a look-up touches one cache line; its terms stand by themselves.
//!
//! The words are not stored. Two words are the same to it if all 64 bits of their hashes are, whose seed each table draws anew: of 600,000 words
//! two are in one table of a hundred million.

use std::hash::BuildHasher;
use std::ops::Range;

/// Words after which the table is emptied. Its slots take 34 MB then, and each word 12 bytes beside its form and stem.
const MAX_WORDS: usize = 600_000;
/// Slots of an empty table, a power of two.
const FIRST_SLOTS: usize = 1 << 12;

/// A place in the table.
#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    /// Number of the word, from 1; 0 marks a free slot.
    number: u32,
    /// The kinds of the words that it may be, as in [`Analysis`].
    kinds: u8,
}

/// Where the terms of a word stand.
#[derive(Clone, Copy, Default)]
struct Stored {
    /// Where form and stem begin in the text, one behind the other.
    offset: u32,
    /// What few words have, from 1; 0 where it has none of that.
    more: u32,
    /// Bytes of form and stem.
    form: u8,
    stem: u8,
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

/// Where a word stands in the table, until the next word comes in.
#[derive(Clone, Copy)]
pub struct Place(usize);

/// A word of the table of the [`Analyzer`](crate::Analyzer), whose terms are borrowed from it.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    table: &'a Table,
    number: u32,
}

impl<'a> Entry<'a> {
    /// The folded form.
    #[must_use]
    pub fn exact(&self) -> &'a str {
        let Stored { offset, form, .. } = self.stored();
        self.table.text(offset as usize, form)
    }

    /// The stem.
    #[must_use]
    pub fn stem(&self) -> &'a str {
        let Stored { offset, form, stem, .. } = self.stored();
        self.table.text(offset as usize + usize::from(form), stem)
    }

    /// Stems of the other words that the form can belong to, as in [`Terms`](crate::Terms).
    #[must_use]
    pub fn others(&self) -> &'a [Box<str>] {
        self.more().map_or(&[], |(others, _)| others)
    }

    /// The parts, as in [`Terms`](crate::Terms).
    #[must_use]
    pub fn parts(&self) -> &'a [CompoundPart] {
        self.more().map_or(&[], |(_, parts)| parts)
    }

    /// The number of the word in the table, from 1: the same for every occurrence of a word within a generation.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number as usize
    }

    /// How often the table was emptied before; the numbers then begin anew.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.table.generation
    }

    fn stored(&self) -> Stored {
        self.table.stored.get(self.number()).copied().unwrap_or_default()
    }

    fn more(&self) -> Option<&'a More> {
        self.table.more.get((self.stored().more as usize).checked_sub(1)?)
    }
}

impl std::fmt::Debug for Entry<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Entry")
            .field("exact", &self.exact())
            .field("stem", &self.stem())
            .finish_non_exhaustive()
    }
}

/// Other stems and parts.
type More = (Box<[Box<str>]>, Box<[CompoundPart]>);

/// An open-addressing hash table of words with their terms.
pub struct Table {
    slots: Vec<Slot>,
    /// By the words' numbers.
    stored: Vec<Stored>,
    /// Forms and stems.
    text: String,
    more: Vec<More>,
    hasher: foldhash::fast::RandomState,
    /// How often the table was emptied.
    generation: u32,
}

impl Default for Table {
    fn default() -> Table {
        Table {
            slots: vec![Slot::default(); FIRST_SLOTS],
            stored: vec![Stored::default()],
            text: String::new(),
            more: Vec::new(),
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

    /// Where `word` stands, whose terms are those of `analyze` if it is new.
    pub fn place(&mut self, word: &str, analyze: impl FnOnce(&str) -> Analysis) -> Place {
        let hash = self.hasher.hash_one(word.as_bytes());
        let mut at = self.find(hash);
        if self.slots[at].number == 0 {
            if self.words() >= MAX_WORDS {
                self.clear();
            } else if self.words() * 2 >= self.slots.len() {
                self.grow();
            }
            at = self.find(hash);
            self.insert(at, hash, analyze(word));
        }
        Place(at)
    }

    /// The kinds of the words that a word may be, as in [`Analysis`].
    pub fn kinds(&self, place: Place) -> u8 {
        self.slots[place.0].kinds
    }

    /// The word at a place.
    pub fn read(&self, place: Place) -> Entry<'_> {
        Entry { table: self, number: self.slots[place.0].number }
    }

    fn words(&self) -> usize {
        self.stored.len() - 1
    }

    /// The slot of a word, or the free one where it belongs.
    fn find(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        loop {
            let slot = &self.slots[at];
            if slot.number == 0 || slot.hash == hash {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Stores a word in a free slot. Terms are cut at 255 bytes, which no word of a language reaches.
    fn insert(&mut self, at: usize, hash: u64, analysis: Analysis) {
        let short = |text: &str| text.floor_char_boundary(usize::from(u8::MAX));
        let Analysis { form, stem, others, parts, kinds } = analysis;
        let (form, stem) = (&form[..short(&form)], &stem[..short(&stem)]);
        let length = |text: &str| u8::try_from(text.len()).unwrap_or(u8::MAX);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let mut more = 0;
        if !(others.is_empty() && parts.is_empty()) {
            self.more.push((others, parts));
            more = number(self.more.len());
        }
        self.slots[at] = Slot { hash, number: number(self.stored.len()), kinds };
        let offset = number(self.text.len());
        self.stored.push(Stored { offset, more, form: length(form), stem: length(stem) });
        self.text.push_str(form);
        self.text.push_str(stem);
    }

    fn text(&self, from: usize, length: u8) -> &str {
        self.text.get(from..from + usize::from(length)).unwrap_or_default()
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len() * 2];
        for slot in old.into_iter().filter(|slot| slot.number != 0) {
            let at = self.find(slot.hash);
            self.slots[at] = slot;
        }
    }

    fn clear(&mut self) {
        self.slots.fill(Slot::default());
        self.stored.truncate(1);
        self.text.clear();
        self.more.clear();
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
            assert_eq!((entry.exact(), entry.stem()), (&*format!("{word}f"), &*format!("{word}s")));
        }
        let entry = table.entry(&format!("w{MAX_WORDS}"), |_| unreachable!("it is known"));
        assert_eq!((entry.number(), entry.generation()), (1, 1));
    }

    #[test]
    fn overlong_terms_are_cut_at_a_character() {
        let mut table = Table::default();
        let entry = table.entry("w", |_| simple(&"ü".repeat(200), ""));
        assert_eq!(entry.exact().len(), 254);
        assert_eq!(entry.stem(), "");
    }
}
