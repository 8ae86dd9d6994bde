//! Files as all of findbuch needs them: paths that are kept as text without loss, files that are replaced as a whole, and
//! what differs from one operating system to another.
//!
//! ```
//! use findbuch_files::{AtomicFile, decode_path, encode_path};
//! use std::io::Write;
//!
//! # fn main() -> std::io::Result<()> {
//! # let folder = tempfile::tempdir()?;
//! # let place = folder.path().join("hits.csv");
//! let mut file = AtomicFile::create(&place)?;
//! file.write_all(b"path,headline\n")?;
//! assert!(!place.exists(), "nobody sees half a file");
//! file.commit()?;
//! assert_eq!(std::fs::read(&place)?, b"path,headline\n");
//!
//! assert_eq!(decode_path(&encode_path(&place)), place, "whatever the name is made of");
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs)]

mod atomic;
mod panics;
pub mod paths;
pub mod system;

pub use atomic::{AtomicFile, UNFINISHED, create_folder, remove_unfinished, write};
pub use panics::{silence_caught, unless_panics};
pub use paths::{decode_path, encode_path, outer_file};
