//! From a request to its response: the work is done, or the response says why it is not.

use crate::app::App;
use crate::error::{Internal, WebError};
use crate::guard::methods;
use crate::job::{self, Job};
use crate::language::language;
use crate::pages;
use crate::reply::Reply;
use axum::extract::Request;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use findbuch_query::lang::Lang;
use std::sync::Arc;

/// The id of a request, an extension of it.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// The message of an error that only the log may show, an extension of the response.
#[derive(Debug, Clone)]
pub struct Failure(pub String);

/// Works on a request and answers it.
pub async fn respond<F>(app: Arc<App>, request: Request, work: F) -> Response
where
    F: Fn(Job) -> Result<Reply, WebError> + Clone + Send + 'static,
{
    let (uri, headers) = (request.uri(), request.headers());
    match job::run(&app, uri, headers, work).await {
        Ok(reply) => reply.into_response(),
        Err(error) => refuse(uri, headers, &error, request.extensions().get()),
    }
}

/// The response to an address that does not exist.
pub async fn no_page(request: Request) -> Response {
    refuse(request.uri(), request.headers(), &WebError::NoPage, request.extensions().get())
}

/// The response that says why a request is not answered: a page for readers, problem details for programs.
pub fn refuse(uri: &Uri, headers: &HeaderMap, error: &WebError, id: Option<&RequestId>) -> Response {
    let (lang, id) = (language(uri, headers), id.map(|id| id.0.as_str()));
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wants_page = accepted.contains("text/html") && !uri.path().starts_with("/api/");
    let explained = if wants_page { pages::error::page(error, lang, id) } else { problem(error, lang, id) };
    let mut failure =
        matches!(error, WebError::Engine(_) | WebError::NotOpened(_) | WebError::Internal(_) | WebError::Collection(_))
            .then(|| error.to_string());
    let reply = explained.unwrap_or_else(|fault| {
        failure = Some(format!("{error}; no page for it: {fault}"));
        Reply::of("text/plain; charset=utf-8", error.detail(lang))
    });
    let reply = Reply { status: error.status(), ..reply }.with(header::CACHE_CONTROL, "no-store");
    let reply = match error {
        WebError::Busy | WebError::TimedOut => reply.with(header::RETRY_AFTER, "3"),
        // it is mended by hand
        WebError::NotOpened(_) => reply.with(header::RETRY_AFTER, "60"),
        WebError::Unauthorized => reply.with(header::WWW_AUTHENTICATE, "Basic realm=\"findbuch\", charset=\"UTF-8\""),
        WebError::Method => reply.with(header::ALLOW, &methods(uri.path())),
        _ => reply,
    };
    let mut response = reply.into_response();
    if let Some(failure) = failure {
        response.extensions_mut().insert(Failure(failure));
    }
    response
}

/// Problem details (RFC 9457).
fn problem(error: &WebError, lang: Lang, id: Option<&str>) -> Result<Reply, Internal> {
    let text = serde_json::to_string(&error.problem(lang, id))?;
    Ok(Reply::of("application/problem+json", text + "\n"))
}
