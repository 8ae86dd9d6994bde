//! What can be wrong with a query, and where.

use crate::tree::Span;

/// A faulty query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query as typed.
    pub text: String,
    /// Where the fault stands.
    pub span: Span,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No word in it.
    Empty,
    /// A quotation mark opens and none closes.
    UnclosedQuote,
    /// A parenthesis opens and none closes.
    UnclosedParenthesis,
    /// A parenthesis closes and none opened.
    UnopenedParenthesis,
    /// Nothing between parentheses.
    EmptyParentheses,
    /// Nothing between quotation marks.
    EmptyPhrase,
    /// An operator without an operand.
    MissingOperand,
    /// A name before a colon that is no field; the nearest field's name, if one is near.
    UnknownField(Option<&'static str>),
    /// `=` before a field instead of behind it.
    ExactBeforeField,
    /// An exclusion behind a field instead of before it.
    NotBehindField,
    /// A field without a value.
    MissingValue,
    /// A date field without a date right behind it.
    MissingDate,
    /// A date that cannot be read.
    BadDate,
    /// A month, or a day of one, without a year.
    MissingYear,
    /// The last days, weeks, months or years without their number.
    MissingNumber,
    /// A date of several words without quotation marks.
    UnquotedDate,
    /// A range that ends before it begins.
    BackwardDates,
    /// Too few letters beside `*` and `?`.
    ShortPattern,
    /// A sign in a word with `*`, `?` or `~` that such words cannot have.
    PatternSign,
    /// `*` or `?` between quotation marks.
    PatternInPhrase,
    /// More words of an archive match than may; the most that may. An engine finds this, not the parser.
    TooManyForms(usize),
    /// No collection of the name. An engine finds this, not the parser.
    UnknownCollection,
    /// Too few letters before `~1` or `~2`.
    ShortFuzzy,
    /// `~` without 1 or 2.
    BadFuzzy,
    /// `~` behind a phrase or group.
    Modifier,
    /// `^` without a number from 0.1 to 100.
    BadBoost,
    /// NEAR or ADJ without a number from 0 to 9999.
    BadDistance,
    /// ATLEAST without a number from 1 to 1000.
    BadCount,
    /// An operand of NEAR, SENTENCE or ATLEAST that has no positions in a text.
    BadOperand,
    /// Something in a field that the field cannot have.
    NotInField,
    /// Too deeply nested.
    TooDeep,
    /// Too many words.
    TooManyWords,
    /// Too many words with wildcards or within edits.
    TooManyPatterns,
    /// Too many bytes.
    TooLong,
}
