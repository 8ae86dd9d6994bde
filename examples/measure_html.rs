//! Measures what is read from saved web pages against what people, or rules written for each site, found in them.
//!
//! ```text
//! cargo run --release --example measure_html -- FOLDER
//! ```
//!
//! `FOLDER/fundus` holds pages and `expected.jsonl` (title, authors, `publishing_date`, paragraphs); `FOLDER/trafilatura`
//! pages and `expected.json` (snippets that must and must not be in the text; title, author and date where known). Pages
//! are compressed (`.html.zst`) and go through the library's own reading path. With `SHOW` in the environment every
//! difference is listed.

use findbuch_article::{Article, PartKind};
use findbuch_corpus::{self, FileRef, Format, Limits};
use serde_json::Value;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let Some(folder) = std::env::args().nth(1) else {
        println!("skipped: give the folder of the evaluation data as argument");
        return Ok(());
    };
    let folder = Path::new(&folder);
    let mut clock = Clock::default();
    by_site_rules(&folder.join("fundus"), &mut clock)?;
    by_snippets(&folder.join("trafilatura"), &mut clock)?;
    let megabytes = clock.bytes as f64 / 1e6;
    println!(
        "speed        {:.1} MB/s ({megabytes:.1} MB of HTML, slowest page {:.2} s)",
        megabytes / clock.spent.as_secs_f64(),
        clock.slowest.as_secs_f64()
    );
    Ok(())
}

/// What reading took.
#[derive(Default)]
struct Clock {
    bytes: u64,
    spent: Duration,
    slowest: Duration,
}

/// A share: how many of how many.
#[derive(Default)]
struct Share {
    good: usize,
    of: usize,
}

impl Share {
    fn count(&mut self, good: bool, difference: impl FnOnce() -> String) {
        self.of += 1;
        self.good += usize::from(good);
        if !good {
            show(difference);
        }
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} ({} of {})", self.good as f64 / self.of.max(1) as f64, self.good, self.of)
    }
}

fn show(line: impl FnOnce() -> String) {
    if std::env::var_os("SHOW").is_some() {
        println!("  {}", line());
    }
}

/// The article of a page, or an empty one where it cannot be read.
fn article(path: &Path, clock: &mut Clock) -> Result<Article, Failure> {
    let stored = std::fs::read(path)?;
    let size = stored.len() as u64;
    clock.bytes += zstd::decode_all(stored.as_slice())?.len() as u64;
    let id = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = FileRef { path: path.to_owned(), id, size, mtime: 0, changed: 0, settings: None };
    let limits = Limits::on(jiff::Zoned::now().date());
    let mut found = Article::default();
    let start = Instant::now();
    let read = findbuch_corpus::read(&file, Format::Html, &limits, &AtomicU64::new(0), &mut |article| {
        found = article.unwrap_or_default();
        ControlFlow::Continue(())
    });
    let spent = start.elapsed();
    clock.spent += spent;
    clock.slowest = clock.slowest.max(spent);
    if let Err(problem) = read {
        show(|| problem.to_string());
    }
    Ok(found)
}

