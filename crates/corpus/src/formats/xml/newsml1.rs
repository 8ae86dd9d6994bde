//! NewsML 1.0 to 1.2 (IPTC): an article a `NewsItem`, its text in the `DataContent` of nested components.

use super::content::{content_blocks, without_headline};
use super::newsml_g2::fill;
use super::nitf;
use crate::draft::Draft;
use crate::structure::{self, Block};
use crate::xml::dom::{self, Element, at, attribute, below, children, named, text, text_at};
use findbuch_article::PartKind;

/// An article a news item.
pub fn drafts(root: Element<'_>) -> Vec<Draft> {
    dom::outermost(root, "NewsItem").map(draft).collect()
}

fn draft(item: Element<'_>) -> Draft {
    let identifier = |name| text_at(item, &["Identification", "NewsIdentifier", name]);
    let revision = identifier("RevisionId");
    let version = revision.as_ref().and_then(|revision| revision.trim().parse().ok());
    let id = identifier("PublicIdentifier").map(|id| without_revision(&id, revision.as_deref()).to_owned());
    let mut draft = Draft { id, language: dom::language(item), version, ..Draft::default() };
    draft.dates.extend(text_at(item, &["NewsManagement", "FirstCreated"]).map(|date| dom::iso(&date)));
    draft.dates.extend(text_at(item, &["NewsManagement", "ThisRevisionCreated"]).map(|date| dom::iso(&date)));
    draft.dates.extend(identifier("DateId").map(|date| dom::iso(&date)));
    let status = at(item, &["NewsManagement", "Status"]).and_then(|status| attribute(status, "FormalName"));
    dom::add_tags(
        &mut draft.tags,
        status.and_then(|status| match status.to_ascii_lowercase().as_str() {
            "canceled" | "cancelled" => Some("zurückgezogen".to_owned()),
            "withheld" | "embargoed" => Some("gesperrt".to_owned()),
            _ => None,
        }),
    );
    if let Some(lines) = below(item, "NewsLines").find(|lines| !is_caption(*lines)) {
        take_lines(lines, &mut draft);
    }
    take_metadata(item, &mut draft);
    for content in dom::outermost(item, "DataContent") {
        if let Some(element) = below(content, "nitf").next() {
            fill(&mut draft, nitf::draft(element));
        // a text packed as base64 stands in an `Encoding`
        } else if content.parent_element().is_none_or(|parent| !named(parent, "Encoding")) {
            let caption = is_caption(content);
            let blocks = content_blocks(content).into_iter();
            draft.body.extend(blocks.map(|block| match block.kind {
                None if caption => Block::marked(PartKind::Caption, block.lines.join(" ")),
                _ => block,
            }));
        }
    }
    without_headline(&mut draft);
    draft
}

/// The identifier that all revisions of an item have: the public one ends with the revision and a letter that tells of updates.
fn without_revision<'a>(id: &'a str, revision: Option<&str>) -> &'a str {
    let last = id.rsplit_once(':').filter(|(_, last)| Some(last.trim_end_matches(['N', 'U', 'A'])) == revision);
    last.map_or(id, |(item, _)| item)
}

/// Whether an element belongs to a picture: its component has the role of one or of a caption.
fn is_caption(element: Element<'_>) -> bool {
    let component = element.ancestors().find(|outer| named(*outer, "NewsComponent"));
    let role = component.and_then(|component| at(component, &["Role"])).and_then(|role| attribute(role, "FormalName"));
    role.is_some_and(|role| ["caption", "picture", "photo", "image"].contains(&role.to_ascii_lowercase().as_str()))
}

fn take_lines(lines: Element<'_>, draft: &mut Draft) {
    let line = |name| text_at(lines, &[name]);
    draft.headline = line("HeadLine");
    draft.subhead = line("SubHeadLine");
    draft.kicker = line("SeriesLine");
    draft.authors = children(lines, "ByLine").filter_map(text).flat_map(|line| dom::names(&line)).collect();
    draft.dateline = line("DateLine").and_then(|line| dom::town(&line));
    draft.agency = line("CreditLine").filter(|credit| structure::is_agency(credit));
    for name in ["KeywordLine", "SlugLine"] {
        dom::add_tags(&mut draft.tags, children(lines, name).filter_map(text).flat_map(|line| dom::listed(&line)));
    }
}

