//! The sheets that an article was printed on, with the words found marked on their pictures.

use crate::address::Address;
use crate::on_disk::is_there;
use findbuch_article::printed::{Place, SCALE};
use findbuch_article::{Article, Printed};
use findbuch_engine::text::highlight::Found;
use findbuch_render::urls::encode_segment;
use std::collections::HashMap;
use std::path::PathBuf;

/// Most sheets that are shown.
const MAX_SHEETS: usize = 12;

/// A sheet.
pub struct SheetView {
    /// From 1.
    pub number: usize,
    /// The picture's address.
    pub picture: String,
    /// The server that has it, if that is not this one; it is asked when the reader wants that.
    pub host: Option<String>,
    /// This page with the picture of that server.
    pub shown: String,
    /// Whether the picture's file is gone.
    pub missing: bool,
    pub width: u32,
    pub height: u32,
    /// The words found.
    pub marks: Vec<MarkView>,
}

/// A word found on a sheet, in parts of its width and height.
pub struct MarkView {
    /// The number of its mark in the text.
    pub number: usize,
    pub text: String,
    pub left: u16,
    pub top: u16,
    pub width: u16,
    pub height: u16,
}

/// What [`SheetView`] counts places in.
pub const UNITS: u16 = SCALE;

/// The sheets of an article that have a picture. `first` has the number of the first mark of each part.
pub fn sheets(
    article: &Article,
    found: Option<&Found>,
    first: &HashMap<usize, usize>,
    address: &Address,
    copy: &str,
    folders: &[PathBuf],
) -> Vec<SheetView> {
    let Some(printed) = &article.printed else { return Vec::new() };
    let mut of_sheet = marks(article, printed, found, first);
    let id = encode_segment(&article.id);
    let sheets = (1..).zip(&printed.sheets).take(MAX_SHEETS).filter_map(|(number, sheet)| {
        let told = sheet.picture.as_ref()?;
        let host = host(told);
        let picture = if host.is_some() { told.clone() } else { format!("/picture/{id}/{number}{copy}") };
        let shown = address.at(&format!("/article/{id}"));
        let shown = format!("{shown}{}picture={number}#sheet-{number}", if shown.contains('?') { '&' } else { '?' });
        let missing = host.is_none() && !is_there(article, number, folders);
        let marks = of_sheet.remove(&(number - 1)).unwrap_or_default();
        Some(SheetView { number, picture, host, shown, missing, width: sheet.width, height: sheet.height, marks })
    });
    sheets.collect()
}

/// The words found, by the sheet that they are on.
fn marks(
    article: &Article,
    printed: &Printed,
    found: Option<&Found>,
    first: &HashMap<usize, usize>,
) -> HashMap<usize, Vec<MarkView>> {
    let mut of_sheet: HashMap<usize, Vec<MarkView>> = HashMap::new();
    let Some(found) = found else { return of_sheet };
    for Place { part, span, area } in printed.places(&article.parts) {
        let marks = found.of_part(part);
        let marked = marks.iter().position(|mark| mark.span.start < span.end && span.start < mark.span.end);
        let (Some(at), Some(first), Some(part)) = (marked, first.get(&part), article.parts.get(part)) else { continue };
        of_sheet.entry(area.sheet).or_default().push(MarkView {
            number: first + at,
            text: part.text.get(span).unwrap_or_default().to_owned(),
            left: area.left,
            top: area.top,
            width: area.width,
            height: area.height,
        });
    }
    of_sheet
}

/// The server of an address on the Web, with its scheme as a policy names it.
pub fn origin(address: &str) -> Option<String> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| address.starts_with(scheme))?;
    let host = address.strip_prefix(scheme)?.split(['/', '?', '#']).next()?;
    let sound = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
    (!host.is_empty() && host.chars().all(sound)).then(|| format!("{scheme}{host}"))
}

fn host(address: &str) -> Option<String> {
    origin(address)?.split_once("//").map(|(_, host)| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_of_the_web_and_nothing_else() {
        for (address, expected) in [
            ("https://digi.example/iiif/3/full/full/0/default.jpg", Some("https://digi.example")),
            ("http://digi.example:8080?x", Some("http://digi.example:8080")),
            ("https://*; script-src *", None),
            ("https://a'b/", None),
            ("https:///x", None),
            ("javascript:alert(1)", None),
            ("bilder/1.jpg", None),
            ("#page=3", None),
        ] {
            assert_eq!(origin(address).as_deref(), expected, "{address}");
        }
    }
}
