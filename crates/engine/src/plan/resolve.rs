//! What an archive adds to the words of a query: the forms that their patterns mean, and those that exclusions leave.
//!
//! An index has stems with positions and, for each article, its forms. Which stem a form has there is known except where it depends on
//! capitals (*gang* is of gehen or of Gang) or neighbours (*lieben* is of lieben or of lieb). So an article is read if it has an excluded
//! form and only such remaining forms as are in doubt.

use crate::EngineError;
use crate::analysis::segments::searched;
use crate::deadline::Deadline;
use crate::plan::dictionary::{Dictionary, WantedForms};
use crate::plan::pattern::Pattern;
use crate::plan::term_matches::term_matches;
use crate::plan::word::{
    ExcludedForms, ExcludedPhrase, Expansion, ParsedWord, ResolvedExclusions, ResolvedPattern, Word, WordResolver,
};
use findbuch_article::Article;
use findbuch_german::{Analyzer, Terms, form_readings, stem_prefixes};
use findbuch_query::Field;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::sync::Mutex;

/// Most forms that one word with wildcards is searched as.
pub const MAX_FORMS: usize = 1_000;
/// Most forms of the archive that are analysed for one word: more than begin alike in any.
const MAX_ANALYSED: usize = 1_000_000;
/// Most articles that are read for one word; further ones that are in doubt stay.
const MAX_READ: usize = 10_000;
/// Exclusions that are kept.
const MAX_KEPT: usize = 32;

/// The exclusions resolved last, so that the next page of a result does not resolve them again. Good for one commit.
#[derive(Default)]
pub struct ExclusionCache(Mutex<VecDeque<(ExclusionKey, ResolvedExclusions)>>);

/// What resolved exclusions depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ExclusionKey {
    phrases: Vec<ExcludedPhrase>,
    field: Option<Field>,
    slots: Vec<Vec<Box<str>>>,
    forms: Vec<ExcludedForms>,
}

impl ExclusionCache {
    fn get(&self, key: &ExclusionKey) -> Option<ResolvedExclusions> {
        let known = self.0.lock().ok()?;
        known.iter().find(|(known, _)| known == key).map(|(_, resolved)| resolved.clone())
    }

    fn keep(&self, key: ExclusionKey, resolved: ResolvedExclusions) {
        if let Ok(mut known) = self.0.lock() {
            known.truncate(MAX_KEPT - 1);
            known.push_front((key, resolved));
        }
    }
}

/// Resolves the words of a query.
///
/// # Errors
/// When a pattern means too many forms, the archive cannot be read, or the deadline passes first.
pub fn resolve(
    words: Vec<ParsedWord>,
    dictionary: &dyn Dictionary,
    cache: &ExclusionCache,
    analyzer: &mut Analyzer,
    deadline: &Deadline,
) -> Result<Vec<Word>, EngineError> {
    let mut resolver = Resolver { dictionary, cache, analyzer, deadline };
    words.into_iter().map(|word| word.resolve(&mut resolver)).collect()
}

struct Resolver<'a> {
    dictionary: &'a dyn Dictionary,
    cache: &'a ExclusionCache,
    analyzer: &'a mut Analyzer,
    deadline: &'a Deadline,
}

impl WordResolver for Resolver<'_> {
    type Error = EngineError;

    fn forms(&mut self, word: &Word, pattern: &Pattern) -> Result<ResolvedPattern, EngineError> {
        let by_form = word.field.filter(|field| !field.is_part() && !field.is_raw());
        let forms = self.dictionary.matching(by_form, pattern, MAX_FORMS, self.deadline)?;
        if forms.len() > MAX_FORMS {
            return Err(EngineError::TooManyForms { span: word.span.clone(), most: MAX_FORMS });
        }
        let allowed = |form: &str| word.expansions.iter().all(|expansion| expansion.allows(0, form));
        let forms: Vec<Box<str>> = forms.into_iter().filter(|form| allowed(form)).collect();
        // forms have no places: where these are asked for, they are those of stems
        let mut stems = BTreeSet::new();
        for form in forms.iter().filter(|_| by_form.is_none() && word.placed) {
            stems.extend(self.analyzer.readings(form).iter().flat_map(Terms::stems).cloned());
        }
        Ok(ResolvedPattern { forms, stems: stems.into_iter().collect() })
    }

    /// Costs a look at every form of the archive, an analysis of those that begin like the word's, and about a tenth of a millisecond for
    /// each article in doubt.
    fn exclusions(&mut self, word: &Word, expansion: &Expansion) -> Result<ResolvedExclusions, EngineError> {
        let key = ExclusionKey {
            phrases: word.excluded_phrases.clone(),
            field: word.field,
            slots: expansion.slots.clone(),
            forms: expansion.excluded_forms.clone(),
        };
        if let Some(resolved) = self.cache.get(&key) {
            return Ok(resolved);
        }
        let (mut families, mut remaining) = (Vec::new(), Vec::new());
        for excluded in &expansion.excluded_forms {
            let family = self.family(&excluded.stems)?;
            let left = family.iter().map(|(form, _)| form).filter(|form| !excluded.excluded.contains(form));
            remaining.push(left.cloned().collect());
            families.push((family, excluded.excluded.as_slice()));
        }
        let rejected = self.rejected(word, expansion, &families)?;
        let resolved = ResolvedExclusions { remaining, rejected };
        if !self.deadline.was_over() {
            self.cache.keep(key, resolved.clone());
        }
        Ok(resolved)
    }
}

