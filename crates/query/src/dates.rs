//! Dates in queries: a year, a month, a day, a range of them; days counted from today are in [`relative`], names of months
//! in [`months`].

use super::{Fault, Span, months, relative};
use jiff::civil;
use std::fmt;

/// Days from and until which an article was published, both included; none is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    /// First day.
    pub from: Option<civil::Date>,
    /// Last day.
    pub until: Option<civil::Date>,
}

/// How a date restricts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `date:`
    Within,
    /// `since:`
    Since,
    /// `until:`
    Until,
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        if let Some(until) = self.until {
            write!(f, "{until}")?;
        }
        Ok(())
    }
}

/// Reads the value of a date field on the day `today`.
pub fn parse(text: &str, bound: Bound, today: civil::Date) -> Result<DateRange, Fault> {
    let period = |text: &str| period_in_any_form(text.trim(), today);
    let range = match text.trim().split_once("..") {
        Some((from, until)) if bound == Bound::Within => {
            let side = |text: &str| if text.is_empty() { Ok(None) } else { period(text).map(Some) };
            let whole = completed(from, until);
            let (from, until) = (side(from)?, side(whole.as_deref().unwrap_or(until))?);
            if from.is_none() && until.is_none() {
                return Err(Fault::BadDate);
            }
            DateRange { from: from.map(|p| p.0), until: until.map(|p| p.1) }
        }
        _ => {
            let (first, last) = period(text)?;
            DateRange { from: (bound != Bound::Until).then_some(first), until: (bound != Bound::Since).then_some(last) }
        }
    };
    match (range.from, range.until) {
        (Some(from), Some(until)) if from > until => Err(Fault::BackwardDates),
        _ => Ok(range),
    }
}

/// The fault of a date that was typed without quotation marks and cannot be read, and where it stands: with the words that
/// follow it may be one.
pub fn unquoted(text: &str, field: &Span, value: &Span, bound: Bound, today: civil::Date) -> (Fault, Span) {
    let read = |end: usize| parse(text.get(value.start..end).unwrap_or_default(), bound, today);
    for end in ends_of_words(text, value.end).into_iter().rev() {
        match read(end) {
            Ok(_) => return (Fault::UnquotedDate, field.start..end),
            Err(fault @ (Fault::MissingYear | Fault::MissingNumber)) => return (fault, value.start..end),
            Err(_) => {}
        }
    }
    (read(value.end).err().unwrap_or(Fault::BadDate), value.clone())
}

/// Where a date that was typed without quotation marks ends if it goes on with `..` behind a space.
pub fn goes_on(text: &str, value: &Span, bound: Bound, today: civil::Date) -> Option<usize> {
    let behind = text.get(value.end..)?.trim_start();
    let is_date = |end: &usize| text.get(value.start..*end).is_some_and(|text| parse(text, bound, today).is_ok());
    ends_of_words(text, value.end).into_iter().rev().filter(|_| behind.starts_with("..")).find(is_date)
}

/// Where the next words end, as many as a date goes on for: Mai 2024 .. Juni 2024
fn ends_of_words(text: &str, from: usize) -> Vec<usize> {
    const MOST: usize = 4;
    let mut ends = Vec::new();
    let mut at = from;
    while ends.len() < MOST {
        let rest = text.get(at..).unwrap_or_default();
        let word = rest.trim_start();
        let length = word.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(word.len());
        if length == 0 || word.len() == rest.len() {
            break;
        }
        at += rest.len() - word.len() + length;
        ends.push(at);
    }
    ends
}

fn period_in_any_form(text: &str, today: civil::Date) -> Result<(civil::Date, civil::Date), Fault> {
    let found = period(text).or_else(|| months::period(text)).or_else(|| relative::period(text, today));
    found.ok_or_else(|| match text {
        _ if months::lacks_year(text) => Fault::MissingYear,
        _ if relative::lacks_number(text) => Fault::MissingNumber,
        _ => Fault::BadDate,
    })
}

/// The end of a range with the year, or year and month, of its beginning: `06` of `2024-05..06`.
fn completed(from: &str, until: &str) -> Option<String> {
    let (from, until) = (from.trim(), until.trim());
    let short = |field: &str| matches!(field.len(), 1 | 2) && field.bytes().all(|byte| byte.is_ascii_digit());
    let kept = from.split('-').count().checked_sub(until.split('-').count()).filter(|kept| *kept > 0)?;
    let beginning: Vec<&str> = from.split('-').take(kept).collect();
    until.split('-').all(short).then(|| format!("{}-{until}", beginning.join("-")))
}

/// First and last day of `2023`, `2023-09`, `2023-09-12`, `12.9.2023`, `9.2023`.
fn period(text: &str) -> Option<(civil::Date, civil::Date)> {
    let german = text.contains('.');
    let mut fields: Vec<&str> = text.split(if german { '.' } else { '-' }).map(str::trim).collect();
    if german {
        fields.reverse();
    }
    let number = |at: usize, digits: std::ops::RangeInclusive<usize>| {
        fields
            .get(at)
            .filter(|f| digits.contains(&f.len()) && f.bytes().all(|b| b.is_ascii_digit()))?
            .parse::<i16>()
            .ok()
    };
    let year = number(0, 4..=4)?;
    let small = |at| number(at, 1..=2).and_then(|n| i8::try_from(n).ok());
    match fields.len() {
        1 => Some((civil::Date::new(year, 1, 1).ok()?, civil::Date::new(year, 12, 31).ok()?)),
        2 => {
            let first = civil::Date::new(year, small(1)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        3 => {
            let day = civil::Date::new(year, small(1)?, small(2)?).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}
