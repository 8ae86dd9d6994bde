//! Which articles match: a query's tree and a request's limits as one tree over words that are resolved, which each engine lowers
//! to queries of its own.

use crate::analysis::furniture;
use crate::analysis::segments::SegmentKind;
use crate::collections::Ids;
use crate::facets::FacetField;
use crate::plan::form_phrase::FormPhrase;
use crate::plan::phrases::members;
use crate::plan::position_expr::PositionExpr;
use crate::plan::request::SearchRequest;
use crate::plan::word::{Expansion, ExpansionKind, WORDS_BETWEEN_PARTS, Word};
use crate::surnames::Surnames;
use findbuch_german::normalize;
use findbuch_query::{DateRange, Field, Node, Span};
use std::path::PathBuf;

/// Articles that match.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// None.
    Nothing,
    /// Those that match all of the first and none of the second; with exclusions alone, all others.
    All(Vec<Match>, Vec<Match>),
    /// Those that match any.
    Any(Vec<Match>),
    /// Those with words in the text.
    Text(WordSlots),
    /// Those with a compound in the text that has a part with any of these stems.
    Parts(Vec<Box<str>>),
    /// Those with any of these forms in the text.
    Forms(Vec<Box<str>>),
    /// Those with words in a name of the field, by form.
    Names(Field, WordSlots),
    /// Those with any of these forms in a name of the field.
    NameForms(Field, Vec<Box<str>>),
    /// Those with forms side by side in a text.
    Phrase(FormPhrase),
    /// Those with at least so many places of an expression.
    Places(PositionExpr, usize),
    /// Those with words in page furniture, by the terms of [`crate::analysis::furniture`].
    Furniture(WordSlots),
    /// Those whose address, path or id has these pieces in this order, in any case; in lower case here.
    Address(Option<Field>, Vec<String>),
    /// Those published in these days; without bounds all, dated or not.
    Published(DateRange),
    /// Those from a file, or from files below a folder.
    Under(PathBuf),
    /// Those that have one of these ids.
    Ids(Ids),
    /// Those that the facet counts under the value; facets of time are [`Match::Published`].
    Facet(FacetField, String),
}

/// Words together: for each the stems, or forms, that match it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordSlots {
    /// The words; not empty.
    pub slots: Vec<Vec<Box<str>>>,
    /// Nothing: side by side in this order. A number: in any order, with at most as many others among them.
    pub between: Option<u32>,
}

/// How articles that lack some words are found.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial {
    /// What is required of them, phrases included.
    pub required: Option<Match>,
    /// What is required if no article has all.
    pub last_required: Option<Match>,
    /// Which of the scored words may be missing.
    pub optional: Vec<usize>,
    /// The plain words and phrases as typed, with what they match.
    pub nodes: Vec<(String, Match)>,
}

/// Which articles a request finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Matching {
    /// Those that have all that is asked for.
    pub matching: Match,
    /// For each facet whose values limit the result those that would match if they did not: what the facet counts.
    pub facets: Vec<(FacetField, Match)>,
    /// What articles must have that lack some of the words, where such articles are shown.
    pub partial: Option<Partial>,
    /// Whether phrases of forms are looked up in articles themselves, which costs too much for articles that lack some words.
    pub reads_articles: bool,
}

/// The articles that a request finds, its words resolved; `root` is that of the query that is searched, `scored` are the words that
/// are scored.
#[must_use]
pub fn matching(
    request: &SearchRequest<'_>,
    root: &Node,
    words: &[Word],
    scored: &[Word],
    surnames: &Surnames,
) -> Matching {
    let tree = Tree { words, furniture: request.furniture, surnames };
    let limits = limits(request, None, surnames);
    let matching = tree.node(root).unwrap_or(Match::Nothing);
    let limited = |limits: Vec<Match>| {
        all(std::iter::once(matching.clone()).chain(limits).collect(), Vec::new()).unwrap_or(Match::Nothing)
    };
    let is_form_phrase = |word: &Word| word.exact && word.forms.len() > 1 && word.field.is_none_or(Field::is_part);
    Matching {
        facets: limiting(request).map(|facet| (facet, limited(self::limits(request, Some(facet), surnames)))).collect(),
        matching: limited(limits.clone()),
        partial: tree.partial(root, scored, &limits),
        reads_articles: words.iter().any(|word| word.pattern.is_none() && is_form_phrase(word)),
    }
}

