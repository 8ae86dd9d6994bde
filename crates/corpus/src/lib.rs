//! From a path to articles: walk, decompression, character set, format.
//!
//! [`walk`] finds the files below a path, [`read`] turns one file into its articles. A file that cannot be read is a
//! [`Problem`] that names it; the others go on.

mod charset;
mod compression;
mod containers;
pub mod dates;
mod document;
mod draft;
mod format;
mod formats;
mod hash;
mod ignored;
mod issues;
mod markup;
mod mets;
mod names;
mod problem;
mod read;
pub mod settings;
mod structure;
mod walk;
mod xml;

pub use compression::EXTENSIONS as COMPRESSIONS;
pub use document::{Emit, FileRef, Limits, Origin, RawDocument};
pub use format::{About, Format};
pub use hash::hash;
pub use ignored::Ignored;
pub use issues::with_issues;
pub use problem::{LinkTarget, Problem, ReadError};
pub use read::read;
pub use settings::Settings;
pub use walk::{Found, walk};
