//! The page of an article: its parts with the words found marked, what is known of it, and articles like it.

use super::collections::{self, Marks};
use super::frame::{Frame, filled};
use super::hits::{ArticleLink, anchor, href, link};
use super::printed::{SheetView, UNITS, origin, sheets};
use super::turning::{Turning, turning};
use crate::address::{Address, values};
use crate::articles::find;
use crate::ask::Question;
use crate::error::WebError;
use crate::job::Job;
use crate::policy;
use crate::reply::Reply;
use askama::Template;
use axum::http::header;
use findbuch_article::{Article, DateFrom, PartKind};
use findbuch_engine::text::highlight::{Found, Highlighter};
use findbuch_engine::versions::differences::{Change, differences};
use findbuch_engine::versions::similar::{query, similar, telling_words};
use findbuch_engine::versions::word_diff::Piece;
use findbuch_engine::{Detail, FacetField, SearchRequest};
use findbuch_query::lang::Lang;
use findbuch_render::facets::measured;
use findbuch_render::html::Html;
use findbuch_render::reference::reference;
use findbuch_render::urls::{encode_segment, web_address};
use findbuch_render::{View, character_set, number, part_name, plural, resemblance_label};
use std::collections::HashMap;

/// Similar articles that are listed.
const SIMILAR: usize = 5;
/// Marks that have a link.
const JUMPS: usize = 40;

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    /// The search that the reader comes from, at the hit that was read.
    back: Option<String>,
    turning: Turning,
    language: Option<String>,
    kickers: Vec<Html>,
    headline: Html,
    subheads: Vec<(Html, bool)>,
    byline: String,
    parts: Vec<PartView>,
    boilerplate: Vec<Html>,
    /// Whether some of that is marked.
    boilerplate_open: bool,
    /// The pages that it was printed on.
    sheets: Vec<SheetView>,
    /// Whether the picture of another server is shown, by the sheet's number.
    shown: usize,
    marks: usize,
    places: String,
    jumps: Vec<usize>,
    rows: Vec<(&'static str, String, Option<String>)>,
    names: Vec<NamesView>,
    id: String,
    collecting: Marks,
    measured: &'static str,
    original: String,
    json: String,
    bibtex: String,
    ris: String,
    citation: String,
    versions: Vec<VersionView>,
    compared: Option<Compared>,
    similar: Vec<ArticleLink>,
}

struct PartView {
    kind: PartKind,
    text: Html,
    attribution: Option<Html>,
    repeated: bool,
}

/// Who or what of a kind is named in the article.
struct NamesView {
    title: &'static str,
    /// The first, each with the search for it.
    open: Vec<(String, String)>,
    /// The others.
    more: Vec<(String, String)>,
}

/// Names of a kind that are always visible.
const NAMES: usize = 12;

/// The names in an article by kind, each with the address of the articles that have it.
fn names(article: &Article, plain: &Address, lang: Lang) -> Vec<NamesView> {
    let kinds = [
        (FacetField::Person, lang.pick("Personen", "People"), &article.names.people),
        (FacetField::Organisation, lang.pick("Organisationen", "Organisations"), &article.names.organisations),
        (FacetField::Place, lang.pick("Orte", "Places"), &article.names.places),
    ];
    let link = |field: FacetField, name: &String| {
        (name.clone(), plain.with(|address| address.only.push((field, name.clone()))).at("/"))
    };
    kinds
        .into_iter()
        .filter(|(_, _, names)| !names.is_empty())
        .map(|(field, title, names)| {
            let mut open: Vec<_> = names.iter().map(|name| link(field, name)).collect();
            let more = open.split_off(open.len().min(NAMES));
            NamesView { title, open, more }
        })
        .collect()
}

