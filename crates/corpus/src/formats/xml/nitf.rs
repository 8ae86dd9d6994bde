//! NITF 3 (IPTC News Industry Text Format): alone or as the text within NewsML.

use super::blocks::{blocks, news};
use crate::draft::Draft;
use crate::structure::{self, Block};
use crate::xml::dom::{self, Element, at, attribute, below, children, collapse, named, text, text_at};
use findbuch_article::PartKind;

/// What an `nitf` element holds.
pub fn draft(nitf: Element<'_>) -> Draft {
    let mut draft = Draft { language: dom::language(nitf), ..Draft::default() };
    if let Some(head) = at(nitf, &["head"]) {
        take_head(head, &mut draft);
    }
    if let Some(head) = at(nitf, &["body", "body.head"]) {
        take_body_head(head, &mut draft);
    }
    if draft.headline.is_none() {
        draft.headline = text_at(nitf, &["head", "title"]);
    }
    for content in at(nitf, &["body"]).iter().flat_map(|body| children(*body, "body.content")) {
        draft.body.extend(blocks(content, news));
    }
    if let Some(end) = at(nitf, &["body", "body.end"]) {
        let end = blocks(end, news).into_iter().flat_map(|block| block.lines);
        draft.body.extend(end.map(|line| Block::marked(PartKind::Boilerplate, line)));
    }
    draft
}

/// `docdata` has id, date and keywords, `pubdata` the paper and the section, `tobject` the subjects.
fn take_head(head: Element<'_>, draft: &mut Draft) {
    let value = |name, key| below(head, name).find_map(|element| attribute(element, key));
    draft.id = value("doc-id", "id-string");
    draft.dates.extend(value("date.issue", "norm").map(|date| dom::iso(&date)));
    draft.dates.extend(value("pubdata", "date.publication").map(|date| dom::iso(&date)));
    draft.source = value("pubdata", "name");
    draft.section = value("pubdata", "position.section");
    draft.url = value("pubdata", "ex-ref").filter(|address| address.contains("://"));
    draft.kicker = value("series", "series.name");
    let keywords = below(head, "keyword").filter_map(|keyword| attribute(keyword, "key"));
    let subjects = below(head, "tobject.subject").filter_map(|subject| {
        ["tobject.subject.matter", "tobject.subject.type"].iter().find_map(|key| attribute(subject, key))
    });
    let genres = below(head, "tobject.property").filter_map(|property| attribute(property, "tobject.property.type"));
    dom::add_tags(&mut draft.tags, keywords.chain(subjects).chain(genres));
}

fn take_body_head(head: Element<'_>, draft: &mut Draft) {
    if let Some(hedline) = at(head, &["hedline"]) {
        for line in hedline.children().filter(Element::is_element) {
            match line.tag_name().name() {
                "hl1" if draft.headline.is_none() => draft.headline = text(line),
                // a line above the headline is the kicker
                "hl2" if draft.headline.is_none() && draft.kicker.is_none() => draft.kicker = text(line),
                "hl2" if draft.subhead.is_none() => draft.subhead = text(line),
                _ => {}
            }
        }
    }
    for byline in children(head, "byline") {
        let people: Vec<String> = children(byline, "person").filter_map(text).collect();
        if people.is_empty() {
            draft.authors.extend(plain_byline(byline).iter().flat_map(|line| dom::names(line)));
        } else {
            draft.authors.extend(people);
        }
        draft.authors.extend(text_at(byline, &["byttl"]).filter(|title| structure::is_agency(title)));
    }
    if let Some(dateline) = at(head, &["dateline"]) {
        draft.dateline = at(dateline, &["location"])
            .and_then(|location| text_at(location, &["city"]).or_else(|| text(location)))
            .or_else(|| text(dateline))
            .and_then(|line| dom::town(&line));
        draft
            .dates
            .extend(at(dateline, &["story.date"]).and_then(|date| attribute(date, "norm")).map(|date| dom::iso(&date)));
    }
    draft.agency = text_at(head, &["distributor", "org"]).or_else(|| text_at(head, &["distributor"]));
    draft.lead = text_at(head, &["abstract"]);
}

/// A byline without the title that follows the name.
fn plain_byline(byline: Element<'_>) -> Option<String> {
    let pieces = byline.children().filter(|child| !named(*child, "byttl"));
    let line: Vec<String> =
        pieces.filter_map(|child| if child.is_text() { child.text().map(collapse) } else { text(child) }).collect();
    let line = collapse(&line.join(" "));
    let line = line.trim_end_matches([',', ' ']).to_owned();
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str) -> Draft {
        let document = roxmltree::Document::parse(xml).expect("XML");
        draft(document.root_element())
    }

    #[test]
    fn heads_are_taken() {
        let found = check(
            "<nitf xml:lang='de'><head><title>Ersatz</title><tobject><tobject.subject tobject.subject.type='Verkehr'/></tobject>\
             <docdata><doc-id id-string='nb-17'/><date.issue norm='20070312T063000+0100'/><key-list><keyword key='Bahn'/></key-list></docdata>\
             <pubdata name='Norderfehner Bote' position.section='Lokales'/></head><body><body.head><hedline><hl2>Nahverkehr</hl2>\
             <hl1>Bus kommt öfter</hl1><hl2>Ab Montag im Takt</hl2></hedline><byline>Von <person>Jelka Thorn</person><byttl>nda</byttl></byline>\
             <distributor><org>nda</org></distributor><dateline><location>Mehlau</location></dateline><abstract><p>Kurz.</p></abstract></body.head>\
             <body.content><p>Ein Satz.</p></body.content><body.end><tagline>Ende</tagline></body.end></body></nitf>",
        );
        for (field, expected) in [
            (&found.id, "nb-17"),
            (&found.kicker, "Nahverkehr"),
            (&found.headline, "Bus kommt öfter"),
            (&found.subhead, "Ab Montag im Takt"),
            (&found.lead, "Kurz."),
            (&found.source, "Norderfehner Bote"),
            (&found.section, "Lokales"),
            (&found.dateline, "Mehlau"),
            (&found.agency, "nda"),
            (&found.language, "de"),
        ] {
            assert_eq!(field.as_deref(), Some(expected));
        }
        assert_eq!(found.authors, ["Jelka Thorn", "nda"]);
        assert_eq!(found.dates, ["2007-03-12T06:30:00+0100"]);
        assert_eq!(found.tags, ["Bahn", "Verkehr"]);
        assert_eq!(found.body[1], Block::marked(PartKind::Boilerplate, "Ende".into()));
    }

    #[test]
    fn bylines_of_plain_text_give_names() {
        for (byline, expected) in [
            ("Von Jelka Thorn und Hauke Brons, Mehlau", vec!["Jelka Thorn", "Hauke Brons"]),
            ("Jelka Thorn<byttl>Redaktion</byttl>", vec!["Jelka Thorn"]),
        ] {
            let found = check(&format!("<nitf><body><body.head><byline>{byline}</byline></body.head></body></nitf>"));
            assert_eq!(found.authors, expected, "{byline}");
        }
    }
}
