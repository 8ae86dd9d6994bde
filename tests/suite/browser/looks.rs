//! How pages stand on a narrow screen and in the dark, and that they ask nobody else for anything.

use super::driver::Browser;
use super::{PAGES, visit};
use std::path::PathBuf;

/// Width of a small telephone, in CSS pixels.
const NARROW: u32 = 360;

/// Saves a picture where `FINDBUCH_SHOTS` names a folder.
fn save(browser: &Browser, name: &str) {
    let Some(folder) = std::env::var_os("FINDBUCH_SHOTS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(format!("{name}.png")), browser.picture()).expect("a picture");
}

/// Whether the page's ground is dark.
fn is_dark(browser: &Browser) -> bool {
    let ground = browser.run("return getComputedStyle(document.body).backgroundColor");
    let numbers = ground.as_str().expect("a colour").split(|c: char| !c.is_ascii_digit());
    numbers.filter_map(|number| number.parse::<u32>().ok()).take(3).sum::<u32>() < 3 * 128
}

#[test]
#[ignore = "opens each page in four looks"]
fn no_page_is_wider_than_its_screen() {
    // what stands over the edge, to be told
    let measure = "const over = [...document.querySelectorAll('body *')].filter((one) => \
                   one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll, .hidden, .skip')); \
                   const width = document.scrollingElement.scrollWidth; \
                   return { width, screen: innerWidth, over: over.slice(0, 5).map((one) => one.outerHTML.slice(0, 90)) }";
    visit(|browser, server| {
        for (dark, width, look) in
            [(false, 0, "light"), (true, 0, "dark"), (false, NARROW, "narrow"), (true, NARROW, "narrow-dark")]
        {
            browser.dark(dark);
            browser.width(width);
            for (name, address) in PAGES {
                browser.go(&format!("{}{address}", server.base()));
                let page = browser.run(measure);
                assert!(page["width"].as_u64() <= page["screen"].as_u64(), "{name} {look}: {page:#}");
                assert!(width == 0 || page["screen"] == width, "{name} {look}: {page}");
                assert_eq!(is_dark(browser), dark, "{name} {look}");
                save(browser, &format!("{name}-{look}"));
            }
        }
    });
}

#[test]
fn pages_load_what_this_server_has_and_are_blamed_for_nothing() {
    visit(|browser, server| {
        for (name, address) in PAGES {
            browser.complaints();
            browser.go(&format!("{}{address}", server.base()));
            let is_error = !browser.all("body.is-error").is_empty();
            assert_eq!(is_error, matches!(*name, "missing" | "error"), "{name} is the page that it is meant to be");
            let asked = browser.run("return performance.getEntriesByType('resource').map((one) => one.name)");
            let asked = asked.as_array().expect("addresses");
            assert!(asked.len() > 1, "{name}: {asked:?}");
            for asked in asked {
                assert!(asked.as_str().is_some_and(|asked| asked.starts_with(&server.base())), "{name}: {asked}");
            }
            let kept = browser.run("return document.cookie.length + localStorage.length + sessionStorage.length");
            assert_eq!(kept, 0, "{name}");
            // some of the pages are there to be missing
            let complaints = browser.complaints().into_iter().filter(|line| !line.contains("status of 404"));
            assert_eq!(complaints.collect::<Vec<_>>(), [""; 0], "{name}");
        }
    });
}
