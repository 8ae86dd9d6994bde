//! What every word of a query is searched as, and how many articles each of that brings.

use crate::EngineError;
use crate::plan::matching::{Match, expansion_match, form_match, within_match, word_match};
use crate::plan::prepared::Plan;
use crate::plan::word::{Expansion, ExpansionKind, Word};

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

/// Explains the words of a plan, given what counts the articles that match.
///
/// # Errors
/// Those of the counts.
pub fn explain(
    plan: &Plan,
    mut count: impl FnMut(&Match) -> Result<u64, EngineError>,
) -> Result<Vec<Explained>, EngineError> {
    let functional_only = plan.scored.iter().any(|scored| scored.functional);
    let mut count = |found: Option<Match>| found.map_or(Ok(0), |found| count(&found));
    let mut explained = Vec::new();
    for word in &plan.words {
        let mut ways = Vec::new();
        for expansion in &word.expansions {
            ways.extend(ways_of(word, expansion, &mut count)?);
        }
        let left_out = word.functional && !functional_only;
        let articles = if left_out { 0 } else { count(word_match(word))? };
        explained.push(Explained { word: word.clone(), ways, articles });
    }
    Ok(explained)
}

fn ways_of(
    word: &Word,
    expansion: &Expansion,
    count: &mut impl FnMut(Option<Match>) -> Result<u64, EngineError>,
) -> Result<Vec<Way>, EngineError> {
    let slots = || expansion.slots.iter().map(|stems| stems.join("/")).collect::<Vec<_>>().join(" ");
    let kind = match expansion.kind {
        ExpansionKind::Form => WayKind::Form,
        ExpansionKind::Word => WayKind::Inflection,
        other => WayKind::Other(other),
    };
    let mut ways = Vec::new();
    if let (ExpansionKind::Word, [form], None) = (expansion.kind, word.forms.as_slice(), word.field) {
        let articles = if expansion.allows(0, form) { count(form_match(word))? } else { 0 };
        ways.push(Way { kind: WayKind::Form, label: form.to_string(), articles });
    }
    let within = expansion.within;
    // what is joined to a number stands where parts of compounds stand
    let itself = Expansion { within: within && expansion.kind == ExpansionKind::Joined, ..expansion.clone() };
    let label = match kind {
        WayKind::Inflection => slots(),
        WayKind::Form => word.forms.join(" "),
        WayKind::Other(ExpansionKind::Pattern) => some_forms(&word.forms),
        _ => expansion.label.clone(),
    };
    ways.push(Way { kind, label, articles: count(expansion_match(word, &itself))? });
    if within && expansion.kind == ExpansionKind::Word && word.field.is_none() {
        let articles = count(Some(within_match(word, expansion)))?;
        ways.push(Way { kind: WayKind::Within, label: slots(), articles });
    }
    Ok(ways)
}

/// Most forms of a word with wildcards that are listed.
const MAX_LISTED: usize = 12;

/// The number of forms, and the first.
fn some_forms(forms: &[Box<str>]) -> String {
    let listed = forms.iter().take(MAX_LISTED).map(|form| &**form).collect::<Vec<_>>().join(", ");
    let more = if forms.len() > MAX_LISTED { ", …" } else { "" };
    format!("{} ({listed}{more})", forms.len()).replace(" ()", "")
}
