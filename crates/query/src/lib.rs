//! findbuch's query language: a text becomes a tree.
//!
//! Nothing is analysed here: the tree keeps the user's words by their places in the text, and an engine settles what they mean.
//! `docs/QUERY.md` describes the syntax. [`Query::parse`] reports the first fault, with its place and how to write it in German or
//! English; [`Query::lenient`] understands what it can of any text.
//!
//! ```
//! use findbuch_query::lang::Lang;
//! use findbuch_query::{Node, Query};
//!
//! let today = jiff::civil::date(2024, 5, 15);
//! let query = Query::parse("titel:Munition \"Kim Jong Un\" -Handball datum:gestern", today)?;
//! let Node::All(nodes) = &query.root else { panic!("words side by side") };
//! assert_eq!(nodes.len(), 4);
//! let Node::Phrase(span) = &nodes[1] else { panic!("a phrase") };
//! assert_eq!(query.slice(span), "Kim Jong Un");
//!
//! let fault = Query::parse("Kim (Putin", today).unwrap_err();
//! assert_eq!(fault.line(Lang::En), "This parenthesis is not closed. Add ), or leave ( out.");
//! # Ok::<(), findbuch_query::QueryError>(())
//! ```

#![deny(missing_docs)]

mod dates;
mod error;
mod fields;
mod hints;
pub mod lang;
mod lenient;
mod lexer;
mod limits;
mod messages;
mod modifiers;
mod months;
mod names;
mod parser;
mod print;
mod query;
mod quotes;
mod relative;
mod report;
mod token;
mod tree;

use jiff::civil;
use lang::Lang;

pub use error::{Fault, QueryError};
pub use hints::{Hint, HintKind};
pub use lenient::Ignored;
pub use limits::MAX_BYTES;
pub use query::Query;
pub use tree::{Closeness, DateRange, Field, Node, Span};

impl Query {
    /// Parses a query on the day `today`, which `gestern` and its like count from.
    ///
    /// ```
    /// # use findbuch_query::{Fault, Query};
    /// let today = jiff::civil::date(2024, 5, 15);
    /// assert!(Query::parse("Kim UND (Putin ODER Munition)", today).is_ok());
    ///
    /// let error = Query::parse("Kim tittel:Munition", today).unwrap_err();
    /// assert_eq!(error.fault, Fault::UnknownField(Some("titel")));
    /// assert_eq!(&error.text[error.span.clone()], "tittel:");
    /// ```
    ///
    /// # Errors
    /// The first fault and its place.
    pub fn parse(text: &str, today: civil::Date) -> Result<Query, QueryError> {
        let root =
            parser::parse(text, today).map_err(|(fault, span)| QueryError { text: text.to_owned(), span, fault })?;
        Ok(Query { text: text.to_owned(), root, today })
    }

    /// Parses any text as far as it can be understood, for a box that people type into, and lists what was ignored. Never fails; the
    /// same as [`Query::parse`] where that succeeds. A text without words gives a query that matches nothing.
    ///
    /// ```
    /// # use findbuch_query::{Query, lang::Lang};
    /// let (query, ignored) = Query::lenient("(Kim datum:bald Putin", jiff::civil::date(2024, 5, 15));
    /// assert_eq!(query.canonical(Lang::En), "Kim Putin");
    /// assert_eq!(ignored.iter().map(|ignored| query.slice(&ignored.span)).collect::<Vec<_>>(), ["bald", "("]);
    /// ```
    #[must_use]
    pub fn lenient(text: &str, today: civil::Date) -> (Query, Vec<Ignored>) {
        lenient::parse(text, today)
    }

    /// Parses any text as words side by side, with operators and fields as plain words: for text that was not written as a query, such
    /// as a headline. Never fails; a text without words gives a query that matches nothing.
    ///
    /// ```
    /// # use findbuch_query::{Query, lang::Lang};
    /// let query = Query::from_plain_text("Kim: \"Ich komme\" ODER nicht");
    /// assert!(!query.has_structure());
    /// ```
    #[must_use]
    pub fn from_plain_text(text: &str) -> Query {
        lenient::plain_text(text)
    }

    /// The days that a date means on the day `today`, as behind `date:` but with or without quotation marks; none where it is no date.
    ///
    /// ```
    /// # use findbuch_query::Query;
    /// let days = Query::days("Mai 2024", jiff::civil::date(2024, 6, 1)).ok_or("no date")?;
    /// assert_eq!(days.to_string(), "2024-05-01..2024-05-31");
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn days(date: &str, today: civil::Date) -> Option<DateRange> {
        dates::parse(date, dates::Bound::Within, today).ok()
    }

    /// The words of a phrase: runs between white space that have a letter or digit, without the quotation marks round them.
    ///
    /// ```
    /// # use findbuch_query::{Node, Query};
    /// let query = Query::parse("„Ein ›guter‹ Tag – endlich“", jiff::civil::date(2024, 5, 15))?;
    /// let Node::Phrase(span) = &query.root else { panic!("a phrase") };
    /// let words: Vec<&str> = query.words_of(span).map(|word| query.slice(&word)).collect::<Vec<_>>();
    /// assert_eq!(words, ["Ein", "guter", "Tag", "endlich"]);
    /// # Ok::<(), findbuch_query::QueryError>(())
    /// ```
    pub fn words_of(&self, phrase: &Span) -> impl Iterator<Item = Span> {
        let (text, from) = (self.slice(phrase), phrase.start);
        lexer::plain_words(text).map(move |word| {
            let inner = text.get(word.clone()).unwrap_or_default().trim_start_matches(quotes::MARKS);
            let start = from + word.end - inner.len();
            start..start + inner.trim_end_matches(quotes::MARKS).len()
        })
    }

    /// The query as it was understood, every group in parentheses; parsed again it gives the same tree.
    ///
    /// ```
    /// # use findbuch_query::{Query, lang::Lang};
    /// let query = Query::parse("Kim Putin OR title:Munition", jiff::civil::date(2024, 5, 15))?;
    /// assert_eq!(query.canonical(Lang::En), "(Kim Putin) OR headline:Munition");
    /// assert_eq!(query.canonical(Lang::De), "(Kim Putin) ODER titel:Munition");
    /// # Ok::<(), findbuch_query::QueryError>(())
    /// ```
    #[must_use]
    pub fn canonical(&self, lang: Lang) -> String {
        print::print(self, lang)
    }

    /// Words that are likely meant as operators, at most one hint of each kind.
    ///
    /// ```
    /// # use findbuch_query::Query;
    /// let query = Query::parse("Bahn oder Bus", jiff::civil::date(2024, 5, 15))?;
    /// assert_eq!(query.hints()[0].query.as_deref(), Some("Bahn ODER Bus"));
    /// # Ok::<(), findbuch_query::QueryError>(())
    /// ```
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        hints::hints(self)
    }
}
