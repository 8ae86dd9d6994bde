//! Reading one hit after the other.

use super::{headlines, visit};

#[test]
fn five_hits_are_seen_at_once() {
    visit(|browser, server| {
        browser.screen(1280, 900);
        for query in ["Stadt", "Wohnung", "Munition"] {
            browser.go(&format!("{}/?q={query}", server.base()));
            let ends = browser.run(
                "return [...document.querySelectorAll('.hits .hit')].slice(0, 5).map((hit) => hit.getBoundingClientRect().bottom)",
            );
            let ends = ends.as_array().expect("hits");
            let seen = ends.iter().filter(|end| end.as_f64().is_some_and(|end| end <= 900.0)).count();
            assert_eq!(seen, 5, "{query}: {ends:?}");
        }
    });
}

#[test]
fn a_reader_turns_from_hit_to_hit_and_to_the_next_page() {
    visit(|browser, server| {
        let title = || browser.text(&browser.one(".text h1"));
        browser.go(&format!("{}/?q=Stadt&offset=10", server.base()));
        let next_page = headlines(browser);
        browser.go(&format!("{}/?q=Stadt", server.base()));
        let list = headlines(browser);
        let is = |headline: &str, of: &str| headline.ends_with(of);
        browser.click(".hits li:nth-child(9) h3 a");
        assert!(is(&list[8], &title()), "{} is not {}", list[8], title());
        browser.click(".turning a[rel=next]");
        browser.wait("the next", |_| is(&list[9], &title()));
        browser.press(['n']);
        browser.wait("the first of the next page", |_| is(&next_page[0], &title()));
        assert!(browser.address().contains("offset=10"), "{}", browser.address());
        browser.press(['p']);
        browser.wait("the last of the page", |_| is(&list[9], &title()));
        assert!(!browser.address().contains("offset"), "{}", browser.address());
        browser.press(['u']);
        browser.wait("the hits", |browser| browser.address().starts_with("/?q=Stadt#hit-"));
        assert_eq!(headlines(browser), list);
    });
}

#[test]
fn the_number_of_hits_on_a_page_is_chosen() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt&offset=10", server.base()));
        browser.click(".sizes a:nth-of-type(2)");
        browser.wait("more hits", |browser| browser.address() == "/?q=Stadt&limit=20");
        assert_eq!(headlines(browser).len(), 20);
        assert_eq!(browser.texts(".sizes [aria-current]"), ["20"]);
    });
}
