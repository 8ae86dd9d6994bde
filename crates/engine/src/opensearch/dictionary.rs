//! The words of an archive, from the columns of its articles: there is no dictionary that could be asked.

use super::index::with_terms;
use super::lower::bounds;
use super::schema::{PART, named};
use super::searcher::OpenSearchEngine;
use crate::deadline::Deadline;
use crate::plan::dictionary::{Counted, Dictionary, Forms, WantedForms};
use crate::plan::matching::Match;
use crate::plan::pattern::{Pattern, PatternPlace};
use crate::score::weight::Statistics;
use crate::surnames::Surnames;
use crate::{EngineError, FacetField};
use findbuch_article::Article;
use findbuch_query::Field;
use serde_json::json;
use std::ops::ControlFlow;
use std::sync::Arc;

impl Statistics for OpenSearchEngine {
    type Error = EngineError;

    fn articles(&self) -> Result<u64, EngineError> {
        self.numbers().map(|(articles, _)| articles)
    }

    fn words(&self) -> Result<u64, EngineError> {
        self.numbers().map(|(_, words)| words)
    }

    fn with_stem(&self, stem: &str) -> Result<u64, EngineError> {
        self.with_term("text", stem)
    }

    fn with_form(&self, form: &str) -> Result<u64, EngineError> {
        self.with_term("exact", form)
    }
}

impl Dictionary for OpenSearchEngine {
    fn surnames(&self) -> Result<Arc<Surnames>, EngineError> {
        if let Some(surnames) = self.surnames.get() {
            return Ok(Arc::clone(surnames));
        }
        let surnames = Arc::new(Surnames::of(&self.counted_by(FacetField::Person)?));
        Ok(Arc::clone(self.surnames.get_or_init(|| surnames)))
    }

    fn articles(&self) -> Result<u64, EngineError> {
        Statistics::articles(self)
    }

    fn articles_with(&self, kind: Counted, term: &str) -> Result<u64, EngineError> {
        match kind {
            Counted::Stem => self.with_term("text", term),
            Counted::Part => self.with_term("text", &format!("{PART}{term}")),
            Counted::Form => self.with_term("exact", term),
            Counted::Furniture => self.with_term("furniture", term),
        }
    }

    fn matching(
        &self,
        field: Option<Field>,
        pattern: &Pattern,
        most: usize,
        deadline: &Deadline,
    ) -> Result<Forms, EngineError> {
        let column = match field {
            None => "exact".to_owned(),
            Some(field) => match named(field) {
                Some(name) => format!("{name}_form"),
                None => return Ok(Forms::new()),
            },
        };
        let prefixes = match pattern.place() {
            PatternPlace::Behind(prefixes) => prefixes,
            PatternPlace::Near(..) => vec![""],
        };
        let mut found = Forms::new();
        for prefix in prefixes {
            self.index.forms(&column, prefix, deadline, &mut |form, articles| {
                if pattern.matches(form) {
                    if field.is_none() {
                        self.told("exact", form, articles);
                    }
                    found.insert(form.into());
                }
                if found.len() > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
        }
        Ok(found)
    }

    fn beginning(&self, skeletons: &[String], most: usize, deadline: &Deadline) -> Result<Forms, EngineError> {
        let mut found = Forms::new();
        for skeleton in skeletons {
            self.index.forms("keys", skeleton, deadline, &mut |form, articles| {
                self.told("exact", form, articles);
                found.insert(form.into());
                if found.len() > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
        }
        Ok(found)
    }

    fn read(
        &self,
        wanted: &WantedForms<'_>,
        deadline: &Deadline,
        visit: &mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let mut filter: Vec<_> = wanted.stems.iter().map(|stems| with_terms("text", stems)).collect();
        filter.extend([wanted.one_of, wanted.and_one_of].map(|forms| with_terms("exact", forms)));
        let query = json!({ "bool": { "filter": filter, "must_not": [with_terms("exact", wanted.none_of)] } });
        self.index.read(&query, deadline, &mut |stored| visit(stored.article))
    }

    fn has(&self, found: &Match, deadline: &Deadline) -> Result<bool, EngineError> {
        let bounds = bounds(found);
        if self.index.count(&bounds.surely, deadline)? > 0 {
            return Ok(true);
        }
        let mut has = false;
        self.examined(&bounds, deadline, &mut |_, kept| {
            has = kept.matches(found, &self.analyzers);
            if has { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(has)
    }

    fn with_id(&self, id: &str) -> Result<u64, EngineError> {
        self.index.count(&with_terms("id", &[id]), &Deadline::default())
    }
}
