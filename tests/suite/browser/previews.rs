//! The preview beside the list of hits, and the calendars of the period's fields.

use super::driver::{Browser, ESCAPE};
use super::{headlines, visit};

/// Waits until the preview has the headline of a hit.
#[track_caller]
fn shows(browser: &Browser, headline: &str) {
    // read at once, since it changes
    let shown = "return document.querySelector('.preview h2')?.textContent ?? ''";
    let is_it = |shown: &str| !shown.is_empty() && headline.ends_with(shown);
    browser.wait(headline, |browser| browser.run(shown).as_str().is_some_and(is_it));
}

#[test]
fn the_hit_with_the_focus_or_the_pointer_is_previewed() {
    visit(|browser, server| {
        browser.screen(1440, 900);
        browser.go(&format!("{}/?q=Stadt", server.base()));
        let list = headlines(browser);
        shows(browser, &list[0]);
        assert!(!browser.all(".preview mark").is_empty(), "words found are marked");
        browser.press(['j', 'j']);
        shows(browser, &list[1]);
        assert_eq!(browser.texts(".previewed h3"), [list[1].clone()]);
        browser.press(['v']);
        assert_eq!(browser.run("return document.activeElement.className"), "preview");
        browser.press([ESCAPE]);
        let focused = "return document.activeElement.closest('.hit').querySelector('h3').textContent.trim()";
        assert!(browser.run(focused).as_str().is_some_and(|text| list[1].starts_with(&text[..9])));
        browser.point(".hits li:nth-child(4) .snippet");
        shows(browser, &list[3]);
        browser.click(".preview .read a");
        browser.wait("the article", |browser| browser.address().starts_with("/article/"));
        assert!(list[3].ends_with(&browser.text(&browser.one(".text h1"))));
    });
}

#[test]
fn places_behind_the_beginning_lead_to_them() {
    visit(|browser, server| {
        browser.screen(1440, 900);
        browser.go(&format!("{}/?q=F%C3%A4hre", server.base()));
        let hits = headlines(browser).len();
        for _ in 0..hits {
            browser.press(['j']);
            let headline = browser.texts(".hits .current h3").remove(0);
            shows(browser, &headline);
            if !browser.all(".preview li a").is_empty() {
                break;
            }
        }
        let mark = browser.texts(".preview li:first-child mark").remove(0);
        browser.click(".preview li:first-child a");
        browser.wait("the place", |browser| browser.address().contains("#t"));
        assert_eq!(browser.texts(".text mark:target"), [mark]);
    });
}

#[test]
fn there_is_no_preview_where_there_is_no_room_or_no_script() {
    visit(|browser, server| {
        let asked =
            "return performance.getEntriesByType('resource').filter((one) => one.name.includes('/preview/')).length";
        browser.screen(1280, 900);
        browser.go(&format!("{}/?q=Stadt", server.base()));
        browser.press(['j']);
        let seen = |browser: &Browser| browser.run("return document.querySelector('.preview').getClientRects().length");
        assert_eq!((seen(browser), browser.run(asked)), (0.into(), 0.into()));
        browser.screen(1440, 900);
        browser.wait("the preview", |browser| !browser.all(".preview h2").is_empty());
        browser.scripts(false);
        browser.go(&format!("{}/?q=Stadt", server.base()));
        browser.scripts(true);
        assert_eq!(browser.run("return document.querySelectorAll('.preview > *').length"), 0);
    });
}

#[test]
fn a_day_is_chosen_in_a_calendar_or_typed_in_words() {
    visit(|browser, server| {
        browser.go(&format!("{}/?q=Stadt&from=Mai+2012&to=gestern", server.base()));
        assert_eq!(browser.all(".range .calendar button").len(), 3);
        assert_eq!(browser.run("return document.querySelector('.range [name=from]').dataset.day"), "2012-05-01");
        // the calendar itself is the browser's; what it opens with and what comes of it is the page's
        browser.run("HTMLInputElement.prototype.showPicker = function () { window.opened = this.value }");
        browser.click(".range .calendar button");
        assert_eq!(browser.run("return window.opened"), "2012-05-01");
        browser.run(
            "const day = document.querySelector('.calendar input'); day.value = '2012-09-03'; day.dispatchEvent(new Event('change'))",
        );
        assert_eq!(browser.property(".range [name=from]", "value"), "3.9.2012");
        browser.click(".range > button");
        browser.wait("the period", |browser| browser.address().contains("from=3.9.2012"));
        assert!(browser.texts(".notice").is_empty(), "{:?}", browser.texts(".notice"));
        assert_eq!(browser.run("return document.querySelector('.range [name=from]').dataset.day"), "2012-09-03");
        browser.scripts(false);
        browser.go(&format!("{}/?q=Stadt", server.base()));
        assert!(browser.all(".calendar").is_empty(), "words alone do without a script");
    });
}
