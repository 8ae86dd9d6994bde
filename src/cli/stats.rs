//! `findbuch stats`

use super::Outcome;
use clap::ValueEnum;
use findbuch_engine::IndexDir;
use findbuch_files::encode_path;
use findbuch_render::printable;
use findbuch_render::stats::write_json;
use std::io::Write;

/// Sources and sections that are listed for reading.
const LISTED: usize = 10;

/// Arguments of `stats`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch stats
  findbuch stats --format json")]
pub struct Args {
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object
    Json,
}

/// Runs `stats`.
pub fn run(args: &Args, index: &IndexDir) -> anyhow::Result<Outcome> {
    let engine = index.open()?;
    let (stats, known) = (engine.stats()?, engine.state());
    let mut out = super::terminal::out();
    if matches!(args.format, Format::Json) {
        write_json(&mut out, &stats, known)?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let mut row = |name: &str, value: String| writeln!(out, "{name:<12} {}", printable(&value));
    row("articles", format!("{} in {} files", stats.articles, stats.files))?;
    if let Some((first, last)) = &stats.dates {
        let undated = if stats.undated > 0 { format!(", {} undated", stats.undated) } else { String::new() };
        row("dates", format!("{first} to {last}{undated}"))?;
    }
    row("sources", list(&stats.sources))?;
    row("sections", list(&stats.sections))?;
    let unknown = || "not known to the engine".to_owned();
    row("terms", stats.terms.map_or_else(unknown, |(forms, stems)| format!("{forms} word forms, {stems} stems")))?;
    row("size", stats.bytes.map_or_else(unknown, |bytes| indicatif::HumanBytes(bytes).to_string()))?;
    row("updated", known.updated.clone())?;
    row("format", stats.format.to_string())?;
    row("analyser", stats.analyzer.clone())?;
    let lines = known.boilerplate.len();
    let (first, last) = (known.vocabulary.first.len(), known.vocabulary.last.len());
    row("learnt", format!("{first} first and {last} last parts of compounds, {lines} lines that sources repeat"))?;
    let vocabulary = &known.vocabulary;
    let explained = vocabulary.abbreviations.iter().map(|(short, long)| format!("{} {long}", short.to_uppercase()));
    row("short forms", listed(explained))?;
    row("one word", listed(vocabulary.joined.values().map(|apart| format!("{} ({apart})", apart.replace(' ', "")))))?;
    for folder in &known.folders {
        row("folder", encode_path(folder))?;
    }
    if let Some(copied) = &known.copied {
        let rest = if copied.whole { "" } else { ", in part: the same copy goes on (findbuch copy)" };
        row("copied from", format!("{}{rest}", copied.place))?;
    }
    if !known.problems.is_empty() {
        row("unreadable", format!("{} (for the reasons: findbuch index)", known.problems.len()))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// `3: Norderfehner Bote 12, Die Warte 4, …`
fn list(counts: &[(String, u64)]) -> String {
    listed(counts.iter().map(|(name, count)| format!("{name} {count}")))
}

/// How many there are, and the first.
fn listed(values: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = values.collect();
    if all.is_empty() {
        return "none".into();
    }
    let more = if all.len() > LISTED { ", …" } else { "" };
    format!("{}: {}{more}", all.len(), all[..all.len().min(LISTED)].join(", "))
}
