//! Who wrote it: names from metadata and bylines, with papers and desks left out.

use super::byline;
use super::page::{self, Page};
use super::person::is_person_or_agency;
use super::signs::{self, is_sign};
use crate::structure::is_agency;
use scraper::{ElementRef, Node};

/// Longest byline of a page, in characters.
const MAX_BYLINE: usize = 160;
/// Most names of one article.
const MAX_NAMES: usize = 20;

/// Letters of the labels that stand before a name.
const LABELS: &[&str] =
    &["autor", "autorin", "autorinautor", "autorautorin", "autoren", "verfasser", "verfasserin", "von"];
/// Class parts of places where other articles are announced.
const TEASER: &[&str] = &["teaser", "appetizer", "promo"];
/// Elements behind the heading among which a line with `von` is looked for.
const NEAR_HEADING: usize = 150;
/// Longest line with `von`, in characters.
const MAX_LINE: usize = 90;

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

    /// Adds a text of one name or several.
    pub fn add(&mut self, text: &str) {
        self.given.extend(byline::names(text));
    }

    /// Adds an organisation: only an agency is kept.
    pub fn add_organisation(&mut self, text: &str) {
        let name = text.trim();
        self.agencies.extend(byline::names(name).into_iter().filter(|name| is_agency(name)));
    }

    /// Leaves the persons alone.
    pub fn without_agencies(self) -> Names {
        Names { agencies: Vec::new(), ..self }
    }

    /// Persons and agencies; `papers` are names of the publication.
    pub fn persons(&self, papers: &[&str]) -> Vec<String> {
        let papers: Vec<String> = papers.iter().map(|paper| page::letters(paper)).filter(|p| !p.is_empty()).collect();
        let mut persons: Vec<String> = Vec::new();
        for name in self.given.iter().chain(&self.agencies) {
            let letters = page::letters(name);
            let paper =
                papers.iter().any(|paper| *paper == letters || letters.len() > 3 && paper.starts_with(&letters));
            if !paper
                && (is_person_or_agency(name) || is_sign(name))
                && !persons.contains(name)
                && persons.len() < MAX_NAMES
            {
                persons.push(name.clone());
            }
        }
        persons
    }
}

