//! Collections over HTTP: a form of a page marks articles, notes, takes out, removes. [`crate::guard`] says who may.

use crate::app::{App, Lane};
use crate::error::{Internal, WebError};
use crate::guard::MAX_FORM;
use crate::reply::Reply;
use crate::respond::refuse;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use findbuch_engine::collections::{CollectionError, Item};
use std::sync::Arc;

/// What a form of a page asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Form {
    action: String,
    name: String,
    id: String,
    note: String,
    back: String,
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
        if own && plain { self.back.clone() } else { "/collections".into() }
    }

    fn carry_out(&self, app: &App) -> Result<(), WebError> {
        let collections = app.archive.collections();
        match self.action.as_str() {
            "add" => {
                let snapshot = app.archive.now()?;
                let found = snapshot.engine.articles(&self.id)?;
                let article = found.into_iter().find(|article| article.id == self.id);
                let article = article.ok_or_else(|| WebError::NoArticle(self.id.clone()))?;
                let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
                collections.add(&self.name, vec![Item::of(&article, &self.note, now)])?;
            }
            "note" => {
                collections.note(&self.name, &self.id, &self.note)?;
            }
            "remove" => {
                collections.remove(&self.name, std::slice::from_ref(&self.id))?;
            }
            "delete" => collections.delete(&self.name)?,
            _ => return Err(WebError::Body),
        }
        Ok(())
    }
}

impl From<CollectionError> for WebError {
    fn from(error: CollectionError) -> WebError {
        WebError::Collection(error)
    }
}

/// Carries out a form, and leads back to where the reader was.
pub async fn change(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(app.limits.patience, axum::body::to_bytes(body, MAX_FORM)).await;
    let answer = match read {
        Ok(Ok(bytes)) => changed(&app, Form::read(&bytes)).await,
        Ok(Err(_)) => Err(WebError::Body),
        Err(_) => Err(WebError::TimedOut),
    };
    match answer {
        Ok(reply) => reply.into_response(),
        Err(error) => refuse(&parts.uri, &parts.headers, &error, parts.extensions.get()),
    }
}

async fn changed(app: &Arc<App>, form: Form) -> Result<Reply, WebError> {
    let _permit = app.permit(Lane::Usual).await?;
    let shared = Arc::clone(app);
    let work = move || -> Result<Reply, WebError> {
        form.carry_out(&shared)?;
        // the next page shows it
        shared.archive.refresh()?;
        let reply = Reply { status: StatusCode::SEE_OTHER, ..Reply::of("text/plain; charset=utf-8", "") };
        Ok(reply.with(header::LOCATION, &form.place()).with(header::CACHE_CONTROL, "no-store"))
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
    }

    #[test]
    fn forms_are_read_field_by_field() {
        let form = Form::read(b"action=add&name=+Hafen+&id=a%2Fb&note=x%0Ay&other=z");
        let (action, name, id, note) = ("add".into(), "Hafen".into(), "a/b".into(), "x\ny".into());
        assert_eq!(form, Form { action, name, id, note, back: String::new() });
    }
}
