//! Where the words of an article stand on the sheets that it was printed on, as PDF and the files of recognisers tell.
//!
//! A newspaper's page has thousands of words, so their places are kept as one text: numbers of base 32, each digit a letter of the
//! alphabet of base 64 whose upper half says that another follows (as in source maps, ECMA-426). A place is told by how far it is from the one before.

use crate::Part;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Parts of a sheet's width and height that places are counted in.
pub const SCALE: u16 = 4096;
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Bits of a digit that are the number's, and the one that says that there is more of it.
const BITS: u32 = 5;
const MORE: u64 = 1 << BITS;

/// The sheets of an article, and where on them its words stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// In the order in which they are read.
    pub sheets: Vec<Sheet>,
    /// See the head of this file.
    places: String,
}

/// A page as it was printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// In the unit of the file: pixels, points, tenths of a millimetre.
    pub width: u32,
    /// In the same unit.
    pub height: u32,
    /// Its picture: an address, or a reference from the article's file on: `bilder/3.jpg`, `#page=3` of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

/// A stretch of a sheet, in parts of its width and height.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    /// Place among the sheets.
    pub sheet: usize,
    /// From the left edge.
    pub left: u16,
    /// From the upper edge.
    pub top: u16,
    /// How wide it is.
    pub width: u16,
    /// How high it is.
    pub height: u16,
}

/// A word of an article, and a place where it or a piece of it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Place of the part in the article.
    pub part: usize,
    /// The word's bytes in the text of the part, with the punctuation beside it.
    pub span: Range<usize>,
    /// Where it stands.
    pub area: Area,
}

/// The words of parts, in order, divided at white space: the part and the bytes of each.
pub fn words(parts: &[Part]) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
    parts.iter().enumerate().flat_map(|(at, part)| {
        let text = part.text.as_str();
        text.split_whitespace().map(move |word| {
            let begin = word.as_ptr() as usize - text.as_ptr() as usize;
            (at, begin..begin + word.len())
        })
    })
}

impl Printed {
    /// Sheets with words at their places: the number of each among [`words`], ascending. A word in two pieces has two places.
    pub fn new(sheets: Vec<Sheet>, places: impl IntoIterator<Item = (usize, Area)>) -> Printed {
        let mut text = String::new();
        let (mut next, mut before) = (0, None);
        for (word, area) in places {
            let step = word.saturating_sub(next) as u64;
            if let Some(before) = before.filter(|before: &Area| before.is_on_line(&area)) {
                push(&mut text, step << 1);
                push(&mut text, zigzag(i64::from(area.left) - i64::from(before.right())));
            } else {
                push(&mut text, step << 1 | 1);
                for number in [area.sheet as u64, area.left.into(), area.top.into(), area.height.into()] {
                    push(&mut text, number);
                }
            }
            push(&mut text, area.width.into());
            (next, before) = (word, Some(area));
        }
        Printed { sheets, places: text }
    }

    /// The places of the words of `parts`, those of the article that it was made for.
    #[must_use]
    pub fn places(&self, parts: &[Part]) -> Vec<Place> {
        let words: Vec<(usize, Range<usize>)> = words(parts).collect();
        let mut numbers = self.places.bytes();
        let (mut at, mut before) = (0_usize, Area::default());
        let mut places = Vec::new();
        while let Some(head) = pull(&mut numbers) {
            let Some(area) = before.next(head & 1 == 1, &mut numbers) else { break };
            at = at.saturating_add(usize::try_from(head >> 1).unwrap_or(usize::MAX));
            let Some((part, span)) = words.get(at).cloned().filter(|_| area.sheet < self.sheets.len()) else { break };
            places.push(Place { part, span, area });
            before = area;
        }
        places
    }
}

impl Area {
    /// Left, top, width and height in the unit of the sheet.
    #[must_use]
    pub fn on(&self, sheet: &Sheet) -> [u32; 4] {
        let scaled = |part: u16, of: u32| (u64::from(part) * u64::from(of) / u64::from(SCALE)) as u32;
        let (left, top) = (scaled(self.left, sheet.width), scaled(self.top, sheet.height));
        [left, top, scaled(self.width, sheet.width), scaled(self.height, sheet.height)]
    }

