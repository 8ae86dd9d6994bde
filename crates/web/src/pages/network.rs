//! The page of who and what occurs together in the articles of a search: a picture, and its numbers.

use super::facets::chips;
use super::frame::{Frame, filled};
use crate::address::Address;
use crate::ask::Question;
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use askama::Template;
use findbuch_engine::{Detail, FacetField, SearchRequest};
use findbuch_query::lang::Lang;
use findbuch_render::facets::measured;
use findbuch_render::network::{HEIGHT, Kind, Network, Node, Pair, WIDTH};
use findbuch_render::{number, plural};

/// Articles that names are taken of, the best of the search.
const SAMPLE: usize = 500;

#[derive(Template)]
#[template(path = "network.html")]
struct NetworkPage {
    frame: Frame,
    narrowed: Vec<String>,
    notices: Vec<String>,
    /// Which articles are counted.
    summary: String,
    nothing: &'static str,
    nodes: Vec<NodeView>,
    lines: Vec<LineView>,
    width: u32,
    height: u32,
    measured: &'static str,
}

struct NodeView {
    node: Node,
    /// The search narrowed to it.
    href: String,
    is_person: bool,
}

struct LineView {
    pair: Pair,
    one: Node,
    other: Node,
    articles: String,
    /// The articles that have both.
    href: String,
}

/// The page.
///
/// # Errors
/// Those of the search, and of the template.
pub fn page(job: &Job) -> Result<Reply, WebError> {
    let mut question = Question::lenient(job.query(), &[], job.today, job.bounds);
    let answer = question.without_broad_words(|question| {
        let request = question.request(&job.snapshot);
        let request = SearchRequest { offset: 0, limit: SAMPLE, detail: Detail::Article, ..request };
        question.answer(&job.snapshot, &request, false)
    })?;
    let hits = &answer.hits;
    let network = Network::of(hits.hits.iter().map(|hit| &hit.article));
    let (address, lang) = (&question.address, job.lang);
    let lines = network.pairs.iter().filter_map(|pair| {
        let [one, other] = network.names(pair)?;
        let href = with_both(address, [one, other]).at("/");
        let articles = number(pair.articles as f64, 0, lang);
        Some(LineView { pair: pair.clone(), one: one.clone(), other: other.clone(), articles, href })
    });
    let nodes = network.nodes.iter().map(|node| NodeView {
        href: with_one(address, node).at("/"),
        is_person: node.kind == Kind::Person,
        node: node.clone(),
    });
    let mut frame = Frame::of(job, address, "hits", lang.pick("Wer mit wem", "Who with whom"));
    frame.action = "/network";
    let page = NetworkPage {
        narrowed: chips(address, "/network", lang).into_iter().map(|chip| chip.text).collect(),
        notices: question.ignored_notices(lang),
        summary: summary(hits.hits.len(), hits.total, lang),
        nothing: if hits.total == 0 {
            lang.pick("Keine Treffer.", "No hits.")
        } else {
            lang.pick(
            "In diesen Artikeln sind keine Personen und Organisationen erkannt. Ein Index hat Namen, wenn er mit index --names angelegt ist.",
            "No people and organisations are recognised in these articles. An index has names if it is made with index --names.",
            )
        },
        nodes: nodes.collect(),
        lines: lines.collect(),
        width: WIDTH,
        height: HEIGHT,
        measured: measured(lang),
        frame,
    };
    Ok(filled(&page)?)
}

fn summary(counted: usize, total: u64, lang: Lang) -> String {
    let counted_text = number(counted as f64, 0, lang);
    if counted as u64 >= total {
        let (german, english) = plural(total, ("Artikel", "article"), ("Artikeln", "articles"));
        return lang
            .pick(format!("Gezählt in {counted_text} {german}."), format!("Counted in {counted_text} {english}."));
    }
    let total = number(total as f64, 0, lang);
    lang.pick(
        format!("Gezählt in den ersten {counted_text} von {total} Treffern."),
        format!("Counted in the first {counted_text} of {total} hits."),
    )
}

fn field(node: &Node) -> FacetField {
    match node.kind {
        Kind::Person => FacetField::Person,
        Kind::Organisation => FacetField::Organisation,
    }
}

fn with_one(address: &Address, node: &Node) -> Address {
    address.with(|one| one.only.push((field(node), node.name.clone())))
}

/// The search for articles that have both names: of two values of one facet one alone would do.
fn with_both(address: &Address, nodes: [&Node; 2]) -> Address {
    address.with(|both| {
        if !both.q.trim().is_empty() {
            both.q = format!("({})", both.q.trim());
        }
        for node in nodes {
            let name = node.name.replace('"', " ");
            both.q.extend([" ", field(node).name(), ":\"", &name, "\""]);
        }
    })
}
