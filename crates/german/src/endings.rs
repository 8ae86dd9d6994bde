//! Endings of words. Long lists of them are tried on every new word, and nearly all fail at the last letter.

/// A word without an ending; none if it does not end so.
#[inline]
pub fn strip_ending<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    if may_end_so(word, ending) { word.strip_suffix(ending) } else { None }
}

/// Whether a word has one of these ends.
#[inline]
pub fn ends_in(word: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| may_end_so(word, end) && word.ends_with(end))
}

#[inline]
fn may_end_so(word: &str, ending: &str) -> bool {
    let last = ending.as_bytes().last();
    last.is_none() || last == word.as_bytes().last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_taken_off_words_that_have_them() {
        assert_eq!(strip_ending("waffen", "en"), Some("waff"));
        assert_eq!(strip_ending("waffen", ""), Some("waffen"));
        assert_eq!(strip_ending("waffen", "an"), None);
        assert_eq!(strip_ending("", "en"), None);
        assert_eq!(strip_ending("", ""), Some(""));
        assert!(ends_in("strasse", &["haus", "asse"]) && !ends_in("strasse", &["haus"]) && ends_in("a", &[""]));
    }
}
