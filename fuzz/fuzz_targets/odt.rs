//! OpenDocument texts: whole archives, or the text of one.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    findbuch_fuzz::read("a.odt", &findbuch_fuzz::zip_unless_zipped(data, "content.xml"));
});
