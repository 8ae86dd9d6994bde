//! An answer before it is sent: status, media type, body and headers.

use crate::error::Internal;
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use findbuch_render::urls::encode_segment;
use std::io;

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: StatusCode,
    /// Media type.
    pub kind: &'static str,
    /// Content.
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

    /// An answer whose content `write` writes.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn written(kind: &'static str, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<Reply, Internal> {
        let mut body = Vec::new();
        write(&mut body)?;
        Ok(Reply::of(kind, body))
    }

    /// The same with a header; a value that no header can have is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Reply {
        self.headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }

    /// The same as a file that a browser saves under this name instead of showing it (RFC 6266).
    #[must_use]
    pub fn attachment(self, name: &str) -> Reply {
        let plain: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
        let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encode_segment(name));
        self.with(header::CONTENT_DISPOSITION, &value)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_cannot_leave_their_header() {
        for (name, expected) in [
            ("a b.txt", "attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt"),
            ("Öl\"\r\n.txt", "attachment; filename=\"_l___.txt\"; filename*=UTF-8''%C3%96l%22%0D%0A.txt"),
        ] {
            let reply = Reply::of("text/plain", "").attachment(name);
            let values: Vec<&str> = reply.headers.iter().filter_map(|(_, value)| value.to_str().ok()).collect();
            assert_eq!(values, [expected], "{name}");
        }
    }
}
