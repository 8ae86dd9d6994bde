//! The other spellings and synonyms of a query's words that an archive has, as listed beside the hits.

use crate::plan::word::{ExpansionKind, Word};

/// Another spelling or a synonym of a word of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// The word as typed.
    pub typed: String,
    /// What was searched too.
    pub word: String,
    /// Whether it is from the user's list, not a spelling of a name.
    pub synonym: bool,
}

/// The spellings and synonyms of scored words of which an archive has every word; `with_stem` counts the articles with a stem.
///
/// # Errors
/// Those of the count.
pub fn also<E>(words: &[Word], with_stem: impl Fn(&str) -> Result<u64, E>) -> Result<Vec<Also>, E> {
    let mut also = Vec::new();
    for word in words {
        let others = word.expansions.iter().filter(|a| matches!(a.kind, ExpansionKind::Name | ExpansionKind::Synonym));
        for other in others {
            let mut known = true;
            for stems in &other.slots {
                let articles: u64 = stems.iter().map(|stem| with_stem(stem)).sum::<Result<u64, E>>()?;
                known &= articles > 0;
            }
            if known {
                let synonym = other.kind == ExpansionKind::Synonym;
                if !also.iter().any(|known: &Also| known.word == other.label) {
                    also.push(Also { typed: word.typed.clone(), word: other.label.clone(), synonym });
                }
            }
        }
    }
    Ok(also)
}
