//! JSON, JSON arrays and JSONL under the key names that exports usually have; the tables below are the documentation's
//! (docs/FORMATS.md). Keys are compared without case, `_` and `-`.
//! [`csv`](super::csv) and front matter share them.

use super::agency_json;
use super::json_weight::{MAX_VALUES, Weight};
use super::mapping;
use super::unread::Unread;
use super::values::{body, flat, simple, tags, texts};
use crate::document::only;
use crate::draft::Draft;
use crate::{Emit, Problem, RawDocument, ReadError, Settings, charset, markup};
use findbuch_article::Article;
use serde::Deserializer;
use serde::de::{SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use std::io::BufRead;
use std::ops::ControlFlow;

const ID: &[&str] = &["id", "articleid", "guid", "uuid", "identifier", "docid", "_id"];
const URL: &[&str] = &["url", "link", "canonical", "canonicalurl", "permalink", "uri", "weburl"];
const KICKER: &[&str] = &["kicker", "dachzeile", "topline", "overline", "spitzmarke"];
const HEADLINE: &[&str] = &["headline", "title", "titel", "schlagzeile", "überschrift", "ueberschrift", "name"];
const SUBHEAD: &[&str] = &["subhead", "subheadline", "subtitle", "untertitel", "unterzeile", "alternativeheadline"];
const LEAD: &[&str] = &["lead", "teaser", "vorspann", "description", "abstract", "summary", "intro", "standfirst"];
const BODY: &[&str] = &[
    "body",
    "text",
    "content",
    "articlebody",
    "fulltext",
    "volltext",
    "inhalt",
    "maintext",
    "bodytext",
    "plaintext",
    "articletext",
    "contenttext",
    "bodyhtml",
    "bodyxhtml",
    "articlehtml",
    "contenthtml",
    "html",
];
const AUTHORS: &[&str] = &["authors", "author", "autor", "autoren", "autorin", "byline", "creator", "verfasser"];
const DATES: &[&str] = &[
    "datepublished",
    "published",
    "publishedat",
    "publicationdate",
    "publishdate",
    "pubdate",
    "publishingdate",
    "firstpublished",
    "date",
    "datum",
    "datetime",
    "erschienen",
    "veröffentlicht",
    "issued",
    "timestamp",
    "created",
    "createdat",
    "contentcreated",
    "firstcreated",
    "versioncreated",
];
const SOURCE: &[&str] = &[
    "source",
    "quelle",
    "publisher",
    "publication",
    "newspaper",
    "zeitung",
    "medium",
    "outlet",
    "sourcename",
    "site",
    "sitename",
];
const SECTION: &[&str] = &["section", "articlesection", "ressort", "category", "kategorie", "rubrik", "department"];
const AGENCY: &[&str] = &["agency", "agentur", "newsagency", "wire"];
const TAGS: &[&str] = &["tags", "keywords", "schlagworte", "schlagwörter", "topics", "themen", "categories"];
const LANGUAGE: &[&str] = &["language", "lang", "sprache", "inlanguage"];
const READING: &[&str] = &["readingtime", "readingminutes", "lesezeit", "lesedauer"];
/// Keys under which an export wraps its list of articles.
const WRAPPERS: &[&str] =
    &["articles", "artikel", "items", "item", "documents", "docs", "results", "entries", "data", "hits"];

/// Reads one object, an array of them, or an object that wraps an array.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let text = charset::read_text(input, document)?;
    let weight = Weight::of(text.as_bytes());
    let settings = document.file.settings.as_deref();
    if text.trim_start().starts_with('[') && settings.is_none_or(|settings| settings.keys("records").is_empty()) {
        return read_array(document, &text, &weight, emit);
    }
    if weight.all > MAX_WHOLE {
        return Err(ReadError::TooManyValues(MAX_WHOLE));
    }
    let value: Value = match serde_json::from_str(&text) {
        Ok(value) => value,
        // an object a line, whatever the name of the file
        Err(_) if is_lines(&text) => return read_lines(document, &mut text.as_bytes(), emit),
        Err(error) => return Err(ReadError::Json(error.to_string())),
    };
    if let Some(records) = settings.and_then(|settings| mapping::records(&value, settings)) {
        read_records(document, records, emit);
        return Ok(());
    }
    match unwrapped(value, settings) {
        Some(Value::Object(object)) => {
            let draft = record(&object, settings);
            let unread = Unread::default().first(&object, &draft, settings);
            only(draft.finish(document)?, emit);
            if let Some(reason) = unread {
                // the last that is said of the file
                let _ = emit(Err(Problem { path: document.file.display(), line: None, reason }));
            }
        }
        Some(Value::Array(records)) => read_records(document, records, emit),
        _ => return Err(ReadError::NoKnownKeys),
    }
    Ok(())
}

/// Most objects around the list of articles, or the one.
const MAX_WRAPPERS: usize = 4;

