//! People whom an article calls by their surname alone: who is meant, by what the archive tells elsewhere.
//!
//! *Merkel*, in an article that never says *Angela Merkel*, is she where nearly all articles of the archive that name anybody of this
//! surname in full name her. Nothing is stored of it: facets and queries join what is counted, so that each further article may change it.

use crate::facets::{Facet, FacetField};
use crate::lookup::names::folded;
use std::collections::HashMap;

/// The least share of the articles with a full name of this surname that have the same one, in percent.
const LEAST_SHARE: u64 = 90;
/// Fewest articles with the full name: one or two tell nothing of the rest.
const FEWEST: u64 = 3;

/// The surnames of an archive that stand for one person each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surnames {
    /// By the surname.
    full: HashMap<String, String>,
    /// By the full name.
    alone: HashMap<String, String>,
    /// By the folded words of the full name.
    folded: HashMap<String, String>,
}

/// The full names that have a word as their first or last.
#[derive(Default)]
struct Bearers<'a> {
    articles: u64,
    most: u64,
    first: &'a str,
}

impl Surnames {
    /// From all people of an archive with the number of their articles.
    #[must_use]
    pub fn of(people: &[(String, u64)]) -> Surnames {
        let mut bearers: HashMap<&str, Bearers<'_>> = people
            .iter()
            .filter(|(name, _)| !name.contains(' '))
            .map(|(name, _)| (name.as_str(), Bearers::default()))
            .collect();
        for (name, articles) in people {
            let (Some((forename, _)), Some((_, surname))) = (name.split_once(' '), name.rsplit_once(' ')) else {
                continue;
            };
            if let Some(bearers) = bearers.get_mut(surname) {
                bearers.articles += articles;
                if *articles > bearers.most {
                    (bearers.most, bearers.first) = (*articles, name);
                }
            }
            // who is called so by forename may be meant as well
            if let Some(bearers) = bearers.get_mut(forename).filter(|_| forename != surname) {
                bearers.articles += articles;
            }
        }
        let mut surnames = Surnames::default();
        for (alone, Bearers { articles, most, first }) in bearers {
            if most >= FEWEST && most * 100 >= articles * LEAST_SHARE {
                surnames.full.insert(alone.to_owned(), first.to_owned());
                surnames.folded.insert(folded(first), alone.to_owned());
                surnames.alone.insert(first.to_owned(), alone.to_owned());
            }
        }
        surnames
    }

    /// The surname that stands for a full name where it is alone.
    #[must_use]
    pub fn alone(&self, full: &str) -> Option<&str> {
        self.alone.get(full).map(String::as_str)
    }

    /// The same by the folded words of the full name.
    #[must_use]
    pub fn alone_by_forms(&self, forms: &[Box<str>]) -> Option<&str> {
        self.folded.get(&forms.join(" ")).map(String::as_str)
    }

    /// Counts articles with a surname alone with those of the full name. No article is counted twice: one that has both has its
    /// surname with the full name.
    pub fn join(&self, facets: &mut [Facet]) {
        for facet in facets.iter_mut().filter(|facet| facet.field == FacetField::Person) {
            let mut counts: HashMap<String, u64> = HashMap::with_capacity(facet.values.len());
            for (name, articles) in std::mem::take(&mut facet.values) {
                *counts.entry(self.full.get(&name).cloned().unwrap_or(name)).or_default() += articles;
            }
            *facet = Facet::of(facet.field, counts, facet.without);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surnames(people: &[(&str, u64)]) -> Surnames {
        Surnames::of(&people.iter().map(|(name, articles)| ((*name).to_owned(), *articles)).collect::<Vec<_>>())
    }

    #[test]
    fn a_surname_alone_is_who_is_nearly_always_called_so() {
        let full = |people: &[(&str, u64)]| surnames(people).full.get("Krahn").cloned();
        assert_eq!(full(&[("Krahn", 5), ("Ute Krahn", 9), ("Jan Krahn", 1)]).as_deref(), Some("Ute Krahn"));
        assert_eq!(full(&[("Krahn", 5), ("Ute Krahn", 8), ("Jan Krahn", 1)]), None, "one in nine is somebody else");
        assert_eq!(full(&[("Krahn", 5), ("Ute Krahn", 2)]), None, "two articles tell nothing");
        assert_eq!(full(&[("Krahn", 5), ("Ute Krahn", 9), ("Krahn Ott", 4)]), None, "others have it as their forename");
        assert_eq!(full(&[("Ute Krahn", 9)]), None, "nobody is called so alone");
    }

    #[test]
    fn a_facet_counts_both_under_the_full_name() {
        let surnames = surnames(&[("Krahn", 5), ("Ute Krahn", 9), ("Ott", 2)]);
        let counts = [("Krahn", 2), ("Ute Krahn", 1), ("Ott", 2)].map(|(name, count)| (name.to_owned(), count));
        let mut facets =
            [FacetField::Person, FacetField::Author].map(|field| Facet::of(field, HashMap::from(counts.clone()), 4));
        surnames.join(&mut facets);
        assert_eq!(facets[0].values, [("Ute Krahn".to_owned(), 3), ("Ott".to_owned(), 2)]);
        assert_eq!((facets[0].without, facets[1].values.len()), (4, 3));
        assert_eq!(surnames.alone_by_forms(&["ute".into(), "krahn".into()]), Some("Krahn"));
    }
}
