//! Zip archives: as they are, or made of members that are given as text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK") {
        findbuch_fuzz::read("a.zip", data);
    } else {
        findbuch_fuzz::read("a.zip", &findbuch_fuzz::zip(&findbuch_fuzz::members(data)));
    }
});
