//! PDF, as the child reads it: `findbuch_fuzz::read("a.pdf")` would start one.
#![no_main]

use std::io::Read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let task: &[u8] = b"\"pdf\"\n";
    let mut answer = Vec::new();
    findbuch_corpus::child::work(&mut task.chain(data), &mut answer).expect("an answer");
    assert!(!answer.is_empty());
});
