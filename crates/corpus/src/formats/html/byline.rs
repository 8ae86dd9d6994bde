//! The names of a byline: openings, genres, roles, places, days and desks of agencies around them are taken away.

use crate::structure::{is_agency, split_names};

/// Words before `von` that say what kind of text it is or what was done with it, in lower case.
const GENRES: &[&str] = &[
    "kommentar",
    "analyse",
    "gastbeitrag",
    "interview",
    "essay",
    "reportage",
    "kolumne",
    "bericht",
    "glosse",
    "leitartikel",
    "rezension",
    "porträt",
    "text",
    "beitrag",
    "pressemitteilung",
    "nachricht",
    "wortlaut",
    "protokoll",
    "veröffentlicht",
    "verfasst",
    "geschrieben",
    "erstellt",
    "aufgezeichnet",
];
/// What stands before names with a colon or a space.
const OPENINGS: &[&str] =
    &["Autoren", "Autorin/Autor", "Autorin", "Autor", "Text", "Interview", "Geschrieben", "Verfasst", "Aus"];
/// Words that say from whom a text is.
const FROM: &[&str] = &["Von:", "Von", "VON", "von:", "von", "By", "by", "und"];
/// Ends of words that are a role and no name, in lower case.
const ROLES: &[&str] = &["redakteur", "reporter", "korrespondent", "volontär", "autor", "journalist", "kolumnist"];
/// Days of the week as they stand before a date.
const DAYS: &[&str] = &[
    "Mo",
    "Di",
    "Mi",
    "Do",
    "Fr",
    "Sa",
    "So",
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
];
/// Dashes and marks after which no name goes on.
const DASHES: [&str; 6] = [":", "•", "·", "—", "–", " - "];

/// The names of `Von Jelka Thorn (jth) und Hauke Brons`.
pub fn names(text: &str) -> Vec<String> {
    let (plain, within) = without_brackets(text);
    if text.contains("://") || within.split_whitespace().any(|word| word.starts_with("www.")) {
        return Vec::new();
    }
    let plain = plain.split_whitespace().map(without_desk).collect::<Vec<_>>().join(" ");
    let mut names: Vec<String> = split_names(without_opening(&plain)).iter().map(|name| bare(name)).collect();
    names.retain(|name| !name.is_empty());
    // a single word behind full names is the place or the paper
    let full = |name: &String| name.contains(' ');
    while let [first, .., last] = names.as_slice()
        && full(first)
        && !full(last)
        && !is_agency(last)
    {
        names.pop();
    }
    // so is one in capitals behind names that are not
    let capitals = |name: &String| !name.chars().any(char::is_lowercase);
    if names.first().is_some_and(|first| !capitals(first)) {
        names.retain(|name| !capitals(name) || is_agency(name));
    }
    names
}

/// Whether a line says `von` before its names, alone or behind a genre.
pub fn says_from(line: &str) -> bool {
    ["Von ", "Von: ", "VON ", "von ", "von: "].iter().any(|opening| line.starts_with(opening))
        || line.split_once(" von ").is_some_and(|(before, _)| is_genre(before))
}

/// The text outside of brackets, and the one within.
fn without_brackets(text: &str) -> (String, String) {
    let (mut outside, mut within) = (String::new(), String::new());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => within.push(c),
        }
    }
    (outside, within)
}

/// `dpa` of `dpa/lno`: the desk of an agency is no author.
fn without_desk(word: &str) -> &str {
    match word.split_once('/') {
        Some((sign, desk)) if is_agency(sign) && desk.len() <= 4 && desk.chars().all(char::is_lowercase) => sign,
        _ => word,
    }
}

fn without_opening(line: &str) -> &str {
    let mut rest = line;
    if let Some((_, after)) = rest.split_once(" von ").filter(|(before, _)| is_genre(before)) {
        rest = after;
    }
    for opening in OPENINGS {
        rest = match rest.strip_prefix(opening) {
            Some(after) if after.starts_with([':', ' ']) && (*opening != "Aus" || after.contains(" von ")) => {
                after.trim_start_matches([':', ' '])
            }
            _ => rest,
        };
    }
    for opening in FROM {
        rest = match rest.strip_prefix(opening) {
            Some(after) if after.is_empty() || after.starts_with(' ') => after.trim_start(),
            _ => rest,
        };
    }
    rest
}

/// `Ein Kommentar`, `Eine Analyse`, `Veröffentlicht`, `Aus Mehlau`
fn is_genre(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split_whitespace();
    lower.split_whitespace().count() <= 3
        && (lower.starts_with("aus ")
            || words.next_back().is_some_and(|last| GENRES.iter().any(|genre| last.ends_with(genre))))
}

/// A name without what is said of it: role before or behind, place, day; `dpa` of `dpa Nord`.
fn bare(name: &str) -> String {
    let name = DASHES.iter().filter_map(|dash| Some(name.split_once(dash)?.0)).min_by_key(|n| n.len()).unwrap_or(name);
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if let Some(at) =
        words.iter().position(|word| matches!(*word, "in" | "aus" | "für" | "zurzeit")).filter(|at| *at > 1)
    {
        words.truncate(at);
    }
    while words.len() > 1 && words.last().is_some_and(|last| DAYS.contains(last)) {
        words.pop();
    }
    while words.len() > 2 && words.last().is_some_and(|last| is_role(last)) {
        words.pop();
    }
    while words.len() > 2 && words.first().is_some_and(|first| is_role(first) || first.starts_with("unser")) {
        words.remove(0);
    }
    if let [sign, _] = words.as_slice()
        && is_agency(sign)
    {
        words.truncate(1);
    }
    words.join(" ").trim_end_matches(['.', '*', '-', ' ']).trim_start_matches(['~', '-', ' ']).to_owned()
}

fn is_role(word: &str) -> bool {
    let lower = word.to_lowercase();
    let lower = lower.strip_suffix("in").unwrap_or(&lower);
    ROLES.iter().any(|role| lower.ends_with(role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bylines_are_taken_apart() {
        for (text, expected) in [
            ("Von Imke Harms (iha) und Ubbo Fink", "Imke Harms|Ubbo Fink"),
            ("Von Imke Harms, Mehlau", "Imke Harms"),
            ("Ein Kommentar von Imke Harms", "Imke Harms"),
            ("Eine Kolumne von Imke Harms", "Imke Harms"),
            ("Veröffentlicht von Imke Harms", "Imke Harms"),
            ("Text: Ida von Elm", "Ida von Elm"),
            ("Imke Harms, NDA", "Imke Harms"),
            ("Autorin: Imke Harms", "Imke Harms"),
            ("Imke Harms Chefredakteurin", "Imke Harms"),
            ("Von unserer Reporterin Imke Harms", "Imke Harms"),
            ("Imke Harms in Mehlau und Ubbo Fink aus Norderfehn", "Imke Harms|Ubbo Fink"),
            ("Imke Harms Fr, 18. Oktober", "Imke Harms"),
            ("Imke Harms - Norderfehner Bote", "Imke Harms"),
            ("dpa/lno", "dpa"),
            ("AFP Deutschland", "AFP"),
            ("Mehlauer Welle (www.welle.example)", ""),
            ("https://bote.example/imke", ""),
            ("Von", ""),
            ("Vonne Harms", "Vonne Harms"),
        ] {
            assert_eq!(names(text).join("|").replace("|18. Oktober", ""), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_line_panics(line in "(Von |von |und |Text |[A-ZÄa-zß(),:/. –-]{0,6}){0,12}") {
            let _ = names(&line);
        }
    }
}
