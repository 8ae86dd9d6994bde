//! The program serving an index of its own on a free port, and a client that asks it.

use crate::Bench;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use ureq::http::HeaderMap;

/// Longest that an answer is waited for: a debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server; it ends with this value.
pub struct Server {
    /// Its index and its working directory.
    pub bench: Bench,
    child: Child,
    agent: ureq::Agent,
    address: SocketAddr,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // one that has ended by itself cannot be ended again
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server of the sample corpus, one for all tests that run at a time.
pub fn shared() -> Arc<Server> {
    static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let server = Arc::new(Server::start(Bench::with_sample_corpus(), &[]));
        *shared = Arc::downgrade(&server);
        server
    })
}

impl Server {
    /// Serves the bench's index.
    pub fn start(bench: Bench, options: &[&str]) -> Server {
        Server::with(bench, options, &[])
    }

    /// The same with more of the environment.
    pub fn with(bench: Bench, options: &[&str], environment: &[(&str, &str)]) -> Server {
        let log = std::fs::File::create(bench.path("serve.log")).expect("a log");
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("findbuch"));
        command.current_dir(bench.folder.path()).env_clear().env("FINDBUCH_INDEX", bench.path("index"));
        command.envs(environment.iter().copied()).args(["serve", "--port", "0"]).args(options);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_else(|| {
            panic!("no address in {line:?}; {}", std::fs::read_to_string(bench.path("serve.log")).unwrap_or_default())
        });
        let mut address: SocketAddr = address.parse().expect("an address");
        if address.ip().is_unspecified() {
            address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).max_redirects(0);
        let agent = config.timeout_global(Some(PATIENCE)).build().new_agent();
        Server { bench, child, agent, address }
    }

    /// `http://127.0.0.1:…`
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Asks for a path as a program would.
    pub fn get(&self, path: &str) -> Answer {
        self.ask(path, &[("accept", "application/json")])
    }

    /// Asks for a path as a browser would.
    pub fn page(&self, path: &str) -> Answer {
        self.ask(path, &[("accept", "text/html,application/xhtml+xml")])
    }

    /// Asks for a path with headers.
    pub fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.base()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.call().unwrap_or_else(|error| panic!("{path}: {error}"));
        let body = response.body_mut().with_config().limit(1 << 30).read_to_vec();
        let body = body.unwrap_or_else(|error| panic!("{path}: {error}"));
        Answer { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    /// Sends a form with headers.
    pub fn send(&self, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.base()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = request.content_type("application/x-www-form-urlencoded");
        let mut response = request.send(form).unwrap_or_else(|error| panic!("{path}: {error}"));
        let body = response.body_mut().read_to_vec().unwrap_or_else(|error| panic!("{path}: {error}"));
        Answer { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    /// Writes something, or with `DELETE` removes it, with headers.
    pub fn write(&self, method: &str, path: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = match (method, body) {
            ("DELETE", "") => self.agent.run(request.body(()).expect("a request")),
            (_, "") => self.agent.run(request.body("").expect("a request")),
            _ => self.agent.run(request.header("content-type", "application/json").body(body).expect("a request")),
        };
        let mut response = sent.unwrap_or_else(|error| panic!("{path}: {error}"));
        let body = response.body_mut().read_to_vec().unwrap_or_else(|error| panic!("{path}: {error}"));
        Answer { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    /// A connection, for what no ordinary client sends.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        stream
    }

    /// Sends bytes as they are and reads until the server closes: status (0 where none came), and all it said.
    pub fn raw(&self, request: &[u8]) -> (u16, String) {
        use std::io::Write;
        let mut stream = self.connect();
        // a server that has heard enough closes before all is sent
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, answer)
    }

    /// Tells the server to end, as a service manager does.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("kill").success());
    }

    /// Waits for its end; its exit code.
    pub fn ended(&mut self) -> Option<i32> {
        self.child.wait().expect("an end").code()
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.bench.path("serve.log")).expect("the log")
    }
}

impl Answer {
    /// A header, empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// Text as it may stand in an address.
pub fn encoded(text: &str) -> String {
    let pieces = form_urlencoded::byte_serialize(text.as_bytes());
    pieces.map(|piece| if piece == "+" { "%20" } else { piece }).collect()
}
