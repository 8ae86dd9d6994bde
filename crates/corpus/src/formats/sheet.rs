//! Tables of spreadsheets (.xlsx, .xls, .ods), by the library calamine: an article a row, with the header's keys as [`super::csv`] has them.
//! The library holds a table whole, so it runs in a child.

use super::unread::Unread;
use super::{json, mapping, office};
use crate::worker::Task;
use crate::{Emit, Problem, RawDocument, ReadError, charset};
use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{BufRead, Cursor};

/// Rows at the start of a table of which one is its header.
const MAX_HEAD: usize = 10;
/// Most rows of all tables of a file, and most bytes in memory; columns that a table may have.
const MAX_ROWS: usize = 200_000;
const MAX_BYTES: usize = 200 << 20;
const MAX_COLUMNS: usize = 16_384;

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
        let message = match error {
            calamine::Error::Msg(_) => "it is no spreadsheet of Excel 5 or later".to_owned(),
            error => error.to_string(),
        };
        if message.to_lowercase().contains("password") {
            ReadError::Password.to_string()
        } else {
            ReadError::Office(message).to_string()
        }
    };
    if office::is_encrypted(&bytes) {
        return Err(ReadError::Password.to_string());
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(fault)?;
    let mut count = Count::default();
    let mut tables = Vec::new();
    for name in book.sheet_names() {
        let table = match &mut book {
            Sheets::Xlsx(book) => {
                // the library would hold every cell from the first to the last, of which there may be one far out
                let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
                let mut table: BTreeMap<u32, Vec<String>> = BTreeMap::new();
                while let Some(found) = cells.next_cell().map_err(|error| fault(error.into()))? {
                    let ((row, column), text) = (found.get_position(), cell(&found.get_value().clone().into()));
                    let column = column as usize;
                    if text.is_empty() || column >= MAX_COLUMNS {
                        continue;
                    }
                    let new = usize::from(!table.contains_key(&row));
                    let row = table.entry(row).or_default();
                    let wider = (column + 1).saturating_sub(row.len());
                    count.add(new, text.len() + wider * size_of::<String>())?;
                    row.extend(std::iter::repeat_n(String::new(), wider));
                    if let Some(place) = row.get_mut(column) {
                        *place = text;
                    }
                }
                table.into_values().collect()
            }
            book => {
                let Ok(range) = book.worksheet_range(&name) else { continue };
                let mut table = Vec::new();
                for row in range.rows() {
                    let row: Vec<String> = row.iter().map(cell).collect();
                    count.add(1, row.iter().map(|cell| cell.len() + size_of::<String>()).sum())?;
                    table.push(row);
                }
                table
            }
        };
        tables.push((name, table));
    }
    Ok(tables)
}

/// What the tables of a file hold.
#[derive(Default)]
struct Count {
    rows: usize,
    bytes: usize,
}

impl Count {
    fn add(&mut self, rows: usize, bytes: usize) -> Result<(), String> {
        self.rows += rows;
        self.bytes += bytes;
        if self.rows > MAX_ROWS || self.bytes > MAX_BYTES {
            return Err(format!("has more than {MAX_ROWS} rows, or {} MB; save it as CSV", MAX_BYTES >> 20));
        }
        Ok(())
    }
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

    /// A file with one table of such rows.
    fn file(rows: &str) -> Vec<u8> {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let packages = "http://schemas.openxmlformats.org/package/2006";
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        testing::zipped(&[
            (
                "[Content_Types].xml",
                &format!(
                    "<Types xmlns=\"{packages}/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"{sheet}.sheet.main+xml\"/>\
                     <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{sheet}.worksheet+xml\"/></Types>"
                ),
            ),
            (
                "_rels/.rels",
                &format!(
                    "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" \
                     Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                &format!(
                    "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Artikel\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                &format!(
                    "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" \
                     Target=\"worksheets/sheet1.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
            ),
        ])
    }

    #[test]
    fn what_is_no_spreadsheet_is_named() {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &name].concat();
        for (bytes, message) in [
            (encrypted, ReadError::Password.to_string()),
            (b"Markt".to_vec(), ReadError::Office("it is no spreadsheet of Excel 5 or later".into()).to_string()),
        ] {
            assert_eq!(tables(bytes).expect_err("no tables"), message);
        }
    }

    #[test]
    fn a_cell_far_out_takes_no_room_for_those_before_it() {
        let cell = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let rows = format!(
            "<row r=\"1\">{}{}</row><row r=\"3\">{}{}</row><row r=\"1048576\">{}</row>",
            cell("A1", "Titel"),
            cell("C1", "Text"),
            cell("A3", "Markt bleibt"),
            cell("C3", "Der Markt am Kai bleibt."),
            cell("XFD1048576", "x")
        );
        let [(name, table)] = &tables(file(&rows)).expect("tables")[..] else { panic!("one table") };
        assert_eq!((name.as_str(), table.len(), table[2].len()), ("Artikel", 3, MAX_COLUMNS));
        assert_eq!(table[..2], [["Titel", "", "Text"], ["Markt bleibt", "", "Der Markt am Kai bleibt."]]);
        let far = tables(file(&format!("<row r=\"1\">{}</row>", cell("AAAA1", "x"))));
        assert_eq!(far, Ok(vec![("Artikel".to_owned(), Vec::new())]));
        let broken = tables(file("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Titel</is></row>"));
        assert!(broken.is_err(), "{broken:?}");
    }

    #[test]
    fn a_cell_beyond_all_numbers_has_no_place() {
        // the column's number is 2³² + 1, the row's 2³² + 1
        for place in ["MWLQKWW1", "A4294967297"] {
            let rows = format!("<row r=\"1\"><c r=\"{place}\" t=\"inlineStr\"><is><t>Titel</t></is></c></row>");
            let found = std::panic::catch_unwind(|| tables(file(&rows)));
            assert!(!matches!(found, Ok(Ok(_))), "{place} is A1: {found:?}");
        }
    }

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
