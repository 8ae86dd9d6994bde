//! Asks a cluster over HTTP: one request at a time, of the next node where one is away, and again after a while where all are, or where the
//! cluster has too much to do or no manager.
//!
//! Whatever is sent may be sent twice with the same outcome, so every request may be repeated.

use super::address::{Access, AddressError};
use crate::EngineError;
use crate::deadline::Deadline;
use serde_json::Value;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use ureq::Agent;
use ureq::http::{Method, Request};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};

/// Most bytes of an answer.
const MAX_ANSWER: u64 = 512 << 20;
/// Longest wait for an answer to a request without a deadline.
const LONGEST: Duration = Duration::from_mins(5);
/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// How often a request is sent before it is given up, where no node answers and where one answers that it cannot do it now: one manager is
/// away and another is not chosen, or there is too much to do.
const ATTEMPTS: u32 = 6;
const ATTEMPTS_WHERE_BUSY: u32 = 10;
/// First wait before it is sent again; each later one is twice as long, up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A cluster.
pub struct Client {
    agent: Agent,
    servers: Vec<String>,
    /// Which of them is asked.
    asked: AtomicUsize,
    location: String,
    authorization: Option<String>,
    first_wait: Duration,
}

/// What a cluster answers.
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// What it says.
    pub body: Value,
}

