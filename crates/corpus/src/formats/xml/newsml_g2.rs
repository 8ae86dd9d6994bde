//! NewsML-G2 (IPTC): news items, packages, and messages of several.

use super::blocks::{Role, blocks, news};
use super::content::{content_blocks, loose_blocks, without_headline};
use super::nitf;
use crate::draft::Draft;
use crate::structure::{self, Block};
use crate::xml::dom::{self, Element, at, attribute, below, children, named, text, text_at};
use findbuch_article::PartKind;

/// An article a news item; a package is one where no item comes with it.
pub fn drafts(root: Element<'_>) -> Vec<Draft> {
    if !named(root, "newsMessage") {
        return vec![draft(root)];
    }
    let items: Vec<Draft> = dom::outermost(root, "newsItem").map(draft).collect();
    if items.is_empty() { dom::outermost(root, "packageItem").map(draft).collect() } else { items }
}

fn draft(item: Element<'_>) -> Draft {
    let version = attribute(item, "version").and_then(|version| version.trim().parse().ok());
    let mut draft = Draft { id: attribute(item, "guid"), language: dom::language(item), version, ..Draft::default() };
    if let Some(meta) = at(item, &["contentMeta"]) {
        take_content_meta(meta, &mut draft);
    }
    let picture = at(item, &["itemMeta"]).is_some_and(|meta| take_item_meta(meta, &mut draft));
    if let Some(set) = at(item, &["contentSet"]) {
        take_content(set, &mut draft);
    }
    for reference in dom::outermost(item, "itemRef") {
        let line = |names: [&str; 2]| names.iter().find_map(|name| text_at(reference, &[name]));
        draft.body.extend(line(["headline", "title"]).map(|title| Block::marked(PartKind::Crosshead, title)));
        draft.body.extend(line(["description", "abstract"]).map(|text| Block::plain(vec![text])));
    }
    if let Some(lead) = draft.lead.take_if(|_| picture) {
        draft.body.push(Block::marked(PartKind::Caption, lead));
    }
    without_headline(&mut draft);
    draft
}

/// The part of a qcode or URI behind its scheme: `canceled` of `stat:canceled`.
fn code(value: &str) -> &str {
    value.rsplit([':', '/']).next().unwrap_or(value)
}

fn coded(element: Element<'_>) -> Option<String> {
    ["qcode", "literal", "uri"].iter().find_map(|key| attribute(element, key))
}

/// The name of a concept: in German, else the first, else its literal.
fn name(concept: Element<'_>) -> Option<String> {
    let german = |name: &Element<'_>| dom::language(*name).is_some_and(|language| language.starts_with("de"));
    children(concept, "name")
        .find(german)
        .or_else(|| children(concept, "name").next())
        .and_then(text)
        .or_else(|| attribute(concept, "literal"))
}

/// Fills provider, dates and state; returns whether the item is a picture, film or sound.
fn take_item_meta(meta: Element<'_>, draft: &mut Draft) -> bool {
    if let Some(provider) = at(meta, &["provider"]) {
        let sign = coded(provider).map(|qcode| code(&qcode).to_owned());
        draft.source = name(provider).or_else(|| sign.clone());
        if draft.agency.is_none() {
            draft.agency = [sign, draft.source.clone()].into_iter().flatten().find(|sign| structure::is_agency(sign));
        }
    }
    draft.dates.extend(["firstCreated", "versionCreated"].iter().filter_map(|name| text_at(meta, &[name])));
    let state = at(meta, &["pubStatus"]).and_then(coded);
    dom::add_tags(
        &mut draft.tags,
        state.and_then(|state| match code(&state) {
            "canceled" | "cancelled" => Some("zurückgezogen".to_owned()),
            "withheld" => Some("gesperrt".to_owned()),
            _ => None,
        }),
    );
    let class = at(meta, &["itemClass"]).and_then(coded).unwrap_or_default();
    matches!(code(&class), "picture" | "graphic" | "video" | "animation" | "audio")
}

