//! Feeds as exports: RSS 2.0 (with Dublin Core and `content:encoded`), RSS 1.0, Atom (RFC 4287). An article an entry.
//!
//! They are read from the document and not through a library for feeds: those turn dates into UTC, and a date here is
//! the printed one.

use super::blocks::{blocks, news};
use super::content::{loose_blocks, without_headline};
use crate::draft::Draft;
use crate::markup;
use crate::structure::Block;
use crate::xml::dom::{self, Element, attribute, below, children, collapse, text};

const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";

/// The items of an `rss` or `rdf:RDF` element.
pub fn rss(root: Element<'_>) -> Vec<Draft> {
    let channel = below(root, "channel").next();
    let title = channel.and_then(|channel| line(channel, "title"));
    let language = channel.and_then(|channel| {
        own(channel, "language").or_else(|| dublin_core(channel, "language").next()).and_then(text)
    });
    dom::outermost(root, "item")
        .map(|item| {
            let link = own(item, "link").and_then(text);
            let guid = own(item, "guid");
            let permanent = guid.filter(|guid| guid.attribute("isPermaLink") != Some("false")).and_then(text);
            let mut authors: Vec<String> = dublin_core(item, "creator").filter_map(text).collect();
            if authors.is_empty() {
                authors = own(item, "author").and_then(text).map(|author| person(&author)).into_iter().collect();
            }
            let mut draft = Draft {
                id: guid
                    .and_then(text)
                    .or_else(|| item.attributes().find(|a| a.name() == "about").map(|a| a.value().to_owned())),
                url: link.or(permanent).filter(|url| url.contains("://")),
                headline: line(item, "title"),
                authors: authors.iter().flat_map(|author| dom::names(author)).collect(),
                dates: own(item, "pubDate").into_iter().chain(dublin_core(item, "date")).filter_map(text).collect(),
                source: own(item, "source").and_then(text).or_else(|| title.clone()),
                language: language.clone().or_else(|| dom::language(item)),
                ..Draft::default()
            };
            let categories = item.children().filter(|child| is_own(*child, item, "category")).filter_map(text);
            dom::add_tags(&mut draft.tags, categories.chain(dublin_core(item, "subject").filter_map(text)));
            let full = children(item, "encoded").find(|child| child.tag_name().namespace() == Some(CONTENT)).map(raw);
            let summary = own(item, "description").map(raw);
            take_texts(&mut draft, full.map(|html| loose_blocks(&html)), summary.map(|text| loose_blocks(&text)));
            draft
        })
        .collect()
}

/// The entries of an Atom `feed`, or an `entry` alone.
pub fn atom(root: Element<'_>) -> Vec<Draft> {
    let entries = if dom::named(root, "entry") { vec![root] } else { dom::outermost(root, "entry").collect() };
    let feed = |name| own(root, name).filter(|_| dom::named(root, "feed"));
    let title = feed("title").and_then(construct_line);
    let names = |of: Element<'_>| -> Vec<String> {
        let authors = of.children().filter(|child| is_own(*child, of, "author"));
        authors.filter_map(|author| own(author, "name").and_then(text)).collect()
    };
    entries
        .into_iter()
        .map(|entry| {
            let mut authors = names(entry);
            if authors.is_empty() && entry != root {
                authors = names(root);
            }
            let mut draft = Draft {
                id: own(entry, "id").and_then(text),
                url: alternate(entry),
                headline: own(entry, "title").and_then(construct_line),
                authors,
                dates: ["published", "issued", "updated"]
                    .iter()
                    .filter_map(|name| own(entry, name).and_then(text))
                    .collect(),
                source: own(entry, "source")
                    .and_then(|source| own(source, "title"))
                    .and_then(construct_line)
                    .or_else(|| title.clone()),
                language: dom::language(entry),
                ..Draft::default()
            };
            let categories = entry.children().filter(|child| is_own(*child, entry, "category"));
            dom::add_tags(
                &mut draft.tags,
                categories.filter_map(|c| attribute(c, "label").or_else(|| attribute(c, "term"))),
            );
            let content = own(entry, "content").filter(|content| content.attribute("src").is_none());
            take_texts(&mut draft, content.map(construct), own(entry, "summary").map(construct));
            draft
        })
        .collect()
}

/// A summary is the lead where a full text follows it, and the text where none does.
fn take_texts(draft: &mut Draft, full: Option<Vec<Block>>, summary: Option<Vec<Block>>) {
    let full = full.filter(|blocks| !blocks.is_empty());
    let summary = summary.unwrap_or_default();
    match full {
        Some(full) => {
            let line = |blocks: &[Block]| {
                collapse(&blocks.iter().flat_map(|b| &b.lines).cloned().collect::<Vec<_>>().join(" "))
            };
            let lead = line(&summary);
            let opening = lead.trim_end_matches(['.', '…', ']', '[', ' ']);
            let cut = !line(&full).starts_with(opening);
            let kept = cut && !opening.is_empty();
            draft.lead = kept.then_some(lead);
            draft.body = full;
        }
        None => draft.body = summary,
    }
    without_headline(draft);
}

