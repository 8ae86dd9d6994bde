//! Bodies that are sent while they are written, so that memory does not grow with them.

use crate::app::StreamPermits;
use crate::error::{Internal, WebError};
use crate::log::{Log, event};
use axum::body::{Body, Bytes};
use std::io::{self, BufWriter, Write};
use std::sync::mpsc::sync_channel;
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

/// Chunks that wait to be sent, and bytes of one.
const CHUNKS: usize = 4;
const CHUNK: usize = 1 << 15;

/// Passes what is written on to the client.
struct ChunkWriter(Sender<io::Result<Bytes>>);

impl Write for ChunkWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // blocks while the client is slow; a client that has gone away ends the writing
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why a body is not whole.
#[derive(Debug)]
pub enum Unfinished {
    /// Nothing of it was found; if the head has not been sent, that says so instead.
    Refused(WebError),
    /// Writing it failed.
    Broken(io::Error),
}

impl From<io::Error> for Unfinished {
    fn from(error: io::Error) -> Unfinished {
        Unfinished::Broken(error)
    }
}

/// A body that `write` writes on a thread of its own. If it fails, the connection is broken off, so that the client notices that
/// the body is not complete, and the log has a line with the request's path.
pub fn body<F>(log: Log, path: String, permits: StreamPermits, write: F) -> Body
where
    F: FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
{
    let (sender, receiver) = channel(CHUNKS);
    tokio::task::spawn_blocking(move || {
        let _permits = permits;
        let mut out = buffered(&sender);
        if let Err(error) = write(&mut out).and_then(|()| out.flush()) {
            break_off(&log, &path, error, &sender);
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}

/// The same of what has to be found first: `write` is given a function to call, with what is to be known of it, as soon as it has, and
/// this waits for that.
///
/// # Errors
/// What `write` fails with before.
pub fn body_once_found<T, F>(
    log: Log,
    path: String,
    mut permits: StreamPermits,
    write: F,
) -> Result<(Body, T), WebError>
where
    T: Send + 'static,
    F: FnOnce(&mut dyn Write, &mut dyn FnMut(T)) -> Result<(), Unfinished> + Send + 'static,
{
    let (sender, receiver) = channel(CHUNKS);
    let (head, begun) = sync_channel(1);
    tokio::task::spawn_blocking(move || {
        let mut out = buffered(&sender);
        let mut waiting = Some(head);
        let result = write(&mut out, &mut |found| {
            permits.found();
            // fails only if the client has gone away
            let _ = waiting.take().map(|head| head.send(Ok(found)));
        });
        let result = result.and_then(|()| Ok(out.flush()?));
        match (result, waiting) {
            (Ok(()), _) => {}
            (Err(Unfinished::Refused(error)), Some(head)) => {
                let _ = head.send(Err(error));
            }
            (Err(Unfinished::Refused(error)), None) => break_off(&log, &path, io::Error::other(error), &sender),
            (Err(Unfinished::Broken(error)), _) => break_off(&log, &path, error, &sender),
        }
    });
    let found = begun.recv().unwrap_or_else(|ended| Err(Internal::Write(io::Error::other(ended)).into()))?;
    Ok((Body::from_stream(ReceiverStream::new(receiver)), found))
}

fn buffered(sender: &Sender<io::Result<Bytes>>) -> BufWriter<ChunkWriter> {
    BufWriter::with_capacity(CHUNK, ChunkWriter(sender.clone()))
}

fn break_off(log: &Log, path: &str, error: io::Error, sender: &Sender<io::Result<Bytes>>) {
    if error.kind() != io::ErrorKind::BrokenPipe {
        log(&event("broken off", &format!("{path}: {error}")));
    }
    // fails only if the client has gone away, and then nobody needs it
    let _ = sender.blocking_send(Err(error));
}
