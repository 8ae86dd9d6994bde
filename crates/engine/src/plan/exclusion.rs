//! Words that are switched off one by one: what stands there is no place of a word of the query.
//!
//! A switched-off word that is an inflection of the query's word (*Räte* of *Rat*, *U-Bahnen* of *U-Bahn*) is left out in that form
//! alone. Any other, a compound with the word in it, closed or with hyphens, is left out in all its inflections: nothing that it
//! covers counts.
//! Forms have no places in the index, so beside operators of closeness a word of which forms are switched off has the places of
//! its stem in all articles that have one of the other forms.

use crate::plan::expansion::{Expansion, ExpansionKind};
use crate::plan::words::{Word, stems};
use crate::text::segments::searched;
use crate::text::term_matches::marked;
use findbuch_article::Article;
use findbuch_german::{Analyzer, Terms, normalize};

/// A word of an [`Expansion`] of which forms are switched off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduced {
    /// Which, by its number among the expansion's.
    pub slot: usize,
    /// The forms that do not count, folded.
    pub off: Vec<Box<str>>,
    /// The other forms of its stems that the archive, or an article, has: one of them must be there. Empty until they are looked
    /// up.
    pub left: Vec<Box<str>>,
}

/// A word that is switched off.
pub struct Switched {
    /// Its words, more than one where it has hyphens: each folded, with the stems that it may have.
    words: Vec<(Box<str>, Vec<Box<str>>)>,
    /// The same written as one: folded, and its stem.
    joined: Vec<(Box<str>, Box<str>)>,
}

impl Switched {
    fn slots(&self) -> Vec<Vec<Box<str>>> {
        self.words.iter().map(|(_, stems)| stems.clone()).collect()
    }

    /// The forms that go of an expansion of which this is an inflection, by the number of its word; nothing where it is none.
    fn inflects(&self, word: &Word, expansion: &Expansion) -> Vec<(usize, Box<str>)> {
        // of the parts of a closed compound the whole is switched off, not a form
        if expansion.kind == ExpansionKind::Decompounded && self.words.len() == 1 {
            return Vec::new();
        }
        if let (ExpansionKind::Pattern, [(form, _)]) = (expansion.kind, self.words.as_slice()) {
            return vec![(0, form.clone())];
        }
        if let Some(stems) = expansion.single()
            && let Some((form, _)) = self.joined.iter().find(|(_, stem)| stems.contains(stem))
        {
            return vec![(0, form.clone())];
        }
        let slots = &expansion.slots;
        let fits = |slot: &Vec<Box<str>>, stems: &[Box<str>]| slot.iter().any(|stem| stems.contains(stem));
        let begins = |at: &usize| {
            let here = slots.get(*at..*at + self.words.len()).unwrap_or_default();
            !here.is_empty() && here.iter().zip(&self.words).all(|(slot, (_, stems))| fits(slot, stems))
        };
        if self.words.len() == 1 {
            let all = (0..slots.len()).filter(begins);
            return all.filter_map(|at| Some((at, self.words.first()?.0.clone()))).collect();
        }
        // of several words those go that are not as typed, or the last
        let Some(start) = (0..slots.len()).find(begins) else { return Vec::new() };
        let numbered = || (start..).zip(&self.words).map(|(at, (form, _))| (at, form.clone()));
        let differ: Vec<_> = numbered().filter(|(at, form)| word.forms.get(*at) != Some(form)).collect();
        if differ.is_empty() { numbered().last().into_iter().collect() } else { differ }
    }
}

/// Takes up the words that are switched off, as they stand in articles.
pub fn switched(without: &[String], analyzer: &mut Analyzer) -> Vec<Switched> {
    let mut all = Vec::new();
    for label in without {
        let text = normalize(label).into_owned();
        let (mut words, mut joined) = (Vec::new(), Vec::new());
        for token in analyzer.tokens(&text) {
            let readings = analyzer.readings(&text[token.span]);
            joined.extend(token.also.into_iter().map(|(terms, _)| (terms.exact, terms.stem)));
            words.push((token.terms.exact, stems(&readings)));
        }
        if !words.is_empty() {
            all.push(Switched { words, joined });
        }
    }
    all
}

