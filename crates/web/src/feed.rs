//! A search as an Atom feed (RFC 4287) that one can subscribe to, and the description by which a browser takes the archive up
//! among its search engines (OpenSearch 1.1).

use super::address::{Address, encoded};
use super::app::{App, Job, Reply};
use super::ask::Question;
use super::error::WebError;
use super::router::respond;
use axum::extract::{Request, State};
use axum::response::Response;
use findbuch_engine::SearchRequest;
use findbuch_render::atom::{Entry, Head, end, published, write_head, write_hit, xml};
use std::sync::Arc;

/// Entries of a feed where nothing is said.
const ENTRIES: usize = 30;

/// The hits as a feed.
pub async fn atom(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| feed(&job)).await
}

fn feed(job: &Job) -> Result<Reply, WebError> {
    let question = Question::strict(job.query(), &[], job.today, job.deadline)?;
    let address = &question.address;
    let asked = SearchRequest { fill: false, ..question.request(&job.snapshot) };
    let limit = if address.limit == Address::default().limit { ENTRIES } else { address.limit };
    let hits = job.snapshot.search(&SearchRequest { limit, ..asked }).map_err(|error| question.told(error))?;
    let view = job.view();
    let base = &job.base;
    let updated = job.snapshot.engine.state().updated.clone();
    // the same search has the same feed, in whatever order and from wherever it is asked for
    let scope = Address { offset: 0, limit: ENTRIES, lang: None, ..address.clone() }.query();
    let title = if address.q.is_empty() { "findbuch".to_owned() } else { format!("{} – findbuch", address.q) };
    let (itself, page) = (format!("{base}{}", job.uri), format!("{base}{}", address.at("/")));
    let head = Head { of: &["feed", &scope], title: &title, updated: &updated, links: Some((&itself, &page)) };
    let mut out = Vec::new();
    let io = |_| WebError::Internal;
    write_head(&mut out, &head, &view).map_err(io)?;
    for hit in hits.hits.iter().filter(|_| hits.relaxed.is_none()) {
        let link = format!("{base}/article/{}", encoded(&hit.article.id));
        let changed = published(&hit.article).unwrap_or_else(|| updated.clone());
        let entry = Entry { scope: &scope, link: &link, updated: &changed, category: None };
        write_hit(&mut out, &entry, hit, &view).map_err(io)?;
    }
    end(&mut out).map_err(io)?;
    Ok(Reply::of("application/atom+xml; charset=utf-8", out))
}

/// The description of the search box for browsers.
pub async fn opensearch(State(app): State<Arc<App>>, request: Request) -> Response {
    respond(app, request, |job| {
        let base = xml(&job.base);
        let (name, about) =
            job.lang.pick(("findbuch", "Suche im Nachrichtenarchiv"), ("findbuch", "Search the news archive"));
        let text = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{name}</ShortName>
  <Description>{about}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Language>{lang}</Language>
  <Image type="image/svg+xml">{base}/assets/icon.svg</Image>
  <Url type="text/html" template="{base}/?q={{searchTerms}}"/>
  <Url type="application/atom+xml" template="{base}/feed.atom?q={{searchTerms}}"/>
  <Url type="application/x-suggestions+json" template="{base}/api/v1/suggest?form=opensearch&amp;q={{searchTerms}}"/>
</OpenSearchDescription>
"#,
            lang = job.lang.pick("de", "en"),
        );
        Ok(Reply::of("application/opensearchdescription+xml; charset=utf-8", text))
    })
    .await
}
