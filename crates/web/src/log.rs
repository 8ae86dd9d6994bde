//! The log: a JSON object on each line, in the format that docs/HTTP.md describes.

use serde::Serialize;
use std::sync::Arc;

/// Takes a line of the log, without a line break.
pub type Log = Arc<dyn Fn(&str) + Send + Sync>;

/// A request that was answered.
#[derive(Debug, Serialize)]
pub struct AccessRecord<'a> {
    /// When it was answered, see [`time`].
    pub time: String,
    /// Its id, as in `X-Request-Id`.
    pub request: &'a str,
    /// Its method.
    pub method: &'a str,
    /// Its path.
    pub path: &'a str,
    /// The query of its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<&'a str>,
    /// HTTP status of the answer.
    pub status: u16,
    /// Milliseconds until the head of the answer.
    pub took_ms: f64,
    /// The message of an error that only the operator should see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'a str>,
}

impl AccessRecord<'_> {
    /// The line.
    #[must_use]
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|error| event("log", &error.to_string()))
    }
}

/// A line about the server itself.
#[must_use]
pub fn event(name: &str, text: &str) -> String {
    serde_json::json!({ "time": time(), "event": name, "text": text }).to_string()
}

/// The time of a line: now, RFC 3339 in UTC, with milliseconds.
#[must_use]
pub fn time() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_one_line_of_json() {
        let record = AccessRecord {
            time: "2026-11-25T10:00:00.000Z".into(),
            request: "1-0",
            method: "GET",
            path: "/a\n\"b\"",
            query: None,
            status: 503,
            took_ms: 1.5,
            error: Some("broken"),
        };
        assert_eq!(
            record.line(),
            r#"{"time":"2026-11-25T10:00:00.000Z","request":"1-0","method":"GET","path":"/a\n\"b\"","status":503,"took_ms":1.5,"error":"broken"}"#
        );
    }
}
