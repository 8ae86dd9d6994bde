//! What some tests need of the machine, and that they never skip in silence where it must be there.
//!
//! `FINDBUCH_REQUIRE` lists, separated by commas, what has to be there: a test that misses it fails. Without it the test says
//! that it skips and holds nothing. `.ci/run` sets it.

use std::io::Write;
use std::path::PathBuf;

/// What may be missing on a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// `chromium` and `chromedriver` on the path.
    Browser,
    /// `FINDBUCH_AXE`: axe-core's `axe.min.js`.
    Axe,
    /// `FINDBUCH_EVAL`: a folder of judged queries and their articles.
    Eval,
    /// `strace` on the path.
    Strace,
    /// `FINDBUCH_OPENSEARCH`: a cluster.
    Cluster,
}

impl Need {
    const ALL: [Need; 5] = [Need::Browser, Need::Axe, Need::Eval, Need::Strace, Need::Cluster];

    fn name(self) -> &'static str {
        match self {
            Need::Browser => "browser",
            Need::Axe => "axe",
            Need::Eval => "eval",
            Need::Strace => "strace",
            Need::Cluster => "cluster",
        }
    }

    fn missing(self) -> &'static str {
        match self {
            Need::Browser => "chromium and chromedriver are not on the path: install both",
            Need::Axe => "FINDBUCH_AXE names no file: let it name axe-core's axe.min.js",
            Need::Eval => "FINDBUCH_EVAL names no folder: let it name the evaluation data",
            Need::Strace => "strace is not on the path, or may not trace: install it",
            Need::Cluster => "FINDBUCH_OPENSEARCH names no cluster: tests/opensearch/start starts one",
        }
    }
}

/// Skips a test that misses something.
///
/// # Panics
/// When that is required.
#[track_caller]
pub fn skip(need: Need) {
    let list = std::env::var("FINDBUCH_REQUIRE").unwrap_or_default();
    let required = required(&list).unwrap_or_else(|error| panic!("{error}"));
    assert!(!required.contains(&need), "required, and not there: {}", need.missing());
    // the macros' output is kept back where a test passes
    let _ = writeln!(std::io::stderr(), "skipped: {}", need.missing());
}

/// The file or folder that a variable names.
#[track_caller]
pub fn path(need: Need, variable: &str) -> Option<PathBuf> {
    let path = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.exists());
    if path.is_none() {
        skip(need);
    }
    path
}

/// What a list requires.
fn required(list: &str) -> Result<Vec<Need>, String> {
    let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
    let need = |name| {
        let found = Need::ALL.into_iter().find(|need| need.name() == name);
        found
            .ok_or_else(|| format!("FINDBUCH_REQUIRE has {name:?}; it may have browser, axe, eval, strace and cluster"))
    };
    names.map(need).collect()
}

#[test]
fn a_list_of_what_is_required_is_read_to_the_letter() {
    for (list, expected) in [
        ("", Ok(vec![])),
        ("browser", Ok(vec![Need::Browser])),
        ("axe, eval,", Ok(vec![Need::Axe, Need::Eval])),
        (
            "brwser",
            Err("FINDBUCH_REQUIRE has \"brwser\"; it may have browser, axe, eval, strace and cluster".to_owned()),
        ),
    ] {
        assert_eq!(required(list), expected, "{list}");
    }
}

/// Whether pages can be looked at in a browser; without the server there are none.
fn has_browser() -> bool {
    #[cfg(feature = "serve")]
    return crate::browser::is_installed();
    #[cfg(not(feature = "serve"))]
    true
}

#[test]
fn what_is_required_here_is_there() {
    let list = std::env::var("FINDBUCH_REQUIRE").unwrap_or_default();
    for need in required(&list).unwrap_or_else(|error| panic!("{error}")) {
        let is_there = match need {
            Need::Browser => has_browser(),
            Need::Axe => path(need, "FINDBUCH_AXE").is_some(),
            Need::Eval => path(need, "FINDBUCH_EVAL").is_some(),
            Need::Cluster => std::env::var_os("FINDBUCH_OPENSEARCH").is_some(),
            Need::Strace => std::process::Command::new("strace").arg("-V").output().is_ok(),
        };
        assert!(is_there, "required, and not there: {}", need.missing());
    }
}
