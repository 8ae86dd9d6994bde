//! Why nothing is written, in the reader's language.

use axum::http::StatusCode;
use findbuch_query::lang::Lang;

/// Why nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Collections cannot be changed from here.
    #[error("collections are only read from here")]
    OnlyRead,
    /// Nothing can be written, from wherever.
    #[error("nothing is written over this server")]
    ReadOnly,
    /// A body of another media type than this.
    #[error("the body is not {0}")]
    MediaType(&'static str),
    /// A body that is not what it should be.
    #[error("the body cannot be read: {0}")]
    BadBody(#[from] serde_json::Error),
    /// A form that does not say what is to be done.
    #[error("the form does not say what is to be done: {0:?}")]
    BadAction(String),
    /// An article that is not in a collection.
    #[error("the article {0} is not in the collection")]
    NotCollected(String),
}

impl WriteError {
    /// Name of the kind, status and title.
    pub fn kind(&self, lang: Lang) -> (&'static str, StatusCode, &'static str) {
        match self {
            WriteError::OnlyRead | WriteError::ReadOnly => (
                "only-read",
                StatusCode::FORBIDDEN,
                lang.pick("Sammlungen lassen sich hier nur lesen", "Collections can only be read here"),
            ),
            WriteError::MediaType(_) => (
                "media-type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                lang.pick("Der Inhalt ist von anderer Art", "The body is of another kind"),
            ),
            WriteError::BadBody(_) | WriteError::BadAction(_) => (
                "bad-body",
                StatusCode::BAD_REQUEST,
                lang.pick("Der Inhalt ist nicht zu verstehen", "The body is at fault"),
            ),
            WriteError::NotCollected(_) => (
                "not-collected",
                StatusCode::NOT_FOUND,
                lang.pick("Der Artikel ist nicht in der Sammlung", "The article is not in the collection"),
            ),
        }
    }

    /// What is wrong and what to do.
    pub fn detail(&self, lang: Lang) -> String {
        match self {
            WriteError::OnlyRead => lang.pick(
                "Schreiben darf, wer den Server auf diesem Rechner unter localhost fragt, und wer das Token hat. Wer den Server startet, setzt es mit FINDBUCH_TOKEN.".into(),
                "Whoever asks the server on this machine as localhost may write, and whoever has the token. FINDBUCH_TOKEN sets it.".into(),
            ),
            WriteError::ReadOnly => lang.pick(
                "Dieser Server ist zum Lesen da: er wurde mit --read-only gestartet.".into(),
                "This server is for reading: it was started with --read-only.".into(),
            ),
            WriteError::MediaType(kind) => {
                lang.pick(format!("Hier gilt „Content-Type: {kind}“."), format!("\"Content-Type: {kind}\" is taken here."))
            }
            WriteError::BadBody(error) => lang.pick(
                format!("Erwartet wird JSON, {{}} oder {{\"note\": \"…\"}}: {error}"),
                format!("JSON is expected, {{}} or {{\"note\": \"…\"}}: {error}"),
            ),
            WriteError::BadAction(_) => lang.pick(
                "„action“ ist add, note, remove oder delete.".into(),
                "\"action\" is add, note, remove or delete.".into(),
            ),
            WriteError::NotCollected(id) => lang.pick(
                format!("Die Sammlung hat keinen Artikel mit der Kennung „{id}“."),
                format!("The collection has no article with the id \"{id}\"."),
            ),
        }
    }
}
