//! A saved web page: JSON-LD, `OpenGraph` and meta elements for the metadata, the library trafilatura for the main text.
//!
//! Sources: schema.org `NewsArticle`, the Open Graph protocol with its article namespace, Dublin Core in HTML.

use super::{json, markup};
use crate::article::{Article, PartKind};
use crate::corpus::draft::Draft;
use crate::corpus::structure::Block;
use crate::corpus::{RawDocument, ReadError, charset};
use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Selector};
use serde_json::{Map, Value};
use std::io::BufRead;
use std::sync::LazyLock;

/// Bytes at the start of a page in which its character set is declared.
const DECLARATION: usize = 2048;

/// Reads one article.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let bytes = charset::read_bytes(input, document.limits)?;
    page(document, &decode(&bytes)?, None)
}

/// A page's text in the character set that it declares or is recognised to have.
pub fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    charset::decode(bytes, declared(bytes))
}

/// The article of a page; `address` is where it was saved from, the page's own word comes first.
pub fn page(document: &RawDocument<'_>, html: &str, address: Option<String>) -> Result<Article, ReadError> {
    let page = Page(Html::parse_document(html));
    let mut draft = page.linked_data();
    page.fill_from_meta(&mut draft);
    draft.url = draft.url.or(address);
    draft.body = main_text(html, &draft);
    draft.finish(document)
}

/// The character set in `<meta charset>` or `http-equiv`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_graphic() && !"\"';/>".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

struct Page(Html);

/// A selector that is known to be valid.
fn selector(css: &str) -> Option<Selector> {
    Selector::parse(css).ok()
}

impl Page {
    fn select(&self, css: &str) -> Option<ElementRef<'_>> {
        self.0.select(&selector(css)?).next()
    }

    fn text(&self, css: &str) -> Option<String> {
        self.select(css).map(|element| element.text().collect::<String>()).filter(|text| !text.trim().is_empty())
    }

    /// Contents of all `<meta>` elements of one name, property or itemprop.
    fn metas(&self, name: &str) -> Vec<String> {
        static META: LazyLock<Option<Selector>> = LazyLock::new(|| selector("meta[content]"));
        let Some(meta) = META.as_ref() else { return Vec::new() };
        self.0
            .select(meta)
            .filter(|m| {
                ["name", "property", "itemprop"].iter().any(|a| m.attr(a).is_some_and(|v| v.eq_ignore_ascii_case(name)))
            })
            .filter_map(|m| m.attr("content"))
            .filter(|content| !content.trim().is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.metas(name).into_iter().next())
    }

    /// The metadata of the first JSON-LD article.
    fn linked_data(&self) -> Draft {
        let scripts = selector("script[type='application/ld+json']");
        let Some(scripts) = scripts else { return Draft::default() };
        self.0
            .select(&scripts)
            .filter_map(|script| serde_json::from_str(&script.text().collect::<String>()).ok())
            .find_map(|value: Value| find_article(&value, 0).map(linked_draft))
            .unwrap_or_default()
    }

    /// Fills what JSON-LD left open.
    fn fill_from_meta(&self, draft: &mut Draft) {
        let fill = |field: &mut Option<String>, value: Option<String>| {
            if field.is_none() {
                *field = value;
            }
        };
        let title = || self.text("title").map(|title| without_site(&title, self.meta(&["og:site_name"]).as_deref()));
        let heading = self.text("h1 .headline, h1[itemprop='headline']").or_else(|| self.text("h1"));
        fill(
            &mut draft.kicker,
            self.text("[class*='kicker'], [class*='topline'], [class*='overline'], [class*='dachzeile']"),
        );
        fill(
            &mut draft.headline,
            self.meta(&["og:title", "twitter:title", "dc.title", "dcterms.title"]).or(heading.clone()).or_else(title),
        );
        fill(&mut draft.lead, self.meta(&["og:description", "description", "dc.description"]));
        fill(&mut draft.source, self.meta(&["og:site_name", "application-name", "dc.publisher", "publisher"]));
        fill(&mut draft.section, self.meta(&["article:section", "section"]));
        let canonical = self.select("link[rel='canonical']").and_then(|link| link.attr("href")).map(str::to_owned);
        fill(&mut draft.url, canonical.or_else(|| self.meta(&["og:url"])));
        fill(&mut draft.language, self.select("html[lang]").and_then(|html| html.attr("lang")).map(str::to_owned));
        if draft.authors.is_empty() {
            draft.authors = ["author", "article:author", "dc.creator", "dcterms.creator"]
                .iter()
                .map(|name| self.metas(name))
                .find(|names| names.iter().any(|name| !name.contains("://")))
                .unwrap_or_default();
        }
        draft.dates.extend(
            [
                "article:published_time",
                "og:article:published_time",
                "datepublished",
                "date",
                "dc.date",
                "dcterms.created",
                "dcterms.issued",
                "dc.date.issued",
                "publishdate",
                "pubdate",
                "last-modified",
            ]
            .iter()
            .filter_map(|name| self.meta(&[name])),
        );
        draft.dates.extend(self.select("time[datetime]").and_then(|time| time.attr("datetime")).map(str::to_owned));
        if draft.tags.is_empty() {
            let tags = self.metas("article:tag");
            let listed = || [self.metas("keywords"), self.metas("dc.subject")].concat();
            let tags = if tags.is_empty() { listed() } else { tags };
            draft.tags = tags.iter().flat_map(|tag| tag.split([',', ';'])).map(str::trim).map(str::to_owned).collect();
        }
        strip_kicker(draft);
    }
}

