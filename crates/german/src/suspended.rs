//! Words that a text implies by its hyphens and gender marks.
//!
//! - Suspended compounds: "Waffen- und Munitionslieferungen" implies Waffenlieferungen, "Textilhersteller und -händler" implies
//!   Textilhändler, "Nord- und Südkorea" implies Nordkorea.
//! - Hyphenated compounds: U-Boot implies Uboot, Nordkorea-Politik implies Nordkoreapolitik.
//! - Gendered first parts: Leser:innenbriefe implies Leserbriefe.

use crate::byte_set::ByteSet;
use crate::compounds::Splitter;
use crate::fold::fold;
use crate::nouns::without_feminine;
use std::ops::Range;

/// A word that a text implies without having it in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpliedWord {
    /// Which of the words of the text implies it.
    pub at: usize,
    /// The word, with a capital if it is a noun.
    pub word: String,
    /// Bytes of the text that imply it.
    pub span: Range<usize>,
}

impl ImpliedWord {
    /// Whether it is a number: a date in figures, an amount, a section of a law.
    #[must_use]
    pub fn is_number(&self) -> bool {
        is_number(&self.word)
    }
}

/// Whether a word begins with a figure, or with the sign of a section.
#[must_use]
pub fn is_number(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_digit() || char == '§')
}

/// Words between the members of a suspended compound.
const LINKS: &[&str] =
    &["und", "oder", "sowie", "bzw", "beziehungsweise", "wie", "als", "auch", "bis", "statt", "noch", "u", "aber"];
/// Most members that are looked through for the one that completes another.
const MAX_MEMBERS: usize = 8;
/// Most words of a hyphenated compound that are joined.
const MAX_CHAIN: usize = 5;

/// Groups of prefixes any of which can take the place of another before the same rest (Ein- und Ausreise).
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

/// Whether a character is a hyphen, plain or typographic.
fn is_hyphen(char: char) -> bool {
    matches!(char, '-' | '\u{2010}' | '\u{2011}')
}

/// Bytes of the longest mark: a hyphen of its own.
const LONGEST_MARK: usize = 3;

/// Bytes that a hyphen or a gender mark begins with: hyphens of their own with E2, as dashes and quotation marks do, and the dot
/// between with C2.
const MARKS: ByteSet = ByteSet::of(b"-:*_").and(0xe2, 0xe2).and(0xc2, 0xc2);

/// Where a text has hyphens and gender marks.
fn marks(text: &str) -> impl Iterator<Item = usize> {
    MARKS.positions(text).filter(|at| text[*at..].starts_with(['-', ':', '*', '_', '\u{2010}', '\u{2011}', '·']))
}

/// Whether a text has a hyphen or a gender mark.
pub fn has_marks(text: &str) -> bool {
    marks(text).next().is_some()
}

