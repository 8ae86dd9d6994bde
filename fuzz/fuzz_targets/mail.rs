//! E-mail, RFC 5322 and MIME.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findbuch_fuzz::read("a.eml", data));
