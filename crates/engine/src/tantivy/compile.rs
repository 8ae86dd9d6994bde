//! A query's tree to tantivy's query types: what must match, and which words count for the score.

use super::narrow::{published, restriction};
use super::positions::Positions;
use super::schema::Fields;
use super::sets::{Gathering, Terms};
use super::spans::Spans;
use crate::SearchRequest;
use crate::deadline::Deadline;
use crate::plan::expansion::{Expansion, ExpansionKind};
use crate::plan::position_expr::PositionExpr;
use crate::plan::words::{NEAR_PARTS, Word};
use findbuch_german::normalize;
use findbuch_query::{Field, Node, Span};
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field as SchemaField, IndexRecordOption};

/// A query ready to run.
pub struct Compiled {
    /// Articles that have all that is asked for.
    pub matching: Box<dyn TantivyQuery>,
    /// The words that are scored, in the query's order.
    pub words: Vec<Word>,
    /// What articles that lack some of the words must have all the same, where such articles are shown at all.
    pub partial: Option<Partial>,
    /// The phrases whose forms must be looked up in the article itself.
    pub exact_phrases: Vec<Vec<Box<str>>>,
    /// When all must have been found.
    pub deadline: Deadline,
}

/// How articles that lack some words are found.
pub struct Partial {
    /// What is demanded of them, phrases too; nothing demands nothing.
    pub required: Option<Box<dyn TantivyQuery>>,
    /// What is demanded where not even one article has all.
    pub last_required: Option<Box<dyn TantivyQuery>>,
    /// Which of the scored words may be missing.
    pub optional: Vec<usize>,
    /// The plain words and phrases as typed, with what they match.
    pub nodes: Vec<(String, Box<dyn TantivyQuery>)>,
}

/// What a node matches, or nothing where it has no word in it.
pub type Matching = Option<Box<dyn TantivyQuery>>;

/// Compiles a request's query, its words looked up.
pub fn compile(request: &SearchRequest<'_>, fields: &Fields, words: &[Word], deadline: &Deadline) -> Compiled {
    let compiler = Compiler { fields, words, deadline };
    let root = &request.query.root;
    let restriction = restriction(request, fields);
    let matching = compiler.node(root).unwrap_or_else(|| Box::new(EmptyQuery));
    let matching = boolean(
        std::iter::once(matching)
            .chain(restriction.as_ref().map(|query| query.box_clone()))
            .map(|q| (Occur::Must, q))
            .collect(),
    );
    let scored = scored(words);
    let partial = compiler.partial(root, &scored, restriction.as_deref());
    let exact_phrases = words
        .iter()
        .filter(|word| word.exact && word.pattern.is_none() && !word.negated && word.forms.len() > 1)
        .map(|word| word.forms.clone())
        .collect();
    let matching = matching.unwrap_or_else(|| Box::new(EmptyQuery));
    Compiled { matching, words: scored, partial, exact_phrases, deadline: deadline.clone() }
}

/// The words that count for the score: no excluded ones, function words only where there are no others, each once.
pub fn scored(words: &[Word]) -> Vec<Word> {
    let candidates = || words.iter().filter(|w| !w.negated && !is_by_form(w.field));
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
pub fn is_by_form(field: Option<Field>) -> bool {
    field.is_some_and(|field| !field.is_part())
}

pub fn term(term: Term) -> Box<dyn TantivyQuery> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// Lowers a tree and its words.
pub struct Compiler<'a> {
    /// The index's fields.
    pub fields: &'a Fields,
    /// The query's words.
    pub words: &'a [Word],
    /// When all must have been found.
    pub deadline: &'a Deadline,
}

