//! Words and phrases close to each other, in one sentence or paragraph, in parts of a kind, or often: positions compared exactly.
//!
//! What matches is a set of stretches of the text (after Clarke, Cormack, Burkowski 1995, but with all stretches, not the
//! shortest alone): two that are close make one from the first word to the last, which may be close to a third.

use super::bounds::{Bounds, BoundsReader};
use super::cursor::ahead;
use super::positions::{Positions, PositionsScorer};
use crate::engine::deadline::{Deadline, Watch};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Most stretches of one operand in one article; an article of more words than books have may lose some of those.
const MAX_STRETCHES: usize = 1 << 18;

/// Most pairs of stretches that are compared for one operator in one article.
const MAX_COMPARED: u32 = 1 << 24;

/// Pairs that take about as long as a document is passed over in.
const COMPARED_AS_DOCUMENT: u32 = 64;

/// First and last position of a stretch of text, and whether words between them may belong to others: two that are close to each
/// other leave room between them, a phrase does not.
pub type Stretch = (u32, u32, bool);

/// How close two operands must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// At most so many words between, in either order.
    Words(u32),
    /// The same, the first before the second.
    WordsInOrder(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// What has places in a text.
#[derive(Debug, Clone)]
pub enum Operand {
    /// Any of these terms, which have positions of `text`.
    Terms(Vec<Term>),
    /// Several words together.
    Together(Positions),
    /// Any of these.
    Any(Vec<Operand>),
    /// In articles that have of each of these one.
    Where(Vec<Vec<Term>>, Box<Operand>),
    /// Two at different places.
    Close(Within, Box<Operand>, Box<Operand>),
    /// In parts of these kinds.
    In(&'static [&'static str], Box<Operand>),
}

/// Articles in which an operand has at least so many places.
#[derive(Debug, Clone)]
pub struct Spans {
    pub operand: Operand,
    pub least: usize,
    /// The field of the bounds.
    pub bounds: Field,
    /// When they must have been found.
    pub deadline: Deadline,
}

impl Query for Spans {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(SpansWeight(self.clone())))
    }
}

struct SpansWeight(Spans);

impl Weight for SpansWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Spans { operand, least, bounds, deadline } = &self.0;
        let mut scorer = SpansScorer {
            source: Source::open(operand, segment)?,
            bounds: needs_bounds(operand).then(|| BoundsReader::open(segment, *bounds)).transpose()?,
            sentences: needs_sentences(operand),
            least: *least,
            watch: deadline.watch(),
            size: 0,
            document: 0,
            found: Vec::new(),
        };
        scorer.size = scorer.source.size();
        scorer.document = scorer.next_from(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("document {document} is not explained")))
    }
}

fn needs_bounds(operand: &Operand) -> bool {
    match operand {
        Operand::Terms(_) | Operand::Together(_) => false,
        Operand::Any(operands) => operands.iter().any(needs_bounds),
        Operand::Where(_, inner) => needs_bounds(inner),
        Operand::Close(..) | Operand::In(..) => true,
    }
}

fn needs_sentences(operand: &Operand) -> bool {
    match operand {
        Operand::Terms(_) | Operand::Together(_) => false,
        Operand::Any(operands) => operands.iter().any(needs_sentences),
        Operand::Where(_, inner) | Operand::In(_, inner) => needs_sentences(inner),
        Operand::Close(within, left, right) => {
            *within == Within::Sentence || needs_sentences(left) || needs_sentences(right)
        }
    }
}

/// An operand in one segment.
enum Source {
    Terms(Vec<SegmentPostings>),
    Together(Option<PositionsScorer>),
    Any(Vec<Source>),
    Where(Vec<Vec<SegmentPostings>>, Box<Source>),
    Close(Within, Box<Pair>),
    In(&'static [&'static str], Box<Source>),
}

struct Pair {
    left: Source,
    right: Source,
    found: (Vec<Stretch>, Vec<Stretch>),
}

