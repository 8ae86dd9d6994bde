//! The JSON contracts, described in docs/JSON.md. A change of meaning or a field that goes raises the number in the
//! schema's name; a field that is added does not.

use crate::cite::Citation;
use crate::explain::{self, ExplainedOut, FormOut};
use crate::notices::outside_archive;
use crate::view::View;
use crate::{counts, tree};
use findbuch_article::printed::{Place, Printed, Sheet};
use findbuch_article::{Article, PartKind};
use findbuch_engine::answer::{Answer, Explanation, Suggestion};

use findbuch_engine::{Also, Group, Hit, ScoreTerm, Snippet};
use findbuch_query::Query;
use serde::Serialize;
use std::io::{Result, Write};

pub use crate::counts::{Counts, write_count};

const SEARCH: &str = "findbuch.search/1";
const ARTICLE: &str = "findbuch.article/1";

#[derive(Serialize)]
struct SearchOut<'a> {
    schema: &'static str,
    query: &'a str,
    offset: usize,
    limit: usize,
    total: u64,
    took_ms: f64,
    relaxed: Option<RelaxedOut<'a>>,
    unquoted: &'a [String],
    corrected: Option<&'a str>,
    did_you_mean: Vec<SuggestionOut<'a>>,
    also: Vec<AlsoOut<'a>>,
    hints: Vec<HintOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<Vec<ExplainedOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forms: Option<Vec<FormOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tree: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cite: Option<&'a Citation>,
    #[serde(flatten)]
    counts: counts::CountsOut<'a>,
    hits: Vec<HitOut<'a>>,
}

/// What may be meant by a word that no article has.
#[derive(Serialize)]
pub(crate) struct SuggestionOut<'a> {
    word: &'a str,
    suggestions: &'a [String],
}

/// Something in the query that may be meant differently.
#[derive(Serialize)]
struct HintOut {
    kind: &'static str,
    message: String,
    query: Option<String>,
    #[serde(flatten)]
    archive: Option<ArchiveOut>,
}

/// First and last day of the archive.
#[derive(Serialize)]
struct ArchiveOut {
    from: String,
    until: String,
}

#[derive(Serialize)]
struct AlsoOut<'a> {
    word: &'a str,
    also: &'a str,
    from: &'static str,
}

#[derive(Serialize)]
struct RelaxedOut<'a> {
    missing: &'a [String],
}

/// A hit in JSON and JSONL.
#[derive(Serialize)]
pub(crate) struct HitOut<'a> {
    rank: usize,
    score: f32,
    id: &'a str,
    kicker: Option<&'a str>,
    kicker_marks: &'a [[usize; 2]],
    headline: String,
    headline_marks: &'a [[usize; 2]],
    lead: Option<&'a str>,
    date: Option<String>,
    date_from: Option<&'static str>,
    source: Option<&'a str>,
    section: Option<&'a str>,
    authors: &'a [String],
    url: Option<&'a str>,
    path: String,
    record: Option<u64>,
    missing: &'a [String],
    snippets: &'a [Snippet],
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a Group>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    score_terms: &'a [ScoreTerm],
    #[serde(skip_serializing_if = "Option::is_none")]
    resemblance: Option<f32>,
}

/// The fields of a hit.
pub(crate) fn hit_out<'a>(hit: &'a Hit, view: &View) -> HitOut<'a> {
    let article = &hit.article;
    HitOut {
        rank: hit.rank,
        score: hit.score,
        id: &article.id,
        kicker: article.first(PartKind::Kicker),
        kicker_marks: &hit.title.kicker,
        headline: article.title(),
        headline_marks: &hit.title.headline,
        lead: article.first(PartKind::Lead),
        date: article.date.as_ref().map(|date| date.value.to_string()),
        date_from: article.date.as_ref().map(|date| date.from.name()),
        source: article.source.as_deref(),
        section: article.section.as_deref(),
        authors: &article.authors,
        url: article.url.as_deref(),
        path: view.path(&article.path),
        record: article.record,
        missing: &hit.missing,
        snippets: &hit.snippets,
        group: hit.group.as_ref(),
        score_terms: &hit.terms,
        resemblance: hit.resemblance,
    }
}

