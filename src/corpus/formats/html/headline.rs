//! Which line of a page is the headline, and what stands above it.
//!
//! The heading that readers see comes before the titles made for search engines and networks; those tell it from the
//! paper's name, from headings in navigation and from a kicker within it.

use super::page::{self, Page};
use scraper::ElementRef;

/// Class parts of a kicker.
const KICKER: &[&str] =
    &["kicker", "topline", "overline", "dachzeile", "spitzmarke", "roofline", "eyebrow", "catchline", "pretitle"];
/// Class parts of a headline.
const HEADLINE: &[&str] = &["headline", "title", "titel", "ueberschrift", "heading"];
/// Longest kicker, in words.
const MAX_KICKER: usize = 8;
/// Longest headline, in characters.
const MAX_HEADLINE: usize = 300;
/// What may stand between kicker and headline, or around either.
const SEPARATORS: [char; 8] = [':', ' ', '–', '-', '|', '/', '+', '•'];
/// What may stand between a title and the site's name.
const SITE_SEPARATORS: [&str; 9] = [" | ", " – ", " - ", " — ", " :: ", " » ", " • ", " · ", " : "];

/// Kicker and headline.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Dachzeile.
    pub kicker: Option<String>,
    /// Schlagzeile.
    pub headline: Option<String>,
}

/// Finds both; `titles` are the titles of the metadata, the best first, `site` names the publication.
pub fn find(page: &Page, titles: &[String], site: &Site) -> Head {
    let titles: Vec<String> = titles.iter().map(|title| site.cut_from(title)).filter(|t| !t.is_empty()).collect();
    let Some(heading) = heading(page, &titles, site) else {
        let (kicker, headline) = (None, titles.into_iter().next());
        return Head { kicker, headline };
    };
    let mut head = apart(heading, &titles);
    if head.kicker.is_none() {
        head.kicker = beside(heading).filter(|kicker| head.headline.as_ref() != Some(kicker));
    }
    without_kicker(&mut head);
    if head.kicker.is_none()
        && let Some(headline) = &head.headline
    {
        let before =
            titles.iter().find_map(|title| title.strip_suffix(headline.as_str())?.trim_end().strip_suffix(':'));
        head.kicker = before.filter(|kicker| is_kicker(kicker)).map(str::to_owned);
    }
    head
}

/// The heading of the article: one that says what a title says, else the first of the page that is not the site's.
fn heading<'a>(page: &'a Page, titles: &[String], site: &Site) -> Option<ElementRef<'a>> {
    let titles: Vec<String> = titles.iter().map(|title| page::letters(title)).collect();
    let candidates: Vec<(ElementRef<'_>, String)> = page
        .elements()
        .filter(|e| matches!(e.value().name(), "h1" | "h2" | "h3") && !apart_from_article(*e))
        .map(|e| (e, page::letters(&page::text(e))))
        .filter(|(_, text)| !text.is_empty() && text.len() <= MAX_HEADLINE && !site.is(text))
        .collect();
    let named = |name: &'static str| candidates.iter().filter(move |(e, _)| e.value().name() == name);
    let says =
        |text: &str| titles.iter().any(|t| t == text || text.len() > 8 && (t.ends_with(text) || text.ends_with(t)));
    let exact = |name| named(name).find(|(_, text)| says(text)).map(|(e, _)| *e);
    let marked = || {
        named("h2").find(|(e, _)| {
            let inner = e.descendants().filter_map(ElementRef::wrap);
            page::has_word(*e, "itemprop", "headline")
                || titles.is_empty() && inner.take(6).any(|e| page::is_marked(e, HEADLINE)) && in_article(*e)
        })
    };
    exact("h1")
        .or_else(|| named("h1").find(|(e, _)| in_article(*e)).map(|(e, _)| *e))
        .or_else(|| exact("h2"))
        .or_else(|| named("h1").next().map(|(e, _)| *e))
        .or_else(|| exact("h3"))
        .or_else(|| marked().map(|(e, _)| *e))
}

/// Whether a heading is the page's. A main heading's own class may say "comment": opinion pieces are called so.
fn apart_from_article(heading: ElementRef<'_>) -> bool {
    let above = heading.ancestors().find_map(ElementRef::wrap);
    above.is_some_and(page::is_foreign) || page::is_marked(heading, &["breadcrumb"])
}

