//! The formats that are read: their names and extensions.

use crate::compression;
use std::ffi::OsStr;
use std::path::Path;

/// Why this build reads no web pages.
pub const WITHOUT_HTML: &str = "not read: this findbuch was built without the feature html";

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text as people copy it from a page.
    Text,
    /// Markdown with YAML front matter.
    Markdown,
    /// A saved web page.
    Html,
    /// One JSON object, or an array of them.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// A table with a header, an article a row.
    Csv,
    /// Agency messages, IPTC 7901 or ANPA 1312.
    Wire,
    /// An e-mail.
    Mail,
    /// A web page with its pictures, as browsers save it.
    Mhtml,
    /// A document of Office Open XML.
    Docx,
    /// A document of OpenDocument.
    Odt,
    /// A presentation of Office Open XML.
    Pptx,
    /// Pages as they are printed.
    Pdf,
    /// Rich text.
    Rtf,
    /// A document of Word before 2007.
    Doc,
    /// A mail of Outlook.
    Msg,
    /// A mailbox.
    Mbox,
    /// A book.
    Epub,
    /// Tables of a spreadsheet.
    Sheet,
    /// Scanned pages as HTML.
    Hocr,
    /// XML; the root element decides which kind.
    Xml,
    /// A zip archive of files.
    Zip,
    /// A 7z archive of files.
    SevenZip,
    /// A tape archive of files.
    Tar,
    /// A web archive.
    Warc,
    /// A web archive of before 2009.
    Arc,
    /// A packed collection of web archives.
    Wacz,
}

/// What a reader is shown of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct About {
    /// What a reader calls it.
    pub name: &'static str,
    /// Extensions, without the dot; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// How many articles a file holds.
    pub articles: &'static str,
    /// Why it is not read, where this build does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<&'static str>,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 27] = [
        Format::Text,
        Format::Markdown,
        Format::Html,
        Format::Json,
        Format::JsonLines,
        Format::Csv,
        Format::Xml,
        Format::Wire,
        Format::Mail,
        Format::Mhtml,
        Format::Docx,
        Format::Odt,
        Format::Pptx,
        Format::Pdf,
        Format::Rtf,
        Format::Doc,
        Format::Msg,
        Format::Mbox,
        Format::Epub,
        Format::Sheet,
        Format::Hocr,
        Format::Zip,
        Format::SevenZip,
        Format::Tar,
        Format::Warc,
        Format::Arc,
        Format::Wacz,
    ];

    /// What a reader is shown of it.
    #[must_use]
    pub fn about(self) -> About {
        let unread = (!self.is_read()).then_some(WITHOUT_HTML);
        let about = |name, extensions, articles| About { name, extensions, articles, unread };
        match self {
            Format::Text => about("plain text as copied from a page", &["txt", "text"], "one"),
            Format::Markdown => about("Markdown with YAML front matter", &["md", "markdown"], "one"),
            Format::Html => about("saved web page", &["html", "htm", "xhtml"], "one"),
            Format::Json => about("JSON", &["json"], "one object, an array of them, or an object that wraps an array"),
            Format::JsonLines => about("JSON Lines", &["jsonl", "ndjson"], "one a line"),
            Format::Xml => about(
                "XML: NewsML-G2, NewsML 1, NITF, RSS, Atom, METS/ALTO, PAGE, TEI",
                &["xml", "newsml", "nitf", "rss", "atom", "tei", "alto"],
                "one, or one an item",
            ),
            Format::Csv => about("table with a header", &["csv", "tsv"], "one a row"),
            Format::Wire => about(
                "agency messages, IPTC 7901 or ANPA 1312",
                &["ipt", "iptc", "anpa", "wire", "7901"],
                "one a message",
            ),
            Format::Mail => about("e-mail", &["eml"], "one"),
            Format::Mhtml => about("web page with its pictures", &["mhtml", "mht"], "one"),
            Format::Docx => about("Word document", &["docx"], "one"),
            Format::Odt => about("OpenDocument text", &["odt"], "one"),
            Format::Pptx => about("presentation", &["pptx", "ppsx"], "one"),
            Format::Pdf => about("PDF", &["pdf"], "one, one a page, or one an article of an issue"),
            Format::Rtf => about("rich text", &["rtf"], "one"),
            Format::Doc => about("Word document, 6 to 2003", &["doc"], "one"),
            Format::Msg => about("mail of Outlook", &["msg"], "one"),
            Format::Mbox => about("mailbox", &["mbox", "mbx"], "one a mail"),
            Format::Epub => about("EPUB book", &["epub"], "one a chapter"),
            Format::Sheet => about("spreadsheet with a header", &["xlsx", "xls", "ods"], "one a row"),
            Format::Hocr => about("hOCR", &["hocr"], "one a page with text"),
            Format::Zip => about("zip archive", &["zip"], "those of its members"),
            Format::SevenZip => about("7z archive", &["7z"], "those of its members"),
            Format::Tar => about("tape archive", &["tar", "tgz", "tbz2", "tbz", "txz", "tzst"], "those of its members"),
            Format::Warc => about("web archive", &["warc"], "one a captured page"),
            Format::Arc => about("web archive, before WARC", &["arc"], "one a captured page"),
            Format::Wacz => about("packed web archives", &["wacz"], "one a captured page"),
        }
    }

    /// The format of a file name, by its extension; the extension of a compression is ignored.
    #[must_use]
    pub fn of(path: &Path) -> Option<Format> {
        let extension = |path: &Path| path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
        if is_in_maildir(path) {
            return Some(Format::Mail);
        }
        let mut last = extension(path)?;
        if compression::EXTENSIONS.contains(&last.as_str()) {
            last = extension(Path::new(path.file_stem()?))?;
        }
        Format::ALL.into_iter().find(|format| format.about().extensions.contains(&last.as_str()))
    }

    /// Whether this build reads it: web pages need the feature `html`.
    #[must_use]
    pub fn is_read(self) -> bool {
        cfg!(feature = "html")
            || !matches!(self, Format::Html | Format::Mhtml | Format::Warc | Format::Arc | Format::Wacz)
    }

    /// Whether it holds files of other formats.
    pub(crate) fn is_container(self) -> bool {
        matches!(self, Format::Zip | Format::SevenZip | Format::Tar | Format::Warc | Format::Arc | Format::Wacz)
    }
}

