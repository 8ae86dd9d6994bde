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
    /// A bit for the hash of each key of `parts`: most places of most words are passed over by it.
    keys: Vec<u64>,
}

/// Bits of [`Rules::keys`] as a power of two, and the place of a key there: its word and bit.
const BITS: u32 = 14;
fn place(key: [u8; KEY]) -> (usize, u64) {
    let key = u32::from_le_bytes([key[0], key[1], key[2], 0]);
    let bit = key.wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS);
    (bit as usize / 64, 1 << (bit % 64))
}

/// Bytes that rules are looked up by; no rule but those for whole words replaces less.
const KEY: usize = 3;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules { parts: HashMap::default(), whole: HashMap::default(), keys: vec![0; (1 << BITS) / 64] };
    let lines = include_str!("data/spellings.txt").lines().filter(|line| !line.starts_with('#'));
    for (old, new) in lines.filter_map(|line| line.split_once(' ')) {
        let (start, end) = (old.starts_with('^'), old.ends_with('$'));
        let old = old.trim_start_matches('^').trim_end_matches('$');
        match old.as_bytes().first_chunk::<KEY>() {
            Some(beginning) if !(start && end) => {
                let (word, bit) = place(*beginning);
                rules.keys[word] |= bit;
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
        let (word_at, bit) = place(*beginning);
        if RULES.keys[word_at] & bit == 0 {
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

/// Whether a folded word has surely one spelling, by a quick test: true of most words.
pub fn is_settled(folded: &str) -> bool {
    let keys = folded.as_bytes().windows(KEY).filter_map(<[u8]>::first_chunk::<KEY>);
    let mut unsettled = keys.map(|key| {
        let (word, bit) = place(*key);
        RULES.keys[word] & bit != 0 || (key[0] == key[1] && key[1] == key[2])
    });
    !unsettled.any(|unsettled| unsettled) && !RULES.whole.contains_key(folded)
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
