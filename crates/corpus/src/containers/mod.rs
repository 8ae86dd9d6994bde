//! Files that hold files: zip, tar and web archives. Their members are read in place, nothing is unpacked to disk.
//!
//! A member is called `archiv.zip!/2023/09/a.html`. Members of formats that are not read are passed over, like files of a
//! folder; one that cannot be read is a [`Problem`] of its own, and the rest goes on.

pub mod tar;
pub mod warc;
pub mod zip;

use super::{Emit, FileRef, Format, Limits, Problem, RawDocument, ReadError, compression};
use std::io::{BufRead, Read};
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

/// Containers within containers that are opened.
const MAX_DEPTH: usize = 3;
/// Between the name of a container and that of its member.
pub const SEPARATOR: &str = "!/";

/// Reads a member of `document` that is called `name`. `Break` when no more articles are wanted.
fn member(document: &RawDocument<'_>, name: &Path, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let Some(below) = inner_path(name) else { return ControlFlow::Continue(()) };
    let Some(format) = Format::of(Path::new(&below)).filter(|_| !super::walk::is_about_the_folder(Path::new(&below)))
    else {
        return ControlFlow::Continue(());
    };
    let container = document.file;
    let file = FileRef {
        path: PathBuf::from(format!("{}{SEPARATOR}{below}", container.display())),
        id: format!("{}{SEPARATOR}{below}", container.id),
        size: container.size,
        mtime: container.mtime,
        settings: container.settings.clone(),
    };
    let mut broken = ControlFlow::Continue(());
    let mut watched = |article| {
        broken = emit(article);
        broken
    };
    let own = document.own_allowance();
    let left = document.left.unwrap_or(&own);
    let limits = document.limits;
    let inner =
        RawDocument { file: &file, depth: document.depth + 1, left: Some(left), ..RawDocument::new(&file, limits) };
    let read = || {
        if format.is_container() && inner.depth >= MAX_DEPTH {
            return Err(ReadError::TooDeep { limit: MAX_DEPTH });
        }
        let mut input = compression::open(&file.path, input, left)?;
        format.read(&inner, &mut *input, &mut watched)
    };
    if let Err(reason) = read() {
        broken = emit(Err(Problem { path: file.display(), line: None, reason }));
    }
    broken
}

/// The name of a member without what could lead out of the container; nothing for what is no name.
fn inner_path(name: &Path) -> Option<String> {
    let parts: Vec<_> = name
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_string_lossy()),
            _ => None,
        })
        .collect();
    let hidden = parts.iter().any(|part| part.starts_with('.')) || parts.first().is_some_and(|part| part == "__MACOSX");
    (!parts.is_empty() && !hidden).then(|| parts.join("/"))
}

/// Bytes of a member, at most as many as an article may have.
fn bytes(input: &mut dyn BufRead, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    input.take(limits.max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.max_bytes {
        return Err(ReadError::TooLarge { limit: limits.max_bytes });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stay_in_their_container() {
        for (name, expected) in [
            ("2023/09/a.html", Some("2023/09/a.html")),
            ("../../etc/passwd.txt", Some("etc/passwd.txt")),
            ("/etc/passwd.txt", Some("etc/passwd.txt")),
            ("./a.txt", Some("a.txt")),
            (".git/a.txt", None),
            ("__MACOSX/a.txt", None),
            ("..", None),
            ("", None),
        ] {
            assert_eq!(inner_path(Path::new(name)).as_deref(), expected, "{name}");
        }
    }
}
