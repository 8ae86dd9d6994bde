//! Numbers and initials that are one thing with what stands beside them: *7. Oktober 2024* is *7.10.2024*, *A 7* is *A7*, *15.000 €*
//! is *15.000 Euro*, *Paragraf 218* is *§ 218*, and *J. D.* is *JD*.

use crate::fold::fold;
use crate::suspended::ImpliedWord;
use std::ops::Range;

/// Names of months, folded, with how they are abbreviated and what Austria calls them; each with its number.
const MONTHS: &[(&str, u8)] = &[
    ("januar", 1),
    ("jan", 1),
    ("jänner", 1),
    ("februar", 2),
    ("feb", 2),
    ("feber", 2),
    ("märz", 3),
    ("april", 4),
    ("apr", 4),
    ("mai", 5),
    ("juni", 6),
    ("jun", 6),
    ("juli", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("oktober", 10),
    ("okt", 10),
    ("november", 11),
    ("nov", 11),
    ("dezember", 12),
    ("dez", 12),
];

/// Units, each as it is written with a number; the first is the one that stands for all.
const UNITS: &[&[&str]] = &[
    &["euro", "€", "eur", "euros"],
    &["dollar", "$", "dollars"],
    &["franken"],
    &["rubel"],
    &["pfund", "£"],
    &["prozent", "%"],
    &["grad", "°"],
    &["millionen", "million", "mio"],
    &["milliarden", "milliarde", "mrd"],
    &["billionen", "billion"],
    &["millimeter", "mm"],
    &["zentimeter", "cm"],
    &["meter", "metern", "m"],
    &["kilometer", "kilometern", "km"],
    &["quadratmeter", "quadratmetern", "qm", "m²"],
    &["hektar", "ha"],
    &["kilogramm", "kilo", "kg"],
    &["tonnen", "tonne", "t"],
    &["liter", "litern", "l"],
    &["megawatt", "mw"],
    &["gigawatt", "gw"],
    &["kilowattstunden", "kwh"],
];
/// Bytes of the longest unit.
const LONGEST_UNIT: usize = 16;
/// Words for the sign §, folded.
const PARAGRAPH: &[&str] = &["paragraf", "paragrafen", "paragraph", "paragraphen"];
/// Initials of a name at most.
const MAX_INITIALS: usize = 4;

/// The dates, amounts, sections of laws, letters with numbers, and initials in `text`, whose words are `spans`: of a date the whole in
/// figures, if it has a year, and day and month.
pub fn implied_numbers(text: &str, spans: &[Range<usize>]) -> Vec<ImpliedWord> {
    let mut found = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        let word = &text[span.clone()];
        match word.as_bytes() {
            [letter, rest @ ..] if letter.is_ascii_uppercase() && rest.is_empty() => {
                found.extend(lettered(text, spans, at).or_else(|| initials(text, spans, at)));
            }
            [digit, ..] if digit.is_ascii_digit() => {
                dated(text, spans, at, &mut found);
                found.extend(measured(text, spans, at));
                found.extend(section(text, spans, at));
            }
            _ => {}
        }
    }
    found
}

/// A letter and the number behind it: A 7, G 20.
fn lettered(text: &str, spans: &[Range<usize>], at: usize) -> Option<ImpliedWord> {
    let (letter, number) = (&spans[at], spans.get(at + 1)?);
    let digits = &text[number.clone()];
    let joined = &text[letter.end..number.start] == " " && digits.len() <= 3 && all_digits(digits);
    joined.then(|| ImpliedWord { at, word: [&text[letter.clone()], digits].concat(), span: letter.start..number.end })
}

/// Initials with points, with or without spaces between: J.D., J. D.
fn initials(text: &str, spans: &[Range<usize>], at: usize) -> Option<ImpliedWord> {
    let is_initial = |span: &Range<usize>| span.len() == 1 && text.as_bytes()[span.start].is_ascii_uppercase();
    let follows = |pair: &[Range<usize>]| matches!(&text[pair[0].end..pair[1].start], "." | ". " | ".\u{a0}");
    if at > 0 && is_initial(&spans[at - 1]) && follows(&spans[at - 1..=at]) {
        return None;
    }
    let more = spans[at..].windows(2).take_while(|pair| is_initial(&pair[1]) && follows(pair)).count();
    let last = &spans[at + more];
    // the point behind the last may be that of a query, which is none of its word
    let close = spans[at].start + 2 * more + 1 == last.end;
    let whole = (1..MAX_INITIALS).contains(&more) && (text[last.end..].starts_with('.') || close);
    let word = spans[at..=at + more].iter().map(|span| &text[span.clone()]).collect();
    whole.then(|| ImpliedWord { at, word, span: spans[at].start..last.end })
}

