//! 7z archives.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findbuch_fuzz::read("a.7z", data));
