//! Which terms of a dictionary are meant, where that can only be seen by looking at each.

use crate::deadline::{Deadline, Watch};
use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::termdict::TermDictionary;

/// Where a whole dictionary is cut, so that all cores walk through it: about as many German words lie between each two.
const CUTS: [&str; 13] = ["", "au", "be", "e", "f", "go", "k", "me", "p", "sch", "st", "v", "we"];
/// Most threads.
const MAX_WORKERS: usize = 8;

/// Terms, in order, each once.
pub type Forms = BTreeSet<Box<str>>;

/// The terms of a whole dictionary that are meant, looked for on all cores; at most `most` and a few are gathered.
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
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(MAX_WORKERS);
    std::thread::scope(|scope| {
        // what cannot be started is left to the others
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

/// Gathers the terms that are meant from a place on, as long as the place's other half says so, one more than `most` at most.
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
