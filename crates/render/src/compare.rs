//! Two searches side by side, for reading and as JSON.

use crate::counts::PeriodOut;
use crate::escape::printable;
use crate::facets::{shortened, title, value_name};
use crate::numbers::{number, plural};
use crate::trend;
use crate::view::View;
use findbuch_engine::compare::{Comparison, Side};
use findbuch_engine::keyness::KeyWord;
use findbuch_query::lang::Lang;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{Result, Write};

const SCHEMA: &str = "findbuch.compare/1";
/// Values of a facet that are shown, and most characters of one.
pub const MOST_VALUES: usize = 10;
const MAX_NAME: usize = 36;

/// `5 Artikel`
#[must_use]
pub fn articles(count: u64, lang: Lang) -> String {
    let shown = number(count as f64, 0, lang);
    lang.pick(format!("{shown} Artikel"), format!("{shown} {}", plural(count, "article", "articles")))
}

/// From how many articles the words are, and what G² is.
#[must_use]
pub fn basis(compared: &Comparison, lang: Lang) -> String {
    let [a, b] = [0, 1].map(|set| {
        let Side { read, total, .. } = &compared.sides[set];
        let (read, total) = (number(*read as f64, 0, lang), number(*total as f64, 0, lang));
        if read == total { read } else { lang.pick(format!("{read} von {total}"), format!("{read} of {total}")) }
    });
    lang.pick(
        format!(
            "Gezählt in den besten Artikeln, {a} von A und {b} von B. G² ist die Log-Likelihood (Rayson und Garside 2000); genannt sind Wörter ab 6,63 (p < 0,01), die in mindestens zwei Artikeln stehen."
        ),
        format!(
            "Counted in the best articles, {a} of A and {b} of B. G² is the log-likelihood (Rayson and Garside 2000); told are words from 6.63 on (p < 0.01) that at least two articles have."
        ),
    )
}

/// How often a set has a word among a thousand.
#[must_use]
pub fn per_thousand(word: &KeyWord, compared: &Comparison, set: usize, lang: Lang) -> String {
    let (count, words) = (word.count[set % 2] as f64, compared.sides[set % 2].words as f64);
    number(if words > 0.0 { count * 1000.0 / words } else { 0.0 }, 2, lang)
}

/// Writes a comparison for reading.
///
/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, compared: &Comparison, view: &View) -> Result<()> {
    let (theme, lang) = (&view.theme, view.lang);
    let head = |text: &str| theme.paint(theme.headline, text);
    for (name, side) in ["A", "B"].iter().zip(&compared.sides) {
        writeln!(out, "{name}  {} · {}", head(&printable(&side.query)), articles(side.total, lang))?;
    }
    if let Some(both) = compared.both {
        writeln!(
            out,
            "{}",
            theme.paint(theme.quiet, &lang.pick(format!("in beiden: {both}"), format!("in both: {both}")))
        )?;
    }
    if !compared.trend.is_empty() {
        writeln!(out)?;
        trend::write(out, &compared.trend, false, view)?;
    }
    for (field, values) in compared.facets.iter().filter(|(_, values)| !values.is_empty()) {
        let name = title(*field, lang);
        let room = " ".repeat((MAX_NAME + 2).saturating_sub(name.chars().count()));
        writeln!(out, "\n{}{room} {:>6} {:>6}", head(name), "A", "B")?;
        for (value, [a, b]) in values.iter().take(MOST_VALUES) {
            let value = shortened(&value_name(*field, value, lang), MAX_NAME);
            writeln!(out, "  {value:<MAX_NAME$} {:>6} {:>6}", number(*a as f64, 0, lang), number(*b as f64, 0, lang))?;
        }
    }
    for (set, side) in compared.sides.iter().enumerate() {
        if side.key_words.is_empty() {
            continue;
        }
        let (own, other) = if set == 0 { ("A", "B") } else { ("B", "A") };
        let line = lang.pick(
            format!("Wörter, die {own} von {other} unterscheiden"),
            format!("Words that tell {own} from {other}"),
        );
        writeln!(out, "\n{}", head(&line))?;
        let columns = lang.pick("A je 1000", "A per 1000").to_owned();
        let more = lang.pick("B je 1000", "B per 1000");
        writeln!(out, "  {:<MAX_NAME$} {columns:>10} {more:>10} {:>8}", "", "G²")?;
        for word in &side.key_words {
            let name = shortened(&printable(&word.word), MAX_NAME);
            let [a, b] = [0, 1].map(|set| per_thousand(word, compared, set, lang));
            writeln!(out, "  {name:<MAX_NAME$} {a:>10} {b:>10} {:>8}", number(word.g2, 1, lang))?;
        }
    }
    writeln!(out, "\n{}", theme.paint(theme.quiet, &crate::wrap::wrap(&basis(compared, lang), view.width, "", "")))
}

#[derive(Serialize)]
struct ComparisonOut<'a> {
    schema: &'static str,
    queries: Vec<SideOut<'a>>,
    both: Option<u64>,
    unit: &'static str,
    facets: BTreeMap<&'static str, Vec<ValueOut<'a>>>,
}

#[derive(Serialize)]
struct SideOut<'a> {
    query: &'a str,
    total: u64,
    read: u64,
    words: u64,
    undated: u64,
    periods: Vec<PeriodOut>,
    key_words: Vec<WordOut<'a>>,
}

#[derive(Serialize)]
struct WordOut<'a> {
    word: &'a str,
    g2: f64,
    count: [u64; 2],
    articles: [u32; 2],
}

#[derive(Serialize)]
struct ValueOut<'a> {
    value: &'a str,
    articles: [u64; 2],
}

/// Writes a comparison as one object, with at most `most` values of each facet.
///
/// # Errors
/// When the output cannot be written.
pub fn write_json(out: &mut dyn Write, compared: &Comparison, most: usize) -> Result<()> {
    let unit = compared.trend.unit;
    let word = |word: &'_ KeyWord| (word.g2 * 1000.0).round() / 1000.0;
    let sides = compared.sides.iter().enumerate().map(|(set, side)| {
        let line = compared.trend.series.get(set);
        SideOut {
            query: &side.query,
            total: side.total,
            read: side.read,
            words: side.words,
            undated: line.map_or(0, |line| line.undated),
            periods: line.iter().flat_map(|line| &line.periods).map(|period| PeriodOut::of(unit, period)).collect(),
            key_words: side
                .key_words
                .iter()
                .map(|key| WordOut { word: &key.word, g2: word(key), count: key.count, articles: key.articles })
                .collect(),
        }
    });
    let facets = compared.facets.iter().map(|(field, values)| {
        let values = values.iter().take(most).map(|(value, articles)| ValueOut { value, articles: *articles });
        (field.name(), values.collect())
    });
    let value = ComparisonOut {
        schema: SCHEMA,
        queries: sides.collect(),
        both: compared.both,
        unit: unit.english_name(),
        facets: facets.collect(),
    };
    serde_json::to_writer(&mut *out, &value)?;
    writeln!(out)
}
