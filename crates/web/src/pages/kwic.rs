//! The page of keywords in context.

use super::facets::chips;
use super::frame::{Frame, Link, Notice, filled};
use super::hits::href;
use crate::address::{Address, MAX_OFFSET, values};
use crate::ask::Question;
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use askama::Template;
use findbuch_article::Article;
use findbuch_engine::text::highlight::Highlighter;
use findbuch_engine::text::kwic::{Key, Line, Side, lines};
use findbuch_engine::{Detail, SearchRequest, Sort};
use findbuch_query::lang::Lang;
use findbuch_render::notices::unquoted_notice;
use findbuch_render::{View, plural};

/// Lines on a page.
const LINES: usize = 100;
/// Most lines that are ordered by the words beside the hit.
const MAX_ORDERED: usize = 2000;
/// Most articles that are searched for lines.
const MAX_ARTICLES: usize = 1000;
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
    before: Option<String>,
    here: String,
    after: Option<String>,
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
    let mut question = Question::lenient(job.query(), &["order", "line"], job.today, job.bounds);
    question.without_broad_words(|question| answered(job, question))
}

fn answered(job: &Job, question: &Question) -> Result<Reply, WebError> {
    let (address, lang) = (&question.address, job.lang);
    let order = values(job.query(), "order").pop().unwrap_or_default();
    let first = values(job.query(), "line").pop().and_then(|line| line.parse().ok());
    let first = first.filter(|line| (1..=MAX_OFFSET).contains(line)).unwrap_or(1);
    let has_words = !address.q.trim().is_empty();
    let found = if has_words { gather(job, question, &order, first)? } else { Concordance::default() };
    let notices = question.ignored_notices(lang).into_iter().chain(found.unquoted.clone()).map(Notice::plain);
    let at = address.at("/kwic");
    let joined = if at.contains('?') { '&' } else { '?' };
    let named = |order: &str| if order.is_empty() { at.clone() } else { format!("{at}{joined}order={order}") };
    let ordered = |name: &str, text: &str| Link { on: order == name, ..Link::new(text, named(name)) };
    let sort = vec![
        ordered("", lang.pick("wie die Treffer", "as the hits")),
        ordered("left", lang.pick("nach dem Wort davor", "by the word before")),
        ordered("right", lang.pick("nach dem Wort danach", "by the word after")),
        ordered("date", lang.pick("nach Datum", "by date")),
    ];
    let order = if sort.iter().any(|link| link.on) { order } else { String::new() };
    let page_at = |line: usize| {
        let at = named(&order);
        if line == 1 { at } else { format!("{at}{}line={line}", if at.contains('?') { '&' } else { '?' }) }
    };
    let last = first - 1 + found.lines.len();
    let page = KwicPage {
        notices: notices.collect(),
        chips: chips(address, "/kwic", lang),
        count: found.count(lang),
        sort,
        nothing: nothing(has_words, first, &found, lang).to_owned(),
        before: (first > 1).then(|| page_at(first.saturating_sub(LINES).max(1))),
        after: (found.more && last < MAX_OFFSET).then(|| page_at(last + 1)),
        here: lang.pick(format!("Fundstellen {first} bis {last}"), format!("Places {first} to {last}")),
        lines: found.lines,
        csv: question
            .without_ignored(lang)
            .filter(|whole| !whole.q.trim().is_empty())
            .map(|whole| Address { limit: Address::default().limit, offset: 0, ..whole }.at("/export/kwic")),
        frame: Frame::of(job, address, "kwic", &format!("{} – {}", address.q, lang.pick("im Kontext", "in context"))),
    };
    Ok(filled(&page)?)
}

/// What the page shows of all places.
#[derive(Default)]
struct Concordance {
    /// The lines of the page.
    lines: Vec<LineView>,
    /// Whether others follow.
    more: bool,
    /// Places in the articles that were read.
    places: usize,
    /// Articles that were read.
    articles: usize,
    /// Articles that match.
    total: u64,
    /// That a phrase was searched as its words.
    unquoted: Option<String>,
}

impl Concordance {
    /// `1204 Fundstellen in 810 Artikeln`
    fn count(&self, lang: Lang) -> String {
        let Concordance { places, articles, total, .. } = self;
        let (german, english) = plural(*places as u64, ("Fundstelle", "place"), ("Fundstellen", "places"));
        if *articles as u64 >= *total {
            let (in_german, in_english) = plural(*total, ("Artikel", "article"), ("Artikeln", "articles"));
            return lang.pick(
                format!("{places} {german} in {articles} {in_german}"),
                format!("{places} {english} in {articles} {in_english}"),
            );
        }
        lang.pick(
            format!("{places} {german} in den ersten {articles} von {total} Artikeln"),
            format!("{places} {english} in the first {articles} of {total} articles"),
        )
    }
}

