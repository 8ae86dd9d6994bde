//! Markdown with YAML front matter: metadata by the keys of [`json`](super::json), headings as crossheads, block
//! quotes as pull quotes, images' descriptions as captions; emphasis and links reduced to their text.

use super::json;
use crate::draft::{Draft, check_length};
use crate::structure::{self, Block};
use crate::{RawDocument, ReadError, charset};
use findbuch_article::{Article, PartKind};
use std::io::BufRead;

/// Reads one article.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let text = charset::read_text(input, document)?.replace("\r\n", "\n");
    check_length(&text, document.limits)?;
    let (front, body) = split_front_matter(&text);
    let mut draft = match front {
        Some(front) => json::record(&metadata(front)?, document.file.settings.as_deref()),
        None => Draft::default(),
    };
    let blocks = blocks(body, &mut draft);
    draft.body = blocks;
    draft.finish(document)
}

/// Front matter between two lines `---` at the very start, and the rest.
fn split_front_matter(text: &str) -> (Option<&str>, &str) {
    let Some(rest) = text.strip_prefix("---\n") else { return (None, text) };
    if let Some((front, body)) = rest.split_once("\n---\n") {
        return (Some(front), body);
    }
    match rest.strip_suffix("\n---") {
        Some(front) => (Some(front), ""),
        None => (None, text),
    }
}

fn metadata(front: &str) -> Result<serde_json::Map<String, serde_json::Value>, ReadError> {
    serde_saphyr::from_str(front).map_err(|error| {
        let message = error.to_string();
        ReadError::FrontMatter(message.lines().next().unwrap_or("").trim_start_matches("error: ").to_owned())
    })
}

/// The body's blocks; a first-level heading is the headline where the front matter has none.
fn blocks(body: &str, draft: &mut Draft) -> Vec<Block> {
    let mut blocks = Vec::new();
    for block in structure::blocks(body) {
        let Some(first) = block.lines.first() else { continue };
        let level = first.bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&level) && first.as_bytes().get(level) == Some(&b' ') {
            let heading = plain(first[level..].trim().trim_end_matches('#').trim());
            if level == 1 && draft.headline.is_none() {
                draft.headline = Some(heading);
            } else if draft.headline.as_deref() != Some(&heading) {
                blocks.push(Block::marked(PartKind::Crosshead, heading));
            }
            blocks.extend((block.lines.len() > 1).then(|| paragraph(&block.lines[1..])));
        } else if first.starts_with('>') {
            let quote: Vec<String> = block.lines.iter().map(|l| plain(l.trim_start_matches(['>', ' ']))).collect();
            blocks.push(quotation(quote));
        } else if let Some(caption) = image_text(first) {
            blocks.push(Block::marked(PartKind::Caption, caption));
        } else if !first.starts_with("```") && !is_rule(first) {
            blocks.push(paragraph(&block.lines));
        }
    }
    blocks
}

/// A quotation; with a speaker on its last line it is left to the rule for pull quotes.
fn quotation(lines: Vec<String>) -> Block {
    let joined = lines.join(" ");
    if lines.len() > 1 { Block::plain(lines) } else { Block::marked(PartKind::PullQuote, joined) }
}

fn paragraph(lines: &[String]) -> Block {
    Block::plain(lines.iter().map(|line| plain(line)).collect())
}

/// `![Text](address)` alone on its line.
fn image_text(line: &str) -> Option<String> {
    let (text, rest) = line.strip_prefix("![")?.split_once("](")?;
    (rest.ends_with(')') && !text.is_empty()).then(|| plain(text))
}

/// `---`, `***`, `___`
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.replace([' '], "").replace(mark, "").is_empty())
}

/// Text without the marks of emphasis, code, links and escapes.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let after = &rest[char.len_utf8()..];
        if let Some((label, next)) = link(rest) {
            out.push_str(&plain(label));
            rest = next;
            continue;
        }
        match char {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push(after.as_bytes()[0] as char);
                rest = &after[1..];
                continue;
            }
            '`' => {}
            '*' | '_' if is_emphasis(&out, after, char) => {}
            _ => out.push(char),
        }
        rest = after;
    }
    out
}

/// Label and what follows of `[label](address)` at the start of `text`.
fn link(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (_, rest) = rest.split_once(')')?;
    (!label.contains('[')).then_some((label, rest))
}

/// A mark at the edge of a word; inside a word (Arbeiter*innen, `snake_case`) and free-standing it is text.
fn is_emphasis(before: &str, after: &str, mark: char) -> bool {
    let left = before.chars().next_back().is_some_and(char::is_alphanumeric);
    let right = after.trim_start_matches(mark).chars().next().is_some_and(char::is_alphanumeric);
    let free = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let inside = left && right;
    let alone = free(before.chars().next_back()) && free(after.chars().next());
    !inside && !alone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_removed_and_words_stay() {
        for (markdown, text) in [
            ("**Norderfehn** baut *neu*", "Norderfehn baut neu"),
            ("Ein [Bericht](https://x.example/a_b) der _Warte_", "Ein Bericht der Warte"),
            ("Arbeiter*innen und snake_case", "Arbeiter*innen und snake_case"),
            ("3 * 4 und 5\\*", "3 * 4 und 5*"),
            ("`code` bleibt", "code bleibt"),
        ] {
            assert_eq!(plain(markdown), text);
        }
    }

    #[test]
    fn front_matter_is_split_off() {
        assert_eq!(split_front_matter("---\na: 1\n---\nText\n"), (Some("a: 1"), "Text\n"));
        assert_eq!(split_front_matter("Text\n---\n"), (None, "Text\n---\n"));
    }

    #[test]
    fn blocks_get_their_kinds() {
        let mut draft = Draft::default();
        let body = "# Titel der Seite\n\n## Was nun\n\nEin Satz.\n\n> Ein Zitat.\n\n![Der Hafen](x.jpg)\n\n---\n";
        let kinds: Vec<_> = blocks(body, &mut draft).into_iter().map(|b| b.kind).collect();
        assert_eq!(draft.headline.as_deref(), Some("Titel der Seite"));
        assert_eq!(kinds, [Some(PartKind::Crosshead), None, Some(PartKind::PullQuote), Some(PartKind::Caption)]);
    }
}
