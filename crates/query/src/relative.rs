//! Days counted from today: `gestern`, `letzte 30 Tage`, `this year`. Weeks begin on Monday (ISO 8601).

use jiff::ToSpan;
use jiff::civil::Date;

/// Most days, weeks, months or years that can be asked for.
const MAX_COUNT: i32 = 10_000;

/// A unit of the calendar.
#[derive(Clone, Copy)]
enum CalendarUnit {
    Day,
    Week,
    Month,
    Year,
}

/// First and last day of a period in words, which spaces, hyphens or underscores separate.
pub fn period(text: &str, today: Date) -> Option<(Date, Date)> {
    let lower = text.to_lowercase();
    match words(&lower).as_slice() {
        ["heute" | "today"] => Some((today, today)),
        ["gestern" | "yesterday"] => day(today, 1),
        ["vorgestern"] => day(today, 2),
        [which, unit] => {
            let unit = unit_of(unit).filter(|_| !is_plural(unit))?;
            match *which {
                "dieser" | "diese" | "dieses" | "diesen" | "this" => whole(unit, today),
                "letzter" | "letzte" | "letztes" | "letzten" | "voriger" | "vorige" | "voriges" | "vorigen"
                | "last" => whole(unit, before(unit, 1, first(unit, today)?)?),
                _ => None,
            }
        }
        ["letzte" | "letzten" | "last" | "past", count, unit] => {
            let count: i32 = count.parse().ok().filter(|count| (1..=MAX_COUNT).contains(count))?;
            let from = before(unit_of(unit)?, count, today)?;
            Some((from.tomorrow().ok()?, today))
        }
        _ => None,
    }
}

/// Whether a text asks for the last days, weeks, months or years without their number.
pub fn lacks_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = words(&lower);
    matches!(words.as_slice(), ["letzte" | "letzten" | "last" | "past", unit] if unit_of(unit).is_some())
}

fn words(lower: &str) -> Vec<&str> {
    lower.split([' ', '-', '_', '\u{a0}']).filter(|word| !word.is_empty()).collect()
}

/// Whether a unit is plural, so that it needs a number: this week, the last 3 weeks.
fn is_plural(unit: &str) -> bool {
    matches!(unit, "tage" | "days" | "wochen" | "weeks" | "monate" | "months" | "jahre" | "years")
}

fn unit_of(word: &str) -> Option<CalendarUnit> {
    match word {
        "tag" | "tage" | "day" | "days" => Some(CalendarUnit::Day),
        "woche" | "wochen" | "week" | "weeks" => Some(CalendarUnit::Week),
        "monat" | "monate" | "month" | "months" => Some(CalendarUnit::Month),
        "jahr" | "jahre" | "year" | "years" => Some(CalendarUnit::Year),
        _ => None,
    }
}

/// A single day so many days ago.
fn day(today: Date, back: i32) -> Option<(Date, Date)> {
    let day = before(CalendarUnit::Day, back, today)?;
    Some((day, day))
}

/// The day so many units before a date, in the year 1 or later.
fn before(unit: CalendarUnit, count: i32, date: Date) -> Option<Date> {
    let span = match unit {
        CalendarUnit::Day => count.days(),
        CalendarUnit::Week => count.weeks(),
        CalendarUnit::Month => count.months(),
        CalendarUnit::Year => count.years(),
    };
    date.checked_sub(span).ok().filter(|date| date.year() > 0)
}

/// The first day of the week, month or year that has a date.
fn first(unit: CalendarUnit, date: Date) -> Option<Date> {
    match unit {
        CalendarUnit::Day => Some(date),
        CalendarUnit::Week => before(CalendarUnit::Day, i32::from(date.weekday().to_monday_zero_offset()), date),
        CalendarUnit::Month => Some(date.first_of_month()),
        CalendarUnit::Year => Some(date.first_of_year()),
    }
}

/// First and last day of the unit that has a date.
fn whole(unit: CalendarUnit, date: Date) -> Option<(Date, Date)> {
    let first = first(unit, date)?;
    let last = match unit {
        CalendarUnit::Day => first,
        CalendarUnit::Week => first.checked_add(6.days()).ok()?,
        CalendarUnit::Month => first.last_of_month(),
        CalendarUnit::Year => first.last_of_year(),
    };
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_last_days_need_their_number() {
        for text in ["letzte Tage", "letzten Monat", "last-weeks", "past years"] {
            assert!(lacks_number(text), "{text}");
        }
        for text in ["letzte 3 Tage", "diese Woche", "letzte", "letzte Kim", "heute"] {
            assert!(!lacks_number(text), "{text}");
        }
    }

    #[test]
    fn periods_count_from_today() {
        // a Wednesday
        let today = date(2024, 5, 15);
        for (text, from, until) in [
            ("heute", today, today),
            ("Gestern", date(2024, 5, 14), date(2024, 5, 14)),
            ("vorgestern", date(2024, 5, 13), date(2024, 5, 13)),
            ("letzte 30 Tage", date(2024, 4, 16), today),
            ("letzte-30-tage", date(2024, 4, 16), today),
            ("last 7 days", date(2024, 5, 9), today),
            ("letzte 2 Wochen", date(2024, 5, 2), today),
            ("letzte_3_Monate", date(2024, 2, 16), today),
            ("last 1 year", date(2023, 5, 16), today),
            ("diese Woche", date(2024, 5, 13), date(2024, 5, 19)),
            ("letzte Woche", date(2024, 5, 6), date(2024, 5, 12)),
            ("letzter Monat", date(2024, 4, 1), date(2024, 4, 30)),
            ("dieses Jahr", date(2024, 1, 1), date(2024, 12, 31)),
            ("letzte 2023 Jahre", date(1, 5, 16), today),
            ("letzte 10000 Tage", date(1996, 12, 29), today),
            ("diesen Tag", today, today),
            ("letzter Tag", date(2024, 5, 14), date(2024, 5, 14)),
            ("last year", date(2023, 1, 1), date(2023, 12, 31)),
        ] {
            assert_eq!(period(text, today), Some((from, until)), "{text}");
        }
        for wrong in [
            "",
            "morgen",
            "letzte 0 Tage",
            "letzte 99999 Jahre",
            "letzte 5000 Jahre",
            "letzte 2024 Jahre",
            "letzte 10001 Tage",
            "letzte Tage 3",
            "diese",
            "letzte Tage",
            "this weeks",
            "last months",
        ] {
            assert_eq!(period(wrong, today), None, "{wrong}");
        }
    }
}
