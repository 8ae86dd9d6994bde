//! The command line: one file a command. Here the arguments that all share, and where output goes.

mod analyze;
mod arguments;
mod check;
mod evaluate;
mod form;
mod formats;
mod generate;
mod index;
mod kwic;
mod messages;
mod news;
mod output;
mod overview;
mod save;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod similar;
mod stats;
mod suggest;
mod terminal;
mod time_limit;
mod timeline;
mod trend;
mod watch;
mod whole;

use clap::{Parser, Subcommand, ValueEnum};
use findbuch_query::lang::Lang;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub use terminal::report;

/// Full-text search for folders of German news articles.
#[derive(Debug, Parser)]
#[command(name = "findbuch", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// Folder that holds the index
    #[arg(long, global = true, value_name = "DIR", env = "FINDBUCH_INDEX", default_value = "index")]
    pub index: PathBuf,

    /// Language of results and of messages to those who search
    #[arg(long, global = true, value_enum, env = "FINDBUCH_LANG", default_value_t = Language::De)]
    pub lang: Language,

    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  findbuch search \"Kim Jong Un Munition\" --in articles    index a folder, or bring it up to date, and search it
  findbuch index articles                                 index a folder
  findbuch search 'titel:Waffen seit:2023'                each command's --help has more

Exit codes: 0 hits or success, 1 no hits, 2 error (of `index`: some file could not be read, the rest is indexed).";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add folders and files to the index, or bring it up to date with them
    Index(index::Args),
    /// Keep the index in step with folders, until Ctrl-C
    Watch(watch::Args),
    /// Search the index
    Search(search::Args),
    /// Serve the search page and the interface for programs
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Save a search, to be told what is new in its result
    Save(save::Args),
    /// List the saved searches
    Saved(save::ListArgs),
    /// Show what is new since it was last asked
    News(news::Args),
    /// Show an article as it was read, its parts named
    Show(show::Args),
    /// List articles alike in subject
    Similar(similar::SimilarArgs),
    /// Complete a query as it is typed: words, names, headlines
    Suggest(suggest::SuggestArgs),
    /// Compare words through time
    Trend(trend::TrendArgs),
    /// Show numbers about the index
    Stats(stats::Args),
    /// Examine whether the index is whole: checksums, and every article read and found
    Check(check::Args),
    /// List the formats that are read
    Formats(formats::Args),
    /// Show the terms of each word of a text, step by step
    Analyze(analyze::Args),
    /// Measure the ranking against judged queries
    Evaluate(evaluate::Args),
    /// Print a script that completes commands and options in a shell
    Completions(generate::Completions),
    /// Print the manual page (roff)
    Man,
}

impl Command {
    /// Whether it is for those who read articles; commands for those who keep the index speak English.
    fn speaks_the_readers_language(&self) -> bool {
        matches!(
            self,
            Command::Search(_)
                | Command::Save(_)
                | Command::Saved(_)
                | Command::News(_)
                | Command::Show(_)
                | Command::Similar(_)
                | Command::Trend(_)
        )
    }
}

/// Languages that can be asked for.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    /// German
    De,
    /// English
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::De => Lang::De,
            Language::En => Lang::En,
        }
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Success; a search had hits.
    Done,
    /// A search had no hits.
    NothingFound,
    /// Done, but some input could not be read.
    Problems,
}

/// Reads the arguments; wrong ones end the program with a message.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Cli {
    let arguments = arguments::keep_exclusions(arguments);
    let behind = overview::word_behind_facets(&arguments);
    let mut cli = Cli::parse_from(arguments);
    if let Command::Search(args) = &mut cli.command {
        args.behind_facets = behind;
    }
    cli
}

/// Runs a command.
///
/// # Errors
/// What ends it; the message is for the user.
pub fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let lang = cli.lang.into();
    let speaks = cli.command.speaks_the_readers_language();
    dispatch(cli, lang).map_err(|error| if speaks { messages::told(error, lang) } else { error })
}

fn dispatch(cli: Cli, lang: Lang) -> anyhow::Result<Outcome> {
    let index = std::path::absolute(&cli.index)?;
    match cli.command {
        Command::Index(args) => index::run(&args, &index),
        Command::Watch(args) => watch::run(&args, &index),
        Command::Check(args) => check::run(&args, &index),
        Command::Formats(args) => formats::run(&args),
        Command::Search(args) => search::run(&args, &index, lang),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args, &index, lang),
        Command::Save(args) => save::run(&args, &index, lang),
        Command::Saved(args) => save::list(&args, &index, lang),
        Command::News(args) => news::run(&args, &index, lang),
        Command::Show(args) => show::run(&args, &index, lang),
        Command::Similar(args) => similar::run(&args, &index, lang),
        Command::Suggest(args) => suggest::run(&args, &index, lang),
        Command::Trend(args) => trend::run(&args, &index, lang),
        Command::Stats(args) => stats::run(&args, &index),
        Command::Analyze(args) => analyze::run(&args, &index),
        Command::Evaluate(args) => evaluate::run(&args, &index),
        Command::Completions(args) => generate::completions(&args),
        Command::Man => generate::man(),
    }
}

/// Whether an error is only that nobody reads the output any more.
#[must_use]
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |error: &std::io::Error| error.kind() == ErrorKind::BrokenPipe;
    // the CSV writer wraps what the output said
    let in_csv = |error: &std::io::Error| {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<csv::Error>());
        inner.is_some_and(|inner| matches!(inner.kind(), csv::ErrorKind::Io(io) if closed(io)))
    };
    let errors = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    errors.into_iter().any(|error| closed(error) || in_csv(error))
}

/// Why a path that was named cannot be used.
#[derive(Debug, thiserror::Error)]
enum PathError {
    /// Nothing is there.
    #[error("{0}: there is no such file or folder")]
    Missing(PathBuf),
    /// The operating system's answer.
    #[error("{path}: {source}")]
    Io {
        /// As named.
        path: PathBuf,
        /// The answer.
        source: std::io::Error,
    },
}

/// The path without links and dots.
fn canonical(path: &Path) -> Result<PathBuf, PathError> {
    path.canonicalize().map_err(|source| match source.kind() {
        ErrorKind::NotFound => PathError::Missing(path.to_path_buf()),
        _ => PathError::Io { path: path.to_path_buf(), source },
    })
}

/// Today and now, in UTC.
fn now() -> (jiff::civil::Date, String) {
    let now = jiff::Timestamp::now();
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    (today, now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}
