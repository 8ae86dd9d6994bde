//! Collections are changed over HTTP: by a form of a page, and by programs. [`crate::guard`] says who may.

use crate::api::JSON;
use crate::app::{App, Lane};
use crate::error::{Internal, WebError};
use crate::guard::MAX_BODY;
use crate::pages::hits::anchor;
use crate::parameters;
use crate::reply::Reply;
use crate::respond::refuse;
use crate::write_error::WriteError;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use findbuch_engine::collections::{CollectionError, Item};
use findbuch_render::collection::write_json;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// What a form of a page asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Form {
    action: String,
    name: String,
    id: String,
    note: String,
    back: String,
    at: String,
}

impl Form {
    fn read(body: &[u8]) -> Form {
        let mut form = Form::default();
        for (name, value) in form_urlencoded::parse(body) {
            let field = match &*name {
                "action" => &mut form.action,
                "name" => &mut form.name,
                "id" => &mut form.id,
                "note" => &mut form.note,
                "back" => &mut form.back,
                "at" => &mut form.at,
                _ => continue,
            };
            *field = value.into_owned();
        }
        // a name may be typed with blanks around it
        form.name = form.name.trim().to_owned();
        form
    }

    /// The page that the reader comes back to: one of this server, whatever the form says.
    fn place(&self) -> String {
        let own = self.back.starts_with('/') && !self.back.starts_with("//") && !self.back.starts_with("/\\");
        let plain = self.back.bytes().all(|byte| byte.is_ascii_graphic());
        match self.at.as_str() {
            _ if !(own && plain) => "/collections".into(),
            // in a list of hits, at the one that was marked
            "hit" => format!("{}#{}", self.back, anchor(&self.id)),
            _ => self.back.clone(),
        }
    }

    fn carry_out(&self, app: &App) -> Result<(), WebError> {
        let collections = app.archive.collections();
        match self.action.as_str() {
            "add" => {
                mark(app, &self.name, &self.id, &self.note)?;
            }
            "note" => {
                collections.note(&self.name, &self.id, &self.note)?;
            }
            "remove" => {
                collections.remove(&self.name, std::slice::from_ref(&self.id))?;
            }
            "delete" => collections.delete(&self.name)?,
            other => return Err(WriteError::BadAction(other.to_owned()).into()),
        }
        Ok(())
    }
}

impl From<CollectionError> for WebError {
    fn from(error: CollectionError) -> WebError {
        WebError::Collection(error)
    }
}

/// Marks the article of an id; returns whether it was not in the collection.
fn mark(app: &App, name: &str, id: &str, note: &str) -> Result<bool, WebError> {
    let found = app.archive.now()?.engine.articles(id)?;
    let article = found.into_iter().find(|article| article.id == id);
    let article = article.ok_or_else(|| WebError::NoArticle(id.to_owned()))?;
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    Ok(app.archive.collections().add(name, vec![Item::of(&article, note, now)])? > 0)
}

/// Carries out a form, and leads back to where the reader was.
pub async fn change(State(app): State<Arc<App>>, request: Request) -> Response {
    written(app, request, |app, body| {
        let form = Form::read(body);
        form.carry_out(app)?;
        let reply = Reply { status: StatusCode::SEE_OTHER, ..Reply::of("text/plain; charset=utf-8", "") };
        Ok(reply.with(header::LOCATION, &form.place()))
    })
    .await
}

/// What a program says of an article.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    /// The new note; none leaves what there is.
    note: Option<String>,
}

impl Remark {
    fn read(body: &[u8]) -> Result<Remark, WriteError> {
        if body.is_empty() {
            return Ok(Remark::default());
        }
        // a list of values would be taken for the fields in their order
        let object = serde_json::from_slice(body).map(Value::Object);
        Ok(object.and_then(serde_json::from_value)?)
    }
}

/// `PUT` of a collection: it is begun if there is none of the name.
pub async fn begin(State(app): State<Arc<App>>, Path(name): Path<String>, request: Request) -> Response {
    of_program(app, request, move |app, _| {
        let collections = app.archive.collections();
        let is_new = match collections.load(&name) {
            Err(CollectionError::Unknown(_)) => true,
            known => known.map(|_| false)?,
        };
        if is_new {
            collections.add(&name, Vec::new())?;
        }
        counted(app, &name, is_new)
    })
    .await
}

/// `DELETE` of a collection.
pub async fn delete(State(app): State<Arc<App>>, Path(name): Path<String>, request: Request) -> Response {
    of_program(app, request, move |app, _| {
        app.archive.collections().delete(&name)?;
        Ok(done())
    })
    .await
}

