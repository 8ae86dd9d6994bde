//! Linux, macOS and their kin.

use super::Identity;
use std::ffi::OsString;
use std::fs::{File, FileType, Metadata, Permissions};
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Device and number.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there may be none")]
pub fn identity(metadata: &Metadata) -> Option<Identity> {
    Some(Identity(metadata.dev(), metadata.ino()))
}

pub fn special_kind(kind: FileType) -> &'static str {
    if kind.is_fifo() {
        "pipe"
    } else if kind.is_socket() {
        "socket"
    } else {
        "device"
    }
}

pub fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    OsString::from_vec(bytes).into()
}

#[expect(clippy::unnecessary_wraps, reason = "elsewhere they are inherited")]
pub fn permissions_of_new_files() -> Option<Permissions> {
    Some(Permissions::from_mode(0o666))
}

pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
