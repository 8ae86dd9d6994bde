//! What a result can be narrowed by, and is narrowed to: values of facets and choices, each a link.

use super::frame::Link;
use crate::address::{Address, values};
use findbuch_engine::plan::related::Relatives;
use findbuch_engine::{Facet, FacetField};
use findbuch_query::lang::Lang;
use findbuch_render::facets::{title, value_name};
use findbuch_render::number;

/// Values that are always visible.
const OPEN: usize = 7;
/// Values that are listed at all.
const LISTED: usize = 60;

/// Values from which on they can be searched.
const SEARCHED: usize = 12;

/// A facet.
#[derive(Debug, Clone)]
pub struct FacetView {
    /// `Quelle`, `Ressort` …
    pub title: &'static str,
    /// The values that the search is limited by, then the most frequent.
    pub values: Vec<ValueView>,
    /// The others, which the reader can open.
    pub more: Vec<ValueView>,
    /// `12 weitere`
    pub more_text: String,
    /// Articles without it.
    pub without: Option<String>,
    /// Where its values come from, if a program has recognised them.
    pub note: Option<&'static str>,
    /// Who occurs with whom, of people.
    pub together: Option<String>,
    /// The field in which its values are searched, where there are many.
    pub find: Option<FindView>,
}

/// A form that searches the values of a facet.
#[derive(Debug, Clone)]
pub struct FindView {
    /// The parameter: [`find_name`].
    pub name: String,
    /// What was searched last.
    pub text: String,
    /// The search, for its hidden fields.
    pub hidden: Vec<(String, String)>,
    /// Whether a value has the text.
    pub any: bool,
}

/// How a search is limited by a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Not at all.
    Open,
    /// Hits have it, or another that is chosen.
    Only,
    /// Hits do not have it.
    Not,
}

/// A value of a facet.
#[derive(Debug, Clone)]
pub struct ValueView {
    /// As the reader writes it.
    pub text: String,
    /// Its articles.
    pub count: String,
    /// Whether it limits the search.
    pub limit: Limit,
    /// The search narrowed to it, or without that limit.
    pub href: String,
    /// The search without articles that have it.
    pub not: Option<String>,
}

/// The parameter of the page in which values of a facet are searched.
#[must_use]
pub fn find_name(field: FacetField) -> String {
    format!("find_{}", field.name())
}

/// Facets with at least `least` values, and those that limit the search; `typed` is the query of the page's address.
#[must_use]
pub fn views(facets: &[Facet], address: &Address, least: usize, typed: &str, lang: Lang) -> Vec<FacetView> {
    let mut views = Vec::new();
    for facet in facets {
        let field = facet.field;
        let of_field = |values: &[(FacetField, String)]| -> Vec<String> {
            values.iter().filter(|(f, _)| *f == field).map(|(_, value)| value.clone()).collect()
        };
        let (only, not) = (of_field(&address.only), of_field(&address.not));
        let text = values(typed, &find_name(field)).pop().unwrap_or_default();
        if facet.values.len() < least && only.is_empty() && not.is_empty() && text.is_empty() {
            continue;
        }
        let count = |wanted: &str| facet.values.iter().find(|(value, _)| value == wanted).map_or(0, |found| found.1);
        let limits = only.iter().map(|value| (value, Limit::Only)).chain(not.iter().map(|value| (value, Limit::Not)));
        let mut listed: Vec<ValueView> =
            limits.map(|(value, limit)| value_view(address, field, (value, count(value)), limit, lang)).collect();
        let limiting = listed.len();
        let wanted = text.to_lowercase();
        let fits = |value: &str| value_name(field, value, lang).to_lowercase().contains(&wanted);
        let open = facet.values.iter().filter(|(value, _)| !only.contains(value) && !not.contains(value));
        let mut open: Vec<&(String, u64)> = open.filter(|(value, _)| fits(value)).take(LISTED).collect();
        let any = !open.is_empty();
        if field == FacetField::Year {
            // the latest year first, however many articles it has
            open.sort_by(|a, b| b.0.cmp(&a.0));
        }
        listed.extend(
            open.into_iter().map(|(value, count)| value_view(address, field, (value, *count), Limit::Open, lang)),
        );
        // what was searched for is shown
        let shown = if text.is_empty() { limiting + OPEN } else { LISTED };
        let more = listed.split_off(shown.min(listed.len()));
        let more_text = lang.pick(format!("{} weitere", more.len()), format!("{} more", more.len()));
        let without = (facet.without > 0).then(|| number(facet.without as f64, 0, lang));
        let note = field.is_recognised().then(|| lang.pick("automatisch erkannt", "recognised automatically"));
        let find = (facet.values.len() > SEARCHED || !text.is_empty()).then(|| FindView {
            name: find_name(field),
            text,
            hidden: address.with(|_| {}).pairs(),
            any,
        });
        let together = (field == FacetField::Person).then(|| address.with(|_| {}).at("/network"));
        let title = title(field, lang);
        views.push(FacetView { title, values: listed, more, more_text, without, note, together, find });
    }
    views
}