    fn right(&self) -> u16 {
        self.left.saturating_add(self.width)
    }

    fn is_on_line(&self, other: &Area) -> bool {
        (self.sheet, self.top, self.height) == (other.sheet, other.top, other.height)
    }

    /// The place that is told behind this one.
    fn next(self, is_line_new: bool, numbers: &mut impl Iterator<Item = u8>) -> Option<Area> {
        let mut number = || pull(numbers);
        let area = if is_line_new {
            let sheet = usize::try_from(number()?).ok()?;
            let [left, top, height] = [number()?, number()?, number()?].map(u16::try_from);
            Area { sheet, left: left.ok()?, top: top.ok()?, height: height.ok()?, width: 0 }
        } else {
            let left = i64::from(self.right()).checked_add(unzigzag(number()?))?;
            Area { left: u16::try_from(left).ok()?, ..self }
        };
        Some(Area { width: u16::try_from(number()?).ok()?, ..area })
    }
}

fn push(text: &mut String, mut number: u64) {
    loop {
        let (digit, rest) = (number % MORE, number / MORE);
        let digit = if rest > 0 { digit + MORE } else { digit };
        text.push(char::from(DIGITS[digit as usize]));
        if rest == 0 {
            return;
        }
        number = rest;
    }
}

/// The next number; nothing where there is none, or none that was written so.
fn pull(text: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let (mut number, mut shift) = (0_u64, 0);
    loop {
        let digit = digit(text.next()?)?;
        number |= (digit % MORE).checked_shl(shift)?;
        if digit < MORE {
            return Some(number);
        }
        shift += BITS;
    }
}

fn digit(letter: u8) -> Option<u64> {
    let digit = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(digit.into())
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PartKind;

    fn area(sheet: usize, [left, top, width, height]: [u16; 4]) -> Area {
        Area { sheet, left, top, width, height }
    }

    fn parts() -> Vec<Part> {
        [(PartKind::Headline, "Markt am  Kai"), (PartKind::Paragraph, "Die Händler bleiben.")]
            .map(|(kind, text)| Part::new(kind, text))
            .into()
    }

    #[test]
    fn places_come_back() {
        let told = [
            (0, area(0, [400, 100, 300, 80])),
            (2, area(0, [900, 100, 200, 80])),
            (3, area(1, [0, 0, SCALE, 40])),
            // in two pieces, the second to the left of the first
            (4, area(1, [3900, 300, 190, 40])),
            (4, area(1, [10, 340, 30, 40])),
            (5, area(1, [5, 340, 9, 40])),
        ];
        let sheets = vec![Sheet { width: 2480, height: 3508, picture: None }; 2];
        let printed = Printed::new(sheets, told);
        let text = serde_json::to_string(&printed).expect("JSON");
        let read: Printed = serde_json::from_str(&text).expect("printed");
        let parts = parts();
        let found = read.places(&parts);
        assert_eq!(found.iter().map(|place| place.area).collect::<Vec<_>>(), told.map(|(_, area)| area));
        let words: Vec<&str> = found.iter().map(|place| &parts[place.part].text[place.span.clone()]).collect();
        assert_eq!(words, ["Markt", "Kai", "Die", "Händler", "Händler", "bleiben."]);
    }

    #[test]
    fn what_is_no_text_of_places_ends_them() {
        let sheets = vec![Sheet::default()];
        let whole = Printed::new(sheets.clone(), [(0, area(0, [1, 2, 3, 4])), (1, area(0, [10, 2, 3, 4]))]).places;
        let of = |places: &str| Printed { sheets: sheets.clone(), places: places.to_owned() }.places(&parts()).len();
        assert_eq!(of(&whole), 2);
        for cut in 0..whole.len() {
            assert!(of(&whole[..cut]) <= 2);
        }
        for text in ["", "!", "BBBBBB", "________________", "-A", "BAAAAAgggggggggggggggB"] {
            assert!(of(text) <= 1, "{text}");
        }
        // a sheet that is not there, a word that is not there
        assert_eq!((of("BBAAAA"), of("_BAAAAA")), (0, 0));
    }
}
