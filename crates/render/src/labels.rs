//! Names of an article's parts, and its facts on one line.

use crate::escape::printable;
use crate::view::View;
use findbuch_article::{Article, Certainty, CharacterSet, CharacterSetFrom, PartKind};
use findbuch_engine::Snippet;
use findbuch_query::lang::Lang;

/// The name of a part of an article.
///
/// ```
/// use findbuch_article::PartKind;
/// use findbuch_query::lang::Lang;
///
/// assert_eq!(findbuch_render::part_name(PartKind::Kicker, Lang::De), "Dachzeile");
/// ```
#[must_use]
pub fn part_name(kind: PartKind, lang: Lang) -> &'static str {
    match kind {
        PartKind::Kicker => lang.pick("Dachzeile", "Kicker"),
        PartKind::Headline => lang.pick("Titel", "Headline"),
        PartKind::Subhead => lang.pick("Unterzeile", "Subhead"),
        PartKind::Lead => lang.pick("Vorspann", "Lead"),
        PartKind::Paragraph => lang.pick("Text", "Body"),
        PartKind::Crosshead => lang.pick("Zwischentitel", "Crosshead"),
        PartKind::PullQuote => lang.pick("Zitat", "Pull quote"),
        PartKind::Caption => lang.pick("Bild", "Caption"),
        PartKind::Aside => lang.pick("Am Rand", "Aside"),
        PartKind::Boilerplate => lang.pick("Seitenelement", "Page"),
    }
}

/// A character set, how it was found, and how sure that is: `IBM850 (erkannt, sicher)`.
#[must_use]
pub fn character_set(set: &CharacterSet, lang: Lang) -> String {
    let from = match set.from {
        CharacterSetFrom::Mark => lang.pick("laut Byte-Order-Mark", "by its byte order mark"),
        CharacterSetFrom::Declared => lang.pick("laut Datei", "as the file declares"),
        CharacterSetFrom::Recognised => lang.pick("erkannt", "recognised"),
        CharacterSetFrom::EncodedTwice => lang.pick("doppelt kodiert, berichtigt", "encoded twice, put right"),
    };
    let certainty = match set.certainty {
        Some(Certainty::Certain) => lang.pick(", sicher", ", certain"),
        Some(Certainty::Likely) => lang.pick(", wahrscheinlich", ", likely"),
        Some(Certainty::Uncertain) => lang.pick(", unsicher", ", uncertain"),
        None => "",
    };
    format!("{} ({from}{certainty})", set.name)
}

/// The name of the part that a passage is from, where that stands before the passage.
#[must_use]
pub fn snippet_name(kind: PartKind, lang: Lang) -> &'static str {
    match kind {
        PartKind::Boilerplate => lang.pick("Aus den Seitenelementen", "From the page’s own text"),
        _ => part_name(kind, lang),
    }
}

/// What stands before a passage in text: that it is page furniture.
pub(crate) fn furniture_label(snippet: &Snippet, lang: Lang) -> Option<String> {
    let is_furniture = snippet.field == PartKind::Boilerplate.field_name();
    is_furniture.then(|| format!("{}:", snippet_name(PartKind::Boilerplate, lang)))
}

/// `fast gleich (97 %)`: the share of its text that an article has in common with another, from 0 to 1.
#[must_use]
pub fn resemblance_label(share: f32, lang: Lang) -> String {
    let percent = (share * 100.0).round();
    lang.pick(format!("fast gleich ({percent} %)"), format!("nearly identical ({percent} %)"))
}

/// Date, source, section, authors and agency on one line.
pub(crate) fn meta_line(article: &Article, view: &View) -> String {
    let date = article
        .date
        .as_ref()
        .map_or_else(|| view.lang.pick("ohne Datum", "no date").to_owned(), |date| view.day(&date.value));
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    let fields = [Some(date), article.source.clone(), article.section.clone(), authors, article.agency.clone()];
    printable(&fields.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;

    #[test]
    fn facts_that_are_not_known_are_left_out() {
        let view = View {
            width: 80,
            theme: Theme::plain(),
            lang: Lang::En,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        let article = Article {
            source: Some("Die\tWarte".into()),
            authors: vec!["Jelka Thorn".into(), "nda".into()],
            ..Article::default()
        };
        assert_eq!(meta_line(&article, &view), "no date · Die\u{fffd}Warte · Jelka Thorn, nda");
    }
}
