//! Collections for reading and as JSON.

use crate::escape::{printable, single_line};
use crate::numbers::number;
use crate::view::View;
use crate::wrap::wrap;
use findbuch_engine::collections::{Collection, Item};
use findbuch_query::lang::Lang;
use serde::Serialize;
use std::io::{Result, Write};

const SCHEMA: &str = "findbuch.collections/1";
const INDENT: &str = "   ";

#[derive(Serialize)]
struct CollectionsOut<'a> {
    schema: &'static str,
    collections: Vec<CollectionOut<'a>>,
}

#[derive(Serialize)]
struct CollectionOut<'a> {
    name: &'a str,
    total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<&'a [Item]>,
}

/// Writes collections as one object, each with its articles if `whole`.
///
/// # Errors
/// When the output cannot be written.
pub fn write_json(out: &mut dyn Write, collections: &[Collection], whole: bool) -> Result<()> {
    let out_of = |one| {
        let Collection { name, items, .. }: &Collection = one;
        CollectionOut { name, total: items.len(), items: whole.then_some(items) }
    };
    let collections = collections.iter().map(out_of).collect();
    serde_json::to_writer(&mut *out, &CollectionsOut { schema: SCHEMA, collections })?;
    writeln!(out)
}

/// Writes the name of a collection and how many articles it has.
///
/// # Errors
/// When the output cannot be written.
pub fn write_line(out: &mut dyn Write, collection: &Collection, lang: Lang) -> Result<()> {
    writeln!(out, "{}: {}", printable(&collection.name), articles(collection.items.len(), lang))
}

/// `2 Artikel`
#[must_use]
pub fn articles(count: usize, lang: Lang) -> String {
    let shown = number(count as f64, 0, lang);
    lang.pick(format!("{shown} Artikel"), format!("{shown} {}", if count == 1 { "article" } else { "articles" }))
}

/// Date and source of an article when it was marked, as the reader writes them.
#[must_use]
pub fn facts(item: &Item, view: &View) -> String {
    let date = item.date.as_deref().map(|date| {
        let day = date.parse::<findbuch_article::Date>();
        day.map_or_else(|_| date.to_owned(), |day| view.day(&day))
    });
    [date, item.source.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Writes an article of a collection; whether it is gone from the index is told.
///
/// # Errors
/// When the output cannot be written.
pub fn write_item(out: &mut dyn Write, item: &Item, gone: bool, view: &View) -> Result<()> {
    let theme = &view.theme;
    let headline = if item.headline.is_empty() { &item.id } else { &item.headline };
    let headline = wrap(&printable(&single_line(headline)), view.width, "", INDENT);
    writeln!(out, "{}", theme.paint(theme.headline, &headline))?;
    let facts = facts(item, view);
    if !facts.is_empty() {
        writeln!(out, "{INDENT}{}", theme.paint(theme.quiet, &printable(&facts)))?;
    }
    for line in item.note.lines() {
        writeln!(out, "{}", wrap(&printable(line), view.width, INDENT, INDENT))?;
    }
    if gone {
        let gone = view.lang.pick("nicht mehr im Index", "no longer in the index");
        writeln!(out, "{INDENT}{}", theme.paint(theme.notice, gone))?;
    }
    writeln!(out, "{INDENT}{}", theme.paint(theme.path, &printable(&item.id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;

    #[test]
    fn items_are_shown_safely_and_say_what_is_gone() {
        let view = View {
            width: 80,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        let item = Item {
            id: "a\u{1b}".into(),
            note: "Zeugen\nanrufen\u{7}".into(),
            added: String::new(),
            headline: "Der\nDeich".into(),
            date: Some("2023-09-12".into()),
            source: Some("Bote".into()),
        };
        let shown = |gone| {
            let mut out = Vec::new();
            write_item(&mut out, &item, gone, &view).expect("written");
            String::from_utf8(out).expect("UTF-8")
        };
        assert_eq!(shown(false), "Der Deich\n   12.09.2023 · Bote\n   Zeugen\n   anrufen\u{fffd}\n   a\u{fffd}\n");
        assert!(shown(true).contains("   nicht mehr im Index\n"));
    }
}
