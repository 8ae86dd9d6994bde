//! What the documents of word processors have in common: a ZIP archive of XML, unpacked in memory within bounds, and
//! paragraphs whose styles name their parts.

use super::text;
use crate::draft::Draft;
use crate::structure::{self, Block};
use crate::{RawDocument, ReadError, charset, compression};
use findbuch_article::PartKind;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::cell::Cell;
use std::io::{BufRead, Cursor, ErrorKind, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Most entries of an archive.
const MAX_ENTRIES: usize = 10_000;
/// Most that an archive may unpack to, in multiples of its own size; small ones may unpack to a megabyte.
const MAX_RATIO: u64 = 200;
const SMALL: u64 = 1 << 20;
/// How a compound file begins.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
/// Deepest nesting of elements.
const MAX_DEPTH: usize = 500;
/// Blocks at the start of a text among which its byline and date line stand.
const HEAD_BLOCKS: usize = 5;

/// Whether a file is a compound file with a document that is encrypted.
pub fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(COMPOUND) && bytes.windows(name.len()).any(|window| window == name)
}

/// An archive in memory.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// Bytes that may still be unpacked.
    left: u64,
    document: &'a RawDocument<'a>,
}

impl Archive<'_> {
    /// Opens the archive that `input` holds.
    pub fn open<'a>(document: &'a RawDocument<'a>, input: &mut dyn BufRead) -> Result<Archive<'a>, ReadError> {
        let limits = document.limits;
        let bytes = charset::read_bytes(input, limits)?;
        if bytes.starts_with(COMPOUND) {
            let other = || {
                ReadError::Office(
                    "it is of Office 2003 or older; name a document of Word .doc, a table of Excel .xls".into(),
                )
            };
            return Err(if is_encrypted(&bytes) { ReadError::Password } else { other() });
        }
        let entries = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
        if entries > MAX_ENTRIES {
            return Err(ReadError::Office(format!("it has {entries} entries")));
        }
        let left = limits.max_bytes.min(SMALL.max(MAX_RATIO * bytes.len() as u64));
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            let cut_off = entries == 0 && matches!(error, ZipError::InvalidArchive(_));
            ReadError::Office(if cut_off { "it is cut off".into() } else { error.to_string() })
        })?;
        Ok(Archive { zip, left, document })
    }

    /// The text of an entry, if there is one of that name.
    pub fn entry(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let entry = match self.zip.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(ReadError::Office(error.to_string())),
        };
        let mut bytes = Vec::new();
        // read by itself, the archive's own bound is enough
        let unbounded = Cell::new(u64::MAX);
        let left = self.document.left.unwrap_or(&unbounded);
        let read = compression::bounded(entry.take(self.left + 1), left).read_to_end(&mut bytes).map_err(|error| {
            if error.kind() == ErrorKind::FileTooLarge { error.into() } else { ReadError::Office(error.to_string()) }
        })?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(ReadError::TooLarge { limit: self.document.limits.max_bytes }),
        }
        charset::decode(&bytes, None).map(Some)
    }
}

/// A start, an end or a text of XML; names are without their prefix.
pub enum Node<'a> {
    /// A start tag.
    Open(&'a str, &'a BytesStart<'a>),
    /// An end tag.
    Close(&'a str),
    /// Text between, references resolved.
    Text(&'a str),
}

/// Hands every node of an XML text to `take`; entities that the document declares are not expanded.
pub fn nodes(xml: &str, take: &mut dyn FnMut(Node<'_>)) -> Result<(), ReadError> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| ReadError::Office(error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(ReadError::Office("its elements are nested too deep".into()));
                }
                take(Node::Open(start.local_name().as_ref(), &start));
            }
            Event::Empty(start) => {
                take(Node::Open(start.local_name().as_ref(), &start));
                take(Node::Close(start.local_name().as_ref()));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(end.local_name().as_ref()));
            }
            Event::Text(text) => take(Node::Text(&text.xml10_content())),
            Event::CData(text) => take(Node::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let char = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named =
                    || quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned);
                take(Node::Text(&char.or_else(named).unwrap_or_default()));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute, its name without the prefix.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// What the style of a paragraph makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// The document's title.
    Title,
    /// A heading.
    Heading,
    /// A part by its own name.
    Part(PartKind),
    /// Running text.
    #[default]
    Plain,
}

