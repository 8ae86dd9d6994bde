//! Linux, macOS and their kin.

use super::Identity;
use std::ffi::OsString;
use std::fs::{File, FileType, Metadata, Permissions};
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

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

pub fn changed(metadata: &Metadata) -> i64 {
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

/// Limits of the processor are whole seconds, so that a part of one counts as one. No core is written when one is passed.
pub fn limit_process(cpu: Duration, memory: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |most| Rlimit { current: Some(most), maximum: Some(most) };
    let seconds = cpu.as_secs() + u64::from(cpu.subsec_nanos() > 0);
    for (resource, bound) in [(Resource::Core, 0), (Resource::As, memory), (Resource::Cpu, seconds.max(1))] {
        setrlimit(resource, most(bound))?;
    }
    Ok(())
}

pub fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let whole = |number: i64| u64::try_from(number).unwrap_or_default();
    Duration::from_secs(whole(time.tv_sec)) + Duration::from_nanos(whole(time.tv_nsec))
}

#[expect(clippy::unnecessary_wraps, reason = "elsewhere they are inherited")]
pub fn permissions_of_new_files() -> Option<Permissions> {
    Some(Permissions::from_mode(0o666))
}

pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
