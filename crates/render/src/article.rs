//! One article for reading: its parts are named in a column beside the text, or above it where the view is narrow.

use crate::escape::printable;
use crate::labels::{character_set, part_name};
use crate::view::View;
use crate::wrap::wrap;
use findbuch_article::{Article, DateFrom, Part, PartKind};
use findbuch_engine::text::highlight::{Highlighter, Mark, in_chars};
use std::io::{Result, Write};

/// Columns of the names.
const NAMES: usize = 15;
/// The narrowest view that has room for names beside the text.
const MIN_WIDTH: usize = 60;

/// Writes the article as it was read, with the words that `highlighter` finds marked.
///
/// ```
/// use findbuch_article::{Article, Part, PartKind};
/// use findbuch_query::lang::Lang;
/// use findbuch_render::{Theme, View, article::write_article};
///
/// let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/".into(), raw: false, gone: Vec::new() };
/// let article = Article {
///     id: "linden".into(),
///     path: "/linden.txt".into(),
///     parts: vec![Part::new(PartKind::Headline, "Die Linden bleiben")],
///     ..Article::default()
/// };
/// let mut out = Vec::new();
/// write_article(&mut out, &article, None, &view)?;
/// assert_eq!(
///     String::from_utf8_lossy(&out),
///     "Datum          unbekannt\nDatei          linden.txt\nID             linden\n\nTitel          Die Linden bleiben\n"
/// );
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When the output cannot be written.
pub fn write_article(
    out: &mut dyn Write,
    article: &Article,
    highlighter: Option<&mut Highlighter>,
    view: &View,
) -> Result<()> {
    let found = highlighter.map(|highlighter| highlighter.find(article, |_| true)).unwrap_or_default();
    for (name, value) in facts(article, view) {
        row(out, name, &printable(&value), view)?;
    }
    writeln!(out)?;
    let mut before = None;
    for (number, part) in article.parts.iter().enumerate() {
        if before.is_some_and(|kind| kind != PartKind::Kicker || part.kind != PartKind::Headline) {
            writeln!(out)?;
        }
        before = Some(part.kind);
        row(out, &name(part, view), &body(part, found.of_part(number), view), view)?;
        if let Some(attribution) = &part.attribution {
            row(out, "", &format!("– {}", printable(attribution)), view)?;
        }
    }
    Ok(())
}

/// Lists the versions of an article, each with the share of its text that is the same.
///
/// # Errors
/// When the output cannot be written.
pub fn write_versions(out: &mut dyn Write, versions: &[(f32, Article)], view: &View) -> Result<()> {
    for (at, (share, version)) in versions.iter().enumerate() {
        let name = if at == 0 { view.lang.pick("Fast gleich", "Nearly same") } else { "" };
        let day = version.date.as_ref().map(|date| format!("{}, ", view.day(&date.value))).unwrap_or_default();
        let source = version.source.as_ref().map(|source| format!("{source}, ")).unwrap_or_default();
        let text = format!("{} ({day}{source}{:.0} %)", version.id, share * 100.0);
        row(out, name, &printable(&text), view)?;
    }
    Ok(())
}

