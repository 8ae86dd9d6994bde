//! Whether a name is one that a person can have, or the sign of an agency.

use crate::structure::is_agency;

/// Most words of a name.
const MAX_WORDS: usize = 6;
/// Words of desks, papers and companies, in lower case: no person's name has them.
const COLLECTIVE: &[&str] = &[
    "redaktion",
    "online-redaktion",
    "onlineredaktion",
    "lokalredaktion",
    "nachrichten",
    "zeitung",
    "tageblatt",
    "anzeiger",
    "verlag",
    "gmbh",
    "ag",
    "kg",
    "e.v.",
    "e.v",
    "newsroom",
    "team",
    "online",
    "rundfunk",
    "fernsehen",
    "presse",
    "pressestelle",
    "agenturen",
    "agentur",
    "magazin",
    "admin",
    "administrator",
    "webmaster",
    "autor",
    "autoren",
    "autorin",
    "by",
    "datum",
    "foto",
    "fotos",
    "quelle",
    "artikel",
    "profil",
    "stand",
    "kommentare",
    "beiträge",
    "inhalte",
    "nachricht",
    "anzeige",
    "gastautor",
    "von",
    "text",
];

/// One to six words that read as a name, or the sign of an agency.
pub fn is_person_or_agency(name: &str) -> bool {
    if is_agency(name) {
        return true;
    }
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let domain = lower.rsplit_once('.').is_some_and(|(before, end)| {
        !before.is_empty() && matches!(end, "de" | "at" | "ch" | "com" | "net" | "org" | "info" | "eu" | "li")
    });
    let collective = words.iter().any(|word| {
        COLLECTIVE.contains(word)
            || ["redaktion", "verband", "ministerium"].iter().any(|end| word.ends_with(end))
            || word.ends_with("zeitung") && words.len() > 1
    });
    // no person's name begins with an article, nor ends with the sign of a registered society
    let collective =
        collective || words.len() > 1 && matches!(words.first(), Some(&("die" | "das"))) || lower.ends_with(" e. v");
    (1..=MAX_WORDS).contains(&words.len())
        && name.chars().any(char::is_alphabetic)
        && !domain
        && !collective
        && !name.contains(['@', '/', '<', '{', '?', '!'])
        && name.chars().filter(char::is_ascii_digit).count() <= 2
}
