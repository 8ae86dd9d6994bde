//! Positions in the analysed text of an article: what the index keeps of them and what is looked up in the text itself agree by
//! this one definition.

pub mod closeness;
pub mod furniture;
pub mod segments;
pub mod stem_map;
