//! The timeline above the hits: a bar for each period, each a link that narrows the search to it.

use super::frame::Link;
use crate::address::Address;
use findbuch_engine::Days;
use findbuch_engine::timeline::{Period, Timeline, Unit, fitting};
use findbuch_query::lang::Lang;
use findbuch_render::number;
use findbuch_render::timeline::named;

/// Most bars.
const MAX_BARS: usize = 120;
/// Most bars in the unit that is chosen for the reader.
const COMFORTABLE: usize = 64;
/// Fewest articles for which there is a timeline.
const LEAST: u64 = 4;
/// Fewest articles of a bar of full height, so that a single article does not look like many.
const FULL: f64 = 4.0;
const HEIGHT: f64 = 60.0;
/// Height that a single article among many is seen by.
const LOWEST: f64 = 2.0;

/// The timeline.
#[derive(Debug, Clone)]
pub struct TimelineView {
    /// Width of the drawing: ten for each bar.
    pub width: usize,
    /// The bars.
    pub bars: Vec<Bar>,
    /// First period.
    pub first: String,
    /// Last period.
    pub last: String,
    /// The period with the most articles.
    pub peak: String,
    /// The description for screen readers.
    pub summary: String,
    /// The same in the other count: absolute or per thousand articles.
    pub other: Option<Link>,
    /// The search without its days, to which a script adds those that are dragged over.
    pub address: String,
}

/// A bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: f64,
    /// Height; where there is an article, at least [`LOWEST`] and the more, the more there are.
    pub height: f64,
    /// Where it leads.
    pub href: String,
    /// Its period, as `from` of an address.
    pub from: String,
    /// Its period, as `to` of an address.
    pub to: String,
    /// Period and number.
    pub title: String,
}

/// The timeline of a result; nothing if it has few articles, or all of them in one period.
#[must_use]
pub fn view(days: &Days, all: &Days, address: &Address, lang: Lang) -> Option<TimelineView> {
    let span = days.span()?;
    let unit = address.by.unwrap_or_else(|| fitting(Unit::Day, span, COMFORTABLE));
    let timeline = Timeline::of(days, all, unit, MAX_BARS);
    let mut periods = timeline.periods;
    if timeline.unit == Unit::Year && periods.len() > MAX_BARS {
        // of centuries, the latest years
        periods.drain(..periods.len() - MAX_BARS);
    }
    if periods.len() < 2 || days.total() - days.undated < LEAST {
        return None;
    }
    let (first, last) = (periods.first()?, periods.last()?);
    let relative = address.relative;
    let value = |period: &Period| if relative { period.per_thousand() } else { period.articles as f64 };
    let peak = periods.iter().rev().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    let full = if relative { value(peak) } else { value(peak).max(FULL) };
    let count = |period: &Period| {
        let shown = number(value(period), usize::from(relative), lang);
        if relative { lang.pick(format!("{shown} je 1000"), format!("{shown} per thousand")) } else { shown }
    };
    let unit = timeline.unit;
    let name = |period: &Period| named(unit, period.first, lang);
    let open = address.with(|open| (open.from, open.to) = (String::new(), String::new()));
    let bar = |(at, period): (usize, &Period)| {
        let height = LOWEST + value(period) / full * (HEIGHT - LOWEST);
        let height = if period.articles == 0 { 0.0 } else { (height * 10.0).round() / 10.0 };
        let iso = unit.name(period.first);
        Bar {
            x: at * 10,
            y: HEIGHT - height,
            height,
            href: open.with(|one| (one.from, one.to) = (iso.clone(), iso.clone())).at("/"),
            from: iso.clone(),
            to: iso,
            title: format!("{}: {}", name(period), count(period)),
        }
    };
    let (from, to) = (name(first), name(last));
    let most = format!("{} ({})", name(peak), count(peak));
    Some(TimelineView {
        width: periods.len() * 10,
        bars: periods.iter().enumerate().map(bar).collect(),
        summary: lang.pick(
            format!("Treffer von {from} bis {to}, die meisten {most}"),
            format!("Hits from {from} to {to}, most in {most}"),
        ),
        other: (!address.q.trim().is_empty() || !address.is_open()).then(|| {
            let text = if relative {
                lang.pick("Anzahl", "numbers")
            } else {
                lang.pick("je 1000 Artikel", "per thousand articles")
            };
            Link::new(text, address.with(|other| other.relative = !relative).at("/"))
        }),
        peak: lang.pick(format!("Höchststand: {most}"), format!("peak: {most}")),
        first: from,
        last: to,
        address: open.at("/"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_count_articles_or_their_share_of_the_time() {
        let (mut found, mut all) = (Days::default(), Days::default());
        // January 1970: 4 of 40 articles; February: 2 of 4
        for (day, hits, articles) in [(0, 4, 40), (31, 2, 4)] {
            (0..hits).for_each(|_| found.add(Some(day)));
            (0..articles).for_each(|_| all.add(Some(day)));
        }
        for (relative, heights, peak) in [
            (false, [60.0, 31.0], "Höchststand: Januar 1970 (4)"),
            (true, [13.6, 60.0], "Höchststand: Februar 1970 (500,0 je 1000)"),
        ] {
            let address = Address { q: "Bahn".into(), by: Some(Unit::Month), relative, ..Address::default() };
            let view = view(&found, &all, &address, Lang::De).expect("a timeline");
            assert_eq!(view.bars.iter().map(|bar| bar.height).collect::<Vec<_>>(), heights);
            assert_eq!(view.peak, peak);
            let other = view.other.expect("the other way to count").href;
            assert_eq!(other.contains("relative=1"), !relative, "{other}");
        }
    }
}
