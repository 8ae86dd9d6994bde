//! Rules "reading time" and "furniture": lines that belong to the page and not to the article.

/// Longest line, in bytes, that these rules look at.
const MAX_BYTES: usize = 160;

/// Minutes of a line that states the reading time: `Lesezeit 4 Minuten`, `4 Min. Lesezeit`, `Lesedauer: 3 Min.`
#[must_use]
pub fn reading_minutes(line: &str) -> Option<u16> {
    if line.len() > MAX_BYTES || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let lower = line.to_lowercase();
    let named =
        ["lesezeit", "lesedauer", "min read", "min. read", "minute read"].iter().any(|name| lower.contains(name));
    if !(named && line.split_whitespace().count() <= 7 || is_bare_minutes(&lower)) {
        return None;
    }
    let words: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || c == ':').filter(|word| !word.is_empty()).collect();
    let unit = words.iter().position(|word| word.starts_with("min"))?;
    let number = unit.checked_sub(1).and_then(|at| words.get(at))?;
    number.trim_start_matches("ca.").parse().ok().filter(|&minutes| minutes > 0)
}

/// `3 min`, `⏱ 4 Min.`: nothing but minutes.
fn is_bare_minutes(lower: &str) -> bool {
    let words: Vec<&str> = lower.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    matches!(words.as_slice(), [number, "min" | "min." | "minuten"] if number.bytes().all(|b| b.is_ascii_digit()))
}

/// Lines that are the page's whenever they stand alone, in lower case without end marks.
const LINES: &[&str] = &[
    "anzeige",
    "bild vergrößern",
    "werbung",
    "anzeige endet",
    "advertisement",
    "artikel anhören",
    "artikel drucken",
    "artikel merken",
    "artikel teilen",
    "auch interessant",
    "das könnte sie auch interessieren",
    "diesen artikel teilen",
    "drucken",
    "e-mail",
    "externer inhalt",
    "facebook",
    "folgen",
    "folgen ich folge",
    "hier geht es zum newsletter",
    "ich folge",
    "jetzt anmelden",
    "jetzt lesen",
    "jetzt registrieren",
    "jetzt testen",
    "kommentar schreiben",
    "kommentare",
    "kommentare anzeigen",
    "kommentieren",
    "lesen sie auch",
    "lesen sie dazu auch",
    "lesen sie mehr",
    "lesen sie hier weiter",
    "link kopieren",
    "mehr aus diesem ressort",
    "mehr lesen",
    "mehr zum thema",
    "mehr zu diesem thema",
    "meistgelesen",
    "merken",
    "nach oben",
    "neueste artikel",
    "newsletter",
    "schlagworte",
    "schlagwörter",
    "startseite",
    "teilen",
    "themen",
    "twitter",
    "undefined",
    "undefinedundefined",
    "verwandte artikel",
    "verwandte themen",
    "vorlesen",
    "weitere artikel",
    "weitere themen",
    "weiterlesen",
    "whatsapp",
    "xing",
    "zum seitenanfang",
    "zur startseite",
    "zurück zur startseite",
];

/// Words that make a short line the page's, wherever in the line they stand.
const WORDS: &[&str] = &[
    "abonnieren",
    "abonnement",
    "newsletter",
    "probeabo",
    "whatsapp-kanal",
    "digitalabo",
    "e-paper",
    "push-nachrichten",
];

/// Most words of a line that [`WORDS`] can turn into furniture.
const MAX_WORDS: usize = 8;

