//! RTF (Microsoft, Rich Text Format 1.9.1): paragraphs by their styles, `info` as properties. Text is all that is taken: pictures, fields'
//! instructions and what a reader may ignore (`\*`) are passed over. Headers and footers are the page's, notes stand behind the text.

use super::office::{self, Paragraph, Properties, Style};
use crate::{RawDocument, ReadError, charset};
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use findbuch_article::{Article, PartKind};
use std::collections::HashMap;
use std::io::BufRead;

/// Deepest nesting of groups.
const MAX_DEPTH: usize = 1000;
/// Destinations whose text is none of the article's.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "pict",
    "annotation",
    "object",
    "objdata",
    "fldinst",
    "themedata",
    "datastore",
    "generator",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "revtbl",
    "filetbl",
    "nonshppict",
    "xmlnstbl",
    "latentstyles",
    "datafield",
    "tc",
    "xe",
    "listtext",
    "pntext",
    "operator",
    "company",
    "comment",
    "doccomm",
    "subject",
    "revtim",
    "printim",
    "buptim",
];

/// Reads one article.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let bytes = charset::read_bytes(input, document.limits)?;
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(ReadError::Office("it does not begin as RTF".into()));
    }
    let mut reader = Reader::new();
    reader.read(&bytes)?;
    let (paragraphs, properties) = reader.finish();
    office::draft(paragraphs, properties).finish(document)
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destination {
    Text,
    Skip,
    Styles,
    Info,
    Title,
    Author,
    Keywords,
    Created,
    /// A header or footer.
    Page,
    Note,
}

#[derive(Debug, Clone, Copy)]
struct Group {
    destination: Destination,
    /// Characters that stand in for one of Unicode.
    substitutes: usize,
    style: i32,
    hidden: bool,
}

struct Reader {
    groups: Vec<Group>,
    encoding: &'static Encoding,
    /// Whether codes are those of the old IBM PC.
    pc: bool,
    /// Bytes of text that are not decoded yet, and half of a character of Unicode.
    pending: Vec<u8>,
    surrogate: Option<u16>,
    /// Substitutes that are still to be passed over.
    pass: usize,
    ignorable: bool,
    paragraph: String,
    paragraphs: Vec<Paragraph>,
    /// Notes, headers and footers, each once.
    beside: Vec<Paragraph>,
    styles: HashMap<i32, String>,
    info: String,
    properties: Properties,
    created: [i32; 3],
}

