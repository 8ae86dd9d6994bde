//! tantivy's errors as ours.

use crate::EngineError;
use std::error::Error;
use std::io::{self, ErrorKind};
use std::path::Path;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// An error of tantivy as one of ours, for the index in `path`.
pub fn failed(path: &Path, error: &TantivyError) -> EngineError {
    let system = system_error(error);
    let full = system.is_some_and(|system| {
        matches!(system.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
    });
    let message = match (error, system) {
        // tantivy drops the error of an indexing thread that ended; the cause is most often a failed write
        (TantivyError::ErrorInThread(_), _) => return EngineError::Full(path.to_path_buf()),
        _ if full => return EngineError::Full(path.to_path_buf()),
        (TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)), _) => {
            format!("its file {} is missing", file.display())
        }
        (_, Some(system)) => system.to_string(),
        (other, None) => other.to_string(),
    };
    EngineError::Failed { path: path.to_path_buf(), message }
}

/// The operating system's error within an error: tantivy's errors wrap it without naming it as their source.
fn system_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a io::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        next = if let Some(found) = error.downcast_ref::<io::Error>() {
            let inner = found.get_ref().map(|inner| inner as &(dyn Error + 'static));
            match inner.and_then(|inner| system_error(inner)) {
                Some(system) => return Some(system),
                None => return Some(found),
            }
        } else if let Some(wrapped) = wrapped(error) {
            Some(wrapped)
        } else {
            error.source()
        };
    }
    None
}

fn wrapped<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let io = match error.downcast_ref::<TantivyError>() {
        Some(TantivyError::IoError(io) | TantivyError::LockFailure(LockError::IoError(io), _)) => Some(io),
        _ => None,
    };
    let io = io.or_else(|| match error.downcast_ref::<OpenDirectoryError>()? {
        OpenDirectoryError::IoError { io_error: io, .. } | OpenDirectoryError::FailedToCreateTempDir(io) => Some(io),
        _ => None,
    });
    let io = io.or_else(|| match error.downcast_ref::<OpenReadError>()? {
        OpenReadError::IoError { io_error: io, .. } => Some(io),
        _ => None,
    });
    let io = io.or_else(|| match error.downcast_ref::<OpenWriteError>()? {
        OpenWriteError::IoError { io_error: io, .. } => Some(io),
        OpenWriteError::FileAlreadyExists(_) => None,
    });
    io.map(|io| &**io as &(dyn Error + 'static))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn the_systems_error_is_found_wherever_tantivy_keeps_it() {
        let file = || PathBuf::from("1.store");
        let wrapped = |kind: ErrorKind| -> [TantivyError; 6] {
            [
                io::Error::from(kind).into(),
                io::Error::other(io::Error::from(kind)).into(),
                io::Error::other(TantivyError::from(io::Error::from(kind))).into(),
                OpenDirectoryError::wrap_io_error(kind.into(), file()).into(),
                OpenReadError::wrap_io_error(kind.into(), file()).into(),
                OpenWriteError::wrap_io_error(kind.into(), file()).into(),
            ]
        };
        for error in wrapped(ErrorKind::StorageFull) {
            assert!(matches!(failed(Path::new("index"), &error), EngineError::Full(_)), "{error}");
        }
        for error in wrapped(ErrorKind::PermissionDenied) {
            let EngineError::Failed { message, .. } = failed(Path::new("index"), &error) else { panic!("{error}") };
            assert_eq!(message, io::Error::from(ErrorKind::PermissionDenied).to_string());
        }
    }

    #[test]
    fn other_errors_are_in_words() {
        let check = |error: TantivyError, text: &str| {
            let message = failed(Path::new("index"), &error).to_string();
            assert!(message.starts_with("the index in index cannot be used: ") && message.contains(text), "{message}");
        };
        check(OpenReadError::FileDoesNotExist("1.store".into()).into(), ": its file 1.store is missing;");
        check(TantivyError::InternalError("stored article".into()), "stored article");
    }
}
