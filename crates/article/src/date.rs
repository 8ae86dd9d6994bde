//! The publication date: a civil day, with time and offset where they are known, and where it was found.

use jiff::civil;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A publication date and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The date.
    pub value: Date,
    /// Where it was found.
    pub from: DateFrom,
}

/// Where a publication date was found, the most trustworthy first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFrom {
    /// A field made for it: JSON key, front matter, JSON-LD, meta element.
    Metadata,
    /// A date line in the text.
    Text,
    /// The address of the page (`/2023/09/12/`).
    Url,
    /// The name of the file or of a folder (`2023-09-12-titel.txt`).
    FileName,
}

impl DateFrom {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DateFrom::Metadata => "metadata",
            DateFrom::Text => "text",
            DateFrom::Url => "url",
            DateFrom::FileName => "file_name",
        }
    }
}

/// A civil date, with the time of day and the offset from UTC where they are known. Written in ISO 8601.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    /// The day, as printed: never moved by a time zone.
    pub day: civil::Date,
    /// Time of day.
    pub time: Option<civil::Time>,
    /// Offset from UTC in minutes; none where the source does not say.
    pub offset: Option<i16>,
}

impl Date {
    /// A day without a time.
    #[must_use]
    pub fn day(day: civil::Date) -> Date {
        Date { day, time: None, offset: None }
    }

    /// Seconds since 1970-01-01T00:00Z; a missing time counts as midnight, a missing offset as UTC.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        let days = i64::from((self.day - civil::date(1970, 1, 1)).get_days());
        let time = self.time.unwrap_or(civil::Time::midnight());
        let within = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        days * 86_400 + within - i64::from(self.offset.unwrap_or(0)) * 60
    }

    /// Days since 1970-01-01 of the printed day.
    #[must_use]
    pub fn days(&self) -> i64 {
        i64::from((self.day - civil::date(1970, 1, 1)).get_days())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.day.year(), self.day.month(), self.day.day())?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

/// A text that is no ISO 8601 date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date: write YYYY-MM-DD, with THH:MM:SS+HH:MM where the time is known")]
pub struct DateError(pub String);

impl std::str::FromStr for Date {
    type Err = DateError;

    /// Reads ISO 8601 as it stands in metadata: `2023-09-12`, `2023-09-12T10:14`, `2023-09-12 10:14:00+02:00`, `…Z`.
    fn from_str(text: &str) -> Result<Date, DateError> {
        let fail = || DateError(text.to_owned());
        let (day, rest) = text.trim().split_at_checked(10).ok_or_else(fail)?;
        let day: civil::Date = day.parse().map_err(|_| fail())?;
        let Some(rest) = rest.strip_prefix(['T', 't', ' ']) else {
            return if rest.is_empty() { Ok(Date::day(day)) } else { Err(fail()) };
        };
        let zone = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(zone);
        let time: civil::Time = clock.trim().parse().map_err(|_| fail())?;
        Ok(Date { day, time: Some(time), offset: offset(zone).ok_or_else(fail)? })
    }
}

/// `Z`, `+02:00`, `+0200`, `+02` in minutes; an empty text is no offset.
fn offset(zone: &str) -> Option<Option<i16>> {
    let zone = zone.trim();
    if zone.is_empty() {
        return Some(None);
    }
    if zone.eq_ignore_ascii_case("z") {
        return Some(Some(0));
    }
    let sign: i16 = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i16>().ok()?, 0),
        4 => (digits[..2].parse::<i16>().ok()?, digits[2..].parse::<i16>().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written_alike() {
        for (read, written) in [
            ("2023-09-12", "2023-09-12"),
            ("2023-09-12T10:14", "2023-09-12T10:14:00"),
            ("2023-09-12 10:14:05", "2023-09-12T10:14:05"),
            ("2023-09-12T10:14:05.123Z", "2023-09-12T10:14:05Z"),
            ("2023-09-12T10:14:05+0200", "2023-09-12T10:14:05+02:00"),
            ("2023-09-12T10:14:05-03:30", "2023-09-12T10:14:05-03:30"),
        ] {
            assert_eq!(read.parse::<Date>().map(|d| d.to_string()).as_deref(), Ok(written), "{read}");
        }
        for wrong in ["", "2023", "2023-13-01", "2023-02-30", "12.09.2023", "2023-09-12x", "2023-09-12T25:00"] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn seconds_respect_the_offset() {
        let date: Date = "1970-01-01T02:00:00+02:00".parse().unwrap();
        assert_eq!(date.seconds(), 0);
        assert_eq!(date.days(), 0);
    }
}
