//! Every link of every page leads somewhere.

use super::{Server, shared};
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Where a page's links and forms lead on this server, escapes and places within pages left out.
fn links(page: &Html) -> BTreeSet<String> {
    let found = Selector::parse("a[href], link[href], img[src]").expect("a selector");
    let addresses = page.select(&found).filter_map(|element| element.attr("href").or(element.attr("src")));
    let own = addresses.filter(|address| address.starts_with('/'));
    own.map(|address| address.split('#').next().unwrap_or(address).to_owned()).collect()
}

/// The kind of an address: its first part, and which choices it has.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let names: BTreeSet<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    let start: Vec<&str> = path.split('/').take(if path.starts_with("/api/") { 4 } else { 2 }).collect();
    format!("{} {names:?}", start.join("/"))
}

/// Follows links two steps from where it starts; of what is alike a few stand for all, `of_a_kind` of them.
fn follow(server: &Server, starts: &[&str], of_a_kind: usize) -> BTreeMap<String, usize> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut next: VecDeque<(String, usize)> = starts.iter().map(|start| ((*start).to_owned(), 0)).collect();
    while let Some((address, depth)) = next.pop_front() {
        let of_kind = kinds.entry(kind(&address)).or_default();
        if *of_kind >= of_a_kind || !seen.insert(address.clone()) {
            continue;
        }
        *of_kind += 1;
        let answer = server.page(&address);
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        if depth < 2 && answer.header("content-type").starts_with("text/html") {
            next.extend(links(&Html::parse_document(answer.text())).into_iter().map(|link| (link, depth + 1)));
        }
    }
    kinds
}

const STARTS: [&str; 12] = [
    "/",
    "/?q=Stadt&by=month&exact=1&group=0&lang=en",
    "/?q=Selenskyj+Munition&without=Zelensky&variants=0&correct=0",
    "/?q=Brokhusen",
    "/?q=%22Zzyzx%22&source=Die+Warte&exact=1",
    "/?q=Stadt&offset=5000",
    "/kwic?q=Wohnung&sort=newest",
    "/trend?q=Bahn&q=Wohnung&relative=1&by=year&sort=newest&group=0",
    "/batch?list=Bahn%0AZzyzx&source=Die+Warte&lang=en",
    "/compare?a=Munition&b=Stadt&year=2023",
    "/collection/Deich",
    "/article/nb-2012-08-20-0017?q=F%C3%A4hre&copy=1",
];

#[test]
fn a_link_of_each_kind_leads_somewhere() {
    check(1);
}

#[test]
#[ignore = "follows 25 links of each kind"]
fn every_link_leads_somewhere() {
    check(25);
}

fn check(of_a_kind: usize) {
    let kinds = follow(&shared(), &STARTS, of_a_kind);
    for start in [
        "/article",
        "/original",
        "/export",
        "/api/v1/search",
        "/api/v1/trend",
        "/api/v1/articles",
        "/feed.atom",
        "/batch.csv",
        "/collection",
    ] {
        assert!(kinds.keys().any(|kind| kind.starts_with(start)), "no page leads to {start}: {kinds:?}");
    }
}
