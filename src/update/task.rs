//! State that the reading threads share.

use super::ahead::Ahead;
use super::boilerplate::Boilerplate;
use super::versions::Versions;
use super::{Progress, Summary, UpdateRequest};
use findbuch_engine::{Engine, EngineError, State, Writer};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What they all write to.
pub struct Shared<'a> {
    pub summary: &'a mut Summary,
    pub state: &'a mut State,
    pub progress: &'a mut (dyn FnMut(Progress) + Send),
    pub failure: Option<EngineError>,
}

/// What they all read from.
pub struct Task<'a> {
    pub request: &'a UpdateRequest<'a>,
    /// The index as it is before the update.
    pub index: Option<&'a dyn Engine>,
    pub writer: &'a dyn Writer,
    pub boilerplate: Boilerplate<'a>,
    /// Whether names are recognised.
    pub names: bool,
    /// Versions of agencies' items that were met.
    pub versions: &'a Versions,
    /// What was read already.
    pub ahead: &'a Ahead,
}

/// What is shared, for the thread that asks.
pub fn lock<'a, 'b>(shared: &'a Mutex<Shared<'b>>) -> MutexGuard<'a, Shared<'b>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
