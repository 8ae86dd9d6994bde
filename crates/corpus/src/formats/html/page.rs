//! A parsed page, and what its elements say of themselves: meta elements, classes, visible text.
//!
//! Sources: the HTML standard for `<meta>` and its text content, the Open Graph protocol, schema.org microdata.

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Node};
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// Parts of a class or id that mark what is not the article itself.
const FOREIGN: &[&str] = &[
    "breadcrumb",
    "related",
    "recommend",
    "sidebar",
    "comment",
    "footer",
    "newsletter",
    "teaser-list",
    "teaserlist",
    "widget",
    "cookie",
    "consent",
];

/// A page and its meta elements.
pub struct Page {
    html: Html,
    metas: Vec<(String, String)>,
    /// The heading that the title names, or the only main heading, and the elements that hold it.
    heading: Option<NodeId>,
    around: HashSet<NodeId>,
    /// The parts of [`FOREIGN`] that tell something on this page.
    foreign: Vec<&'static str>,
}

/// Fewest letters by which a heading is known in a title.
const MIN_NAMED: usize = 12;

impl Page {
    /// Parses a page.
    pub fn parse(text: &str) -> Page {
        let html = Html::parse_document(text);
        let mut metas = Vec::new();
        for element in html.tree.root().descendants().filter_map(ElementRef::wrap) {
            if element.value().name() != "meta" {
                continue;
            }
            let Some(content) = element.attr("content").filter(|content| !content.trim().is_empty()) else { continue };
            for key in ["property", "name", "itemprop"].iter().filter_map(|key| element.attr(key)) {
                metas.push((key.trim().to_ascii_lowercase(), content.to_owned()));
            }
        }
        let heading = named_heading(&html);
        let around = heading.into_iter().flat_map(|heading| heading.ancestors().map(|above| above.id())).collect();
        let foreign = heading.map_or_else(|| FOREIGN.to_vec(), telling);
        let heading = heading.map(|heading| heading.id());
        Page { html, metas, heading, around, foreign }
    }

    /// All elements in the order of the page.
    pub fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.html.tree.root().descendants().filter_map(ElementRef::wrap)
    }

    /// The contents of all meta elements of one name, property or itemprop (in lower case).
    pub fn metas<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }

    /// The first content under the first of `names` that is there.
    pub fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.metas(name).next()).map(str::to_owned)
    }

    /// The first element of a name.
    pub fn first(&self, name: &str) -> Option<ElementRef<'_>> {
        self.elements().find(|element| element.value().name() == name)
    }

    /// The address that a `<link rel>` names.
    pub fn link(&self, rel: &str) -> Option<String> {
        self.elements()
            .find(|e| e.value().name() == "link" && e.attr("rel").is_some_and(|r| r.eq_ignore_ascii_case(rel)))
            .and_then(|link| link.attr("href"))
            .map(str::to_owned)
    }

    /// Whether an element is the heading that the title names, or the only main heading.
    pub fn is_heading(&self, element: ElementRef<'_>) -> bool {
        self.heading == Some(element.id())
    }

    /// Whether that heading stands in an element.
    pub fn holds_heading(&self, element: ElementRef<'_>) -> bool {
        self.around.contains(&element.id())
    }

    /// Letters and digits of everything that the page shows.
    pub fn letters(&self) -> String {
        self.first("body").map(|body| letters(&text(body))).unwrap_or_default()
    }
}

