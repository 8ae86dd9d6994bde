//! `findbuch check`

use super::Outcome;
use crate::update::is_numbered;
use findbuch_engine::IndexDir;
use findbuch_render::printable;
use std::io::Write;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch check
  findbuch check --index /srv/archive/index

Exit codes: 0 the index is whole, 2 it is damaged, or a saved search. `findbuch index --full` makes it anew from its folders, beside the
old one, which can be searched meanwhile as far as it goes.")]
pub struct Args {}

/// Runs `check`.
pub fn run(_: &Args, index: &IndexDir) -> anyhow::Result<Outcome> {
    let checked = index.store().check(&is_numbered)?;
    let mut out = super::terminal::out();
    // they are no part of the index, and stay as they are when it is made anew
    let searches = index.saved_searches();
    let mut damaged = false;
    for error in searches.names()?.iter().filter_map(|name| searches.load(name).err()) {
        damaged = true;
        writeln!(std::io::stderr(), "findbuch: {}", printable(&error.to_string()))?;
    }
    if checked.faults == 0 {
        writeln!(
            out,
            "whole: {} files have their checksums, {} articles read and found",
            checked.files, checked.articles
        )?;
        out.flush()?;
        return Ok(if damaged { Outcome::Problems } else { Outcome::Done });
    }
    for fault in &checked.messages {
        writeln!(std::io::stderr(), "findbuch: {}", printable(fault))?;
    }
    anyhow::bail!(
        "the index in {} is damaged in {} places; make it anew with: findbuch index --full",
        index.path().display(),
        checked.faults
    );
}
