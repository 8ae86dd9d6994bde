//! Rules "byline", "date line", "dateline" and "agency signature": who wrote it, when, and where.

use findbuch_article::{Part, PartKind};

/// Agencies as they sign German copy.
const AGENCIES: &[&str] = &[
    "dpa",
    "AFP",
    "Reuters",
    "AP",
    "epd",
    "KNA",
    "SID",
    "APA",
    "Keystone-SDA",
    "SDA",
    "dpa-AFX",
    "dts",
    "ddp",
    "dapd",
    "ADN",
    "Tass",
    "Interfax",
    "Yonhap",
    "Bloomberg",
    "nda",
];

/// Longest byline or date line, and part of a paragraph in which a dateline ends, in bytes.
const MAX_LINE: usize = 160;

/// Most names of one byline.
const MAX_AUTHORS: usize = 6;

/// The names of a byline: `Von Jelka Thorn und Hauke Brons, Mehlau`.
#[must_use]
pub fn authors(line: &str) -> Option<Vec<String>> {
    let rest = [
        "Von ",
        "Von: ",
        "Interview: ",
        "VON ",
        "von ",
        "Autor: ",
        "Autorin: ",
        "Text: ",
        "By ",
        "Ein Kommentar von ",
        "Kommentar von ",
        "Eine Analyse von ",
        "Ein Gastbeitrag von ",
    ]
    .iter()
    .find_map(|opening| line.strip_prefix(opening))?;
    let (rest, agency) = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).unwrap_or((rest, ""));
    let mut names = split_names(without_role(rest.trim_start_matches([':', ' '])));
    // a single word behind full names is the place
    let full = |name: &String| name.contains(' ');
    if names.len() > 1
        && names[..names.len() - 1].iter().all(full)
        && names.last().is_some_and(|last| !full(last) && !is_agency(last))
    {
        names.pop();
    }
    let good = !names.is_empty() && names.len() <= MAX_AUTHORS && names.iter().all(|name| is_name(name));
    names.extend(is_agency(agency).then(|| agency.to_owned()));
    (good && !line.ends_with(['.', '!', '?'])).then_some(names)
}

/// Whether a line holds a date.
pub fn has_date(line: &str) -> bool {
    crate::dates::parse(line, jiff::civil::date(9000, 1, 1)).is_some()
}

/// `Almut Freese` of `unserer Gerichtsreporterin Almut Freese`: the two last words where a role comes first.
fn without_role(text: &str) -> &str {
    let named = ["unserer ", "unserem ", "unseren "].iter().any(|opening| text.starts_with(opening));
    let name = text.rmatch_indices(' ').nth(1).map(|(at, _)| &text[at + 1..]);
    if named { name.unwrap_or(text) } else { text }
}

/// Splits `Jelka Thorn, Hauke Brons und dpa`. An address among them is no name, and ends the one before it.
#[must_use]
pub fn split_names(text: &str) -> Vec<String> {
    let words = text.split(' ').map(|word| if is_web_address(word) { "," } else { word });
    let text = words.collect::<Vec<_>>().join(" ");
    text.replace(" und ", ",")
        .replace(" and ", ",")
        .split([',', ';', '|', '/', '&'])
        .map(|name| name.trim().trim_start_matches("Von ").trim_start_matches("von ").trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Whether a word is an address of the web: one with a scheme, or a host in small letters with a path.
fn is_web_address(word: &str) -> bool {
    let host = word.split_once('/').map_or("", |(host, _)| host).trim_start_matches(['(', '<', '[']);
    let is_host_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | ':');
    // no abbreviation: `u.a./red` has no domain of one letter
    let has_domain = host.rsplit_once('.').is_some_and(|(name, domain)| !name.is_empty() && domain.len() > 1);
    word.contains("://") || has_domain && host.chars().all(is_host_sign)
}

/// One to four capitalised words; particles (von, de, van) may stand between.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let particle =
        |w: &str| matches!(w, "von" | "van" | "de" | "der" | "den" | "zu" | "da" | "di" | "del" | "al" | "in");
    (1..=5).contains(&words.len())
        && words.iter().all(|w| particle(w) || w.chars().next().is_some_and(char::is_uppercase) || is_agency(w))
        && !words.iter().any(|w| w.bytes().any(|b| b.is_ascii_digit()))
}

