//! The timeline of `findbuch search`: which unit, in which form.

use crate::engine::timeline::{MAX_PERIODS, Timeline, Unit};
use crate::engine::{Days, Hits};
use crate::lang::Lang;
use crate::render::{View, chart, timeline};
use clap::ValueEnum;
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `search` about time.
#[derive(Debug, clap::Args)]
pub struct TimelineArgs {
    /// Count all hits through time
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
    /// By day
    #[value(alias = "tag")]
    Day,
    /// By month
    #[value(alias = "monat")]
    Month,
    /// By year
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

impl Asked {
    /// The timeline of a result, exact: the unit is coarser only where there would be too many periods.
    #[must_use]
    pub fn of(&self, hits: &Hits, all: &Days) -> Timeline {
        let none = Days::default();
        Timeline::of(hits.days.as_ref().unwrap_or(&none), all, self.unit, MAX_PERIODS)
    }

    /// Writes the picture, if one is asked for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_picture(&self, timeline: &Timeline, query: &str, lang: Lang) -> anyhow::Result<()> {
        let Some(path) = &self.svg else { return Ok(()) };
        let picture = chart::timeline(timeline, self.relative, query, lang);
        std::fs::write(path, picture).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
    }

    /// Writes bars.
    ///
    /// # Errors
    /// What the output says.
    pub fn write_text(&self, out: &mut dyn Write, timeline: &Timeline, view: &View) -> std::io::Result<()> {
        timeline::write(out, timeline, self.relative, view)
    }
}
