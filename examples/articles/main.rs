//! Prints articles like those of a news archive, as JSON Lines: any number, and the same ones for the same seed.
//!
//! ```text
//! cargo run --release --example articles -- 100000 > articles.jsonl
//! cargo run --release --example articles -- 100000 7 > others.jsonl
//! ```

mod generator;

use generator::article;
use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let (Some(Ok(count)), seed) = (arguments.next(), arguments.next().unwrap_or(Ok(1))) else {
        return Err(io::Error::other("say how many articles: articles COUNT [SEED]"));
    };
    let seed = seed.map_err(io::Error::other)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for number in 0..count {
        writeln!(out, "{}", article(seed, number))?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    fn bodies(seed: u64, count: u64) -> Vec<String> {
        (0..count).map(|number| article(seed, number)["body"].as_str().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_seed_gives_the_same_articles_and_another_gives_others() {
        assert_eq!(article(1, 5), article(1, 5));
        assert_ne!(article(1, 5)["body"], article(2, 5)["body"]);
        for number in 0..200 {
            let article = article(3, number);
            let date = article["date"].as_str().expect("a date");
            assert!(date.parse::<jiff::civil::Date>().is_ok(), "{date}");
        }
    }

    #[test]
    fn the_vocabulary_grows_as_that_of_news_does() {
        let bodies = bodies(1, 1_200);
        let distinct = |most: usize| {
            let words: Vec<&str> = bodies.iter().flat_map(|body| body.split_whitespace()).take(most).collect();
            assert_eq!(words.len(), most, "so many are there");
            words.into_iter().collect::<HashSet<_>>().len()
        };
        let (few, many) = (distinct(20_000), distinct(200_000));
        // ten times the words have three to seven times the vocabulary in texts of news
        assert!((3 * few..7 * few).contains(&many), "{few} {many}");
    }

    #[test]
    fn some_articles_are_taken_over_with_changes() {
        let bodies = bodies(1, 600);
        let mut by_sentence: HashMap<&str, HashSet<usize>> = HashMap::new();
        for (number, body) in bodies.iter().enumerate() {
            for sentence in body.split(". ").filter(|sentence| sentence.len() > 60) {
                by_sentence.entry(sentence).or_default().insert(number);
            }
        }
        let shared: HashSet<usize> = by_sentence.into_values().filter(|of| of.len() > 1).flatten().collect();
        assert!((30..200).contains(&shared.len()), "{}", shared.len());
        assert_eq!(bodies.iter().collect::<HashSet<_>>().len(), bodies.len(), "none is the same to the letter");
    }
}