/// Whether a word is the sign of an agency.
#[must_use]
pub fn is_agency(word: &str) -> bool {
    AGENCIES.contains(&word)
}

/// A short line that gives the day of publication: `12.09.2023, 14:05 Uhr`, `Stand: 3. März 2021`.
#[must_use]
pub fn is_date_line(line: &str) -> bool {
    if line.len() > MAX_LINE {
        return false;
    }
    let words = line.split_whitespace().count();
    if words > 12 || line.ends_with(['!', '?']) {
        return false;
    }
    let far = jiff::civil::date(9000, 1, 1);
    let opening = line.to_lowercase();
    let named = [
        "stand",
        "aktualisiert",
        "veröffentlicht",
        "erschienen",
        "datum",
        "erstellt",
        "update",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
        "vom ",
        "am ",
    ]
    .iter()
    .any(|name| opening.starts_with(name));
    let begins = line.chars().next().is_some_and(|c| c.is_ascii_digit())
        || line
            .split_once(", ")
            .is_some_and(|(town, rest)| is_town(town) && rest.starts_with(|c: char| c.is_ascii_digit()));
    (named || begins || words <= 3) && crate::dates::parse(line, far).is_some() && words <= date_words(line)
}

/// Words that a line may have besides its date: few, or it is a sentence.
fn date_words(line: &str) -> usize {
    let known = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        w.is_empty() || w.bytes().any(|b| b.is_ascii_digit()) || w == "Uhr"
    };
    4 + line.split_whitespace().filter(|w| known(w)).count()
}

/// A dateline and the text after it.
#[derive(Debug, PartialEq, Eq)]
pub struct Dateline<'a> {
    /// Where the report was written.
    pub town: String,
    /// Who reports.
    pub agency: Option<String>,
    /// The paragraph without the dateline.
    pub rest: &'a str,
}

/// `Köln (dpa) – Der …`, `MEHLAU, 3. März (nda/epd) - Der …`, `Norderfehn – Der …` in capitals.
#[must_use]
pub fn dateline(text: &str) -> Option<Dateline<'_>> {
    let start = &text[..text.floor_char_boundary(MAX_LINE)];
    let dashes = [" – ", " - ", " — "].iter().filter_map(|dash| Some((start.find(dash)?, dash.len())));
    let (at, width) = dashes.min()?;
    let (opening, rest) = (&text[..at], &text[at + width..]);
    let words = opening.split_whitespace().count();
    if words > 8 || opening.chars().count() > 60 {
        return None;
    }
    if let Some((town, signs)) = opening.split_once('(') {
        let signs = signs.strip_suffix(')').or_else(|| signs.strip_suffix(")."))?;
        let agency = signs.split(['/', ',', ' ']).find(|sign| is_agency(sign))?;
        let town = town.split(',').next().unwrap_or(town).trim();
        return is_town(town).then(|| Dateline { town: town.to_owned(), agency: Some(agency.to_owned()), rest });
    }
    let town = opening.trim_end_matches(['.', ',']);
    let capitals = town.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && town.chars().count() > 2;
    (capitals && words <= 3).then(|| Dateline { town: town.to_owned(), agency: None, rest })
}

fn is_town(text: &str) -> bool {
    !text.is_empty()
        && text.split(['/', ' ', '-']).all(|w| {
            w.is_empty()
                || w.chars().next().is_some_and(char::is_uppercase)
                || matches!(w, "am" | "an" | "der" | "im" | "in" | "bei" | "ob" | "a.")
        })
}

/// The agency that signs the last paragraph: `… am Abend. (dpa)`, `dpa`.
#[must_use]
pub fn agency_signature(parts: &[Part]) -> Option<String> {
    let last = parts.iter().rposition(|p| p.kind == PartKind::Paragraph);
    // it may stand by itself below, before what else is the page's
    let below = parts.get(last.map_or(0, |last| last + 1)..).unwrap_or_default();
    let below = below.iter().find(|p| p.kind == PartKind::Boilerplate);
    let last = last.and_then(|last| parts.get(last));
    [below, last].into_iter().flatten().find_map(signature)
}

