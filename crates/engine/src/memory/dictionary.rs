//! The dictionary of the articles: all their forms, looked at one by one.

use super::{Entry, MemoryEngine};
use crate::deadline::Deadline;
use crate::lookup::names::NamePattern;
use crate::plan::dictionary::{Counted, Dictionary, Forms, WantedForms};
use crate::plan::matching::Match;
use crate::plan::pattern::Pattern;
use crate::plan::position_expr::PositionExpr;
use crate::surnames::Surnames;
use crate::verify::kept::Kept;
use crate::verify::matches::{name_forms, names};
use crate::{EngineError, FacetField, engine};
use findbuch_article::Article;
use findbuch_german::prefix_key;
use findbuch_query::Field;
use std::ops::ControlFlow;
use std::sync::Arc;

impl Dictionary for MemoryEngine {
    fn surnames(&self) -> Result<Arc<Surnames>, EngineError> {
        Ok(Arc::new(Surnames::of(&engine::Engine::names(self, FacetField::Person, &NamePattern::any(), usize::MAX)?)))
    }

    fn articles(&self) -> Result<u64, EngineError> {
        Ok(self.articles().len() as u64)
    }

    fn articles_with(&self, kind: Counted, term: &str) -> Result<u64, EngineError> {
        let form = |kept: &&Arc<Entry>| kept.forms.contains(term);
        // a bound is enough where only words in their places are kept
        let found = self.articles().iter().filter(|kept| kind != Counted::Form || form(kept));
        Ok(found.count() as u64)
    }

    fn matching(&self, field: Option<Field>, pattern: &Pattern, _: usize, _: &Deadline) -> Result<Forms, EngineError> {
        let forms = self.articles().iter().flat_map(|kept| match field {
            None => kept.forms.iter().cloned().collect::<Vec<_>>(),
            Some(field) => {
                names(&kept.article, field).into_iter().flat_map(|name| name_forms(name, &self.analyzers)).collect()
            }
        });
        Ok(forms.filter(|form| pattern.matches(form)).collect())
    }

    fn beginning(&self, skeletons: &[String], _: usize, _: &Deadline) -> Result<Forms, EngineError> {
        let begins = |form: &str| {
            let skeleton = prefix_key(form);
            skeletons.iter().any(|beginning| skeleton.starts_with(beginning.as_str()))
        };
        Ok(self.articles().iter().flat_map(|kept| &kept.forms).filter(|form| begins(form)).cloned().collect())
    }

    fn read(
        &self,
        wanted: &WantedForms<'_>,
        _: &Deadline,
        visit: &mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let has = |kept: &Kept, forms: &[Box<str>]| forms.iter().any(|form| kept.forms.contains(form));
        for kept in self.articles() {
            let stems = wanted.stems.iter().all(|stems| kept.places(&PositionExpr::Stems(stems.clone())) > 0);
            let forms = has(kept, wanted.one_of) && has(kept, wanted.and_one_of) && !has(kept, wanted.none_of);
            if stems && forms && visit(kept.article.clone()).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn has(&self, found: &Match, _: &Deadline) -> Result<bool, EngineError> {
        Ok(!self.matching(found).is_empty())
    }

    fn with_id(&self, id: &str) -> Result<u64, EngineError> {
        Ok(self.articles().iter().filter(|kept| kept.article.id == id).count() as u64)
    }
}
