//! Web pages with their pictures, RFC 2557.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findbuch_fuzz::read("a.mhtml", data));
