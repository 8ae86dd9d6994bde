//! 7z archives, with the checksums that their tables need to be looked at: one that is changed at random has others.
#![no_main]

use crc32fast::hash;

/// Where the header says where the table stands, how long it is and which checksum it has; the header's own checksum stands before it.
const OFFSET: std::ops::Range<usize> = 12..20;
const LENGTH: std::ops::Range<usize> = 20..28;
const TABLE_SUM: std::ops::Range<usize> = 28..32;
const HEADER_SUM: std::ops::Range<usize> = 8..12;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut archive = data.to_vec();
    mend(&mut archive);
    findbuch_fuzz::read("a.7z", &archive);
});

/// Sets the checksums of an archive that is long enough to have some.
fn mend(archive: &mut [u8]) {
    if archive.len() < TABLE_SUM.end {
        return;
    }
    let number = |bytes: &[u8]| bytes.try_into().map_or(usize::MAX, |bytes| u64::from_le_bytes(bytes) as usize);
    let start = number(&archive[OFFSET]).saturating_add(TABLE_SUM.end);
    let end = start.saturating_add(number(&archive[LENGTH]));
    if let Some(table) = archive.get(start..end) {
        let sum = hash(table).to_le_bytes();
        archive[TABLE_SUM].copy_from_slice(&sum);
    }
    let sum = hash(&archive[OFFSET.start..TABLE_SUM.end]).to_le_bytes();
    archive[HEADER_SUM].copy_from_slice(&sum);
}
