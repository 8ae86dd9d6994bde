//! The user's text to a tree that still holds the user's words and where they stand. No analysis here: what a word
//! becomes is settled when the engine compiles the tree. The syntax is described in docs/QUERY.md.

mod dates;
mod error;
mod lexer;
mod parser;

use std::ops::Range;

pub use dates::DateRange;
pub use error::{Fault, QueryError};

/// Longest query in bytes, most words, deepest nesting.
pub const MAX_BYTES: usize = 8192;
/// Most words and phrases in one query.
pub const MAX_WORDS: usize = 512;
/// Deepest nesting of parentheses and negations.
pub const MAX_DEPTH: usize = 32;

/// Bytes of the query's text.
pub type Span = Range<usize>;

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As typed.
    pub text: String,
    /// What it asks for.
    pub root: Node,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word; hyphens and punctuation within are still in it.
    Word(Span),
    /// What stands between quotation marks.
    Phrase(Span),
    /// A word or phrase in the form typed, without inflection.
    Exact(Box<Node>),
    /// Side by side: all are wanted, articles that lack some come after.
    All(Vec<Node>),
    /// Joined by AND: all are demanded.
    And(Vec<Node>),
    /// Joined by OR: one is enough.
    Or(Vec<Node>),
    /// Must not match.
    Not(Box<Node>),
    /// Within one field.
    Field(Field, Box<Node>),
    /// Published within a range of days.
    Published(DateRange),
}

/// A field that a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `headline:`, `titel:`
    Headline,
    /// `kicker:`, `dachzeile:`
    Kicker,
    /// `lead:`, `vorspann:`
    Lead,
    /// `author:`, `autor:`
    Author,
    /// `section:`, `ressort:`
    Section,
    /// `source:`, `quelle:`
    Source,
}

/// Names of fields in queries, English and German.
const FIELDS: &[(&str, Field)] = &[
    ("headline", Field::Headline),
    ("title", Field::Headline),
    ("titel", Field::Headline),
    ("schlagzeile", Field::Headline),
    ("kicker", Field::Kicker),
    ("dachzeile", Field::Kicker),
    ("lead", Field::Lead),
    ("vorspann", Field::Lead),
    ("author", Field::Author),
    ("autor", Field::Author),
    ("autorin", Field::Author),
    ("section", Field::Section),
    ("ressort", Field::Section),
    ("source", Field::Source),
    ("quelle", Field::Source),
];

/// Names of the restrictions to dates.
const DATE_FIELDS: &[(&str, dates::Bound)] = &[
    ("date", dates::Bound::Within),
    ("datum", dates::Bound::Within),
    ("since", dates::Bound::Since),
    ("seit", dates::Bound::Since),
    ("until", dates::Bound::Until),
    ("bis", dates::Bound::Until),
];