/// Words joined by single spaces, compatibility forms of spaces and marks left as they are.
fn spaced(text: &str) -> String {
    text.replace(['\u{200b}', '\u{ad}', '\u{feff}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text below the headline, a part a line; captions where they are asked for.
fn text(article: &Article, captions: bool) -> String {
    let wanted = |kind: PartKind| match kind {
        PartKind::Headline | PartKind::Kicker | PartKind::Boilerplate => false,
        PartKind::Caption => captions,
        _ => true,
    };
    let parts = article.parts.iter().filter(|part| wanted(part.kind) && part.is_searched());
    parts.map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn f1(common: usize, found: usize, expected: usize) -> f64 {
    if found + expected == 0 { 1.0 } else { 2.0 * common as f64 / (found + expected) as f64 }
}

/// F1 of two bags of words.
fn token_f1(found: &str, expected: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (found, expected) = (words(found), words(expected));
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in &expected {
        *left.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in &found {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    f1(common, found.len(), expected.len())
}

/// Lines of `left` of which most words are not in `right`.
fn lines_only_in<'a>(left: &'a str, right: &str) -> impl Iterator<Item = String> + use<'a> {
    let words: std::collections::HashSet<String> = right.split_whitespace().map(str::to_lowercase).collect();
    left.lines().filter_map(move |line| {
        let of = line.split_whitespace().count();
        let foreign = line.split_whitespace().filter(|word| !words.contains(&word.to_lowercase())).count();
        (foreign * 2 > of).then(|| line.chars().take(160).collect())
    })
}

fn day(article: &Article) -> String {
    article.date.as_ref().map(|date| date.value.day.to_string()).unwrap_or_default()
}

/// Whether two names are one but for capitals, spaces, hyphens and stops.
fn same_name(left: &str, right: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace([' ', '-', '.'], "");
    plain(left) == plain(right)
}

/// Whether a listed author is an organisation and no person: an agency, the publication or one of its houses, an address, an editorial
/// office.
fn is_organisation(name: &str, publisher: &str, article: &Article) -> bool {
    let same = |other: &str| same_name(other, name);
    let address = name.rsplit('.').next().is_some_and(|end| matches!(end, "de" | "at" | "ch"));
    address
        || same(publisher)
        || name.strip_prefix(publisher).is_some_and(|rest| rest.starts_with(' '))
        || [&article.agency, &article.source].into_iter().flatten().any(|other| same(other))
        || ["dpa", "afp", "redaktion"].iter().any(|word| name.to_lowercase().split_whitespace().any(|w| w == *word))
}

/// Pages whose expectation was read by rules written for each site.
fn by_site_rules(folder: &Path, clock: &mut Clock) -> Result<(), Failure> {
    let mut headlines = Share::default();
    let mut strict = 0;
    let mut dates = Share::default();
    let (mut listed, mut with_source, mut persons) = (Share::default(), Share::default(), Share::default());
    let (mut listed_f1, mut credited_f1, mut persons_f1, mut texts, mut captions) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for line in std::fs::read_to_string(folder.join("expected.jsonl"))?.lines() {
        let expected: Value = serde_json::from_str(line)?;
        let name = expected["file"].as_str().unwrap_or_default();
        let article = article(&folder.join(format!("{name}.zst")), clock)?;
        let headline = spaced(article.first(PartKind::Headline).unwrap_or_default());
        let title = spaced(expected["title"].as_str().unwrap_or_default());
        // sites differ in whether their title begins with the kicker, which an article keeps apart
        let kicker = spaced(article.first(PartKind::Kicker).unwrap_or_default());
        let same = headline == title || format!("{kicker}: {headline}") == title;
        strict += usize::from(headline == title);
        headlines.count(same, || format!("{name} headline: {headline} | expected {title}"));
        if same && headline != title {
            show(|| format!("{name} kicker apart: {kicker} | {headline}"));
        }
        let expected_day = expected["publishing_date"].as_str().unwrap_or_default().get(..10).unwrap_or_default();
        dates.count(day(&article) == expected_day, || {
            format!("{name} date: {} | expected {expected_day}", day(&article))
        });
        let mut authors = strings(&expected["authors"]);
        let mut found: Vec<String> = article.authors.clone();
        let common = |left: &[String], right: &[String]| left.iter().filter(|name| right.contains(name)).count();
        let mut with_agency = found.clone();
        with_agency.extend(article.agency.clone().filter(|agency| authors.contains(agency)));
        let shared = common(&with_agency, &authors);
        listed_f1 += f1(shared, with_agency.len(), authors.len());
        listed.count(shared == authors.len() && shared == with_agency.len(), || {
            format!("{name} authors: {found:?} | expected {authors:?}")
        });
        // a paper listed as author is the article's source, and an agency its agency
        let publisher = expected["publisher"].as_str().unwrap_or_default();
        let credited = |name: &String| {
            found.contains(name)
                || [&article.agency, &article.source].into_iter().flatten().any(|of| same_name(of, name))
        };
        let credits = authors.iter().filter(|name| credited(name)).count();
        let extra = found.iter().filter(|name| !authors.contains(name)).count();
        credited_f1 += f1(credits, credits + extra, authors.len());
        with_source.count(credits == authors.len() && extra == 0, || {
            format!("{name} credits: {found:?} | expected {authors:?}")
        });
        authors.retain(|name| !is_organisation(name, publisher, &article));
        found.retain(|name| !is_organisation(name, publisher, &article));
        let shared = common(&found, &authors);
        persons_f1 += f1(shared, found.len(), authors.len());
        persons.count(shared == authors.len() && shared == found.len(), || {
            format!("{name} persons: {found:?} | expected {authors:?}")
        });
        let paragraphs = strings(&expected["paragraphs"]).join("\n");
        let body = text(&article, false);
        let score = token_f1(&body, &paragraphs);
        texts += score;
        captions += token_f1(&text(&article, true), &paragraphs);
        if score < 0.97 {
            show(|| format!("{name} text: {score:.3}"));
            lines_only_in(&paragraphs, &body).for_each(|line| show(|| format!("    - {line}")));
            lines_only_in(&body, &paragraphs).for_each(|line| show(|| format!("    + {line}")));
        }
    }
    let of = headlines.of.max(1) as f64;
    println!("fundus       headline {headlines}, without the kicker {:.3}", strict as f64 / of);
    println!("             date {dates}");
    println!("             authors as listed {listed}, F1 {:.3}", listed_f1 / of);
    println!("             authors as listed, source and agency taken in {with_source}, F1 {:.3}", credited_f1 / of);
    println!("             authors without organisations {persons}, F1 {:.3}", persons_f1 / of);
    println!("             text, token F1 {:.3}; captions taken in {:.3}", texts / of, captions / of);
    Ok(())
}

/// Pages with snippets that people chose.
fn by_snippets(folder: &Path, clock: &mut Clock) -> Result<(), Failure> {
    let expected: serde_json::Map<String, Value> =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json"))?)?;
    let (mut titles, mut authors, mut dates) = (Share::default(), Share::default(), Share::default());
    let (mut with, mut without) = (Share::default(), Share::default());
    for page in expected.values() {
        let name = page["file"].as_str().unwrap_or_default();
        let article = article(&folder.join(format!("{name}.zst")), clock)?;
        let text = spaced(&text(&article, true));
        for snippet in strings(&page["with"]) {
            with.count(text.contains(&spaced(&snippet)), || format!("{name} lacks: {snippet}"));
        }
        for snippet in strings(&page["without"]) {
            without.count(!text.contains(&spaced(&snippet)), || format!("{name} has: {snippet}"));
        }
        let known = |key: &str| page[key].as_str().map(spaced).filter(|text| !text.is_empty());
        if let Some(title) = known("title") {
            let headline = spaced(article.first(PartKind::Headline).unwrap_or_default());
            titles.count(headline == title, || format!("{name} title: {headline} | expected {title}"));
        }
        if let Some(author) = known("author") {
            let found = &article.authors;
            let given: Vec<&str> = author.split([';', ',', '&']).map(str::trim).collect();
            let same = found.len() == given.len() && found.iter().all(|name| given.contains(&name.as_str()));
            authors.count(same, || format!("{name} author: {found:?} | expected {author}"));
        }
        if let Some(date) = known("date") {
            dates.count(day(&article) == date, || format!("{name} date: {} | expected {date}", day(&article)));
        }
    }
    let wrong = without.of - without.good;
    let precision = with.good as f64 / (with.good + wrong).max(1) as f64;
    let recall = with.good as f64 / with.of.max(1) as f64;
    println!("trafilatura  title {titles}");
    println!("             author {authors}");
    println!("             date {dates}");
    println!(
        "             snippets: precision {precision:.3}, recall {recall:.3}, F1 {:.3} ({} of {} missing, {wrong} of {} foreign)",
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
        with.of - with.good,
        with.of,
        without.of
    );
    Ok(())
}
