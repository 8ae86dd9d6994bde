//! The whole way of a reader whose browser runs no script.

use super::driver::Browser;
use super::{count, headlines, visit};

/// Clicks, and waits for the page that this leads to; the driver itself does not wait where no script runs.
#[track_caller]
fn follow(browser: &Browser, selector: &str, address: &str) {
    browser.click(selector);
    browser.wait(address, |browser| browser.address().contains(address) && !browser.all("footer.site").is_empty());
}

#[test]
fn everything_works_without_a_script() {
    visit(|browser, server| {
        browser.scripts(false);
        browser.go(&format!("{}/", server.base()));
        browser.fill("#q", "Munition");
        follow(browser, ".search button", "/?q=Munition");
        assert!(browser.all("#suggestions").is_empty(), "no script has run");
        let all = count(browser);
        follow(browser, ".timeline svg a:has(.bar)", "?q=Munition&from=");
        assert!((1..all).contains(&count(browser)));
        follow(browser, ".chips a", "?q=Munition");
        browser.wait("all hits", |browser| browser.all(".chips a").is_empty());
        assert_eq!(count(browser), all);
        browser.fill(".range input[name=from]", "2019");
        follow(browser, ".range > button", "from=2019");
        assert!((1..all).contains(&count(browser)));
        follow(browser, ".sort li:nth-child(2) a", "sort=newest");
        let before = headlines(browser);
        follow(browser, ".hits h3 a", "/article/");
        follow(browser, ".jumps a:last-child", "#t");
        follow(browser, ".back a", "/?q=Munition&from=2019");
        assert_eq!(headlines(browser), before);
        follow(browser, "header nav li:nth-child(2) a", "/kwic?q=Munition");
        assert!(!browser.all(".kwic tbody tr").is_empty());
        follow(browser, "header nav li:nth-child(3) a", "/trend?q=Munition");
        browser.fill(".trend label:nth-of-type(2) input", "Wohnung");
        follow(browser, ".trend button", "q=Wohnung");
        assert_eq!(browser.all(".numbers thead th").len(), 4, "time, two queries, all articles");
        follow(browser, ".tools a[href^='/compare']", "/compare?a=Munition&b=Wohnung");
        // what makes the difference stands in pages, which a build without them does not read
        assert!(browser.all(".halves table").len() > 1 || !cfg!(feature = "html"));
        follow(browser, ".sides li:first-child a", "/?q=Munition");
        follow(browser, "header nav li:nth-child(4) a", "/batch?q=Munition");
        browser.fill("#list", "Munition\nFähre Oldewerder");
        follow(browser, ".list button", "/batch?list=");
        assert_eq!(browser.all(".batch tbody tr").len(), 2);
        follow(browser, ".batch tbody a", "/?q=Munition");
        follow(browser, ".hits h3 a", "/article/");
        browser.fill(".collecting input[name=name]", "Funde");
        browser.fill(".collecting textarea", "prüfen");
        follow(browser, ".collecting button", "/article/");
        browser.wait("the mark", |browser| browser.texts(".collecting p").iter().any(|text| text.contains("Funde")));
        follow(browser, ".collecting p a", "/collection/Funde");
        assert_eq!(browser.texts(".note"), ["prüfen"]);
        browser.click(".delete summary");
        follow(browser, ".delete button", "/collections");
        follow(browser, "header nav li:nth-child(6) a", "/help");
        follow(browser, ".examples a", "/?q=");
        assert!(count(browser) > 0);
    });
}