/// Forms, each with whether it is sure to have the stems at hand.
type Family = Vec<(Box<str>, bool)>;

impl Resolver<'_> {
    /// The forms of the archive that may have one of these stems.
    fn family(&mut self, stems: &[Box<str>]) -> Result<Family, EngineError> {
        let skeletons: Vec<String> = stems.iter().flat_map(|stem| stem_prefixes(stem)).collect();
        let forms = self.dictionary.beginning(&skeletons, MAX_ANALYSED, self.deadline)?;
        let mut watch = self.deadline.watch();
        let mut family = Family::new();
        for form in forms {
            if watch.one() {
                break;
            }
            let readings = self.analyzer.readings(&form);
            let has = |terms: &Terms| terms.stems().any(|stem| stems.contains(stem));
            // what stands round a form may leave one of its stems alone, or bring up one that is rarer
            let sure = readings.iter().flat_map(Terms::stems).all(|stem| stems.contains(stem));
            let rarer = |capital| {
                form_readings(&form, capital).iter().any(|reading| stems.iter().any(|stem| **stem == *reading.stem))
            };
            if readings.iter().any(has) || rarer(false) || rarer(true) {
                family.push((form, sure));
            }
        }
        Ok(family)
    }

    /// The ids of the articles that have an excluded form, perhaps a remaining one, and no place for the expansion.
    fn rejected(
        &mut self,
        word: &Word,
        expansion: &Expansion,
        families: &[(Family, &[Box<str>])],
    ) -> Result<Vec<Box<str>>, EngineError> {
        let finder = PlaceFinder::new(word, expansion);
        let (mut rejected, mut read, mut watch) = (BTreeMap::<String, u64>::new(), 0, self.deadline.watch());
        let doubtful = |sure: bool| !sure || !expansion.is_sure(word);
        // of several words an article must have all
        let all: &[Vec<Box<str>>] = if expansion.slots.len() > 1 { &expansion.slots } else { &[] };
        for (family, excluded) in families {
            let remaining = |in_doubt: bool| -> Vec<Box<str>> {
                let others = family.iter().filter(|(form, _)| !excluded.contains(form));
                others.filter(|(_, sure)| doubtful(*sure) == in_doubt).map(|(form, _)| form.clone()).collect()
            };
            let (sure, in_doubt) = (remaining(false), remaining(true));
            let wanted = WantedForms { stems: all, one_of: excluded, and_one_of: &in_doubt, none_of: &sure };
            self.dictionary.read(&wanted, self.deadline, &mut |article| {
                read += 1;
                if read > MAX_READ || watch.look() {
                    return ControlFlow::Break(());
                }
                if !finder.finds(&article, self.analyzer) {
                    *rejected.entry(article.id).or_default() += 1;
                }
                ControlFlow::Continue(())
            })?;
        }
        // of several articles with one id all must be
        let mut ids = Vec::new();
        for (id, articles) in rejected {
            if self.dictionary.with_id(&id)? <= articles {
                ids.push(id.into_boxed_str());
            }
        }
        Ok(ids)
    }
}

/// Looks up in articles whether they have a position of an expansion; compounds with it do not count.
struct PlaceFinder {
    word: Word,
    beginnings: Vec<String>,
}

impl PlaceFinder {
    fn new(word: &Word, expansion: &Expansion) -> PlaceFinder {
        let beginnings = expansion.slots.iter().chain(word.excluded_phrases.iter().flatten()).flatten();
        let beginnings = beginnings.flat_map(|stem| findbuch_german::stem_prefixes(stem)).collect();
        let expansion = Expansion { within: false, ..expansion.clone() };
        PlaceFinder { word: Word { expansions: vec![expansion], ..word.clone() }, beginnings }
    }

    /// Whether an article has one.
    fn finds(&self, article: &Article, analyzer: &mut Analyzer) -> bool {
        let wanted = |word: &str| self.beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()));
        let mut texts = searched(article)
            .into_iter()
            .flat_map(|(_, part)| std::iter::once(&part.text).chain(&part.attribution).map(|text| (part.kind, text)));
        texts.any(|(kind, text)| {
            let tokens = analyzer.tokens_where(text, wanted);
            !term_matches(&tokens, kind, std::iter::once((0, &self.word))).marks.is_empty()
        })
    }
}
