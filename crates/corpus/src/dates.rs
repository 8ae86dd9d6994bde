//! Publication dates as metadata, pages, addresses and file names write them.
//!
//! A date is believed only if it lies between 1600 and the day of reading, and is not the zero of a clock
//! (1970-01-01, 0001-01-01). Words such as "gestern" are never dates.

use findbuch_article::{Date, DateFrom, Dated, month_of_name};
use jiff::civil;

/// Days after the day of reading that a date may lie, for time zones.
const TOLERANCE_DAYS: i64 = 1;

/// The date in a field made for it: ISO 8601, RFC 2822, German or English words, seconds or milliseconds since 1970.
#[must_use]
pub fn parse(text: &str, today: civil::Date) -> Option<Date> {
    let text = text.trim();
    let date = midnight(text)
        .or_else(|| text.parse::<Date>().ok())
        .or_else(|| rfc2822(text))
        .or_else(|| epoch(text))
        .or_else(|| start_of_iso(text))
        .or_else(|| in_words(text))?;
    believable(date, today)
}

/// A day of Central Europe that a script has written as the moment of its midnight in UTC: `2022-11-06T23:00:00.000Z` is the
/// 7th. The hour is 23 in winter and 22 in summer, either in the months when clocks change.
fn midnight(text: &str) -> Option<Date> {
    let (day, clock) = text.split_once('T')?;
    let day: civil::Date = day.parse().ok()?;
    let months = match clock {
        "23:00:00.000Z" => [10, 11, 12, 1, 2, 3].as_slice(),
        "22:00:00.000Z" => &[3, 4, 5, 6, 7, 8, 9, 10],
        _ => return None,
    };
    if months.contains(&day.month()) { day.tomorrow().ok().map(Date::day) } else { None }
}

/// A moment whose seconds go on otherwise than ISO 8601 has them: `2022-01-10T22:06:08:684Z`.
fn start_of_iso(text: &str) -> Option<Date> {
    let (moment, rest) = text.split_at_checked("2022-01-10T22:06:08".len())?;
    let zone = if rest.ends_with('Z') { "Z" } else { "" };
    format!("{moment}{zone}").parse().ok()
}

/// A date that can be one of publication, else nothing.
#[must_use]
pub fn believable(date: Date, today: civil::Date) -> Option<Date> {
    let zero = date.day == civil::date(1970, 1, 1);
    let ahead = i64::from((date.day - today).get_days());
    (date.day.year() >= 1600 && !zero && ahead <= TOLERANCE_DAYS).then_some(date)
}

/// The first date that is believed, in the order metadata, text, address, file name.
#[must_use]
pub fn choose(
    metadata: &[String],
    text: Option<&str>,
    url: Option<&str>,
    path: &str,
    today: civil::Date,
) -> Option<Dated> {
    let dated = |value, from| Dated { value, from };
    metadata
        .iter()
        .find_map(|field| parse(field, today))
        .map(|date| dated(date, DateFrom::Metadata))
        .or_else(|| text.and_then(|line| parse(line, today)).map(|date| dated(date, DateFrom::Text)))
        .or_else(|| url.and_then(|url| in_path(url, today)).map(|date| dated(date, DateFrom::Url)))
        .or_else(|| in_path(path, today).map(|date| dated(date, DateFrom::FileName)))
}

/// `Sun, 07 Apr 2024 21:00:00 +0200`
fn rfc2822(text: &str) -> Option<Date> {
    let rest = text.split_once(", ").map_or(text, |(_, rest)| rest);
    let mut fields = rest.split_whitespace();
    let day: i8 = fields.next()?.parse().ok()?;
    let month = month(fields.next()?)?;
    let year: i16 = fields.next()?.parse().ok()?;
    let clock = fields.next()?;
    let zone = match fields.next().unwrap_or("") {
        "GMT" | "UT" | "UTC" => "Z",
        "CET" | "MEZ" => "+01:00",
        "CEST" | "MESZ" => "+02:00",
        zone => zone,
    };
    format!("{year:04}-{month:02}-{day:02}T{clock}{zone}").parse().ok()
}

