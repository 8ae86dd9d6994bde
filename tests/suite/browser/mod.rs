//! The pages in a real Chromium: what a reader does, with keys, without a script, on a narrow screen, in the dark, and read aloud.
//!
//! Where Chromium or its driver is missing, the tests skip, as [`required`](crate::required) has it.

mod access;
mod driver;
mod hostile;
mod journeys;
mod keys;
mod looks;
mod marking;
mod narrowing;
mod previews;
mod reading;
mod scriptless;

use crate::required::{self, Need};
use crate::web::{Server, shared as served};
use driver::Browser;
pub use driver::is_installed;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// The pages that there are, by a name each.
const PAGES: &[(&str, &str)] = &[
    ("start", "/"),
    ("hits", "/?q=F%C3%A4hre+Oldewerder&from=2012&to=2023"),
    ("narrowed", "/?q=Stadt&source=Die+Warte&section=Feuilleton&from=2000"),
    ("page", "/?q=Stadt+ODER+Munition&offset=10"),
    ("combined", "/?q=Stadt&source=Die+Warte&source=Norderfehner+Bote&not=section%3DPolitik&find_place=n&from=nie"),
    ("corrected", "/?q=Brokhusen"),
    ("lacking", "/?q=Munition+Zwiebel+Glocke"),
    ("faulty", "/?q=%22Kim+Jong+tittel%3Aa+%28Munition&sort=best"),
    ("nothing", "/?q=Zzyzx&source=Die+Warte&exact=1"),
    ("article", "/article/nb-2012-08-20-0017?q=F%C3%A4hre+Oldewerder"),
    ("plain", "/article/sample-corpus%2Fkopiert%2Fwaffenhandel-nordkorea.txt?q=Kim+Jong+Un+Munition"),
    ("compared", "/article/nb-2012-08-20-0017?q=F%C3%A4hre&compare=mt-2012-08-21-0103"),
    ("kwic", "/kwic?q=Wohnung&order=left"),
    ("kwic-nothing", "/kwic?q=Zzyzx"),
    ("trend", "/trend?q=Bahn&q=Wohnung&q=Munition"),
    ("trend-empty", "/trend"),
    (
        "batch",
        "/batch?list=%23+Personen%0AKim+Jong+Un%0AMunition%0AQuastenflosser%0Atittel%3Aa%0A%22F%C3%A4hre&source=Die+Warte",
    ),
    ("batch-empty", "/batch"),
    ("compare", "/compare?a=Munition&b=Stadt+-Munition"),
    ("compare-empty", "/compare?a=Munition"),
    ("collections", "/collections"),
    ("collection", "/collection/Deich"),
    ("help", "/help"),
    ("english", "/?q=Stadt&lang=en"),
    ("missing", "/article/fehlt"),
    ("error", "/nirgends"),
];

/// A browser and what it visits.
struct Visit {
    server: Arc<Server>,
    browser: Mutex<Browser>,
}

/// Visits the sample corpus: one browser for all tests that run at a time, each alone with it.
fn visit(test: impl FnOnce(&Browser, &Server)) {
    static SHARED: Mutex<Weak<Visit>> = Mutex::new(Weak::new());
    let visit = {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(visit) = shared.upgrade() {
            visit
        } else {
            let Some(browser) = Browser::start() else {
                return required::skip(Need::Browser);
            };
            let visit = Arc::new(Visit { server: served(), browser: Mutex::new(browser) });
            *shared = Arc::downgrade(&visit);
            visit
        }
    };
    let browser = visit.browser.lock().unwrap_or_else(PoisonError::into_inner);
    browser.scripts(true);
    browser.width(0);
    browser.dark(false);
    test(&browser, &visit.server);
}

/// Headlines of the hits that are shown.
#[track_caller]
fn headlines(browser: &Browser) -> Vec<String> {
    browser.texts(".hits h3")
}

/// The number of hits that the page tells.
#[track_caller]
fn count(browser: &Browser) -> u32 {
    number(&browser.text(&browser.one("#count")))
}

/// The number that stands first in a text.
#[track_caller]
fn number(text: &str) -> u32 {
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no number in {text:?}"))
}
