//! Charts as SVG: a timeline in bars, several queries through time in lines with their names at the ends.

use crate::facets::shortened;
use crate::numbers::number;
use crate::svg::{Anchor, Picture};
use crate::timeline::{label, unit_dative};
use askama::Template;
use findbuch_engine::timeline::{MAX_PERIODS, Period, Timeline, Unit};
use findbuch_query::lang::Lang;
use std::io::Result;

const WIDTH: f64 = 860.0;
/// The width on a narrow screen.
const NARROW: f64 = 400.0;
const HEIGHT: f64 = 380.0;
/// The edges of the chart within the picture.
const TOP: f64 = 72.0;
const BOTTOM: f64 = 330.0;
const RIGHT: f64 = 836.0;
/// The average width of a character in pixels; the server has no font to measure with.
const CHARACTER: f64 = 7.6;
/// Most bars; more would be thinner than two pixels.
const MAX_BARS: usize = 380;
/// Longest title, and longest name at the end of a line, in characters.
const MAX_TITLE: usize = 70;
const MAX_LABEL: usize = 24;
/// Least pixels between the names at the ends of lines.
const LABEL_GAP: f64 = 17.0;

/// The vertical axis: its greatest value, the step of the levels, and their decimals.
struct Scale {
    top: f64,
    step: f64,
    decimals: usize,
}

impl Scale {
    /// A scale with three to six levels at 1, 2 or 5 times a power of ten; of whole numbers the levels are whole.
    fn of(greatest: f64, whole: bool) -> Scale {
        let greatest = if greatest > 0.0 && greatest.is_finite() { greatest } else { 1.0 };
        let power = 10f64.powf((greatest / 5.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| greatest / step <= 5.0);
        let step = step.unwrap_or(greatest).max(if whole { 1.0 } else { 0.0 });
        let decimals = (0u8..9).find(|digits| step * 10f64.powi(i32::from(*digits)) >= 0.999).unwrap_or(9);
        Scale { top: (greatest / step).ceil() * step, step, decimals: decimals.into() }
    }

    fn levels(&self) -> impl Iterator<Item = f64> + '_ {
        (0u8..=10).map(|at| f64::from(at) * self.step).take_while(|level| *level <= self.top * 1.001)
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (value / self.top).min(1.0) * (BOTTOM - TOP)
    }
}

/// Draws title and levels; returns the chart's left edge.
fn frame(picture: &mut Picture, scale: &Scale, title: &str, (subtitle, right): (&str, f64), lang: Lang) -> f64 {
    picture.text((24.0, 30.0), Anchor::Start, "title", title);
    picture.text((24.0, 52.0), Anchor::Start, "quiet", subtitle);
    let names: Vec<(f64, String)> = scale.levels().map(|level| (level, number(level, scale.decimals, lang))).collect();
    let widest = names.iter().map(|(_, name)| name.chars().count()).max().unwrap_or(1);
    let left = 24.0 + widest as f64 * CHARACTER + 8.0;
    for (level, name) in names {
        let y = scale.y(level);
        picture.text((left - 8.0, y + 4.5), Anchor::End, "quiet", &name);
        picture.level(y, left, right);
    }
    left
}

/// Names as many of the periods as there is room for; `x` is the middle of one.
fn name_periods(
    picture: &mut Picture,
    unit: Unit,
    periods: &[Period],
    lang: Lang,
    room: f64,
    x: impl Fn(usize) -> f64,
) {
    let Some(first) = periods.first() else { return };
    let width = label(unit, first.first, lang).chars().count() as f64 * CHARACTER + 22.0;
    let most = (1..=MAX_BARS).take_while(|count| *count as f64 * width <= room).last().unwrap_or(1);
    // only steps that a reader can count in
    let steps: &[usize] =
        if unit == Unit::Month { &[1, 2, 3, 6, 12, 24, 60, 120] } else { &[1, 2, 5, 10, 20, 50, 100] };
    let needed = periods.len().div_ceil(most);
    let step = steps.iter().copied().find(|step| *step >= needed).unwrap_or(needed).max(1);
    // round years and Januaries are named where that is possible
    let number = |period: &Period| match unit {
        Unit::Year => usize::try_from(period.first.year()).unwrap_or(0),
        Unit::Month => {
            usize::try_from(i32::from(period.first.year()) * 12 + i32::from(period.first.month()) - 1).unwrap_or(0)
        }
        Unit::Day => 0,
    };
    let round = periods.iter().take(step).position(|period| number(period) % step == 0).unwrap_or(0);
    for (at, period) in periods.iter().enumerate().skip(round).step_by(step) {
        picture.tick(x(at), BOTTOM);
        picture.text((x(at), BOTTOM + 20.0), Anchor::Middle, "quiet", &label(unit, period.first, lang));
    }
}

