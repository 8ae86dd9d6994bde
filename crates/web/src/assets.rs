//! Style, script and icon: part of the program, each under an address that changes with its content.

use super::app::Reply;
use super::error::WebError;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_64;

const STYLE: &str = include_str!("assets/findbuch.css");
const SCRIPT: &str = include_str!("assets/findbuch.js");
const ICON: &str = include_str!("assets/icon.svg");

fn find(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "findbuch.css" => Some(("text/css; charset=utf-8", STYLE)),
        "findbuch.js" => Some(("text/javascript; charset=utf-8", SCRIPT)),
        "icon.svg" => Some(("image/svg+xml; charset=utf-8", ICON)),
        _ => None,
    }
}

/// The address of an asset.
#[must_use]
pub fn address(name: &str) -> String {
    let version = find(name).map_or(0, |(_, text)| xxh3_64(text.as_bytes()));
    format!("/assets/{name}?v={version:016x}")
}

/// An asset by its name; it may be kept for a year, since another content has another address.
pub async fn asset(Path(name): Path<String>) -> Response {
    reply(&name, "public, max-age=31536000, immutable")
}

/// The icon where browsers look for it unasked.
pub async fn icon() -> Response {
    reply("icon.svg", "public, max-age=86400")
}

fn reply(name: &str, cached: &str) -> Response {
    let Some((kind, text)) = find(name) else {
        let problem = serde_json::to_string(&WebError::NoPage.problem(findbuch_query::lang::Lang::En, None));
        let reply = Reply::of("application/problem+json", problem.unwrap_or_default());
        return Reply { status: axum::http::StatusCode::NOT_FOUND, ..reply }.into_response();
    };
    Reply::of(kind, text).with(header::CACHE_CONTROL, cached).into_response()
}

/// That an archive is not for crawlers.
pub async fn robots() -> Response {
    Reply::of("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n").into_response()
}
