//! An article to OpenSearch's document, see [`super::schema`] for the fields.

use super::schema::{KEY, NAMED, PART, POSITION, TERM, counted};
use crate::analysed::{AnalysedWord, ArticleAnalyzer, TermSink};
use crate::analysis::segments::{Boundary, SegmentKind};
use crate::facets::{self, FacetField};
use crate::verify::matches::names;
use crate::verify::words::rounded;
use crate::{EngineError, Record};
use findbuch_article::PartKind;
use findbuch_german::prefix_key;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a term that Lucene takes; longer ones are no words.
const LONGEST_TERM: usize = 8_000;

/// Which commit adds an article, and as which of its own.
#[derive(Clone, Copy)]
pub struct Written {
    pub commit: i64,
    pub order: i64,
    /// The number of the update.
    pub update: u64,
}

/// The document of an article, with its id.
///
/// # Errors
/// When the article has no form as JSON.
pub fn document(
    record: &Record<'_>,
    written: Written,
    analyzer: &mut ArticleAnalyzer,
) -> Result<(String, Value), EngineError> {
    let Record { file, folders, article, content } = *record;
    let encode = |source| EngineError::Encode { what: format!("the article {}", article.id), source };
    let mut texts = Texts::default();
    let sketch = analyzer.analyse(article, &mut texts);
    // each commit has its own, so that an article that is indexed anew hides none that is searched
    let key = format!("{:016x}{content:016x}-{}", xxh3_64(file.path.as_bytes()), written.commit);
    let mut fields = texts.into_fields();
    for (field, name) in NAMED {
        let forms: Vec<Vec<String>> = names(article, field).into_iter().map(|name| forms(name, analyzer)).collect();
        if !forms.is_empty() {
            let each: BTreeSet<&String> = forms.iter().flatten().collect();
            fields.insert(format!("{name}_form"), json!(each));
            let placed = forms.iter().map(|forms| forms.join(&POSITION.to_string()));
            fields.insert(name.to_owned(), placed.collect::<Vec<_>>().into());
        }
    }
    for field in FacetField::ALL.into_iter().filter(|field| field.unit().is_none()) {
        let names = facets::names(article, field);
        if !names.is_empty() {
            fields.insert(counted(field), json!(names));
        }
    }
    if let Some(date) = &article.date {
        fields.insert("day".into(), date.value.days().into());
        fields.insert("seconds".into(), date.value.seconds().into());
    }
    if let Some(sketch) = sketch {
        let mut text = String::new();
        for byte in sketch.bytes() {
            // a String takes whatever is written
            let _ = write!(text, "{byte:02x}");
        }
        fields.insert("sketch".into(), text.into());
    }
    let url = article.url.as_ref().or_else(|| Some(&article.id).filter(|id| id.contains("://")));
    let own_url = url.filter(|_| article.url.is_some()).map(|_| &article.id).filter(|id| id.contains("://"));
    let urls = url.into_iter().chain(own_url).map(|url| address('u', url));
    fields.insert("address".into(), urls.chain([address('p', &file.path), address('i', &article.id)]).collect());
    let digest = i64::from_ne_bytes(xxh3_64(&content.to_le_bytes()).to_ne_bytes());
    let stored = json!({
        "id": article.id, "file": file.path, "folder": folders, "key": key, "content": format!("{content:016x}"),
        "size": file.size, "mtime": file.mtime, "hash": format!("{:016x}", file.hash),
        "settings": format!("{:016x}", file.settings), "update": written.update, "commit": written.commit,
        "order": written.order, "record": article.record, "digest": digest, "article": serde_json::to_value(article).map_err(encode)?,
    });
    if let Value::Object(stored) = stored {
        fields.extend(stored);
    }
    Ok((key, Value::Object(fields)))
}

/// How an address is kept, of the kind that a letter says.
pub fn address(kind: char, address: &str) -> Value {
    format!("{kind}{}", address.to_lowercase()).into()
}

fn forms(name: &str, analyzer: &mut ArticleAnalyzer) -> Vec<String> {
    let mut forms = Vec::new();
    analyzer.name(name, |form| forms.push(form.to_owned()));
    forms
}

/// The field of the parts of a kind, where they have one.
pub fn of_segment(kind: SegmentKind) -> Option<&'static str> {
    match kind {
        SegmentKind::Kicker => Some("kicker"),
        SegmentKind::Headline => Some("headline"),
        SegmentKind::Subhead | SegmentKind::Lead => Some("lead"),
        SegmentKind::Quote => Some("quote"),
        SegmentKind::Caption => Some("caption"),
        SegmentKind::Body | SegmentKind::Aside | SegmentKind::Furniture => None,
    }
}

/// The fields that an article's texts are in, while it is analysed.
#[derive(Default)]
struct Texts {
    /// The text at hand: lines of terms.
    places: String,
    words: u32,
    segment: Option<SegmentKind>,
    forms: BTreeSet<String>,
    fields: BTreeMap<&'static str, Vec<String>>,
    furniture: String,
    length: u32,
    headline: u32,
}

impl Texts {
    fn into_fields(self) -> Map<String, Value> {
        let keys: Vec<String> = self.forms.iter().map(|form| format!("{}{KEY}{form}", prefix_key(form))).collect();
        let mut fields: Map<String, Value> =
            self.fields.into_iter().map(|(name, texts)| (name.to_owned(), texts.into())).collect();
        fields.insert("exact".into(), json!(self.forms));
        fields.insert("keys".into(), keys.into());
        fields.insert("words".into(), self.length.into());
        fields.insert("length".into(), rounded(self.length).into());
        fields.insert("headline_length".into(), rounded(self.headline).into());
        fields
    }
}

fn add(places: &mut String, term: &str, same_place: bool) {
    if !places.is_empty() {
        places.push(if same_place { TERM } else { POSITION });
    }
    // a place stays one, whatever is left out there
    places.push_str(term.get(..term.floor_char_boundary(LONGEST_TERM)).unwrap_or_default());
}

impl TermSink for Texts {
    fn word(&mut self, word: AnalysedWord<'_>) {
        self.words += 1;
        add(&mut self.places, word.stem, word.same_place);
        if let Some(form) = word.form.filter(|form| form.len() <= LONGEST_TERM) {
            self.forms.insert(form.to_owned());
        }
    }

    fn compound_part(&mut self, _: usize, stem: &str) {
        add(&mut self.places, &format!("{PART}{stem}"), true);
    }

    fn boundary(&mut self, _: usize, boundary: Boundary) {
        if let Boundary::Segment(kind) = boundary {
            self.segment = Some(kind);
        }
    }

    fn text_ends(&mut self, part: Option<PartKind>, _: usize) {
        let (places, words) = (std::mem::take(&mut self.places), std::mem::take(&mut self.words));
        if part == Some(PartKind::Headline) {
            self.headline += words;
        }
        self.length += words;
        if words == 0 {
            return;
        }
        if let Some(field) = self.segment.and_then(of_segment) {
            self.fields.entry(field).or_default().push(places.clone());
        }
        self.fields.entry("text").or_default().push(places);
    }

    fn furniture(&mut self, term: &str, same_place: bool) {
        add(&mut self.furniture, term, same_place);
    }

    fn furniture_ends(&mut self) {
        let places = std::mem::take(&mut self.furniture);
        if !places.is_empty() {
            self.fields.entry("furniture").or_default().push(places);
        }
    }
}
