//! Articles that one thread reads and others take over: of a single large file, reading is the lesser part of the work.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Most that lies waiting, for each thread that waits for work.
const WAITING: usize = 4;

/// Work on its way from threads that read to those that have nothing left to read.
pub struct Relay<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    waiting: VecDeque<T>,
    /// Threads that may hand on work.
    reading: usize,
    /// Threads that take it.
    helping: usize,
}

impl<T> Relay<T> {
    /// A relay among threads all of which read at first.
    pub fn new(threads: usize) -> Relay<T> {
        let state = State { waiting: VecDeque::new(), reading: threads, helping: 0 };
        Relay { state: Mutex::new(state), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One of the threads. Each calls this once.
    pub fn reader(&self) -> Reader<'_, T> {
        Reader(self)
    }

    /// Takes over what others hand on until none of them reads any more.
    fn help(&self, mut take: impl FnMut(T)) {
        let mut state = self.lock();
        state.helping += 1;
        loop {
            if let Some(work) = state.waiting.pop_front() {
                drop(state);
                take(work);
                state = self.lock();
            } else if state.reading == 0 {
                return;
            } else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

/// A thread that reads, and hands on.
pub struct Reader<'a, T>(&'a Relay<T>);

impl<T> Reader<'_, T> {
    /// Gives the work to a thread that waits for some; gives it back where there is none.
    pub fn hand(&self, work: T) -> Option<T> {
        let mut state = self.0.lock();
        if state.waiting.len() >= state.helping * WAITING {
            return Some(work);
        }
        state.waiting.push_back(work);
        self.0.changed.notify_one();
        None
    }

    /// Reads no more, and takes over what others hand on until none of them reads.
    pub fn help(self, take: impl FnMut(T)) {
        let relay = self.0;
        drop(self);
        relay.help(take);
    }
}

impl<T> Drop for Reader<'_, T> {
    /// Also where the thread panics, for which the others must not wait.
    fn drop(&mut self) {
        self.0.lock().reading -= 1;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::thread::{scope, yield_now};
    use std::time::Duration;

    #[test]
    fn what_is_handed_on_is_taken_once_and_all_threads_end() {
        for threads in 1..5 {
            let relay = Relay::new(threads);
            let taken = Mutex::new(Vec::new());
            let take = |number: usize| taken.lock().expect("no thread panicked").push(number);
            scope(|scope| {
                for thread in 0..threads {
                    let (relay, take) = (&relay, &take);
                    scope.spawn(move || {
                        let reader = relay.reader();
                        // the first one alone has something to read
                        for number in 0..if thread == 0 { 500 } else { 0 } {
                            yield_now();
                            if let Some(kept) = reader.hand(number) {
                                take(kept);
                            }
                        }
                        reader.help(take);
                    });
                }
            });
            let mut taken = taken.into_inner().expect("no thread panicked");
            taken.sort_unstable();
            assert_eq!(taken, (0..500).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn a_thread_that_waits_is_given_work() {
        let relay = Relay::new(2);
        let (sender, taken) = channel();
        scope(|scope| {
            let reader = relay.reader();
            scope.spawn(|| relay.reader().help(|number| sender.send(number).expect("someone listens")));
            while reader.hand(7).is_some() {
                yield_now();
            }
            assert_eq!(taken.recv_timeout(Duration::from_mins(1)), Ok(7));
        });
    }

    #[test]
    fn a_reader_that_panics_is_not_waited_for() {
        let relay = Relay::<()>::new(2);
        scope(|scope| {
            let panics = scope.spawn(|| {
                let _reader = relay.reader();
                panic!("as a defect would");
            });
            relay.reader().help(|()| ());
            assert!(panics.join().is_err());
        });
    }
}