/// The differences between two near-identical articles.
struct Compared {
    before: ArticleLink,
    after: ArticleLink,
    changes: Vec<(&'static str, Html)>,
}

struct VersionView {
    article: ArticleLink,
    share: String,
    compare: Option<String>,
}

/// What an article has of a query, and its neighbours among the hits.
fn marked(job: &Job, question: &Question, article: &Article) -> Result<(Found, Turning), WebError> {
    let prepared = job.snapshot.engine.prepare(&question.request(&job.snapshot));
    let prepared = prepared.map_err(|error| question.web_error(error))?;
    let found = Highlighter::new(prepared.plan()).find(article, |_| true);
    Ok((found, turning(job, question, &prepared, &article.id)?))
}

/// The page of an article.
///
/// # Errors
/// Those of the search, and of the template.
pub fn page(job: &Job, id: &str) -> Result<Reply, WebError> {
    let article = &find(job, id)?;
    let mut question = Question::lenient(job.query(), &["copy", "compare", "picture"], job.today, job.bounds);
    let (found, turning) = match question.address.q.trim() {
        "" if question.address.is_open() => (None, Turning::default()),
        q => {
            let has_words = !q.is_empty();
            let (found, turning) = question.without_broad_words(|question| marked(job, question, article))?;
            (has_words.then_some(found), turning)
        }
    };
    let mut numbered = Numbered { found, count: 0, first: HashMap::new() };
    let (address, lang, view) = (&question.address, job.lang, job.view());
    let (mut kickers, mut subheads, mut parts, mut boilerplate) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut headline = None;
    for (number, part) in article.parts.iter().enumerate() {
        if part.kind == PartKind::Boilerplate {
            continue;
        }
        let text = if part.is_searched() { numbered.of(number, &part.text) } else { Html::text(&part.text) };
        match part.kind {
            PartKind::Kicker => kickers.push(text),
            PartKind::Headline if headline.is_none() => headline = Some(text),
            PartKind::Subhead => subheads.push((text, part.repeated)),
            kind => {
                let attribution = part.attribution.as_deref().map(Html::text);
                parts.push(PartView { kind, text, attribution, repeated: part.repeated });
            }
        }
    }
    // it stands below the article
    let above = numbered.count;
    for (number, part) in article.parts.iter().enumerate().filter(|(_, part)| part.kind == PartKind::Boilerplate) {
        boilerplate.push(numbered.of(number, &part.text));
    }
    let marks = numbered.count;
    let (german, english) = plural(marks as u64, ("Fundstelle", "place"), ("Fundstellen", "places"));
    let places = format!("{marks} {}", lang.pick(german, english));
    let title = article.title();
    let plain = Address { lang: address.lang, ..Address::default() };
    let copy = values(job.query(), "copy").pop().map(|copy| format!("?copy={}", encode_segment(&copy)));
    let copy = copy.unwrap_or_default();
    let own = |path: &str, format: &str| format!("{path}/{}{format}{copy}", encode_segment(&article.id));
    let sheets =
        sheets(article, numbered.found.as_ref(), &numbered.first, address, &copy, &job.snapshot.engine.state().folders);
    let shown = values(job.query(), "picture").pop().and_then(|number| number.parse().ok()).unwrap_or(0);
    let elsewhere = sheets.iter().find(|sheet| sheet.number == shown).and_then(|sheet| origin(&sheet.picture));
    let mut frame = Frame::of(job, address, "reading", &title);
    frame.nav = "reading";
    let page = ArticlePage {
        back: back(address, article),
        turning,
        language: article.language.clone().filter(|code| code.bytes().all(|byte| byte.is_ascii_alphabetic())),
        kickers,
        headline: headline.unwrap_or_else(|| Html::text(&title)),
        subheads,
        byline: byline(article, lang, &view),
        parts,
        boilerplate,
        boilerplate_open: marks > above,
        sheets,
        shown,
        marks,
        places,
        jumps: (1..=marks.min(JUMPS)).collect(),
        rows: rows(article, lang, &view),
        names: names(article, &plain, lang),
        id: article.id.clone(),
        collecting: collections::marks(job, &article.id, &plain),
        measured: measured(lang),
        original: own("/original", ""),
        json: own("/api/v1/articles", ""),
        bibtex: own("/article", "/bibtex"),
        ris: own("/article", "/ris"),
        citation: reference(article, &view),
        versions: versions(job, article, address)?,
        compared: compared(job, article, address)?,
        similar: alike_in_subject(job, article, &plain)?,
        frame,
    };
    let reply = filled(&page)?;
    Ok(match elsewhere {
        Some(origin) => reply.with(header::CONTENT_SECURITY_POLICY, &policy::with_pictures_of(&origin)),
        None => reply,
    })
}

/// The list of hits, at the article; nothing where no search was made.
fn back(address: &Address, article: &Article) -> Option<String> {
    let searched = !address.q.trim().is_empty() || !address.is_open();
    searched.then(|| format!("{}#{}", address.at("/"), anchor(&article.id)))
}

/// Marks words and numbers the marks through the whole article.
struct Numbered {
    found: Option<Found>,
    count: usize,
    /// The number of the first mark of each part.
    first: HashMap<usize, usize>,
}

impl Numbered {
    fn of(&mut self, number: usize, text: &str) -> Html {
        let Some(found) = &self.found else { return Html::text(text) };
        let spans: Vec<_> = found.of_part(number).iter().map(|mark| mark.span.clone()).collect();
        let html = Html::numbered(text, &spans, self.count + 1);
        self.first.insert(number, self.count + 1);
        self.count += spans.len();
        html
    }
}

fn byline(article: &Article, lang: Lang, view: &View) -> String {
    let authors =
        (!article.authors.is_empty()).then(|| format!("{} {}", lang.pick("Von", "By"), article.authors.join(", ")));
    let date = article.date.as_ref().map(|date| view.day(&date.value));
    [authors, article.source.clone(), date].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What is known of an article: names, values, addresses.
fn rows(article: &Article, lang: Lang, view: &View) -> Vec<(&'static str, String, Option<String>)> {
    let mut rows = Vec::new();
    let mut row = |name, value: Option<String>| rows.extend(value.map(|value| (name, value, None)));
    let date = article.date.as_ref().map(|date| {
        let time = date.value.time.map(|time| format!(", {:02}:{:02}", time.hour(), time.minute()));
        format!("{}{} ({})", view.day(&date.value), time.unwrap_or_default(), provenance(date.from, lang))
    });
    let none = lang.pick("nicht bekannt", "not known").to_owned();
    row(lang.pick("Datum", "Date"), Some(date.unwrap_or(none)));
    row(lang.pick("Quelle", "Source"), article.source.clone());
    row(lang.pick("Ressort", "Section"), article.section.clone());
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    row(lang.pick("Autoren", "Authors"), authors);
    row(lang.pick("Agentur", "Agency"), article.agency.clone());
    row(lang.pick("Ortsmarke", "Dateline"), article.dateline.clone());
    row(lang.pick("Schlagwörter", "Tags"), (!article.tags.is_empty()).then(|| article.tags.join(", ")));
    row(lang.pick("Archiviert", "Captured"), article.captured.clone());
    let set = article.character_set.as_ref().map(|set| character_set(set, lang));
    row(lang.pick("Zeichensatz", "Character set"), set);
    let words = number(article.word_count() as f64, 0, lang);
    row(lang.pick("Wörter", "Words"), Some(words));
    row(lang.pick("Datei", "File"), Some(view.location(&article.path, article.record)));
    row(lang.pick("Kennung", "Id"), Some(article.id.clone()));
    if let Some(url) = web_address(article) {
        rows.push((lang.pick("Adresse", "Address"), url.to_owned(), Some(url.to_owned())));
    }
    rows
}

fn provenance(from: DateFrom, lang: Lang) -> &'static str {
    match from {
        DateFrom::Metadata => lang.pick("aus den Metadaten", "from the metadata"),
        DateFrom::Text => lang.pick("aus dem Text", "from the text"),
        DateFrom::Url => lang.pick("aus der Adresse", "from the address"),
        DateFrom::FileName => lang.pick("aus dem Dateinamen", "from the file's name"),
    }
}

fn versions(job: &Job, article: &Article, address: &Address) -> Result<Vec<VersionView>, WebError> {
    let view = job.view();
    let versions = job.snapshot.engine.versions(article)?;
    let versions = versions.iter().map(|(share, version)| VersionView {
        article: link(version, address, &view),
        share: resemblance_label(*share, job.lang),
        compare: Some(with_compared(&href(article, address), &version.id)),
    });
    Ok(versions.collect())
}

/// The address of an article's page that compares it with another.
fn with_compared(page: &str, id: &str) -> String {
    format!("{page}{}compare={}#compared", if page.contains('?') { '&' } else { '?' }, encode_segment(id))
}

/// The differences from the version that `compare` names, the earlier of the two first.
fn compared(job: &Job, article: &Article, address: &Address) -> Result<Option<Compared>, WebError> {
    let Some(id) = values(job.query(), "compare").pop() else { return Ok(None) };
    let versions = job.snapshot.engine.versions(article)?;
    let Some((_, version)) = versions.into_iter().find(|(_, version)| version.id == id) else { return Ok(None) };
    let seconds = |article: &Article| article.date.as_ref().map(|date| date.value.seconds());
    let (before, after) = if seconds(&version) <= seconds(article) { (&version, article) } else { (article, &version) };
    let view = job.view();
    let change = |change: &Change| {
        let pieces = change.pieces.iter().map(|piece| match piece {
            Piece::Same(text) => (None, text.as_str()),
            Piece::Removed(text) => (Some("del"), text.as_str()),
            Piece::Added(text) => (Some("ins"), text.as_str()),
        });
        (part_name(change.kind, job.lang), Html::sequence(pieces))
    };
    Ok(Some(Compared {
        before: link(before, address, &view),
        after: link(after, address, &view),
        changes: differences(before, after).iter().map(change).collect(),
    }))
}

fn alike_in_subject(job: &Job, article: &Article, address: &Address) -> Result<Vec<ArticleLink>, WebError> {
    let engine = &*job.snapshot.engine;
    let query = query(&telling_words(engine, article)?);
    let request =
        SearchRequest { limit: SIMILAR, detail: Detail::Article, furniture: false, ..SearchRequest::new(&query) };
    let view = job.view();
    let found = similar(engine, article, &engine.prepare(&request)?)?;
    Ok(found
        .hits
        .iter()
        .filter(|hit| hit.resemblance.is_none())
        .map(|hit| link(&hit.article, address, &view))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestArchive;

    #[test]
    fn words_found_are_numbered_through_the_article() {
        let archive = TestArchive::new();
        let page = archive.text("/article/deich?q=Hafen", |job| super::page(&job, "deich"));
        for expected in [
            "<h1>Der Deich am <mark id=\"t1\">Hafen</mark> hält</h1>",
            "<p class=\"lead\">Der <mark id=\"t2\">Hafen</mark> blieb trocken.</p>",
            "Im <mark id=\"t3\">Hafen</mark> und auf dem Deich",
            "<p>4 Fundstellen</p>",
            "<a href=\"#t4\">4</a>",
            "<dt>Datum</dt><dd>12.09.2023, 10:15 (aus den Metadaten)</dd>",
            "<dt>Datei</dt><dd>deich.txt</dd>",
            "<a href=\"https://bote.example/deich\" rel=\"noreferrer\">",
            "Thorn, Jelka: Der Deich am Hafen hält. In: Norderfehner Bote, 12.09.2023. https://bote.example/deich",
        ] {
            assert!(page.contains(expected), "{expected} is not in {page}");
        }
    }

    #[test]
    fn without_a_query_nothing_is_marked_and_text_stays_text() {
        let archive = TestArchive::new();
        let page = archive.text("/article/x?lang=en", |job| super::page(&job, "kran <1>"));
        assert!(page.contains("<h1>Ein Kran &lt;b&gt;für&lt;/b&gt; den Hafen</h1>"), "{page}");
        assert!(page.contains("href=\"/original/kran%20%3C1%3E\"") && !page.contains("<mark"), "{page}");
    }

    #[test]
    fn copies_are_counted_from_one() {
        let archive = TestArchive::new();
        for (address, found) in [("/", true), ("/?copy=1", true), ("/?copy=2", false), ("/?copy=0", false)] {
            assert_eq!(archive.reply(address, |job| super::page(&job, "orgel")).is_ok(), found, "{address}");
        }
        assert!(
            matches!(archive.reply("/", |job| super::page(&job, "Orgel")), Err(WebError::NoArticle(id)) if id == "Orgel")
        );
    }

    #[test]
    fn links_to_comparisons_keep_the_query() {
        assert_eq!(with_compared("/article/a", "b c"), "/article/a?compare=b%20c#compared");
        assert_eq!(with_compared("/article/a?q=x", "b"), "/article/a?q=x&compare=b#compared");
    }
}
