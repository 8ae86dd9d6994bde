//! Spellings before the orthographic conference of 1901, and older ones, to those since: Vortheil, thun, frey, studiren, ächt.
//!
//! A word that no table has is rewritten by what the reforms of German spelling changed, throughout or in one place, and taken for the
//! first result that the tables have. So nothing that is German today is read otherwise.

/// What the reforms changed throughout, and how it is written since; `^` ties it to the word's beginning, `$` to its end.
const THROUGHOUT: &[(&str, &str)] = &[
    ("th", "t"),
    ("ey", "ei"),
    ("iren$", "ieren"),
    ("irt", "iert"),
    ("irend", "ierend"),
    ("irung", "ierung"),
    ("inn$", "in"),
    ("niss$", "nis"),
    ("zion", "tion"),
    ("ce", "ze"),
    ("ci", "zi"),
    ("c", "k"),
];
/// What single words, among them verbs and adjectives, were written with.
const IN_SINGLE_WORDS: &[(&str, &str)] = &[
    ("ernd$", "erend"),
    ("ern$", "eren"),
    ("eln$", "elen"),
    ("hn$", "hen"),
    ("ieb", "ib"),
    ("ieng", "ing"),
    ("^ä", "e"),
    ("ö", "o"),
    ("ay", "ai"),
    ("y", "i"),
    ("aa", "a"),
    ("ee", "e"),
    ("oo", "o"),
    ("ff", "f"),
    ("ck", "k"),
    ("tz", "z"),
    ("dt", "t"),
];
/// Letters of the shortest word that is rewritten, and of the shortest noun: shorter ones may be names.
const MIN_WORD: usize = 4;
const MIN_NOUN: usize = 7;

/// What `read` makes of the first spelling since 1901 of a folded word that it knows. With `capital` what only single words were
/// written with is left alone, since names are too.
pub fn modern<T>(word: &str, capital: bool, mut read: impl FnMut(&str) -> Option<T>) -> Option<T> {
    if word.chars().count() < if capital { MIN_NOUN } else { MIN_WORD } {
        return None;
    }
    let single = if capital { &[][..] } else { IN_SINGLE_WORDS };
    let mut whole = word.to_owned();
    let in_word = letters(word);
    let mut in_whole = in_word;
    for (old, new) in THROUGHOUT {
        while letters(old) & !in_whole == 0 {
            let Some(at) = places(&whole, old).next() else { break };
            whole = replaced(&whole, at, old, new);
            in_whole = letters(&whole);
        }
    }
    if whole != word
        && let Some(found) = read(&whole)
    {
        return Some(found);
    }
    let changes = THROUGHOUT.iter().chain(single).filter(|(old, _)| letters(old) & !in_word == 0);
    let mut once = changes.flat_map(|(old, new)| places(word, old).map(move |at| replaced(word, at, old, new)));
    once.find_map(|word| read(&word))
}

/// How a word that begins so may begin in a spelling before 1901, umlauts undone.
pub fn beginnings(prefix: &str) -> Vec<String> {
    const BEGINNINGS: &[(&str, &str)] =
        &[("t", "th"), ("k", "c"), ("z", "c"), ("ei", "ey"), ("ei", "ai"), ("i", "ie"), ("i", "y"), ("^e", "a")];
    let changed = |(new, old): &(&'static str, &str)| {
        let at = places(prefix, new).next()?;
        Some(replaced(prefix, at, new, old))
    };
    BEGINNINGS.iter().filter_map(changed).collect()
}

/// The letters from a to z that a word or the left side of a change has, a bit each: most words lack some of a change, which is seen
/// sooner than by looking for it.
fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |letters, byte| letters | 1 << (byte - b'a'))
}

/// Where in a word the left side of a change stands.
fn places<'a>(word: &'a str, old: &'a str) -> impl Iterator<Item = usize> + 'a {
    let (start, end) = (old.starts_with('^'), old.ends_with('$'));
    let old = plain(old);
    let tied = move |at: &usize| (!start || *at == 0) && (!end || at + old.len() == word.len());
    // ch and ck are letters of their own
    let single = move |at: &usize| old != "c" || !word[at + 1..].starts_with(['h', 'k']);
    word.match_indices(old).map(|(at, _)| at).filter(tied).filter(single)
}

fn replaced(word: &str, at: usize, old: &str, new: &str) -> String {
    [&word[..at], new, &word[at + plain(old).len()..]].concat()
}

/// The letters of the left side of a change.
fn plain(old: &str) -> &str {
    old.trim_start_matches('^').trim_end_matches('$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, capital: bool, expected: Option<&str>) {
        let known = ["vorteil", "frei", "studieren", "echt", "weiteren", "kommt", "zivilisation", "rot", "literatur"];
        let read = |word: &str| known.contains(&word).then(|| word.to_owned());
        assert_eq!(modern(old, capital, read).as_deref(), expected, "{old}");
    }

    #[test]
    fn words_are_written_as_today() {
        check("vortheil", true, Some("vorteil"));
        check("frey", false, Some("frei"));
        check("studiren", false, Some("studieren"));
        check("ächt", false, Some("echt"));
        check("weitern", false, Some("weiteren"));
        check("kömmt", false, Some("kommt"));
        check("civilisazion", true, Some("zivilisation"));
    }

    #[test]
    fn what_may_be_a_name_or_is_unknown_stays() {
        check("roth", true, None);
        check("roth", false, Some("rot"));
        check("xyth", false, None);
        check("chor", false, None);
    }
}
