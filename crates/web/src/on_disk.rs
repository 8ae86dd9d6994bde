//! The files that articles were read from and the pictures of their pages: those of indexed folders, and no others.

use findbuch_article::Article;
use findbuch_files::{decode_path, encode_path, outer_file};
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Most bytes of a picture's file.
const MAX_BYTES: u64 = 64 << 20;

/// The file of an article's path, if it lies in one of the folders and no link leads out of them.
pub fn inside(path: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let outer = outer_file(path).unwrap_or(path);
    let path = [path, outer].into_iter().map(decode_path).find(|path| path.is_file())?;
    let whole = path.canonicalize().ok()?;
    let mut folders = folders.iter().filter_map(|folder| folder.canonicalize().ok());
    // indexing follows no links, so a path that changes when links are followed is not the one that was indexed
    (whole == path && folders.any(|folder| whole.starts_with(folder))).then_some(whole)
}

/// Whether the picture of a sheet is there: its file, or the PDF that it is a page of.
pub fn is_there(article: &Article, sheet: usize, folders: &[PathBuf]) -> bool {
    match source(article, sheet, folders) {
        Some(Source::File(file)) => {
            let mut begin = Vec::new();
            let read = File::open(file).and_then(|file| file.take(16).read_to_end(&mut begin));
            read.is_ok() && kind(&begin).is_some()
        }
        page => page.is_some(),
    }
}

/// Where a picture comes from.
#[derive(Debug, PartialEq, Eq)]
pub enum Source {
    /// A page of a PDF, by its number from 1.
    Page(PathBuf, usize),
    /// A file.
    File(PathBuf),
}

impl Source {
    /// The entity tag of the file that it is, or is a page of.
    pub fn tag(&self) -> Option<String> {
        let (Source::Page(file, _) | Source::File(file)) = self;
        tag(&file.metadata().ok()?)
    }
}

/// The entity tag of a file (RFC 9110, 8.8.3): a weak one, by its length and when it was changed; none where the system does not say.
pub fn tag(about: &Metadata) -> Option<String> {
    let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("W/\"{:x}-{:x}\"", about.len(), changed.as_nanos()))
}

/// Where the picture of the sheet of this number, from 1, comes from.
pub fn source(article: &Article, sheet: usize, folders: &[PathBuf]) -> Option<Source> {
    let sheet = article.printed.as_ref()?.sheets.get(sheet.checked_sub(1)?)?;
    let picture = sheet.picture.as_deref()?;
    let own = inside(&article.path, folders)?;
    if let Some(number) = picture.strip_prefix("#page=") {
        return Some(Source::Page(own, number.parse().ok()?));
    }
    // what an index says is held against the folders again: it may be from elsewhere
    inside(&encode_path(&own.parent()?.join(picture)), folders).map(Source::File)
}

/// The bytes of a picture, and their media type, by what they begin with.
pub fn picture(file: &Path) -> Option<(&'static str, Vec<u8>)> {
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(MAX_BYTES + 1).read_to_end(&mut bytes).ok()?;
    let kind = kind(&bytes)?;
    (bytes.len() as u64 <= MAX_BYTES).then_some((kind, bytes))
}

fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::Printed;
    use findbuch_article::printed::Sheet;

    #[test]
    fn pictures_are_of_the_folders_alone() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().canonicalize().expect("a path");
        let folder = root.join("archiv");
        std::fs::create_dir_all(folder.join("bilder")).expect("created");
        for name in ["archiv/1.xml", "archiv/bilder/1.jpg", "archiv/a.pdf", "geheim.jpg"] {
            std::fs::write(root.join(name), "x").expect("written");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("geheim.jpg"), folder.join("link.jpg")).expect("a link");
        let check = |path: &str, picture: Option<&str>| {
            let sheet = Sheet { width: 1, height: 1, picture: picture.map(str::to_owned) };
            let printed = Some(Printed::new(vec![sheet], []));
            let article = Article { path: encode_path(&root.join(path)), printed, ..Article::default() };
            source(&article, 1, std::slice::from_ref(&folder))
        };
        assert_eq!(check("archiv/1.xml", Some("bilder/1.jpg")), Some(Source::File(folder.join("bilder/1.jpg"))));
        assert_eq!(check("archiv/a.pdf#page=3", Some("#page=3")), Some(Source::Page(folder.join("a.pdf"), 3)));
        for (path, picture) in [
            ("archiv/1.xml", None),
            ("archiv/1.xml", Some("../geheim.jpg")),
            ("archiv/1.xml", Some("bilder/../../geheim.jpg")),
            ("archiv/1.xml", Some("link.jpg")),
            ("archiv/1.xml", Some("fehlt.jpg")),
            ("archiv/1.xml", Some("https://bote.example/1.jpg")),
            ("archiv/1.xml", Some("bilder")),
            ("archiv/a.pdf", Some("#page=drei")),
            ("geheim.jpg", Some("geheim.jpg")),
        ] {
            assert_eq!(check(path, picture), None, "{path} {picture:?}");
        }
        let (article, folders) = (Article { path: encode_path(&folder.join("1.xml")), ..Article::default() }, [folder]);
        assert_eq!((source(&article, 1, &folders), source(&article, 0, &folders)), (None, None));
    }

    #[test]
    fn what_is_no_picture_is_not_sent_as_one() {
        assert_eq!(kind(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg'>"[..], b"<html>", b"", b"RIFF"] {
            assert_eq!(kind(bytes), None);
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_path_leads_out_of_the_folders() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().canonicalize().expect("a path");
        let (folder, secret) = (root.join("archiv"), root.join("geheim.txt"));
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(&secret, "x").expect("a file");
        std::fs::write(folder.join("a.txt"), "x").expect("a file");
        std::fs::write(folder.join("b.zip"), "x").expect("a file");
        std::os::unix::fs::symlink(&secret, folder.join("link.txt")).expect("a link");
        let folders = [folder.clone()];
        let find = |path: PathBuf| inside(&findbuch_files::encode_path(&path), &folders).is_some();
        assert!(find(folder.join("a.txt")));
        assert!(find(folder.join("b.zip!/2023/x.html")));
        assert!(find(folder.join("b.zip!/../../../etc/passwd")), "only the container is sent");
        assert!(find(folder.join("b.zip!/x.pdf#page=3")) && find(folder.join("a.txt#page=3")));
        assert!(!find(secret.clone()));
        assert!(!find(folder.join("link.txt")));
        assert!(!find(folder.join("../geheim.txt")));
        assert!(!find(folder.join("fehlt.txt")));
        assert!(!find(folder.clone()));
    }
}
