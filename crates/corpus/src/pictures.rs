//! Which file is the picture of a page: the one that the text's file names, or one beside it that is called as it is.

use crate::RawDocument;
use crate::printed::PageWords;
use findbuch_article::printed::Sheet;
use std::path::{Component, Path, PathBuf};

/// Extensions of pictures that browsers show.
const SHOWN: &[&str] = &["jpg", "jpeg", "png", "webp", "gif"];

/// Sheets with the pictures that there are, as references from the article's file on.
pub fn found(printed: PageWords, document: &RawDocument<'_>) -> PageWords {
    let alone = printed.sheets.len() == 1;
    let sheets = printed.sheets.into_iter().map(|sheet| {
        let picture = match &sheet.picture {
            Some(told) if is_address(told) => Some(told.clone()),
            // files of a container are not shown, nor is what is compressed drawn
            _ if document.depth > 0 => None,
            Some(told) if told.starts_with('#') => is_pdf(&document.file.path).then(|| told.clone()),
            told => beside(&document.file.path, told.as_deref(), alone),
        };
        Sheet { picture, ..sheet }
    });
    PageWords { sheets: sheets.collect(), words: printed.words }
}

/// Whether it is an address on the Web.
pub fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Whether a file is a PDF as it lies there.
fn is_pdf(file: &Path) -> bool {
    let name = file.to_str().map(|path| path.split_once("#page=").map_or(path, |(file, _)| file));
    name.is_some_and(|name| Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")))
}

/// Whether browsers show a file of this name.
pub fn is_shown(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    SHOWN.iter().any(|shown| shown.eq_ignore_ascii_case(extension))
}

/// The picture of a page in `file`: as it is told, by its name beside the file, or with the file's own name.
fn beside(file: &Path, told: Option<&str>, alone: bool) -> Option<String> {
    let folder = file.parent()?;
    let told = told.map(|told| told.replace('\\', "/"));
    let named = told.as_deref().map(Path::new).and_then(Path::file_name).map(PathBuf::from);
    let own = alone.then(|| file.file_name().map(PathBuf::from)).flatten();
    let whole = told.as_deref().map(PathBuf::from);
    whole.into_iter().chain(named).chain(own).flat_map(as_shown).find_map(|path| reference(folder, &path))
}

/// The picture of the page in `page`, which lies below `folder`, from there on.
pub fn beside_page(page: &Path, told: Option<&str>, folder: &Path) -> Option<String> {
    if let Some(address) = told.filter(|told| is_address(told)) {
        return Some(address.to_owned());
    }
    let below = page.parent()?.strip_prefix(folder).ok()?;
    Some(below.join(beside(page, told, true)?).to_str()?.to_owned())
}

/// A path, if browsers show it, and with the extensions that they show.
fn as_shown(path: PathBuf) -> impl Iterator<Item = PathBuf> {
    let others: Vec<PathBuf> = SHOWN.iter().map(|extension| path.with_extension(extension)).collect();
    Some(path).filter(|path| is_shown(path)).into_iter().chain(others)
}

/// A file below `folder`, reached through no link, as a reference from there.
fn reference(folder: &Path, path: &Path) -> Option<String> {
    inside(folder, path)?;
    path.to_str().map(|path| path.trim_start_matches("./").to_owned())
}

/// A file below `folder`, reached through no link; nothing for what lies elsewhere, is hidden, or is not there.
pub fn inside(folder: &Path, path: &Path) -> Option<PathBuf> {
    let mut whole = folder.to_path_buf();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(part) if part.as_encoded_bytes().first() != Some(&b'.') => {
                whole.push(part);
                if whole.symlink_metadata().ok()?.is_symlink() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    whole.symlink_metadata().is_ok_and(|found| found.is_file()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileRef, Limits};

    #[test]
    fn pages_of_pdf_are_drawn_of_files_that_lie_there() {
        let check = |path: &str, depth: usize, picture: &str| {
            let file = FileRef { path: path.into(), id: "a".into(), size: 0, mtime: 0, changed: 0, settings: None };
            let limits = Limits::on(jiff::civil::date(2026, 11, 24));
            let document = RawDocument { depth, ..RawDocument::new(&file, &limits) };
            let sheet = Sheet { width: 1, height: 1, picture: Some(picture.to_owned()) };
            found(PageWords::on(sheet, Vec::new()), &document).sheets.remove(0).picture
        };
        assert_eq!(check("/a/heft.pdf#page=3", 0, "#page=3").as_deref(), Some("#page=3"));
        assert_eq!(check("/a/heft.PDF", 0, "#page=1").as_deref(), Some("#page=1"));
        assert_eq!((check("/a/heft.pdf.gz", 0, "#page=1"), check("/a/x.zip!/heft.pdf", 1, "#page=1")), (None, None));
        let address = "https://digi.example/1.jpg";
        assert_eq!(check("/a/x.zip!/1.xml", 1, address).as_deref(), Some(address));
    }

    #[test]
    fn the_picture_is_beside_the_text() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path();
        for name in ["1.xml", "1.jpg", "2.tif", "2.PNG", "seite-3.jpeg", "4.tif", "bilder/5.jpg", ".6.jpg"] {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            std::fs::write(path, "x").expect("written");
        }
        let check = |file: &str, told: Option<&str>| beside(&folder.join(file), told, true);
        assert_eq!(check("1.xml", None).as_deref(), Some("1.jpg"));
        assert_eq!(check("1.xml", Some("seite-3.jpeg")).as_deref(), Some("seite-3.jpeg"));
        assert_eq!(check("x.xml", Some("/scans/1893/seite-3.tif")).as_deref(), Some("seite-3.jpeg"));
        assert_eq!(check("x.xml", Some(r"bilder\5.jp2")).as_deref(), Some("bilder/5.jpg"));
        assert_eq!(check("x.xml", Some("./bilder/5.jpg")).as_deref(), Some("bilder/5.jpg"));
        // not a picture that a browser shows, none at all, a hidden one, one outside
        for (file, told) in
            [("4.xml", Some("4.tif")), ("x.xml", None), ("x.xml", Some(".6.jpg")), ("bilder/x.xml", Some("../1.jpg"))]
        {
            assert_eq!(check(file, told), None, "{file} {told:?}");
        }
        // the file's own name is of no use where it has several pages
        assert_eq!(beside(&folder.join("1.xml"), None, false), None);
    }
}
