//! How a search is narrowed and widened, and how a reader comes back to the hit that was read.

use super::driver::{ENTER, TAB};
use super::{count, headlines, number, visit};

const RIGHT: char = '\u{e014}';
const LEFT: char = '\u{e012}';

#[test]
fn values_of_a_facet_combine_and_are_excluded() {
    visit(|browser, server| {
        for scripts in [true, false] {
            browser.scripts(scripts);
            browser.go(&format!("{}/?q=Stadt", server.base()));
            let follow = |selector: &str, part: &str| {
                browser.click(selector);
                browser
                    .wait(part, |browser| browser.address().contains(part) && !browser.all("footer.site").is_empty());
            };
            let all = count(browser);
            let told = browser.texts(".facets section:first-child li a .number");
            let (first, second) = (number(&told[0]), number(&told[1]));
            follow(".facets section:first-child li:first-child a", "source=");
            assert_eq!(count(browser), first);
            // the facet stays, with the numbers that the other values have
            assert_eq!(number(&browser.texts(".facets section:first-child li a .number")[1]), second);
            follow(".facets section:first-child li:nth-child(2) a", "&source=");
            assert_eq!(count(browser), first + second, "either is enough");
            assert_eq!(browser.all(".facets [aria-current]").len(), 2);
            follow(".facets [aria-current]", "?q=Stadt&source=");
            browser.wait("one value", |browser| browser.all(".facets [aria-current]").len() == 1);
            assert_eq!(count(browser), second);
            browser.go(&format!("{}/?q=Stadt", server.base()));
            follow(".facets section:first-child li:first-child .minus", "not=source");
            assert_eq!(count(browser), all - first);
            follow(".facets .not a", "/?q=Stadt");
            browser.wait("all hits", |browser| browser.all(".chips a").is_empty());
            assert_eq!(count(browser), all);
        }
    });
}

#[test]
fn values_of_a_long_facet_are_searched() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=der", server.base()));
        let last = browser.run(
            "const field = document.querySelector('.find input:not([type=hidden])'); \
             return [...field.closest('section').querySelectorAll('li a:first-child span:first-child')].at(-1).textContent",
        );
        let wanted: String = last.as_str().expect("a value").chars().take(5).collect();
        browser.fill(".find input:not([type=hidden])", &wanted);
        browser.press([ENTER]);
        browser.wait("the values", |browser| browser.address().contains("find_"));
        assert!(browser.address().contains("q=der"), "{}", browser.address());
        let found = browser.run(
            "const field = [...document.querySelectorAll('.find input:not([type=hidden])')].find((one) => one.value); \
             return [...field.closest('section').querySelectorAll('li a:first-child')].map((one) => one.textContent)",
        );
        let found = found.as_array().expect("values");
        let has = |value: &serde_json::Value| {
            value.as_str().is_some_and(|value| value.to_lowercase().contains(&wanted.to_lowercase()))
        };
        assert!(found.iter().all(has), "{wanted}: {found:?}");
    });
}

#[test]
fn a_reader_comes_back_to_the_hit_that_was_read() {
    visit(|browser, server| {
        for (scripts, key) in [(true, false), (true, true), (false, false)] {
            browser.scripts(scripts);
            browser.go(&format!("{}/?q=Stadt&limit=50", server.base()));
            let before = headlines(browser);
            browser.click(".hits li:nth-child(9) h3 a");
            browser.wait("the article", |browser| !browser.all(".jumps a, .step").is_empty());
            if key {
                browser.press(['u']);
            } else {
                browser.click(".back a");
            }
            browser.wait("the hits", |browser| {
                browser.address().starts_with("/?q=Stadt") && !browser.all(".hits").is_empty()
            });
            assert_eq!(headlines(browser), before);
            let marked = if key { ".hit.current h3" } else { ".hit:target h3" };
            assert_eq!(browser.texts(marked), [before[8].clone()]);
            let seen = "const { top, bottom } = document.querySelector('.hits li:nth-child(9) .hit')\
                        .getBoundingClientRect(); return top >= -1 && top <= innerHeight";
            browser.scripts(true);
            assert_eq!(browser.run(seen), true, "it is in sight");
        }
        browser.go(&format!("{}/article/nb-2012-08-20-0017", server.base()));
        assert!(browser.all(".back").is_empty(), "there is no search to go back to");
    });
}