impl Source {
    fn open(operand: &Operand, segment: &SegmentReader) -> tantivy::Result<Source> {
        let all = |terms: &[Term], option| -> tantivy::Result<Vec<SegmentPostings>> {
            let mut found = Vec::new();
            for term in terms {
                found.extend(segment.inverted_index(term.field())?.read_postings(term, option)?);
            }
            Ok(found)
        };
        Ok(match operand {
            Operand::Terms(terms) => Source::Terms(all(terms, IndexRecordOption::WithFreqsAndPositions)?),
            Operand::Together(positions) => Source::Together(positions.open(segment)?),
            Operand::Any(operands) => Source::Any(
                operands.iter().map(|operand| Source::open(operand, segment)).collect::<tantivy::Result<_>>()?,
            ),
            Operand::Where(terms, inner) => Source::Where(
                terms.iter().map(|terms| all(terms, IndexRecordOption::Basic)).collect::<tantivy::Result<_>>()?,
                Box::new(Source::open(inner, segment)?),
            ),
            Operand::Close(within, left, right) => {
                let (left, right) = (Source::open(left, segment)?, Source::open(right, segment)?);
                Source::Close(*within, Box::new(Pair { left, right, found: (Vec::new(), Vec::new()) }))
            }
            Operand::In(kinds, inner) => Source::In(kinds, Box::new(Source::open(inner, segment)?)),
        })
    }

    /// The first document from `target` on that may have it.
    fn next(&mut self, target: DocId) -> DocId {
        match self {
            Source::Terms(terms) => terms.iter_mut().map(|found| ahead(found, target)).min().unwrap_or(TERMINATED),
            Source::Together(found) => found.as_mut().map_or(TERMINATED, |found| ahead(found, target)),
            Source::Any(sources) => sources.iter_mut().map(|source| source.next(target)).min().unwrap_or(TERMINATED),
            Source::Where(_, inner) | Source::In(_, inner) => inner.next(target),
            Source::Close(_, pair) => {
                let mut document = pair.left.next(target);
                loop {
                    let right = pair.right.next(document);
                    if right == document || right == TERMINATED {
                        return right;
                    }
                    document = pair.left.next(right);
                    if document == right || document == TERMINATED {
                        return document;
                    }
                }
            }
        }
    }

    /// Most documents that can have it.
    fn size(&self) -> u32 {
        match self {
            Source::Terms(terms) => terms.iter().map(DocSet::size_hint).fold(0, u32::saturating_add),
            Source::Together(found) => found.as_ref().map_or(0, DocSet::size_hint),
            Source::Any(sources) => sources.iter().map(Source::size).fold(0, u32::saturating_add),
            Source::Where(_, inner) | Source::In(_, inner) => inner.size(),
            Source::Close(_, pair) => pair.left.size().min(pair.right.size()),
        }
    }