/// The article or the list of them in what wraps it.
fn unwrapped(mut value: Value, settings: Option<&Settings>) -> Option<Value> {
    for _ in 0..MAX_WRAPPERS {
        match value {
            Value::Object(object) if has_text(&object, settings) => return Some(Value::Object(object)),
            Value::Object(mut object) => {
                let wraps = |(key, value): &(&String, &Value)| {
                    WRAPPERS.contains(&simple(key).as_str()) && (value.is_array() || value.is_object())
                };
                let key = object.iter().find(wraps).map(|(key, _)| key.clone())?;
                value = object.remove(&key)?;
            }
            other => return Some(other),
        }
    }
    None
}

/// Whether a text has an object on each of its first two lines.
fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(2);
    let is_object =
        |line: &str| line.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    lines.next().is_some_and(is_object) && lines.next().is_some_and(|line| line.trim_start().starts_with('{'))
}

/// Most values of a file that is held in memory as a whole.
const MAX_WHOLE: usize = 700_000;

/// Reads an array one record at a time.
fn read_array(document: &RawDocument<'_>, text: &str, weight: &Weight, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    if weight.largest > MAX_VALUES {
        return Err(ReadError::TooManyValues(MAX_VALUES));
    }
    let mut array = Array { document, emit, count: 0, wanted: true, unread: Unread::default() };
    let mut parser = serde_json::Deserializer::from_str(text);
    let outcome = parser.deserialize_seq(&mut array).and_then(|()| parser.end());
    match outcome {
        // what is left of the array when no more is wanted is no fault of it
        Err(error) if array.wanted => Err(ReadError::Json(error.to_string())),
        Ok(()) if array.count == 0 => Err(ReadError::Empty),
        _ => Ok(()),
    }
}

/// Takes the records of an array as they are parsed.
struct Array<'a, 'b> {
    document: &'a RawDocument<'a>,
    emit: &'a mut Emit<'b>,
    count: u64,
    wanted: bool,
    unread: Unread,
}

impl<'de> Visitor<'de> for &mut Array<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of articles")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        while self.wanted
            && let Some(record) = records.next_element()?
        {
            self.count += 1;
            self.wanted = read_numbered(self.document, (self.count, record), &mut self.unread, self.emit).is_continue();
        }
        Ok(())
    }
}

fn read_records(document: &RawDocument<'_>, records: Vec<Value>, emit: &mut Emit<'_>) {
    // none is wanted any more once one says so
    let mut unread = Unread::default();
    let _ = (1..).zip(records).try_for_each(|record| read_numbered(document, record, &mut unread, emit));
}

/// Reads the record of a number, from 1, within a file.
fn read_numbered(
    document: &RawDocument<'_>,
    (number, record): (u64, Value),
    unread: &mut Unread,
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
    let problem = |reason| Problem { path: format!("{}[{}]", document.file.display(), number - 1), line: None, reason };
    let (article, missed) = read_record(document, number, record, unread);
    emit(article.map_err(problem))?;
    missed.map_or(ControlFlow::Continue(()), |reason| emit(Err(problem(reason))))
}

/// Reads an object a line; blank lines are skipped, and a faulty line is reported without ending the rest.
pub fn read_lines(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let mut line = Vec::new();
    let mut any = false;
    let mut unread = Unread::default();
    for number in 1.. {
        line.clear();
        let limit = document.limits.max_bytes;
        let read = std::io::Read::take(&mut *input, limit + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        if read as u64 > limit {
            return Err(ReadError::TooLarge { limit });
        }
        if number <= document.known_lines {
            any = true;
            continue;
        }
        let bytes = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        any = true;
        let problem = |reason| Problem { path: document.file.display(), line: Some(number), reason };
        let (article, missed) = match parse_line(bytes) {
            Ok(value) => read_record(document, number, value, &mut unread),
            Err(reason) => (Err(reason), None),
        };
        if emit(article.map_err(problem)).is_break()
            || missed.is_some_and(|reason| emit(Err(problem(reason))).is_break())
        {
            break;
        }
    }
    if any { Ok(()) } else { Err(ReadError::Empty) }
}

fn parse_line(bytes: &[u8]) -> Result<Value, ReadError> {
    if bytes.contains(&0) {
        return Err(ReadError::Binary);
    }
    if bytes.len() > MAX_VALUES && Weight::of(bytes).all > MAX_VALUES {
        return Err(ReadError::TooManyValues(MAX_VALUES));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let message = error.to_string();
        ReadError::Json(
            message.split(" at line").next().unwrap_or("").to_owned() + &format!(" at column {}", error.column()),
        )
    })
}

/// The article of a record, and what of its texts was not read.
fn read_record(
    document: &RawDocument<'_>,
    number: u64,
    value: Value,
    unread: &mut Unread,
) -> (Result<Article, ReadError>, Option<ReadError>) {
    let settings = document.file.settings.as_deref();
    match value {
        Value::Object(object) if has_text(&object, settings) => {
            let place = RawDocument { record: Some(number), ..*document };
            let draft = record(&object, settings);
            let missed = unread.first(&object, &draft, settings);
            (draft.finish(&place), missed)
        }
        _ => (Err(ReadError::NoKnownKeys), None),
    }
}

