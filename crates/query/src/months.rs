//! Dates with the name of a month: `Mai 2024`, `12. Mai 2024`, `May 12, 2024`.

use findbuch_article::month_of_name;
use jiff::civil::Date;

/// First and last day of a month or day that is named so; its words apart by spaces, hyphens, points or commas.
pub fn period(text: &str) -> Option<(Date, Date)> {
    match words(text).as_slice() {
        [month, year] => {
            let first = Date::new(number(year, 4)?, month_of_name(month)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        [first, second, year] => {
            let (day, month) =
                month_of_name(second).map(|month| (first, month)).or_else(|| Some((second, month_of_name(first)?)))?;
            let day = number(day, 1).or_else(|| number(day, 2))?;
            let day = Date::new(number(year, 4)?, month, i8::try_from(day).ok()?).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}

/// Whether a month or a day of it is named without a year.
pub fn lacks_year(text: &str) -> bool {
    let is_day = |day: &str| number(day, 1).or_else(|| number(day, 2)).is_some_and(|day| (1..=31).contains(&day));
    match words(text).as_slice() {
        [month] => month_of_name(month).is_some(),
        [first, second] => {
            (is_day(first) && month_of_name(second).is_some()) || (month_of_name(first).is_some() && is_day(second))
        }
        _ => false,
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split([' ', '\u{a0}', '-', '_', '.', ',']).filter(|word| !word.is_empty()).collect()
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
            ("12. Mär. 2023", day(date(2023, 3, 12))),
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
