//! What the articles of a result are counted by.

use crate::timeline::{Days, Unit};
use std::collections::HashMap;

/// A property that articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacetField {
    /// The publication.
    Source,
    /// The department of the newsroom.
    Section,
    /// The authors; an article of several counts for each.
    Author,
    /// The news agency.
    Agency,
    /// The year of publication.
    Year,
    /// The month of publication.
    Month,
}

impl FacetField {
    /// All, in the order in which they are shown.
    pub const ALL: [FacetField; 6] = [
        FacetField::Source,
        FacetField::Section,
        FacetField::Author,
        FacetField::Agency,
        FacetField::Year,
        FacetField::Month,
    ];

    /// The name in JSON and CSV.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FacetField::Source => "source",
            FacetField::Section => "section",
            FacetField::Author => "author",
            FacetField::Agency => "agency",
            FacetField::Year => "year",
            FacetField::Month => "month",
        }
    }

    /// The German name, as a searcher types it.
    #[must_use]
    pub fn german_name(self) -> &'static str {
        match self {
            FacetField::Source => "quelle",
            FacetField::Section => "ressort",
            FacetField::Author => "autor",
            FacetField::Agency => "agentur",
            FacetField::Year => "jahr",
            FacetField::Month => "monat",
        }
    }

    /// The field of an English or German name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<FacetField> {
        let name = name.to_lowercase();
        FacetField::ALL.into_iter().find(|field| field.name() == name || field.german_name() == name)
    }
}

/// The articles of a result, counted by one property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The property.
    pub field: FacetField,
    /// Its values with their articles: the most first, ties by name.
    pub values: Vec<(String, u64)>,
    /// Articles without it.
    pub without: u64,
}

impl Facet {
    /// A facet of counts in any order.
    #[must_use]
    pub fn of(field: FacetField, counts: HashMap<String, u64>, without: u64) -> Facet {
        let mut values: Vec<(String, u64)> = counts.into_iter().collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Facet { field, values, without }
    }

    /// The years or months of days.
    #[must_use]
    pub fn of_days(field: FacetField, unit: Unit, days: &Days) -> Facet {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for (first, articles) in days.by(unit) {
            *counts.entry(unit.name(first)).or_default() += articles;
        }
        Facet::of(field, counts, days.undated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_names_in_both_languages() {
        for field in FacetField::ALL {
            assert_eq!(FacetField::from_name(field.name()), Some(field));
            assert_eq!(FacetField::from_name(&field.german_name().to_uppercase()), Some(field));
        }
        assert_eq!(FacetField::from_name("farbe"), None);
    }

    #[test]
    fn the_most_frequent_comes_first_and_ties_go_by_name() {
        let counts = [("b", 2), ("a", 2), ("c", 5)].map(|(name, count)| (name.to_owned(), count));
        let facet = Facet::of(FacetField::Source, counts.into(), 1);
        assert_eq!(facet.values, [("c".to_owned(), 5), ("a".to_owned(), 2), ("b".to_owned(), 2)]);
    }

    #[test]
    fn days_make_years_and_months() {
        let mut days = Days::default();
        // 1970-01-01, 1970-01-31, 1970-02-01, 1969-12-31
        for day in [0, 30, 31, -1] {
            days.add(Some(day));
        }
        days.add(None);
        let names = |facet: Facet| facet.values.into_iter().map(|(name, count)| format!("{name}:{count}"));
        let years = Facet::of_days(FacetField::Year, Unit::Year, &days);
        assert_eq!(years.without, 1);
        assert_eq!(names(years).collect::<Vec<_>>(), ["1970:3", "1969:1"]);
        let months = Facet::of_days(FacetField::Month, Unit::Month, &days);
        assert_eq!(names(months).collect::<Vec<_>>(), ["1970-01:2", "1969-12:1", "1970-02:1"]);
    }
}
