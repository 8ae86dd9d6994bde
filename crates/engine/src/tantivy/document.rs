//! An article to tantivy's document: analysed by [`crate::analysed`] in one pass, see [`super::schema`] for the fields.

use super::codec::Encoder;
use super::facets;
use super::schema::Fields;
use super::tokenizer::{SAME_PLACE, SEPARATOR, STEP};
use crate::analysed::{AnalysedWord, ArticleAnalyzer, TermSink};
use crate::analysis::segments::Boundary;
use crate::{EngineError, Record};
use findbuch_article::PartKind;
use findbuch_german::Analyzer;
use std::fmt::Write;
use std::io;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

/// Makes documents; keeps the table of analysed words from one to the next.
pub struct Documents {
    fields: Fields,
    analyzer: ArticleAnalyzer,
    /// Made for the first article.
    encoder: Option<Encoder>,
}

impl Documents {
    /// Makes documents with the terms of `analyzer`.
    pub fn new(fields: &Fields, analyzer: Analyzer) -> Documents {
        Documents { fields: fields.clone(), analyzer: ArticleAnalyzer::new(analyzer), encoder: None }
    }

    /// The document of an article that the update of this number adds.
    ///
    /// # Errors
    /// When the article has no form as JSON.
    pub fn document(&mut self, record: &Record<'_>, update: u64) -> Result<TantivyDocument, EngineError> {
        let Record { file, folders, article, content } = *record;
        let fields = self.fields.clone();
        let encode = |source| EngineError::Encode { what: format!("the article {}", article.id), source };
        let json = serde_json::to_vec(article).map_err(encode)?;
        let stored = self.compressed(&json).map_err(|error| encode(serde_json::Error::io(error)))?;
        let mut texts = Texts::new(fields.clone());
        let sketch = self.analyzer.analyse(article, &mut texts);
        let mut document = texts.into_document();
        for author in article.authors.iter().chain(&article.agency) {
            self.add_names(&mut document, fields.author, author);
        }
        if let Some(agency) = &article.agency {
            self.add_names(&mut document, fields.agency, agency);
        }
        for tag in &article.tags {
            self.add_names(&mut document, fields.tag, tag);
        }
        let names = &article.names;
        for (field, names) in
            [(fields.person, &names.people), (fields.organisation, &names.organisations), (fields.place, &names.places)]
        {
            for name in names {
                self.add_names(&mut document, field, name);
            }
        }
        if let Some(url) = article.url.as_ref().filter(|url| **url != article.id) {
            document.add_text(fields.url, url);
        }
        if let Some(source) = &article.source {
            self.add_names(&mut document, fields.source, source);
        }
        if let Some(section) = &article.section {
            self.add_names(&mut document, fields.section, section);
        }
        facets::add_names(&mut document, &fields, article);
        if let Some(date) = &article.date {
            document.add_i64(fields.day, date.value.days());
            document.add_i64(fields.seconds, date.value.seconds());
        }
        if let Some(sketch) = sketch {
            document.add_bytes(fields.sketch, sketch.bytes());
        }
        document.add_text(fields.id, &article.id);
        document.add_text(fields.file, &file.path);
        for folder in folders {
            document.add_text(fields.folder, folder);
        }
        document.add_u64(fields.size, file.size);
        document.add_i64(fields.mtime, file.mtime);
        document.add_u64(fields.hash, file.hash);
        document.add_u64(fields.settings, file.settings);
        document.add_u64(fields.update, update);
        document.add_u64(fields.content, content);
        if let Some(record) = article.record {
            document.add_u64(fields.record, record);
        }
        document.add_bytes(fields.article, &stored);
        Ok(document)
    }

    fn compressed(&mut self, json: &[u8]) -> io::Result<Vec<u8>> {
        match &mut self.encoder {
            Some(encoder) => encoder.encode(json),
            none => none.insert(self.fields.codec.encoder()?).encode(json),
        }
    }

    /// Adds a name by its forms, in order.
    fn add_names(&mut self, document: &mut TantivyDocument, field: Field, name: &str) {
        let mut forms = String::new();
        self.analyzer.name(name, |form| push(&mut forms, form));
        document.add_text(field, &forms);
    }
}

/// The fields of a document that an article's texts are in, while it is analysed.
struct Texts {
    fields: Fields,
    document: TantivyDocument,
    /// The stems of the text at hand.
    stems: String,
    forms: String,
    parts: Placed,
    bounds: Placed,
    /// The terms of the page furniture at hand.
    furniture: String,
}

impl Texts {
    fn new(fields: Fields) -> Texts {
        let (stems, forms) = (String::new(), String::new());
        let (parts, bounds) = (Placed::default(), Placed::default());
        let furniture = String::new();
        Texts { fields, document: TantivyDocument::default(), stems, forms, parts, bounds, furniture }
    }

    fn into_document(self) -> TantivyDocument {
        let Texts { fields, mut document, forms, parts, bounds, .. } = self;
        document.add_text(fields.exact, &forms);
        document.add_text(fields.parts, &parts.terms);
        document.add_text(fields.bounds, &bounds.terms);
        document
    }
}

impl TermSink for Texts {
    fn word(&mut self, word: AnalysedWord<'_>) {
        if word.same_place {
            push(&mut self.stems, "");
            self.stems.push(SAME_PLACE);
            self.stems.push_str(word.stem);
        } else {
            push(&mut self.stems, word.stem);
        }
        if let Some(form) = word.form {
            push(&mut self.forms, form);
        }
    }

    fn compound_part(&mut self, position: usize, stem: &str) {
        self.parts.push(position, stem);
    }

    fn boundary(&mut self, position: usize, boundary: Boundary) {
        self.bounds.push(position, boundary.term());
    }

    fn text_ends(&mut self, part: Option<PartKind>, words: usize) {
        if words > 0 {
            // tantivy leaves one position unused between two texts
            self.document.add_text(self.fields.text, &self.stems);
        }
        if let Some(field) = part.and_then(|kind| self.fields.of_part(kind)) {
            self.document.add_text(field, &self.stems);
        }
        self.stems.clear();
    }

    fn furniture(&mut self, term: &str, same_place: bool) {
        push(&mut self.furniture, "");
        if same_place {
            self.furniture.push(SAME_PLACE);
        }
        self.furniture.push_str(term);
    }

    fn furniture_ends(&mut self) {
        if !self.furniture.is_empty() {
            self.document.add_text(self.fields.furniture, &self.furniture);
            self.furniture.clear();
        }
    }
}

/// Terms at positions, in order.
#[derive(Default)]
struct Placed {
    terms: String,
    /// Positions up to the last term's.
    behind: usize,
}

impl Placed {
    fn push(&mut self, position: usize, term: &str) {
        push(&mut self.terms, "");
        match (position + 1).saturating_sub(self.behind) {
            0 => self.terms.push(SAME_PLACE),
            1 => {}
            step => {
                // a String takes whatever is written
                let _ = write!(self.terms, "{STEP}{step}{STEP}");
            }
        }
        self.behind = position + 1;
        self.terms.push_str(term);
    }
}

fn push(terms: &mut String, term: &str) {
    if !terms.is_empty() {
        terms.push(SEPARATOR);
    }
    terms.push_str(term);
}