/// Whether a file is a mail of a Maildir: in a folder `cur` or `new`, its name begun by a time and parted by dots, flags behind a colon.
fn is_in_maildir(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or("");
    let unique = name.split([':', ';', '!']).next().unwrap_or("");
    let mut fields = unique.split('.');
    let time = fields.next().unwrap_or("");
    folder.is_some_and(|folder| folder == "cur" || folder == "new")
        && time.len() >= 8
        && time.bytes().all(|b| b.is_ascii_digit())
        && fields.count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_extension() {
        for (name, format) in [
            ("a.txt", Some(Format::Text)),
            ("A.HTML", Some(Format::Html)),
            ("a.jsonl.gz", Some(Format::JsonLines)),
            ("a.tar.zst", Some(Format::Tar)),
            ("a.tgz", Some(Format::Tar)),
            ("a.txt.zip", Some(Format::Zip)),
            ("a.7z", Some(Format::SevenZip)),
            ("a.pdf", Some(Format::Pdf)),
            ("a.png", None),
            ("Maildir/cur/1700000000.M1P1.host:2,S", Some(Format::Mail)),
            ("Maildir/new/1700000000.M1P1.host", Some(Format::Mail)),
            ("cur/1700000000.txt", Some(Format::Text)),
            ("a.gz", None),
            ("a", None),
            ("txt", None),
            ("", None),
        ] {
            assert_eq!(Format::of(Path::new(name)), format, "{name}");
        }
    }

    #[test]
    fn no_extension_stands_for_two_formats() {
        let mut extensions: Vec<&str> =
            Format::ALL.iter().flat_map(|format| format.about().extensions).copied().collect();
        extensions.extend(compression::EXTENSIONS);
        let count = extensions.len();
        extensions.sort_unstable();
        extensions.dedup();
        assert_eq!(extensions.len(), count);
    }

    #[test]
    fn what_a_build_does_not_read_says_so() {
        for format in Format::ALL {
            assert_eq!(format.about().unread.is_some(), !format.is_read(), "{format:?}");
        }
        assert_eq!(Format::Warc.is_read(), cfg!(feature = "html"));
        assert!(Format::Mail.is_read());
    }
}
