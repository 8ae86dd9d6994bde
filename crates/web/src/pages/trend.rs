//! The page of queries through time: a plot, and its numbers.

use super::facets::chips;
use super::frame::{Frame, filled};
use crate::address::{Address, values};
use crate::compare::{Comparison, compare};
use crate::error::{Internal, WebError};
use crate::job::Job;
use crate::parameters::TREND;
use crate::reply::Reply;
use askama::Template;
use axum::http::header;
use findbuch_engine::timeline::{Line, MAX_QUERIES, Period, Unit};
use findbuch_query::lang::Lang;
use findbuch_render::timeline::label;
use findbuch_render::trend::write_csv;
use findbuch_render::{chart, number};

/// Fewest fields for queries.
const FIELDS: usize = 3;
/// Most rows of the table.
const MAX_ROWS: usize = 400;

#[derive(Template)]
#[template(path = "trend.html")]
struct TrendPage {
    narrowed: Vec<String>,
    frame: Frame,
    fields: Vec<(usize, String)>,
    units: Vec<(&'static str, &'static str, bool)>,
    relative: bool,
    hidden: Vec<(String, String)>,
    notices: Vec<String>,
    nothing: String,
    picture: String,
    /// The picture for narrow screens.
    narrow: String,
    summary: String,
    hint: String,
    names: Vec<String>,
    rows: Vec<(String, Vec<Cell>, String)>,
    csv: String,
    svg: String,
    json: String,
    /// The first two queries side by side.
    compare: Option<String>,
}

/// A number, and the search whose hits it counts.
type Cell = (String, Option<String>);

