//! The pages: templates filled with what the search answers. Templates decide only how things look.

pub mod article;
pub mod batch;
pub mod collections;
pub mod compare;
pub mod error;
mod facets;
mod frame;
pub mod help;
pub mod hits;
pub mod kwic;
pub mod network;
pub mod preview;
pub mod printed;
pub mod search;
mod searched;
mod star;
mod start;
mod timeline;
pub mod trend;
mod turning;
