//! The article and its parts, with metadata that says where it comes from. No input or output here.
//!
//! An article is a sequence of parts in reading order. The names are the newsroom's: see [`PartKind`].

use jiff::civil;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One article as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Stable name: the article's own id or URL, else the path below the indexed folder.
    pub id: String,
    /// The file that holds the article, absolute; not valid UTF-8 is shown with replacement characters.
    pub path: String,
    /// Place within a file of several articles: line of a JSONL file or element of an array, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// Parts in reading order.
    pub parts: Vec<Part>,
    /// Names of the authors (Autoren), without "Von".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Publication date, never the clock of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Dated>,
    /// The publication (Quelle): "Norderfehner Bote", "die-warte.example".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The department of the newsroom (Ressort).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The news agency (Agentur), as it signs: "dpa".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The town of the dateline (Ortsmarke).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// Canonical address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When a web archive took the page, RFC 3339; no publication date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// Reading time the page states, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading_minutes: Option<u16>,
    /// ISO 639-1 code, as declared or recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Keywords (Schlagwörter).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

/// A part of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What the part is to the reader.
    pub kind: PartKind,
    /// Its text, NFC, without line breaks.
    pub text: String,
    /// Who is quoted; only with [`PartKind::PullQuote`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// The words stand in another part as well, so that they count once only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
}

/// What a part is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Dachzeile: the word or line above the headline.
    Kicker,
    /// Schlagzeile, Titel.
    Headline,
    /// Unterzeile: the line below the headline.
    Subhead,
    /// Vorspann: the first, summing-up paragraph.
    Lead,
    /// A paragraph of the body (Text).
    Paragraph,
    /// Zwischentitel.
    Crosshead,
    /// Zitat: a sentence set apart to catch the eye.
    PullQuote,
    /// Bildunterschrift, with the picture's credit.
    Caption,
    /// What belongs to the page and not to the article: subscription lines, teasers of other articles.
    Boilerplate,
}

impl PartKind {
    /// Every kind, in the order above.
    pub const ALL: [PartKind; 9] = [
        PartKind::Kicker,
        PartKind::Headline,
        PartKind::Subhead,
        PartKind::Lead,
        PartKind::Paragraph,
        PartKind::Crosshead,
        PartKind::PullQuote,
        PartKind::Caption,
        PartKind::Boilerplate,
    ];

    /// The name of the field that a searcher knows: as [`PartKind::name`], a paragraph being `body`.
    #[must_use]
    pub fn field_name(self) -> &'static str {
        if self == PartKind::Paragraph { "body" } else { self.name() }
    }

    /// The name in JSON and in the index: `headline`, `pull_quote`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PartKind::Kicker => "kicker",
            PartKind::Headline => "headline",
            PartKind::Subhead => "subhead",
            PartKind::Lead => "lead",
            PartKind::Paragraph => "paragraph",
            PartKind::Crosshead => "crosshead",
            PartKind::PullQuote => "pull_quote",
            PartKind::Caption => "caption",
            PartKind::Boilerplate => "boilerplate",
        }
    }
}

impl Part {
    /// A part without attribution.
    pub fn new(kind: PartKind, text: impl Into<String>) -> Part {
        Part { kind, text: text.into(), attribution: None, repeated: false }
    }

    /// Whether its words are searched: page furniture and repetitions are not.
    #[must_use]
    pub fn is_searched(&self) -> bool {
        !self.repeated && self.kind != PartKind::Boilerplate
    }
}

impl Article {
    /// The text of the first part of `kind`.
    #[must_use]
    pub fn first(&self, kind: PartKind) -> Option<&str> {
        self.parts.iter().find(|p| p.kind == kind).map(|p| p.text.as_str())
    }

    /// The headline, or the first words of the text where there is none (at most 80 characters).
    #[must_use]
    pub fn title(&self) -> String {
        if let Some(headline) = self.first(PartKind::Headline) {
            return headline.to_owned();
        }
        let Some(part) = self.parts.iter().find(|p| p.is_searched()) else { return self.id.clone() };
        let mut title = String::new();
        for word in part.text.split_whitespace() {
            if !title.is_empty() && title.chars().count() + word.chars().count() > 78 {
                title.push_str(" …");
                break;
            }
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(word);
        }
        title
    }

    /// Number of words in the searched parts, counted at white space.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.parts.iter().filter(|p| p.is_searched()).map(|p| p.text.split_whitespace().count()).sum()
    }
}

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
        let text_trimmed = text.trim();
        let (day, rest) = text_trimmed.split_at_checked(10).ok_or_else(fail)?;
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
