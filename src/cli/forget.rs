//! `findbuch forget` and `findbuch move`: folders of the index that are wanted no more, or that are elsewhere now.

use super::index::{report, stopped};
use super::paths::{as_indexed, canonical};
use super::{Outcome, clock, worker};
use crate::update::{PART_BYTES, UpdateRequest, folder_named, forget, update};
use findbuch_engine::IndexDir;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

/// Arguments of `forget`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch forget articles             a folder of the index, whether it is there or gone
  findbuch forget /media/stick/2019    search its articles no more; the files stay as they are")]
pub struct ForgetArgs {
    /// Folders and files that are indexed
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

/// Arguments of `move`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch move /media/stick/2019 /archive/2019    the articles are found at their new place

Files whose bytes are the same are not read again. `findbuch index NEW` finds out by itself that a folder has moved, if
the old one is gone.")]
pub struct MoveArgs {
    /// The folder of the index
    old: PathBuf,
    /// Where it is now
    new: PathBuf,
}

/// Runs `forget`.
pub fn run_forget(args: &ForgetArgs, index: &IndexDir) -> anyhow::Result<Outcome> {
    let store = index.store();
    for path in &args.paths {
        let folder = as_indexed(path)?;
        let files = forget(&*store, &folder)?;
        let mut out = super::terminal::out();
        writeln!(
            out,
            "forgotten: {}, {files} files",
            findbuch_render::printable(&findbuch_files::encode_path(&folder))
        )?;
        out.flush()?;
    }
    Ok(Outcome::Done)
}

/// Runs `move`.
pub fn run_move(args: &MoveArgs, index: &IndexDir) -> anyhow::Result<Outcome> {
    let store = index.store();
    let old = folder_named(&store.state()?.unwrap_or_default(), &as_indexed(&args.old)?)?;
    let paths = [canonical(&args.new)?];
    let (started, limits) = (Instant::now(), worker::limits(clock::today())?);
    let request = UpdateRequest {
        index: index.path(),
        paths: &paths,
        moved: Some(&old),
        rebuild: false,
        names: None,
        limits: &limits,
        stop: stopped(),
        now: clock::timestamp(),
        memory: None,
        part_bytes: PART_BYTES,
    };
    let summary = update(&*store, &request, &mut |_| {})?;
    report(&summary, started.elapsed())?;
    Ok(if summary.problems.is_empty() { Outcome::Done } else { Outcome::Problems })
}
