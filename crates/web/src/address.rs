//! The address of a search: every choice of the reader and nothing else, so that back, reload and a mailed link give the same.

use super::expected::{Expected, SWITCH};
use findbuch_engine::timeline::Unit;
use findbuch_engine::{FacetField, Sort};
use findbuch_query::lang::Lang;
use findbuch_query::{DateRange, Node, Query};
use form_urlencoded::{Serializer, parse};
use jiff::civil;

/// Most hits that may be passed over, and hits on a page.
pub const MAX_OFFSET: usize = 100_000;
/// See [`MAX_OFFSET`].
pub const MAX_LIMIT: usize = 100;
/// Hits on a page where nothing is said.
const LIMIT: usize = 10;
/// Most values of one parameter that may be repeated, and bytes of one.
pub const MAX_VALUES: usize = 32;
const MAX_VALUE: usize = 1000;

/// The choices of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the page")]
pub struct Address {
    /// `q`: the query as typed.
    pub q: String,
    /// `sort`
    pub sort: Sort,
    /// `offset`: hits, or stories, passed over.
    pub offset: usize,
    /// `limit`: hits on a page.
    pub limit: usize,
    /// `source`, `section`, `author`, `agency`, `year`, `month`: values of facets.
    pub only: Vec<(FacetField, String)>,
    /// `from` and `to`: a year, a month or a day.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// `by`: unit of the timeline, if one is chosen.
    pub by: Option<Unit>,
    /// `relative`: the timeline for a thousand articles of the time.
    pub relative: bool,
    /// `exact`: forms as typed alone.
    pub exact: bool,
    /// `compounds`: parts of compounds, and compounds by their parts.
    pub compounds: bool,
    /// `variants`: other spellings and synonyms.
    pub variants: bool,
    /// `group`: near-identical articles folded, if it is chosen.
    pub group: Option<bool>,
    /// `correct`: what is clearly meant is searched where a word is in no article.
    pub correct: bool,
    /// `without`: spellings and synonyms left out.
    pub without: Vec<String>,
    /// `explain`, for the interface: what each word is searched as.
    pub explain: bool,
    /// `lang`, if it is chosen.
    pub lang: Option<Lang>,
}

impl Default for Address {
    fn default() -> Address {
        Address {
            q: String::new(),
            sort: Sort::Relevance,
            offset: 0,
            limit: LIMIT,
            only: Vec::new(),
            from: String::new(),
            to: String::new(),
            by: None,
            relative: false,
            exact: false,
            compounds: true,
            variants: true,
            group: None,
            correct: true,
            without: Vec::new(),
            explain: false,
            lang: None,
        }
    }
}

/// A parameter that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadParameter {
    /// Its name.
    pub name: String,
    /// What it may be; nothing where there is no such parameter.
    pub expected: Option<Expected>,
}

