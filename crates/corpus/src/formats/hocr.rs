//! hOCR 1.2: scanned pages as HTML, an article a page with text.

use super::office::{self, Node, attribute};
use crate::draft::Draft;
use crate::printed::{PageWord, PageWords, Size};
use crate::structure::{self, Block};
use crate::{Emit, Problem, RawDocument, ReadError, charset};
use findbuch_article::PartKind;
use findbuch_article::printed::Area;
use std::io::BufRead;
use std::ops::Range;

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
    let pages: Vec<(usize, Page)> =
        pages(text)?.into_iter().enumerate().filter(|(_, page)| !page.blocks.is_empty()).collect();
    if pages.is_empty() {
        return Err(ReadError::Skipped(crate::Ignored::BlankPage));
    }
    let several = pages.len() > 1;
    for (at, page) in pages {
        let number = at as u64 + 1;
        let place = RawDocument { record: several.then_some(number), ..*document };
        let printed = page.size.map(|size| PageWords::on(size.sheet(page.picture), page.words));
        let tags = vec![format!("Seite {number}")];
        let draft = Draft { body: page.blocks, tags, printed, ..Draft::default() };
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

/// Left to right, and top to bottom.
type Corners = (Range<f64>, Range<f64>);

/// What an element says of itself in its title: where it stands, and the picture of a page.
fn properties(title: &str) -> (Option<Corners>, Option<String>) {
    let of = |name| title.split(';').find_map(|property| property.trim().strip_prefix(name)?.strip_prefix(' '));
    let numbers: Vec<f64> =
        of("bbox").into_iter().flat_map(str::split_whitespace).map_while(|n| n.parse().ok()).collect();
    let corners = match *numbers {
        [left, top, right, bottom, ..] => Some((left..right, top..bottom)),
        _ => None,
    };
    (corners, of("image").map(|name| name.trim().trim_matches('"').to_owned()))
}

/// A page as it is read.
#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    size: Option<Size>,
    picture: Option<String>,
    words: Vec<PageWord>,
}

/// A word that is open.
struct Word {
    area: Option<Area>,
    /// Where its text begins in that of the line.
    begin: usize,
}

#[derive(Default)]
struct Reader {
    open: Vec<Kind>,
    pages: Vec<Page>,
    word: Option<Word>,
    /// The stretch of the line that is open.
    line_area: Option<Area>,
    lines: Vec<String>,
    part: Option<PartKind>,
    line: String,
}

impl Reader {
    /// The place of an element on the page.
    fn area(&self, corners: Option<Corners>) -> Option<Area> {
        let (horizontal, vertical) = corners?;
        self.pages.last()?.size?.area(horizontal, vertical)
    }

    fn end_word(&mut self) {
        let (Some(Word { area, begin }), Some(page)) = (self.word.take(), self.pages.last_mut()) else { return };
        if let (Some(area), Some(text)) = (area, self.line.get(begin..)) {
            // words of a line are level
            let Area { top, height, .. } = self.line_area.unwrap_or(area);
            page.words.push(PageWord { text: text.to_owned(), area: Area { top, height, ..area } });
        }
    }

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
            page.blocks
                .push(part.map_or_else(|| Block::plain(vec![text.clone()]), |part| Block::marked(part, text.clone())));
        }
    }
}

fn pages(text: &str) -> Result<Vec<Page>, ReadError> {
    let mut reader = Reader::default();
    office::nodes(text, &mut |node| match node {
        Node::Open(_, start) => {
            let kind = attribute(start, "class").map_or(Kind::Other, |class| kind(&class));
            let (corners, picture) = match kind {
                Kind::Other | Kind::Block => (None, None),
                _ => attribute(start, "title").map(|title| properties(&title)).unwrap_or_default(),
            };
            match kind {
                Kind::Page => {
                    reader.end_block();
                    let size = corners.and_then(|(x, y)| Size::of(Some(x.end), Some(y.end)));
                    reader.pages.push(Page { size, picture, ..Page::default() });
                }
                Kind::Block => reader.end_block(),
                Kind::Line(part) => {
                    reader.end_line();
                    reader.part = part.or(reader.part.take());
                    reader.line_area = reader.area(corners);
                }
                Kind::Word => {
                    reader.line.push(' ');
                    reader.word = Some(Word { area: reader.area(corners), begin: reader.line.len() });
                }
                Kind::Other => {}
            }
            reader.open.push(kind);
        }
        Node::Close(_) => match reader.open.pop() {
            Some(Kind::Page | Kind::Block) => reader.end_block(),
            Some(Kind::Line(_)) => reader.end_line(),
            Some(Kind::Word) => reader.end_word(),
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

    #[test]
    fn words_have_their_places() {
        let html = "<div class='ocr_page' title='image \"scans/1.png\"; bbox 0 0 4096 8192; ppageno 0'><p class='ocr_par'>\
                    <span class='ocr_line' title='bbox 10 20 400 60; baseline 0 0'><span class='ocrx_word' title='bbox 10 24 90 58'>Das</span> \
                    <span class='ocrx_word' title='bbox 100 20 300 60; x_wconf 9'><strong>Gaswerk</strong></span> <span class='ocrx_word'>ruht</span></span></p></div>";
        let found = pages(html).expect("pages").remove(0);
        let words: Vec<_> = found.words.iter().map(|word| (word.text.as_str(), word.area)).collect();
        let area = |left, width| Area { sheet: 0, left, top: 10, width, height: 20 };
        assert_eq!(words, [("Das", area(10, 80)), ("Gaswerk", area(100, 200))]);
        assert_eq!(properties("image \"a.png\"; bbox 1 2 3"), (None, Some("a.png".into())));
        assert_eq!(properties("ppageno 0; bbox 1 2 3 4"), (Some((1.0..3.0, 2.0..4.0)), None));
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(<(div class='ocr_page'|p class='ocr_par'|span class='(ocr_line|ocrx_word|ocr_caption)'|/p|/div|/span)>|[a-zä -]{0,9}){0,30}") {
            testing::read("x.hocr", text.as_bytes(), read);
        }
    }
}
