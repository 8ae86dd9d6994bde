//! Which line of a page is the headline, and what stands above it.
//!
//! The heading that readers see is preferred to the titles made for search engines and networks; those help to distinguish it
//! from the paper's name, from headings in navigation and from a kicker within it.

use super::page::{self, Page};
use super::site::{SEPARATORS as SITE_SEPARATORS, Site};
use scraper::ElementRef;

/// Class parts of a kicker.
const KICKER: &[&str] =
    &["kicker", "topline", "overline", "dachzeile", "spitzmarke", "roofline", "eyebrow", "catchline", "pretitle"];
/// Class parts of a headline.
const HEADLINE: &[&str] = &["headline", "title", "titel", "ueberschrift", "heading"];
/// Classes of what screen readers alone are given.
const HIDDEN: &[&str] =
    &["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "element-invisible", "aural"];
/// Longest kicker, in words.
const MAX_KICKER: usize = 8;
/// Longest headline, in characters.
const MAX_HEADLINE: usize = 300;
/// What may stand between kicker and headline, or around either.
const SEPARATORS: [char; 8] = [':', ' ', '–', '-', '|', '/', '+', '•'];

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
        head.kicker = beside(page, heading).filter(|kicker| head.headline.as_ref() != Some(kicker));
    }
    if head.kicker.is_none() {
        head.kicker = head.headline.as_ref().and_then(|headline| repeated(page, heading, headline));
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
    let starts: Vec<String> = titles.iter().flat_map(|title| starts(title)).collect();
    let titles: Vec<String> = titles.iter().map(|title| page::letters(title)).collect();
    let candidates = |apart: &dyn Fn(ElementRef<'a>) -> bool| -> Vec<(ElementRef<'a>, String)> {
        page.elements()
            .filter(|e| matches!(e.value().name(), "h1" | "h2" | "h3"))
            .filter(|e| says_headline(page, *e) || !apart_from_article(*e, site, apart))
            .map(|e| (e, page::letters(&page::text(e))))
            .filter(|(_, text)| !text.is_empty() && text.len() <= MAX_HEADLINE && !site.is(text))
            .collect()
    };
    let mut found = candidates(&page::is_apart);
    if found.is_empty() {
        found = candidates(&|e| page.is_foreign(e));
    }
    let candidates = found;
    let named = |name: &'static str| candidates.iter().filter(move |(e, _)| e.value().name() == name);
    // `Markt bleibt - Forum`: the end of a title is none where another heading says its start
    let is_end = |title: &str, text: &str| {
        title.strip_suffix(text).is_some_and(|before| !candidates.iter().any(|(_, other)| other == before))
    };
    let says =
        |text: &str| titles.iter().any(|t| t == text || text.len() > 8 && (is_end(t, text) || text.ends_with(t)));
    let exact = |name| named(name).find(|(_, text)| says(text)).map(|(e, _)| *e);
    let start = |name| named(name).find(|(_, text)| starts.contains(text)).map(|(e, _)| *e);
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
        .or_else(|| start("h1"))
        .or_else(|| start("h2"))
        .or_else(|| named("h1").next().map(|(e, _)| *e))
        .or_else(|| exact("h3"))
        .or_else(|| start("h3"))
        .or_else(|| marked().map(|(e, _)| *e))
}

/// What a title says before each mark that may part it from a site's name, or before brackets, in letters.
fn starts(title: &str) -> impl Iterator<Item = String> {
    SITE_SEPARATORS
        .iter()
        .chain(&[" ("])
        .flat_map(move |separator| title.match_indices(separator))
        .map(|(at, _)| page::letters(title.get(..at).unwrap_or_default()))
        .filter(|start| start.len() > 8)
}

/// Whether the heading that the title names calls itself the headline: it is the article's wherever it stands, as opinion pieces do in
/// elements that are called commentary.
fn says_headline(page: &Page, heading: ElementRef<'_>) -> bool {
    page.is_heading(heading) && page::has_word(heading, "itemprop", "headline")
}

/// Whether a heading is the page's: in navigation, at the end of a trail of links, a link to the site's front, or hidden. A
/// main heading's own class may say "comment": opinion pieces are called so.
fn apart_from_article<'a>(heading: ElementRef<'a>, site: &Site, apart: &dyn Fn(ElementRef<'a>) -> bool) -> bool {
    let above = heading.ancestors().find_map(ElementRef::wrap);
    above.is_some_and(apart)
        || page::is_marked(heading, &["breadcrumb"])
        || is_hidden(heading)
        || links_home(heading, site)
        || ends_trail(heading)
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    page::marks(element).split_whitespace().any(|mark| HIDDEN.contains(&mark))
}

