//! The weights that the owner of an archive has set, in `findbuch.toml` beside the index:
//!
//! ```toml
//! [ranking]
//! headline = 4
//! opening = 0.5
//! ```

use super::{Ranking, WeightError};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the file.
pub const FILE: &str = "findbuch.toml";

/// Why weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RankingError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// It is no settings file.
    #[error("{path}: write the weights below [ranking], as NAME = NUMBER: {}", .source.message())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: toml::de::Error,
    },
    /// A weight cannot be set.
    #[error("{path}: {source}")]
    Weight {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: WeightError,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    #[serde(default)]
    ranking: BTreeMap<String, f32>,
}

/// The weights of a file; the usual ones where there is none.
///
/// # Errors
/// When it cannot be read, or a weight cannot be set.
pub fn read(path: &Path) -> Result<Ranking, RankingError> {
    let mut ranking = Ranking::default();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => return Ok(ranking),
        Err(source) => return Err(RankingError::Io { path: path.to_path_buf(), source }),
    };
    let settings: Settings =
        toml::from_str(&text).map_err(|source| RankingError::Syntax { path: path.to_path_buf(), source })?;
    for (name, value) in settings.ranking {
        let set = ranking.set(&name, value, true);
        set.map_err(|source| RankingError::Weight { path: path.to_path_buf(), source })?;
    }
    Ok(ranking)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_faults_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        assert_eq!(read(&path).expect("no file"), Ranking::default());
        let check = |text: &str, end: &str| {
            std::fs::write(&path, text).expect("written");
            let message = read(&path).map_or_else(|error| error.to_string(), |ranking| format!("{}", ranking.headline));
            assert!(message.contains(end), "{text}: {message}");
        };
        check("[ranking]\nheadline = 4\n", "4");
        check("", &Ranking::default().headline.to_string());
        check("[ranking]\nk1 = 2\n", "k1 is no weight; they are b, headline,");
        check("[ranking]\nheadline = -1\n", "a weight is a number from 0 to 1000");
        check("[ranking]\nheadline = \"viel\"\n", "write the weights below [ranking], as NAME = NUMBER");
        check("headline = 4\n", "write the weights below [ranking]");
    }
}
