//! Whether an article matches: the tree, read as it is written.

use super::kept::Kept;
use super::{MemoryEngine, names};
use crate::facets::{self, FacetField};
use crate::plan::matching::{Match, WordSlots};
use crate::plan::position_expr::PositionExpr;
use crate::text::proximity_matches::Lookup;
use findbuch_query::{DateRange, Field};
use std::path::Path;

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
}

impl MemoryEngine {
    /// Whether an article matches.
    pub(super) fn matches(&self, found: &Match, kept: &Kept) -> bool {
        let has_forms = |forms: &[Box<str>]| forms.iter().any(|form| kept.forms.contains(form));
        match found {
            Match::Nothing => false,
            Match::All(demanded, excluded) => {
                demanded.iter().all(|found| self.matches(found, kept))
                    && !excluded.iter().any(|found| self.matches(found, kept))
            }
            Match::Any(any) => any.iter().any(|found| self.matches(found, kept)),
            Match::Text(words) => kept.has_words(words),
            Match::Furniture(words) => !kept.furniture.together(&words.slots, words.between).is_empty(),
            Match::Parts(stems) => kept.places(&PositionExpr::Parts(stems.clone())) > 0,
            Match::Forms(forms) => has_forms(forms),
            Match::Names(field, words) => names(&kept.article, *field).into_iter().any(|name| {
                let forms = self.name_forms(name);
                forms
                    .windows(words.slots.len())
                    .any(|forms| forms.iter().zip(&words.slots).all(|(form, slot)| slot.contains(form)))
            }),
            Match::NameForms(field, any) => names(&kept.article, *field)
                .into_iter()
                .flat_map(|name| self.name_forms(name))
                .any(|f| any.contains(&f)),
            Match::Phrase(phrase) => phrase.stands_in(&kept.article, self.analyzers.take().get()),
            Match::Places(expr, least) => kept.places(expr) >= *least,
            Match::Address(field, pieces) => kept.has_address(*field, pieces),
            Match::Published(range) => kept.is_published(*range),
            Match::Under(path) => {
                let path: &Path = path;
                Path::new(&kept.file.path) == path || kept.folders.iter().any(|folder| Path::new(folder) == path)
            }
            Match::Facet(field, value) => kept.counts_under(*field, value),
        }
    }

    /// The numbers of the articles that match, in the order in which they were added.
    pub fn matching(&self, found: &Match) -> Vec<usize> {
        let all = self.articles().iter().enumerate();
        all.filter(|(_, kept)| self.matches(found, kept)).map(|(number, _)| number).collect()
    }
}
