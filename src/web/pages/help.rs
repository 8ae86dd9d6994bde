//! How to search, with examples made of this archive's own words.

use super::super::address::Address;
use super::super::app::{App, Job, Reply};
use super::super::error::WebError;
use super::super::router::respond;
use super::{Frame, filled};
use crate::engine::similar::telling_words;
use crate::engine::{Detail, Engine, SearchRequest, Sort};
use crate::query::{Field, Query};
use crate::render::number;
use askama::Template;
use axum::extract::{Request, State};
use axum::response::Response;
use std::sync::Arc;

/// Letters of a word that examples are made of.
const LETTERS: std::ops::RangeInclusive<usize> = 5..=14;

#[derive(Template)]
#[template(path = "help.html", config = "src/web/askama.toml")]
struct HelpPage {
    frame: Frame,
    examples: Vec<Example>,
    fields: Vec<&'static str>,
}

struct Example {
    q: String,
    text: &'static str,
    href: String,
    count: String,
}

/// The manual.
pub async fn page(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| build(&job)).await
}

fn build(job: &Job) -> Result<Reply, WebError> {
    let (address, _) = Address::read(job.query(), &[], job.today);
    let (lang, only_lang) = (job.lang, Address { lang: address.lang, ..Address::default() });
    let mut examples = Vec::new();
    for (q, text) in forms(job)? {
        let Ok(query) = Query::parse(&q, job.today) else { continue };
        let request = SearchRequest {
            limit: 1,
            detail: Detail::Id,
            fill: false,
            sort: Sort::Newest,
            expansion: job.snapshot.expansion(false, true, &[]),
            ..SearchRequest::new(&query)
        };
        let hits = job.snapshot.engine.search(&request)?;
        let total = if hits.relaxed.is_some() { 0 } else { hits.total };
        let href = only_lang.with(|example| example.q.clone_from(&q)).at("/");
        examples.push(Example { q, text, href, count: number(total as f64, 0, lang) });
    }
    let fields = [
        Field::Headline,
        Field::Kicker,
        Field::Lead,
        Field::Body,
        Field::Caption,
        Field::Quote,
        Field::Author,
        Field::Source,
        Field::Section,
        Field::Agency,
        Field::Tag,
        Field::Url,
        Field::Path,
        Field::Id,
    ];
    let fields = fields.map(|field| field.name_in(lang)).into_iter().chain([lang.pick("datum", "date")]).collect();
    let title = lang.pick("Hilfe", "Help");
    filled(&HelpPage { frame: Frame::of(job, &only_lang, "help", title), examples, fields })
}

/// Queries of every form, of words that an article of this archive is told by.
fn forms(job: &Job) -> Result<Vec<(String, &'static str)>, WebError> {
    let (engine, lang) = (&job.snapshot.engine, job.lang);
    let everything = Query::everything(job.today);
    let latest = engine.search(&SearchRequest {
        limit: 1,
        sort: Sort::Newest,
        detail: Detail::Article,
        ..SearchRequest::new(&everything)
    })?;
    let words = match latest.hits.first() {
        Some(hit) => telling_words(engine, &hit.article)?,
        None => Vec::new(),
    };
    let plain = |word: &&String| LETTERS.contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
    let mut words = words.iter().filter(plain).cloned();
    let a = words.next().unwrap_or_else(|| "Deich".into());
    let b = words.next().unwrap_or_else(|| "Brücke".into());
    let c = words.next().unwrap_or_else(|| "Wetter".into());
    let beginning: String = a.chars().take(4).collect();
    let stats = job.snapshot.stats()?;
    let source = stats.sources.first().map_or_else(|| "Bote".to_owned(), |(name, _)| name.replace('"', ""));
    let year = stats.dates.as_ref().map_or("2023", |(_, last)| last.get(..4).unwrap_or("2023")).to_owned();
    let (or, near, sentence, least) =
        lang.pick(("ODER", "NAH", "SATZ", "MINDESTENS"), ("OR", "NEAR", "SENTENCE", "ATLEAST"));
    let (headline, from, date) = lang.pick(("titel", "quelle", "datum"), ("headline", "source", "date"));
    Ok(vec![
        (
            format!("{a} {b}"),
            lang.pick(
                "Artikel mit allen Wörtern, auch gebeugt und in Zusammensetzungen",
                "articles with all the words, inflected and in compounds too",
            ),
        ),
        (format!("\"{a} {b}\""), lang.pick("die Wörter genau nebeneinander", "the words side by side")),
        (format!("={a}"), lang.pick("nur genau diese Form", "this form alone")),
        (format!("{a} -{b}"), lang.pick("ohne ein Wort", "without a word")),
        (format!("{a} {or} {b}"), lang.pick("eines der Wörter genügt", "one of the words is enough")),
        (format!("({a} {or} {b}) {c}"), lang.pick("Klammern fassen zusammen", "parentheses group")),
        (
            format!("{beginning}*"),
            lang.pick(
                "Wörter mit diesem Anfang; * steht für beliebige Buchstaben, ? für einen",
                "words that begin so; * is any letters, ? is one",
            ),
        ),
        (
            format!("{a}~1"),
            lang.pick("Wörter, die höchstens um einen Buchstaben abweichen", "words that differ by one letter at most"),
        ),
        (format!("{a} {near}/5 {b}"), lang.pick("höchstens fünf Wörter dazwischen", "at most five words between")),
        (format!("{a} {sentence} {b}"), lang.pick("beide in einem Satz", "both in one sentence")),
        (format!("{least}/3 {a}"), lang.pick("mindestens dreimal im Artikel", "at least three times in the article")),
        (format!("{headline}:{a}"), lang.pick("nur in der Überschrift", "in the headline alone")),
        (format!("{from}:\"{source}\""), lang.pick("nur aus dieser Quelle", "of this source alone")),
        (
            format!("{a} {date}:{year}"),
            lang.pick(
                "aus einem Jahr, Monat (2023-09) oder Tag (2023-09-12)",
                "of a year, month (2023-09) or day (2023-09-12)",
            ),
        ),
        (
            format!("{a} {date}:{}", lang.pick("\"letzte 30 Tage\"", "\"last 30 days\"")),
            lang.pick("aus den letzten 30 Tagen", "of the last 30 days"),
        ),
    ])
}
