//! Fragments of HTML, scanned tag by tag: for builds without a parser, and what a parser should not be given. Elements that are left open end with the one around
//! them, as far as names alone show it.

use super::collector::{Collector, MAX_DEPTH, Role};
use encoding_rs::WINDOWS_1252;
use mail_parser::decoders::html::add_html_token;

/// Elements without content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that the next of their kind ends.
const ENDED_BY_THE_NEXT: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th"];
/// Elements whose content is text alone, up to their end tag.
const RAW: &[&str] = &["script", "style"];
/// Most elements that are kept open: what lies deeper has no text here, and its end tags need not be looked for.
const MAX_OPEN: usize = 2 * MAX_DEPTH;
/// Longest character reference.
const MAX_REFERENCE: usize = 40;

/// All text of a fragment.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    pieces(html, &mut |piece| {
        if let Piece::Text(more) = piece {
            text.push_str(more);
        }
    });
    text
}

/// Hands a fragment to the collector.
pub fn read(html: &str, collector: &mut Collector) {
    let mut open = Open { elements: Vec::new(), collector };
    pieces(html, &mut |piece| match piece {
        Piece::Text(text) => open.text(text),
        Piece::Begin(name) => open.begin(name),
        Piece::End(name) => open.end(name),
    });
    while let Some(name) = open.elements.last().cloned() {
        open.end(&name);
    }
}

/// The elements that are open, the innermost last.
struct Open<'a> {
    elements: Vec<String>,
    collector: &'a mut Collector,
}

impl Open<'_> {
    fn is_skipped(&self) -> bool {
        self.elements.len() > MAX_DEPTH || self.elements.iter().any(|name| Role::of(name) == Role::Skipped)
    }

    fn text(&mut self, text: &str) {
        if !self.is_skipped() {
            self.collector.text(text);
        }
    }

    fn begin(&mut self, name: &str) {
        if ENDED_BY_THE_NEXT.contains(&name) && self.elements.last().is_some_and(|open| open == name) {
            self.end(name);
        }
        let skipped = self.is_skipped();
        match Role::of(name) {
            Role::Break if !skipped => self.collector.begin_line(),
            Role::Block if !skipped => self.collector.begin_block(name),
            _ => {}
        }
        if !VOID.contains(&name) && self.elements.len() < MAX_OPEN {
            self.elements.push(name.to_owned());
        } else if Role::of(name) == Role::Block && !skipped {
            self.collector.end_block();
        }
    }

    /// Ends the innermost element of a name, and those in it.
    fn end(&mut self, name: &str) {
        let Some(at) = self.elements.iter().rposition(|open| open == name) else { return };
        while self.elements.len() > at {
            let Some(ended) = self.elements.pop() else { return };
            if Role::of(&ended) == Role::Block && !self.is_skipped() {
                self.collector.end_block();
            }
        }
    }
}

/// A piece of a fragment; names are in lower case.
enum Piece<'a> {
    Text(&'a str),
    Begin(&'a str),
    End(&'a str),
}

/// Hands on every piece in order; comments and declarations are left out.
fn pieces(html: &str, take: &mut dyn FnMut(Piece<'_>)) {
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        take(Piece::Text(before));
        let used = if from.starts_with('&') { reference(from, take) } else { tag(from, take) };
        rest = &from[used..];
    }
    take(Piece::Text(rest));
}

/// Hands on the tag at the start of `text`; gives its length. A `<` that begins none is text.
fn tag(text: &str, take: &mut dyn FnMut(Piece<'_>)) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let closing = text.starts_with("</");
    let name = &text[1 + usize::from(closing)..];
    let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let name = name[..length].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        if text.starts_with("<!") || text.starts_with("<?") || closing {
            return tag_length(text);
        }
        take(Piece::Text("<"));
        return 1;
    }
    let end = tag_length(text);
    if closing {
        take(Piece::End(&name));
        return end;
    }
    take(Piece::Begin(&name));
    if !RAW.contains(&name.as_str()) {
        return end;
    }
    take(Piece::End(&name));
    raw_length(&text[end..], &name) + end
}

/// Bytes of the tag at the start of `text`; a `>` in quotes does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Bytes up to the end tag of a raw element.
fn raw_length(text: &str, name: &str) -> usize {
    let ends = |at: &usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    text.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(text.len())
}

/// Hands on what the character reference at the start of `text` stands for; gives its length. An `&` that begins none is
/// text.
fn reference(text: &str, take: &mut dyn FnMut(Piece<'_>)) -> usize {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let length = text[1..].find(|c| !inside(c)).unwrap_or(text.len() - 1) + 1;
    if length > MAX_REFERENCE || !text[length..].starts_with(';') {
        take(Piece::Text("&"));
        return 1;
    }
    let whole = &text[..=length];
    let mut resolved = String::new();
    add_html_token(&mut resolved, whole.as_bytes(), false);
    // numbers that are none of Unicode's characters are those of the old character set
    match resolved.chars().next().map(u32::from) {
        Some(number @ 0x80..=0x9f) if resolved != whole => {
            let byte = [u8::try_from(number).unwrap_or(b'?')];
            take(Piece::Text(&WINDOWS_1252.decode_without_bom_handling(&byte).0));
        }
        _ => take(Piece::Text(&resolved)),
    }
    whole.len()
}
