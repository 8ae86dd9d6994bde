//! A network that is at fault: it stands before a cluster, and delays, cuts and refuses what passes.

use crate::place::Numbers;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// What is done to one connection of two at least.
#[derive(Clone, Copy)]
enum Fault {
    Refused(&'static str),
    /// Ended after so many bytes to the cluster.
    CutAsking(usize),
    /// Ended after so many bytes of answers.
    CutAnswered(usize),
    Slow,
}

const FAULTS: [Fault; 6] = [
    Fault::Refused("429 Too Many Requests"),
    Fault::Refused("503 Service Unavailable"),
    Fault::CutAsking(0),
    Fault::CutAsking(3_000),
    Fault::CutAnswered(40),
    Fault::Slow,
];
/// How long what is slow waits with every piece.
const SLOW: Duration = Duration::from_millis(100);

/// The network, until it is dropped.
pub struct Proxy {
    /// Where it is.
    pub address: String,
    counts: Arc<Counts>,
    over: Arc<AtomicBool>,
}

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    faults: AtomicUsize,
}

impl Proxy {
    /// A network before the cluster at `to`.
    pub fn before(to: &str) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let (counts, over) = (Arc::<Counts>::default(), Arc::new(AtomicBool::new(false)));
        let proxy = Proxy { address, counts: Arc::clone(&counts), over: Arc::clone(&over) };
        let to = to.to_owned();
        std::thread::spawn(move || {
            let mut numbers = Numbers(7);
            for incoming in listener.incoming().map_while(Result::ok) {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                counts.connections.fetch_add(1, Ordering::Relaxed);
                let fault = (numbers.below(2) == 0).then(|| FAULTS[numbers.below(FAULTS.len())]);
                counts.faults.fetch_add(usize::from(fault.is_some()), Ordering::Relaxed);
                let to = to.clone();
                // a connection that ends early is what is tried
                std::thread::spawn(move || drop(pass(incoming, &to, fault)));
            }
        });
        proxy
    }

    /// Connections so far, and how many of them had a fault.
    pub fn seen(&self) -> (usize, usize) {
        (self.counts.connections.load(Ordering::Relaxed), self.counts.faults.load(Ordering::Relaxed))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // the thread that listens sees it with the next connection
        drop(TcpStream::connect(&self.address));
    }
}

fn pass(mut from: TcpStream, to: &str, fault: Option<Fault>) -> std::io::Result<()> {
    if let Some(Fault::Refused(status)) = fault {
        let mut some = [0; 8 << 10];
        let _ = from.read(&mut some)?;
        write!(from, "HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}")?;
        // what was sent beside is read, or the answer would be thrown away with it
        from.shutdown(Shutdown::Write)?;
        from.set_read_timeout(Some(SLOW))?;
        while from.read(&mut some).is_ok_and(|read| read > 0) {}
        return Ok(());
    }
    let cluster = TcpStream::connect(to)?;
    let (asking, answered) = match fault {
        Some(Fault::CutAsking(most)) => (most, usize::MAX),
        Some(Fault::CutAnswered(most)) => (usize::MAX, most),
        _ => (usize::MAX, usize::MAX),
    };
    let slow = matches!(fault, Some(Fault::Slow));
    let back = (cluster.try_clone()?, from.try_clone()?);
    let asks = std::thread::spawn(move || copy(from, cluster, asking, slow));
    let answers = copy(back.0, back.1, answered, slow);
    asks.join().map_err(|_| std::io::Error::other("a thread has failed"))?.and(answers)
}

/// Copies at most so many bytes; at its end both sides are closed.
fn copy(mut from: TcpStream, mut to: TcpStream, mut most: usize, slow: bool) -> std::io::Result<()> {
    let mut some = vec![0; 64 << 10];
    while most > 0 {
        let read = match from.read(&mut some) {
            Ok(read) if read > 0 => read.min(most),
            _ => break,
        };
        if slow {
            std::thread::sleep(SLOW);
        }
        if to.write_all(&some[..read]).is_err() {
            break;
        }
        most -= read;
    }
    // one that is closed already is as good
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    Ok(())
}
