//! The page on how to search, with examples from this archive.

use super::frame::{Frame, filled};
use crate::address::Address;
use crate::archive::Counted;
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use askama::Template;
use findbuch_article::PartKind;
use findbuch_engine::versions::similar::telling_words;
use findbuch_engine::{Detail, SearchRequest, Sort};
use findbuch_german::sentences;
use findbuch_query::{Field, Query};
use findbuch_render::number;

/// Articles that are looked through for words of examples.
const LATEST: usize = 20;
/// Letters of a word that is good for an example.
const LETTERS: std::ops::RangeInclusive<usize> = 5..=14;

#[derive(Template)]
#[template(path = "help.html")]
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
///
/// # Errors
/// Those of the search, and of the template.
pub fn page(job: &Job) -> Result<Reply, WebError> {
    let (address, _) = Address::read(job.query(), &[], job.today);
    let (lang, only_lang) = (job.lang, Address { lang: address.lang, ..Address::default() });
    let counted = job.snapshot.examples((job.today, lang), || counted(job, &only_lang))?;
    let examples = counted.iter().map(|(q, text, total)| Example {
        q: q.clone(),
        text,
        href: only_lang.with(|example| example.q.clone_from(q)).at("/"),
        count: number(*total as f64, 0, lang),
    });
    let examples = examples.collect();
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
        Field::Person,
        Field::Organisation,
        Field::Place,
        Field::Url,
        Field::Path,
        Field::Id,
        Field::Collection,
    ];
    let fields = fields.map(|field| field.name_in(lang)).into_iter().chain([lang.pick("datum", "date")]).collect();
    let title = lang.pick("Hilfe", "Help");
    Ok(filled(&HelpPage { frame: Frame::of(job, &only_lang, "help", title), examples, fields })?)
}

/// The examples, counted.
fn counted(job: &Job, only_lang: &Address) -> Result<Counted, WebError> {
    let mut counted = Counted::new();
    for (q, text) in forms(job)? {
        let Ok(query) = Query::parse(&q, job.today) else { continue };
        let request = SearchRequest {
            limit: 1,
            detail: Detail::Id,
            fill: false,
            sort: Sort::Newest,
            expansion: job.snapshot.expansion(only_lang),
            ..SearchRequest::new(&query)
        };
        let hits = job.snapshot.search(&request)?;
        counted.push((q, text, if hits.relaxed.is_some() { 0 } else { hits.total }));
    }
    Ok(counted)
}

/// Words of an article of the archive, for examples.
struct Words {
    /// Two words close together in a sentence.
    close: (String, String),
    /// Another of the same article.
    other: String,
    /// Two words side by side.
    phrase: String,
    /// A word of the headline.
    title: String,
    /// The year of the article.
    year: String,
}

/// Words of the latest article that has words for every example; fixed words if none has.
fn words(job: &Job) -> Result<Words, WebError> {
    let everything = Query::everything(job.today);
    let request = SearchRequest { limit: LATEST, sort: Sort::Newest, ..SearchRequest::new(&everything) };
    let latest = job.snapshot.search(&SearchRequest { detail: Detail::Article, ..request })?;
    let noun = |word: &str| {
        LETTERS.contains(&word.chars().count())
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase)
    };
    for hit in &latest.hits {
        let telling: Vec<String> =
            telling_words(&*job.snapshot.engine, &hit.article)?.into_iter().filter(|word| noun(word)).collect();
        let body = hit.article.parts.iter().filter(|part| part.kind == PartKind::Paragraph);
        let sentences = body.flat_map(|part| sentences(&part.text).into_iter().filter_map(|at| part.text.get(at)));
        let (mut close, mut phrase) = (None, None);
        for sentence in sentences {
            let words: Vec<&str> =
                sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
            let at: Vec<usize> = (1..words.len())
                .filter(|at| words.get(*at).is_some_and(|word| telling.iter().any(|known| known == word)))
                .collect();
            let pair = at.windows(2).find(|pair| matches!(pair, [a, b] if (2..=5).contains(&(b - a))));
            if let (None, Some([a, b])) = (&close, pair) {
                close = Some((words.get(*a).copied().unwrap_or_default(), words.get(*b).copied().unwrap_or_default()));
            }
            let side_by_side = sentence.split(|c: char| !c.is_alphanumeric() && c != ' ').flat_map(|run| {
                let run: Vec<&str> = run.split(' ').skip(1).collect();
                run.windows(2)
                    .filter(|pair| pair.iter().all(|word| noun(word)))
                    .map(|pair| pair.join(" "))
                    .collect::<Vec<_>>()
            });
            phrase = phrase.or_else(|| side_by_side.into_iter().next());
        }
        if let (Some((a, b)), Some(phrase)) = (close, phrase) {
            let other = telling.iter().find(|word| *word != a && *word != b).cloned();
            let other = other.unwrap_or_else(|| a.to_owned());
            let headline = hit.article.title();
            let title =
                headline.split(|c: char| !c.is_alphanumeric()).filter(|word| noun(word)).max_by_key(|word| word.len());
            let title = title.unwrap_or(a).to_owned();
            let year =
                hit.article.date.as_ref().map_or_else(|| "2023".into(), |date| format!("{:04}", date.value.day.year()));
            return Ok(Words { close: (a.to_owned(), b.to_owned()), other, phrase, title, year });
        }
    }
    Ok(Words {
        close: ("Deich".into(), "Brücke".into()),
        other: "Wetter".into(),
        phrase: "Neues Rathaus".into(),
        title: "Deich".into(),
        year: "2023".into(),
    })
}

/// An example of every form of query, with what it finds.
fn forms(job: &Job) -> Result<Vec<(String, &'static str)>, WebError> {
    let lang = job.lang;
    let Words { close: (a, b), other: c, phrase, title, year } = words(job)?;
    let beginning: String = a.chars().take(4).collect();
    let stats = job.snapshot.stats()?;
    let source = stats.sources.first().map_or_else(|| "Bote".to_owned(), |(name, _)| name.replace('"', ""));
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
        (format!("\"{phrase}\""), lang.pick("die Wörter genau nebeneinander", "the words side by side")),
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
        (format!("{least}/2 {a}"), lang.pick("mindestens zweimal im Artikel", "at least twice in the article")),
        (format!("{headline}:{title}"), lang.pick("nur in der Überschrift", "in the headline alone")),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestArchive;

    #[test]
    fn every_example_is_a_query_in_both_languages() {
        let archive = TestArchive::new();
        for (address, operator) in [("/help", "MINDESTENS/2"), ("/help?lang=en", "ATLEAST/2")] {
            let all = archive.text(address, |job| {
                let forms = forms(&job)?;
                for (q, _) in &forms {
                    Query::parse(q, job.today).map_err(WebError::BadQuery)?;
                }
                let queries: Vec<_> = forms.into_iter().map(|(q, _)| q).collect();
                Ok(Reply::of("text/plain", queries.join("\n")))
            });
            assert!(all.contains(operator) && all.lines().count() == 15, "{all}");
        }
        let page = archive.text("/help", |job| super::page(&job));
        assert!(page.contains("<code>") && page.contains("datum"), "{page}");
    }
}
