//! The page of a list of names or queries: how many articles each finds, and the first of them.

use super::facets::chips;
use super::frame::{Frame, filled};
use super::hits::{ArticleLink, link};
use crate::address::Address;
use crate::batch::{List, MAX_QUERIES};
use crate::error::WebError;
use crate::job::Job;
use crate::parameters::BATCH;
use crate::reply::Reply;
use askama::Template;
use findbuch_query::lang::Lang;
use findbuch_render::batch::{Batch, BatchFormat};
use findbuch_render::{number, plural};

#[derive(Template)]
#[template(path = "batch.html")]
struct BatchPage {
    frame: Frame,
    text: String,
    phrases: bool,
    hidden: Vec<(String, String)>,
    narrowed: Vec<String>,
    notices: Vec<String>,
    count: String,
    rows: Vec<RowView>,
    csv: String,
    json: String,
}

struct RowView {
    query: String,
    href: String,
    total: String,
    first: Option<ArticleLink>,
    note: String,
}

/// The page.
///
/// # Errors
/// Those of the search, and of the template.
pub fn page(job: &Job) -> Result<Reply, WebError> {
    let (list, lang, view) = (List::lenient(job), job.lang, job.view());
    let rest = list.question.address.with(|rest| rest.q = String::new());
    let mut notices = Vec::new();
    if list.len() > MAX_QUERIES {
        notices.push(lang.pick(
            format!("Die Liste hat {} Anfragen; gezählt werden die ersten {MAX_QUERIES}. Für längere gibt es: findbuch batch", list.len()),
            format!("The list has {} queries; the first {MAX_QUERIES} are counted. For longer ones there is: findbuch batch", list.len()),
        ));
    }
    let rows = list.rows(job)?.into_iter().map(|row| {
        let one = rest.with(|one| one.q = list.query_of(&row.query));
        let (total, first, note) = match row.found {
            Ok(found) => {
                let meant = found.suggestions.iter().flat_map(|suggestion| suggestion.words.iter().take(1));
                let meant: Vec<&str> = meant.map(String::as_str).collect();
                let note = if meant.is_empty() || found.total > 0 {
                    String::new()
                } else {
                    format!("{} {}?", lang.pick("Meinten Sie", "Did you mean"), meant.join(", "))
                };
                let first = found.hits.first().map(|hit| link(&hit.article, &one, &view));
                (number(found.total as f64, 0, lang), first, note)
            }
            Err(fault) => ("–".to_owned(), None, fault),
        };
        RowView { query: row.query, href: one.at("/"), total, first, note }
    });
    let rows: Vec<RowView> = rows.collect();
    let address = Address { q: String::new(), ..rest.clone() };
    let page = BatchPage {
        text: list.text.clone(),
        phrases: list.phrases,
        hidden: rest.pairs(),
        narrowed: chips(&rest, "/", lang).into_iter().map(|chip| chip.text).collect(),
        notices,
        count: counted(rows.len() as u64, lang),
        rows,
        csv: at(&list, "/batch.csv"),
        json: BATCH.at("/api/v1/batch", at(&list, "").trim_start_matches('?')),
        frame: Frame::of(job, &address, "batch", lang.pick("Liste abfragen", "Search a list")),
    };
    Ok(filled(&page)?)
}

fn counted(rows: u64, lang: Lang) -> String {
    let (german, english) = plural(rows, ("Anfrage", "query"), ("Anfragen", "queries"));
    lang.pick(format!("{rows} {german}"), format!("{rows} {english}"))
}

/// The rows as a table.
///
/// # Errors
/// Those of the search, and of the writer.
pub fn table(job: &Job) -> Result<Reply, WebError> {
    let (rows, view) = (List::lenient(job).rows(job)?, job.view());
    let reply = Reply::written("text/csv; charset=utf-8; header=present", |out| {
        let mut batch = Batch::begin(BatchFormat::Csv, out)?;
        rows.iter().try_for_each(|row| batch.write(out, row, &view))?;
        batch.end(out)
    })?;
    Ok(reply.attachment("findbuch-liste.csv"))
}

/// The same list at another path, a query each.
fn at(list: &List, path: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(list.text.lines().filter_map(findbuch_engine::batch::query_of).map(|one| ("q", one)));
    if list.phrases {
        query.append_pair("phrases", "1");
    }
    let rest = list.question.address.with(|rest| rest.q = String::new());
    query.extend_pairs(rest.pairs());
    format!("{path}?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestArchive;

    #[test]
    fn rows_link_to_their_searches() {
        let archive = TestArchive::new();
        let address = "/batch?list=Der+Hafen%0D%0A%23+x%0D%0AZzyzx%0D%0Aa+(&phrases=1&source=Die+Warte";
        let page = archive.text(address, |job| super::page(&job));
        for expected in [
            "<a href=\"/?q=%22Der+Hafen%22&#38;source=Die+Warte\">Der Hafen</a>",
            "<td class=\"number\">1</td>",
            "href=\"/batch.csv?q=Der+Hafen&#38;q=Zzyzx&#38;q=a+%28&#38;phrases=1&#38;source=Die+Warte\"",
            "3 Anfragen",
            "Quelle: Die Warte",
        ] {
            assert!(page.contains(expected), "{expected} is not in {page}");
        }
        let table = archive.text(address, |job| table(&job));
        assert_eq!(table.lines().count(), 4, "{table}");
    }

    #[test]
    fn a_list_that_is_too_long_is_told() {
        let archive = TestArchive::new();
        let page = archive.text(&format!("/batch?list={}", "Hafen%0A".repeat(101)), |job| super::page(&job));
        assert!(page.contains("Die Liste hat 101 Anfragen") && page.contains("100 Anfragen"), "{page}");
    }
}
