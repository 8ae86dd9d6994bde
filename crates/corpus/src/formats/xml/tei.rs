//! TEI P5: digitised papers and editions. An article a `div` of type article or news with a head, else one a text.

use super::blocks::{Role, blocks};
use super::debate;
use crate::draft::Draft;
use crate::xml::dom::{self, Element, at, attribute, below, children, named, text, text_at};
use findbuch_article::PartKind;

/// Types of divisions that are articles.
const ARTICLES: &[&str] = &["article", "artikel", "news", "newsitem", "nachricht", "report", "story", "feuilleton"];
/// Types of divisions that are the departments of a paper.
const SECTIONS: &[&str] = &["section", "ressort", "rubric", "rubrik", "department"];

/// The articles of a `TEI` or all of a `teiCorpus`.
pub fn drafts(root: Element<'_>) -> Vec<Draft> {
    if named(root, "teiCorpus") { dom::outermost(root, "TEI").flat_map(of_text).collect() } else { of_text(root) }
}

fn of_text(tei: Element<'_>) -> Vec<Draft> {
    let Some(text) = at(tei, &["text"]) else { return Vec::new() };
    if debate::is_debate(text) {
        return debate::drafts(tei, text);
    }
    let is_article = |div: &Element<'_>| {
        let kind = attribute(*div, "type").unwrap_or_default().to_ascii_lowercase();
        ARTICLES.contains(&kind.as_str()) && children(*div, "head").next().is_some()
    };
    let articles: Vec<Element<'_>> = below(text, "div")
        .filter(is_article)
        .filter(|div| !div.ancestors().skip(1).any(|outer| named(outer, "div") && is_article(&outer)))
        .collect();
    let header = at(tei, &["teiHeader"]);
    if articles.is_empty() {
        let body = at(text, &["body"]).unwrap_or(text);
        let mut draft = draft(body, header);
        let title = header.and_then(main_title);
        draft.headline = draft.headline.or(title);
        if draft.authors.is_empty() {
            let authors = header.and_then(|header| at(header, &["fileDesc", "titleStmt"]));
            draft.authors = authors.iter().flat_map(|title| children(*title, "author")).filter_map(dom::text).collect();
        }
        return vec![draft];
    }
    articles
        .into_iter()
        .map(|div| {
            let mut draft = draft(div, header);
            draft.source = draft.source.or_else(|| header.and_then(main_title));
            draft
        })
        .collect()
}

/// The head of an article from its division, its date and paper from the header where the division has none.
fn draft(div: Element<'_>, header: Option<Element<'_>>) -> Draft {
    let mut draft = Draft { language: dom::language(div), ..Draft::default() };
    // the head of a text stands in its first division
    let holder = if named(div, "body") && children(div, "head").next().is_none() {
        below(div, "div").find(|inner| children(*inner, "head").next().is_some()).unwrap_or(div)
    } else {
        div
    };
    let mut used = 0;
    for head in heads(holder) {
        let head_line = line(head);
        used += usize::from(head_line.is_some());
        let kind = attribute(head, "type").unwrap_or_default().to_ascii_lowercase();
        let field = match kind.as_str() {
            "kicker" | "dachzeile" | "overline" => &mut draft.kicker,
            "sub" | "subtitle" | "subhead" | "unterzeile" => &mut draft.subhead,
            _ if draft.headline.is_none() => &mut draft.headline,
            _ => &mut draft.subhead,
        };
        *field = match (field.take(), head_line) {
            (Some(before), Some(line)) => Some(format!("{before} {line}")),
            (before, line) => before.or(line),
        };
    }
    let opening = |name: &'static str| {
        let openers = children(holder, "opener").chain(children(holder, "closer"));
        children(holder, name).chain(openers.flat_map(move |opener| children(opener, name)))
    };
    for byline in opening("byline") {
        let people: Vec<String> =
            below(byline, "persName").chain(below(byline, "docAuthor")).filter_map(text).collect();
        let plain = || line(byline).iter().flat_map(|byline| dom::names(byline)).collect();
        draft.authors.extend(if people.is_empty() { plain() } else { people });
    }
    draft.authors.extend(children(holder, "docAuthor").filter_map(text));
    if draft.authors.is_empty() {
        draft.authors.extend(opening("signed").filter_map(text));
    }
    for dateline in opening("dateline") {
        let place = ["placeName", "name", "settlement"].iter().find_map(|name| text_at(dateline, &[name]));
        let place = place.or_else(|| line(dateline).and_then(|line| dom::town(&line)));
        draft.dateline = draft.dateline.take().or(place);
        draft.dates.extend(below(dateline, "date").filter_map(when));
    }
    draft.dates.extend(children(holder, "date").chain(children(holder, "docDate")).filter_map(when));
    let section = div.ancestors().skip(1).find(|outer| {
        attribute(*outer, "type").is_some_and(|kind| SECTIONS.contains(&kind.to_ascii_lowercase().as_str()))
    });
    draft.section =
        section.and_then(|section| children(section, "head").find_map(line).or_else(|| attribute(section, "n")));
    if let Some(header) = header {
        take_header(header, &mut draft);
    }
    draft.body = blocks(div, role);
    // the heads at the start are the headline and its kin, all others head what follows
    draft.body.retain(|block| {
        let headline = used > 0 && block.kind == Some(PartKind::Crosshead);
        used -= usize::from(headline);
        !headline
    });
    draft
}