/// The plot alone.
///
/// # Errors
/// Those of the search, and of the writer.
pub fn picture(job: &Job) -> Result<Reply, WebError> {
    let compared = compare(job, false)?;
    let lines: Vec<_> = compared.trend.series.iter().map(|line| (line.query.clone(), line.periods.clone())).collect();
    let narrow = values(job.query(), "narrow").last().is_some_and(|on| on == "1");
    let draw = if narrow { chart::narrow_lines } else { chart::lines };
    let svg = draw(&lines, compared.trend.unit, compared.relative, job.lang).map_err(Internal::Write)?;
    // the picture needs the style within it, and nothing else
    let reply = Reply::of("image/svg+xml; charset=utf-8", svg);
    Ok(reply.with(header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"))
}

/// The numbers alone.
///
/// # Errors
/// Those of the search, and of the writer.
pub fn numbers(job: &Job) -> Result<Reply, WebError> {
    let compared = compare(job, false)?;
    let kind = "text/csv; charset=utf-8; header=present";
    let numbers = Reply::written(kind, |out| write_csv(out, &compared.trend))?;
    Ok(numbers.attachment("findbuch-verlauf.csv"))
}

/// The same comparison at another path.
fn at(compared: &Comparison, path: &str) -> String {
    let rest = compared.question.address.with(|rest| rest.q = String::new());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(compared.queries.iter().map(|text| ("q", text)));
    query.extend_pairs(form_urlencoded::parse(rest.query().as_bytes()));
    if compared.relative {
        query.append_pair("relative", "1");
    }
    format!("{path}?{}", query.finish())
}

/// The page.
///
/// # Errors
/// Those of the search, and of the template.
pub fn page(job: &Job) -> Result<Reply, WebError> {
    let compared = compare(job, false)?;
    let (lang, trend) = (job.lang, &compared.trend);
    let address = &compared.question.address;
    let mut fields = compared.queries.clone();
    let wanted = (fields.len() + 1).clamp(FIELDS, MAX_QUERIES);
    fields.resize(wanted, String::new());
    let names: Vec<String> = trend.series.iter().map(|line| line.query.clone()).collect();
    let first = trend.series.first().map(|line| line.periods.as_slice()).unwrap_or_default();
    let value = |period: &Period| {
        if compared.relative { number(period.per_thousand(), 1, lang) } else { number(period.articles as f64, 0, lang) }
    };
    let rest_of = address.with(|rest| (rest.by, rest.q) = (None, String::new()));
    let cell = |line: &Line, at: usize| {
        let period = line.periods.get(at)?;
        let name = trend.unit.name(period.first);
        let narrowed = rest_of.with(|one| {
            one.q.clone_from(&line.query);
            (one.from, one.to) = (name.clone(), name);
        });
        Some((value(period), (period.articles > 0).then(|| narrowed.at("/"))))
    };
    let row = |(at, period): (usize, &Period)| {
        let values = trend.series.iter().filter_map(|line| cell(line, at)).collect();
        (label(trend.unit, period.first, lang), values, number(period.all as f64, 0, lang))
    };
    let rows = first.iter().enumerate().take(MAX_ROWS).map(row).collect();
    let summary =
        lang.pick(format!("Zeitverlauf von {}", names.join(", ")), format!("{} through time", names.join(", ")));
    let hint = if compared.relative {
        lang.pick(
            "Treffer je 1000 Artikel der jeweiligen Zeit: so verzerrt nicht, dass ein Archiv wächst.",
            "Hits per thousand articles of the time: so a growing archive does not mislead.",
        )
    } else {
        lang.pick(
            "Treffer; alle Artikel der Zeit stehen in der Tabelle.",
            "Hits; all articles of the time stand in the table.",
        )
    };
    let nothing = if compared.queries.is_empty() {
        lang.pick("Nennen Sie ein Wort oder mehrere, die verglichen werden.", "Name a word or several to compare.")
    } else {
        lang.pick("Kein datierter Artikel passt.", "No dated article matches.")
    };
    let chosen = |unit| address.by == Some(unit);
    let rest = rest_of.with(|rest| rest.relative = false);
    let q = compared.queries.first().cloned().unwrap_or_default();
    let page = TrendPage {
        fields: (1..).zip(fields).collect(),
        units: vec![
            ("day", lang.pick("Tag", "day"), chosen(Unit::Day)),
            ("month", lang.pick("Monat", "month"), chosen(Unit::Month)),
            ("year", lang.pick("Jahr", "year"), chosen(Unit::Year)),
        ],
        relative: compared.relative,
        hidden: rest.pairs(),
        nothing: nothing.to_owned(),
        picture: at(&compared, "/trend.svg"),
        narrow: format!("{}&narrow=1", at(&compared, "/trend.svg")),
        svg: at(&compared, "/trend.svg"),
        csv: at(&compared, "/trend.csv"),
        json: TREND.at("/api/v1/trend", at(&compared, "").trim_start_matches('?')),
        compare: side_by_side(&compared.queries, &rest),
        summary,
        hint: hint.to_owned(),
        names,
        rows,
        narrowed: chips(&rest_of, "/", lang).into_iter().map(|chip| chip.text).collect(),
        frame: {
            let one = Address { q, ..address.clone() };
            let title = title(&compared.queries, lang);
            Frame::of(job, &one, "trend", &title)
        },
        notices: compared.notices,
    };
    Ok(filled(&page)?)
}

/// The page that compares the first two queries.
fn side_by_side(queries: &[String], rest: &Address) -> Option<String> {
    let [first, second, ..] = queries else { return None };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("a", first).append_pair("b", second).extend_pairs(rest.pairs());
    Some(format!("/compare?{}", query.finish()))
}

fn title(queries: &[String], lang: Lang) -> String {
    match queries {
        [] => lang.pick("Zeitverlauf", "Trend").to_owned(),
        _ => format!("{} – {}", queries.join(", "), lang.pick("Zeitverlauf", "trend")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestArchive;

    #[test]
    fn numbers_link_to_their_hits() {
        let archive = TestArchive::new();
        let page = archive.text("/trend?q=Hafen&q=Kran&by=year&source=Die+Warte", |job| super::page(&job));
        for expected in [
            "<th scope=\"row\">2024</th><td><a href=\"/?q=Hafen&#38;source=Die+Warte&#38;from=2024&#38;to=2024\">1</a></td>",
            "src=\"/trend.svg?q=Hafen&#38;q=Kran&#38;source=Die+Warte&#38;by=year\"",
            "href=\"/api/v1/trend?q=Hafen&#38;q=Kran&#38;source=Die+Warte&#38;by=year\"",
            "Zeitverlauf von Hafen, Kran",
            "Quelle: Die Warte",
        ] {
            assert!(page.contains(expected), "{expected} is not in {page}");
        }
    }

    #[test]
    fn a_page_without_numbers_says_why() {
        let archive = TestArchive::new();
        for (address, reason) in [
            ("/trend", "Nennen Sie ein Wort"),
            ("/trend?q=Orgel", "Kein datierter Artikel passt."),
            ("/trend?q=a&q=b&q=c&q=d&q=e&q=f&q=g", "gezeigt werden die ersten."),
        ] {
            let page = archive.text(address, |job| super::page(&job));
            assert!(page.contains(reason), "{page}");
        }
        assert_eq!(title(&[], Lang::En), "Trend");
    }
}