/// Whether a heading is a link to the front page.
fn links_home(heading: ElementRef<'_>, site: &Site) -> bool {
    let links = || heading.descendants().filter_map(ElementRef::wrap).filter(|e| e.value().name() == "a");
    links().any(|link| {
        let address = link.attr("href").unwrap_or_default();
        let path = address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, p)| p));
        let front = path.is_empty() && address.contains("://") || address == "/";
        page::has_word(link, "rel", "home") || front && !site.is_front()
    })
}

/// Whether links alone stand before a heading beside it, two at least.
fn ends_trail(heading: ElementRef<'_>) -> bool {
    let before: Vec<ElementRef<'_>> = heading.prev_siblings().filter_map(ElementRef::wrap).take(8).collect();
    let links = before.iter().filter(|e| e.value().name() == "a").count();
    links >= 2 && before.iter().all(|e| matches!(e.value().name(), "a" | "svg" | "img" | "i" | "span"))
}

fn in_article(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|e| {
        matches!(e.value().name(), "article" | "main") || e.attr("itemtype").is_some_and(|t| t.contains("Article"))
    })
}

/// Takes the kicker out of a heading: an element of its class, or the first element if it ends with a colon or a title
/// parts it from the rest.
fn apart(heading: ElementRef<'_>, titles: &[String]) -> Head {
    let inner: Vec<ElementRef<'_>> = heading.descendants().skip(1).filter_map(ElementRef::wrap).collect();
    let mut whole = page::text(heading);
    // a hidden end of the heading is the site's name
    let hidden = inner.iter().rev().find(|e| is_hidden(**e)).map(|e| page::text(*e));
    if let Some(rest) = hidden.and_then(|end| Some(whole.strip_suffix(end.as_str())?.trim_end().to_owned()))
        && !rest.is_empty()
    {
        whole = rest;
    }
    let children = pieces(heading, &whole);
    let parted = |kicker: &str, rest: &str| {
        let (kicker, rest) = (page::letters(kicker), page::letters(rest));
        titles
            .iter()
            .map(|title| page::letters(title))
            .any(|title| title == rest || title.strip_prefix(kicker.as_str()).is_some_and(|after| after == rest))
    };
    let rest_after = |kicker: &str| whole.strip_prefix(kicker).map(|rest| trimmed(rest).to_owned());
    let marked = inner.iter().find(|e| page::is_marked(**e, KICKER)).map(|e| page::text(*e));
    let first = || {
        let text = page::text(*children.first()?);
        let rest = rest_after(&text)?;
        let ends = text.ends_with(':') || children.get(1).is_some_and(|next| page::text(*next) == ":");
        (ends || parted(&text, &rest)).then_some(text)
    };
    let before = |kicker: &String| whole.strip_suffix(kicker.as_str()).map(|rest| trimmed(rest).to_owned());
    let parts = |kicker: Option<String>, rest: &dyn Fn(&String) -> Option<String>| {
        let kicker = kicker?;
        let rest = rest(&kicker).filter(|rest| !rest.is_empty())?;
        Some((kicker, rest))
    };
    let found = parts(marked.clone(), &|kicker| rest_after(kicker))
        .or_else(|| parts(first(), &|kicker| rest_after(kicker)))
        .or_else(|| parts(marked, &before));
    if let Some((kicker, rest)) = found {
        let kicker = trimmed(&kicker).trim_start_matches([',', ' ']).to_owned();
        return Head { kicker: Some(kicker).filter(|k| !k.is_empty()), headline: Some(rest) };
    }
    Head { kicker: None, headline: Some(trimmed_start(&whole).to_owned()).filter(|text| !text.is_empty()) }
}

/// The elements that a heading consists of, one around all of them looked through.
fn pieces<'a>(heading: ElementRef<'a>, whole: &str) -> Vec<ElementRef<'a>> {
    let mut around = heading;
    loop {
        let children: Vec<ElementRef<'a>> = around.child_elements().filter(|e| !page::text(*e).is_empty()).collect();
        match children.as_slice() {
            [only] if page::text(*only) == whole => around = *only,
            _ => return children,
        }
    }
}

