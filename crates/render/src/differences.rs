//! The differences between two articles, for reading and as JSON: `[-removed-]` and `{+added+}`, or colours instead.

use crate::article::row;
use crate::escape::printable;
use crate::labels::part_name;
use crate::view::View;
use findbuch_article::Article;
use findbuch_engine::versions::differences::Change;
use findbuch_engine::versions::word_diff::Piece;
use serde::Serialize;
use std::io::{Result, Write};

const DIFFERENCES: &str = "findbuch.differences/1";

/// Writes the differences between two articles, below day, source and path of each.
///
/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, before: &Article, after: &Article, changes: &[Change], view: &View) -> Result<()> {
    let lang = view.lang;
    for (name, article) in [(lang.pick("Vorher", "Before"), before), (lang.pick("Nachher", "After"), after)] {
        let day = article.date.as_ref().map(|date| view.day(&date.value));
        let known: Vec<String> = day
            .into_iter()
            .chain(article.source.clone())
            .chain([view.location(&article.path, article.record)])
            .collect();
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
    before: ArticleOut<'a>,
    after: ArticleOut<'a>,
    changes: &'a [Change],
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    id: &'a str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
}

impl ArticleOut<'_> {
    fn of<'a>(article: &'a Article, view: &View) -> ArticleOut<'a> {
        ArticleOut { id: &article.id, path: view.path(&article.path), record: article.record }
    }
}

/// Writes the differences as one object.
///
/// # Errors
/// When the output cannot be written.
pub fn write_json(
    out: &mut dyn Write,
    before: &Article,
    after: &Article,
    changes: &[Change],
    view: &View,
) -> Result<()> {
    let before = ArticleOut::of(before, view);
    let after = ArticleOut::of(after, view);
    serde_json::to_writer_pretty(&mut *out, &DifferencesOut { schema: DIFFERENCES, before, after, changes })?;
    writeln!(out)
}
