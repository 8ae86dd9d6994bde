//! A parsed page, and what its elements say of themselves: meta elements, classes, visible text.
//!
//! Sources: the HTML standard for `<meta>` and its text content, the Open Graph protocol, schema.org microdata.

use scraper::{ElementRef, Html, Node};

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
}

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
        Page { html, metas }
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

    /// Letters and digits of everything that the page shows.
    pub fn letters(&self) -> String {
        self.first("body").map(|body| letters(&text(body))).unwrap_or_default()
    }
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

/// Whether an element stands in navigation, teasers, comments or another place that is not the article's.
pub fn is_foreign(element: ElementRef<'_>) -> bool {
    std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).any(|above| {
        match above.value().name() {
            "nav" | "footer" | "aside" => true,
            "body" | "html" | "main" | "article" => false,
            _ => is_marked(above, FOREIGN),
        }
    })
}

/// Nodes of an element that is more than a line.
const LARGE: usize = 60;

/// Whether an element is too large to be a line: cheap to tell, before its text is put together.
pub fn is_large(element: ElementRef<'_>) -> bool {
    element.descendants().nth(LARGE).is_some()
}

/// The visible text: blocks and line breaks apart, spaces collapsed; scripts, styles and buttons left out.
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
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// Letters and digits alone in lower case, for comparison.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