fn take_content_meta(meta: Element<'_>, draft: &mut Draft) {
    for headline in children(meta, "headline") {
        let role = attribute(headline, "role").unwrap_or_default();
        let role = code(&role).to_ascii_lowercase();
        let rank = attribute(headline, "rank").unwrap_or_default();
        let field = match role.as_str() {
            // dpa tells its lines by rank alone
            "" if rank == "3" => &mut draft.kicker,
            "" if rank == "2" => &mut draft.subhead,
            "kicker" | "overline" | "topline" | "dachzeile" => &mut draft.kicker,
            role if role.starts_with("sub") || role == "unterzeile" => &mut draft.subhead,
            _ => &mut draft.headline,
        };
        if field.is_none() {
            *field = text(headline);
        }
    }
    let by: Vec<String> = children(meta, "by").filter_map(text).flat_map(|line| dom::names(&line)).collect();
    let creators = || children(meta, "creator").filter_map(name).collect();
    draft.authors = if by.is_empty() { creators() } else { by };
    let info = at(meta, &["infoSource"]);
    let sign = info.and_then(coded).map(|qcode| code(&qcode).to_owned()).filter(|sign| structure::is_agency(sign));
    let credit = text_at(meta, &["creditline"]).filter(|line| structure::is_agency(line));
    draft.agency = sign.or_else(|| info.and_then(name)).or(credit);
    draft.dateline = text_at(meta, &["dateline"])
        .or_else(|| at(meta, &["located"]).and_then(name))
        .and_then(|line| dom::town(&line));
    draft.dates.extend(text_at(meta, &["contentCreated"]));
    draft.lead = text_at(meta, &["description"]);
    draft.language = at(meta, &["language"]).and_then(|language| attribute(language, "tag")).or(draft.language.take());
    for subject in children(meta, "subject") {
        let kind = attribute(subject, "type").unwrap_or_default();
        match code(&kind) {
            "department" | "section" | "category" | "desk" | "ressort" if draft.section.is_none() => {
                draft.section = name(subject);
            }
            _ => dom::add_tags(&mut draft.tags, name(subject)),
        }
    }
    dom::add_tags(&mut draft.tags, children(meta, "genre").filter_map(name));
    dom::add_tags(&mut draft.tags, children(meta, "keyword").filter_map(text));
    dom::add_tags(&mut draft.tags, children(meta, "slugline").filter_map(text).flat_map(|line| dom::listed(&line)));
}

/// The first rendition with a text counts: `inlineXML` with NITF or XHTML, else `inlineData`.
fn take_content(set: Element<'_>, draft: &mut Draft) {
    for inline in below(set, "inlineXML") {
        if let Some(element) = below(inline, "nitf").next() {
            fill(draft, nitf::draft(element));
        } else {
            draft.body = blocks(inline, below_the_header);
            if draft.authors.is_empty() {
                let bylines = below(inline, "header")
                    .flat_map(|header| header.descendants())
                    .filter(|element| has_class(*element, "byline"));
                draft.authors = bylines.filter_map(text).flat_map(|line| dom::names(&line)).collect();
            }
        }
        if !draft.body.is_empty() {
            return;
        }
    }
    for inline in below(set, "inlineData") {
        let encoded = attribute(inline, "encoding").is_some();
        draft.body = if encoded { Vec::new() } else { content_blocks(inline) };
        if !draft.body.is_empty() {
            return;
        }
    }
    if draft.body.is_empty() {
        draft.body = dom::outermost(set, "description").filter_map(text).flat_map(|text| loose_blocks(&text)).collect();
    }
}

/// The roles of XHTML's elements; the header of the document repeats what its metadata says.
fn below_the_header(element: Element<'_>) -> Role<'_> {
    let of_document = element.parent_element().is_some_and(|parent| named(parent, "body"));
    if named(element, "header") && of_document { Role::Out } else { news(element) }
}

fn has_class(element: Element<'_>, class: &str) -> bool {
    element.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|one| one == class))
}

