//! Work on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs `work` on all cores; its instances take the jobs from one iterator.
pub fn on_all_cores<'a, T: Sync>(jobs: &'a [T], work: impl Fn(&mut dyn Iterator<Item = &'a T>) + Sync) {
    on_threads(cores().min(jobs.len()), jobs, work);
}

/// The same on so many threads.
pub fn on_threads<'a, T: Sync>(threads: usize, jobs: &'a [T], work: impl Fn(&mut dyn Iterator<Item = &'a T>) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| work(&mut std::iter::from_fn(|| jobs.get(next.fetch_add(1, Ordering::Relaxed)))));
        }
    });
}

/// How many cores there are.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn every_job_is_done_once() {
        for count in [0, 1, 1000] {
            let jobs: Vec<usize> = (0..count).collect();
            let done = Mutex::new(Vec::new());
            on_all_cores(&jobs, |jobs| {
                for job in jobs {
                    done.lock().expect("no thread panicked").push(*job);
                }
            });
            let mut done = done.into_inner().expect("no thread panicked");
            done.sort_unstable();
            assert_eq!(done, jobs);
        }
    }
}
