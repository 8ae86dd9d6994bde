//! What a reader does with the pointer: type, choose, narrow, page, read, and come back.

use super::driver::{DOWN, ENTER, ESCAPE};
use super::{PAGES, count, headlines, number, visit};

#[test]
fn a_suggestion_is_chosen_by_keys() {
    visit(|browser, server| {
        browser.go(&format!("{}/", server.base()));
        assert_eq!(browser.run("return document.activeElement.id"), "q", "one may type at once");
        browser.press("Muni".chars());
        browser.wait("suggestions", |browser| !browser.all("#suggestions [role=option]").is_empty());
        assert_eq!(browser.run("return q.getAttribute('aria-expanded')"), "true");
        let first = browser.texts("#suggestions [role=option] span:first-child").remove(0);
        browser.press([DOWN]);
        assert_eq!(browser.property("#q", "value"), first);
        let active = browser.run("return document.getElementById(q.getAttribute('aria-activedescendant')).textContent");
        assert!(active.as_str().is_some_and(|text| text.starts_with(&first)), "{active}");
        browser.press([ESCAPE]);
        assert_eq!(browser.property("#q", "value"), "Muni");
        assert_eq!(browser.run("return q.getAttribute('aria-expanded')"), "false");
        browser.press("t".chars());
        browser.wait("suggestions", |browser| browser.run("return q.getAttribute('aria-expanded')") == "true");
        browser.press([DOWN, ENTER]);
        browser.wait("hits", |browser| browser.address().contains("q=Munit"));
        assert!(count(browser) > 0);
        assert!(browser.property("#q", "value").starts_with("Munit"));
    });
}

#[test]
fn a_facet_narrows_and_its_chip_takes_it_back() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt", server.base()));
        let (all, before) = (count(browser), headlines(browser));
        let told = number(&browser.text(&browser.one(".facets section li a .number")));
        assert!(told < all);
        browser.click(".facets section li a");
        assert!(browser.address().contains("source="), "{}", browser.address());
        assert_eq!(count(browser), told, "the facet tells how many there are");
        assert_eq!(browser.all(".chips a").len(), 1);
        browser.click(".chips a");
        assert_eq!((browser.address().as_str(), browser.all(".chips a").len()), ("/?q=Stadt", 0));
        assert_eq!(headlines(browser), before);
    });
}

#[test]
fn a_form_is_switched_off_and_on_again() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Waffe", server.base()));
        let (all, before) = (count(browser), headlines(browser));
        assert!(browser.text(&browser.one(".searched summary")).starts_with("auch: "));
        browser.click(".searched summary");
        let forms = browser.texts(".forms a");
        let at = forms.iter().position(|form| form.contains("Waffenstillstand")).expect("a compound");
        browser.click(&format!(".forms li:nth-child({}) a", at + 1));
        browser.wait("fewer hits", |browser| browser.address().contains("without=Waffenstillstand"));
        assert!((1..all).contains(&count(browser)));
        assert!(browser.texts(".hits mark").iter().all(|mark| mark.starts_with("Waffe")), "marked is what counts");
        assert_eq!(browser.property("details.searched", "open"), "true", "one may go on at once");
        assert!(!browser.texts(".forms a").iter().any(|form| form.contains("Waffenstillstand")));
        browser.click(".hits h3 a");
        assert!(browser.address().contains("without=Waffenstillstand"), "the article is read as it was searched");
        browser.click(".back a");
        browser.click(".chips a");
        assert_eq!((count(browser), headlines(browser)), (all, before));
    });
}

#[test]
fn the_timeline_is_clicked_and_drawn_over() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt", server.base()));
        let all = count(browser);
        let bars = browser.run(
            "return [...document.querySelectorAll('.timeline svg a')].map((bar) => { \
             const { x, y, width, height } = bar.querySelector('.slot').getBoundingClientRect(); \
             const { from, to } = bar.dataset; \
             return { from, to, x: x + width / 2, y: y + height / 2, any: !!bar.querySelector('.bar') } })",
        );
        let bars = bars.as_array().expect("bars");
        let place = |at: usize| (bars[at]["x"].as_f64().expect("x"), bars[at]["y"].as_f64().expect("y"));
        let day = |at: usize, side: &str| bars[at][side].as_str().expect("a day").to_owned();
        let tall = bars.iter().position(|bar| bar["any"] == true).expect("a bar");
        browser.drag(place(tall), place(tall));
        let one = format!("/?q=Stadt&from={}&to={}", day(tall, "from"), day(tall, "to"));
        browser.wait("one period", |browser| browser.address() == one);
        assert!((1..all).contains(&count(browser)));
        browser.go(&format!("{}/?q=Stadt&sort=newest", server.base()));
        let (first, last) = (bars.len() / 3, bars.len() - 2);
        // from right to left; the days stand in their order all the same
        browser.drag(place(last), place(first));
        let range = format!("from={}&to={}", day(first, "from"), day(last, "to"));
        browser.wait("the periods drawn over", |browser| browser.address().contains(&range));
        assert!(browser.address().contains("q=Stadt") && browser.address().contains("sort=newest"));
        let within = count(browser);
        assert!((1..all).contains(&within), "{within} of {all}");
        assert_eq!(browser.all(".chips a").len(), 1);
    });
}

