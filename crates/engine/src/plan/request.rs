//! What is asked of an engine: a query, and which of its hits are wanted, in what order, and in how much detail.

use crate::facets::FacetField;
use crate::plan::related::Relatives;
use crate::ranking::Ranking;
use findbuch_query::{DateRange, Query};
use std::path::Path;
use std::time::Instant;

/// What a word may be searched as beside its own stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpansionOptions<'a> {
    /// Inflections and parts of compounds; otherwise the form typed alone.
    pub german: bool,
    /// Parts of compounds, and compounds by their parts.
    pub compounds: bool,
    /// Other spellings of names.
    pub names: bool,
    /// Words of the same family.
    pub related: Relatives,
    /// The user's own.
    pub synonyms: Option<&'a crate::synonyms::Synonyms>,
    /// The articles of collections; none where there are no collections.
    pub members: Option<&'a crate::collections::Members>,
    /// Words that do not count: other spellings and synonyms by [`crate::plan::word::Expansion::label`]; inflections and compounds as
    /// [`crate::plan::exclusion`] has it.
    pub excluded: &'a [String],
}

impl Default for ExpansionOptions<'_> {
    fn default() -> Self {
        ExpansionOptions {
            german: true,
            compounds: true,
            names: true,
            related: Relatives::InSentences,
            synonyms: None,
            members: None,
            excluded: &[],
        }
    }
}

/// What is asked.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct SearchRequest<'a> {
    /// The query.
    pub query: &'a Query,
    /// Absolute folder or file that hits must come from.
    pub within: Option<&'a Path>,
    /// Values that hits must have, as facets give them; of several for one field one is enough.
    pub only: &'a [(FacetField, String)],
    /// Values that hits must not have.
    pub not: &'a [(FacetField, String)],
    /// Days that hits must be published in.
    pub published: Option<DateRange>,
    /// Hits skipped.
    pub offset: usize,
    /// Most hits given, at least 1.
    pub limit: usize,
    /// Their order.
    pub sort: Sort,
    /// Weights of the ranking.
    pub ranking: Ranking,
    /// Days near which articles gain, where relevance decides.
    pub around: Option<DateRange>,
    /// Whether each hit has the terms of its score.
    pub terms: bool,
    /// Whether articles that lack some words follow those that have all; where none has all, they are shown anyway.
    pub fill: bool,
    /// Whether a phrase that no article has is searched as its words.
    pub loose_phrases: bool,
    /// Whether articles are found that have a word in page furniture alone: behind those with it in their text.
    pub furniture: bool,
    /// Share of the words' weight that articles must have that lack some and follow those that have all.
    pub least_weight: f32,
    /// How much of each hit is given.
    pub detail: Detail,
    /// What words are searched as beside their own form.
    pub expansion: ExpansionOptions<'a>,
    /// What the articles of the whole result are counted by; by a facet whose values limit the result, as if they did not.
    pub facets: &'a [FacetField],
    /// Whether they are counted by day.
    pub days: bool,
    /// Whether near-identical articles are folded; then `offset` and `limit` count stories.
    pub group: bool,
    /// When the answer must be there; what is then still running ends with [`crate::EngineError::TimedOut`].
    pub deadline: Option<Instant>,
    /// What the plan may cost, in postings gone through: see [`crate::plan::cost`]. None where nobody else waits for it.
    pub most_cost: Option<u64>,
}

impl<'a> SearchRequest<'a> {
    /// The first ten hits by relevance, with snippets.
    #[must_use]
    pub fn new(query: &'a Query) -> SearchRequest<'a> {
        SearchRequest {
            query,
            within: None,
            only: &[],
            not: &[],
            published: None,
            offset: 0,
            limit: 10,
            sort: Sort::Relevance,
            ranking: Ranking::default(),
            around: None,
            terms: false,
            fill: true,
            loose_phrases: true,
            furniture: true,
            least_weight: 0.3,
            detail: Detail::Snippets,
            expansion: ExpansionOptions::default(),
            facets: &[],
            days: false,
            group: false,
            deadline: None,
            most_cost: None,
        }
    }

    /// Whether it is limited by more than its query: to a folder, to values of facets, to days.
    #[must_use]
    pub fn is_limited(&self) -> bool {
        self.within.is_some() || !self.only.is_empty() || !self.not.is_empty() || self.published.is_some()
    }

    /// The same without hits: only what is counted of the whole result.
    #[must_use]
    pub fn without_hits(&self) -> SearchRequest<'a> {
        SearchRequest { offset: 0, limit: 1, sort: Sort::Newest, detail: Detail::Id, fill: false, ..self.clone() }
    }
}

/// How much of a hit is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The article's id alone, its other fields are empty; reads no stored article.
    Id,
    /// The article.
    Article,
    /// The article and passages that show why it matches.
    Snippets,
}

/// Order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The latest first; undated articles last.
    Newest,
    /// The earliest first; undated articles last.
    Oldest,
}
