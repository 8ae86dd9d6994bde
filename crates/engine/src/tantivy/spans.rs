//! Words and phrases close to each other, in one sentence or paragraph, in parts of a kind, or often: the articles of an index that
//! have an [`PositionExpr`], by [`crate::analysis::closeness`].

use super::docset::ahead;
use super::positions::{Positions, Together};
use super::schema::Fields;
use super::segments::SegmentsReader;
use super::sets::{Gathered, Terms};
use crate::analysis::closeness::{MAX_STRETCHES, Stretch, Within, clear, close};
use crate::analysis::segments::{SegmentKind, Segments};
use crate::deadline::{Deadline, Watch};
use crate::plan::position_expr::PositionExpr;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Pairs whose comparison takes about as long as skipping a document.
const COMPARED_AS_DOCUMENT: u32 = 64;

/// Articles in which an expression has at least `least` positions.
#[derive(Debug, Clone)]
pub struct Spans {
    pub expr: PositionExpr,
    pub least: usize,
    /// The index's fields.
    pub fields: Fields,
    /// When the search must have ended.
    pub deadline: Deadline,
}

impl Query for Spans {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(SpansWeight(self.clone())))
    }
}

struct SpansWeight(Spans);

impl Spans {
    /// The articles of a segment.
    pub fn scorer(&self, segment: &SegmentReader) -> tantivy::Result<Box<dyn Scorer>> {
        let Spans { expr, least, fields, deadline } = self;
        let mut scorer = SpansScorer {
            source: Source::open(expr, fields, deadline, segment)?,
            bounds: needs_bounds(expr).then(|| SegmentsReader::open(segment, fields.bounds)).transpose()?,
            sentences: needs_sentences(expr),
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
}

impl Weight for SpansWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.0.scorer(segment)
    }

    fn explain(&self, _: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("document {document} is not explained")))
    }
}

fn needs_bounds(expr: &PositionExpr) -> bool {
    match expr {
        PositionExpr::Stems(_) | PositionExpr::Parts(_) | PositionExpr::Together(..) => false,
        PositionExpr::Any(exprs) => exprs.iter().any(needs_bounds),
        PositionExpr::HavingForms(_, inner) | PositionExpr::Remaining(_, _, inner) | PositionExpr::Word(_, inner) => {
            needs_bounds(inner)
        }
        PositionExpr::Close(..) | PositionExpr::In(..) => true,
        PositionExpr::Except(inner, off) => needs_bounds(inner) || needs_bounds(off),
    }
}

fn needs_sentences(expr: &PositionExpr) -> bool {
    match expr {
        PositionExpr::Stems(_) | PositionExpr::Parts(_) | PositionExpr::Together(..) => false,
        PositionExpr::Any(exprs) => exprs.iter().any(needs_sentences),
        PositionExpr::HavingForms(_, inner)
        | PositionExpr::Remaining(_, _, inner)
        | PositionExpr::Word(_, inner)
        | PositionExpr::In(_, inner) => needs_sentences(inner),
        PositionExpr::Close(within, left, right) => {
            *within == Within::Sentence || needs_sentences(left) || needs_sentences(right)
        }
        PositionExpr::Except(inner, off) => needs_sentences(inner) || needs_sentences(off),
    }
}

