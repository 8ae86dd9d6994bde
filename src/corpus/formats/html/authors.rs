//! Who wrote it: names from metadata and bylines, persons told from papers and desks.

use super::page::{self, Page};
use crate::corpus::structure::{is_agency, split_names};
use scraper::ElementRef;

/// Longest byline of a page, in characters.
const MAX_BYLINE: usize = 160;
/// Most words of a name.
const MAX_WORDS: usize = 6;
/// Most names of one article.
const MAX_NAMES: usize = 20;

/// Words that no person is called, in lower case: who signs with them is a desk, a paper or a company.
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
];

/// Names as they were given.
#[derive(Debug, Default)]
pub struct Names {
    given: Vec<String>,
    agencies: Vec<String>,
}

impl Names {
    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.agencies.is_empty()
    }

    /// Takes up a text of one name or several.
    pub fn add(&mut self, text: &str) {
        self.given.extend(in_byline(text));
    }

    /// Takes up an organisation: only an agency is kept.
    pub fn add_organisation(&mut self, text: &str) {
        let name = text.trim();
        if is_agency(name) {
            self.agencies.push(name.to_owned());
        }
    }

    /// Persons and agencies; `papers` are names of the publication.
    pub fn persons(&self, papers: &[&str]) -> Vec<String> {
        let papers: Vec<String> = papers.iter().map(|paper| page::letters(paper)).filter(|p| !p.is_empty()).collect();
        let mut persons: Vec<String> = Vec::new();
        for name in self.given.iter().chain(&self.agencies) {
            let letters = page::letters(name);
            let paper =
                papers.iter().any(|paper| *paper == letters || letters.len() > 3 && paper.starts_with(&letters));
            if !paper && is_person_or_agency(name) && !persons.contains(name) && persons.len() < MAX_NAMES {
                persons.push(name.clone());
            }
        }
        persons
    }
}

