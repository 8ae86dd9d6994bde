//! News items in JSON as agencies send them: ninjs 1 to 3 (IPTC), and dpa digitalwires.

use super::values::{self, simple};
use super::xml::nitf_draft;
use crate::draft::Draft;
use crate::markup;
use crate::structure::{self, Block};
use findbuch_article::PartKind;
use serde_json::{Map, Value};

/// An object whose keys are compared without case, `_` and `-`, as [`super::json`] compares them.
struct Item<'a>(Vec<(String, &'a Value)>);

impl<'a> Item<'a> {
    fn of(object: &'a Map<String, Value>) -> Item<'a> {
        Item(object.iter().map(|(key, value)| (simple(key), value)).collect())
    }

    fn value(&self, key: &str) -> Option<&'a Value> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| *value).filter(|value| !value.is_null())
    }

    fn text(&self, keys: &[&str]) -> Option<String> {
        let texts = keys.iter().filter_map(|key| self.value(key)).filter_map(Value::as_str);
        texts.map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
    }

    fn items(&self, key: &str) -> Vec<Item<'a>> {
        let values: Vec<&Value> = match self.value(key) {
            Some(Value::Array(values)) => values.iter().collect(),
            Some(Value::Object(values)) => values.values().collect(),
            _ => Vec::new(),
        };
        values.into_iter().filter_map(Value::as_object).map(Item::of).collect()
    }

    fn strings(&self, key: &str) -> Vec<String> {
        self.value(key).map(|value| values::texts(value, 0)).unwrap_or_default()
    }
}

/// The draft of an agency's item; none for another object.
pub fn draft(object: &Map<String, Value>) -> Option<Draft> {
    let item = Item::of(object);
    if item.text(&["format"]).is_some_and(|format| format.starts_with("digitalwires")) {
        return Some(digitalwires(&item));
    }
    let versioned = item.value("versioncreated").is_some();
    let named = item.value("standard").and_then(|standard| standard.get("name")).is_some_and(|name| name == "ninjs");
    let listed = ["headlines", "bodies", "descriptions"].iter().any(|key| item.value(key).is_some_and(Value::is_array));
    let texts = ["bodyxhtml", "bodytext", "bodyhtml"].iter().any(|key| item.value(key).is_some());
    let is_ninjs = item.value("uri").is_some() && (named || listed || versioned && texts);
    is_ninjs.then(|| ninjs(&item))
}

/// The tags of an item's state, as other agency formats have them, and its version.
fn state(item: &Item<'_>, draft: &mut Draft) {
    let code = |text: String| text.rsplit(':').next().unwrap_or("").to_ascii_lowercase();
    let status = item.text(&["pubstatus"]).map(code).unwrap_or_default();
    let signal = item.text(&["signal"]).map(code).unwrap_or_default();
    let embargo = item.text(&["embargoed"]);
    let urgency = item.value("urgency").and_then(Value::as_u64);
    let tags = [
        (matches!(status.as_str(), "canceled" | "cancelled"), "zurückgezogen"),
        (status == "withheld" || embargo.is_some(), "gesperrt"),
        (signal.starts_with("correct"), "Berichtigung"),
        (urgency == Some(1), "Blitzmeldung"),
        (urgency == Some(2), "Eilmeldung"),
    ];
    let version =
        item.value("version").and_then(|value| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok()));
    draft.version = version;
    draft.tags.extend(tags.iter().filter(|(is, _)| *is).map(|(_, tag)| (*tag).to_owned()));
    draft.dates.splice(0..0, embargo);
}

/// dpa digitalwires: `article_html` with what stands beside it. Notes to newsrooms are kept aside, those that are not for publication left out.
fn digitalwires(item: &Item<'_>) -> Draft {
    let html = |key: &str| item.text(&[key]).map(|html| markup::blocks(&html)).unwrap_or_default();
    let notepad = item.value("notepad").and_then(Value::as_object).map(Item::of);
    let notes = notepad.and_then(|notepad| notepad.text(&["publichtml"])).map(|html| markup::blocks(&html));
    let mut body = html("articlehtml");
    body.extend(html("infoboxhtml"));
    body.extend(captions(item));
    body.extend(html("linkboxhtml").into_iter().chain(notes.unwrap_or_default()).map(|block| aside(&block)));
    let credit = item.text(&["creditline"]);
    let mut draft = Draft {
        id: item.text(&["urn", "entryid"]),
        kicker: item.text(&["kicker"]),
        headline: item.text(&["headline"]),
        subhead: item.text(&["subhead"]),
        lead: item.text(&["teaser"]),
        body,
        authors: item.text(&["byline"]).into_iter().collect(),
        dates: ["contentcreated", "versioncreated", "updated"].iter().filter_map(|key| item.text(&[key])).collect(),
        dateline: item.text(&["dateline"]).and_then(|line| crate::xml::dom::town(&line)),
        agency: credit.clone().filter(|credit| structure::is_agency(credit)),
        source: credit,
        section: item.strings("rubricnames").into_iter().chain(item.strings("desknames")).map(section).next(),
        tags: ["dpasubjectnames", "keywordnames", "geosubjectnames", "genrenames"]
            .iter()
            .flat_map(|key| item.strings(key))
            .collect(),
        language: item.text(&["language"]),
        ..Draft::default()
    };
    state(item, &mut draft);
    draft
}

