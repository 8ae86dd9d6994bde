//! Searching: microseconds of each query on a warm index.
//!
//! `cargo bench --bench query -- INDEX queries.tsv [exact]` (`id ⇥ text` a line; `exact`: without stems, compounds and other
//! spellings, as `search --exact`) runs every query three times and takes the
//! fastest, once without and once with the ten articles and their snippets, and prints the median, the 99th percentile
//! and the mean for queries of one, two, three and more words.

use findbuch_engine::{Detail, Engine, ExpansionOptions, IndexDir, SearchRequest};
use findbuch_query::Query;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (index, queries, german) = match arguments.as_slice() {
        [index, queries] => (index, queries, true),
        [index, queries, exact] if exact == "exact" => (index, queries, false),
        _ => {
            println!("skipped: name an index folder and a file of queries");
            return Ok(());
        }
    };
    let expansion = ExpansionOptions { german, names: german, ..ExpansionOptions::default() };
    let engine = IndexDir::new(Path::new(index)).open()?;
    let mut times: BTreeMap<usize, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for line in std::fs::read_to_string(queries)?.lines() {
        let text = line.split_once('\t').map_or(line, |(_, text)| text);
        let query = Query::from_plain_text(text);
        let words = text.split_whitespace().count().min(4);
        let (bare, full) = times.entry(words).or_default();
        bare.push(fastest(
            &*engine,
            &SearchRequest { limit: 1, detail: Detail::Article, expansion, ..SearchRequest::new(&query) },
        )?);
        full.push(fastest(&*engine, &SearchRequest { expansion, ..SearchRequest::new(&query) })?);
    }
    println!("words  queries   one hit, no snippets: p50  p99  mean   ten hits, snippets: p50  p99  mean (µs)");
    for (words, (bare, full)) in times {
        let name = if words >= 4 { "4+".to_owned() } else { words.to_string() };
        println!("{name:<5}  {:>7}   {}   {}", bare.len(), figures(bare), figures(full));
    }
    Ok(())
}

fn fastest(engine: &dyn Engine, request: &SearchRequest<'_>) -> Result<f64, Box<dyn std::error::Error>> {
    let mut best = f64::MAX;
    for _ in 0..3 {
        let started = Instant::now();
        engine.search(&engine.prepare(request)?)?;
        best = best.min(started.elapsed().as_secs_f64() * 1e6);
    }
    Ok(best)
}

fn figures(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    format!("{:.0}  {:.0}  {mean:.0}", at(50), at(99))
}
