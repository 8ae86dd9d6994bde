//! Reading with the keyboard alone.

use super::driver::{Browser, ENTER, TAB};
use super::{headlines, visit};

/// The headline of the hit that is chosen.
fn chosen(browser: &Browser) -> String {
    let hits = browser.texts(".hits .current h3");
    assert!(hits.len() <= 1, "{hits:?}");
    hits.into_iter().next().unwrap_or_default()
}

#[test]
fn an_archive_is_read_with_keys_alone() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt", server.base()));
        browser.press(['/']);
        assert_eq!(browser.run("return document.activeElement.id"), "q");
        // the query is selected, so that typing replaces it
        browser.press("Munition".chars());
        browser.press([ENTER]);
        browser.wait("hits", |browser| browser.address() == "/?q=Munition");
        let list = headlines(browser);
        assert_eq!(chosen(browser), "");
        browser.press(['j']);
        assert_eq!(chosen(browser), list[0]);
        browser.press(['j', 'j']);
        assert_eq!(chosen(browser), list[2]);
        browser.press(['k']);
        assert_eq!(chosen(browser), list[1]);
        browser.press([ENTER]);
        browser.wait("the article", |browser| browser.address().starts_with("/article/"));
        let here = || browser.run("return document.querySelector('mark.here')?.id ?? ''");
        let marks = browser.all(".text mark").len();
        assert!(marks > 1);
        browser.press(['j']);
        assert_eq!(here(), "t1");
        browser.press(['j']);
        assert_eq!(here(), "t2");
        browser.press(['k', 'k']);
        assert_eq!(here(), format!("t{marks}"));
        browser.press(['u']);
        browser.wait("the hits", |browser| browser.address().starts_with("/?q=Munition#hit-"));
        assert_eq!(chosen(browser), list[1], "it is the hit that was read");
        assert_eq!(headlines(browser), list);
        browser.press(['k']);
        assert_eq!(chosen(browser), list[0], "there is none before the first");
    });
}

#[test]
fn letters_in_a_field_are_text() {
    visit(|browser, server| {
        browser.go(&format!("{}/trend", server.base()));
        browser.click(".trend input");
        browser.press("j/ku".chars());
        assert_eq!(browser.property(".trend input", "value"), "j/ku");
    });
}

#[test]
fn the_first_step_of_the_tab_key_leads_past_the_head() {
    visit(|browser, server| {
        browser.go(&format!("{}/help", server.base()));
        browser.press([TAB]);
        assert_eq!(browser.run("return document.activeElement.className"), "skip");
        browser.press([ENTER]);
        browser.wait("the content", |browser| browser.run("return document.activeElement.id") == "main");
    });
}
