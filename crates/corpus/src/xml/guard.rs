//! What must hold before a text is parsed as XML 1.0: bounded depth, elements, attributes and namespaces, and no entity that
//! grows. The document type goes; entities of a few characters, HTML's names and a bare `&` are resolved here.
//!
//! The parser's own bound counts nested references only: one long entity that is named a million times would pass it.

use crate::{ReadError, markup};
use std::collections::{HashMap, HashSet};

/// Deepest nesting of elements.
const MAX_DEPTH: usize = 250;
/// Most tags of a file; each takes about 100 bytes of memory when parsed.
const MAX_TAGS: usize = 1_000_000;
/// Most equals signs of a file, and of one tag: the parser reserves memory for each, and compares those of a tag in pairs. Words with
/// their places on a page have ten to twenty, some hundred pairs.
const MAX_EQUALS: usize = 4_000_000;
const MAX_ATTRIBUTES: usize = 500;
const MAX_PAIRS: usize = 150_000_000;
/// Most namespace declarations that differ: elements inherit all of them.
const MAX_NAMESPACES: usize = 100;
/// Most declarations of namespaces.
const MAX_DECLARATIONS: usize = 200_000;
/// Longest value of an entity, in bytes, and its longest name.
const MAX_ENTITY: usize = 64;
const MAX_NAME: usize = 40;
/// Most names of entities that are kept resolved.
const MAX_KNOWN: usize = 4096;

/// The text as the parser may have it.
///
/// # Errors
/// Where a bound is passed, or an entity is used that is long or made of others.
pub fn prepare(text: &str) -> Result<String, ReadError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.bytes().filter(|&b| b == b'<').count() > MAX_TAGS
        || text.bytes().filter(|&b| b == b'=').count() > MAX_EQUALS
    {
        return Err(ReadError::XmlBounds("elements", MAX_TAGS));
    }
    let mut guard = Guard { out: String::with_capacity(text.len()), ..Guard::default() };
    guard.scan(text)?;
    Ok(guard.out)
}

#[derive(Default)]
struct Guard<'a> {
    out: String,
    depth: usize,
    namespaces: HashSet<&'a str>,
    declarations: usize,
    /// Pairs of attributes that the parser compares.
    pairs: usize,
    /// Values of entities; none where one must not be used.
    entities: HashMap<&'a str, Option<String>>,
}

impl<'a> Guard<'a> {
    fn scan(&mut self, text: &'a str) -> Result<(), ReadError> {
        let mut rest = text;
        while let Some(at) = rest.find(['<', '&']) {
            self.copy(&rest[..at]);
            rest = &rest[at..];
            let used = if rest.starts_with('&') {
                self.reference(rest)?
            } else if rest.starts_with("<!--") {
                self.keep_lines(ended(rest, "-->"))
            } else if rest.starts_with("<?") {
                self.keep_lines(ended(rest, "?>"))
            } else if rest.starts_with("<![CDATA[") {
                let section = ended(rest, "]]>");
                self.copy(section);
                section.len()
            } else if rest.starts_with("<!DOCTYPE") {
                let doctype = &rest[..doctype_length(rest)];
                self.declare(doctype);
                self.keep_lines(doctype)
            } else {
                let tag = &rest[..tag_length(rest)];
                self.tag(tag)?;
                tag.len()
            };
            rest = &rest[used..];
        }
        self.copy(rest);
        Ok(())
    }

    /// Copies text; characters that XML forbids become spaces.
    fn copy(&mut self, text: &str) {
        let forbidden = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
        if text.contains(forbidden) {
            self.out.extend(text.chars().map(|c| if forbidden(c) { ' ' } else { c }));
        } else {
            self.out.push_str(text);
        }
    }

    /// Leaves a piece out, its line ends kept, so that messages name the right line.
    fn keep_lines(&mut self, piece: &str) -> usize {
        self.out.extend(piece.chars().filter(|&c| c == '\n'));
        piece.len()
    }

