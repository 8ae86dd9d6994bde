//! The command line: one file a command. Here the arguments that all share, and where output goes.

mod analyze;
mod arguments;
mod asked;
mod batch;
mod check;
mod clock;
mod collection;
mod compare;
mod copy;
mod engine;
mod evaluate;
mod forget;
mod form;
mod formats;
mod generate;
mod index;
mod kwic;
mod lines;
mod losses;
mod members;
mod messages;
mod narrowing;
mod news;
mod output;
mod overview;
mod paths;
mod related;
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
mod words;
mod worker;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use findbuch_query::lang::Lang;
use std::ffi::OsString;
use std::path::PathBuf;

pub use messages::is_closed_pipe;
pub use terminal::report;

/// Full-text search for folders of German news articles.
#[derive(Debug, Parser)]
#[command(name = "findbuch", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// Folder that holds the index
    #[arg(long, global = true, value_name = "DIR", env = "FINDBUCH_INDEX", default_value = "index")]
    pub index: PathBuf,

    /// Which engine has it
    #[command(flatten)]
    pub engine: engine::EngineArgs,

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
    /// Search for each of a list of names or queries: a table of counts and first hits
    Batch(batch::Args),
    /// Serve the search page and the interface for programs
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Collect articles under a name, with notes
    Collection(collection::Args),
    /// Save a search, to see later what is new in its result
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
    /// Compare two searches: through time, by source, by names, by the words that tell them apart
    Compare(compare::Args),
    /// Show numbers about the index
    Stats(stats::Args),
    /// Leave a folder out of the index
    Forget(forget::ForgetArgs),
    /// Say where a folder of the index is now
    Move(forget::MoveArgs),
    /// Copy the index to another place, also from or to a cluster, without its files
    Copy(copy::Args),
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
    /// Read one file for another process of this program
    #[command(name = worker::NAME, hide = true)]
    ReadInChild(worker::Args),
    /// Print the manual page (roff)
    #[command(after_help = generate::MAN_EXAMPLES)]
    Man,
}

impl Command {
    /// Whether it is for those who read articles; commands for those who keep the index speak English.
    fn speaks_the_readers_language(&self) -> bool {
        matches!(
            self,
            Command::Search(_)
                | Command::Batch(_)
                | Command::Collection(_)
                | Command::Save(_)
                | Command::Saved(_)
                | Command::News(_)
                | Command::Show(_)
                | Command::Similar(_)
                | Command::Trend(_)
                | Command::Compare(_)
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
    read(arguments).unwrap_or_else(|error| error.exit())
}

/// The arguments, or what is wrong with them.
fn read(arguments: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
    // made once: that takes more than all else before the first file is opened
    let mut command = Cli::command();
    let arguments = arguments::keep_exclusions(&command, arguments);
    let behind = overview::word_behind_facets(&arguments);
    let mut matches = command.try_get_matches_from_mut(arguments)?;
    let mut cli = Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))?;
    if let Command::Search(args) = &mut cli.command {
        args.behind_facets = behind;
    }
    Ok(cli)
}

/// Runs a command.
///
/// # Errors
/// What ends it; the message is for the user.
pub fn run(cli: Cli) -> anyhow::Result<Outcome> {
    findbuch_files::silence_caught();
    let lang = cli.lang.into();
    let speaks = cli.command.speaks_the_readers_language();
    dispatch(cli, lang).map_err(|error| if speaks { messages::localise(error, lang) } else { error })
}

fn dispatch(cli: Cli, lang: Lang) -> anyhow::Result<Outcome> {
    let own = std::path::absolute(&cli.index)?;
    let index = cli.engine.index(&own)?;
    match cli.command {
        Command::Index(args) => index::run(&args, &index),
        Command::Watch(args) => watch::run(&args, &index),
        Command::Forget(args) => forget::run_forget(&args, &index),
        Command::Move(args) => forget::run_move(&args, &index),
        Command::Copy(args) => copy::run(&args, &cli.engine, &own),
        Command::Check(args) => check::run(&args, &index),
        Command::Formats(args) => formats::run(&args),
        Command::Search(args) => search::run(&args, &index, lang),
        Command::Batch(args) => batch::run(&args, &index, lang),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args, &index, lang),
        Command::Collection(args) => collection::run(&args, &index, lang),
        Command::Save(args) => save::run(&args, &index, lang),
        Command::Saved(args) => save::list(&args, &index, lang),
        Command::News(args) => news::run(&args, &index, lang),
        Command::Show(args) => show::run(&args, &index, lang),
        Command::Similar(args) => similar::run(&args, &index, lang),
        Command::Suggest(args) => suggest::run(&args, &index, lang),
        Command::Trend(args) => trend::run(&args, &index, lang),
        Command::Compare(args) => compare::run(&args, &index, lang),
        Command::Stats(args) => stats::run(&args, &index),
        Command::Analyze(args) => analyze::run(&args, &index),
        Command::Evaluate(args) => evaluate::run(&args, &index, lang),
        Command::Completions(args) => generate::completions(&args),
        Command::ReadInChild(args) => worker::run(&args),
        Command::Man => generate::man(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a line as a shell reads them, up to a pipe, a redirection or the remark behind two spaces.
    fn words(line: &str) -> Vec<OsString> {
        let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
        let mut chars = line.chars().peekable();
        while let Some(char) = chars.next() {
            match (quote, char) {
                (None, '|' | '>') => break,
                (None, ' ') if chars.peek() == Some(&' ') => break,
                (None, ' ') => words.push(std::mem::take(&mut word).into()),
                (None, '\'' | '"') => quote = Some(char),
                (Some(open), _) if open == char => quote = None,
                _ => word.push(char),
            }
        }
        words.push(word.into());
        words.retain(|word: &OsString| !word.is_empty());
        words
    }

    #[test]
    fn every_help_has_examples_that_can_be_run() {
        let command = Cli::command();
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()).chain([&command]) {
            let name = sub.get_name();
            let help = sub.get_after_help().map(ToString::to_string).unwrap_or_default();
            let (_, examples) = help.split_once("Examples:\n").unwrap_or_else(|| panic!("{name} has no examples"));
            let examples: Vec<&str> = examples
                .lines()
                .filter_map(|line| line.strip_prefix("  "))
                .filter(|l| l.starts_with("findbuch "))
                .collect();
            assert!(examples.iter().any(|example| words(example).iter().any(|word| word == name)), "{name}");
            for example in examples {
                if let Err(error) = read(words(example).into_iter()) {
                    panic!("{example}: {error}");
                }
            }
        }
    }
}
