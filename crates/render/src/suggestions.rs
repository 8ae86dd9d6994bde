//! Suggestions for a query, for reading and as JSON.

use crate::escape::printable;
use crate::numbers::number;
use crate::view::View;
use crate::wrap::wrap;
use findbuch_engine::suggest::{SuggestedHeadline, SuggestedName, SuggestedWord, Suggestions};
use serde::Serialize;
use std::io::{Result, Write};

const SUGGEST: &str = "findbuch.suggest/1";

/// Writes a block for each kind of suggestion.
///
/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, suggestions: &Suggestions, view: &View) -> Result<()> {
    let lang = view.lang;
    let words = suggestions.words.iter().map(|word| counted(&word.text, word.articles, view)).collect();
    let names = suggestions.names.iter().map(|name| counted(&name.text, name.articles, view)).collect();
    let headlines = suggestions.headlines.iter().map(|headline| dated(headline, view)).collect();
    let blocks: [(&str, Vec<String>); 3] = [
        (lang.pick("Wörter", "Words"), words),
        (lang.pick("Namen", "Names"), names),
        (lang.pick("Titel", "Headlines"), headlines),
    ];
    let mut first = true;
    for (title, lines) in blocks.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        writeln!(out, "{}", view.theme.paint(view.theme.headline, title))?;
        for line in lines {
            writeln!(out, "{}", wrap(&line, view.width, "  ", "    "))?;
        }
    }
    Ok(())
}

fn counted(text: &str, articles: u64, view: &View) -> String {
    let count = format!("({})", number(articles as f64, 0, view.lang));
    format!("{} {}", printable(text), view.theme.paint(view.theme.quiet, &count))
}

fn dated(headline: &SuggestedHeadline, view: &View) -> String {
    let day = headline.date.as_ref().map(|date| view.day(&date.value));
    let known: Vec<String> = day.into_iter().chain([view.location(&headline.path, headline.record)]).collect();
    let known = format!("({})", known.join(", "));
    format!("{} {}", printable(&headline.text), view.theme.paint(view.theme.quiet, &known))
}

#[derive(Serialize)]
struct SuggestOut<'a> {
    schema: &'static str,
    typed: &'a str,
    words: &'a [SuggestedWord],
    names: &'a [SuggestedName],
    headlines: Vec<SuggestedHeadline>,
}

/// Writes all as one object, on one line.
///
/// # Errors
/// When the output cannot be written.
pub fn write_json(out: &mut dyn Write, typed: &str, suggestions: &Suggestions, view: &View) -> Result<()> {
    let shown =
        |headline: &SuggestedHeadline| SuggestedHeadline { path: view.path(&headline.path), ..headline.clone() };
    let headlines = suggestions.headlines.iter().map(shown).collect();
    let (words, names) = (&suggestions.words, &suggestions.names);
    serde_json::to_writer(&mut *out, &SuggestOut { schema: SUGGEST, typed, words, names, headlines })?;
    writeln!(out)
}
