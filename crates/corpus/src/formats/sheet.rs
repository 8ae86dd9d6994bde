//! Tables of spreadsheets (.xlsx, .xls, .ods), by the library calamine: an article a row, with the header's keys as [`super::csv`] has them.
//! The library holds a table whole, so it runs in a child.

use super::unread::Unread;
use super::{json, mapping};
use crate::worker::Task;
use crate::{Emit, Problem, RawDocument, ReadError, charset};
use calamine::{Data, Reader, open_workbook_auto_from_rs};
use serde_json::{Map, Value};
use std::io::{BufRead, Cursor};

/// Rows at the start of a table of which one is its header.
const MAX_HEAD: usize = 10;
/// Most rows, and most characters, of all tables of a file.
const MAX_ROWS: usize = 200_000;
const MAX_TEXT: usize = 200 << 20;

/// A table: its name and its rows.
pub type Table = (String, Vec<Vec<String>>);

/// Reads the articles of every table.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let bytes = charset::read_bytes(input, document.limits)?;
    let Some(worker) = &document.limits.worker else { return Err(ReadError::Unbounded) };
    emit_tables(document, worker.read(&Task::Sheet, &bytes)?, emit)
}

/// The tables of a file. This may take any time and memory.
///
/// # Errors
/// A message, where it is none or needs a password.
pub fn tables(bytes: Vec<u8>) -> Result<Vec<Table>, String> {
    let fault = |error: calamine::Error| {
        let message = error.to_string();
        if message.to_lowercase().contains("password") {
            ReadError::Password.to_string()
        } else {
            ReadError::Office(message).to_string()
        }
    };
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let (mut rows, mut text) = (0, 0);
    let mut tables = Vec::new();
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let mut table = Vec::new();
        for row in range.rows() {
            let row: Vec<String> = row.iter().map(cell).collect();
            rows += 1;
            text += row.iter().map(String::len).sum::<usize>();
            if rows > MAX_ROWS || text > MAX_TEXT {
                return Err(format!("has more than {MAX_ROWS} rows; save it as CSV"));
            }
            table.push(row);
        }
        tables.push((name, table));
    }
    Ok(tables)
}

fn cell(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
        Data::DateTimeIso(text) => text.clone(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

fn emit_tables(document: &RawDocument<'_>, tables: Vec<Table>, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let settings = document.file.settings.as_deref();
    let is_header = |row: &&Vec<String>| {
        let keys = || row.iter().map(String::as_str);
        json::names_text(keys()) || settings.is_some_and(|settings| mapping::names_text(keys(), settings))
    };
    let (mut number, mut any) = (0, false);
    let mut unread = Unread::default();
    for (_, rows) in tables {
        let Some(at) = rows.iter().take(MAX_HEAD).position(|row| is_header(&row)) else { continue };
        let Some(keys) = rows.get(at) else { continue };
        any = true;
        for row in rows.iter().skip(at + 1).filter(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
            number += 1;
            let mut object = Map::new();
            for (key, cell) in keys.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                object.entry(key.clone()).or_insert_with(|| Value::String(cell.clone()));
            }
            let draft = json::record(&object, settings);
            let missed = unread.first(&object, &draft, settings);
            let problem = |reason| Problem { path: document.file.display(), line: Some(number), reason };
            let article = draft.finish(&RawDocument { record: Some(number), ..*document });
            if emit(article.map_err(problem)).is_break()
                || missed.is_some_and(|reason| emit(Err(problem(reason))).is_break())
            {
                return Ok(());
            }
        }
    }
    match (any, number) {
        (false, _) => Err(ReadError::NoKnownKeys),
        (true, 0) => Err(ReadError::Empty),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;

    #[test]
    fn rows_below_the_header_are_articles() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let tables = || {
            vec![
                ("Hinweise".to_owned(), vec![row(&["nur für die Redaktion"])]),
                (
                    "Artikel".to_owned(),
                    vec![
                        row(&["Stand: Mai", "", ""]),
                        row(&["Titel", "Datum", "Text"]),
                        row(&["Markt bleibt", "1999-05-14", "Der Markt am Kai bleibt."]),
                        row(&["", "", ""]),
                        row(&["Deich hält", "", "Der Deich am Vorwerk hält."]),
                    ],
                ),
            ]
        };
        let found = testing::read("x.xlsx", b"", |document, _, emit| emit_tables(document, tables(), emit));
        assert_eq!(
            found,
            ["Markt bleibt|1999-05-14|Der Markt am Kai bleibt.", "Deich hält||Der Deich am Vorwerk hält."]
        );
        let none = testing::read("x.xlsx", b"", |document, _, emit| {
            emit_tables(document, tables().drain(..1).collect(), emit)
        });
        assert_eq!(none, [ReadError::NoKnownKeys.to_string()]);
        assert!(super::tables(b"keine Tabelle".to_vec()).is_err());
    }
}
