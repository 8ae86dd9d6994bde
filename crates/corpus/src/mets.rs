//! METS (Library of Congress), as newspapers are digitised with it: which ALTO pages a file names beside it, and which of
//! their blocks its logical structure makes an article. Titles, dates and names are MODS.

use crate::names::inner_path;
use crate::xml::dom::{self, Element, attribute, below, children, named, text_at};
use crate::xml::{declared, element_tree};
use crate::{ReadError, charset, pictures};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Longest METS file, in bytes.
const MAX_BYTES: u64 = 64 << 20;
/// Most pages of an issue, and most pieces of its articles.
const MAX_PAGES: usize = 2000;
const MAX_AREAS: usize = 200_000;
/// Types of divisions that are articles: letters alone, in lower case.
const ARTICLES: &[&str] = &[
    "article",
    "newspaperarticle",
    "newsarticle",
    "artikel",
    "zeitungsartikel",
    "editorial",
    "interview",
    "letter",
    "obituary",
    "review",
];

/// What a METS file says about an issue.
#[derive(Debug, Default)]
pub struct Issue {
    /// The ALTO pages that articles stand on.
    pub pages: Vec<IssuePage>,
    /// Pages of articles that are not there, as the file names them.
    pub missing: Vec<String>,
    /// The articles in the order of the issue.
    pub articles: Vec<Item>,
}

/// A page of an issue.
#[derive(Debug, Default)]
pub struct IssuePage {
    /// Its ALTO file.
    pub path: PathBuf,
    /// Its number, as printed or counted.
    pub number: Option<String>,
    /// Its picture: an address, or a path from the METS file on.
    pub picture: Option<String>,
}

/// An article before its text is read.
#[derive(Debug, Default)]
pub struct Item {
    /// `LABEL`, or the title of its own description.
    pub label: Option<String>,
    /// Authors by its own description.
    pub authors: Vec<String>,
    /// Dates of the issue.
    pub dates: Vec<String>,
    /// The paper.
    pub source: Option<String>,
    /// The label of the section around it.
    pub section: Option<String>,
    /// Its blocks in reading order.
    pub areas: Vec<Area>,
}

/// A block of a page, or several that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Place of the page in [`Issue::pages`].
    pub page: usize,
    /// The block's id.
    pub id: String,
    /// What it is to the article.
    pub role: Role,
}

/// What a division of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Schlagzeile.
    Headline,
    /// Dachzeile.
    Kicker,
    /// Unterzeile.
    Subhead,
    /// Autorzeile.
    Byline,
    /// Zwischentitel.
    Crosshead,
    /// Text of a picture.
    Caption,
    /// None of the article's.
    Outside,
    /// Text.
    Body,
}

/// Whether a file is looked at for articles: its name has `mets` in it.
pub fn is_named(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"))
        && path
            .file_stem()
            .is_some_and(|stem| stem.as_encoded_bytes().windows(4).any(|letters| letters.eq_ignore_ascii_case(b"mets")))
}

/// The pages whose text belongs to the articles of a METS file; none where it has none or cannot be read.
pub fn pages_of(path: &Path) -> Vec<PathBuf> {
    let read = || {
        let mut bytes = Vec::new();
        File::open(path).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        let text = charset::decode(&bytes, declared(&bytes)).ok()?;
        Issue::of(&text, path.parent()?).ok()?
    };
    if !is_named(path) {
        return Vec::new();
    }
    read().map(|issue| issue.pages.into_iter().map(|page| page.path).collect()).unwrap_or_default()
}

/// Whether the logical structure has articles with blocks of their own.
pub fn has_articles(root: Element<'_>) -> bool {
    below(root, "div").any(|div| is_article(div) && below(div, "area").any(|area| area.has_attribute("BEGIN")))
}

impl Issue {
    /// What the METS file `text` in `folder` says; none where it has no article, or none on a page that is there.
    pub fn of(text: &str, folder: &Path) -> Result<Option<Issue>, ReadError> {
        Issue::with(text, folder, &|address| resolve(folder, address))
    }

    /// The same of one in a container; `has` says which pages lie there.
    pub fn among(text: &str, folder: &Path, has: &dyn Fn(&Path) -> bool) -> Result<Option<Issue>, ReadError> {
        let find = |address: &str| {
            let page = folder.join(inner_path(Path::new(&plain(address)))?);
            has(&page).then_some(page)
        };
        Issue::with(text, folder, &find)
    }

