//! Many searches at once: what each query of a list finds, a row each, for reading, CSV and JSON.

use crate::escape::printable;
use crate::json::{HitOut, SuggestionOut, hit_out, suggestion_out};
use crate::labels::meta_line;
use crate::notices::did_you_mean;
use crate::numbers::{number, plural};
use crate::table::{write_cells, write_record};
use crate::view::View;
use crate::wrap::wrap;
use findbuch_engine::batch::Found;
use serde::Serialize;
use std::io::{Result, Write};

const SCHEMA: &str = "findbuch.batch/1";
/// Columns of a number for reading.
const NUMBER: usize = 8;

/// A query of a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its line in the list, from 1.
    pub line: usize,
    /// As it stands there.
    pub query: String,
    /// What it finds, or why it finds nothing, in the reader's language and on one line.
    pub found: std::result::Result<Found, String>,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchFormat {
    /// For reading.
    Text,
    /// One object with all rows.
    Json,
    /// An object on each line.
    Jsonl,
    /// A row for each hit, and for each query without one.
    Csv,
}

/// Writes rows one after the other; keeps none of them.
#[derive(Debug)]
pub struct Batch {
    format: BatchFormat,
    queries: u64,
    with_hits: u64,
    faulty: u64,
}

#[derive(Serialize)]
struct RowOut<'a> {
    line: usize,
    query: &'a str,
    total: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    did_you_mean: Vec<SuggestionOut<'a>>,
    hits: Vec<HitOut<'a>>,
}

impl Batch {
    /// Writes what stands before the first row.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn begin(format: BatchFormat, out: &mut dyn Write) -> Result<Batch> {
        match format {
            BatchFormat::Csv => write_record(
                out,
                b',',
                ["line", "query", "total", "rank", "id", "date", "source", "headline", "url", "path", "error"],
            )?,
            BatchFormat::Json => write!(out, "{{\"schema\":\"{SCHEMA}\",\"rows\":[")?,
            BatchFormat::Text | BatchFormat::Jsonl => {}
        }
        Ok(Batch { format, queries: 0, with_hits: 0, faulty: 0 })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn write(&mut self, out: &mut dyn Write, row: &Row, view: &View) -> Result<()> {
        let first = self.queries == 0;
        self.queries += 1;
        self.with_hits += u64::from(row.found.as_ref().is_ok_and(|found| found.total > 0));
        self.faulty += u64::from(row.found.is_err());
        match self.format {
            BatchFormat::Text => write_text(out, row, view),
            BatchFormat::Csv => write_rows(out, row, view),
            BatchFormat::Jsonl => {
                write_object(out, row, view)?;
                writeln!(out)
            }
            BatchFormat::Json => {
                out.write_all(if first { b"" } else { b"," })?;
                write_object(out, row, view)
            }
        }
    }

    /// Writes what stands behind the last row.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn end(&self, out: &mut dyn Write) -> Result<()> {
        if self.format == BatchFormat::Json { writeln!(out, "]}}") } else { Ok(()) }
    }

    /// Whether some query has hits.
    #[must_use]
    pub fn any(&self) -> bool {
        self.with_hits > 0
    }

    /// Whether some query has an error.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        self.faulty > 0
    }

    /// `3 Anfragen: 1 mit Treffern, 1 ohne, 1 mit Fehler`
    #[must_use]
    pub fn summary(&self, view: &View) -> String {
        let Batch { queries, with_hits, faulty, .. } = self;
        let without = queries - with_hits - faulty;
        let (german, english) = plural(*queries, ("Anfrage", "query"), ("Anfragen", "queries"));
        let mut line = view.lang.pick(
            format!("{queries} {german}: {with_hits} mit Treffern, {without} ohne"),
            format!("{queries} {english}: {with_hits} with hits, {without} without"),
        );
        if *faulty > 0 {
            line.push_str(&view.lang.pick(format!(", {faulty} mit Fehler"), format!(", {faulty} with an error")));
        }
        line
    }
}

/// The number, the query, and below it its first hits.
fn write_text(out: &mut dyn Write, row: &Row, view: &View) -> Result<()> {
    let theme = &view.theme;
    let indent = " ".repeat(NUMBER + 2);
    let query = theme.paint(theme.headline, &printable(&row.query));
    let Ok(found) = &row.found else { return writeln!(out, "{:>NUMBER$}  {query}", "–") };
    writeln!(out, "{:>NUMBER$}  {query}", number(found.total as f64, 0, view.lang))?;
    for hit in &found.hits {
        writeln!(out, "{}", wrap(&printable(&hit.article.title()), view.width, &indent, &indent))?;
        let facts = wrap(&meta_line(&hit.article, view), view.width, &indent, &indent);
        writeln!(out, "{}", theme.paint(theme.quiet, &facts))?;
    }
    for line in did_you_mean(&found.suggestions, view) {
        writeln!(out, "{}", theme.paint(theme.notice, &wrap(&line, view.width, &indent, &indent)))?;
    }
    Ok(())
}

