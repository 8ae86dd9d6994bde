//! Word documents: whole archives, or the text of one.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    findbuch_fuzz::read("a.docx", &findbuch_fuzz::zip_unless_zipped(data, "word/document.xml"));
});