/// The heading that the title names, or the only main heading.
fn named_heading(html: &Html) -> Option<ElementRef<'_>> {
    let elements = || html.tree.root().descendants().filter_map(ElementRef::wrap);
    let title =
        elements().find(|e| e.value().name() == "title").map(|title| letters(&title.text().collect::<String>()));
    let headings = || elements().filter(|e| matches!(e.value().name(), "h1" | "h2" | "h3") && !is_large(*e));
    let says = |title: &str, heading: ElementRef<'_>| {
        let heading = letters(&text(heading));
        heading.len() >= MIN_NAMED && title.contains(&heading)
    };
    // the trail of links above an article has its title, too
    let named = title.and_then(|title| {
        let own = headings().filter(|heading| !is_apart(*heading)).find(|heading| says(&title, *heading));
        own.or_else(|| headings().find(|heading| says(&title, *heading)))
    });
    let mut main = headings().filter(|e| e.value().name() == "h1");
    let only = main.next().filter(|_| main.next().is_none());
    named.or(only)
}

/// Class and id in lower case.
pub fn marks(element: ElementRef<'_>) -> String {
    let mut marks = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    marks.push(' ');
    marks.push_str(&element.attr("id").unwrap_or_default().to_ascii_lowercase());
    marks
}

/// Whether class or id have one of `parts` in them.
pub fn is_marked(element: ElementRef<'_>, parts: &[&str]) -> bool {
    let marks = marks(element);
    parts.iter().any(|part| marks.contains(part))
}

/// Whether an element has one of the space-separated values `value` in `itemprop` or `rel`.
pub fn has_word(element: ElementRef<'_>, attribute: &str, value: &str) -> bool {
    element.attr(attribute).is_some_and(|words| words.split_whitespace().any(|word| word.eq_ignore_ascii_case(value)))
}

impl Page {
    /// Whether an element stands in a place apart, see [`is_apart`]. What holds the article's heading too is no such place, whatever it is
    /// called.
    pub fn is_foreign(&self, element: ElementRef<'_>) -> bool {
        apart(up(element).take_while(|above| !self.around.contains(&above.id())), &self.foreign)
    }
}

/// Elements around the heading alone that are looked at.
const WRAPPERS: usize = 4;

/// What marks places that are not the article's: builders of pages call every element a widget, the heading's own too.
fn telling(heading: ElementRef<'_>) -> Vec<&'static str> {
    let own = letters(&text(heading));
    let around = heading.ancestors().filter_map(ElementRef::wrap).take(WRAPPERS);
    let alone: Vec<ElementRef<'_>> = around.take_while(|e| !is_large(*e) && letters(&text(*e)) == own).collect();
    let parts = FOREIGN.iter().copied();
    parts.filter(|part| !alone.iter().any(|e| is_marked(*e, &[part]))).collect()
}

/// Whether an element stands in navigation, teasers, comments or another place that is not the article's.
pub fn is_apart(element: ElementRef<'_>) -> bool {
    apart(up(element), FOREIGN)
}

/// An element and those that hold it.
fn up(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap))
}

fn apart<'a>(mut up: impl Iterator<Item = ElementRef<'a>>, foreign: &[&str]) -> bool {
    up.any(|above| match above.value().name() {
        "nav" | "footer" | "aside" => true,
        "body" | "html" | "main" | "article" => false,
        _ => is_marked(above, foreign),
    })
}

/// Nodes of an element that is more than a line.
const LARGE: usize = 60;

/// Whether an element is too large to be a line: a cheap test before its text is collected.
pub fn is_large(element: ElementRef<'_>) -> bool {
    element.descendants().nth(LARGE).is_some()
}

/// The visible text, composed, with spaces collapsed and between blocks; scripts, styles and buttons are left out.
pub fn text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    let mut block = None;
    for node in element.descendants() {
        match node.value() {
            Node::Element(inner) if inner.name() == "br" => text.push(' '),
            Node::Text(piece) => {
                let mut above = node.ancestors().filter_map(ElementRef::wrap);
                let Some(parent) = above.next() else { continue };
                if is_silent(parent.value().name()) {
                    continue;
                }
                let within =
                    std::iter::once(parent).chain(above).find(|e| !is_inline(e.value().name())).map(|e| e.id());
                if within != block {
                    text.push(' ');
                    block = within;
                }
                text.push_str(piece);
            }
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// Whether an element shows none of its text.
fn is_silent(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "button" | "title" | "textarea" | "option")
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "cite"
            | "em"
            | "font"
            | "i"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "wbr"
            | "script"
            | "style"
            | "meta"
    )
}

