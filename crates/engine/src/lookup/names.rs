//! What a name must begin with.

use findbuch_german::{fold, words};

/// Beginnings of names, folded as [`folded`] folds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern {
    /// A name fits that begins with one of these; between words there is one space.
    pub prefixes: Vec<String>,
    /// Whether one of its later words may begin so instead.
    pub any_word: bool,
}

impl NamePattern {
    /// Fits every name.
    #[must_use]
    pub fn any() -> NamePattern {
        NamePattern { prefixes: vec![String::new()], any_word: true }
    }

    /// Whether a name fits.
    #[must_use]
    pub fn fits(&self, name: &str) -> bool {
        // most names are refused by their first letter, since folding is expensive
        if !self.any_word && !may_begin(name, &self.prefixes) {
            return false;
        }
        let name = folded(name);
        let begins = |text: &str| self.prefixes.iter().any(|prefix| text.starts_with(prefix.as_str()));
        begins(&name) || self.any_word && name.match_indices(' ').any(|(at, _)| begins(&name[at + 1..]))
    }
}

/// A text as its folded words, a space between them.
#[must_use]
pub fn folded(text: &str) -> String {
    words(text).filter_map(|span| text.get(span)).map(fold).collect::<Vec<_>>().join(" ")
}

/// Whether the folded form of a text may begin in one of these ways, by its first letter: folding is expensive.
#[must_use]
pub fn may_begin(text: &str, beginnings: &[String]) -> bool {
    let letter = text.chars().find(|char| char.is_alphanumeric()).and_then(|char| char.to_lowercase().next());
    letter.is_some_and(|letter| {
        let digraph = matches!(letter, 'a' | 'o' | 'u');
        let is_first = |beginning: &String| {
            beginning.starts_with(letter) || (digraph && !beginning.starts_with(|char: char| char.is_ascii()))
        };
        !letter.is_ascii() || beginnings.iter().any(is_first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_by_their_beginning_or_by_that_of_a_word() {
        let fits = |prefixes: &[&str], any_word, name: &str| {
            let prefixes = prefixes.iter().map(|prefix| (*prefix).to_owned()).collect();
            NamePattern { prefixes, any_word }.fits(name)
        };
        assert!(fits(&["ada l"], false, "Ada Linde") && !fits(&["ada l"], false, "Frau Ada Linde"));
        assert!(fits(&["ada l"], true, "Frau Ada Linde") && !fits(&["da l"], true, "Ada Linde"));
        assert!(fits(&["ölz", "oelz"], false, "Oelz") && fits(&["x", "ada"], false, "ADA"));
        assert!(fits(&["ada "], false, "Ada Linde") && !fits(&["ada "], false, "Ada"), "another word must follow");
        assert!(fits(&[""], true, "Ada") && !fits(&[], true, "Ada"));
    }
}
