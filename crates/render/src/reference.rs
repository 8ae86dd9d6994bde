//! An article as it is cited in a list of references, after the custom of German newspapers studies: author, title,
//! source, day, address.

use super::records::{flat, split_name, web_address};
use super::{View, printable};
use findbuch_article::Article;

/// `Vollmoos, Henrike: Die Linden bleiben. In: Mehlauer Tageblatt, 14.05.2024.`
#[must_use]
pub fn reference(article: &Article, view: &View) -> String {
    let name = |name: &String| {
        let (family, given) = split_name(name);
        if given.is_empty() { family } else { format!("{family}, {given}") }
    };
    let authors: Vec<String> = article.authors.iter().map(name).collect();
    let authors = match (authors.is_empty(), &article.agency) {
        (false, _) => Some(authors.join("; ")),
        (true, agency) => agency.as_deref().map(flat),
    };
    let title = flat(&article.title());
    let title = if title.ends_with(['.', '?', '!']) { title } else { format!("{title}.") };
    let day = article.date.as_ref().map(|date| view.day(&date.value));
    let place: Vec<String> = [article.source.as_deref().map(flat), day].into_iter().flatten().collect();
    let mut text = authors.map(|authors| format!("{authors}: ")).unwrap_or_default();
    text.push_str(&title);
    if !place.is_empty() {
        text.extend([" In: ", &place.join(", "), "."]);
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
        let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/".into() };
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
