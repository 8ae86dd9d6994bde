//! A search whose time is over ends with an error, whatever it asks, and never with a part of its result.

use crate::Bench;
use findbuch_engine::answer::answer;
use findbuch_engine::deadline::Deadline;
use findbuch_engine::{EngineError, FacetField, IndexDir, SearchRequest};
use findbuch_query::Query;
use std::time::{Duration, Instant};

const QUERIES: &[&str] = &[
    "Munition",
    "\"Kim Jong Un\"",
    "=\"die Waffen\"",
    "Knopf NAH/3 Vitrine",
    "Hirse SATZ Staub",
    "Knopf*",
    "*munition",
    "Brokhusen~1",
    "Glocken ODER Schlepplift",
    "Munition -Handball",
    "MINDESTENS/4 Hirse",
    "titel:Munition",
    "pfad:archiv/brenner",
    "datum:2023",
    // none has all
    "Munition Zwiebelkuchenfestumzug",
    // a word that no article has
    "Brokhusen",
];

#[test]
fn time_that_is_over_gives_no_result_and_time_enough_the_same() {
    let bench = Bench::with_sample_corpus();
    let engine = IndexDir::new(&bench.path("index")).open().expect("an index");
    let timed_out = |error: Option<EngineError>| matches!(error, Some(EngineError::TimedOut));
    for text in QUERIES {
        let query = Query::parse(text, jiff::civil::date(2026, 1, 1)).expect(text);
        let plain = SearchRequest { facets: &FacetField::ALL, days: true, group: true, ..SearchRequest::new(&query) };
        let over = SearchRequest { deadline: Some(Instant::now()), ..plain.clone() };
        assert!(timed_out(engine.prepare(&over).err()), "plan of {text}");
        let plain = engine.prepare(&plain).expect(text);
        let over = plain.clone().until(Deadline::of(Some(Instant::now())));
        assert!(timed_out(engine.search(&over).err()), "search of {text}");
        assert!(timed_out(engine.stream(&over).err()), "stream of {text}");
        assert!(timed_out(engine.explain(over.plan(), over.deadline()).err()), "explanation of {text}");
        assert!(timed_out(answer(&*engine, &over).err()), "answer to {text}");
        let later = Instant::now().checked_add(Duration::from_hours(1));
        let enough = plain.clone().until(Deadline::of(later));
        assert_eq!(engine.search(&enough).expect(text), engine.search(&plain).expect(text), "{text}");
        let ids = |request| -> Vec<_> {
            let hits = engine.stream(request).expect(text).hits;
            hits.map(|hit| hit.expect(text).article.id).collect()
        };
        assert_eq!(ids(&enough), ids(&plain), "{text}");
    }
    assert!(timed_out(engine.nearest("brokhusen", Some(Instant::now())).err()));
}

#[test]
fn time_limit_of_the_command_line() {
    let bench = Bench::with_sample_corpus();
    let search = |arguments: &[&str]| bench.expect(&[&["search", "Munition"], arguments].concat());
    let refused = |arguments: &[&str], told: &str| drop(search(arguments).code(2).err_has(told).check());
    search(&["--time-limit", "3600"]).out_has("Treffer").check();
    refused(&["--time-limit", "0"], "Die Suche hat länger gedauert, als sie darf; grenzen Sie sie ein");
    refused(&["--time-limit", "0", "--lang", "en"], "the search took longer than it may; narrow it");
    for other in [&["--all", "--format", "csv"][..], &["--kwic"], &["--count"], &["--facets"], &["--timeline=year"]] {
        refused(&[&["--time-limit", "0,0"], other].concat(), "länger gedauert");
    }
    refused(&["--time-limit", "soon"], "write a number of seconds");
}
