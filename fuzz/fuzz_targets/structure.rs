//! The structure of copied text: pages put together of the lines that such pages have.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findbuch_fuzz::read("a.txt", findbuch_fuzz::page(data).as_bytes()));
