//! Articles through time: how many were published on each day, in each month or year, periods without any being zero.

use findbuch_query::DateRange;
use jiff::civil::Date;
use jiff::{Span, Unit as Calendar};
use std::collections::BTreeMap;

/// Most periods of a timeline; a longer one is given in a coarser unit.
pub const MAX_PERIODS: usize = 100_000;

/// Most queries that are compared through time: more lines cannot be distinguished.
pub const MAX_QUERIES: usize = 6;

/// Length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// A month of the calendar.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// The first day of the period that a day lies in.
    #[must_use]
    pub fn first_of(self, day: Date) -> Date {
        match self {
            Unit::Day => day,
            Unit::Month => day.first_of_month(),
            Unit::Year => day.first_of_year(),
        }
    }

    /// The last day of the period that begins with a day; none where no calendar of four digits has it.
    #[must_use]
    pub fn last_of(self, first: Date) -> Option<Date> {
        self.next(first)?.yesterday().ok()
    }

    /// The unit of a name in JSON.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Unit> {
        [Unit::Day, Unit::Month, Unit::Year].into_iter().find(|unit| unit.english_name() == name)
    }

    /// Its name in JSON.
    #[must_use]
    pub fn english_name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// The next longer one.
    #[must_use]
    pub fn coarser(self) -> Option<Unit> {
        match self {
            Unit::Day => Some(Unit::Month),
            Unit::Month => Some(Unit::Year),
            Unit::Year => None,
        }
    }

    /// A period in ISO 8601: `2023-09-12`, `2023-09`, `2023`.
    #[must_use]
    pub fn name(self, first: Date) -> String {
        match self {
            Unit::Day => first.to_string(),
            Unit::Month => format!("{:04}-{:02}", first.year(), first.month()),
            Unit::Year => format!("{:04}", first.year()),
        }
    }

    /// The days of a period by its [`Unit::name`]; nothing of what is no such name.
    #[must_use]
    pub fn days_of(self, name: &str) -> Option<DateRange> {
        let first = match self {
            Unit::Day => name.parse::<Date>(),
            Unit::Month => format!("{name}-01").parse(),
            Unit::Year => format!("{name}-01-01").parse(),
        };
        let first = first.ok()?;
        Some(DateRange { from: Some(first), until: Some(self.last_of(first)?) })
    }

    fn next(self, first: Date) -> Option<Date> {
        let step = match self {
            Unit::Day => Span::new().days(1),
            Unit::Month => Span::new().months(1),
            Unit::Year => Span::new().years(1),
        };
        first.checked_add(step).ok()
    }

    /// Number of periods from the one that `first` lies in to that of `last`.
    #[must_use]
    pub fn periods(self, first: Date, last: Date) -> usize {
        let (first, last) = (self.first_of(first), self.first_of(last));
        let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
        let count = match self {
            Unit::Day => first.until((Calendar::Day, last)).map_or(0, |span| i64::from(span.get_days())),
            Unit::Month => months(last) - months(first),
            Unit::Year => i64::from(last.year()) - i64::from(first.year()),
        };
        usize::try_from(count + 1).unwrap_or(0)
    }
}

/// Numbers of articles by the day of their publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days {
    /// Articles by days since 1970.
    counts: BTreeMap<i64, u64>,
    /// Articles without a date.
    pub undated: u64,
}

impl Days {
    /// Counts an article of a day since 1970, or of none. Days that no calendar of four digits has count as none.
    pub fn add(&mut self, day: Option<i64>) {
        self.add_many(day, 1);
    }

    /// Counts so many articles of a day since 1970, or of none.
    pub fn add_many(&mut self, day: Option<i64>, articles: u64) {
        match day.filter(|day| date(*day).is_some() && articles > 0) {
            Some(day) => *self.counts.entry(day).or_default() += articles,
            None => self.undated += articles,
        }
    }

    /// Counts other articles too.
    pub fn extend(&mut self, others: &Days) {
        for (day, articles) in &others.counts {
            self.add_many(Some(*day), *articles);
        }
        self.add_many(None, others.undated);
    }

    /// All articles, dated or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum::<u64>() + self.undated
    }

    /// First and last day.
    #[must_use]
    pub fn span(&self) -> Option<(Date, Date)> {
        let (first, last) = (self.counts.keys().next()?, self.counts.keys().next_back()?);
        Some((date(*first)?, date(*last)?))
    }

    /// Articles by the first days of periods, those without any left out.
    #[must_use]
    pub fn by(&self, unit: Unit) -> BTreeMap<Date, u64> {
        let mut counts = BTreeMap::new();
        for (day, articles) in &self.counts {
            if let Some(day) = date(*day) {
                *counts.entry(unit.first_of(day)).or_default() += articles;
            }
        }
        counts
    }
}

