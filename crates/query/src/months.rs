//! Dates with the name of a month: `Mai 2024`, `12. Mai 2024`, `May 12, 2024`.

use jiff::civil::Date;

/// Names of months and their abbreviations, German, Austrian and English.
const MONTHS: &[(&str, i8)] = &[
    ("januar", 1),
    ("jänner", 1),
    ("january", 1),
    ("jan", 1),
    ("februar", 2),
    ("feber", 2),
    ("february", 2),
    ("feb", 2),
    ("märz", 3),
    ("maerz", 3),
    ("march", 3),
    ("mär", 3),
    ("mrz", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("juni", 6),
    ("june", 6),
    ("jun", 6),
    ("juli", 7),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("oktober", 10),
    ("october", 10),
    ("okt", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("dezember", 12),
    ("december", 12),
    ("dez", 12),
    ("dec", 12),
];

/// First and last day of a month or day that is named so; its words apart by spaces, hyphens, points or commas.
pub fn period(text: &str) -> Option<(Date, Date)> {
    let lower = text.to_lowercase();
    match words(&lower).as_slice() {
        [month, year] => {
            let first = Date::new(number(year, 4)?, of_name(month)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        [first, second, year] => {
            let (day, month) =
                of_name(second).map(|month| (first, month)).or_else(|| Some((second, of_name(first)?)))?;
            let day = number(day, 1).or_else(|| number(day, 2))?;
            let day = Date::new(number(year, 4)?, month, i8::try_from(day).ok()?).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}

/// Whether a month or a day of it is named without a year.
pub fn lacks_year(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_day = |day: &str| number(day, 1).or_else(|| number(day, 2)).is_some_and(|day| (1..=31).contains(&day));
    match words(&lower).as_slice() {
        [month] => of_name(month).is_some(),
        [first, second] => (is_day(first) && of_name(second).is_some()) || (of_name(first).is_some() && is_day(second)),
        _ => false,
    }
}

fn words(lower: &str) -> Vec<&str> {
    lower.split([' ', '\u{a0}', '-', '_', '.', ',']).filter(|word| !word.is_empty()).collect()
}

fn of_name(word: &str) -> Option<i8> {
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

/// A number of so many digits.
fn number(word: &str, digits: usize) -> Option<i16> {
    let all = word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_are_known_by_name() {
        let day = |day| Some((day, day));
        for (text, expected) in [
            ("Mai 2024", Some((date(2024, 5, 1), date(2024, 5, 31)))),
            ("FEBRUAR 2024", Some((date(2024, 2, 1), date(2024, 2, 29)))),
            ("mai-2024", Some((date(2024, 5, 1), date(2024, 5, 31)))),
            ("Dez. 1999", Some((date(1999, 12, 1), date(1999, 12, 31)))),
            ("12. Mai 2024", day(date(2024, 5, 12))),
            ("3.Jänner 2019", day(date(2019, 1, 3))),
            ("May 12, 2024", day(date(2024, 5, 12))),
            ("12 March 2024", day(date(2024, 3, 12))),
            ("31. April 2024", None),
            ("Mai 24", None),
            ("Maie 2024", None),
            ("Mai", None),
            ("", None),
        ] {
            assert_eq!(period(text), expected, "{text}");
        }
        for (text, lacks) in [("Mai", true), ("12. Mai", true), ("May 12", true), ("Mai 2024", false), ("12", false)] {
            assert_eq!(lacks_year(text), lacks, "{text}");
        }
    }
}
