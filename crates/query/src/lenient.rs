//! Queries that never fail: faults are blanked out and the rest is parsed again, or the text is taken as plain words.

use crate::error::{Fault, QueryError};
use crate::lang::Lang;
use crate::limits::{MAX_BYTES, MAX_WORDS};
use crate::query::Query;
use crate::tree::{Node, Span};
use crate::{lexer, modifiers, parser};
use jiff::civil;

/// Most faults that are ignored one by one; with more the text is taken as plain words.
const MAX_IGNORED: usize = 32;

/// A fault that was ignored in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Where it stands.
    pub span: Span,
    /// What was wrong with it.
    pub fault: Fault,
}

impl Ignored {
    /// What is wrong, and how to write it, in one line.
    #[must_use]
    pub fn message(&self, query: &Query, lang: Lang) -> String {
        QueryError { text: query.text.clone(), span: self.span.clone(), fault: self.fault.clone() }.line(lang)
    }
}

/// Parses any text as far as it can be understood, and lists what was ignored.
pub fn parse(text: &str, today: civil::Date) -> (Query, Vec<Ignored>) {
    let mut ignored = Vec::new();
    let short = &text[..text.floor_char_boundary(MAX_BYTES)];
    if short.len() < text.len() {
        ignored.push(Ignored { span: short.len()..short.len(), fault: Fault::TooLong });
    }
    let query = |root| Query { text: short.to_owned(), root, today };
    let mut rest = short.to_owned();
    while ignored.len() < MAX_IGNORED {
        match parser::parse(&rest, today) {
            Ok(root) => return (query(root), ignored),
            Err((Fault::Empty, _)) => break,
            Err((fault, span)) => {
                let blanked = blanked(&rest, &fault, &span);
                if rest.get(blanked.clone()).is_none_or(|piece| piece.trim().is_empty()) {
                    break;
                }
                rest = blank(&rest, &fault, blanked);
                ignored.push(Ignored { span, fault });
            }
        }
    }
    (Query { today, ..plain_text(short) }, ignored)
}

/// Takes any text as words side by side.
pub fn plain_text(text: &str) -> Query {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    let words = lexer::plain_words(text).take(MAX_WORDS).map(Node::Word).collect();
    Query { text: text.to_owned(), root: Node::All(words), today: civil::Date::ZERO }
}

/// The bytes to blank out so that the rest may be understood.
fn blanked(text: &str, fault: &Fault, span: &Span) -> Span {
    let run_start = || {
        let before = text.get(..span.start).unwrap_or_default();
        before.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1)
    };
    match fault {
        // a date field with its value
        Fault::BadDate | Fault::BackwardDates | Fault::MissingYear | Fault::MissingNumber | Fault::UnquotedDate => {
            run_start()..span.end
        }
        // the colon, so that the name before it becomes a word
        Fault::UnknownField(_) => span.end.saturating_sub(1)..span.end,
        Fault::ExactBeforeField => span.start..(span.start + 1).min(span.end),
        // the field, so that the exclusion stays
        Fault::NotBehindField => {
            let label = text.get(span.clone()).and_then(|label| label.find(':'));
            span.start..label.map_or(span.end, |colon| span.start + colon + 1)
        }
        Fault::TooManyWords | Fault::TooManyPatterns => span.start..text.len(),
        Fault::BadBoost | Fault::BadFuzzy | Fault::ShortFuzzy => {
            let sign = if *fault == Fault::BadBoost { '^' } else { '~' };
            let run = text.get(span.clone()).unwrap_or_default();
            run.rfind(sign).map_or(span.clone(), |at| span.start + at..span.end)
        }
        _ => span.clone(),
    }
}