#[test]
fn paging_goes_on_and_back() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt+ODER+Munition", server.base()));
        let (all, first) = (count(browser), headlines(browser));
        assert!(all > 10 && first.len() == 10);
        browser.click(".pager a[rel=next]");
        let second = headlines(browser);
        assert_eq!(browser.property(".hits", "start"), "11");
        assert!(!second.is_empty() && second.iter().all(|headline| !first.contains(headline)));
        browser.click(".pager a[rel=prev]");
        assert_eq!(headlines(browser), first);
        assert_eq!(browser.address(), "/?q=Stadt+ODER+Munition");
    });
}

#[test]
fn an_article_is_read_place_by_place_and_the_list_is_as_it_was() {
    visit(|browser, server| {
        let list = "/?q=Munition&section=Wirtschaft&sort=oldest";
        browser.go(&format!("{}{list}", server.base()));
        let before = headlines(browser);
        browser.click(".hits h3 a");
        assert!(browser.address().starts_with("/article/") && browser.address().contains("q=Munition"));
        let marks = browser.all(".text mark").len();
        assert!(marks > 1, "{marks}");
        assert!(browser.texts(".places p").remove(0).starts_with(&marks.to_string()));
        let here = || browser.run("return document.querySelector('mark.here')?.id ?? ''");
        let step = |name: &str| browser.click(&format!(".places button[aria-label='{name}']"));
        step("Nächste Fundstelle");
        assert_eq!(here(), "t1");
        step("Nächste Fundstelle");
        assert_eq!(here(), "t2");
        assert_eq!(browser.text(&browser.one(".places [aria-live]")), format!("2 von {marks}"));
        step("Vorige Fundstelle");
        step("Vorige Fundstelle");
        assert_eq!(here(), format!("t{marks}"), "round the end");
        browser.wait("the place in sight", |browser| {
            let seen = "const { top, bottom } = document.querySelector('mark.here').getBoundingClientRect(); \
                        return top >= 0 && bottom <= innerHeight";
            browser.run(seen) == true
        });
        browser.click(".back a");
        assert_eq!(browser.address().split('#').next(), Some(list));
        assert_eq!(headlines(browser), before);
        browser.back();
        browser.back();
        assert_eq!((browser.address().as_str(), headlines(browser)), (list, before));
    });
}

#[test]
fn a_citation_is_copied() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Munition", server.base()));
        browser.click("details:has(.copy) summary");
        let cited = browser.text(&browser.one("#citation"));
        assert!(cited.contains("Munition"), "{cited}");
        assert_eq!(browser.text(&browser.one(".copy")), "Kopieren");
        browser.click(".copy");
        // it says so once the browser has it
        browser.wait("the citation", |browser| browser.text(&browser.one(".copy")) == "Kopiert");
        browser.wait("the button", |browser| browser.text(&browser.one(".copy")) == "Kopieren");
    });
}

#[test]
fn the_address_holds_everything() {
    visit(|browser, server| {
        for (name, address) in PAGES.iter().filter(|(_, address)| address.starts_with("/?")) {
            browser.go(&format!("{}{address}", server.base()));
            let (before, told) = (headlines(browser), browser.texts("#count, .chips, .notice"));
            assert_eq!(browser.address(), *address, "{name}");
            browser.reload();
            assert_eq!((headlines(browser), browser.texts("#count, .chips, .notice")), (before, told), "{name}");
        }
        browser.go(&format!("{}/?q=Stadt&source=Die+Warte&sort=oldest", server.base()));
        browser.fill("#q", " Land");
        browser.press([ENTER]);
        browser.wait("another query", |browser| browser.address().contains("Land"));
        assert_eq!(browser.address(), "/?q=Stadt+Land&source=Die+Warte&sort=oldest", "the choices stay");
    });
}