/// The words that `text` implies; `spans` are the bytes of its own words.
pub fn implied_words(text: &str, spans: &[Range<usize>], splitter: &Splitter) -> Vec<ImpliedWord> {
    let mut found = Vec::new();
    let mut at = 0;
    for mark in marks(text) {
        at += spans[at..].partition_point(|span| span.end < mark);
        // a mark stands in the word or right beside it
        while at < spans.len() && spans[at].start <= mark + LONGEST_MARK {
            let chain = chain_end(text, spans, at);
            if chain > at + 1 && chain - at <= MAX_CHAIN {
                let joined: String = spans[at..chain].iter().map(|span| &text[span.clone()]).collect();
                let noun = text[spans[chain - 1].clone()].starts_with(char::is_uppercase);
                found.push(ImpliedWord { at, word: cased(&joined, noun), span: spans[at].start..spans[chain - 1].end });
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
    }
    found
}

/// The end of the run of words that hyphens join to the one at `at`.
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

/// The compound without the gender mark: Leserbriefe for `Leser:innenbriefe`, Patientenvertretung for `Patient:innenvertretung`.
fn without_gender(text: &str, span: &Range<usize>, at: usize) -> Vec<ImpliedWord> {
    let word = &text[span.clone()];
    if !word.bytes().any(|byte| matches!(byte, b':' | b'*' | b'_') || !byte.is_ascii()) {
        return Vec::new();
    }
    let Some((before, after)) = word.split_once([':', '*', '·', '_']) else { return Vec::new() };
    let Some(after) = after.strip_prefix("innen").filter(|after| after.len() >= 3) else { return Vec::new() };
    let implied =
        |link: &str| ImpliedWord { at, word: cased(&[before, link, after].concat(), true), span: span.clone() };
    if before.ends_with('t') { vec![implied(""), implied("en")] } else { vec![implied("")] }
}

/// Whether the rest of a compound is missing behind the word, as in `Waffen- und`.
fn is_open_behind(text: &str, span: &Range<usize>) -> bool {
    let mut rest = text[span.end..].chars();
    rest.next().is_some_and(is_hyphen)
        && rest.next().is_some_and(|next| next.is_whitespace() || matches!(next, ',' | '/'))
}

/// Whether the beginning of a compound is missing before the word, as in `und -händler`.
fn is_open_before(text: &str, span: &Range<usize>) -> bool {
    let mut rest = text[..span.start].chars().rev();
    rest.next().is_some_and(is_hyphen) && rest.next().is_some_and(|before| before.is_whitespace() || before == '/')
}

/// Whether a word may stand between the members of a suspended compound.
pub fn is_link(word: &str) -> bool {
    LINKS.contains(&word.to_lowercase().as_str())
}

/// What the word at `at` is with the head of the next member that has no hyphen behind it.
fn completed_by_next(text: &str, spans: &[Range<usize>], at: usize, splitter: &Splitter) -> Vec<ImpliedWord> {
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
        return joined(&spans[at], at, first, &head);
    }
    let word = &text[span.clone()];
    let heads = heads(first, word, splitter);
    heads.into_iter().flat_map(|head| joined(&spans[at], at, first, &head)).collect()
}

/// A first part with its head; also without its feminine ending, as compounds are mostly formed.
fn joined(span: &Range<usize>, at: usize, first: &str, head: &str) -> Vec<ImpliedWord> {
    let noun = first.starts_with(char::is_uppercase) || head.starts_with(char::is_uppercase);
    let implied = |first: &str| ImpliedWord { at, word: cased(&[first, head].concat(), noun), span: span.clone() };
    let folded = fold(first);
    let masculine = without_feminine(&folded);
    if masculine == folded { vec![implied(first)] } else { vec![implied(masculine), implied(first)] }
}

/// The ends of `word` that the first part `first` may share: each run of parts up to its end, or what follows a prefix of the same group.
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

/// What the words from `at` to `end` are with the first parts of the last member that has no hyphen before it.
fn completed_by_previous(
    text: &str,
    spans: &[Range<usize>],
    at: usize,
    end: usize,
    splitter: &Splitter,
) -> Vec<ImpliedWord> {
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
    let implied = |first: &str| ImpliedWord { at, word: cased(&[first, &head].concat(), true), span: span.clone() };
    let tied = before.checked_sub(1).is_some_and(|previous| chain_end(text, spans, previous) > before);
    if tied {
        // SPD-Minister und -Abgeordnete
        return vec![implied(&text[spans[before - 1].clone()])];
    }
    let word = &text[spans[before].clone()];
    let folded = fold(word);
    let parts = splitter.split(&folded, word.starts_with(char::is_uppercase));
    parts.iter().skip(1).map(|part| implied(&folded[..part.start])).collect()
}

/// The word in small letters, with a capital at its start if it is a noun.
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

    #[test]
    fn dates_in_figures_are_numbers() {
        assert!(is_number("7.10.2024") && !is_number("A7") && !is_number("zurücktritt") && !is_number(""));
    }
    use crate::words;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let spans: Vec<_> = words(text).collect();
        let found: Vec<String> =
            implied_words(text, &spans, &Splitter::default()).into_iter().map(|implied| fold(&implied.word)).collect();
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