impl Style {
    /// The style of a name, as word processors and newsrooms call it in German or English.
    pub fn named(name: &str) -> Style {
        let name = name.replace("_20_", " ").to_lowercase();
        match name.as_str() {
            "title" | "titel" | "headline" | "schlagzeile" => Style::Title,
            "subtitle" | "untertitel" | "unterzeile" => Style::Part(PartKind::Subhead),
            "kicker" | "dachzeile" | "spitzmarke" => Style::Part(PartKind::Kicker),
            "lead" | "teaser" | "vorspann" => Style::Part(PartKind::Lead),
            "caption" | "beschriftung" | "bildunterschrift" | "illustration" | "figure" | "abbildung" => {
                Style::Part(PartKind::Caption)
            }
            "quote" | "quotations" | "zitat" | "intense quote" | "intensivequote" | "intensives zitat" => {
                Style::Part(PartKind::PullQuote)
            }
            "zwischentitel" | "crosshead" => Style::Heading,
            _ if ["heading", "überschrift", "berschrift"].iter().any(|start| name.starts_with(start)) => {
                Style::Heading
            }
            _ => Style::Plain,
        }
    }
}

/// A paragraph as it stands in the document; a line break in it is `\n`.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// What its style makes it.
    pub style: Style,
    /// Its text.
    pub text: String,
}

/// What a document says of itself.
#[derive(Debug, Default)]
pub struct Properties {
    /// Title.
    pub title: Option<String>,
    /// Who made it first.
    pub creator: Option<String>,
    /// When.
    pub created: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Language.
    pub language: Option<String>,
}

/// The core properties of a document (`docProps/core.xml`, ECMA-376 part 2).
pub fn core_properties(xml: &str) -> Result<Properties, ReadError> {
    let mut properties = Properties::default();
    let mut text = String::new();
    nodes(xml, &mut |node| match node {
        Node::Open(..) => text.clear(),
        Node::Text(part) => text.push_str(part),
        Node::Close(name) => {
            let value = Some(text.trim().to_owned()).filter(|value| !value.is_empty());
            match name {
                "title" => properties.title = value,
                "creator" => properties.creator = value,
                "created" => properties.created = value,
                "language" => properties.language = value,
                "keywords" => {
                    properties.keywords = value.iter().flat_map(|v| v.split([',', ';'])).map(str::to_owned).collect();
                }
                _ => {}
            }
            text.clear();
        }
    })?;
    Ok(properties)
}

/// The draft of a document. What its text says of headline, author and date comes before its properties, which a
/// template or a copy may have brought along.
pub fn draft(paragraphs: Vec<Paragraph>, properties: Properties) -> Draft {
    let mut draft = Draft { language: properties.language, tags: properties.keywords, ..Draft::default() };
    let titled = paragraphs.iter().any(|paragraph| paragraph.style == Style::Title);
    for Paragraph { style, text } in paragraphs {
        let lines: Vec<String> = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        let joined = lines.join(" ");
        match style {
            _ if joined.is_empty() => {}
            Style::Title if draft.headline.is_none() => draft.headline = Some(joined),
            Style::Heading if !titled && draft.headline.is_none() && draft.body.is_empty() => {
                draft.headline = Some(joined);
            }
            Style::Title | Style::Heading => draft.body.push(Block::marked(PartKind::Crosshead, joined)),
            Style::Part(PartKind::Kicker) if draft.kicker.is_none() => draft.kicker = Some(joined),
            Style::Part(PartKind::Subhead) if draft.subhead.is_none() => draft.subhead = Some(joined),
            Style::Part(PartKind::Lead) if draft.lead.is_none() => draft.lead = Some(joined),
            Style::Part(
                kind @ (PartKind::Paragraph
                | PartKind::Caption
                | PartKind::PullQuote
                | PartKind::Aside
                | PartKind::Boilerplate),
            ) => {
                draft.body.push(Block::marked(kind, joined));
            }
            Style::Part(_) | Style::Plain => draft.body.push(Block::plain(lines)),
        }
    }
    if draft.headline.is_none() {
        draft.headline = properties.title.filter(|title| is_headline(title));
        match &draft.headline {
            Some(headline) => draft.body.retain(|block| block.lines.join(" ") != *headline),
            None => text::take_head(&mut draft),
        }
    }
    let head = || draft.body.iter().take(HEAD_BLOCKS).flat_map(|block| &block.lines);
    let signed = head().any(|line| structure::authors(line).is_some());
    let dated = draft.date_line.is_some() || head().any(|line| structure::is_date_line(line));
    draft.authors = properties.creator.filter(|name| !signed && is_person(name)).into_iter().collect();
    draft.dates = properties.created.filter(|_| !dated).into_iter().collect();
    draft
}

