//! The client against stand-ins for a cluster, with and without TLS.

use super::*;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Instant;

/// Who has signed the certificate of a stand-in, and who has not.
const AUTHORITY: &[u8] = include_bytes!("testdata/authority.pem");
const STRANGER: &[u8] = include_bytes!("testdata/stranger.pem");

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

/// A stand-in: its requests, and the connections that it keeps open.
type Serving = JoinHandle<(Vec<String>, Vec<Box<dyn Send>>)>;

fn requests_of(serving: Serving) -> Vec<String> {
    serving.join().expect("served").0
}

/// Who asks and what is answered, one connection after the other; what the requests were, in the end. A connection that ends before there
/// is a request, as one to a stranger does, is an empty one; one that is kept open is so until the requests are asked for.
fn serve<S: Read + Write + Send + 'static>(
    replies: Vec<Reply>,
    secured: impl Fn(TcpStream) -> S + Send + 'static,
) -> (u16, Serving) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let serving = std::thread::spawn(move || {
        let (mut requests, mut open): (Vec<String>, Vec<Box<dyn Send>>) = (Vec::new(), Vec::new());
        for reply in replies {
            let mut connection = secured(listener.accept().expect("a connection").0);
            let mut request = vec![0; 4096];
            let length = connection.read(&mut request).unwrap_or_default();
            requests.push(String::from_utf8_lossy(&request[..length]).into_owned());
            match reply {
                _ if length == 0 => {}
                Reply::Status(status, body) => {
                    let length = body.len();
                    let head = format!(
                        "HTTP/1.1 {status} x\r\nLocation: /there\r\nConnection: close\r\nContent-Length: {length}"
                    );
                    write!(connection, "{head}\r\n\r\n{body}").expect("sent");
                    connection.flush().expect("sent");
                }
                Reply::Close => drop(connection),
                Reply::Silence => open.push(Box::new(connection)),
            }
        }
        (requests, open)
    });
    (port, serving)
}

/// A client of a stand-in for a cluster.
fn stand_in(replies: Vec<Reply>) -> (Client, Serving) {
    let (port, serving) = serve(replies, |connection| connection);
    (client(&format!("http://127.0.0.1:{port}"), None), serving)
}

fn client(server: &str, authorities: Option<&[u8]>) -> Client {
    let address = format!("opensearch+{server}/presse").parse().expect("an address");
    let access = Access::new(address, "bearer geheim".parse().ok(), authorities.map(<[u8]>::to_vec)).expect("access");
    Client { first_wait: Duration::from_millis(1), ..Client::new(&access).expect("a client") }
}

