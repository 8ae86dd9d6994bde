//! What the names of files say: paths as text, which files describe their folder, names of members of containers.

use crate::settings;
use std::path::{Component, Path};

/// A path as text: bytes that are no UTF-8 are written `\xFC`, so that two such names stay apart.
#[must_use]
pub fn shown(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        shown.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    shown
}

/// README, LICENSE and the like, and the settings.
pub fn is_about_the_folder(path: &Path) -> bool {
    if path.file_name().is_some_and(|name| name == settings::FILE) {
        return true;
    }
    let Some(stem) = path.file_stem().and_then(|s| s.to_str()) else { return false };
    ["readme", "license", "licence", "changelog", "robots"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}

/// The name of a member without what could lead out of the container; nothing for what is no name.
pub fn inner_path(name: &Path) -> Option<String> {
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
