//! The side of a [`crate::Worker`]'s child: one task, within limits that the system holds.

use crate::draft::Draft;
#[cfg(feature = "html")]
use crate::formats::html;
use crate::pace::slowness;
use crate::worker::{Answer, Task};
use findbuch_files::system;
use std::io::{self, BufRead, Write};
use std::time::Duration;

/// Sets the limits, reads a task from `input` and writes the draft to `output`.
///
/// # Errors
/// Where the system has no limits, or what reads and writes ends.
pub fn answer(seconds: u64, memory: u64, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
    system::limit_process(Duration::from_secs(seconds) * slowness(), memory)?;
    let mut head = String::new();
    input.read_line(&mut head)?;
    let task: Task = serde_json::from_str(&head)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let outcome = read(task, bytes);
    let took = u64::try_from(system::thread_time().as_micros()).unwrap_or(u64::MAX);
    serde_json::to_writer(&mut *output, &Answer { took, outcome })?;
    output.flush()
}

#[cfg(feature = "html")]
fn read(task: Task, bytes: Vec<u8>) -> Result<Draft, String> {
    let Task::Page { address } = task;
    let page = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    Ok(html::draft(&page, address))
}

#[cfg(not(feature = "html"))]
fn read(_: Task, _: Vec<u8>) -> Result<Draft, String> {
    Err(crate::ReadError::Skipped(crate::Ignored::WithoutHtml).to_string())
}

#[cfg(all(test, feature = "html"))]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_it_is_without_a_child() {
        let page = "<html><body><h1>Markt am Kai</h1><p>Der Markt am Kai bleibt bis zum Herbst.</p></body></html>";
        let task = Task::Page { address: Some("https://warte.example/".into()) };
        let draft = read(task, page.into()).expect("a draft");
        let json = serde_json::to_string(&draft).expect("JSON");
        assert_eq!(draft.url.as_deref(), Some("https://warte.example/"));
        assert!(json.contains("bleibt bis zum Herbst"), "{json}");
        assert!(read(Task::Page { address: None }, vec![0xff]).is_err());
    }
}
