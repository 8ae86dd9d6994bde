//! A query's words with everything they are searched as: readings, parts of compounds, compounds decompounded, spellings of
//! names, synonyms; what the archive adds is left to [`ParsedWord::resolve`].

use crate::plan::decompound::{MAX_PARTS, decompound};
use crate::plan::exclusion::{Exclusion, exclude, read_exclusions};
use crate::plan::pattern::Pattern;
use crate::plan::request::ExpansionOptions;
use crate::plan::word::{Expansion, ExpansionKind, ParsedWord, Word, stems};
use findbuch_german::{Analyzer, Terms, is_number, is_stop_word, names, normalize};
use findbuch_query::{Field, Node, Query, Span};
use std::ops::Range;

/// Signs that make a number beside them one thing with them, not a word that others stand for.
const SIGNS: [char; 6] = ['§', '%', '€', '$', '£', '°'];
/// Most other spellings and synonyms of one word.
const MAX_VARIANTS: usize = 24;

/// The words of a query, in its order.
#[must_use]
pub fn parse(query: &Query, options: ExpansionOptions<'_>, analyzer: &mut Analyzer) -> Vec<ParsedWord> {
    let exclusions = read_exclusions(options.excluded, analyzer);
    let related = options.german && options.related.apply(query);
    let mut gatherer = Gatherer { query, options, related, exclusions, analyzer, words: Vec::new(), position: 0 };
    gatherer.gather(
        &query.root,
        Context { field: None, negated: false, exact: !options.german, placed: false, boost: 1.0 },
    );
    gatherer.words
}

/// What surrounds a node.
#[derive(Clone, Copy)]
struct Context {
    field: Option<Field>,
    negated: bool,
    exact: bool,
    /// Whether an operator asks for places.
    placed: bool,
    boost: f32,
}

struct Gatherer<'a> {
    query: &'a Query,
    options: ExpansionOptions<'a>,
    /// Whether words of the same family are searched.
    related: bool,
    exclusions: Vec<Exclusion>,
    analyzer: &'a mut Analyzer,
    words: Vec<ParsedWord>,
    position: u32,
}

/// A word of the query with its readings.
struct Read {
    typed: String,
    exact: Box<str>,
    readings: Vec<Terms>,
}

