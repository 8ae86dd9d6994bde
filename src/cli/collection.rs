//! `findbuch collection`

use super::lines::Lines;
use super::output::Output;
use super::paths::id_or_path;
use super::show::the_article;
use super::terminal::{self, Color};
use super::{Outcome, clock, messages};
use clap::{Subcommand, ValueEnum};
use findbuch_engine::collections::exchange::{LineFault, MAX_LINE, of_line, to_line};
use findbuch_engine::collections::{Collection, CollectionError, Item};
use findbuch_engine::{Engine, IndexDir};
use findbuch_query::lang::Lang;
use findbuch_render::View;
use findbuch_render::collection::{write_item, write_json, write_line};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `collection`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch collection add hafen nb-2012-08-20-0017 --note 'Zeugen anrufen'    mark an article, with a note
  findbuch collection show hafen                                              its articles
  findbuch search 'sammlung:hafen Fähre'                                      search in it
  findbuch search sammlung:hafen --all --format bibtex                        cite it
  findbuch collection export hafen -o hafen.jsonl                             keep it elsewhere

Collections lie beside the index and outlive it: they know articles by their ids. docs/COLLECTIONS.md says more.")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Mark articles; the collection is made if there is none
    Add(AddArgs),
    /// Take articles out
    Remove(RemoveArgs),
    /// List the collections
    List(ListArgs),
    /// Show the articles of a collection with their notes
    Show(ShowArgs),
    /// Write collections as JSON Lines
    Export(ExportArgs),
    /// Read articles of collections from JSON Lines, beside those that are there
    Import(ImportArgs),
    /// Remove a collection; its articles stay in the index
    Delete(DeleteArgs),
}

#[derive(Debug, clap::Args)]
struct AddArgs {
    /// Name: letters, digits, - and _
    name: String,
    /// Articles: the id, or the path of the file
    #[arg(value_name = "ID", required = true, value_parser = id_or_path())]
    ids: Vec<String>,
    /// Note to the articles; of one that is marked already it replaces the note
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
}

#[derive(Debug, clap::Args)]
struct RemoveArgs {
    /// The collection
    name: String,
    /// Ids of articles, as `collection show` has them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Form of the list
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, clap::Args)]
struct ShowArgs {
    /// The collection
    name: String,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, clap::Args)]
struct ExportArgs {
    /// Collections; none: all
    names: Vec<String>,
    /// Write to this file, which is replaced when all is written
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct ImportArgs {
    /// JSON Lines as `collection export` writes them; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
struct DeleteArgs {
    /// The collection
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object
    Json,
}

/// Runs `collection`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    match &args.action {
        Action::Add(args) => add(args, index, lang),
        Action::Remove(args) => remove(args, index, lang),
        Action::List(args) => list(args, index, lang),
        Action::Show(args) => show(args, index, lang),
        Action::Export(args) => export(args, index, lang),
        Action::Import(args) => import(args, index, lang),
        Action::Delete(args) => {
            index.collections().delete(&args.name)?;
            Ok(Outcome::Done)
        }
    }
}

fn add(args: &AddArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let (engine, view) = (index.open()?, terminal::view(Color::Auto, lang)?);
    let mut items = Vec::new();
    for id in &args.ids {
        items.push(Item::of(&the_article(&*engine, id, &view)?, &args.note, clock::timestamp()));
    }
    let all = items.len();
    let new = index.collections().add(&args.name, items)?;
    let (name, known) = (&args.name, all - new);
    let line = lang.pick(
        format!(
            "Sammlung „{name}“: {new} Artikel neu, {known} schon darin. Es zeigt sie: findbuch collection show {name}"
        ),
        format!("collection “{name}”: {new} new, {known} in it already; to see them: findbuch collection show {name}"),
    );
    terminal::note(&view, &line);
    Ok(Outcome::Done)
}

fn remove(args: &RemoveArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let removed = index.collections().remove(&args.name, &args.ids)?;
    if removed == 0 {
        let line = lang.pick(
            format!("Davon ist nichts in der Sammlung; was darin ist, zeigt: findbuch collection show {}", args.name),
            format!("nothing of that is in the collection; for what is: findbuch collection show {}", args.name),
        );
        terminal::note(&terminal::view(Color::Auto, lang)?, &line);
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Done)
}

