//! The page of two searches side by side.

use super::facets::chips;
use super::frame::{Frame, filled};
use crate::address::Address;
use crate::error::WebError;
use crate::job::Job;
use crate::parameters::COMPARE;
use crate::reply::Reply;
use crate::side_by_side::Pair;
use askama::Template;
use findbuch_engine::FacetField;
use findbuch_engine::compare::{Comparison, Paired};
use findbuch_query::lang::Lang;
use findbuch_render::compare::{MOST_VALUES, articles, basis, per_thousand};
use findbuch_render::facets::{measured, title, value_name};
use findbuch_render::number;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    frame: Frame,
    typed: [String; 2],
    collections: Vec<String>,
    hidden: Vec<(String, String)>,
    narrowed: Vec<String>,
    notice: Option<String>,
    sides: Vec<SideView>,
    both: Option<(String, Option<String>)>,
    picture: Option<(String, String)>,
    facets: Vec<FacetView>,
    /// That names are recognised by a program.
    measured: Option<&'static str>,
    basis: String,
    json: String,
}

struct SideView {
    name: &'static str,
    query: String,
    href: String,
    count: String,
    words: Vec<WordView>,
}

struct WordView {
    word: String,
    href: String,
    a: String,
    b: String,
    g2: String,
}

struct FacetView {
    title: &'static str,
    values: Vec<(String, [Cell; 2])>,
}

/// A number, and the search whose hits it counts.
type Cell = (String, Option<String>);

/// The page.
///
/// # Errors
/// Those of the search, and of the template.
pub fn page(job: &Job) -> Result<Reply, WebError> {
    let (pair, _) = Pair::read(job);
    let (lang, rest) = (job.lang, pair.question.address.with(|_| {}));
    // a query with an error is told above the form, in which it is mended
    let (compared, notice) = match pair.compare(job) {
        Ok(compared) => (compared, None),
        Err(WebError::BadQuery(error)) => (None, Some(error.line(lang))),
        Err(error) => return Err(error),
    };
    let search = |q: &str| rest.with(|one| q.clone_into(&mut one.q));
    let own = own_query(&pair, &rest);
    let plain = rest.with(|plain| plain.by = None);
    let page = ComparePage {
        collections: job.snapshot.collections.iter().map(|one| format!("sammlung:{}", one.name)).collect(),
        hidden: rest.pairs(),
        narrowed: chips(&rest, "/", lang).into_iter().map(|chip| chip.text).collect(),
        notice,
        sides: compared.as_ref().map_or_else(Vec::new, |compared| sides(compared, &rest, lang)),
        both: compared.as_ref().and_then(|compared| {
            let together = search(&format!("({}) UND ({})", pair.typed[0], pair.typed[1]));
            compared.both.map(|both| (articles(both, lang), (both > 0).then(|| together.at("/"))))
        }),
        picture: compared.as_ref().filter(|compared| !compared.trend.is_empty()).map(|_| {
            let query = trend_query(&pair, &plain);
            (format!("/trend.svg?{query}"), format!("/trend.svg?{query}&narrow=1"))
        }),
        facets: compared.as_ref().map_or_else(Vec::new, |compared| facets(compared, &pair, &rest, lang)),
        measured: compared.as_ref().filter(|compared| compared.facets.len() > 1).map(|_| measured(lang)),
        basis: compared.as_ref().map_or_else(String::new, |compared| basis(compared, lang)),
        json: COMPARE.at("/api/v1/compare", &own),
        typed: pair.typed.clone(),
        frame: Frame::of(job, &rest, "compare", lang.pick("Vergleich", "Comparison")),
    };
    Ok(filled(&page)?)
}

/// The address of the pair, for other paths.
fn own_query(pair: &Pair, rest: &Address) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("a", &pair.typed[0]).append_pair("b", &pair.typed[1]).extend_pairs(rest.pairs());
    query.finish()
}

/// The same two queries as a trend.
fn trend_query(pair: &Pair, rest: &Address) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", &pair.typed[0]).append_pair("q", &pair.typed[1]).extend_pairs(rest.pairs());
    query.finish()
}

fn sides(compared: &Comparison, rest: &Address, lang: Lang) -> Vec<SideView> {
    let side = |(set, name): (usize, &'static str)| {
        let side = compared.sides.get(set)?;
        let within = |word: &str| rest.with(|one| one.q = format!("({}) {word}", side.query));
        let words = side.key_words.iter().map(|key| WordView {
            word: key.word.clone(),
            href: within(&key.word).at("/"),
            a: per_thousand(key, compared, 0, lang),
            b: per_thousand(key, compared, 1, lang),
            g2: number(key.g2, 1, lang),
        });
        Some(SideView {
            name,
            query: side.query.clone(),
            href: rest.with(|one| one.q.clone_from(&side.query)).at("/"),
            count: articles(side.total, lang),
            words: words.collect(),
        })
    };
    [(0, "A"), (1, "B")].into_iter().filter_map(side).collect()
}

fn facets(compared: &Comparison, pair: &Pair, rest: &Address, lang: Lang) -> Vec<FacetView> {
    let cell = |set: usize, field: FacetField, value: &str, count: u64| {
        let narrowed = rest.with(|one| {
            pair.typed[set].clone_into(&mut one.q);
            one.only.push((field, value.to_owned()));
        });
        (number(count as f64, 0, lang), (count > 0).then(|| narrowed.at("/")))
    };
    let view = |(field, values): &(FacetField, Vec<Paired>)| {
        let values = values.iter().take(MOST_VALUES).map(|(value, [a, b])| {
            (value_name(*field, value, lang), [cell(0, *field, value, *a), cell(1, *field, value, *b)])
        });
        FacetView { title: title(*field, lang), values: values.collect() }
    };
    compared.facets.iter().filter(|(_, values)| !values.is_empty()).map(view).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::TestArchive;

    #[test]
    fn two_searches_stand_side_by_side() {
        let archive = TestArchive::new();
        let page = archive.text("/compare?a=Hafen&b=Kran&from=2020", |job| super::page(&job));
        for expected in [
            "<a href=\"/?q=Hafen&#38;from=2020\">Hafen</a>",
            "<a href=\"/?q=Kran&#38;source=Die+Warte&#38;from=2020\">1</a>",
            "src=\"/trend.svg?q=Hafen&#38;q=Kran&#38;from=2020\"",
            "href=\"/api/v1/compare?a=Hafen&#38;b=Kran&#38;from=2020\"",
            "<a href=\"/?q=%28Hafen%29+UND+%28Kran%29&#38;from=2020\">1 Artikel</a>",
        ] {
            assert!(page.contains(expected), "{expected} is not in {page}");
        }
    }

    #[test]
    fn a_page_without_a_comparison_says_why() {
        let archive = TestArchive::new();
        for (address, says) in [
            ("/compare", "Nennen Sie zwei Anfragen"),
            ("/compare?q=Hafen", "value=\"Hafen\""),
            ("/compare?a=Hafen&b=(", "Diese Klammer wird nicht geschlossen."),
            ("/compare?a=sammlung:x&b=Kran", "Eine Sammlung „x“ gibt es nicht."),
        ] {
            let page = archive.text(address, |job| super::page(&job));
            assert!(page.contains(says) && !page.contains("<table"), "{page}");
        }
    }
}
