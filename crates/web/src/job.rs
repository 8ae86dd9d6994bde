//! A request that was let in: what it is answered from, and the thread that it is worked on.

use crate::app::App;
use crate::archive::Snapshot;
use crate::error::{Internal, WebError};
use crate::guard;
use crate::language::{language, today};
use crate::reply::Reply;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use findbuch_query::lang::Lang;
use findbuch_render::View;
use jiff::civil;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::OwnedSemaphorePermit;

/// A request that was let in.
pub struct Job {
    /// The server's state.
    pub app: Arc<App>,
    /// The commit that it is answered from.
    pub snapshot: Arc<Snapshot>,
    /// Its path and query.
    pub uri: Uri,
    /// The reader's language.
    pub lang: Lang,
    /// Today.
    pub today: civil::Date,
    /// Until when it must be answered.
    pub deadline: Instant,
    /// Scheme and host of the server as the client named them; checked by [`guard::check`].
    pub base: String,
    /// Held while it is worked on.
    pub permit: OwnedSemaphorePermit,
}

impl Job {
    /// The query of its address.
    #[must_use]
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// The view of text for other programs.
    #[must_use]
    pub fn view(&self) -> View {
        self.app.view(self.lang)
    }
}

/// Works on a request on a thread for blocking work. If the client has the answer already, that is all it is told.
///
/// # Errors
/// Those of `work`; [`WebError::Busy`] when too many requests wait.
pub async fn run<F>(app: &Arc<App>, uri: &Uri, headers: &HeaderMap, work: F) -> Result<Reply, WebError>
where
    F: FnOnce(Job) -> Result<Reply, WebError> + Send + 'static,
{
    let (lang, today, snapshot) = (language(uri, headers), today(), app.archive.now());
    let base = guard::base(uri, headers);
    let tag = snapshot.tag(&format!("{uri}\n{}\n{today}\n{base}", lang.pick("de", "en")));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known.flat_map(|value| value.split(',')).any(|known| [tag.as_str(), "*"].contains(&known.trim())) {
        let unchanged = Reply { status: StatusCode::NOT_MODIFIED, ..Reply::of("text/html; charset=utf-8", "") };
        return Ok(unchanged.with(header::ETAG, &tag).with(header::VARY, "Accept-Language"));
    }
    let permit = app.permit().await?;
    let deadline = Instant::now() + app.limits.time;
    let job = Job { app: Arc::clone(app), snapshot, uri: uri.clone(), lang, today, deadline, base, permit };
    let reply = tokio::task::spawn_blocking(move || work(job)).await.map_err(Internal::Task)??;
    let reply = if reply.status == StatusCode::OK { reply.with(header::ETAG, &tag) } else { reply };
    Ok(reply.with(header::VARY, "Accept-Language").with(header::CACHE_CONTROL, "private, no-cache"))
}
