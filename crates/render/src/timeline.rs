//! A timeline as bars in a terminal and as CSV.

use super::bars::bar;
use super::text::wrap;
use super::{View, number};
use findbuch_engine::timeline::{Period, Timeline, Unit};
use findbuch_query::lang::Lang;
use jiff::civil::Date;
use std::io::{Result, Write};

/// Most lines; longer timelines are shown in a coarser unit.
const MAX_LINES: usize = 120;
/// Fewest periods without articles that share a line.
const MIN_EMPTY: usize = 4;

/// A line of the timeline.
enum Line<'a> {
    Period(&'a Period),
    /// So many periods without articles.
    Empty(usize),
}

/// A period as the reader writes it: `12.09.2023`, `09.2023`, `2023`.
#[must_use]
pub fn label(unit: Unit, first: Date, lang: Lang) -> String {
    let (year, month, day) = (first.year(), first.month(), first.day());
    match (unit, lang) {
        (Unit::Day, Lang::De) => format!("{day:02}.{month:02}.{year:04}"),
        (Unit::Month, Lang::De) => format!("{month:02}.{year:04}"),
        _ => unit.name(first),
    }
}

/// `Tage`, `Monate`, `Jahre`
pub(super) fn plural(unit: Unit, lang: Lang) -> &'static str {
    match unit {
        Unit::Day => lang.pick("Tage", "days"),
        Unit::Month => lang.pick("Monate", "months"),
        Unit::Year => lang.pick("Jahre", "years"),
    }
}

/// `Tagen`, `Monaten`, `Jahren`
pub(super) fn each(unit: Unit, lang: Lang) -> &'static str {
    match unit {
        Unit::Day => lang.pick("Tagen", unit.english_name()),
        Unit::Month => lang.pick("Monaten", unit.english_name()),
        Unit::Year => lang.pick("Jahren", unit.english_name()),
    }
}

/// Lines of the periods, long runs of empty ones as one.
fn lines(periods: &[Period]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for run in periods.chunk_by(|a, b| (a.articles == 0) == (b.articles == 0)) {
        match run.first() {
            Some(first) if first.articles == 0 && run.len() >= MIN_EMPTY => lines.push(Line::Empty(run.len())),
            _ => lines.extend(run.iter().map(Line::Period)),
        }
    }
    lines
}

/// Writes a bar for each period, scaled to the greatest.
///
/// # Errors
/// What the output says.
pub fn write(out: &mut dyn Write, timeline: &Timeline, relative: bool, view: &View) -> Result<()> {
    let (theme, lang) = (&view.theme, view.lang);
    let mut shown = timeline.clone();
    while lines(&shown.periods).len() > MAX_LINES {
        let Some(coarser) = shown.coarser() else { break };
        shown = coarser;
    }
    writeln!(out)?;
    if shown.unit != timeline.asked {
        let (asked, unit) = (plural(timeline.asked, lang), plural(shown.unit, lang));
        let said = lang.pick(
            format!("Für {asked} ist die Zeit zu lang; gezeigt werden {unit}. Alle {asked} gibt --format csv."),
            format!("the time is too long for {asked}; {unit} are shown. --format csv gives all {asked}"),
        );
        writeln!(out, "{}", theme.paint(theme.notice, &wrap(&said, view.width, "", "")))?;
    }
    if relative {
        let said = lang.pick("Treffer je 1000 Artikel der Zeit", "hits per thousand articles of the time");
        writeln!(out, "{}", theme.paint(theme.quiet, said))?;
    }
    let value = |period: &Period| if relative { period.per_thousand() } else { period.articles as f64 };
    let told = |period: &Period| number(value(period), usize::from(relative), lang);
    let greatest = shown.periods.iter().map(value).fold(0.0, f64::max);
    let labels = shown.periods.first().map_or(0, |period| label(shown.unit, period.first, lang).len());
    let digits = shown.periods.iter().map(|period| told(period).len()).max().unwrap_or(1);
    let counted = |count: u64| number(count as f64, 0, lang);
    let of =
        |period: &Period| lang.pick("von", "of").len() + counted(period.articles).len() + counted(period.all).len() + 2;
    let parts = if relative { shown.periods.iter().map(of).max().unwrap_or(0) + 2 } else { 0 };
    let room = view.width.saturating_sub(labels + digits + parts + 4).max(8);
    for line in lines(&shown.periods) {
        match line {
            Line::Period(period) => {
                let bar = bar(value(period), greatest, room);
                let rest = if relative {
                    let (some, all) = (counted(period.articles), counted(period.all));
                    theme.paint(theme.quiet, &format!("  {some} {} {all}", lang.pick("von", "of")))
                } else {
                    String::new()
                };
                let label = label(shown.unit, period.first, lang);
                let gap = if bar.is_empty() { "" } else { "  " };
                writeln!(out, "{label}  {:>digits$}{rest}{gap}{}", told(period), theme.paint(theme.path, &bar))?;
            }
            Line::Empty(count) => {
                let unit = plural(shown.unit, lang);
                let text =
                    lang.pick(format!("… {count} {unit} ohne Treffer"), format!("… {count} {unit} without hits"));
                writeln!(out, "{}", theme.paint(theme.quiet, &text))?;
            }
        }
    }
    if shown.undated > 0 {
        let text = lang.pick(format!("ohne Datum: {}", shown.undated), format!("undated: {}", shown.undated));
        writeln!(out, "{}", theme.paint(theme.quiet, &text))?;
    }
    Ok(())
}

/// Writes a period a row, empty ones too: `period,articles,all,per_thousand`.
///
/// # Errors
/// What the output says.
pub fn write_csv(out: &mut dyn Write, timeline: &Timeline) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["period", "articles", "all", "per_thousand"])?;
    for period in &timeline.periods {
        let share = format!("{:.3}", period.per_thousand());
        csv.write_record([
            timeline.unit.name(period.first),
            period.articles.to_string(),
            period.all.to_string(),
            share,
        ])?;
    }
    csv.flush()
}
