//! The lines of a list that is named on the command line, one at a time: a list has no limit, a line has.

use super::paths::canonical;
use findbuch_query::lang::Lang;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// A list that is read.
pub struct Lines {
    /// How it is called in messages.
    pub name: String,
    input: Box<dyn BufRead>,
    most: u64,
    number: usize,
}

impl Lines {
    /// Opens a file, or standard input for `-`; a line has at most `most` bytes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path, most: u64, lang: Lang) -> anyhow::Result<Lines> {
        if path == Path::new("-") {
            let name = lang.pick("Standardeingabe", "standard input").to_owned();
            return Ok(Lines { name, input: Box::new(BufReader::new(io::stdin())), most, number: 0 });
        }
        let name = path.display().to_string();
        let path = canonical(path)?;
        if path.is_dir() {
            anyhow::bail!(
                "{}",
                lang.pick(
                    format!("{name} ist ein Ordner; nennen Sie eine Datei."),
                    format!("{name} is a folder; name a file"),
                )
            );
        }
        Ok(Lines { name, input: Box::new(BufReader::new(File::open(path)?)), most, number: 0 })
    }

    /// The next line with its number, or what is wrong with it; none at the end.
    ///
    /// # Errors
    /// When the list cannot be read on.
    pub fn next(&mut self, lang: Lang) -> io::Result<Option<(usize, Result<String, String>)>> {
        let mut line = Vec::new();
        if self.input.by_ref().take(self.most).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let most = self.most;
        if line.len() as u64 == most && line.last() != Some(&b'\n') {
            self.input.skip_until(b'\n')?;
            let fault = lang.pick(
                format!("Die Zeile hat mehr als {most} Bytes; teilen Sie sie."),
                format!("the line has more than {most} bytes; divide it"),
            );
            return Ok(Some((self.number, Err(fault))));
        }
        let text = String::from_utf8(line).map_err(|_| {
            let fault = "Die Zeile ist kein UTF-8; speichern Sie die Liste als UTF-8.";
            lang.pick(fault, "the line is not UTF-8; save the list as UTF-8").to_owned()
        });
        Ok(Some((self.number, text)))
    }

    /// Reports on standard error what is wrong with a line.
    pub fn report(&self, line: usize, fault: &str) {
        super::terminal::report(&anyhow::anyhow!("{}:{line}: {fault}", self.name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_bounded_and_numbered() {
        let long = "x".repeat(20_000);
        let text = [b"Deich\r\n\xff\n".as_slice(), long.as_bytes(), b"\nOrgel"].concat();
        let mut lines = Lines { name: String::new(), input: Box::new(io::Cursor::new(text)), most: 1 << 14, number: 0 };
        let mut next = || lines.next(Lang::En).expect("read");
        assert_eq!(next(), Some((1, Ok("Deich\r\n".into()))));
        assert!(matches!(next(), Some((2, Err(fault))) if fault.contains("UTF-8")));
        assert!(matches!(next(), Some((3, Err(fault))) if fault.contains("16384 bytes")));
        assert_eq!((next(), next()), (Some((4, Ok("Orgel".into()))), None));
    }
}
