//! What a query asks of an archive's dictionary while its words are resolved.

use crate::EngineError;
use crate::deadline::Deadline;
use crate::plan::matching::Match;
use crate::plan::pattern::Pattern;
use crate::surnames::Surnames;
use findbuch_article::Article;
use findbuch_query::Field;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Folded forms, in order, each once.
pub type Forms = BTreeSet<Box<str>>;

/// What articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A stem of the text.
    Stem,
    /// A stem of a part of a compound.
    Part,
    /// A folded form of the text.
    Form,
    /// A term of page furniture, see [`crate::analysis::furniture`].
    Furniture,
}

/// The words of an archive, looked up by form and by stem.
pub trait Dictionary {
    /// Number of articles, those included that were deleted and take room still.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn articles(&self) -> Result<u64, EngineError>;

    /// Number of articles with a term.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn articles_with(&self, kind: Counted, term: &str) -> Result<u64, EngineError>;

    /// The forms that match a pattern, in the names of a field or else in the text; at most a few more than `most`. Costs a look at each
    /// form that begins like the pattern.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn matching(
        &self,
        field: Option<Field>,
        pattern: &Pattern,
        most: usize,
        deadline: &Deadline,
    ) -> Result<Forms, EngineError>;

    /// The forms of the text whose [`findbuch_german::prefix_key`] begins with one of these, at most a few more than `most`. Costs a look at
    /// every form of the archive.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn beginning(&self, skeletons: &[String], most: usize, deadline: &Deadline) -> Result<Forms, EngineError>;

    /// Reads the articles that have forms as wanted, in any order, until `visit` breaks.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn read(
        &self,
        wanted: &WantedForms<'_>,
        deadline: &Deadline,
        visit: &mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError>;

    /// Whether any article matches. Costs what it takes to find the first.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn has(&self, found: &Match, deadline: &Deadline) -> Result<bool, EngineError>;

    /// Whom surnames alone stand for. Costs a look at the people of every article when it is first asked for.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn surnames(&self) -> Result<Arc<Surnames>, EngineError>;

    /// Number of articles with this id.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn with_id(&self, id: &str) -> Result<u64, EngineError>;
}

/// Which forms and stems an article has in its text.
#[derive(Debug, Clone, Copy)]
pub struct WantedForms<'a> {
    /// At least one stem of each of these,
    pub stems: &'a [Vec<Box<str>>],
    /// One of these forms,
    pub one_of: &'a [Box<str>],
    /// one of these,
    pub and_one_of: &'a [Box<str>],
    /// and none of these.
    pub none_of: &'a [Box<str>],
}
