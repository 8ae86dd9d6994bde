//! Whether an article matches: the tree, read as it is written.

use super::kept::Kept;
use crate::analyzers::AnalyzerPool;
use crate::facets::{self, FacetField};
use crate::plan::matching::{Match, WordSlots};
use crate::plan::position_expr::PositionExpr;
use crate::text::proximity_matches::Lookup;
use findbuch_article::Article;
use findbuch_german::words;
use findbuch_query::{DateRange, Field};
use std::path::Path;
use std::sync::Arc;

impl Kept {
    /// The number of words at which a place of an expression begins.
    pub fn places(&self, expr: &PositionExpr) -> usize {
        Lookup::new(&self.texts, &self.segments, &self.article.id).places(expr)
    }

    fn has_words(&self, words: &WordSlots) -> bool {
        let expr = match words.slots.as_slice() {
            [one] => PositionExpr::Stems(one.clone()),
            several => PositionExpr::Together(several.to_vec(), words.between),
        };
        self.places(&expr) > 0
    }

    fn is_published(&self, range: DateRange) -> bool {
        let day = self.article.date.as_ref().map(|date| date.value.day);
        let open = range.from.is_none() && range.until.is_none();
        open || day.is_some_and(|day| {
            range.from.is_none_or(|from| from <= day) && range.until.is_none_or(|until| day <= until)
        })
    }

    fn has_address(&self, field: Option<Field>, pieces: &[String]) -> bool {
        let (url, id) = (self.article.url.as_deref(), self.article.id.as_str());
        let addresses: Vec<&str> = match field {
            Some(Field::Url) => url.into_iter().chain(Some(id).filter(|id| id.contains("://"))).collect(),
            Some(Field::Path) => vec![&self.file.path],
            _ => vec![id],
        };
        addresses.iter().any(|address| {
            let address = address.to_lowercase();
            let mut rest = Some(address.as_str());
            for piece in pieces {
                rest = rest.and_then(|rest| rest.split_once(piece.as_str())).map(|(_, behind)| behind);
            }
            rest.is_some()
        })
    }

    /// Whether a facet counts it under a value.
    fn counts_under(&self, field: FacetField, value: &str) -> bool {
        facets::names(&self.article, field).contains(&value)
    }

    /// Whether the article matches.
    pub fn matches(&self, found: &Match, analyzers: &Arc<AnalyzerPool>) -> bool {
        let has_forms = |forms: &[Box<str>]| forms.iter().any(|form| self.forms.contains(form));
        let name_forms = |field: Field| names(&self.article, field).into_iter().map(|name| name_forms(name, analyzers));
        match found {
            Match::Nothing => false,
            Match::All(demanded, excluded) => {
                demanded.iter().all(|found| self.matches(found, analyzers))
                    && !excluded.iter().any(|found| self.matches(found, analyzers))
            }
            Match::Any(any) => any.iter().any(|found| self.matches(found, analyzers)),
            Match::Text(words) => self.has_words(words),
            Match::Furniture(words) => !self.furniture.together(&words.slots, words.between).is_empty(),
            Match::Parts(stems) => self.places(&PositionExpr::Parts(stems.clone())) > 0,
            Match::Forms(forms) => has_forms(forms),
            Match::Names(field, words) => name_forms(*field).any(|forms| {
                forms
                    .windows(words.slots.len().max(1))
                    .any(|forms| forms.iter().zip(&words.slots).all(|(form, slot)| slot.contains(form)))
            }),
            Match::NameForms(field, any) => name_forms(*field).flatten().any(|form| any.contains(&form)),
            Match::Phrase(phrase) => phrase.stands_in(&self.article, analyzers.take().get()),
            Match::Places(expr, least) => self.places(expr) >= *least,
            Match::Address(field, pieces) => self.has_address(*field, pieces),
            Match::Published(range) => self.is_published(*range),
            Match::Under(path) => {
                let path: &Path = path;
                Path::new(&self.file.path) == path || self.folders.iter().any(|folder| Path::new(folder) == path)
            }
            Match::Ids(ids) => ids.iter().any(|id| **id == *self.article.id),
            Match::Facet(field, value) => self.counts_under(*field, value),
        }
    }
}

/// The forms of a name, in order.
pub fn name_forms(name: &str, analyzers: &Arc<AnalyzerPool>) -> Vec<Box<str>> {
    let mut analyzer = analyzers.take();
    words(name).map(|span| analyzer.get().entry(&name[span]).exact().into()).collect()
}

/// The names of an article in a field.
pub fn names(article: &Article, field: Field) -> Vec<&str> {
    match field {
        Field::Author => article.authors.iter().chain(&article.agency).map(String::as_str).collect(),
        Field::Section => article.section.as_deref().into_iter().collect(),
        Field::Source => article.source.as_deref().into_iter().collect(),
        Field::Agency => article.agency.as_deref().into_iter().collect(),
        Field::Tag => article.tags.iter().map(String::as_str).collect(),
        Field::Person => article.names.people.iter().map(String::as_str).collect(),
        Field::Organisation => article.names.organisations.iter().map(String::as_str).collect(),
        Field::Place => article.names.places.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