/// The date of a day since 1970.
fn date(day: i64) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(Span::new().try_days(day).ok()?).ok()
}

/// A period of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub first: Date,
    /// Articles of the result.
    pub articles: u64,
    /// Articles of the whole archive.
    pub all: u64,
}

impl Period {
    /// Articles of the result for a thousand of the archive in that time.
    #[must_use]
    pub fn per_thousand(&self) -> f64 {
        if self.all == 0 { 0.0 } else { self.articles as f64 * 1000.0 / self.all as f64 }
    }
}

/// The periods from the first to the last of a span, none left out; at most [`MAX_PERIODS`].
#[must_use]
pub fn periods(days: &Days, all: &Days, unit: Unit, (first, last): (Date, Date)) -> Vec<Period> {
    let (counts, totals) = (days.by(unit), all.by(unit));
    let of = |counts: &BTreeMap<Date, u64>, first| counts.get(&first).copied().unwrap_or_default();
    let last = unit.first_of(last);
    std::iter::successors(Some(unit.first_of(first)), |first| unit.next(*first))
        .take_while(|first| *first <= last)
        .take(MAX_PERIODS)
        .map(|first| Period { first, articles: of(&counts, first), all: of(&totals, first) })
        .collect()
}

/// The articles of a result through time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Length of its periods.
    pub unit: Unit,
    /// The length asked for.
    pub asked: Unit,
    /// Its periods, from the first to the last that has articles of the result.
    pub periods: Vec<Period>,
    /// Articles of the result without a date.
    pub undated: u64,
}

impl Timeline {
    /// The timeline of a result within `all` articles; in a coarser unit where there would be more than `most` periods.
    #[must_use]
    pub fn of(days: &Days, all: &Days, asked: Unit, most: usize) -> Timeline {
        let undated = days.undated;
        let Some(span) = days.span() else {
            return Timeline { unit: asked, asked, periods: Vec::new(), undated };
        };
        let unit = fitting(asked, span, most);
        Timeline { unit, asked, periods: periods(days, all, unit, span), undated }
    }

    /// The same in the next longer unit; nothing for years.
    #[must_use]
    pub fn coarser(&self) -> Option<Timeline> {
        let unit = self.unit.coarser()?;
        Some(Timeline { unit, asked: self.asked, periods: summed(&self.periods, unit), undated: self.undated })
    }
}

/// Periods in a longer unit.
fn summed(shorter: &[Period], unit: Unit) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for period in shorter {
        let first = unit.first_of(period.first);
        match periods.last_mut().filter(|last| last.first == first) {
            Some(last) => {
                last.articles += period.articles;
                last.all += period.all;
            }
            None => periods.push(Period { first, ..*period }),
        }
    }
    periods
}

/// Most months of a trend before it is given in years.
const MAX_MONTHS: usize = 48;

/// Several queries through the same periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// Length of the periods.
    pub unit: Unit,
    /// The queries, each with the same periods.
    pub series: Vec<Line>,
}

/// One query of a trend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The query as typed.
    pub query: String,
    /// Its articles, dated or not.
    pub total: u64,
    /// Those without a date.
    pub undated: u64,
    /// From the first period in which any of the queries has articles to the last.
    pub periods: Vec<Period>,
}

impl Trend {
    /// The trend of queries within `all` articles: by months up to four years, else by years, if no unit is asked for.
    #[must_use]
    pub fn of(queries: Vec<(String, Days)>, all: &Days, unit: Option<Unit>) -> Trend {
        let spans = queries.iter().filter_map(|(_, days)| days.span());
        let span = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let unit = match (unit, span) {
            (Some(unit), Some(span)) => fitting(unit, span, MAX_PERIODS),
            (None, Some(span)) => fitting(Unit::Month, span, MAX_MONTHS),
            (unit, None) => unit.unwrap_or(Unit::Year),
        };
        let line = |(query, days): (String, Days)| Line {
            query,
            total: days.total(),
            undated: days.undated,
            periods: span.map(|span| periods(&days, all, unit, span)).unwrap_or_default(),
        };
        Trend { unit, series: queries.into_iter().map(line).collect() }
    }