impl Address {
    /// Reads the query of an address; what cannot be used is passed over and told. `others` are parameters of the page at
    /// hand, read by [`values`].
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
                _ => address.take(&name, &value),
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
            bad.push(BadParameter { name: name.into(), expected: Some(Expected::Date) });
            (address.from, address.to) = (String::new(), String::new());
        }
        (address, bad)
    }

    /// Takes up a parameter; gives what it may be where it cannot be used.
    fn take(&mut self, name: &str, value: &str) -> Option<Option<Expected>> {
        let number = |most: usize| value.parse::<usize>().ok().filter(|number| *number <= most);
        let switch = || match value {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        };
        if value.len() > MAX_VALUE {
            return Some(Some(Expected::Bytes(MAX_VALUE)));
        }
        let facet = FacetField::from_name(name).filter(|field| field.name() == name);
        match (name, facet) {
            ("sort", _) => match value {
                "relevance" => self.sort = Sort::Relevance,
                "newest" => self.sort = Sort::Newest,
                "oldest" => self.sort = Sort::Oldest,
                _ => return Some(Some(Expected::OneOf(&["relevance", "newest", "oldest"]))),
            },
            ("offset", _) => match number(MAX_OFFSET) {
                Some(offset) => self.offset = offset,
                None => return Some(Some(Expected::Number(0, MAX_OFFSET))),
            },
            ("limit", _) => match number(MAX_LIMIT).filter(|limit| *limit > 0) {
                Some(limit) => self.limit = limit,
                None => return Some(Some(Expected::Number(1, MAX_LIMIT))),
            },
            ("from", _) => value.clone_into(&mut self.from),
            ("to", _) => value.clone_into(&mut self.to),
            ("by", _) => match value {
                "day" => self.by = Some(Unit::Day),
                "month" => self.by = Some(Unit::Month),
                "year" => self.by = Some(Unit::Year),
                _ => return Some(Some(Expected::OneOf(&["day", "month", "year"]))),
            },
            ("lang", _) => match value {
                "de" => self.lang = Some(Lang::De),
                "en" => self.lang = Some(Lang::En),
                _ => return Some(Some(Expected::OneOf(&["de", "en"]))),
            },
            ("without", _) if self.without.iter().any(|known| known == value) => {}
            ("without", _) if self.without.len() < MAX_VALUES => self.without.push(value.to_owned()),
            (_, Some(field)) if self.only.len() < MAX_VALUES => {
                let one = (field, value.to_owned());
                if !self.only.contains(&one) {
                    self.only.push(one);
                }
            }
            ("without", _) | (_, Some(_)) => return Some(Some(Expected::Times(MAX_VALUES))),
            ("relative" | "exact" | "compounds" | "variants" | "group" | "correct" | "explain", _) => {
                let Some(on) = switch() else { return Some(Some(SWITCH)) };
                match name {
                    "relative" => self.relative = on,
                    "exact" => self.exact = on,
                    "compounds" => self.compounds = on,
                    "variants" => self.variants = on,
                    "group" => self.group = Some(on),
                    "correct" => self.correct = on,
                    _ => self.explain = on,
                }
            }
            _ => return Some(None),
        }
        None
    }

    /// The days of `from` and `to`; nothing where neither is given, or where they are no dates, or the wrong way round.
    #[must_use]
    pub fn dates(&self, today: civil::Date) -> Option<DateRange> {
        // the same dates as in a query, and nothing else of a query
        match Query::parse(&format!("date:{}..{}", self.from, self.to), today).ok()?.root {
            Node::Published(range) => Some(range),
            _ => None,
        }
    }

    /// The query of the address, in a fixed order, what is usual left out; without `?`.
    #[must_use]
    pub fn query(&self) -> String {
        let usual = Address::default();
        let mut out = Serializer::new(String::new());
        let mut put = |name: &str, value: &str, is_usual: bool| {
            if !is_usual {
                out.append_pair(name, value);
            }
        };
        put("q", &self.q, self.q.is_empty());
        for (field, value) in &self.only {
            put(field.name(), value, false);
        }
        put("from", &self.from, self.from.is_empty());
        put("to", &self.to, self.to.is_empty());
        put("sort", sort_name(self.sort), self.sort == usual.sort);
        put("by", self.by.map_or("", Unit::english_name), self.by.is_none());
        put("relative", "1", !self.relative);
        put("exact", "1", !self.exact);
        put("compounds", "0", self.compounds);
        put("variants", "0", self.variants);
        put("group", if self.group == Some(true) { "1" } else { "0" }, self.group.is_none());
        put("correct", "0", self.correct);
        for label in &self.without {
            put("without", label, false);
        }
        put("explain", "1", !self.explain);
        put("limit", &self.limit.to_string(), self.limit == usual.limit);
        put("offset", &self.offset.to_string(), self.offset == 0);
        put("lang", self.lang.map_or("", |lang| lang.pick("de", "en")), self.lang.is_none());
        out.finish()
    }

    /// Whether nothing limits what is found but the query.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.only.is_empty() && self.from.is_empty() && self.to.is_empty()
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

/// The values of a parameter, empty ones left out.
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

/// An id as it may stand in a path, every other byte as `%XX`.
#[must_use]
pub fn encoded(id: &str) -> String {
    form_urlencoded::byte_serialize(id.as_bytes()).map(|piece| if piece == "+" { "%20" } else { piece }).collect()
}

/// Whether the bytes that a path stands for are text; every id and every name is.
#[must_use]
pub fn is_text(path: &str) -> bool {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, more @ ..] = rest {
        let escaped = more.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        let byte = escaped.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { more.get(2..).unwrap_or_default() } else { more };
    }
    std::str::from_utf8(&bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: civil::Date = civil::date(2026, 11, 25);

    #[test]
    fn what_cannot_be_used_is_told() {
        for (query, bad) in [
            ("q=a&sort=best", vec!["sort"]),
            ("limit=0", vec!["limit"]),
            ("limit=1e9&offset=-1", vec!["limit", "offset"]),
            ("from=gestrn", vec!["from"]),
            ("from=2024&to=2023", vec!["from"]),
            ("to=2023)", vec!["to"]),
            ("utm_source=x", vec!["utm_source"]),
            ("exact=yes&quelle=x", vec!["exact", "quelle"]),
            ("sort=&from=&source=", vec![]),
        ] {
            let names: Vec<String> = Address::read(query, &[], TODAY).1.into_iter().map(|bad| bad.name).collect();
            assert_eq!(names, bad, "{query}");
        }
    }

    #[test]
    fn what_is_usual_is_left_out() {
        for (query, written) in [
            ("q=Kim+Jong&sort=relevance&offset=0&limit=10&variants=1&correct=1", "q=Kim+Jong"),
            ("lang=en&source=B&source=A&source=B&q=%C3%96l", "q=%C3%96l&source=B&source=A&lang=en"),
            ("from=2023&to=2023-09&by=day&group=0", "from=2023&to=2023-09&by=day&group=0"),
            ("", ""),
        ] {
            assert_eq!(Address::read(query, &[], TODAY).0.query(), written, "{query}");
        }
        assert_eq!(encoded("a b/c?ä"), "a%20b%2Fc%3F%C3%A4");
    }

    #[test]
    fn paths_of_text_are_told_from_others() {
        for (path, text) in [
            ("/a", true),
            ("/%C3%A4", true),
            ("/%C3", false),
            ("/%ff", false),
            ("/%", true),
            ("/%C3%zz", false),
            ("/%+1", true),
        ] {
            assert_eq!(is_text(path), text, "{path}");
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
