//! Where a command writes: standard output, or a file that appears when it is whole.

use anyhow::Context;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const BUFFER: usize = 1 << 16;

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
    /// Standard output, or the file at `path`, which is replaced when all is written.
    ///
    /// # Errors
    /// When a file cannot be made in the folder of `path`.
    pub fn open(path: Option<&Path>) -> anyhow::Result<Output> {
        let Some(path) = path else {
            return Ok(Output::Stdout(BufWriter::with_capacity(BUFFER, io::stdout().lock())));
        };
        let told = || format!("{} cannot be written; name another file with --output", path.display());
        let file = |file| BufWriter::with_capacity(BUFFER, file);
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => {
                anyhow::bail!("{} is a folder; name a file in it with --output", path.display())
            }
            Ok(found) if !found.is_file() => {
                return Ok(Output::Direct(file(File::options().write(true).open(path).with_context(told)?)));
            }
            _ => {}
        }
        // a link stays a link
        let place = path.canonicalize().or_else(|_| std::path::absolute(path)).with_context(told)?;
        let name = place.file_name().with_context(told)?.to_string_lossy().into_owned();
        let beside = place.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let writer = file(File::create(&beside).with_context(told)?);
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
