//! The right to write: a document beside the index, which whoever holds it changes every few seconds. One that nobody changes any more is
//! of a program that was killed, and is taken over. No clock is compared with another's.

use super::client::{Client, Content};
use crate::EngineError;
use crate::deadline::Deadline;
use serde_json::{Value, json};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use ureq::http::Method;

/// Between two changes of a lock that is held.
const BEAT: Duration = Duration::from_secs(2);
/// How long a lock must be unchanged to be of nobody.
const DEAD: Duration = Duration::from_secs(12);

/// The right to write; given back when it is dropped.
pub struct Lock {
    shared: Arc<Shared>,
    beating: Option<JoinHandle<()>>,
}

struct Shared {
    client: Arc<Client>,
    path: String,
    /// Which holder the document names: a request whose answer was lost is told from that of another program by it.
    holder: String,
    /// Which change of the document was ours.
    held: Mutex<Change>,
    ended: Condvar,
    over: AtomicBool,
    lost: AtomicBool,
}

/// A change of the document.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Change {
    number: u64,
    term: u64,
}

impl Change {
    fn of(answer: &Value) -> Option<Change> {
        Some(Change { number: answer["_seq_no"].as_u64()?, term: answer["_primary_term"].as_u64()? })
    }
}

impl Change {
    /// That nothing has changed since.
    fn condition(self) -> String {
        format!("if_seq_no={}&if_primary_term={}", self.number, self.term)
    }
}

impl Lock {
    /// Takes the right to write an index. Waits some seconds for a holder that may be dead.
    ///
    /// # Errors
    /// When another program has it, or the cluster cannot be asked.
    pub fn take(client: &Arc<Client>, index: &str) -> Result<Lock, EngineError> {
        let name = format!("{index}-lock");
        let settings = json!({
            "settings": { "number_of_shards": 1, "auto_expand_replicas": "0-1" },
            "mappings": { "enabled": false },
        });
        // that it is there already is as good
        client.ask(&Method::PUT, &format!("/{name}"), Content::Json(&settings), &Deadline::default())?;
        let path = format!("/{name}/_doc/lock");
        let holder = format!("{:016x}", RandomState::new().hash_one(std::process::id()));
        let first = write(client, &path, "op_type=create", &holder)?;
        let held = match first {
            Some(held) => held,
            None => take_over(client, &path, &holder)?,
        };
        let shared = Arc::new(Shared {
            client: Arc::clone(client),
            path,
            holder,
            held: Mutex::new(held),
            ended: Condvar::new(),
            over: AtomicBool::new(false),
            lost: AtomicBool::new(false),
        });
        let beating = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.beat()
        });
        Ok(Lock { shared, beating: Some(beating) })
    }

    /// Whether the lock is still held: another program may have taken this one for dead.
    ///
    /// # Errors
    /// When it is not.
    pub fn check(&self) -> Result<(), EngineError> {
        let lost = self.shared.lost.load(Ordering::Acquire);
        if lost { Err(locked(&self.shared.client)) } else { Ok(()) }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Release);
        self.shared.ended.notify_all();
        if let Some(beating) = self.beating.take() {
            // a thread that panicked beats no more
            let _ = beating.join();
        }
        if let (Ok(held), false) = (self.shared.held.lock(), self.shared.lost.load(Ordering::Acquire)) {
            let path = format!("{}?{}", self.shared.path, held.condition());
            // one that cannot be removed is taken over as that of a killed program is
            let _ = self.shared.client.ask(&Method::DELETE, &path, Content::Nothing, &soon());
        }
    }
}

impl Shared {
    /// Changes the document until the lock is given back.
    fn beat(&self) {
        let Ok(mut held) = self.held.lock() else { return };
        loop {
            let waited = self.ended.wait_timeout_while(held, BEAT, |_| !self.over.load(Ordering::Acquire));
            let Ok((guard, _)) = waited else { return };
            held = guard;
            if self.over.load(Ordering::Acquire) {
                return;
            }
            match write(&self.client, &self.path, &held.condition(), &self.holder) {
                Ok(Some(change)) => *held = change,
                Ok(None) => {
                    self.lost.store(true, Ordering::Release);
                    return;
                }
                // the next one may get through; if it is too late, another program has changed the document
                Err(_) => {}
            }
        }
    }
}

/// For what nobody waits for long.
fn soon() -> Deadline {
    Deadline::of(Instant::now().checked_add(BEAT))
}

/// Writes the document; nothing where the condition does not hold, unless it is this program's own writing that has made it so.
fn write(client: &Client, path: &str, condition: &str, holder: &str) -> Result<Option<Change>, EngineError> {
    let document = json!({ "process": std::process::id(), "holder": holder });
    let conditional = format!("{path}?{condition}");
    let answer = client.ask(&Method::PUT, &conditional, Content::Json(&document), &Deadline::default())?;
    if answer.status != 409 {
        return Ok(Change::of(&answer.done(client)?));
    }
    Ok(read(client, path)?.filter(|(_, by)| by == holder).map(|(change, _)| change))
}

/// The last change of the document, and its holder.
fn read(client: &Client, path: &str) -> Result<Option<(Change, String)>, EngineError> {
    let answer = client.ask(&Method::GET, path, Content::Nothing, &Deadline::default())?;
    if answer.status == 404 {
        return Ok(None);
    }
    let answer = answer.done(client)?;
    let holder = answer["_source"]["holder"].as_str().unwrap_or_default().to_owned();
    Ok(Change::of(&answer).map(|change| (change, holder)))
}

/// Takes a lock that nobody changes any more.
fn take_over(client: &Client, path: &str, holder: &str) -> Result<Change, EngineError> {
    let (first, since) = (read(client, path)?, Instant::now());
    while let Some((held, _)) = first {
        std::thread::sleep(BEAT / 4);
        if read(client, path)? != first {
            break;
        }
        if since.elapsed() >= DEAD {
            return write(client, path, &held.condition(), holder)?.ok_or_else(|| locked(client));
        }
    }
    Err(locked(client))
}

fn locked(client: &Client) -> EngineError {
    EngineError::Locked(client.location().into())
}
