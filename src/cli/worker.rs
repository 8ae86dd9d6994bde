//! `findbuch read-in-child`, hidden: the program started by itself, to read what needs limits of its own.

use super::Outcome;
use findbuch_corpus::{Limits, Worker, child};
use jiff::civil;
use std::io::{stdin, stdout};

/// Arguments of the child.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Seconds of a processor
    #[arg(long)]
    seconds: u64,
    /// Bytes of memory
    #[arg(long)]
    memory: u64,
}

/// Name of the command.
pub const NAME: &str = "read-in-child";
/// Bytes of memory of a child, where nothing else is asked for.
const MEMORY: u64 = 256 << 20;

/// Runs the child.
///
/// # Errors
/// Where the system has no limits, or its parent has ended.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    child::answer(args.seconds, args.memory, &mut stdin().lock(), &mut stdout().lock())?;
    Ok(Outcome::Done)
}

/// This program as the child that reads.
///
/// # Errors
/// Where the system does not know where the program lies.
pub fn this_program(seconds: u64, memory: u64) -> std::io::Result<Worker> {
    let arguments = vec![NAME.into(), format!("--seconds={seconds}").into(), format!("--memory={memory}").into()];
    Ok(Worker { program: std::env::current_exe()?, arguments, seconds, memory })
}

/// The usual limits on reading.
///
/// # Errors
/// As [`this_program`].
pub fn limits(today: civil::Date) -> std::io::Result<Limits> {
    let usual = Limits::on(today);
    Ok(Limits { worker: Some(this_program(usual.max_time.as_secs(), MEMORY)?), ..usual })
}
