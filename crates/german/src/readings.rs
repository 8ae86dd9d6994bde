//! The words that a form can belong to, each with how likely it is.
//!
//! `reinen` is a form of the adjective *rein* and of the rare verb *reinen*. Every table offers what it knows; the likelihood is how
//! often news have the word in forms that are of no other (`data/frequency.bin`), less what an unusual form costs.

use crate::hashed::HashedMap;

/// What kind of word a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A noun or a name.
    Noun,
    /// A verb, its participles included.
    Verb,
    /// An adjective, or an adverb that has its form.
    Adjective,
    /// A word without inflection that looks like an inflected one (*leider*), and any word that no table knows.
    Particle,
}

impl Class {
    /// The letter by which the table of frequencies knows the class.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Class::Noun => "n",
            Class::Verb => "v",
            Class::Adjective => "a",
            Class::Particle => "p",
        }
    }
}

/// Where in a sentence the form of a reading can stand, as bits: a form may be of several kinds.
pub mod uses {
    /// A noun.
    pub const NOUN: u8 = 1;
    /// A finite form of a verb.
    pub const FINITE: u8 = 2;
    /// An infinitive.
    pub const INFINITIVE: u8 = 4;
    /// An adjective or a participle without an ending: it stands with a verb.
    pub const BARE: u8 = 8;
    /// One with an ending: it stands before a noun.
    pub const DECLINED: u8 = 16;
    /// Any: the form says nothing of it.
    pub const ANY: u8 = 31;
}

/// One word that a form can belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its basic form: the infinitive of a verb, the positive of an adjective without ending, the singular of a noun.
    pub stem: String,
    /// What kind of word it is.
    pub class: Class,
    /// How likely it is: the logarithm to base 2 of the word's frequency, less what the form costs.
    pub weight: f32,
    /// What the form costs: of how many forms of a word of its class one is of this kind, as a logarithm to base 2.
    pub cost: f32,
    /// The kinds of form that it can be, as bits.
    pub uses: u8,
}

static FREQUENCY: HashedMap = HashedMap::new(include_bytes!("data/frequency.bin"));

/// How often news have a word, as the logarithm to base 2 of its number in ten million words; 0 for an unknown one.
pub fn frequency(stem: &str, class: Class) -> f32 {
    FREQUENCY.get(&[stem, class.key()]).map_or(0.0, f32::from)
}

/// How often news have a noun, whose stem has a capital where an adjective has the same.
pub fn noun_frequency(noun: &str) -> f32 {
    let mut letters = noun.chars();
    let first = letters.next().and_then(|first| first.to_uppercase().next()).unwrap_or_default();
    let capital = FREQUENCY.get(&[first.encode_utf8(&mut [0; 4]), letters.as_str(), Class::Noun.key()]);
    frequency(noun, Class::Noun).max(capital.map_or(0.0, f32::from))
}

/// The readings found so far.
#[derive(Debug, Default)]
pub struct Readings(pub Vec<Reading>);

impl Readings {
    /// Adds a reading of a word with this frequency, or makes one that is there likelier.
    pub fn offer(&mut self, stem: String, class: Class, frequency: f32, cost: f32, uses: u8) {
        let reading = Reading { stem, class, weight: frequency - cost, cost, uses };
        match self.0.iter_mut().find(|known| known.stem == reading.stem && known.class == class) {
            Some(known) => {
                let uses = known.uses | uses;
                if known.weight < reading.weight {
                    *known = reading;
                }
                known.uses = uses;
            }
            None => self.0.push(reading),
        }
    }

    /// The readings, the likeliest first.
    pub fn ranked(mut self) -> Vec<Reading> {
        self.0.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        self.0
    }
}
