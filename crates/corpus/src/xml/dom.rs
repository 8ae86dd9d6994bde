//! Shorthands over roxmltree: elements by their local names, texts with white space collapsed, dates in basic ISO 8601.

use crate::structure;

/// An element of a document that outlives the reading.
pub type Element<'a> = roxmltree::Node<'a, 'a>;

/// Child elements of one local name.
pub fn children<'a>(of: Element<'a>, name: &'a str) -> impl Iterator<Item = Element<'a>> {
    of.children().filter(move |child| named(*child, name))
}

/// Elements of one local name anywhere below, in the order of the document.
pub fn below<'a>(of: Element<'a>, name: &'a str) -> impl Iterator<Item = Element<'a>> {
    of.descendants().skip(1).filter(move |inner| named(*inner, name))
}

/// Elements of one local name below that stand in no other of this name.
pub fn outermost<'a>(of: Element<'a>, name: &'a str) -> impl Iterator<Item = Element<'a>> {
    let inner = move |element: &Element<'a>| element.ancestors().skip(1).any(|outer| outer != of && named(outer, name));
    below(of, name).filter(move |element| !inner(element))
}

/// The first element at the end of a path of local names.
pub fn at<'a>(of: Element<'a>, path: &[&'a str]) -> Option<Element<'a>> {
    let Some((first, rest)) = path.split_first() else { return Some(of) };
    children(of, first).find_map(|child| at(child, rest))
}

/// Whether a node is an element of this local name.
pub fn named(node: Element<'_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// All text in an element with white space collapsed; none where there is none.
pub fn text(element: Element<'_>) -> Option<String> {
    let mut all = String::new();
    for node in element.descendants().filter(roxmltree::Node::is_text) {
        all.push_str(node.text().unwrap_or_default());
    }
    let text = collapse(&all);
    (!text.is_empty()).then_some(text)
}

/// The text at the end of a path.
pub fn text_at(of: Element<'_>, path: &[&str]) -> Option<String> {
    at(of, path).and_then(text)
}

/// An attribute without namespace that holds something.
pub fn attribute(element: Element<'_>, name: &str) -> Option<String> {
    element.attribute(name).map(collapse).filter(|value| !value.is_empty())
}

/// White space collapsed to single spaces.
pub fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The declared language, `xml:lang`, of an element or what it stands in.
pub fn language(element: Element<'_>) -> Option<String> {
    const XML: &str = "http://www.w3.org/XML/1998/namespace";
    element.ancestors().find_map(|outer| outer.attribute((XML, "lang"))).map(str::to_owned)
}

/// `2023-09-12T10:14:00+02:00` of `20230912T101400+0200`; other texts as they are.
pub fn iso(text: &str) -> String {
    let text = text.trim();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let Some((day, rest)) = text.split_at_checked(8).filter(|(day, _)| digits(day)) else { return text.to_owned() };
    let (Some(year), Some(month), Some(of_month)) = (day.get(..4), day.get(4..6), day.get(6..)) else {
        return text.to_owned();
    };
    let day = format!("{year}-{month}-{of_month}");
    let Some(rest) = rest.strip_prefix('T') else { return if rest.is_empty() { day } else { text.to_owned() } };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    match (clock.len(), clock.get(..2), clock.get(2..4)) {
        (4 | 6, Some(hour), Some(minute)) => {
            let second = clock.get(4..6).unwrap_or("00");
            format!("{day}T{hour}:{minute}:{second}{zone}")
        }
        _ => day,
    }
}

/// The names of a byline, without "Von", place and agency's brackets.
pub fn names(byline: &str) -> Vec<String> {
    structure::authors(byline).unwrap_or_else(|| vec![byline.to_owned()])
}

/// The town of a dateline as news formats give it: `Norderfehn (nda) –`, `Mehlau, 3. März`.
pub fn town(dateline: &str) -> Option<String> {
    let town = dateline.split(['(', ',', '–', '—']).next()?.trim_end_matches([' ', '-', '.', '/']).trim();
    (!town.is_empty()).then(|| town.to_owned())
}

/// Tags of a text that lists them.
pub fn listed(text: &str) -> Vec<String> {
    text.split([',', ';', '/']).map(collapse).filter(|tag| !tag.is_empty()).collect()
}

/// Most tags of an article.
const MAX_TAGS: usize = 200;

/// Adds tags that are not there yet.
pub fn add_tags(tags: &mut Vec<String>, more: impl IntoIterator<Item = String>) {
    for tag in more {
        if tags.len() < MAX_TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_dates_become_extended() {
        for (basic, extended) in [
            ("20230912T101400+0200", "2023-09-12T10:14:00+0200"),
            ("20230912T1014Z", "2023-09-12T10:14:00Z"),
            ("20230912", "2023-09-12"),
            ("2023-09-12", "2023-09-12"),
            ("20230912T9", "2023-09-12"),
            ("20230912x", "20230912x"),
            ("ä2023091", "ä2023091"),
            ("", ""),
        ] {
            assert_eq!(iso(basic), extended);
        }
    }

    #[test]
    fn datelines_give_the_town() {
        for (line, expected) in [
            ("Norderfehn (nda) – ", Some("Norderfehn")),
            ("Bad Oberlenz, 3. März", Some("Bad Oberlenz")),
            ("Mehlau -", Some("Mehlau")),
            (" – ", None),
        ] {
            assert_eq!(town(line).as_deref(), expected, "{line}");
        }
    }
}
