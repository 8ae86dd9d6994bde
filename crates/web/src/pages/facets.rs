//! What a result can be narrowed by, and is narrowed to: values of facets and choices, each a link.

use super::frame::Link;
use crate::address::Address;
use findbuch_engine::plan::related::Relatives;
use findbuch_engine::{Facet, FacetField};
use findbuch_query::lang::Lang;
use findbuch_render::facets::{title, value_name};
use findbuch_render::number;

/// Values that are always visible.
const OPEN: usize = 7;
/// Values that are listed at all.
const LISTED: usize = 60;

/// A facet.
#[derive(Debug, Clone)]
pub struct FacetView {
    /// `Quelle`, `Ressort` …
    pub title: &'static str,
    /// Its most frequent values.
    pub values: Vec<ValueView>,
    /// The others, which the reader can open.
    pub more: Vec<ValueView>,
    /// `12 weitere`
    pub more_text: String,
    /// Articles without it.
    pub without: Option<String>,
    /// Where its values come from, if a program has recognised them.
    pub note: Option<&'static str>,
}

/// A value of a facet.
#[derive(Debug, Clone)]
pub struct ValueView {
    /// As the reader writes it.
    pub text: String,
    /// Its articles.
    pub count: String,
    /// The search narrowed to it.
    pub href: String,
}

/// Facets with at least `least` values that the search is not narrowed to already.
#[must_use]
pub fn views(facets: &[Facet], address: &Address, least: usize, lang: Lang) -> Vec<FacetView> {
    let mut views = Vec::new();
    for facet in facets {
        let field = facet.field;
        let chosen = |value: &String| address.only.iter().any(|(f, v)| *f == field && v == value);
        let mut counts: Vec<&(String, u64)> = facet.values.iter().filter(|(value, _)| !chosen(value)).collect();
        if counts.len() < least {
            continue;
        }
        let listed = counts.len().min(LISTED);
        counts.truncate(LISTED);
        if field == FacetField::Year {
            // the latest year first, however many articles it has
            counts.sort_by(|a, b| b.0.cmp(&a.0));
        }
        let values: Vec<ValueView> = counts
            .into_iter()
            .map(|(value, count)| ValueView {
                text: value_name(field, value, lang),
                count: number(*count as f64, 0, lang),
                href: narrowed(address, field, value).at("/"),
            })
            .collect();
        let more = values.get(OPEN..).unwrap_or_default().to_vec();
        let more_text =
            lang.pick(format!("{} weitere", listed - OPEN.min(listed)), format!("{} more", listed - OPEN.min(listed)));
        let values = values.into_iter().take(OPEN).collect();
        let without = (facet.without > 0).then(|| number(facet.without as f64, 0, lang));
        let recognised = matches!(field, FacetField::Person | FacetField::Organisation | FacetField::Place);
        let note = recognised.then(|| lang.pick("automatisch erkannt", "recognised automatically"));
        views.push(FacetView { title: title(field, lang), values, more, more_text, without, note });
    }
    views
}

/// The search narrowed to a value.
fn narrowed(address: &Address, field: FacetField, value: &str) -> Address {
    address.with(|address| match field {
        FacetField::Year | FacetField::Month => (address.from, address.to) = (value.to_owned(), value.to_owned()),
        _ => address.only.push((field, value.to_owned())),
    })
}

/// What the search is narrowed to; each is a link to the page of this path that undoes it.
#[must_use]
pub fn chips(address: &Address, path: &str, lang: Lang) -> Vec<Link> {
    let mut chips = Vec::new();
    for (at, (field, value)) in address.only.iter().enumerate() {
        let href = address.with(|without| drop(without.only.remove(at))).at(path);
        chips.push(Link::new(format!("{}: {}", title(*field, lang), value_name(*field, value, lang)), href));
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
        chips.push(Link::new(lang.pick("ohne Beiwerk der Seiten", "no page furniture"), href));
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
