//! Keyword in context: lines aligned on the hit in the columns of a terminal, or rows for other programs.

use crate::escape::printable;
use crate::table::{write_cells, write_record};
use crate::view::View;
use findbuch_article::Article;
use findbuch_engine::text::kwic::Line;
use std::io::{Result, Write};
use textwrap::core::display_width;
use unicode_segmentation::UnicodeSegmentation;

/// The narrowest view whose lines begin with the date, and the narrowest whose lines have the source as well.
const WITH_DATE: usize = 80;
const WITH_SOURCE: usize = 120;
/// Columns of a source.
const SOURCE: usize = 18;
/// A hit has at most one in so many of a line's columns.
const HIT_SHARE: usize = 2;

/// The article that lines are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSource {
    /// Rank of the article in the result, from 1.
    pub rank: usize,
    /// Its id.
    pub id: String,
    /// Its date, ISO 8601; empty if it has none.
    pub date: String,
    /// The same as the reader writes it.
    pub day: String,
    /// The publication; empty if it is not known.
    pub source: String,
    /// The file as it is shown, with the record.
    pub path: String,
}

impl LineSource {
    /// The facts of an article that stand beside its lines.
    #[must_use]
    pub fn of(rank: usize, article: &Article, view: &View) -> LineSource {
        LineSource {
            rank,
            id: printable(&article.id),
            date: article.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default(),
            day: article.date.as_ref().map(|date| view.day(&date.value)).unwrap_or_default(),
            source: article.source.as_deref().map(printable).unwrap_or_default(),
            path: view.location(&article.path, article.record),
        }
    }
}

/// Writes a line in the view's width, the hit always in the same column.
///
/// # Errors
/// When the output cannot be written.
pub fn write_line(out: &mut dyn Write, line: &Line, source: &LineSource, view: &View) -> Result<()> {
    let mut head = format!("{:>4}  ", source.rank);
    if view.width >= WITH_DATE {
        head = format!("{head}{:<10}  ", source.day);
    }
    if view.width >= WITH_SOURCE {
        let name = first_columns(&source.source, SOURCE);
        let gap = SOURCE.saturating_sub(display_width(&name)) + 2;
        head.push_str(&name);
        head.push_str(&" ".repeat(gap));
    }
    let theme = &view.theme;
    let room = view.width.saturating_sub(display_width(&head)).max(20);
    let hit = both_ends(&printable(&line.hit), room / HIT_SHARE);
    let marked = theme.marked(&hit, &[[0, hit.chars().count()]], anstyle::Style::new());
    // the asterisks of a view without colours need columns as well
    let signs = if theme.paint(theme.mark, "x") == "x" { 2 } else { 0 };
    let side = room / 2 - room / 10;
    let left = last_columns(&printable(&line.left), side);
    let rest = room.saturating_sub(side + display_width(&hit) + signs);
    let right = first_columns(&printable(&line.right), rest);
    let gap = " ".repeat(side.saturating_sub(display_width(&left)));
    writeln!(out, "{}{gap}{left}{marked}{right}", theme.paint(theme.quiet, &head))
}

/// Writes the names of the columns.
///
/// # Errors
/// When the output cannot be written.
pub fn write_header(out: &mut dyn Write, delimiter: u8) -> Result<()> {
    write_record(out, delimiter, ["left", "hit", "right", "source", "date", "id", "path", "part", "rank"])
}

/// Writes a line as a row, with a delimiter, raw or safe. `Line` has no tabs and line breaks in its texts, so that a row stays one.
///
/// # Errors
/// When the output cannot be written.
pub fn write_row(out: &mut dyn Write, cells: (u8, bool), line: &Line, source: &LineSource) -> Result<()> {
    let rank = source.rank.to_string();
    let texts = [&line.left, &line.hit, &line.right].map(|text| printable(text));
    let [left, hit, right] = texts.each_ref().map(String::as_str);
    let row = [left, hit, right, &source.source, &source.date, &source.id, &source.path, line.part.field_name(), &rank];
    write_cells(out, cells, &row)
}

/// The beginning of a text that fits into `columns`; where something is cut, the last column is `…`.
fn first_columns(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut width = 1;
    for grapheme in text.graphemes(true) {
        width += display_width(grapheme);
        if width > columns {
            break;
        }
        out.push_str(grapheme);
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

/// The end of a text that fits into `columns`; where something is cut, the first column is `…`.
fn last_columns(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = Vec::new();
    let mut width = 1;
    for grapheme in text.graphemes(true).rev() {
        width += display_width(grapheme);
        if width > columns {
            break;
        }
        kept.push(grapheme);
    }
    let end: String = kept.into_iter().rev().collect();
    if columns > 0 { format!("…{end}") } else { end }
}

/// Beginning and end of a text that fit into `columns`, with `…` in place of what is cut between them.
fn both_ends(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let end = last_columns(text, (columns / 2).max(1));
    let begin = first_columns(text, columns.saturating_sub(display_width(&end)) + 1);
    // whole words where there are spaces
    let end = end.split_once(' ').map_or(end.as_str(), |(_, words)| words);
    let begin = begin.rsplit_once(' ').map_or(begin.trim_end_matches('…'), |(words, _)| words);
    format!("{begin}…{}", end.trim_start_matches('…'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_article::PartKind;
    use findbuch_query::lang::Lang;

    fn shown(left: &str, hit: &str, right: &str, width: usize) -> String {
        let view = View {
            width,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        let line = Line { part: PartKind::Lead, left: left.into(), hit: hit.into(), right: right.into(), mark: 1 };
        let source = LineSource::of(1, &Article { source: Some("Die Warte".into()), ..Article::default() }, &view);
        let mut out = Vec::new();
        write_line(&mut out, &line, &source, &view).expect("written");
        String::from_utf8(out).expect("UTF-8").trim_end_matches('\n').to_owned()
    }

    proptest::proptest! {
        #[test]
        fn hits_are_aligned_and_lines_fit(left in "[a-zäß \u{4e00}\u{301}]{0,90}", right in "[a-z \u{4e00}]{0,90}", width in 40usize..170) {
            let line = shown(&left, "Orgel", &right, width);
            let bare = shown("", "Orgel", "", width);
            let column = |line: &str| line.find("*Orgel*").map(|at| display_width(&line[..at]));
            proptest::prop_assert!(display_width(&line) <= width, "{}", line);
            proptest::prop_assert_eq!(column(&line), column(&bare));
        }
    }

    proptest::proptest! {
        #[test]
        fn a_cut_hit_keeps_its_ends(text in "[a-zäß]{1,6}( [a-zäß\u{4e00}]{1,9}){0,12}", columns in 1usize..60) {
            let cut = both_ends(&text, columns);
            proptest::prop_assert!(display_width(&cut) <= columns, "{}", cut);
            let (begin, end) = cut.split_once('…').unwrap_or((&cut, ""));
            proptest::prop_assert!(text.starts_with(begin) && text.ends_with(end), "{}", cut);
        }
    }

    #[test]
    fn cuts_are_shown() {
        for (text, columns, first, last) in [
            ("Orgel", 5, "Orgel", "Orgel"),
            ("Orgelbau", 5, "Orge…", "…lbau"),
            ("漢字漢字", 5, "漢字…", "…漢字"),
            ("ab", 0, "", ""),
        ] {
            assert_eq!(
                (first_columns(text, columns), last_columns(text, columns)),
                (first.into(), last.into()),
                "{text}"
            );
        }
        let hit = "Munition, von der die Lieferung";
        let line = shown("die ", hit, " wusste", 60);
        assert!(line.contains("*Munition, von…Lieferung* wusste"), "{line}");
    }
}
