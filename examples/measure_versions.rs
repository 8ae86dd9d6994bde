//! Measures the recognition of near-identical articles.
//!
//! ```text
//! cargo run --release --example measure_versions -- articles.jsonl
//! ```
//!
//! Takes a file with a JSON object with `body` a line. Recall: of each hundredth article versions are made, as agencies and
//! papers make them, and those that are recognised are counted. Precision: of the pairs of articles that are taken for
//! versions, the share whose shingles of four words really are alike by two fifths or more (exact Jaccard).

use findbuch_engine::versions::sketch::{Sketch, Sketcher, groups};
use findbuch_german::{Analyzer, words};
use std::collections::HashSet;

/// Makes the version of an article by its place.
type Version<'a> = Box<dyn Fn(usize) -> Vec<String> + 'a>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(path) = std::env::args().nth(1) else {
        println!("skipped: name a JSONL file with articles");
        return Ok(());
    };
    let mut analyzer = Analyzer::default();
    let mut articles: Vec<Vec<String>> = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let article: serde_json::Value = serde_json::from_str(line)?;
        let body = article["body"].as_str().unwrap_or_default();
        articles.push(words(body).map(|span| analyzer.entry(&body[span]).stem().to_owned()).collect());
    }
    let sketches: Vec<Option<Sketch>> = articles.iter().map(|words| sketch(words)).collect();
    let stranger = |at: usize| &articles[(at * 31 + 17) % articles.len()];
    let versions: [(&str, Version<'_>); 6] = [
        ("the last tenth cut off", Box::new(|at| articles[at][..articles[at].len() * 9 / 10].to_vec())),
        ("the last third cut off", Box::new(|at| articles[at][..articles[at].len() * 2 / 3].to_vec())),
        ("30 words before", Box::new(|at| [&stranger(at)[..30.min(stranger(at).len())], &articles[at]].concat())),
        (
            "a paragraph of 60 words put in",
            Box::new(|at| {
                let (left, right) = articles[at].split_at(articles[at].len() / 2);
                [left, &stranger(at)[..60.min(stranger(at).len())], right].concat()
            }),
        ),
        ("each 40th word another", Box::new(|at| exchanged(&articles[at], 40))),
        ("each 20th word another", Box::new(|at| exchanged(&articles[at], 20))),
    ];
    for (name, version) in versions {
        let (mut made, mut found) = (0, 0);
        for at in (0..articles.len()).step_by(100).filter(|at| articles[*at].len() >= 100) {
            made += 1;
            let both = (sketches[at], sketch(&version(at)));
            found += usize::from(matches!(both, (Some(a), Some(b)) if a.is_version_of(&b)));
        }
        println!("{name}: recognised {found} of {made}, {:.3}", found as f64 / f64::from(made.max(1)));
    }
    let first = groups(&sketches);
    let (mut pairs, mut right) = (0, 0);
    for (at, leader) in first.iter().enumerate().filter(|(at, leader)| at != *leader) {
        pairs += 1;
        right += usize::from(jaccard(&articles[at], &articles[*leader]) >= 0.4);
    }
    println!(
        "{} articles: {pairs} taken for versions of others, {right} rightly, {:.3}",
        articles.len(),
        right as f64 / f64::from(pairs.max(1))
    );
    Ok(())
}

fn exchanged(words: &[String], each: usize) -> Vec<String> {
    words
        .iter()
        .enumerate()
        .map(|(at, word)| if at % each == each / 2 { format!("x{word}") } else { word.clone() })
        .collect()
}

fn sketch(words: &[String]) -> Option<Sketch> {
    let mut sketcher = Sketcher::default();
    for word in words {
        sketcher.word(word);
    }
    sketcher.finish()
}

fn jaccard(left: &[String], right: &[String]) -> f64 {
    let shingles = |words: &'_ [String]| words.windows(4).map(<[String]>::to_vec).collect::<HashSet<_>>();
    let (left, right) = (shingles(left), shingles(right));
    left.intersection(&right).count() as f64 / left.union(&right).count().max(1) as f64
}
