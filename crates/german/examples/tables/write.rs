//! Tables as files, and numbers as the tables have them.

use crate::{Result, hashed};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

pub fn write(folder: &Path, name: &str, entries: impl Iterator<Item = (String, u64)>) -> Result<()> {
    let path = folder.join(format!("{name}.fst"));
    let entries: BTreeMap<String, u64> = entries.collect();
    let mut builder = fst::MapBuilder::new(BufWriter::new(File::create(&path)?))?;
    for (word, value) in &entries {
        builder.insert(word, *value)?;
    }
    builder.finish()?;
    println!("{}: {} entries, {} bytes", path.display(), entries.len(), std::fs::metadata(&path)?.len());
    Ok(())
}

pub fn write_hashed(folder: &Path, name: &str, entries: impl Iterator<Item = (String, u64)>) -> Result<()> {
    let path = folder.join(format!("{name}.bin"));
    let mut entries: Vec<(String, u16)> =
        entries.map(|(word, value)| Ok((word, u16::try_from(value)?))).collect::<Result<_>>()?;
    entries.sort_unstable();
    let bytes = hashed::build(&entries)?;
    std::fs::write(&path, &bytes)?;
    println!("{}: {} entries, {} bytes", path.display(), entries.len(), bytes.len());
    Ok(())
}

/// A count in sixteen steps of powers of two, which serve as well as the count and make the table small.
pub fn steps(count: u64) -> u64 {
    count.checked_ilog2().map_or(0, |log| u64::from(log) + 1)
}

/// A frequency in steps as [`steps`] gives them.
pub fn frequency_steps(often: f64) -> u64 {
    if often >= 1.0 { (1..64).take_while(|step| often >= f64::from(*step - 1).exp2()).count() as u64 } else { 0 }
}
