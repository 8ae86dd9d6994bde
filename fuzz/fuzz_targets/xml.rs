//! XML of every kind: NewsML-G2, NewsML 1, NITF, RSS, Atom, ALTO, PAGE, TEI.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findbuch_fuzz::read("a.xml", data));
