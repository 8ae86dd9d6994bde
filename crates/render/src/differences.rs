//! What differs between two articles, for reading and as JSON: `[-removed-]`, `{+added+}`, in colour without the marks.

use super::article::row;
use super::{View, part_name, printable};
use findbuch_article::Article;
use findbuch_engine::versions::differences::Change;
use findbuch_engine::versions::word_diff::Piece;
use serde::Serialize;
use std::io::{Result, Write};

const DIFFERENCES: &str = "findbuch.differences/1";

/// Writes what differs between two articles, below what tells them apart.
///
/// # Errors
/// What the output says.
pub fn write(out: &mut dyn Write, before: &Article, after: &Article, changes: &[Change], view: &View) -> Result<()> {
    let lang = view.lang;
    for (name, article) in [(lang.pick("Vorher", "Before"), before), (lang.pick("Nachher", "After"), after)] {
        let day = article.date.as_ref().map(|date| view.day(&date.value));
        let known: Vec<String> = day.into_iter().chain(article.source.clone()).chain([place(article, view)]).collect();
        row(out, name, &printable(&known.join(", ")), view)?;
    }
    if changes.is_empty() {
        writeln!(out)?;
        return writeln!(out, "{}", lang.pick("Die Texte sind gleich.", "The texts are the same."));
    }
    for change in changes {
        writeln!(out)?;
        let text: String = change.pieces.iter().map(|piece| shown(piece, view)).collect();
        row(out, part_name(change.kind, lang), &text, view)?;
    }
    Ok(())
}

/// The path, with the record of a file of several.
fn place(article: &Article, view: &View) -> String {
    let path = view.path(&article.path);
    article.record.map_or_else(|| path.clone(), |record| format!("{path}:{record}"))
}

fn shown(piece: &Piece, view: &View) -> String {
    let text = printable(piece.text());
    match piece {
        Piece::Same(_) => text,
        Piece::Removed(_) => view.theme.removed(&text),
        Piece::Added(_) => view.theme.added(&text),
    }
}

#[derive(Serialize)]
struct DifferencesOut<'a> {
    schema: &'static str,
    before: Named<'a>,
    after: Named<'a>,
    changes: &'a [Change],
}

/// An article by its names.
#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
}

/// Writes what differs as one object.
///
/// # Errors
/// What the output says.
pub fn write_json(
    out: &mut dyn Write,
    before: &Article,
    after: &Article,
    changes: &[Change],
    view: &View,
) -> Result<()> {
    let named = |article: &Article| (view.path(&article.path), article.record);
    let [(path, record), (other_path, other_record)] = [before, after].map(named);
    let before = Named { id: &before.id, path, record };
    let after = Named { id: &after.id, path: other_path, record: other_record };
    serde_json::to_writer_pretty(&mut *out, &DifferencesOut { schema: DIFFERENCES, before, after, changes })?;
    writeln!(out)
}
