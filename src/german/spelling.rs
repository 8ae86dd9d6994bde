//! Old and new spellings to one: Photo → Foto, Potential → Potenzial, Schifffahrt → Schiffahrt.

use std::borrow::Cow;
use std::sync::LazyLock;

struct Rule {
    old: &'static str,
    new: &'static str,
    start: bool,
    end: bool,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lines = include_str!("data/spellings.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .map(|(old, new)| {
            let start = old.starts_with('^');
            let end = old.ends_with('$');
            Rule { old: old.trim_start_matches('^').trim_end_matches('$'), new, start, end }
        })
        .collect()
});

/// The spelling under which a folded word is searched.
pub fn current(folded: &str) -> Cow<'_, str> {
    let mut word = without_triples(folded);
    for rule in RULES.iter() {
        let Some(at) = word.find(rule.old) else { continue };
        let end = at + rule.old.len();
        if (rule.start && at > 0) || (rule.end && end < word.len()) {
            continue;
        }
        word = [&word[..at], rule.new, &word[end..]].concat().into();
    }
    word
}

/// Three equal letters, as compounds are written since the reform, become the two of before.
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
            let fold = crate::german::fold;
            assert_eq!(current(&fold(old)), current(&fold(new)), "{old} and {new}");
        }
        assert_eq!(current("tipico"), "tipico");
    }

    #[test]
    fn no_rule_leads_to_another_ones_left_side_in_a_circle() {
        for rule in RULES.iter() {
            let once = current(rule.new).into_owned();
            assert_eq!(current(&once), once, "{} {}", rule.old, rule.new);
        }
    }
}
