//! Makes hits of the articles found: with as much of each as the request wants.

use super::best::Scored;
use super::columns::Columns;
use super::lower::Lowering;
use super::marked;
use super::schema::Fields;
use super::stored::article;
use crate::plan::prepared::Prepared;
use crate::text::highlight::{Highlighter, MarkedAt};
use crate::text::shown::{Shown, shown};
use crate::{Detail, Hit};
use findbuch_article::Article;
use std::collections::HashMap;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Searcher};

/// Makes hits of what was found.
pub struct HitOf {
    searcher: Searcher,
    fields: Fields,
    detail: Detail,
    highlighter: Highlighter,
    /// Where articles have what is to be marked, as far as that is known.
    marked: HashMap<DocAddress, MarkedAt>,
}

impl HitOf {
    /// Hits with as much as the request wants of them.
    pub fn new(searcher: &Searcher, fields: &Fields, prepared: &Prepared<'_>) -> HitOf {
        let highlighter = Highlighter::new(prepared.plan());
        let (detail, marked) = (prepared.request().detail, HashMap::new());
        HitOf { searcher: searcher.clone(), fields: fields.clone(), detail, highlighter, marked }
    }

    /// Finds out where these articles have what is to be marked, if that is wanted of them.
    pub fn look_for_marks(&mut self, prepared: &Prepared<'_>, articles: Vec<DocAddress>) -> tantivy::Result<()> {
        if self.detail == Detail::Snippets {
            self.marked = marked::positions(&self.searcher, &self.fields, prepared, articles)?.unwrap_or_default();
        }
        Ok(())
    }

    /// The hit at a place, from 0, of the result.
    pub fn hit(
        &mut self,
        at: usize,
        scored: &Scored,
        nodes: Option<&Nodes>,
        columns: &[Columns],
    ) -> tantivy::Result<Hit> {
        let article = match self.detail {
            Detail::Id => {
                let columns = columns.get(scored.address.segment_ord as usize);
                let id = columns.map(|columns| columns.id(scored.address.doc_id)).unwrap_or_default();
                Article { id, ..Article::default() }
            }
            _ => article(&self.searcher, &self.fields, scored.address)?,
        };
        let marked = self.marked.get(&scored.address);
        let Shown { title, snippets } = shown(&article, self.detail, marked, &mut self.highlighter);
        let missing = match nodes {
            Some(nodes) if !scored.complete && self.detail != Detail::Id => {
                missing(&self.searcher, nodes, scored.address)?
            }
            _ => Vec::new(),
        };
        Ok(Hit { rank: at + 1, score: scored.score, title, snippets, missing, ..Hit::of(article) })
    }
}

/// Which of the plain words and phrases an article lacks, as typed.
fn missing(searcher: &Searcher, nodes: &Nodes, address: DocAddress) -> tantivy::Result<Vec<String>> {
    let segment = searcher.segment_reader(address.segment_ord);
    let mut missing = Vec::new();
    for (typed, query) in &nodes.0 {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut documents = weight.scorer(segment, 1.0)?;
        if documents.doc() < address.doc_id {
            documents.seek(address.doc_id);
        }
        if documents.doc() != address.doc_id {
            missing.push(typed.clone());
        }
    }
    Ok(missing)
}

/// The plain words and phrases of a query as typed, with what they match.
pub struct Nodes(Vec<(String, Box<dyn Query>)>);

impl Nodes {
    /// Those of a plan whose result has articles that lack some.
    pub fn of(prepared: &Prepared<'_>, fields: &Fields) -> Option<Nodes> {
        let partial = prepared.plan().matching.partial.as_ref()?;
        let lowering = Lowering { fields, analyzers: &prepared.plan().analyzers, deadline: prepared.deadline() };
        Some(Nodes(partial.nodes.iter().map(|(typed, found)| (typed.clone(), lowering.query(found))).collect()))
    }
}
