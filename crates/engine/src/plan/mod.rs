//! What a query is searched as: its words with all their expansions, resolved once, for matching, ranking, marking and explaining.

pub mod also;
pub mod cost;
pub mod decompound;
pub mod dictionary;
pub mod exclusion;
pub mod explain;
pub mod form_phrase;
pub mod marking;
pub mod matching;
pub mod nearest;
pub(crate) mod parse;
pub mod pattern;
pub mod position_expr;
pub mod prepared;
pub mod related;
pub mod request;
pub(crate) mod resolve;
pub mod term_matches;
pub mod word;
