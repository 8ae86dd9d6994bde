//! Where the words of an article are printed, from what a format tells of the words of a page.
//!
//! On its way to an article a text loses its places: halves of words become whole, parts are moved, running heads and bylines are taken out. So
//! the words of the article are looked for among those of the page by their letters alone: a part as a whole, then its halves, and so on.

use findbuch_article::Part;
use findbuch_article::printed::{Area, Printed, SCALE, Sheet, words};
use findbuch_german::one_line;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Words that must stand near to those before, if there are no more of them; and how near, in bytes of letters.
const FEW: usize = 3;
const NEAR: usize = 400;
/// Most bytes that are looked through for the words of an article.
const MAX_SEARCHED: usize = 256 << 20;
/// Most words of the pages of an article.
const MAX_WORDS: usize = 200_000;

/// The words of the pages that an article is on, in the order in which they are read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PageWords {
    pub sheets: Vec<Sheet>,
    pub words: Vec<PageWord>,
}

/// A word or a piece of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub struct PageWord {
    pub text: String,
    pub area: Area,
}

/// A word without names of fields, since there are many.
type Row = (String, usize, u16, u16, u16, u16);

impl From<Row> for PageWord {
    fn from((text, sheet, left, top, width, height): Row) -> PageWord {
        PageWord { text, area: Area { sheet, left, top, width, height } }
    }
}

impl From<PageWord> for Row {
    fn from(PageWord { text, area }: PageWord) -> Row {
        (text, area.sheet, area.left, area.top, area.width, area.height)
    }
}

impl PageWord {
    /// The word on another sheet.
    pub fn on(self, sheet: usize) -> PageWord {
        PageWord { area: Area { sheet, ..self.area }, ..self }
    }
}

/// The size of a sheet, in the unit of the places on it.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

impl Size {
    /// A size that a sheet may have.
    pub fn of(width: Option<f64>, height: Option<f64>) -> Option<Size> {
        let sound = |number: &f64| (1.0..1e9).contains(number);
        Some(Size { width: width.filter(sound)?, height: height.filter(sound)? })
    }

    /// A sheet of this size.
    #[expect(clippy::cast_sign_loss, reason = "sizes are from 1 to 1e9")]
    pub fn sheet(self, picture: Option<String>) -> Sheet {
        Sheet { width: self.width.round() as u32, height: self.height.round() as u32, picture }
    }

    /// A stretch of it, from edge to edge; what stands out of it is cut.
    #[expect(clippy::cast_sign_loss, reason = "places are from 0 to the scale")]
    pub fn area(self, horizontal: Range<f64>, vertical: Range<f64>) -> Option<Area> {
        let scaled = |at: f64, of: f64| (at / of).clamp(0.0, 1.0) * f64::from(SCALE);
        let (left, right) = (scaled(horizontal.start, self.width), scaled(horizontal.end, self.width));
        let (top, bottom) = (scaled(vertical.start, self.height), scaled(vertical.end, self.height));
        let known = [left, right, top, bottom].iter().all(|number| number.is_finite());
        let (left, right, top, bottom) =
            (left.floor() as u16, right.ceil() as u16, top.floor() as u16, bottom.ceil() as u16);
        (known && left < right && top < bottom).then(|| Area {
            sheet: 0,
            left,
            top,
            width: right - left,
            height: bottom - top,
        })
    }
}

impl PageWords {
    /// The words of one sheet.
    pub fn on(sheet: Sheet, words: Vec<PageWord>) -> PageWords {
        PageWords { sheets: vec![sheet], words }
    }

    /// Adds a sheet without words; its place.
    pub fn add(&mut self, sheet: Sheet) -> usize {
        self.sheets.push(sheet);
        self.sheets.len() - 1
    }

