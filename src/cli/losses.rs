//! A query that was lost: its first hit beside the article that was wanted, with the terms of both scores.

use crate::evaluate::Grades;
use findbuch_engine::{Hit, ScoreTerm};
use findbuch_query::lang::Lang;
use findbuch_render::escape::printable;
use findbuch_render::score::cause;
use std::collections::BTreeMap;
use std::io::Write;

/// Characters of a title or cause that are shown.
const WIDE: usize = 44;

/// Prints a loss; `hits` are the first of the query, with their terms.
///
/// # Errors
/// When the output cannot be written.
pub fn print(
    out: &mut impl Write,
    id: &str,
    query: &str,
    hits: &[Hit],
    relevant: &Grades,
    lang: Lang,
) -> std::io::Result<()> {
    writeln!(out, "\n{id}  {}", printable(query))?;
    let Some(first) = hits.first() else { return writeln!(out, "  no hit; wanted {}", one_of(relevant)) };
    let title = |hit: &Hit| short(&hit.article.title());
    writeln!(out, "  1   {}  {}", title(first), printable(&first.article.id))?;
    let Some(wanted) = hits.iter().find(|hit| relevant.contains_key(&hit.article.id)) else {
        return writeln!(out, "  –   not among the first {}: {}", hits.len(), one_of(relevant));
    };
    writeln!(out, "  {:<3} {}  {}", wanted.rank, title(wanted), printable(&wanted.article.id))?;
    let mut rows: BTreeMap<String, [f32; 2]> = BTreeMap::new();
    for (column, hit) in [first, wanted].into_iter().enumerate() {
        for term in &hit.terms {
            rows.entry(short(&cause(term, lang))).or_default()[column] += term.value;
        }
    }
    let mut rows: Vec<(String, [f32; 2])> = rows.into_iter().collect();
    let gap = |row: &[f32; 2]| (row[0] - row[1]).abs();
    rows.sort_by(|a, b| gap(&b.1).total_cmp(&gap(&a.1)));
    let score = |hit: &Hit| hit.terms.iter().map(|term: &ScoreTerm| term.value).sum::<f32>();
    rows.push((lang.pick("zusammen", "in all").to_owned(), [score(first), score(wanted)]));
    for (name, [first, wanted]) in rows {
        writeln!(out, "      {name:<WIDE$} {first:>8.2} {wanted:>8.2}")?;
    }
    Ok(())
}

fn one_of(relevant: &Grades) -> String {
    printable(relevant.keys().min().map_or("", String::as_str))
}

fn short(text: &str) -> String {
    let text = printable(text);
    if text.chars().count() <= WIDE { text } else { text.chars().take(WIDE - 1).chain(['…']).collect() }
}
