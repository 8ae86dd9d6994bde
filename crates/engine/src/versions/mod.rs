//! Articles beside other articles: near-identical ones, what differs between them, and those alike in subject.

pub mod differences;
pub mod similar;
pub mod sketch;
pub mod stories;
pub mod word_diff;