/// The words that count for the score: no excluded ones, function words only where there are no others, each once.
#[must_use]
pub fn scored(words: &[Word]) -> Vec<Word> {
    let candidates = || words.iter().filter(|word| !word.negated && !is_by_form(word.field));
    let only_functional = candidates().all(|word| word.functional);
    let mut scored: Vec<Word> = Vec::new();
    for word in candidates().flat_map(Word::single_words).filter(|word| only_functional || !word.functional) {
        match scored.iter_mut().find(|known| known.expansions == word.expansions) {
            Some(known) => known.boost = known.boost.max(word.boost),
            None => scored.push(word),
        }
    }
    scored
}

/// Whether a field is searched by forms instead of stems.
fn is_by_form(field: Option<Field>) -> bool {
    field.is_some_and(|field| !field.is_part())
}

/// The facets whose values limit a request.
fn limiting<'a>(request: &'a SearchRequest<'_>) -> impl Iterator<Item = FacetField> + 'a {
    let limits = |facet: &FacetField| request.only.iter().chain(request.not).any(|(field, _)| field == facet);
    FacetField::ALL.into_iter().filter(limits)
}

/// Restrictions of a request beside its query: a folder, values of facets but for those of `free`, days.
fn limits(request: &SearchRequest<'_>, free: Option<FacetField>, surnames: &Surnames) -> Vec<Match> {
    let mut limits: Vec<Match> = request.within.map(|path| Match::Under(path.to_path_buf())).into_iter().collect();
    let under = |values: &[(FacetField, String)], facet: FacetField| -> Vec<Match> {
        values
            .iter()
            .filter(|(field, _)| *field == facet)
            .flat_map(|(_, value)| under_value(facet, value, surnames))
            .collect()
    };
    for facet in limiting(request).filter(|facet| Some(*facet) != free) {
        limits.extend(any(under(request.only, facet)));
        let excluded = under(request.not, facet);
        limits.extend((!excluded.is_empty()).then_some(Match::All(Vec::new(), excluded)));
    }
    limits.extend(request.published.map(Match::Published));
    limits
}

/// The articles that a facet counts under a value; none under what is no year or month.
fn under_value(facet: FacetField, value: &str, surnames: &Surnames) -> Vec<Match> {
    if let Some(unit) = facet.unit() {
        return vec![unit.days_of(value).map_or(Match::Nothing, Match::Published)];
    }
    let alone = surnames.alone(value).filter(|_| facet == FacetField::Person);
    std::iter::once(value).chain(alone).map(|name| Match::Facet(facet, name.to_owned())).collect()
}

/// A query's tree with its words.
struct Tree<'a> {
    words: &'a [Word],
    /// Whether words are looked for in page furniture too.
    furniture: bool,
    /// Whom surnames alone stand for.
    surnames: &'a Surnames,
}

/// A member of a conjunction.
enum Member {
    Demanded(Match),
    Excluded(Match),
}

