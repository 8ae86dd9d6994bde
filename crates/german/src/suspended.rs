//! What a word stands for beside itself, told by the hyphens of its surroundings.
//!
//! - Suspended compounds: in "Waffen- und Munitionslieferungen" the first word stands for Waffenlieferungen, in
//!   "Textilhersteller und -händler" the last for Textilhändler, in "Nord- und Südkorea" the first for Nordkorea.
//! - Hyphenated compounds: U-Boot is also Uboot, Nordkorea-Politik also Nordkoreapolitik.

use super::compounds::Splitter;
use super::fold::fold;
use super::nouns::without_feminine;
use std::ops::Range;

/// A word that the text means though it is not written in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Which of the words of the text stands for it.
    pub at: usize,
    /// The word, with the capital it would have.
    pub word: String,
    /// Bytes of the text that show it.
    pub span: Range<usize>,
}

/// Words between the parts of a suspended compound, and most words that an enumeration has.
const LINKS: &[&str] =
    &["und", "oder", "sowie", "bzw", "beziehungsweise", "wie", "als", "auch", "bis", "statt", "noch", "u", "aber"];
const MAX_MEMBERS: usize = 8;
/// Most words of a hyphenated compound.
const MAX_CHAIN: usize = 5;

/// First parts that are no nouns and stand for each other.
const PREFIXES: &[&[&str]] = &[
    &[
        "nordost", "nordwest", "südost", "südwest", "nord", "süd", "ost", "west", "mittel", "zentral", "ober",
        "nieder", "unter",
    ],
    &[
        "auf", "aus", "ab", "an", "bei", "ein", "vor", "nach", "hin", "her", "zu", "mit", "über", "unter", "um", "be",
        "ent", "ver", "er", "zer", "weg", "rück", "hinauf", "hinab", "herauf", "herab", "in", "durch", "wider",
        "gegen", "ur", "un",
    ],
    &[
        "haupt", "neben", "sonder", "gross", "klein", "vorder", "hinter", "innen", "aussen", "voll", "teil", "früh",
        "spät",
    ],
    &["ein", "zwei", "drei", "vier", "mehr", "viel"],
];

/// Hyphens of a text: the typographic ones are not told from the plain one.
fn is_hyphen(char: char) -> bool {
    matches!(char, '-' | '\u{2010}' | '\u{2011}')
}

/// What is meant by the words at `spans` of `text` besides themselves.
pub fn meant(text: &str, spans: &[Range<usize>], splitter: &Splitter) -> Vec<Meant> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < spans.len() {
        let chain = chain_end(text, spans, at);
        if chain > at + 1 && chain - at <= MAX_CHAIN {
            let joined: String = spans[at..chain].iter().map(|span| &text[span.clone()]).collect();
            let noun = text[spans[chain - 1].clone()].starts_with(char::is_uppercase);
            found.push(Meant { at, word: cased(&joined, noun), span: spans[at].start..spans[chain - 1].end });
        }
        found.extend(spans[at..chain].iter().zip(at..).flat_map(|(span, at)| without_gender(text, span, at)));
        let last = chain - 1;
        if is_open_behind(text, &spans[last]) {
            found.extend(completed_by_next(text, spans, last, splitter));
        }
        if is_open_before(text, &spans[at]) {
            found.extend(completed_by_previous(text, spans, at, chain, splitter));
        }
        at = chain;
    }
    found
}

/// The word behind the last one that hyphens tie to the one at `at`.
fn chain_end(text: &str, spans: &[Range<usize>], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(next) = spans.get(end) {
        let mut between = text[spans[end - 1].end..next.start].chars();
        if !(between.next().is_some_and(is_hyphen) && between.next().is_none()) {
            break;
        }
        end += 1;
    }
    end
}

