//! `findbuch search --kwic`: places in context.

use super::asked::{Asked, CitationPlace};
use super::output::Output;
use super::{Outcome, terminal};
use clap::ValueEnum;
use findbuch_engine::text::highlight::Highlighter;
use findbuch_engine::text::kwic::{Key, Line, Side, lines};
use findbuch_engine::{Detail, Engine, Sort};
use findbuch_query::lang::Lang;
use findbuch_render::kwic::{LineSource, write_header, write_line, write_row};
use findbuch_render::{View, plural};
use std::io::Write;
use std::rc::Rc;

/// Arguments of `search` that ask for places in context.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Show every place that matches on a line of its own, aligned: of -n articles, or of all with --all; in text, csv or tsv
    #[arg(long, conflicts_with_all = ["page", "explain", "count", "facets", "timeline"])]
    pub kwic: bool,
    /// With --kwic: most words on either side
    #[arg(long, value_name = "WORDS", default_value_t = 12, requires = "kwic", value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub context: u16,
    /// With --kwic: order of the lines
    #[arg(long, value_enum, default_value_t = SortBy::Rank, requires = "kwic")]
    pub sort_by: SortBy,
}

/// Orders of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortBy {
    /// The words before, the nearest first
    Left,
    /// The words that follow
    Right,
    /// The earliest article first
    Date,
    /// As the articles come, see --sort
    Rank,
}

/// How lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Aligned, for reading.
    Text,
    /// A row a line, with this delimiter.
    Rows(u8),
}

/// Most lines that are sorted by their neighbours, which takes some 500 bytes each.
const MAX_SORTED: usize = 400_000;

/// Writes the places of the articles asked for.
pub fn write(asked: &Asked<'_>, args: &Args, form: Form, lang: Lang) -> anyhow::Result<Outcome> {
    let engine: &dyn Engine = asked.engine;
    let prepared = asked.prepared.clone().adjusted(|request| {
        request.detail = Detail::Article;
        if args.sort_by == SortBy::Date {
            request.sort = Sort::Oldest;
        }
    });
    let request = prepared.request();
    let stream = engine.stream(&prepared)?;
    let wanted = if asked.all { usize::MAX } else { request.limit };
    let mut highlighter = Highlighter::new(prepared.plan());
    let mut out = Output::open(asked.output)?;
    match form {
        Form::Text => {
            let count = count_line(stream.total, wanted, asked.view);
            writeln!(out, "{}", asked.view.theme.paint(asked.view.theme.quiet, &count))?;
        }
        Form::Rows(delimiter) => write_header(&mut out, delimiter)?,
    }
    let side = match args.sort_by {
        SortBy::Left => Some(Side::Left),
        SortBy::Right => Some(Side::Right),
        SortBy::Date | SortBy::Rank => None,
    };
    let mut sorted: Vec<(Key, Line, Rc<LineSource>)> = Vec::new();
    let mut without: u64 = 0;
    for hit in stream.hits.take(wanted) {
        let hit = hit?;
        let from = Rc::new(LineSource::of(hit.rank, &hit.article, asked.view));
        let lines = lines(&hit.article, &mut highlighter, usize::from(args.context));
        without += u64::from(lines.is_empty());
        for line in lines {
            match side {
                None => put(&mut out, form, &line, &from, asked.view)?,
                Some(_) if sorted.len() >= MAX_SORTED => anyhow::bail!("{}", too_many(lang)),
                Some(side) => sorted.push((line.key(side), line, Rc::clone(&from))),
            }
        }
    }
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    for (_, line, from) in &sorted {
        put(&mut out, form, line, from, asked.view)?;
    }
    if let Some(citation) = asked.citation(request.query, stream.total)? {
        let place = if form == Form::Text { CitationPlace::Below } else { CitationPlace::StandardError };
        asked.write_citation(&mut out, &citation, place)?;
    }
    out.finish()?;
    asked.note_unquoted();
    if stream.total == 0 {
        asked.note_suggestions()?;
    }
    if without > 0 {
        terminal::note(asked.view, &without_line(without, lang));
    }
    Ok(if stream.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn put(out: &mut dyn Write, form: Form, line: &Line, from: &LineSource, view: &View) -> std::io::Result<()> {
    match form {
        Form::Text => write_line(out, line, from, view),
        Form::Rows(delimiter) => write_row(out, (delimiter, view.raw), line, from),
    }
}

fn count_line(total: u64, wanted: usize, view: &View) -> String {
    let count = view.lang.pick(format!("{total} Treffer"), format!("{total} {}", plural(total, "hit", "hits")));
    if total <= wanted as u64 {
        return count;
    }
    let some = view.lang.pick(format!("Stellen der ersten {wanted}"), format!("places in the first {wanted}"));
    format!("{count}, {some}")
}

/// That articles have no line, and why.
fn without_line(articles: u64, lang: Lang) -> String {
    lang.pick(
        format!(
            "{articles} Artikel ohne Zeile: was gefragt ist, steht {} nicht im Text, sondern in Angaben wie Autor, Ressort, Datum oder Bildnachweis.",
            plural(articles, "bei ihm", "bei ihnen")
        ),
        format!(
            "{articles} {} no line: what is asked for is not in {} text but in particulars such as author, section, date or credit",
            plural(articles, "article has", "articles have"),
            plural(articles, "its", "their")
        ),
    )
}

fn too_many(lang: Lang) -> String {
    lang.pick(
        format!("Mehr als {MAX_SORTED} Stellen werden nicht nach Nachbarn geordnet; grenzen Sie die Suche ein, etwa mit datum:2023, oder nehmen Sie --sort-by date."),
        format!("more than {MAX_SORTED} places are not sorted by neighbours; narrow the search, as with date:2023, or take --sort-by date"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_without_a_line_are_explained() {
        assert!(
            without_line(1, Lang::De).starts_with("1 Artikel ohne Zeile: was gefragt ist, steht bei ihm nicht im Text")
        );
        assert!(without_line(2, Lang::De).contains("steht bei ihnen nicht"));
        assert!(without_line(1, Lang::En).starts_with("1 article has no line: what is asked for is not in its text"));
        assert!(
            without_line(2, Lang::En).starts_with("2 articles have no line: what is asked for is not in their text")
        );
    }
}
