//! A timeline as bars in a terminal and as CSV.

use crate::bars::bar;
use crate::numbers::number;
use crate::view::View;
use crate::wrap::wrap;
use findbuch_engine::timeline::{Period, Timeline, Unit};
use findbuch_query::lang::Lang;
use jiff::civil::Date;
use std::io::{Result, Write};

/// Most rows; longer timelines are shown in a coarser unit.
const MAX_ROWS: usize = 120;
/// Fewest periods without articles that share a row.
const MIN_EMPTY: usize = 4;

/// A row of the chart.
enum Row<'a> {
    Period(&'a Period),
    /// A run of so many periods without articles.
    Gap(usize),
}

/// A period as the reader writes it.
///
/// ```
/// use findbuch_engine::timeline::Unit;
/// use findbuch_query::lang::Lang;
/// use findbuch_render::timeline::label;
/// use jiff::civil::date;
///
/// assert_eq!(label(Unit::Day, date(2023, 9, 12), Lang::De), "12.09.2023");
/// assert_eq!(label(Unit::Month, date(2023, 9, 1), Lang::De), "09.2023");
/// assert_eq!(label(Unit::Month, date(2023, 9, 1), Lang::En), "2023-09");
/// ```
#[must_use]
pub fn label(unit: Unit, first: Date, lang: Lang) -> String {
    let (year, month, day) = (first.year(), first.month(), first.day());
    match (unit, lang) {
        (Unit::Day, Lang::De) => format!("{day:02}.{month:02}.{year:04}"),
        (Unit::Month, Lang::De) => format!("{month:02}.{year:04}"),
        _ => unit.name(first),
    }
}

/// A period in words: `12.09.2023`, `Mai 2024`, `2023`.
///
/// ```
/// use findbuch_engine::timeline::Unit;
/// use findbuch_query::lang::Lang;
/// use findbuch_render::timeline::named;
/// use jiff::civil::date;
///
/// assert_eq!(named(Unit::Month, date(2024, 3, 1), Lang::De), "März 2024");
/// assert_eq!(named(Unit::Month, date(2024, 3, 1), Lang::En), "March 2024");
/// assert_eq!(named(Unit::Year, date(2024, 3, 1), Lang::De), "2024");
/// ```
#[must_use]
pub fn named(unit: Unit, first: Date, lang: Lang) -> String {
    let names = lang.pick(GERMAN_MONTHS, ENGLISH_MONTHS);
    match (unit, usize::try_from(first.month() - 1).ok().and_then(|at| names.get(at))) {
        (Unit::Month, Some(month)) => format!("{month} {:04}", first.year()),
        _ => label(unit, first, lang),
    }
}

const GERMAN_MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `Tage`, `Monate`, `Jahre`
pub(crate) fn unit_plural(unit: Unit, lang: Lang) -> &'static str {
    match unit {
        Unit::Day => lang.pick("Tage", "days"),
        Unit::Month => lang.pick("Monate", "months"),
        Unit::Year => lang.pick("Jahre", "years"),
    }
}

/// `Tagen`, `Monaten`, `Jahren`, as they stand behind `nach`.
pub(crate) fn unit_dative(unit: Unit, lang: Lang) -> &'static str {
    match unit {
        Unit::Day => lang.pick("Tagen", unit.english_name()),
        Unit::Month => lang.pick("Monaten", unit.english_name()),
        Unit::Year => lang.pick("Jahren", unit.english_name()),
    }
}

/// The rows of the periods; long runs of empty ones share a row.
fn rows(periods: &[Period]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for run in periods.chunk_by(|a, b| (a.articles == 0) == (b.articles == 0)) {
        match run.first() {
            Some(first) if first.articles == 0 && run.len() >= MIN_EMPTY => rows.push(Row::Gap(run.len())),
            _ => rows.extend(run.iter().map(Row::Period)),
        }
    }
    rows
}

