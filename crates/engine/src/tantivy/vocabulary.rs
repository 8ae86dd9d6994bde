//! The archive's own words: how many articles have one, and which are near one that none has.

use super::compile::{Compiler, scored};
use super::schema::Fields;
use crate::deadline::Deadline;
use crate::plan::expansion::{Expansion, ExpansionKind};
use crate::plan::explain::{Explained, Way, WayKind};
use crate::plan::nearest::{Comparison, MAX_SUGGESTIONS, Near};
use crate::plan::words::Word;
use findbuch_german::is_stop_word;
use std::collections::HashMap;
use tantivy::query::{EnableScoring, Query as TantivyQuery};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

/// Most words of a segment's dictionary that are compared.
const MAX_COMPARED: usize = 5_000_000;
/// What a division into two words counts, in half edits, and the fewest characters of each.
const DIVIDED: usize = 3;
const MIN_DIVIDED: usize = 3;

/// Number of articles that have a form.
pub fn articles_with(searcher: &Searcher, fields: &Fields, form: &str) -> tantivy::Result<u64> {
    searcher.doc_freq(&Term::from_field_text(fields.exact, form))
}

/// The words near a form that no article has, the nearest and most frequent first.
pub fn nearest(searcher: &Searcher, fields: &Fields, form: &str, deadline: &Deadline) -> tantivy::Result<Vec<Near>> {
    let comparison = Comparison::with(form);
    let mut near: HashMap<String, Near> = HashMap::new();
    let mut watch = deadline.watch();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.exact)?;
        let mut terms = index.terms().stream()?;
        let mut compared = 0;
        while terms.advance() && compared < MAX_COMPARED && !watch.one() {
            compared += 1;
            let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
            if let Some(distance) = comparison.distance(word).filter(|_| !is_stop_word(word)) {
                let known =
                    near.entry(word.to_owned()).or_insert(Near { form: word.to_owned(), articles: 0, distance });
                known.articles += u64::from(terms.value().doc_freq);
            }
        }
    }
    let mut near: Vec<Near> = near.into_values().collect();
    near.extend(divided(searcher, fields, form)?);
    near.sort_by(|a, b| {
        a.distance.cmp(&b.distance).then(b.articles.cmp(&a.articles)).then_with(|| a.form.cmp(&b.form))
    });
    near.truncate(2 * MAX_SUGGESTIONS);
    Ok(near)
}

/// The division of a word into two that the archive has, of which the rarer is the most frequent.
fn divided(searcher: &Searcher, fields: &Fields, form: &str) -> tantivy::Result<Option<Near>> {
    let mut best: Option<Near> = None;
    let places: Vec<usize> = form.char_indices().map(|(at, _)| at).collect();
    let count = places.len();
    for at in places.into_iter().skip(MIN_DIVIDED).take(count.saturating_sub(2 * MIN_DIVIDED - 1)) {
        let (left, right) = form.split_at(at);
        if right.chars().count() < MIN_DIVIDED {
            continue;
        }
        let articles = articles_with(searcher, fields, left)?.min(articles_with(searcher, fields, right)?);
        if articles > 0 && best.as_ref().is_none_or(|best| articles > best.articles) {
            best = Some(Near { form: format!("{left} {right}"), articles, distance: DIVIDED });
        }
    }
    Ok(best)
}

/// What each word of a query is searched as, with the number of articles.
pub fn explain(
    searcher: &Searcher,
    fields: &Fields,
    words: &[Word],
    deadline: &Deadline,
) -> tantivy::Result<Vec<Explained>> {
    let counted = scored(words);
    let compiler = Compiler { fields, words, deadline };
    let count = |query: Option<Box<dyn TantivyQuery>>| query.map_or(Ok(0), |query| count(searcher, &*query, deadline));
    words
        .iter()
        .map(|word| {
            let skipped = word.functional && !counted.iter().any(|scored| scored.functional);
            let mut ways = Vec::new();
            for expansion in &word.expansions {
                ways.extend(compiler_ways(&compiler, word, expansion, &count)?);
            }
            let articles = if skipped { 0 } else { count(compiler.word(word))? };
            Ok(Explained { word: word.clone(), ways, articles })
        })
        .collect()
}

fn compiler_ways(
    compiler: &Compiler<'_>,
    word: &Word,
    expansion: &Expansion,
    count: &impl Fn(Option<Box<dyn TantivyQuery>>) -> tantivy::Result<u64>,
) -> tantivy::Result<Vec<Way>> {
    let slots = || expansion.slots.iter().map(|stems| stems.join("/")).collect::<Vec<_>>().join(" ");
    let kind = match expansion.kind {
        ExpansionKind::Form => WayKind::Form,
        ExpansionKind::Word => WayKind::Inflection,
        other => WayKind::Other(other),
    };
    let mut ways = Vec::new();
    if expansion.kind == ExpansionKind::Word && word.forms.len() == 1 && word.field.is_none() {
        let counts = expansion.counts(0, &word.forms[0]);
        let articles = if counts { count(compiler.form(word))? } else { 0 };
        ways.push(Way { kind: WayKind::Form, label: word.forms[0].to_string(), articles });
    }
    let (itself, within) = (Expansion { within: false, ..expansion.clone() }, expansion.within);
    let label = match kind {
        WayKind::Inflection => slots(),
        WayKind::Form => word.forms.join(" "),
        WayKind::Other(ExpansionKind::Pattern) => some_forms(&word.forms),
        _ => expansion.label.clone(),
    };
    ways.push(Way { kind, label, articles: count(compiler.expansion(word, &itself))? });
    if within && expansion.kind == ExpansionKind::Word && word.field.is_none() {
        ways.push(Way { kind: WayKind::Within, label: slots(), articles: count(compiler.within(word, expansion))? });
    }
    Ok(ways)
}

/// Most forms of a word with wildcards that are told.
const MAX_TOLD: usize = 12;

/// The number of forms, and the first.
fn some_forms(forms: &[Box<str>]) -> String {
    let told = forms.iter().take(MAX_TOLD).map(|form| &**form).collect::<Vec<_>>().join(", ");
    let more = if forms.len() > MAX_TOLD { ", …" } else { "" };
    format!("{} ({told}{more})", forms.len()).replace(" ()", "")
}

/// Number of articles that match.
fn count(searcher: &Searcher, query: &dyn TantivyQuery, deadline: &Deadline) -> tantivy::Result<u64> {
    let mut watch = deadline.watch();
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut count = 0;
    for segment in searcher.segment_readers() {
        let mut documents = weight.scorer(segment, 1.0)?;
        while documents.doc() != TERMINATED && !watch.one() {
            count += u64::from(!segment.is_deleted(documents.doc()));
            documents.advance();
        }
    }
    Ok(count)
}