/// A number with the unit behind it.
fn measured(text: &str, spans: &[Range<usize>], at: usize) -> Option<ImpliedWord> {
    let number = &spans[at];
    let behind = &text[number.end..];
    let between = behind.chars().next().filter(|char| matches!(char, ' ' | '\u{a0}' | '\u{202f}' | '-'));
    let start = number.end + between.map_or(0, char::len_utf8);
    let sign = text[start..].chars().next()?;
    let end = match spans.get(at + 1).filter(|next| next.start == start) {
        Some(next) => next.end,
        None if matches!(sign, '€' | '$' | '£' | '%' | '°') => start + sign.len_utf8(),
        None => return None,
    };
    if end - start > LONGEST_UNIT {
        return None;
    }
    let written = text[start..end].to_lowercase();
    let unit = UNITS.iter().find(|unit| unit.contains(&written.as_str()))?.first()?;
    Some(ImpliedWord { at, word: [&fold(&text[number.clone()]), *unit].concat(), span: number.start..end })
}

/// A section of a law: § 218a, Paragraf 218a.
fn section(text: &str, spans: &[Range<usize>], at: usize) -> Option<ImpliedWord> {
    let number = &spans[at];
    let digits = text[number.clone()].trim_end_matches(|char: char| char.is_ascii_lowercase());
    if !all_digits(digits) || number.len() > digits.len() + 1 {
        return None;
    }
    let before = text[..number.start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let start = match before.strip_suffix('§') {
        Some(before) => before.len(),
        None => {
            let word = spans.get(at.checked_sub(1)?).filter(|word| word.end == before.len())?;
            let folded = text[word.clone()].to_lowercase();
            PARAGRAPH.contains(&folded.as_str()).then_some(word.start)?
        }
    };
    Some(ImpliedWord { at, word: ["§", &text[number.clone()]].concat(), span: start..number.end })
}

/// Adds what a date at a word implies.
fn dated(text: &str, spans: &[Range<usize>], at: usize, found: &mut Vec<ImpliedWord>) {
    let day = &text[spans[at].clone()];
    let mut add = |word: String, end: usize| found.push(ImpliedWord { at, word, span: spans[at].start..end });
    if let Some((day, rest)) = day.split_once('.') {
        // 7.10.2024: day and month alone
        if let Some((month, year)) = rest.split_once('.')
            && all_digits(year)
            && matches!(year.len(), 2 | 4)
            && let (Some(day), Some(month)) = (number(day, 31), number(month, 12))
        {
            add(format!("{day}.{month}"), spans[at].end);
        }
        return;
    }
    let (Some(day), Some(month)) = (number(day, 31), spans.get(at + 1)) else { return };
    if !matches!(&text[spans[at].end..month.start], ". " | "." | " ") {
        return;
    }
    let Some(name) = month_of(&text[month.clone()]) else { return };
    if let Some(year) = spans.get(at + 2)
        && matches!(&text[month.end..year.start], " " | ". ")
        && year.len() == 4
        && all_digits(&text[year.clone()])
    {
        add(format!("{day}.{name}.{}", &text[year.clone()]), year.end);
    }
    add(format!("{day}.{name}"), month.end);
}

/// The number of a month by its name.
fn month_of(word: &str) -> Option<u8> {
    if !word.starts_with(char::is_uppercase) || word.len() > 10 {
        return None;
    }
    let name = word.to_lowercase();
    MONTHS.iter().find(|(month, _)| *month == name).map(|(_, number)| *number)
}

/// The number in a word of digits, from 1 to `most`.
fn number(word: &str, most: u8) -> Option<u8> {
    all_digits(word).then(|| word.parse().ok()).flatten().filter(|number| (1..=most).contains(number))
}

fn all_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::words;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let spans: Vec<_> = words(text).collect();
        let found = implied_numbers(text, &spans);
        assert_eq!(found.iter().map(|implied| implied.word.as_str()).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn dates_in_words_and_in_figures_meet() {
        check("Am 7. Oktober 2024 begann es.", &["7.10.2024", "7.10"]);
        check("Am 7. Oktober begann es.", &["7.10"]);
        check("vom 07.10.2024", &["7.10"]);
        check("12. Sept. 2023", &["12.9.2023", "12.9"]);
        check("3 Mai", &["3.5"]);
    }

    #[test]
    fn letters_take_the_number_behind_them() {
        check("Die A 7 bei Fulda, der G 20", &["A7", "G20"]);
        check("Plan A. 7 kamen", &[]);
    }

    #[test]
    fn numbers_take_their_units() {
        check("15.000 Euro", &["15000euro"]);
        check("15 000 €, 20% und 3,5\u{a0}Prozent", &["15000euro", "20prozent", "3,5prozent"]);
        check("Das 152-mm-Geschoss und 152mm", &["152millimeter", "152millimeter"]);
        check("3 Mio. Tote", &["3millionen"]);
    }

    #[test]
    fn sections_of_laws_take_their_sign() {
        check("Nach § 218a und §219", &["§218a", "§219"]);
        check("der Paragraf 218", &["§218"]);
        check("die Paragrafen. 218 kamen", &[]);
    }

    #[test]
    fn initials_are_one_word() {
        check("J.D. Vance und J. D. Vance", &["JD", "JD"]);
        check("U.S.A.", &["USA"]);
        check("J.D", &["JD"]);
        check("Plan B. Es kam", &[]);
        check("Johann S. Bach, A. B", &[]);
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in ["40. Oktober", "7 vs. Wild", "7.10", "1.000.000", "2024", "7. Etage", "7.13.2024"] {
            check(text, &[]);
        }
    }
}
