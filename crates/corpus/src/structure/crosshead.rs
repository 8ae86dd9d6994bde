//! Rule "crosshead": a short line of its own that ends like a headline and not like a sentence.

/// Longest crosshead, in words and in characters.
const MAX_WORDS: usize = 14;
const MAX_CHARS: usize = 110;

/// Whether a paragraph is a crosshead.
#[must_use]
pub fn is_crosshead(text: &str) -> bool {
    if text.len() > 2 * MAX_CHARS {
        return false;
    }
    let words = text.split_whitespace().count();
    if words > MAX_WORDS || text.chars().count() > MAX_CHARS || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    let first = text.chars().find(|c| c.is_alphanumeric());
    if !first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) || text.starts_with(['-', '•', '*', '–']) {
        return false;
    }
    let end = text.trim_end_matches(['“', '”', '"', '»', '«', ')']);
    !end.ends_with(['.', ':', ';', ',', '…', '!', '-', '–']) && (!end.ends_with('?') || sentences(end) == 1)
}

/// Number of sentence ends in a text.
fn sentences(text: &str) -> usize {
    text.matches(['?', '!', '.']).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossheads_are_told_from_text() {
        for text in [
            "Was die Anwohner fordern",
            "Wer zahlt für den neuen Deich?",
            "Kreis sieht „keine Gefahr“ für das Vorwerk",
            "3000 Sandsäcke in einer Nacht",
        ] {
            assert!(is_crosshead(text), "{text}");
        }
        for text in [
            "Die Fähre fährt heute nicht.",
            "„Wir warten“, sagte er.",
            "Die Forderungen im Einzelnen:",
            "• mehr Geld für den Deich",
            "Warum? Wozu? Und wer zahlt?",
            "und dann kam die Flut",
            "***",
        ] {
            assert!(!is_crosshead(text), "{text}");
        }
    }
}
