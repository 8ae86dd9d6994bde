//! A query's words with everything they are searched as: readings, parts of compounds, compounds taken apart, spellings of
//! names, synonyms. One list serves matching, scoring, marking and explaining, so that they always agree.

use crate::plan::decompound::{MAX_PARTS, decompound};
use crate::plan::exclusion::{Reduced, Switched, switch_off, switched};
use crate::plan::expansion::{Expansion, ExpansionKind};
use crate::plan::pattern::Pattern;
use findbuch_german::{Analyzer, Terms, is_stop_word, names, normalize};
use findbuch_query::{Field, Node, Query, Span};

/// Words that may stand between the parts of a compound written apart ("Lieferung von Munition").
pub const NEAR_PARTS: u32 = 3;
/// Most other spellings and synonyms of one word.
const MAX_VARIANTS: usize = 24;

/// What a word may be searched as beside its own stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpansionOptions<'a> {
    /// Inflections and parts of compounds; otherwise the form typed alone.
    pub german: bool,
    /// Parts of compounds, and compounds apart.
    pub compounds: bool,
    /// Other spellings of names.
    pub names: bool,
    /// The user's own.
    pub synonyms: Option<&'a crate::synonyms::Synonyms>,
    /// Words that do not count: other spellings and synonyms, as [`Expansion::label`] has them; inflections and compounds, as
    /// [`crate::plan::exclusion`] says.
    pub without: &'a [String],
}

impl Default for ExpansionOptions<'_> {
    fn default() -> Self {
        ExpansionOptions { german: true, compounds: true, names: true, synonyms: None, without: &[] }
    }
}

/// A word or phrase of the query.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property that any word may have")]
pub struct Word {
    /// Where it stands in the query.
    pub span: Span,
    /// As typed.
    pub typed: String,
    /// Folded forms that are the one typed.
    pub forms: Vec<Box<str>>,
    /// Its single words as typed.
    pub parts: Vec<String>,
    /// For each of them the stems, whatever it is searched as.
    pub stems: Vec<Vec<Box<str>>>,
    /// Place in the query; the difference between two words is the distance at which they are expected.
    pub position: u32,
    /// The field that it is restricted to.
    pub field: Option<Field>,
    /// Whether articles with it are excluded.
    pub negated: bool,
    /// Whether it has function words only.
    pub functional: bool,
    /// Whether it stands in quotation marks.
    pub phrase: bool,
    /// Whether the form typed alone is meant.
    pub exact: bool,
    /// Stems of its parts and their runs if it is a compound, each with the share of it that they make up: what an article
    /// without the word may have all the same.
    pub scattered: Vec<(Box<str>, f32)>,
    /// Which forms are meant, if it has wildcards or is within edits; those of the archive are in `forms` once an engine has
    /// looked them up.
    pub pattern: Option<Pattern>,
    /// What it counts for in the ranking; others count 1.
    pub boost: f32,
    /// What it is searched as; not empty.
    pub expansions: Vec<Expansion>,
    /// Words that are switched off, for each the stems of its words: where they stand is no place of this one.
    pub off: Vec<Vec<Vec<Box<str>>>>,
}

/// The words of a query, in its order.
#[must_use]
pub fn words(query: &Query, expansion: ExpansionOptions<'_>, analyzer: &mut Analyzer) -> Vec<Word> {
    let switched = switched(expansion.without, analyzer);
    let mut gatherer = Gatherer { query, expansion, switched, analyzer, words: Vec::new(), position: 0 };
    gatherer.gather(&query.root, Place { field: None, negated: false, exact: !expansion.german, boost: 1.0 });
    gatherer.words
}

#[derive(Clone, Copy)]
struct Place {
    field: Option<Field>,
    negated: bool,
    exact: bool,
    boost: f32,
}

struct Gatherer<'a> {
    query: &'a Query,
    expansion: ExpansionOptions<'a>,
    switched: Vec<Switched>,
    analyzer: &'a mut Analyzer,
    words: Vec<Word>,
    position: u32,
}

/// A word of the query with its readings.
struct Read {
    typed: String,
    exact: Box<str>,
    readings: Vec<Terms>,
}

