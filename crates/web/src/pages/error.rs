//! The page that says why a request is not answered, and how to go on.

use super::frame::{Frame, filled};
use crate::address::Address;
use crate::error::{Internal, WebError};
use crate::reply::Reply;
use askama::Template;
use findbuch_query::QueryError;
use findbuch_query::lang::Lang;
use findbuch_render::html::Html;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: Frame,
    title: &'static str,
    detail: String,
    place: Option<Html>,
    id: Option<&'a str>,
}

/// The page of an error.
///
/// # Errors
/// When its template cannot be filled.
pub fn page(error: &WebError, lang: Lang, id: Option<&str>) -> Result<Reply, Internal> {
    let (q, place) = match error {
        WebError::BadQuery(QueryError { text, span, .. }) => {
            let marks = std::slice::from_ref(span);
            (text.clone(), Some(Html::numbered(text, marks, 1)))
        }
        _ => (String::new(), None),
    };
    let address = Address { q, lang: Some(lang), ..Address::default() };
    let frame = Frame::plain(lang, &address, "error", error.title(lang));
    let page = ErrorPage { frame, title: error.title(lang), detail: error.detail(lang), place, id };
    filled(&page)
}