fn has_text(object: &Map<String, Value>, settings: Option<&Settings>) -> bool {
    let simple = simplified(object);
    [HEADLINE, BODY, LEAD].iter().any(|keys| find(&simple, keys).is_some())
        || agency_json::draft(object).is_some()
        || settings.is_some_and(|settings| mapping::has_text(object, settings))
}

/// Takes what the keys hold that the settings name, and the known ones.
pub fn record(object: &Map<String, Value>, settings: Option<&Settings>) -> Draft {
    let mut draft = agency_json::draft(object).unwrap_or_else(|| draft(object));
    if let Some(settings) = settings {
        mapping::fill(&mut draft, object, settings);
    }
    draft
}

/// Whether a key among `keys` names a headline, text or lead.
pub fn names_text<'a>(mut keys: impl Iterator<Item = &'a str>) -> bool {
    keys.any(|key| [HEADLINE, BODY, LEAD].iter().any(|known| known.contains(&simple(key).as_str())))
}

/// Whether a key is in one of the tables.
pub fn is_known(key: &str) -> bool {
    let key = simple(key);
    let tables = [
        ID, URL, KICKER, HEADLINE, SUBHEAD, LEAD, BODY, AUTHORS, DATES, SOURCE, SECTION, AGENCY, TAGS, LANGUAGE,
        READING,
    ];
    tables.iter().any(|known| known.contains(&key.as_str()))
}

/// Takes what the known keys hold.
pub fn draft(object: &Map<String, Value>) -> Draft {
    let object = &simplified(object);
    let text = |keys| find(object, keys).and_then(|value| flat(value, 0));
    let list = |keys| find(object, keys).map(|value| texts(value, 0)).unwrap_or_default();
    Draft {
        id: text(ID),
        url: text(URL),
        kicker: text(KICKER),
        headline: text(HEADLINE).map(|text| markup::inline_text(&text)),
        subhead: text(SUBHEAD),
        lead: text(LEAD).map(|text| markup::inline_text(&text)),
        body: find(object, BODY).map(body).unwrap_or_default(),
        authors: list(AUTHORS),
        dates: DATES.iter().filter_map(|key| find(object, &[key]).and_then(|value| flat(value, 0))).collect(),
        source: text(SOURCE),
        section: text(SECTION),
        agency: text(AGENCY),
        tags: tags(&list(TAGS)),
        reading_minutes: find(object, READING).and_then(minutes),
        language: text(LANGUAGE),
        ..Draft::default()
    }
}

/// An object's keys in their simple form with their values, the null and empty ones left out.
fn simplified(object: &Map<String, Value>) -> Vec<(String, &Value)> {
    let filled = |value: &Value| !matches!(value, Value::Null) && value.as_str() != Some("");
    object.iter().filter(|(_, value)| filled(value)).map(|(key, value)| (simple(key), value)).collect()
}

/// The value of the first key of `keys` that is there.
fn find<'a>(object: &[(String, &'a Value)], keys: &[&str]) -> Option<&'a Value> {
    keys.iter().find_map(|key| object.iter().find(|(name, _)| name == key).map(|(_, value)| *value))
}

fn minutes(value: &Value) -> Option<u16> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|n| u16::try_from(n).ok()),
        Value::String(text) => text.split_whitespace().find_map(|word| word.parse().ok()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn wrapped_articles_are_found() {
        let article = json!({"title": "Markt", "text": "Der Markt bleibt."});
        for (wrapped, expected) in [
            (article.clone(), Some(article.clone())),
            (json!({"data": {"meta": 1, "item": article}}), Some(article.clone())),
            (json!({"total": 1, "item": [article]}), Some(json!([article]))),
            (json!({"data": {"data": {"data": {"data": {"data": article}}}}}), None),
            (json!({"data": 1}), None),
        ] {
            assert_eq!(unwrapped(wrapped.clone(), None), expected, "{wrapped}");
        }
    }

    #[test]
    fn usual_keys_are_known() {
        let draft = draft(&object(&json!({
            "Headline": "Deich hält", "body": ["Erster Satz.", "Zweiter Satz."], "author": [{"name": "Jelka Thorn"}],
            "published_at": "2023-09-12", "publisher": {"name": "Norderfehner Bote"}, "keywords": "Deich, Hafen",
            "reading_time": "3 min", "lead": null, "teaser": "Kurz."
        })));
        assert_eq!(draft.headline.as_deref(), Some("Deich hält"));
        assert_eq!(draft.body.len(), 2);
        assert_eq!(draft.authors, ["Jelka Thorn"]);
        assert_eq!(draft.dates, ["2023-09-12"]);
        assert_eq!(draft.source.as_deref(), Some("Norderfehner Bote"));
        assert_eq!(draft.tags, ["Deich", "Hafen"]);
        assert_eq!(draft.reading_minutes, Some(3));
        assert_eq!(draft.lead.as_deref(), Some("Kurz."));
    }
}
