//! Errors of the engine in the words of the reader.

use findbuch_engine::EngineError;
use findbuch_query::lang::Lang;
use findbuch_query::{Fault, Query, QueryError};

/// That a search took too long, in German.
pub const TIMED_OUT: &str = "Die Suche hat länger gedauert, als sie darf; grenzen Sie sie ein: mit weiteren Wörtern, einem Feld wie titel: oder mit datum:2023.";

/// An error of a search for those who asked: one about a word of the query shows where it stands.
#[must_use]
pub fn in_words(error: &EngineError, query: &Query, lang: Lang) -> String {
    match error {
        EngineError::TooManyForms { span, most } => {
            let fault = Fault::TooManyForms(*most);
            QueryError { text: query.text.clone(), span: span.clone(), fault }.message(lang)
        }
        EngineError::TimedOut => lang.pick(TIMED_OUT.to_owned(), format!("{error}")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_told_in_the_language_of_the_reader() {
        let query = Query::from_plain_text("Kim Rak*");
        let told = |error: &EngineError, lang| in_words(error, &query, lang);
        assert!(told(&EngineError::TimedOut, Lang::De).starts_with("Die Suche hat länger gedauert, als sie darf;"));
        assert!(told(&EngineError::TimedOut, Lang::En).starts_with("the search took longer than it may; narrow it"));
        let many = EngineError::TooManyForms { span: 4..8, most: 1_000 };
        assert!(told(&many, Lang::De).contains("\n  Kim Rak*\n      ^^^^\n"), "{}", told(&many, Lang::De));
    }
}
