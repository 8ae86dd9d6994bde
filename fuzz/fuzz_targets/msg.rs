//! Mails of Outlook.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findbuch_fuzz::read("a.msg", data));
