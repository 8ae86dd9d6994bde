//! The names of fields and operators in queries, English and German.

use super::{Closeness, Field, dates};
use crate::lang::Lang;

/// Names of fields.
pub const FIELDS: &[(&str, Field)] = &[
    ("headline", Field::Headline),
    ("title", Field::Headline),
    ("titel", Field::Headline),
    ("schlagzeile", Field::Headline),
    ("kicker", Field::Kicker),
    ("dachzeile", Field::Kicker),
    ("lead", Field::Lead),
    ("vorspann", Field::Lead),
    ("body", Field::Body),
    ("text", Field::Body),
    ("caption", Field::Caption),
    ("bildunterschrift", Field::Caption),
    ("bild", Field::Caption),
    ("quote", Field::Quote),
    ("zitat", Field::Quote),
    ("author", Field::Author),
    ("autor", Field::Author),
    ("autorin", Field::Author),
    ("section", Field::Section),
    ("ressort", Field::Section),
    ("source", Field::Source),
    ("quelle", Field::Source),
    ("agency", Field::Agency),
    ("agentur", Field::Agency),
    ("tag", Field::Tag),
    ("schlagwort", Field::Tag),
    ("url", Field::Url),
    ("adresse", Field::Url),
    ("path", Field::Path),
    ("pfad", Field::Path),
    ("id", Field::Id),
    ("kennung", Field::Id),
];

/// Names of the restrictions to dates.
pub const DATE_FIELDS: &[(&str, dates::Bound)] = &[
    ("date", dates::Bound::Within),
    ("datum", dates::Bound::Within),
    ("since", dates::Bound::Since),
    ("seit", dates::Bound::Since),
    ("until", dates::Bound::Until),
    ("bis", dates::Bound::Until),
];

/// The name that a field is printed with.
pub fn of_field(field: Field, lang: Lang) -> &'static str {
    let (german, english) = match field {
        Field::Headline => ("titel", "headline"),
        Field::Kicker => ("dachzeile", "kicker"),
        Field::Lead => ("vorspann", "lead"),
        Field::Body => ("text", "body"),
        Field::Caption => ("bild", "caption"),
        Field::Quote => ("zitat", "quote"),
        Field::Author => ("autor", "author"),
        Field::Section => ("ressort", "section"),
        Field::Source => ("quelle", "source"),
        Field::Agency => ("agentur", "agency"),
        Field::Tag => ("schlagwort", "tag"),
        Field::Url => ("url", "url"),
        Field::Path => ("pfad", "path"),
        Field::Id => ("id", "id"),
    };
    lang.pick(german, english)
}

/// An operator that takes a number behind a slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbered {
    /// NEAR/5
    Near,
    /// ADJ/3
    Before,
    /// ATLEAST/3
    AtLeast,
}

/// The operator that a run such as `NEAR/5` begins with, and what stands behind the slash; nothing behind it where it is
/// lacking. The German names without a number are words.
pub fn numbered(run: &str) -> Option<(Numbered, Option<&str>)> {
    let (name, number) = run.split_once('/').map_or((run, None), |(name, number)| (name, Some(number)));
    let operator = match name {
        "NEAR" => Numbered::Near,
        "NAH" if number.is_some() => Numbered::Near,
        "ADJ" => Numbered::Before,
        "VOR" if number.is_some() => Numbered::Before,
        "ATLEAST" => Numbered::AtLeast,
        "MINDESTENS" if number.is_some() => Numbered::AtLeast,
        _ => return None,
    };
    Some((operator, number))
}

/// An operator of closeness without a number.
pub fn unit(run: &str) -> Option<Closeness> {
    match run {
        "SENTENCE" | "SATZ" => Some(Closeness::Sentence),
        "PARAGRAPH" | "ABSATZ" => Some(Closeness::Paragraph),
        _ => None,
    }
}

/// How an operator of closeness is printed.
pub fn of_closeness(closeness: Closeness, lang: Lang) -> String {
    match closeness {
        Closeness::Near(most) => format!("{}/{most}", lang.pick("NAH", "NEAR")),
        Closeness::Before(most) => format!("{}/{most}", lang.pick("VOR", "ADJ")),
        Closeness::Sentence => lang.pick("SATZ", "SENTENCE").to_owned(),
        Closeness::Paragraph => lang.pick("ABSATZ", "PARAGRAPH").to_owned(),
    }
}
