//! Collections of web archives: whole ones, or one archive.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    findbuch_fuzz::read("a.wacz", &findbuch_fuzz::zip_unless_zipped(data, "archive/data.warc"));
});
