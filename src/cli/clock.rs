//! Today and now, in UTC, and the days that are counted from them.

use findbuch_query::lang::Lang;
use findbuch_query::{DateRange, Query};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// The moment, RFC 3339 with whole seconds.
pub fn timestamp() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The days that a date of the command line means.
///
/// # Errors
/// When it is none.
pub fn days(date: &str, lang: Lang) -> anyhow::Result<DateRange> {
    Query::days(date, today()).ok_or_else(|| {
        let (german, english) = (
            format!("{date} ist kein Datum; schreiben Sie 2024, 2024-05, 2024-05-12, gestern oder \"Mai 2024\""),
            format!("{date} is no date; write 2024, 2024-05, 2024-05-12, yesterday or \"May 2024\""),
        );
        anyhow::anyhow!("{}", lang.pick(german, english))
    })
}
