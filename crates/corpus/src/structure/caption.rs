//! Rule "caption": the text below a picture, recognised by how it speaks of the picture or by its credit.

/// Openings by which a caption speaks of its picture, in lower case.
const OPENINGS: &[&str] = &[
    "das bild zeigt",
    "das foto zeigt",
    "das archivbild zeigt",
    "das archivfoto zeigt",
    "das luftbild zeigt",
    "das symbolbild zeigt",
    "das videostandbild zeigt",
    "das undatierte bild zeigt",
    "das undatierte foto zeigt",
    "die aufnahme zeigt",
    "die bildkombo zeigt",
    "die bildkombination zeigt",
    "die kombo zeigt",
    "die grafik zeigt",
    "dieses foto zeigt",
    "dieses bild zeigt",
    "diese aufnahme zeigt",
    "ein foto zeigt",
    "auf dem bild",
    "auf dem foto",
    "auf diesem foto",
    "auf diesem bild",
    "auf diesem von",
    "dieses von",
    "archivbild",
    "archivfoto",
    "symbolbild",
    "symbolfoto",
    "bild:",
    "foto:",
    "fotos:",
    "grafik:",
    "quelle:",
    "bildunterschrift:",
];

/// Credits that end a caption, in lower case.
const CREDITS: &[&str] = &[
    "foto:",
    "fotos:",
    "bild:",
    "© ",
    "©",
    "(archivbild)",
    "(archivfoto)",
    "(symbolbild)",
    "(symbolfoto)",
    "archivfoto",
    "archivbild",
    "symbolbild",
    "picture alliance",
];

/// Of these each credit has one: fewer to look for.
const IN_CREDITS: &[&str] = &["foto", "bild", "©", "picture"];

/// Marks that say who stands where in a picture.
const POSITIONS: &[&str] =
    &["(l)", "(r)", "(l.)", "(r.)", "(links)", "(rechts)", "(mitte)", "(v. l.)", "(v.l.)", "(m.)"];

/// Longest caption, in words, and longest one that is recognised by its credit or positions alone.
const MAX_WORDS: usize = 70;
const MAX_CREDITED_WORDS: usize = 45;
/// Bytes at the start and at the end that openings and credits are looked for in.
const ENDS: usize = 60;

/// Whether a paragraph is a caption.
#[must_use]
pub fn is_caption(text: &str) -> bool {
    let words = text.bytes().filter(|&b| b == b' ').count() + 1;
    if words > MAX_WORDS {
        return false;
    }
    let opens = |opening: &&str| text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
    if OPENINGS.iter().any(opens) || text.starts_with('©') {
        return true;
    }
    if words > MAX_CREDITED_WORDS {
        return false;
    }
    let tail = text[text.ceil_char_boundary(text.len().saturating_sub(ENDS))..].to_lowercase();
    let may_be_credited = IN_CREDITS.iter().any(|part| tail.contains(part));
    may_be_credited && CREDITS.iter().any(|credit| tail.contains(credit)) || names_positions(text)
}

/// A line that is nothing but the credit of a picture.
#[must_use]
pub fn is_credit(line: &str) -> bool {
    let lower = line.trim_start_matches('(').to_lowercase();
    let opens = ["foto:", "fotos:", "bild:", "grafik:", "©", "quelle:", "imago", "picture alliance"];
    line.len() <= 2 * ENDS && opens.iter().any(|opening| lower.starts_with(opening))
}

/// Whether one of the parentheses holds a position.
fn names_positions(text: &str) -> bool {
    text.match_indices('(').any(|(at, _)| {
        let inner = text[at..text.floor_char_boundary(at + 12)].to_lowercase();
        POSITIONS.iter().any(|position| inner.starts_with(position))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_credit_has_what_is_looked_for_first() {
        assert!(CREDITS.iter().all(|credit| IN_CREDITS.iter().any(|part| credit.contains(part))));
    }

    #[test]
    fn captions_are_told_from_text() {
        for text in [
            "Das Archivbild zeigt die alte Fähre am Anleger von Norderfehn.",
            "Landrätin Tilda Reents (l.) und Kapitän Hauke Brons vor der neuen Fähre.",
            "Der Deich am Vorwerk ist an drei Stellen unterspült. Foto: Jelka Thorn",
            "© Archiv des Kreises",
            "Auf dem Foto prüfen zwei Fachleute das Siel.",
        ] {
            assert!(is_caption(text), "{text}");
        }
        for text in [
            "Das Bild der Stadt hat sich gewandelt, sagt die Landrätin.",
            "Sie machte ein Foto und schickte es der Redaktion.",
            "Bilder vom Hafen gingen um die Welt.",
        ] {
            assert!(!is_caption(text), "{text}");
        }
    }
}
