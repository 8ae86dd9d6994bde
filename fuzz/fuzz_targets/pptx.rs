//! Presentations: whole archives, or the list of slides of one.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    findbuch_fuzz::read("a.pptx", &findbuch_fuzz::zip_unless_zipped(data, "ppt/presentation.xml"));
});
