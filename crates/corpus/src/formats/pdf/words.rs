//! The words of a page of PDF, with their places, in the order in which the page draws them: a [`Device`] that draws nothing and
//! keeps each glyph that has letters. Glyphs meet in a word by their places alone, since many pages have no spaces.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use std::collections::HashMap;

/// Most glyphs of a page; a page of the largest papers has 50,000.
const MAX_GLYPHS: usize = 400_000;
/// Smallest size of letters that anybody reads, in points.
const MIN_SIZE: f32 = 0.5;
/// Gap that divides words, in parts of the size; within one operation of a page that has spaces; and overlap that does.
const WORD_GAP: f32 = 0.13;
const WORD_GAP_BESIDE_SPACES: f32 = 0.3;
const OVERLAP: f32 = 0.5;
/// A page has spaces if there is one for so many other glyphs.
const GLYPHS_A_SPACE: usize = 12;
/// How far letters of a word may stand above each other, in parts of the size.
const SHIFT: f32 = 0.3;
/// Sizes that letters of one word may have, the smaller by the larger.
const SAME_SIZE: f32 = 0.55;
/// How far the second print of a word may be off, in parts of the size, and how many of its kind are looked at.
const TWICE: f32 = 0.25;
const MAX_TWINS: usize = 50;
/// Units of an em in the space of glyphs, and the width of a glyph whose font does not say it.
const EM: f64 = 1000.0;
const USUAL_ADVANCE: f32 = 500.0;

/// A word at its place. Places are in points from the top left of the page as it is read, turned so that the word is level.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
    /// Quarter turns that the word is read at.
    pub turn: u8,
    /// The operation of the page that has drawn its beginning.
    pub run: u32,
    /// The one that has drawn its end.
    pub last_run: u32,
    /// Whether a space stands before it.
    pub spaced: bool,
    /// Drawn as an invisible text behind a picture.
    pub hidden: bool,
    /// Read by the codes of its letters alone.
    pub guessed: bool,
}

/// What a page holds.
#[derive(Debug, Default)]
pub struct Content {
    pub words: Vec<Word>,
    /// Pictures that the page draws.
    pub pictures: usize,
    /// Glyphs of which nothing says which letters they are, without those that were guessed.
    pub unknown: usize,
}

/// Collects the glyphs of a page.
#[derive(Debug)]
pub struct Page {
    width: f32,
    height: f32,
    pictures: usize,
    unknown: usize,
    /// The letters of all glyphs.
    text: String,
    glyphs: Vec<Placed>,
    /// Whether the glyphs before the next were spaces, and how many were.
    space: bool,
    spaces: usize,
    run: u32,
}

/// A glyph at its place, as [`Word`] has it; its letters end where those of the next begin.
#[derive(Debug)]
struct Placed {
    begin: usize,
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
    turn: u8,
    run: u32,
    spaced: bool,
    hidden: bool,
    guessed: bool,
}

impl Page {
    /// For a page of so many points.
    pub fn new((width, height): (f32, f32)) -> Page {
        let (text, glyphs) = (String::new(), Vec::new());
        Page { width, height, pictures: 0, unknown: 0, text, glyphs, space: true, spaces: 0, run: 0 }
    }

    /// The words of the page.
    pub fn finish(self) -> Content {
        let has_spaces = self.spaces * GLYPHS_A_SPACE >= self.glyphs.len();
        let mut words: Vec<Word> = Vec::new();
        let mut seen: HashMap<String, Vec<(f32, f32)>> = HashMap::new();
        let ends = self.glyphs.iter().skip(1).map(|next| next.begin).chain([self.text.len()]);
        let mut open: Option<Word> = None;
        for (glyph, end) in self.glyphs.iter().zip(ends) {
            let letters = self.text.get(glyph.begin..end).unwrap_or("");
            match open.as_mut() {
                Some(word) if !glyph.spaced && continues(word, glyph, has_spaces) => {
                    word.text.push_str(letters);
                    word.right = word.right.max(glyph.right);
                    word.size = word.size.max(glyph.size);
                    word.last_run = glyph.run;
                }
                _ => words.extend(open.replace(glyph.word(letters)).filter(|word| is_new(word, &mut seen))),
            }
        }
        words.extend(open.filter(|word| is_new(word, &mut seen)));
        Content { words: joined_spaced_out(words), pictures: self.pictures, unknown: self.unknown }
    }