/// Whole seconds or milliseconds since 1970, as content management systems write them.
fn epoch(text: &str) -> Option<Date> {
    let digits = text.len();
    let number: i64 = text.parse().ok().filter(|_| digits >= 9)?;
    let seconds = if digits >= 12 { number / 1000 } else { number };
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    let day = civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    let second = seconds.rem_euclid(86_400);
    let part = |value: i64| i8::try_from(value).ok();
    let time = civil::Time::new(part(second / 3600)?, part(second / 60 % 60)?, part(second % 60)?, 0).ok()?;
    Some(Date { day, time: Some(time), offset: Some(0) })
}

/// `12. September 2023, 14:05 Uhr`, `12.09.2023`, `12.9.23`, `2023/09/12`, `September 12, 2023`; words before and
/// after are skipped, and the first date counts.
fn in_words(text: &str) -> Option<Date> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '–' | '—'))
        .filter(|w| !w.is_empty())
        .collect();
    (0..words.len()).find_map(|at| {
        let (day, used) = day_at(&words[at..])?;
        let time = words[at + used..]
            .iter()
            .take(3)
            .take_while(|word| numeric_day(word).is_none())
            .find_map(|word| clock(word));
        Some(Date { day, time, offset: None })
    })
}

/// A day at the start of `words`, and how many words it takes.
fn day_at(words: &[&str]) -> Option<(civil::Date, usize)> {
    if let Some(day) = numeric_day(words[0]) {
        return Some((day, 1));
    }
    let number = |word: &str| word.trim_end_matches(['.', ',', ':']).parse::<i16>().ok();
    let year = |word: &&str| number(word).filter(|y| (1600..=2200).contains(y));
    let (first, second, third) = (words[0], words.get(1)?, words.get(2)?);
    let (day, month) = match (number(first), month(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (number(second)?, month(first)?),
    };
    civil::Date::new(year(third)?, month, i8::try_from(day).ok()?).ok().map(|day| (day, 3))
}

/// `12.09.2023`, `12.9.23`, `2023-09-12`, `2023/09/12`
fn numeric_day(word: &str) -> Option<civil::Date> {
    let word = word.trim_end_matches(['.', ':', ';']);
    let separator = ['.', '-', '/'].into_iter().find(|&s| word.contains(s))?;
    let fields: Vec<i16> = word.split(separator).map(|f| f.parse().ok()).collect::<Option<_>>()?;
    let &[a, b, c] = fields.as_slice() else { return None };
    let (year, month, day) = match separator {
        '.' => (if c < 100 && word.len() <= 8 { c + if c < 70 { 2000 } else { 1900 } } else { c }, b, a),
        _ => (a, b, c),
    };
    let day = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (day.year() >= 1600).then_some(day)
}

/// `14:05`; `14.05` reads like a number, and is left alone even before "Uhr".
fn clock(word: &str) -> Option<civil::Time> {
    let (hour, minute) = word.trim_end_matches("Uhr").split_once(':')?;
    civil::Time::new(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0, 0).ok()
}

/// The number of a month by its name, whatever marks stand round it.
#[must_use]
pub fn month(word: &str) -> Option<i8> {
    month_of_name(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// A day in an address or path: `/2023/09/12/`, `2023-09-12`, `20230912`; the last one counts.
#[must_use]
pub fn in_path(path: &str, today: civil::Date) -> Option<Date> {
    let bytes = path.as_bytes();
    (0..bytes.len())
        .rev()
        .filter(|&at| bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit()))
        .find_map(|at| believable(Date::day(path_day(&path[at..]).or_else(|| day_first(&path[at..]))?), today))
}

/// A day at the very start of `text` as it is said in German, year last: `29-10-2021`.
fn day_first(text: &str) -> Option<civil::Date> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '_' | '.')).unwrap_or(text.len());
    let separator = *text.as_bytes().get(2)?;
    let stated = text.get(..10).filter(|_| (10..=11).contains(&end) && matches!(separator, b'-' | b'_' | b'.'))?;
    let mut fields = stated.split(char::from(separator));
    let (day, month, year) = (fields.next()?, fields.next()?, fields.next()?);
    let whole = month.len() == 2 && year.len() == 4 && fields.next().is_none();
    let year = year.parse().ok().filter(|year| whole && (1600..=2200).contains(year))?;
    civil::Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day at the very start of `text`: four digits of year, two of month, two of day, one separator or none.
