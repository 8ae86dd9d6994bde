//! From a path to articles: walk, decompression, character set, format.
//!
//! [`walk`] finds the files below a path, [`read`] turns one file into its articles. A file that cannot be read is a
//! [`Problem`] that names it; the others go on.
//!
//! ```
//! use findbuch_corpus::{Found, Limits, read, walk};
//! use std::ops::ControlFlow;
//! use std::sync::atomic::AtomicU64;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path().canonicalize()?;
//! std::fs::write(folder.join("markt.txt"), "Markt am Kai bleibt\n\nDie Händler dürfen bis zum Herbst bleiben.\n")?;
//! let limits = Limits::on(jiff::civil::date(2026, 11, 24));
//! let mut titles = Vec::new();
//! for found in walk(&folder, &folder, &[]) {
//!     let Found::File(file, format) = found else { continue };
//!     read(&file, format, &limits, &AtomicU64::new(0), &mut |article| {
//!         titles.extend(article.map(|article| article.title()));
//!         ControlFlow::Continue(())
//!     })?;
//! }
//! assert_eq!(titles, ["Markt am Kai bleibt"]);
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs)]

mod charset;
pub mod child;
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
mod pace;
mod pictures;
mod printed;
mod problem;
mod read;
pub mod settings;
mod structure;
mod walk;
mod worker;
mod xml;

pub use compression::EXTENSIONS as COMPRESSIONS;
pub use document::{Emit, FileRef, Limits, Origin, RawDocument};
pub use format::{About, Format};
#[cfg(feature = "draw")]
pub use formats::pdf::picture as picture_of_page;
pub use hash::hash;
pub use ignored::Ignored;
pub use issues::with_issues;
pub use pace::slowness;
pub use problem::{LinkTarget, Problem, ReadError};
pub use read::{read, read_behind};
pub use settings::Settings;
pub use walk::{Found, walk};
pub use worker::{Task, Worker};