fn in_article(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|e| {
        matches!(e.value().name(), "article" | "main") || e.attr("itemtype").is_some_and(|t| t.contains("Article"))
    })
}

/// Takes the kicker out of a heading: an element of its class, or the first of several elements after which a title goes on.
fn apart(heading: ElementRef<'_>, titles: &[String]) -> Head {
    let whole = page::text(heading);
    let inner: Vec<ElementRef<'_>> = heading.descendants().skip(1).filter_map(ElementRef::wrap).collect();
    let children: Vec<ElementRef<'_>> = heading.child_elements().filter(|e| !page::text(*e).is_empty()).collect();
    let is_title = |text: &str| {
        let text = page::letters(text);
        titles.iter().any(|title| page::letters(title) == text)
    };
    let rest_after = |kicker: &str| whole.strip_prefix(kicker).map(|rest| trimmed(rest).to_owned());
    let marked = inner.iter().find(|e| page::is_marked(**e, KICKER)).map(|e| page::text(*e));
    let first = || {
        let text = page::text(*children.first()?);
        let rest = rest_after(&text)?;
        let ends = text.ends_with(':') || children.get(1).is_some_and(|next| page::text(*next) == ":");
        (children.len() > 1 && (ends || is_title(&rest))).then_some(text)
    };
    if let Some(kicker) = marked.or_else(first)
        && let Some(rest) = rest_after(&kicker).filter(|rest| !rest.is_empty())
    {
        return Head { kicker: Some(trimmed(&kicker).to_owned()).filter(|k| !k.is_empty()), headline: Some(rest) };
    }
    Head { kicker: None, headline: Some(trimmed_start(&whole).to_owned()).filter(|text| !text.is_empty()) }
}

/// A kicker beside the heading, within the elements that hold its head.
fn beside(heading: ElementRef<'_>) -> Option<String> {
    heading
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take(3)
        .take_while(|e| !matches!(e.value().name(), "body" | "html" | "main"))
        .flat_map(|around| around.descendants().filter_map(ElementRef::wrap).take(60))
        .find(|e| page::is_marked(*e, KICKER) && !page::is_foreign(*e) && !wraps_blocks(*e))
        .map(|e| trimmed(&page::text(e)).to_owned())
        .filter(|text| is_kicker(text))
}

/// Whether an element holds a heading or paragraphs, so that it is no kicker but wraps one.
fn wraps_blocks(element: ElementRef<'_>) -> bool {
    element.descendants().skip(1).filter_map(ElementRef::wrap).any(|e| matches!(e.value().name(), "h1" | "h2" | "p"))
}

fn is_kicker(text: &str) -> bool {
    (1..=MAX_KICKER).contains(&text.split_whitespace().count()) && !text.ends_with(['.', '?'])
}

/// A headline without the kicker that stands before it as text.
fn without_kicker(head: &mut Head) {
    let (Some(kicker), Some(headline)) = (&head.kicker, &head.headline) else { return };
    let rest = headline.strip_prefix(kicker.as_str()).filter(|rest| rest.trim_start().starts_with(SEPARATORS));
    match rest.map(trimmed).filter(|rest| !rest.is_empty()) {
        Some(rest) => head.headline = Some(rest.to_owned()),
        None if !is_kicker(kicker) || kicker == headline => head.kicker = None,
        None => {}
    }
}

fn trimmed(text: &str) -> &str {
    trimmed_start(text).trim_end_matches([':', ' ', '|', '–', '-'])
}

fn trimmed_start(text: &str) -> &str {
    text.trim_start_matches(|c: char| SEPARATORS.contains(&c))
}

/// The publication, as titles name it: `Norderfehner Bote`, `bote.example`.
#[derive(Debug, Default)]
pub struct Site {
    names: Vec<String>,
}

