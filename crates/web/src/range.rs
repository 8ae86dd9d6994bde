//! Which bytes of a file are asked for: one range of `Range` (RFC 9110, 14). Of several ranges, and of units other than bytes, the whole is
//! sent, as the standard allows.

use axum::http::{HeaderMap, header};
use std::ops::Range;

/// What is asked for of so many bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All.
    Whole,
    /// These, of which there is at least one.
    Part(Range<u64>),
    /// None that there are.
    Beyond,
}

/// The range that headers ask for. With `If-Range` the whole is sent: files have no validator that outlasts a change.
pub fn wanted(headers: &HeaderMap, length: u64) -> Wanted {
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    match asked.filter(|_| !headers.contains_key(header::IF_RANGE)).and_then(bounds) {
        None => Wanted::Whole,
        Some((Some(first), _)) if first >= length => Wanted::Beyond,
        Some((Some(first), last)) => {
            Wanted::Part(first..last.map_or(length, |last| length.min(last.saturating_add(1))))
        }
        Some((None, Some(last))) if last == 0 || length == 0 => Wanted::Beyond,
        Some((None, last)) => Wanted::Part(length.saturating_sub(last.unwrap_or(length))..length),
    }
}

/// `bytes=FIRST-LAST`, `bytes=FIRST-`, or of the last bytes `bytes=-LENGTH`.
fn bounds(value: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, range) = value.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // a number that is too large is beyond every file
        if digits { Some(Some(text.parse().unwrap_or(u64::MAX))) } else { text.is_empty().then_some(None) }
    };
    let (first, last) = (number(first)?, number(last)?);
    let in_order = first.zip(last).is_none_or(|(first, last)| first <= last);
    (unit.eq_ignore_ascii_case("bytes") && in_order && (first.is_some() || last.is_some())).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_of_bytes_is_read() {
        let check = |value: &str, expected: Wanted| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, value.parse().expect("a value"));
            assert_eq!(wanted(&headers, 100), expected, "{value}");
            headers.insert(header::IF_RANGE, "\"a\"".parse().expect("a value"));
            assert_eq!(wanted(&headers, 100), Wanted::Whole, "{value}");
        };
        check("bytes=0-0", Wanted::Part(0..1));
        check("Bytes=10-19", Wanted::Part(10..20));
        check("bytes=90-", Wanted::Part(90..100));
        check("bytes=90-1000", Wanted::Part(90..100));
        check("bytes=-5", Wanted::Part(95..100));
        check("bytes=-1000", Wanted::Part(0..100));
        check("bytes=0-99999999999999999999", Wanted::Part(0..100));
        check("bytes=100-", Wanted::Beyond);
        check("bytes=99999999999999999999-", Wanted::Beyond);
        check("bytes=-0", Wanted::Beyond);
        for whole in ["bytes=5-4", "bytes=-", "bytes=0-1,5-6", "bytes=a-b", "bytes=+1-2", "lines=0-1", "0-1", "bytes"] {
            check(whole, Wanted::Whole);
        }
        assert_eq!(wanted(&HeaderMap::new(), 0), Wanted::Whole);
    }
}
