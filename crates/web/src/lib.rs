//! The archive over HTTP: pages for readers, an interface for programs, feeds. A second door to the same searches as the command
//! line; docs/HTTP.md is its manual.
//!
//! ```
//! use findbuch_engine::{IndexDir, State, WriterOptions};
//! use findbuch_web::{Hosts, Limits, Options, Server};
//! use std::sync::{Arc, atomic::AtomicBool};
//! use std::time::Duration;
//!
//! // an empty index; articles come into it by `findbuch index`
//! let folder = tempfile::tempdir()?;
//! let state = State { updated: "2026-11-25T08:00:00Z".into(), ..State::default() };
//! let options = WriterOptions::new(&state);
//! IndexDir::new(folder.path()).store().lock()?.writer(&options)?.commit(&state)?;
//!
//! let server = Server::bind(Options {
//!     index: IndexDir::new(folder.path()),
//!     address: ([127, 0, 0, 1], 0).into(),
//!     token: None,
//!     hosts: Hosts::local_and(&[]),
//!     read_only: false,
//!     limits: Limits {
//!         at_once: 4,
//!         waiting: 64,
//!         time: Duration::from_secs(10),
//!         connections: 128,
//!         patience: Duration::from_secs(15),
//!         head: 64 << 10,
//!     },
//!     working_dir: "/".into(),
//!     log: Arc::new(|line: &str| eprintln!("{line}")),
//!     draw: Arc::new(|_file, _page, _width| None),
//! })?;
//! println!("{} articles at http://{}/", server.articles()?, server.address()?);
//!
//! // another thread sets this to end the server
//! let stop = AtomicBool::new(false);
//! # stop.store(true, std::sync::atomic::Ordering::Relaxed);
//! server.run(&stop)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![deny(missing_docs)]

pub mod address;
mod api;
mod app;
mod archive;
mod articles;
mod ask;
mod assets;
mod batch;
mod collections;
mod compare;
mod envelope;
mod error;
mod expected;
mod export;
mod feed;
mod files;
mod guard;
mod job;
mod language;
mod log;
mod metrics;
mod on_disk;
mod original;
mod pages;
mod parameters;
mod picture;
mod policy;
mod range;
mod reply;
mod respond;
mod router;
mod server;
mod side_by_side;
mod stream;
#[cfg(test)]
mod testing;
mod write_error;

pub use app::{Draw, Limits};
pub use expected::{BadParameter, Expected};
pub use guard::{Hosts, MIN_TOKEN, Token, TokenError};
pub use log::Log;
pub use server::{Options, Server, ServerError};
