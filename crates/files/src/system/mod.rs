//! What differs from one operating system to another: no other file of findbuch names one.

#[cfg(any(not(unix), test))]
mod other;
#[cfg(unix)]
mod unix;

use std::fs::{FileType, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(not(unix))]
use other as here;
#[cfg(unix)]
use unix as here;

/// What tells a folder from one that was made anew in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity(u64, u64);

/// The identity of a folder or file; none where there is nothing.
#[must_use]
pub fn identity(path: &Path) -> Option<Identity> {
    path.metadata().ok().and_then(|metadata| here::identity(&metadata))
}

/// What something is that is no file, folder or link: `pipe`, `socket`, `device`.
#[must_use]
pub fn special_kind(kind: FileType) -> &'static str {
    here::special_kind(kind)
}

/// The path of its bytes, as [`Path`] has them: any bytes where the system takes any, else UTF-8, of which what is not valid
/// is replaced.
#[must_use]
pub fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    here::path_of_bytes(bytes)
}

/// When a file, or what its folder says of it, was last changed, in nanoseconds since 1970: no program sets this back. 0 where the
/// system does not say.
#[must_use]
pub fn changed(metadata: &Metadata) -> i64 {
    here::changed(metadata)
}

/// Ends this process when it has used so much of a processor, and refuses it more memory: for a process that has one task.
///
/// # Errors
/// [`ErrorKind::Unsupported`] where the system has no such limits.
pub fn limit_process(cpu: Duration, memory: u64) -> io::Result<()> {
    here::limit_process(cpu, memory)
}

/// What this thread has used of a processor; where the system does not say, the time that has gone by.
#[must_use]
pub fn thread_time() -> Duration {
    here::thread_time()
}

/// The permissions with which every program makes its files, before the user's mask; none where they are inherited.
#[must_use]
pub fn permissions_of_new_files() -> Option<Permissions> {
    here::permissions_of_new_files()
}

/// Makes what was renamed in a folder durable. Not every file system can, and not every user may: the files themselves are
/// whole then all the same.
///
/// # Errors
/// When the system tried and failed.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match here::sync_folder(folder) {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::Unsupported | ErrorKind::InvalidInput
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_made_anew_is_another() {
        let above = tempfile::tempdir().expect("a folder");
        let folder = above.path().join("a");
        std::fs::create_dir(&folder).expect("made");
        let first = identity(&folder);
        assert!(first.is_some());
        assert_eq!(first, identity(&folder));
        std::fs::rename(&folder, above.path().join("b")).expect("moved");
        std::fs::create_dir(&folder).expect("made");
        assert_ne!(first, identity(&folder));
        assert_eq!(identity(&above.path().join("c")), None);
        let metadata = folder.metadata().expect("there");
        assert_eq!(other::identity(&metadata), other::identity(&metadata));
    }

    #[test]
    fn folders_can_be_made_durable() {
        let folder = tempfile::tempdir().expect("a folder");
        sync_folder(folder.path()).expect("synced");
        other::sync_folder(folder.path()).expect("nothing to do");
        assert!(sync_folder(&folder.path().join("fehlt")).is_err());
    }

    #[test]
    fn elsewhere_paths_are_text() {
        assert_eq!(other::path_of_bytes("/ä".into()), Path::new("/ä"));
        assert_eq!(other::path_of_bytes(b"/\xe4".to_vec()), Path::new("/\u{fffd}"));
        assert!(other::permissions_of_new_files().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn pipes_sockets_and_devices_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("s");
        let _held = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        let kind = |path: &Path| special_kind(path.metadata().expect("there").file_type());
        assert_eq!(kind(&socket), "socket");
        assert_eq!(kind(Path::new("/dev/null")), "device");
        assert_eq!(other::special_kind(socket.metadata().expect("there").file_type()), "device");
    }

    #[cfg(unix)]
    #[test]
    fn a_change_shows_though_the_time_was_set_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(&path, "x").expect("written");
        let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(long_ago)).expect("set");
        let metadata = path.metadata().expect("there");
        assert!(changed(&metadata) > 1_000_000_000_000_000_000 && metadata.modified().expect("a time") == long_ago);
        assert_eq!(other::changed(&metadata), 0);
    }

    #[test]
    fn the_time_of_a_thread_goes_on_while_it_works() {
        let before = thread_time();
        let mut sum = 0_u64;
        while thread_time() == before {
            sum = sum.wrapping_add(1);
        }
        assert!(other::thread_time() <= other::thread_time());
        assert_eq!(other::limit_process(Duration::from_secs(1), 1).map_err(|e| e.kind()), Err(ErrorKind::Unsupported));
    }
}
