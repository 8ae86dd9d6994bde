//! Tables with a header, divided by commas or tabs as the first byte says.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let name = if data.first().is_some_and(|byte| byte % 2 == 0) { "a.csv" } else { "a.tsv" };
    findbuch_fuzz::read(name, data);
});