    /// Its stretches in a document, in order, each once.
    fn read(&mut self, document: DocId, bounds: &Bounds, found: &mut Vec<Stretch>, watch: &mut Watch) {
        found.clear();
        match self {
            Source::Terms(terms) => {
                let mut positions = Vec::new();
                for postings in terms {
                    if ahead(postings, document) == document {
                        postings.positions(&mut positions);
                        found.extend(positions.iter().map(|position| (*position, *position, false)));
                    }
                }
            }
            Source::Together(together) => {
                if let Some(together) = together
                    && ahead(together, document) == document
                {
                    found.extend(together.stretches().map(|(start, end)| (start, end, false)));
                }
            }
            Source::Any(sources) => {
                let mut each = Vec::new();
                for source in sources {
                    source.read(document, bounds, &mut each, watch);
                    found.append(&mut each);
                }
            }
            Source::Where(terms, inner) => {
                let mut has = |any: &mut Vec<SegmentPostings>| any.iter_mut().any(|p| ahead(p, document) == document);
                if terms.iter_mut().all(&mut has) {
                    inner.read(document, bounds, found, watch);
                }
            }
            Source::Close(within, pair) => {
                let Pair { left, right, found: (lefts, rights) } = &mut **pair;
                left.read(document, bounds, lefts, watch);
                if !lefts.is_empty() {
                    right.read(document, bounds, rights, watch);
                    let compared = close(*within, lefts, rights, bounds, found);
                    watch.spend(compared / COMPARED_AS_DOCUMENT);
                }
            }
            Source::In(kinds, inner) => {
                inner.read(document, bounds, found, watch);
                found.retain(|(start, ..)| bounds.kind(*start).is_some_and(|kind| kinds.contains(&kind)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(MAX_STRETCHES);
    }
}

/// The stretches from the one to the other of two that are close; says how many pairs it compared.
fn close(within: Within, left: &[Stretch], right: &[Stretch], bounds: &Bounds, found: &mut Vec<Stretch>) -> u32 {
    let mut left_over = MAX_COMPARED;
    let budget = &mut left_over;
    match within {
        Within::Words(most) => {
            followed(left, right, |first, second| near(bounds, first, second, most), budget, found);
            followed(right, left, |first, second| near(bounds, first, second, most), budget, found);
            inside(left, right, |_| true, budget, found);
        }
        Within::WordsInOrder(most) => {
            followed(left, right, |first, second| near(bounds, first, second, most), budget, found);
        }
        Within::Sentence => {
            let same = |first: Stretch, second: Stretch| bounds.sentence(first.0) == bounds.sentence(second.1);
            followed(left, right, same, budget, found);
            followed(right, left, same, budget, found);
            inside(left, right, |outer| same(outer, outer), budget, found);
        }
        Within::Paragraph => {
            let same = |first: Stretch, second: Stretch| bounds.paragraph(first.0) == bounds.paragraph(second.1);
            followed(left, right, same, budget, found);
            followed(right, left, same, budget, found);
            inside(left, right, |outer| same(outer, outer), budget, found);
        }
    }
    MAX_COMPARED - left_over
}

fn near(bounds: &Bounds, first: Stretch, second: Stretch, most: u32) -> bool {
    bounds.between(first.1, second.0).is_some_and(|between| between <= most)
}

/// Joins each of `first` with those of `second` that begin behind its end, as long as `fits` says so: it never does again once
/// it does not, but for the second's own length.
fn followed(
    first: &[Stretch],
    second: &[Stretch],
    fits: impl Fn(Stretch, Stretch) -> bool,
    budget: &mut u32,
    found: &mut Vec<Stretch>,
) {
    for &one in first {
        let behind = second.partition_point(|other| other.0 <= one.1);
        for &other in second.get(behind..).unwrap_or_default() {
            *budget = budget.saturating_sub(1);
            if found.len() >= MAX_STRETCHES || *budget == 0 {
                return;
            }
            if fits(one, other) {
                found.push((one.0, other.1, true));
            } else if !fits(one, (other.0, other.0, false)) {
                break;
            }
        }
    }
}

/// Those that leave room for one of the others between their first and last word, which is then as close as can be.
fn inside(
    left: &[Stretch],
    right: &[Stretch],
    fits: impl Fn(Stretch) -> bool,
    budget: &mut u32,
    found: &mut Vec<Stretch>,
) {
    for (outers, inners) in [(left, right), (right, left)] {
        for &outer in outers.iter().filter(|outer| outer.2 && fits(**outer)) {
            let behind = inners.partition_point(|inner| inner.0 <= outer.0);
            let within = inners.get(behind..).unwrap_or_default().iter().take_while(|inner| inner.0 < outer.1);
            for inner in within {
                *budget = budget.saturating_sub(1);
                if found.len() >= MAX_STRETCHES || *budget == 0 {
                    return;
                }
                if inner.1 < outer.1 {
                    found.push(outer);
                    break;
                }
            }
        }
    }
}

struct SpansScorer {
    source: Source,
    bounds: Option<BoundsReader>,
    sentences: bool,
    least: usize,
    watch: Watch,
    /// Most articles that can match.
    size: u32,
    document: DocId,
    found: Vec<Stretch>,
}

impl SpansScorer {
    fn next_from(&mut self, target: DocId) -> DocId {
        let nothing = Bounds::default();
        let mut document = self.source.next(target);
        while document != TERMINATED {
            if self.watch.one() {
                return TERMINATED;
            }
            let bounds = self.bounds.as_mut().map_or(&nothing, |bounds| bounds.read(document, self.sentences));
            self.source.read(document, bounds, &mut self.found, &mut self.watch);
            // several that begin at one word count once
            self.found.dedup_by_key(|stretch| stretch.0);
            if self.found.len() >= self.least {
                break;
            }
            document = self.source.next(document + 1);
        }
        document
    }
}

impl DocSet for SpansScorer {
    fn advance(&mut self) -> DocId {
        if self.document != TERMINATED {
            self.document = self.next_from(self.document + 1);
        }
        self.document
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document < target {
            self.document = if target == TERMINATED { TERMINATED } else { self.next_from(target) };
        }
        self.document
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.size
    }
}

impl Scorer for SpansScorer {
    fn score(&mut self) -> Score {
        1.0
    }
}
