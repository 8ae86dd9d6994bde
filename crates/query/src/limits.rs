//! The limits of a query. docs/QUERY.md states them to users.

/// Most bytes of a query's text.
pub const MAX_BYTES: usize = 8192;
/// Most words in a query, those of phrases included.
pub const MAX_WORDS: usize = 512;
/// Most words with wildcards or within edits: each is looked for in the whole dictionary.
pub const MAX_PATTERNS: usize = 16;
/// Deepest nesting of parentheses, negations and operators of closeness.
pub const MAX_DEPTH: usize = 32;
/// Fewest letters and digits of a word with wildcards.
pub const MIN_PATTERN_LETTERS: usize = 3;
/// Fewest letters and digits of a word before `~1`, and before `~2`.
pub const MIN_FUZZY_LETTERS: [usize; 2] = [3, 5];
/// Least boost, in hundredths.
pub const MIN_BOOST: u16 = 10;
/// Greatest boost, in hundredths.
pub const MAX_BOOST: u16 = 10_000;
/// Most words that NEAR and ADJ may allow between two.
pub const MAX_DISTANCE: u16 = 9_999;
/// Most occurrences that ATLEAST may demand.
pub const MAX_COUNT: u16 = 1_000;
