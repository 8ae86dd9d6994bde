//! An article in a list of references, in the order usual in German newspaper studies: author, title, source, day, address.

use crate::bibliography::split_name;
use crate::escape::{printable, single_line};
use crate::urls::web_address;
use crate::view::View;
use findbuch_article::Article;

/// The article as a reference; what is not known is left out.
///
/// ```
/// use findbuch_article::{Article, Part, PartKind};
/// use findbuch_query::lang::Lang;
/// use findbuch_render::{Theme, View, reference::reference};
///
/// let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/".into(), raw: false, gone: Vec::new() };
/// let article = Article {
///     authors: vec!["Henrike Vollmoos".into()],
///     parts: vec![Part::new(PartKind::Headline, "Die Linden bleiben")],
///     source: Some("Mehlauer Tageblatt".into()),
///     ..Article::default()
/// };
/// assert_eq!(reference(&article, &view), "Vollmoos, Henrike: Die Linden bleiben. In: Mehlauer Tageblatt.");
/// ```
#[must_use]
pub fn reference(article: &Article, view: &View) -> String {
    let name = |name: &String| {
        let (family, given) = split_name(name);
        if given.is_empty() { family } else { format!("{family}, {given}") }
    };
    let authors: Vec<String> = article.authors.iter().map(name).collect();
    let authors = match (authors.is_empty(), &article.agency) {
        (false, _) => Some(authors.join("; ")),
        (true, agency) => agency.as_deref().map(single_line),
    };
    let title = single_line(&article.title());
    let title = if title.ends_with(['.', '?', '!']) { title } else { format!("{title}.") };
    let day = article.date.as_ref().map(|date| view.day(&date.value));
    let source = article.source.as_deref().map(single_line);
    let within = if source.is_some() { " In: " } else { " " };
    let place: Vec<String> = [source, day].into_iter().flatten().collect();
    let mut text = authors.map(|authors| format!("{authors}: ")).unwrap_or_default();
    text.push_str(&title);
    if !place.is_empty() {
        text.extend([within, &place.join(", "), "."]);
    }
    if let Some(url) = web_address(article) {
        text.extend([" ", url]);
    }
    printable(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_article::{Date, DateFrom, Dated, Part, PartKind};
    use findbuch_query::lang::Lang;

    #[test]
    fn what_is_known_is_cited() {
        let view = View {
            width: 80,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        let whole = Article {
            authors: vec!["Henrike von Vollmoos".into(), "nda".into()],
            parts: vec![Part::new(PartKind::Headline, "Bleiben die Linden?")],
            source: Some("Mehlauer Tageblatt".into()),
            date: Some(Dated { value: Date::day(jiff::civil::date(2024, 5, 14)), from: DateFrom::Metadata }),
            url: Some("https://mt.example/linden".into()),
            ..Article::default()
        };
        assert_eq!(
            reference(&whole, &view),
            "von Vollmoos, Henrike; nda: Bleiben die Linden? In: Mehlauer Tageblatt, 14.05.2024. https://mt.example/linden"
        );
        let bare = Article { parts: vec![Part::new(PartKind::Headline, "Linden")], ..Article::default() };
        assert_eq!(reference(&bare, &view), "Linden.");
        let agency = Article { agency: Some("nda".into()), url: Some("javascript:x".into()), ..bare };
        assert_eq!(reference(&agency, &view), "nda: Linden.");
    }
}
