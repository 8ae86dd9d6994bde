//! The names of fields and operators in queries, English and German.

use crate::dates;
use crate::lang::Lang;
use crate::tree::{Closeness, Field};

/// The names of fields, all in small letters.
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
    ("person", Field::Person),
    ("organisation", Field::Organisation),
    ("organization", Field::Organisation),
    ("place", Field::Place),
    ("ort", Field::Place),
    ("url", Field::Url),
    ("adresse", Field::Url),
    ("path", Field::Path),
    ("pfad", Field::Path),
    ("id", Field::Id),
    ("kennung", Field::Id),
    ("collection", Field::Collection),
    ("sammlung", Field::Collection),
];

/// The names of date fields.
pub const DATE_FIELDS: &[(&str, dates::Bound)] = &[
    ("date", dates::Bound::Within),
    ("datum", dates::Bound::Within),
    ("since", dates::Bound::Since),
    ("seit", dates::Bound::Since),
    ("until", dates::Bound::Until),
    ("bis", dates::Bound::Until),
];

impl Field {
    /// Its English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name_in(Lang::En)
    }

    /// The name that it is printed with in a language.
    #[must_use]
    pub fn name_in(self, lang: Lang) -> &'static str {
        let (german, english) = match self {
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
            Field::Person => ("person", "person"),
            Field::Organisation => ("organisation", "organisation"),
            Field::Place => ("ort", "place"),
            Field::Url => ("url", "url"),
            Field::Path => ("pfad", "path"),
            Field::Id => ("id", "id"),
            Field::Collection => ("sammlung", "collection"),
        };
        lang.pick(german, english)
    }
}

/// An operator with a number behind a slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberedOperator {
    /// NEAR/5
    Near,
    /// ADJ/3
    Before,
    /// ATLEAST/3
    AtLeast,
}

/// The operator that a run such as `NEAR/5` is, and the text behind its slash, none if there is no slash. The German names without a
/// slash are words.
pub fn numbered(run: &str) -> Option<(NumberedOperator, Option<&str>)> {
    let (name, number) = run.split_once('/').map_or((run, None), |(name, number)| (name, Some(number)));
    let operator = match name {
        "NEAR" => NumberedOperator::Near,
        "NAH" if number.is_some() => NumberedOperator::Near,
        "ADJ" => NumberedOperator::Before,
        "VOR" if number.is_some() => NumberedOperator::Before,
        "ATLEAST" => NumberedOperator::AtLeast,
        "MINDESTENS" if number.is_some() => NumberedOperator::AtLeast,
        _ => return None,
    };
    Some((operator, number))
}

/// The operator of closeness without a number that a run is.
pub fn within_unit(run: &str) -> Option<Closeness> {
    match run {
        "SENTENCE" | "SATZ" => Some(Closeness::Sentence),
        "PARAGRAPH" | "ABSATZ" => Some(Closeness::Paragraph),
        _ => None,
    }
}

/// The name that an operator of closeness is printed with.
pub fn of_closeness(closeness: Closeness, lang: Lang) -> String {
    match closeness {
        Closeness::Near(most) => format!("{}/{most}", lang.pick("NAH", "NEAR")),
        Closeness::Before(most) => format!("{}/{most}", lang.pick("VOR", "ADJ")),
        Closeness::Sentence => lang.pick("SATZ", "SENTENCE").to_owned(),
        Closeness::Paragraph => lang.pick("ABSATZ", "PARAGRAPH").to_owned(),
    }
}