impl Tree<'_> {
    /// What a node matches; nothing where it has no word that can be searched.
    fn node(&self, node: &Node) -> Option<Match> {
        match node {
            Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
                self.word_at(span).and_then(|word| self.word(word))
            }
            Node::All(_) => self.side_by_side(&members(node)),
            Node::And(nodes) => conjunction(nodes.iter().filter_map(|node| self.member(node)), &[]),
            Node::Or(nodes) => any(nodes.iter().filter_map(|node| self.node(node)).collect()),
            Node::Not(_) => conjunction(self.member(node).into_iter(), &[]),
            Node::Field(_, inner) | Node::Exact(inner) | Node::Boost(_, inner) => self.node(inner),
            Node::Close(..) => self.places(node, 1),
            Node::AtLeast(least, inner) => self.places(inner, usize::from(*least)),
            Node::Published(range) => Some(Match::Published(*range)),
        }
    }

    /// Articles in which a node has at least so many places.
    fn places(&self, node: &Node, least: usize) -> Option<Match> {
        Some(Match::Places(PositionExpr::of(node, self.words)?, least))
    }

    /// Those with a word in their text, or in page furniture. What is excluded, and a function word, counts in the text alone.
    fn word(&self, word: &Word) -> Option<Match> {
        let in_text = word_match(word)?;
        let alone = self.surnames.alone_by_forms(&word.forms).filter(|_| word.field == Some(Field::Person));
        if let Some(alone) = alone {
            return any(vec![in_text, Match::Facet(FacetField::Person, alone.to_owned())]);
        }
        if !self.furniture || word.negated || word.functional || word.field.is_some() {
            return Some(in_text);
        }
        let furniture = word.expansions.iter().flat_map(|expansion| furniture_slots(word, expansion));
        let mut found = match in_text {
            Match::Any(found) => found,
            one => vec![one],
        };
        found.extend(furniture.map(Match::Furniture));
        any(found)
    }

    /// The word at a place of the query; none if nothing in it can be searched.
    fn word_at(&self, span: &Span) -> Option<&Word> {
        self.words.iter().find(|word| word.span == *span)
    }

    fn member(&self, node: &Node) -> Option<Member> {
        match node {
            Node::Not(inner) => Some(Member::Excluded(self.node(inner)?)),
            _ => Some(Member::Demanded(self.node(node)?)),
        }
    }

    /// Words side by side in a query: function words among them are required only if there are no others.
    fn side_by_side(&self, nodes: &[&Node]) -> Option<Match> {
        let some = nodes.iter().any(|node| !self.is_function_word(node) && !matches!(node, Node::Not(_)));
        let demanded = nodes.iter().filter(|node| !some || !self.is_function_word(node));
        conjunction(demanded.filter_map(|node| self.member(node)), &[])
    }

    fn is_function_word(&self, node: &Node) -> bool {
        match node {
            Node::Word(span) => self.word_at(span).is_some_and(|word| word.functional),
            Node::Boost(_, inner) => self.is_function_word(inner),
            _ => false,
        }
    }

    /// How articles that lack some plain words are found, if there are at least two such words.
    fn partial(&self, root: &Node, scored: &[Word], limits: &[Match]) -> Option<Partial> {
        if !matches!(root, Node::All(_)) {
            return None;
        }
        let nodes = members(root);
        let plain = || {
            nodes.iter().filter_map(|node| match unboosted(node) {
                Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
                    self.word_at(span)
                }
                _ => None,
            })
        };
        let demanded = |phrases: bool| {
            let kept = nodes.iter().filter(|node| match unboosted(node) {
                Node::Word(_) | Node::Pattern(_) | Node::Fuzzy(..) => false,
                Node::Phrase(_) => phrases,
                _ => true,
            });
            conjunction(kept.filter_map(|node| self.member(node)), limits)
        };
        let optional: Vec<usize> = (0..scored.len())
            .filter(|at| plain().flat_map(Word::single_words).any(|w| w.expansions == scored[*at].expansions))
            .collect();
        let nodes: Vec<_> = plain()
            .filter(|word| !word.functional)
            .filter_map(|word| Some((word.typed.clone(), self.word(word)?)))
            .collect();
        let last_required = demanded(false);
        let enough = optional.len() + usize::from(last_required.is_some()) > 1;
        enough.then(|| Partial { required: demanded(true), last_required, optional, nodes })
    }
}

/// A node without its boost.
fn unboosted(node: &Node) -> &Node {
    match node {
        Node::Boost(_, inner) => unboosted(inner),
        _ => node,
    }
}

/// A word as any of what it is searched as.
#[must_use]
pub fn word_match(word: &Word) -> Option<Match> {
    any(word.expansions.iter().filter_map(|expansion| expansion_match(word, expansion)).collect())
}

