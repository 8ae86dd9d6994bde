//! `findbuch save` and `findbuch saved`

use super::members::members;
use super::paths::canonical;
use super::terminal::Color;
use super::{Outcome, clock, messages, terminal};
use clap::ValueEnum;
use findbuch_engine::alerts::news::News;
use findbuch_engine::alerts::saved::{Own, Saved};
use findbuch_engine::answer::suggested;
use findbuch_engine::synonyms::Synonyms;
use findbuch_engine::{Engine, IndexDir, SearchRequest};
use findbuch_files::encode_path;
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::notices::did_you_mean;
use findbuch_render::{plural, printable};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `save`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(after_help = "\
Examples:
  findbuch save stahl 'Stahlwerk Oberlenz'       what matches now is known, what comes is news
  findbuch save orgel Orgel --exact --replace    another query of that name
  findbuch news stahl                            what is new

docs/NEWS.md says what is new and when it is remembered.")]
pub struct Args {
    /// Name: letters, digits, - and _
    name: String,
    /// As for search
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Only hits from this folder or file
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
    /// Search the forms as typed
    #[arg(long)]
    exact: bool,
    /// Search no other spellings of names and no synonyms
    #[arg(long)]
    no_variants: bool,
    /// Take the place of the saved search of this name
    #[arg(long)]
    replace: bool,
    /// Show at first what matches already
    #[arg(long)]
    all_first: bool,
}

/// Arguments of `saved`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch saved                       names, queries and options
  findbuch saved --format jsonl        for other programs
  findbuch saved --delete stahl        forget one")]
pub struct ListArgs {
    /// Forget the search of this name
    #[arg(long, value_name = "NAME")]
    delete: Option<String>,
    /// Form of the list
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// A search a line
    Jsonl,
}

/// Runs `save`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let text = super::arguments::restore(&args.query).join(" ");
    let query = Query::parse(&text, clock::today()).map_err(|error| anyhow::anyhow!("{}", error.message(lang)))?;
    terminal::hint(&terminal::view(Color::Auto, lang)?, &query);
    let within = args.within.as_deref().map(canonical).transpose()?;
    let engine = index.open()?;
    let searches = index.saved_searches();
    let lock = searches.lock(&args.name)?;
    if !args.replace && searches.has(&args.name)? {
        return Err(findbuch_engine::alerts::saved::SavedError::Exists(args.name.clone()).into());
    }
    let mut saved = Saved::new(args.name.clone(), query.text.clone(), clock::timestamp());
    (saved.exact, saved.no_variants, saved.within) = (args.exact, args.no_variants, within);
    let (mut known, mut hints) = (0, Vec::new());
    if !args.all_first {
        let (synonyms, members) = (synonyms(&saved, index, &*engine)?, members(index, lang)?);
        let own = Own { synonyms: synonyms.as_ref(), members: Some(&members) };
        // of articles of one name all texts are known, none waits
        let mut news = News::of(&*engine, &saved, &query, own, true)?;
        for hit in news.by_ref() {
            hit?;
            known += 1;
        }
        saved.seen = news.into_seen();
        if known == 0 {
            let request = SearchRequest {
                within: saved.within.as_deref(),
                expansion: saved.expansion(own),
                furniture: false,
                ..SearchRequest::new(&query)
            };
            hints =
                did_you_mean(&suggested(&*engine, &engine.prepare(&request)?)?, &terminal::view(Color::Auto, lang)?);
        }
    }
    searches.write(&saved, &lock)?;
    let name = printable(&args.name);
    let mut out = terminal::out();
    writeln!(
        out,
        "{}",
        lang.pick(
            format!(
                "„{name}“ gespeichert, {known} Treffer {} als bekannt. Neues zeigt: findbuch news {name}",
                plural(known, "gilt", "gelten")
            ),
            format!(
                "“{name}” saved, {known} {} as known; for what is new: findbuch news {name}",
                plural(known, "hit counts", "hits count")
            ),
        )
    )?;
    out.flush()?;
    for hint in hints {
        writeln!(std::io::stderr(), "{hint}")?;
    }
    Ok(Outcome::Done)
}

/// The user's list, where the search wants it.
pub fn synonyms(saved: &Saved, index: &IndexDir, engine: &dyn Engine) -> anyhow::Result<Option<Synonyms>> {
    if saved.exact || saved.no_variants {
        return Ok(None);
    }
    Ok(index.synonyms(&mut engine.analyzer())?)
}

/// Runs `saved`.
pub fn list(args: &ListArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let searches = index.saved_searches();
    if let Some(name) = &args.delete {
        if !searches.has(name)? {
            return Err(findbuch_engine::alerts::saved::SavedError::Unknown(name.clone()).into());
        }
        let lock = searches.lock(name)?;
        searches.delete(name, &lock)?;
        return Ok(Outcome::Done);
    }
    let names = searches.names()?;
    let mut out = terminal::out();
    let mut outcome = Outcome::Done;
    for name in &names {
        let saved = match searches.load(name) {
            Ok(saved) => saved,
            // one that is damaged is its own fault alone
            Err(error) => {
                outcome = Outcome::Problems;
                terminal::report(&messages::localise(error.into(), lang));
                continue;
            }
        };
        match args.format {
            Format::Text => writeln!(out, "{}", line(&saved))?,
            Format::Jsonl => {
                let Saved { name, query, exact, no_variants, within, saved, asked, .. } = &saved;
                let search = serde_json::json!({
                    "name": name, "query": query, "exact": exact, "no_variants": no_variants,
                    "in": within.as_deref().map(encode_path), "saved": saved, "asked": asked,
                });
                writeln!(out, "{search}")?;
            }
        }
    }
    out.flush()?;
    if names.is_empty() {
        let hint = lang.pick(
            "Es ist keine Suche gespeichert: findbuch save NAME ABFRAGE",
            "no search is saved: findbuch save NAME QUERY",
        );
        writeln!(std::io::stderr(), "{hint}")?;
        return Ok(Outcome::NothingFound);
    }
    Ok(outcome)
}

/// Name, query and options.
fn line(saved: &Saved) -> String {
    let mut line = format!("{}: {}", saved.name, saved.query);
    for (set, option) in [(saved.exact, " --exact"), (saved.no_variants, " --no-variants")] {
        if set {
            line.push_str(option);
        }
    }
    if let Some(within) = &saved.within {
        line.push_str(" --in ");
        line.push_str(&encode_path(within));
    }
    printable(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_search_is_one_printable_line() {
        let mut saved = Saved::new("orgel".into(), "Orgel\u{7} -Trompete".into(), "2026-01-02T03:04:05Z".into());
        assert_eq!(line(&saved), "orgel: Orgel\u{fffd} -Trompete");
        (saved.exact, saved.no_variants, saved.within) = (true, true, Some("/archiv/2023".into()));
        assert_eq!(line(&saved), "orgel: Orgel\u{fffd} -Trompete --exact --no-variants --in /archiv/2023");
    }
}
