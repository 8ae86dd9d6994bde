//! EPUB: whole books, or the text of a chapter.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    findbuch_fuzz::read("a.epub", &findbuch_fuzz::zip_unless_zipped(data, "META-INF/container.xml"));
});