/// The signs that stand behind the text in the place of names.
fn signed(page: &Page) -> Option<Names> {
    let lines = page.elements().skip_while(|e| !page.is_heading(*e)).filter(|e| is_line(*e) && !is_apart(page, *e));
    let texts = lines.map(page::text).filter(|text| text.chars().count() <= MAX_LINE);
    let given = texts.map(|text| signs::of_line(&text)).find(|signs| !signs.is_empty())?;
    Some(Names { given, agencies: Vec::new() })
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
            let marks = || marks.split_whitespace().filter(|mark| named(mark));
            marks().next().is_some() && !marks().any(|mark| apart.iter().any(|n| mark.contains(n)))
        },
        |e| {
            let named = |h: &str| h.contains("/author/") || h.contains("/autor");
            e.value().name() == "a" && e.attr("href").is_some_and(named) && follows_heading(e)
        },
    ];
    for (at, rule) in rules.iter().enumerate() {
        let mut names = Names::default();
        // the first byline alone, and others beside it
        let mut around: Option<ElementRef<'_>> = None;
        for element in page.elements().filter(|e| rule(*e) && !is_apart(page, *e)) {
            if page::is_large(element) {
                continue;
            }
            if around.is_some_and(|around| !above(element).any(|e| e == around)) {
                continue;
            }
            let text = named(element);
            let credit = ["Foto", "Bild", "Quelle", "©", "Redaktion:"].iter().any(|word| text.contains(word));
            if text.chars().count() > MAX_BYLINE || text.is_empty() || credit {
                continue;
            }
            let signs = if at < 2 { signs::of(&text) } else { Vec::new() };
            let mut found = if signs.is_empty() { byline::names(&text) } else { signs };
            found.retain(|name| reads_as_name(name) || at < 2 && is_sign(name));
            if !found.is_empty() {
                around = around.or_else(|| above(element).nth(1));
                names.given.extend(found);
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    labelled(page).or_else(|| below_heading(page)).or_else(|| signed(page)).unwrap_or_default()
}

/// The names behind a label of their own element: `<b>Autorin:</b> Imke Harms<br>`.
fn labelled(page: &Page) -> Option<Names> {
    let label = |e: &ElementRef<'_>| {
        matches!(e.value().name(), "strong" | "b" | "span" | "dt" | "th" | "td" | "label" | "em" | "i")
            && !page::is_large(*e)
            && LABELS.contains(&page::letters(&page::text(*e)).as_str())
    };
    page.elements().filter(|e| label(e) && !is_apart(page, *e)).find_map(|label| {
        let mut line = String::new();
        for node in label.next_siblings() {
            match node.value() {
                Node::Text(text) => line.push_str(text),
                Node::Element(element) if element.name() == "br" && line.trim().is_empty() => {}
                Node::Element(element) if matches!(element.name(), "br" | "dt" | "th") => break,
                Node::Element(_) => line.push_str(&ElementRef::wrap(node).map(page::text).unwrap_or_default()),
                _ => {}
            }
            if line.len() > MAX_BYLINE {
                break;
            }
        }
        full_names(line.trim())
    })
}

/// The names of the first line behind the heading that is a byline by its words: `Eine Kolumne von Imke Harms`.
fn below_heading(page: &Page) -> Option<Names> {
    let lines = page.elements().skip_while(|e| e.value().name() != "h1").take(NEAR_HEADING);
    lines
        .filter(|e| is_line(*e) && !is_apart(page, *e))
        .map(page::text)
        .filter(|text| text.chars().count() <= MAX_LINE && byline::says_from(text))
        .find_map(|text| full_names(&text))
}

/// Whether an element is one that a line of its own may stand in.
fn is_line(element: ElementRef<'_>) -> bool {
    matches!(
        element.value().name(),
        "p" | "div" | "span" | "li" | "em" | "strong" | "b" | "i" | "small" | "h4" | "h5" | "h6"
    ) && element.descendants().nth(12).is_none()
}

/// The names of a line if all are first and last names.
fn full_names(line: &str) -> Option<Names> {
    let given = byline::names(line);
    let good = !given.is_empty() && given.iter().all(|name| name.contains(' ') && reads_as_name(name));
    good.then(|| Names { given, agencies: Vec::new() })
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
fn is_apart(page: &Page, element: ElementRef<'_>) -> bool {
    is_announced(element)
        || page.is_foreign(element)
        || matches!(element.value().name(), "meta" | "script" | "img" | "input" | "body" | "html")
}

/// Whether an element stands in the announcement of another article.
fn is_announced(element: ElementRef<'_>) -> bool {
    std::iter::once(element)
        .chain(above(element))
        .take(5)
        .take_while(|e| !matches!(e.value().name(), "article" | "main" | "body"))
        .any(|e| page::is_marked(e, TEASER))
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
    fn papers_and_desks_are_no_persons() {
        let mut names = Names::default();
        for name in [
            "Norderfehner Bote",
            "bote.de",
            "Redaktion Lokales",
            "Imke Harms",
            "dpa",
            "Mehlauer Zeitung",
            "Die Warte",
            "Polizeipräsidium Mehlau",
            "Lokalreporterteam",
            "admin",
            "autor",
            "Kaufmannschaft Mehlau e. V.",
        ] {
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
            ("<span itemprop=author>ihm</span>", "ihm"),
            ("<span itemprop=author>srf/jth;uf</span>", "srf/jth|uf"),
            ("<h1>Kai</h1><p>Der Markt bleibt.</p><span>jth, uf; Foto: Archiv</span>", "jth|uf"),
            ("<h1>Kai</h1><p>Der Markt bleibt.</p><p>(jth)</p>", "jth"),
            ("<ul><li><strong>Autorin/Autor</strong> Imke Harms</li></ul>", "Imke Harms"),
            ("<div><b>Datum:</b> 1.2.2023<br><b>Autor:</b> Imke Harms<br><b>Quelle:</b> Bote</div>", "Imke Harms"),
            ("<p><b>Von</b> Mehlau nach Norderfehn</p>", ""),
            ("<h1>Kai</h1><h5><em>Von Imke Harms</em></h5>", "Imke Harms"),
            ("<h1>Kai</h1><p>Eine Kolumne von Imke Harms</p>", "Imke Harms"),
            ("<h1>Kai</h1><p>Von Mehlau aus fährt kein Zug.</p>", ""),
            ("<h1>Kai</h1><div class=teaser-foot><p class=author>Von Ubbo Fink</p></div>", ""),
            ("<p class='text-byline box-byline'>Von Ubbo Fink</p>", ""),
            ("<h1>Kai</h1><p class=byline>Redaktion: Ubbo Fink</p>", ""),
            ("<p class=author-box>Imke Harms wuchs in Mehlau auf.</p>", ""),
        ] {
            assert_eq!(in_page(&Page::parse(html)).persons(&[]).join("|"), names, "{html}");
        }
    }
}
