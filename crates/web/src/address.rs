//! The address of a search. It has every choice of the reader and nothing else, so that going back, reloading and sharing a
//! link give the same page.

use crate::expected::{BadParameter, Expected, SWITCH};
use findbuch_engine::plan::related::Relatives;
use findbuch_engine::timeline::Unit;
use findbuch_engine::{FacetField, Sort};
use findbuch_query::lang::Lang;
use findbuch_query::{DateRange, Query};
use form_urlencoded::{Serializer, parse};
use jiff::civil;

/// Most hits before a page.
pub const MAX_OFFSET: usize = 100_000;
/// Most hits on a page.
pub const MAX_LIMIT: usize = 100;
/// Hits on a page if the address does not say.
const LIMIT: usize = 10;
/// Most values of a parameter that may be repeated.
pub const MAX_VALUES: usize = 32;
/// Most bytes of a value.
const MAX_VALUE: usize = 1000;

/// The choices of a search.
///
/// ```
/// use findbuch_web::address::Address;
/// use jiff::civil::date;
///
/// let (address, bad) = Address::read("q=Deich&limit=20&source=Die+Warte&sort=best", &[], date(2026, 11, 25));
/// assert_eq!((address.q.as_str(), address.limit), ("Deich", 20));
/// assert_eq!(bad[0].name, "sort");
/// assert_eq!(address.at("/kwic"), "/kwic?q=Deich&source=Die+Warte&limit=20");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the page")]
pub struct Address {
    /// `q`: the query as typed.
    pub q: String,
    /// `sort`
    pub sort: Sort,
    /// `offset`: hits, or stories, before the page.
    pub offset: usize,
    /// `limit`: hits on a page.
    pub limit: usize,
    /// `not`: values of facets that hits must not have, each as `source=Die Warte`.
    pub not: Vec<(FacetField, String)>,
    /// `source`, `section`, `author`, `agency`, `tag`, `person`, `organisation`, `place`, `year`, `month`: values of facets; of one field, any is enough.
    pub only: Vec<(FacetField, String)>,
    /// `from` and `to`: a year, a month or a day.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// `around`: a year, a month or a day near which articles come first among others as good.
    pub around: String,
    /// `by`: the unit of the timeline, if the reader has chosen one.
    pub by: Option<Unit>,
    /// `relative`: whether the timeline counts hits per thousand articles.
    pub relative: bool,
    /// `exact`: whether words are searched only in the form typed.
    pub exact: bool,
    /// `compounds`: whether words are searched as parts of compounds, and compounds by their parts.
    pub compounds: bool,
    /// `variants`: whether other spellings and synonyms are searched.
    pub variants: bool,
    /// `related`: whether words of the same family are searched.
    pub related: Relatives,
    /// `furniture`: whether page furniture is searched too.
    pub furniture: bool,
    /// `group`: whether near-identical articles are folded, if the reader has chosen.
    pub group: Option<bool>,
    /// `correct`: whether a word that no article has is replaced by the one that is clearly meant.
    pub correct: bool,
    /// `without`: forms, spellings and synonyms that are not searched.
    pub without: Vec<String>,
    /// `explain`, of the interface: whether the answer says what each word is searched as.
    pub explain: bool,
    /// `lang`, if the reader has chosen one.
    pub lang: Option<Lang>,
}

impl Default for Address {
    fn default() -> Address {
        Address {
            q: String::new(),
            sort: Sort::Relevance,
            offset: 0,
            limit: LIMIT,
            not: Vec::new(),
            only: Vec::new(),
            from: String::new(),
            to: String::new(),
            around: String::new(),
            by: None,
            relative: false,
            exact: false,
            compounds: true,
            variants: true,
            related: Relatives::default(),
            furniture: true,
            group: None,
            correct: true,
            without: Vec::new(),
            explain: false,
            lang: None,
        }
    }
}

impl Address {
    /// Reads the query of an address, and returns with it the parameters that cannot be used and are ignored. `others` are
    /// parameters that only some pages have; those pages read them by [`values`].
    #[must_use]
    pub fn read(query: &str, others: &[&str], today: civil::Date) -> (Address, Vec<BadParameter>) {
        let mut address = Address::default();
        let mut bad = Vec::new();
        for (name, value) in parse(query.as_bytes()) {
            let fault = match &*name {
                "q" => {
                    (*value).clone_into(&mut address.q);
                    None
                }
                name if value.is_empty() || others.contains(&name) => None,
                _ => address.set(&name, &value).err(),
            };
            if let Some(expected) = fault {
                let fault = BadParameter { name: name.into_owned(), expected };
                if !bad.contains(&fault) {
                    bad.push(fault);
                }
            }
        }
        if !(address.from.is_empty() && address.to.is_empty()) && address.dates(today).is_none() {
            let name = if address.from.is_empty() { "to" } else { "from" };
            bad.push(BadParameter::of(name, Expected::Date));
            (address.from, address.to) = (String::new(), String::new());
        }
        (address, bad)
    }