/// A title that somebody wrote, and no name of a file or program.
fn is_headline(title: &str) -> bool {
    let named =
        ["Microsoft", "PowerPoint", "Dokument", "Document", ".doc", ".odt"].iter().any(|name| title.contains(name));
    title.split_whitespace().count() >= 2 && !named
}

/// A name that a person can have.
fn is_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    !["microsoft", "admin", "user", "benutzer", "unbekannt", "unknown", "docx"].iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(style: Style, text: &str) -> Paragraph {
        Paragraph { style, text: text.to_owned() }
    }

    #[test]
    fn styles_are_known_in_both_languages() {
        for (name, style) in [
            ("Titel", Style::Title),
            ("heading 2", Style::Heading),
            ("Überschrift 1", Style::Heading),
            ("Dachzeile", Style::Part(PartKind::Kicker)),
            ("Intense_20_Quote", Style::Part(PartKind::PullQuote)),
            ("Bildunterschrift", Style::Part(PartKind::Caption)),
            ("Standard", Style::Plain),
        ] {
            assert_eq!(Style::named(name), style, "{name}");
        }
    }

    #[test]
    fn the_text_comes_before_the_properties() {
        let properties = || Properties {
            title: Some("Titel aus der Vorlage".into()),
            creator: Some("Jelka Thorn".into()),
            created: Some("2020-01-02T03:04:05Z".into()),
            ..Properties::default()
        };
        let titled =
            draft(vec![paragraph(Style::Title, "Markt bleibt"), paragraph(Style::Plain, "Ein Satz.")], properties());
        assert_eq!(titled.headline.as_deref(), Some("Markt bleibt"));
        assert_eq!(
            (titled.authors, titled.dates),
            (vec!["Jelka Thorn".to_owned()], vec!["2020-01-02T03:04:05Z".to_owned()])
        );
        let signed = draft(
            vec![
                paragraph(Style::Plain, "Von Hauke Brons"),
                paragraph(Style::Plain, "3. März 2021"),
                paragraph(Style::Plain, "Ein Satz."),
            ],
            properties(),
        );
        assert_eq!(signed.headline.as_deref(), Some("Titel aus der Vorlage"));
        assert!(signed.authors.is_empty() && signed.dates.is_empty(), "byline and date line stand in the text");
    }

    #[test]
    fn names_of_programs_are_no_headlines_and_no_persons() {
        for title in ["Dokument1", "Microsoft Word - markt.doc", "PowerPoint-Präsentation ohne Titel", "Markt"] {
            assert!(!is_headline(title), "{title}");
        }
        assert!(is_headline("Markt am Kai") && is_person("Jelka Thorn"));
        assert!(!is_person("Administrator") && !is_person("python-docx"));
    }

    #[test]
    fn nesting_is_bounded_and_references_are_resolved() {
        assert!(matches!(nodes(&"<a>".repeat(MAX_DEPTH + 1), &mut |_| ()), Err(ReadError::Office(_))));
        let mut text = String::new();
        nodes("<w:t>A &amp; B &#228;&nichts;</w:t>", &mut |node| {
            if let Node::Text(more) = node {
                text.push_str(more);
            }
        })
        .expect("XML");
        assert_eq!(text, "A & B ä");
    }
}
