//! Errors of the engine in the reader's language.

use findbuch_engine::EngineError;
use findbuch_engine::collections::{CollectionError, MAX_ITEMS, MAX_NOTE};
use findbuch_query::lang::Lang;
use findbuch_query::{Fault, Query, QueryError};

/// The message for a search that was given up, in German.
pub const TIMED_OUT: &str = "Die Suche hat länger gedauert, als sie darf; grenzen Sie sie ein: mit weiteren Wörtern, einem Feld wie titel: oder mit datum:2023.";

/// The message for a search that was not begun, in German.
pub const TOO_DEAR: &str = "Die Suche müsste zu viele Fundstellen durchgehen: Verlangen Sie ein selteneres Wort, lassen Sie „der“, „die“, „und“ aus NEAR, MINDESTENS und Anführungszeichen weg, oder grenzen Sie mit einem Feld wie titel: oder mit datum:2023 ein.";

/// The message of a search's error; one about a word of the query shows where it stands.
///
/// ```
/// use findbuch_engine::EngineError;
/// use findbuch_query::{Query, lang::Lang};
/// use findbuch_render::errors::localise;
///
/// let query = Query::from_plain_text("Kim Rak*");
/// let message = localise(&EngineError::TooManyForms { span: 4..8, most: 1_000 }, &query, Lang::De);
/// assert!(message.contains("\n  Kim Rak*\n      ^^^^\n"));
/// ```
#[must_use]
pub fn localise(error: &EngineError, query: &Query, lang: Lang) -> String {
    match error {
        EngineError::TooManyForms { .. } | EngineError::UnknownCollection { .. } => {
            of_word(error, query).map_or_else(|| error.to_string(), |error| error.message(lang))
        }
        EngineError::TooDear { .. } => lang.pick(TOO_DEAR.to_owned(), format!("{error}")),
        EngineError::TimedOut => lang.pick(TIMED_OUT.to_owned(), format!("{error}")),
        other => other.to_string(),
    }
}

/// The message of a search's error where only that search fails and others go on, on one line; none of an error of the index.
#[must_use]
pub fn of_one(error: &EngineError, query: &Query, lang: Lang) -> Option<String> {
    match error {
        EngineError::TooDear { .. } | EngineError::TimedOut => Some(localise(error, query, lang)),
        other => of_word(other, query).map(|error| error.line(lang)),
    }
}

/// An error of the engine that is about a word of the query, at its place; none of any other.
#[must_use]
pub fn of_word(error: &EngineError, query: &Query) -> Option<QueryError> {
    let (span, fault) = match error {
        EngineError::TooManyForms { span, most } => (span, Fault::TooManyForms(*most)),
        EngineError::UnknownCollection { span, .. } => (span, Fault::UnknownCollection),
        _ => return None,
    };
    Some(QueryError { text: query.text.clone(), span: span.clone(), fault })
}

/// Why a collection cannot be used, in the reader's language.
#[must_use]
pub fn of_collection(error: &CollectionError, lang: Lang) -> String {
    let german = match error {
        CollectionError::Name(name) => {
            format!("„{name}“ kann keine Sammlung heißen; nehmen Sie bis zu 64 Buchstaben, Ziffern, - und _.")
        }
        CollectionError::Unknown(name) => {
            format!("Eine Sammlung „{name}“ gibt es nicht; welche es gibt, zeigt: findbuch collection list")
        }
        CollectionError::Busy(name) => {
            format!("Ein anderes findbuch ändert gerade die Sammlung „{name}“; versuchen Sie es noch einmal.")
        }
        CollectionError::Full => {
            format!("Eine Sammlung fasst höchstens {MAX_ITEMS} Artikel; beginnen Sie eine weitere.")
        }
        CollectionError::Long => format!("Eine Notiz darf {MAX_NOTE} Bytes haben; kürzen Sie sie oder die Kennung."),
        CollectionError::Damaged { path, message } => format!(
            "{} ist beschädigt: {message}. Löschen Sie die Sammlung mit findbuch collection delete, und lesen Sie sie neu ein, wenn Sie sie ausgegeben haben.",
            path.display()
        ),
        CollectionError::ReadOnly(path) => format!(
            "In {} lässt sich nicht schreiben, und dort liegen die Sammlungen. Fragen Sie, wer den Index führt.",
            path.display()
        ),
        CollectionError::Io { .. } => error.to_string(),
    };
    lang.pick(german, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_in_the_language_of_the_reader() {
        let query = Query::from_plain_text("Kim Rak*");
        let message = |error: &EngineError, lang| localise(error, &query, lang);
        assert!(message(&EngineError::TimedOut, Lang::De).starts_with("Die Suche hat länger gedauert, als sie darf;"));
        assert!(message(&EngineError::TimedOut, Lang::En).starts_with("the search took longer than it may; narrow it"));
        let many = EngineError::TooManyForms { span: 4..8, most: 1_000 };
        assert!(message(&many, Lang::De).contains("\n  Kim Rak*\n      ^^^^\n"), "{}", message(&many, Lang::De));
    }
}