/// The heads at the start of a division.
fn heads(div: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    div.children()
        .filter(Element::is_element)
        .take_while(|child| !is_text(*child))
        .filter(|child| named(*child, "head"))
}

fn is_text(element: Element<'_>) -> bool {
    matches!(element.tag_name().name(), "p" | "ab" | "div" | "lg" | "quote" | "list" | "table" | "figure")
}

/// The date of the paper itself, then of the text, then of the file's publication.
fn take_header(header: Element<'_>, draft: &mut Draft) {
    let source = at(header, &["fileDesc", "sourceDesc"]);
    let of_source = source.iter().flat_map(|source| below(*source, "date"));
    let created = at(header, &["profileDesc", "creation"]);
    let publication = at(header, &["fileDesc", "publicationStmt"]);
    let later = created.into_iter().chain(publication).flat_map(|place| below(place, "date"));
    draft.dates.extend(of_source.chain(later).filter_map(when));
    let titles = || source.iter().flat_map(|source| below(*source, "title"));
    let journal = titles().find(|title| matches!(title.attribute("level"), Some("j" | "s")));
    let paper = source.is_some_and(|source| below(source, "monogr").next().is_some());
    let in_monograph = || titles().find(|title| title.ancestors().any(|outer| named(outer, "monogr")));
    draft.source = journal.or_else(|| if paper { in_monograph() } else { titles().next() }).and_then(text);
    let keywords = below(header, "keywords").flat_map(|keywords| {
        below(keywords, "term")
            .chain(below(keywords, "item"))
            .filter(|item| !item.descendants().skip(1).any(|inner| named(inner, "term")))
    });
    dom::add_tags(&mut draft.tags, keywords.filter_map(text));
}

fn main_title(header: Element<'_>) -> Option<String> {
    let titles = at(header, &["fileDesc", "titleStmt"])?;
    let main = children(titles, "title").find(|title| title.attribute("type") == Some("main"));
    main.or_else(|| children(titles, "title").next()).and_then(text)
}

/// A machine-readable date, else its words.
fn when(date: Element<'_>) -> Option<String> {
    ["when", "when-iso", "notBefore", "from"].iter().find_map(|key| attribute(date, key)).or_else(|| text(date))
}

