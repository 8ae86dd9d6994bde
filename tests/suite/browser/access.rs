//! Pages as those meet them who cannot see them well: axe-core finds nothing to blame.
//!
//! `FINDBUCH_AXE` names its `axe.min.js`.

use super::driver::{Browser, DOWN};
use super::{PAGES, visit};
use crate::required::{self, Need};
use crate::web::Server;
use crate::{Bench, project};
use serde_json::Value;

/// What is looked for: WCAG 2.2 up to AA, and what axe-core counts as good practice.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

/// What axe-core blames the page for: rule, place and reason.
fn blamed(browser: &Browser, axe: &str) -> Vec<String> {
    // what is folded away is read as well
    browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true })");
    browser.run(axe);
    let found = browser.run_until_called(&format!(
        "const done = arguments[arguments.length - 1]; \
         axe.run(document, {{ runOnly: {{ type: 'tag', values: {RULES} }} }}).then(({{ violations, passes }}) => \
         done({{ violations, passes: passes.length }}), (error) => done({{ error: String(error) }}))"
    ));
    assert!(found["passes"].as_u64() > Some(9), "axe-core has looked: {found}");
    let violations = found["violations"].as_array().expect("violations").iter();
    violations.flat_map(|rule| rule["nodes"].as_array().into_iter().flatten().map(|node| told(rule, node))).collect()
}

fn told(rule: &Value, node: &Value) -> String {
    format!("{} {}\n  {}\n  {}", rule["id"], node["target"], node["html"], node["failureSummary"])
}

/// Ground, width of the page (0 for the window's) and name.
const LOOKS: [(bool, u32, &str); 3] = [(false, 0, "light"), (true, 0, "dark"), (false, 360, "narrow")];
/// A window with room for the preview.
const WIDE: u32 = 1440;

/// What is done on a page before it is examined.
type Step = fn(&Browser);

/// States that pages are in only after something was done.
const STATES: &[(&str, &str, Step)] = &[
    ("suggestions", "/", |browser| {
        browser.press("Muni".chars());
        browser.wait("suggestions", |browser| !browser.all("#suggestions [role=option]").is_empty());
        browser.press([DOWN]);
    }),
    ("marked", "/?q=Munition", |browser| {
        let is_marked = |browser: &Browser| !browser.all(".hits .star.on").is_empty();
        if !is_marked(browser) {
            browser.click(".hits .star");
        }
        browser.wait("the star", is_marked);
    }),
    ("at hand", "/?q=Stadt", |browser| browser.press(['j', 'j'])),
    ("place", "/article/nb-2012-08-20-0017?q=F%C3%A4hre", |browser| browser.press(['j', 'j'])),
    ("bars", "/?q=Stadt", |browser| {
        browser.run("document.querySelector('.timeline a[tabindex=\"0\"]').focus()");
    }),
];

/// Examines pages in each look.
struct Examination<'a> {
    browser: &'a Browser,
    axe: String,
    found: Vec<String>,
}

impl Examination<'_> {
    fn page(&mut self, server: &Server, name: &str, address: &str, step: Step) {
        for (dark, width, look) in LOOKS {
            self.look(server, (name, address), step, (dark, width, look));
        }
    }

    fn look(
        &mut self,
        server: &Server,
        (name, address): (&str, &str),
        step: Step,
        (dark, width, look): (bool, u32, &str),
    ) {
        self.browser.dark(dark);
        self.browser.width(width);
        self.browser.go(&format!("{}{address}", server.base()));
        step(self.browser);
        self.found.extend(blamed(self.browser, &self.axe).into_iter().map(|line| format!("{name} {look}: {line}")));
    }
}

/// Examines with what is required, and finds nothing.
fn examine(test: impl FnOnce(&mut Examination<'_>, &Server)) {
    let Some(path) = required::path(Need::Axe, "FINDBUCH_AXE") else { return };
    let axe = std::fs::read_to_string(path).expect("axe.min.js");
    visit(|browser, server| {
        let mut examination = Examination { browser, axe, found: Vec::new() };
        test(&mut examination, server);
        assert!(examination.found.is_empty(), "{}", examination.found.join("\n"));
    });
}

#[test]
#[ignore = "examines each page in three looks"]
fn axe_core_finds_no_violation() {
    examine(|examination, server| {
        for (name, address) in PAGES {
            examination.page(server, name, address, |_| {});
        }
    });
}

#[test]
#[ignore = "examines each state in three looks"]
fn axe_core_finds_no_violation_in_any_state() {
    examine(|examination, _| {
        // collections change in them
        let server = Server::start(Bench::with_sample_corpus(), &[]);
        for (name, address, step) in STATES {
            examination.page(&server, name, address, *step);
        }
        for (dark, look) in [(false, "light"), (true, "dark")] {
            let previewed: Step = |browser| {
                browser.wait("the preview", |browser| !browser.all(".preview h2").is_empty());
            };
            for address in ["/?q=F%C3%A4hre", "/?q=Stadt&lang=en"] {
                examination.look(&server, ("preview", address), previewed, (dark, WIDE, look));
            }
        }
    });
}

#[test]
#[ignore = "indexes the sample corpus anew, with names"]
fn axe_core_finds_no_violation_in_other_archives() {
    examine(|examination, _| {
        let bench = Bench::new();
        bench.write("leer/findbuch.toml", "");
        assert_eq!(bench.run(&["index", "leer"]).code, Some(0));
        let empty = Server::start(bench, &[]);
        for (name, address) in
            [("empty start", "/"), ("empty hits", "/?q=Stadt"), ("empty collections", "/collections")]
        {
            examination.page(&empty, name, address, |_| {});
        }
        let bench = Bench::new();
        let corpus = project().join("sample-corpus");
        bench.run(&["index", "--names", corpus.to_str().expect("a path")]);
        bench.run(&["collection", "add", "Deich", "nb-2012-08-20-0017"]);
        let named = Server::start(bench, &["--read-only"]);
        for (name, address) in [
            ("names", "/article/nb-2012-08-20-0017?q=F%C3%A4hre"),
            ("facets of names", "/?q=Stadt"),
            ("compared names", "/compare?a=Munition&b=Stadt"),
            ("network of names", "/network?q=Munition"),
            ("no network", "/network?q=Xylophonquartett"),
            ("read-only collection", "/collection/Deich"),
            ("read-only hits", "/?q=F%C3%A4hre"),
        ] {
            examination.page(&named, name, address, |_| {});
        }
        assert!(!examination.browser.all(".star").is_empty(), "the last page has what it is there for");
    });
}
