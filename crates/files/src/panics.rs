//! Panics of libraries that meet a damaged or hostile file, as errors: one file ends, not the run.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

thread_local! {
    /// How many calls of [`unless_panics`] this thread is in.
    static WITHIN: Cell<usize> = const { Cell::new(0) };
}

/// Runs `run`; a panic is its message. What `run` changes must be given up where it panics.
///
/// # Errors
/// The message of the panic.
pub fn unless_panics<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    WITHIN.set(WITHIN.get() + 1);
    let outcome = catch_unwind(AssertUnwindSafe(run));
    WITHIN.set(WITHIN.get() - 1);
    outcome.map_err(|panic| message(&*panic))
}

/// Lets panics be silent that [`unless_panics`] makes errors of; others are written as before. Called once by a program.
pub fn silence_caught() {
    let before = take_hook();
    set_hook(Box::new(move |info| {
        if WITHIN.get() == 0 {
            before(info);
        }
    }));
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without a message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_its_message() {
        assert_eq!(unless_panics(|| 7), Ok(7));
        let empty: Vec<u8> = Vec::new();
        let caught = unless_panics(|| unless_panics(|| empty[WITHIN.get()]));
        assert_eq!(caught, Ok(Err("index out of bounds: the len is 0 but the index is 2".to_owned())));
        assert_eq!(unless_panics(|| std::panic::panic_any(7)), Err("a panic without a message".to_owned()));
        assert_eq!(WITHIN.get(), 0);
    }
}
