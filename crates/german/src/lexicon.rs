//! The lexicon: nouns, stems of verbs and of adjectives, looked up whole or at the end of a word; and the first parts of compounds.
//!
//! `examples/tables` builds the tables from Wikidata lexemes (CC0).

use crate::hashed::HashedMap;
use fst::Map;
use fst::raw::Node;
use std::sync::LazyLock;

static FIRST_PARTS: HashedMap = HashedMap::new(include_bytes!("data/modifiers.bin"));
static WORDS: HashedMap = HashedMap::new(include_bytes!("data/lexicon.bin"));

/// The [steps](super::lexicon_flags::PARTNERS) of a folded first part of compounds, link included (munitions); none if no listed
/// compound begins so.
pub fn partners_of_first_part(part: &str) -> Option<u64> {
    FIRST_PARTS.get(&[part]).map(u64::from)
}

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon { words: Map::new(include_bytes!("data/lexicon.fst").as_slice()).ok() });

/// Known words with their [flags](super::lexicon_flags), spelt backwards so that one walk meets all known ends of a word.
pub struct Lexicon {
    words: Option<Map<&'static [u8]>>,
}

/// The lexicon in the program.
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// The flags of a whole word; 0 for an unknown one.
    #[allow(clippy::unused_self, reason = "one lexicon, two tables")]
    pub fn value(&self, word: &str) -> u64 {
        WORDS.get(&[word]).map_or(0, u64::from)
    }

    /// Whether a whole word has one of `flags`.
    pub fn has(&self, word: &str, flags: u64) -> bool {
        self.value(word) & flags != 0
    }

    /// Calls `found` with each known end of a word, the shortest first: the byte at which it starts, and its flags.
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
