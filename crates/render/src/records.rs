//! Hits one at a time, in formats for other programs: what all of them share.

use super::{View, bibtex, json, markdown, ris, table};
use findbuch_article::Article;
use findbuch_engine::{Hit, Hits};
use std::io::{Result, Write};
use xxhash_rust::xxh3::xxh3_64;

/// A format that is written hit by hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// A row a hit, RFC 4180.
    Csv,
    /// An object a line.
    Jsonl,
    /// A list for notes.
    Markdown,
    /// Entries of a bibliography.
    Bibtex,
    /// Entries for reference managers.
    Ris,
    /// The files' paths, a line each.
    Paths,
}

impl RecordFormat {
    /// Whether passages are shown.
    #[must_use]
    pub fn has_snippets(self) -> bool {
        matches!(self, RecordFormat::Jsonl | RecordFormat::Markdown)
    }
}

/// Writes hits that are at hand.
///
/// # Errors
/// What the output says.
pub fn write_records(format: RecordFormat, hits: &Hits, out: &mut dyn Write, view: &View) -> Result<()> {
    let mut records = Records::begin(format, out)?;
    hits.hits.iter().try_for_each(|hit| records.write(out, hit, view))
}

/// Writes hits in a format; holds no hit that was written.
#[derive(Debug)]
pub struct Records {
    format: RecordFormat,
    /// Hashes of the paths that were written.
    paths: std::collections::HashSet<u64>,
}

impl Records {
    /// Writes what stands before the first hit.
    ///
    /// # Errors
    /// What the output says.
    pub fn begin(format: RecordFormat, out: &mut dyn Write) -> Result<Records> {
        if format == RecordFormat::Csv {
            table::write_header(out)?;
        }
        Ok(Records { format, paths: std::collections::HashSet::new() })
    }

    /// Writes a hit.
    ///
    /// # Errors
    /// What the output says.
    pub fn write(&mut self, out: &mut dyn Write, hit: &Hit, view: &View) -> Result<()> {
        match self.format {
            RecordFormat::Csv => table::write_row(out, hit, view),
            RecordFormat::Jsonl => json::write_hit_line(out, hit, view),
            RecordFormat::Markdown => markdown::write_hit(out, hit, view),
            RecordFormat::Bibtex => bibtex::write_entry(out, &hit.article, view),
            RecordFormat::Ris => ris::write_entry(out, &hit.article, view),
            RecordFormat::Paths if self.paths.insert(xxh3_64(hit.article.path.as_bytes())) => {
                writeln!(out, "{}", view.path(&hit.article.path))
            }
            RecordFormat::Paths => Ok(()),
        }
    }
}

/// Text on one line, without control characters.
pub(super) fn flat(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Family name and given names: particles (`von`, `van der`) belong to the family name; a single word is a family name.
pub(super) fn split_name(name: &str) -> (String, String) {
    let name = flat(name);
    if let Some((family, given)) = name.split_once(',') {
        return (family.trim().to_owned(), given.trim().to_owned());
    }
    let words: Vec<&str> = name.split(' ').collect();
    let Some(last) = words.len().checked_sub(1).filter(|last| *last > 0) else { return (name, String::new()) };
    let particle = |word: &&str| word.chars().all(|c| c.is_lowercase() || c == '\'' || c == '.');
    let middle = words.get(1..last).unwrap_or_default();
    let family = last - middle.iter().rev().take_while(|word| particle(word)).count();
    let join = |words: Option<&[&str]>| words.unwrap_or_default().join(" ");
    (join(words.get(family..)), join(words.get(..family)))
}

/// A key that an article has in every export: `vollmoos2023kim-1f2e3d4c5b`. ASCII letters, digits and one hyphen.
pub(super) fn key(article: &Article) -> String {
    let ascii = |text: &str| -> String { letters(text).chars().filter(char::is_ascii_alphanumeric).take(24).collect() };
    let author = article.authors.first().or(article.agency.as_ref()).or(article.source.as_ref());
    let family = author.map(|name| ascii(&split_name(name).0)).filter(|name| !name.is_empty());
    let year = article.date.as_ref().map(|date| format!("{:04}", date.value.day.year())).unwrap_or_default();
    let title = article.title();
    let word = title.split_whitespace().map(ascii).find(|word| word.len() > 3).unwrap_or_default();
    let of = format!("{}\n{}\n{}", article.id, article.path, article.record.unwrap_or_default());
    let digest = xxh3_64(of.as_bytes()) & 0xff_ffff_ffff;
    format!("{}{year}{word}-{digest:010x}", family.unwrap_or_else(|| "anonym".into()))
}

/// Lower-case letters, umlauts as digraphs.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'é' | 'è' | 'ê' => out.push('e'),
            'á' | 'à' | 'å' => out.push('a'),
            'ø' | 'ó' => out.push('o'),
            c => out.push(c),
        }
    }
    out
}

/// The article's address, if it is one of the web.
#[must_use]
pub fn web_address(article: &Article) -> Option<&str> {
    let url = article.url.as_deref()?;
    let scheme = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (scheme.starts_with("https://") || scheme.starts_with("http://")).then_some(url)
}

/// An address with every byte that is no plain character of addresses as `%XX`; what is `%XX` already stays.
pub(super) fn percent(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%".contains(&byte);
        if plain {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_divided() {
        for (name, family, given) in [
            ("Henrike Vollmoos", "Vollmoos", "Henrike"),
            ("Jan van der Meulen", "van der Meulen", "Jan"),
            ("Karl-Heinz von Oberlenz", "von Oberlenz", "Karl-Heinz"),
            ("Vollmoos, Henrike", "Vollmoos", "Henrike"),
            ("nda", "nda", ""),
            ("", "", ""),
            (" A  B\tC ", "C", "A B"),
        ] {
            assert_eq!(split_name(name), (family.to_owned(), given.to_owned()), "{name}");
        }
    }

    #[test]
    fn keys_are_plain_and_differ_by_article() {
        let article =
            |path: &str| Article { path: path.into(), authors: vec!["Jörg Süß".into()], ..Article::default() };
        let (one, other) = (key(&article("a")), key(&article("b")));
        assert!(one.starts_with("suess") && one != other, "{one} {other}");
        assert!(one.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        assert_eq!(one, key(&article("a")));
    }

    proptest::proptest! {
        #[test]
        fn any_name_and_address_pass(text in ".{0,60}") {
            let (family, given) = split_name(&text);
            proptest::prop_assert!(!family.contains('\n') && !given.contains('\n'));
            proptest::prop_assert!(percent(&text).bytes().all(|b| b.is_ascii_graphic()));
        }
    }
}
