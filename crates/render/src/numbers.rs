//! Numbers as the reader writes them, and the form of a word that a number asks for.

use findbuch_query::lang::Lang;

/// A number with thousands separators and the decimal sign of the language.
///
/// ```
/// use findbuch_query::lang::Lang;
/// use findbuch_render::number;
///
/// assert_eq!(number(1234.5, 1, Lang::De), "1.234,5");
/// assert_eq!(number(1234.5, 1, Lang::En), "1,234.5");
/// ```
#[must_use]
pub fn number(value: f64, decimals: usize, lang: Lang) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (thousands, point) = lang.pick(('.', ','), (',', '.'));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// The form of a word that stands with `count`: `one` for exactly one, else `many`. Both languages have these two.
///
/// ```
/// use findbuch_render::plural;
///
/// assert_eq!(plural(1, "Fundstelle", "Fundstellen"), "Fundstelle");
/// assert_eq!(plural(0, "hit", "hits"), "hits");
/// ```
#[must_use]
pub fn plural<T>(count: u64, one: T, many: T) -> T {
    if count == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_reader_writes_them() {
        for (value, decimals, german, english) in [
            (0.0, 0, "0", "0"),
            (999.0, 0, "999", "999"),
            (1234.5, 1, "1.234,5", "1,234.5"),
            (1_000_000.0, 0, "1.000.000", "1,000,000"),
            (-1234.0, 0, "-1.234", "-1,234"),
            (-123.0, 0, "-123", "-123"),
        ] {
            assert_eq!(number(value, decimals, Lang::De), german);
            assert_eq!(number(value, decimals, Lang::En), english);
        }
    }
}
