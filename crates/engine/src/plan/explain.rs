//! What every word of a query is searched as, and how many articles each of that brings.

use crate::plan::expansion::ExpansionKind;
use crate::plan::words::Word;
use crate::text::found_forms::{Form, forms};
use crate::text::highlight::Highlighter;
use crate::{Engine, EngineError, Hit, SearchRequest};

/// What a query was searched as, and what of that its hits have.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Its words.
    pub words: Vec<Explained>,
    /// What was found beside the words typed.
    pub forms: Vec<Form>,
}

/// Explains a request and the hits at hand.
///
/// # Errors
/// When the index cannot be read, or the deadline passes first.
pub fn explanation(
    engine: &dyn Engine,
    request: &SearchRequest<'_>,
    hits: &[Hit],
    marks: &mut Highlighter,
) -> Result<Explanation, EngineError> {
    let words = engine.explain(request)?;
    let forms = forms(hits, &words, marks);
    Ok(Explanation { words, forms })
}

/// A word of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The word with all it is searched as.
    pub word: Word,
    /// What it is searched as, each with its articles.
    pub ways: Vec<Way>,
    /// Articles that have it in any way.
    pub articles: u64,
}

/// One of the ways in which a word is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Which.
    pub kind: WayKind,
    /// What is looked for: a form, stems, another spelling.
    pub label: String,
    /// Articles that are found so.
    pub articles: u64,
}

/// Ways in which a word is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// In the form typed.
    Form,
    /// In any inflection.
    Inflection,
    /// As a part of compounds, or the country of a people.
    Within,
    /// As another [`ExpansionKind`] says.
    Other(ExpansionKind),
}