    /// Sets a parameter; an error is what it may be instead, or nothing if there is no such parameter.
    fn set(&mut self, name: &str, value: &str) -> Result<(), Option<Expected>> {
        let number = |least: usize, most: usize| {
            let number = value.parse().ok().filter(|number| (least..=most).contains(number));
            number.ok_or(Expected::Number(least, most))
        };
        let switch = || match value {
            "1" | "true" => Ok(true),
            "0" | "false" => Ok(false),
            _ => Err(SWITCH),
        };
        if value.len() > MAX_VALUE {
            return Err(Some(Expected::Bytes(MAX_VALUE)));
        }
        let facet = FacetField::from_name(name).filter(|field| field.name() == name);
        match (name, facet) {
            ("sort", _) => match value {
                "relevance" => self.sort = Sort::Relevance,
                "newest" => self.sort = Sort::Newest,
                "oldest" => self.sort = Sort::Oldest,
                _ => return Err(Some(Expected::OneOf(&["relevance", "newest", "oldest"]))),
            },
            ("offset", _) => self.offset = number(0, MAX_OFFSET)?,
            ("limit", _) => self.limit = number(1, MAX_LIMIT)?,
            ("from", _) => value.clone_into(&mut self.from),
            ("to", _) => value.clone_into(&mut self.to),
            ("around", _) => {
                // relative dates are for people who type them; an address is read tomorrow too
                let days = [civil::Date::ZERO, civil::date(2000, 1, 1)].map(|today| Query::days(value, today));
                if days[0].is_none() || days[0] != days[1] {
                    return Err(Some(Expected::Date));
                }
                value.clone_into(&mut self.around);
            }
            ("by", _) => match value {
                "day" => self.by = Some(Unit::Day),
                "month" => self.by = Some(Unit::Month),
                "year" => self.by = Some(Unit::Year),
                _ => return Err(Some(Expected::OneOf(&["day", "month", "year"]))),
            },
            ("lang", _) => match value {
                "de" => self.lang = Some(Lang::De),
                "en" => self.lang = Some(Lang::En),
                _ => return Err(Some(Expected::OneOf(&["de", "en"]))),
            },
            ("without", _) if self.without.iter().any(|known| known == value) => {}
            ("without", _) if self.without.len() < MAX_VALUES => self.without.push(value.to_owned()),
            (_, Some(field)) if self.only.len() < MAX_VALUES => {
                let one = (field, value.to_owned());
                if !self.only.contains(&one) {
                    self.only.push(one);
                }
            }
            ("not", _) if self.not.len() < MAX_VALUES => {
                let (name, value) = value.split_once('=').ok_or(Some(Expected::FacetValue))?;
                let one = (FacetField::from_name(name).ok_or(Some(Expected::FacetValue))?, value.to_owned());
                if !self.not.contains(&one) {
                    self.not.push(one);
                }
            }
            ("without" | "not", _) | (_, Some(_)) => return Err(Some(Expected::Times(MAX_VALUES))),
            ("relative", _) => self.relative = switch()?,
            ("exact", _) => self.exact = switch()?,
            ("compounds", _) => self.compounds = switch()?,
            ("variants", _) => self.variants = switch()?,
            ("related", _) => self.related = if switch()? { Relatives::Always } else { Relatives::Never },
            ("furniture", _) => self.furniture = switch()?,
            ("group", _) => self.group = Some(switch()?),
            ("correct", _) => self.correct = switch()?,
            ("explain", _) => self.explain = switch()?,
            _ => return Err(None),
        }
        Ok(())
    }

    /// The days of `around`.
    #[must_use]
    pub fn near(&self) -> Option<DateRange> {
        Query::days(&self.around, civil::Date::ZERO)
    }

    /// The days of `from` and `to`; nothing if neither is given, if one is no date, or if `from` is after `to`.
    #[must_use]
    pub fn dates(&self, today: civil::Date) -> Option<DateRange> {
        // one end each; a range in one of the fields is none
        if (self.from.is_empty() && self.to.is_empty()) || [&self.from, &self.to].iter().any(|end| end.contains("..")) {
            return None;
        }
        Query::days(&format!("{}..{}", self.from.trim(), self.to.trim()), today)
    }

