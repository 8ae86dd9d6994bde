//! findbuch's warm queries in process, as `search` and `serve` make them: `findbuch-queries INDEX QUERIES.jsonl`.

use findbuch_engine::{Detail, IndexDir, SearchRequest};
use findbuch_peers::{Kind, Query, Result, measure};
use std::path::Path;

/// The program's own.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, queries] = arguments.as_slice() else {
        return Err("usage: findbuch-queries INDEX QUERIES.jsonl".into());
    };
    let engine = IndexDir::new(Path::new(index)).open()?;
    let today = jiff::Zoned::now().date();
    measure(Path::new(queries), |query, snippets| {
        let query = findbuch_query::Query::parse(&typed(query), today)?;
        let detail = if snippets { Detail::Snippets } else { Detail::Id };
        let hits = engine.search(&engine.prepare(&SearchRequest { detail, ..SearchRequest::new(&query) })?)?;
        Ok(hits.hits.len())
    })
}

/// The query as a person types it.
fn typed(query: &Query) -> String {
    let words = &query.words;
    match query.kind {
        Kind::Word => words.concat(),
        Kind::And => words.join(" UND "),
        Kind::Or => words.join(" ODER "),
        Kind::Phrase => format!("\"{}\"", words.join(" ")),
        Kind::Prefix => format!("{}*", words.concat()),
        Kind::Near => words.join(" NEAR/5 "),
    }
}
