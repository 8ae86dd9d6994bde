//! hOCR 1.2: scanned pages as HTML, an article a page with text.

use super::office::{self, Node, attribute};
use crate::draft::Draft;
use crate::structure::{self, Block};
use crate::{Emit, Problem, RawDocument, ReadError, charset};
use findbuch_article::PartKind;
use std::io::BufRead;

/// Whether a text is hOCR.
#[cfg(any(feature = "html", test))]
pub fn is_hocr(text: &str) -> bool {
    let start = text.get(..text.floor_char_boundary(4096)).unwrap_or(text);
    start.contains("ocr_page") || start.contains("ocr-system")
}

/// Reads every page with text.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    read_text(document, &charset::read_text(input, document)?, emit)
}

/// Reads every page of a text.
pub fn read_text(document: &RawDocument<'_>, text: &str, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let pages: Vec<(usize, Vec<Block>)> =
        pages(text)?.into_iter().enumerate().filter(|(_, page)| !page.is_empty()).collect();
    if pages.is_empty() {
        return Err(ReadError::Skipped(crate::Ignored::BlankPage));
    }
    let several = pages.len() > 1;
    for (at, body) in pages {
        let number = at as u64 + 1;
        let place = RawDocument { record: several.then_some(number), ..*document };
        let draft = Draft { body, tags: vec![format!("Seite {number}")], ..Draft::default() };
        let problem = |reason| Problem { path: document.file.display(), line: None, reason };
        if emit(draft.finish(&place).map_err(problem)).is_break() {
            break;
        }
    }
    Ok(())
}

/// What an element of the page is, by its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Block,
    Line(Option<PartKind>),
    Word,
    Other,
}

fn kind(class: &str) -> Kind {
    let names = || class.split_whitespace();
    let has = |wanted: &[&str]| names().any(|name| wanted.contains(&name));
    match () {
        () if has(&["ocr_page"]) => Kind::Page,
        () if has(&["ocr_par"]) => Kind::Block,
        () if has(&["ocr_caption"]) => Kind::Line(Some(PartKind::Caption)),
        () if has(&["ocr_header", "ocr_footer", "ocr_pageno"]) => Kind::Line(Some(PartKind::Boilerplate)),
        () if has(&["ocr_line", "ocr_textfloat", "ocrx_line"]) => Kind::Line(None),
        () if has(&["ocrx_word", "ocr_word"]) => Kind::Word,
        () => Kind::Other,
    }
}

#[derive(Default)]
struct Reader {
    open: Vec<Kind>,
    pages: Vec<Vec<Block>>,
    lines: Vec<String>,
    part: Option<PartKind>,
    line: String,
}

impl Reader {
    fn end_line(&mut self) {
        let line = self.line.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line.clear();
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        let text = structure::join_lines(self.lines.iter().map(String::as_str));
        self.lines.clear();
        let part = self.part.take();
        if let Some(page) = self.pages.last_mut().filter(|_| !text.is_empty()) {
            page.push(part.map_or_else(|| Block::plain(vec![text.clone()]), |part| Block::marked(part, text.clone())));
        }
    }
}

fn pages(text: &str) -> Result<Vec<Vec<Block>>, ReadError> {
    let mut reader = Reader::default();
    office::nodes(text, &mut |node| match node {
        Node::Open(_, start) => {
            let kind = attribute(start, "class").map_or(Kind::Other, |class| kind(&class));
            match kind {
                Kind::Page => {
                    reader.end_block();
                    reader.pages.push(Vec::new());
                }
                Kind::Block => reader.end_block(),
                Kind::Line(part) => {
                    reader.end_line();
                    reader.part = part.or(reader.part.take());
                }
                Kind::Word => reader.line.push(' '),
                Kind::Other => {}
            }
            reader.open.push(kind);
        }
        Node::Close(_) => match reader.open.pop() {
            Some(Kind::Page | Kind::Block) => reader.end_block(),
            Some(Kind::Line(_)) => reader.end_line(),
            _ => {}
        },
        Node::Text(text) => {
            if reader.open.iter().any(|kind| matches!(kind, Kind::Line(_) | Kind::Word)) {
                reader.line.push_str(text);
            }
        }
    })?;
    reader.end_block();
    Ok(reader.pages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;
    use proptest::prelude::*;

    #[test]
    fn lines_become_paragraphs() {
        let word = |text: &str| format!("<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 90'>{text}</span>");
        let line = |class: &str, words: &str| {
            format!("<span class='{class}' title='bbox'>{}</span>", words.split(' ').map(word).collect::<String>())
        };
        let page = format!(
            "<div class='ocr_page' title='ppageno 0'><div class='ocr_carea'><p class='ocr_par'>{}{}</p><p class='ocr_par'>{}</p></div></div>",
            line("ocr_line", "Das Gaswerk am Osttor ist er-"),
            line("ocr_line", "öffnet worden."),
            line("ocr_caption", "Das Tor bei Nacht"),
        );
        let html =
            format!("<?xml version='1.0'?><!DOCTYPE html><html><head><title/></head><body>{page}{page}</body></html>");
        assert!(is_hocr(&html) && !is_hocr("<html><body><p>Markt</p></body></html>"));
        let found = testing::read("x.hocr", html.as_bytes(), read);
        assert_eq!(found, ["||Das Gaswerk am Osttor ist eröffnet worden.|Das Tor bei Nacht"; 2]);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(<(div class='ocr_page'|p class='ocr_par'|span class='(ocr_line|ocrx_word|ocr_caption)'|/p|/div|/span)>|[a-zä -]{0,9}){0,30}") {
            testing::read("x.hocr", text.as_bytes(), read);
        }
    }
}
