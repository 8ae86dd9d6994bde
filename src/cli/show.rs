//! `findbuch show`

use super::members::members;
use super::paths::{as_indexed, id_or_path};
use super::terminal::{self, Color};
use super::{Outcome, clock};
use clap::ValueEnum;
use findbuch_article::Article;
use findbuch_engine::text::highlight::Highlighter;
use findbuch_engine::versions::differences::differences;
use findbuch_engine::{Engine, EngineError, ExpansionOptions, IndexDir, SearchRequest};
use findbuch_files::{decode_path, encode_path, outer_file};
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::{View, article, differences as rendered, errors, json};
use std::io::Write;
use std::path::Path;

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch show sample-corpus/kopiert/waffenhandel-nordkorea.txt
  findbuch show sample-corpus/kopiert/waffenhandel-nordkorea.txt --query Munition
  findbuch show sample-corpus/agentur/ticker-2023.jsonl:3 --format json
  findbuch show sample-corpus/agentur/zwilling-bote.json --differences sample-corpus/agentur/zwilling-tageblatt.json

Parts in parentheses repeat words of the text and are not searched. What belongs to the page is named as its own, and found behind all
else; search --no-furniture leaves it out.")]
pub struct Args {
    /// Id of the article, or path of its file, with :N for the Nth record of a file
    #[arg(value_parser = id_or_path())]
    id: String,
    /// Mark the words of this query
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Show what this article, nearly identical with the first, has otherwise
    #[arg(long, value_name = "OTHER-ID", conflicts_with = "query", value_parser = id_or_path())]
    differences: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object with all parts
    Json,
}

/// Runs `show`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let query = args.query.as_deref().map(|text| Query::parse(text, clock::today())).transpose();
    let query = query.map_err(|error| anyhow::anyhow!("{}", error.message(lang)))?;
    let engine = index.open()?;
    let view = View { gone: engine.state().gone.clone(), ..terminal::view(args.color, lang)? };
    let article = &the_article(&*engine, &args.id, &view)?;
    let mut out = terminal::out();
    if let Some(id) = &args.differences {
        let other = the_article(&*engine, id, &view)?;
        let changes = differences(article, &other);
        match args.format {
            Format::Text => rendered::write(&mut out, article, &other, &changes, &view)?,
            Format::Json => rendered::write_json(&mut out, article, &other, &changes, &view)?,
        }
        out.flush()?;
        return Ok(Outcome::Done);
    }
    match args.format {
        Format::Text => {
            let mut highlighter = match &query {
                Some(query) => marks(&*engine, query, index, &view)?,
                None => None,
            };
            article::write_article(&mut out, article, highlighter.as_mut(), &view)?;
            let versions = engine.versions(article)?;
            if !versions.is_empty() {
                writeln!(out)?;
                article::write_versions(&mut out, &versions, &view)?;
            }
        }
        Format::Json => json::write_article(&mut out, article, &engine.versions(article)?, &view)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// What marks the words of a query; says so where one of them means too many.
fn marks(engine: &dyn Engine, query: &Query, index: &IndexDir, view: &View) -> anyhow::Result<Option<Highlighter>> {
    let members = members(index, view.lang)?;
    let expansion = ExpansionOptions { members: Some(&members), ..ExpansionOptions::default() };
    match engine.prepare(&SearchRequest { expansion, ..SearchRequest::new(query) }) {
        Ok(prepared) => Ok(Some(Highlighter::new(prepared.plan()))),
        Err(error @ (EngineError::TooManyForms { .. } | EngineError::UnknownCollection { .. })) => {
            terminal::note(view, &errors::localise(&error, query, view.lang));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Most places that are listed where an id stands for several.
const LISTED: usize = 50;

/// The one article that `id` stands for.
pub fn the_article(engine: &dyn Engine, id: &str, view: &View) -> anyhow::Result<Article> {
    let lang = view.lang;
    let found = find(engine, id)?;
    let [article] = found.as_slice() else {
        if found.is_empty() {
            anyhow::bail!(
                "{}",
                lang.pick(
                    format!(
                        "Einen Artikel „{id}“ gibt es im Index nicht; die Suche nennt Pfade und IDs (--format json)."
                    ),
                    format!("the index has no article \"{id}\"; a search gives paths and ids (--format json)"),
                )
            );
        }
        let mut places: Vec<String> =
            found.iter().take(LISTED).map(|article| place(article, &view.path(&article.path))).collect();
        places.extend((found.len() > LISTED).then(|| "…".to_owned()));
        anyhow::bail!(
            "{}\n  {}",
            lang.pick(
                format!("„{id}“ steht für {} Artikel; nennen Sie einen:", found.len()),
                format!("\"{id}\" stands for {} articles; name one:", found.len()),
            ),
            places.join("\n  ")
        );
    };
    Ok(article.clone())
}

fn place(article: &Article, path: &str) -> String {
    article.record.map_or_else(|| path.to_owned(), |record| format!("{path}:{record}"))
}

/// By id, by path, by path and record.
fn find(engine: &dyn Engine, id: &str) -> anyhow::Result<Vec<Article>> {
    let found = engine.articles(id)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let found = by_path(id, &|path| engine.articles(path))?;
    if !found.is_empty() {
        return Ok(found);
    }
    let Some((path, record)) = id.rsplit_once(':') else { return Ok(Vec::new()) };
    let Ok(record) = record.parse::<u64>() else { return Ok(Vec::new()) };
    by_path(path, &|path| engine.with_record(path, record))
}

/// What `of_file` has of a path: of the file there, or of a member of the container that it lies in.
fn by_path(path: &str, of_file: &dyn Fn(&str) -> Result<Vec<Article>, EngineError>) -> anyhow::Result<Vec<Article>> {
    // as it stands, or as findbuch writes it; it may be gone
    for place in [Path::new(path), &decode_path(path)] {
        let Ok(whole) = as_indexed(place) else { continue };
        let found = of_file(&encode_path(&whole))?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    // a member of a container, or a page
    let Some((outer, within)) = outer_file(path).and_then(|outer| path.split_at_checked(outer.len())) else {
        return Ok(Vec::new());
    };
    for place in [Path::new(outer), &decode_path(outer)] {
        let Ok(whole) = as_indexed(place) else { continue };
        let outer = encode_path(&whole);
        let mut found = of_file(&outer)?;
        found.retain(|found| found.path.strip_prefix(&outer) == Some(within));
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_named_behind_its_file() {
        assert_eq!(place(&Article::default(), "a.txt"), "a.txt");
        assert_eq!(place(&Article { record: Some(3), ..Article::default() }, "a.jsonl"), "a.jsonl:3");
    }
}