    /// Where the words of `parts` are printed; nothing where none is found.
    pub fn of_article(self, parts: &[Part]) -> Option<Printed> {
        let mut search = Search::among(&self.words);
        let mut of_part: Vec<(usize, String)> = Vec::new();
        let mut open = None;
        for (number, (part, span)) in words(parts).enumerate() {
            if open.replace(part) != Some(part) {
                search.locate(&of_part, false);
                of_part.clear();
            }
            let word = parts.get(part).and_then(|part| part.text.get(span));
            of_part.extend(word.map(letters).filter(|letters| !letters.is_empty()).map(|letters| (number, letters)));
        }
        search.locate(&of_part, false);
        let found = search.found;
        (!found.is_empty()).then(|| Printed::new(self.sheets, found))
    }
}

/// Looks for words among the letters of pages.
struct Search<'a> {
    words: &'a [PageWord],
    letters: String,
    /// Where the letters of each word end.
    ends: Vec<usize>,
    /// Behind what was found last.
    cursor: usize,
    /// Bytes that may still be looked through.
    left: usize,
    /// Words of the article by number, each with a place.
    found: Vec<(usize, Area)>,
}

impl<'a> Search<'a> {
    fn among(words: &'a [PageWord]) -> Search<'a> {
        let words = words.get(..MAX_WORDS).unwrap_or(words);
        let mut all = String::new();
        let ends = words.iter().map(|word| {
            all.push_str(&letters(&word.text));
            all.len()
        });
        let ends = ends.collect();
        Search { words, letters: all, ends, cursor: 0, left: MAX_SEARCHED, found: Vec::new() }
    }

    /// Finds words that follow each other, or halves of them; `near` to those before.
    fn locate(&mut self, words: &[(usize, String)], near: bool) {
        if words.is_empty() || self.letters.is_empty() {
            return;
        }
        let wanted: String = words.iter().map(|(_, letters)| letters.as_str()).collect();
        if let Some(mut at) = self.find(&wanted, near) {
            for (number, letters) in words {
                self.place(*number, at..at + letters.len());
                at += letters.len();
            }
            self.cursor = at;
        } else if words.len() > 1 {
            let (first, second) = words.split_at(words.len() / 2);
            self.locate(first, first.len() <= FEW);
            self.locate(second, second.len() <= FEW);
        }
    }

    /// Where letters stand, first of all behind those that were found last.
    fn find(&mut self, wanted: &str, near: bool) -> Option<usize> {
        let end = if near { self.letters.len().min(self.cursor + NEAR) } else { self.letters.len() };
        let behind = self.look(self.cursor..self.letters.floor_char_boundary(end), wanted);
        if behind.is_some() || near && self.cursor > 0 {
            return behind;
        }
        self.look(0..self.cursor, wanted)
    }

    fn look(&mut self, range: Range<usize>, wanted: &str) -> Option<usize> {
        self.left = self.left.checked_sub(range.len())?;
        let mut matches = self.letters.get(range.clone())?.match_indices(wanted).map(|(at, _)| range.start + at);
        matches.find(|at| self.is_edge(*at) && self.is_edge(at + wanted.len()))
    }

    /// Whether a word of the page begins or ends there.
    fn is_edge(&self, at: usize) -> bool {
        at == 0 || self.ends.binary_search(&at).is_ok()
    }

    /// The places of the words that have some of these letters.
    fn place(&mut self, number: usize, range: Range<usize>) {
        let first = self.ends.partition_point(|end| *end <= range.start);
        let mut begin = first.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        for (word, end) in self.words.iter().zip(&self.ends).skip(first) {
            if begin >= range.end {
                break;
            }
            if begin < *end {
                self.found.push((number, word.area));
            }
            begin = *end;
        }
    }
}

/// The letters and digits of a word, small.
fn letters(word: &str) -> String {
    one_line(word).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::PartKind;
    use proptest::prelude::*;

    fn page(text: &str) -> PageWords {
        let words = text.split_whitespace().zip(0..).map(|(word, at)| PageWord {
            text: word.to_owned(),
            area: Area { sheet: 0, left: 10 * at, top: 100, width: 9, height: 20 },
        });
        PageWords::on(Sheet { width: 1000, height: 1500, picture: None }, words.collect())
    }

    /// Words of the article, each with the numbers of the words of the page that it is.
    fn check(parts: &[&str], text: &str) -> Vec<(String, Vec<u16>)> {
        let parts: Vec<Part> = parts.iter().map(|text| Part::new(PartKind::Paragraph, *text)).collect();
        let mut found: Vec<(String, Vec<u16>)> = Vec::new();
        let Some(printed) = page(text).of_article(&parts) else { return found };
        let mut before = None;
        for place in printed.places(&parts) {
            let word = (place.part, place.span.start);
            if before.replace(word) != Some(word) {
                found.push((parts[place.part].text[place.span].to_owned(), Vec::new()));
            }
            found.last_mut().expect("a word").1.push(place.area.left / 10);
        }
        found
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let told = |words: &[(&str, &[u16])]| -> Vec<(String, Vec<u16>)> {
            words.iter().map(|(word, at)| ((*word).to_owned(), at.to_vec())).collect()
        };
        // a word that was divided is in two pieces
        assert_eq!(
            check(&["Der Hafen ruht."], "Der Ha- fen ruht."),
            told(&[("Der", &[0]), ("Hafen", &[1, 2]), ("ruht.", &[3])])
        );
        // the headline stands below what was a running head, and the text before it
        assert_eq!(
            check(&["Markt am Kai", "Die Händler bleiben."], "Bote Die Händler bleiben. Markt am Kai"),
            told(&[("Markt", &[4]), ("am", &[5]), ("Kai", &[6]), ("Die", &[1]), ("Händler", &[2]), ("bleiben.", &[3])])
        );
        // a word that the page does not have, between others
        assert_eq!(
            check(&["Die Händler am Kai bleiben."], "Die Händler (Seite 3) am Kai bleiben."),
            told(&[("Die", &[0]), ("Händler", &[1]), ("am", &[4]), ("Kai", &[5]), ("bleiben.", &[6])])
        );
        // letters within a word are none
        assert_eq!(check(&["Kai"], "Der Kaiser am Kai"), told(&[("Kai", &[3])]));
        assert_eq!(check(&["Nichts davon"], "Die Händler bleiben."), []);
        assert_eq!(check(&["Die Händler"], ""), []);
    }

    proptest! {
        #[test]
        fn the_text_of_a_page_has_all_of_its_places(text in "([a-zäöü]{1,9} ){1,60}", cuts in prop::collection::vec(1..20_usize, 0..6)) {
            let (mut parts, mut rest) = (Vec::new(), text.split_whitespace().collect::<Vec<_>>());
            for cut in cuts {
                let part = rest.drain(..cut.min(rest.len())).collect::<Vec<_>>().join(" ");
                parts.extend(Some(part).filter(|part| !part.is_empty()));
            }
            parts.extend((!rest.is_empty()).then(|| rest.join(" ")));
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let found = check(&parts, &text);
            let expected = text.split_whitespace().zip(0..).map(|(word, at)| (word.to_owned(), vec![at]));
            prop_assert_eq!(found, expected.collect::<Vec<_>>());
        }

        #[test]
        fn a_size_has_no_place_outside_of_it(left in -1e5..1e5_f64, right in -1e5..1e5_f64, top in -1e5..1e5_f64, bottom in -1e5..1e5_f64) {
            let size = Size::of(Some(2480.0), Some(3508.0)).expect("a size");
            if let Some(area) = size.area(left..right, top..bottom) {
                prop_assert!(area.left + area.width <= SCALE && area.top + area.height <= SCALE);
                prop_assert!(area.width > 0 && area.height > 0);
            }
        }
    }

    #[test]
    fn no_page_takes_long() {
        // parts of which the page has nothing, and pages of one word
        let page = page(&"ab ".repeat(5_000));
        let parts = [
            Part::new(PartKind::Paragraph, "ac ".repeat(20_000)),
            Part::new(PartKind::Paragraph, "ab ".repeat(20_000)),
        ];
        assert!(page.of_article(&parts).is_some());
    }
}
