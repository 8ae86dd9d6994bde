//! An article to tantivy's document: analysed in one pass, see [`super::schema`] for the fields.

use super::facets;
use super::schema::Fields;
use super::tokenizer::{SAME_PLACE, SEPARATOR, STEP};
use crate::analysis::segments::{Placing, searched};
use crate::versions::sketch::Sketcher;
use crate::{EngineError, Record};
use findbuch_article::PartKind;
use findbuch_german::{Analyzer, words};
use std::fmt::Write;
use std::ops::Range;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

/// Makes documents; keeps the table of analysed words from one to the next.
pub struct Documents {
    fields: Fields,
    analyzer: Analyzer,
    /// For each numbered word of the table the article that last had it, so that a form is given once an article.
    last_seen: Vec<u32>,
    generation: u32,
    article: u32,
    /// The words of the text at hand.
    spans: Vec<Range<usize>>,
}

impl Documents {
    /// Makes documents with the terms of `analyzer`.
    pub fn new(fields: Fields, analyzer: Analyzer) -> Documents {
        Documents { fields, analyzer, last_seen: Vec::new(), generation: 0, article: 0, spans: Vec::new() }
    }

    /// The document of an article that the update of this number adds.
    ///
    /// # Errors
    /// When the article has no form as JSON.
    pub fn document(&mut self, record: &Record<'_>, update: u64) -> Result<TantivyDocument, EngineError> {
        let Record { file, folders, article, content } = *record;
        let fields = self.fields;
        let stored = serde_json::to_vec(article)
            .map_err(|source| EngineError::Encode { what: format!("the article {}", article.id), source })?;
        let mut document = TantivyDocument::default();
        self.article = self.article.wrapping_add(1);
        let (mut stems, mut forms) = (String::new(), String::new());
        let (mut parts, mut begins) = (Placed::default(), Placed::default());
        let mut sketcher = Sketcher::default();
        let mut placing = Placing::default();
        for (_, part) in searched(article) {
            for text in std::iter::once(&part.text).chain(&part.attribution) {
                self.analyse(text, placing.position(), &mut stems, &mut forms, &mut parts);
                if self.spans.is_empty() {
                    continue;
                }
                document.add_text(fields.text, &stems);
                // tantivy leaves one position unused between two texts
                placing
                    .place(part.kind, text, &self.spans, |position, boundary| begins.push(position, boundary.term()));
            }
            if part.attribution.is_none() {
                if part.kind == PartKind::Paragraph {
                    stems.split(SEPARATOR).for_each(|stem| sketcher.word(stem));
                }
                if let Some(field) = fields.of_part(part.kind) {
                    document.add_text(field, &stems);
                }
            }
        }
        document.add_text(fields.exact, &forms);
        document.add_text(fields.parts, &parts.terms);
        document.add_text(fields.bounds, &begins.terms);
        for author in article.authors.iter().chain(&article.agency) {
            self.add_names(&mut document, fields.author, author);
        }
        if let Some(agency) = &article.agency {
            self.add_names(&mut document, fields.agency, agency);
        }
        for tag in &article.tags {
            self.add_names(&mut document, fields.tag, tag);
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
        if let Some(sketch) = sketcher.finish() {
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
        document.add_bytes(fields.article, &stored);
        Ok(document)
    }

    /// Puts the stems of `text`, which begins at `position`, in place of `stems`, appends to `forms` those that this article has
    /// not had yet, and the stems of compounds' parts to `parts`.
    fn analyse(&mut self, text: &str, position: usize, stems: &mut String, forms: &mut String, parts: &mut Placed) {
        stems.clear();
        self.spans.clear();
        self.spans.extend(words(text));
        let meant = self.analyzer.implied_words(text, &self.spans);
        let mut meant = meant.iter().peekable();
        for (at, span) in self.spans.iter().enumerate() {
            let entry = self.analyzer.entry(&text[span.clone()]);
            push(stems, entry.stem);
            for part in entry.parts {
                parts.push(position + at, &part.stem);
            }
            if entry.generation != self.generation {
                self.generation = entry.generation;
                self.last_seen.clear();
            }
            if self.last_seen.len() <= entry.number {
                self.last_seen.resize(entry.number * 3 / 2 + 64, 0);
            }
            let last = std::mem::replace(&mut self.last_seen[entry.number], self.article);
            if last != self.article {
                push(forms, entry.exact);
            }
            while let Some(meant) = meant.next_if(|meant| meant.at == at) {
                let entry = self.analyzer.entry(&meant.word);
                push(stems, "");
                stems.push(SAME_PLACE);
                stems.push_str(entry.stem);
                push(forms, entry.exact);
            }
        }
    }

    /// Adds a name by its forms, in order.
    fn add_names(&mut self, document: &mut TantivyDocument, field: Field, name: &str) {
        let mut forms = String::new();
        for span in words(name) {
            push(&mut forms, self.analyzer.entry(&name[span]).exact);
        }
        document.add_text(field, &forms);
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
