//! Queries through time: columns of block characters one below the other, CSV and JSON.

use crate::counts::PeriodOut;
use crate::escape::printable;
use crate::numbers::{number, plural};
use crate::table;
use crate::timeline::{label, unit_plural};
use crate::view::View;
use findbuch_engine::timeline::{Line, Period, Trend, Unit};
use serde::Serialize;
use std::io::{Result, Write};

const SCHEMA: &str = "findbuch.trend/1";
/// Lines of a chart.
const LINES: usize = 3;
/// A column filled to so many eighths of a line.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Widest column of a chart, in columns of the terminal.
const MAX_CELL: usize = 6;

/// Writes a small chart for each query, all of them to the same scale.
///
/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, trend: &Trend, relative: bool, view: &View) -> Result<()> {
    let (theme, lang) = (&view.theme, view.lang);
    let room = view.width.saturating_sub(2).max(10);
    let mut shown = trend.clone();
    while shown.len() > room {
        let Some(coarser) = shown.coarser() else { break };
        shown = coarser;
    }
    let together = shown.len().div_ceil(room).max(1);
    let value = |period: &Period| if relative { period.per_thousand() } else { period.articles as f64 };
    let lines: Vec<(&Line, Vec<Period>)> =
        shown.series.iter().map(|line| (line, joined(&line.periods, together))).collect();
    let greatest = lines.iter().flat_map(|(_, periods)| periods.iter().map(value)).fold(0.0, f64::max);
    for (at, (line, periods)) in lines.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(
            out,
            "{}{}",
            theme.paint(theme.headline, &printable(&line.query)),
            head(line, periods, shown.unit, relative, view)
        )?;
        for row in columns(periods, greatest, room, value).iter().filter(|row| !row.trim().is_empty()) {
            writeln!(out, "  {}", theme.paint(theme.path, row.trim_end()))?;
        }
    }
    let Some((_, periods)) = lines.first() else { return Ok(()) };
    if let (Some(first), Some(last)) = (periods.first(), shown.series.first().and_then(|line| line.periods.last())) {
        let (first, last) = (label(shown.unit, first.first, lang), label(shown.unit, last.first, lang));
        let width = cell(periods.len(), room) * periods.len();
        let names = if periods.len() == 1 {
            first
        } else {
            format!("{first}{last:>0$}", width.saturating_sub(first.len()).max(last.len() + 2))
        };
        writeln!(out, "  {}", theme.paint(theme.quiet, &names))?;
        let unit = unit_plural(shown.unit, lang);
        let full = number(greatest, usize::from(relative), lang);
        let each = if together > 1 {
            lang.pick(format!("je {together} {unit}"), format!("{together} {unit} each"))
        } else {
            unit.to_owned()
        };
        let scale = if relative {
            lang.pick(
                format!("{each}; volle Höhe: {full} je 1000 Artikel"),
                format!("{each}; full height: {full} per thousand articles"),
            )
        } else {
            lang.pick(format!("{each}; volle Höhe: {full} Treffer"), format!("{each}; full height: {full} hits"))
        };
        writeln!(out, "  {}", theme.paint(theme.quiet, &scale))?;
    }
    Ok(())
}

/// ` · 65 Treffer, am meisten 09.2023: 12`
fn head(line: &Line, periods: &[Period], unit: Unit, relative: bool, view: &View) -> String {
    let lang = view.lang;
    let total = number(line.total as f64, 0, lang);
    let hits = plural(line.total, "hit", "hits");
    let mut head = lang.pick(format!(" · {total} Treffer"), format!(" · {total} {hits}"));
    let value = |period: &Period| if relative { period.per_thousand() } else { period.articles as f64 };
    // the first of equals
    let most = periods.iter().rev().max_by(|a, b| value(a).total_cmp(&value(b))).filter(|most| most.articles > 0);
    if let Some(most) = most {
        let (when, how) = (label(unit, most.first, lang), number(value(most), usize::from(relative), lang));
        head.push_str(&lang.pick(format!(", am meisten {when}: {how}"), format!(", most in {when}: {how}")));
    }
    if line.undated > 0 {
        head.push_str(&lang.pick(format!(", {} ohne Datum", line.undated), format!(", {} undated", line.undated)));
    }
    view.theme.paint(view.theme.quiet, &head)
}

/// The columns of the terminal that a period has.
fn cell(periods: usize, room: usize) -> usize {
    (room / periods.max(1)).clamp(1, MAX_CELL)
}