impl Gatherer<'_> {
    fn gather(&mut self, node: &Node, place: Place) {
        match node {
            Node::Word(span) => self.add(span, place, false),
            Node::Phrase(span) => self.add(span, place, true),
            Node::Pattern(span) => self.add_pattern(span, Pattern::wildcard, place),
            Node::Fuzzy(span, edits) => self.add_pattern(span, |typed| Pattern::fuzzy(typed, *edits), place),
            Node::Exact(inner) => self.gather(inner, Place { exact: true, ..place }),
            Node::Boost(boost, inner) => {
                self.gather(inner, Place { boost: place.boost * f32::from(*boost) / 100.0, ..place });
            }
            Node::Close(_, left, right) => {
                self.gather(left, place);
                self.gather(right, place);
            }
            Node::AtLeast(_, inner) => self.gather(inner, place),
            Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => {
                for node in nodes {
                    self.gather(node, place);
                }
            }
            Node::Not(inner) => self.gather(inner, Place { negated: !place.negated, ..place }),
            Node::Field(field, inner) => self.gather(inner, Place { field: Some(*field), ..place }),
            Node::Published(_) => {}
        }
    }

    /// A word that has other words' forms besides its own or instead.
    fn add_pattern(&mut self, span: &Span, pattern: impl Fn(&str) -> Pattern, place: Place) {
        let typed = self.query.slice(span).to_owned();
        let pattern = pattern(&normalize(&typed));
        let mut word = Word {
            span: span.clone(),
            forms: Vec::new(),
            parts: vec![typed.clone()],
            stems: vec![Vec::new()],
            position: self.position,
            field: place.field,
            negated: place.negated,
            functional: false,
            phrase: false,
            exact: true,
            scattered: Vec::new(),
            pattern: Some(pattern),
            boost: place.boost,
            expansions: vec![Expansion::new(ExpansionKind::Pattern, &typed, vec![Vec::new()], false)],
            off: Vec::new(),
            typed,
        };
        switch_off(&mut word, &self.switched);
        self.words.push(word);
        self.position += 1;
    }

    fn add(&mut self, span: &Span, place: Place, phrase: bool) {
        let typed = self.query.slice(span).to_owned();
        let text = normalize(&typed);
        let tokens = self.analyzer.tokens(&text);
        let raw = place.field.is_some_and(Field::is_raw);
        if tokens.is_empty() && !raw {
            return;
        }
        let joined: Vec<Terms> =
            tokens.iter().flat_map(|t| t.also.iter()).filter(|_| !phrase).map(|(terms, _)| terms.clone()).collect();
        let read: Vec<Read> = tokens
            .into_iter()
            .map(|token| {
                let typed = text[token.span].to_owned();
                Read { readings: self.analyzer.readings(&typed), exact: token.terms.exact, typed }
            })
            .collect();
        let by_form = place.exact || place.field.is_some_and(|field| !field.is_part());
        let mut expansions = if by_form { vec![form(&typed, &read)] } else { self.expansions(&typed, &read, phrase) };
        if !by_form && let [only] = joined.as_slice() {
            expansions.push(Expansion::new(
                ExpansionKind::Joined,
                &only.exact,
                vec![vec![only.stem.clone()]],
                self.expansion.compounds,
            ));
        }
        let functional = !raw && read.iter().all(|word| is_stop_word(&word.exact));
        let mut word = Word {
            span: span.clone(),
            typed,
            forms: read.iter().map(|word| word.exact.clone()).collect(),
            parts: read.iter().map(|word| word.typed.clone()).collect(),
            stems: read.iter().map(Read::stems).collect(),
            position: self.position,
            field: place.field,
            negated: place.negated,
            functional,
            phrase,
            exact: place.exact,
            scattered: if by_form || phrase || !self.expansion.compounds { Vec::new() } else { scattered(&read) },
            pattern: None,
            boost: place.boost,
            expansions,
            off: Vec::new(),
        };
        if !by_form {
            switch_off(&mut word, &self.switched);
        }
        self.words.push(word);
        self.position += u32::try_from(read.len()).unwrap_or(u32::MAX);
    }

    fn expansions(&mut self, typed: &str, read: &[Read], phrase: bool) -> Vec<Expansion> {
        let slots: Vec<Vec<Box<str>>> = read.iter().map(Read::stems).collect();
        let compounds = self.expansion.compounds;
        let within = read.len() == 1 && !phrase && compounds;
        let mut found = vec![Expansion::new(ExpansionKind::Word, typed, slots, within)];
        if let [word] = read
            && !phrase
            && compounds
        {
            found.extend(word.readings.iter().flat_map(decompound));
        }
        if phrase && read.len() > 1 {
            return found;
        }
        if is_hyphenated_compound(read) && compounds {
            let label = read.iter().map(|word| word.typed.as_str()).collect::<Vec<_>>().join(" … ");
            let slots = found[0].slots.clone();
            found.push(Expansion::new(ExpansionKind::Decompounded, &label, slots, false));
        }
        let exact: Vec<&str> = read.iter().map(|word| &*word.exact).collect();
        let key = exact.join(" ");
        let mut others: Vec<(ExpansionKind, String)> = Vec::new();
        if self.expansion.names {
            let genitive = key.strip_suffix('s').filter(|base| base.len() > 3);
            let spellings = names::spellings(&key).or_else(|| genitive.and_then(names::spellings));
            others.extend(spellings.into_iter().flatten().map(|name| (ExpansionKind::Name, (*name).to_owned())));
        }
        if let Some(synonyms) = self.expansion.synonyms {
            let stems: Vec<Box<str>> =
                read.iter().filter_map(|word| Some(word.readings.first()?.stem.clone())).collect();
            others.extend(synonyms.of(&stems).into_iter().map(|word| (ExpansionKind::Synonym, word)));
        }
        others.retain(|(_, label)| !self.expansion.without.contains(label));
        for (kind, label) in others.into_iter().take(MAX_VARIANTS) {
            let text = normalize(&label).into_owned();
            let spans: Vec<_> = findbuch_german::words(&text).collect();
            let slots: Vec<Vec<Box<str>>> =
                spans.iter().map(|span| stems(&self.analyzer.readings(&text[span.clone()]))).collect();
            let known = slots.is_empty() || found.iter().any(|expansion| expansion.slots == slots);
            if !known {
                let within = slots.len() == 1 && compounds;
                found.push(Expansion::new(kind, &label, slots, within));
            }
        }
        found
    }
}

