//! How adjectives are compared that change their stem. `examples/tables` includes this file.

/// Adjectives whose comparison has an umlaut.
pub const WITH_UMLAUT: &[&str] = &[
    "alt", "arg", "arm", "bang", "blass", "dumm", "fromm", "gesund", "glatt", "grob", "gross", "hart", "jung", "kalt",
    "karg", "klug", "krank", "krumm", "kurz", "lang", "nass", "rot", "scharf", "schmal", "schwach", "schwarz", "stark",
    "warm",
];

/// Irregular stems of comparison, and the positive.
pub const IRREGULAR: &[(&str, &str)] =
    &[("höh", "hoch"), ("höch", "hoch"), ("näh", "nah"), ("bess", "gut"), ("be", "gut")];