fn signature(part: &Part) -> Option<String> {
    let word = part.text.split_whitespace().next_back()?;
    let sign = word.trim_matches(|c: char| !c.is_alphanumeric());
    let bracketed = word.starts_with('(') || part.text.trim_matches(|c: char| !c.is_alphanumeric()) == sign;
    sign.split(['/', ',']).find(|s| bracketed && is_agency(s)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_names() {
        let names = |line: &str| authors(line).map(|names| names.join("|"));
        assert_eq!(names("Von Jelka Thorn").as_deref(), Some("Jelka Thorn"));
        assert_eq!(
            names("Von Jelka Thorn und Hauke van der Brons, Mehlau").as_deref(),
            Some("Jelka Thorn|Hauke van der Brons")
        );
        assert_eq!(names("Von unserer Reporterin Almut Freese").as_deref(), Some("Almut Freese"));
        assert_eq!(names("Von Jelka Thorn (dpa)").as_deref(), Some("Jelka Thorn|dpa"));
        assert_eq!(names("Von: Jelka Thorn").as_deref(), Some("Jelka Thorn"));
        assert_eq!(names("Von heute an gilt der neue Fahrplan"), None);
        assert_eq!(names("Von der Leyen kündigt neue Regeln an"), None);
    }

    #[test]
    fn addresses_are_not_taken_for_several_names() {
        for (text, expected) in [
            ("https://bote.example/autoren/imke-harms?von=a&nach=b", ""),
            ("Imke Harms (https://bote.example/imke), Ubbo Fink", "Imke Harms|Ubbo Fink"),
            ("Imke Harms <http://bote.example/> und Ubbo Fink", "Imke Harms|Ubbo Fink"),
            ("www.bote.example/imke; Ubbo Fink", "Ubbo Fink"),
            ("netz.example:8080/imke", ""),
            ("imke.harms@bote.example", "imke.harms@bote.example"),
            ("Imke Harms/Ubbo Fink", "Imke Harms|Ubbo Fink"),
            ("I.Harms/U.Fink & dpa", "I.Harms|U.Fink|dpa"),
            ("dpa/epd", "dpa|epd"),
            ("Imke Harms u.a./red", "Imke Harms u.a.|red"),
        ] {
            assert_eq!(split_names(text).join("|"), expected, "{text}");
        }
    }

    #[test]
    fn date_lines_are_told_from_sentences() {
        for line in [
            "12.09.2023, 14:05 Uhr",
            "Stand: 3. März 2021",
            "Mehlau, 12. Mai 2020",
            "Veröffentlicht am 1.2.2019 um 07:30 Uhr",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in [
            "Am 3. März 2021 begann der Umbau des Hafens",
            "Die Fähre fährt seit dem 1.2.2019 nicht mehr",
            "Stand der Dinge",
        ] {
            assert!(!is_date_line(line), "{line}");
        }
    }

    #[test]
    fn datelines_give_town_and_agency() {
        let found = dateline("Mehlau (nda) – Der Deich hält.");
        assert_eq!(
            found,
            Some(Dateline { town: "Mehlau".into(), agency: Some("nda".into()), rest: "Der Deich hält." })
        );
        assert_eq!(
            dateline("Bad Oberlenz, 3. Mai (nda/epd) - Es brennt.").map(|d| d.town).as_deref(),
            Some("Bad Oberlenz")
        );
        assert_eq!(dateline("NORDERFEHN – Die Werft ruht.").map(|d| d.town).as_deref(), Some("NORDERFEHN"));
        assert_eq!(dateline("Der Deich (aus Klei) – er hält."), None);
        assert_eq!(dateline("Die Fähre – sie fährt wieder."), None);
    }

    #[test]
    fn signatures_name_the_agency() {
        let sign = |text: &str| agency_signature(&[Part::new(PartKind::Paragraph, text)]);
        assert_eq!(sign("Das sagte sie am Abend. (dpa)").as_deref(), Some("dpa"));
        assert_eq!(sign("Das meldete die dpa"), None);
    }
}