    fn with(text: &str, folder: &Path, find: &Find<'_>) -> Result<Option<Issue>, ReadError> {
        if text.len() as u64 > MAX_BYTES {
            return Ok(None);
        }
        element_tree(text, |root| Issue::of_root(root, folder, find))
    }

    fn of_root(root: Element<'_>, folder: &Path, find: &Find<'_>) -> Result<Option<Issue>, ReadError> {
        if !named(root, "mets") {
            return Ok(None);
        }
        let mut reader = Reader {
            shown: shown(root),
            files: files(root),
            descriptions: below(root, "dmdSec").filter_map(|d| Some((attribute(d, "ID")?, d))).collect(),
            folder,
            find,
            pages: HashMap::new(),
            areas: 0,
            issue: Issue::default(),
        };
        for map in children(root, "structMap") {
            if !map.attribute("TYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("physical")) {
                reader.walk(map, &Item::default())?;
            }
        }
        Ok(Some(reader.issue).filter(|issue| !issue.articles.is_empty()))
    }
}

/// Finds the file of an address.
type Find<'a> = dyn Fn(&str) -> Option<PathBuf> + 'a;

struct Reader<'a> {
    /// Ids of files and their addresses.
    files: HashMap<String, String>,
    /// What the physical structure says of the pages, by the ids of the files that show them.
    shown: HashMap<String, Shown>,
    descriptions: HashMap<String, Element<'a>>,
    folder: &'a Path,
    find: &'a Find<'a>,
    /// Places of files among the pages; none for what is no page.
    pages: HashMap<String, Option<usize>>,
    areas: usize,
    issue: Issue,
}

impl<'a> Reader<'a> {
    /// Walks nested divisions, which `guard` bounds in depth; `around` is what the outer ones say.
    fn walk(&mut self, element: Element<'a>, around: &Item) -> Result<(), ReadError> {
        for div in children(element, "div") {
            let mut item = self.described(div, around);
            if !is_article(div) {
                self.walk(div, &item)?;
                continue;
            }
            let title = attribute(div, "DMDID").and_then(|id| self.mods(&id)).and_then(title);
            item.label = attribute(div, "LABEL").filter(|label| !is_generic(label)).or(title);
            for area in below(div, "area") {
                let (Some(file), Some(id)) = (attribute(area, "FILEID"), attribute(area, "BEGIN")) else { continue };
                let Some(page) = self.page(&file)? else { continue };
                self.areas += 1;
                if self.areas > MAX_AREAS {
                    return Err(ReadError::XmlBounds("pieces of articles", MAX_AREAS));
                }
                item.areas.push(Area { page, id, role: role(area, div) });
            }
            if !item.areas.is_empty() {
                self.issue.articles.push(item);
            }
        }
        Ok(())
    }

    /// What a division says about the articles in it.
    fn described(&self, div: Element<'a>, around: &Item) -> Item {
        let mut item = Item {
            dates: around.dates.clone(),
            source: around.source.clone(),
            section: around.section.clone(),
            ..Item::default()
        };
        let kind = letters(div.attribute("TYPE"));
        match kind.as_str() {
            "section" | "newspapersection" | "ressort" => {
                item.section = attribute(div, "LABEL").or(item.section);
            }
            "newspaper" | "zeitung" | "periodical" => {
                let label = attribute(div, "LABEL");
                item.dates.extend(label.iter().filter_map(|label| day_of(label)));
                item.source = item.source.or_else(|| label.map(|label| paper_of(&label)));
            }
            "day" | "issue" | "ausgabe" => item.dates.extend(attribute(div, "ORDERLABEL")),
            _ => {}
        }
        let ids = attribute(div, "DMDID").unwrap_or_default();
        for mods in ids.split(' ').filter_map(|id| self.mods(id)) {
            if is_article(div) {
                item.authors.extend(children(mods, "name").filter_map(|name| text_at(name, &["namePart"])));
                continue;
            }
            let host = children(mods, "relatedItem").find(|item| item.attribute("type") == Some("host"));
            let named = title(mods);
            item.dates.extend(named.iter().filter_map(|title| day_of(title)));
            let host = host.and_then(title).map(|title| paper_of(&title));
            item.source = host.or_else(|| item.source.take()).or_else(|| named.map(|title| paper_of(&title)));
            let issued = below(mods, "dateIssued").filter_map(dom::text);
            item.dates.splice(0..0, issued);
            item.dates.truncate(20);
        }
        item
    }

