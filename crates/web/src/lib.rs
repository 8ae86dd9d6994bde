//! The archive over HTTP: pages for readers, an interface for programs, feeds. A second door into the rooms that the command
//! line uses; docs/HTTP.md is its manual.

pub mod address;
mod api;
mod app;
mod archive;
mod ask;
mod assets;
mod error;
mod expected;
mod export;
mod feed;
mod guard;
mod metrics;
mod original;
mod pages;
mod parameters;
mod router;
mod server;

pub use app::{Limits, Log};
pub use guard::{Hosts, MIN_TOKEN, Token};
pub use server::{Options, Server};