fn value_view(
    address: &Address,
    field: FacetField,
    (value, count): (&str, u64),
    limit: Limit,
    lang: Lang,
) -> ValueView {
    let one = (field, value.to_owned());
    let free = address.with(|free| {
        free.only.retain(|other| *other != one);
        free.not.retain(|other| *other != one);
    });
    let only = || free.with(|only| only.only.push(one.clone()));
    let not = || free.with(|not| not.not.push(one.clone()));
    ValueView {
        text: value_name(field, value, lang),
        count: number(count as f64, 0, lang),
        limit,
        href: if limit == Limit::Open { only() } else { free.clone() }.at("/"),
        not: (limit == Limit::Open).then(|| not().at("/")),
    }
}

/// What the search is narrowed to; each is a link to the page of this path that undoes it.
#[must_use]
pub fn chips(address: &Address, path: &str, lang: Lang) -> Vec<Link> {
    let mut chips = Vec::new();
    for (at, (field, value)) in address.only.iter().enumerate() {
        let href = address.with(|without| drop(without.only.remove(at))).at(path);
        chips.push(Link::new(format!("{}: {}", title(*field, lang), value_name(*field, value, lang)), href));
    }
    for (at, (field, value)) in address.not.iter().enumerate() {
        let href = address.with(|without| drop(without.not.remove(at))).at(path);
        let (title, value) = (title(*field, lang), value_name(*field, value, lang));
        chips.push(Link::new(lang.pick(format!("{title}: nicht {value}"), format!("{title}: not {value}")), href));
    }
    let open = address.with(|without| (without.from, without.to) = (String::new(), String::new())).at(path);
    match (address.from.as_str(), address.to.as_str()) {
        ("", "") => {}
        (from, to) if from == to => chips.push(Link::new(from, open)),
        (from, "") => chips.push(Link::new(lang.pick(format!("ab {from}"), format!("from {from}")), open)),
        ("", to) => chips.push(Link::new(lang.pick(format!("bis {to}"), format!("to {to}")), open)),
        (from, to) => chips.push(Link::new(lang.pick(format!("{from} bis {to}"), format!("{from} to {to}")), open)),
    }
    if !address.around.is_empty() {
        let href = address.with(|without| without.around = String::new()).at(path);
        let around = &address.around;
        chips.push(Link::new(lang.pick(format!("zuerst um {around}"), format!("first around {around}")), href));
    }
    if address.exact {
        let href = address.with(|without| without.exact = false).at(path);
        chips.push(Link::new(lang.pick("nur genau diese Formen", "these forms alone"), href));
    }
    if !address.compounds {
        let href = address.with(|without| without.compounds = true).at(path);
        chips.push(Link::new(lang.pick("ohne Zusammensetzungen", "no compounds"), href));
    }
    if !address.variants {
        let href = address.with(|without| without.variants = true).at(path);
        chips.push(Link::new(lang.pick("ohne andere Schreibungen", "no other spellings"), href));
    }
    if address.related != Relatives::default() {
        let href = address.with(|without| without.related = Relatives::default()).at(path);
        let always = address.related == Relatives::Always;
        let text = if always {
            lang.pick("auch verwandte Wörter", "related words too")
        } else {
            lang.pick("ohne verwandte Wörter", "no related words")
        };
        chips.push(Link::new(text, href));
    }
    if !address.furniture {
        let href = address.with(|without| without.furniture = true).at(path);
        chips.push(Link::new(lang.pick("ohne Seitenelemente", "no page furniture"), href));
    }
    for (at, word) in address.without.iter().enumerate() {
        let href = address.with(|without| drop(without.without.remove(at))).at(path);
        chips.push(Link::new(lang.pick(format!("ohne {word}"), format!("without {word}")), href));
    }
    if address.group == Some(false) {
        let href = address.with(|without| without.group = None).at(path);
        chips.push(Link::new(lang.pick("alle einzeln", "all one by one"), href));
    }
    if !address.correct {
        let href = address.with(|without| without.correct = true).at(path);
        chips.push(Link::new(lang.pick("ohne Korrektur", "not corrected"), href));
    }
    chips
}
