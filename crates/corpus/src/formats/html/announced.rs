//! What a page says of its own text: lists of links to other articles, descriptions of films, what the publisher calls the body.

use super::page::{self, Page};
use crate::draft::Draft;
use crate::structure::Block;
use findbuch_article::PartKind;
use scraper::ElementRef;
use std::collections::{HashMap, HashSet};

/// Smallest share of an item's words that are links where the list announces other articles.
const MIN_LINKED: f32 = 0.5;
/// Fewest words of such an item: a list of names or places is shorter.
const MIN_WORDS: usize = 4;
/// Most letters behind the description of a film: its day and length.
const MAX_BEHIND: usize = 24;
/// Most items that are looked at.
const MAX_ITEMS: usize = 2000;

/// Sets the items of lists of links to other pages of the site at `url`, paragraphs that are such a link, and the heading right above
/// them, apart as the page's.
/// Links to elsewhere are what an article refers to.
pub fn set_links_apart(page: &Page, url: Option<&str>, blocks: &mut [Block]) {
    let site = [url.and_then(host), most_linked(page)];
    let mut items = items(page, site);
    items.extend(paragraphs(page, site));
    if items.is_empty() {
        return;
    }
    let mut below = false;
    for block in blocks.iter_mut().rev() {
        let letters = page::letters(&block.lines.join(" "));
        let item = items.contains(&letters);
        if item || below && block.kind == Some(PartKind::Crosshead) {
            block.kind = Some(PartKind::Boilerplate);
        }
        below = item;
    }
}

/// The host of an address; none of one within the site.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("//")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// The host that most links of a page name: it may not be that of the page's address, where papers of a house share articles.
fn most_linked(page: &Page) -> Option<&str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let links = page.elements().filter(|e| e.value().name() == "a").filter_map(|e| e.value().attr("href"));
    for host in links.filter_map(host) {
        *counts.entry(host).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(host, count)| (*count, *host)).map(|(host, _)| host)
}