/// A word as one of the things it is searched as.
#[must_use]
pub fn expansion_match(word: &Word, expansion: &Expansion) -> Option<Match> {
    if word.field == Some(Field::Collection) {
        return Some(word.members.clone().map_or(Match::Nothing, Match::Ids));
    }
    if word.field.is_some_and(Field::is_raw) {
        return Some(address(word));
    }
    let by_form = expansion.kind == ExpansionKind::Form;
    if by_form && word.forms.len() > 1 && word.field.is_none_or(Field::is_part) {
        return Some(form_phrase(word));
    }
    if word.field.is_some_and(Field::is_part) || word.excludes_of(expansion) {
        return Some(Match::Places(PositionExpr::of_expansion(word, expansion), 1));
    }
    if expansion.kind == ExpansionKind::Pattern {
        let forms = expansion.slots.first().cloned().unwrap_or_default();
        return Some(word.field.map_or(Match::Forms(forms.clone()), |field| Match::NameForms(field, forms)));
    }
    if let (ExpansionKind::Form, None) = (expansion.kind, word.field) {
        return form_match(word);
    }
    let between = (expansion.kind == ExpansionKind::Decompounded).then_some(WORDS_BETWEEN_PARTS);
    if expansion.slots.is_empty() {
        return None;
    }
    let slots = WordSlots { slots: expansion.slots.clone(), between };
    match word.field {
        Some(field) => Some(Match::Names(field, slots)),
        None if expansion.within => any(vec![Match::Text(slots), within_match(word, expansion)]),
        None => Some(Match::Text(slots)),
    }
}

/// A word of one expansion within compounds.
#[must_use]
pub fn within_match(word: &Word, expansion: &Expansion) -> Match {
    if !word.excluded_phrases.is_empty() {
        return Match::Places(PositionExpr::within(word, expansion), 1);
    }
    Match::Parts(expansion.slots.iter().flatten().cloned().collect())
}

/// A word in the form typed; several side by side.
#[must_use]
pub fn form_match(word: &Word) -> Option<Match> {
    match word.forms.as_slice() {
        [] => None,
        [form] => Some(Match::Forms(vec![form.clone()])),
        _ => Some(form_phrase(word)),
    }
}

/// What an expansion of a word looks for in page furniture: nothing where some of what it would find is excluded.
fn furniture_slots(word: &Word, expansion: &Expansion) -> Vec<WordSlots> {
    let terms = |stems: &[Box<str>], term: fn(&str) -> Box<str>| stems.iter().map(|stem| term(stem)).collect();
    if word.excludes_of(expansion) || expansion.slots.iter().any(Vec::is_empty) || expansion.slots.is_empty() {
        return Vec::new();
    }
    let slots = match expansion.kind {
        ExpansionKind::Form => word.forms.iter().map(|form| vec![furniture::form(form)]).collect(),
        ExpansionKind::Pattern => expansion.slots.iter().map(|forms| terms(forms, furniture::form)).collect(),
        _ => expansion.slots.clone(),
    };
    let between = (expansion.kind == ExpansionKind::Decompounded).then_some(WORDS_BETWEEN_PARTS);
    let mut found = vec![WordSlots { slots, between }];
    if expansion.within {
        let parts = terms(&expansion.slots.concat(), furniture::part);
        found.push(WordSlots { slots: vec![parts], between: None });
    }
    found
}

fn form_phrase(word: &Word) -> Match {
    let kinds = word.field.and_then(SegmentKind::of_field);
    Match::Phrase(FormPhrase { forms: word.forms.clone(), stems: word.stems.clone(), kinds })
}

/// A piece of an address; where `*` stands in it, several that follow each other.
fn address(word: &Word) -> Match {
    let typed = normalize(&word.typed).to_lowercase();
    let pieces = typed.split('*').filter(|piece| !piece.is_empty()).map(str::to_owned).collect();
    Match::Address(word.field, pieces)
}

fn conjunction(members: impl Iterator<Item = Member>, limits: &[Match]) -> Option<Match> {
    let (mut demanded, mut excluded) = (Vec::new(), Vec::new());
    for member in members {
        match member {
            Member::Demanded(found) => demanded.push(found),
            Member::Excluded(found) => excluded.push(found),
        }
    }
    demanded.extend(limits.iter().cloned());
    all(demanded, excluded)
}

/// All of `demanded` and none of `excluded`; none if both are empty.
fn all(mut demanded: Vec<Match>, excluded: Vec<Match>) -> Option<Match> {
    match (demanded.len(), excluded.len()) {
        (0, 0) => None,
        (1, 0) => demanded.pop(),
        _ => Some(Match::All(demanded, excluded)),
    }
}

/// Any of these; none if there are none.
fn any(mut found: Vec<Match>) -> Option<Match> {
    if found.len() > 1 { Some(Match::Any(found)) } else { found.pop() }
}
