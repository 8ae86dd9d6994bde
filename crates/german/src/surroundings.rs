//! Which words of a text have to be looked at to know what some of them imply: their sentences, and a few words more.

use crate::suspended::is_link;
use std::ops::Range;

/// Words beyond a sentence: dates and initials go on behind a full stop.
const BEYOND: usize = 6;

/// The runs of `spans` that hold everything which can imply something at a word that is `wanted`, in order, none touching another.
pub fn surroundings(text: &str, spans: &[Range<usize>], wanted: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut start, mut end) = (0, 0);
    for at in (0..spans.len()).filter(|at| wanted(*at)) {
        if at >= end {
            start = (0..at).rev().find(|before| divides(text, spans, *before)).map_or(0, |before| before + 1);
            end = (at..spans.len()).find(|at| divides(text, spans, *at)).map_or(spans.len(), |at| at + 1);
        }
        let run = start.saturating_sub(BEYOND)..(end + BEYOND).min(spans.len());
        match found.last_mut() {
            Some(last) if run.start <= last.end => last.end = run.end,
            _ => found.push(run),
        }
    }
    found
}

/// Whether nothing that is implied reaches over what stands behind a word.
fn divides(text: &str, spans: &[Range<usize>], at: usize) -> bool {
    let Some(next) = spans.get(at + 1) else { return true };
    let between = &text[spans[at].end..next.start];
    between.contains(['!', '?', ';']) || (between.contains('.') && !is_link(&text[spans[at].clone()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, words};

    #[test]
    fn sentences_and_some_words_more_are_looked_at() {
        let text = "eins zwei drei vier fünf sechs sieben acht. Das gilt. Rot gelb grün blau weiß grau rosa braun.";
        let spans: Vec<_> = words(text).collect();
        let runs = |wanted: &[usize]| -> Vec<(usize, usize)> {
            let runs = surroundings(text, &spans, |at| wanted.contains(&at));
            runs.into_iter().map(|run| (run.start, run.end)).collect()
        };
        assert_eq!(runs(&[9]), [(2, 16)]);
        assert_eq!(runs(&[0]), [(0, 14)]);
        assert_eq!(runs(&[0, 17]), [(0, 18)]);
        assert_eq!(runs(&[]), []);
    }

    #[test]
    fn what_is_implied_is_the_same_as_in_the_whole_text() {
        let sentences = [
            "Am 7. Oktober 2024 sagte J. D. Folkerts die Ein- bzw. Ausreise ab.",
            "Die Wirtin tritt nach einem langen Abend in der Stube am Montag endlich zurück!",
            "Waffen-, Munitions- und Treibstofflieferungen; Textilhersteller und -händler.",
            "Der CDU- und der SPD-Politiker lasen Leser:innenbriefe über U-Boot-Werften.",
            "Das kostet 15.000 € oder 12 Mio. Euro nach § 218.",
            "Trat er ab? Er fing an: mit einem Lied.",
        ];
        let text = [&sentences[..], &sentences[2..], &sentences[..4]].concat().join(" ");
        let spans: Vec<_> = words(&text).collect();
        let mut analyzer = Analyzer::default();
        let whole = analyzer.tokens_at(&text, &spans, |_| true);
        assert!(whole.iter().filter(|token| !token.also.is_empty()).count() > 30);
        for step in [1, 2, 3, 5, 8, 13, 21, 34] {
            for first in 0..step {
                let found = analyzer.tokens_at(&text, &spans, |at| at % step == first);
                for (at, (found, whole)) in found.iter().zip(&whole).enumerate().filter(|(at, _)| at % step == first) {
                    assert_eq!(found, whole, "word {at}, one of {step}");
                }
            }
        }
    }
}
