//! What is served over HTTP, asked of the real program.

mod attacks;
mod collecting;
mod conditional;
mod contract;
mod ending;
mod escaping;
mod guard;
mod kept;
mod limits;
mod links;
mod original;
mod pictures;
mod plans;
mod same;
mod server;
mod weight;

pub use escaping::hostile;
pub use server::{Answer, Server, encoded, shared};
