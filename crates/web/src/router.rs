//! The routes, and what answers each. Counts go by the same paths: [`crate::envelope`] reads them from the router.

use crate::app::App;
use crate::envelope::request_envelope;
use crate::error::Internal;
use crate::reply::Reply;
use crate::respond::{no_page, refuse};
use crate::{api, export, feed, files, original, pages};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// The routes with everything around them.
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
        .route("/assets/{name}", get(files::asset))
        .route("/favicon.ico", get(files::icon))
        .route("/robots.txt", get(files::robots))
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
        .layer(from_fn_with_state(Arc::clone(app), request_envelope))
        .with_state(Arc::clone(app))
}

async fn healthz() -> Response {
    Reply::of("text/plain; charset=utf-8", "ok\n").with(header::CACHE_CONTROL, "no-store").into_response()
}

async fn metrics(State(app): State<Arc<App>>, request: Request) -> Response {
    match app.metrics.text() {
        Ok(text) => {
            let reply = Reply::of("application/openmetrics-text; version=1.0.0; charset=utf-8", text);
            reply.with(header::CACHE_CONTROL, "no-store").into_response()
        }
        Err(error) => {
            let error = Internal::Metrics(error).into();
            refuse(request.uri(), request.headers(), &error, request.extensions().get())
        }
    }
}