/// A position expression in one segment.
enum Source {
    Terms(Vec<SegmentPostings>),
    Together(Option<Together>),
    Any(Vec<Source>),
    HavingForms(Vec<Vec<SegmentPostings>>, Box<Source>),
    Remaining(Box<RemainingForms>, Box<Source>),
    Close(Within, Box<Pair>),
    In(&'static [SegmentKind], Box<Source>),
    Except(Box<Source>, Box<Source>),
}

/// For each word with excluded forms the articles that have excluded and that have remaining ones, and the articles whose remaining
/// forms are of other words.
struct RemainingForms {
    words: Vec<(Gathered, Gathered)>,
    rejected: Gathered,
}

impl RemainingForms {
    fn has(&mut self, document: DocId) -> bool {
        let mut remains = |(excluded, remaining): &mut (Gathered, Gathered)| {
            ahead(excluded, document) != document || ahead(remaining, document) == document
        };
        self.words.iter_mut().all(&mut remains) && ahead(&mut self.rejected, document) != document
    }
}

struct Pair {
    left: Source,
    right: Source,
    found: (Vec<Stretch>, Vec<Stretch>),
}

impl Source {
    fn open(
        expr: &PositionExpr,
        fields: &Fields,
        deadline: &Deadline,
        segment: &SegmentReader,
    ) -> tantivy::Result<Source> {
        let all = |field: Field, words: &[Box<str>], option| -> tantivy::Result<Vec<SegmentPostings>> {
            let index = segment.inverted_index(field)?;
            let mut found = Vec::new();
            for term in terms(field, words) {
                found.extend(index.read_postings(&term, option)?);
            }
            Ok(found)
        };
        let open = |expr| Source::open(expr, fields, deadline, segment);
        Ok(match expr {
            PositionExpr::Stems(stems) => {
                Source::Terms(all(fields.text, stems, IndexRecordOption::WithFreqsAndPositions)?)
            }
            PositionExpr::Parts(stems) => {
                Source::Terms(all(fields.parts, stems, IndexRecordOption::WithFreqsAndPositions)?)
            }
            PositionExpr::Together(slots, between) => {
                let slots = slots.iter().map(|stems| terms(fields.text, stems)).collect();
                let deadline = deadline.clone();
                Source::Together(Positions { field: fields.text, slots, between: *between, deadline }.open(segment)?)
            }
            PositionExpr::Any(exprs) => Source::Any(exprs.iter().map(open).collect::<tantivy::Result<_>>()?),
            PositionExpr::Word(_, inner) => open(inner)?,
            PositionExpr::HavingForms(forms, inner) => Source::HavingForms(
                forms
                    .iter()
                    .map(|forms| all(fields.exact, forms, IndexRecordOption::Basic))
                    .collect::<tantivy::Result<_>>()?,
                Box::new(open(inner)?),
            ),
            PositionExpr::Remaining(excluded, rejected, inner) => {
                let gathered = |field, words| Terms::Listed(terms(field, words)).open(segment, deadline);
                let words = excluded
                    .iter()
                    .map(|word| Ok((gathered(fields.exact, &word.excluded)?, gathered(fields.exact, &word.remaining)?)))
                    .collect::<tantivy::Result<_>>()?;
                Source::Remaining(
                    Box::new(RemainingForms { words, rejected: gathered(fields.id, rejected)? }),
                    Box::new(open(inner)?),
                )
            }
            PositionExpr::Close(within, left, right) => {
                let (left, right) = (open(left)?, open(right)?);
                Source::Close(*within, Box::new(Pair { left, right, found: (Vec::new(), Vec::new()) }))
            }
            PositionExpr::In(kinds, inner) => Source::In(kinds, Box::new(open(inner)?)),
            PositionExpr::Except(inner, off) => Source::Except(Box::new(open(inner)?), Box::new(open(off)?)),
        })
    }

    /// The first document from `target` on that may have it.
    fn next(&mut self, target: DocId) -> DocId {
        match self {
            Source::Terms(terms) => terms.iter_mut().map(|found| ahead(found, target)).min().unwrap_or(TERMINATED),
            Source::Together(found) => found.as_mut().map_or(TERMINATED, |found| found.ahead(target)),
            Source::Any(sources) => sources.iter_mut().map(|source| source.next(target)).min().unwrap_or(TERMINATED),
            Source::HavingForms(_, inner)
            | Source::Remaining(_, inner)
            | Source::In(_, inner)
            | Source::Except(inner, _) => inner.next(target),
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
            Source::Together(found) => found.as_ref().map_or(0, Together::size_hint),
            Source::Any(sources) => sources.iter().map(Source::size).fold(0, u32::saturating_add),
            Source::HavingForms(_, inner)
            | Source::Remaining(_, inner)
            | Source::In(_, inner)
            | Source::Except(inner, _) => inner.size(),
            Source::Close(_, pair) => pair.left.size().min(pair.right.size()),
        }
    }

    /// Its stretches in a document, in order, each once.
    fn read(&mut self, document: DocId, bounds: &Segments, found: &mut Vec<Stretch>, watch: &mut Watch) {
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
                    && together.is_at(document)
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
            Source::HavingForms(terms, inner) => {
                let mut has = |any: &mut Vec<SegmentPostings>| any.iter_mut().any(|p| ahead(p, document) == document);
                if terms.iter_mut().all(&mut has) {
                    inner.read(document, bounds, found, watch);
                }
            }
            Source::Remaining(forms, inner) => {
                if forms.has(document) {
                    inner.read(document, bounds, found, watch);
                }
            }
            Source::Close(within, pair) => {
                let Pair { left, right, found: (lefts, rights) } = &mut **pair;
                left.read(document, bounds, lefts, watch);
                if !lefts.is_empty() {
                    right.read(document, bounds, rights, watch);
                    let compared = close(*within, lefts, rights, bounds, false, |pair| found.push(pair.joined));
                    watch.spend(compared / COMPARED_AS_DOCUMENT);
                }
            }
            Source::In(kinds, inner) => {
                inner.read(document, bounds, found, watch);
                found.retain(|(start, ..)| bounds.kind(*start).is_some_and(|kind| kinds.contains(&kind)));
            }
            Source::Except(inner, off) => {
                inner.read(document, bounds, found, watch);
                if !found.is_empty() {
                    let mut over = Vec::new();
                    off.read(document, bounds, &mut over, watch);
                    clear(found, &over);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(MAX_STRETCHES);
    }
}

fn terms(field: Field, words: &[Box<str>]) -> Vec<Term> {
    words.iter().map(|word| Term::from_field_text(field, word)).collect()
}

struct SpansScorer {
    source: Source,
    bounds: Option<SegmentsReader>,
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
        let nothing = Segments::default();
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
