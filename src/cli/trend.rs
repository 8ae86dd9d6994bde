//! `findbuch trend`

use super::members::members;
use super::output::write_whole;
use super::terminal::{self, Color};
use super::timeline::{UnitArg, not_drawn};
use super::{Outcome, clock};
use clap::ValueEnum;
use findbuch_engine::answer::suggested;
use findbuch_engine::timeline::{Days, MAX_QUERIES, Trend};
use findbuch_engine::{ExpansionOptions, IndexDir, SearchRequest};
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::notices::did_you_mean;
use findbuch_render::{chart, trend};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `trend`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch trend Wärmepumpe Fernwärme                     two words through time
  findbuch trend '\"Kim Jong Un\"' 'Waffen ODER Munition'   each argument is a query
  findbuch trend Bahn Bus --per-thousand --svg bahn.svg   shares of the articles of the time, as a picture

Articles that have all of a query are counted; periods without any are zeros.")]
pub struct TrendArgs {
    /// Words or queries, at most six
    #[arg(value_name = "QUERY", required = true, allow_hyphen_values = false)]
    queries: Vec<String>,
    /// By day, month or year (tag, monat, jahr), instead of what suits the time
    #[arg(long, value_enum, value_name = "UNIT")]
    by: Option<UnitArg>,
    /// Show hits for a thousand articles of that time
    #[arg(long)]
    per_thousand: bool,
    /// Write a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Form of the output; docs/JSON.md describes json
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object
    Json,
    /// A query and period a row
    Csv,
}

/// Runs `trend`.
pub fn run(args: &TrendArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    if args.queries.len() > MAX_QUERIES {
        anyhow::bail!(
            "{}",
            lang.pick(
                format!("Mehr als {MAX_QUERIES} Verläufe lassen sich nicht unterscheiden; nennen Sie weniger."),
                format!("more than {MAX_QUERIES} lines cannot be distinguished; name fewer"),
            )
        );
    }
    let view = terminal::view(args.color, lang)?;
    let engine = index.open()?;
    let members = members(index, lang)?;
    let expansion = ExpansionOptions { members: Some(&members), ..ExpansionOptions::default() };
    let (mut found, mut unknown): (Vec<(String, Days)>, Vec<String>) = (Vec::new(), Vec::new());
    for text in &args.queries {
        let query = Query::parse(text, clock::today()).map_err(|error| anyhow::anyhow!("{}", error.message(lang)))?;
        terminal::hint(&view, &query);
        let request =
            SearchRequest { days: true, furniture: false, expansion, ..SearchRequest::new(&query).without_hits() };
        let prepared = engine.prepare(&request)?;
        let hits = engine.search(&prepared)?;
        // articles that lack words are none of those asked for
        let days = hits.days.filter(|_| hits.relaxed.is_none()).unwrap_or_default();
        if days.total() == 0 {
            unknown.extend(did_you_mean(&suggested(&*engine, &prepared)?, &view));
        }
        found.push((text.clone(), days));
    }
    let trend = Trend::of(found, &engine.days()?, args.by.map(Into::into));
    let any = trend.series.iter().any(|line| line.total > 0);
    if let Some(path) = &args.svg
        && trend.is_empty()
    {
        terminal::note(&view, &not_drawn(path, lang));
    } else if let Some(path) = &args.svg {
        let lines: Vec<_> = trend.series.iter().map(|line| (line.query.clone(), line.periods.clone())).collect();
        write_whole(path, "--svg", &chart::lines(&lines, trend.unit, args.per_thousand, lang)?)?;
    }
    let mut out = terminal::out();
    match args.format {
        Format::Text => trend::write(&mut out, &trend, args.per_thousand, &view)?,
        Format::Json => trend::write_json(&mut out, &trend)?,
        Format::Csv => trend::write_csv(&mut out, &trend)?,
    }
    out.flush()?;
    for line in &unknown {
        terminal::note(&view, line);
    }
    Ok(if any { Outcome::Done } else { Outcome::NothingFound })
}