impl Query {
    /// Parses a query as typed on the command line.
    ///
    /// # Errors
    /// The first fault, with the place it stands at.
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        let root = parser::parse(text).map_err(|(fault, span)| QueryError { text: text.to_owned(), span, fault })?;
        Ok(Query { text: text.to_owned(), root })
    }

    /// Parses any text as words side by side, operators and fields read as plain words: for text that was not written
    /// as a query, such as a headline. Never fails; a text without words finds nothing.
    #[must_use]
    pub fn from_plain_text(text: &str) -> Query {
        let text = &text[..text.floor_char_boundary(MAX_BYTES)];
        let words = lexer::plain_words(text).take(MAX_WORDS).map(Node::Word).collect();
        Query { text: text.to_owned(), root: Node::All(words) }
    }

    /// The user's text of a span.
    #[must_use]
    pub fn slice(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tree in short: `all(Kim, "a b", not(x), headline:y)`.
    fn show(query: &Query, node: &Node) -> String {
        let list = |name: &str, nodes: &[Node]| {
            format!("{name}({})", nodes.iter().map(|n| show(query, n)).collect::<Vec<_>>().join(", "))
        };
        match node {
            Node::Word(span) => query.slice(span).to_owned(),
            Node::Phrase(span) => format!("\"{}\"", query.slice(span)),
            Node::All(nodes) => list("all", nodes),
            Node::And(nodes) => list("and", nodes),
            Node::Or(nodes) => list("or", nodes),
            Node::Not(node) => format!("not({})", show(query, node)),
            Node::Exact(node) => format!("={}", show(query, node)),
            Node::Field(field, node) => format!("{field:?}:{}", show(query, node)),
            Node::Published(range) => format!("{range}"),
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        match Query::parse(text) {
            Ok(query) => assert_eq!(show(&query, &query.root), expected, "{text}"),
            Err(error) => panic!("{text}: {error:?}"),
        }
    }

    #[test]
    fn trees_are_what_was_meant() {
        check("Munition", "Munition");
        check("Kim Jong Un Munition", "all(Kim, Jong, Un, Munition)");
        check("\"Kim Jong Un\" Munition", "all(\"Kim Jong Un\", Munition)");
        check("„Kim Jong Un“ »Munition aus Nordkorea«", "all(\"Kim Jong Un\", \"Munition aus Nordkorea\")");
        check("Kim -Kardashian", "all(Kim, not(Kardashian))");
        check("Jong-un – Putin", "all(Jong-un, Putin)");
        check("Kim AND Putin", "and(Kim, Putin)");
        check("Kim UND NICHT Putin", "and(Kim, not(Putin))");
        check("Kim ODER Putin Munition", "or(Kim, all(Putin, Munition))");
        check("(Kim OR Putin) Munition", "all(or(Kim, Putin), Munition)");
        check("a AND b OR c AND d", "or(and(a, b), and(c, d))");
        check("NOT (a b)", "not(all(a, b))");
        check("titel:Waffendeal autor:\"Nico Lange\"", "all(Headline:Waffendeal, Author:\"Nico Lange\")");
        check("ressort:(Politik OR Sport)", "Section:or(Politik, Sport)");
        check("-titel:Sport Kim", "all(not(Headline:Sport), Kim)");
        check("date:2023", "2023-01-01..2023-12-31");
        check("datum:2023-09", "2023-09-01..2023-09-30");
        check("datum:12.9.2023", "2023-09-12..2023-09-12");
        check("date:2023-01..2023-06", "2023-01-01..2023-06-30");
        check("seit:2023 bis:2024-02", "all(2023-01-01.., ..2024-02-29)");
        check("Anpfiff: 20:30 Uhr", "all(Anpfiff:, 20:30, Uhr)");
        check("Arbeiter*innen und Kolleg:innen", "all(Arbeiter*innen, und, Kolleg:innen)");
        check("Wer zahlt?", "all(Wer, zahlt?)");
        check("and oder", "all(and, oder)");
    }

    #[track_caller]
    fn check_fault(text: &str, fault: &Fault, at: &str) {
        let error = Query::parse(text).expect_err(text);
        assert_eq!((&error.fault, &text[error.span.clone()]), (fault, at), "{text}");
    }

    #[test]
    fn faults_name_their_place() {
        check_fault("", &Fault::Empty, "");
        check_fault(" – ", &Fault::Empty, "");
        check_fault("Kim \"Jong Un", &Fault::UnclosedQuote, "\"");
        check_fault("Kim („Jong“", &Fault::UnclosedParenthesis, "(");
        check_fault("Kim) Jong", &Fault::UnopenedParenthesis, ")");
        check_fault("Kim OR", &Fault::MissingOperand, "OR");
        check_fault("UND Kim", &Fault::MissingOperand, "UND");
        check_fault("Kim NICHT", &Fault::MissingOperand, "NICHT");
        check_fault("()", &Fault::EmptyParentheses, "()");
        check_fault("\"\"", &Fault::EmptyPhrase, "\"\"");
        check_fault("tittel:Kim", &Fault::UnknownField(Some("titel")), "tittel:");
        check_fault("xyz:Kim", &Fault::UnknownField(None), "xyz:");
        check_fault("titel: Kim", &Fault::MissingValue, "titel:");
        check_fault("datum:gestern", &Fault::BadDate, "gestern");
        check_fault("date:2023-13", &Fault::BadDate, "2023-13");
        check_fault("date:2024..2023", &Fault::BackwardDates, "2024..2023");
        check_fault("Rak*", &Fault::Wildcard, "Rak*");
        check_fault("*munition", &Fault::Wildcard, "*munition");
        check_fault("M?ller", &Fault::Wildcard, "M?ller");
        check_fault("Selenski~1", &Fault::Modifier('~'), "Selenski~1");
        check_fault("\"Kim Jong\"~3", &Fault::Modifier('~'), "\"Kim Jong\"~");
        check_fault("seit:", &Fault::MissingDate, "seit:");
        check_fault("datum:(2023)", &Fault::MissingDate, "datum:");
        check_fault("Kim^2", &Fault::Modifier('^'), "Kim^2");
        let deep = "(".repeat(100) + "a" + &")".repeat(100);
        check_fault(&deep, &Fault::TooDeep, "(");
        let long = "a ".repeat(600);
        check_fault(&long, &Fault::TooManyWords, "a");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_spans_slice_it(text in "\\PC{0,40}") {
            match Query::parse(&text) {
                Ok(query) => { show(&query, &query.root); }
                Err(error) => prop_assert!(text.get(error.span.clone()).is_some()),
            }
            let query = Query::from_plain_text(&text);
            show(&query, &query.root);
        }

        #[test]
        fn operators_in_any_order_do_not_panic(text in "(( |\\(|\\)|\"|-|AND|NOT|OR|titel:|date:|a|2023){0,12})") {
            if let Err(error) = Query::parse(&text) {
                prop_assert!(text.get(error.span.clone()).is_some());
            }
        }
    }
}
