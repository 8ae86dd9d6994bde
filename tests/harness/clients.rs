//! Clients of the server while its folder changes: every answer is one that there was, and ordinary questions are answered soon,
//! also while others ask what is dear.

use crate::place::{Numbers, Place};
use crate::{Effort, Outcome};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The dearest kind of question that is let in.
const DEAR: &str = "/api/v1/search?q=der+NEAR/9999+die+NEAR/9999+der+NEAR/9999+hat+NEAR/9999+mit+NEAR/9999+am";

struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn run(effort: Effort) -> Outcome {
    let (clients, seconds) = (effort.of(200, 8), effort.of(300, 8) as u64);
    let mut place = Place::with(200);
    let mut command = place.command(&["serve", "--port", "0", "--watch", "a", "--no-log"]);
    let mut served = Served(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs"));
    let mut line = String::new();
    BufReader::new(served.0.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address").to_owned();
    let (done, asked, changes) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let (times, failures) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let (address, done, asked, times, failures) = (address.as_str(), &done, &asked, &times, &failures);
        for client in 0..clients {
            scope.spawn(move || {
                let mut numbers = Numbers(client as u64);
                // four ask what is dear, over and over
                let dear = client < 4;
                let mut own = Vec::new();
                while !done.load(Ordering::Relaxed) {
                    let pages =
                        ["/api/v1/search?q=Deich", "/?q=Siel", "/api/v1/search?q=Kreis+Montag", "/feed.atom?q=Deich"];
                    let path = if dear { DEAR } else { pages[numbers.below(pages.len())] };
                    let begun = Instant::now();
                    match get(address, path) {
                        Ok(200) => {}
                        Ok(503) if dear => {}
                        Ok(status) => lock(failures).push(format!("{path}: {status}")),
                        Err(error) => lock(failures).push(format!("{path}: {error}")),
                    }
                    asked.fetch_add(1, Ordering::Relaxed);
                    if !dear {
                        own.push(begun.elapsed());
                        std::thread::sleep(Duration::from_millis(200));
                    }
                }
                lock(times).extend(own);
            });
        }
        let (begun, mut numbers) = (Instant::now(), Numbers(1));
        while begun.elapsed() < Duration::from_secs(seconds) {
            place.change(&mut numbers);
            changes.fetch_add(1, Ordering::Relaxed);
            std::thread::sleep(Duration::from_millis(500));
        }
        done.store(true, Ordering::Relaxed);
    });
    let mut times = times.into_inner().unwrap_or_else(PoisonError::into_inner);
    times.sort_unstable();
    let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
    let memory = std::fs::read_to_string(format!("/proc/{}/status", served.0.id())).unwrap_or_default();
    let resident = memory.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or(" unknown").trim().to_owned();
    let mut failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    if p99 > Duration::from_secs(1) && !cfg!(debug_assertions) {
        failures.push(format!("one of a hundred ordinary questions takes more than {p99:.1?}"));
    }
    let seen = format!(
        "{clients} clients, four of them dear, {} answers during {} changes; p99 of ordinary ones {p99:.0?}, memory {resident}",
        asked.into_inner(),
        changes.into_inner()
    );
    Outcome { runs: times.len(), seen, failures }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The status of an answer that is read to its end.
fn get(address: &str, path: &str) -> Result<u16, String> {
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&answer);
    text.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| format!("no status in {text:.60}"))
}
