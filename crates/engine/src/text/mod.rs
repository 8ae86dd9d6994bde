//! A query's words in the text of an article: marks, passages, words in context.

pub mod closeness;
pub mod form_phrases;
pub mod found_forms;
pub mod highlight;
pub mod kwic;
pub mod proximity_matches;
pub mod segments;
pub mod snippets;
pub mod stem_map;
pub mod term_matches;