impl Reader {
    fn new() -> Reader {
        let group = Group { destination: Destination::Text, substitutes: 1, style: 0, hidden: false };
        Reader {
            groups: vec![group],
            encoding: WINDOWS_1252,
            pc: false,
            pending: Vec::new(),
            surrogate: None,
            pass: 0,
            ignorable: false,
            paragraph: String::new(),
            paragraphs: Vec::new(),
            beside: Vec::new(),
            styles: HashMap::new(),
            info: String::new(),
            properties: Properties::default(),
            created: [0; 3],
        }
    }

    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or(Group {
            destination: Destination::Skip,
            substitutes: 1,
            style: 0,
            hidden: false,
        })
    }

    fn change(&mut self, change: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let mut rest = bytes;
        while let Some((byte, after)) = rest.split_first() {
            rest = after;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() > MAX_DEPTH {
                        return Err(ReadError::Office("its groups are nested too deep".into()));
                    }
                    self.groups.push(self.group());
                    self.pass = 0;
                }
                b'}' => self.close(),
                b'\\' => rest = self.control(rest),
                b'\r' | b'\n' | 0 => {}
                _ => self.byte(*byte),
            }
        }
        self.flush();
        Ok(())
    }

    fn byte(&mut self, byte: u8) {
        if self.pass > 0 {
            self.pass -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.groups.len() < 2 {
            return;
        }
        let Some(closed) = self.groups.pop() else { return };
        let outer = self.group().destination;
        if closed.destination == Destination::Styles && outer == Destination::Styles {
            // `heading 1;`
            let name = std::mem::take(&mut self.info).trim_end_matches(';').trim().to_owned();
            self.styles.insert(closed.style, name);
        } else if closed.destination != outer {
            let text = Some(std::mem::take(&mut self.info).trim().to_owned()).filter(|text| !text.is_empty());
            match closed.destination {
                Destination::Title => self.properties.title = text,
                Destination::Author => self.properties.creator = text,
                Destination::Keywords => {
                    self.properties.keywords = super::values::tags(&text.into_iter().collect::<Vec<_>>());
                }
                Destination::Created => {
                    let [year, month, day] = self.created;
                    self.properties.created = Some(format!("{year:04}-{month:02}-{day:02}"));
                }
                Destination::Page => self.beside(PartKind::Boilerplate, text),
                Destination::Note => self.beside(PartKind::Aside, text),
                _ => {}
            }
        }
    }

    fn beside(&mut self, kind: PartKind, text: Option<String>) {
        if let Some(text) = text.filter(|text| self.beside.iter().all(|known| known.text != *text)) {
            self.beside.push(Paragraph { style: Style::Part(kind), text });
        }
    }

    /// Decodes what is pending.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        if self.pc {
            self.text(&charset::ibm(&bytes));
        } else {
            let text = self.encoding.decode_without_bom_handling(&bytes).0;
            self.text(&text);
        }
    }

    fn text(&mut self, text: &str) {
        let group = self.group();
        match group.destination {
            Destination::Text if !group.hidden => self.paragraph.push_str(text),
            Destination::Page | Destination::Note if group.hidden => {}
            Destination::Styles
            | Destination::Title
            | Destination::Author
            | Destination::Keywords
            | Destination::Page
            | Destination::Note => self.info.push_str(text),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.group().destination == Destination::Text {
            let style = self.styles.get(&self.group().style).map(|name| Style::named(name)).unwrap_or_default();
            self.paragraphs.push(Paragraph { style, text: std::mem::take(&mut self.paragraph) });
        } else {
            self.text(" ");
        }
    }

    /// Reads a control word or symbol; gives what comes after it.
    fn control<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let Some((first, after)) = rest.split_first() else { return rest };
        if !first.is_ascii_alphabetic() {
            return self.symbol(*first, after);
        }
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count().min(40);
        let (word, rest) = rest.split_at(letters);
        let word = String::from_utf8_lossy(word).into_owned();
        let negative = rest.first() == Some(&b'-');
        let digits = rest.iter().skip(usize::from(negative)).take_while(|byte| byte.is_ascii_digit()).count().min(10);
        let (number, rest) = rest.split_at(if digits > 0 { digits + usize::from(negative) } else { 0 });
        let number = std::str::from_utf8(number).ok().and_then(|digits| digits.parse::<i32>().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        if word == "bin" {
            self.flush();
            let length = number.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
            return rest.get(length..).unwrap_or_default();
        }
        self.word(&word, number);
        rest
    }

    fn symbol<'a>(&mut self, symbol: u8, after: &'a [u8]) -> &'a [u8] {
        match symbol {
            b'\'' => {
                let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.byte(byte);
                    return after.get(2..).unwrap_or_default();
                }
            }
            b'*' => self.ignorable = true,
            b'~' => self.char(" "),
            b'_' => self.char("-"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            // an optional hyphen, and what has no meaning
            _ => {}
        }
        after
    }

    fn char(&mut self, text: &str) {
        self.flush();
        self.text(text);
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        self.flush();
        let ignorable = std::mem::take(&mut self.ignorable);
        let value = number.unwrap_or(0);
        let destination = match word {
            "stylesheet" => Some(Destination::Styles),
            "info" => Some(Destination::Info),
            "title" | "author" | "keywords" | "creatim" if self.group().destination == Destination::Info => {
                Some(match word {
                    "title" => Destination::Title,
                    "author" => Destination::Author,
                    "keywords" => Destination::Keywords,
                    _ => Destination::Created,
                })
            }
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                Some(Destination::Page)
            }
            "footnote" => Some(Destination::Note),
            _ if ignorable || SKIPPED.contains(&word) => Some(Destination::Skip),
            _ => None,
        };
        if let Some(destination) = destination {
            if self.group().destination != Destination::Skip
                && !(destination == Destination::Skip
                    && self.group().destination == Destination::Styles
                    && !SKIPPED.contains(&word))
            {
                self.info.clear();
                self.change(|group| group.destination = destination);
            }
            return;
        }
        match word {
            "par" | "sect" | "page" | "row" | "column" => self.end_paragraph(),
            "line" => self.text("\n"),
            "tab" | "cell" | "emspace" | "enspace" => self.text(" "),
            "endash" => self.text("–"),
            "emdash" => self.text("—"),
            "bullet" => self.text("•"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "ansicpg" => {
                let label = if value == 10000 { "macintosh".to_owned() } else { format!("windows-{value}") };
                self.pc = matches!(value, 437 | 850);
                self.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
            }
            "mac" => self.encoding = MACINTOSH,
            "pc" | "pca" => self.pc = true,
            "uc" => self.change(|group| group.substitutes = usize::try_from(value).unwrap_or(1).min(8)),
            "u" => self.unicode(value),
            "pard" => self.change(|group| group.style = 0),
            "plain" => self.change(|group| group.hidden = false),
            "s" => self.change(|group| group.style = value),
            "v" => self.change(|group| group.hidden = number != Some(0)),
            "yr" => self.set_created(0, value),
            "mo" => self.set_created(1, value),
            "dy" => self.set_created(2, value),
            _ => {}
        }
    }

    fn set_created(&mut self, at: usize, value: i32) {
        if self.group().destination == Destination::Created
            && let Some(part) = self.created.get_mut(at)
        {
            *part = value;
        }
    }

    fn unicode(&mut self, value: i32) {
        let unit = u16::try_from(value & 0xffff).unwrap_or(0xfffd);
        self.pass = self.group().substitutes;
        match (self.surrogate.take(), unit) {
            (None, 0xd800..=0xdbff) => self.surrogate = Some(unit),
            (high, _) => {
                let units: Vec<u16> = high.into_iter().chain([unit]).collect();
                let text = String::from_utf16_lossy(&units);
                self.text(&text);
            }
        }
    }

    fn finish(mut self) -> (Vec<Paragraph>, Properties) {
        self.groups.truncate(1);
        self.change(|group| group.destination = Destination::Text);
        self.end_paragraph();
        self.paragraphs.append(&mut self.beside);
        (self.paragraphs, self.properties)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::only;
    use crate::formats::testing;
    use proptest::prelude::*;

    fn check(rtf: &str) -> Vec<String> {
        testing::read("x.rtf", rtf.as_bytes(), |document, input, emit| {
            only(read(document, input)?, emit);
            Ok(())
        })
    }

    #[test]
    fn text_is_taken_in_its_character_set() {
        let head = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}{\\*\\cs10 Zeichen;}}\
            {\\info{\\title Egal}{\\author Jelka Thorn}{\\creatim\\yr1996\\mo5\\dy7}}";
        for (body, expected) in [
            (
                "{\\header Kopf\\par}\\s1 Der Deich h\\'e4lt\\par\\pard\\plain Die Flut \\u8222?kam\\u8220?.\\line Und ging.\\par{\\*\\unbekannt x}Noch {\\b fett}er.\\par",
                "Der Deich hält|1996-05-07|Die Flut „kam“.|Und ging.|Noch fetter.|Kopf",
            ),
            (
                "\\s1 Titel\\par\\pard Ein \\u-10179?\\u-8704? Zeichen{\\footnote Fu\\'df note} bleibt\\-\\~hier.\\par",
                "Titel|1996-05-07|Ein 😀 Zeichen bleibt hier.|Fuß note",
            ),
            (
                "\\s1 Titel\\par\\pard {\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt Verweis}} und \\{Klammer\\}.",
                "Titel|1996-05-07|Verweis und {Klammer}.",
            ),
        ] {
            assert_eq!(check(&format!("{head}{body}}}")), [expected], "{body}");
        }
        assert_eq!(
            check("{\\rtf1\\pc Fl\\'81sse und D\\'84mme sind gesperrt.\\par}"),
            ["Flüsse und Dämme sind gesperrt.|"]
        );
        assert!(check("Kein RTF")[0].contains("does not begin as RTF"));
        assert!(check(&format!("{{\\rtf1{}", "{".repeat(2000)))[0].contains("nested too deep"));
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(\\\\(rtf|par|u|uc|bin|s|info|title|stylesheet|'e4|\\*|[a-z]{1,4})-?[0-9]{0,5}|[{}a-zä ]){0,60}") {
            check(&format!("{{\\rtf1{text}"));
        }
    }
}
