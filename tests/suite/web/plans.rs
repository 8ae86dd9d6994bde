//! A query is prepared once, whatever is made of it over HTTP.

use super::server::{Server, encoded};
use crate::Bench;

/// Queries that the server has prepared so far.
fn prepared(server: &Server) -> u64 {
    let answer = server.get("/metrics");
    let line = answer.text().lines().find_map(|line| line.strip_prefix("findbuch_query_plans_total "));
    line.and_then(|number| number.parse().ok()).expect("a number of plans")
}

#[test]
fn one_request_prepares_each_query_once() {
    let server = Server::start(Bench::with_sample_corpus(), &[]);
    let check = |path: &str, queries: u64| {
        let before = prepared(&server);
        let answer = server.page(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(prepared(&server) - before, queries, "{path}");
    };
    // hits, facets, timeline, marks, forms and citation are of one plan
    check("/?q=Munition", 1);
    check("/?q=Munition+NEAR/5+Nordkorea&offset=1", 1);
    check("/?q=*munition&without=Artilleriemunition", 1);
    check("/kwic?q=Munition&order=left", 1);
    check("/feed.atom?q=Munition", 1);
    check("/export/csv?q=Munition", 1);
    check("/export/markdown?q=Munition", 1);
    check("/export/kwic?q=Munition", 1);
    check("/api/v1/search?q=Munition&explain=1&cite=1", 1);
    check("/api/v1/search?q=Munition&facets=source&timeline=month", 1);
    check("/api/v1/search?q=Munition&format=jsonl", 1);
    check("/trend?q=Munition&q=Nordkorea", 2);
    check("/trend?q=Munition&q=Nordkorea&source=Die+Warte", 3);
    // the examples of the manual are counted once
    server.page("/help");
    check("/help", 0);
    // a word that no article has, and the query that is searched instead
    check("/?q=Munitoin", 2);
    // the marked words, and the words that tell of like articles
    let hits = server.get("/api/v1/search?q=Munition").json();
    let id = hits["hits"][0]["id"].as_str().expect("an id");
    let id = encoded(id);
    check(&format!("/article/{id}?q=Munition"), 2);
    check(&format!("/api/v1/similar/{id}"), 1);
}