/// `Treffer nach Monaten`, `Treffer je 1000 Artikel, nach Monaten`
fn subtitle(unit: Unit, relative: bool, lang: Lang) -> String {
    let unit = unit_dative(unit, lang);
    if relative {
        lang.pick(format!("Treffer je 1000 Artikel, nach {unit}"), format!("hits per thousand articles, by {unit}"))
    } else {
        lang.pick(format!("Treffer nach {unit}"), format!("hits by {unit}"))
    }
}

fn value(period: &Period, relative: bool) -> f64 {
    if relative { period.per_thousand() } else { period.articles as f64 }
}

/// A timeline in bars; in a coarser unit where they would be too thin.
///
/// # Errors
/// When the template cannot be filled.
pub fn timeline(timeline: &Timeline, relative: bool, query: &str, lang: Lang) -> Result<String> {
    let mut shown = timeline.clone();
    while shown.periods.len() > MAX_BARS {
        let Some(coarser) = shown.coarser() else { break };
        shown = coarser;
    }
    let periods = &shown.periods;
    let scale = Scale::of(periods.iter().map(|period| value(period, relative)).fold(0.0, f64::max), !relative);
    let subtitle = subtitle(shown.unit, relative, lang);
    let mut picture = Picture::new(WIDTH, HEIGHT, &format!("{query} – {subtitle}"));
    let title = shortened(query, MAX_TITLE);
    let left = frame(&mut picture, &scale, &title, (&subtitle, RIGHT), lang);
    let slot = (RIGHT - left) / periods.len().max(1) as f64;
    let width = (slot * 0.8).min(56.0);
    let middle = |at: usize| left + (at as f64 + 0.5) * slot;
    for (at, period) in periods.iter().enumerate().filter(|(_, period)| period.articles > 0) {
        let y = scale.y(value(period, relative));
        let shown_value = number(value(period, relative), usize::from(relative), lang);
        let title = format!("{}: {shown_value}", label(shown.unit, period.first, lang));
        picture.bar((middle(at) - width / 2.0, y), (width, BOTTOM - y), &title);
    }
    name_periods(&mut picture, shown.unit, periods, lang, RIGHT - left, middle);
    Ok(picture.render()?)
}

/// A line for each of several queries through the same periods.
///
/// ```
/// use findbuch_engine::timeline::{Period, Unit};
/// use findbuch_query::lang::Lang;
/// use findbuch_render::chart;
/// use jiff::civil::date;
///
/// let periods = vec![
///     Period { first: date(2023, 1, 1), articles: 3, all: 40 },
///     Period { first: date(2024, 1, 1), articles: 9, all: 60 },
/// ];
/// let svg = chart::lines(&[("Deich".into(), periods)], Unit::Year, false, Lang::De)?;
/// assert!(svg.contains("<title>Deich – Treffer nach Jahren</title>"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When the template cannot be filled.
pub fn lines(queries: &[(String, Vec<Period>)], unit: Unit, relative: bool, lang: Lang) -> Result<String> {
    lines_of(WIDTH, queries, unit, relative, lang)
}

