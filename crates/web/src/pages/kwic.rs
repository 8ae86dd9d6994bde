//! The page of keywords in context.

use super::facets::chips;
use super::frame::{Frame, Link, Notice, filled};
use super::hits::href;
use crate::address::{Address, values};
use crate::ask::Question;
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use askama::Template;
use findbuch_engine::text::highlight::Highlighter;
use findbuch_engine::text::kwic::{Key, Side, lines};
use findbuch_engine::{Detail, SearchRequest, Sort};
use findbuch_render::notices::unquoted_notice;
use findbuch_render::plural;

/// Most lines on the page.
const MAX_LINES: usize = 300;
/// Most articles that are searched for lines.
const MAX_ARTICLES: usize = 300;
/// Words on either side.
const CONTEXT: usize = 9;

#[derive(Template)]
#[template(path = "kwic.html")]
struct KwicPage {
    chips: Vec<Link>,
    frame: Frame,
    notices: Vec<Notice>,
    count: String,
    sort: Vec<Link>,
    lines: Vec<LineView>,
    nothing: String,
    csv: Option<String>,
}

struct LineView {
    href: String,
    title: String,
    day: String,
    source: String,
    left: String,
    hit: String,
    right: String,
}

/// The page.
///
/// # Errors
/// Those of the search, and of the template.
pub fn page(job: &Job) -> Result<Reply, WebError> {
    let mut question = Question::lenient(job.query(), &["order"], job.today, job.bounds);
    question.without_broad_words(|question| answered(job, question))
}

fn answered(job: &Job, question: &Question) -> Result<Reply, WebError> {
    let (address, lang, view) = (&question.address, job.lang, job.view());
    let order = values(job.query(), "order").pop().unwrap_or_default();
    let side = match order.as_str() {
        "left" => Some(Side::Left),
        "right" => Some(Side::Right),
        _ => None,
    };
    let engine = &*job.snapshot.engine;
    let has_words = !address.q.trim().is_empty();
    let sort = if order == "date" { Sort::Oldest } else { address.sort };
    let request = SearchRequest { detail: Detail::Article, furniture: false, sort, ..question.request(&job.snapshot) };
    let (mut found, mut total, mut articles): (Vec<(Option<Key>, LineView)>, u64, usize) = (Vec::new(), 0, 0);
    let mut unquoted = None;
    if has_words {
        let prepared = engine.prepare(&request).map_err(|error| question.web_error(error))?;
        unquoted = unquoted_notice(&prepared.plan().unquoted, lang);
        let mut marks = Highlighter::new(prepared.plan());
        let stream = engine.stream(&prepared).map_err(|error| question.web_error(error))?;
        total = stream.total;
        for hit in stream.hits.take(MAX_ARTICLES) {
            let hit = hit.map_err(|error| question.web_error(error))?;
            articles += 1;
            for line in lines(&hit.article, &mut marks, CONTEXT) {
                let key = side.map(|side| line.key(side));
                let shown = LineView {
                    href: href(&hit.article, address),
                    title: hit.article.title(),
                    source: hit.article.source.clone().unwrap_or_default(),
                    day: hit.article.date.as_ref().map_or_else(|| "–".into(), |date| view.day(&date.value)),
                    left: spaced(&line.left),
                    hit: line.hit,
                    right: line.right,
                };
                found.push((key, shown));
            }
            if found.len() >= MAX_LINES {
                break;
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.truncate(MAX_LINES);
    let (lines, some) = (found.len(), (articles as u64) < total);
    let (german, english) = plural(lines as u64, ("Fundstelle", "place"), ("Fundstellen", "places"));
    let count = lang
        .pick(format!("{lines} {german} in {articles} Artikeln"), format!("{lines} {english} in {articles} articles"));
    let count = if some {
        lang.pick(format!("{count}; {total} Artikel passen"), format!("{count}; {total} articles match"))
    } else {
        count
    };
    let notices = question.ignored_notices(lang).into_iter().chain(unquoted).map(Notice::plain);
    let at = address.at("/kwic");
    let ordered = |name: &str, text: &str| {
        let joined = if at.contains('?') { '&' } else { '?' };
        let href = if name.is_empty() { at.clone() } else { format!("{at}{joined}order={name}") };
        Link { on: order == name, ..Link::new(text, href) }
    };
    let sort = vec![
        ordered("", lang.pick("wie die Treffer", "as the hits")),
        ordered("left", lang.pick("nach dem Wort davor", "by the word before")),
        ordered("right", lang.pick("nach dem Wort danach", "by the word after")),
        ordered("date", lang.pick("nach Datum", "by date")),
    ];
    let nothing = if !has_words {
        lang.pick(
            "Geben Sie oben ein, welche Wörter im Satz gezeigt werden.",
            "Type above which words are shown in context.",
        )
    } else if total > 0 {
        lang.pick(
            "Die Artikel passen, aber nicht durch eine Stelle ihres Textes.",
            "The articles match, but not by a place in their text.",
        )
    } else {
        lang.pick("Kein Artikel hat alles, was gefragt ist.", "No article has all that is asked for.")
    };
    let page = KwicPage {
        notices: notices.collect(),
        chips: chips(address, "/kwic", lang),
        count,
        sort,
        lines: found.into_iter().map(|(_, line)| line).collect(),
        nothing: nothing.to_owned(),
        csv: question
            .without_ignored(lang)
            .map(|whole| Address { limit: Address::default().limit, offset: 0, ..whole }.at("/export/kwic")),
        frame: Frame::of(job, address, "kwic", &format!("{} – {}", address.q, lang.pick("im Satz", "in context"))),
    };
    Ok(filled(&page)?)
}

/// A context whose last space stays visible at the end of its cell.
fn spaced(left: &str) -> String {
    left.strip_suffix(' ').map_or_else(|| left.to_owned(), |left| format!("{left}\u{a0}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestArchive;

    /// The contexts behind the hits, in the order of the page.
    fn right(page: &str) -> Vec<&str> {
        page.split("<mark>")
            .skip(1)
            .filter_map(|cell| cell.split_once("</mark>")?.1.split_once("</td>"))
            .map(|cell| cell.0)
            .collect()
    }

    #[test]
    fn lines_are_sorted_by_the_words_beside_the_hit() {
        let archive = TestArchive::new();
        let page = archive.text("/kwic?q=Hafen&order=right", |job| super::page(&job));
        assert!(page.contains("<h2 class=\"count\">6 Fundstellen in 2 Artikeln</h2>"), "{page}");
        let sorted = right(&page);
        let words: Vec<&str> = sorted.iter().filter_map(|text| text.split_whitespace().next()).collect();
        assert_eq!(words, ["bekommt", "blieb", "hält", "meister", "und"], "{sorted:?}");
        assert!(page.contains("<a href=\"/kwic?q=Hafen&#38;order=right\" aria-current=\"true\">"), "{page}");
        assert!(page.contains("<a href=\"/export/kwic?q=Hafen\">CSV</a>"), "{page}");
    }

    #[test]
    fn a_page_without_lines_says_why() {
        let archive = TestArchive::new();
        for (address, reason) in [
            ("/kwic?lang=en", "Type above which words are shown in context."),
            ("/kwic?lang=en&q=Zeppelin", "No article has all that is asked for."),
        ] {
            let page = archive.text(address, |job| super::page(&job));
            assert!(page.contains(reason) && right(&page).is_empty(), "{page}");
        }
        assert_eq!((spaced("am ").as_str(), spaced("am").as_str()), ("am\u{a0}", "am"));
    }
}
