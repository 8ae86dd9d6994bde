//! The mapping of an index on OpenSearch.
//!
//! Texts come analysed: a field of [`PLACES`] is given its positions as lines, each with the terms of its position, and OpenSearch only
//! splits. One position is left unused between two texts.
//!
//! - `text`: stems of all searched parts; behind `+`, stems of the parts of the compound at the position.
//! - `kicker`, `headline`, `lead` (with the subheads), `quote`, `caption`: the same of these parts alone.
//! - `furniture`: the terms of page furniture.
//! - `exact`: the folded forms. `keys`: each behind its [`findbuch_german::prefix_key`], to find all that begin alike.
//! - `author`, `section`, …: the forms of names at their positions; `author_form`, …: each form by itself.
//! - `source_name`, …: names as a reader sees them, to be counted.
//! - `address`: url, path and id in lower case, each behind a letter that says which.
//! - `words`, `length`, `headline_length`: words of the text; of it and of the headline as the ranking has them.
//! - `commit`: the number of the commit that added the article. No search sees one above that of the last commit, see
//!   [`super::writer`]; what has none is no article. `order`: its number among those of the commit.
//! - `record`: the number of the article in its file, where it has one.
//! - `digest`: a hash of `content`, whose sum identifies the articles.
//! - `article`: the article. `state`, of one document: what is committed with the articles.

use crate::facets::FacetField;
use findbuch_german::FINGERPRINT;
use findbuch_query::Field;
use serde_json::{Value, json};

/// Version of the mapping and of what is stored; another one is refused.
pub const FORMAT: u32 = 1;
/// Separates positions, and the terms of a position; no word has them.
pub const POSITION: char = '\n';
pub const TERM: char = '\t';
/// Begins the stem of a part of a compound; no stem begins so.
pub const PART: char = '+';
/// Separates the two halves of `keys`.
pub const KEY: char = '\u{1f}';
/// The one document that is no article.
pub const STATE: &str = "state";
/// Name of the analyser that only splits.
const PLACES: &str = "places";
/// Longest text that is kept as a whole, in characters: Lucene takes no longer ones.
const LONGEST: u32 = 8_000;

/// The fields whose names are searched by their forms.
pub const NAMED: [(Field, &str); 8] = [
    (Field::Author, "author"),
    (Field::Section, "section"),
    (Field::Source, "source"),
    (Field::Agency, "agency"),
    (Field::Tag, "tag"),
    (Field::Person, "person"),
    (Field::Organisation, "organisation"),
    (Field::Place, "place"),
];

/// The name of a field that is searched by forms.
pub fn named(field: Field) -> Option<&'static str> {
    NAMED.iter().find(|(named, _)| *named == field).map(|(_, name)| *name)
}

/// The field that a facet's names are counted in.
pub fn counted(field: FacetField) -> String {
    format!("{}_name", field.name())
}

/// The settings and the mapping of an index.
pub fn body() -> Value {
    let places = json!({
        "type": "text", "analyzer": PLACES, "search_analyzer": "keyword", "position_increment_gap": 1, "norms": false,
    });
    let whole = json!({ "type": "keyword", "ignore_above": LONGEST });
    let number = json!({ "type": "long" });
    let kept = json!({ "type": "object", "enabled": false });
    let mut properties = serde_json::Map::new();
    let mut add = |names: &[&str], kind: &Value| {
        properties.extend(names.iter().map(|name| ((*name).to_owned(), kind.clone())));
    };
    add(&["text", "kicker", "headline", "lead", "quote", "caption", "furniture"], &places);
    add(&["exact", "keys", "address", "id", "file", "folder", "key", "content", "sketch"], &whole);
    for field in FacetField::ALL.into_iter().filter(|field| field.unit().is_none()) {
        add(&[&counted(field)], &whole);
    }
    add(&["hash", "settings"], &whole);
    add(&["day", "seconds", "words", "length", "headline_length"], &number);
    add(&["size", "mtime", "update", "commit", "order", "record", "digest"], &number);
    add(&["article", "state"], &kept);
    for (_, name) in NAMED {
        add(&[name], &places);
        add(&[&format!("{name}_form")], &whole);
    }
    json!({
        "settings": {
            // what is written is seen after a commit, which asks for it
            "refresh_interval": "-1",
            "analysis": {
                "tokenizer": { PLACES: { "type": "simple_pattern_split", "pattern": POSITION } },
                "filter": {
                    PLACES: { "type": "pattern_capture", "preserve_original": false, "patterns": [format!("([^{TERM}]+)")] },
                },
                "analyzer": { PLACES: { "tokenizer": PLACES, "filter": [PLACES] } },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": { "findbuch": { "format": FORMAT, "analyzer": FINGERPRINT } },
            "properties": properties,
        },
    })
}
