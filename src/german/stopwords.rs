//! German function words. They are indexed and count in phrases; in a query of plain words they are not demanded.

/// Sorted, folded as [`super::fold`] does.
const STOP_WORDS: &[&str] = &[
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "auch", "auf", "aus", "bei",
    "beim", "bin", "bis", "bist", "da", "dabei", "dadurch", "dafuer", "damit", "danach", "dann", "daran", "darauf",
    "daraus", "darin", "darueber", "das", "dass", "davon", "dazu", "dein", "deine", "dem", "den", "denen", "denn",
    "der", "deren", "des", "dessen", "dich", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "dir",
    "doch", "dort", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "etwa", "etwas",
    "euch", "fuer", "gegen", "habe", "haben", "hat", "hatte", "hatten", "hier", "ich", "ihm", "ihn", "ihnen", "ihr",
    "ihre", "ihrem", "ihren", "ihrer", "ihres", "im", "in", "indem", "ins", "ist", "ja", "je", "jede", "jedem",
    "jeden", "jeder", "jedes", "jene", "jenem", "jenen", "jener", "jetzt", "kann", "kein", "keine", "keinem",
    "keinen", "keiner", "koennen", "man", "mein", "meine", "mich", "mir", "mit", "muss", "nach", "nicht", "noch",
    "nun", "nur", "ob", "oder", "ohne", "sehr", "sei", "sein", "seine", "seinem", "seinen", "seiner", "seit",
    "selbst", "sich", "sie", "sind", "so", "soll", "sollen", "sondern", "sowie", "ueber", "um", "und", "uns", "unser",
    "unsere", "unter", "vom", "von", "vor", "waehrend", "war", "waren", "warum", "was", "weil", "welche", "wenn",
    "wer", "werden", "wie", "wieder", "will", "wir", "wird", "wo", "wollen", "worden", "wurde", "wurden", "zu", "zum",
    "zur", "zwar", "zwischen",
];

/// Whether a folded word is a function word.
#[must_use]
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_is_sorted_and_folded() {
        assert!(STOP_WORDS.windows(2).all(|pair| pair[0] < pair[1]), "binary search needs an order");
        assert!(STOP_WORDS.iter().all(|word| crate::german::fold(word) == *word));
        assert!(is_stop_word("und") && is_stop_word("fuer") && !is_stop_word("munition"));
    }
}
