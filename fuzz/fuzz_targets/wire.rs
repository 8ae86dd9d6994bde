//! Agency messages, IPTC 7901 and ANPA 1312.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findbuch_fuzz::read("a.ipt", data));
