//! `findbuch suggest`

use super::Outcome;
use super::terminal::{self, Color};
use clap::ValueEnum;
use findbuch_engine::IndexDir;
use findbuch_engine::suggest::{MOST, Suggestions, suggest};
use findbuch_query::lang::Lang;
use findbuch_render::suggestions::{write, write_json};
use std::io::Write;

/// Arguments of `suggest`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch suggest mun                    words that begin so
  findbuch suggest 'Kim J'                names and headlines, too
  findbuch suggest 'Hafen quelle:Nord'    values of a field
  findbuch suggest oelpr --format json    for other programs

A text that ends in a space has no word that is being typed.")]
pub struct SuggestArgs {
    /// What is typed of a query
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    /// Most suggestions of a kind
    #[arg(short = 'n', long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u8).range(1..=MOST as i64))]
    limit: u8,
    /// Form of the output
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
}

/// Runs `suggest`.
pub fn run(args: &SuggestArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let engine = index.open()?;
    let view = terminal::view(args.color, lang)?;
    let suggestions = suggest(&*engine, &args.text, usize::from(args.limit))?;
    let mut out = terminal::out();
    match args.format {
        Format::Text => write(&mut out, &suggestions, &view)?,
        Format::Json => write_json(&mut out, &args.text, &suggestions, &view)?,
    }
    out.flush()?;
    Ok(if suggestions == Suggestions::default() { Outcome::NothingFound } else { Outcome::Done })
}
