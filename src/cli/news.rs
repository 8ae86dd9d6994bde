//! `findbuch news`: what is new in the results of saved searches. News are written first and remembered then: a program that is
//! ended between the two shows them again. A file that news go to appears when it is whole, and that decides what has been
//! seen, so there they are news once.

use super::members::members;
use super::output::Output;
use super::save::synonyms;
use super::terminal::{self, Color};
use super::{Outcome, clock, messages};
use clap::ValueEnum;
use findbuch_engine::IndexDir;
use findbuch_engine::alerts::news::News;
use findbuch_engine::alerts::saved::{Lock, Own, Pending, Saved, SavedError, SavedSearches};
use findbuch_engine::alerts::seen::Seen;
use findbuch_files::encode_path;
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::news::{NewsFormat, NewsWriter};
use findbuch_render::plural;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Arguments of `news`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch news                                  what is new of all saved searches
  findbuch news stahl --format atom -o news.xml  as a feed, for cron after findbuch index
  findbuch news stahl --peek                     without remembering

Nothing new: exit code 1, no text, and a file is left as it was. docs/NEWS.md has more.")]
pub struct Args {
    /// A saved search; without, all of them
    name: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file, which is replaced when all is written
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show articles whose text has changed as well
    #[arg(long)]
    changed: bool,
    /// Mark nothing as seen: the same is shown again
    #[arg(long)]
    peek: bool,
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
    /// An Atom feed
    Atom,
}

/// A search that is asked.
struct Asked {
    saved: Saved,
    query: Query,
    /// Held until what has been seen is remembered.
    lock: Option<Lock>,
    /// What has been seen when the news are shown.
    seen: Seen,
}

/// Runs `news`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let engine = index.open()?;
    let members = members(index, lang)?;
    let searches = index.saved_searches();
    let (mut asked, left_out) = args.ask(&searches, lang)?;
    let when = clock::timestamp();
    let view = match &args.output {
        Some(_) if args.color != Color::Always => terminal::file_view(lang)?,
        _ => terminal::view(args.color, lang)?,
    };
    let mut out = Output::open(args.output.as_deref())?;
    let format = match args.format {
        Format::Text => NewsFormat::Text,
        Format::Json => NewsFormat::Json,
        Format::Atom => NewsFormat::Atom,
    };
    let all: Vec<&Saved> = asked.iter().map(|asked| &asked.saved).collect();
    let mut writer = NewsWriter::begin(format, &mut out, &all, &encode_path(index.path()), &when, &view)?;
    let (mut count, mut waiting) = (0, 0);
    for asked in &mut asked {
        let synonyms = synonyms(&asked.saved, index, &*engine)?;
        let own = Own { synonyms: synonyms.as_ref(), members: Some(&members) };
        let mut news = News::of(&*engine, &asked.saved, &asked.query, own, args.changed)?;
        writer.search(&mut out, &asked.saved)?;
        for hit in news.by_ref() {
            writer.hit(&mut out, &asked.saved, &hit?)?;
        }
        writer.end_search(&mut out)?;
        count += news.yielded();
        waiting += news.waiting();
        asked.seen = news.into_seen();
    }
    writer.end(&mut out)?;
    if count > 0 || args.output.is_none() {
        out.settle()?;
        if let Some((beside, place)) = out.beside() {
            for asked in &mut asked {
                let seen = asked.seen.since(&asked.saved.seen);
                asked.saved.pending = Some(Pending::of(beside, place, when.clone(), seen)?);
                asked.remember(&searches)?;
            }
        }
        out.finish()?;
    }
    for asked in &mut asked {
        asked.saved.pending = None;
        asked.saved.seen = std::mem::take(&mut asked.seen);
        asked.saved.asked = Some(when.clone());
        asked.remember(&searches)?;
    }
    if count == 0 && std::io::stdout().is_terminal() {
        terminal::note(&view, lang.pick("Nichts Neues.", "Nothing new."));
    }
    if waiting > 0 && std::io::stdout().is_terminal() {
        terminal::note(&view, &waiting_line(waiting as u64, lang));
    }
    Ok(match count {
        _ if left_out => Outcome::Problems,
        0 => Outcome::NothingFound,
        _ => Outcome::Done,
    })
}

/// That known articles have changed, and how to see them.
fn waiting_line(waiting: u64, lang: Lang) -> String {
    lang.pick(
        format!(
            "{waiting} {} geändert: findbuch news --changed",
            plural(waiting, "bekannter Artikel ist", "bekannte Artikel sind")
        ),
        format!("{waiting} known {} changed: findbuch news --changed", plural(waiting, "article has", "articles have")),
    )
}

impl Args {
    /// The searches that are asked, each with its lock unless nothing is remembered; and whether one of all was left out, since it is
    /// damaged.
    fn ask(&self, searches: &SavedSearches, lang: Lang) -> anyhow::Result<(Vec<Asked>, bool)> {
        let names = match &self.name {
            Some(name) => vec![name.clone()],
            None => searches.names()?,
        };
        if names.is_empty() {
            anyhow::bail!(
                "{}",
                lang.pick(
                    "Es ist keine Suche gespeichert: findbuch save NAME ABFRAGE",
                    "no search is saved: findbuch save NAME QUERY"
                )
            );
        }
        let mut asked = Vec::new();
        let mut left_out = false;
        for name in names {
            match self.ask_one(&name, searches, lang) {
                Ok(one) => asked.push(one),
                Err(error) if self.name.is_none() && is_damage(&error) => {
                    left_out = true;
                    terminal::report(&messages::localise(error, lang));
                }
                Err(error) => return Err(error),
            }
        }
        Ok((asked, left_out))
    }

    fn ask_one(&self, name: &str, searches: &SavedSearches, lang: Lang) -> anyhow::Result<Asked> {
        // a lock makes a file, which a search that is not there shall not leave
        searches.load(name)?;
        let lock = if self.peek { None } else { Some(searches.lock(name)?) };
        let mut saved = searches.load(name)?;
        if let Some(left) = saved.recover().filter(|_| lock.is_some()) {
            // what was left beside its place is news again
            let _ = std::fs::remove_file(left);
        }
        let query =
            Query::parse(&saved.query, clock::today()).map_err(|error| anyhow::anyhow!("{}", error.message(lang)))?;
        Ok(Asked { saved, query, lock, seen: Seen::default() })
    }
}

/// Whether a saved search is damaged, which is no fault of the others.
fn is_damage(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(SavedError::Damaged { .. } | SavedError::Io { .. }))
}

impl Asked {
    fn remember(&self, searches: &SavedSearches) -> anyhow::Result<()> {
        if let Some(lock) = &self.lock {
            searches.write(&self.saved, lock)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_articles_are_counted_in_words() {
        assert_eq!(waiting_line(1, Lang::De), "1 bekannter Artikel ist geändert: findbuch news --changed");
        assert_eq!(waiting_line(2, Lang::De), "2 bekannte Artikel sind geändert: findbuch news --changed");
        assert_eq!(waiting_line(1, Lang::En), "1 known article has changed: findbuch news --changed");
        assert_eq!(waiting_line(3, Lang::En), "3 known articles have changed: findbuch news --changed");
    }
}