/// The address of the entry's page.
fn alternate(entry: Element<'_>) -> Option<String> {
    let page = |link: &Element<'_>| matches!(link.attribute("rel"), None | Some("alternate"));
    children(entry, "link").filter(page).find_map(|link| attribute(link, "href"))
}

/// A text construct of Atom: elements, escaped HTML, or plain text.
fn construct(element: Element<'_>) -> Vec<Block> {
    if element.children().any(|child| child.is_element()) {
        return blocks(element, news);
    }
    let text = raw(element);
    if element.attribute("type") == Some("html") { markup::blocks(&text) } else { loose_blocks(&text) }
}

fn construct_line(element: Element<'_>) -> Option<String> {
    text(element).map(|line| markup::inline_text(&line))
}

/// `jelka@bote.example (Jelka Thorn)` names Jelka Thorn.
fn person(author: &str) -> String {
    let named = author.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| collapse(name));
    named.unwrap_or_else(|| if author.contains('@') { String::new() } else { author.to_owned() })
}

fn raw(element: Element<'_>) -> String {
    element.children().filter_map(|child| child.text()).collect()
}

fn line(of: Element<'_>, name: &str) -> Option<String> {
    own(of, name).and_then(text).map(|line| markup::inline_text(&line))
}

/// The first child of the parent's own vocabulary: `title`, and not `media:title`.
fn own<'a>(of: Element<'a>, name: &str) -> Option<Element<'a>> {
    of.children().find(|child| is_own(*child, of, name))
}

fn is_own(child: Element<'_>, of: Element<'_>, name: &str) -> bool {
    dom::named(child, name) && child.tag_name().namespace() == of.tag_name().namespace()
}

fn dublin_core<'a>(of: Element<'a>, name: &'a str) -> impl Iterator<Item = Element<'a>> {
    let core = |element: &Element<'_>| {
        element.tag_name().namespace().is_some_and(|space| space.starts_with("http://purl.org/dc/"))
    };
    children(of, name).filter(core)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str) -> Vec<Draft> {
        let document = roxmltree::Document::parse(xml).expect("XML");
        let root = document.root_element();
        if dom::named(root, "feed") { atom(root) } else { rss(root) }
    }

    #[test]
    fn every_kind_of_feed_gives_the_same_article() {
        let fields = "<title>Müller &amp;amp; Söhne</title><link>https://bote.example/1</link>";
        let dc = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'";
        let html = "<content:encoded>&lt;p&gt;Ein Satz.&lt;/p&gt;&lt;h2&gt;Was nun&lt;/h2&gt;</content:encoded>";
        for xml in [
            format!("<rss {dc} xmlns:media='m'><channel><title>Bote</title><item><media:title>Bild</media:title>{fields}<guid isPermaLink='false'>g1</guid>\
                <dc:creator>Jelka Thorn</dc:creator><pubDate>Sun, 07 Apr 2024 00:30:00 +0200</pubDate><category>Bahn</category>\
                <description>Ein Satz. […]</description>{html}</item></channel></rss>"),
            format!("<rdf:RDF {dc} xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'><channel><title>Bote</title></channel><item rdf:about='g1'>{fields}\
                <dc:creator>Jelka Thorn</dc:creator><dc:date>Sun, 07 Apr 2024 00:30:00 +0200</dc:date><dc:subject>Bahn</dc:subject>{html}</item></rdf:RDF>"),
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Bote</title><entry><id>g1</id><title type='html'>Müller &amp;amp; Söhne</title>\
                <link href='https://bote.example/1'/><author><name>Jelka Thorn</name></author><published>Sun, 07 Apr 2024 00:30:00 +0200</published>\
                <category term='b' label='Bahn'/><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Ein Satz.</p><h2>Was nun</h2></div></content></entry></feed>".to_owned(),
        ] {
            let found = check(&xml);
            let [found] = found.as_slice() else { panic!("one article") };
            let expected = [(&found.id, "g1"), (&found.headline, "Müller & Söhne"), (&found.source, "Bote"), (&found.url, "https://bote.example/1")];
            for (field, expected) in expected {
                assert_eq!(field.as_deref(), Some(expected), "{xml}");
            }
            assert_eq!((found.authors.join("|"), found.tags.join("|")), ("Jelka Thorn".to_owned(), "Bahn".to_owned()));
            assert_eq!(found.dates, ["Sun, 07 Apr 2024 00:30:00 +0200"]);
            assert_eq!(found.body.len(), 2, "{xml}");
            assert_eq!(found.lead, None);
        }
    }

    #[test]
    fn mail_addresses_are_no_names() {
        for (author, name) in
            [("j@x.example (Jelka Thorn)", "Jelka Thorn"), ("j@x.example", ""), ("Jelka Thorn", "Jelka Thorn")]
        {
            assert_eq!(person(author), name);
        }
    }
}