/// The text with spaces in the place of a span, or of its wildcards alone, so that all other bytes stay where they are.
fn blank(text: &str, fault: &Fault, span: Span) -> String {
    let signs_only = matches!(fault, Fault::PatternSign | Fault::ShortPattern | Fault::PatternInPhrase);
    let within = |at: usize| span.contains(&at);
    let removed = |at: usize, char: char| within(at) && (!signs_only || modifiers::is_wildcard(char) || char == '~');
    text.char_indices()
        .flat_map(|(at, char)| {
            let spaces = if removed(at, char) { char.len_utf8() } else { 0 };
            std::iter::repeat_n(' ', spaces).chain((spaces == 0).then_some(char))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: civil::Date = civil::date(2024, 5, 15);

    #[track_caller]
    fn check(text: &str, searched: &str, ignored: &[&str]) {
        let (query, found) = Query::lenient(text, TODAY);
        let found: Vec<&str> = found.iter().map(|ignored| query.slice(&ignored.span)).collect();
        assert_eq!((query.canonical(Lang::En).as_str(), found.as_slice()), (searched, ignored), "{text}");
    }

    #[test]
    fn faults_are_ignored_and_listed() {
        check("Kim Putin", "Kim Putin", &[]);
        check("Kim \"Jong Un", "Kim Jong Un", &["\""]);
        check("(Kim ODER Putin", "Kim OR Putin", &["("]);
        check("Kim) UND", "Kim", &[")", "UND"]);
        check("tittel:Kim", "tittel Kim", &["tittel:"]);
        check("Kim datum:bald Putin", "Kim Putin", &["bald"]);
        check("Kim datum:letzte 30 Tage Putin", "Kim Putin", &["datum:letzte 30 Tage"]);
        check("Kim datum:Mai Putin", "Kim Putin", &["Mai"]);
        check("=titel:Kim titel:-Putin", "headline:Kim (NOT Putin)", &["=titel:", "titel:-"]);
        check("Kim^999 Putin~7", "Kim Putin", &["Kim^999", "Putin~7"]);
        check("EU* Kim", "EU Kim", &["EU*"]);
        check("Kim NEAR Putin", "Kim Putin", &["NEAR"]);
        check("-Kim NEAR/3 Putin", "(NOT Kim) Putin", &["NEAR/3"]);
        check("Kim || && Putin", "Kim AND Putin", &["||"]);
        check("Kim EU* Putin", "Kim EU Putin", &["EU*"]);
        check("Kim (a SATZ titel:b)", "Kim (a headline:b)", &["SATZ"]);
        check("autor:(-a titel:b)", "(NOT a) headline:b", &["autor:"]);
        check("Ki~1 Putin", "Ki Putin", &["Ki~1"]);
        check("Kim^x", "Kim^x", &[]);
        check("(Kim datum:bald)", "Kim", &["bald"]);
        check("()", "", &["()"]);
        check("", "", &[]);
    }

    #[test]
    fn the_day_and_the_limits_are_kept() {
        assert_eq!(Query::lenient("()", TODAY).0.today, TODAY);
        assert_eq!(Query::lenient("Kim", TODAY).0.today, TODAY);
        let (query, ignored) = Query::lenient(&"a".repeat(MAX_BYTES + 1), TODAY);
        assert_eq!((query.text.len(), ignored.len(), &ignored[0].fault), (MAX_BYTES, 1, &Fault::TooLong));
        assert!(Query::lenient(&"a".repeat(MAX_BYTES), TODAY).1.is_empty());
        let (query, ignored) = Query::lenient(&"a ".repeat(MAX_WORDS + 2), TODAY);
        assert_eq!((query.canonical(Lang::En).len(), ignored.len()), (2 * MAX_WORDS - 1, 1));
        let (query, ignored) = Query::lenient(&"datum:bald ".repeat(MAX_IGNORED + 1), TODAY);
        assert_eq!((ignored.len(), query.has_structure()), (MAX_IGNORED, false));
    }

    #[test]
    fn plain_text_has_no_operators() {
        let query = plain_text("Kim: \"Ich ODER -du\"");
        assert_eq!(query.root.show(&query.text), "all(Kim:, \"Ich, ODER, -du\")");
        assert_eq!(plain_text(&"a".repeat(MAX_BYTES + 1)).text.len(), MAX_BYTES);
    }

    proptest! {
        #[test]
        fn never_fails_and_is_strict_where_that_succeeds(text in "\\PC{0,40}") {
            let (query, ignored) = Query::lenient(&text, TODAY);
            prop_assert!(query.canonical(Lang::De).len() <= 4 * text.len() + 64);
            prop_assert!(ignored.iter().all(|ignored| text.get(ignored.span.clone()).is_some()));
            if let Ok(strict) = Query::parse(&text, TODAY) {
                prop_assert_eq!((query, ignored), (strict, Vec::new()));
            }
        }

        #[test]
        fn operators_in_any_order(
            text in "( |\\(|\\)|\"|„|“|»|‚|‘|-|=|\\^2|\\^|~1|\\*|\\?|abc|AND|or |near/5|VOR |\\|\\||!|NEAR/3 |NEAR |SATZ|ATLEAST/2 |titel:|date:|url:|heute|2023|Mai|letzte| Tage){0,14}"
        ) {
            let (query, ignored) = Query::lenient(&text, TODAY);
            for hint in query.hints() {
                prop_assert!(hint.words.iter().all(|word| text.contains(word.as_str())));
            }
            for ignored in &ignored {
                prop_assert!(text.get(ignored.span.clone()).is_some());
                prop_assert!(!ignored.message(&query, Lang::En).is_empty());
            }
            if let Ok(strict) = Query::parse(&text, TODAY) {
                prop_assert_eq!((query, ignored), (strict, Vec::new()));
            }
        }
    }
}