impl Gatherer<'_> {
    fn gather(&mut self, node: &Node, context: Context) {
        match node {
            Node::Word(span) => self.add(span, context, false),
            Node::Phrase(span) => self.add(span, context, true),
            Node::Pattern(span) => self.add_pattern(span, Pattern::wildcard, context),
            Node::Fuzzy(span, edits) => self.add_pattern(span, |typed| Pattern::fuzzy(typed, *edits), context),
            Node::Exact(inner) => self.gather(inner, Context { exact: true, ..context }),
            Node::Boost(boost, inner) => {
                self.gather(inner, Context { boost: context.boost * f32::from(*boost) / 100.0, ..context });
            }
            Node::Close(_, left, right) => {
                self.gather(left, Context { placed: true, ..context });
                self.gather(right, Context { placed: true, ..context });
            }
            Node::AtLeast(_, inner) => self.gather(inner, Context { placed: true, ..context }),
            Node::All(nodes) => self.gather_side_by_side(nodes, context),
            Node::And(nodes) | Node::Or(nodes) => {
                for node in nodes {
                    self.gather(node, context);
                }
            }
            Node::Not(inner) => self.gather(inner, Context { negated: !context.negated, ..context }),
            Node::Field(field, inner) => self.gather(inner, Context { field: Some(*field), ..context }),
            Node::Published(_) => {}
        }
    }

    /// Words side by side; what some of them are together is searched too.
    fn gather_side_by_side(&mut self, nodes: &[Node], context: Context) {
        let mut run = self.words.len();
        for node in nodes {
            let next = self.words.len();
            self.gather(node, context);
            let plain = |ParsedWord(word): &ParsedWord| word.stems.len() == 1 && word.pattern.is_none() && !word.exact;
            let goes_on = matches!(node, Node::Word(_)) && self.words[next..].iter().all(plain);
            if !goes_on {
                self.add_together(run..next);
                run = self.words.len();
            }
        }
        self.add_together(run..self.words.len());
    }

    /// Adds to the words of a run what several of them are together.
    fn add_together(&mut self, run: Range<usize>) {
        if !self.options.names {
            return;
        }
        let typed: Vec<String> = self.words[run.clone()].iter().map(|ParsedWord(word)| word.typed.clone()).collect();
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        if typed.len() < 2 {
            return;
        }
        let together = self.analyzer.together(&typed);
        let together = together.into_iter().filter(|(_, label)| !self.options.excluded.contains(label));
        for (place, label) in together.take(MAX_VARIANTS).collect::<Vec<_>>() {
            let kind = if is_number(&label) { ExpansionKind::Joined } else { ExpansionKind::Synonym };
            let expansion = self.variant(kind, &label);
            for ParsedWord(word) in &mut self.words[run.start + place.start..run.start + place.end] {
                if !word.expansions.iter().any(|known| known.slots == expansion.slots) {
                    word.expansions.push(expansion.clone());
                }
            }
        }
    }

    /// Another word or name that is searched.
    fn variant(&mut self, kind: ExpansionKind, label: &str) -> Expansion {
        let text = normalize(label).into_owned();
        let spans: Vec<_> = findbuch_german::words(&text).collect();
        let slots: Vec<Vec<Box<str>>> = if is_number(&text) {
            vec![vec![self.analyzer.entry(&text).stem().into()]]
        } else {
            spans.iter().map(|span| stems(&self.analyzer.readings(&text[span.clone()]))).collect()
        };
        let within = slots.len() == 1 && self.options.compounds;
        Expansion::new(kind, label, slots, within)
    }

    /// A word with the forms of other words besides its own, or instead.
    fn add_pattern(&mut self, span: &Span, pattern: impl Fn(&str) -> Pattern, context: Context) {
        let typed = self.query.slice(span).to_owned();
        let pattern = pattern(&normalize(&typed));
        let mut word = Word {
            span: span.clone(),
            forms: Vec::new(),
            parts: vec![typed.clone()],
            stems: vec![Vec::new()],
            position: self.position,
            field: context.field,
            members: None,
            negated: context.negated,
            functional: false,
            phrase: false,
            exact: true,
            placed: context.placed || context.field.is_some_and(Field::is_part),
            compound_parts: Vec::new(),
            pattern: Some(pattern),
            boost: context.boost,
            expansions: vec![Expansion::new(ExpansionKind::Pattern, &typed, vec![Vec::new()], false)],
            excluded_phrases: Vec::new(),
            typed,
        };
        exclude(&mut word, &self.exclusions);
        self.words.push(ParsedWord(word));
        self.position += 1;
    }

    fn add(&mut self, span: &Span, context: Context, phrase: bool) {
        let slice = self.query.slice(span);
        let raw = context.field.is_some_and(Field::is_raw);
        let typed = if raw { slice } else { without_marks(slice) };
        // ^Lang: a noun or name, as it is written
        let capital = typed.strip_prefix('^').filter(|_| !raw && !phrase);
        let typed = capital.unwrap_or(typed).to_owned();
        let text = normalize(&typed);
        let tokens = self.analyzer.tokens(&text);
        if tokens.is_empty() && !raw {
            return;
        }
        let joined: Vec<Terms> =
            tokens.iter().flat_map(|t| t.also.iter()).filter(|_| !phrase).map(|(terms, _)| terms.clone()).collect();
        let read: Vec<Read> = tokens
            .into_iter()
            .map(|token| {
                let typed = text[token.span].to_owned();
                let readings = match capital {
                    Some(_) => vec![self.analyzer.entry(&typed).into()],
                    None => self.analyzer.readings(&typed),
                };
                Read { readings, exact: token.terms.exact, typed }
            })
            .collect();
        let by_form = context.exact || context.field.is_some_and(|field| !field.is_part());
        let mut expansions = if by_form { vec![form(&typed, &read)] } else { self.expansions(&typed, &read, phrase) };
        // of a date with a year the date in figures, which stands before day and month
        let joined = match joined.as_slice() {
            [only] => Some(only),
            [first, ..] if is_number(&first.exact) => Some(first),
            _ => None,
        };
        if !by_form && let Some(only) = joined {
            expansions.push(Expansion::new(
                ExpansionKind::Joined,
                &only.exact,
                vec![vec![only.stem.clone()]],
                self.options.compounds,
            ));
            if read.len() == 1 && typed.contains(SIGNS) {
                expansions.retain(|expansion| expansion.kind == ExpansionKind::Joined);
            }
        }
        let members = self.options.members.filter(|_| context.field == Some(Field::Collection));
        let members = members.and_then(|members| members.ids(&typed));
        let functional = !raw && read.iter().all(|word| is_stop_word(&word.exact));
        let mut word = Word {
            span: span.clone(),
            typed,
            forms: read.iter().map(|word| word.exact.clone()).collect(),
            parts: read.iter().map(|word| word.typed.clone()).collect(),
            stems: read.iter().map(Read::stems).collect(),
            position: self.position,
            field: context.field,
            members,
            negated: context.negated,
            functional,
            phrase,
            exact: context.exact,
            placed: context.placed || context.field.is_some_and(Field::is_part),
            compound_parts: if by_form || phrase || !self.options.compounds {
                Vec::new()
            } else {
                read.iter().map(compound_parts).collect()
            },
            pattern: None,
            boost: context.boost,
            expansions,
            excluded_phrases: Vec::new(),
        };
        if !by_form {
            exclude(&mut word, &self.exclusions);
        }
        self.words.push(ParsedWord(word));
        self.position += u32::try_from(read.len()).unwrap_or(u32::MAX);
    }

    fn expansions(&mut self, typed: &str, read: &[Read], phrase: bool) -> Vec<Expansion> {
        let slots: Vec<Vec<Box<str>>> = read.iter().map(Read::stems).collect();
        let compounds = self.options.compounds;
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
        if self.options.names {
            let genitive = key.strip_suffix('s').filter(|base| base.len() > 3);
            let spellings = names::spellings(&key).or_else(|| genitive.and_then(names::spellings));
            others.extend(spellings.into_iter().flatten().map(|name| (ExpansionKind::Name, (*name).to_owned())));
            let same = self.analyzer.same_meaning(typed, &key);
            others.extend(same.into_iter().map(|word| (ExpansionKind::Synonym, word)));
        }
        if let Some(synonyms) = self.options.synonyms {
            let stems: Vec<Box<str>> =
                read.iter().filter_map(|word| Some(word.readings.first()?.stem.clone())).collect();
            others.extend(synonyms.of(&stems).into_iter().map(|word| (ExpansionKind::Synonym, word)));
        }
        if let [word] = read
            && self.related
            && !phrase
        {
            let stem = word.readings.first().map_or("", |terms| &*terms.stem);
            others.extend(findbuch_german::relatives(stem).into_iter().map(|word| (ExpansionKind::Related, word)));
        }
        others.retain(|(_, label)| !self.options.excluded.contains(label));
        for (kind, label) in others.into_iter().take(MAX_VARIANTS) {
            let variant = self.variant(kind, &label);
            let known = variant.slots.is_empty() || found.iter().any(|expansion| expansion.slots == variant.slots);
            if !known {
                found.push(variant);
            }
        }
        found
    }
}

