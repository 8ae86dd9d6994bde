//! The routes, and what answers each. Counts go by the same paths: [`crate::envelope`] reads them from the router.

use crate::app::App;
use crate::envelope::request_envelope;
use crate::error::{Internal, WebError};
use crate::job::Job;
use crate::reply::Reply;
use crate::respond::{no_page, refuse, respond};
use crate::{api, collections, export, feed, files, original, pages, picture};
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, put};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// The routes with everything around them.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/", page(pages::search::page))
        .route("/article/{id}", page_of(pages::article::page))
        .route("/article/{id}/{format}", get(export::one))
        .route("/preview/{id}", page_of(pages::preview::piece))
        .route("/original/{id}", get(original::file))
        .route("/picture/{id}/{sheet}", get(picture::file))
        .route("/kwic", page(pages::kwic::page))
        .route("/trend", page(pages::trend::page))
        .route("/trend.svg", page(pages::trend::picture))
        .route("/trend.csv", page(pages::trend::numbers))
        .route("/network", page(pages::network::page))
        .route("/batch", page(pages::batch::page))
        .route("/batch.csv", page(pages::batch::table))
        .route("/compare", page(pages::compare::page))
        .route("/collections", page(pages::collections::list).post(collections::change))
        .route("/collection/{name}", page_of(pages::collections::page))
        .route("/collection/{name}/jsonl", page_of(pages::collections::lines))
        .route("/help", page(pages::help::page))
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
        .route("/api/v1/batch", get(api::batch))
        .route("/api/v1/compare", get(api::compare))
        .route("/api/v1/collections", get(api::collections))
        .route("/api/v1/collections/{name}", get(api::collection).put(collections::begin).delete(collections::delete))
        .route("/api/v1/collections/{name}/articles/{id}", put(collections::put).delete(collections::take_out))
        .route("/api/v1/stats", get(api::stats))
        .route("/api/v1/openapi.json", get(api::openapi))
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .fallback(no_page)
        .layer(CompressionLayer::new().gzip(true).br(true))
        .layer(from_fn_with_state(Arc::clone(app), request_envelope))
        .with_state(Arc::clone(app))
}

/// A page that needs nothing but the job. Pages know of no responses, since a response may be the page that says what is wrong.
fn page<F>(work: F) -> MethodRouter<Arc<App>>
where
    F: Fn(&Job) -> Result<Reply, WebError> + Copy + Send + Sync + 'static,
{
    get(move |State(app): State<Arc<App>>, request: Request| respond(app, request, move |job| work(&job)))
}

/// A page of what is named in the path: the article of an id, the collection of a name.
fn page_of<F>(work: F) -> MethodRouter<Arc<App>>
where
    F: Fn(&Job, &str) -> Result<Reply, WebError> + Copy + Send + Sync + 'static,
{
    get(move |State(app): State<Arc<App>>, Path(id): Path<String>, request: Request| {
        respond(app, request, move |job| work(&job, &id))
    })
}

async fn healthz(State(app): State<Arc<App>>, request: Request) -> Response {
    match app.archive.now() {
        Ok(_) => Reply::of("text/plain; charset=utf-8", "ok\n").with(header::CACHE_CONTROL, "no-store").into_response(),
        Err(error) => refuse(request.uri(), request.headers(), &error.into(), request.extensions().get()),
    }
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