/// Why no lines are shown.
fn nothing(has_words: bool, first: usize, found: &Concordance, lang: Lang) -> &'static str {
    if !has_words {
        lang.pick(
            "Geben Sie oben ein, welche Wörter im Kontext gezeigt werden.",
            "Type above which words are shown in context.",
        )
    } else if first > 1 && found.places > 0 {
        lang.pick("So viele Fundstellen gibt es nicht.", "There are not that many places.")
    } else if found.total > 0 {
        lang.pick(
            "Die Artikel passen, aber nicht durch eine Stelle ihres Textes.",
            "The articles match, but not by a place in their text.",
        )
    } else {
        lang.pick("Kein Artikel hat alles, was gefragt ist.", "No article has all that is asked for.")
    }
}

/// The lines of a page, which begins with line `first`: in the order of the articles as far as is needed, or of the first places by their
/// neighbours.
fn gather(job: &Job, question: &Question, order: &str, first: usize) -> Result<Concordance, WebError> {
    let (address, engine, view) = (&question.address, &*job.snapshot.engine, job.view());
    let side = match order {
        "left" => Some(Side::Left),
        "right" => Some(Side::Right),
        _ => None,
    };
    let sort = if order == "date" { Sort::Oldest } else { address.sort };
    let request = SearchRequest { detail: Detail::Article, furniture: false, sort, ..question.request(&job.snapshot) };
    let prepared = engine.prepare(&request).map_err(|error| question.web_error(error))?;
    let mut marks = Highlighter::new(prepared.plan());
    let stream = engine.stream(&prepared).map_err(|error| question.web_error(error))?;
    let unquoted = unquoted_notice(&prepared.plan().unquoted, job.lang);
    let mut found = Concordance { total: stream.total, unquoted, ..Concordance::default() };
    let mut kept: Vec<(Option<Key>, LineView)> = Vec::new();
    // by neighbours any of the lines may be the first
    let (skipped, enough) = if side.is_some() { (0, MAX_ORDERED) } else { (first - 1, LINES) };
    let mut passed = 0;
    for hit in stream.hits.take(MAX_ARTICLES) {
        let hit = hit.map_err(|error| question.web_error(error))?;
        found.articles += 1;
        let page = href(&hit.article, address);
        for line in lines(&hit.article, &mut marks, CONTEXT) {
            found.places += 1;
            if passed < skipped {
                passed += 1;
            } else if kept.len() <= enough {
                kept.push((side.map(|side| line.key(side)), LineView::of(line, &hit.article, &page, &view)));
            }
        }
        if kept.len() > enough {
            break;
        }
    }
    kept.sort_by(|a, b| a.0.cmp(&b.0));
    let shown = if side.is_some() { first - 1 } else { 0 };
    found.more = kept.len() > shown + LINES;
    found.lines = kept.into_iter().map(|(_, line)| line).skip(shown).take(LINES).collect();
    Ok(found)
}

impl LineView {
    fn of(line: Line, article: &Article, page: &str, view: &View) -> LineView {
        LineView {
            href: format!("{page}#t{}", line.mark),
            title: article.title(),
            source: article.source.clone().unwrap_or_default(),
            day: article.date.as_ref().map_or_else(|| "–".into(), |date| view.day(&date.value)),
            left: spaced(&line.left),
            hit: line.hit,
            right: line.right,
        }
    }
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
        assert!(page.contains("<a href=\"/export/kwic?q=Hafen\">Alle Fundstellen als CSV</a>"), "{page}");
    }

    #[test]
    fn lines_lead_to_their_place_and_pages_go_on() {
        let archive = TestArchive::new();
        let page = archive.text("/kwic?q=Hafen", |job| super::page(&job));
        assert!(page.contains("<a href=\"/article/deich?q=Hafen#t2\"") && !page.contains("rel=\"next\""), "{page}");
        for (address, lines, place) in [
            ("/kwic?q=Hafen&line=5", 2, "href=\"/kwic?q=Hafen\">←"),
            ("/kwic?q=Hafen&order=left&line=3", 4, "href=\"/kwic?q=Hafen&#38;order=left\">←"),
            ("/kwic?q=Hafen&line=7", 0, "So viele Fundstellen gibt es nicht."),
            ("/kwic?q=Hafen&line=0", 6, "6 Fundstellen in 2 Artikeln"),
        ] {
            let page = archive.text(address, |job| super::page(&job));
            assert!(page.matches("<mark>").count() == lines && page.contains(place), "{address}: {page}");
        }
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