/// The page of the result that is written.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Hits before the page.
    pub offset: usize,
    /// Most hits on the page.
    pub limit: usize,
    /// Milliseconds that the search took.
    pub took_ms: f64,
    /// How the search is cited, if that is wanted.
    pub cite: Option<&'a Citation>,
}

/// Writes a result as one JSON object.
///
/// # Errors
/// When the output cannot be written.
pub fn write_answer(
    out: &mut dyn Write,
    answer: &Answer,
    query: &Query,
    explained: Option<&Explanation>,
    page: Page<'_>,
    counted: &Counts,
    view: &View,
) -> Result<()> {
    let hits = &answer.hits;
    let value = SearchOut {
        schema: SEARCH,
        query: &query.text,
        offset: page.offset,
        limit: page.limit,
        total: hits.total,
        took_ms: page.took_ms,
        relaxed: hits.relaxed.as_ref().map(|relaxed| RelaxedOut { missing: &relaxed.missing }),
        unquoted: &answer.plan.unquoted,
        corrected: answer.corrected.as_ref().map(|query| query.text.as_str()),
        did_you_mean: answer.suggestions.iter().map(suggestion_out).collect(),
        also: hits.also.iter().map(also_out).collect(),
        hints: hints_out(answer, query, view),
        explain: explained.map(|explained| explain::out(&explained.words)),
        forms: explained.map(|explained| explain::forms_out(&explained.forms)),
        tree: explained.map(|_| tree::out(&answer.plan.query)),
        cite: page.cite,
        counts: counts::out(hits, counted),
        hits: hits.hits.iter().map(|hit| hit_out(hit, view)).collect(),
    };
    serde_json::to_writer(&mut *out, &value)?;
    writeln!(out)
}

/// What may be meant by a word.
pub(crate) fn suggestion_out(suggestion: &Suggestion) -> SuggestionOut<'_> {
    SuggestionOut { word: &suggestion.typed, suggestions: &suggestion.words }
}

fn hints_out(answer: &Answer, query: &Query, view: &View) -> Vec<HintOut> {
    let of_words = query.hints().into_iter().map(|hint| HintOut {
        kind: hint.kind.name(),
        message: hint.message(view.lang),
        query: hint.query,
        archive: None,
    });
    let of_dates = answer.archive.map(|(first, last)| HintOut {
        kind: "dates",
        message: outside_archive((first, last), view.lang),
        query: None,
        archive: Some(ArchiveOut { from: first.to_string(), until: last.to_string() }),
    });
    of_words.chain(of_dates).collect()
}

fn also_out(also: &Also) -> AlsoOut<'_> {
    AlsoOut { word: &also.typed, also: &also.word, from: if also.synonym { "synonyms" } else { "names" } }
}

/// Writes a hit on a line.
///
/// # Errors
/// When the output cannot be written.
pub fn write_hit_line(out: &mut dyn Write, hit: &Hit, view: &View) -> Result<()> {
    write_hit(out, hit, view)?;
    writeln!(out)
}

/// Writes a hit as an object.
pub(crate) fn write_hit(out: &mut dyn Write, hit: &Hit, view: &View) -> Result<()> {
    serde_json::to_writer(out, &hit_out(hit, view)).map_err(Into::into)
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    schema: &'static str,
    #[serde(flatten)]
    article: &'a Article,
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<PrintedOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<VersionOut<'a>>,
}

/// Where an article is printed.
#[derive(Serialize)]
struct PrintedOut<'a> {
    sheets: &'a [Sheet],
    words: Vec<PlaceOut>,
}

/// A word of a part, by characters of its text, and where it stands: left, top, width and height in the unit of the sheet.
#[derive(Serialize)]
struct PlaceOut {
    part: usize,
    begin: usize,
    end: usize,
    sheet: usize,
    area: [u32; 4],
}

fn printed_out<'a>(printed: &'a Printed, article: &Article) -> PrintedOut<'a> {
    // the part, and bytes of it that are so many characters
    let mut counted = (0, 0, 0);
    let places = printed.places(&article.parts).into_iter().map(|Place { part, span, area }| {
        let text = article.parts.get(part).map_or("", |part| &part.text);
        let chars = |range| text.get(range).map_or(0, |text: &str| text.chars().count());
        let (bytes, before) =
            if counted.0 == part && counted.1 <= span.start { (counted.1, counted.2) } else { (0, 0) };
        let begin = before + chars(bytes..span.start);
        counted = (part, span.start, begin);
        let end = begin + chars(span);
        let area_on = printed.sheets.get(area.sheet).map_or([0; 4], |sheet| area.on(sheet));
        PlaceOut { part, begin, end, sheet: area.sheet, area: area_on }
    });
    PrintedOut { sheets: &printed.sheets, words: places.collect() }
}

