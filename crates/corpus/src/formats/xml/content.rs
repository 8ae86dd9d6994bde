//! The text of an article as a document holds it: elements, HTML that is escaped, or plain text.

use super::blocks::{blocks, news};
use crate::draft::Draft;
use crate::markup;
use crate::structure::{self, Block};
use crate::xml::dom::Element;

/// The blocks of a text that is HTML or plain.
pub fn loose_blocks(text: &str) -> Vec<Block> {
    if markup::looks_like_html(text) { markup::blocks(text) } else { structure::blocks(text) }
}

/// The blocks of content that stands in the document as elements, or as text: escaped HTML or plain.
pub fn content_blocks(content: Element<'_>) -> Vec<Block> {
    if content.children().any(|child| child.is_element()) {
        return blocks(content, news);
    }
    let text: String = content.children().filter_map(|child| child.text()).collect();
    loose_blocks(&text)
}

/// Takes a block away that is the headline again.
pub fn without_headline(draft: &mut Draft) {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let Some(headline) = draft.headline.as_deref().map(letters) else { return };
    let again = draft.body.iter().take(3).position(|block| letters(&block.lines.join(" ")) == headline);
    if let Some(at) = again {
        draft.body.remove(at);
    }
}
