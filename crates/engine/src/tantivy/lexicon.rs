//! The dictionary of an index: its forms, and the articles that have them.

use super::dictionary::{scan, walk};
use super::docset::ahead;
use super::lower::{Lowering, names_field};
use super::near_terms::NearTerms;
use super::schema::Fields;
use super::sets::{Gathered, Terms};
use super::stored::article;
use super::typed;
use crate::EngineError;
use crate::analyzers::AnalyzerPool;
use crate::deadline::Deadline;
use crate::facets::FacetField;
use crate::lookup::names::NamePattern;
use crate::plan::dictionary::{Counted, Dictionary, Forms, WantedForms};
use crate::plan::matching::Match;
use crate::plan::pattern::{Pattern, PatternPlace};
use crate::surnames::Surnames;
use findbuch_article::Article;
use findbuch_german::prefix_key;
use findbuch_query::Field;
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};
use tantivy::query::EnableScoring;
use tantivy::schema::Field as SchemaField;
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

/// The dictionaries of all segments.
pub struct Lexicon<'a> {
    /// The commit.
    pub searcher: &'a Searcher,
    /// The index's fields.
    pub fields: &'a Fields,
    /// What texts are analysed with.
    pub analyzers: &'a Arc<AnalyzerPool>,
    /// Whom surnames alone stand for, when that has been asked for.
    pub surnames: &'a OnceLock<Arc<Surnames>>,
    /// Converts tantivy's errors to ours.
    pub failed: &'a dyn Fn(&TantivyError) -> EngineError,
}

impl Dictionary for Lexicon<'_> {
    fn surnames(&self) -> Result<Arc<Surnames>, EngineError> {
        if let Some(surnames) = self.surnames.get() {
            return Ok(Arc::clone(surnames));
        }
        let people = typed::names(self.searcher, FacetField::Person, &NamePattern::any(), usize::MAX);
        let surnames = Arc::new(Surnames::of(&people.map_err(|e| (self.failed)(&e))?));
        Ok(Arc::clone(self.surnames.get_or_init(|| surnames)))
    }

    fn articles(&self) -> Result<u64, EngineError> {
        Ok(self.searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum())
    }

    fn articles_with(&self, kind: Counted, term: &str) -> Result<u64, EngineError> {
        let field = match kind {
            Counted::Stem => self.fields.text,
            Counted::Part => self.fields.parts,
            Counted::Form => self.fields.exact,
            Counted::Furniture => self.fields.furniture,
        };
        self.searcher.doc_freq(&Term::from_field_text(field, term)).map_err(|e| (self.failed)(&e))
    }

    fn matching(
        &self,
        field: Option<Field>,
        pattern: &Pattern,
        most: usize,
        deadline: &Deadline,
    ) -> Result<Forms, EngineError> {
        let field = field.and_then(|field| names_field(self.fields, field)).unwrap_or(self.fields.exact);
        self.matching_in(field, pattern, most, deadline).map_err(|e| (self.failed)(&e))
    }

    fn beginning(&self, skeletons: &[String], most: usize, deadline: &Deadline) -> Result<Forms, EngineError> {
        self.beginning_so(skeletons, most, deadline).map_err(|e| (self.failed)(&e))
    }

    fn read(
        &self,
        wanted: &WantedForms<'_>,
        deadline: &Deadline,
        visit: &mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        self.read_wanted(wanted, deadline, visit).map_err(|e| (self.failed)(&e))
    }

    fn has(&self, found: &Match, deadline: &Deadline) -> Result<bool, EngineError> {
        let lowering = Lowering { fields: self.fields, analyzers: self.analyzers, deadline };
        let any = || -> tantivy::Result<bool> {
            let weight = lowering.query(found).weight(EnableScoring::disabled_from_searcher(self.searcher))?;
            for segment in self.searcher.segment_readers() {
                let mut documents = weight.scorer(segment, 1.0)?;
                while documents.doc() != TERMINATED {
                    if !segment.is_deleted(documents.doc()) {
                        return Ok(true);
                    }
                    documents.advance();
                }
            }
            Ok(false)
        };
        any().map_err(|e| (self.failed)(&e))
    }

    fn with_id(&self, id: &str) -> Result<u64, EngineError> {
        self.searcher.doc_freq(&Term::from_field_text(self.fields.id, id)).map_err(|e| (self.failed)(&e))
    }
}

impl Lexicon<'_> {
    fn matching_in(
        &self,
        field: SchemaField,
        pattern: &Pattern,
        most: usize,
        deadline: &Deadline,
    ) -> tantivy::Result<Forms> {
        let mut forms = Forms::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            match pattern.place() {
                PatternPlace::Near(word, edits) => {
                    let mut watch = deadline.watch();
                    if watch.look() {
                        break;
                    }
                    let mut terms = index.terms().search(NearTerms::within(edits, word)).into_stream()?;
                    while terms.advance() && forms.len() <= most && !watch.one() {
                        let form = str::from_utf8(terms.key()).ok();
                        forms.extend(form.filter(|form| pattern.matches(form)).map(Box::from));
                    }
                }
                PatternPlace::Behind(beginnings) => {
                    for beginning in beginnings {
                        let means = |key: &[u8]| {
                            pattern.may_match(key) && str::from_utf8(key).is_ok_and(|form| pattern.matches(form))
                        };
                        if beginning.is_empty() {
                            forms.append(&mut walk(index.terms(), means, most, deadline)?);
                        } else {
                            let begins = |key: &[u8]| key.starts_with(beginning.as_bytes());
                            let found = (&mut forms, most);
                            scan(index.terms(), (beginning, begins), means, found, &mut deadline.watch())?;
                        }
                    }
                }
            }
            if forms.len() > most {
                break;
            }
        }
        Ok(forms)
    }

    fn beginning_so(&self, skeletons: &[String], most: usize, deadline: &Deadline) -> tantivy::Result<Forms> {
        let may_be = |key: &[u8]| {
            let skeleton = str::from_utf8(key).map(prefix_key).unwrap_or_default();
            skeletons.iter().any(|beginning| skeleton.starts_with(beginning.as_str()))
        };
        let mut forms = Forms::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.exact)?;
            forms.append(&mut walk(index.terms(), may_be, most, deadline)?);
        }
        Ok(forms)
    }

    fn read_wanted(
        &self,
        wanted: &WantedForms<'_>,
        deadline: &Deadline,
        visit: &mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> tantivy::Result<()> {
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let open = |field, words: &[Box<str>]| open(segment, field, words, deadline);
            let mut stems = Vec::new();
            for either in wanted.stems {
                stems.push(open(self.fields.text, either)?);
            }
            let mut documents = open(self.fields.exact, wanted.one_of)?;
            let mut and_one_of = open(self.fields.exact, wanted.and_one_of)?;
            let mut none_of = open(self.fields.exact, wanted.none_of)?;
            while documents.doc() != TERMINATED {
                let document = documents.doc();
                documents.advance();
                if segment.is_deleted(document)
                    || stems.iter_mut().any(|word| ahead(word, document) != document)
                    || ahead(&mut none_of, document) == document
                    || ahead(&mut and_one_of, document) != document
                {
                    continue;
                }
                let article = article(self.searcher, self.fields, DocAddress::new(ordinal, document))?;
                if visit(article).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

fn open(
    segment: &SegmentReader,
    field: SchemaField,
    words: &[Box<str>],
    deadline: &Deadline,
) -> tantivy::Result<Gathered> {
    Terms::Listed(words.iter().map(|word| Term::from_field_text(field, word)).collect()).open(segment, deadline)
}
