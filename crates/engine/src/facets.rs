//! What the articles of a result are counted by.

use crate::timeline::{Days, Unit};
use findbuch_article::Article;
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
    /// The tags that the article came with; one of several counts for each.
    Tag,
    /// The people in the text; an article of several counts for each. As they were recognised, as all three are.
    Person,
    /// The organisations in it.
    Organisation,
    /// The places in it.
    Place,
    /// The year of publication.
    Year,
    /// The month of publication.
    Month,
}

impl FacetField {
    /// All, in the order in which they are shown.
    pub const ALL: [FacetField; 10] = [
        FacetField::Source,
        FacetField::Section,
        FacetField::Author,
        FacetField::Agency,
        FacetField::Tag,
        FacetField::Person,
        FacetField::Organisation,
        FacetField::Place,
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
            FacetField::Tag => "tag",
            FacetField::Person => "person",
            FacetField::Organisation => "organisation",
            FacetField::Place => "place",
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
            FacetField::Tag => "schlagwort",
            FacetField::Person => "person",
            FacetField::Organisation => "organisation",
            FacetField::Place => "ort",
            FacetField::Year => "jahr",
            FacetField::Month => "monat",
        }
    }

    /// The length of the periods that articles are counted by; none where they are counted by names.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        match self {
            FacetField::Year => Some(Unit::Year),
            FacetField::Month => Some(Unit::Month),
            FacetField::Source
            | FacetField::Section
            | FacetField::Author
            | FacetField::Agency
            | FacetField::Tag
            | FacetField::Person
            | FacetField::Organisation
            | FacetField::Place => None,
        }
    }

    /// Whether it counts what is recognised in the text, which an index may lack.
    #[must_use]
    pub fn is_recognised(self) -> bool {
        matches!(self, FacetField::Person | FacetField::Organisation | FacetField::Place)
    }

    /// The field of an English or German name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<FacetField> {
        let name = name.to_lowercase();
        FacetField::ALL.into_iter().find(|field| field.name() == name || field.german_name() == name)
    }
}

/// Most bytes of a name; longer ones are no names.
const MAX_NAME_BYTES: usize = 200;

/// The names under which articles are counted by a field, each once; of days there are none.
#[must_use]
pub fn names(article: &Article, field: FacetField) -> Vec<&str> {
    let names: Vec<&String> = match field {
        FacetField::Source => article.source.iter().collect(),
        FacetField::Section => article.section.iter().collect(),
        FacetField::Author => article.authors.iter().collect(),
        FacetField::Agency => article.agency.iter().collect(),
        FacetField::Tag => article.tags.iter().collect(),
        FacetField::Person => article.names.people.iter().collect(),
        FacetField::Organisation => article.names.organisations.iter().collect(),
        FacetField::Place => article.names.places.iter().collect(),
        FacetField::Year | FacetField::Month => Vec::new(),
    };
    let mut cut: Vec<&str> = Vec::new();
    for name in names {
        let name = name.trim();
        let name = name.get(..name.floor_char_boundary(MAX_NAME_BYTES)).unwrap_or(name);
        if !name.is_empty() && !cut.contains(&name) {
            cut.push(name);
        }
    }
    cut
}

/// The most frequent of counted names, the first first, ties by name.
#[must_use]
pub fn most_frequent(counts: impl IntoIterator<Item = (String, u64)>, most: usize) -> Vec<(String, u64)> {
    let mut counted: Vec<(String, u64)> = counts.into_iter().collect();
    counted.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted.truncate(most);
    counted
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
        Facet { field, values: most_frequent(counts, usize::MAX), without }
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
    fn names_are_counted_once_and_without_what_is_no_name() {
        let long = format!("{}ä", "x".repeat(MAX_NAME_BYTES - 1));
        let authors = ["Ute Krahn", " Ute Krahn ", "", "Jan Ott", &long].map(str::to_owned).to_vec();
        let article = Article { authors, source: Some(" ".into()), agency: Some("nda".into()), ..Article::default() };
        let check = |field, expected: &[&str]| assert_eq!(names(&article, field), expected, "{field:?}");
        check(FacetField::Author, &["Ute Krahn", "Jan Ott", &"x".repeat(MAX_NAME_BYTES - 1)]);
        check(FacetField::Source, &[]);
        check(FacetField::Section, &[]);
        check(FacetField::Agency, &["nda"]);
        check(FacetField::Year, &[]);
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