impl Compiler<'_> {
    fn node(&self, node: &Node) -> Matching {
        match node {
            Node::Word(span) | Node::Phrase(span) | Node::Pattern(span) | Node::Fuzzy(span, _) => {
                self.word_at(span).and_then(|word| self.word(word))
            }
            Node::All(nodes) => self.all(nodes),
            Node::And(nodes) => boolean(nodes.iter().filter_map(|node| self.occurrence(node)).collect()),
            Node::Or(nodes) => {
                boolean(nodes.iter().filter_map(|node| Some((Occur::Should, self.node(node)?))).collect())
            }
            Node::Not(_) => boolean(self.occurrence(node).into_iter().collect()),
            Node::Field(_, inner) | Node::Exact(inner) | Node::Boost(_, inner) => self.node(inner),
            Node::Close(..) => self.spans(node, 1),
            Node::AtLeast(least, inner) => self.spans(inner, usize::from(*least)),
            Node::Published(range) => Some(published(self.fields.day, (range.from, range.until))),
        }
    }

    /// Articles in which a node has at least so many places.
    fn spans(&self, node: &Node, least: usize) -> Matching {
        Some(self.places(PositionExpr::of(node, self.words)?, least))
    }

    fn places(&self, expr: PositionExpr, least: usize) -> Box<dyn TantivyQuery> {
        Box::new(Spans { expr, least, fields: *self.fields, deadline: self.deadline.clone() })
    }

    /// The word at a place of the query; none if nothing in it can be searched.
    fn word_at(&self, span: &Span) -> Option<&Word> {
        self.words.iter().find(|word| word.span == *span)
    }

    /// A member of a conjunction: demanded or, under a negation, excluded.
    fn occurrence(&self, node: &Node) -> Option<(Occur, Box<dyn TantivyQuery>)> {
        match node {
            Node::Not(inner) => Some((Occur::MustNot, self.node(inner)?)),
            _ => Some((Occur::Must, self.node(node)?)),
        }
    }

    /// Words side by side: function words among them are not demanded, unless there are no others.
    fn all(&self, nodes: &[Node]) -> Matching {
        let any = nodes.iter().any(|node| !self.is_function_word(node) && !matches!(node, Node::Not(_)));
        let demanded = nodes.iter().filter(|node| !any || !self.is_function_word(node));
        boolean(demanded.filter_map(|node| self.occurrence(node)).collect())
    }

    fn is_function_word(&self, node: &Node) -> bool {
        match node {
            Node::Word(span) => self.word_at(span).is_some_and(|word| word.functional),
            Node::Boost(_, inner) => self.is_function_word(inner),
            _ => false,
        }
    }

    /// A word as any of what it is searched as.
    pub fn word(&self, word: &Word) -> Matching {
        let either = word.expansions.iter().filter_map(|expansion| self.expansion(word, expansion));
        boolean(either.map(|query| (Occur::Should, query)).collect())
    }

    /// A word as one of the things it is searched as.
    pub fn expansion(&self, word: &Word, expansion: &Expansion) -> Matching {
        if word.field.is_some_and(Field::is_raw) {
            return Some(self.piece(word));
        }
        if word.field.is_some_and(Field::is_part) || word.is_reduced(expansion) {
            return Some(self.places(PositionExpr::of_expansion(word, expansion), 1));
        }
        if expansion.kind == ExpansionKind::Pattern {
            return self.pattern(word, expansion);
        }
        if expansion.kind == ExpansionKind::Form && !is_by_form(word.field) {
            return self.form(word);
        }
        let between = (expansion.kind == ExpansionKind::Decompounded).then_some(NEAR_PARTS);
        let fields = searched(self.fields, word.field).into_iter();
        let mut queries: Vec<_> = fields.filter_map(|field| self.positions(field, &expansion.slots, between)).collect();
        if word.field.is_none() && expansion.within {
            queries.extend(self.within(word, expansion));
        }
        boolean(queries.into_iter().map(|query| (Occur::Should, query)).collect())
    }

    /// A word within compounds.
    pub fn within(&self, word: &Word, expansion: &Expansion) -> Matching {
        if !word.off.is_empty() {
            return Some(self.places(PositionExpr::within(word, expansion), 1));
        }
        self.positions(self.fields.parts, &expansion.slots, None)
    }

    /// Words in a field, side by side or with others among them; one word is any of its terms.
    fn positions(&self, field: SchemaField, slots: &[Vec<Box<str>>], between: Option<u32>) -> Matching {
        let terms = |words: &Vec<Box<str>>| -> Vec<Term> {
            words.iter().map(|word| Term::from_field_text(field, word)).collect()
        };
        match slots {
            [] => None,
            [words] => boolean(terms(words).into_iter().map(|found| (Occur::Should, term(found))).collect()),
            _ => {
                let slots = slots.iter().map(terms).collect();
                Some(Box::new(Positions { field, slots, between, deadline: self.deadline.clone() }))
            }
        }
    }

    /// A piece of an address; where `*` stands in it, several that follow each other.
    fn piece(&self, word: &Word) -> Box<dyn TantivyQuery> {
        let Fields { url, id, file, .. } = *self.fields;
        let fields = match word.field {
            Some(Field::Url) => vec![(url, false), (id, true)],
            Some(Field::Path) => vec![(file, false)],
            _ => vec![(id, false)],
        };
        let typed = normalize(&word.typed).to_lowercase();
        let pieces = typed.split('*').filter(|piece| !piece.is_empty()).map(str::to_owned).collect();
        let terms = Terms::Containing { fields, pieces };
        Box::new(Gathering { terms, deadline: self.deadline.clone() })
    }

    /// The forms of the archive that a word means; in a part of the article with their stems.
    fn pattern(&self, word: &Word, expansion: &Expansion) -> Matching {
        let terms = |field, words: &[Box<str>]| -> Vec<Term> {
            words.iter().map(|word| Term::from_field_text(field, word)).collect()
        };
        let listed = |terms| -> Box<dyn TantivyQuery> {
            Box::new(Gathering { terms: Terms::Listed(terms), deadline: self.deadline.clone() })
        };
        let forms: &[Box<str>] = expansion.slots.first().map_or(&[], Vec::as_slice);
        if word.field.is_none() {
            return Some(listed(terms(self.fields.exact, forms)));
        }
        let by_form = is_by_form(word.field);
        let there = if by_form { forms } else { word.stems.first().map_or(&[][..], Vec::as_slice) };
        let fields = searched(self.fields, word.field);
        let there = listed(fields.into_iter().flat_map(|field| terms(field, there)).collect());
        let mut all = vec![(Occur::Must, there)];
        if !by_form {
            all.push((Occur::Must, listed(terms(self.fields.exact, forms))));
        }
        boolean(all)
    }

    /// A word in the form typed; several side by side.
    pub fn form(&self, word: &Word) -> Matching {
        let forms = word.forms.iter().map(|form| term(Term::from_field_text(self.fields.exact, form)));
        let mut all: Vec<_> = forms.map(|query| (Occur::Must, query)).collect();
        if word.forms.len() > 1 || word.field.is_some() {
            let fields = searched(self.fields, word.field).into_iter();
            let together = fields.filter_map(|field| Some((Occur::Should, self.positions(field, &word.stems, None)?)));
            all.extend(boolean(together.collect()).map(|query| (Occur::Must, query)));
        }
        boolean(all)
    }

    /// What articles that lack some of the plain words must have, if there are two such words or more.
    fn partial(&self, root: &Node, scored: &[Word], within: Option<&dyn TantivyQuery>) -> Option<Partial> {
        let Node::All(nodes) = root else { return None };
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
            let clauses = kept.filter_map(|node| self.occurrence(node));
            boolean(clauses.chain(within.map(|query| (Occur::Must, query.box_clone()))).collect())
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

/// What a boost is given to.
fn unboosted(node: &Node) -> &Node {
    match node {
        Node::Boost(_, inner) => unboosted(inner),
        _ => node,
    }
}

/// The fields that a word is looked for in.
pub fn searched(fields: &Fields, field: Option<Field>) -> Vec<SchemaField> {
    match field {
        None => vec![fields.text],
        Some(Field::Headline | Field::Kicker | Field::Lead | Field::Body | Field::Caption | Field::Quote) => {
            vec![fields.text]
        }
        Some(Field::Author) => vec![fields.author],
        Some(Field::Section) => vec![fields.section],
        Some(Field::Source) => vec![fields.source],
        Some(Field::Agency) => vec![fields.agency],
        Some(Field::Tag) => vec![fields.tag],
        Some(Field::Url) => vec![fields.url],
        Some(Field::Path) => vec![fields.file],
        Some(Field::Id) => vec![fields.id],
    }
}

/// Joins clauses; exclusions alone exclude from everything.
fn boolean(mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)>) -> Matching {
    match clauses.len() {
        0 => None,
        1 if clauses[0].0 != Occur::MustNot => clauses.pop().map(|(_, query)| query),
        _ => {
            if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                clauses.push((Occur::Must, Box::new(AllQuery)));
            }
            Some(Box::new(BooleanQuery::new(clauses)))
        }
    }
}
