//! Asks a cluster over HTTP: one request at a time, repeated where the cluster has too much to do or a node is away.
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
/// How often a request is sent before it is given up.
const ATTEMPTS: u32 = 6;
/// First wait before it is sent again; each later one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// A cluster.
pub struct Client {
    agent: Agent,
    server: String,
    location: String,
    authorization: Option<String>,
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
    /// Another one may succeed.
    Again(EngineError),
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
            server: access.address.server(),
            location: access.address.to_string(),
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
        let mut wait = FIRST_WAIT;
        for attempt in 1.. {
            deadline.check()?;
            match self.attempt(method, path, content, deadline) {
                Ok(answer) => return Ok(answer),
                Err(Failure::Again(_)) if deadline.is_over() => return Err(EngineError::TimedOut),
                Err(Failure::Again(_)) if attempt < ATTEMPTS => {}
                Err(Failure::Again(error) | Failure::Final(error)) => return Err(error),
            }
            let pause = jittered(wait);
            std::thread::sleep(deadline.left().map_or(pause, |left| left.min(pause)));
            wait *= 2;
        }
        Err(EngineError::TimedOut)
    }

    fn attempt(
        &self,
        method: &Method,
        path: &str,
        content: Content<'_>,
        deadline: &Deadline,
    ) -> Result<Answer, Failure> {
        let (bytes, kind) = match content {
            Content::Nothing => (Vec::new(), None),
            Content::Json(value) => (value.to_string().into_bytes(), Some("application/json")),
            Content::Lines(lines) => (lines.to_vec(), Some("application/x-ndjson")),
        };
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.server));
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
            429 => return Err(Failure::Again(EngineError::Throttled { location: self.location.clone() })),
            502..=504 => {
                return Err(Failure::Again(self.unreachable(io::Error::other(format!("HTTP status {status}")))));
            }
            401 | 403 => return Err(Failure::Final(EngineError::Denied { location: self.location.clone() })),
            300..=399 => {
                return Err(Failure::Final(self.failed("it sends requests elsewhere, which are not followed")));
            }
            _ => {}
        }
        let body = response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec();
        let body = body.map_err(|error| self.lost(error, deadline))?;
        let body = match serde_json::from_slice(&body) {
            Ok(body) => body,
            Err(_) if body.is_empty() => Value::Null,
            Err(_) => return Err(Failure::Final(self.failed("what answers is no OpenSearch: it sends no JSON"))),
        };
        Ok(Answer { status, body })
    }

    /// What became of a request without an answer.
    fn lost(&self, error: ureq::Error, deadline: &Deadline) -> Failure {
        match error {
            ureq::Error::Timeout(_) if deadline.is_over() => Failure::Final(EngineError::TimedOut),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
                Failure::Final(self.unreachable(error))
            }
            ureq::Error::Io(error) => Failure::Again(self.unreachable(error)),
            ureq::Error::Timeout(_) => Failure::Again(self.unreachable(io::ErrorKind::TimedOut.into())),
            ureq::Error::BodyExceedsLimit(_) => Failure::Final(self.failed("its answer is longer than 512 MB")),
            error @ (ureq::Error::HostNotFound | ureq::Error::Tls(_) | ureq::Error::Rustls(_)) => {
                Failure::Final(self.unreachable(io::Error::other(error.to_string())))
            }
            error => Failure::Again(self.unreachable(io::Error::other(error.to_string()))),
        }
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
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::time::Instant;

    /// What the stand-in does with a connection.
    #[derive(Clone, Copy)]
    enum Reply {
        /// Answers with a status and a body.
        Status(u16, &'static str),
        /// Closes it.
        Close,
        /// Keeps it open and says nothing.
        Silence,
    }

    /// A client of a stand-in for a cluster that does this with its connections, one by one; and what the requests were, in the end.
    fn stand_in(replies: Vec<Reply>) -> (Client, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let serving = std::thread::spawn(move || {
            let (mut requests, mut open) = (Vec::new(), Vec::new());
            for reply in replies {
                let (mut connection, _) = listener.accept().expect("a connection");
                let mut request = vec![0; 4096];
                let length = connection.read(&mut request).expect("a request");
                requests.push(String::from_utf8_lossy(&request[..length]).into_owned());
                match reply {
                    Reply::Status(status, body) => {
                        let length = body.len();
                        let head = format!(
                            "HTTP/1.1 {status} x\r\nLocation: /there\r\nConnection: close\r\nContent-Length: {length}"
                        );
                        write!(connection, "{head}\r\n\r\n{body}").expect("sent");
                    }
                    Reply::Close => drop(connection),
                    Reply::Silence => open.push(connection),
                }
            }
            requests
        });
        let address = format!("opensearch+http://127.0.0.1:{port}/presse").parse().expect("an address");
        let access = Access::new(address, "bearer geheim".parse().ok(), None).expect("access");
        (Client::new(&access).expect("a client"), serving)
    }

    fn get(client: &Client, deadline: &Deadline) -> Result<Answer, EngineError> {
        client.ask(&Method::GET, "/presse/_doc/state", Content::Nothing, deadline)
    }

    #[test]
    fn what_may_pass_is_tried_again() {
        let replies =
            [Reply::Status(429, "{}"), Reply::Status(503, "no"), Reply::Close, Reply::Status(200, "{\"a\":1}")];
        let (client, serving) = stand_in(replies.into());
        let answer = get(&client, &Deadline::default()).expect("an answer");
        assert_eq!((answer.status, answer.body["a"].as_u64()), (200, Some(1)));
        let requests = serving.join().expect("served");
        assert_eq!(requests.len(), 4);
        assert!(requests.iter().all(|request| request.to_lowercase().contains("authorization: bearer geheim")));
    }

    #[test]
    fn what_does_not_pass_is_said_at_once() {
        let check = |reply: Reply, is: fn(&EngineError) -> bool| {
            let (client, serving) = stand_in(vec![reply]);
            let error = get(&client, &Deadline::default()).err().expect("an error");
            assert!(is(&error) && !error.to_string().contains("geheim"), "{error}");
            assert_eq!(serving.join().expect("served").len(), 1);
        };
        check(Reply::Status(401, "{}"), |error| matches!(error, EngineError::Denied { .. }));
        check(Reply::Status(403, "{}"), |error| matches!(error, EngineError::Denied { .. }));
        check(Reply::Status(301, "{}"), |error| error.to_string().contains("sends requests elsewhere"));
        check(Reply::Status(200, "<html>"), |error| error.to_string().contains("no OpenSearch"));
    }

    #[test]
    fn a_cluster_that_stays_busy_is_given_up() {
        let (client, serving) = stand_in(vec![Reply::Status(429, "{}"); ATTEMPTS as usize]);
        assert!(matches!(get(&client, &Deadline::default()), Err(EngineError::Throttled { .. })));
        assert_eq!(serving.join().expect("served").len(), ATTEMPTS as usize);
    }

    #[test]
    fn the_deadline_ends_a_request_that_is_not_answered() {
        let (client, serving) = stand_in(vec![Reply::Silence]);
        let deadline = Deadline::of(Instant::now().checked_add(Duration::from_millis(300)));
        assert!(matches!(get(&client, &deadline), Err(EngineError::TimedOut)));
        serving.join().expect("served");
    }

    #[test]
    fn errors_of_the_cluster_are_passed_on() {
        let body =
            r#"{"error":{"root_cause":[{"reason":"no such script"}],"reason":"all shards failed"},"status":400}"#;
        let (client, _) = stand_in(vec![Reply::Status(400, body)]);
        let error = get(&client, &Deadline::default()).and_then(|answer| answer.done(&client)).expect_err("an error");
        assert!(error.to_string().contains("HTTP status 400: no such script;"), "{error}");
    }

    #[test]
    fn certificates_must_be_there_if_any_are_given() {
        let address = "opensearch+https://suche.example/presse".parse().expect("an address");
        let access =
            |authorities: &[u8]| Access { address, credentials: None, authorities: Some(authorities.to_vec()) };
        assert_eq!(Client::new(&access(b"no certificates")).err(), Some(AddressError::Certificates));
    }
}
