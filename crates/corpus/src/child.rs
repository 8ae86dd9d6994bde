//! The side of a [`crate::Worker`]'s child: one task, within limits that the system holds.

use crate::ReadError;
#[cfg(feature = "html")]
use crate::draft::Draft;
#[cfg(feature = "html")]
use crate::formats::html;
use crate::formats::{pdf, sheet};
use crate::pace::slowness;
use crate::worker::{Answer, Task};
use findbuch_files::{system, unless_panics};
use serde::Serialize;
use std::io::{self, BufRead, Write};
use std::time::Duration;

/// Sets the limits, reads a task from `input` and writes the draft to `output`.
///
/// # Errors
/// Where the system has no limits, or what reads and writes ends.
pub fn answer(seconds: u64, memory: u64, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
    system::limit_process(Duration::from_secs(seconds).mul_f64(slowness()), memory)?;
    work(input, output)
}

/// Reads a task and writes the draft, without limits.
///
/// # Errors
/// When what reads and writes ends, or the task is none.
pub fn work(input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
    let mut head = String::new();
    input.read_line(&mut head)?;
    let task: Task = serde_json::from_str(&head)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    match task {
        Task::Page { address } => reply(output, page(address, bytes))?,
        Task::Sheet => reply(output, unless_panicked(|| sheet::tables(bytes)))?,
        #[cfg(feature = "draw")]
        Task::Draw { page, width } => reply(output, unless_panicked(|| pdf::draw::page(bytes, page, width)))?,
        #[cfg(not(feature = "draw"))]
        Task::Draw { page, .. } => reply::<()>(output, Err(ReadError::NoPage(page).to_string()))?,
        Task::Pdf => reply(output, unless_panicked(|| pdf::text::read(bytes)))?,
    }
    output.flush()
}

fn reply<T: Serialize>(output: &mut dyn Write, outcome: Result<T, String>) -> io::Result<()> {
    let took = u64::try_from(system::thread_time().as_micros()).unwrap_or(u64::MAX);
    Ok(serde_json::to_writer(output, &Answer { took, outcome })?)
}

fn unless_panicked<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    unless_panics(read).unwrap_or_else(|panic| Err(ReadError::Panicked(panic).to_string()))
}

#[cfg(feature = "html")]
fn page(address: Option<String>, bytes: Vec<u8>) -> Result<Draft, String> {
    let page = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    Ok(html::draft(&page, address))
}

#[cfg(not(feature = "html"))]
fn page(_: Option<String>, _: Vec<u8>) -> Result<(), String> {
    Err(ReadError::Skipped(crate::Ignored::WithoutHtml).to_string())
}

#[cfg(all(test, feature = "html"))]
mod tests {
    #[test]
    fn a_page_is_read_as_it_is_without_a_child() {
        let page = "<html><body><h1>Markt am Kai</h1><p>Der Markt am Kai bleibt bis zum Herbst.</p></body></html>";
        let draft = super::page(Some("https://warte.example/".into()), page.into()).expect("a draft");
        let json = serde_json::to_string(&draft).expect("JSON");
        assert_eq!(draft.url.as_deref(), Some("https://warte.example/"));
        assert!(json.contains("bleibt bis zum Herbst"), "{json}");
        assert!(super::page(None, vec![0xff]).is_err());
    }
}