/// A kicker beside the heading, within the elements that hold its head.
fn beside(page: &Page, heading: ElementRef<'_>) -> Option<String> {
    heading
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take(3)
        .take_while(|e| !matches!(e.value().name(), "body" | "html" | "main"))
        .flat_map(|around| around.descendants().filter_map(ElementRef::wrap).take(60))
        .find(|e| page::is_marked(*e, KICKER) && !page.is_foreign(*e) && !wraps_blocks(*e))
        .map(|e| trimmed(&page::text(e)).to_owned())
        .filter(|text| is_kicker(text))
}

/// What another heading has before the headline that it repeats: `Streit am Kai: Händler dürfen bleiben`.
fn repeated(page: &Page, heading: ElementRef<'_>, headline: &str) -> Option<String> {
    let other = |e: &ElementRef<'_>| {
        matches!(e.value().name(), "h1" | "h2") && *e != heading && !page::is_large(*e) && !page.is_foreign(*e)
    };
    page.elements().filter(other).map(page::text).find_map(|text| {
        let before = text.strip_suffix(headline)?.trim_end();
        before.strip_suffix(':').map(trimmed).filter(|kicker| is_kicker(kicker)).map(str::to_owned)
    })
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
    fn headings_of_the_page_are_told_from_the_articles() {
        for (title, html, kicker, headline) in [
            (
                "Händler dürfen bleiben | Der Kai – Marktblatt",
                "<h1><a href='https://kai.example/'>Der Kai – Marktblatt</a></h1><h1>Händler dürfen bleiben</h1>",
                "",
                "Händler dürfen bleiben",
            ),
            (
                "Händler dürfen bleiben - Forum am Kai",
                "<h1>Forum am Kai</h1><h2>Händler dürfen bleiben</h2>",
                "",
                "Händler dürfen bleiben",
            ),
            (
                "Händler dürfen bleiben : Marktblatt | Seit 1990",
                "<h1>Marktblatt Norderfehn</h1><h2>Händler dürfen bleiben</h2>",
                "",
                "Händler dürfen bleiben",
            ),
            (
                "Streit am Kai: Händler dürfen bleiben",
                "<div><a href=/p>Politik</a><a href=/k>Kai</a><h1>Markt am Kai bleibt noch ein Jahr</h1></div>\
                 <h2><span>Streit am Kai</span><div>Händler dürfen bleiben</div></h2>",
                "Streit am Kai",
                "Händler dürfen bleiben",
            ),
            (
                "",
                "<h1>Händler dürfen bleiben<span class=element-invisible> | Marktblatt</span></h1>",
                "",
                "Händler dürfen bleiben",
            ),
            (
                "",
                "<h1>Händler dürfen bleiben</h1><main><h2><i>Streit am Kai:</i>Händler dürfen bleiben</h2></main>",
                "Streit am Kai",
                "Händler dürfen bleiben",
            ),
            ("", "<h1 class=sr-only>Inhalt</h1><h1>Händler dürfen bleiben</h1>", "", "Händler dürfen bleiben"),
            (
                "",
                "<h1><span>Streit am Kai:</span><br>Händler dürfen bleiben</h1>",
                "Streit am Kai",
                "Händler dürfen bleiben",
            ),
            (
                "",
                "<h1><i>Streit am Kai<u>:</u></i> <span class=topline>Händler dürfen bleiben</span></h1>",
                "Streit am Kai",
                "Händler dürfen bleiben",
            ),
            (
                "Händler dürfen bleiben",
                "<title>Händler dürfen bleiben</title><section class=commentary><h1 itemprop=headline>Händler dürfen bleiben\
                 </h1></section><h1>Anzeigen</h1>",
                "",
                "Händler dürfen bleiben",
            ),
            (
                "Händler dürfen bleiben",
                "<h1><a href=/m><span>Markt</span> Händler dürfen bleiben</a></h1>",
                "Markt",
                "Händler dürfen bleiben",
            ),
            ("Händler dürfen bleiben (2/21)", "<h2>Händler dürfen bleiben</h2>", "", "Händler dürfen bleiben"),
            (
                "",
                "<h1>Händler dürfen bleiben <small class=topline>, Thema: Kai</small></h1>",
                "Thema: Kai",
                "Händler dürfen bleiben",
            ),
        ] {
            let titles: Vec<String> = Some(title.to_owned()).filter(|title| !title.is_empty()).into_iter().collect();
            let head = find(&Page::parse(html), &titles, &Site::default());
            let found = (head.kicker.as_deref().unwrap_or(""), head.headline.as_deref());
            assert_eq!(found, (kicker, Some(headline)), "{html}");
        }
    }
}
