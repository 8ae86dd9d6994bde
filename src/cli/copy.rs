//! `findbuch copy`

use super::Outcome;
use super::engine::EngineArgs;
use super::index::stopped;
use crate::copy::{Copied, Copy};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write;
use std::path::Path;

/// Arguments of `copy`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch copy --from index --to opensearch+https://suche.example:9200/presse    to a cluster
  findbuch copy --from opensearch+https://suche.example:9200/presse --to index    and back

The files of the articles need not be there. A copy that was stopped goes on with the same command, which
also brings an older copy in step. Until it is whole, the copy is searched as far as it goes, and
`findbuch stats` says so. Saved searches, collections, synonyms and weights stay where they are.")]
pub struct Args {
    /// Folder or address of the index
    #[arg(long, value_name = "PLACE")]
    from: String,
    /// Folder or address where there is none, or an older copy
    #[arg(long, value_name = "PLACE")]
    to: String,
}

/// Runs `copy`.
pub fn run(args: &Args, engine: &EngineArgs, own: &Path) -> anyhow::Result<Outcome> {
    let (from, place) = engine.at(&args.from, own)?;
    let (to, target) = engine.at(&args.to, own)?;
    anyhow::ensure!(place != target, "{place} cannot be copied to itself; name another place");
    let (from, to) = (from.open()?, to.store());
    let bar = ProgressBar::with_draw_target(Some(from.stats()?.articles), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{percent:>3} % {wide_bar} {pos}/{len} articles, {eta} left") {
        bar.set_style(style.progress_chars("█▌ "));
    }
    let copy = Copy { from: &*from, place: &place, to: &*to, target: &target, stop: stopped() };
    let Copied { new, unchanged, removed, whole } = copy.run(&mut |articles| bar.set_position(articles))?;
    bar.finish_and_clear();
    let mut out = super::terminal::out();
    writeln!(out, "articles: {new} copied, {unchanged} unchanged, {removed} removed")?;
    out.flush()?;
    if !whole {
        writeln!(std::io::stderr(), "findbuch: stopped; the copy is not whole: go on with the same command")?;
    }
    Ok(if whole { Outcome::Done } else { Outcome::Problems })
}
