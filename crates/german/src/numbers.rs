//! Numbers that are one thing with what stands beside them: *7. Oktober 2024* is *7.10.2024*, and *A 7* is *A7*.

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

/// The dates and the letters with numbers in `text`, whose words are `spans`: of a date the whole in figures, if it has a year, and
/// day and month.
pub fn implied_numbers(text: &str, spans: &[Range<usize>]) -> Vec<ImpliedWord> {
    let mut found = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        let word = &text[span.clone()];
        match word.as_bytes() {
            [letter, rest @ ..] if letter.is_ascii_uppercase() && rest.is_empty() => {
                found.extend(lettered(text, spans, at));
            }
            [digit, ..] if digit.is_ascii_digit() => dated(text, spans, at, &mut found),
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
    fn other_numbers_are_no_dates() {
        for text in ["40. Oktober", "7 vs. Wild", "7.10", "1.000.000", "2024", "7. Etage", "7.13.2024"] {
            check(text, &[]);
        }
    }
}