#[test]
fn an_article_among_suggestions_keeps_filters_language_and_marks() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt&lang=en&exact=1", server.base()));
        browser.run("q.value = ''; q.focus()");
        browser.press("Weltkriegsmuni".chars());
        browser.wait("suggestions", |browser| !browser.all("#suggestions .headline").is_empty());
        browser.click("#suggestions li:has(.headline)");
        browser.wait("the article", |browser| browser.address().starts_with("/article/"));
        let address = browser.address();
        assert!(address.contains("lang=en") && address.contains("exact=1"), "{address}");
        assert!(!browser.all(".text mark").is_empty(), "{address}");
    });
}

#[test]
fn a_period_is_typed_as_people_write_it_and_stays_where_it_is_none() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt", server.base()));
        let all = count(browser);
        browser.fill(".range input[name=from]", "Mai 2024");
        browser.fill(".range input[name=to]", "12/2024");
        browser.click(".range > button");
        browser.wait("the period", |browser| browser.address().contains("from=Mai+2024"));
        assert!(browser.texts(".notice").is_empty() && (1..all).contains(&count(browser)));
        browser.fill(".range input[name=to]", "x");
        browser.click(".range > button");
        browser.wait("the notice", |browser| !browser.all(".notice").is_empty());
        assert!(browser.text(&browser.one(".notice")).contains("„Mai 2024 – 12/2024x“"));
        assert_eq!(
            browser.property(".range input[name=to]", "value"),
            "12/2024x",
            "what was typed is there to be mended"
        );
        assert_eq!(browser.all(".range [aria-invalid=true]").len(), 2);
    });
}

#[test]
fn the_timeline_is_read_and_drawn_over_by_keys() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt", server.base()));
        let all = count(browser);
        browser.run("document.querySelector('.timeline a[tabindex=\"0\"]').focus()");
        let at =
            || browser.run("return [...document.querySelectorAll('.timeline svg a')].indexOf(document.activeElement)");
        let last = browser.all(".timeline svg a").len() - 1;
        browser.press([TAB]);
        assert_eq!(at(), -1, "the chart is one stop of the tab key");
        browser.run("document.querySelector('.timeline a[tabindex=\"0\"]').focus()");
        assert_eq!(at(), last);
        browser.press([LEFT, LEFT, RIGHT]);
        assert_eq!(at(), last - 1);
        browser.run(
            "for (let n = 0; n < 3; n++) document.activeElement.dispatchEvent(\
             new KeyboardEvent('keydown', { key: 'ArrowLeft', shiftKey: true, bubbles: true, cancelable: true }))",
        );
        assert_eq!(browser.all(".timeline .chosen").len(), 4);
        browser.press([ENTER]);
        browser.wait("the period", |browser| browser.address().contains("from="));
        let address = browser.address();
        assert!(address.contains("&to=") && count(browser) < all, "{address}");
    });
}

#[test]
fn places_stand_before_the_text_and_the_plot_within_a_narrow_screen() {
    visit(|browser, server| {
        browser.width(360);
        browser.go(&format!("{}/article/nb-2012-08-20-0017?q=F%C3%A4hre", server.base()));
        let order = "const top = (one) => document.querySelector(one).getBoundingClientRect().top; \
                     return top('.back') < top('.places') && top('.places') < top('.text h1')";
        assert_eq!(browser.run(order), true);
        browser.go(&format!("{}/trend?q=Bahn&q=Wohnung", server.base()));
        let wide = "const plot = document.querySelector('.plot'); return plot.scrollWidth - plot.clientWidth";
        assert_eq!(browser.run(wide), 0);
        assert!(browser.property(".plot img", "currentSrc").contains("narrow=1"));
    });
}

#[test]
fn a_line_in_context_leads_to_its_place() {
    visit(|browser, server| {
        browser.go(&format!("{}/kwic?q=Stadt", server.base()));
        let line = browser.texts(".kwic tbody tr:nth-child(4) .right mark").remove(0);
        browser.click(".kwic tbody tr:nth-child(4) a");
        browser.wait("the article", |browser| browser.address().starts_with("/article/"));
        assert!(browser.address().contains("#t"), "{}", browser.address());
        assert_eq!(browser.texts(".text mark:target"), [line]);
    });
}