impl Read {
    fn stems(&self) -> Vec<Box<str>> {
        stems(&self.readings)
    }
}

/// The form typed, and nothing else.
fn form(typed: &str, read: &[Read]) -> Expansion {
    let slots = read.iter().map(|word| vec![word.exact.clone()]).collect();
    Expansion::new(ExpansionKind::Form, typed, slots, false)
}

/// The stems of a compound's parts; none where the word is none.
fn compound_parts(word: &Read) -> Vec<Box<str>> {
    let terms = word.readings.iter().find(|terms| terms.parts.len() > 1);
    terms.map_or(Vec::new(), |terms| terms.parts.iter().map(|part| part.stem.clone()).collect())
}

/// What is typed, without the punctuation marks behind it: the question mark of a question is none of its last word.
fn without_marks(typed: &str) -> &str {
    let plain = typed.trim_end_matches(['?', '!', '.', ',', ';', ':']);
    if plain.is_empty() { typed } else { plain }
}

/// Whether words with hyphens are a compound, not a name such as Jong-un: the last is a noun.
fn is_hyphenated_compound(read: &[Read]) -> bool {
    let long = |word: &Read| word.typed.chars().count() >= 3 && !is_stop_word(&word.exact);
    let noun = read.last().is_some_and(|word| word.typed.starts_with(char::is_uppercase));
    (2..=MAX_PARTS).contains(&read.len()) && noun && read.iter().all(long)
}