/// What tells whether two words of a text are switched off by the same: their forms, if they are inflections of one of these words
/// of a query, else their stems. Nothing where the label has no word, or where nothing would go.
pub fn family(label: &str, words: &[Word], analyzer: &mut Analyzer) -> Option<String> {
    let off = switched(std::slice::from_ref(&label.to_owned()), analyzer).pop()?;
    if words.iter().all(|word| word.exact && word.pattern.is_none()) {
        return None;
    }
    let inflects = |word: &Word| word.expansions.iter().any(|expansion| !off.inflects(word, expansion).is_empty());
    if words.iter().any(inflects) {
        let forms: Vec<&str> = off.words.iter().map(|(form, _)| &**form).collect();
        return Some(format!("={}", forms.join(" ")));
    }
    Some(off.words.iter().map(|(_, stems)| stems.join("/")).collect::<Vec<_>>().join(" "))
}

/// Switches words off in a word of the query.
pub fn switch_off(word: &mut Word, switched: &[Switched]) {
    for off in switched {
        let forms: Vec<_> = word.expansions.iter().map(|expansion| off.inflects(word, expansion)).collect();
        let inflection = forms.iter().any(|forms| !forms.is_empty());
        for (expansion, forms) in word.expansions.iter_mut().zip(forms) {
            for (slot, form) in forms {
                match expansion.reduced.iter_mut().find(|reduced| reduced.slot == slot) {
                    Some(reduced) => reduced.off.push(form),
                    None => expansion.reduced.push(Reduced { slot, off: vec![form], left: Vec::new() }),
                }
            }
        }
        if !inflection && word.pattern.is_none() && !word.off.contains(&off.slots()) {
            word.off.push(off.slots());
        }
    }
}

impl Reduced {
    /// Whether a word of the archive or of an article is one of the forms that count.
    #[must_use]
    pub fn leaves(&self, stems: &[Box<str>], terms: &Terms) -> bool {
        stems.contains(&terms.stem) && !self.off.contains(&terms.exact)
    }
}

impl Expansion {
    /// Its words of which forms are switched off, with their stems.
    pub fn reduced_words(&mut self) -> impl Iterator<Item = (&mut Reduced, &[Box<str>])> {
        let (slots, by_form) = (&self.slots, self.kind == ExpansionKind::Pattern);
        let reduced = self.reduced.iter_mut().filter(move |_| !by_form);
        reduced
            .filter_map(|reduced| Some((slots.get(reduced.slot)?, reduced)))
            .map(|(stems, reduced)| (reduced, &**stems))
    }

    /// Whether an article that has one of the other forms is sure to have a place of it: not where these must stand in a part, or
    /// where words with hyphens that are switched off may lie over them.
    #[must_use]
    pub fn is_sure(&self, word: &Word) -> bool {
        word.field.is_none() && self.slots.len() == 1 && word.off.iter().all(|slots| slots.len() == 1)
    }

    /// Whether a form of a word of it counts.
    #[must_use]
    pub fn counts(&self, slot: usize, form: &str) -> bool {
        let mut of_slot = self.reduced.iter().filter(|reduced| reduced.slot == slot);
        of_slot.all(|reduced| reduced.off.iter().all(|off| **off != *form))
    }
}

impl Word {
    /// Whether some of what an expansion would find is switched off.
    #[must_use]
    pub fn is_reduced(&self, expansion: &Expansion) -> bool {
        let by_form = matches!(expansion.kind, ExpansionKind::Form | ExpansionKind::Pattern);
        !by_form && (!self.off.is_empty() || !expansion.reduced.is_empty())
    }
    /// Whether anything that it would find is switched off.
    #[must_use]
    pub fn has_reduced(&self) -> bool {
        self.expansions.iter().any(|expansion| self.is_reduced(expansion))
    }
}

/// Looks up in articles whether they have a place of one of the things that a word is searched as, compounds with it left aside.
pub struct Reader {
    word: Word,
    beginnings: Vec<String>,
}

impl Reader {
    /// Looks for one of the word's expansions.
    #[must_use]
    pub fn new(word: &Word, expansion: &Expansion) -> Reader {
        let beginnings = expansion.slots.iter().chain(word.off.iter().flatten()).flatten();
        let beginnings = beginnings.flat_map(|stem| findbuch_german::beginnings(stem)).collect();
        let expansion = Expansion { within: false, ..expansion.clone() };
        Reader { word: Word { expansions: vec![expansion], ..word.clone() }, beginnings }
    }

    /// Whether an article has one.
    pub fn finds(&self, article: &Article, analyzer: &mut Analyzer) -> bool {
        let wanted = |word: &str| self.beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()));
        let mut texts = searched(article)
            .into_iter()
            .flat_map(|(_, part)| std::iter::once(&part.text).chain(&part.attribution).map(|text| (part.kind, text)));
        texts.any(|(kind, text)| {
            let tokens = analyzer.tokens_where(text, wanted);
            !marked(&tokens, kind, std::iter::once((0, &self.word))).marks.is_empty()
        })
    }
}
