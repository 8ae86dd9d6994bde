//! How long a file may be read: a time for whatever it holds, and more for what comes out of it, several times what usual news
//! take. It ends files that are made to be slow, and is measured in time of a processor that is as fast as this one is.

use findbuch_files::system::thread_time;
use std::cell::Cell;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Microseconds for each megabyte that comes out of a file, and for each record: the pages of the web take some 70,000 for a
/// megabyte, short rows of a table 20 each.
const MEGABYTE: u64 = 200_000;
const RECORD: u64 = 50;
/// Steps by which a processor is measured, and what they take on one of the middle of 2026.
const STEPS: u64 = 400_000;
const USUAL: Duration = Duration::from_micros(800);
/// How many times slower a processor is taken to be at most.
const MAX_SLOWNESS: u32 = 50;

thread_local! {
    /// What children have taken that this thread has waited for.
    static WAITED: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Runs what waits for a child; that counts as reading.
pub fn waiting<T>(run: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let outcome = run();
    WAITED.set(WAITED.get() + begun.elapsed());
    outcome
}

fn used() -> Duration {
    thread_time() + WAITED.get()
}

/// How many times slower this processor, and this build, is than a usual one; 1 for faster ones.
pub fn slowness() -> u32 {
    static SLOWNESS: LazyLock<u32> = LazyLock::new(|| {
        let begun = thread_time();
        let mixed = (0..STEPS).fold(0_u64, |sum, step| black_box(sum.rotate_left(5) ^ step).wrapping_mul(0x9e37_79b9));
        black_box(mixed);
        let taken = thread_time().saturating_sub(begun).as_micros().div_ceil(USUAL.as_micros());
        u32::try_from(taken).unwrap_or(MAX_SLOWNESS).clamp(1, MAX_SLOWNESS)
    });
    *SLOWNESS
}

/// What reading a file takes, without what is done with its articles.
pub struct Pace {
    most: Duration,
    begun: Duration,
    outside: Cell<Duration>,
}

impl Pace {
    /// Begins with a time for whatever the file holds.
    pub fn begin(most: Duration) -> Pace {
        Pace { most, begun: used(), outside: Cell::default() }
    }

    /// Runs what is not part of reading.
    pub fn outside<T>(&self, run: impl FnOnce() -> T) -> T {
        let before = thread_time();
        let outcome = run();
        self.outside.set(self.outside.get() + thread_time().saturating_sub(before));
        outcome
    }

    /// The time that is allowed for so many records and bytes, if more has passed.
    pub fn passed(&self, records: u64, bytes: u64) -> Option<Duration> {
        let used = used().saturating_sub(self.begun + self.outside.get());
        let allowed = allowed(self.most, records, bytes) * slowness();
        (used > allowed).then_some(allowed)
    }
}

fn allowed(most: Duration, records: u64, bytes: u64) -> Duration {
    let of_bytes = bytes.saturating_mul(MEGABYTE) >> 20;
    most + Duration::from_micros(of_bytes.saturating_add(records.saturating_mul(RECORD)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_grows_with_what_comes_out() {
        let second = Duration::from_secs(1);
        assert_eq!(allowed(second, 0, 0), second);
        assert_eq!(allowed(second, 0, 10 << 20), 3 * second);
        assert_eq!(allowed(second, 20_000, 0), 2 * second);
        assert!((1..=MAX_SLOWNESS).contains(&slowness()));
    }

    #[test]
    fn what_is_done_with_articles_does_not_count() {
        let work = || {
            let begun = thread_time();
            while thread_time() < begun + Duration::from_millis(20) {}
        };
        let pace = Pace::begin(Duration::ZERO);
        work();
        assert!(pace.passed(0, 0).is_some());
        let pace = Pace::begin(Duration::from_millis(10));
        pace.outside(work);
        assert_eq!(pace.passed(0, 0), None);
    }
}
