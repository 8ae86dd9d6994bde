//! The options that limit a search beside its query: values of facets, and days of publication.

use super::clock;
use findbuch_engine::FacetField;
use findbuch_query::lang::Lang;
use findbuch_query::{DateRange, Query};

/// Arguments that limit a search.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Only articles with this value of a facet, as --facets names it: quelle=Die Warte, jahr=2023; of several for one
    /// facet one is enough
    #[arg(long, value_name = "FACET=VALUE")]
    only: Vec<String>,
    /// No articles with this value of a facet
    #[arg(long, value_name = "FACET=VALUE")]
    not: Vec<String>,
    /// Only articles published in this year, month or day, or later: 2023, "Mai 2023", 2023-05-12, gestern
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only articles published in this year, month or day, or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
}

/// What a search is limited to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// Values that hits must have.
    pub only: Vec<(FacetField, String)>,
    /// Values that they must not have.
    pub not: Vec<(FacetField, String)>,
    /// Days that they are published in.
    pub published: Option<DateRange>,
}

impl Args {
    /// What the arguments say.
    ///
    /// # Errors
    /// When one of them cannot be understood.
    pub fn resolve(&self, lang: Lang) -> anyhow::Result<Narrowing> {
        let (only, not) = (values("--only", &self.only, lang)?, values("--not", &self.not, lang)?);
        Ok(Narrowing { only, not, published: self.published(lang)? })
    }

    /// The days of `--from` and `--to`.
    fn published(&self, lang: Lang) -> anyhow::Result<Option<DateRange>> {
        for end in [&self.from, &self.to].into_iter().flatten() {
            clock::days(end, lang)?;
        }
        let (from, to) = (self.from.as_deref().unwrap_or_default(), self.to.as_deref().unwrap_or_default());
        if from.is_empty() && to.is_empty() {
            return Ok(None);
        }
        let days = Query::days(&format!("{from}..{to}"), clock::today());
        days.map(Some).ok_or_else(|| {
            let (german, english) = (
                format!("--from {from} liegt nach --to {to}, oder eines ist kein einzelnes Datum; tauschen Sie sie."),
                format!("--from {from} is after --to {to}, or one of them is no single date; change them round"),
            );
            anyhow::anyhow!("{}", lang.pick(german, english))
        })
    }

    /// The options, as typed.
    pub fn options(&self) -> impl Iterator<Item = String> {
        let dates = [("--from", &self.from), ("--to", &self.to)];
        let dates = dates.into_iter().filter_map(|(name, date)| Some(format!("{name} {}", date.as_ref()?)));
        let only = self.only.iter().map(|value| format!("--only {value}"));
        dates.chain(only).chain(self.not.iter().map(|value| format!("--not {value}")))
    }
}

/// The facets and values of an option.
fn values(option: &str, typed: &[String], lang: Lang) -> anyhow::Result<Vec<(FacetField, String)>> {
    typed.iter().map(|text| facet_value(option, text, lang)).collect()
}

/// The facet and value of `--only` or `--not`.
fn facet_value(option: &str, text: &str, lang: Lang) -> anyhow::Result<(FacetField, String)> {
    let read = text.split_once('=').and_then(|(name, value)| Some((FacetField::from_name(name.trim())?, value.trim())));
    read.map(|(field, value)| (field, value.to_owned())).ok_or_else(|| {
        let known = FacetField::ALL.map(|field| lang.pick(field.german_name(), field.name())).join(", ");
        anyhow::anyhow!(
            "{}",
            lang.pick(
                format!("{option} „{text}“: Schreiben Sie FACETTE=WERT; Facetten sind {known}."),
                format!("{option} \"{text}\": write FACET=VALUE; facets are {known}"),
            )
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_reach_from_the_first_to_the_last() {
        let args = |from: &str, to: &str| {
            let text = |end: &str| Some(end.to_owned()).filter(|end| !end.is_empty());
            Args { only: Vec::new(), not: Vec::new(), from: text(from), to: text(to) }
        };
        let shown =
            |from: &str, to: &str| args(from, to).published(Lang::En).map(|days| days.map(|days| days.to_string()));
        assert_eq!(shown("", "").expect("none"), None);
        assert_eq!(shown("2023", "").expect("open").as_deref(), Some("2023-01-01.."));
        assert_eq!(shown("2023-05", "Mai 2024").expect("both").as_deref(), Some("2023-05-01..2024-05-31"));
        for (from, to, says) in
            [("2024", "2023", "is after"), ("gestrn", "", "is no date"), ("2023..2024", "2025", "no single")]
        {
            let message = shown(from, to).expect_err(from).to_string();
            assert!(message.contains(says), "{message}");
        }
        assert_eq!(args("2023", "2024").options().collect::<Vec<_>>(), ["--from 2023", "--to 2024"]);
    }

    #[test]
    fn a_facet_is_named_in_either_language() {
        let only = |text: &str| facet_value("--only", text, Lang::En).ok();
        assert_eq!(only("quelle=Die Warte"), Some((FacetField::Source, "Die Warte".to_owned())));
        assert_eq!(only(" year = 2023 "), Some((FacetField::Year, "2023".to_owned())));
        assert_eq!(only("quelle=a=b"), Some((FacetField::Source, "a=b".to_owned())));
        for wrong in ["", "quelle", "nichts=x"] {
            let message = facet_value("--only", wrong, Lang::En).expect_err(wrong).to_string();
            assert!(message.contains("write FACET=VALUE; facets are source"), "{message}");
        }
    }
}
