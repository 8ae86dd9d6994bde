//! What a PDF says, page by page and block by block: the side of the child.

use super::layout::{self, blocks, lines, paragraphs};
use super::words::{self, Content, Word, unturned};
use crate::printed::{PageWord, Size};
use crate::{ReadError, structure};
use findbuch_german::is_surely_german;
use hayro_interpret::hayro_syntax::object::DateTime;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use serde::{Deserialize, Serialize};

/// Most pages of a file; the thickest papers have 200.
const MAX_PAGES: usize = 5000;
/// Most words that a language is recognised by.
const MAX_SAMPLE: usize = 400;

/// How far letters reach above and below their baseline, in parts of the size.
const ABOVE: f32 = 0.8;
const BELOW: f32 = 0.22;

/// A file's text and what it says of itself.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Text {
    pub title: Option<String>,
    pub author: Option<String>,
    /// The day on which the file was made, as ISO 8601.
    pub created: Option<String>,
    pub pages: Vec<Page>,
}

/// A page, in points.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    /// In the order in which they are read.
    pub blocks: Vec<Block>,
    pub pictures: usize,
    /// Glyphs of which nothing says which letters they are, and words that have letters.
    pub unknown: usize,
    pub words: usize,
}

/// Paragraphs that stand together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Block {
    /// Lines joined, divided words whole.
    pub paragraphs: Vec<String>,
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
    /// Size of most letters.
    pub size: f32,
    pub lines: usize,
    /// Its words at their places, on the page of that number from 0.
    pub printed: Vec<PageWord>,
    /// Behind a picture, as recognisers of letters write it: the size is a guess.
    pub hidden: bool,
}

impl Page {
    /// A picture without text.
    pub fn is_scan(&self) -> bool {
        self.words == 0 && self.unknown == 0 && self.pictures > 0
    }

    /// Most of its letters cannot be known.
    pub fn is_unreadable(&self) -> bool {
        // a word has some six letters
        self.unknown > 20 && self.unknown > 6 * self.words
    }
}

impl Block {
    /// Words, counted at white space.
    pub fn words(&self) -> usize {
        self.paragraphs.iter().map(|text| text.split_whitespace().count()).sum()
    }

    /// Its paragraphs as one text.
    pub fn text(&self) -> String {
        self.paragraphs.join(" ")
    }
}

/// Reads a PDF. This may take any time and memory.
///
/// # Errors
/// A message, where it is none or needs a password.
pub fn read(bytes: Vec<u8>) -> Result<Text, String> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Password.to_string(),
        LoadPdfError::Decryption(_) => "is encrypted in a way that is not known; save it without encryption".to_owned(),
        LoadPdfError::Invalid => {
            "is no PDF that can be opened; open it in a viewer and save or print it as PDF anew".to_owned()
        }
    })?;
    let cache = InterpreterCache::new();
    let metadata = pdf.metadata();
    let pages = pdf.pages().iter().take(MAX_PAGES).enumerate().map(|(number, page)| {
        let (width, height) = page.render_dimensions();
        let place = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, place, &cache, pdf.xref(), InterpreterSettings::default());
        let mut glyphs = words::Page::new((width, height));
        interpret_page(page, &mut context, &mut glyphs);
        let Content { words, pictures, unknown } = well_guessed(glyphs.finish());
        let count = words.len();
        let size = Size::of(Some(width.into()), Some(height.into()));
        let blocks = blocks(lines(words));
        let blocks = blocks.iter().map(|found| Block {
            printed: size.map(|size| printed(found, size, number)).unwrap_or_default(),
            ..block(found)
        });
        let blocks = blocks.filter(|block| !block.paragraphs.is_empty()).collect();
        Page { width, height, blocks, pictures, unknown, words: count }
    });
    Ok(Text {
        title: metadata.title.as_deref().map(string),
        author: metadata.author.as_deref().map(string),
        created: metadata.creation_date.as_ref().map(day),
        pages: pages.collect(),
    })
}

/// Takes words out that were read by the codes of their letters, unless they are a language.
fn well_guessed(found: Content) -> Content {
    let guessed: Vec<&str> =
        found.words.iter().filter(|word| word.guessed).map(|word| word.text.as_str()).take(MAX_SAMPLE).collect();
    let sample = guessed.join(" ");
    if guessed.is_empty()
        || is_surely_german(&sample)
        || whatlang::detect(&sample).is_some_and(|info| info.is_reliable())
    {
        return found;
    }
    let letters = found.words.iter().filter(|word| word.guessed).map(|word| word.text.chars().count());
    let unknown = found.unknown + letters.sum::<usize>();
    let words = found.words.into_iter().filter(|word| !word.guessed).collect();
    Content { words, unknown, ..found }
}

fn block(block: &layout::Block) -> Block {
    let paragraphs = paragraphs(block).into_iter().map(|lines| {
        let lines: Vec<String> = lines.iter().map(|line| readable(line)).collect();
        structure::join_lines(lines.iter().map(String::as_str))
    });
    Block {
        paragraphs: paragraphs.filter(|text| !text.trim().is_empty()).collect(),
        left: block.left,
        right: block.right,
        top: block.top,
        bottom: block.bottom,
        size: block.size,
        lines: block.lines.len(),
        printed: Vec::new(),
        hidden: block.hidden,
    }
}

/// The words of a block with their places on a page.
fn printed(block: &layout::Block, size: Size, page: usize) -> Vec<PageWord> {
    let words = block.lines.iter().flat_map(|line| line.words.iter().map(move |word| (word, line)));
    let printed = words.filter_map(|(Word { text, left, right, turn, .. }, line)| {
        // words of a line are level
        let (top, bottom) = (line.baseline - line.size * ABOVE, line.baseline + line.size * BELOW);
        let ((a, b), (c, d)) = (unturned((*left, top), *turn), unturned((*right, bottom), *turn));
        let area = size.area(a.min(c).into()..a.max(c).into(), b.min(d).into()..b.max(d).into())?;
        Some(PageWord { text: readable(text), area }.on(page))
    });
    printed.collect()
}

/// Letters for ligatures, and one hyphen for all that divide a word at the end of a line.
fn readable(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for char in line.chars() {
        match char {
            'ﬀ' => text.push_str("ff"),
            'ﬁ' => text.push_str("fi"),
            'ﬂ' => text.push_str("fl"),
            'ﬃ' => text.push_str("ffi"),
            'ﬄ' => text.push_str("ffl"),
            'ﬅ' | 'ﬆ' => text.push_str("st"),
            _ => text.push(char),
        }
    }
    if let Some(stem) = text.strip_suffix(['\u{ad}', '⸗']) {
        return format!("{stem}-");
    }
    text
}

/// A string of the document's properties: UTF-16 or UTF-8 with a mark, else the set of characters that is almost Latin 1.
fn string(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| Some(of(pair.try_into().ok()?))).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}

fn day(created: &DateTime) -> String {
    format!("{:04}-{:02}-{:02}", created.year, created.month, created.day)
}
