//! Stems by the Snowball algorithm for German, through the crate rust-stemmers.
//!
//! The layer round it: a folded word gets its umlauts back before stemming, since the algorithm knows them (Häuser →
//! haus) and not their spelling with e (haeuser → haeus); words with digits are left alone.

use rust_stemmers::Algorithm;

/// The stemmer with our layer round it.
pub struct Stemmer(rust_stemmers::Stemmer);

impl Default for Stemmer {
    fn default() -> Stemmer {
        Stemmer(rust_stemmers::Stemmer::create(Algorithm::German))
    }
}

impl Stemmer {
    /// The stem of a word folded by [`super::fold`].
    pub fn stem(&self, folded: &str) -> String {
        if folded.bytes().any(|b| b.is_ascii_digit()) {
            return folded.to_owned();
        }
        let stem = self.0.stem(&with_umlauts(folded)).into_owned();
        if stem.is_empty() { folded.to_owned() } else { stem }
    }
}

/// ae, oe, ue → ä, ö, ü, but not ue after a vowel or q (neue, Feuer, Quelle), as in Snowball's variant "german2".
fn with_umlauts(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len());
    let mut chars = folded.chars().peekable();
    let mut before = ' ';
    while let Some(char) = chars.next() {
        let umlaut = match char {
            _ if chars.peek() != Some(&'e') => None,
            'a' => Some('ä'),
            'o' => Some('ö'),
            'u' if !matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q') => Some('ü'),
            _ => None,
        };
        if umlaut.is_some() {
            chars.next();
        }
        before = if umlaut.is_some() { 'e' } else { char };
        text.push(umlaut.unwrap_or(char));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_return_where_they_can_be_meant() {
        for (folded, expected) in [
            ("haeuser", "häuser"),
            ("neue", "neue"),
            ("feuer", "feuer"),
            ("quelle", "quelle"),
            ("ueber", "über"),
            ("e", "e"),
        ] {
            assert_eq!(with_umlauts(folded), expected);
        }
    }
}
