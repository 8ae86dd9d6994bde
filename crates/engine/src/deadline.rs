//! When a search must have ended. All parts of a search share one deadline: once one of them sees that the time is over, all stop, and
//! what was found is discarded. There is no partial result.

use crate::EngineError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Documents, or work of about as much, between two looks at the clock.
const BETWEEN_LOOKS: u32 = 1_024;

/// The end of a search's time, shared by all that takes part in it; without one there is no end.
#[derive(Debug, Clone, Default)]
pub struct Deadline(Option<Arc<End>>);

#[derive(Debug)]
struct End {
    at: Instant,
    over: AtomicBool,
    lifted: AtomicBool,
}

impl Deadline {
    /// The deadline of a request.
    #[must_use]
    pub fn of(at: Option<Instant>) -> Deadline {
        Deadline(at.map(|at| Arc::new(End { at, over: AtomicBool::new(false), lifted: AtomicBool::new(false) })))
    }

    /// Looks at the clock: whether the time is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        let Some(end) = &self.0 else { return false };
        if Instant::now() >= end.at && !end.lifted.load(Ordering::Relaxed) {
            end.over.store(true, Ordering::Relaxed);
        }
        self.was_over()
    }

    /// The time that is left; nothing where there is no end.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        let end = self.0.as_ref().filter(|end| !end.lifted.load(Ordering::Relaxed))?;
        Some(end.at.saturating_duration_since(Instant::now()))
    }

    /// What is left may take as long as it does: all was found in time, and is handed to someone who is slow, perhaps.
    pub fn lift(&self) {
        if let Some(end) = &self.0 {
            end.lifted.store(true, Ordering::Relaxed);
        }
    }

    /// Whether anyone found the time over; does not look at the clock.
    #[must_use]
    pub fn was_over(&self) -> bool {
        self.0.as_ref().is_some_and(|end| end.over.load(Ordering::Relaxed))
    }

    /// Looks at the clock.
    ///
    /// # Errors
    /// [`EngineError::TimedOut`] when the time is over.
    pub fn check(&self) -> Result<(), EngineError> {
        if self.is_over() { Err(EngineError::TimedOut) } else { Ok(()) }
    }

    /// Counts work up to the next look at the clock, for one thread.
    #[must_use]
    pub fn watch(&self) -> Watch {
        Watch { deadline: self.clone(), left: BETWEEN_LOOKS, over: self.was_over() }
    }
}

/// Looks at the clock of a [`Deadline`] now and then.
#[derive(Debug, Clone)]
pub struct Watch {
    deadline: Deadline,
    left: u32,
    over: bool,
}

impl Watch {
    /// Counts a document.
    pub fn one(&mut self) -> bool {
        self.spend(1)
    }

    /// Counts work of as much as so many documents; says whether the time was over at the last look.
    pub fn spend(&mut self, documents: u32) -> bool {
        if self.left <= documents {
            self.left = BETWEEN_LOOKS;
            self.over = self.deadline.is_over();
        } else {
            self.left -= documents;
        }
        self.over
    }

    /// Looks at the clock at once, for expensive work.
    pub fn look(&mut self) -> bool {
        self.spend(BETWEEN_LOOKS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_is_over_is_noticed_within_a_bounded_number_of_documents() {
        let mut watch = Deadline::of(Some(Instant::now())).watch();
        assert_eq!((1..=BETWEEN_LOOKS).find(|_| watch.one()), Some(BETWEEN_LOOKS));
        assert!(watch.one(), "it stays over");
        assert!(Deadline::of(Some(Instant::now())).watch().look());
    }

    #[test]
    fn all_that_share_a_deadline_see_its_end() {
        let deadline = Deadline::of(Some(Instant::now()));
        assert!(!deadline.was_over(), "nobody has looked");
        assert!(deadline.clone().watch().look());
        assert!(deadline.was_over() && matches!(deadline.check(), Err(EngineError::TimedOut)));
    }

    #[test]
    fn a_deadline_that_is_lifted_passes_unnoticed() {
        let deadline = Deadline::of(Some(Instant::now()));
        let mut watch = deadline.watch();
        deadline.lift();
        assert!(!watch.look() && deadline.check().is_ok() && deadline.left().is_none());
    }

    #[test]
    fn without_a_deadline_and_before_it_nothing_is_over() {
        for at in [None, Instant::now().checked_add(Duration::from_hours(1))] {
            let deadline = Deadline::of(at);
            let mut watch = deadline.watch();
            assert!((0..3 * BETWEEN_LOOKS).all(|_| !watch.one()) && deadline.check().is_ok());
        }
    }
}
