//! Rule "repetition": whether a passage says again, nearly word for word, what a paragraph says.

use memchr::memmem::Finder;
use std::collections::HashSet;
use std::hash::BuildHasher;

/// Words of a shingle, and the share of a passage's shingles that must recur.
const SHINGLE: usize = 3;
const SHARE: f64 = 0.8;

/// Longest words of a passage that are looked for before paragraphs are compared in full, and how many must be there.
const KEY_WORDS: usize = 5;
const KEY_WORDS_FOUND: usize = 3;

/// Most bytes of paragraphs that passages are compared with: far more than an article has.
const MAX_BODY: usize = 1 << 20;
/// Most paragraphs that one passage is compared with in full.
const MAX_CANDIDATES: usize = 50;

type Set = HashSet<u64, foldhash::fast::FixedState>;

/// Paragraphs that passages are compared with.
pub struct Body<'a> {
    paragraphs: Vec<&'a str>,
}

impl<'a> Body<'a> {
    /// Takes up the paragraphs, at most a megabyte of them.
    pub fn new(paragraphs: impl Iterator<Item = &'a str>) -> Body<'a> {
        let mut bytes = 0;
        let within = |text: &&str| {
            bytes += text.len();
            bytes <= MAX_BODY
        };
        Body { paragraphs: paragraphs.take_while(within).collect() }
    }

    /// Whether one paragraph has at least four fifths of the passage's three-word sequences. Passages of fewer than
    /// four words repeat nothing.
    pub fn repeats(&self, passage: &str) -> bool {
        let mut keys: Vec<&str> = passage.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).collect();
        keys.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
        keys.truncate(KEY_WORDS);
        let allowed = keys.len().saturating_sub(KEY_WORDS_FOUND);
        let keys: Vec<Finder<'_>> = keys.into_iter().map(Finder::new).collect();
        let lacks = |text: &str, key: &Finder<'_>| key.find(text.as_bytes()).is_none();
        let candidates =
            self.paragraphs.iter().filter(|text| keys.iter().filter(|key| lacks(text, key)).nth(allowed).is_none());
        let mut wanted = Vec::new();
        for paragraph in candidates.take(MAX_CANDIDATES) {
            if wanted.is_empty() {
                wanted = shingles(passage);
            }
            if wanted.len() < 2 {
                return false;
            }
            let paragraph: Set = shingles(paragraph).into_iter().collect();
            let found = wanted.iter().filter(|shingle| paragraph.contains(shingle)).count();
            if found as f64 >= SHARE * wanted.len() as f64 {
                return true;
            }
        }
        false
    }
}

/// Whether two texts say the same, nearly word for word.
#[must_use]
pub fn same_text(left: &str, right: &str) -> bool {
    Body::new(std::iter::once(right)).repeats(left) && Body::new(std::iter::once(left)).repeats(right)
}

/// Hashes of the word sequences of a text, case and punctuation left out.
fn shingles(text: &str) -> Vec<u64> {
    let hasher = foldhash::fast::FixedState::default();
    let mut lower = String::new();
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            lower.clear();
            if word.is_ascii() {
                lower.push_str(word);
                lower.make_ascii_lowercase();
            } else {
                lower.extend(word.chars().flat_map(char::to_lowercase));
            }
            hasher.hash_one(&lower)
        })
        .collect();
    words.windows(SHINGLE).map(|window| hasher.hash_one(window)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_repetition_is_seen_and_likeness_is_not() {
        let body = Body::new(["„Der Deich hält noch einen Winter“, sagte Folkerts dem Boten."].into_iter());
        assert!(body.repeats("Der Deich hält noch einen Winter."));
        assert!(!body.repeats("Der Deich hält keinen Winter mehr."));
        assert!(!body.repeats("Der Deich"));
        assert!(!body.repeats(""));
    }
}
