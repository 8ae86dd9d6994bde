//! `findbuch formats`

use super::Outcome;
use clap::ValueEnum;
use findbuch_corpus::{COMPRESSIONS, Format};
use std::io::Write;

/// Arguments of `formats`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch formats
  findbuch formats --format json       for other programs

docs/FORMATS.md gives the rules of each, and how to add one.")]
pub struct Args {
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// A table
    Text,
    /// One array
    Json,
}

/// Runs `formats`.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let formats: Vec<_> = Format::ALL.into_iter().map(Format::about).collect();
    let mut out = super::terminal::out();
    if matches!(args.format, Form::Json) {
        serde_json::to_writer_pretty(&mut out, &formats)?;
        writeln!(out)?;
    } else {
        let extensions = |list: &[&str]| list.iter().map(|end| format!(".{end}")).collect::<Vec<_>>().join(" ");
        let widest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
        let name = widest(&mut formats.iter().map(|format| format.name.len()));
        let ends = widest(&mut formats.iter().map(|format| extensions(format.extensions).len()));
        for format in &formats {
            let articles = format.unread.unwrap_or(format.articles);
            writeln!(out, "{:<name$}  {:<ends$}  {articles}", format.name, extensions(format.extensions))?;
        }
        writeln!(out, "each also compressed: {}", extensions(&COMPRESSIONS))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