    fn tag(&mut self, tag: &'a str) -> Result<(), ReadError> {
        if tag.starts_with("</") {
            self.depth = self.depth.saturating_sub(1);
        } else if !tag.ends_with("/>") {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(ReadError::XmlBounds("levels of nesting", MAX_DEPTH));
            }
        }
        let attributes = tag.bytes().filter(|&b| b == b'=').count().min(tag.len() / 4);
        if attributes > MAX_ATTRIBUTES {
            return Err(ReadError::XmlBounds("attributes of one element", MAX_ATTRIBUTES));
        }
        self.pairs += attributes * attributes.saturating_sub(1) / 2;
        if self.pairs > MAX_PAIRS {
            return Err(ReadError::XmlBounds("pairs of attributes", MAX_PAIRS));
        }
        for (at, _) in tag.match_indices("xmlns") {
            self.declarations += 1;
            let declaration = &tag[at..];
            self.namespaces.insert(declaration.split(['>', ' ', '\t', '\n', '\r']).next().unwrap_or(declaration));
        }
        if self.namespaces.len() > MAX_NAMESPACES || self.declarations > MAX_DECLARATIONS {
            return Err(ReadError::XmlBounds("namespaces", MAX_NAMESPACES));
        }
        let mut rest = tag;
        while let Some(at) = rest.find('&') {
            self.copy(&rest[..at]);
            let used = self.reference(&rest[at..])?;
            rest = &rest[at + used..];
        }
        self.copy(rest);
        Ok(())
    }

    /// Resolves the reference at the start of `text`; gives its length.
    fn reference(&mut self, text: &'a str) -> Result<usize, ReadError> {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '#' | '.' | '-' | '_' | ':');
        let name = text.get(1..).unwrap_or("");
        let name = &name[..name.find(|c: char| !inside(c)).unwrap_or(name.len())];
        let whole = name.len() + 2;
        if name.is_empty() || name.len() > MAX_NAME || !text[name.len() + 1..].starts_with(';') {
            self.out.push_str("&amp;");
            return Ok(1);
        }
        if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
            self.out.push_str(&text[..whole]);
            return Ok(whole);
        }
        if !self.entities.contains_key(name) && self.entities.len() < MAX_KNOWN {
            let resolved = markup::inline_text(&text[..whole]);
            let known = resolved != text[..whole] && !resolved.contains(|c: char| c.is_control());
            self.entities.insert(name, Some(if known { escaped(&resolved) } else { format!("&amp;{name};") }));
        }
        match self.entities.get(name) {
            Some(Some(value)) => self.out.push_str(value),
            Some(None) => return Err(ReadError::XmlEntity(name.to_owned())),
            None => self.out.push(' '),
        }
        Ok(whole)
    }

    /// Takes the general entities that a document type declares; the first declaration of a name holds.
    fn declare(&mut self, doctype: &'a str) {
        for declaration in doctype.split("<!ENTITY").skip(1) {
            let declaration = declaration.trim_start();
            let Some((name, rest)) = declaration.split_once(char::is_whitespace) else { continue };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let Some((value, _)) = rest[1..].split_once(quote) else { continue };
            if name == "%" || self.entities.len() >= MAX_KNOWN {
                continue;
            }
            let plain = markup::inline_text(value);
            let short = value.len() <= MAX_ENTITY && !value.contains('<');
            let nested = value.contains('&') && plain.contains('&') || value.replace("&#", "").contains('&');
            self.entities.entry(name).or_insert_with(|| (short && !nested).then(|| escaped(&plain)));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;")
}

/// `text` up to and with `end`, or all of it.
fn ended<'a>(text: &'a str, end: &str) -> &'a str {
    text.find(end).map_or(text, |at| &text[..at + end.len()])
}

/// Bytes of the tag at the start of `text`; a `>` in quotes does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Bytes of the document type at the start of `text`, its internal subset in brackets included.
fn doctype_length(text: &str) -> usize {
    let (mut quote, mut brackets, mut comment) = (None, 0_usize, false);
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let before = |mark: &[u8]| bytes.get(..=at).is_some_and(|read| read.ends_with(mark));
        match (quote, byte) {
            (None, b'>') if comment => comment = !before(b"-->"),
            (None, b'-') if before(b"<!--") => comment = true,
            _ if comment => {}
            (None, b'>') if brackets == 0 => return at + 1,
            (None, b'[') => brackets += 1,
            (None, b']') => brackets = brackets.saturating_sub(1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_the_document_type_goes() {
        for (xml, prepared) in [
            ("<a>M&uuml;ller &amp; S&#246;hne & Co &foo;</a>", "<a>Müller &amp; Söhne &amp; Co &amp;foo;</a>"),
            ("<!DOCTYPE a [<!ENTITY k \"Kurz '\">]><a b='&k;'>&k;</a>", "<a b='Kurz &apos;'>Kurz &apos;</a>"),
            (
                "<?xml version='1.0'?>\n<!-- <a> & -->\n<a><![CDATA[&uuml; <b>]]></a>",
                "\n\n<a><![CDATA[&uuml; <b>]]></a>",
            ),
            ("<a b='>'>\u{b}x</a>", "<a b='>'> x</a>"),
            ("<a>&", "<a>&amp;"),
            ("<!DOCTYPE a [<!-- don't > --><!ENTITY k 'v'>]><a>&k;</a>", "<a>v</a>"),
        ] {
            assert_eq!(prepare(xml).ok().as_deref(), Some(prepared), "{xml}");
        }
    }

    #[test]
    fn what_grows_is_refused() {
        let laugh = |n: usize| format!("<!ENTITY lol{n} \"{}\">", format!("&lol{};", n - 1).repeat(10));
        let laughs = (1..10).map(laugh).collect::<Vec<_>>().concat();
        let long = "x".repeat(5000);
        for xml in [
            format!("<!DOCTYPE a [<!ENTITY lol0 \"lol\">{laughs}]><a>&lol9;</a>"),
            format!("<!DOCTYPE a [<!ENTITY x \"{long}\">]><a>{}</a>", "&x;".repeat(9)),
        ] {
            assert!(matches!(prepare(&xml), Err(ReadError::XmlEntity(_))));
        }
        let many = |n: usize, piece: &dyn Fn(usize) -> String| (0..n).map(piece).collect::<String>();
        for xml in [
            "<a>".repeat(100_000),
            format!("<a>{}</a>", many(200, &|n| format!("<b xmlns:p{n}='{n}'/>"))),
            format!("<a {}/>", many(2000, &|n| format!("b{n}='' "))),
            format!("<a>{}</a>", format!("<b {}/>", many(400, &|n| format!("b{n}='' "))).repeat(2000)),
            "<".repeat(MAX_TAGS + 1),
        ] {
            assert!(matches!(prepare(&xml), Err(ReadError::XmlBounds(..))));
        }
    }
}
