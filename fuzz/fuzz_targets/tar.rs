//! Tape archives: as they are, or made of members that are given as text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.len() >= 512 {
        findbuch_fuzz::read("a.tar", data);
    } else {
        findbuch_fuzz::read("a.tar", &findbuch_fuzz::tar(&findbuch_fuzz::members(data)));
    }
});