/// `PUT` of an article of a collection: it is marked, and its note set.
pub async fn put(State(app): State<Arc<App>>, Path((name, id)): Path<(String, String)>, request: Request) -> Response {
    of_program(app, request, move |app, body| {
        let remark = Remark::read(body)?;
        let is_new = mark(app, &name, &id, remark.note.as_deref().unwrap_or_default())?;
        if let Some(note) = remark.note.filter(|_| !is_new) {
            app.archive.collections().note(&name, &id, &note)?;
        }
        counted(app, &name, is_new)
    })
    .await
}

/// `DELETE` of an article of a collection: it is taken out.
pub async fn take_out(
    State(app): State<Arc<App>>,
    Path((name, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    of_program(app, request, move |app, _| {
        match app.archive.collections().remove(&name, std::slice::from_ref(&id))? {
            0 => Err(WriteError::NotCollected(id.clone()).into()),
            _ => Ok(done()),
        }
    })
    .await
}

/// How many articles a collection has now.
fn counted(app: &App, name: &str, is_new: bool) -> Result<Reply, WebError> {
    let collection = app.archive.collections().load(name)?;
    let reply = Reply::written(JSON, |out| write_json(out, &[collection], false))?;
    Ok(Reply { status: if is_new { StatusCode::CREATED } else { StatusCode::OK }, ..reply })
}

/// Nothing is left to say.
fn done() -> Reply {
    Reply { status: StatusCode::NO_CONTENT, ..Reply::of(JSON, "") }
}

/// Reads what is written and works on it.
async fn written<F>(app: Arc<App>, request: Request, work: F) -> Response
where
    F: Fn(&App, &[u8]) -> Result<Reply, WebError> + Send + 'static,
{
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(app.limits.patience, axum::body::to_bytes(body, MAX_BODY)).await;
    let answer = match read {
        Ok(Ok(body)) => worked(&app, body, work).await,
        Ok(Err(_)) => Err(WebError::Body),
        Err(_) => Err(WebError::TimedOut),
    };
    match answer {
        Ok(reply) => reply.into_response(),
        Err(error) => refuse(&parts.uri, &parts.headers, &error, parts.extensions.get()),
    }
}

/// The same for a program, whose address has no parameters.
async fn of_program<F>(app: Arc<App>, request: Request, work: F) -> Response
where
    F: Fn(&App, &[u8]) -> Result<Reply, WebError> + Send + 'static,
{
    match parameters::NONE.check(request.uri().query().unwrap_or_default()) {
        Ok(()) => written(app, request, work).await,
        Err(error) => refuse(request.uri(), request.headers(), &error, request.extensions().get()),
    }
}

async fn worked<F>(app: &Arc<App>, body: Bytes, work: F) -> Result<Reply, WebError>
where
    F: Fn(&App, &[u8]) -> Result<Reply, WebError> + Send + 'static,
{
    let _permit = app.permit(Lane::Usual).await?;
    let shared = Arc::clone(app);
    let work = move || -> Result<Reply, WebError> {
        let reply = work(&shared, &body)?;
        // the next answer shows it
        shared.archive.refresh()?;
        Ok(reply.with(header::CACHE_CONTROL, "no-store"))
    };
    tokio::task::spawn_blocking(work).await.map_err(Internal::Task)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_come_back_to_this_server() {
        for (back, place) in [
            ("/article/a?q=b#t1", "/article/a?q=b#t1"),
            ("", "/collections"),
            ("//evil.example/", "/collections"),
            ("/\\evil.example", "/collections"),
            ("https://evil.example/", "/collections"),
            ("/a\r\nSet-Cookie: x", "/collections"),
            ("/ä", "/collections"),
        ] {
            assert_eq!(Form { back: back.into(), ..Form::default() }.place(), place, "{back}");
        }
        let hit = |back: &str| Form { back: back.into(), id: "a/ö".into(), at: "hit".into(), ..Form::default() };
        assert_eq!(hit("/?q=b").place(), "/?q=b#hit-a%2F%C3%B6");
        assert_eq!(hit("//evil.example/").place(), "/collections");
    }

    #[test]
    fn remarks_are_objects_with_a_note_or_without() {
        for (body, note) in [("", None), ("{}", None), ("{\"note\":null}", None), ("{\"note\":\"\"}", Some(""))] {
            assert_eq!(Remark::read(body.as_bytes()).expect("a remark").note.as_deref(), note, "{body}");
        }
        for body in ["[]", "[\"a\"]", "{\"note\":1}", "{\"notiz\":\"\"}", "{}{}", "\"a\"", "{\"note\":\"\u{0}\"}"] {
            assert!(matches!(Remark::read(body.as_bytes()), Err(WriteError::BadBody(_))), "{body}");
        }
    }

    #[test]
    fn forms_are_read_field_by_field() {
        let form = Form::read(b"action=add&name=+Hafen+&id=a%2Fb&note=x%0Ay&other=z");
        let (action, name, id, note) = ("add".into(), "Hafen".into(), "a/b".into(), "x\ny".into());
        assert_eq!(form, Form { action, name, id, note, ..Form::default() });
    }
}
