//! The server: listens, and serves each connection within its limits until it is stopped.

use crate::app::{App, Draw, Limits};
use crate::archive::{Archive, OpenError, Snapshot};
use crate::guard::{Guard, Hosts, Token};
use crate::log::{Log, event};
use crate::router::router;
use axum::Router;
use findbuch_engine::{EngineError, IndexDir};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

/// How long a head may take where more than half of the connections are open: who sends nothing shall not keep others out.
const HURRIED: Duration = Duration::from_secs(1);
/// How often the server looks for a new commit, and whether it shall stop.
const POLL: Duration = Duration::from_millis(300);
/// How long requests that are being answered have when the server stops.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait after a connection could not be accepted, for example because no file handle is left.
const PAUSE: Duration = Duration::from_millis(100);

/// What a server is made of.
pub struct Options {
    /// The index.
    pub index: IndexDir,
    /// Where it listens; port 0 is any that is free.
    pub address: SocketAddr,
    /// The token that requests must bring, if one is demanded.
    pub token: Option<Token>,
    /// The host names that it answers to.
    pub hosts: Hosts,
    /// Whether nobody may write.
    pub read_only: bool,
    /// How much is let in.
    pub limits: Limits,
    /// Paths below this folder are shown relative to it.
    pub working_dir: PathBuf,
    /// Where lines of the log go.
    pub log: Log,
    /// Draws pages of PDF.
    pub draw: Draw,
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// There is no index, or the user's own files beside it are at fault.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {reason}; name another port with --port")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's answer.
        reason: std::io::Error,
    },
    /// The system has no threads.
    #[error("cannot start: {0}")]
    Start(std::io::Error),
}

/// A server that listens; [`Server::run`] answers.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
}

impl Server {
    /// Opens the index and listens. One that is damaged is opened when it is mended; until then every answer says what is
    /// damaged.
    ///
    /// # Errors
    /// When there is no index or the address is taken.
    pub fn bind(options: Options) -> Result<Server, ServerError> {
        let Options { index, address, token, hosts, read_only, limits, working_dir, log, draw } = options;
        let archive = Archive::open(index)?;
        let app = App::new(archive, limits, Guard { token, hosts, read_only }, working_dir, log, draw);
        match articles(&app) {
            Ok(articles) => app.metrics.opened(articles),
            // what is not damaged is answered all the same
            Err(error) => (app.log)(&event("damaged", &error.to_string())),
        }
        let listen = |reason| ServerError::Listen { address, reason };
        let listener = TcpListener::bind(address).map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;
        Ok(Server { listener, app: Arc::new(app) })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// What the system says.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Articles in the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn articles(&self) -> Result<u64, Arc<OpenError>> {
        articles(&self.app)
    }

    /// Serves until `stop` is set; requests that are being answered then have ten seconds.
    ///
    /// # Errors
    /// When the system has no threads.
    pub fn run(self, stop: &AtomicBool) -> Result<(), ServerError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .max_blocking_threads(self.app.limits.at_once + 4)
            .build()
            .map_err(ServerError::Start)?;
        let result = runtime.block_on(self.serve(stop));
        runtime.shutdown_timeout(Duration::from_secs(1));
        result
    }

    async fn serve(self, stop: &AtomicBool) -> Result<(), ServerError> {
        let Server { listener, app } = self;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(ServerError::Start)?;
        let router = router(&app);
        let connections = Arc::new(Semaphore::new(app.limits.connections));
        let graceful = GracefulShutdown::new();
        let mut poll = tokio::time::interval(POLL);
        poll.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        // to open a commit may take longer than a client likes to wait to be accepted
        let refreshing = tokio::spawn(keep_fresh(Arc::clone(&app)));
        while !stop.load(Ordering::Relaxed) {
            tokio::select! {
                _ = poll.tick() => {}
                accepted = accept(&listener, &connections) => match accepted {
                    Ok((stream, slot)) => {
                        let crowded = connections.available_permits() * 2 < app.limits.connections;
                        let patience = if crowded { app.limits.patience.min(HURRIED) } else { app.limits.patience };
                        let connection = graceful.watch(connection(stream, &router, &app.limits, patience));
                        tokio::spawn(async move {
                            // a client that breaks off is no error of the server
                            let _ = connection.await;
                            drop(slot);
                        });
                    }
                    Err(_) => tokio::time::sleep(PAUSE).await,
                },
            }
        }
        drop(listener);
        refreshing.abort();
        // answers that are slower are cut off
        let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
        Ok(())
    }
}