    fn mods(&self, id: &str) -> Option<Element<'a>> {
        below(*self.descriptions.get(id)?, "mods").next()
    }

    /// The place of a file among the pages, if it is one that is there.
    fn page(&mut self, file: &str) -> Result<Option<usize>, ReadError> {
        if let Some(known) = self.pages.get(file) {
            return Ok(*known);
        }
        let path = self.files.get(file).and_then(|address| (self.find)(address));
        let address = self.files.get(file).filter(|address| path.is_none() && !pictures::is_address(address));
        self.issue.missing.extend(address.cloned());
        let shown = self.shown.get(file);
        let (number, picture) =
            (shown.and_then(|shown| shown.number.clone()), shown.and_then(|shown| self.picture(shown)));
        let pages = &mut self.issue.pages;
        let place = path.map(|path| {
            pages.push(IssuePage { path, number, picture });
            pages.len() - 1
        });
        self.pages.insert(file.to_owned(), place);
        if pages.len() > MAX_PAGES {
            return Err(ReadError::XmlBounds("pages", MAX_PAGES));
        }
        Ok(place)
    }
}

/// Words in the ids of small pictures, which stand beside large ones.
const SMALL: &[&str] = &["thumb", "min", "teaser", "preview"];

impl Reader<'_> {
    /// The picture of a page: a file that is there, before an address, and a large one before a small one.
    fn picture(&self, shown: &Shown) -> Option<String> {
        let told = shown.files.iter().filter_map(|id| Some((id.to_lowercase(), self.files.get(id)?)));
        let pictures = told.filter_map(|(id, address)| {
            let is_small = SMALL.iter().any(|small| id.contains(small));
            if pictures::is_address(address) {
                return pictures::is_shown(Path::new(address)).then(|| (true, is_small, address.clone()));
            }
            let path = (self.find)(address).filter(|path| pictures::is_shown(path))?;
            Some((false, is_small, path.strip_prefix(self.folder).ok()?.to_str()?.to_owned()))
        });
        pictures.min().map(|(_, _, picture)| picture)
    }
}

/// Addresses of the files, by id.
fn files(root: Element<'_>) -> HashMap<String, String> {
    let address = |file| {
        let place = children(file, "FLocat").next()?;
        place.attributes().find(|a| a.name() == "href").map(|a| a.value().trim().to_owned())
    };
    let sections = children(root, "fileSec").flat_map(|section| below(section, "file"));
    sections.filter_map(|file| Some((attribute(file, "ID")?, address(file)?))).collect()
}

/// What the physical structure says of a page.
#[derive(Debug, Clone, Default)]
struct Shown {
    number: Option<String>,
    /// The files that show it, by id.
    files: Rc<[String]>,
}

/// The pages by the files that show them.
fn shown(root: Element<'_>) -> HashMap<String, Shown> {
    let mut all = HashMap::new();
    let physical = |map: &Element<'_>| map.attribute("TYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("physical"));
    for div in children(root, "structMap").filter(physical).flat_map(|map| below(map, "div")) {
        let number = attribute(div, "ORDERLABEL").or_else(|| attribute(div, "ORDER"));
        let pointers = children(div, "fptr").flat_map(|pointer| pointer.descendants());
        let files: Rc<[String]> = pointers.filter_map(|inner| attribute(inner, "FILEID")).collect();
        for file in files.iter() {
            all.insert(file.clone(), Shown { number: number.clone(), files: Rc::clone(&files) });
        }
    }
    all
}

/// An address as a path.
fn plain(address: &str) -> String {
    let address = address.strip_prefix("file://").or_else(|| address.strip_prefix("file:")).unwrap_or(address);
    address.replace("%20", " ").replace('\\', "/")
}

/// A file below `folder`, reached through no link; nothing for what lies elsewhere or is not there.
fn resolve(folder: &Path, address: &str) -> Option<PathBuf> {
    pictures::inside(folder, Path::new(&plain(address)))
}

/// The paper in the label of an issue: `Norderfehner Bote` of `Norderfehner Bote, Nr. 214, 14.09.1893`.
fn paper_of(label: &str) -> String {
    let is_number = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        bare.starts_with(|c: char| c.is_ascii_digit())
            || ["no", "nr", "n", "num", "vol", "jg", "bd", "ausgabe", "vom"].contains(&bare.as_str())
    };
    let words: Vec<&str> = label.split_whitespace().collect();
    let name = words.iter().position(|word| is_number(word)).filter(|at| *at > 0).unwrap_or(words.len());
    words.get(..name).unwrap_or_default().join(" ").trim_end_matches([',', ';', '-', '–', '(', ' ']).to_owned()
}

/// The day in the label of an issue, as it stands there.
fn day_of(label: &str) -> Option<String> {
    let far = jiff::civil::date(9000, 1, 1);
    crate::dates::parse(label, far).map(|date| date.day.to_string())
}

