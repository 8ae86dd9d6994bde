//! Bodies that are sent while they are written, so that memory does not grow with them.

use crate::app::StreamPermits;
use crate::log::{Log, event};
use axum::body::{Body, Bytes};
use std::io::{self, BufWriter, Write};
use tokio::sync::mpsc::{Receiver, Sender, channel};
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

/// A body that `write` writes on a thread of its own. If it fails, the connection is broken off, so that the client notices that
/// the body is not complete, and the log has a line with the request's path.
pub fn body<F>(log: Log, path: String, permits: StreamPermits, write: F) -> Body
where
    F: FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
{
    let (sender, receiver): (_, Receiver<io::Result<Bytes>>) = channel(CHUNKS);
    let failed = sender.clone();
    tokio::task::spawn_blocking(move || {
        let _permits = permits;
        let mut out = BufWriter::with_capacity(CHUNK, ChunkWriter(sender));
        let result = write(&mut out).and_then(|()| out.flush());
        if let Err(error) = result {
            if error.kind() != io::ErrorKind::BrokenPipe {
                log(&event("broken off", &format!("{path}: {error}")));
            }
            // fails only if the client has gone away, and then nobody needs it
            let _ = failed.blocking_send(Err(error));
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}
