//! `findbuch index`

use super::paths::canonical;
use super::{Outcome, clock, worker};
use crate::update::{PART_BYTES, Progress, Summary, UpdateRequest, update};
use findbuch_corpus::Limits;
use findbuch_engine::IndexDir;
use findbuch_files::encode_path;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Arguments of `index`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch index articles              index a folder, or bring the index up to date with it
  findbuch index 2023 2024 extra.jsonl several folders and files in one index
  findbuch index                       bring the index up to date with all it holds
  findbuch index --rebuild             make the whole index anew, beside the old one

Only what is new or has changed is read. A file that is gone leaves the index. A file that cannot be
read is named with the reason; the rest is indexed, and the exit code is 2.")]
pub struct Args {
    /// Folders and files; none: all that the index holds already
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Make the index anew from all its folders and PATHs; searching goes on meanwhile
    #[arg(long, visible_alias = "full")]
    rebuild: bool,
    /// Recognise people, places and organisations, in an index that is made anew: takes a third longer
    #[arg(long)]
    names: bool,
    /// No longer recognise them
    #[arg(long, conflicts_with = "names")]
    no_names: bool,
    /// Largest file of a single article, and longest line of JSONL, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=2048))]
    max_article_size: u64,
    /// How many times its stored size a compressed file or an archive of files may grow; an article counts as 1 kB at least
    #[arg(long, value_name = "TIMES", default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    max_expansion: u64,
    /// Seconds of a processor that any file may take; what comes out of it may explain more, 1.2 for each megabyte
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    max_seconds: u64,
    /// Memory of a process that reads one unusual page, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 256, value_parser = clap::value_parser!(u64).range(64..=16_000))]
    max_memory: u64,
    /// Memory for articles that are indexed and not yet written, in megabytes; less makes indexing slower
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(15..=16_000))]
    memory: Option<u64>,
}