    /// Number of periods.
    #[must_use]
    pub fn len(&self) -> usize {
        self.series.first().map_or(0, |line| line.periods.len())
    }

    /// Whether no query has a dated article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same in the next longer unit; nothing for years.
    #[must_use]
    pub fn coarser(&self) -> Option<Trend> {
        let unit = self.unit.coarser()?;
        let line = |line: &Line| Line { periods: summed(&line.periods, unit), ..line.clone() };
        Some(Trend { unit, series: self.series.iter().map(line).collect() })
    }
}

/// The unit, or the first longer one of which the span has at most `most`.
#[must_use]
pub fn fitting(asked: Unit, (first, last): (Date, Date), most: usize) -> Unit {
    let mut unit = asked;
    while unit.periods(first, last) > most
        && let Some(coarser) = unit.coarser()
    {
        unit = coarser;
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;
    use proptest::prelude::*;

    #[track_caller]
    fn check(unit: Unit, (first, last): (Date, Date), names: &[&str]) {
        let none = Days::default();
        let found: Vec<String> =
            periods(&none, &none, unit, (first, last)).iter().map(|period| unit.name(period.first)).collect();
        assert_eq!(found, names);
        assert_eq!(unit.periods(first, last), names.len());
    }

    #[test]
    fn no_period_is_left_out() {
        check(Unit::Day, (day(2024, 2, 28), day(2024, 3, 1)), &["2024-02-28", "2024-02-29", "2024-03-01"]);
        check(Unit::Month, (day(2023, 11, 30), day(2024, 1, 1)), &["2023-11", "2023-12", "2024-01"]);
        check(Unit::Year, (day(1999, 12, 31), day(2001, 1, 1)), &["1999", "2000", "2001"]);
        check(Unit::Year, (day(9999, 1, 1), day(9999, 12, 31)), &["9999"]);
    }

    #[test]
    fn periods_are_known_by_their_names() {
        for (unit, name, days) in [
            (Unit::Year, "2024", Some((day(2024, 1, 1), day(2024, 12, 31)))),
            (Unit::Month, "2024-02", Some((day(2024, 2, 1), day(2024, 2, 29)))),
            (Unit::Day, "2024-02-29", Some((day(2024, 2, 29), day(2024, 2, 29)))),
            (Unit::Year, "24", None),
            (Unit::Year, "2024-02", None),
            (Unit::Month, "2024", None),
            (Unit::Month, "2024-13", None),
            (Unit::Day, "2023-02-29", None),
        ] {
            let found = unit.days_of(name);
            assert_eq!(found, days.map(|(from, until)| DateRange { from: Some(from), until: Some(until) }), "{name}");
            let first = found.and_then(|range| range.from);
            assert_eq!(first.map(|first| unit.name(first)), days.map(|_| name.to_owned()));
        }
    }

    #[test]
    fn shares_are_of_the_articles_of_that_time() {
        let (mut some, mut all) = (Days::default(), Days::default());
        for day in [0, 40] {
            some.add(Some(day));
        }
        for day in [0, 1, 2, 3, 40, 41] {
            all.add(Some(day));
        }
        let span = some.span().expect("days");
        let shares: Vec<f64> = periods(&some, &all, Unit::Month, span).iter().map(Period::per_thousand).collect();
        assert_eq!(shares, [250.0, 500.0]);
    }

    proptest! {
        #[test]
        fn every_dated_article_is_in_one_period(
            published in proptest::collection::vec(proptest::option::of(-40_000i64..40_000), 0..60),
        ) {
            let mut days = Days::default();
            for day in &published {
                days.add(*day);
            }
            let dated = published.iter().flatten().count() as u64;
            prop_assert_eq!(days.undated, published.len() as u64 - dated);
            for unit in [Unit::Day, Unit::Month, Unit::Year] {
                let Some(span) = days.span() else { continue };
                let periods = periods(&days, &days, unit, span);
                prop_assert_eq!(periods.iter().map(|period| period.articles).sum::<u64>(), dated);
                prop_assert_eq!(periods.len(), unit.periods(span.0, span.1));
                prop_assert!(periods.windows(2).all(|pair| pair[0].first < pair[1].first));
            }
        }

        #[test]
        fn no_day_is_too_far_off(day in any::<i64>()) {
            let mut days = Days::default();
            days.add(Some(day));
            prop_assert_eq!(days.by(Unit::Year).len() as u64 + days.undated, 1);
        }
    }
}
