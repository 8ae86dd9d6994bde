//! Which address is answered by what, and what every answer has: a number, headers that keep it safe, a line in the log.

use super::app::{App, Job, Reply, language, work};
use super::error::WebError;
use super::{api, assets, export, feed, guard, original, pages};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tower_http::compression::CompressionLayer;

/// What pages may load and do: what this server has, and no script in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// The number of a request, given on by the guard.
#[derive(Debug, Clone)]
struct RequestId(String);

/// The routes.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/", get(pages::search::page))
        .route("/article/{id}", get(pages::article::page))
        .route("/original/{id}", get(original::file))
        .route("/kwic", get(pages::kwic::page))
        .route("/trend", get(pages::trend::page))
        .route("/trend.svg", get(pages::trend::picture))
        .route("/trend.csv", get(pages::trend::numbers))
        .route("/help", get(pages::help::page))
        .route("/feed.atom", get(feed::atom))
        .route("/opensearch.xml", get(feed::opensearch))
        .route("/export/{format}", get(export::whole))
        .route("/assets/{name}", get(assets::asset))
        .route("/favicon.ico", get(assets::icon))
        .route("/robots.txt", get(assets::robots))
        .route("/api/v1/search", get(api::search))
        .route("/api/v1/facets", get(api::facets))
        .route("/api/v1/articles/{id}", get(api::article))
        .route("/api/v1/similar/{id}", get(api::similar))
        .route("/api/v1/suggest", get(api::suggest))
        .route("/api/v1/trend", get(api::trend))
        .route("/api/v1/stats", get(api::stats))
        .route("/api/v1/openapi.json", get(api::openapi))
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .fallback(no_page)
        .layer(CompressionLayer::new().gzip(true).br(true))
        .layer(from_fn_with_state(Arc::clone(app), every))
        .with_state(Arc::clone(app))
}

/// Around every request: lets it in or not, gives its answer a number and headers, counts it and writes a line.
async fn every(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let started = Instant::now();
    let id = format!("{:08x}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let route = route(&request);
    let (method, uri) = (request.method().clone(), request.uri().clone());
    request.extensions_mut().insert(RequestId(id.clone()));
    let in_flight = app.metrics.began();
    let allowed = guard::check(app.token.as_ref(), &app.hosts, &method, &uri, request.headers());
    let allowed = if super::address::is_text(uri.path()) { allowed } else { allowed.and(Err(WebError::NoPage)) };
    let mut response = match allowed {
        Ok(()) => next.run(request).await,
        Err(error) => answer(&uri, request.headers(), Err(error), Some(&id)),
    };
    drop(in_flight);
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.extend(HeaderValue::from_str(&id).ok().map(|id| (HeaderName::from_static("x-request-id"), id)));
    let (status, took) = (response.status().as_u16(), started.elapsed());
    app.metrics.answered(route, status, took);
    let failure = response.extensions().get::<Failure>().map(|failure| failure.0.clone());
    let line = Line {
        time: time(),
        request: &id,
        method: method.as_str(),
        path: uri.path(),
        query: uri.query(),
        status,
        took_ms: (took.as_secs_f64() * 1e6).round() / 1e3,
        error: failure.as_deref(),
    };
    (app.log)(&serde_json::to_string(&line).unwrap_or_default());
    response
}

/// The message of an error that only the log shows.
#[derive(Debug, Clone)]
struct Failure(String);

/// A line of the log.
#[derive(Serialize)]
struct Line<'a> {
    time: String,
    request: &'a str,
    method: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    status: u16,
    took_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

/// A line of the log about the server itself.
#[must_use]
pub fn event(name: &str, text: &str) -> String {
    serde_json::json!({ "time": time(), "event": name, "text": text }).to_string()
}

fn time() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The route of a request, one of few whatever its address is.
fn route(request: &Request) -> &'static str {
    const ROUTES: [&str; 24] = [
        "/",
        "/article/{id}",
        "/original/{id}",
        "/kwic",
        "/trend",
        "/trend.svg",
        "/trend.csv",
        "/help",
        "/feed.atom",
        "/opensearch.xml",
        "/export/{format}",
        "/assets/{name}",
        "/favicon.ico",
        "/robots.txt",
        "/api/v1/search",
        "/api/v1/facets",
        "/api/v1/articles/{id}",
        "/api/v1/similar/{id}",
        "/api/v1/suggest",
        "/api/v1/trend",
        "/api/v1/stats",
        "/api/v1/openapi.json",
        "/healthz",
        "/metrics",
    ];
    let matched = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    ROUTES.into_iter().find(|route| Some(*route) == matched).unwrap_or("other")
}

/// An answer, or the reason why there is none: a page for readers, problem details for programs.
pub fn answer(uri: &Uri, headers: &HeaderMap, result: Result<Reply, WebError>, id: Option<&str>) -> Response {
    let error = match result {
        Ok(reply) => return reply.into_response(),
        Err(error) => error,
    };
    let lang = language(uri, headers);
    let wants_page = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kinds| kinds.contains("text/html"));
    let reply = if wants_page && !uri.path().starts_with("/api/") {
        pages::error::page(&error, lang, id)
    } else {
        let problem = serde_json::to_string(&error.problem(lang, id)).unwrap_or_default();
        Reply::of("application/problem+json", problem + "\n")
    };
    let mut reply = Reply { status: error.status(), ..reply };
    reply = match &error {
        WebError::Busy | WebError::TimedOut => reply.with(header::RETRY_AFTER, "3"),
        WebError::Unauthorized => reply.with(header::WWW_AUTHENTICATE, "Basic realm=\"findbuch\", charset=\"UTF-8\""),
        WebError::Method => reply.with(header::ALLOW, "GET, HEAD"),
        _ => reply,
    };
    let mut response = reply.with(header::CACHE_CONTROL, "no-store").into_response();
    if matches!(error, WebError::Engine(_) | WebError::Internal) {
        response.extensions_mut().insert(Failure(error.to_string()));
    }
    response
}

/// Works on a request and answers it.
pub async fn respond<F>(app: Arc<App>, request: Request, job: F) -> Response
where
    F: FnOnce(Job) -> Result<Reply, WebError> + Send + 'static,
{
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    let (uri, headers) = (request.uri(), request.headers());
    let result = work(&app, uri, headers, job).await;
    answer(uri, headers, result, id.as_deref())
}

async fn no_page(request: Request) -> Response {
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    answer(request.uri(), request.headers(), Err(WebError::NoPage), id.as_deref())
}

async fn healthz() -> Response {
    let reply = Reply::of("text/plain; charset=utf-8", "ok\n");
    reply.with(header::CACHE_CONTROL, "no-store").into_response()
}

async fn metrics(State(app): State<Arc<App>>) -> Response {
    let reply = Reply::of("application/openmetrics-text; version=1.0.0; charset=utf-8", app.metrics.text());
    let reply = Reply { status: StatusCode::OK, ..reply };
    reply.with(header::CACHE_CONTROL, "no-store").into_response()
}