/// What is sent.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// Nothing.
    Nothing,
    /// One object.
    Json(&'a Value),
    /// Objects, a line each.
    Lines(&'a [u8]),
}

/// How one attempt failed.
enum Failure {
    /// The node does not answer; another one may.
    Away(EngineError),
    /// The cluster answers that it cannot do it now.
    Busy(EngineError),
    Final(EngineError),
}

impl Client {
    /// A client for a cluster; connects when it is first asked.
    ///
    /// # Errors
    /// When there are no certificates in what should hold them.
    pub fn new(access: &Access) -> Result<Client, AddressError> {
        let roots = match &access.authorities {
            None => RootCerts::PlatformVerifier,
            Some(pem) => {
                let certificates = parse_pem(pem).filter_map(|item| match item {
                    Ok(PemItem::Certificate(certificate)) => Some(certificate),
                    _ => None,
                });
                let certificates: Vec<Certificate<'static>> = certificates.collect();
                if certificates.is_empty() {
                    return Err(AddressError::Certificates);
                }
                RootCerts::from(certificates.into_iter())
            }
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder().provider(TlsProvider::Rustls).root_certs(roots);
        let tls = tls.unversioned_rustls_crypto_provider(provider).build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .user_agent(concat!("findbuch/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls);
        Ok(Client {
            agent: config.build().new_agent(),
            servers: access.address.servers().collect(),
            asked: AtomicUsize::new(0),
            location: access.address.to_string(),
            first_wait: FIRST_WAIT,
            authorization: access.credentials.as_ref().map(|credentials| credentials.header().to_owned()),
        })
    }

    /// Where the index is, for messages.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// Sends a request, several times if need be. Any status is an answer but those that say that the cluster has too much to do,
    /// cannot be reached, refuses access, or sends the request elsewhere.
    ///
    /// # Errors
    /// When there is no answer, or the deadline passes first.
    pub fn ask(
        &self,
        method: &Method,
        path: &str,
        content: Content<'_>,
        deadline: &Deadline,
    ) -> Result<Answer, EngineError> {
        let mut wait = self.first_wait;
        for attempt in 1.. {
            match self.ask_a_node((method, path), content, deadline) {
                Ok(answer) => return Ok(answer),
                Err(Failure::Away(_) | Failure::Busy(_)) if deadline.is_over() => return Err(EngineError::TimedOut),
                Err(Failure::Away(_)) if attempt < ATTEMPTS => {}
                Err(Failure::Busy(_)) if attempt < ATTEMPTS_WHERE_BUSY => {}
                Err(Failure::Away(error) | Failure::Busy(error) | Failure::Final(error)) => return Err(error),
            }
            let pause = jittered(wait);
            std::thread::sleep(deadline.left().map_or(pause, |left| left.min(pause)));
            wait = (wait * 2).min(LONGEST_WAIT);
        }
        Err(EngineError::TimedOut)
    }

    /// Asks the node that answered last, and the others one after the other where it is away.
    fn ask_a_node(&self, what: (&Method, &str), content: Content<'_>, deadline: &Deadline) -> Result<Answer, Failure> {
        let mut nodes_left = self.servers.len();
        loop {
            deadline.check().map_err(Failure::Final)?;
            let asked = self.asked.load(Ordering::Relaxed);
            let server = self.servers.get(asked % self.servers.len().max(1)).map_or("", String::as_str);
            let outcome = self.attempt(server, what, content, deadline);
            if let Err(Failure::Away(_) | Failure::Busy(_)) = &outcome {
                // not for others too who found the same
                let _ = self.asked.compare_exchange(asked, asked + 1, Ordering::Relaxed, Ordering::Relaxed);
            }
            nodes_left = nodes_left.saturating_sub(1);
            if nodes_left == 0 || !matches!(outcome, Err(Failure::Away(_))) {
                return outcome;
            }
        }
    }

    fn attempt(
        &self,
        server: &str,
        (method, path): (&Method, &str),
        content: Content<'_>,
        deadline: &Deadline,
    ) -> Result<Answer, Failure> {
        let (bytes, kind) = match content {
            Content::Nothing => (Vec::new(), None),
            Content::Json(value) => (value.to_string().into_bytes(), Some("application/json")),
            Content::Lines(lines) => (lines.to_vec(), Some("application/x-ndjson")),
        };
        let mut request = Request::builder().method(method).uri(format!("{server}{path}"));
        if let Some(kind) = kind {
            request = request.header("Content-Type", kind);
        }
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        let request = request.body(bytes).map_err(|error| Failure::Final(self.failed(&error.to_string())))?;
        // a connection that is closed ends the search on the cluster too
        let longest = deadline.left().unwrap_or(LONGEST).min(LONGEST).max(Duration::from_millis(1));
        let request = self.agent.configure_request(request).timeout_global(Some(longest)).build();
        let mut response = self.agent.run(request).map_err(|error| self.lost(error, deadline))?;
        let status = response.status().as_u16();
        match status {
            502..=504 => {
                return Err(Failure::Busy(self.unreachable(io::Error::other(format!("HTTP status {status}")))));
            }
            300..=399 => {
                return Err(Failure::Final(self.failed("it sends requests elsewhere, which are not followed")));
            }
            _ => {}
        }
        let body = response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec();
        let body = body.map_err(|error| self.lost(error, deadline))?;
        let body =
            serde_json::from_slice(&body).or_else(|error| if body.is_empty() { Ok(Value::Null) } else { Err(error) });
        let blocked = |body: &Value| self.blocked(&body["error"]);
        if let Some(error) = body.as_ref().ok().and_then(blocked) {
            return Err(Failure::Final(error));
        }
        match status {
            429 => return Err(Failure::Busy(EngineError::Throttled { location: self.location.clone() })),
            401 | 403 => return Err(Failure::Final(EngineError::Denied { location: self.location.clone() })),
            _ => {}
        }
        let body = body.map_err(|_| Failure::Final(self.failed("what answers is no OpenSearch: it sends no JSON")))?;
        Ok(Answer { status, body })
    }

    /// What became of a request without an answer.
    fn lost(&self, error: ureq::Error, deadline: &Deadline) -> Failure {
        match error {
            // what is left of the time is too little to ask again
            ureq::Error::Timeout(_) if deadline.left().is_some_and(|left| left < FIRST_WAIT) => {
                Failure::Final(EngineError::TimedOut)
            }
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
                Failure::Final(self.unreachable(error))
            }
            ureq::Error::Io(error) => Failure::Away(self.unreachable(error)),
            ureq::Error::Timeout(_) => Failure::Away(self.unreachable(io::ErrorKind::TimedOut.into())),
            ureq::Error::BodyExceedsLimit(_) => Failure::Final(self.failed("its answer is longer than 512 MB")),
            // another node may have a name that is known
            error @ ureq::Error::HostNotFound if self.servers.len() > 1 => {
                Failure::Away(self.unreachable(io::Error::other(error.to_string())))
            }
            error @ (ureq::Error::HostNotFound | ureq::Error::Tls(_) | ureq::Error::Rustls(_)) => {
                Failure::Final(self.unreachable(io::Error::other(error.to_string())))
            }
            error => Failure::Away(self.unreachable(io::Error::other(error.to_string()))),
        }
    }

    /// That an index takes no changes, if it is what an error says: it would be in vain to send them again.
    pub fn blocked(&self, error: &Value) -> Option<EngineError> {
        let is_block = error["type"] == "cluster_block_exception";
        let reason = error["reason"].as_str().unwrap_or("no reason given").trim_end_matches(';').to_owned();
        is_block.then(|| EngineError::Blocked { location: self.location.clone(), reason })
    }

    fn unreachable(&self, source: io::Error) -> EngineError {
        EngineError::Unreachable { location: self.location.clone(), source }
    }

    /// An error of the cluster's own.
    pub fn failed(&self, message: &str) -> EngineError {
        EngineError::Failed { path: self.location.clone().into(), message: message.to_owned() }
    }
}

impl Answer {
    /// The body of an answer that is no error.
    ///
    /// # Errors
    /// When the cluster says that it could not do what it was asked.
    pub fn done(self, client: &Client) -> Result<Value, EngineError> {
        if self.status < 300 {
            return Ok(self.body);
        }
        let error = &self.body["error"];
        let cause = error["root_cause"][0]["reason"].as_str().or_else(|| error["reason"].as_str());
        let cause = cause.or_else(|| error.as_str()).unwrap_or("no reason given");
        Err(client.failed(&format!("HTTP status {}: {cause}", self.status)))
    }
}

/// A wait that is not that of others who were refused at the same time: from half of it to all of it.
pub fn jittered(wait: Duration) -> Duration {
    let random = RandomState::new().hash_one(0) % 1024;
    wait / 2 + wait / 2 * u32::try_from(random).unwrap_or_default() / 1024
}

#[cfg(test)]
mod tests;