/// The same as [`lines`], as wide as the screen of a telephone.
///
/// # Errors
/// When the template cannot be filled.
pub fn narrow_lines(queries: &[(String, Vec<Period>)], unit: Unit, relative: bool, lang: Lang) -> Result<String> {
    lines_of(NARROW, queries, unit, relative, lang)
}

fn lines_of(width: f64, queries: &[(String, Vec<Period>)], unit: Unit, relative: bool, lang: Lang) -> Result<String> {
    let values = queries.iter().flat_map(|(_, periods)| periods.iter().map(|period| value(period, relative)));
    let scale = Scale::of(values.fold(0.0, f64::max), !relative);
    let (longest, title) = if width < WIDTH { (MAX_LABEL / 2, MAX_TITLE / 2) } else { (MAX_LABEL, MAX_TITLE) };
    let names: Vec<String> = queries.iter().map(|(name, _)| shortened(name, longest)).collect();
    let subtitle = subtitle(unit, relative, lang);
    let mut picture = Picture::new(width, HEIGHT, &format!("{} – {subtitle}", names.join(", ")));
    let title = shortened(&names.join(" · "), title);
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0) as f64 * (CHARACTER + 0.6) + 12.0;
    let right = width - (WIDTH - RIGHT) - widest;
    let left = frame(&mut picture, &scale, &title, (&subtitle, right), lang);
    let count = queries.first().map_or(0, |(_, periods)| periods.len());
    let step = if count > 1 { (right - left - 10.0) / (count - 1) as f64 } else { 0.0 };
    let x = |at: usize| left + 5.0 + at as f64 * step;
    let mut ends = Vec::new();
    for (colour, (_, periods)) in queries.iter().enumerate() {
        let points: Vec<(f64, f64)> =
            periods.iter().take(MAX_PERIODS).enumerate().map(|(at, p)| (x(at), scale.y(value(p, relative)))).collect();
        picture.line(&points, colour);
        ends.extend(points.last().map(|(_, y)| (*y, colour)));
    }
    for ((y, colour), name) in spread(ends).into_iter().filter_map(|end| Some((end, names.get(end.1)?))) {
        picture.label((x(count.saturating_sub(1)) + 10.0, y + 4.5), colour, name);
    }
    if let Some((_, periods)) = queries.first() {
        name_periods(&mut picture, unit, periods, lang, right - left, x);
    }
    Ok(picture.render()?)
}

/// Spreads the names at the ends of lines so that none covers another; they stay in the order of the ends.
fn spread(mut ends: Vec<(f64, usize)>) -> Vec<(f64, usize)> {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut above = f64::MIN;
    for (y, _) in &mut ends {
        *y = y.max(above + LABEL_GAP);
        above = *y;
    }
    let mut below = BOTTOM + LABEL_GAP;
    for (y, _) in ends.iter_mut().rev() {
        *y = y.min(below - LABEL_GAP);
        below = *y;
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn levels_are_round() {
        for (greatest, whole, expected) in [
            (1.0, true, vec![0.0, 1.0]),
            (12.0, true, vec![0.0, 5.0, 10.0, 15.0]),
            (97.0, true, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (0.0, true, vec![0.0, 1.0]),
        ] {
            assert_eq!(Scale::of(greatest, whole).levels().collect::<Vec<_>>(), expected, "{greatest}");
        }
    }

    proptest! {
        #[test]
        fn the_greatest_has_room(greatest in 0.001f64..1e9, whole in any::<bool>()) {
            let scale = Scale::of(greatest, whole);
            prop_assert!(scale.top >= greatest * 0.999_999 && scale.levels().count() <= 7);
            prop_assert!(scale.y(greatest) >= TOP - 0.01);
        }

        #[test]
        fn names_do_not_cover_each_other(ends in proptest::collection::vec(TOP..BOTTOM, 0..7)) {
            let placed = spread(ends.into_iter().zip(0..).collect());
            prop_assert!(placed.windows(2).all(|pair| pair[1].0 - pair[0].0 > 16.9));
            prop_assert!(placed.iter().all(|(y, _)| (TOP - 1.0..BOTTOM + 1.0).contains(y)));
        }
    }
}