/// Whether a line is page furniture. The last line of a text (`last`) may be a label of two words, such as a link.
#[must_use]
pub fn is_furniture(line: &str, last: bool) -> bool {
    if line.len() > MAX_BYTES {
        return false;
    }
    // a number alone is the page's or a table's: of the two a table's value is missed more
    if !line.chars().any(char::is_alphabetic) {
        return !line.chars().any(char::is_numeric);
    }
    let lower = line.to_lowercase();
    let bare =
        lower.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(|c: char| " 0123456789/".contains(c));
    if LINES.contains(&bare) || bare.is_empty() {
        return true;
    }
    if lower.starts_with("mehr zum thema")
        || lower.starts_with("lesen sie auch:")
        || lower.starts_with("auch interessant:")
    {
        return true;
    }
    if lower.starts_with('©') && line.split_whitespace().count() <= 12 && (last || lower.contains("alle rechte")) {
        return true;
    }
    let words = line.split_whitespace().count();
    let sentence = line.ends_with('.') && words > 5;
    (words <= MAX_WORDS && !sentence || last && words <= 2 * MAX_WORDS)
        && lower.split_whitespace().any(|word| WORDS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// Words before a colon that lists tags.
const TAG_LABELS: [&str; 7] =
    ["schlagwörter", "schlagworte", "stichwörter", "stichworte", "tags", "keywords", "themen"];
/// Bytes of the longest of them.
const MAX_TAG_LABEL: usize = "schlagwörter".len();
/// Most words of a line that lists tags.
const MAX_TAG_LINE: usize = 30;

/// Tags of a line that lists them: `Schlagwörter: Deich, Hafen`.
#[must_use]
pub fn tags(line: &str) -> Option<Vec<String>> {
    let (_, list) = line.split_once(':').filter(|(label, _)| is_tag_label(label.trim()))?;
    if line.split_whitespace().count() > MAX_TAG_LINE || list.trim_end().ends_with(['.', '!', '?']) {
        return None;
    }
    let tags: Vec<String> =
        list.split([',', ';', '|', '·']).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    (!tags.is_empty()).then_some(tags)
}

/// Whether a line stands above a list of tags: `Schlagwörter zu diesem Artikel`.
#[must_use]
pub fn heads_tags(line: &str) -> bool {
    if line.len() > MAX_BYTES {
        return false;
    }
    let mut words = line.trim_end_matches(':').split_whitespace();
    let label = words.next().is_some_and(is_tag_label);
    let rest: Vec<&str> = if label { words.collect() } else { return false };
    let about =
        |last: &&str| ["artikel", "beitrag", "text", "thema"].iter().any(|word| last.eq_ignore_ascii_case(word));
    rest.is_empty() || rest.len() <= 4 && rest.last().is_some_and(about)
}

/// Whether a word names tags.
fn is_tag_label(word: &str) -> bool {
    word.len() <= MAX_TAG_LABEL && TAG_LABELS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_is_longer_than_what_is_looked_at() {
        assert_eq!(TAG_LABELS.iter().map(|label| label.len()).max(), Some(MAX_TAG_LABEL));
    }

    #[test]
    fn reading_times_are_read() {
        for (line, minutes) in [
            ("Lesezeit 4 Minuten", Some(4)),
            ("Lesezeit: 12 Min.", Some(12)),
            ("3 Min. Lesezeit", Some(3)),
            ("Lesedauer ca. 5 Minuten", Some(5)),
            ("Die Lesezeit im Kindergarten dauert täglich 20 Minuten", None),
            ("Lesezeit", None),
            ("3 min", Some(3)),
            ("14.05.2024 – 3 Min. Lesezeit", Some(3)),
            ("14.5.2024 17:32 Uhr, Lesezeit: 2 Minuten", Some(2)),
            ("Noch 4 Minuten", None),
        ] {
            assert_eq!(reading_minutes(line), minutes, "{line}");
        }
    }

    #[test]
    fn furniture_is_told_from_text() {
        for line in [
            "NB abonnieren",
            "Jetzt den Norderfehner Boten abonnieren!",
            "Mehr zum Thema 1/",
            "Anzeige",
            "• • •",
            "Newsletter „Morgenpost“ bestellen",
            "Artikel teilen",
        ] {
            assert!(is_furniture(line, false), "{line}");
        }
        for line in [
            "Die Anzeige kam am Montag",
            "Kommentare aus dem Rathaus",
            "Wer den Newsletter liest, kennt die Zahlen.",
            "Themen der Woche im Kreistag",
            "Teilen fällt schwer",
            "1945",
            "(21 %)",
            "3:1",
        ] {
            assert!(!is_furniture(line, false), "{line}");
        }
    }
}