fn facts(article: &Article, view: &View) -> Vec<(&'static str, String)> {
    let lang = view.lang;
    let date = article.date.as_ref().map(|date| {
        let from = match date.from {
            DateFrom::Metadata => lang.pick("aus den Metadaten", "from the metadata"),
            DateFrom::Text => lang.pick("aus dem Text", "from the text"),
            DateFrom::Url => lang.pick("aus der Adresse", "from the address"),
            DateFrom::FileName => lang.pick("aus dem Dateinamen", "from the file name"),
        };
        let time = date.value.time.map(|time| format!(", {:02}:{:02}", time.hour(), time.minute())).unwrap_or_default();
        format!("{}{time} ({from})", view.day(&date.value))
    });
    let list = |values: &[String]| (!values.is_empty()).then(|| values.join(", "));
    let facts = [
        (lang.pick("Datum", "Date"), date.or_else(|| Some(lang.pick("unbekannt", "unknown").to_owned()))),
        (lang.pick("Quelle", "Source"), article.source.clone()),
        (lang.pick("Ressort", "Section"), article.section.clone()),
        (lang.pick("Autor", "Author"), list(&article.authors)),
        (lang.pick("Agentur", "Agency"), article.agency.clone()),
        (lang.pick("Ortsmarke", "Dateline"), article.dateline.clone()),
        (lang.pick("Lesezeit", "Reading time"), article.reading_minutes.map(|m| format!("{m} min"))),
        (lang.pick("Sprache", "Language"), article.language.clone()),
        (lang.pick("Schlagwörter", "Tags"), list(&article.tags)),
        (lang.pick("Adresse", "Address"), article.url.clone()),
        (lang.pick("Datei", "File"), Some(view.location(&article.path, article.record))),
        (lang.pick("Erfasst", "Captured"), article.captured.clone()),
        (lang.pick("Zeichensatz", "Character set"), article.character_set.as_ref().map(|set| character_set(set, lang))),
        ("ID", Some(article.id.clone())),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// `Zitat`; in parentheses where the part repeats another and is not searched.
fn name(part: &Part, view: &View) -> String {
    let name = part_name(part.kind, view.lang);
    if part.repeated { format!("({name})") } else { name.to_owned() }
}

fn body(part: &Part, marks: &[Mark], view: &View) -> String {
    let theme = &view.theme;
    let base = match part.kind {
        PartKind::Headline | PartKind::Crosshead => theme.headline,
        PartKind::Kicker => theme.kicker,
        PartKind::Aside | PartKind::Boilerplate => theme.quiet,
        _ if part.repeated => theme.quiet,
        _ => anstyle::Style::new(),
    };
    theme.marked(&printable(&part.text), &in_chars(&part.text, marks), base)
}

/// Writes a name and its text.
pub(crate) fn row(out: &mut dyn Write, name: &str, text: &str, view: &View) -> Result<()> {
    let quiet = |text: &str| view.theme.paint(view.theme.quiet, text);
    if view.width < MIN_WIDTH {
        if !name.is_empty() {
            writeln!(out, "{}", quiet(&format!("{name}:")))?;
        }
        return writeln!(out, "{}", wrap(text, view.width, "", ""));
    }
    let indent = " ".repeat(NAMES);
    let wrapped = wrap(text, view.width, &indent, &indent);
    let padded = format!("{name:<NAMES$}");
    writeln!(out, "{}{}", quiet(&padded), wrapped.strip_prefix(&indent).unwrap_or(&wrapped))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_article::{Date, Dated};
    use findbuch_query::lang::Lang;

    fn article() -> Article {
        let date: Date = "2023-09-12T10:15".parse().expect("a date");
        let quote =
            Part { attribution: Some("Onno Harmsen".into()), ..Part::new(PartKind::PullQuote, "„Er hält.“") };
        Article {
            id: "deich".into(),
            path: "/archive/ticker.jsonl".into(),
            record: Some(7),
            date: Some(Dated { value: date, from: DateFrom::Text }),
            tags: vec!["Deich".into(), "Hafen".into()],
            parts: vec![
                Part::new(PartKind::Kicker, "Sturmflut"),
                Part::new(PartKind::Headline, "Der Deich\u{1b}[2J hält"),
                Part::new(PartKind::Paragraph, "Die Deiche hielten auf ganzer Länge, und niemand musste gehen."),
                quote,
                Part { repeated: true, ..Part::new(PartKind::Lead, "Die Deiche hielten.") },
            ],
            ..Article::default()
        }
    }

    fn written(width: usize, lang: Lang) -> String {
        let view =
            View { width, theme: Theme::plain(), lang, working_dir: "/archive".into(), raw: false, gone: Vec::new() };
        let mut out = Vec::new();
        write_article(&mut out, &article(), None, &view).expect("written");
        write_versions(&mut out, &[(0.974, article()), (0.9, article())], &view).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn names_stand_beside_the_text_where_there_is_room() {
        let lines = [
            "Datum          12.09.2023, 10:15 (aus dem Text)",
            "Schlagwörter   Deich, Hafen",
            "Datei          ticker.jsonl:7",
            "ID             deich",
            "",
            "Dachzeile      Sturmflut",
            "Titel          Der Deich\u{fffd}[2J hält",
            "",
            "Text           Die Deiche hielten auf ganzer Länge, und",
            "               niemand musste gehen.",
            "",
            "Zitat          „Er hält.“",
            "               – Onno Harmsen",
            "",
            "(Vorspann)     Die Deiche hielten.",
            "Fast gleich    deich (12.09.2023, 97 %)",
            "               deich (12.09.2023, 90 %)",
        ];
        assert_eq!(written(60, Lang::De).lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn names_stand_above_the_text_in_a_narrow_view() {
        let narrow = written(40, Lang::En);
        assert!(narrow.contains("\nHeadline:\nDer Deich\u{fffd}[2J hält\n"), "{narrow}");
        assert!(
            narrow.contains("\nBody:\nDie Deiche hielten auf ganzer Länge, und\nniemand musste gehen.\n"),
            "{narrow}"
        );
    }
}
