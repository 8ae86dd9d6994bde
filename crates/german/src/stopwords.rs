//! German function words: too frequent to tell one text from another, but a sign that a text is German.

/// Sorted, and folded.
const STOP_WORDS: &[&str] = &[
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "auch", "auf", "aus", "bei", "beim",
    "bin", "bis", "bist", "da", "dabei", "dadurch", "dafür", "daher", "damit", "danach", "dann", "daran", "darauf",
    "daraus", "darf", "darin", "darum", "darüber", "das", "dass", "davon", "dazu", "dein", "deine", "deinem", "deinen",
    "deiner", "deines", "dem", "den", "denen", "denn", "der", "deren", "des", "dessen", "dich", "die", "dies", "diese",
    "diesem", "diesen", "dieser", "dieses", "dir", "doch", "dort", "du", "durch", "durfte", "durften", "dürfen",
    "dürfte", "dürften", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "etwa", "etwas", "euch",
    "euer", "eure", "eurem", "euren", "eurer", "für", "gegen", "gehabt", "gewesen", "geworden", "habe", "haben",
    "habt", "hast", "hat", "hatte", "hatten", "hier", "hätte", "hätten", "ich", "ihm", "ihn", "ihnen", "ihr", "ihre",
    "ihrem", "ihren", "ihrer", "ihres", "im", "in", "indem", "ins", "ist", "ja", "je", "jede", "jedem", "jeden",
    "jeder", "jedes", "jene", "jenem", "jenen", "jener", "jenes", "jetzt", "kann", "kannst", "kein", "keine", "keinem",
    "keinen", "keiner", "keines", "konnte", "konnten", "können", "könnt", "könnte", "könnten", "mag", "man", "mein",
    "meine", "meinem", "meinen", "meiner", "meines", "mich", "mir", "mit", "muss", "musst", "musste", "mussten",
    "möchte", "möchten", "mögen", "müssen", "müsst", "müsste", "müssten", "nach", "nicht", "noch", "nun", "nur", "ob",
    "oder", "ohne", "sehr", "sei", "seid", "seien", "sein", "seine", "seinem", "seinen", "seiner", "seines", "seist",
    "seit", "selbst", "sich", "sie", "sind", "so", "sodass", "soll", "sollen", "sollst", "sollt", "sollte", "sollten",
    "sondern", "sowie", "um", "und", "uns", "unser", "unsere", "unserem", "unseren", "unserer", "unseres", "unter",
    "vom", "von", "vor", "wann", "war", "waren", "warst", "wart", "warum", "was", "wegen", "weil", "welche", "welchem",
    "welchen", "welcher", "welches", "wem", "wen", "wenn", "wer", "werde", "werden", "werdet", "weshalb", "wessen",
    "wie", "wieder", "wieso", "will", "willst", "wir", "wird", "wirst", "wo", "wobei", "wodurch", "wofür", "wogegen",
    "woher", "wohin", "wollen", "wollt", "wollte", "wollten", "womit", "wonach", "woran", "worauf", "woraus", "worden",
    "worin", "worum", "worüber", "wovon", "wozu", "wurde", "wurden", "während", "wäre", "wären", "würde", "würden",
    "zu", "zum", "zur", "zwar", "zwischen", "über",
];

/// Whether a [folded](crate::fold) word is a function word.
///
/// ```
/// assert!(findbuch_german::is_stop_word("und") && !findbuch_german::is_stop_word("munition"));
/// ```
#[must_use]
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// Words without inflection that look like forms of others (*leider* is none of *leid*). Sorted, and folded.
const PARTICLES: &[&str] = &[
    "abseits", "acht", "allerdings", "andererseits", "anders", "anstatt", "anstelle", "ausserdem", "bald", "beinahe",
    "bereits", "besonders", "bevor", "bislang", "bitte", "daher", "damals", "demnächst", "dennoch", "derzeit",
    "deshalb", "diesseits", "drei", "eben", "ebenfalls", "eher", "einerseits", "einst", "elf", "erneut", "etliche",
    "falls", "fast", "frühestens", "fünf", "gar", "gegenüber", "gemäss", "gerade", "gern", "gestern", "halt", "heuer",
    "heute", "hingegen", "höchstens", "immer", "inklusive", "innerhalb", "insgesamt", "inzwischen", "jedoch",
    "jenseits", "jeweils", "kaum", "keinesfalls", "leider", "lieber", "links", "mal", "mehr", "meist", "meistens",
    "mindestens", "mithilfe", "mittels", "mitten", "morgen", "nachdem", "namens", "neun", "nie", "niemals", "oben",
    "obwohl", "oft", "paar", "rechts", "samt", "schade", "schon", "sechs", "seither", "sieben", "sofern", "sogar",
    "sonst", "sowohl", "spätestens", "stets", "teils", "trotz", "trotzdem", "uneins", "unten", "unterwegs",
    "vielleicht", "vier", "vorn", "weder", "weh", "weiterhin", "wenigstens", "zehn", "zudem", "zufolge", "zugleich",
    "zugrunde", "zuhause", "zuletzt", "zumal", "zunächst", "zurück", "zustande", "zuvor", "zwei", "zwölf", "äusserst",
];

/// Whether a folded word is one of the words without inflection that look like forms of others.
pub fn is_particle(folded: &str) -> bool {
    PARTICLES.binary_search(&folded).is_ok()
}

/// Words at the start of a text by which its language is judged, and the fewest that there must be.
const SAMPLE_WORDS: usize = 40;
const MIN_SAMPLE_WORDS: usize = 8;
/// Share of them that must be German function words.
const GERMAN_SHARE: f64 = 0.2;

/// Whether a text is surely German, by the share of function words among its first 40. A German text may fail the test: short ones do.
///
/// ```
/// use findbuch_german::is_surely_german;
///
/// assert!(is_surely_german("Der Deich hält noch einen Winter, sagte die Landrätin am Montag."));
/// assert!(!is_surely_german("The dyke will hold for one more winter, the council said on Monday."));
/// ```
#[must_use]
pub fn is_surely_german(text: &str) -> bool {
    let sample: Vec<&str> = text.split_ascii_whitespace().take(SAMPLE_WORDS).collect();
    let found = sample.iter().filter(|word| is_stop_word(&word.to_lowercase())).count();
    sample.len() >= MIN_SAMPLE_WORDS && found as f64 >= GERMAN_SHARE * sample.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_is_distinguished_from_its_neighbours() {
        assert!(is_surely_german("Der Deich hält noch einen Winter, sagte die Landrätin am Montag in der Stadt."));
        assert!(!is_surely_german(
            "The dyke will hold for one more winter, the council said in a statement on Monday."
        ));
        assert!(!is_surely_german(
            "De dijk houdt het nog een winter, zei de burgemeester maandag in de stad tegen ons."
        ));
        assert!(!is_surely_german("Die Lage"));
    }

    #[test]
    fn list_is_sorted_and_folded() {
        for list in [STOP_WORDS, PARTICLES] {
            assert!(list.is_sorted_by(|left, right| left < right), "binary search needs an order");
        }
        assert!(STOP_WORDS.iter().chain(PARTICLES).all(|word| crate::fold(word) == *word));
        assert!(is_stop_word("und") && is_stop_word("für") && !is_stop_word("munition"));
    }
}