/// The first object of an article's type in JSON-LD, arrays and `@graph` looked through.
fn find_article(value: &Value, depth: usize) -> Option<&Map<String, Value>> {
    if depth > 6 {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| find_article(value, depth + 1)),
        Value::Object(object) if is_article(object) => Some(object),
        Value::Object(object) => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .filter_map(|key| object.get(*key))
            .find_map(|value| find_article(value, depth + 1)),
        _ => None,
    }
}

/// schema.org's Article and all types below it, `LiveBlogPosting` and `BlogPosting` among them.
fn is_article(object: &Map<String, Value>) -> bool {
    let of_type = |name: &str| name.ends_with("Article") || name.ends_with("Posting");
    match object.get("@type") {
        Some(Value::String(name)) => of_type(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(of_type),
        _ => false,
    }
}

/// Metadata of a JSON-LD article; its `@id` is no id of the article and its `articleBody` gives way to the page.
fn linked_draft(article: &Map<String, Value>) -> Draft {
    let mut draft = json::draft(article);
    draft.id = None;
    draft.source = draft.source.filter(|source| !source.contains("://"));
    draft.url = article.get("url").and_then(Value::as_str).map(str::to_owned);
    draft.reading_minutes = None;
    draft
}

/// A headline without the kicker that stands before it.
fn strip_kicker(draft: &mut Draft) {
    let (Some(kicker), Some(headline)) = (&draft.kicker, &draft.headline) else { return };
    let kicker = kicker.trim().trim_end_matches(':');
    let rest = headline.trim().strip_prefix(kicker).map(|rest| rest.trim_start_matches([':', ' ', '–', '|']));
    match rest.filter(|rest| !rest.is_empty()) {
        Some(rest) => draft.headline = Some(rest.to_owned()),
        None if kicker.split_whitespace().count() > 8 || kicker == headline.trim() => draft.kicker = None,
        None => {}
    }
}

/// A page title without the site's name at its end: `Deich hält | Norderfehner Bote`.
fn without_site(title: &str, site: Option<&str>) -> String {
    let title = title.trim();
    for separator in [" | ", " – ", " - ", " — ", " :: "] {
        if let Some((left, right)) = title.rsplit_once(separator)
            && (site.is_some_and(|site| right.eq_ignore_ascii_case(site))
                || (separator == " | " && left.len() > right.len()))
        {
            return left.to_owned();
        }
    }
    title.to_owned()
}

/// The main text as blocks; the headline and lead where they stand in it again are left out.
fn main_text(html: &str, draft: &Draft) -> Vec<Block> {
    let options =
        trafilatura::Options::default().with_fallback(true).with_focus(trafilatura::ExtractionFocus::Balanced);
    let extracted = trafilatura::extract(html, &options).map(|result| markup::blocks(&result.content_html));
    let mut blocks = extracted.unwrap_or_default();
    if blocks.is_empty() {
        blocks.clone_from(&draft.body);
    }
    let mut heads: Vec<String> =
        [&draft.kicker, &draft.headline].into_iter().flatten().map(|text| letters(text)).collect();
    heads.push(heads.concat());
    blocks.retain(|block| !heads.contains(&letters(&block.lines.join(" "))));
    for block in &mut blocks {
        if block.kind == Some(PartKind::Crosshead)
            && block.lines.iter().any(|line| line.split_whitespace().count() > 25)
        {
            block.kind = None;
        }
    }
    blocks
}

/// Letters and digits alone, for comparison.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_character_sets_are_found() {
        let name = |html: &str| declared(html.as_bytes()).map(Encoding::name);
        assert_eq!(name("<meta charset=\"windows-1252\">"), Some("windows-1252"));
        assert_eq!(
            name("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'>"),
            Some("ISO-8859-15")
        );
        assert_eq!(name("<html>"), None);
    }

    #[test]
    fn articles_are_found_in_graphs() {
        let value: Value =
            serde_json::json!({"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "headline": "Deich"}]});
        assert_eq!(find_article(&value, 0).and_then(|a| a.get("headline")).and_then(Value::as_str), Some("Deich"));
    }

    #[test]
    fn site_names_leave_the_title() {
        assert_eq!(without_site("Deich hält - Norderfehner Bote", Some("Norderfehner Bote")), "Deich hält");
        assert_eq!(without_site("Deich hält der Flut stand | Bote", None), "Deich hält der Flut stand");
        assert_eq!(without_site("Mehlau - Hafen und Meer", None), "Mehlau - Hafen und Meer");
    }
}