    fn glyph(&mut self, glyph: &Glyph<'_>, transform: Affine, hidden: bool) {
        let (text, guessed) = match glyph.as_unicode() {
            Some(BfString::Char(char)) => (char.to_string(), false),
            Some(BfString::String(text)) => (text, false),
            // a font that says nothing of its letters may have the usual codes
            None => {
                let usual = char::from_u32(glyph.char_code()).filter(|char| ('\u{21}'..='\u{ff}').contains(char));
                let Some(char) = usual else {
                    self.unknown += 1;
                    return;
                };
                (char.to_string(), true)
            }
        };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(type3) => type3.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(USUAL_ADVANCE));
        let [along_x, along_y, up_x, up_y, ..] = transform.as_coeffs();
        let size = (up_x.hypot(up_y) * EM) as f32;
        let turn = match (along_x.abs() >= along_y.abs(), along_x >= 0.0, along_y > 0.0) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, true) => 1,
            (false, _, false) => 3,
        };
        let origin = transform * Point::ZERO;
        let (from, to) = (turned(origin, turn), turned(transform * Point::new(advance, 0.0), turn));
        let is_placed = [from.0, from.1, to.0, size].iter().all(|value| value.is_finite());
        if !is_placed || size < MIN_SIZE || !self.is_on_page(origin) || self.glyphs.len() >= MAX_GLYPHS {
            return;
        }
        let begin = self.text.len();
        self.text.extend(text.chars().filter(|c| !c.is_control() && *c != '\u{fffd}'));
        if self.text.get(begin..).is_none_or(|letters| letters.trim().is_empty()) {
            self.unknown += usize::from(text.contains('\u{fffd}'));
            self.text.truncate(begin);
            self.spaces += usize::from(!self.space);
            self.space = true;
            return;
        }
        let (left, right) = (from.0.min(to.0), from.0.max(to.0));
        let spaced = std::mem::take(&mut self.space);
        let (baseline, run) = (from.1, self.run);
        self.glyphs.push(Placed { begin, left, right, baseline, size, turn, run, spaced, hidden, guessed });
    }

    /// What lies outside of the page are marks of the printer.
    fn is_on_page(&self, at: Point) -> bool {
        (-2.0..=f64::from(self.width) + 2.0).contains(&at.x) && (-2.0..=f64::from(self.height) + 2.0).contains(&at.y)
    }
}

impl Placed {
    fn word(&self, letters: &str) -> Word {
        Word {
            text: letters.to_owned(),
            left: self.left,
            right: self.right,
            baseline: self.baseline,
            size: self.size,
            turn: self.turn,
            run: self.run,
            last_run: self.run,
            spaced: self.spaced,
            hidden: self.hidden,
            guessed: self.guessed,
        }
    }
}

/// Whether a word is no second print of one that stands at its place already, as it is made to look bold.
fn is_new(word: &Word, seen: &mut HashMap<String, Vec<(f32, f32)>>) -> bool {
    let near = word.size * TWICE;
    let places = seen.entry(word.text.clone()).or_default();
    let twice =
        |(left, baseline): &(f32, f32)| (left - word.left).abs() < near && (baseline - word.baseline).abs() < near;
    if places.iter().rev().take(MAX_TWINS).any(twice) {
        return false;
    }
    places.push((word.left, word.baseline));
    true
}

fn turned(at: Point, turn: u8) -> (f32, f32) {
    let (x, y) = (at.x as f32, at.y as f32);
    match turn {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

/// The point of the page that is turned to this one.
pub fn unturned((x, y): (f32, f32), turn: u8) -> (f32, f32) {
    match turn {
        1 => (-y, x),
        2 => (-x, -y),
        3 => (y, -x),
        _ => (x, y),
    }
}

fn continues(word: &Word, next: &Placed, has_spaces: bool) -> bool {
    let (smaller, larger) = (next.size.min(word.size), next.size.max(word.size));
    let gap = next.left - word.right;
    let most = if has_spaces && next.run == word.last_run { WORD_GAP_BESIDE_SPACES } else { WORD_GAP };
    next.turn == word.turn
        && next.guessed == word.guessed
        && smaller >= larger * SAME_SIZE
        && (next.baseline - word.baseline).abs() <= larger * SHIFT
        && (-larger * OVERLAP..=larger * most).contains(&gap)
}

/// Fewest letters that are a word when they are spaced out, and the widest gap between them, in parts of the size.
const MIN_SPACED_OUT: usize = 4;
const MAX_SPACED_OUT: f32 = 0.6;

/// Joins letters that are set apart to stress a word: single ones that no space divides, with gaps of one width.
fn joined_spaced_out(words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let mut letters = vec![word];
        while let (Some(last), Some(next)) = (letters.last(), words.peek())
            && is_letter(last)
            && is_letter(next)
            && !next.spaced
            && next.turn == last.turn
            && (next.baseline - last.baseline).abs() < last.size * 0.05
            && (0.0..=last.size * MAX_SPACED_OUT).contains(&(next.left - last.right))
            && letters
                .get(letters.len().wrapping_sub(2))
                .is_none_or(|before| ((next.left - last.right) - (last.left - before.right)).abs() < last.size * 0.08)
        {
            letters.extend(words.next());
        }
        if letters.len() >= MIN_SPACED_OUT {
            let text = letters.iter().map(|letter| letter.text.as_str()).collect();
            let right = letters.last().map_or(0.0, |letter| letter.right);
            let first = letters.swap_remove(0);
            joined.push(Word { text, right, ..first });
        } else {
            joined.append(&mut letters);
        }
    }
    joined
}

fn is_letter(word: &Word) -> bool {
    let mut chars = word.text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

impl<'a> Device<'a> for Page {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.run = self.run.wrapping_add(1);
        let hidden = matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), hidden);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pictures += 1;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
