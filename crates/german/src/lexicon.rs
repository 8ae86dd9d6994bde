//! The words that the analysis knows: nouns, stems of verbs and adjectives, found by the ends of a word.
//!
//! The tables are built by `examples/german_tables.rs` from Wikidata lexemes (CC0).

use fst::Map;
use fst::raw::Node;
use std::sync::LazyLock;

/// What the lexicon tells of a word: bits of its value; the lowest four bits hold the number of first parts that it has
/// in compounds, as a power of two plus one.
pub mod flags {
    /// Number of first parts.
    pub const PARTNERS: u64 = 15;
    /// A noun in its basic form.
    pub const NOUN: u64 = 16;
    /// The stem of a verb's infinitive.
    pub const VERB: u64 = 32;
    /// The stem of an adjective, or of a noun that is declined like one.
    pub const ADJECTIVE: u64 = 64;
    /// A noun in -in, plural -innen.
    pub const FEMININE: u64 = 128;
}

static FIRST_PARTS: LazyLock<Option<Map<&'static [u8]>>> =
    LazyLock::new(|| Map::new(include_bytes!("data/modifiers.fst").as_slice()).ok());

/// In how many compounds a folded word is the first part, with what joins it; nothing if in none.
pub fn as_first_part(part: &str) -> Option<u64> {
    FIRST_PARTS.as_ref()?.get(part)
}

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon { words: Map::new(include_bytes!("data/lexicon.fst").as_slice()).ok() });

/// Known words, spelt backwards.
pub struct Lexicon {
    words: Option<Map<&'static [u8]>>,
}

/// The lexicon in the program.
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// What is known of a whole word, 0 for an unknown one.
    pub fn value(&self, word: &str) -> u64 {
        let mut found = 0;
        self.ends(word, |start, value| {
            if start == 0 {
                found = value;
            }
        });
        found
    }

    /// Whether a whole word is known with one of `flags`.
    pub fn has(&self, word: &str, flags: u64) -> bool {
        self.value(word) & flags != 0
    }

    /// Tells `found` every known end of a word, from the shortest, as the byte at which it starts, and its value.
    pub fn ends(&self, word: &str, mut found: impl FnMut(usize, u64)) {
        let Some(map) = &self.words else { return };
        let fst = map.as_fst();
        let mut node: Node<'_> = fst.root();
        let mut value = 0;
        let mut utf8 = [0; 4];
        for (start, char) in word.char_indices().rev() {
            for byte in char.encode_utf8(&mut utf8).bytes() {
                let Some(index) = node.find_input(byte) else { return };
                let transition = node.transition(index);
                value += transition.out.value();
                node = fst.node(transition.addr);
            }
            if node.is_final() {
                found(start, value + node.final_output().value());
            }
        }
    }
}
