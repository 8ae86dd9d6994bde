//! The tokens of a query.

use crate::dates::Bound;
use crate::tree::{Closeness, Field, Span};

/// A token of a query. Words without a span of their own are all of the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word.
    Word,
    /// A phrase; the span is what stands between its marks.
    Phrase(Span),
    /// A word with wildcards.
    Pattern,
    /// A word, meant with those within so many edits; the span is the word without `~1`.
    Fuzzy(Span, u8),
    /// `^2` right behind an operand, in hundredths.
    Boost(u16),
    /// NEAR/5, ADJ/3, SENTENCE, PARAGRAPH, and their German names.
    Near(Closeness),
    /// ATLEAST/3, MINDESTENS/3.
    AtLeast(u16),
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// AND, UND, `&&`.
    And,
    /// OR, ODER, `||`.
    Or,
    /// NOT, NICHT, and `-` or `!` before an operand.
    Not,
    /// `=` before a word or phrase.
    Exact,
    /// `titel:`.
    Field(Field),
    /// `datum:` with its value, which is the span.
    Date(Bound, Span),
}

impl Token {
    /// Whether it is something to search for, and no operator, field, date or parenthesis.
    pub fn is_word(&self) -> bool {
        matches!(self, Token::Word | Token::Phrase(_) | Token::Pattern | Token::Fuzzy(..))
    }
}
