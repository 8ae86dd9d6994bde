//! A search as an Atom feed (RFC 4287) to subscribe to, and the description with which a browser adds the archive to its search
//! engines (OpenSearch 1.1).

use crate::address::Address;
use crate::app::App;
use crate::ask::Question;
use crate::error::{Internal, WebError};
use crate::job::Job;
use crate::reply::Reply;
use crate::respond::respond;
use askama::Template;
use axum::extract::{Request, State};
use axum::response::Response;
use findbuch_engine::SearchRequest;
use findbuch_query::lang::Lang;
use findbuch_render::atom::{EntryContext, FeedHead, published, write_end, write_entry, write_head};
use findbuch_render::notices::unquoted_notice;
use findbuch_render::urls::encode_segment;
use std::sync::Arc;

/// Entries of a feed if the address does not say.
const ENTRIES: usize = 30;

/// The hits as a feed.
pub async fn atom(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| feed(&job)).await
}

fn feed(job: &Job) -> Result<Reply, WebError> {
    let question = Question::strict(job.query(), &[], job.today, job.bounds)?;
    let address = &question.address;
    let asked = SearchRequest { fill: false, furniture: false, ..question.request(&job.snapshot) };
    let limit = if address.limit == Address::default().limit { ENTRIES } else { address.limit };
    let request = SearchRequest { limit, ..asked };
    let prepared = job.snapshot.engine.prepare(&request).map_err(|error| question.web_error(error))?;
    let hits = job.snapshot.engine.search(&prepared).map_err(|error| question.web_error(error))?;
    let view = job.view();
    let subtitle = unquoted_notice(&prepared.plan().unquoted, job.lang);
    let base = &job.base;
    let updated = job.snapshot.engine.state().updated.clone();
    // the identity of the feed depends on the search alone, not on page, length or language
    let scope = Address { offset: 0, limit: ENTRIES, lang: None, ..address.clone() }.query();
    let title = if address.q.is_empty() { "findbuch".to_owned() } else { format!("{} – findbuch", address.q) };
    let (own, page) = (format!("{base}{}", job.uri), format!("{base}{}", address.at("/")));
    let head = FeedHead {
        identity: &["feed", &scope],
        title: &title,
        subtitle: subtitle.as_deref(),
        updated: &updated,
        links: Some((&own, &page)),
    };
    let reply = Reply::written("application/atom+xml; charset=utf-8", |out| {
        write_head(out, &head, &view)?;
        // partial matches are not in the feed
        for hit in hits.hits.iter().filter(|_| hits.relaxed.is_none()) {
            let link = format!("{base}/article/{}", encode_segment(&hit.article.id));
            let changed = published(&hit.article).unwrap_or_else(|| updated.clone());
            let entry = EntryContext { scope: &scope, link: &link, updated: &changed, category: None };
            write_entry(out, &entry, hit, &view)?;
        }
        write_end(out)
    });
    Ok(reply?)
}

#[derive(Template)]
#[template(path = "opensearch.xml")]
struct Description<'a> {
    lang: Lang,
    base: &'a str,
}

/// The description of the search box for browsers.
pub async fn opensearch(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        let description = Description { lang: job.lang, base: &job.base };
        let text = description.render().map_err(Internal::Template)?;
        Ok(Reply::of("application/opensearchdescription+xml; charset=utf-8", text))
    })
    .await
}
