//! Facets for reading and as CSV.

use crate::bars::bar;
use crate::escape::printable;
use crate::numbers::number;
use crate::table::cell;
use crate::view::View;
use findbuch_engine::{Facet, FacetField};
use findbuch_query::lang::Lang;
use std::io::{Result, Write};

/// Longest name, in characters; longer ones are cut.
const MAX_NAME: usize = 40;
/// Longest bar, in columns.
const MAX_BAR: usize = 30;

/// `Quelle`, `Ressort` …
#[must_use]
pub fn title(field: FacetField, lang: Lang) -> &'static str {
    match field {
        FacetField::Source => lang.pick("Quelle", "Source"),
        FacetField::Section => lang.pick("Ressort", "Section"),
        FacetField::Author => lang.pick("Autor", "Author"),
        FacetField::Agency => lang.pick("Agentur", "Agency"),
        FacetField::Tag => lang.pick("Schlagwort", "Tag"),
        FacetField::Person => lang.pick("Person", "Person"),
        FacetField::Organisation => lang.pick("Organisation", "Organisation"),
        FacetField::Place => lang.pick("Ort", "Place"),
        FacetField::Year => lang.pick("Jahr", "Year"),
        FacetField::Month => lang.pick("Monat", "Month"),
    }
}

/// That names are recognised by a program, and how well.
#[must_use]
pub fn measured(lang: Lang) -> &'static str {
    lang.pick(
        "Automatisch erkannt und nicht geprüft: Von den genannten Personen werden 76 % gefunden, von den Orten 74 %, von den \
         Organisationen 47 %; richtig sind 77, 74 und 54 % der gefundenen (GermEval 2014).",
        "Recognised automatically and not verified: 76 % of the people named are found, 74 % of the places, 47 % of the \
         organisations; 77, 74 and 54 % of what is found are right (GermEval 2014).",
    )
}

/// A value as the reader writes it: `2023-09` is 09.2023 in German.
#[must_use]
pub fn value_name(field: FacetField, name: &str, lang: Lang) -> String {
    match name.split_once('-') {
        Some((year, month)) if field == FacetField::Month => lang.pick(format!("{month}.{year}"), name.to_owned()),
        _ => printable(name),
    }
}

/// At most `most` characters, the last of them `…` where something is cut.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Writes each facet as a block of at most `limit` values.
///
/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, facets: &[Facet], limit: usize, view: &View) -> Result<()> {
    let theme = &view.theme;
    for facet in facets {
        writeln!(out, "\n{}", theme.paint(theme.headline, title(facet.field, view.lang)))?;
        let short = |field, name: &str| shortened(&value_name(field, name, view.lang), MAX_NAME.min(view.width / 2));
        let shown = facet.values.get(..limit.min(facet.values.len())).unwrap_or_default();
        let rows: Vec<(String, u64)> = shown.iter().map(|(name, count)| (short(facet.field, name), *count)).collect();
        let more = facet.values.len() - shown.len();
        let greatest = rows.first().map_or(0, |row| row.1);
        let counted = |count: u64| number(count as f64, 0, view.lang);
        let digits = counted(greatest.max(facet.without)).chars().count();
        let none = view.lang.pick("ohne Angabe", "not known");
        let names = rows.iter().map(|(name, _)| name.chars().count());
        let names = names.chain((facet.without > 0).then(|| none.chars().count())).max().unwrap_or(0);
        let room = view.width.saturating_sub(names + digits + 6).min(MAX_BAR);
        for (name, count) in &rows {
            let bar = bar(*count as f64, greatest as f64, room);
            writeln!(out, "  {name:<names$}  {:>digits$}  {}", counted(*count), theme.paint(theme.path, &bar))?;
        }
        if more > 0 {
            let rest = view.lang.pick(format!("… und {more} weitere"), format!("… and {more} more"));
            writeln!(out, "  {}", theme.paint(theme.quiet, &rest))?;
        }
        if facet.without > 0 {
            writeln!(
                out,
                "  {}",
                theme.paint(theme.quiet, &format!("{none:<names$}  {:>digits$}", counted(facet.without)))
            )?;
        }
    }
    Ok(())
}

/// Writes a row for each value: `facet,value,articles`; the row of articles without a value has an empty one.
///
/// # Errors
/// When the output cannot be written.
pub fn write_csv(out: &mut dyn Write, facets: &[Facet], limit: usize, raw: bool) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["facet", "value", "articles"])?;
    for facet in facets {
        for (name, count) in facet.values.iter().take(limit) {
            csv.write_record([facet.field.name(), &cell(&printable(name), raw), &count.to_string()])?;
        }
        if facet.without > 0 {
            csv.write_record([facet.field.name(), "", &facet.without.to_string()])?;
        }
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;

    fn facet() -> Facet {
        let values =
            vec![("Norderfehner Bote".to_owned(), 1200), ("Die Warte\u{1b}".to_owned(), 300), ("nda".into(), 1)];
        Facet { field: FacetField::Source, values, without: 7 }
    }

    #[test]
    fn values_are_listed_with_bars_and_the_rest_is_counted() {
        let view = View {
            width: 60,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        let mut out = Vec::new();
        write(&mut out, &[facet()], 2, &view).expect("written");
        let lines = [
            "",
            "Quelle",
            "  Norderfehner Bote  1.200  ██████████████████████████████",
            "  Die Warte\u{fffd}           300  ███████▌",
            "  … und 1 weitere",
            "  ohne Angabe            7",
        ];
        assert_eq!(String::from_utf8_lossy(&out).lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn rows_have_no_control_characters() {
        let mut out = Vec::new();
        write_csv(&mut out, &[facet()], 2, false).expect("written");
        let rows = "facet,value,articles\nsource,Norderfehner Bote,1200\nsource,Die Warte\u{fffd},300\nsource,,7\n";
        assert_eq!(String::from_utf8_lossy(&out), rows);
    }

    #[test]
    fn months_are_written_as_the_reader_writes_them() {
        assert_eq!(value_name(FacetField::Month, "2023-09", Lang::De), "09.2023");
        assert_eq!(value_name(FacetField::Month, "2023-09", Lang::En), "2023-09");
        assert_eq!(value_name(FacetField::Source, "taz-Archiv", Lang::De), "taz-Archiv");
        assert_eq!((shortened("Munition", 8), shortened("Munition", 5)), ("Munition".into(), "Muni…".into()));
    }
}