/// A nearly identical article.
#[derive(Serialize)]
struct VersionOut<'a> {
    id: &'a str,
    path: String,
    resemblance: f32,
}

/// Writes an article with all its parts, and its versions with the share of their text that is the same.
///
/// ```
/// use findbuch_article::{Article, Part, PartKind};
/// use findbuch_query::lang::Lang;
/// use findbuch_render::{Theme, View, json};
///
/// let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/".into(), raw: false, gone: Vec::new() };
/// let article = Article { parts: vec![Part::new(PartKind::Headline, "Linden")], ..Article::default() };
/// let mut out = Vec::new();
/// json::write_article(&mut out, &article, &[], &view)?;
/// assert!(out.starts_with(b"{\n  \"schema\": \"findbuch.article/1\","));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When the output cannot be written.
pub fn write_article(out: &mut dyn Write, article: &Article, versions: &[(f32, Article)], view: &View) -> Result<()> {
    let versions = versions
        .iter()
        .map(|(resemblance, version)| VersionOut {
            id: &version.id,
            path: view.path(&version.path),
            resemblance: *resemblance,
        })
        .collect();
    let printed = article.printed.as_ref().map(|printed| printed_out(printed, article));
    let shown = Article { path: view.path(&article.path), printed: None, ..article.clone() };
    serde_json::to_writer_pretty(&mut *out, &ArticleOut { schema: ARTICLE, article: &shown, printed, versions })?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_article::Part;
    use findbuch_engine::TitleMarks;
    use findbuch_query::lang::Lang;
    use serde_json::Value;

    fn view() -> View {
        View {
            width: 80,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/archive".into(),
            raw: false,
            gone: Vec::new(),
        }
    }

    fn article(id: &str) -> Article {
        let parts = vec![Part::new(PartKind::Kicker, "Sturmflut"), Part::new(PartKind::Headline, "Der Deich\nhält")];
        Article { id: id.into(), path: format!("/archive/{id}.txt"), parts, ..Article::default() }
    }

    #[test]
    fn a_hit_is_one_line_with_the_fields_that_are_known() {
        let snippets = vec![Snippet { field: "body", text: "Der Deich".into(), marks: vec![[4, 9]] }];
        let (article, missing) = (article("deich"), vec!["Orgel".to_owned()]);
        let title = TitleMarks { kicker: Vec::new(), headline: vec![[4, 9]] };
        let hit = Hit { rank: 3, title, snippets, missing, ..Hit::of(article) };
        let mut out = Vec::new();
        write_hit_line(&mut out, &hit, &view()).expect("written");
        assert!(out.ends_with(b"}\n") && out.iter().position(|byte| *byte == b'\n') == Some(out.len() - 1));
        let json: Value = serde_json::from_slice(&out).expect("JSON");
        for (field, expected) in [
            ("rank", Value::from(3)),
            ("path", Value::from("deich.txt")),
            ("kicker", Value::from("Sturmflut")),
            ("kicker_marks", serde_json::json!([])),
            ("headline", Value::from("Der Deich\nhält")),
            ("headline_marks", serde_json::json!([[4, 9]])),
            ("date", Value::Null),
            ("missing", Value::from(vec!["Orgel"])),
        ] {
            assert_eq!(json[field], expected, "{field}");
        }
        assert_eq!(json["snippets"][0]["marks"][0], Value::from(vec![4, 9]));
        assert!(json.get("group").is_none() && json.get("resemblance").is_none(), "{json}");
    }

    #[test]
    fn versions_stand_behind_the_article() {
        let mut out = Vec::new();
        write_article(&mut out, &article("a"), &[(0.5, article("b"))], &view()).expect("written");
        let json: Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!((&json["schema"], &json["path"]), (&Value::from("findbuch.article/1"), &Value::from("a.txt")));
        assert_eq!(json["versions"], serde_json::json!([{ "id": "b", "path": "b.txt", "resemblance": 0.5 }]));
    }
}
