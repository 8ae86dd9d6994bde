//! Hostile articles in a real browser: nothing of theirs runs, neither on pages nor among suggestions.

use super::visit;
use crate::web::hostile;

#[test]
fn nothing_of_an_article_runs() {
    visit(|browser, _| {
        let server = hostile();
        for address in
            ["/", "/?q=Linde&limit=100", "/kwic?q=Linde", "/?q=Erle&lang=en", "/trend?q=Linde&q=%22%3E%3Cscript%3E"]
        {
            browser.complaints();
            browser.go(&format!("{}{address}", server.base()));
            // a dialogue that stood open would fail this
            assert_eq!(browser.run("return document.querySelectorAll('script').length"), 1, "{address}");
            assert_eq!(browser.complaints(), [""; 0], "{address}");
        }
        browser.go(&format!("{}/?q=Linde&limit=100", server.base()));
        let articles = browser.run("return [...document.querySelectorAll('.hits h3 a')].map((link) => link.href)");
        let articles = articles.as_array().expect("links");
        assert!(articles.len() > 20);
        for article in articles.iter().step_by(3) {
            browser.go(article.as_str().expect("an address"));
            assert_eq!(browser.run("return document.querySelectorAll('script').length"), 1, "{article}");
            assert_eq!(browser.complaints(), [""; 0], "{article}");
        }
        let mut suggested = 0;
        for typed in ["Linde <scr", "quelle:", "scri", "ale", "Lin"] {
            browser.go(&format!("{}/", server.base()));
            browser.press(typed.chars());
            let found = browser.run_until_called(&format!(
                "const done = arguments[arguments.length - 1]; \
                 fetch('/api/v1/suggest?q=' + encodeURIComponent('{typed}')).then((answer) => answer.json()) \
                 .then((found) => done(found.words.length + found.names.length + found.headlines.length))"
            ));
            suggested += found.as_u64().expect("a number");
            browser.wait("suggestions", |browser| found == 0 || !browser.all("#suggestions [role=option]").is_empty());
            let elements = browser.run("return document.querySelectorAll('#suggestions :not(li, span)').length");
            assert_eq!(elements, 0, "{typed}: text alone");
            assert_eq!(browser.complaints(), [""; 0], "{typed}");
        }
        assert!(suggested > 4, "{suggested}");
    });
}