/// `Leser:innenbriefe` is also Leserbriefe, `Patient:innenvertretung` also Patientenvertretung.
fn without_gender(text: &str, span: &Range<usize>, at: usize) -> Vec<Meant> {
    let word = &text[span.clone()];
    let Some((before, after)) = word.split_once([':', '*', '·', '_']) else { return Vec::new() };
    let Some(after) = after.strip_prefix("innen").filter(|after| after.len() >= 3) else { return Vec::new() };
    let meant = |link: &str| Meant { at, word: cased(&[before, link, after].concat(), true), span: span.clone() };
    if before.ends_with('t') { vec![meant(""), meant("en")] } else { vec![meant("")] }
}

/// `Waffen- und`
fn is_open_behind(text: &str, span: &Range<usize>) -> bool {
    let mut rest = text[span.end..].chars();
    rest.next().is_some_and(is_hyphen)
        && rest.next().is_some_and(|next| next.is_whitespace() || matches!(next, ',' | '/'))
}

/// `und -händler`
fn is_open_before(text: &str, span: &Range<usize>) -> bool {
    let mut rest = text[..span.start].chars().rev();
    rest.next().is_some_and(is_hyphen) && rest.next().is_some_and(|before| before.is_whitespace() || before == '/')
}

fn is_link(word: &str) -> bool {
    LINKS.contains(&word.to_lowercase().as_str())
}

/// The head of the next word without a hyphen behind it completes the open one.
fn completed_by_next(text: &str, spans: &[Range<usize>], at: usize, splitter: &Splitter) -> Vec<Meant> {
    let first = &text[spans[at].clone()];
    let mut next = at + 1;
    let mut linked = text[spans[at].end..].starts_with("-/");
    while let Some(span) = spans.get(next).filter(|_| next <= at + 2 * MAX_MEMBERS) {
        let between = &text[spans[next - 1].end..span.start];
        // the full stop of bzw. and u. ends no sentence
        let abbreviated = next > at + 1 && is_link(&text[spans[next - 1].clone()]);
        if between.contains(['!', '?', ';', ':']) || (between.contains('.') && !abbreviated) {
            return Vec::new();
        }
        linked |= between.contains([',', '&']);
        let word = &text[span.clone()];
        if is_link(word) {
            linked = true;
        } else if !is_open_behind(text, span) {
            break;
        }
        next += 1;
    }
    let Some(span) = spans.get(next).filter(|_| linked) else { return Vec::new() };
    let end = chain_end(text, spans, next);
    if end > next + 1 {
        // CDU- und SPD-Politiker
        let head: String = spans[next + 1..end].iter().map(|span| &text[span.clone()]).collect();
        return whole(&spans[at], at, first, &head);
    }
    let word = &text[span.clone()];
    let heads = heads(first, word, splitter);
    heads.into_iter().flat_map(|head| whole(&spans[at], at, first, &head)).collect()
}

/// The open first part with its head; without the feminine ending too, as compounds are mostly formed.
fn whole(span: &Range<usize>, at: usize, first: &str, head: &str) -> Vec<Meant> {
    let noun = first.starts_with(char::is_uppercase) || head.starts_with(char::is_uppercase);
    let meant = |first: &str| Meant { at, word: cased(&[first, head].concat(), noun), span: span.clone() };
    let folded = fold(first);
    let masculine = without_feminine(&folded);
    if masculine == folded { vec![meant(first)] } else { vec![meant(masculine), meant(first)] }
}

/// The ends of `word` that the open first part shares: its head, or what follows a prefix of the same kind.
fn heads(first: &str, word: &str, splitter: &Splitter) -> Vec<String> {
    let folded = fold(word);
    let capital = word.starts_with(char::is_uppercase);
    let first = fold(first);
    for kind in PREFIXES.iter().filter(|kind| kind.contains(&first.as_str())) {
        let prefix = kind.iter().filter(|prefix| folded.starts_with(**prefix)).max_by_key(|prefix| prefix.len());
        if let Some(rest) = prefix.map(|prefix| &folded[prefix.len()..]).filter(|rest| rest.len() >= 3) {
            return vec![rest.to_owned()];
        }
    }
    let parts = splitter.split(&folded, capital);
    parts.iter().skip(1).map(|part| folded[part.start..].to_owned()).collect()
}

