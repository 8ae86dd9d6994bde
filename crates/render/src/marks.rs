//! A text cut at its marked places.

/// The text in pieces, each with whether it is marked; marks as `[from, to)` in characters, in order and not overlapping.
/// What lies behind the end of the text is cut off; empty pieces are left out.
pub(crate) fn pieces<'a>(text: &'a str, marks: &[[usize; 2]]) -> Vec<(bool, &'a str)> {
    let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let chars = starts.len();
    starts.push(text.len());
    let slice = |from: usize, to: usize| {
        let ends = (starts.get(from.min(chars))?, starts.get(to.min(chars))?);
        text.get(*ends.0..*ends.1).filter(|piece| !piece.is_empty())
    };
    let (mut pieces, mut at) = (Vec::new(), 0);
    for &[from, to] in marks {
        pieces.extend(slice(at, from).map(|piece| (false, piece)));
        pieces.extend(slice(from, to).map(|piece| (true, piece)));
        at = to;
    }
    pieces.extend(slice(at, chars).map(|piece| (false, piece)));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_their_marks() {
        for (text, marks, expected) in [
            ("Öl und Gas", &[[0, 2], [7, 10]][..], &[(true, "Öl"), (false, " und "), (true, "Gas")][..]),
            ("Gas", &[[1, 9]], &[(false, "G"), (true, "as")]),
            ("Gas", &[[5, 9]], &[(false, "Gas")]),
            ("Gas", &[], &[(false, "Gas")]),
            ("", &[[0, 1]], &[]),
        ] {
            assert_eq!(pieces(text, marks), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_the_whole_text(text in ".{0,30}", ends in proptest::collection::vec(0usize..40, 0..8)) {
            let mut ends = ends;
            ends.sort_unstable();
            let marks: Vec<[usize; 2]> = ends.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
            let whole: String = pieces(&text, &marks).into_iter().map(|(_, piece)| piece).collect();
            proptest::prop_assert_eq!(whole, text);
        }
    }
}
