//! What every page has around its content.

use crate::address::Address;
use crate::assets;
use crate::error::Internal;
use crate::job::Job;
use crate::reply::Reply;
use askama::Template;
use findbuch_query::lang::Lang;
use findbuch_render::{number, plural};

/// What every page has around its content.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The reader's language.
    pub lang: Lang,
    /// Title of the window.
    pub title: String,
    /// Which view it is: `hits`, `kwic`, `trend`, `batch`, `compare`, `collections`, `help`, `reading`.
    pub nav: &'static str,
    /// The text in the search box.
    pub q: String,
    /// The path that the search box asks.
    pub action: &'static str,
    /// Whether the search box has the focus.
    pub focus: bool,
    /// The other choices, which stay when another query is typed.
    pub hidden: Vec<(String, String)>,
    /// The same query in other views.
    pub views: Views,
    /// The page itself.
    pub here: String,
    /// The start page.
    pub home: String,
    /// The page in the other language.
    pub other_lang: String,
    /// The feed of the search, if there is one.
    pub feed: Option<String>,
    /// Articles and age of the index.
    pub state: String,
    /// Address of the style.
    pub style: String,
    /// Address of the script.
    pub script: String,
    /// Version of the program.
    pub version: &'static str,
}

/// Addresses of the views of one search.
#[derive(Debug, Clone)]
pub struct Views {
    /// List of hits.
    pub search: String,
    /// Places in context.
    pub kwic: String,
    /// Through time.
    pub trend: String,
    /// Many queries at once.
    pub batch: String,
    /// What is collected.
    pub collections: String,
    /// The manual.
    pub help: String,
}

/// A link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// What is shown.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the current choice.
    pub on: bool,
}

impl Link {
    /// A link that is not the current choice.
    pub fn new(text: impl Into<String>, href: String) -> Link {
        Link { text: text.into(), href, on: false }
    }
}

/// A sentence followed by links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// Texts and where they lead.
    pub links: Vec<(String, String)>,
}

impl Notice {
    /// A sentence without links.
    #[must_use]
    pub fn plain(text: String) -> Notice {
        Notice { text, links: Vec::new() }
    }
}

impl Frame {
    /// The frame of a page of a job.
    #[must_use]
    pub fn of(job: &Job, address: &Address, nav: &'static str, title: &str) -> Frame {
        let mut frame = Frame::plain(job.lang, address, nav, title);
        let path = job.uri.path();
        let other = job.lang.pick("en", "de");
        // the address as it is, with only the language changed
        let pairs = form_urlencoded::parse(job.query().as_bytes()).filter(|(name, _)| name != "lang");
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        query.append_pair("lang", other);
        frame.other_lang = format!("{path}?{}", query.finish());
        frame.here = job.uri.path_and_query().map_or_else(|| path.to_owned(), |here| here.as_str().to_owned());
        frame.state = state(job);
        frame
    }

    /// A frame without the state of the index.
    #[must_use]
    pub fn plain(lang: Lang, address: &Address, nav: &'static str, title: &str) -> Frame {
        let hidden = address.with(|kept| kept.q = String::new()).pairs();
        let only_lang = Address { lang: address.lang, ..Address::default() };
        let first = address.with(|_| {});
        let listed = first.with(|listed| listed.limit = Address::default().limit);
        Frame {
            lang,
            title: if title.is_empty() { "findbuch".into() } else { format!("{title} – findbuch") },
            nav,
            q: address.q.clone(),
            action: if nav == "kwic" { "/kwic" } else { "/" },
            focus: false,
            hidden,
            views: Views {
                search: first.at("/"),
                kwic: first.at("/kwic"),
                trend: first.at("/trend"),
                batch: listed.at("/batch"),
                collections: only_lang.at("/collections"),
                help: only_lang.at("/help"),
            },
            here: String::new(),
            home: only_lang.at("/"),
            other_lang: Address { lang: Some(lang.pick(Lang::En, Lang::De)), ..Address::default() }.at("/"),
            feed: None,
            state: String::new(),
            style: assets::address("findbuch.css"),
            script: assets::address("findbuch.js"),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// `105 Artikel, Stand 25.11.2026`
fn state(job: &Job) -> String {
    let articles = job.snapshot.stats().map_or(0, |stats| stats.articles);
    let count = number(articles as f64, 0, job.lang);
    let updated: Option<findbuch_article::Date> = job.snapshot.engine.state().updated.parse().ok();
    let day = updated.map(|updated| job.view().day(&updated)).unwrap_or_default();
    job.lang.pick(
        format!("{count} Artikel, Stand {day}"),
        format!("{count} {}, as of {day}", plural(articles, "article", "articles")),
    )
}

/// Fills a template.
///
/// # Errors
/// When it cannot be filled, which is an error in the program.
pub fn filled(template: &impl Template) -> Result<Reply, Internal> {
    let text = template.render()?;
    Ok(Reply::of("text/html; charset=utf-8", text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestArchive;

    #[test]
    fn other_choices_stay_when_the_query_or_the_language_changes() {
        let archive = TestArchive::new();
        let answer = archive.text("/kwic?q=Hafen&source=Die+Warte&order=left&lang=en", |job| {
            let (address, _) = Address::read(job.query(), &["order"], job.today);
            let frame = Frame::of(&job, &address, "kwic", "Hafen");
            Ok(Reply::of("text/plain", format!("{frame:#?}")))
        });
        for expected in [
            "title: \"Hafen – findbuch\"",
            "action: \"/kwic\"",
            "other_lang: \"/kwic?q=Hafen&source=Die+Warte&order=left&lang=de\"",
            "search: \"/?q=Hafen&source=Die+Warte&lang=en\"",
            "help: \"/help?lang=en\"",
            "state: \"3 articles, as of 2026-11-25\"",
        ] {
            assert!(answer.contains(expected), "{expected} is not in {answer}");
        }
        let address = Address { q: "Hafen".into(), exact: true, ..Address::default() };
        let frame = Frame::plain(Lang::De, &address, "hits", "");
        assert_eq!(frame.hidden, [("exact".to_owned(), "1".to_owned())]);
        assert_eq!((frame.title.as_str(), frame.action, frame.other_lang.as_str()), ("findbuch", "/", "/?lang=en"));
    }
}
