//! Rule "repetition": whether a passage says again, nearly word for word, what a paragraph says.

use std::collections::HashSet;

/// Words of a shingle, and the share of a passage's shingles that must recur.
const SHINGLE: usize = 3;
const SHARE: f64 = 0.8;

/// Paragraphs that passages are compared with.
pub struct Body {
    paragraphs: Vec<HashSet<u64>>,
}

impl Body {
    /// Takes up the paragraphs.
    pub fn new<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Body {
        Body { paragraphs: paragraphs.map(|text| shingles(text).into_iter().collect()).collect() }
    }

    /// Whether one paragraph has at least four fifths of the passage's three-word sequences. Passages of fewer than
    /// four words repeat nothing.
    pub fn repeats(&self, passage: &str) -> bool {
        let wanted = shingles(passage);
        if wanted.len() < 2 {
            return false;
        }
        self.paragraphs.iter().any(|paragraph| {
            let found = wanted.iter().filter(|shingle| paragraph.contains(shingle)).count();
            found as f64 >= SHARE * wanted.len() as f64
        })
    }
}

/// Whether two texts say the same, nearly word for word.
#[must_use]
pub fn same_text(left: &str, right: &str) -> bool {
    let body = |text| Body::new(std::iter::once(text));
    body(right).repeats(left) && body(left).repeats(right)
}

/// Hashes of the word sequences of a text, case and punctuation left out.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(SHINGLE).map(|window| xxhash_rust::xxh3::xxh3_64(window.join(" ").as_bytes())).collect()
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
