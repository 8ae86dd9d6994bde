//! News and searches as Atom feeds (RFC 4287), entry by entry. Ids are UUIDs of version 8 (RFC 9562) made from what identifies
//! a thing, so an entry has the same one in every feed of its search.

use crate::html::Html;
use crate::labels::meta_line;
use crate::urls::{encode_address, file_url, web_address};
use crate::view::View;
use askama::Template;
use findbuch_article::{Article, Date};
use findbuch_engine::Hit;
use findbuch_engine::alerts::saved::Saved;
use findbuch_query::lang::Lang;
use std::io::{Result, Write};
use xxhash_rust::xxh3::xxh3_128;

/// The head of a feed.
#[derive(Debug, Clone)]
pub struct FeedHead<'a> {
    /// What identifies the feed; its id is made from it.
    pub identity: &'a [&'a str],
    /// Title.
    pub title: &'a str,
    /// What must be known of the search; none where it was searched as typed.
    pub subtitle: Option<&'a str>,
    /// When it changed last, RFC 3339.
    pub updated: &'a str,
    /// The feed's own address, and that of the page with the same hits.
    pub links: Option<(&'a str, &'a str)>,
}

#[derive(Template)]
#[template(path = "atom_head.xml")]
struct HeadTemplate<'a> {
    lang: Lang,
    id: String,
    head: &'a FeedHead<'a>,
    version: &'static str,
}

/// Writes the head of a feed.
///
/// # Errors
/// When the output cannot be written.
pub fn write_head(out: &mut dyn Write, head: &FeedHead<'_>, view: &View) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    HeadTemplate { lang: view.lang, id: uuid(head.identity), head, version }.write_into(out)
}

/// Writes the head of a feed of saved searches. `asked` is RFC 3339 in UTC; `index` names the index.
///
/// # Errors
/// When the output cannot be written.
pub fn write_saved_head(out: &mut dyn Write, searches: &[&Saved], index: &str, asked: &str, view: &View) -> Result<()> {
    let names: Vec<&str> = searches.iter().map(|saved| saved.name.as_str()).collect();
    let title = match searches {
        [one] => format!("{}: {}", one.name, one.query),
        _ => view.lang.pick(format!("Neues zu {}", names.join(", ")), format!("News of {}", names.join(", "))),
    };
    let identity = [index, &names.join("\n")];
    write_head(out, &FeedHead { identity: &identity, title: &title, subtitle: None, updated: asked, links: None }, view)
}

/// What an entry has beside its article.
#[derive(Debug, Clone)]
pub struct EntryContext<'a> {
    /// What distinguishes the feed from others: an article has another id in each.
    pub scope: &'a str,
    /// Where the article is read.
    pub link: &'a str,
    /// When it came into the feed, RFC 3339.
    pub updated: &'a str,
    /// The search that found it.
    pub category: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "atom_entry.xml")]
struct EntryTemplate<'a> {
    id: String,
    title: String,
    published: Option<String>,
    authors: &'a [String],
    summary: String,
    entry: &'a EntryContext<'a>,
}

/// Facts and snippets; escaped as HTML here and once more as XML by the entry.
#[derive(Template)]
#[template(source = "<p>{{ facts }}</p>{% for snippet in snippets %}<p>{{ snippet }}</p>{% endfor %}", ext = "html")]
struct SummaryTemplate {
    facts: Html,
    snippets: Vec<Html>,
}

/// Writes an entry of a saved search.
///
/// # Errors
/// When the output cannot be written.
pub fn write_saved_entry(out: &mut dyn Write, saved: &Saved, hit: &Hit, asked: &str, view: &View) -> Result<()> {
    let article = &hit.article;
    let link = web_address(article).map_or_else(|| file_url(&article.path), encode_address);
    let entry = EntryContext { scope: &saved.name, link: &link, updated: asked, category: Some(&saved.name) };
    write_entry(out, &entry, hit, view)
}

/// Writes an entry.
///
/// # Errors
/// When the output cannot be written.
pub fn write_entry(out: &mut dyn Write, entry: &EntryContext<'_>, hit: &Hit, view: &View) -> Result<()> {
    let article = &hit.article;
    let record = article.record.unwrap_or_default().to_string();
    let snippets = hit.snippets.iter().map(|snippet| Html::emphasised(&snippet.text, &snippet.marks, "b"));
    let summary = SummaryTemplate { facts: Html::text(&meta_line(article, view)), snippets: snippets.collect() };
    let template = EntryTemplate {
        id: uuid(&[entry.scope, &article.id, &article.path, &record]),
        title: article.title(),
        published: published(article),
        authors: &article.authors,
        summary: summary.render()?,
        entry,
    };
    template.write_into(out)
}

/// Writes the end of a feed.
///
/// # Errors
/// When the output cannot be written.
pub fn write_end(out: &mut dyn Write) -> Result<()> {
    writeln!(out, "</feed>")
}

/// The article's date in the form that RFC 3339 demands: midnight where the time is not known, UTC where the offset is not.
///
/// ```
/// use findbuch_article::{Article, DateFrom, Dated};
/// use findbuch_render::atom::published;
///
/// let date = Dated { value: "2024-05-14".parse()?, from: DateFrom::Metadata };
/// let article = Article { date: Some(date), ..Article::default() };
/// assert_eq!(published(&article).as_deref(), Some("2024-05-14T00:00:00Z"));
/// # Ok::<(), findbuch_article::DateError>(())
/// ```
#[must_use]
pub fn published(article: &Article) -> Option<String> {
    let date = &article.date.as_ref()?.value;
    let time = date.time.unwrap_or(jiff::civil::Time::midnight());
    let whole = Date { time: Some(time), offset: Some(date.offset.unwrap_or(0)), ..*date };
    Some(whole.to_string())
}

fn uuid(identity: &[&str]) -> String {
    let hash = xxh3_128(identity.join("\u{1f}").as_bytes());
    let hash = hash & !(0xf << 76) | (8 << 76);
    let hash = hash & !(0x3 << 62) | (2 << 62);
    let digits = format!("{hash:032x}");
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_engine::Snippet;

    fn feed(saved: &Saved, hit: &Hit) -> String {
        let view = View {
            width: 80,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        let mut out = Vec::new();
        write_saved_head(&mut out, &[saved], "/index", "2026-01-02T03:04:05Z", &view).expect("written");
        write_saved_entry(&mut out, saved, hit, "2026-01-02T03:04:05Z", &view).expect("written");
        write_end(&mut out).expect("written");
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
            let hit = Hit { snippets, ..Hit::of(article) };
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
