//! Reading in a process of its own, with limits that the system holds: for parsers whose time and memory grow beyond any bound
//! that can be counted beforehand. A process that runs away, overflows its stack or takes too much memory ends one file.
//!
//! The program starts itself: [`Worker::read`] writes the task as a line of JSON and the bytes behind it to standard input of the
//! child, where [`crate::child::answer`] reads them and writes what it found, or why nothing, as JSON. Another parser is another
//! [`Task`].

use crate::ReadError;
use crate::pace::{child_took, slowness};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Most bytes of an answer, for each byte of the input and beyond that.
const MAX_ANSWER: u64 = 4;
const MIN_ANSWER: u64 = 32 << 20;

/// How a process is started that reads, and what it may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// The program, most often this one.
    pub program: PathBuf,
    /// Its arguments, by which it comes to [`crate::child::answer`].
    pub arguments: Vec<OsString>,
    /// Seconds of a processor.
    pub seconds: u64,
    /// Bytes of its address space.
    pub memory: u64,
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// A web page in UTF-8, and where it was saved from.
    Page {
        /// The address.
        address: Option<String>,
    },
    /// A PDF.
    Pdf,
    /// A file of a spreadsheet.
    Sheet,
    /// A page of a PDF as a picture.
    Draw {
        /// Its number, from 1.
        page: usize,
        /// The picture's width in pixels.
        width: u16,
    },
}

/// What a child answers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer<T> {
    /// Microseconds of a processor that it took.
    pub took: u64,
    /// What it found, or why nothing.
    pub outcome: Result<T, String>,
}

impl Worker {
    /// Reads `input` in a child.
    pub(crate) fn read<T: DeserializeOwned>(&self, task: &Task, input: &[u8]) -> Result<T, ReadError> {
        match self.in_child(task, input) {
            Ok(Answer { took, outcome }) => {
                child_took(Duration::from_micros(took));
                outcome.map_err(ReadError::InWorker)
            }
            Err(error) => {
                if matches!(error, ReadError::WorkerEnded { .. }) {
                    child_took(Duration::from_secs(self.seconds).mul_f64(slowness()));
                }
                Err(error)
            }
        }
    }

    fn in_child<T: DeserializeOwned>(&self, task: &Task, input: &[u8]) -> Result<Answer<T>, ReadError> {
        let head = serde_json::to_vec(task).map_err(|error| ReadError::NoWorker(error.into()))?;
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(ReadError::NoWorker)?;
        if let Some(mut stdin) = child.stdin.take() {
            // a child that has ended says why by how it ended
            let _ = stdin.write_all(&head).and_then(|()| stdin.write_all(b"\n")).and_then(|()| stdin.write_all(input));
        }
        let most = MIN_ANSWER + MAX_ANSWER * input.len() as u64;
        let mut text = Vec::new();
        let read = child.stdout.take().map_or(Ok(0), |stdout| stdout.take(most).read_to_end(&mut text));
        let status = child.wait().map_err(ReadError::NoWorker)?;
        let ended = || ReadError::WorkerEnded { seconds: self.seconds, megabytes: self.memory >> 20 };
        if !status.success() || read.is_err() {
            return Err(ended());
        }
        serde_json::from_slice(&text).map_err(|_| ended())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn worker(script: &str) -> Worker {
        let arguments = vec!["-c".into(), script.into()];
        Worker { program: "sh".into(), arguments, seconds: 2, memory: 64 << 20 }
    }

    #[test]
    fn how_a_child_ends_is_told() {
        let read = |script: &str| {
            let task = Task::Page { address: Some("https://warte.example/".into()) };
            worker(script)
                .read(&task, &vec![b'x'; 300_000])
                .map(|found: BTreeMap<String, String>| found["headline"].clone())
        };
        let answer = r#"{"took":1,"outcome":{"Ok":{"headline":"Markt"}}}"#;
        let found = read(&format!("cat > /dev/null; echo '{answer}'"));
        assert_eq!(found.expect("an answer"), "Markt");
        for (script, message) in [
            ("exit 1", "takes more than 2 s or 64 MB"),
            ("kill -9 $$", "takes more than 2 s or 64 MB"),
            ("cat > /dev/null; echo nichts", "takes more than 2 s or 64 MB"),
            (r#"cat > /dev/null; echo '{"took":1,"outcome":{"Err":"has no text"}}'"#, "has no text"),
        ] {
            let told = read(script).expect_err(script).to_string();
            assert!(told.starts_with(message), "{script}: {told}");
        }
        let nowhere = Worker { program: "/nowhere".into(), ..worker("") };
        let refused = nowhere.read::<String>(&Task::Page { address: None }, b"");
        assert!(matches!(refused, Err(ReadError::NoWorker(_))));
    }
}