/// The first parts of the last word before complete the one that is open in front.
fn completed_by_previous(text: &str, spans: &[Range<usize>], at: usize, end: usize, splitter: &Splitter) -> Vec<Meant> {
    let head: String = spans[at..end].iter().map(|span| &text[span.clone()]).collect();
    let mut before = at;
    let mut linked = text[..spans[at].start].ends_with("/-");
    while let Some(previous) = before.checked_sub(1).filter(|previous| at - previous <= 2 * MAX_MEMBERS) {
        let between = &text[spans[previous].end..spans[before].start];
        if between.contains(['.', '!', '?', ';', ':']) {
            return Vec::new();
        }
        linked |= between.contains(',');
        let word = &text[spans[previous].clone()];
        before = previous;
        if is_link(word) {
            linked = true;
        } else if !is_open_before(text, &spans[previous]) {
            break;
        }
    }
    if before == at || !linked {
        return Vec::new();
    }
    let span = spans[at].start..spans[end - 1].end;
    let meant = |first: &str| Meant { at, word: cased(&[first, &head].concat(), true), span: span.clone() };
    let tied = before.checked_sub(1).is_some_and(|previous| chain_end(text, spans, previous) > before);
    if tied {
        // SPD-Minister und -Abgeordnete
        return vec![meant(&text[spans[before - 1].clone()])];
    }
    let word = &text[spans[before].clone()];
    let folded = fold(word);
    let parts = splitter.split(&folded, word.starts_with(char::is_uppercase));
    parts.iter().skip(1).map(|part| meant(&folded[..part.start])).collect()
}

/// The word in small letters, with a capital if it is a noun.
fn cased(word: &str, noun: bool) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter();
    let rest = chars.flat_map(char::to_lowercase);
    if noun {
        first.flat_map(char::to_uppercase).chain(rest).collect()
    } else {
        first.flat_map(char::to_lowercase).chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let spans: Vec<_> = words(text).collect();
        let found: Vec<String> =
            meant(text, &spans, &Splitter::default()).into_iter().map(|meant| fold(&meant.word)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn suspended_compounds_are_completed() {
        check("Waffen- und Munitionslieferungen", &["waffenlieferungen"]);
        check("die Ein- und Ausreise", &["einreise"]);
        check("Nord- und Südkorea", &["nordkorea"]);
        check("Nord-\nund Südkorea", &["nordkorea"]);
        check("Haupt-, Neben- und Sonderausgaben", &["hauptausgaben", "nebenausgaben"]);
        check("be- und entladen", &["beladen"]);
        check("Textilhersteller und -händler", &["textilhändler"]);
        check("CDU- und SPD-Politiker", &["cdupolitiker", "spdpolitiker"]);
        check("Bürger:innen- und Verbändebeteiligung", &["bürgerbeteiligung", "bürgerinnenbeteiligung"]);
        check("Schul- sowie Straßenbau", &["schulbau"]);
        check("Schul- bzw. Straßenbau", &["schulbau"]);
        check("Öl- & Gaspreise", &["ölpreise"]);
    }

    #[test]
    fn gendered_first_parts_have_the_usual_compound() {
        check("die Leser:innenbriefe", &["leserbriefe"]);
        check("Patient*innenvertretung", &["patientvertretung", "patientenvertretung"]);
    }

    #[test]
    fn hyphenated_compounds_are_also_one_word() {
        check("ein U-Boot", &["uboot"]);
        check("Kim Jong-un", &["jongun"]);
        check("die dpa-Meldung", &["dpameldung"]);
    }

    #[test]
    fn dashes_and_ends_of_lines_complete_nothing() {
        check("Berlin - und dann Hausbau", &[]);
        check("Waffen- . Und Hausbau", &[]);
        check("der Waffen- Hausbau", &[]);
        check("Waffen-", &[]);
    }
}
