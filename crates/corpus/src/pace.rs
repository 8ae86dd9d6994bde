//! How long a file may be worked on: a time for whatever it holds, and more for what comes out of it, several times what usual news
//! take, as far as what is stored explains that. It ends files that are made to be slow, and lets honest archives of any size be read
//! whole. The time is that of a processor which is as fast as this one is.

use findbuch_files::system::thread_time;
use std::cell::Cell;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Duration;

/// Microseconds for each megabyte that comes out of a file, and for each record: pages of the web take some 70,000 for a megabyte
/// until they are read, articles some 120,000 until they are indexed; short records take 20 to 100 each.
const MEGABYTE: u64 = 300_000;
const RECORD: u64 = 300;
/// How many times more slowly a build without optimisation works than it counts.
const UNOPTIMISED: u32 = if cfg!(debug_assertions) { 8 } else { 1 };
/// Steps by which a processor is measured, and what they take on one of the middle of 2026.
const STEPS: u64 = 400_000;
const USUAL: Duration = Duration::from_micros(800);
/// How many times slower a processor is taken to be at most.
const MAX_SLOWNESS: u32 = 50;

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

/// What this thread takes for a file, until its articles are indexed.
pub struct Pace {
    most: Duration,
    /// Bytes that are given time.
    explained: u64,
    begun: Duration,
}

impl Pace {
    /// Begins with a time for whatever a file holds; beyond that so many bytes are given more. Articles compress three to ten times;
    /// pages of one site thirty times, and take a fourth of what a megabyte is given.
    pub fn begin(most: Duration, explained: u64) -> Pace {
        Pace { most, explained, begun: used() }
    }

    /// The time that is allowed for so many records and bytes, if more has passed.
    pub fn passed(&self, records: u64, bytes: u64) -> Option<Duration> {
        let allowed = self.allowed(records, bytes) * (slowness() * UNOPTIMISED);
        (used().saturating_sub(self.begun) > allowed).then_some(allowed)
    }

    fn allowed(&self, records: u64, bytes: u64) -> Duration {
        let of_bytes = bytes.min(self.explained).saturating_mul(MEGABYTE) >> 20;
        self.most + Duration::from_micros(of_bytes.saturating_add(records.saturating_mul(RECORD)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_grows_with_what_comes_out_as_far_as_what_is_stored_explains_it() {
        let second = Duration::from_secs(1);
        let allowed = |explained, records, bytes| Pace::begin(second, explained).allowed(records, bytes);
        assert_eq!(allowed(10 << 20, 0, 0), second);
        assert_eq!(allowed(10 << 20, 0, 10 << 20), 4 * second);
        assert_eq!(allowed(10 << 20, 10_000, 0), 4 * second);
        assert_eq!(allowed(10 << 20, 0, 60 << 20), 4 * second);
        assert_eq!(allowed(0, 0, u64::MAX), second);
        assert!((1..=MAX_SLOWNESS).contains(&slowness()));
    }

    #[test]
    fn what_children_took_counts() {
        let pace = Pace::begin(Duration::from_secs(1), 0);
        assert_eq!(pace.passed(0, 0), None);
        child_took(Duration::from_secs(u64::from(2 * MAX_SLOWNESS * UNOPTIMISED)));
        assert_eq!(pace.passed(0, 0), Some(Duration::from_secs(1) * (slowness() * UNOPTIMISED)));
    }
}
