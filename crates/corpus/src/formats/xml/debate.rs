//! Debates of parliaments in TEI, as GermaParl and its kin have them: an agenda item a `div` of type `agenda_item`, a speech an `sp`.
//! An article is a speech, with the shorter ones that follow it: questions, and what the chair says.

use super::blocks::{Role, blocks};
use crate::draft::Draft;
use crate::structure::Block;
use crate::xml::dom::{Element, at, attribute, below, children, named, text, text_at};
use findbuch_article::PartKind;

/// Fewest words of a speech that is an article.
const MIN_WORDS: usize = 50;

/// The speeches of a session; none where the text is no debate.
pub fn drafts(tei: Element<'_>, text: Element<'_>) -> Vec<Draft> {
    let items = below(text, "div").filter(|div| attribute(*div, "type").is_some_and(|kind| kind == "agenda_item"));
    let header = at(tei, &["teiHeader"]);
    let mut drafts: Vec<Draft> = Vec::new();
    for item in items {
        let agenda = ["desc", "n", "what"].iter().find_map(|key| attribute(item, key)).filter(|name| !name.is_empty());
        let mut first = true;
        for speech in children(item, "sp") {
            let (speaker, body) = read(speech);
            let words: usize =
                body.iter().flat_map(|block| &block.lines).map(|line| line.split_whitespace().count()).sum();
            match drafts.last_mut() {
                Some(open) if words < MIN_WORDS && !first => {
                    open.body.extend(speaker.map(|name| Block::marked(PartKind::Crosshead, name)));
                    open.body.extend(body);
                }
                _ => {
                    let authors = attribute(speech, "who").into_iter().collect();
                    drafts.push(Draft { kicker: agenda.clone(), headline: speaker, authors, body, ..about(header) });
                }
            }
            first = false;
        }
    }
    drafts
}

/// Who speaks, and what: `Jelka Thorn (Grüne)`.
fn read(speech: Element<'_>) -> (Option<String>, Vec<Block>) {
    let name = attribute(speech, "who")
        .or_else(|| text_at(speech, &["speaker"]).map(|line| line.trim_end_matches(':').to_owned()));
    let group = ["parliamentary_group", "party"].iter().find_map(|key| attribute(speech, key));
    let group = group.filter(|group| !group.is_empty() && group != "NA");
    let speaker = name.map(|name| group.map_or_else(|| name.clone(), |group| format!("{name} ({group})")));
    (speaker, blocks(speech, role))
}

fn role(element: Element<'_>) -> Role<'_> {
    match element.tag_name().name() {
        "speaker" | "note" | "pb" => Role::Out,
        "p" | "stage" | "ab" => Role::Block(None),
        _ => Role::Inline,
    }
}

/// What the header says of the session. Its publication is that of the minutes; the source is where the file was taken from, and when.
fn about(header: Option<Element<'_>>) -> Draft {
    let Some(header) = header else { return Draft::default() };
    let date = |place: Element<'_>| {
        let dates = below(place, "date");
        dates.filter_map(|date| attribute(date, "when").or_else(|| text(date))).collect::<Vec<_>>()
    };
    let places = [&["fileDesc", "publicationStmt"][..], &["profileDesc", "creation"], &["fileDesc", "sourceDesc"]];
    let publisher = at(header, &["fileDesc", "publicationStmt"]).and_then(|place| text_at(place, &["publisher"]));
    let title = at(header, &["fileDesc", "titleStmt"]).and_then(|place| children(place, "title").find_map(text));
    Draft {
        dates: places.iter().filter_map(|path| at(header, path)).flat_map(date).collect(),
        source: publisher.or_else(|| title.clone()),
        section: title,
        ..Draft::default()
    }
}

/// Whether a text is a debate.
pub fn is_debate(text: Element<'_>) -> bool {
    below(text, "div").any(|div| {
        attribute(div, "type").is_some_and(|kind| kind == "agenda_item")
            && children(div, "sp").any(|sp| named(sp, "sp"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeches_are_articles() {
        let long = "Die Fähre muss fahren, solange es keine Brücke gibt, und eine Brücke gibt es nicht. ".repeat(5);
        let xml = format!(
            "<TEI><teiHeader><fileDesc><titleStmt><title>Plenarprotokoll</title></titleStmt><publicationStmt><publisher>Landtag</publisher>\
             <date when='1999-03-04'/></publicationStmt><sourceDesc><date when='2016-01-01'/></sourceDesc></fileDesc></teiHeader><text><body>\
             <div type='agenda_item' desc='Fährverkehr'><sp who='Tilda Reents' party='NA'><p>Ich eröffne die Aussprache.</p></sp>\
             <sp who='Jelka Thorn' parliamentary_group='Grüne'><speaker>Jelka Thorn:</speaker><p>{long}</p><stage>(Beifall)</stage></sp>\
             <sp who='Tilda Reents'><p>Danke.</p></sp></div></body></text></TEI>"
        );
        let document = roxmltree::Document::parse(&xml).expect("XML");
        let root = document.root_element();
        let text = at(root, &["text"]).expect("a text");
        assert!(is_debate(text));
        let found = drafts(root, text);
        let heads: Vec<_> = found.iter().map(|draft| draft.headline.as_deref().unwrap_or("")).collect();
        assert_eq!(heads, ["Tilda Reents", "Jelka Thorn (Grüne)"]);
        let speech = &found[1];
        assert_eq!(speech.dates, ["1999-03-04", "2016-01-01"]);
        assert_eq!((speech.kicker.as_deref(), speech.source.as_deref()), (Some("Fährverkehr"), Some("Landtag")));
        let lines: Vec<&str> = speech.body.iter().flat_map(|block| &block.lines).map(String::as_str).collect();
        assert_eq!(lines[1..], ["(Beifall)", "Tilda Reents", "Danke."]);
    }
}
