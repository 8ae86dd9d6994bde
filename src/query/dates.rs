//! Dates in queries: a year, a month, a day, a range of them; days counted from today are in [`relative`].

use super::{Fault, relative};
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
    let period = |text: &str| period(text).or_else(|| relative::period(text, today));
    let text = text.trim();
    let range = match text.split_once("..") {
        Some((from, until)) if bound == Bound::Within => {
            let side =
                |text: &str| if text.is_empty() { Ok(None) } else { period(text).map(Some).ok_or(Fault::BadDate) };
            let (from, until) = (side(from)?, side(until)?);
            if from.is_none() && until.is_none() {
                return Err(Fault::BadDate);
            }
            DateRange { from: from.map(|p| p.0), until: until.map(|p| p.1) }
        }
        _ => {
            let (first, last) = period(text).ok_or(Fault::BadDate)?;
            DateRange { from: (bound != Bound::Until).then_some(first), until: (bound != Bound::Since).then_some(last) }
        }
    };
    match (range.from, range.until) {
        (Some(from), Some(until)) if from > until => Err(Fault::BackwardDates),
        _ => Ok(range),
    }
}

/// First and last day of `2023`, `2023-09`, `2023-09-12`, `12.9.2023`, `9.2023`.
fn period(text: &str) -> Option<(civil::Date, civil::Date)> {
    let german = text.contains('.');
    let mut fields: Vec<&str> = text.split(if german { '.' } else { '-' }).collect();
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