/// Provider and source are parties; subjects and genre are tags where they have names.
fn take_metadata(item: Element<'_>, draft: &mut Draft) {
    let party = |of: &'static str| {
        below(item, of).flat_map(|element| children(element, "Party")).find_map(|party| attribute(party, "FormalName"))
    };
    let (provider, source) = (party("Provider"), party("Source"));
    if draft.agency.is_none() {
        draft.agency = [&source, &provider].into_iter().flatten().find(|name| structure::is_agency(name)).cloned();
    }
    draft.source = provider.or(source);
    if draft.authors.is_empty() {
        draft.authors.extend(party("Creator"));
    }
    let language = below(item, "Language").find_map(|language| attribute(language, "FormalName"));
    draft.language = language.or(draft.language.take());
    for name in ["Subject", "SubjectMatter", "SubjectDetail", "Genre", "Property"] {
        let worded = |value: &String| !value.bytes().any(|b| b.is_ascii_digit());
        let key = if name == "Property" { "Value" } else { "FormalName" };
        let kept = |element: &Element<'_>| {
            name != "Property" || attribute(*element, "FormalName").is_some_and(|kind| kind == "Keyword")
        };
        dom::add_tags(
            &mut draft.tags,
            below(item, name).filter(kept).filter_map(|element| attribute(element, key)).filter(worded),
        );
        let section = |element: Element<'_>| {
            attribute(element, "FormalName")
                .filter(|kind| ["Department", "Section", "Ressort", "Desk", "Category"].contains(&kind.as_str()))
                .and_then(|_| attribute(element, "Value"))
        };
        if name == "Property" {
            draft.section = below(item, name).find_map(section);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_become_articles() {
        let lines = "<NewsLines><HeadLine>Neuer Takt</HeadLine><SubHeadLine>Ab Montag</SubHeadLine><ByLine>Von Jelka Thorn</ByLine>\
                     <DateLine>Mehlau, 3. Mai</DateLine><CreditLine>nda</CreditLine><KeywordLine>Bahn, Verkehr</KeywordLine></NewsLines>";
        for content in [
            "<nitf><body><body.content><p>Ein Satz.</p></body.content></body></nitf>",
            "<html><body><h1>Neuer Takt</h1><p>Ein Satz.</p></body></html>",
            "Ein Satz.",
            "&lt;p&gt;Ein Satz.&lt;/p&gt;",
        ] {
            let xml = format!(
                "<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:x</PublicIdentifier></NewsIdentifier></Identification>\
                 <NewsManagement><FirstCreated>20040503T120000+0200</FirstCreated><Status FormalName='Canceled'/></NewsManagement>\
                 <NewsComponent>{lines}<AdministrativeMetadata><Provider><Party FormalName='Warnsee-Dienst'/></Provider></AdministrativeMetadata>\
                 <NewsComponent><Role FormalName='Main'/><ContentItem><DataContent>{content}</DataContent></ContentItem></NewsComponent>\
                 <NewsComponent><Role FormalName='Caption'/><ContentItem><DataContent>Der Bus.</DataContent></ContentItem></NewsComponent>\
                 </NewsComponent></NewsItem></NewsML>"
            );
            let document = roxmltree::Document::parse(&xml).expect("XML");
            let found = drafts(document.root_element());
            let [found] = found.as_slice() else { panic!("one article") };
            for (field, expected) in [
                (&found.id, "urn:x"),
                (&found.headline, "Neuer Takt"),
                (&found.subhead, "Ab Montag"),
                (&found.dateline, "Mehlau"),
                (&found.agency, "nda"),
                (&found.source, "Warnsee-Dienst"),
            ] {
                assert_eq!(field.as_deref(), Some(expected), "{content}");
            }
            assert_eq!(found.authors, ["Jelka Thorn"]);
            assert_eq!(found.tags, ["zurückgezogen", "Bahn", "Verkehr"]);
            assert_eq!(found.dates, ["2004-05-03T12:00:00+0200"]);
            let caption = Block::marked(PartKind::Caption, "Der Bus.".into());
            assert_eq!(found.body, [Block::plain(vec!["Ein Satz.".into()]), caption], "{content}");
        }
    }
}
