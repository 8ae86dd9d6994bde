//! What a page weighs on its way.

use super::{Answer, shared};

/// Most bytes of the search page with all that it loads, as they are sent.
const MOST: usize = 60_000;

#[test]
fn the_search_page_weighs_little_with_all_that_it_loads() {
    let server = shared();
    let asked = |path: &str| -> Answer {
        let answer = server.ask(path, &[("accept-encoding", "gzip"), ("accept", "text/html")]);
        assert_eq!((answer.status, answer.header("content-encoding")), (200, "gzip"), "{path}");
        answer
    };
    let page = asked("/?q=Stadt+ODER+Munition&limit=100");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&page.body[..]), &mut text).expect("a page");
    let document = scraper::Html::parse_document(&text);
    let loaded = scraper::Selector::parse("link[rel=stylesheet], link[rel=icon], script, img").expect("a selector");
    let mut weight = page.body.len();
    let mut paths = Vec::new();
    for element in document.select(&loaded) {
        let path = element.attr("href").or(element.attr("src")).expect("an address");
        weight += asked(path).body.len();
        paths.push(path.split('?').next().unwrap_or(path).to_owned());
    }
    assert_eq!(paths, ["/assets/findbuch.css", "/assets/icon.svg", "/assets/findbuch.js"]);
    assert!(weight < MOST, "{weight} bytes");
}

#[test]
fn what_never_changes_is_kept_by_the_browser() {
    let server = shared();
    let page = server.page("/");
    let address =
        page.text().split('"').find(|text| text.starts_with("/assets/findbuch.css")).expect("a sheet").to_owned();
    let sheet = server.get(&address);
    assert!(sheet.header("cache-control").contains("immutable"), "{}", sheet.header("cache-control"));
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert!(page.header("cache-control").contains("no-cache"), "pages are asked for again");
}
