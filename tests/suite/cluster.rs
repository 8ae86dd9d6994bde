//! The same search on a cluster: what it finds of the sample corpus, and in which order, is what the index in a folder gives.

use crate::Bench;
use crate::required::{Need, skip};
use findbuch::copy::{Copied, Copy};
use findbuch_article::Article;
use findbuch_engine::{Access, Engine, FacetField, IndexDir, SearchRequest, Sort};
use findbuch_query::Query;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// Articles whose headlines queries are made of.
const HEADLINES: usize = 25;
/// How far two scores may be apart: lengths in an index are kept in a byte either way, sums in another order.
const APART: f32 = 1e-4;

/// An index on the cluster that `FINDBUCH_OPENSEARCH` names.
fn cluster(bench: &Bench, name: &str) -> Option<IndexDir> {
    let Ok(cluster) = std::env::var("FINDBUCH_OPENSEARCH") else {
        skip(Need::Cluster);
        return None;
    };
    let address = format!("{cluster}/{name}-{}", std::process::id()).parse().expect("an address");
    let access = Access::new(address, None, None).expect("access");
    Some(IndexDir::on_cluster(&bench.path("cluster"), &access).expect("an index"))
}

/// The articles of an index.
fn articles(engine: &dyn Engine) -> Vec<Article> {
    let (mut files, mut all) = (Vec::new(), Vec::new());
    engine.files(&[PathBuf::from("/")], &mut |file| files.push(file.path)).expect("files");
    for file in files {
        let visit = &mut |_, article| {
            all.push(article);
            ControlFlow::Continue(())
        };
        engine.articles_of(&file, visit).expect("articles");
    }
    all
}

/// Copies one index to another.
fn copy(from: &dyn Engine, to: &IndexDir) -> Copied {
    let copy = Copy { from, place: "index", to: &*to.store(), target: "cluster", stop: &AtomicBool::new(false) };
    copy.run(&mut |_| {}).expect("copied")
}

/// Queries of every kind about what a headline is about.
fn queries(headline: &str) -> Vec<String> {
    let words = headline.split(|char: char| !char.is_alphanumeric()).filter(|word| word.chars().count() > 4);
    let words: Vec<&str> = words.collect();
    let [one, two, ..] = words.as_slice() else { return Vec::new() };
    let end: String = one.chars().skip(2).collect();
    vec![
        words.join(" "),
        format!("{one} NICHT {two}"),
        format!("{one} ODER {two}"),
        format!("\"{one} {two}\""),
        format!("=\"{one} {two}\" ODER ={two}"),
        format!("{one} NAH/4 {two}"),
        format!("{one} VOR/6 {two}"),
        format!("{one} SATZ {two}"),
        format!("({one} ABSATZ {two}) ODER titel:{two}"),
        format!("titel:{one} {two}"),
        format!("MINDESTENS/2 {one}"),
        format!("{one}* {two}~1"),
        format!("*{end}"),
    ]
}

#[test]
fn finds_of_the_sample_corpus_what_the_index_in_a_folder_finds() {
    let bench = Bench::with_sample_corpus();
    let Some(cluster) = cluster(&bench, "parity") else { return };
    let local = IndexDir::new(&bench.path("index")).open().expect("an index");
    copy(&*local, &cluster);
    let remote = cluster.open().expect("an index");
    assert_eq!(remote.stats().expect("numbers").articles, local.stats().expect("numbers").articles);
    assert_eq!(remote.days().expect("days"), local.days().expect("days"));
    let headlines: BTreeSet<String> = articles(&*local).iter().map(Article::title).collect();
    let (mut asked, mut wrong) = (0, Vec::new());
    for text in
        headlines.iter().map(|headline| queries(headline)).filter(|all| !all.is_empty()).take(HEADLINES).flatten()
    {
        asked += 1;
        let query = Query::parse(&text, jiff::civil::date(2026, 11, 24)).expect("a query");
        // by turns every order, folded into stories or not
        let sort = [Sort::Relevance, Sort::Relevance, Sort::Newest, Sort::Oldest][asked % 4];
        let plain = SearchRequest { facets: &FacetField::ALL, days: true, ..SearchRequest::new(&query) };
        let request = SearchRequest { group: asked % 3 == 0, sort, ..plain };
        let answers = [&local, &remote].map(|engine| {
            let prepared = engine.prepare(&request).expect("a plan");
            let stream = engine.stream(&prepared).expect("a stream");
            let all: BTreeSet<String> = stream.hits.map(|hit| hit.expect("a hit").article.id).collect();
            (engine.search(&prepared).expect("hits"), all)
        });
        let [(expected, all), (found, found_all)] = answers;
        let same = |left: f32, right: f32| (left - right).abs() <= APART * left.abs().max(1.0);
        let alike = expected.hits.len() == found.hits.len()
            && expected.hits.iter().zip(&found.hits).all(|(left, right)| {
                left.article == right.article
                    && left.snippets == right.snippets
                    && left.missing == right.missing
                    && left.group == right.group
                    && same(left.score, right.score)
            });
        let counted = |hits: &findbuch_engine::Hits| {
            (hits.total, hits.stories, hits.relaxed.clone(), hits.also.clone(), hits.facets.clone(), hits.days.clone())
        };
        if all != found_all || counted(&expected) != counted(&found) || !alike {
            let ids = |hits: &findbuch_engine::Hits| {
                hits.hits.iter().map(|hit| format!("{} {}", hit.score, hit.article.id)).collect::<Vec<_>>()
            };
            let (left, right) = (ids(&expected), ids(&found));
            wrong.push(format!("{text}: {} {left:?}\n    {} {right:?}", expected.total, found.total));
        }
    }
    assert!(asked > 250, "{asked} queries");
    assert!(wrong.is_empty(), "{} of {asked} differ:\n{}", wrong.len(), wrong.join("\n"));
}
