//! A plan in the text of an article: marks, passages, words in context, the forms found.

pub mod found_forms;
pub mod highlight;
pub mod kwic;
pub mod proximity_matches;
pub mod shown;
pub mod snippets;