fn write_rows(out: &mut dyn Write, row: &Row, view: &View) -> Result<()> {
    let (total, hits, error) = match &row.found {
        Ok(found) => (found.total.to_string(), found.hits.as_slice(), ""),
        Err(error) => (String::new(), &[][..], error.as_str()),
    };
    let mut cells = |hit: [String; 7]| {
        let [rank, id, date, source, headline, url, path] = hit;
        let (line, query, error) = (row.line.to_string(), row.query.clone(), error.to_owned());
        let cells = [line, query, total.clone(), rank, id, date, source, headline, url, path, error];
        write_cells(out, (b',', view.raw), &cells)
    };
    if hits.is_empty() {
        return cells(Default::default());
    }
    for hit in hits {
        let article = &hit.article;
        cells([
            hit.rank.to_string(),
            printable(&article.id),
            article.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default(),
            article.source.clone().unwrap_or_default(),
            article.title(),
            article.url.clone().unwrap_or_default(),
            view.path(&article.path),
        ])?;
    }
    Ok(())
}

fn write_object(out: &mut dyn Write, row: &Row, view: &View) -> Result<()> {
    let found = row.found.as_ref().ok();
    let (hits, suggestions) = found.map_or((&[][..], &[][..]), |found| (&found.hits, &found.suggestions));
    let value = RowOut {
        line: row.line,
        query: &row.query,
        total: found.map(|found| found.total),
        error: row.found.as_ref().err().map(String::as_str),
        did_you_mean: suggestions.iter().map(suggestion_out).collect(),
        hits: hits.iter().map(|hit| hit_out(hit, view)).collect(),
    };
    Ok(serde_json::to_writer(out, &value)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_article::{Article, Part, PartKind};
    use findbuch_engine::Hit;
    use findbuch_query::lang::Lang;

    fn written(format: BatchFormat) -> (String, Batch) {
        let view = View {
            width: 80,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/a".into(),
            raw: false,
            gone: Vec::new(),
        };
        let parts = vec![Part::new(PartKind::Headline, "=Der Deich\u{7}")];
        let hit = Hit::of(Article { id: "deich".into(), path: "/a/deich.txt".into(), parts, ..Article::default() });
        let row = |line, query: &str, found| Row { line, query: query.into(), found };
        let mut out = Vec::new();
        let mut batch = Batch::begin(format, &mut out).expect("begun");
        for row in [
            row(1, "Deich", Ok(Found { total: 1234, hits: vec![hit], ..Found::default() })),
            row(3, "-Orgel", Ok(Found::default())),
            row(4, "(", Err("Die Klammer ist nicht geschlossen.".into())),
        ] {
            batch.write(&mut out, &row, &view).expect("written");
        }
        batch.end(&mut out).expect("ended");
        assert_eq!(batch.summary(&view), "3 Anfragen: 1 mit Treffern, 1 ohne, 1 mit Fehler");
        (String::from_utf8(out).expect("UTF-8"), batch)
    }

    #[test]
    fn rows_are_read_as_they_were_written() {
        let (text, batch) = written(BatchFormat::Text);
        assert!(batch.any() && batch.is_faulty());
        assert_eq!(
            text,
            "   1.234  Deich\n          =Der Deich\u{fffd}\n          ohne Datum\n       0  -Orgel\n       –  (\n"
        );
        let (csv, _) = written(BatchFormat::Csv);
        let rows: Vec<&str> = csv.lines().skip(1).collect();
        assert_eq!(rows[1..], ["3,'-Orgel,0,,,,,,,,", "4,(,,,,,,,,,Die Klammer ist nicht geschlossen."]);
        assert!(rows[0].starts_with("1,Deich,1234,1,deich,,,'=Der Deich"), "{csv}");
        let (json, _) = written(BatchFormat::Json);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!((&json["schema"], json["rows"][0]["hits"][0]["id"].as_str()), (&SCHEMA.into(), Some("deich")));
        assert_eq!((&json["rows"][2]["total"], json["rows"][2]["error"].is_string()), (&serde_json::Value::Null, true));
        let (lines, _) = written(BatchFormat::Jsonl);
        assert!(
            lines
                .lines()
                .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok_and(|row| row["line"].is_u64()))
        );
    }
}