fn list(args: &ListArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let (all, faults) = index.collections().all()?;
    let mut out = terminal::out();
    match args.format {
        Format::Text => all.iter().try_for_each(|one| write_line(&mut out, one, lang))?,
        Format::Json => write_json(&mut out, &all, false)?,
    }
    out.flush()?;
    let outcome = if faults.is_empty() { Outcome::Done } else { Outcome::Problems };
    for fault in faults {
        terminal::report(&messages::localise(fault.into(), lang));
    }
    if all.is_empty() && outcome == Outcome::Done {
        let hint = lang.pick(
            "Es gibt keine Sammlung: findbuch collection add NAME ID",
            "there is no collection: findbuch collection add NAME ID",
        );
        terminal::note(&terminal::view(Color::Auto, lang)?, hint);
        return Ok(Outcome::NothingFound);
    }
    Ok(outcome)
}

fn show(args: &ShowArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let collection = index.collections().load(&args.name)?;
    let mut out = terminal::out();
    if args.format == Format::Json {
        write_json(&mut out, std::slice::from_ref(&collection), true)?;
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let (engine, view) = (index.open()?, terminal::view(args.color, lang)?);
    for (at, item) in collection.items.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_item(&mut out, item, !is_there(&*engine, item)?, &view)?;
    }
    out.flush()?;
    Ok(if collection.items.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Whether the index has an article.
fn is_there(engine: &dyn Engine, item: &Item) -> anyhow::Result<bool> {
    Ok(engine.articles(&item.id)?.iter().any(|article| article.id == item.id))
}

fn export(args: &ExportArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let collections = index.collections();
    let (chosen, faults): (Vec<Collection>, Vec<CollectionError>) = if args.names.is_empty() {
        collections.all()?
    } else {
        (args.names.iter().map(|name| collections.load(name)).collect::<Result<_, _>>()?, Vec::new())
    };
    let mut out = Output::open(args.output.as_deref())?;
    for collection in &chosen {
        for item in &collection.items {
            writeln!(out, "{}", to_line(&collection.name, item)?)?;
        }
    }
    out.finish()?;
    let outcome = if faults.is_empty() { Outcome::Done } else { Outcome::Problems };
    for fault in faults {
        terminal::report(&messages::localise(fault.into(), lang));
    }
    Ok(outcome)
}

fn import(args: &ImportArgs, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let mut lines = Lines::open(&args.file, MAX_LINE, lang)?;
    let (mut read, mut faulty) = (BTreeMap::<String, Vec<Item>>::new(), false);
    while let Some((number, line)) = lines.next(lang)? {
        let item = match line {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => of_line(&line).map_err(|fault| said(&fault, lang)),
            Err(fault) => Err(fault),
        };
        match item {
            Ok((name, item)) => read.entry(name).or_default().push(item),
            Err(fault) => {
                faulty = true;
                lines.report(number, &fault);
            }
        }
    }
    let view: View = terminal::view(Color::Auto, lang)?;
    for (name, items) in read {
        let all = items.len();
        let new = index.collections().add(&name, items)?;
        let known = all - new;
        let line = lang.pick(
            format!("Sammlung „{name}“: {new} Artikel neu, {known} schon darin"),
            format!("collection “{name}”: {new} new, {known} in it already"),
        );
        terminal::note(&view, &line);
    }
    Ok(if faulty { Outcome::Problems } else { Outcome::Done })
}

/// What is wrong with a line that is imported.
fn said(fault: &LineFault, lang: Lang) -> String {
    let german = match fault {
        LineFault::Json(error) => format!("Die Zeile ist kein Artikel einer Sammlung: {error}"),
        LineFault::NoId => "Der Zeile fehlt die Kennung, id.".into(),
        LineFault::Long => "Notiz oder Kennung der Zeile sind zu lang; kürzen Sie sie.".into(),
    };
    lang.pick(german, fault.to_string())
}
