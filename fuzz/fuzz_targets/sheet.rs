//! Spreadsheets, as the child reads them: `findbuch_fuzz::read("a.xlsx")` would start one.
#![no_main]

use std::io::Read;

/// What the library panics with ends its file alone, and is no finding.
fn tell_panics_of_the_library_from_others() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|place| place.file().contains("/calamine-")) {
            abort(panic);
        }
    }));
}

libfuzzer_sys::fuzz_target!(init: tell_panics_of_the_library_from_others(), |data: &[u8]| {
    let task: &[u8] = b"\"sheet\"\n";
    let mut answer = Vec::new();
    findbuch_corpus::child::work(&mut task.chain(data), &mut answer).expect("an answer");
    assert!(!answer.is_empty());
});
