//! A word of a query with everything it is searched as: pure data, parsed from the query first, then resolved against an archive.
//!
//! [`ParsedWord`] is what the query alone says. [`Word`] has what the archive adds, the forms that a pattern means and those that
//! exclusions leave; nothing but [`ParsedWord::resolve`] makes one of a query's word, and nothing changes it afterwards. Matching,
//! ranking, marking and explaining take [`Word`]s, so that they always agree.

use crate::collections::Ids;
use crate::plan::pattern::Pattern;
use findbuch_german::{Terms, is_stop_word};
use findbuch_query::{Field, Span};

/// Words that may stand between the parts of a compound that is written as several words ("Lieferung von Munition").
pub const WORDS_BETWEEN_PARTS: u32 = 3;

/// Why an expansion is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExpansionKind {
    /// The form typed and nothing else.
    Form,
    /// The word typed, in any inflection.
    Word,
    /// The parts of the compound typed, close together.
    Decompounded,
    /// Words with hyphens written as one.
    Joined,
    /// Another spelling of a name.
    Name,
    /// From the user's list of synonyms.
    Synonym,
    /// Words of the same family.
    Related,
    /// The forms of the archive that its wildcards or edits mean.
    Pattern,
}

/// One of the things that a word is searched as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// Why.
    pub kind: ExpansionKind,
    /// As a reader would write it.
    pub label: String,
    /// The words side by side, for each the stems that match it (or, for [`ExpansionKind::Form`] and [`ExpansionKind::Pattern`],
    /// the forms).
    pub slots: Vec<Vec<Box<str>>>,
    /// Whether it also counts as a part of compounds.
    pub within: bool,
    /// Forms of its words that do not count.
    pub excluded_forms: Vec<ExcludedForms>,
    /// Ids of articles that seem to have one of the remaining forms, and have none.
    pub rejected: Vec<Box<str>>,
}

/// Forms of one word of an [`Expansion`] that do not count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExcludedForms {
    /// The word, by its number among the expansion's.
    pub slot: usize,
    /// Its stems.
    pub stems: Vec<Box<str>>,
    /// The forms that do not count, folded.
    pub excluded: Vec<Box<str>>,
    /// The other forms of its stems that the archive has: an article with an excluded one must have one of these.
    pub remaining: Vec<Box<str>>,
    /// Where the expansion has several words, the ids of articles that seem to have one of these for this word alone, and have none.
    pub rejected_alone: Vec<Box<str>>,
}

/// Words side by side whose places do not count: for each the stems that match it.
pub type ExcludedPhrase = Vec<Vec<Box<str>>>;

/// A word or phrase of a query, resolved against an archive.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property that any word may have")]
pub struct Word {
    /// Where it stands in the query.
    pub span: Span,
    /// As typed.
    pub typed: String,
    /// Folded forms that are the one typed; of a pattern those of the archive that it means, in order.
    pub forms: Vec<Box<str>>,
    /// Its single words as typed.
    pub parts: Vec<String>,
    /// For each of them the stems, whatever it is searched as; of a pattern those of its forms, if it is placed.
    pub stems: Vec<Vec<Box<str>>>,
    /// Place in the query; the difference between two words is the distance at which they are expected.
    pub position: u32,
    /// The field that it is restricted to.
    pub field: Option<Field>,
    /// The articles of the collection that it names, if it names one.
    pub members: Option<Ids>,
    /// Whether articles with it are excluded.
    pub negated: bool,
    /// Whether it has function words only.
    pub functional: bool,
    /// Whether it stands in quotation marks.
    pub phrase: bool,
    /// Whether the form typed alone is meant.
    pub exact: bool,
    /// Whether it counts where in an article it stands: within an operator of closeness or number, and in a part.
    pub placed: bool,
    /// For each of its single words that is a compound the stems of its parts and their runs: an article without the compound may have
    /// these.
    pub compound_parts: Vec<Vec<Box<str>>>,
    /// Which forms are meant, if it has wildcards or is within edits.
    pub pattern: Option<Pattern>,
    /// What it counts for in the ranking; others count 1.
    pub boost: f32,
    /// What it is searched as; not empty.
    pub expansions: Vec<Expansion>,
    /// Phrases, or single words, whose places are no places of this word.
    pub excluded_phrases: Vec<ExcludedPhrase>,
}

/// A word or phrase of a query before the archive is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedWord(pub(super) Word);

/// What an archive adds to a word.
pub trait WordResolver {
    /// Why it fails.
    type Error;

    /// The forms of the archive that a pattern means, in order, and the stems that they may have.
    ///
    /// # Errors
    /// When there are too many, or the archive cannot be asked.
    fn forms(&mut self, word: &Word, pattern: &Pattern) -> Result<ResolvedPattern, Self::Error>;

    /// For each of the excluded forms of an expansion the forms that remain, and the ids of the articles to be rejected.
    ///
    /// # Errors
    /// When the archive cannot be asked.
    fn exclusions(&mut self, word: &Word, expansion: &Expansion) -> Result<ResolvedExclusions, Self::Error>;
}

/// The forms of an archive that a pattern means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolvedPattern {
    /// The forms, in order.
    pub forms: Vec<Box<str>>,
    /// The stems that they may have, if the word is placed.
    pub stems: Vec<Box<str>>,
}

/// What remains of an expansion with exclusions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolvedExclusions {
    /// For each of its [`ExcludedForms`] the forms that remain.
    pub remaining: Vec<Vec<Box<str>>>,
    /// Ids of articles that have none of them though it seems so.
    pub rejected: Vec<Box<str>>,
}