/// The names of `Von Jelka Thorn (jth) und Hauke Brons`.
fn in_byline(text: &str) -> Vec<String> {
    if text.contains("://") {
        return Vec::new();
    }
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = plain.as_str();
    if let Some((_, after)) = rest.split_once(" von ").filter(|(before, _)| is_genre(before)) {
        rest = after;
    }
    for opening in
        ["Autoren", "Autorin/Autor", "Autorin", "Autor", "Text", "Interview", "Geschrieben", "Verfasst", "Aus"]
    {
        rest = match rest.strip_prefix(opening) {
            Some(after) if after.starts_with([':', ' ']) && (opening != "Aus" || after.contains(" von ")) => {
                after.trim_start_matches([':', ' '])
            }
            _ => rest,
        };
    }
    for opening in ["Von: ", "Von ", "VON ", "von: ", "von ", "By ", "by "] {
        rest = rest.strip_prefix(opening).unwrap_or(rest).trim_start();
    }
    let mut names: Vec<String> = split_names(rest)
        .iter()
        .map(|name| {
            let name = name.split([':', '•', '·', '—', '–']).next().unwrap_or_default().trim();
            name.trim_end_matches(['.', '*', '-', ' ']).to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect();
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

/// `Ein Kommentar`, `Eine Analyse`, `Interview`
fn is_genre(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words <= 3
        && ["kommentar", "analyse", "gastbeitrag", "interview", "essay", "reportage", "kolumne", "aus", "bericht"]
            .iter()
            .any(|genre| text.to_lowercase().contains(genre))
}

/// One to six words that read as a name, or the sign of an agency.
fn is_person_or_agency(name: &str) -> bool {
    if is_agency(name) {
        return true;
    }
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let domain = lower.rsplit_once('.').is_some_and(|(before, end)| {
        !before.is_empty() && matches!(end, "de" | "at" | "ch" | "com" | "net" | "org" | "info" | "eu" | "li")
    });
    let collective = words.iter().any(|word| {
        COLLECTIVE.contains(word) || word.ends_with("redaktion") || word.ends_with("zeitung") && words.len() > 1
    });
    (1..=MAX_WORDS).contains(&words.len())
        && name.chars().any(char::is_alphabetic)
        && !domain
        && !collective
        && !name.contains(['@', '/', '<', '{', '?', '!'])
        && name.chars().filter(char::is_ascii_digit).count() <= 2
}

/// Names from the page itself: microdata, `rel=author`, and elements whose class says author or byline.
pub fn in_page(page: &Page) -> Names {
    let rules: [fn(ElementRef<'_>) -> bool; 4] = [
        |e| page::has_word(e, "itemprop", "author"),
        |e| page::has_word(e, "rel", "author"),
        |e| {
            let marks = page::marks(e);
            let named = |mark: &str| ["author", "autor", "byline", "verfasser"].iter().any(|n| mark.contains(n));
            let apart = [
                "image",
                "img",
                "wrapper",
                "bio",
                "avatar",
                "box",
                "about",
                "description",
                "desc",
                "link-list",
                "-info",
            ];
            marks.split_whitespace().any(|mark| named(mark) && !apart.iter().any(|n| mark.contains(n)))
        },
        |e| {
            let named = |h: &str| h.contains("/author/") || h.contains("/autor");
            e.value().name() == "a" && e.attr("href").is_some_and(named) && follows_heading(e)
        },
    ];
    for rule in rules {
        let mut names = Names::default();
        // the first byline alone, and others beside it
        let mut around: Option<ElementRef<'_>> = None;
        for element in page.elements().filter(|e| rule(*e) && !is_apart(*e)) {
            if page::is_large(element) {
                continue;
            }
            if around.is_some_and(|around| !above(element).any(|e| e == around)) {
                continue;
            }
            let text = named(element);
            let credit = ["Foto", "Bild", "Quelle", "©"].iter().any(|word| text.contains(word));
            if text.chars().count() > MAX_BYLINE || text.is_empty() || credit {
                continue;
            }
            let mut found: Vec<String> = in_byline(&text);
            found.retain(|name| reads_as_name(name));
            if !found.is_empty() {
                around = around.or_else(|| above(element).nth(1));
                names.given.extend(found);
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    Names::default()
}

/// Whether a main heading stands close above, within the elements that hold both.
fn follows_heading(element: ElementRef<'_>) -> bool {
    above(element).take(4).any(|around| {
        around.descendants().take(60).filter_map(ElementRef::wrap).any(|e| matches!(e.value().name(), "h1" | "h2"))
    })
}

/// The elements that hold this one, the nearest first.
fn above(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

/// Whether an element is of the page or of a reader's comment.
fn is_apart(element: ElementRef<'_>) -> bool {
    page::is_foreign(element) || matches!(element.value().name(), "meta" | "script" | "img" | "input" | "body" | "html")
}

/// The text of a byline; of microdata its `itemprop=name`.
fn named(element: ElementRef<'_>) -> String {
    let name = element.descendants().filter_map(ElementRef::wrap).find(|e| page::has_word(*e, "itemprop", "name"));
    match name {
        Some(name) => name.attr("content").map_or_else(|| page::text(name), str::to_owned),
        None => page::text(element),
    }
}

/// A name on a page must look like one: capitals, and no verb or article in it.
fn reads_as_name(name: &str) -> bool {
    let particle = |w: &str| matches!(w, "von" | "van" | "de" | "der" | "den" | "zu" | "da" | "di" | "del" | "al");
    is_person_or_agency(name)
        && name.split_whitespace().all(|w| particle(w) || w.chars().next().is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_taken_apart() {
        for (text, names) in [
            ("Von Imke Harms (iha) und Ubbo Fink", "Imke Harms|Ubbo Fink"),
            ("Von Imke Harms, Mehlau", "Imke Harms"),
            ("Ein Kommentar von Imke Harms", "Imke Harms"),
            ("Imke Harms, NDA", "Imke Harms"),
            ("Autorin: Imke Harms", "Imke Harms"),
            ("https://bote.example/imke", ""),
        ] {
            assert_eq!(in_byline(text).join("|"), names, "{text}");
        }
    }

    #[test]
    fn papers_and_desks_are_no_persons() {
        let mut names = Names::default();
        for name in ["Norderfehner Bote", "bote.de", "Redaktion Lokales", "Imke Harms", "dpa", "Mehlauer Zeitung"] {
            names.add(name);
        }
        assert_eq!(names.persons(&["NORDERFEHNER BOTE"]), ["Imke Harms", "dpa"]);
    }

    #[test]
    fn bylines_of_a_page_are_found() {
        for (html, names) in [
            ("<p class=byline>Von <a>Imke Harms</a></p>", "Imke Harms"),
            ("<span itemprop=author><b itemprop=name>Imke Harms</b>, Reporterin</span>", "Imke Harms"),
            ("<a rel=author href=/x>Imke Harms</a>", "Imke Harms"),
            ("<h1>Kai</h1><p><a href='/autoren/harms'>Imke Harms</a></p>", "Imke Harms"),
            ("<div class=comments><p class=author>Leser Hans</p></div>", ""),
            ("<p class=author-box>Imke Harms wuchs in Mehlau auf.</p>", ""),
        ] {
            assert_eq!(in_page(&Page::parse(html)).persons(&[]).join("|"), names, "{html}");
        }
    }
}
