//! Compressed files of each kind, known by their first bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let name = match data.first() {
        Some(0x1f) => "a.txt.gz",
        Some(0x28) => "a.jsonl.zst",
        Some(b'B') => "a.txt.bz2",
        Some(0xfd) => "a.tar.xz",
        _ => return,
    };
    findbuch_fuzz::read(name, data);
});