impl Site {
    /// From the names that the metadata gives, and the host of the page's address.
    pub fn new(names: &[Option<String>], url: Option<&str>) -> Site {
        let mut names: Vec<String> =
            names.iter().flatten().map(|name| page::letters(name)).filter(|name| !name.is_empty()).collect();
        let host = url.and_then(|url| url.split("://").nth(1)).and_then(|rest| rest.split(['/', '?', ':']).next());
        if let Some(host) = host {
            let host = host.trim_start_matches("www.");
            names.push(page::letters(host));
            names.extend(host.split('.').rev().nth(1).map(page::letters).filter(|name| name.len() > 2));
        }
        Site { names }
    }

    /// Whether letters are the site's name, or the end of an address that has it.
    fn is(&self, letters: &str) -> bool {
        self.names.iter().any(|name| name == letters)
    }

    /// Whether a piece of a title is the site's name, as it stands or with a few letters more.
    fn resembles(&self, piece: &str) -> bool {
        let letters = page::letters(piece);
        let close = |name: &String| {
            name.len() > 2 && letters.contains(name.as_str()) && letters.len() <= name.len() * 2
                || letters.len() > 1 && name.contains(letters.as_str())
        };
        piece.split_whitespace().count() <= 6 && self.names.iter().any(close)
    }

    /// A title without the site's name and a date at its end, or the name at its start.
    pub fn cut_from(&self, title: &str) -> String {
        let mut title = title.trim();
        for _ in 0..4 {
            let last = SITE_SEPARATORS.iter().filter_map(|s| title.rsplit_once(s)).max_by_key(|(left, _)| left.len());
            let Some((left, right)) = last else { break };
            let far = jiff::civil::date(9000, 1, 1);
            let short = right.split_whitespace().count() <= 3;
            let dated = short && crate::corpus::dates::parse(right, far).is_some();
            let domain = !right.contains(' ') && right.contains('.') && right.len() < 30;
            if !(dated || domain || self.resembles(right)) {
                break;
            }
            title = left.trim_end();
        }
        for separator in SITE_SEPARATORS {
            if let Some((left, right)) = title.split_once(separator)
                && self.is(&page::letters(left))
            {
                return right.trim().to_owned();
            }
        }
        title.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_of_the_article_is_found() {
        let titles = ["Markt am Kai: Händler dürfen bleiben".to_owned()];
        let site = Site::new(&[Some("Norderfehner Bote".into())], None);
        let long = "Markt am Kai: Händler dürfen bleiben";
        for (html, kicker, headline) in [
            (
                "<h1>Norderfehner Bote</h1><article><h1>Händler dürfen bleiben</h1></article>",
                "Markt am Kai",
                "Händler dürfen bleiben",
            ),
            (
                "<h1><span class=kicker>Markt am Kai</span> <span>Händler dürfen bleiben</span></h1>",
                "Markt am Kai",
                "Händler dürfen bleiben",
            ),
            ("<h1><small>Kai:</small><span>Wer bleibt</span></h1>", "Kai", "Wer bleibt"),
            (
                "<nav><h1>Start</h1></nav><article><h2 itemprop=headline>Ein Kai für alle</h2></article>",
                "",
                "Ein Kai für alle",
            ),
            (
                "<header><p class=dachzeile>Wochenmarkt</p><h1>Wer am Kai bleibt</h1></header>",
                "Wochenmarkt",
                "Wer am Kai bleibt",
            ),
            ("<p>nichts</p>", "", long),
        ] {
            let head = find(&Page::parse(html), &titles, &site);
            assert_eq!(
                (head.kicker.as_deref().unwrap_or(""), head.headline.as_deref()),
                (kicker, Some(headline)),
                "{html}"
            );
        }
    }

    #[test]
    fn site_names_leave_the_title() {
        let site = Site::new(&[Some("Norderfehner Bote".into())], Some("https://www.bote.example/markt"));
        for (title, cut) in [
            ("Markt bleibt - Norderfehner Bote", "Markt bleibt"),
            ("Markt bleibt am Kai | Bote | 28.04.2023", "Markt bleibt am Kai"),
            ("Norderfehner Bote – Markt bleibt", "Markt bleibt"),
            ("Mehlau - Hafen und Meer", "Mehlau - Hafen und Meer"),
            ("Markt bleibt - bote.example", "Markt bleibt"),
        ] {
            assert_eq!(site.cut_from(title), cut, "{title}");
        }
    }
}
