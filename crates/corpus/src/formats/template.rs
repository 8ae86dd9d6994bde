//! A format to copy when another is added; it is compiled for tests alone. CONTRIBUTING.md leads through it.
//!
//! A file holds one article: lines of `Name: value`, an empty line, then the text in paragraphs.

use crate::draft::Draft;
use crate::{RawDocument, ReadError, charset, structure};
use findbuch_article::Article;
use std::io::BufRead;

/// Reads one article.
fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    // decodes any character set, within the limit on one article
    let text = charset::read_text(input, document)?;
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    // what the file says goes into a draft as it stands there; `finish` does what all formats share
    let mut draft = Draft { body: structure::blocks(body), ..Draft::default() };
    for (name, value) in head.lines().filter_map(|line| line.split_once(':')) {
        let value = value.to_owned();
        match name.trim() {
            "Titel" => draft.headline = Some(value),
            "Datum" => draft.dates.push(value),
            "Von" => draft.authors.push(value),
            "Ressort" => draft.section = Some(value),
            _ => {}
        }
    }
    draft.finish(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::only;
    use crate::formats::testing;
    use proptest::prelude::*;

    /// The articles of a file as `headline|date|paragraph|paragraph`, or why there is none.
    fn check(text: &str) -> Vec<String> {
        testing::read("x.template", text.as_bytes(), |document, input, emit| {
            only(read(document, input)?, emit);
            Ok(())
        })
    }

    #[test]
    fn files_become_articles() {
        for (text, expected) in [
            (
                "Titel: Der Deich hält\nDatum: 14.05.2024\nVon: Jelka Thorn\n\nEin Satz steht hier.\n\nNoch einer.\n",
                "Der Deich hält|2024-05-14|Ein Satz steht hier.|Noch einer.",
            ),
            ("Titel: Der Deich hält\n", "Der Deich hält|"),
            ("Datum: 14.05.2024\n", "has no text that reads as an article"),
        ] {
            assert_eq!(check(text), [expected], "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(Titel|Datum|[a-z:\n ü]){0,40}") {
            check(&text);
        }
    }
}