/// Letters and digits alone in lower case and composed, for comparison.
pub fn letters(text: &str) -> String {
    text.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<T>(html: &str, name: &str, look: impl FnOnce(ElementRef<'_>) -> T) -> T {
        look(Page::parse(html).first(name).expect("an element"))
    }

    #[test]
    fn meta_elements_are_known_by_any_of_their_names() {
        let page = Page::parse(
            "<meta property=og:title content='Markt'><meta name=Author content=' '><meta name=AUTHOR content=Thorn>",
        );
        assert_eq!(page.meta(&["twitter:title", "og:title"]).as_deref(), Some("Markt"));
        assert_eq!(page.metas("author").collect::<Vec<_>>(), ["Thorn"]);
        assert_eq!(page.meta(&["date"]), None);
        assert_eq!(Page::parse("<link rel=Canonical href='/a'>").link("canonical").as_deref(), Some("/a"));
    }

    #[test]
    fn text_is_what_is_seen() {
        for (html, expected) in [
            ("<p>Ein<b>s</b> <i>zwei</i></p>", "Eins zwei"),
            ("<p><span>Ein</span><br>Zwei<script>x()</script><button>Teilen</button></p>", "Ein Zwei"),
            ("<p>&nbsp; a \n b </p>", "a b"),
        ] {
            assert_eq!(of(html, "p", text), expected, "{html}");
        }
        assert_eq!(of("<div><p>Ein</p><p>Zwei</p></div>", "div", text), "Ein Zwei");
        assert_eq!(of("<p>Ha\u{308}ndler</p>", "p", text), "Händler");
        assert_eq!([letters("Nord-Fehn 3: Ä"), letters("A\u{308}rger")], ["nordfehn3ä", "ärger"]);
    }

    #[test]
    fn places_that_are_not_the_articles_are_foreign() {
        for (html, foreign) in [
            ("<nav><p>x</nav>", true),
            ("<div class=Related-Box><p>x</div>", true),
            ("<div id=comments><span><p>x</span></div>", true),
            ("<article><p>x</article>", false),
            ("<aside><article><p>x</article></aside>", true),
            ("<body class=has-sidebar><p>x", false),
            ("<div class=widget><h1>Markt</h1><p>x</div>", false),
            ("<div class=widget><h1>Markt</h1><div class=comments><p>x</div></div>", true),
            ("<div class=widget-head><div><h1>Markt</h1></div></div><div class=widget-text><p>x</div>", false),
            ("<div class=widget><h1>Markt</h1><i>y</i></div><div class=widget><p>x</div>", true),
            ("<h1>Bote</h1><h1>Tag</h1><div class=widget><p>x</div>", true),
            (
                "<title>Der Markt am Kai bleibt - Bote</title><h1>Bote</h1><div class=widget><h3>Der Markt am Kai bleibt</h3><p>x</div>",
                false,
            ),
        ] {
            let page = Page::parse(html);
            assert_eq!(page.is_foreign(page.first("p").expect("an element")), foreign, "{html}");
        }
    }

    #[test]
    fn words_of_attributes_and_sizes_are_seen() {
        assert!(of("<p itemprop='headline Author'>x", "p", |p| has_word(p, "itemprop", "author")));
        assert!(!of("<p itemprop=coauthor>x", "p", |p| has_word(p, "itemprop", "author")));
        assert!(of("<p class='article-Byline'>x", "p", |p| is_marked(p, &["byline"])));
        assert!(of(&format!("<div>{}</div>", "<b>x</b>".repeat(LARGE)), "div", is_large));
        assert!(!of("<div><b>x</b></div>", "div", is_large));
    }
}
