//! What an engine answers: hits, and what is known of the whole result.

use crate::facets::Facet;
use crate::plan::also::Also;
use crate::state::State;
use crate::timeline::Days;
use crate::{EngineError, deadline};
use findbuch_article::Article;
use findbuch_german::FINGERPRINT;
use serde::Serialize;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// Number of articles that have all that is asked for.
    pub total: u64,
    /// Set when no article has all the words; the total then counts those with some of them.
    pub relaxed: Option<Relaxed>,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Other spellings and synonyms that were searched too, and that the archive has.
    pub also: Vec<Also>,
    /// The counts asked for, of all articles that the total counts.
    pub facets: Vec<Facet>,
    /// The days on which they were published, if asked for.
    pub days: Option<Days>,
    /// The number of stories that they tell, if they are grouped.
    pub stories: Option<u64>,
}

/// A whole result, read while it is used.
pub struct Stream<'a> {
    /// Number of hits.
    pub total: u64,
    /// The hits, the first first.
    pub hits: Box<dyn Iterator<Item = Result<Hit, EngineError>> + 'a>,
    /// Until when they must be read.
    pub deadline: deadline::Deadline,
}

/// Identifies a state of an index, so that a search can be cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fingerprint {
    /// Sixteen hexadecimal digits over format, analyser and all articles: the same for the same articles at the same
    /// places, in whatever order they were indexed.
    pub digest: String,
    /// Format version of the index.
    pub format: u32,
    /// Fingerprint of the analyser.
    pub analyzer: String,
    /// Articles.
    pub articles: u64,
    /// When the last update ended, RFC 3339 in UTC.
    pub updated: String,
}

impl Fingerprint {
    /// The fingerprint of an index of a format version, given the numbers of its articles in any order: see
    /// [`crate::Record::content`].
    ///
    /// # Errors
    /// When the vocabulary cannot be written as JSON.
    pub fn of(format: u32, state: &State, contents: impl IntoIterator<Item = u64>) -> Result<Fingerprint, EngineError> {
        let (mut articles, mut sum) = (0u64, 0u64);
        for content in contents {
            articles += 1;
            // numbers of articles are hashes; hashed again, so that near numbers do not cancel out
            sum = sum.wrapping_add(xxh3_64(&content.to_le_bytes()));
        }
        Fingerprint::of_sum(format, state, articles, sum)
    }

    /// The same, given the number of the articles and the wrapping sum of the XXH3 of their numbers' bytes, the lowest first.
    ///
    /// # Errors
    /// When the vocabulary cannot be written as JSON.
    pub fn of_sum(format: u32, state: &State, articles: u64, sum: u64) -> Result<Fingerprint, EngineError> {
        let encode = |source| EngineError::Encode { what: "the vocabulary".into(), source };
        let vocabulary = serde_json::to_string(&state.vocabulary).map_err(encode)?;
        let all = format!("{format}\n{FINGERPRINT}\n{articles}\n{sum}\n{vocabulary}");
        Ok(Fingerprint {
            digest: format!("{:016x}", xxh3_64(all.as_bytes())),
            format,
            analyzer: FINGERPRINT.to_owned(),
            articles,
            updated: state.updated.clone(),
        })
    }
}

/// How a query was relaxed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    /// The words that the first hit lacks, as typed.
    pub missing: Vec<String>,
}

/// An article that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place in the whole result, from 1.
    pub rank: usize,
    /// Score; greater is better, comparable within one result only.
    pub score: f32,
    /// The article.
    pub article: Article,
    /// Where its title is marked.
    pub title: TitleMarks,
    /// Passages that show why it matches.
    pub snippets: Vec<Snippet>,
    /// Words it lacks, as typed: hits that lack some follow those that have all.
    pub missing: Vec<String>,
    /// The articles of the result that are nearly identical with it and were folded under it.
    pub group: Option<Group>,
    /// What each cause adds to its score, if that is asked for; they sum to it.
    pub terms: Vec<ScoreTerm>,
    /// Share of its text that is that of the article it is compared with, where the two are nearly identical.
    pub resemblance: Option<f32>,
}

impl Hit {
    /// An article by itself, which no search has found.
    #[must_use]
    pub fn of(article: Article) -> Hit {
        Hit {
            rank: 1,
            score: 0.0,
            article,
            title: TitleMarks::default(),
            snippets: Vec::new(),
            missing: Vec::new(),
            group: None,
            terms: Vec::new(),
            resemblance: None,
        }
    }
}

/// Where a title is marked: `[from, to)` in characters, in order, none overlapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TitleMarks {
    /// Places of the kicker.
    pub kicker: Vec<[usize; 2]>,
    /// Places of the headline, or of the words that stand for it.
    pub headline: Vec<[usize; 2]>,
}

/// What one cause adds to a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreTerm {
    /// The cause.
    pub kind: TermKind,
    /// The words of the query that it is about, as typed.
    pub words: Vec<String>,
    /// What it adds.
    pub value: f32,
}

/// Causes of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// How often the article has a word, for its length.
    Frequency,
    /// The word stands in the headline.
    Headline,
    /// The word stands there in the form typed.
    Form,
    /// The word first stands near the beginning.
    Opening,
    /// The article lacks a compound and has parts of it.
    Parts,
    /// Two words stand close together.
    Close,
    /// The article lacks words.
    Lacking,
    /// It was published near the days asked for.
    Near,
}

/// A passage with its marked words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The part it is from: `body`, `lead`, `caption` …
    pub field: &'static str,
    /// Its text; `…` where a sentence is cut.
    pub text: String,
    /// Marked words as `[from, to)` in Unicode scalar values of the text.
    pub marks: Vec<[usize; 2]>,
}

/// Most ids that a group lists.
const MAX_IDS: usize = 100;

/// Articles folded under the earliest of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Their number, without the earliest.
    pub others: u64,
    /// Their sources.
    pub sources: Vec<String>,
    /// Their ids by date, then id; the first hundred.
    pub ids: Vec<String>,
}

impl Group {
    /// A group of `others` articles, with their sources in any order and their ids in order; no more ids are taken than are listed.
    #[must_use]
    pub fn of(
        others: usize,
        sources: impl IntoIterator<Item = String>,
        ids: impl IntoIterator<Item = String>,
    ) -> Group {
        let sources: BTreeSet<String> = sources.into_iter().collect();
        let ids = ids.into_iter().take(MAX_IDS).collect();
        Group { others: others as u64, sources: sources.into_iter().collect(), ids }
    }
}
