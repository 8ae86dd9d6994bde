//! Why a request is not answered, in the reader's language; for programs as problem details (RFC 9457).

use crate::archive::OpenError;
use crate::expected::BadParameter;
use crate::write_error::WriteError;
use axum::http::StatusCode;
use findbuch_engine::EngineError;
use findbuch_engine::collections::CollectionError;
use findbuch_query::lang::Lang;
use findbuch_query::{Query, QueryError};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

/// Why a request is not answered.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// No such page.
    #[error("there is no such page")]
    NoPage,
    /// No article has this id.
    #[error("no article has the id {0}")]
    NoArticle(String),
    /// The article's file is gone, or may not be read.
    #[error("the article's file cannot be read")]
    NoFile,
    /// A parameter that cannot be used.
    #[error("parameter {}", .0.name)]
    BadParameter(BadParameter),
    /// A query with an error.
    #[error("{}", .0.message(Lang::En))]
    BadQuery(QueryError),
    /// Nothing to search for.
    #[error("no query")]
    MissingQuery,
    /// Too many requests at once.
    #[error("too many requests at once")]
    Busy,
    /// It would take too long.
    #[error("the query is too dear: {0}")]
    TooDear(u64),
    /// It took too long.
    #[error("the request took longer than it may")]
    TimedOut,
    /// Only reading is offered.
    #[error("method not allowed")]
    Method,
    /// The token is missing or wrong.
    #[error("the token is missing or wrong")]
    Unauthorized,
    /// A page of another site asks.
    #[error("a page of another site asks")]
    CrossSite,
    /// A host name that is not the server's.
    #[error("this server is not called {0}")]
    Host(String),
    /// What cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A collection that cannot be used.
    #[error(transparent)]
    Collection(CollectionError),
    /// A request with a body where none is taken, or with one that is too long.
    #[error("the request has a body that is not taken")]
    Body,
    /// The address is too long.
    #[error("the address is too long")]
    LongAddress,
    /// The index cannot be used.
    #[error(transparent)]
    Engine(EngineError),
    /// No commit of the index could be opened yet.
    #[error(transparent)]
    NotOpened(#[from] Arc<OpenError>),
    /// A fault of the program.
    #[error("internal error: {0}")]
    Internal(#[from] Internal),
}

/// What failed in the program itself; only the log shows it.
#[derive(Debug, thiserror::Error)]
pub enum Internal {
    /// A template cannot be filled.
    #[error("cannot fill a template: {0}")]
    Template(#[from] askama::Error),
    /// An answer cannot be written into memory.
    #[error("cannot write an answer: {0}")]
    Write(#[from] std::io::Error),
    /// An answer cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The counts cannot be written.
    #[error("cannot write counts: {0}")]
    Metrics(std::fmt::Error),
    /// The work ended without an answer.
    #[error("the work on a request broke off: {0}")]
    Task(tokio::task::JoinError),
}

/// Problem details as JSON.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// Which kind of problem, a URN.
    pub r#type: String,
    /// The kind in words.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What is wrong and what to do.
    pub detail: String,
    /// The id of the request, as in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The parameter with the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Where the error is in `q`, as `[from, to)` in Unicode scalar values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
}

impl From<EngineError> for WebError {
    fn from(error: EngineError) -> WebError {
        match error {
            EngineError::TimedOut => WebError::TimedOut,
            EngineError::TooDear { cost, .. } => WebError::TooDear(cost),
            EngineError::Throttled { .. } => WebError::Busy,
            error => WebError::Engine(error),
        }
    }
}

impl WebError {
    /// An error of the engine while it searched; if a word of the query is the reason, the error says which.
    #[must_use]
    pub fn of_query(error: EngineError, query: &Query) -> WebError {
        match findbuch_render::errors::of_word(&error, query) {
            Some(error) => WebError::BadQuery(error),
            None => error.into(),
        }
    }

    /// Name of the kind, status and title.
    fn kind(&self, lang: Lang) -> (&'static str, StatusCode, &'static str) {
        match self {
            WebError::NoPage => {
                ("no-page", StatusCode::NOT_FOUND, lang.pick("Diese Seite gibt es nicht", "No such page"))
            }
            WebError::NoArticle(_) => {
                ("no-article", StatusCode::NOT_FOUND, lang.pick("Diesen Artikel gibt es nicht", "No such article"))
            }
            WebError::NoFile => (
                "no-file",
                StatusCode::NOT_FOUND,
                lang.pick("Die Datei des Artikels ist nicht lesbar", "The article's file cannot be read"),
            ),
            WebError::BadParameter(_) => (
                "bad-parameter",
                StatusCode::BAD_REQUEST,
                lang.pick("Eine Angabe der Adresse ist nicht brauchbar", "A parameter cannot be used"),
            ),
            WebError::BadQuery(_) => (
                "bad-query",
                StatusCode::BAD_REQUEST,
                lang.pick("Die Anfrage ist nicht zu verstehen", "The query is at fault"),
            ),
            WebError::MissingQuery => {
                ("missing-query", StatusCode::BAD_REQUEST, lang.pick("Es fehlt eine Anfrage", "A query is missing"))
            }
            WebError::Busy => (
                "busy",
                StatusCode::SERVICE_UNAVAILABLE,
                lang.pick("Gerade suchen zu viele", "Too many requests at once"),
            ),
            WebError::CrossSite => (
                "cross-site",
                StatusCode::FORBIDDEN,
                lang.pick("Eine andere Seite fragt", "A page of another site asks"),
            ),
            WebError::Write(error) => error.kind(lang),
            WebError::Collection(error) => (
                "collection",
                status_of(error),
                lang.pick("Mit der Sammlung geht das nicht", "The collection cannot do that"),
            ),
            WebError::TooDear(_) => (
                "too-dear",
                StatusCode::BAD_REQUEST,
                lang.pick("Die Suche müsste zu viel durchgehen", "The search would go through too much"),
            ),
            WebError::TimedOut => (
                "timed-out",
                StatusCode::SERVICE_UNAVAILABLE,
                lang.pick("Die Suche hat zu lange gedauert", "The search took too long"),
            ),
            WebError::Method => (
                "method",
                StatusCode::METHOD_NOT_ALLOWED,
                lang.pick("Das geht mit dieser Adresse nicht", "The address does not take this method"),
            ),
            WebError::Unauthorized => {
                ("unauthorized", StatusCode::UNAUTHORIZED, lang.pick("Anmeldung nötig", "A token is needed"))
            }
            WebError::Host(_) => (
                "wrong-host",
                StatusCode::MISDIRECTED_REQUEST,
                lang.pick("So heißt dieser Server nicht", "This server has another name"),
            ),
            WebError::Body => (
                "body",
                StatusCode::PAYLOAD_TOO_LARGE,
                lang.pick("Diesen Inhalt nimmt die Adresse nicht", "The address does not take this body"),
            ),
            WebError::LongAddress => (
                "long-address",
                StatusCode::URI_TOO_LONG,
                lang.pick("Die Adresse ist zu lang", "The address is too long"),
            ),
            WebError::Engine(EngineError::Unreachable { .. } | EngineError::Denied { .. }) => (
                "index-unreachable",
                StatusCode::BAD_GATEWAY,
                lang.pick("Der Index ist nicht zu erreichen", "The index cannot be reached"),
            ),
            WebError::Engine(EngineError::Partial { .. }) => (
                "index-partial",
                StatusCode::SERVICE_UNAVAILABLE,
                lang.pick("Ein Teil des Index antwortet nicht", "A part of the index does not answer"),
            ),
            WebError::Engine(_) | WebError::NotOpened(_) => (
                "index",
                StatusCode::SERVICE_UNAVAILABLE,
                lang.pick("Der Index ist nicht zu lesen", "The index cannot be read"),
            ),
            WebError::Internal(_) => (
                "internal",
                StatusCode::INTERNAL_SERVER_ERROR,
                lang.pick("Ein Fehler in findbuch", "An error in findbuch"),
            ),
        }
    }

    /// HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.kind(Lang::En).1
    }

    /// The kind in words.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        self.kind(lang).2
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn detail(&self, lang: Lang) -> String {
        match self {
            WebError::NoPage => lang.pick(
                "Prüfen Sie die Adresse, oder beginnen Sie auf der Suchseite.".into(),
                "Check the address, or begin at the search page.".into(),
            ),
            WebError::NoArticle(id) => lang.pick(
                format!("Im Index hat kein Artikel die Kennung „{id}“. Vielleicht ist seine Datei entfernt worden."),
                format!("No article in the index has the id \"{id}\". Its file may have been removed."),
            ),
            WebError::NoFile => lang.pick(
                "Die Datei ist nicht mehr da, darf nicht gelesen werden oder liegt außerhalb der indizierten Ordner; der Text steht auf der Seite des Artikels.".into(),
                "The file is gone, may not be read, or lies outside the indexed folders; the text is on the article's page.".into(),
            ),
            WebError::BadParameter(BadParameter { name, expected: Some(expected) }) => {
                let expected = expected.localise(lang);
                lang.pick(format!("„{name}“ {expected}."), format!("\"{name}\" {expected}."))
            }
            WebError::BadParameter(BadParameter { name, expected: None }) => lang.pick(
                format!("Eine Angabe „{name}“ gibt es nicht; /api/v1/openapi.json nennt alle."),
                format!("There is no parameter \"{name}\"; /api/v1/openapi.json names all."),
            ),
            WebError::BadQuery(error) => error.line(lang),
            WebError::MissingQuery => lang.pick(
                "Schreiben Sie in q, was gesucht wird: q=Munition. Ohne q geht es mit einer Quelle, einem Ressort oder Daten.".into(),
                "Say in q what is searched: q=Munition. A source, a section or dates do without.".into(),
            ),
            WebError::Busy => lang.pick(
                "Versuchen Sie es in ein paar Sekunden noch einmal.".into(),
                "Try again in a few seconds.".into(),
            ),
            WebError::CrossSite => lang.pick(
                "Seiten anderer Server dürfen hierher verweisen und nicht von hier abfragen; öffnen Sie die Adresse selbst.".into(),
                "Pages of other servers may link here and not ask from here; open the address yourself.".into(),
            ),
            WebError::Write(error) => error.detail(lang),
            WebError::Collection(error) => of_collection(error, lang),
            WebError::TooDear(_) => lang.pick(
                findbuch_render::errors::TOO_DEAR.into(),
                "Demand a rarer word, leave function words out of NEAR, ATLEAST and quotation marks, or limit the search by a field or dates.".into(),
            ),
            WebError::TimedOut => lang.pick(
                "Grenzen Sie die Suche ein: mit weiteren Wörtern, einem Zeitraum oder mehr Buchstaben vor und nach einem *.".into(),
                "Narrow the search: with more words, a range of dates, or more letters around a *.".into(),
            ),
            WebError::Method => {
                lang.pick("Was möglich ist, nennt „Allow“.".into(), "\"Allow\" names what is possible.".into())
            }
            WebError::Unauthorized => lang.pick(
                "Geben Sie das Token als Passwort an (der Name ist gleich), oder als „Authorization: Bearer …“.".into(),
                "Give the token as the password (any name), or as \"Authorization: Bearer …\".".into(),
            ),
            WebError::Host(name) => lang.pick(
                format!("Angefragt wurde „{name}“. Wer den Server startet, nennt weitere Namen mit --host-name."),
                format!("\"{name}\" was asked for. Whoever starts the server names others with --host-name."),
            ),
            WebError::Body => lang.pick(
                "Zum Lesen hat eine Anfrage keinen Inhalt, zum Schreiben höchstens 64 KiB, deren Länge vorher genannt ist.".into(),
                "To read, a request has no body; to write, one of at most 64 KiB whose length is told before.".into(),
            ),
            WebError::LongAddress => lang.pick(
                "Kürzen Sie die Anfrage; sie darf 8192 Bytes lang sein.".into(),
                "Shorten the query; it may have 8192 bytes.".into(),
            ),
            WebError::Engine(error) => of_index(error, lang).unwrap_or_else(|| in_log(lang)),
            WebError::NotOpened(error) => match &**error {
                OpenError::Engine(error) => of_index(error, lang).unwrap_or_else(|| in_log(lang)),
                OpenError::Synonyms(_) | OpenError::Ranking(_) | OpenError::Collections(_) => in_log(lang),
            },
            WebError::Internal(_) => in_log(lang),
        }
    }

    /// The problem for programs.
    #[must_use]
    pub fn problem(&self, lang: Lang, request: Option<&str>) -> Problem {
        let (kind, status, title) = self.kind(lang);
        let (parameter, span) = match self {
            WebError::BadParameter(bad) => (Some(bad.name.clone()), None),
            WebError::BadQuery(error) => {
                let chars = |at: usize| error.text.get(..at).map_or(0, |before| before.chars().count());
                (Some("q".into()), Some([chars(error.span.start), chars(error.span.end)]))
            }
            WebError::MissingQuery => (Some("q".into()), None),
            _ => (None, None),
        };
        Problem {
            r#type: format!("urn:findbuch:problem:{kind}"),
            title,
            status: status.as_u16(),
            detail: self.detail(lang),
            instance: request.map(str::to_owned),
            parameter,
            span,
        }
    }
}

/// The status of an error of a collection.
fn status_of(error: &CollectionError) -> StatusCode {
    match error {
        CollectionError::Unknown(_) => StatusCode::NOT_FOUND,
        CollectionError::Name(_) | CollectionError::Full | CollectionError::Long => StatusCode::BAD_REQUEST,
        CollectionError::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
        CollectionError::Damaged { .. } | CollectionError::ReadOnly(_) | CollectionError::Io { .. } => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

/// What is wrong with a collection; of its file only the log says more.
fn of_collection(error: &CollectionError, lang: Lang) -> String {
    if status_of(error) == StatusCode::INTERNAL_SERVER_ERROR {
        in_log(lang)
    } else {
        findbuch_render::errors::of_collection(error, lang)
    }
}

/// Where only the log says more, since the message may name paths of this machine.
fn in_log(lang: Lang) -> String {
    lang.pick(
        "Näheres steht im Protokoll des Servers, unter der Nummer der Anfrage.".into(),
        "The server's log has more, under the request's id.".into(),
    )
}

/// What is wrong with an index that cannot be read, and the command that mends it.
fn of_index(error: &EngineError, lang: Lang) -> Option<String> {
    match error {
        EngineError::Failed { path, message } => {
            let damage = without_folder(message, path);
            Some(lang.pick(
                format!(
                    "Der Index ist beschädigt ({damage}). Wer ihn pflegt, findet mit „findbuch check“, was betroffen ist; „findbuch index --full“ legt ihn aus seinen Ordnern neu an. Danach antwortet diese Adresse von selbst wieder."
                ),
                format!(
                    "The index is damaged ({damage}). Whoever keeps it learns from \"findbuch check\" what is concerned; \"findbuch index --full\" makes it anew from its folders. This address answers again by itself then."
                ),
            ))
        }
        EngineError::OtherVersion { .. } => Some(lang.pick(
            "Der Index stammt von einer anderen Version von findbuch. „findbuch index --rebuild“ legt ihn neu an; danach antwortet diese Adresse von selbst.".into(),
            "The index was made by another version of findbuch. \"findbuch index --rebuild\" makes it anew; this address answers by itself then.".into(),
        )),
        EngineError::NoIndex(_) => Some(lang.pick(
            "Es ist kein Index mehr da. „findbuch index ORDNER“ legt einen an; danach antwortet diese Adresse von selbst.".into(),
            "The index is gone. \"findbuch index FOLDER\" makes one; this address answers by itself then.".into(),
        )),
        _ => None,
    }
}

/// A message about a file in `folder` without that folder's path, which readers need not know.
fn without_folder(message: &str, folder: &Path) -> String {
    let within = message.replace(&*format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR), "");
    within.replace(&*folder.display().to_string(), "…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expected::Expected;

    #[test]
    fn errors_have_a_kind_a_status_and_a_place() {
        let query = Query::from_plain_text("Öl *a*");
        let many = EngineError::TooManyForms { span: 4..7, most: 1_000 };
        let bad = BadParameter { name: "limit".into(), expected: Some(Expected::Number(1, 100)) };
        for (error, kind, status, parameter, span) in [
            (WebError::of_query(many, &query), "bad-query", 400, Some("q"), Some([3, 6])),
            (WebError::of_query(EngineError::TimedOut, &query), "timed-out", 503, None, None),
            (WebError::of_query(EngineError::TooDear { cost: 2, most: 1 }, &query), "too-dear", 400, None, None),
            (WebError::BadParameter(bad), "bad-parameter", 400, Some("limit"), None),
            (WebError::MissingQuery, "missing-query", 400, Some("q"), None),
            (Internal::Metrics(std::fmt::Error).into(), "internal", 500, None, None),
        ] {
            let problem = error.problem(Lang::En, Some("1-0"));
            assert_eq!(problem.r#type, format!("urn:findbuch:problem:{kind}"));
            assert_eq!((problem.status, problem.parameter.as_deref(), problem.span), (status, parameter, span));
            assert_eq!(problem.instance.as_deref(), Some("1-0"));
        }
    }

    #[test]
    fn what_only_the_operator_may_see_is_not_in_the_answer() {
        let folder = || "/home/secret".into();
        let message = "its file /home/secret/gen-1/1.store is missing".to_owned();
        let other = || EngineError::OtherVersion { path: folder(), found: "format 1".into() };
        for (error, says) in [
            (EngineError::NoIndex(folder()).into(), "findbuch index"),
            (EngineError::Failed { path: folder(), message }.into(), "its file gen-1/1.store is missing"),
            (other().into(), "findbuch index --rebuild"),
            (WebError::NotOpened(Arc::new(other().into())), "findbuch index --rebuild"),
            (EngineError::Locked(folder()).into(), ""),
        ] {
            for lang in [Lang::De, Lang::En] {
                let problem = serde_json::to_string(&error.problem(lang, None)).expect("JSON");
                assert!(!problem.contains("secret") && problem.contains(says), "{problem}");
            }
            assert!(error.to_string().contains("secret"));
        }
    }

    #[test]
    fn errors_of_engines_elsewhere_have_a_status_and_tell_readers_no_address() {
        let location = || "https://suche.example/zeitung".to_owned();
        let refused = std::io::ErrorKind::ConnectionRefused;
        for (error, status, kind) in [
            (EngineError::Unreachable { location: location(), source: refused.into() }, 502, "index-unreachable"),
            (EngineError::Denied { location: location() }, 502, "index-unreachable"),
            (EngineError::Partial { location: location(), answered: 2, shards: 3 }, 503, "index-partial"),
            (EngineError::Throttled { location: location() }, 503, "busy"),
            (EngineError::NoIndex("there".into()), 503, "index"),
        ] {
            let error = WebError::from(error);
            for lang in [Lang::De, Lang::En] {
                let problem = error.problem(lang, None);
                assert_eq!((problem.status, problem.r#type), (status, format!("urn:findbuch:problem:{kind}")));
                assert!(!problem.title.contains("suche.example") && !problem.detail.contains("suche.example"));
            }
        }
    }
}
