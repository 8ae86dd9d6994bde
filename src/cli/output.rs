//! Where a command writes: standard output, or a file that appears when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

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
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// A device or pipe, written as it comes.
    Direct(BufWriter<File>),
    /// A file, written beside its place.
    File(Unfinished),
}

/// A file that is not yet in its place.
pub struct Unfinished {
    writer: BufWriter<File>,
    beside: PathBuf,
    place: PathBuf,
    done: bool,
}

impl Output {
    /// Standard output, or the file that `--output` names, which is replaced when all is written.
    ///
    /// # Errors
    /// When a file cannot be made in the folder of `path`.
    pub fn open(path: Option<&Path>) -> Result<Output, OutputError> {
        match path {
            Some(path) => Output::file(path, "--output"),
            None => Ok(Output::Stdout(BufWriter::with_capacity(BUFFER, io::stdout().lock()))),
        }
    }

    /// The file that an option names, which is replaced when all is written.
    ///
    /// # Errors
    /// When a file cannot be made in the folder of `path`.
    pub fn file(path: &Path, option: &'static str) -> Result<Output, OutputError> {
        let told = |source| OutputError::of(path, option, source);
        let file = |file| BufWriter::with_capacity(BUFFER, file);
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => return Err(OutputError::IsFolder { path: path.to_path_buf(), option }),
            Ok(found) if !found.is_file() => {
                return Ok(Output::Direct(file(File::options().write(true).open(path).map_err(told)?)));
            }
            _ => {}
        }
        // a link stays a link
        let place = path.canonicalize().or_else(|_| std::path::absolute(path)).map_err(told)?;
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = place.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let writer = file(File::create(&beside).map_err(told)?);
        Ok(Output::File(Unfinished { writer, beside, place, done: false }))
    }

    /// The file beside the place, while there is one, and the place.
    #[must_use]
    pub fn beside(&self) -> Option<(&Path, &Path)> {
        match self {
            Output::File(file) => Some((&file.beside, &file.place)),
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
            Output::File(file) => {
                file.writer.flush()?;
                file.writer.get_ref().sync_all()
            }
        }
    }

    /// Writes what is held back and puts a file in its place.
    ///
    /// # Errors
    /// What the system says; then what was in the place is as it was.
    pub fn finish(mut self) -> io::Result<()> {
        self.settle()?;
        if let Output::File(file) = &mut self {
            fs::rename(&file.beside, &file.place)?;
            file.done = true;
            sync_folder(&file.place);
        }
        Ok(())
    }
}

/// Makes a rename in the folder of `path` durable, where the system can.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        // not every file system syncs folders; the file itself is whole
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::Direct(out) => out.write(bytes),
            Output::File(file) => file.writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::Direct(out) => out.flush(),
            Output::File(file) => file.writer.flush(),
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.done {
            // half a file helps nobody
            let _ = fs::remove_file(&self.beside);
        }
    }
}
