//! Scanned pages as HTML.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findbuch_fuzz::read("a.hocr", data));
