//! An article to what a segment has of it: analysed by [`crate::analysed`] in one pass, see [`super::schema`] for the fields.

use super::codec::Encoder;
use super::facets;
use super::new_segment::{ArticleEnd, NewSegment, WordFields};
use super::postings::Mark;
use super::schema::Fields;
use super::stored;
use crate::analysed::{AnalysedWord, ArticleAnalyzer, TermSink};
use crate::analysis::segments::Boundary;
use crate::{EngineError, Record};
use findbuch_article::PartKind;
use findbuch_german::{Analyzer, Entry};
use std::io;
use tantivy::schema::Field;
use tantivy::{TantivyDocument, Term};

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

    /// Adds the words of an article that the update of this number adds, and gives what it ends with.
    ///
    /// # Errors
    /// When the article has no form as JSON; then no word has come.
    pub fn add(
        &mut self,
        record: &Record<'_>,
        update: u64,
        segment: &mut NewSegment,
    ) -> Result<ArticleEnd, EngineError> {
        let Record { file, folders, article, content } = *record;
        let encode = |source| EngineError::Encode { what: format!("the article {}", article.id), source };
        let json = serde_json::to_vec(article).map_err(encode)?;
        let stored = self.compressed(&json).map_err(|error| encode(serde_json::Error::io(error)))?;
        let fields = &self.fields;
        let mut document = TantivyDocument::default();
        let sketch = self.analyzer.analyse(article, &mut Texts::new(fields, segment));
        if let Some(sketch) = sketch {
            document.add_bytes(fields.sketch, sketch.bytes());
        }
        let mut add_name = |field: Field, name: &str| {
            self.analyzer.name(name, |form| segment.word(field, form, segment.end(field)));
            segment.text_ends(field);
        };
        for author in article.authors.iter().chain(&article.agency) {
            add_name(fields.author, author);
        }
        if let Some(agency) = &article.agency {
            add_name(fields.agency, agency);
        }
        for tag in &article.tags {
            add_name(fields.tag, tag);
        }
        let names = &article.names;
        for (field, names) in
            [(fields.person, &names.people), (fields.organisation, &names.organisations), (fields.place, &names.places)]
        {
            for name in names {
                add_name(field, name);
            }
        }
        if let Some(source) = &article.source {
            add_name(fields.source, source);
        }
        if let Some(section) = &article.section {
            add_name(fields.section, section);
        }
        if let Some(url) = article.url.as_ref().filter(|url| **url != article.id) {
            segment.value(&Term::from_field_text(fields.url, url));
        }
        facets::add_names(&mut document, fields, article);
        if let Some(date) = &article.date {
            segment.value(&Term::from_field_i64(fields.day, date.value.days()));
            document.add_i64(fields.day, date.value.days());
            document.add_i64(fields.seconds, date.value.seconds());
        }
        for (field, value) in [(fields.id, &article.id), (fields.file, &file.path)] {
            segment.value(&Term::from_field_text(field, value));
            document.add_text(field, value);
        }
        for folder in folders {
            segment.value(&Term::from_field_text(fields.folder, folder));
        }
        document.add_u64(fields.size, file.size);
        document.add_i64(fields.mtime, file.mtime);
        document.add_u64(fields.hash, file.hash);
        document.add_u64(fields.settings, file.settings);
        document.add_u64(fields.update, update);
        segment.value(&Term::from_field_u64(fields.content, content));
        document.add_u64(fields.content, content);
        if let Some(record) = article.record {
            document.add_u64(fields.record, record);
        }
        Ok(ArticleEnd { columns: document, stored: stored::document(fields.article, &stored) })
    }

    fn compressed(&mut self, json: &[u8]) -> io::Result<Vec<u8>> {
        match &mut self.encoder {
            Some(encoder) => encoder.encode(json),
            none => none.insert(self.fields.codec.encoder()?).encode(json),
        }
    }
}

/// The fields of a segment that an article's texts are in, while it is analysed.
struct Texts<'a> {
    fields: &'a Fields,
    words: WordFields,
    segment: &'a mut NewSegment,
    /// Where the text at hand begins.
    text: Mark,
    /// The position of the last word of page furniture, where the text at hand has one.
    furniture: Option<u32>,
    /// The position of the last word.
    position: u32,
}

impl<'a> Texts<'a> {
    fn new(fields: &'a Fields, segment: &'a mut NewSegment) -> Texts<'a> {
        let words = WordFields { stems: fields.text, forms: fields.exact, parts: fields.parts };
        let text = segment.mark(fields.text);
        Texts { fields, words, segment, text, furniture: None, position: 0 }
    }
}

impl TermSink for Texts<'_> {
    fn written(&mut self, position: usize, entry: &Entry<'_>, is_new: bool) {
        self.position = placed(position);
        self.segment.analysed(entry, &self.words, self.position, is_new);
    }

    fn word(&mut self, word: AnalysedWord<'_>) {
        self.segment.word(self.words.stems, word.stem, self.position);
        if let Some(form) = word.form {
            self.segment.word(self.words.forms, form, self.position);
        }
    }

    fn compound_part(&mut self, position: usize, stem: &str) {
        self.segment.word(self.words.parts, stem, placed(position));
    }

    fn boundary(&mut self, position: usize, boundary: Boundary) {
        self.segment.word(self.fields.bounds, boundary.term(), placed(position));
    }

    fn text_ends(&mut self, part: Option<PartKind>, _words: usize) {
        if let Some(field) = part.and_then(|kind| self.fields.of_part(kind)) {
            self.segment.copy(self.words.stems, self.text, field);
        }
        self.text = self.segment.mark(self.words.stems);
    }

    fn furniture(&mut self, term: &str, same_place: bool) {
        let field = self.fields.furniture;
        let position = self.furniture.filter(|_| same_place).unwrap_or_else(|| self.segment.end(field));
        self.segment.word(field, term, position);
        self.furniture = Some(position);
    }

    fn furniture_ends(&mut self) {
        if self.furniture.take().is_some() {
            self.segment.text_ends(self.fields.furniture);
        }
    }
}

/// A position as an index has it.
fn placed(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
