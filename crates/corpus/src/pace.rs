//! How long a file may be worked on: as what comes out of it explains, several times what usual news take, as far as what is stored
//! explains that, and at least a time for whatever it holds. It ends files that are made to be slow, and lets honest archives of any size
//! be read whole. The time is that of a processor which is as fast as this one is.

use findbuch_files::system::thread_time;
use std::cell::Cell;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Duration;

/// Microseconds for each megabyte that comes out of a file, and for each record. Articles take some 190,000 for a megabyte until they
/// are indexed, those whose every seventh word was recognised wrongly 370,000, on a busy machine; short records take 20 to 250 each.
const MEGABYTE: u64 = 700_000;
const RECORD: u64 = 600;
/// Steps by which a processor is measured, and what they take on one of the middle of 2026; of some measurements the shortest counts.
const STEPS: u64 = 100_000;
const USUAL: Duration = Duration::from_micros(200);
const MEASUREMENTS: usize = 5;
/// How many times slower a processor is taken to be at most.
const MAX_SLOWNESS: f64 = 50.0;
/// Without optimisation what is measured takes 7.5 times as long, and what reads and indexes 6 to 13 times.
const UNOPTIMISED: f64 = if cfg!(debug_assertions) { 2.0 } else { 1.0 };

thread_local! {
    /// What children have taken that this thread has waited for.
    static CHILDREN: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Adds what a child took that this thread has waited for.
pub fn child_took(time: Duration) {
    CHILDREN.set(CHILDREN.get() + time);
}

fn used() -> Duration {
    thread_time() + CHILDREN.get()
}

/// How many times slower this processor is than a usual one, in this build; 1 for faster ones.
#[must_use]
pub fn slowness() -> f64 {
    static SLOWNESS: LazyLock<f64> = LazyLock::new(|| {
        let taken = (0..MEASUREMENTS).map(|_| taken_by_steps()).min().unwrap_or_default();
        (UNOPTIMISED * taken.div_duration_f64(USUAL)).clamp(1.0, MAX_SLOWNESS)
    });
    *SLOWNESS
}

fn taken_by_steps() -> Duration {
    let begun = thread_time();
    let mixed = (0..STEPS).fold(0_u64, |sum, step| black_box(sum.rotate_left(5) ^ step).wrapping_mul(0x9e37_79b9));
    black_box(mixed);
    thread_time().saturating_sub(begun)
}

/// What this thread takes for a file, until its articles are indexed.
pub struct Pace {
    least: Duration,
    /// Bytes that are given time.
    explained: u64,
    begun: Duration,
}

impl Pace {
    /// Begins with the least that a file is given; so many bytes at most explain more. Articles compress two to ten times, those that
    /// compress well with time to spare; pages of one site thirty times, and take less for a megabyte.
    pub fn begin(least: Duration, explained: u64) -> Pace {
        Pace { least, explained, begun: used() }
    }

    /// The time that is allowed for so many records and bytes, if more has passed.
    pub fn passed(&self, records: u64, bytes: u64) -> Option<Duration> {
        let allowed = self.allowed(records, bytes).mul_f64(slowness());
        (used().saturating_sub(self.begun) > allowed).then_some(allowed)
    }

    fn allowed(&self, records: u64, bytes: u64) -> Duration {
        let of_bytes = bytes.min(self.explained).saturating_mul(MEGABYTE) >> 20;
        self.least.max(Duration::from_micros(of_bytes.saturating_add(records.saturating_mul(RECORD))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_grows_with_what_comes_out_as_far_as_what_is_stored_explains_it() {
        let seconds = Duration::from_secs_f64;
        let allowed = |explained, records, bytes| Pace::begin(seconds(1.0), explained).allowed(records, bytes);
        assert_eq!(allowed(10 << 20, 0, 0), seconds(1.0));
        assert_eq!(allowed(10 << 20, 1_000, 0), seconds(1.0));
        assert_eq!(allowed(10 << 20, 0, 8 << 20), seconds(5.6));
        assert_eq!(allowed(10 << 20, 10_000, 8 << 20), seconds(11.6));
        assert_eq!(allowed(10 << 20, 0, 60 << 20), seconds(7.0));
        assert_eq!(allowed(0, 0, u64::MAX), seconds(1.0));
        assert!((1.0..=MAX_SLOWNESS).contains(&slowness()));
    }

    #[test]
    fn what_children_took_counts() {
        let pace = Pace::begin(Duration::from_secs(1), 0);
        assert_eq!(pace.passed(0, 0), None);
        child_took(Duration::from_secs(1).mul_f64(2.0 * MAX_SLOWNESS));
        assert_eq!(pace.passed(0, 0), Some(Duration::from_secs(1).mul_f64(slowness())));
    }
}
