//! Plain text as people copy it from a page: the head, then the rules of [`structure`](crate::corpus::structure).

use crate::article::Article;
use crate::corpus::draft::Draft;
use crate::corpus::structure;
use crate::corpus::{RawDocument, ReadError, charset};
use std::io::BufRead;

/// Reads one article.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let text = charset::read_text(input, document.limits)?;
    let mut blocks = structure::blocks(&text);
    let head = structure::head::head(&blocks);
    blocks.drain(..head.used);
    let draft = Draft {
        kicker: head.kicker,
        headline: head.headline,
        subhead: head.subhead,
        source: head.source,
        section: head.section,
        date_line: head.date_line,
        body: blocks,
        ..Draft::default()
    };
    draft.finish(document)
}