/// Accepts a connection once fewer than the limit are open; until then others wait in the system's queue.
async fn accept(
    listener: &tokio::net::TcpListener,
    connections: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, Option<tokio::sync::OwnedSemaphorePermit>)> {
    // the semaphore is never closed
    let slot = Arc::clone(connections).acquire_owned().await.ok();
    let (stream, _) = listener.accept().await?;
    Ok((stream, slot))
}

type Connection = hyper::server::conn::http1::Connection<
    TokioIo<std::pin::Pin<Box<TimeoutStream<TcpStream>>>>,
    TowerToHyperService<Router>,
>;

fn connection(stream: TcpStream, router: &Router, limits: &Limits, patience: Duration) -> Connection {
    // otherwise the last packet of an answer is held back until the client acknowledges the one before
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    // no limit for reading: a client is silent while an answer is sent to it, and the head has a limit of its own
    stream.set_write_timeout(Some(limits.patience));
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_headers(64)
        .max_buf_size(limits.head)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router.clone()))
}

/// Articles in the commit that is served.
fn articles(app: &App) -> Result<u64, Arc<OpenError>> {
    let stats = |snapshot: &Snapshot| Ok(snapshot.stats()?.articles);
    stats(&*app.archive.now()?).map_err(|error: EngineError| Arc::new(error.into()))
}

/// Opens each new commit, for ever.
async fn keep_fresh(app: Arc<App>) {
    let mut poll = tokio::time::interval(POLL);
    poll.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut failure = String::new();
    loop {
        poll.tick().await;
        refresh(&app, &mut failure).await;
    }
}

/// Opens the last commit. If the index cannot be opened, that is logged once and tried again later; `failure` is what was logged
/// last.
async fn refresh(app: &Arc<App>, failure: &mut String) {
    let shared = Arc::clone(app);
    let refreshed = tokio::task::spawn_blocking(move || -> Result<Option<String>, Arc<OpenError>> {
        if !shared.archive.refresh()? {
            return Ok(None);
        }
        shared.metrics.opened(articles(&shared)?);
        Ok(Some(shared.archive.now()?.engine.state().updated.clone()))
    });
    match refreshed.await {
        Ok(Err(error)) if *failure == error.to_string() => {}
        Ok(Err(error)) => {
            *failure = error.to_string();
            (app.log)(&event("refresh", failure));
        }
        Ok(Ok(opened)) => {
            failure.clear();
            if let Some(updated) = opened {
                (app.log)(&event("refresh", &updated));
            }
        }
        Err(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{limits, write_index};
    use std::net::Ipv4Addr;
    use std::sync::Mutex;

    fn options(index: &std::path::Path, port: u16, log: Log) -> Options {
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port);
        let hosts = Hosts::local_and(&[]);
        Options {
            index: IndexDir::new(index),
            address,
            token: None,
            hosts,
            read_only: false,
            limits: limits(),
            working_dir: "/".into(),
            log,
            draw: Arc::new(|_, _, _| None),
        }
    }

    #[test]
    fn a_server_needs_an_index_and_a_free_port() {
        let folder = tempfile::tempdir().expect("a folder");
        let silent: Log = Arc::new(|_: &str| {});
        let none = Server::bind(options(folder.path(), 0, Arc::clone(&silent)));
        assert!(matches!(none, Err(ServerError::Open(OpenError::Engine(EngineError::NoIndex(_))))));
        write_index(folder.path());
        let server = Server::bind(options(folder.path(), 0, Arc::clone(&silent))).expect("a server");
        assert_eq!(server.articles().expect("a number"), 3);
        let taken = server.address().expect("an address").port();
        let second = Server::bind(options(folder.path(), taken, silent)).err().map(|error| error.to_string());
        assert!(second.is_some_and(|message| message.ends_with("name another port with --port")));
        server.run(&AtomicBool::new(true)).expect("stopped before it began");
    }

    #[test]
    fn an_index_that_cannot_be_opened_is_logged_once() {
        let folder = tempfile::tempdir().expect("a folder");
        write_index(folder.path());
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&lines);
        let log: Log = Arc::new(move |line: &str| sink.lock().expect("the lines").push(line.to_owned()));
        let server = Server::bind(options(folder.path(), 0, log)).expect("a server");
        std::fs::write(folder.path().join("current"), "gen-9\n").expect("written");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut failure = String::new();
        runtime.block_on(async {
            refresh(&server.app, &mut failure).await;
            refresh(&server.app, &mut failure).await;
        });
        let lines = lines.lock().expect("the lines");
        assert!(matches!(lines.as_slice(), [one] if one.contains("\"event\":\"refresh\"")), "{lines:?}");
        assert_eq!(server.articles().expect("the commit before is served on"), 3);
    }
}
