//! Answers that do not depend on the index: assets, the icon, the rules for crawlers.

use crate::assets::find;
use crate::error::WebError;
use crate::reply::Reply;
use crate::respond::refuse;
use axum::extract::{Path, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// An asset by its name. Clients may keep it for a year, since other content has another address.
pub async fn asset(Path(name): Path<String>, request: Request) -> Response {
    reply(&name, "public, max-age=31536000, immutable", &request)
}

/// The icon at the address where browsers look for it by default.
pub async fn icon(request: Request) -> Response {
    reply("icon.svg", "public, max-age=86400", &request)
}

fn reply(name: &str, cached: &str, request: &Request) -> Response {
    match find(name) {
        Some((kind, text)) => Reply::of(kind, text).with(header::CACHE_CONTROL, cached).into_response(),
        None => refuse(request.uri(), request.headers(), &WebError::NoPage, request.extensions().get()),
    }
}

/// Keeps crawlers out.
pub async fn robots() -> Response {
    Reply::of("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n").into_response()
}