/// A stand-in that speaks TLS as `localhost`.
fn secured(replies: Vec<Reply>) -> (u16, Serving) {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("testdata/server.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("testdata/server.key")).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.expect("versions of TLS").with_no_client_auth().with_single_cert(vec![certificate], key);
    let config = Arc::new(config.expect("a certificate and its key"));
    serve(replies, move |connection| {
        StreamOwned::new(ServerConnection::new(Arc::clone(&config)).expect("a connection"), connection)
    })
}

fn get(client: &Client, deadline: &Deadline) -> Result<Answer, EngineError> {
    client.ask(&Method::GET, "/presse/_doc/state", Content::Nothing, deadline)
}

#[test]
fn what_may_pass_is_tried_again() {
    let replies = [Reply::Status(429, "{}"), Reply::Status(503, "no"), Reply::Close, Reply::Status(200, "{\"a\":1}")];
    let (client, serving) = stand_in(replies.into());
    let answer = get(&client, &Deadline::default()).expect("an answer");
    assert_eq!((answer.status, answer.body["a"].as_u64()), (200, Some(1)));
    let requests = requests_of(serving);
    assert_eq!(requests.len(), 4);
    assert!(requests.iter().all(|request| request.to_lowercase().contains("authorization: bearer geheim")));
}

#[test]
fn what_does_not_pass_is_said_at_once() {
    let check = |reply: Reply, is: fn(&EngineError) -> bool| {
        let (client, serving) = stand_in(vec![reply]);
        let error = get(&client, &Deadline::default()).err().expect("an error");
        assert!(is(&error) && !error.to_string().contains("geheim"), "{error}");
        assert_eq!(requests_of(serving).len(), 1);
    };
    check(Reply::Status(401, "{}"), |error| matches!(error, EngineError::Denied { .. }));
    check(Reply::Status(403, "{}"), |error| matches!(error, EngineError::Denied { .. }));
    for status in [403, 429] {
        let block = r#"{"error":{"type":"cluster_block_exception","reason":"index [presse] blocked by: disk;"}}"#;
        check(Reply::Status(status, block), |error| matches!(error, EngineError::Blocked { .. }));
    }
    check(Reply::Status(301, "{}"), |error| error.to_string().contains("sends requests elsewhere"));
    check(Reply::Status(200, "<html>"), |error| error.to_string().contains("no OpenSearch"));
}

#[test]
fn a_cluster_that_stays_busy_is_given_up() {
    let (client, serving) = stand_in(vec![Reply::Status(429, "{}"); ATTEMPTS_WHERE_BUSY as usize]);
    assert!(matches!(get(&client, &Deadline::default()), Err(EngineError::Throttled { .. })));
    assert_eq!(requests_of(serving).len(), ATTEMPTS_WHERE_BUSY as usize);
}

#[test]
fn a_cluster_without_a_manager_is_waited_for_however_many_nodes_are_away() {
    let mut replies = vec![Reply::Status(503, "no"); ATTEMPTS_WHERE_BUSY as usize - 1];
    replies.push(Reply::Status(200, "{}"));
    let (port, serving) = serve(replies, |connection| connection);
    let away = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("an address");
    let client = client(&format!("http://{away},127.0.0.1:{port},{away}"), None);
    assert_eq!(get(&client, &Deadline::default()).expect("an answer").status, 200);
    assert_eq!(requests_of(serving).len(), ATTEMPTS_WHERE_BUSY as usize);
}

#[test]
fn the_deadline_ends_a_request_that_is_not_answered() {
    let (client, serving) = stand_in(vec![Reply::Silence]);
    let deadline = Deadline::of(Instant::now().checked_add(Duration::from_millis(300)));
    let error = get(&client, &deadline).err().expect("an error");
    assert!(matches!(error, EngineError::TimedOut), "{error:?}");
    drop(requests_of(serving));
}

#[test]
fn errors_of_the_cluster_are_passed_on() {
    let body = r#"{"error":{"root_cause":[{"reason":"no such script"}],"reason":"all shards failed"},"status":400}"#;
    let (client, _) = stand_in(vec![Reply::Status(400, body)]);
    let error = get(&client, &Deadline::default()).and_then(|answer| answer.done(&client)).expect_err("an error");
    assert!(error.to_string().contains("HTTP status 400: no such script;"), "{error}");
}

#[test]
fn certificates_must_be_there_if_any_are_given() {
    let address = "opensearch+https://suche.example/presse".parse().expect("an address");
    let access = |authorities: &[u8]| Access { address, credentials: None, authorities: Some(authorities.to_vec()) };
    assert_eq!(Client::new(&access(b"no certificates")).err(), Some(AddressError::Certificates));
}

#[test]
fn a_node_that_is_away_leaves_the_question_to_another() {
    let (port, serving) = serve(vec![Reply::Status(200, "{}"); 2], |connection| connection);
    let away = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("an address");
    let client = client(&format!("http://{away},127.0.0.1:{port}"), None);
    for _ in 0..2 {
        assert_eq!(get(&client, &Deadline::default()).expect("an answer").status, 200);
    }
    assert_eq!(requests_of(serving).len(), 2);
}

#[test]
fn a_cluster_shows_a_certificate_that_is_trusted() {
    let (port, serving) = secured(vec![Reply::Status(200, "{\"a\":1}"), Reply::Status(301, "{}")]);
    let client = client(&format!("https://localhost:{port}"), Some(AUTHORITY));
    assert_eq!(get(&client, &Deadline::default()).expect("an answer").body["a"], 1);
    let error = get(&client, &Deadline::default()).err().expect("an error");
    assert!(error.to_string().contains("sends requests elsewhere"), "{error}");
    let requests = requests_of(serving);
    assert!(requests.iter().all(|request| request.to_lowercase().contains("authorization: bearer geheim")));
}

#[test]
fn a_cluster_that_is_not_trusted_is_told_nothing() {
    for (host, authorities) in [("localhost", Some(STRANGER)), ("localhost", None), ("127.0.0.1", Some(AUTHORITY))] {
        let (port, serving) = secured(vec![Reply::Status(200, "{}")]);
        let client = client(&format!("https://{host}:{port}"), authorities);
        let error = get(&client, &Deadline::default()).err().expect("an error");
        assert!(matches!(error, EngineError::Unreachable { .. }), "{error}");
        assert_eq!(requests_of(serving), [""], "{host}: one attempt, and no request");
    }
}
