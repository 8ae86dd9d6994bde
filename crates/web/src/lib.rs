//! The archive over HTTP: pages for readers, an interface for programs, feeds. A second door to the same searches as the command
//! line; docs/HTTP.md is its manual.

#![deny(missing_docs)]

pub mod address;
mod api;
mod app;
mod archive;
mod articles;
mod ask;
mod assets;
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
mod original;
mod pages;
mod parameters;
mod reply;
mod respond;
mod router;
mod server;
mod stream;

pub use app::Limits;
pub use expected::{BadParameter, Expected};
pub use guard::{Hosts, MIN_TOKEN, Token, TokenError};
pub use log::Log;
pub use server::{Options, Server, ServerError};