fn path_day(text: &str) -> Option<civil::Date> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).filter(|t| t.bytes().all(|b| b.is_ascii_digit())).and_then(|t| t.parse::<i16>().ok())
    };
    let separator = *text.as_bytes().get(4)?;
    let (month, day, end) = if matches!(separator, b'-' | b'/' | b'_' | b'.') {
        if *text.as_bytes().get(7)? != separator {
            return None;
        }
        (digits(5..7)?, digits(8..10)?, 10)
    } else {
        (digits(4..6)?, digits(6..8)?, 8)
    };
    if text.as_bytes().get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let year = digits(0..4).filter(|y| (1600..=2200).contains(y))?;
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: civil::Date = civil::date(2026, 11, 24);

    #[test]
    fn dates_are_read_as_newsrooms_write_them() {
        for (text, expected) in [
            ("2023-09-12T10:14:00+02:00", "2023-09-12T10:14:00+02:00"),
            ("Sun, 07 Apr 2024 21:00:00 +0200", "2024-04-07T21:00:00+02:00"),
            ("Mon, 1 Jan 2024 00:30:00 GMT", "2024-01-01T00:30:00Z"),
            ("Sun, 08 Dec 2024 12:00:00 +0100", "2024-12-08T12:00:00+01:00"),
            ("1694506440", "2023-09-12T08:14:00Z"),
            ("1694506440000", "2023-09-12T08:14:00Z"),
            ("12. September 2023, 14:05 Uhr", "2023-09-12T14:05:00"),
            ("Stand: 12.09.2023, 14:05 Uhr", "2023-09-12T14:05:00"),
            ("Erstellt: 14.05.2024 Aktualisiert: 15.05.2024, 10:12 Uhr", "2024-05-14"),
            ("Dienstag, 12. Sept. 2023", "2023-09-12"),
            ("3. Jänner 2019", "2019-01-03"),
            ("1. März 1995", "1995-03-01"),
            ("12. Mär 2023", "2023-03-12"),
            ("12. Mär. 2023, 10:14 Uhr", "2023-03-12T10:14:00"),
            ("1. Ma\u{308}rz: 1995", "1995-03-01"),
            ("12.9.23", "2023-09-12"),
            ("4.5.98", "1998-05-04"),
            ("September 12, 2023", "2023-09-12"),
            ("2023/09/12", "2023-09-12"),
            ("2022-11-06T23:00:00.000Z", "2022-11-07"),
            ("2022-06-30T22:00:00.000Z", "2022-07-01"),
            ("2022-06-30T23:00:00.000Z", "2022-06-30T23:00:00Z"),
            ("2022-11-06T23:00:00Z", "2022-11-06T23:00:00Z"),
            ("2022-01-10T22:06:08:684Z", "2022-01-10T22:06:08Z"),
        ] {
            assert_eq!(parse(text, TODAY).map(|d| d.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_of_publication_is_none() {
        for text in
            ["", "gestern", "1970-01-01T00:00:00Z", "2031-01-01", "0001-01-01", "31.02.2020", "15.000", "0", "12"]
        {
            assert_eq!(parse(text, TODAY), None, "{text}");
        }
    }

    #[test]
    fn addresses_and_file_names_tell_a_day() {
        for (path, expected) in [
            ("https://warte.example/politik/2023/09/12/gipfel.html", Some("2023-09-12")),
            ("archiv/1994-03-17-schiffahrt.txt", Some("1994-03-17")),
            ("export_20230912_17.json", Some("2023-09-12")),
            ("2020-01-01/2023-09-12.txt", Some("2023-09-12")),
            ("https://warte.example/meldungen/29-10-2021", Some("2021-10-29")),
            ("seite_17.03.1994.txt", Some("1994-03-17")),
            ("seite-17-03-19941.txt", None),
            ("https://warte.example/artikel-19639318.html", None),
            ("20231399.txt", None),
            ("2023-09/x.txt", None),
        ] {
            assert_eq!(in_path(path, TODAY).map(|d| d.to_string()).as_deref(), expected, "{path}");
        }
    }
}
