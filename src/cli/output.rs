//! Where a command writes: standard output, or a file that appears when it is whole.

use super::terminal;
use findbuch_files::AtomicFile;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes that are held back before they are written.
const BUFFER: usize = 1 << 16;

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// It is a folder.
    #[error("{path} is a folder; name a file in it with {option}")]
    IsFolder {
        /// As named.
        path: PathBuf,
        /// The option that names it.
        option: &'static str,
    },
    /// Its folder is missing.
    #[error("{path} cannot be written: there is no folder {folder}; make it, or name another file with {option}")]
    NoFolder {
        /// As named.
        path: PathBuf,
        /// The folder.
        folder: PathBuf,
        /// The option that names it.
        option: &'static str,
    },
    /// The operating system's answer.
    #[error("{path} cannot be written: {source}; name another file with {option}")]
    Io {
        /// As named.
        path: PathBuf,
        /// The option that names it.
        option: &'static str,
        /// The answer.
        source: io::Error,
    },
}

impl OutputError {
    fn of(path: &Path, option: &'static str, source: io::Error) -> OutputError {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let path = path.to_path_buf();
        match folder.map(Path::to_path_buf) {
            Some(folder) => OutputError::NoFolder { path, folder, option },
            None => OutputError::Io { path, option, source },
        }
    }
}

/// Writes a file as a whole, in place of what was there.
///
/// # Errors
/// When it cannot be written; then what was there is as it was.
pub fn write_whole(path: &Path, option: &'static str, content: &str) -> Result<(), OutputError> {
    let mut out = Output::file(path, option)?;
    let written = out.write_all(content.as_bytes()).and_then(|()| out.finish());
    written.map_err(|source| OutputError::of(path, option, source))
}

/// Standard output or a file.
pub enum Output {
    /// Standard output.
    Stdout(BufWriter<Box<dyn Write>>),
    /// A device or pipe, written as it comes.
    Direct(BufWriter<File>),
    /// A file that appears when it is whole.
    File(AtomicFile),
}

impl Output {
    /// Standard output, or the file that `--output` names, which is replaced when all is written.
    ///
    /// # Errors
    /// When a file cannot be made in the folder of `path`.
    pub fn open(path: Option<&Path>) -> Result<Output, OutputError> {
        match path {
            Some(path) => Output::file(path, "--output"),
            None => Ok(Output::Stdout(BufWriter::with_capacity(BUFFER, terminal::screen()))),
        }
    }

    /// The file that an option names, which is replaced when all is written.
    ///
    /// # Errors
    /// When a file cannot be made in the folder of `path`.
    pub fn file(path: &Path, option: &'static str) -> Result<Output, OutputError> {
        let fault = |source| OutputError::of(path, option, source);
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => return Err(OutputError::IsFolder { path: path.to_path_buf(), option }),
            Ok(found) if !found.is_file() => {
                return Ok(Output::Direct(BufWriter::with_capacity(
                    BUFFER,
                    File::options().write(true).open(path).map_err(fault)?,
                )));
            }
            _ => {}
        }
        AtomicFile::create(path).map(Output::File).map_err(fault)
    }

    /// The file beside the place, while there is one, and the place.
    #[must_use]
    pub fn beside(&self) -> Option<(&Path, &Path)> {
        match self {
            Output::File(file) => Some((file.beside(), file.place())),
            _ => None,
        }
    }

    /// Writes what is held back; a file is then durable, but not in its place.
    ///
    /// # Errors
    /// What the system says.
    pub fn settle(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::Direct(out) => out.flush(),
            Output::File(file) => file.settle(),
        }
    }

    /// Writes what is held back and puts a file in its place.
    ///
    /// # Errors
    /// What the system says; then what was in the place is as it was.
    pub fn finish(mut self) -> io::Result<()> {
        match self {
            Output::File(file) => file.commit(),
            _ => self.settle(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::Direct(out) => out.write(bytes),
            Output::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::Direct(out) => out.flush(),
            Output::File(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_names_the_next_step() {
        let folder = tempfile::tempdir().expect("a folder");
        let fault = |path: &Path| Output::file(path, "--svg").err().expect("a fault").to_string();
        let is_folder = fault(folder.path());
        assert!(is_folder.ends_with("is a folder; name a file in it with --svg"), "{is_folder}");
        let missing = fault(&folder.path().join("fehlt/a.svg"));
        assert!(missing.contains("there is no folder") && missing.contains("fehlt"), "{missing}");
    }

    #[test]
    fn a_file_appears_when_it_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("a.csv");
        let mut out = Output::open(Some(&place)).expect("begun");
        out.write_all(b"a,b\n").expect("written");
        out.settle().expect("durable");
        let (beside, to) = out.beside().expect("a file");
        assert_eq!(fs::read(beside).expect("read"), b"a,b\n");
        assert_eq!(
            to,
            place.canonicalize().unwrap_or_else(|_| folder.path().canonicalize().expect("there").join("a.csv"))
        );
        assert!(!place.exists());
        out.finish().expect("in its place");
        assert_eq!(fs::read(&place).expect("read"), b"a,b\n");
        write_whole(&place, "--output", "c\n").expect("written");
        assert_eq!(fs::read(&place).expect("read"), b"c\n");
    }

    #[test]
    fn devices_are_written_as_they_are() {
        let mut out = Output::open(Some(Path::new("/dev/null"))).expect("open");
        assert!(out.beside().is_none());
        out.write_all(b"x").and_then(|()| out.finish()).expect("written");
    }
}
