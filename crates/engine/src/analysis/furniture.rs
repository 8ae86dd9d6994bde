//! How terms of page furniture are told apart. It has a list of terms of its own, by which articles are found and nothing is weighed, so
//! stems, forms and parts of compounds stand in it together.

/// Begins a form; no word has it.
const FORM: char = '=';
/// Begins the stem of a part of a compound; no word has it.
const PART: char = '+';

/// The term of a form.
#[must_use]
pub fn form(form: &str) -> Box<str> {
    format!("{FORM}{form}").into()
}

/// The term of a part of a compound.
#[must_use]
pub fn part(stem: &str) -> Box<str> {
    format!("{PART}{stem}").into()
}
