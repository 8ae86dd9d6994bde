//! Dates in queries: a year, a month, a day, a range of them. [`relative`] has days counted from today, [`months`] the names of months.

use crate::error::Fault;
use crate::tree::{DateRange, Span};
use crate::{months, relative};
use jiff::civil;

/// Which end of a range a date field sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `date:`
    Within,
    /// `since:`
    Since,
    /// `until:`
    Until,
}

/// The range that the value of a date field means on the day `today`.
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

/// The fault of a date typed without quotation marks that is none by itself, and its place: together with the words that follow it may
/// be a date, which then lacks its quotation marks.
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

/// The end of a date typed without quotation marks that goes on with `..` behind a space.
pub fn goes_on(text: &str, value: &Span, bound: Bound, today: civil::Date) -> Option<usize> {
    let behind = text.get(value.end..)?.trim_start();
    let is_date = |end: &usize| text.get(value.start..*end).is_some_and(|text| parse(text, bound, today).is_ok());
    ends_of_words(text, value.end).into_iter().rev().filter(|_| behind.starts_with("..")).find(is_date)
}

/// The ends of the next words, as many as a date may go on for: 1. Mai 2024 .. 3. Juni 2024
fn ends_of_words(text: &str, from: usize) -> Vec<usize> {
    const MOST: usize = 6;
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

/// First and last day of a date in any of its forms.
fn period_in_any_form(text: &str, today: civil::Date) -> Result<(civil::Date, civil::Date), Fault> {
    let found = period(text).or_else(|| months::period(text)).or_else(|| relative::period(text, today));
    found.ok_or_else(|| match text {
        _ if months::lacks_year(text) => Fault::MissingYear,
        _ if relative::lacks_number(text) => Fault::MissingNumber,
        _ => Fault::BadDate,
    })
}

/// The end of a range, completed by the year, or year and month, of its beginning: `06` in `2024-05..06`.
fn completed(from: &str, until: &str) -> Option<String> {
    let (from, until) = (from.trim(), until.trim());
    let short = |field: &str| matches!(field.len(), 1 | 2) && field.bytes().all(|byte| byte.is_ascii_digit());
    let kept = from.split('-').count().checked_sub(until.split('-').count()).filter(|kept| *kept > 0)?;
    let beginning: Vec<&str> = from.split('-').take(kept).collect();
    until.split('-').all(short).then(|| format!("{}-{until}", beginning.join("-")))
}

/// First and last day of a date in digits: `2023`, `2023-09`, `2023-09-12`, `12.9.2023`, `9.2023`, `9/2023`. Of three numbers between
/// slashes it is not certain which is the month.
fn period(text: &str) -> Option<(civil::Date, civil::Date)> {
    let separator = ['.', '/'].into_iter().find(|separator| text.contains(*separator)).unwrap_or('-');
    let mut fields: Vec<&str> = text.split(separator).map(str::trim).collect();
    if separator == '/' && fields.len() != 2 {
        return None;
    }
    if separator != '-' {
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
