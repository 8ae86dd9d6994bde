//! What the lexicon says of a word, as bits of its value. `examples/tables`, which writes the lexicon, includes this file.

/// The lowest four bits: the number of different first parts that the word has in compounds, in steps of powers of two: 0 for none, 1
/// for one, 2 from two, 3 from four, 4 from eight, and so on.
pub const PARTNERS: u64 = 15;
/// A noun in its basic form.
pub const NOUN: u64 = 16;
/// The stem of a verb whose infinitive ends in -en.
pub const VERB: u64 = 32;
/// The stem of an adjective.
pub const ADJECTIVE: u64 = 64;
/// A noun in -in with the plural -innen.
pub const FEMININE: u64 = 128;
/// The stem of a verb whose infinitive ends in -n (liefern, handeln); it has [`VERB`] too.
pub const SHORT_INFINITIVE: u64 = 256;
/// The stem of a noun that is declined like an adjective (Abgeordnete, Verletzter).
pub const NOMINAL: u64 = 512;
/// The stem of an adjective that is written like a participle and is no form of a verb to readers (bekannt, verschieden).
pub const OWN_WORD: u64 = 1024;