    /// The query of the address, without `?`, in a fixed order; parameters that have their default are left out.
    #[must_use]
    pub fn query(&self) -> String {
        let default = Address::default();
        let mut out = Serializer::new(String::new());
        let mut put = |name: &str, value: &str, is_default: bool| {
            if !is_default {
                out.append_pair(name, value);
            }
        };
        put("q", &self.q, self.q.is_empty());
        for (field, value) in &self.only {
            put(field.name(), value, false);
        }
        for (field, value) in &self.not {
            put("not", &format!("{}={value}", field.name()), false);
        }
        put("from", &self.from, self.from.is_empty());
        put("to", &self.to, self.to.is_empty());
        put("around", &self.around, self.around.is_empty());
        put("sort", sort_name(self.sort), self.sort == default.sort);
        put("by", self.by.map_or("", Unit::english_name), self.by.is_none());
        put("relative", "1", !self.relative);
        put("exact", "1", !self.exact);
        put("compounds", "0", self.compounds);
        put("variants", "0", self.variants);
        let related = if self.related == Relatives::Always { "1" } else { "0" };
        put("related", related, self.related == Relatives::default());
        put("furniture", "0", self.furniture);
        put("group", if self.group == Some(true) { "1" } else { "0" }, self.group.is_none());
        put("correct", "0", self.correct);
        for label in &self.without {
            put("without", label, false);
        }
        put("explain", "1", !self.explain);
        put("limit", &self.limit.to_string(), self.limit == default.limit);
        put("offset", &self.offset.to_string(), self.offset == 0);
        put("lang", self.lang.map_or("", |lang| lang.pick("de", "en")), self.lang.is_none());
        out.finish()
    }

    /// The parameters of the address, for the hidden fields of a form.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        parse(self.query().as_bytes()).into_owned().collect()
    }

    /// Whether only the query limits what is found.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.only.is_empty() && self.not.is_empty() && self.from.is_empty() && self.to.is_empty()
    }

    /// A path with the query of this address.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same search from its first hit on, changed.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Address)) -> Address {
        let mut changed = Address { offset: 0, ..self.clone() };
        change(&mut changed);
        changed
    }
}

/// The values of a parameter, without empty ones.
#[must_use]
pub fn values(query: &str, name: &str) -> Vec<String> {
    let pairs = parse(query.as_bytes()).filter(|(found, value)| found == name && !value.is_empty());
    pairs.map(|(_, value)| value.into_owned()).take(MAX_VALUES).collect()
}

/// The name of an order in addresses.
#[must_use]
pub fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "relevance",
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: civil::Date = civil::date(2026, 11, 25);

    #[test]
    fn parameters_that_cannot_be_used_are_returned() {
        for (query, bad) in [
            ("q=a&sort=best", vec!["sort"]),
            ("limit=0", vec!["limit"]),
            ("limit=1e9&offset=-1", vec!["limit", "offset"]),
            ("from=gestrn", vec!["from"]),
            ("from=2024&to=2023", vec!["from"]),
            ("to=2023)", vec!["to"]),
            ("from=Mai+2024&to=6/2024", vec![]),
            ("from=2023..2024", vec!["from"]),
            ("around=gestern", vec!["around"]),
            ("around=Mai+2024", vec![]),
            ("utm_source=x", vec!["utm_source"]),
            ("exact=yes&quelle=x", vec!["exact", "quelle"]),
            ("not=source&not=farbe%3Drot", vec!["not"]),
            ("not=source%3DDie+Warte&not=jahr%3D2023", vec![]),
            ("sort=&from=&source=", vec![]),
        ] {
            let names: Vec<String> = Address::read(query, &[], TODAY).1.into_iter().map(|bad| bad.name).collect();
            assert_eq!(names, bad, "{query}");
        }
    }

    #[test]
    fn defaults_are_left_out() {
        for (query, written) in [
            ("q=Kim+Jong&sort=relevance&offset=0&limit=10&variants=1&correct=1", "q=Kim+Jong"),
            ("lang=en&source=B&source=A&source=B&q=%C3%96l", "q=%C3%96l&source=B&source=A&lang=en"),
            ("not=quelle%3DA%3DB&q=a&tag=x&not=source%3DA%3DB", "q=a&tag=x&not=source%3DA%3DB"),
            ("from=2023&to=2023-09&by=day&group=0", "from=2023&to=2023-09&by=day&group=0"),
            ("", ""),
        ] {
            assert_eq!(Address::read(query, &[], TODAY).0.query(), written, "{query}");
        }
    }

    proptest! {
        #[test]
        fn an_address_read_again_is_the_same(query in "((q|source|author|from|to|sort|by|limit|offset|exact|group|without|lang)=([a-z0-9%+ -]{0,8}|newest|2023-0[1-9]|1|de)&){0,8}") {
            let (address, _) = Address::read(&query, &[], TODAY);
            let (again, bad) = Address::read(&address.query(), &[], TODAY);
            prop_assert_eq!(&again, &address);
            prop_assert!(bad.is_empty());
        }

        #[test]
        fn no_address_panics(query in "\\PC{0,60}") {
            let _ = Address::read(&query, &[], TODAY).0.query();
        }
    }
}