impl ParsedWord {
    /// The word with what the archive adds to it.
    ///
    /// # Errors
    /// Those of the resolver.
    pub fn resolve<R: WordResolver>(self, archive: &mut R) -> Result<Word, R::Error> {
        let mut word = self.0;
        if let Some(pattern) = &word.pattern {
            let ResolvedPattern { forms, stems } = archive.forms(&word, pattern)?;
            if let Some(expansion) = word.expansions.first_mut() {
                expansion.slots = vec![forms.clone()];
            }
            (word.forms, word.stems) = (forms, vec![stems]);
            return Ok(word);
        }
        // articles that lack the other words of a phrase are searched for its single words
        let single: Vec<Word> = if word.stems.len() > 1 { word.single_words().collect() } else { Vec::new() };
        let mut expansions = std::mem::take(&mut word.expansions);
        for expansion in expansions.iter_mut().filter(|expansion| !expansion.excluded_forms.is_empty()) {
            let resolved = archive.exclusions(&word, expansion)?;
            expansion.rejected = resolved.rejected;
            for (excluded, remaining) in expansion.excluded_forms.iter_mut().zip(resolved.remaining) {
                excluded.remaining = remaining;
                let alone = single.get(excluded.slot).filter(|_| expansion.kind == ExpansionKind::Word);
                if let Some((alone, own)) = alone.and_then(|alone| Some((alone, alone.expansions.first()?))) {
                    excluded.rejected_alone = archive.exclusions(alone, own)?.rejected;
                }
            }
        }
        Ok(Word { expansions, ..word })
    }
}

impl Expansion {
    /// One without exclusions.
    #[must_use]
    pub fn new(kind: ExpansionKind, label: &str, slots: Vec<Vec<Box<str>>>, within: bool) -> Expansion {
        Expansion { kind, label: label.to_owned(), slots, within, excluded_forms: Vec::new(), rejected: Vec::new() }
    }

    /// The stems, if it is one word.
    #[must_use]
    pub fn single(&self) -> Option<&[Box<str>]> {
        match self.slots.as_slice() {
            [stems] => Some(stems),
            _ => None,
        }
    }

    /// Whether a form of one of its words counts.
    #[must_use]
    pub fn allows(&self, slot: usize, form: &str) -> bool {
        let mut of_slot = self.excluded_forms.iter().filter(|excluded| excluded.slot == slot);
        of_slot.all(|excluded| excluded.excluded.iter().all(|other| **other != *form))
    }

    /// Whether an article that has one of the remaining forms is sure to have a place of it: not where these must stand in a part,
    /// or where an excluded phrase may lie over them.
    #[must_use]
    pub fn is_sure(&self, word: &Word) -> bool {
        word.field.is_none() && self.slots.len() == 1 && word.excluded_phrases.iter().all(|slots| slots.len() == 1)
    }
}

impl Word {
    /// Whether some of what an expansion of it would find is excluded.
    #[must_use]
    pub fn excludes_of(&self, expansion: &Expansion) -> bool {
        let by_form = matches!(expansion.kind, ExpansionKind::Form | ExpansionKind::Pattern);
        !by_form && (!self.excluded_phrases.is_empty() || !expansion.excluded_forms.is_empty())
    }

    /// Whether any of what it would find is excluded.
    #[must_use]
    pub fn has_exclusions(&self) -> bool {
        self.expansions.iter().any(|expansion| self.excludes_of(expansion))
    }

    /// Its single words, each with the stems that match it and with what stands for all of them at once.
    pub fn single_words(&self) -> impl Iterator<Item = Word> {
        (0..self.stems.len()).map(|at| {
            let mut word = self.clone();
            if self.stems.len() == 1 {
                return word;
            }
            word.typed.clone_from(&self.parts[at]);
            word.forms = vec![self.forms[at].clone()];
            word.stems = vec![self.stems[at].clone()];
            word.compound_parts = self.compound_parts.get(at).cloned().into_iter().collect();
            word.position += u32::try_from(at).unwrap_or(u32::MAX);
            word.functional = is_stop_word(&self.forms[at]);
            let own = if self.exact {
                Expansion::new(ExpansionKind::Form, &word.typed, vec![word.forms.clone()], false)
            } else {
                let of_word = self.expansions.iter().filter(|e| e.kind == ExpansionKind::Word);
                let mut excluded_forms: Vec<ExcludedForms> =
                    of_word.flat_map(|e| &e.excluded_forms).filter(|excluded| excluded.slot == at).cloned().collect();
                let mut rejected = Vec::new();
                for excluded in &mut excluded_forms {
                    excluded.slot = 0;
                    rejected.append(&mut excluded.rejected_alone);
                }
                Expansion {
                    excluded_forms,
                    rejected,
                    ..Expansion::new(ExpansionKind::Word, &word.typed, vec![self.stems[at].clone()], !self.phrase)
                }
            };
            word.expansions = std::iter::once(own)
                .chain(
                    self.expansions
                        .iter()
                        .filter(|a| {
                            let own = [ExpansionKind::Word, ExpansionKind::Decompounded, ExpansionKind::Form];
                            !own.contains(&a.kind)
                        })
                        .cloned(),
                )
                .collect();
            word
        })
    }
}

/// The stems of a word in any of its readings, each once.
#[must_use]
pub fn stems(readings: &[Terms]) -> Vec<Box<str>> {
    let mut stems: Vec<Box<str>> = Vec::new();
    for terms in readings {
        for stem in terms.stems() {
            if !stems.contains(stem) {
                stems.push(stem.clone());
            }
        }
    }
    stems
}
