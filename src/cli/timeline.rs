//! The timeline of `findbuch search`: which unit, in which form.

use super::output::write_whole;
use super::terminal;
use clap::ValueEnum;
use findbuch_engine::timeline::{MAX_PERIODS, Timeline, Unit};
use findbuch_engine::{Days, Hits};
use findbuch_query::lang::Lang;
use findbuch_render::{View, chart, timeline};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `search` about time.
#[derive(Debug, clap::Args)]
pub struct TimelineArgs {
    /// Count all hits through time, by day, month or year (tag, monat, jahr)
    #[arg(long, value_enum, value_name = "UNIT")]
    timeline: Option<UnitArg>,
    /// With --timeline: hits for a thousand articles of that time
    #[arg(long, requires = "timeline")]
    per_thousand: bool,
    /// With --timeline: write it as a picture
    #[arg(long, value_name = "FILE", requires = "timeline")]
    svg: Option<PathBuf>,
}

/// Units that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnitArg {
    /// By day (tag)
    #[value(alias = "tag")]
    Day,
    /// By month (monat)
    #[value(alias = "monat")]
    Month,
    /// By year (jahr)
    #[value(alias = "jahr")]
    Year,
}

impl From<UnitArg> for Unit {
    fn from(unit: UnitArg) -> Unit {
        match unit {
            UnitArg::Day => Unit::Day,
            UnitArg::Month => Unit::Month,
            UnitArg::Year => Unit::Year,
        }
    }
}

/// What is asked about time.
#[derive(Debug, Clone)]
pub struct Asked {
    unit: Unit,
    relative: bool,
    svg: Option<PathBuf>,
}

impl TimelineArgs {
    /// The arguments as one request; nothing without `--timeline`.
    #[must_use]
    pub fn resolve(&self) -> Option<Asked> {
        let unit = self.timeline?.into();
        Some(Asked { unit, relative: self.per_thousand, svg: self.svg.clone() })
    }
}

/// That there is no picture of nothing.
pub fn not_drawn(path: &Path, lang: Lang) -> String {
    let path = path.display();
    lang.pick(
        format!("{path} wird nicht geschrieben: kein Treffer hat ein Datum, das zu zeichnen wäre."),
        format!("{path} is not written: no hit has a date that could be drawn"),
    )
}

impl Asked {
    /// The timeline of a result, exact: the unit is coarser only where there would be too many periods.
    #[must_use]
    pub fn of(&self, hits: &Hits, all: &Days) -> Timeline {
        let none = Days::default();
        Timeline::of(hits.days.as_ref().unwrap_or(&none), all, self.unit, MAX_PERIODS)
    }

    /// Writes the picture, if one is asked for and there is something to draw.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_picture(&self, timeline: &Timeline, query: &str, view: &View) -> anyhow::Result<()> {
        let Some(path) = &self.svg else { return Ok(()) };
        if timeline.periods.is_empty() {
            terminal::note(view, &not_drawn(path, view.lang));
            return Ok(());
        }
        Ok(write_whole(path, "--svg", &chart::timeline(timeline, self.relative, query, view.lang)?)?)
    }

    /// Writes bars.
    ///
    /// # Errors
    /// What the output says.
    pub fn write_text(&self, out: &mut dyn Write, timeline: &Timeline, view: &View) -> std::io::Result<()> {
        timeline::write(out, timeline, self.relative, view)
    }
}