fn title(mods: Element<'_>) -> Option<String> {
    text_at(mods, &["titleInfo", "title"])
}

fn letters(kind: Option<&str>) -> String {
    kind.unwrap_or_default().chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

fn is_article(div: Element<'_>) -> bool {
    ARTICLES.contains(&letters(div.attribute("TYPE")).as_str())
}

/// `Artikel 3`, `Untitled`: a label that no reader sees.
fn is_generic(label: &str) -> bool {
    [
        "",
        "article",
        "artikel",
        "untitled",
        "ohnetitel",
        "unbetitelt",
        "notitle",
        "untitledarticle",
        "unbetitelterartikel",
    ]
    .contains(&letters(Some(label)).as_str())
}

/// The role of an area by the divisions between it and its article.
fn role(area: Element<'_>, article: Element<'_>) -> Role {
    let within = area.ancestors().take_while(|outer| *outer != article).filter(|outer| named(*outer, "div"));
    let mut found = None;
    for div in within {
        let role = match letters(div.attribute("TYPE")).as_str() {
            "caption" | "illustration" | "picture" | "image" | "photograph" | "photo" | "figure" | "map"
            | "graphic" => {
                return Role::Caption;
            }
            "advertisement" | "advert" | "pagenumber" | "runningtitle" | "header" | "footer" => return Role::Outside,
            "headline" | "heading" | "title" | "maintitle" => Role::Headline,
            "kicker" | "overline" | "roofline" => Role::Kicker,
            "subtitle" | "subheadline" | "subheading" => Role::Subhead,
            "author" | "byline" => Role::Byline,
            "crosshead" | "crossheading" | "intertitle" => Role::Crosshead,
            _ => continue,
        };
        found = found.or(Some(role));
    }
    found.unwrap_or(Role::Body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_issues_are_no_papers() {
        for (label, paper, day) in [
            ("Norderfehner Bote no. 3320 02.04.1893", "Norderfehner Bote", Some("1893-04-02")),
            ("Die Warte, 14. September 1897", "Die Warte", Some("1897-09-14")),
            ("Die Warte", "Die Warte", None),
            ("1893 Bote", "1893 Bote", None),
        ] {
            assert_eq!((paper_of(label).as_str(), day_of(label).as_deref()), (paper, day), "{label}");
        }
        assert!(is_generic("Untitled Article") && !is_generic("Der Artikel"));
    }

    #[cfg(unix)]
    #[test]
    fn files_stay_in_their_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("alto")).expect("created");
        std::fs::write(folder.path().join("alto/1 a.xml"), "<alto/>").expect("written");
        std::os::unix::fs::symlink("1 a.xml", folder.path().join("alto/2.xml")).expect("linked");
        for (address, inside) in [
            ("alto/1 a.xml", true),
            ("./alto/1%20a.xml", true),
            ("file://./alto/1 a.xml", true),
            ("alto\\1 a.xml", true),
            ("alto/2.xml", false),
            ("alto/3.xml", false),
            ("alto", false),
            ("../alto/1 a.xml", false),
            ("/etc/passwd", false),
            ("file:///etc/passwd", false),
            ("https://bote.example/alto/1.xml", false),
            ("", false),
        ] {
            assert_eq!(resolve(folder.path(), address).is_some(), inside, "{address}");
        }
    }

    #[test]
    fn names_of_files_and_labels() {
        for (name, is) in [("mets.xml", true), ("1995_METS.XML", true), ("a.xml", false), ("mets.txt", false)] {
            assert_eq!(is_named(Path::new(name)), is, "{name}");
        }
        assert!(is_generic("Artikel 12") && !is_generic("Artikel über den Kai"));
    }

    #[test]
    fn divisions_give_roles() {
        let xml = "<div TYPE='ARTICLE'><div TYPE='HEADING'><div TYPE='OVERLINE'><area/></div><div TYPE='TITLE'><area/></div><area/></div>\
                   <div TYPE='BODY'><div TYPE='PARAGRAPH'><fptr><seq><area/></seq></fptr></div>\
                   <div TYPE='ILLUSTRATION'><div TYPE='TITLE'><area/></div></div></div></div>";
        let document = roxmltree::Document::parse(xml).expect("XML");
        let article = document.root_element();
        let roles: Vec<Role> = below(article, "area").map(|area| role(area, article)).collect();
        assert_eq!(roles, [Role::Kicker, Role::Headline, Role::Headline, Role::Body, Role::Caption]);
    }
}
