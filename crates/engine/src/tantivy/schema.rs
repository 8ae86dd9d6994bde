//! The index schema.
//!
//! - `text`: stems of all searched parts, with frequencies and positions. Matching and phrases need no other field.
//! - `exact`: the folded forms, documents only: they rank the form as typed above its inflections.
//! - `parts`: stems of the parts of compounds, at the positions of their compounds in `text`; a field of their own, so that
//!   phrases never match them and they do not lengthen the text.
//! - `bounds`: where sentences, paragraphs and parts begin, at positions of `text`: see [`crate::analysis::segments`].
//! - `furniture`: stems, forms and parts of compounds of page furniture, told apart by [`crate::analysis::furniture`], with positions
//!   of their own: found, and neither scored nor counted as the article's words.
//! - `kicker`, `headline`, `subhead`, `lead`: stems again, part by part, for their weights. Short, so
//!   cheap; `titel:` and its like are searched by positions in `text`, where parts of compounds are found too.
//! - `author`, `source`, `section`, `agency`, `tag`: folded forms with positions, for `autor:` and its like.
//! - `person`, `organisation`, `place`: the same of the names recognised in the text.
//! - `source_name`, `section_name`, `author_name`, `agency_name`, `tag_name`, `person_name`, `organisation_name`, `place_name`: as a
//!   reader sees them, as columns alone, to be counted.
//! - `url`: as a whole, if it is not the id. `id`: as a whole, for `show` and for ties. `file`, `folder`: absolute path of the file, and of every folder from
//!   the indexed one down to it, for updates and `--in`.
//! - `day`, `seconds`: publication as days and seconds since 1970. `size`, `mtime`, `hash`, `settings`: the file when it was
//!   read; the article with the highest `update` has its latest state. `content`: a hash of the article, by which an update knows
//!   whether it has changed. `record`: its number in the file, where it has one.
//! - `article`: the article as JSON, stored.

use super::codec::Codec;
use findbuch_article::PartKind;
use std::sync::Arc;
use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};

/// Version of the schema and of what is stored; another one is refused.
pub const FORMAT: u32 = 9;

/// Name of the tokenizer of analysed fields. Nothing has this name: words come as terms (`super::new_segment`).
const TERMS: &str = "terms";

/// The fields' handles.
#[derive(Debug, Clone)]
pub struct Fields {
    pub text: Field,
    pub exact: Field,
    pub parts: Field,
    pub bounds: Field,
    pub furniture: Field,
    pub kicker: Field,
    pub headline: Field,
    pub subhead: Field,
    pub lead: Field,
    pub author: Field,
    pub source: Field,
    pub section: Field,
    pub agency: Field,
    pub tag: Field,
    pub person: Field,
    pub organisation: Field,
    pub place: Field,
    pub url: Field,
    pub source_name: Field,
    pub section_name: Field,
    pub author_name: Field,
    pub agency_name: Field,
    pub tag_name: Field,
    pub person_name: Field,
    pub organisation_name: Field,
    pub place_name: Field,
    pub id: Field,
    pub file: Field,
    pub folder: Field,
    pub day: Field,
    pub seconds: Field,
    pub size: Field,
    pub mtime: Field,
    pub hash: Field,
    pub settings: Field,
    pub update: Field,
    pub content: Field,
    pub record: Field,
    pub sketch: Field,
    pub article: Field,
    /// How that is compressed; without a dictionary unless one is set.
    pub codec: Arc<Codec>,
}

impl Fields {
    /// The field of a part's own, where it has one.
    pub fn of_part(&self, kind: PartKind) -> Option<Field> {
        match kind {
            PartKind::Kicker => Some(self.kicker),
            PartKind::Headline => Some(self.headline),
            PartKind::Subhead => Some(self.subhead),
            PartKind::Lead => Some(self.lead),
            PartKind::Crosshead
            | PartKind::Paragraph
            | PartKind::PullQuote
            | PartKind::Caption
            | PartKind::Aside
            | PartKind::Boilerplate => None,
        }
    }
}

/// Builds the schema.
pub fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let stems = |schema: &mut SchemaBuilder, name: &str, norms: bool| {
        schema.add_text_field(name, analysed(IndexRecordOption::WithFreqsAndPositions, norms))
    };
    let names = |schema: &mut SchemaBuilder, name: &str| {
        schema.add_text_field(name, analysed(IndexRecordOption::WithFreqsAndPositions, false))
    };
    let fields = Fields {
        text: stems(&mut schema, "text", true),
        exact: schema.add_text_field("exact", analysed(IndexRecordOption::Basic, false)),
        parts: stems(&mut schema, "parts", false),
        bounds: stems(&mut schema, "bounds", false),
        furniture: stems(&mut schema, "furniture", false),
        kicker: stems(&mut schema, "kicker", false),
        headline: stems(&mut schema, "headline", true),
        subhead: stems(&mut schema, "subhead", false),
        lead: stems(&mut schema, "lead", false),
        author: names(&mut schema, "author"),
        source: names(&mut schema, "source"),
        section: names(&mut schema, "section"),
        agency: names(&mut schema, "agency"),
        tag: names(&mut schema, "tag"),
        person: names(&mut schema, "person"),
        organisation: names(&mut schema, "organisation"),
        place: names(&mut schema, "place"),
        url: schema.add_text_field("url", STRING),
        source_name: schema.add_text_field("source_name", FAST),
        section_name: schema.add_text_field("section_name", FAST),
        author_name: schema.add_text_field("author_name", FAST),
        agency_name: schema.add_text_field("agency_name", FAST),
        tag_name: schema.add_text_field("tag_name", FAST),
        person_name: schema.add_text_field("person_name", FAST),
        organisation_name: schema.add_text_field("organisation_name", FAST),
        place_name: schema.add_text_field("place_name", FAST),
        id: schema.add_text_field("id", STRING | FAST),
        file: schema.add_text_field("file", STRING | FAST),
        folder: schema.add_text_field("folder", STRING),
        day: schema.add_i64_field("day", INDEXED | FAST),
        seconds: schema.add_i64_field("seconds", FAST),
        size: schema.add_u64_field("size", FAST),
        mtime: schema.add_i64_field("mtime", FAST),
        hash: schema.add_u64_field("hash", FAST),
        settings: schema.add_u64_field("settings", FAST),
        update: schema.add_u64_field("update", FAST),
        content: schema.add_u64_field("content", INDEXED | FAST),
        record: schema.add_u64_field("record", FAST),
        sketch: schema.add_bytes_field("sketch", FAST),
        article: schema.add_bytes_field("article", BytesOptions::default().set_stored()),
        codec: Arc::default(),
    };
    (schema.build(), fields)
}

fn analysed(record: IndexRecordOption, norms: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default().set_tokenizer(TERMS).set_index_option(record).set_fieldnorms(norms),
    )
}
