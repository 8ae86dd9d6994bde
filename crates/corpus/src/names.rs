//! What the names of files say: ids, which files describe their folder, names of members of containers.

use crate::settings;
use findbuch_files::encode_path;
use std::ffi::OsStr;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

/// What a file is called in an article's id: its path below the indexed folder, with `/` whatever the system has.
pub fn id(below: &Path) -> String {
    let text = encode_path(below);
    if MAIN_SEPARATOR == '/' { text } else { text.replace(MAIN_SEPARATOR, "/") }
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
pub fn inner_path(name: &Path) -> Option<PathBuf> {
    let parts: Vec<&OsStr> = name
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part),
            _ => None,
        })
        .collect();
    let hidden = parts.iter().any(|part| part.as_encoded_bytes().starts_with(b"."))
        || parts.first().is_some_and(|part| *part == "__MACOSX");
    (!parts.is_empty() && !hidden).then(|| parts.iter().collect())
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
            assert_eq!(inner_path(Path::new(name)).as_deref(), expected.map(Path::new), "{name}");
        }
    }

    #[test]
    fn files_about_their_folder_are_known_by_name() {
        for (name, about) in [
            ("README.md", true),
            ("a/licence", true),
            ("findbuch.toml", true),
            ("Readme zum Markt.txt", false),
            ("markt.txt", false),
            ("", false),
        ] {
            assert_eq!(is_about_the_folder(Path::new(name)), about, "{name}");
        }
    }
}
