//! Why an index cannot be used, with the user's next step.

use std::path::PathBuf;

/// Why an index cannot be used. Engines on this machine name a folder, engines that are reached over a network a location:
/// an address without credentials.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is none.
    #[error("there is no index in {0}; make one with: findbuch index FOLDER")]
    NoIndex(PathBuf),
    /// The folder belongs to another program.
    #[error("{0} is not empty and is no index of findbuch; name another place with --index")]
    NotAnIndex(PathBuf),
    /// A file is where the index's folder should be.
    #[error("{0} is a file; the index needs a folder: name another place with --index")]
    IsFile(PathBuf),
    /// The index was made by another version.
    #[error(
        "the index in {path} was made by another version of findbuch ({found}); make it anew with: findbuch index --rebuild"
    )]
    OtherVersion {
        /// Where it is.
        path: PathBuf,
        /// What its version says.
        found: String,
    },
    /// Another program writes.
    #[error("another findbuch is updating the index in {0}; wait for it to end, searching goes on meanwhile")]
    Locked(PathBuf),
    /// Whoever runs the program may only read it.
    #[error(
        "the index in {0} may only be read, searching goes on; ask who keeps it to bring it up to date, or name another place with --index"
    )]
    ReadOnly(PathBuf),
    /// It cannot be written.
    #[error(
        "the index in {0} could not be written, most likely because the disk or a quota is full; it is as it was: make room and do it again"
    )]
    Full(PathBuf),
    /// The engine does not answer.
    #[error("the index at {location} cannot be reached: {source}; check the address and that the engine runs there")]
    Unreachable {
        /// Where it should be.
        location: String,
        /// What the connection ended with.
        source: std::io::Error,
    },
    /// The engine refuses work because it has too much.
    #[error("the index at {location} has too much to do; do it again in a few seconds")]
    Throttled {
        /// Where it is.
        location: String,
    },
    /// The engine takes no changes to the index: most often its disks are nearly full.
    #[error(
        "the index at {location} takes no changes: {reason}; make room on the cluster's disks or lift the block, and do it again"
    )]
    Blocked {
        /// Where it is.
        location: String,
        /// What the engine says.
        reason: String,
    },
    /// Some of the engine's shards did not answer: a result would lack their articles.
    #[error(
        "only {answered} of {shards} shards of the index at {location} answered, and articles of the others would be missing; do it again when all run"
    )]
    Partial {
        /// Where it is.
        location: String,
        /// Shards that answered.
        answered: u32,
        /// All shards.
        shards: u32,
    },
    /// The engine refuses the credentials that it was given, or none.
    #[error("the index at {location} refuses access; check the credentials, or ask whoever keeps it")]
    Denied {
        /// Where it is.
        location: String,
    },
    /// The engine cannot do what was asked for; another one can.
    #[error("the engine of this index does not offer {what}; leave it out, or use an index in a folder")]
    NotOffered {
        /// What was asked for.
        what: &'static str,
    },
    /// A word with wildcards, or within edits, stands for too many.
    #[error("more than {most} words of the archive fit a word of the query with *, ? or ~; write more letters")]
    TooManyForms {
        /// The word's place in the query.
        span: findbuch_query::Span,
        /// Most words.
        most: usize,
    },
    /// There is no collection of the name.
    #[error("there is no collection \"{name}\"; list them with: findbuch collection list")]
    UnknownCollection {
        /// The name's place in the query.
        span: findbuch_query::Span,
        /// The name.
        name: String,
    },
    /// Carrying out the plan would take more than the request allows.
    #[error(
        "the search would go through {cost} occurrences of its words, more than {most}: demand a rarer word, leave function words out of NEAR, ATLEAST and quotation marks, or limit it by a field or dates"
    )]
    TooDear {
        /// What it costs.
        cost: u64,
        /// What it may cost.
        most: u64,
    },
    /// The deadline passed before the whole result was found.
    #[error("the search took longer than it may; narrow it with more words, a field or dates")]
    TimedOut,
    /// What was to be stored has no form as JSON.
    #[error(
        "{what} cannot be stored: {source}; leave the file out with findbuch.toml, and report this to who makes findbuch"
    )]
    Encode {
        /// What was to be stored.
        what: String,
        /// Why it cannot be.
        source: serde_json::Error,
    },
    /// An update failed after some of its changes may have become visible, with an engine that does not promise
    /// [`crate::Capabilities::atomic_update`].
    #[error("{0}; some changes may be visible already: the same command makes the rest")]
    Interrupted(Box<EngineError>),
    /// The operating system's answer.
    #[error("{path}: {source}")]
    Io {
        /// What was read or written.
        path: PathBuf,
        /// The answer.
        source: std::io::Error,
    },
    /// Anything else that the engine says, of a damaged file mostly.
    #[error(
        "the index in {path} cannot be used: {message}; findbuch check says what is damaged, findbuch index --full makes it anew from its folders"
    )]
    Failed {
        /// Where it is.
        path: PathBuf,
        /// The engine's message.
        message: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn errors_of_engines_elsewhere_name_the_place_and_the_next_step() {
        let location = || "https://suche.example/zeitung".to_owned();
        let check = |error: EngineError, text: &str| assert_eq!(error.to_string(), text);
        check(
            EngineError::Unreachable {
                location: location(),
                source: Error::new(ErrorKind::TimedOut, "no answer in 10 s"),
            },
            "the index at https://suche.example/zeitung cannot be reached: no answer in 10 s; check the address and that the engine runs there",
        );
        check(
            EngineError::Throttled { location: location() },
            "the index at https://suche.example/zeitung has too much to do; do it again in a few seconds",
        );
        check(
            EngineError::Blocked { location: location(), reason: "disk usage exceeded".into() },
            "the index at https://suche.example/zeitung takes no changes: disk usage exceeded; make room on the cluster's disks or lift the block, and do it again",
        );
        check(
            EngineError::Partial { location: location(), answered: 2, shards: 3 },
            "only 2 of 3 shards of the index at https://suche.example/zeitung answered, and articles of the others would be missing; do it again when all run",
        );
        check(
            EngineError::Denied { location: location() },
            "the index at https://suche.example/zeitung refuses access; check the credentials, or ask whoever keeps it",
        );
        check(
            EngineError::Interrupted(Box::new(EngineError::Throttled { location: location() })),
            "the index at https://suche.example/zeitung has too much to do; do it again in a few seconds; some changes may be visible already: the same command makes the rest",
        );
    }
}