/// The letters of each item of a list all of whose items are links for the larger part, most of them within the site.
fn items(page: &Page, site: [Option<&str>; 2]) -> HashSet<String> {
    let lists = page.elements().filter(|e| matches!(e.value().name(), "ul" | "ol") && !page.is_foreign(*e));
    let mut found = HashSet::new();
    for list in lists {
        let items: Vec<(ElementRef<'_>, String)> = list
            .child_elements()
            .filter(|e| e.value().name() == "li")
            .map(|e| (e, page::text(e)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let announces = |(item, text): &(ElementRef<'_>, String)| {
            text.split_whitespace().count() >= MIN_WORDS && linked(*item, text) >= MIN_LINKED
        };
        // houses link to their other papers, too
        let links: Vec<&str> = list.descendants().filter_map(ElementRef::wrap).filter_map(|e| e.attr("href")).collect();
        let own = links.iter().filter(|link| host(link).is_none_or(|host| site.contains(&Some(host)))).count();
        if !items.is_empty() && own * 2 >= links.len() && items.iter().all(announces) {
            found.extend(items.iter().map(|(_, text)| page::letters(text)));
        }
        if found.len() > MAX_ITEMS {
            break;
        }
    }
    found
}

/// The letters of each paragraph that is a link to another page of the site, and no sentence.
fn paragraphs(page: &Page, site: [Option<&str>; 2]) -> HashSet<String> {
    let paragraphs = page.elements().filter(|e| e.value().name() == "p" && !page::is_large(*e) && !page.is_foreign(*e));
    let announces = |(paragraph, text): &(ElementRef<'_>, String)| {
        let mut links = paragraph.descendants().filter_map(ElementRef::wrap).filter_map(|e| e.attr("href"));
        text.split_whitespace().count() >= MIN_WORDS
            && !text.ends_with('.')
            && linked(*paragraph, text) >= 1.0
            && links.all(|link| host(link).is_none_or(|host| site.contains(&Some(host))))
    };
    let texts = paragraphs.map(|e| (e, page::text(e))).filter(announces);
    texts.map(|(_, text)| page::letters(&text)).take(MAX_ITEMS).collect()
}

/// Share of the words of an element, whose text is given, that stand in links to elsewhere.
pub fn linked(element: ElementRef<'_>, text: &str) -> f32 {
    let links = element.descendants().filter_map(ElementRef::wrap).filter(|e| e.value().name() == "a");
    let linked: usize = links.map(|link| page::text(link).split_whitespace().count()).sum();
    let in_link = element.ancestors().filter_map(ElementRef::wrap).any(|e| e.value().name() == "a");
    if in_link { 1.0 } else { linked as f32 / text.split_whitespace().count().max(1) as f32 }
}

/// Letters of what the publisher calls the article's body.
pub fn stated(draft: &Draft) -> String {
    draft.body.iter().flat_map(|block| &block.lines).map(|line| page::letters(line)).collect()
}

/// Makes captions of paragraphs that the page's JSON-LD has as descriptions of films, sound and pictures.
pub fn mark_media(described: &HashSet<String>, blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| block.kind.is_none()) {
        if is_described(described, &block.lines.join(" ")) {
            block.kind = Some(PartKind::Caption);
        }
    }
}

/// Whether a text is one of these descriptions, with a day, length or source behind it.
pub fn is_described(described: &HashSet<String>, text: &str) -> bool {
    let letters = page::letters(text);
    let says =
        |description: &String| letters.strip_prefix(description.as_str()).is_some_and(|rest| rest.len() <= MAX_BEHIND);
    described.iter().any(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_links_are_the_pages() {
        let heading = || Block::marked(PartKind::Crosshead, "Mehr vom Kai".into());
        let plain = |text: &str| Block::plain(vec![text.to_owned()]);
        let apart = |html: &str, blocks: &mut [Block]| {
            set_links_apart(&Page::parse(html), Some("https://www.bote.example/kai"), blocks);
            blocks.iter().map(|block| block.kind == Some(PartKind::Boilerplate)).collect::<Vec<_>>()
        };
        let (link, item) = ("Fähre: Wer im Sommer noch übersetzen darf", "Wer einen Stand will, fragt im Rathaus");
        let links = "<ul><li><b>Fähre:</b> <a href=/f>Wer im Sommer noch übersetzen darf</a></ul>";
        assert_eq!(apart(links, &mut [plain(item), heading(), plain(link), plain(item)]), [false, true, true, false]);
        assert_eq!(apart(links, &mut [heading(), plain(item), plain(link)]), [false, false, true]);
        for (host, is_own) in
            [("https://bote.example", true), ("https://anzeiger.example", true), ("https://kai.example", false)]
        {
            let front = "<a href=https://anzeiger.example/>Start</a>".repeat(2);
            let links = links.replace("/f", &format!("{host}/f")) + &front;
            assert_eq!(apart(&links, &mut [heading(), plain(link)]), [is_own; 2], "{host}");
        }
        let mixed = links.replace("</ul>", &format!("<li>{item}</ul>"));
        assert_eq!(apart(&mixed, &mut [heading(), plain(link), plain(item)]), [false; 3]);
        let alone = "<p><strong><a href=/f>Fähre: Wer im Sommer noch übersetzen darf</a></strong></p>";
        assert_eq!(apart(alone, &mut [plain(item), heading(), plain(link)]), [false, true, true]);
        let front = "<a href=/>Start</a><a href=https://bote.example/>Bote</a>".repeat(2);
        for other in [alone.replace("</a>", "</a> am Kai"), alone.replace("/f", "https://kai.example/f") + &front] {
            assert_eq!(apart(&other, &mut [plain(link)]), [false], "{other}");
        }
        let places = "<ul><li><a href=/m>Mehlau</a><li><a href=/n>Norderfehn</a></ul>";
        assert_eq!(apart(places, &mut [heading(), plain("Mehlau"), plain("Norderfehn")]), [false; 3]);
    }

    #[test]
    fn descriptions_of_films_are_captions() {
        let text = "Am Kai stehen die Stände wieder.";
        let lines = [
            text.to_owned(),
            format!("{text} 02.03.2024 | 3:10 min"),
            format!("{text} Der Rat gab nach, der Markt bleibt."),
        ];
        let mut blocks = lines.map(|line| Block::plain(vec![line]));
        mark_media(&HashSet::from([page::letters(text)]), &mut blocks);
        let caption = Some(PartKind::Caption);
        assert_eq!(blocks.each_ref().map(|block| block.kind), [caption, caption, None]);
    }
}
