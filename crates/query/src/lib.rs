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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use proptest::prelude::*;

    /// A Wednesday.
    const TODAY: civil::Date = civil::date(2024, 5, 15);

    /// The tree in short: `all(Kim, "a b", not(x), headline:y)`.
    fn show(query: &Query, node: &Node) -> String {
        let list = |name: &str, nodes: &[Node]| {
            format!("{name}({})", nodes.iter().map(|n| show(query, n)).collect::<Vec<_>>().join(", "))
        };
        match node {
            Node::Word(span) => query.slice(span).to_owned(),
            Node::Phrase(span) => format!("\"{}\"", query.slice(span)),
            Node::Pattern(span) => format!("pattern({})", query.slice(span)),
            Node::Fuzzy(span, edits) => format!("fuzzy({}, {edits})", query.slice(span)),
            Node::Close(closeness, left, right) => {
                format!("{closeness:?}({}, {})", show(query, left), show(query, right))
            }
            Node::AtLeast(least, inner) => format!("{least}x({})", show(query, inner)),
            Node::Boost(boost, inner) => format!("{boost}%({})", show(query, inner)),
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
        match Query::parse(text, TODAY) {
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
        check("a || b&&c !d", "or(a, all(and(b, c), not(d)))");
        check("!titel:a !(b c) Hilfe! a!b", "all(not(Headline:a), not(all(b, c)), Hilfe!, a!b)");
        check("Wetten!!! -!Kim", "all(Wetten!!!, Kim)");
        check("url:x.example/?a=1&&b=2 R&D a|b", "all(Url:x.example/?a=1&&b=2, R&D, a|b)");
        check("‚Kim Jong‘ ›Un‹^2 \"Rosa”", "all(\"Kim Jong\", 200%(\"Un\"), \"Rosa\")");
        check("titel:‚Kim Jong‘ -„Un\" =‹Rosa›", "all(Headline:\"Kim Jong\", not(\"Un\"), =\"Rosa\")");
        check("Rosa’s Bahn, Hans’ Bahn‚ Bus", "all(Rosa’s, Bahn,, Hans’, Bahn‚, Bus)");
        check("Kim -Kardashian", "all(Kim, not(Kardashian))");
        check("Kim –Kardashian − 2023–2024", "all(Kim, not(Kardashian), 2023–2024)");
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
        check("Rak* *munition M?ller", "all(pattern(Rak*), pattern(*munition), pattern(M?ller))");
        check("Selenski~1", "fuzzy(Selenski, 1)");
        check("Kim^2 \"Jong Un\"^0,5 (a b)^3", "all(200%(Kim), 50%(\"Jong Un\"), 300%(all(a, b)))");
        check("titel:Kim^2 Selenski~2^1.5", "all(Headline:200%(Kim), 150%(fuzzy(Selenski, 2)))");
        check("Kim NEAR/5 Munition Putin", "all(Near(5)(Kim, Munition), Putin)");
        check("a NAH/0 b VOR/3 (c ODER \"d e\")", "Before(3)(Near(0)(a, b), or(c, \"d e\"))");
        check("a SATZ b ABSATZ c", "Paragraph(Sentence(a, b), c)");
        check("-(a SENTENCE b) c", "all(not(Sentence(a, b)), c)");
        check("titel:(a ADJ/2 b)", "Headline:Before(2)(a, b)");
        check("MINDESTENS/3 Munition ATLEAST/2 (a OR b)", "all(3x(Munition), 2x(or(a, b)))");
        check("nah vor satz near/5 VOR NAH", "all(nah, vor, satz, near/5, VOR, NAH)");
        check(
            "pfad:archiv/2019* url:https://die-warte.example/?id=3",
            "all(Path:archiv/2019*, Url:https://die-warte.example/?id=3)",
        );
        check("datum:gestern", "2024-05-14..2024-05-14");
        check("datum:\"letzte 30 Tage\" Kim", "all(2024-04-16..2024-05-15, Kim)");
        check("seit:letzte-woche", "2024-05-06..");
        check("datum:2023..heute", "2023-01-01..2024-05-15");
        check("datum:\"Mai 2024\" seit:mai-2024", "all(2024-05-01..2024-05-31, 2024-05-01..)");
        check("datum:„12. Mai 2024“", "2024-05-12..2024-05-12");
        check("datum:\"12. 5. 2024\"", "2024-05-12..2024-05-12");
        check("datum:\"März 2023 .. Mai 2024\"", "2023-03-01..2024-05-31");
        check("datum:2024-05..06", "2024-05-01..2024-06-30");
        check("datum:2024-05-12..20", "2024-05-12..2024-05-20");
        check("datum:2024-05-12..06-20", "2024-05-12..2024-06-20");
        check("datum:2023 ... 2024", "all(2023-01-01..2023-12-31, 2024)");
        check("datum:2023.. 2024", "all(2023-01-01.., 2024)");
        check("=Rak*", "=pattern(Rak*)");
        check("Kim -*munition -=Waffe", "all(Kim, not(pattern(*munition)), not(=Waffe))");
    }

    #[track_caller]
    fn check_fault(text: &str, fault: &Fault, at: &str) {
        let error = Query::parse(text, TODAY).expect_err(text);
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
        check_fault("Kim ||", &Fault::MissingOperand, "||");
        check_fault("a |||| b", &Fault::MissingOperand, "||");
        check_fault("&& Kim", &Fault::MissingOperand, "&&");
        check_fault("()", &Fault::EmptyParentheses, "()");
        check_fault("\"\"", &Fault::EmptyPhrase, "\"\"");
        check_fault("tittel:Kim", &Fault::UnknownField(Some("titel")), "tittel:");
        check_fault("xyz:Kim", &Fault::UnknownField(None), "xyz:");
        check_fault("titel: Kim", &Fault::MissingValue, "titel:");
        check_fault("datum:morgen", &Fault::BadDate, "morgen");
        check_fault("date:2023-13", &Fault::BadDate, "2023-13");
        check_fault("date:2024..2023", &Fault::BackwardDates, "2024..2023");
        check_fault("datum:2024-05..04", &Fault::BackwardDates, "2024-05..04");
        check_fault("datum:2024-05..13", &Fault::BadDate, "2024-05..13");
        check_fault("datum:2024..05", &Fault::BadDate, "2024..05");
        check_fault("datum:Mai Streik", &Fault::MissingYear, "Mai");
        check_fault("datum:\"12. Mai\"", &Fault::MissingYear, "12. Mai");
        check_fault("datum:12. Mai Streik", &Fault::MissingYear, "12. Mai");
        check_fault("datum:letzte-tage", &Fault::MissingNumber, "letzte-tage");
        check_fault("datum:letzte Tage", &Fault::MissingNumber, "letzte Tage");
        check_fault("datum:\"last weeks\"", &Fault::MissingNumber, "last weeks");
        check_fault("Streik datum:letzte 30 Tage Bahn", &Fault::UnquotedDate, "datum:letzte 30 Tage");
        check_fault("(seit:letzte Woche)", &Fault::UnquotedDate, "seit:letzte Woche");
        check_fault("datum:2023 .. 2024 Bahn", &Fault::UnquotedDate, "datum:2023 .. 2024");
        check_fault("datum:2023-05 ..06", &Fault::UnquotedDate, "datum:2023-05 ..06");
        check_fault("datum:Mai 2024", &Fault::UnquotedDate, "datum:Mai 2024");
        check_fault("datum:12. Mai 2024 Streik", &Fault::UnquotedDate, "datum:12. Mai 2024");
        check_fault("=titel:Kim", &Fault::ExactBeforeField, "=titel:");
        check_fault("=datum:2024", &Fault::ExactBeforeField, "=datum:2024");
        check_fault("titel:-Kim", &Fault::NotBehindField, "titel:-");
        check_fault("titel:!Kim", &Fault::NotBehindField, "titel:!");
        check_fault("EU*", &Fault::ShortPattern, "EU*");
        check_fault("Jong-u*", &Fault::PatternSign, "Jong-u*");
        check_fault("\"schwere Rak* hier\"", &Fault::PatternInPhrase, "Rak*");
        check_fault("Selenski~3", &Fault::BadFuzzy, "Selenski~3");
        check_fault("Ki~1", &Fault::ShortFuzzy, "Ki~1");
        check_fault("\"Kim Jong\"~3", &Fault::Modifier, "~3");
        check_fault("seit:", &Fault::MissingDate, "seit:");
        check_fault("titel:(Kim text:Putin)", &Fault::NotInField, "titel:");
        check_fault("titel:(Kim ODER -datum:2024)", &Fault::NotInField, "titel:");
        check_fault("datum:(2023)", &Fault::MissingDate, "datum:");
        check_fault("datum:\"letzte", &Fault::UnclosedQuote, "\"");
        check_fault("Kim^0", &Fault::BadBoost, "Kim^0");
        check_fault("(a b)^x", &Fault::BadBoost, "^x");
        check_fault("a NEAR b", &Fault::BadDistance, "NEAR");
        check_fault("a NEAR/x b", &Fault::BadDistance, "NEAR/x");
        check_fault("a VOR/10000 b", &Fault::BadDistance, "VOR/10000");
        check_fault("ATLEAST/0 b", &Fault::BadCount, "ATLEAST/0");
        check_fault("a NEAR/5", &Fault::MissingOperand, "NEAR/5");
        check_fault("SATZ a", &Fault::MissingOperand, "SATZ");
        check_fault("-a SATZ b", &Fault::BadOperand, "SATZ");
        check_fault("a SATZ titel:b", &Fault::BadOperand, "SATZ");
        check_fault("a NEAR/5 (b c)", &Fault::BadOperand, "NEAR/5");
        check_fault("autor:(a NEAR/5 b)", &Fault::NotInField, "autor:");
        check_fault("pfad:(abc*)", &Fault::NotInField, "pfad:");
        check_fault(&("a SATZ ".repeat(50) + "a"), &Fault::TooDeep, "SATZ");
        let deep = "(".repeat(100) + "a" + &")".repeat(100);
        check_fault(&deep, &Fault::TooDeep, "(");
        let long = "a ".repeat(600);
        check_fault(&long, &Fault::TooManyWords, "a");
    }

    #[track_caller]
    fn check_canonical(text: &str, german: &str, english: &str) {
        let query = Query::parse(text, TODAY).expect(text);
        assert_eq!((query.canonical(Lang::De), query.canonical(Lang::En)), (german.into(), english.into()), "{text}");
    }

    #[test]
    fn the_canonical_form_is_what_was_understood() {
        check_canonical("Kim Putin ODER Munition", "(Kim Putin) ODER Munition", "(Kim Putin) OR Munition");
        check_canonical("a UND -b c", "(a UND (NICHT b)) c", "(a AND (NOT b)) c");
        check_canonical("„Kim Jong“ NAH/5 x^2,50", "\"Kim Jong\" NAH/5 x^2.5", "\"Kim Jong\" NEAR/5 x^2.5");
        check_canonical("title:(a b) seit:heute", "titel:(a b) datum:2024-05-15..", "headline:(a b) date:2024-05-15..");
        check_canonical("ATLEAST/3 =Rak*", "MINDESTENS/3 =Rak*", "ATLEAST/3 =Rak*");
        check_canonical("a SATZ b SATZ c", "(a SATZ b) SATZ c", "(a SENTENCE b) SENTENCE c");
    }

    /// The tree printed and parsed again is the same, but for where its words stand.
    #[track_caller]
    fn check_round(text: &str) {
        let Ok(query) = Query::parse(text, TODAY) else { return };
        for lang in [Lang::De, Lang::En] {
            let canonical = query.canonical(lang);
            let again = Query::parse(&canonical, TODAY).unwrap_or_else(|e| panic!("{text} as {canonical}: {e:?}"));
            assert_eq!(show(&again, &again.root), show(&query, &query.root), "{text} as {canonical}");
        }
    }

    proptest! {
        #[test]
        fn printed_and_parsed_again_it_is_the_same(
            text in "( |\\(|\\)|\"|„|“|”|»|«|›|‹|‚|‘|’|-|=|\\^2|~1|\\*|\\?|abc|15|000 |, |: |AND |ODER |NOT |\\|\\||&&|!|NEAR/3 |SATZ |ATLEAST/2 |titel:|date:|url:|heute|2023|Mai|\\.\\.|letzte){0,16}"
        ) {
            check_round(&text);
        }

        #[test]
        fn any_text_printed_and_parsed_again_is_the_same(text in "\\PC{0,30}") {
            check_round(&text);
        }

        #[test]
        fn no_text_panics_and_spans_slice_it(text in "\\PC{0,40}") {
            match Query::parse(&text, TODAY) {
                Ok(query) => {
                    show(&query, &query.root);
                    drop(query.hints());
                }
                Err(error) => prop_assert!(text.get(error.span.clone()).is_some()),
            }
            let query = Query::from_plain_text(&text);
            show(&query, &query.root);
        }

        #[test]
        fn hints_show_queries_with_operators(text in "( |\\(|\\)|\"|a |or |und |nicht |near/5 |VOR |w/3 |MINDESTENS |titel:|=|-){0,10}") {
            let hints = Query::parse(&text, TODAY).map(|query| query.hints()).unwrap_or_default();
            for hint in &hints {
                prop_assert!(hint.words.iter().all(|word| text.contains(word.as_str())), "{}", text);
                if let Some(written) = &hint.query {
                    prop_assert!(Query::parse(written, TODAY).is_ok_and(|query| query.has_structure()), "{} as {}", text, written);
                }
            }
        }

        #[test]
        fn operators_in_any_order_do_not_panic(text in "(( |\\(|\\)|\"|„|”|»|‚|‘|-|AND|NOT|OR|\\|\\||&&|!|titel:|date:|a|2023){0,12})") {
            if let Err(error) = Query::parse(&text, TODAY) {
                prop_assert!(text.get(error.span.clone()).is_some());
            }
        }
    }
}
