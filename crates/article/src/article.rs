//! The article: its parts in reading order, and what is known of it.

use crate::{CharacterSet, Dated, Part, PartKind, Printed};
use serde::{Deserialize, Serialize};

/// One article as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Stable name: the article's own id or address, else the path from the indexed folder on, with `:` and the record's
    /// number where a file holds several.
    pub id: String,
    /// The file that holds the article, absolute, as text: a byte that is no UTF-8 is written `\xFC`. Of a member of a container
    /// `archiv.zip!/2023/a.html`.
    pub path: String,
    /// Place within a file of several articles, from 1: line, row, element, message, record of a web archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// Parts in reading order.
    pub parts: Vec<Part>,
    /// Names of the authors (Autoren), without "Von".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Publication date, never the clock of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Dated>,
    /// The publication (Quelle): "Norderfehner Bote", "die-warte.example".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The department of the newsroom (Ressort).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The news agency (Agentur), as it signs: "dpa".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The town of the dateline (Ortsmarke).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// Canonical address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When a web archive captured the page, RFC 3339; no publication date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// Reading time the page states, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading_minutes: Option<u16>,
    /// ISO 639-1 code, as declared or recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Keywords (Schlagwörter).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The character set of the document, where it is none of UTF-8 as it should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub character_set: Option<CharacterSet>,
    /// Which version of the item with this id it is, where an agency numbers them: a later one replaces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
    /// Whom and what its text names, as the program recognises it when the article is indexed; none where it does not.
    #[serde(skip_serializing_if = "Names::is_none")]
    pub names: Names,
    /// Where its words stand on the pages that it was printed on, where its file tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<Printed>,
}

/// The names in an article, the most frequent of each kind first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Names {
    /// People (Personen), by forename and surname where the article has both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// Organisations (Organisationen): parties, companies, authorities, clubs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<String>,
    /// Places (Orte): countries, towns, rivers, streets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

impl Names {
    /// Whether there are none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.people.is_empty() && self.organisations.is_empty() && self.places.is_empty()
    }
}

impl Article {
    /// The text of the first part of `kind`.
    #[must_use]
    pub fn first(&self, kind: PartKind) -> Option<&str> {
        self.parts.iter().find(|p| p.kind == kind).map(|p| p.text.as_str())
    }

    /// The headline; where there is none the first words of the text, some 80 characters, or else the id.
    #[must_use]
    pub fn title(&self) -> String {
        if let Some(headline) = self.first(PartKind::Headline) {
            return headline.to_owned();
        }
        let Some(part) = self.parts.iter().find(|p| p.is_searched()) else { return self.id.clone() };
        let mut title = String::new();
        for word in part.text.split_whitespace() {
            if !title.is_empty() && title.chars().count() + word.chars().count() > 78 {
                title.push_str(" …");
                break;
            }
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(word);
        }
        title
    }

    /// Number of words in the searched parts, counted at white space.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.parts.iter().filter(|p| p.is_searched()).map(|p| p.text.split_whitespace().count()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(parts: &[(PartKind, &str)]) -> Article {
        let parts = parts.iter().map(|(kind, text)| Part::new(*kind, *text)).collect();
        Article { id: "a/x.txt".into(), parts, ..Article::default() }
    }

    #[test]
    fn an_article_without_headline_is_called_by_its_first_words() {
        use PartKind::{Boilerplate, Headline, Lead, Paragraph};
        let long = "Der Markt am Kai ".repeat(10);
        for (parts, title) in [
            (vec![(Paragraph, "Ein Satz."), (Headline, "Markt am Kai")], "Markt am Kai"),
            (vec![(Boilerplate, "Anzeige"), (Lead, " Der  Markt bleibt. ")], "Der Markt bleibt."),
            (vec![(Boilerplate, "Anzeige")], "a/x.txt"),
            (vec![], "a/x.txt"),
            (
                vec![(Paragraph, &long)],
                "Der Markt am Kai Der Markt am Kai Der Markt am Kai Der Markt am Kai Der Markt …",
            ),
        ] {
            let title_found = article(&parts).title();
            assert_eq!(title_found, title);
            assert!(title_found.chars().count() <= 80);
        }
    }

    #[test]
    fn words_of_the_page_and_repeated_ones_do_not_count() {
        let mut article =
            article(&[(PartKind::Paragraph, "drei kurze Wörter"), (PartKind::Boilerplate, "Jetzt lesen")]);
        assert_eq!(article.word_count(), 3);
        article.parts.push(Part { repeated: true, ..Part::new(PartKind::PullQuote, "kurze Wörter") });
        assert_eq!(article.word_count(), 3);
        assert_eq!(article.first(PartKind::Boilerplate), Some("Jetzt lesen"));
        assert_eq!(article.first(PartKind::Caption), None);
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        let mut names: Vec<&str> = PartKind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PartKind::ALL.len());
        assert_eq!((PartKind::Paragraph.field_name(), PartKind::Kicker.field_name()), ("body", "kicker"));
    }
}
