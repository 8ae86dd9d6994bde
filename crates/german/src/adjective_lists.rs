//! How adjectives are compared that change their stem. `examples/tables.rs` includes this file.

/// Adjectives whose comparison has an umlaut.
pub const WITH_UMLAUT: &[&str] = &[
    "alt", "arg", "arm", "bang", "blass", "dumm", "fromm", "gesund", "glatt", "grob", "gross", "hart", "jung", "kalt",
    "karg", "klug", "krank", "krumm", "kurz", "lang", "nass", "rot", "scharf", "schmal", "schwach", "schwarz", "stark",
    "warm",
];

/// Irregular stems of comparison, and the positive.
pub const IRREGULAR: &[(&str, &str)] =
    &[("höh", "hoch"), ("höch", "hoch"), ("näh", "nah"), ("bess", "gut"), ("be", "gut")];

/// Participles that have become words of their own, which readers do not take for forms of a verb (bekannt, not bekennen).
pub const WORDS_OF_THEIR_OWN: &[&str] = &[
    "abgelegen", "abwesend", "angemessen", "angesehen", "anwesend", "ausgezeichnet", "bedeutend", "befugt", "begabt",
    "bekannt", "beliebt", "bescheiden", "besonnen", "besorgt", "bewusst", "dringend", "entlegen", "entschieden",
    "erfahren", "erhaben", "gediegen", "geeignet", "gelassen", "gelegen", "gerecht", "gesamt", "gescheit", "geschickt",
    "gespannt", "gewandt", "gewiss", "gewohnt", "hervorragend", "renommiert", "überlegen", "unbekannt", "unbewusst",
    "ungeeignet", "ungewiss", "ungewohnt", "unverschämt", "vergangen", "verlegen", "verrückt", "verschieden",
    "verwandt", "vollkommen", "wütend", "zufrieden",
];
