//! Pages as those meet them who cannot see them well: axe-core finds nothing to blame.
//!
//! `FINDBUCH_AXE` names its `axe.min.js`.

use super::driver::{Browser, DOWN};
use super::{PAGES, visit};
use crate::required::{self, Need};
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

#[test]
#[ignore = "examines each page in three looks"]
fn axe_core_finds_no_violation() {
    let Some(path) = required::path(Need::Axe, "FINDBUCH_AXE") else { return };
    let axe = std::fs::read_to_string(path).expect("axe.min.js");
    visit(|browser, server| {
        let mut all = Vec::new();
        for (dark, width, look) in [(false, 0, "light"), (true, 0, "dark"), (false, 360, "narrow")] {
            browser.dark(dark);
            browser.width(width);
            for (name, address) in PAGES {
                browser.go(&format!("{}{address}", server.base()));
                all.extend(blamed(browser, &axe).into_iter().map(|line| format!("{name} {look}: {line}")));
            }
            browser.go(&format!("{}/", server.base()));
            browser.press("Muni".chars());
            browser.wait("suggestions", |browser| !browser.all("#suggestions [role=option]").is_empty());
            browser.press([DOWN]);
            all.extend(blamed(browser, &axe).into_iter().map(|line| format!("suggestions {look}: {line}")));
        }
        assert!(all.is_empty(), "{}", all.join("\n"));
    });
}
