//! The pages of collections: all of them, and one with its articles and notes.

use super::frame::{Frame, Link, filled};
use crate::address::{Address, values};
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use askama::Template;
use findbuch_engine::collections::exchange::to_line;
use findbuch_engine::collections::{Collection, CollectionError, Item};
use findbuch_render::collection::{articles, facts};
use findbuch_render::urls::encode_segment;

/// Articles on a page.
const ITEMS: usize = 50;

#[derive(Template)]
#[template(path = "collections.html")]
struct CollectionsPage {
    frame: Frame,
    writable: bool,
    /// Whether nobody may change them, whoever asks.
    read_only: bool,
    collections: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "collection.html")]
struct CollectionPage {
    frame: Frame,
    writable: bool,
    name: String,
    count: String,
    here: String,
    items: Vec<ItemView>,
    tools: Vec<Link>,
    before: Option<String>,
    after: Option<String>,
}

struct ItemView {
    id: String,
    /// None if the index has it no more.
    href: Option<String>,
    headline: String,
    facts: String,
    note: Vec<String>,
    raw: String,
}

/// What the page of an article needs of the collections.
pub struct Marks {
    /// Whether the reader may change them.
    pub writable: bool,
    /// The collections that the article is in: name, address, note.
    pub in_them: Vec<(String, String, String)>,
    /// The names of the others.
    pub others: Vec<String>,
}

/// The collections that an article is in, and the others.
#[must_use]
pub fn marks(job: &Job, id: &str, plain: &Address) -> Marks {
    let (mut in_them, mut others) = (Vec::new(), Vec::new());
    for collection in &job.snapshot.collections {
        match collection.item(id) {
            Some(item) => in_them.push((collection.name.clone(), at(&collection.name, plain), item.note.clone())),
            None => others.push(collection.name.clone()),
        }
    }
    Marks { writable: job.writable, in_them, others }
}

/// The address of a collection.
#[must_use]
pub fn at(name: &str, plain: &Address) -> String {
    plain.at(&format!("/collection/{}", encode_segment(name)))
}

/// The query that finds its articles.
fn query(name: &str) -> String {
    format!("sammlung:{name}")
}

/// All collections.
///
/// # Errors
/// Those of the template.
pub fn list(job: &Job) -> Result<Reply, WebError> {
    let (address, _) = Address::read(job.query(), &[], job.today);
    let plain = Address { lang: address.lang, ..Address::default() };
    let of = |one: &Collection| (one.name.clone(), at(&one.name, &plain), articles(one.items.len(), job.lang));
    let collections = job.snapshot.collections.iter().map(of).collect();
    let frame = Frame::of(job, &plain, "collections", job.lang.pick("Sammlungen", "Collections"));
    let read_only = job.app.guard.read_only;
    Ok(filled(&CollectionsPage { frame, writable: job.writable, read_only, collections })?)
}

/// The collection of a name.
///
/// # Errors
/// [`CollectionError::Unknown`] where there is none.
pub fn find<'a>(job: &'a Job, name: &str) -> Result<&'a Collection, WebError> {
    let found = job.snapshot.collections.iter().find(|collection| collection.name == name);
    found.ok_or_else(|| CollectionError::Unknown(name.to_owned()).into())
}

/// A collection.
///
/// # Errors
/// When there is none of the name, and those of the index and of the template.
pub fn page(job: &Job, name: &str) -> Result<Reply, WebError> {
    let (collection, lang) = (find(job, name)?, job.lang);
    let (address, _) = Address::read(job.query(), &["first"], job.today);
    let plain = Address { lang: address.lang, ..Address::default() };
    let first = values(job.query(), "first").pop().and_then(|first| first.parse::<usize>().ok());
    let before = first.unwrap_or(1).max(1) - 1;
    let shown = collection.items.iter().skip(before).take(ITEMS);
    let items = shown.map(|item| item_view(job, item, &plain)).collect::<Result<Vec<_>, _>>()?;
    let searched = plain.with(|searched| searched.q = query(&collection.name));
    let own = at(&collection.name, &plain);
    let joined = if own.contains('?') { '&' } else { '?' };
    let page_at = |first: usize| if first == 1 { own.clone() } else { format!("{own}{joined}first={first}") };
    let export = |format: &str| searched.at(&format!("/export/{format}"));
    let (total, last) = (collection.items.len(), before + items.len());
    let page = CollectionPage {
        writable: job.writable,
        name: collection.name.clone(),
        count: articles(total, lang),
        here: lang.pick(format!("Artikel {} bis {last}", before + 1), format!("Articles {} to {last}", before + 1)),
        before: (before > 0).then(|| page_at(before.saturating_sub(ITEMS) + 1)),
        after: (last < total && !items.is_empty()).then(|| page_at(last + 1)),
        items,
        tools: vec![
            Link::new(lang.pick("In der Sammlung suchen", "Search the collection"), searched.at("/")),
            Link::new(lang.pick("Vergleichen", "Compare"), searched.at("/compare")),
            Link::new("CSV", export("csv")),
            Link::new("Markdown", export("markdown")),
            Link::new("BibTeX", export("bibtex")),
            Link::new("RIS", export("ris")),
            Link::new(
                lang.pick("mit Notizen (JSON Lines)", "with notes (JSON Lines)"),
                format!("/collection/{}/jsonl", encode_segment(&collection.name)),
            ),
        ],
        frame: Frame::of(job, &plain, "collections", &collection.name),
    };
    Ok(filled(&page)?)
}

fn item_view(job: &Job, item: &Item, plain: &Address) -> Result<ItemView, WebError> {
    let there = job.snapshot.engine.articles(&item.id)?.iter().any(|article| article.id == item.id);
    Ok(ItemView {
        id: item.id.clone(),
        href: there.then(|| plain.at(&format!("/article/{}", encode_segment(&item.id)))),
        headline: if item.headline.is_empty() { item.id.clone() } else { item.headline.clone() },
        facts: facts(item, &job.view()),
        note: item.note.lines().map(str::to_owned).collect(),
        raw: item.note.clone(),
    })
}

/// A collection as JSON Lines, as the command line exports it.
///
/// # Errors
/// When there is none of the name.
pub fn lines(job: &Job, name: &str) -> Result<Reply, WebError> {
    let collection = find(job, name)?;
    let mut text = String::new();
    for item in &collection.items {
        text.push_str(&to_line(&collection.name, item).map_err(crate::error::Internal::Json)?);
        text.push('\n');
    }
    Ok(Reply::of("application/jsonl; charset=utf-8", text).attachment(&format!("{}.jsonl", collection.name)))
}