/// Fills the empty fields with those of the text within.
pub fn fill(draft: &mut Draft, inner: Draft) {
    let fields = [
        (&mut draft.kicker, inner.kicker),
        (&mut draft.headline, inner.headline),
        (&mut draft.subhead, inner.subhead),
        (&mut draft.lead, inner.lead),
        (&mut draft.source, inner.source),
        (&mut draft.section, inner.section),
        (&mut draft.agency, inner.agency),
        (&mut draft.dateline, inner.dateline),
        (&mut draft.language, inner.language),
        (&mut draft.id, inner.id),
    ];
    for (field, value) in fields {
        if field.is_none() {
            *field = value;
        }
    }
    if draft.authors.is_empty() {
        draft.authors = inner.authors;
    }
    draft.dates.extend(inner.dates);
    dom::add_tags(&mut draft.tags, inner.tags);
    draft.body.extend(inner.body);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str) -> Vec<Draft> {
        let document = roxmltree::Document::parse(xml).expect("XML");
        drafts(document.root_element())
    }

    const META: &str = "<itemMeta><provider qcode='nprov:nda'><name>Norddeutsche Agentur</name></provider>\
        <versionCreated>2024-05-14T10:00:00+02:00</versionCreated><pubStatus qcode='stat:canceled'/></itemMeta>\
        <contentMeta><headline role='hl:kicker'>Bahn</headline><headline>Neuer Takt</headline><by>Von Jelka Thorn</by>\
        <contentCreated>2024-05-14T09:30:00+02:00</contentCreated><dateline>Mehlau (nda) –</dateline><slugline>Bahn/Verkehr</slugline>\
        <subject type='cpnat:department' literal='Lokales'/><subject><name xml:lang='en'>rail</name><name xml:lang='de'>Schiene</name></subject></contentMeta>";

    #[test]
    fn metadata_is_taken() {
        let found = check(&format!(
            "<newsItem guid='urn:x:1' xml:lang='de'>{META}<contentSet><inlineXML><html><head><title>x</title></head><body>\
             <h1>Neuer Takt</h1><p>Ein Satz.</p></body></html></inlineXML></contentSet></newsItem>"
        ));
        let [found] = found.as_slice() else { panic!("one article") };
        for (field, expected) in [
            (&found.id, "urn:x:1"),
            (&found.kicker, "Bahn"),
            (&found.headline, "Neuer Takt"),
            (&found.source, "Norddeutsche Agentur"),
            (&found.agency, "nda"),
            (&found.dateline, "Mehlau"),
            (&found.section, "Lokales"),
        ] {
            assert_eq!(field.as_deref(), Some(expected));
        }
        assert_eq!(found.authors, ["Jelka Thorn"]);
        assert_eq!(found.dates, ["2024-05-14T09:30:00+02:00", "2024-05-14T10:00:00+02:00"]);
        assert_eq!(found.tags, ["Schiene", "Bahn", "Verkehr", "zurückgezogen"]);
        assert_eq!(found.body, [Block::plain(vec!["Ein Satz.".into()])]);
    }

    #[test]
    fn content_is_read_in_every_form() {
        for content in [
            "<inlineData contenttype='text/plain'>Ein Satz.\n\nNoch einer.</inlineData>",
            "<inlineData contenttype='text/html'>&lt;p&gt;Ein Satz.&lt;/p&gt;&lt;p&gt;Noch einer.&lt;/p&gt;</inlineData>",
            "<inlineXML><nitf><body><body.content><p>Ein Satz.</p><p>Noch einer.</p></body.content></body></nitf></inlineXML>",
            "<remoteContent href='x'/><inlineXML><div><p>Ein Satz.</p><p>Noch einer.</p></div></inlineXML>",
        ] {
            let found = check(&format!(
                "<newsMessage><itemSet><newsItem><contentSet>{content}</contentSet></newsItem></itemSet></newsMessage>"
            ));
            let lines: Vec<&str> =
                found.iter().flat_map(|d| &d.body).flat_map(|b| &b.lines).map(String::as_str).collect();
            assert_eq!(lines, ["Ein Satz.", "Noch einer."], "{content}");
        }
    }
}