impl Word {
    /// Its single words, each with the stems that do and with what stands for all of them at once.
    pub fn single_words(&self) -> impl Iterator<Item = Word> {
        (0..self.stems.len()).map(|at| {
            let mut word = self.clone();
            if self.stems.len() == 1 {
                return word;
            }
            word.typed.clone_from(&self.parts[at]);
            word.forms = vec![self.forms[at].clone()];
            word.stems = vec![self.stems[at].clone()];
            word.position += u32::try_from(at).unwrap_or(u32::MAX);
            word.functional = is_stop_word(&self.forms[at]);
            let own = if self.exact {
                Expansion::new(ExpansionKind::Form, &word.typed, vec![word.forms.clone()], false)
            } else {
                let reduced = self.expansions.iter().filter(|a| a.kind == ExpansionKind::Word).flat_map(|a| &a.reduced);
                let reduced = reduced.filter(|r| r.slot == at).map(|r| Reduced { slot: 0, ..r.clone() }).collect();
                let denied = self.expansions.iter().flat_map(|a| &a.denied).cloned().collect();
                Expansion {
                    reduced,
                    denied,
                    ..Expansion::new(ExpansionKind::Word, &word.typed, vec![self.stems[at].clone()], !self.phrase)
                }
            };
            word.expansions = std::iter::once(own)
                .chain(
                    self.expansions
                        .iter()
                        .filter(|a| {
                            !matches!(a.kind, ExpansionKind::Word | ExpansionKind::Decompounded | ExpansionKind::Form)
                        })
                        .cloned(),
                )
                .collect();
            word
        })
    }
}

impl Read {
    fn stems(&self) -> Vec<Box<str>> {
        stems(&self.readings)
    }
}

/// The stems of a word in any of its readings, each once.
pub(super) fn stems(readings: &[Terms]) -> Vec<Box<str>> {
    let mut stems: Vec<Box<str>> = Vec::new();
    for terms in readings {
        if !stems.contains(&terms.stem) {
            stems.push(terms.stem.clone());
        }
    }
    stems
}

/// The form typed, and nothing else.
fn form(typed: &str, read: &[Read]) -> Expansion {
    let slots = read.iter().map(|word| vec![word.exact.clone()]).collect();
    Expansion::new(ExpansionKind::Form, typed, slots, false)
}

/// The parts of a single word.
fn scattered(read: &[Read]) -> Vec<(Box<str>, f32)> {
    let [word] = read else { return Vec::new() };
    let Some(terms) = word.readings.iter().find(|terms| terms.parts.len() > 1) else { return Vec::new() };
    let length = word.typed.len().max(1) as f32;
    terms.parts.iter().map(|part| (part.stem.clone(), part.span.len() as f32 / length)).collect()
}

/// Whether words with hyphens are a compound, not a name such as Jong-un: the last is a noun.
fn is_hyphenated_compound(read: &[Read]) -> bool {
    let long = |word: &Read| word.typed.chars().count() >= 3 && !is_stop_word(&word.exact);
    let noun = read.last().is_some_and(|word| word.typed.starts_with(char::is_uppercase));
    (2..=MAX_PARTS).contains(&read.len()) && noun && read.iter().all(long)
}
