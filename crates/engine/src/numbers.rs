//! Numbers about an index, and what an examination of it found.

use serde::Serialize;

/// What an examination of an index found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Files whose checksums were computed.
    pub files: u64,
    /// Articles that were read and found; none where a file is damaged.
    pub articles: u64,
    /// Faults.
    pub faults: u64,
    /// What is wrong, of the first of them.
    pub messages: Vec<String>,
}

/// Numbers about an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Files that they are from.
    pub files: u64,
    /// Sources with the number of their articles, the most first.
    pub sources: Vec<(String, u64)>,
    /// Sections with the number of their articles, the most first.
    pub sections: Vec<(String, u64)>,
    /// First and last day of publication, `YYYY-MM-DD`.
    pub dates: Option<(String, String)>,
    /// Articles without a date.
    pub undated: u64,
    /// Different word forms and different stems; none where the engine cannot count them.
    pub terms: Option<(u64, u64)>,
    /// Bytes on disk; none where the engine does not know its disk.
    pub bytes: Option<u64>,
    /// Format version of the index.
    pub format: u32,
    /// Fingerprint of the analyser.
    pub analyzer: String,
}