fn aside(block: &Block) -> Block {
    Block::marked(PartKind::Boilerplate, block.lines.join(" "))
}

/// The sections that desks of German agencies are called by.
fn section(desk: String) -> String {
    match desk.as_str() {
        "pl" => "Politik".to_owned(),
        "wi" => "Wirtschaft".to_owned(),
        "ku" => "Kultur".to_owned(),
        "sp" => "Sport".to_owned(),
        "vm" => "Vermischtes".to_owned(),
        "ws" => "Wissenschaft".to_owned(),
        _ => desk,
    }
}

/// What is said of the pictures that come with an item.
fn captions(item: &Item<'_>) -> Vec<Block> {
    let captions = item.items("associations").into_iter().filter_map(|picture| {
        let caption = picture.text(&["caption", "descriptiontext", "headline"])?;
        let caption = markup::inline_text(&caption);
        Some(match picture.text(&["creditline"]) {
            Some(credit) => format!("{caption} Foto: {credit}"),
            None => caption,
        })
    });
    captions.map(|caption| Block::marked(PartKind::Caption, caption)).collect()
}

/// ninjs: single keys (1), or lists of values with roles (2 and 3).
fn ninjs(item: &Item<'_>) -> Draft {
    let headlines = item.items("headlines");
    let descriptions = item.items("descriptions");
    let with_role = |items: &[Item<'_>], roles: &[&str]| {
        let is = |item: &&Item<'_>| item.text(&["role"]).is_some_and(|role| roles.contains(&role.as_str()));
        items.iter().find(is).and_then(|item| item.text(&["value"]))
    };
    let first = |items: &[Item<'_>]| items.iter().find_map(|item| item.text(&["value"]));
    let picture =
        item.text(&["type"]).is_some_and(|kind| ["picture", "graphic", "video", "audio"].contains(&kind.as_str()));
    let mut body = body(item);
    let lead = with_role(&descriptions, &["lead", "summary", "abstract", "teaser"])
        .or_else(|| item.text(&["descriptiontext", "descriptionhtml", "descriptionxhtml"]))
        .or_else(|| first(&descriptions))
        .map(|text| markup::inline_text(&text));
    let lead = lead.filter(|_| !picture);
    if picture {
        let about = descriptions.iter().filter_map(|of| of.text(&["value"])).chain(item.text(&["descriptiontext"]));
        body.extend(about.map(|text| Block::marked(PartKind::Caption, markup::inline_text(&text))));
    }
    // an item may bring others along, as packages do
    for other in item.items("associations") {
        let text = self::body(&other);
        let headline = other.text(&["headline"]).filter(|_| !text.is_empty());
        body.extend(headline.map(|line| Block::marked(PartKind::Crosshead, markup::inline_text(&line))));
        body.extend(text);
    }
    body.extend(captions(item));
    let source =
        item.text(&["copyrightholder"]).or_else(|| item.items("infosources").iter().find_map(|of| of.text(&["name"])));
    let concepts = ["subject", "subjects", "genre", "genres"];
    let mut tags: Vec<String> =
        concepts.iter().flat_map(|key| item.items(key)).filter_map(|of| of.text(&["name"])).collect();
    tags.extend(item.strings("keywords"));
    tags.extend(item.text(&["slugline"]).map(|line| crate::xml::dom::listed(&line)).unwrap_or_default());
    let mut draft = Draft {
        id: item.text(&["uri"]),
        url: item.text(&["uri"]).filter(|uri| uri.starts_with("http")),
        kicker: with_role(&headlines, &["kicker", "overline", "topline"]),
        headline: with_role(&headlines, &["main"])
            .or_else(|| item.text(&["headline"]))
            .or_else(|| first(&headlines))
            .or_else(|| item.text(&["title", "name"]))
            .map(|text| markup::inline_text(&text)),
        subhead: with_role(&headlines, &["sub", "subhead", "subheadline"]),
        lead,
        body,
        authors: item.text(&["byline", "by"]).into_iter().collect(),
        dates: ["contentcreated", "firstcreated", "versioncreated"]
            .iter()
            .filter_map(|key| item.text(&[key]))
            .collect(),
        dateline: item.text(&["located"]).and_then(|line| crate::xml::dom::town(&line)),
        agency: source.clone().filter(|source| structure::is_agency(source)),
        source,
        tags,
        language: item.text(&["language"]),
        ..Draft::default()
    };
    state(item, &mut draft);
    draft
}

/// The text: HTML before plain text, NITF within.
fn body(item: &Item<'_>) -> Vec<Block> {
    for key in ["bodyxhtml", "bodyhtml", "bodytext"] {
        if let Some(text) = item.text(&[key]) {
            return values::body(&Value::String(text));
        }
    }
    let bodies = item.items("bodies");
    let of = |kind: &str| {
        let is = |body: &&Item<'_>| {
            let about = ["contenttype", "role"].iter().filter_map(|key| body.text(&[key]));
            about.map(|text| text.to_ascii_lowercase()).any(|text| text.contains(kind))
        };
        bodies.iter().find(is).and_then(|body| body.text(&["value"]))
    };
    if let Some(text) = of("html").or_else(|| of("plain")).or_else(|| of("text/plain")) {
        return values::body(&Value::String(text));
    }
    if let Some(draft) = of("nitf").and_then(|nitf| nitf_draft(&nitf)) {
        return draft.body;
    }
    bodies
        .iter()
        .find_map(|body| body.text(&["value"]))
        .map(|text| values::body(&Value::String(text)))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> Draft {
        draft(value.as_object().expect("an object")).expect("an agency's item")
    }

    fn lines(draft: &Draft) -> Vec<(Option<&'static str>, String)> {
        draft.body.iter().map(|block| (block.kind.map(PartKind::name), block.lines.join("|"))).collect()
    }

    #[test]
    fn digitalwires_are_read() {
        let draft = read(&json!({
            "format": "digitalwires@0.9.1", "urn": "urn:newsml:nda.example:1", "pubstatus": "canceled", "signal": "sig:correction",
            "urgency": 2, "kicker": "Fähren", "headline": "Kettenfähre fällt aus", "subhead": null, "teaser": "Kurz.",
            "version_created": "2025-01-28T09:18:34+01:00", "byline": "Von Jelka Thorn, nda", "dateline": "Mehlau (nda) - ",
            "article_html": "<section class=\"main\"><p>Die Fähre fällt aus.</p><h3>Ersatz</h3><p>Busse fahren.</p></section>",
            "infobox_html": "<p>Abfahrt um acht.</p>", "creditline": "dpa", "desk_names": ["wi"], "dpasubject_names": ["Verkehr"],
            "notepad": {"public_html": "<p>Ansprechpartner folgen.</p>", "nonpublic_html": "<p>geheim</p>"},
            "associations": [{"type": "image", "caption": "Der Anleger", "creditline": "Thorn"}]
        }));
        assert_eq!((draft.id.as_deref(), draft.kicker.as_deref()), (Some("urn:newsml:nda.example:1"), Some("Fähren")));
        assert_eq!((draft.section.as_deref(), draft.dateline.as_deref()), (Some("Wirtschaft"), Some("Mehlau")));
        assert_eq!(draft.dates, ["2025-01-28T09:18:34+01:00"]);
        assert_eq!(draft.tags, ["Verkehr", "zurückgezogen", "Berichtigung", "Eilmeldung"]);
        let expected = [
            (None, "Die Fähre fällt aus."),
            (Some("crosshead"), "Ersatz"),
            (None, "Busse fahren."),
            (None, "Abfahrt um acht."),
            (Some("caption"), "Der Anleger Foto: Thorn"),
            (Some("boilerplate"), "Ansprechpartner folgen."),
        ];
        assert_eq!(lines(&draft), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn every_version_of_ninjs_is_read() {
        for item in [
            json!({"uri": "http://nda.example/1", "versioncreated": "2013-07-09T10:37:00Z", "headline": "Kettenfähre fällt aus",
                "byline": "Jelka Thorn", "body_text": "anders", "body_xhtml": "<p>Die Fähre fällt aus.</p>", "located": "Mehlau"}),
            json!({"uri": "http://nda.example/1", "versioncreated": "2013-07-09T10:37:00Z", "by": "Jelka Thorn",
                "headlines": [{"role": "main", "value": "Kettenfähre fällt aus"}], "located": "Mehlau",
                "bodies": [{"role": "text", "contenttype": "text/plain", "value": "anders"},
                    {"role": "html", "contenttype": "text/html", "value": "<p>Die Fähre fällt aus.</p>"}]}),
            json!({"uri": "http://nda.example/1", "standard": {"name": "ninjs", "version": "3.0"}, "title": "Kettenfähre fällt aus",
                "versionCreated": "2013-07-09T10:37:00Z", "by": "Jelka Thorn", "located": "Mehlau",
                "bodies": [{"role": "nitf", "contentType": "text/vnd.IPTC.NITF",
                    "value": "<nitf><body><body.content><p>Die Fähre fällt aus.</p></body.content></body></nitf>"}]}),
        ] {
            let draft = read(&item);
            assert_eq!(draft.headline.as_deref(), Some("Kettenfähre fällt aus"), "{item}");
            assert_eq!(lines(&draft), [(None, "Die Fähre fällt aus.".to_owned())], "{item}");
            assert_eq!(draft.dates, ["2013-07-09T10:37:00Z"], "{item}");
            assert_eq!((draft.authors.concat(), draft.dateline.as_deref()), ("Jelka Thorn".to_owned(), Some("Mehlau")));
        }
        assert!(draft(json!({"uri": "x", "title": "Kein ninjs"}).as_object().expect("an object")).is_none());
    }
}
