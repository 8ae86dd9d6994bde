//! What differs between two versions of one text, word by word: for [`super::differences`], which compares articles part by
//! part.

use findbuch_german::words;
use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Words of what is the same that are shown on either side of a difference.
const AROUND: usize = 6;
/// Fewest words of what is the same that are left out.
const LEFT_OUT: usize = 4;

/// A piece of two versions of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Both have it; `…` stands for words left out.
    Same(String),
    /// The earlier alone has it.
    Removed(String),
    /// The later alone has it.
    Added(String),
}

/// The two texts as pieces in order, what was removed before what was added in its place. The number of pairs of words to
/// compare is subtracted from `budget`; where that is too small, all between the common beginning and end differs.
pub fn pieces(before: &str, after: &str, budget: &mut usize) -> Vec<Piece> {
    let (old, new) = (tokens(before), tokens(after));
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let (old_middle, new_middle) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut joined = Joined::default();
    joined.same(&old[..start]);
    match budget.checked_sub(old_middle.len().saturating_mul(new_middle.len())) {
        None => joined.differing(old_middle, new_middle),
        Some(left) => {
            *budget = left;
            for step in capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
                let (old, new) = (&old_middle[step.old_range()], &new_middle[step.new_range()]);
                if step.tag() == DiffTag::Equal { joined.same(old) } else { joined.differing(old, new) }
            }
        }
    }
    joined.same(&old[old.len() - end..]);
    joined.into_pieces()
}

/// The words of a text and what stands between them.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for word in words(text) {
        between(&text[at..word.start], &mut tokens);
        at = word.end;
        tokens.push(&text[word]);
    }
    between(&text[at..], &mut tokens);
    tokens
}

/// Spaces and signs, one at a time.
fn between<'a>(text: &'a str, tokens: &mut Vec<&'a str>) {
    tokens.extend(text.char_indices().map(|(at, char)| &text[at..at + char.len_utf8()]));
}

/// Pieces that differ, each with the text behind it that is the same.
#[derive(Default)]
struct Joined {
    pieces: Vec<(String, String, String)>,
}

impl Joined {
    fn same(&mut self, tokens: &[&str]) {
        if tokens.is_empty() {
            return;
        }
        if self.pieces.is_empty() {
            self.pieces.push(Default::default());
        }
        if let Some((.., same)) = self.pieces.last_mut() {
            same.extend(tokens.iter().copied());
        }
    }

    /// Two pieces that differ with no word between them are one.
    fn differing(&mut self, old: &[&str], new: &[&str]) {
        if old.is_empty() && new.is_empty() {
            return;
        }
        let wordless = |text: &str| !text.chars().any(char::is_alphanumeric);
        match self.pieces.last_mut() {
            Some((removed, added, same)) if !(removed.is_empty() && added.is_empty()) && wordless(same) => {
                for text in [removed, added] {
                    text.push_str(same);
                }
                same.clear();
            }
            _ => self.pieces.push(Default::default()),
        }
        if let Some((removed, added, _)) = self.pieces.last_mut() {
            removed.extend(old.iter().copied());
            added.extend(new.iter().copied());
        }
    }

    fn into_pieces(self) -> Vec<Piece> {
        let three = |(removed, added, same)| [Piece::Removed(removed), Piece::Added(added), Piece::Same(same)];
        self.pieces.into_iter().flat_map(three).filter(|piece| !piece.text().is_empty()).collect()
    }
}

impl Piece {
    /// The text of it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Piece::Same(text) | Piece::Removed(text) | Piece::Added(text) => text,
        }
    }
}

/// The pieces, of what is the same only the words next to a difference.
#[must_use]
pub fn shortened(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let one = |(at, piece)| match piece {
        Piece::Same(text) => Piece::Same(without_middle(&text, at > 0, at < last)),
        other => other,
    };
    pieces.into_iter().enumerate().map(one).collect()
}

/// A text that is the same, shortened to some words at its beginning, where a difference precedes it, and at its end, where one
/// follows.
fn without_middle(text: &str, behind: bool, before: bool) -> String {
    let spans: Vec<_> = words(text).collect();
    let (head, tail) = (usize::from(behind) * AROUND, usize::from(before) * AROUND);
    if spans.len() < head + tail + LEFT_OUT {
        return text.to_owned();
    }
    let head = head.checked_sub(1).and_then(|at| spans.get(at)).map_or("", |word| &text[..word.end]);
    let tail = spans.len().checked_sub(tail).and_then(|at| spans.get(at)).map_or("", |word| &text[word.start..]);
    let space = |text: &str| if text.is_empty() { "" } else { " " };
    format!("{head}{}…{}{tail}", space(head), space(tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(before: &str, after: &str) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        };
        shortened(pieces(before, after, &mut 1_000_000)).iter().map(piece).collect()
    }

    #[test]
    fn words_differ_as_wholes_and_neighbours_together() {
        let check = |before: &str, after: &str, expected: &str| assert_eq!(shown(before, after), expected);
        check("Der Honig fließt.", "Der Honig floss.", "Der Honig [-fließt-]{+floss+}.");
        check("Der Honig fließt.", "Der Honig fließt!", "Der Honig fließt[-.-]{+!+}");
        check("Drei alte Körbe", "Drei neue Kisten", "Drei [-alte Körbe-]{+neue Kisten+}");
        check("Ein Korb", "Ein großer Korb", "Ein {+großer +}Korb");
        check("15.000 Bienen", "15.500 Bienen", "[-15.000-]{+15.500+} Bienen");
        check("", "Honig", "{+Honig+}");
        check(
            "a b c d e f g h i j k l m n o p q r s t 1 u v w x y z aa bb cc dd ee ff",
            "a b c d e f g h i j k l m n o p q r s t 2 u v w x y z aa bb cc dd ee ff",
            "… o p q r s t [-1-]{+2+} u v w x y z …",
        );
        check(
            "1 a b c d e f g h i j k l m n o p q 1",
            "2 a b c d e f g h i j k l m n o p q 2",
            "[-1-]{+2+} a b c d e f … l m n o p q [-1-]{+2+}",
        );
    }

    proptest! {
        #[test]
        fn pieces_are_both_texts(before in "[aäb ,.“]{0,30}|\\PC{0,30}", after in "[aäb ,.“]{0,30}|\\PC{0,30}", budget in 0usize..2_000) {
            let found = pieces(&before, &after, &mut budget.clone());
            let without = |other: fn(&Piece) -> bool| -> String {
                found.iter().filter(|piece| !other(piece)).map(Piece::text).collect()
            };
            prop_assert_eq!(without(|piece| matches!(piece, Piece::Added(_))), before.as_str());
            prop_assert_eq!(without(|piece| matches!(piece, Piece::Removed(_))), after.as_str());
            prop_assert!(found.iter().all(|piece| !piece.text().is_empty()));
            prop_assert!(shortened(found.clone()).len() == found.len());
        }
    }
}
