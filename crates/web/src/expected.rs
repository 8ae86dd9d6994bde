//! What a parameter may be, in the reader's language.

use findbuch_query::lang::Lang;

/// What a parameter may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Some of these words, with commas between them.
    SomeOf(&'static [&'static str]),
    /// A number, not less than the first and not more than the second.
    Number(usize, usize),
    /// A year, a month or a day.
    Date,
    /// A facet and a value of it.
    FacetValue,
    /// Text of no more bytes.
    Bytes(usize),
    /// Given no more than so many times.
    Times(usize),
}

/// What a parameter that is on or off may be.
pub const SWITCH: Expected = Expected::OneOf(&["1", "0"]);

/// A parameter that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadParameter {
    /// Its name.
    pub name: String,
    /// What it may be; nothing if there is no such parameter.
    pub expected: Option<Expected>,
}

impl BadParameter {
    /// A parameter that exists, with another value than it may have.
    #[must_use]
    pub fn of(name: &str, expected: Expected) -> BadParameter {
        BadParameter { name: name.to_owned(), expected: Some(expected) }
    }
}

impl Expected {
    /// The end of a sentence that begins with the parameter's name.
    #[must_use]
    pub fn localise(self, lang: Lang) -> String {
        match self {
            Expected::OneOf(words) => {
                let (last, others) = words.split_last().unwrap_or((&"", &[]));
                let others = others.join(", ");
                lang.pick(format!("kann {others} oder {last} sein"), format!("may be {others} or {last}"))
            }
            Expected::SomeOf(words) => {
                let words = words.join(", ");
                lang.pick(
                    format!("kann {words} sein, mehrere mit Kommas"),
                    format!("may be {words}, several with commas"),
                )
            }
            Expected::Number(least, usize::MAX) => {
                lang.pick(format!("ist eine Zahl ab {least}"), format!("is a number from {least}"))
            }
            Expected::Number(least, most) => lang
                .pick(format!("ist eine Zahl von {least} bis {most}"), format!("is a number from {least} to {most}")),
            Expected::Date => lang.pick(
                "ist ein Jahr, ein Monat oder ein Tag, der Anfang nicht nach dem Ende: 2023, Mai 2023, 5/2023, 12.9.2023"
                    .into(),
                "is a year, a month or a day, the beginning not after the end: 2023, May 2023, 2023-05, 2023-09-12".into(),
            ),
            Expected::FacetValue => {
                lang.pick("ist eine Facette mit Wert: source=Die Warte", "is a facet with its value: source=Die Warte").into()
            }
            Expected::Bytes(most) => {
                lang.pick(format!("kann höchstens {most} Bytes lang sein"), format!("may have at most {most} bytes"))
            }
            Expected::Times(most) => lang.pick(
                format!("kann höchstens {most}-mal angegeben werden"),
                format!("may be given at most {most} times"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_expected_is_written_in_both_languages() {
        for (expected, german, english) in [
            (SWITCH, "kann 1 oder 0 sein", "may be 1 or 0"),
            (Expected::OneOf(&["day", "month", "year"]), "kann day, month oder year sein", "may be day, month or year"),
            (Expected::SomeOf(&["a", "b"]), "kann a, b sein, mehrere mit Kommas", "may be a, b, several with commas"),
            (Expected::Number(1, 100), "ist eine Zahl von 1 bis 100", "is a number from 1 to 100"),
            (Expected::Number(1, usize::MAX), "ist eine Zahl ab 1", "is a number from 1"),
            (Expected::Bytes(9), "kann höchstens 9 Bytes lang sein", "may have at most 9 bytes"),
            (Expected::Times(6), "kann höchstens 6-mal angegeben werden", "may be given at most 6 times"),
        ] {
            assert_eq!((expected.localise(Lang::De).as_str(), expected.localise(Lang::En).as_str()), (german, english));
        }
    }
}
