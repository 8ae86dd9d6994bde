//! Plain text as people copy it from a page: the head, then the rules of [`structure`](crate::structure).

use super::wire;
use crate::document::only;
use crate::draft::{Draft, check_length};
use crate::structure::{self, Block};
use crate::{Emit, RawDocument, ReadError, charset};
use findbuch_article::Article;
use std::io::BufRead;

/// Reads one article, or the messages of a text that begins with the header of an agency's.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let text = charset::read_text(input, document)?;
    if wire::is_wire(&text) {
        return wire::read_text(document, &text, emit);
    }
    #[cfg(feature = "html")]
    if is_page(&text) {
        only(super::html::read_page(document, &text, None)?, emit);
        return Ok(());
    }
    check_length(&text, document.limits)?;
    only(copied(document, structure::blocks(&text))?, emit);
    Ok(())
}

/// Whether a text is the source of a web page.
#[cfg(feature = "html")]
fn is_page(text: &str) -> bool {
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(20).collect();
    let start = start.to_ascii_lowercase();
    ["<!doctype html", "<html"].iter().any(|tag| start.starts_with(tag))
}

/// The article of a page's paragraphs.
fn copied(document: &RawDocument<'_>, blocks: Vec<Block>) -> Result<Article, ReadError> {
    let mut draft = Draft { body: blocks, ..Draft::default() };
    take_head(&mut draft);
    draft.finish(document)
}

/// Takes kicker, headline and masthead from the start of the body, where the draft has no headline yet.
pub fn take_head(draft: &mut Draft) {
    let blocks = &mut draft.body;
    let head = structure::head::head(blocks);
    structure::drop_lines(blocks, head.used);
    draft.kicker = draft.kicker.take().or(head.kicker);
    draft.headline = head.headline;
    draft.subhead = draft.subhead.take().or(head.subhead);
    draft.source = head.source;
    draft.section = head.section;
    draft.date_line = head.date_line;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileRef, Limits};
    use proptest::prelude::*;

    fn article(text: &str) -> Article {
        let file =
            FileRef { path: "/a/x.txt".into(), id: "a/x.txt".into(), size: 0, mtime: 0, changed: 0, settings: None };
        let limits = Limits::on(jiff::civil::date(2026, 11, 24));
        let document = RawDocument::new(&file, &limits);
        copied(&document, structure::blocks(text)).expect("an article")
    }

    fn parts(text: &str) -> Vec<(&'static str, String)> {
        article(text).parts.into_iter().map(|p| (p.kind.name(), p.text)).collect()
    }

    #[test]
    fn heads_of_all_kinds_come_apart() {
        let body = "Der Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis am Montag mit.";
        for head in [
            "Neuer Deich für Mehlau\nVon Jelka Thorn\n14.05.2024\n",
            "Neuer Deich für Mehlau\r\nVon Jelka Thorn\r\nStand: 14.05.2024, 17:32 Uhr\r\nLesezeit: 3 Min.\r\n",
            "Neuer Deich für Mehlau\n\nVon Jelka Thorn\n\n14.05.2024 – 3 Min. Lesezeit\n\n",
        ] {
            let found = article(&format!("{head}{body}\n{body} Und so weiter, hieß es.\n"));
            assert_eq!(found.title(), "Neuer Deich für Mehlau", "{head}");
            assert_eq!(found.authors, ["Jelka Thorn"], "{head}");
            assert_eq!(found.date.map(|d| d.value.day.to_string()).as_deref(), Some("2024-05-14"), "{head}");
        }
    }

    #[test]
    fn a_credit_on_its_own_line_makes_a_caption() {
        let found = parts(
            "Neuer Deich\n\nUlf Brons vor dem neuen Siel.\nFoto: Jonas Rieck\n\nEin Satz steht hier.\n\nNoch einer.",
        );
        assert_eq!(found[1], ("caption", "Ulf Brons vor dem neuen Siel. Foto: Jonas Rieck".to_owned()));
    }

    proptest! {
        #[test]
        fn no_word_of_the_text_is_lost(
            lines in proptest::collection::vec("(([A-ZÄ][a-zäöüß]{2,12}|[a-z]{2,9})( |-|, )){1,14}[a-z]{3,9}[.?“]?", 1..12),
            blanks in proptest::collection::vec(any::<bool>(), 12),
        ) {
            let text: String = lines.iter().zip(blanks).flat_map(|(l, blank)| [l.as_str(), if blank { "\n\n" } else { "\n" }]).collect();
            let found = article(&text);
            let mut kept = format!("{found:?}");
            kept.retain(char::is_alphanumeric);
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 4) {
                prop_assert!(kept.contains(word), "{word} is not in {found:?}");
            }
        }
    }
}
