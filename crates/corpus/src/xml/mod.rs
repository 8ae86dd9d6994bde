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
    let mut text = text;
    for number in 0.. {
        let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
        let undeclared = match Document::parse_with_options(&text, options) {
            Ok(parsed) => return take(parsed.root_element()),
            Err(roxmltree::Error::UnknownNamespace(prefix, _)) if number < MAX_UNDECLARED => prefix,
            Err(error) => return Err(ReadError::Xml(error.to_string())),
        };
        text = with_prefix(&text, &undeclared);
    }
    Err(ReadError::XmlBounds("undeclared prefixes", MAX_UNDECLARED))
}

/// Most prefixes of a file that it does not declare.
const MAX_UNDECLARED: usize = 20;

/// The text with a prefix declared in its root: exports that were cut out of others lack such declarations.
fn with_prefix(text: &str, prefix: &str) -> String {
    let root = text.match_indices('<').find(|(at, _)| {
        text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '_'))
    });
    let Some((at, _)) = root else { return text.to_owned() };
    let rest = text.get(at + 1..).unwrap_or("");
    let end = at + 1 + rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(0);
    let (head, tail) = text.split_at(end);
    format!("{head} xmlns:{prefix}=\"urn:undeclared:{prefix}\"{tail}")
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
