//! News as an Atom feed (RFC 4287), entry by entry. Ids are UUIDs of version 8 (RFC 9562) made of what names a thing, so an
//! entry has the same one in every feed of its search.

use super::records::web_address;
use super::text::file_url;
use super::{View, meta_line};
use findbuch_article::Article;
use findbuch_engine::alerts::saved::Saved;
use findbuch_engine::{Hit, Snippet};
use std::io::{Result, Write};
use xxhash_rust::xxh3::xxh3_128;

/// What stands before the entries.
#[derive(Debug, Clone)]
pub struct Head<'a> {
    /// What makes the feed's id.
    pub of: &'a [&'a str],
    /// Title.
    pub title: &'a str,
    /// When it changed last, RFC 3339.
    pub updated: &'a str,
    /// Where it can be had, and the page that it belongs to.
    pub links: Option<(&'a str, &'a str)>,
}

/// Writes what stands before the entries.
///
/// # Errors
/// What the output says.
pub fn write_head(out: &mut dyn Write, head: &Head<'_>, view: &View) -> Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", view.lang.pick("de", "en"))?;
    writeln!(out, "  <id>{}</id>", uuid(head.of))?;
    writeln!(out, "  <title>{}</title>", escape(head.title))?;
    writeln!(out, "  <updated>{}</updated>", escape(head.updated))?;
    if let Some((itself, page)) = head.links {
        writeln!(out, "  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escape(itself))?;
        writeln!(out, "  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(page))?;
    }
    writeln!(out, "  <author><name>findbuch</name></author>")?;
    writeln!(out, "  <generator version=\"{}\">findbuch</generator>", env!("CARGO_PKG_VERSION"))
}

/// Writes what stands before the entries of saved searches; `asked` is RFC 3339 in UTC.
///
/// # Errors
/// What the output says.
pub fn begin(out: &mut dyn Write, searches: &[&Saved], place: &str, asked: &str, view: &View) -> Result<()> {
    let names: Vec<&str> = searches.iter().map(|saved| saved.name.as_str()).collect();
    let title = match searches {
        [one] => format!("{}: {}", one.name, one.query),
        _ => view.lang.pick(format!("Neues zu {}", names.join(", ")), format!("News of {}", names.join(", "))),
    };
    let of = [place, &names.join("\n")];
    write_head(out, &Head { of: &of, title: &title, updated: asked, links: None }, view)
}

/// What an entry has beside its article.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// What tells the feed from others: an article has another id in each.
    pub scope: &'a str,
    /// Where the article is read.
    pub link: &'a str,
    /// When it came into the feed, RFC 3339.
    pub updated: &'a str,
    /// The search that found it.
    pub category: Option<&'a str>,
}

/// Writes an entry of a saved search.
///
/// # Errors
/// What the output says.
pub fn write_entry(out: &mut dyn Write, saved: &Saved, hit: &Hit, asked: &str, view: &View) -> Result<()> {
    let article = &hit.article;
    let link = web_address(article).map_or_else(|| file_url(&article.path), str::to_owned);
    let link = super::records::percent(&link);
    let entry = Entry { scope: &saved.name, link: &link, updated: asked, category: Some(&saved.name) };
    write_hit(out, &entry, hit, view)
}

/// Writes an entry.
///
/// # Errors
/// What the output says.
pub fn write_hit(out: &mut dyn Write, entry: &Entry<'_>, hit: &Hit, view: &View) -> Result<()> {
    let article = &hit.article;
    let record = article.record.unwrap_or_default().to_string();
    writeln!(out, "  <entry>")?;
    writeln!(out, "    <id>{}</id>", uuid(&[entry.scope, &article.id, &article.path, &record]))?;
    writeln!(out, "    <title>{}</title>", escape(&article.title()))?;
    writeln!(out, "    <link rel=\"alternate\" href=\"{}\"/>", escape(entry.link))?;
    writeln!(out, "    <updated>{}</updated>", escape(entry.updated))?;
    if let Some(published) = published(article) {
        writeln!(out, "    <published>{published}</published>")?;
    }
    for author in &article.authors {
        writeln!(out, "    <author><name>{}</name></author>", escape(author))?;
    }
    if let Some(category) = entry.category {
        writeln!(out, "    <category term=\"{}\"/>", escape(category))?;
    }
    let passages: Vec<String> = hit.snippets.iter().map(|snippet| format!("<p>{}</p>", marked(snippet))).collect();
    let summary = format!("<p>{}</p>{}", escape(&meta_line(article, view)), passages.concat());
    // HTML within XML: escaped once for each
    writeln!(out, "    <summary type=\"html\">{}</summary>", escape(&summary))?;
    writeln!(out, "  </entry>")
}

/// Writes what stands behind the entries.
///
/// # Errors
/// What the output says.
pub fn end(out: &mut dyn Write) -> Result<()> {
    writeln!(out, "</feed>")
}

/// Text as it may stand in XML, in an element or an attribute.
#[must_use]
pub fn xml(text: &str) -> String {
    escape(text)
}

/// The date as RFC 3339 demands it; without a time midnight, without an offset UTC.
#[must_use]
pub fn published(article: &Article) -> Option<String> {
    let date = &article.date.as_ref()?.value;
    let whole = findbuch_article::Date {
        time: Some(date.time.unwrap_or(jiff::civil::Time::midnight())),
        offset: Some(date.offset.unwrap_or(0)),
        ..*date
    };
    Some(whole.to_string())
}

fn marked(snippet: &Snippet) -> String {
    let chars: Vec<char> = snippet.text.chars().collect();
    let slice = |from: usize, to: usize| {
        escape(&chars.get(from..to.min(chars.len())).unwrap_or_default().iter().collect::<String>())
    };
    let (mut html, mut at) = (String::new(), 0);
    for &[from, to] in &snippet.marks {
        html.extend([&slice(at, from), "<b>", &slice(from, to), "</b>"]);
        at = to;
    }
    html + &slice(at, chars.len())
}

fn uuid(of: &[&str]) -> String {
    let hash = xxh3_128(of.join("\u{1f}").as_bytes());
    let hash = hash & !(0xf << 76) | (8 << 76);
    let hash = hash & !(0x3 << 62) | (2 << 62);
    let digits = format!("{hash:032x}");
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// Text for XML 1.0; what it does not allow at all becomes U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_query::lang::Lang;

    fn feed(saved: &Saved, hit: &Hit) -> String {
        let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/".into() };
        let mut out = Vec::new();
        begin(&mut out, &[saved], "/index", "2026-01-02T03:04:05Z", &view).expect("written");
        write_entry(&mut out, saved, hit, "2026-01-02T03:04:05Z", &view).expect("written");
        end(&mut out).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    proptest::proptest! {
        #[test]
        fn any_text_makes_a_feed_that_can_be_read(text in "\\PC{0,40}|[<>&\"'\u{0}-\u{20}\u{fffe}\u{ffff}]{0,20}") {
            let article = Article {
                id: text.clone(),
                path: format!("/a/{text}"),
                url: Some(format!("https://warte.example/{text}")),
                authors: vec![text.clone()],
                parts: vec![findbuch_article::Part::new(findbuch_article::PartKind::Headline, text.clone())],
                ..Article::default()
            };
            let marks = vec![[0, 1]];
            let snippets = vec![Snippet { field: "body", text: text.clone(), marks }];
            let hit = Hit { rank: 1, score: 1.0, article, snippets, missing: Vec::new(), group: None, resemblance: None };
            let saved = Saved::new("Orgel".into(), text, String::new());
            let xml = feed(&saved, &hit);
            let document = roxmltree::Document::parse(&xml).map_err(|e| proptest::test_runner::TestCaseError::fail(format!("{e}\n{xml}")))?;
            let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", name))).count();
            proptest::prop_assert_eq!((count("entry"), count("id"), count("updated"), count("title"), count("link")), (1, 2, 2, 2, 1));
        }
    }

    #[test]
    fn ids_are_uuids_of_version_8() {
        let id = uuid(&["a", "b"]);
        assert_eq!((id.len(), &id[23..24]), (45, "8"), "{id}");
        assert!(matches!(&id[28..29], "8" | "9" | "a" | "b"), "{id}");
        assert_ne!(id, uuid(&["ab", ""]));
    }
}
