//! Files that are replaced as a whole: written beside their place, made durable, and renamed.

use crate::system;
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Bytes that are held back before they are written.
const BUFFER: usize = 1 << 16;
/// End of the name of a file that is not yet in its place; the name begins with a dot.
pub const UNFINISHED: &str = ".part";

/// A file that is not yet in its place. What is there stays as it is until [`AtomicFile::commit`]; dropped before, nothing is
/// left of it. A process that is killed leaves the file beside its place, see [`remove_unfinished`].
#[derive(Debug)]
pub struct AtomicFile {
    file: BufWriter<NamedTempFile>,
    place: PathBuf,
}

impl AtomicFile {
    /// Begins a file that shall come to `place`. Where that is a link, its target is replaced and the link stays.
    ///
    /// # Errors
    /// When no file can be made in the folder of `place`.
    pub fn create(place: &Path) -> io::Result<AtomicFile> {
        let place = place.canonicalize().or_else(|_| std::path::absolute(place))?;
        let folder = place.parent().ok_or(ErrorKind::InvalidFilename)?;
        let mut builder = tempfile::Builder::new();
        let prefix = prefix(&place);
        builder.prefix(&prefix).suffix(UNFINISHED);
        if let Some(permissions) = system::permissions_of_new_files() {
            builder.permissions(permissions);
        }
        let file = BufWriter::with_capacity(BUFFER, builder.tempfile_in(folder)?);
        Ok(AtomicFile { file, place })
    }

    /// Where the file is until it is in its place.
    #[must_use]
    pub fn beside(&self) -> &Path {
        self.file.get_ref().path()
    }

    /// Where it goes: absolute, links followed.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Writes what is held back and makes it durable, beside its place.
    ///
    /// # Errors
    /// What the system says.
    pub fn settle(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().as_file().sync_all()
    }

    /// Makes the file durable and puts it in its place.
    ///
    /// # Errors
    /// What the system says. What was in the place is as it was, unless only the folder could not be made durable.
    pub fn commit(mut self) -> io::Result<()> {
        self.settle()?;
        let AtomicFile { file, place } = self;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.persist(&place).map_err(|error| error.error)?;
        place.parent().map_or(Ok(()), system::sync_folder)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Replaces the file at `place` by one with this content, see [`AtomicFile`].
///
/// # Errors
/// When it cannot be written.
pub fn write(place: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = AtomicFile::create(place)?;
    file.write_all(content)?;
    file.commit()
}

/// Makes a folder with those above it that are missing, durably.
///
/// # Errors
/// When one cannot be made.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let folder = std::path::absolute(folder)?;
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| !above.exists()).collect();
    fs::create_dir_all(&folder)?;
    missing.into_iter().filter_map(Path::parent).try_for_each(system::sync_folder)
}

/// Removes what killed processes left beside `place`. Only for who knows that nobody is writing there.
pub fn remove_unfinished(place: &Path) {
    let Some(folder) = place.parent() else { return };
    let prefix = prefix(place);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        if name.starts_with(prefix.as_encoded_bytes()) && name.ends_with(UNFINISHED.as_bytes()) {
            // it takes room and does no other harm
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Start of the name of the file beside `place`: hidden, so that no walk over the folder takes it for an article.
fn prefix(place: &Path) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(place.file_name().unwrap_or_default());
    prefix.push(".");
    prefix
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_there_as_a_whole_or_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("a.json");
        write(&place, b"alt").expect("written");
        let mut file = AtomicFile::create(&place).expect("begun");
        file.write_all(b"neu").expect("written");
        assert_eq!(fs::read(&place).expect("read"), b"alt");
        drop(file);
        assert_eq!(names(folder.path()), ["a.json"], "nothing is left of a file that was given up");
        let mut file = AtomicFile::create(&place).expect("begun");
        file.write_all(b"neu").expect("written");
        file.settle().expect("durable");
        assert_eq!(fs::read(file.beside()).expect("read"), b"neu");
        assert_eq!(fs::read(&place).expect("read"), b"alt");
        file.commit().expect("in its place");
        assert_eq!(fs::read(&place).expect("read"), b"neu");
        assert_eq!(names(folder.path()), ["a.json"]);
    }

    #[test]
    fn what_a_killed_process_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = ["a", ".b.x1.part", ".a", "a.part", ".a.txt"];
        for name in kept.iter().chain(&[".a.x1y2z3.part", ".a.q.part"]) {
            fs::write(folder.path().join(name), "x").expect("written");
        }
        remove_unfinished(&folder.path().join("a"));
        let mut kept = kept.map(str::to_owned);
        kept.sort();
        assert_eq!(names(folder.path()), kept);
        remove_unfinished(Path::new("/nowhere/at/all"));
    }

    #[test]
    fn folders_are_made_with_those_above() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("a/b/c");
        create_folder(&folder).expect("made");
        create_folder(&folder).expect("there");
        assert!(folder.is_dir());
        write(&place.path().join("x"), b"").expect("written");
        assert!(create_folder(&place.path().join("x/y")).is_err());
    }

    #[test]
    fn a_folder_that_is_missing_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = AtomicFile::create(&folder.path().join("fehlt/a.txt")).expect_err("no folder");
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(AtomicFile::create(Path::new("/")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_and_others_may_read() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (target, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&target, "alt").expect("written");
        symlink(&target, &link).expect("a link");
        write(&link, b"neu").expect("written");
        assert_eq!(fs::read(&target).expect("read"), b"neu");
        assert!(link.symlink_metadata().expect("there").is_symlink());
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        let usual = folder.path().join("c");
        fs::write(&usual, "x").expect("written");
        assert_eq!(mode(&target), mode(&usual), "as every new file, and not private as a temporary one");
    }
}
