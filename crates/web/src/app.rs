//! What all requests share, and how one is let in, worked on and answered.

use super::archive::{Archive, Snapshot};
use super::error::WebError;
use super::guard::{Hosts, Token};
use super::metrics::Metrics;
use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use findbuch_query::lang::Lang;
use findbuch_render::{Theme, View};
use jiff::civil;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A line of the log is given to this.
pub type Log = Arc<dyn Fn(&str) + Send + Sync>;

/// How much is let in; docs/HTTP.md has the reasons.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Requests worked on at once.
    pub at_once: usize,
    /// Requests that wait; more are refused.
    pub waiting: usize,
    /// Longest a request is worked on.
    pub time: Duration,
    /// Connections open at once; more wait to be accepted.
    pub connections: usize,
    /// Longest that a client may take to send a request's head, or to take up the next bytes of an answer.
    pub patience: Duration,
    /// Bytes of a request's head.
    pub head: usize,
}

/// The server's state.
pub struct App {
    /// What is searched.
    pub archive: Archive,
    /// How much is let in.
    pub limits: Limits,
    /// Who is let in, if not everyone.
    pub token: Option<Token>,
    /// The names that the server is asked for under.
    pub hosts: Hosts,
    /// Counts of what happens.
    pub metrics: Metrics,
    /// Where lines of the log go.
    pub log: Log,
    /// Paths below this folder are shown relative to it.
    pub working_dir: PathBuf,
    permits: Arc<Semaphore>,
    /// For exports and downloads, which last as long as their clients take.
    streams: Arc<Semaphore>,
    waiting: AtomicUsize,
}

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
    /// The day it is.
    pub today: civil::Date,
    /// Until when it must be answered.
    pub deadline: Instant,
    /// What its address begins with for the client: scheme and host, checked.
    pub base: String,
    /// Held while it is worked on.
    pub permit: OwnedSemaphorePermit,
}

/// What an answer holds that is sent while it is written.
pub struct Held {
    _work: OwnedSemaphorePermit,
    _stream: OwnedSemaphorePermit,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: StatusCode,
    /// Media type.
    pub kind: &'static str,
    /// What it says.
    pub body: Body,
    /// Other headers.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Reply {
    /// An answer in full.
    #[must_use]
    pub fn of(kind: &'static str, body: impl Into<Body>) -> Reply {
        Reply { status: StatusCode::OK, kind, body: body.into(), headers: Vec::new() }
    }

    /// The same with a header; one that cannot be sent is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Reply {
        self.headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

/// Today, in UTC.
#[must_use]
pub fn today() -> civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The language of the address or, without one, the first of the browser's that is spoken here.
#[must_use]
pub fn language(uri: &Uri, headers: &HeaderMap) -> Lang {
    let asked = super::address::values(uri.query().unwrap_or_default(), "lang");
    match asked.last().map(String::as_str) {
        Some("en") => return Lang::En,
        Some("de") => return Lang::De,
        _ => {}
    }
    let wishes = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (0.0, Lang::De);
    for wish in wishes.split(',') {
        let (name, weight) = wish.trim().split_once(';').unwrap_or((wish.trim(), "q=1"));
        let weight: f32 = weight.trim().trim_start_matches("q=").parse().unwrap_or(0.0);
        let lang = match name.split('-').next().map(str::to_ascii_lowercase).as_deref() {
            Some("de") => Lang::De,
            Some("en") => Lang::En,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

impl App {
    /// The state of a server that has answered nothing yet.
    #[must_use]
    pub fn new(
        archive: Archive,
        limits: Limits,
        token: Option<Token>,
        hosts: Hosts,
        working_dir: PathBuf,
        log: Log,
    ) -> App {
        let permits = Arc::new(Semaphore::new(limits.at_once));
        // of several places one is always left to pages
        let streams = Arc::new(Semaphore::new(limits.at_once.saturating_sub(1).max(1)));
        let metrics = Metrics::default();
        App { archive, limits, token, hosts, metrics, log, working_dir, permits, streams, waiting: AtomicUsize::new(0) }
    }

    /// How text for other programs looks, as the command line writes it into a pipe.
    #[must_use]
    pub fn view(&self, lang: Lang) -> View {
        View { width: 100, theme: Theme::plain(), lang, working_dir: self.working_dir.clone() }
    }

    /// Lets a request in, or refuses it.
    async fn permit(&self) -> Result<OwnedSemaphorePermit, WebError> {
        let permits = Arc::clone(&self.permits);
        if let Ok(permit) = Arc::clone(&permits).try_acquire_owned() {
            return Ok(permit);
        }
        let waiting = Waiting::with(&self.waiting);
        if waiting.before >= self.limits.waiting {
            return Err(WebError::Busy);
        }
        match tokio::time::timeout(self.limits.time, permits.acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(WebError::Busy),
        }
    }
}

/// A request that waits, counted as long as it does: one whose client goes away is dropped.
struct Waiting<'a> {
    all: &'a AtomicUsize,
    before: usize,
}

impl Waiting<'_> {
    fn with(all: &AtomicUsize) -> Waiting<'_> {
        Waiting { all, before: all.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Works on a request apart from those that only wait; a page that the client has already is not made again.
pub async fn work<F>(app: &Arc<App>, uri: &Uri, headers: &HeaderMap, work: F) -> Result<Reply, WebError>
where
    F: FnOnce(Job) -> Result<Reply, WebError> + Send + 'static,
{
    let (lang, today, snapshot) = (language(uri, headers), today(), app.archive.now());
    let base = super::guard::base(uri, headers);
    let tag = snapshot.tag(&format!("{uri}\n{}\n{today}\n{base}", lang.pick("de", "en")));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known.flat_map(|value| value.split(',')).any(|known| [tag.as_str(), "*"].contains(&known.trim())) {
        let unchanged = Reply { status: StatusCode::NOT_MODIFIED, ..Reply::of("text/html; charset=utf-8", "") };
        return Ok(unchanged.with(header::ETAG, &tag).with(header::VARY, "Accept-Language"));
    }
    let permit = app.permit().await?;
    let deadline = Instant::now() + app.limits.time;
    let job = Job { app: Arc::clone(app), snapshot, uri: uri.clone(), lang, today, deadline, base, permit };
    let reply = tokio::task::spawn_blocking(move || work(job)).await.map_err(|_| WebError::Internal)??;
    let cached = if reply.status == StatusCode::OK { reply.with(header::ETAG, &tag) } else { reply };
    Ok(cached.with(header::VARY, "Accept-Language").with(header::CACHE_CONTROL, "private, no-cache"))
}

impl Job {
    /// The query of its address.
    #[must_use]
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// How text for other programs looks.
    #[must_use]
    pub fn view(&self) -> View {
        self.app.view(self.lang)
    }
}

impl App {
    /// The place of an answer that is sent while it is written.
    ///
    /// # Errors
    /// When as many as may be are under way.
    pub fn stream(&self, work: OwnedSemaphorePermit) -> Result<Held, WebError> {
        let stream = Arc::clone(&self.streams).try_acquire_owned().map_err(|_| WebError::Busy)?;
        Ok(Held { _work: work, _stream: stream })
    }
}