/// A head or byline in one line, read by the same rules as the text.
fn line(element: Element<'_>) -> Option<String> {
    let lines: Vec<String> = blocks(element, role).into_iter().flat_map(|block| block.lines).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

fn role(element: Element<'_>) -> Role<'_> {
    match element.tag_name().name() {
        "note" | "fw" | "figDesc" | "del" | "surplus" | "byline" | "dateline" | "docAuthor" | "docDate" | "graphic"
        | "teiHeader" | "index" | "interp" => Role::Out,
        "choice" | "app" => chosen(element).map_or(Role::Out, Role::Instead),
        "cell" => Role::Cell,
        "row" | "item" => Role::Block(Some(PartKind::Paragraph)),
        "lb" => Role::Wrap { divided: element.attribute("break") == Some("no") },
        "head" if element.parent().is_some_and(|parent| named(parent, "figure")) => {
            Role::Block(Some(PartKind::Caption))
        }
        "figure" => Role::Block(Some(PartKind::Caption)),
        "head" => Role::Block(Some(PartKind::Crosshead)),
        "signed" => Role::Block(Some(PartKind::Boilerplate)),
        "p" | "ab" | "div" | "lg" | "l" | "sp" | "speaker" | "stage" | "list" | "table" | "opener" | "closer"
        | "salute" | "trailer" | "floatingText" | "body" | "front" | "back" => Role::Block(None),
        "quote" | "cit" if children(element, "p").next().is_some() => Role::Block(None),
        _ => Role::Inline,
    }
}

/// The reading of an alternative that a searcher types: regular, corrected, expanded.
fn chosen(choice: Element<'_>) -> Option<Element<'_>> {
    let find = |name| choice.children().find(|child| named(*child, name));
    ["reg", "corr", "expan", "lem", "unclear", "seg"]
        .iter()
        .find_map(|name| find(name))
        .or_else(|| choice.first_element_child())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str) -> Vec<Draft> {
        let document = roxmltree::Document::parse(xml).expect("XML");
        drafts(document.root_element())
    }

    fn lines(draft: &Draft) -> Vec<(Option<&'static str>, String)> {
        draft.body.iter().map(|b| (b.kind.map(PartKind::name), b.lines.join("|"))).collect()
    }

    const HEADER: &str = "<teiHeader><fileDesc><titleStmt><title>Mehlauer Tageblatt</title><author>Jelka Thorn</author></titleStmt>\
        <publicationStmt><date when='2015-03-01'/></publicationStmt><sourceDesc><bibl><title level='j'>Mehlauer Tageblatt</title>\
        <date when='1928-05-04'/></bibl></sourceDesc></fileDesc></teiHeader>";

    #[test]
    fn divisions_with_heads_become_articles() {
        let found = check(&format!(
            "<TEI>{HEADER}<text><body><div type='section'><head>Lokales</head><div type='article'><head type='kicker'>Verkehr</head>\
             <head>Die neue Brücke</head><head type='sub'>Eröffnung im Mai</head><byline>Von Tjark Edelhoff</byline>\
             <dateline><placeName>Mehlau</placeName>, <date when='1928-05-03'>3. Mai</date></dateline><p>Ein Satz.<note>Fußnote</note></p>\
             <head>Was nun</head><p>Noch einer.</p></div><div type='article'><head>Markt</head><p>Kurz.</p></div></div></body></text></TEI>"
        ));
        let [first, second] = found.as_slice() else { panic!("two articles") };
        for (field, expected) in [
            (&first.kicker, "Verkehr"),
            (&first.headline, "Die neue Brücke"),
            (&first.subhead, "Eröffnung im Mai"),
            (&first.dateline, "Mehlau"),
            (&first.section, "Lokales"),
            (&first.source, "Mehlauer Tageblatt"),
            (&second.headline, "Markt"),
        ] {
            assert_eq!(field.as_deref(), Some(expected));
        }
        assert_eq!(first.authors, ["Tjark Edelhoff"]);
        assert_eq!(first.dates, ["1928-05-03", "1928-05-04", "2015-03-01"]);
        let expected = [(None, "Ein Satz."), (Some("crosshead"), "Was nun"), (None, "Noch einer.")];
        assert_eq!(lines(first), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn a_text_without_divisions_is_one_article() {
        let found = check(&format!(
            "<TEI>{HEADER}<text><body><div><head>Der Markt</head><p>Ein Satz.</p></div></body></text></TEI>"
        ));
        let [found] = found.as_slice() else { panic!("one article") };
        assert_eq!((found.headline.as_deref(), found.authors.join("")), (Some("Der Markt"), "Jelka Thorn".into()));
        assert_eq!(lines(found), [(None, "Ein Satz.".to_owned())]);
    }

    #[test]
    fn editorial_marks_are_settled() {
        for (marked, expected) in [
            ("am Ha-<lb break='no'/>fen ruht", "am Hafen ruht"),
            ("am Ha-<lb/>fen ruht", "am Hafen ruht"),
            ("am<lb/>Hafen", "am Hafen"),
            ("am <choice><orig>Haven</orig><reg>Hafen</reg></choice> ruht", "am Hafen ruht"),
            ("am <choice><sic>Hfen</sic><corr>Hafen</corr></choice>", "am Hafen"),
            ("am <hi rend='bold'>Ha</hi>fen<pb n='2'/><cb/>", "am Hafen"),
        ] {
            let found = check(&format!("<TEI><text><body><p>{marked}</p></body></text></TEI>"));
            assert_eq!(lines(&found[0]), [(None, expected.to_owned())], "{marked}");
        }
    }
}