/// Writes a bar for each period, scaled to the greatest.
///
/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, timeline: &Timeline, relative: bool, view: &View) -> Result<()> {
    let (theme, lang) = (&view.theme, view.lang);
    let mut shown = timeline.clone();
    while rows(&shown.periods).len() > MAX_ROWS {
        let Some(coarser) = shown.coarser() else { break };
        shown = coarser;
    }
    writeln!(out)?;
    if shown.unit != timeline.asked {
        let (asked, unit) = (unit_plural(timeline.asked, lang), unit_plural(shown.unit, lang));
        let notice = lang.pick(
            format!("Für {asked} ist die Zeit zu lang; gezeigt werden {unit}. Alle {asked} gibt --format csv."),
            format!("the time is too long for {asked}; {unit} are shown. --format csv gives all {asked}"),
        );
        writeln!(out, "{}", theme.paint(theme.notice, &wrap(&notice, view.width, "", "")))?;
    }
    if relative {
        let scale = lang.pick("Treffer je 1000 Artikel der Zeit", "hits per thousand articles of the time");
        writeln!(out, "{}", theme.paint(theme.quiet, scale))?;
    }
    let value = |period: &Period| if relative { period.per_thousand() } else { period.articles as f64 };
    let shown_value = |period: &Period| number(value(period), usize::from(relative), lang);
    let greatest = shown.periods.iter().map(value).fold(0.0, f64::max);
    let labels = shown.periods.first().map_or(0, |period| label(shown.unit, period.first, lang).len());
    let digits = shown.periods.iter().map(|period| shown_value(period).len()).max().unwrap_or(1);
    let counted = |count: u64| number(count as f64, 0, lang);
    let of =
        |period: &Period| lang.pick("von", "of").len() + counted(period.articles).len() + counted(period.all).len() + 2;
    let parts = if relative { shown.periods.iter().map(of).max().unwrap_or(0) + 2 } else { 0 };
    let room = view.width.saturating_sub(labels + digits + parts + 4).max(8);
    for row in rows(&shown.periods) {
        match row {
            Row::Period(period) => {
                let bar = bar(value(period), greatest, room);
                let rest = if relative {
                    let (some, all) = (counted(period.articles), counted(period.all));
                    theme.paint(theme.quiet, &format!("  {some} {} {all}", lang.pick("von", "of")))
                } else {
                    String::new()
                };
                let label = label(shown.unit, period.first, lang);
                let gap = if bar.is_empty() { "" } else { "  " };
                writeln!(out, "{label}  {:>digits$}{rest}{gap}{}", shown_value(period), theme.paint(theme.path, &bar))?;
            }
            Row::Gap(count) => {
                let unit = unit_plural(shown.unit, lang);
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

/// Writes a row for each period, also for empty ones: `period,articles,all,per_thousand`.
///
/// # Errors
/// When the output cannot be written.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_engine::Days;
    use findbuch_engine::timeline::MAX_PERIODS;

    /// Months from January 1970 on, with so many articles each, of ten in the archive.
    fn timeline(articles: &[u64]) -> Timeline {
        let (mut found, mut all) = (Days::default(), Days::default());
        for (at, count) in articles.iter().enumerate() {
            let day = i64::try_from(at).expect("few") * 31;
            (0..*count).for_each(|_| found.add(Some(day)));
            (0..10).for_each(|_| all.add(Some(day)));
        }
        found.add(None);
        Timeline::of(&found, &all, Unit::Month, MAX_PERIODS)
    }

    fn written(timeline: &Timeline, relative: bool) -> Vec<String> {
        let view = View {
            width: 40,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        let mut out = Vec::new();
        write(&mut out, timeline, relative, &view).expect("written");
        String::from_utf8(out).expect("UTF-8").lines().map(str::to_owned).collect()
    }

    #[test]
    fn long_gaps_share_a_row() {
        let lines = written(&timeline(&[2, 0, 1, 0, 0, 0, 0, 4]), false);
        assert_eq!(lines[1..3], ["01.1970  2  ██████████████", "02.1970  0"]);
        assert_eq!(
            lines[4..],
            ["… 4 Monate ohne Treffer", "08.1970  4  ████████████████████████████", "ohne Datum: 1"]
        );
    }

    #[test]
    fn relative_rows_name_both_counts() {
        let lines = written(&timeline(&[2, 4]), true);
        assert_eq!(lines[1], "Treffer je 1000 Artikel der Zeit");
        assert!(lines[2].starts_with("01.1970  200,0  2 von 10  "), "{}", lines[2]);
    }
}