/// The sums of so many neighbouring periods each.
fn joined(periods: &[Period], together: usize) -> Vec<Period> {
    let sum = |chunk: &[Period], of: fn(&Period) -> u64| chunk.iter().map(of).sum();
    let chunks = periods.chunks(together).filter_map(|chunk| {
        let (articles, all) = (sum(chunk, |p| p.articles), sum(chunk, |p| p.all));
        Some(Period { first: chunk.first()?.first, articles, all })
    });
    chunks.collect()
}

/// The lines of a chart from the top; a period without hits is a dot.
fn columns(periods: &[Period], greatest: f64, room: usize, value: impl Fn(&Period) -> f64) -> Vec<String> {
    let cell = cell(periods.len(), room);
    let width = if cell > 2 { cell - 1 } else { cell };
    let steps = LINES * 8;
    let height = |period: &Period| {
        let eighths = if greatest > 0.0 { (value(period) / greatest * steps as f64).round() } else { 0.0 };
        (0..=steps).rev().find(|step| *step as f64 <= eighths).unwrap_or(0).max(usize::from(value(period) > 0.0))
    };
    (0..LINES)
        .rev()
        .map(|line| {
            let column = |period: &Period| {
                let filled = height(period).saturating_sub(line * 8).min(8);
                let block = match EIGHTHS.get(filled) {
                    Some(block) if filled > 0 => *block,
                    _ if line == 0 => '·',
                    _ => ' ',
                };
                let body: String = std::iter::repeat_n(block, if block == '·' { 1 } else { width }).collect();
                format!("{body:<cell$}")
            };
            periods.iter().map(column).collect()
        })
        .collect()
}

/// Writes a row for each query and period: `query,period,articles,all,per_thousand`.
///
/// # Errors
/// When the output cannot be written.
pub fn write_csv(out: &mut dyn Write, trend: &Trend) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["query", "period", "articles", "all", "per_thousand"])?;
    for line in &trend.series {
        for period in &line.periods {
            csv.write_record([
                table::cell(&printable(&line.query), false).into_owned(),
                trend.unit.name(period.first),
                period.articles.to_string(),
                period.all.to_string(),
                format!("{:.3}", period.per_thousand()),
            ])?;
        }
    }
    csv.flush()
}

#[derive(Serialize)]
struct TrendOut<'a> {
    schema: &'static str,
    unit: &'static str,
    queries: Vec<LineOut<'a>>,
}

#[derive(Serialize)]
struct LineOut<'a> {
    query: &'a str,
    total: u64,
    undated: u64,
    periods: Vec<PeriodOut>,
}

/// Writes all as one object.
///
/// # Errors
/// When the output cannot be written.
pub fn write_json(out: &mut dyn Write, trend: &Trend) -> Result<()> {
    let line = |line: &'_ Line| line.periods.iter().map(|period| PeriodOut::of(trend.unit, period)).collect();
    let queries = trend
        .series
        .iter()
        .map(|of| LineOut { query: &of.query, total: of.total, undated: of.undated, periods: line(of) })
        .collect();
    serde_json::to_writer(&mut *out, &TrendOut { schema: SCHEMA, unit: trend.unit.english_name(), queries })?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn periods(counts: &[u64]) -> Vec<Period> {
        (2000i16..)
            .zip(counts)
            .map(|(year, count)| Period { first: date(year, 1, 1), articles: *count, all: 10 })
            .collect()
    }

    #[test]
    fn columns_are_as_high_as_their_share() {
        for (counts, room, expected) in [
            (&[0, 3, 6][..], 3, ["  █", " ▄█", "·██"]),
            (&[6, 0], 8, ["███     ", "███     ", "███ ·   "]),
            (&[1, 100], 2, [" █", " █", "▁█"]),
        ] {
            let greatest = counts.iter().copied().max().unwrap_or(0) as f64;
            assert_eq!(columns(&periods(counts), greatest, room, |p| p.articles as f64), expected, "{counts:?}");
        }
    }

    #[test]
    fn years_that_share_a_column_are_summed() {
        let joined = joined(&periods(&[1, 2, 3]), 2);
        assert_eq!(
            joined.iter().map(|p| (p.first.year(), p.articles, p.all)).collect::<Vec<_>>(),
            [(2000, 3, 20), (2002, 3, 10)]
        );
    }
}
