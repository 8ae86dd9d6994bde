//! XML 1.0 as a tree of elements. The text passes `guard` before it is parsed, so that depth, memory and entities are
//! bounded.

pub mod dom;
mod guard;

use crate::ReadError;
use dom::Element;
use encoding_rs::Encoding;
use roxmltree::{Document, ParsingOptions};

/// Most nodes of a parsed document; each takes about 100 bytes of memory.
const MAX_NODES: u32 = 2_000_000;
/// Bytes at the start of a file in which its character set is declared.
const DECLARATION: usize = 256;

/// Parses a text within the bounds, and hands its root to `take`.
pub fn element_tree<T>(text: &str, take: impl FnOnce(Element<'_>) -> Result<T, ReadError>) -> Result<T, ReadError> {
    let text = guard::prepare(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let parsed = Document::parse_with_options(&text, options).map_err(|error| ReadError::Xml(error.to_string()))?;
    take(parsed.root_element())
}

/// The character set of the XML declaration.
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..DECLARATION).unwrap_or(bytes));
    let (declaration, _) = start.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let label = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
}
