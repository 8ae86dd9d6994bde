//! A request that was let in: what it is answered from, and the thread that it is worked on.

use crate::app::{App, Bounds, Lane};
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
    /// What its search may take.
    pub bounds: Bounds,
    /// Whether the reader may change collections.
    pub writable: bool,
    /// Scheme and host of the server as the client named them; checked by [`guard::Guard::check`].
    pub base: String,
    /// Held while it is worked on.
    pub permit: OwnedSemaphorePermit,
    /// The lane that the permit is of.
    pub lane: Lane,
    /// The tags of the answers that the client has.
    known: Arc<[String]>,
}

impl Job {
    /// The query of its address.
    #[must_use]
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// That the client has the answer of this tag, if it does.
    #[must_use]
    pub fn unchanged(&self, tag: &str) -> Option<Reply> {
        self.known.iter().any(|known| known == tag).then(|| unchanged(tag))
    }

    /// The view of text for other programs.
    #[must_use]
    pub fn view(&self) -> View {
        View { gone: self.snapshot.engine.state().gone.clone(), ..self.app.view(self.lang) }
    }
}

/// Works on a request on a thread for blocking work. If the client has the answer already, that is all it is told.
///
/// # Errors
/// Those of `work`; [`WebError::Busy`] when too many requests wait.
pub async fn run<F>(app: &Arc<App>, uri: &Uri, headers: &HeaderMap, work: F) -> Result<Reply, WebError>
where
    F: Fn(Job) -> Result<Reply, WebError> + Clone + Send + 'static,
{
    let (lang, today, snapshot) = (language(uri, headers), today(), app.archive.now()?);
    let base = guard::base(uri, headers);
    let writable = app.guard.may_write(uri, headers);
    let tag = snapshot.tag(&format!("{uri}\n{}\n{today}\n{base}\n{writable}", lang.pick("de", "en")));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known: Arc<[String]> = known.flat_map(|value| value.split(',')).map(|tag| tag.trim().to_owned()).collect();
    if known.contains(&tag) {
        return Ok(unchanged(&tag));
    }
    let attempt = async |lane: Lane| -> Result<Reply, WebError> {
        let permit = app.permit(lane).await?;
        let bounds = Bounds { deadline: Instant::now() + app.limits.time, most_cost: lane.most_cost() };
        let (snapshot, base, work) = (Arc::clone(&snapshot), base.clone(), work.clone());
        let (app, known) = (Arc::clone(app), Arc::clone(&known));
        let job = Job { app, snapshot, uri: uri.clone(), lang, today, bounds, writable, base, permit, lane, known };
        tokio::task::spawn_blocking(move || work(job)).await.map_err(Internal::Task)?
    };
    let reply = match attempt(Lane::Usual).await {
        // its place is free again while it waits among its like
        Err(WebError::TooDear(cost)) if cost <= Lane::Dear.most_cost() => attempt(Lane::Dear).await?,
        reply => reply?,
    };
    // whether there is anything at the address is known only now (RFC 9110, 13.1.2)
    if reply.status == StatusCode::OK && known.iter().any(|known| known == "*") {
        return Ok(unchanged(&tag));
    }
    // what is of a file has the tag of the file
    let tagged = reply.headers.iter().any(|(name, _)| name == header::ETAG);
    let reply = if reply.status == StatusCode::OK && !tagged { reply.with(header::ETAG, &tag) } else { reply };
    Ok(reply.with(header::VARY, "Accept-Language").with(header::CACHE_CONTROL, "private, no-cache"))
}

/// That the client has what it asks for.
fn unchanged(tag: &str) -> Reply {
    let reply = Reply { status: StatusCode::NOT_MODIFIED, ..Reply::of("text/html; charset=utf-8", "") };
    reply.with(header::ETAG, tag).with(header::VARY, "Accept-Language")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestArchive;
    use std::sync::Mutex;

    #[test]
    fn dear_queries_go_to_a_lane_of_their_own_and_the_dearest_nowhere() {
        let archive = TestArchive::new();
        for (cost, lanes) in [(Lane::Dear.most_cost(), &[Lane::Usual, Lane::Dear][..]), (u64::MAX, &[Lane::Usual])] {
            let asked = Arc::new(Mutex::new(Vec::new()));
            let noted = Arc::clone(&asked);
            let work = move |job: Job| {
                noted.lock().expect("no panic").push(job.bounds.most_cost);
                Err(WebError::TooDear(cost))
            };
            assert!(matches!(archive.reply("/", work), Err(WebError::TooDear(_))));
            let costs: Vec<u64> = lanes.iter().map(|lane| lane.most_cost()).collect();
            assert_eq!(*asked.lock().expect("no panic"), costs);
        }
    }
}
