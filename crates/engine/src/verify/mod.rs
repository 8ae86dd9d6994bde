//! Examines an article by itself, without an index: whether it matches, and what it has of each word. For the engine that tries every
//! article, and for one whose index finds more than what matches.

pub mod kept;
pub mod matches;
pub mod words;
