//! Scans a dictionary for the terms that a pattern matches, where only a look at each of them can decide that.

use crate::deadline::{Deadline, Watch};
use findbuch_files::unless_panics;
use std::collections::BTreeSet;
use std::io::{Error, ErrorKind};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::termdict::TermDictionary;

/// Where a dictionary is cut, so that all cores scan it: about as many German words begin in each interval.
const CUTS: [&str; 13] = ["", "au", "be", "e", "f", "go", "k", "me", "p", "sch", "st", "v", "we"];
/// Most threads.
const MAX_WORKERS: usize = 8;

/// Terms, in order, each once.
pub type Forms = BTreeSet<Box<str>>;

/// The matching terms of a whole dictionary, scanned on all cores; gathers at most a few more than `most`.
pub fn walk(
    terms: &TermDictionary,
    means: impl Fn(&[u8]) -> bool + Sync,
    most: usize,
    deadline: &Deadline,
) -> std::io::Result<Forms> {
    let next = AtomicUsize::new(0);
    let work = || -> std::io::Result<Forms> {
        let (mut forms, mut watch) = (Forms::new(), deadline.watch());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(from) = CUTS.get(at) else { return Ok(forms) };
            let until = CUTS.get(at + 1);
            let before = |key: &[u8]| until.is_none_or(|until| key < until.as_bytes());
            scan(terms, (from, before), &means, (&mut forms, most), &mut watch)?;
        }
    };
    // a damaged dictionary panics
    let work = || unless_panics(work).unwrap_or_else(|panic| Err(Error::new(ErrorKind::InvalidData, panic)));
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(MAX_WORKERS);
    std::thread::scope(|scope| {
        // if a thread cannot be started, the others do its work
        let others: Vec<_> =
            (1..workers).filter_map(|_| std::thread::Builder::new().spawn_scoped(scope, work).ok()).collect();
        let mut forms = work()?;
        for other in others {
            match other.join() {
                Ok(found) => forms.append(&mut found?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(forms)
    })
}

/// Gathers the matching terms from `from` on while `goes_on` holds; at most one more than `most`.
pub fn scan(
    terms: &TermDictionary,
    (from, goes_on): (&str, impl Fn(&[u8]) -> bool),
    means: impl Fn(&[u8]) -> bool,
    (forms, most): (&mut Forms, usize),
    watch: &mut Watch,
) -> std::io::Result<()> {
    let mut terms = terms.range().ge(from).into_stream()?;
    while terms.advance() && goes_on(terms.key()) && forms.len() <= most && !watch.one() {
        if means(terms.key())
            && let Ok(form) = std::str::from_utf8(terms.key())
        {
            forms.insert(form.into());
        }
    }
    Ok(())
}
