//! Spellings before and after the reform of 1996, and other double spellings, to one: Photo → Foto, Potential → Potenzial,
//! Schifffahrt → Schiffahrt. The rules are in `data/spellings.txt`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What is replaced where in a word.
struct SpellingRule {
    old: &'static str,
    new: &'static str,
    /// Whether it must stand at the start, or at the end, of the word.
    start: bool,
    end: bool,
}

/// The rules by the first bytes of what they replace, and those for whole words.
struct Rules {
    parts: HashMap<[u8; KEY], Vec<SpellingRule>, foldhash::fast::FixedState>,
    whole: HashMap<&'static str, &'static str, foldhash::fast::FixedState>,
    /// A bit for each pair of bytes with which a key of `parts` begins: most places of most words are passed over by it.
    pairs: Vec<u64>,
}

/// The place of a pair of bytes in [`Rules::pairs`]: its word and bit.
fn pair(first: u8, second: u8) -> (usize, u64) {
    let pair = usize::from(first) << 8 | usize::from(second);
    (pair / 64, 1 << (pair % 64))
}

/// Bytes that rules are looked up by; no rule but those for whole words replaces less.
const KEY: usize = 3;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules { parts: HashMap::default(), whole: HashMap::default(), pairs: vec![0; (1 << 16) / 64] };
    let lines = include_str!("data/spellings.txt").lines().filter(|line| !line.starts_with('#'));
    for (old, new) in lines.filter_map(|line| line.split_once(' ')) {
        let (start, end) = (old.starts_with('^'), old.ends_with('$'));
        let old = old.trim_start_matches('^').trim_end_matches('$');
        match old.as_bytes().first_chunk::<KEY>() {
            Some(beginning) if !(start && end) => {
                let (word, bit) = pair(beginning[0], beginning[1]);
                rules.pairs[word] |= bit;
                rules.parts.entry(*beginning).or_default().push(SpellingRule { old, new, start, end });
            }
            _ => {
                rules.whole.insert(old, new);
            }
        }
    }
    rules
});

/// The spelling that stands for all spellings of a folded word.
pub fn current(folded: &str) -> Cow<'_, str> {
    let mut word = without_triples(folded);
    if let Some(new) = RULES.whole.get(&*word) {
        return (*new).into();
    }
    let mut at = 0;
    while let Some(beginning) = word.as_bytes().get(at..).and_then(<[u8]>::first_chunk::<KEY>) {
        let (place, bit) = pair(beginning[0], beginning[1]);
        if RULES.pairs[place] & bit == 0 {
            at += 1;
            continue;
        }
        let fits = |rule: &&SpellingRule| {
            let end = at + rule.old.len();
            word[at..].starts_with(rule.old) && (!rule.start || at == 0) && (!rule.end || end == word.len())
        };
        let rule =
            RULES.parts.get(beginning).filter(|_| word.is_char_boundary(at)).and_then(|rules| rules.iter().find(fits));
        if let Some(rule) = rule {
            word = [&word[..at], rule.new, &word[at + rule.old.len()..]].concat().into();
            at += rule.new.len();
        } else {
            at += 1;
        }
    }
    word
}

/// Three equal letters, as compounds have had them since the reform, become two as before it.
fn without_triples(word: &str) -> Cow<'_, str> {
    let bytes = word.as_bytes();
    if !bytes.windows(3).any(|three| three[0] == three[1] && three[1] == three[2] && three[0].is_ascii_alphabetic()) {
        return word.into();
    }
    let mut short = String::with_capacity(word.len());
    let mut last = [' '; 2];
    for char in word.chars() {
        if last != [char; 2] {
            short.push(char);
        }
        last = [last[1], char];
    }
    short.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_spellings_meet() {
        for (old, new) in [
            ("schiffahrt", "schifffahrt"),
            ("balletttänzer", "ballettänzer"),
            ("potential", "potenzial"),
            ("photo", "foto"),
            ("photographie", "fotografie"),
            ("telephonzelle", "telefonzelle"),
            ("delphine", "delfine"),
            ("stengel", "stängel"),
            ("aufwendige", "aufwändige"),
            ("selbständig", "selbstständig"),
            ("rauhe", "raue"),
            ("tips", "tipps"),
            ("exposé", "exposee"),
        ] {
            let fold = crate::fold;
            assert_eq!(current(&fold(old)), current(&fold(new)), "{old} and {new}");
        }
        assert_eq!(current("tipico"), "tipico");
    }

    #[test]
    fn no_rule_leads_to_another_ones_left_side_in_a_circle() {
        for new in RULES.parts.values().flatten().map(|rule| rule.new).chain(RULES.whole.values().copied()) {
            let once = current(new).into_owned();
            assert_eq!(current(&once), once, "{new}");
        }
    }
}
