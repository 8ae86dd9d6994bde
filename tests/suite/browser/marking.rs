//! Hits are marked into a collection from their list.

use super::driver::Browser;
use super::visit;
use crate::Bench;
use crate::web::Server;

/// A server of its own, since its collections change.
fn server() -> Server {
    Server::start(Bench::with_sample_corpus(), &[])
}

fn stars(browser: &Browser) -> Vec<String> {
    // read at once, since a star is replaced when it is pressed
    let stars = browser.run("return [...document.querySelectorAll('.hits .star')].map((star) => star.textContent)");
    stars.as_array().expect("stars").iter().filter_map(|star| Some(star.as_str()?.to_owned())).collect()
}

/// What is told of the collection at hand.
fn status(browser: &Browser) -> String {
    let told = browser.run("return document.querySelector('#marking [role=status]').textContent");
    told.as_str().expect("a text").to_owned()
}

#[test]
fn a_star_marks_and_unmarks_without_leaving_the_list() {
    visit(|browser, _| {
        let server = server();
        browser.go(&format!("{}/?q=Wohnung", server.base()));
        browser.run("window.stays = true; document.querySelector('#mark [name=name]').value = ''");
        assert!(stars(browser).iter().all(|star| star == "☆"), "{:?}", stars(browser));
        browser.fill("#mark [name=name]", "Wohnen");
        browser.click(".hits li:nth-child(2) .star");
        browser.wait("the star", |browser| stars(browser)[1] == "★");
        assert_eq!(status(browser), "Wohnen: 1 Artikel");
        assert_eq!(
            browser.run("return document.activeElement.closest('li') === document.querySelectorAll('.hits > li')[1]"),
            true
        );
        browser.press(['j', 's']);
        browser.wait("the star", |browser| stars(browser)[0] == "★");
        assert_eq!(status(browser), "Wohnen: 2 Artikel");
        assert_eq!(browser.run("return window.stays"), true, "it is the same page");
        assert_eq!(server.get("/api/v1/collections/Wohnen").json()["collections"][0]["total"], 2);
        browser.click(".hits li:nth-child(2) .star");
        browser.wait("the star", |browser| stars(browser)[1] == "☆");
        assert_eq!((stars(browser)[0].as_str(), browser.run("return window.stays")), ("★", true.into()));
        // what cannot be is told where the number stood
        browser.run("document.querySelector('#mark [name=name]').removeAttribute('pattern')");
        browser.fill("#mark [name=name]", "/");
        browser.click(".hits li:nth-child(2) .star");
        browser.wait("the reason", |browser| status(browser).contains("keine Sammlung heißen"));
        assert_eq!(stars(browser)[1], "☆");
    });
}

#[test]
fn a_star_marks_without_a_script() {
    visit(|browser, _| {
        let server = server();
        browser.scripts(false);
        browser.go(&format!("{}/?q=Wohnung", server.base()));
        browser.click(".hits li:nth-child(2) .star");
        browser.wait("the star", |browser| stars(browser).get(1).is_some_and(|star| star == "★"));
        assert!(browser.address().starts_with("/?q=Wohnung#hit-"), "{}", browser.address());
        assert_eq!(browser.texts(".hit:target .star"), ["★"], "the reader is where the star is");
        browser.click(".hits li:nth-child(2) .star");
        browser.wait("the star", |browser| stars(browser).get(1).is_some_and(|star| star == "☆"));
        // the enter key in the field's form marks nothing
        browser.fill("#mark [name=name]", "\u{e007}");
        assert!(stars(browser).iter().all(|star| star == "☆"));
    });
}
