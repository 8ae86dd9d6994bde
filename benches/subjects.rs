//! Similar articles and words through time, against a plain query of two words: microseconds on a warm index.
//!
//! `cargo bench --bench subjects -- INDEX queries.tsv` (`id ⇥ text` a line) takes the queries of two words, and for each the
//! fastest of three: the ten best hits with snippets, as `search`; the ten articles most like the best hit, as `similar`; both words
//! through time, as `trend`. It prints the median, the 99th percentile and the mean, and what each mean is of the first. All of
//! them run on one thread.

use findbuch_article::Article;
use findbuch_engine::timeline::Trend;
use findbuch_engine::versions::similar::{query, similar, telling_words};
use findbuch_engine::{Engine, IndexDir, SearchRequest};
use findbuch_query::Query;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [index, queries] = arguments.as_slice() else {
        println!("skipped: name an index folder and a file of queries");
        return Ok(());
    };
    let engine = IndexDir::new(Path::new(index)).open()?;
    let (mut plain, mut alike, mut through_time) = (Vec::new(), Vec::new(), Vec::new());
    for line in std::fs::read_to_string(queries)?.lines() {
        let text = line.split_once('\t').map_or(line, |(_, text)| text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let [first, second] = words.as_slice() else { continue };
        let both = Query::from_plain_text(text);
        let request = SearchRequest::new(&both);
        let search = || -> Result<_, Box<dyn Error>> { Ok(engine.search(&engine.prepare(&request)?)?) };
        let hits = search()?;
        let Some(best) = hits.hits.first() else { continue };
        plain.push(fastest(|| search().map(drop))?);
        alike.push(fastest(|| like(&*engine, &best.article))?);
        through_time.push(fastest(|| trend(&*engine, [first, second]))?);
    }
    let mean = |times: &[f64]| times.iter().sum::<f64>() / times.len().max(1) as f64;
    let base = mean(&plain);
    println!("{} queries of two words    p50  p99  mean (µs)  of the plain query", plain.len());
    for (name, times) in [("ten hits", &mut plain), ("ten similar", &mut alike), ("trend of both", &mut through_time)] {
        times.sort_by(f64::total_cmp);
        let at = |percent: usize| times.get(times.len().saturating_sub(1) * percent / 100).copied().unwrap_or(0.0);
        println!("{name:<14}  {:.0}  {:.0}  {:.0}  {:.2}", at(50), at(99), mean(times), mean(times) / base);
    }
    Ok(())
}

/// What `similar` does.
fn like(engine: &dyn Engine, article: &Article) -> Result<(), Box<dyn Error>> {
    let query = query(&telling_words(engine, article)?);
    similar(engine, article, &engine.prepare(&SearchRequest::new(&query))?)?;
    Ok(())
}

/// What `trend` does.
fn trend(engine: &dyn Engine, words: [&str; 2]) -> Result<(), Box<dyn Error>> {
    let mut found = Vec::new();
    for word in words {
        let query = Query::from_plain_text(word);
        let request = SearchRequest { days: true, ..SearchRequest::new(&query).without_hits() };
        found.push((word.to_owned(), engine.search(&engine.prepare(&request)?)?.days.unwrap_or_default()));
    }
    std::hint::black_box(Trend::of(found, &engine.days()?, None));
    Ok(())
}

/// Microseconds of the fastest of three.
fn fastest(mut run: impl FnMut() -> Result<(), Box<dyn Error>>) -> Result<f64, Box<dyn Error>> {
    let mut best = f64::MAX;
    for _ in 0..3 {
        let started = Instant::now();
        run()?;
        best = best.min(started.elapsed().as_secs_f64() * 1e6);
    }
    Ok(best)
}