/// Runs `index`.
pub fn run(args: &Args, index: &IndexDir) -> anyhow::Result<Outcome> {
    let mut paths = Vec::new();
    let mut refused = Vec::new();
    for path in &args.paths {
        match canonical(path) {
            Ok(path) => paths.push(path),
            Err(error) => refused.push(error.to_string()),
        }
    }
    let store = index.store();
    if args.names && !args.rebuild && store.state().is_ok_and(|state| state.is_some_and(|state| !state.names)) {
        anyhow::bail!("the index was made without names; make it anew with them: findbuch index --rebuild --names");
    }
    let mut nothing_known = || -> anyhow::Result<bool> {
        match store.state() {
            Ok(state) => Ok(state.is_none_or(|state| state.folders.is_empty())),
            Err(error) if args.rebuild => {
                paths = store.last_known_folders();
                if paths.is_empty() {
                    anyhow::bail!("{error}\nfindbuch: {NAME_THEM}");
                }
                let folders: Vec<String> = paths.iter().map(|path| encode_path(path)).collect();
                let told = format!("{error}\nfindbuch: {THESE}: {}", folders.join(", "));
                writeln!(std::io::stderr(), "findbuch: {}", findbuch_render::visible(&told))?;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    };
    if args.paths.is_empty() && nothing_known()? || !args.paths.is_empty() && paths.is_empty() {
        anyhow::bail!("{}", if refused.is_empty() { NOTHING_NAMED.to_owned() } else { refused.join("\nfindbuch: ") });
    }
    let started = Instant::now();
    let (today, now) = (clock::today(), clock::timestamp());
    let limits = Limits {
        max_bytes: args.max_article_size << 20,
        max_expansion: args.max_expansion,
        max_time: Duration::from_secs(args.max_seconds),
        timed_expansion: Limits::on(today).timed_expansion,
        worker: Some(worker::this_program(args.max_seconds, args.max_memory << 20)?),
        today,
    };
    let memory = args.memory.and_then(|mb| usize::try_from(mb << 20).ok());
    let request = UpdateRequest {
        index: index.path(),
        paths: &paths,
        moved: None,
        rebuild: args.rebuild,
        names: (args.names || args.no_names).then_some(args.names),
        limits: &limits,
        stop: stopped(),
        now,
        memory,
        part_bytes: PART_BYTES,
    };
    let mut bar = Bar::default();
    let mut summary = update(&*store, &request, &mut |step| bar.show(step))?;
    bar.finish();
    summary.problems.splice(0..0, refused);
    report(&summary, started.elapsed())?;
    if summary.left > 0 {
        let left = summary.left;
        writeln!(std::io::stderr(), "findbuch: stopped; {left} files were not read: go on with the same command")?;
    }
    Ok(if summary.problems.is_empty() && summary.left == 0 { Outcome::Done } else { Outcome::Problems })
}

/// Set by the first Ctrl-C or SIGTERM: the files at hand are read to their end and committed. A second one ends the program
/// at once, which leaves the last commit.
pub fn stopped() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    // without a handler the signal ends the program, which loses nothing but time
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    &STOP
}

const THESE: &str = "the list of its folders is whole, and the index is made anew from them";
const NAME_THEM: &str = "the list of its folders is damaged, too; name them: findbuch index --full FOLDER";
const NOTHING_NAMED: &str = "name a folder to index: findbuch index FOLDER";

/// Problems to standard error, the summary to standard output.
pub fn report(summary: &Summary, took: Duration) -> std::io::Result<()> {
    let mut err = std::io::stderr().lock();
    let working_dir = std::env::current_dir().map(|folder| encode_path(&folder) + "/").unwrap_or_default();
    for problem in &summary.problems {
        let problem = problem.strip_prefix(&working_dir).unwrap_or(problem);
        writeln!(err, "findbuch: {}", findbuch_render::printable(problem))?;
    }
    let mut out = super::terminal::out();
    write_summary(&mut out, summary, took)?;
    out.flush()
}

/// What an update did, in numbers.
fn write_summary(out: &mut dyn Write, summary: &Summary, took: Duration) -> std::io::Result<()> {
    writeln!(
        out,
        "articles: {} new, {} changed, {} unchanged, {} removed",
        summary.new, summary.changed, summary.unchanged, summary.removed
    )?;
    if let Some((old, new)) = &summary.moved {
        let shown = |path: &Path| findbuch_render::printable(&encode_path(path));
        writeln!(out, "moved: {} is now {}", shown(old), shown(new))?;
    }
    if summary.renamed > 0 {
        writeln!(out, "renamed: {} articles of files that have another name, not read again", summary.renamed)?;
    }
    let skipped = summary.problems.len() as u64 + summary.ignored.values().map(|files| files.count).sum::<u64>();
    writeln!(
        out,
        "files: {} read, {} unchanged, {} removed, {skipped} skipped",
        summary.read_files, summary.unchanged_files, summary.removed_files
    )?;
    for (why, files) in &summary.ignored {
        let example = files.example.file_name().map(|name| encode_path(Path::new(name))).unwrap_or_default();
        writeln!(out, "skipped: {} {why}, such as {}", files.count, findbuch_render::printable(&example))?;
    }
    if !summary.problems.is_empty() {
        writeln!(out, "skipped: {} could not be read; the reasons are above", summary.problems.len())?;
    }
    let (seconds, megabytes) = (took.as_secs_f64(), summary.bytes as f64 / 1e6);
    writeln!(out, "{seconds:.1} s, {megabytes:.1} MB, {:.1} MB/s", megabytes / seconds.max(1e-9))
}

/// A progress bar on standard error, where that is a terminal.
#[derive(Default)]
pub struct Bar {
    bar: Option<ProgressBar>,
    articles: u64,
}

impl Bar {
    /// Shows a step.
    pub fn show(&mut self, step: Progress) {
        match step {
            Progress::Planned { files: 0, .. } => {}
            Progress::Planned { bytes, .. } => {
                let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
                let template = "{percent:>3} % {wide_bar} {msg}{bytes}/{total_bytes}, {bytes_per_sec}, {eta} left";
                if let Ok(style) = ProgressStyle::with_template(template) {
                    bar.set_style(style.progress_chars("█▌ "));
                }
                self.bar = Some(bar);
            }
            Progress::Indexed => {
                self.articles += 1;
                if let Some(bar) = self.bar.as_ref().filter(|_| self.articles.is_multiple_of(64)) {
                    bar.set_message(format!("{} articles, ", self.articles));
                }
            }
            Progress::Read { bytes } => {
                if let Some(bar) = &self.bar {
                    bar.inc(bytes);
                }
            }
            Progress::Committing => {
                if let Some(bar) = &self.bar {
                    bar.set_message(format!("{} articles, writing, ", self.articles));
                }
            }
        }
    }

    /// Takes the bar away.
    pub fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::update::IgnoredFiles;
    use findbuch_corpus::Ignored;

    #[test]
    fn a_summary_counts_what_was_read_and_what_was_not() {
        let pdfs = IgnoredFiles { count: 2, example: "/a/heft\u{7}.pdf".into() };
        let summary = Summary {
            new: 3,
            renamed: 1,
            read_files: 2,
            bytes: 2_000_000,
            problems: vec!["/a/x.txt: is empty".into()],
            ignored: [(Ignored::ScannedPdf, pdfs)].into(),
            ..Summary::default()
        };
        let mut out = Vec::new();
        write_summary(&mut out, &summary, Duration::from_secs(4)).expect("written");
        let expected = "articles: 3 new, 0 changed, 0 unchanged, 0 removed\n\
            renamed: 1 articles of files that have another name, not read again\n\
            files: 2 read, 0 unchanged, 0 removed, 3 skipped\n\
            skipped: 2 a scanned PDF without text: OCRmyPDF gives it one (ocrmypdf -l deu OLD.pdf NEW.pdf), such as heft\u{fffd}.pdf\n\
            skipped: 1 could not be read; the reasons are above\n\
            4.0 s, 2.0 MB, 0.5 MB/s\n";
        assert_eq!(String::from_utf8(out).as_deref(), Ok(expected));
    }
}
