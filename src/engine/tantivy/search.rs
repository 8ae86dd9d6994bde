//! Runs a compiled query: all matching articles are counted, the best are kept.

use super::compile::{Compiled, Partial, compile};
use super::rank::Ranker;
use super::schema::Fields;
use super::stream::HitOf;
use crate::article::Article;
use crate::engine::words::{Origin, Word};
use crate::engine::{Also, Hits, Ranking, Relaxed, SearchRequest, Sort};
use crate::german::Analyzer;
use std::cmp::Ordering;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query as TantivyQuery};
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

/// Beside articles that have all words, those are shown whose words weigh at least this share.
const LEAST_WEIGHT: f32 = 0.3;

/// Answers a request.
pub fn search(
    searcher: &Searcher,
    fields: &Fields,
    request: &SearchRequest<'_>,
    words: &[Word],
    mut analyzer: Analyzer,
) -> tantivy::Result<Hits> {
    let compiled = compile(request, fields, words);
    let found = find(searcher, fields, request, &compiled, &mut analyzer)?;
    let mut hit_of = HitOf::new(searcher, fields, request, analyzer);
    let mut hits = Vec::with_capacity(found.best.len().saturating_sub(request.offset));
    for (at, scored) in found.best.into_iter().enumerate().skip(request.offset) {
        hits.push(hit_of.hit(at, &scored, compiled.partial.as_ref(), &found.columns)?);
    }
    let relaxed = (found.relaxed && found.total > 0)
        .then(|| Relaxed { missing: hits.first().map(|hit| hit.missing.clone()).unwrap_or_default() });
    let also = also(searcher, fields, &compiled.words)?;
    Ok(Hits { total: found.total, relaxed, hits, also })
}

/// Counts what matches and keeps the first `offset + limit`.
pub fn find(
    searcher: &Searcher,
    fields: &Fields,
    request: &SearchRequest<'_>,
    compiled: &Compiled,
    analyzer: &mut Analyzer,
) -> tantivy::Result<Found> {
    let ranking = match request.sort {
        Sort::Relevance => request.ranking,
        Sort::Newest | Sort::Oldest => Ranking { proximity: 0.0, ..request.ranking },
    };
    let ranker = Ranker::new(&compiled.words, searcher, fields, ranking)?;
    Run { searcher, fields, ranker, compiled }.run(request, analyzer)
}

/// The other spellings and synonyms of the words that the archive has.
fn also(searcher: &Searcher, fields: &Fields, words: &[Word]) -> tantivy::Result<Vec<Also>> {
    let mut also = Vec::new();
    for word in words {
        for other in word.alternatives.iter().filter(|a| matches!(a.origin, Origin::Name | Origin::Synonym)) {
            let known = other.slots.iter().try_fold(true, |known, stems| {
                let frequency = |stem| searcher.doc_freq(&Term::from_field_text(fields.text, stem));
                let articles: u64 = stems.iter().map(|stem| frequency(stem)).sum::<tantivy::Result<u64>>()?;
                tantivy::Result::Ok(known && articles > 0)
            })?;
            if known {
                let synonym = other.origin == Origin::Synonym;
                also.push(Also { typed: word.typed.clone(), word: other.label.clone(), synonym });
            }
        }
    }
    Ok(also)
}

/// The stored article.
pub fn article(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Article> {
    let document: TantivyDocument = searcher.doc(address)?;
    let bytes = document.get_first(fields.article).and_then(|value| value.as_bytes()).unwrap_or_default();
    serde_json::from_slice(bytes).map_err(|e| tantivy::TantivyError::InternalError(format!("stored article: {e}")))
}

/// Which of the plain words and phrases an article lacks, as typed.
pub fn missing(searcher: &Searcher, partial: &Partial, address: DocAddress) -> tantivy::Result<Vec<String>> {
    let segment = searcher.segment_reader(address.segment_ord);
    let mut missing = Vec::new();
    for (typed, query) in &partial.nodes {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut documents = weight.scorer(segment, 1.0)?;
        if documents.doc() < address.doc_id {
            documents.seek(address.doc_id);
        }
        if documents.doc() != address.doc_id {
            missing.push(typed.clone());
        }
    }
    Ok(missing)
}

/// An article on its way into the result.
#[derive(Clone)]
pub struct Scored {
    pub score: f32,
    seconds: Option<i64>,
    pub address: DocAddress,
    /// Whether it has all that is asked for.
    pub complete: bool,
}

/// The first articles of a result.
pub struct Found {
    pub total: u64,
    pub best: Vec<Scored>,
    pub columns: Vec<Columns>,
    /// Whether none has all that is asked for.
    pub relaxed: bool,
}

struct Run<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    ranker: Ranker<'a>,
    compiled: &'a Compiled,
}

impl Run<'_> {
    /// Counts the articles that have all, and keeps the first `offset + limit` of those and of the ones that lack words.
    fn run(mut self, request: &SearchRequest<'_>, analyzer: &mut Analyzer) -> tantivy::Result<Found> {
        let mut best = Best::new(self.searcher, request)?;
        let mut complete = Complete::new(self.searcher);
        self.complete(&mut best, &mut complete, analyzer)?;
        let total = complete.total;
        self.ranker.some_complete = total > 0;
        let wanted = request.sort == Sort::Relevance || total == 0;
        let wanted = wanted && (total == 0 || (request.fill && self.compiled.exact_phrases.is_empty()));
        let Some(partial) = self.compiled.partial.as_ref().filter(|_| wanted) else {
            let (best, columns) = best.into_sorted();
            return Ok(Found { total, best, columns, relaxed: false });
        };
        best.tighten();
        let lacking = if total > 0 {
            self.lacking(&partial.optional, partial.required.as_deref(), &mut best, &complete)?
        } else {
            self.lacking(&partial.optional, partial.last_required.as_deref(), &mut best, &complete)?
        };
        let (total, relaxed) = if total > 0 { (total, false) } else { (lacking, true) };
        let (best, columns) = best.into_sorted();
        Ok(Found { total, best, columns, relaxed })
    }

    /// Offers the articles that have all that is asked for.
    fn complete(&self, best: &mut Best, complete: &mut Complete, analyzer: &mut Analyzer) -> tantivy::Result<()> {
        let weight = self.compiled.matching.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let mut documents = weight.scorer(segment, 1.0)?;
            if documents.doc() == TERMINATED {
                continue;
            }
            let mut scores = self.ranker.segment(segment, self.fields)?;
            let mut document = documents.doc();
            while document != TERMINATED {
                let address = DocAddress::new(ordinal, document);
                if !segment.is_deleted(document) && self.has_forms(address, analyzer)? {
                    complete.add(address);
                    best.offer(scores.score(document, best.threshold), address, true);
                }
                document = documents.advance();
            }
        }
        Ok(())
    }

    /// Offers the articles that have some of the words `optional` and what is `required`; their number.
    fn lacking(
        &self,
        optional: &[usize],
        required: Option<&dyn TantivyQuery>,
        best: &mut Best,
        complete: &Complete,
    ) -> tantivy::Result<u64> {
        if optional.len() + usize::from(required.is_some()) < 2 {
            return Ok(0);
        }
        let count_all = complete.total == 0;
        let weight =
            required.map(|query| query.weight(EnableScoring::disabled_from_searcher(self.searcher))).transpose()?;
        let mut lacking = 0;
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let mut scores = self.ranker.segment(segment, self.fields)?;
            let mut filter = weight.as_ref().map(|weight| weight.scorer(segment, 1.0)).transpose()?;
            let mut threshold = best.threshold;
            let mut essential = self.essential(optional, threshold);
            let mut document = scores.next(0, if count_all { optional } else { &essential });
            while document != TERMINATED {
                let address = DocAddress::new(ordinal, document);
                let admitted = filter.as_mut().is_none_or(|filter| {
                    if filter.doc() < document { filter.seek(document) == document } else { filter.doc() == document }
                });
                if admitted && !segment.is_deleted(document) && !complete.has(address) {
                    lacking += 1;
                    if !count_all || scores.next(document, &essential) == document {
                        let score = scores.score(document, best.threshold);
                        if count_all || scores.weight() >= LEAST_WEIGHT {
                            best.offer(score, address, false);
                        }
                    }
                }
                if best.threshold > threshold {
                    threshold = best.threshold;
                    essential = self.essential(optional, threshold);
                }
                document = scores.next(document + 1, if count_all { optional } else { &essential });
            }
        }
        Ok(lacking)
    }

    /// The words of which an article must have one to reach `threshold` (after MaxScore: Turtle and Flood 1995).
    fn essential(&self, optional: &[usize], threshold: f32) -> Vec<usize> {
        let weights = self.ranker.weights();
        let mut rising: Vec<usize> = optional.to_vec();
        rising.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]));
        // what is demanded anyway is taken to be there
        let demanded = |word: usize| !optional.contains(&word);
        let common = (0..rising.len())
            .take_while(|count| {
                let few = &rising[..=*count];
                self.ranker.bound(|word| demanded(word) || few.contains(&word)) < threshold
            })
            .count();
        rising.split_off(common)
    }

    /// Whether an article has the phrases whose forms are asked for; the index has the stems in order, and each form.
    fn has_forms(&self, address: DocAddress, analyzer: &mut Analyzer) -> tantivy::Result<bool> {
        if self.compiled.exact_phrases.is_empty() {
            return Ok(true);
        }
        let article = article(self.searcher, self.fields, address)?;
        let texts = article.parts.iter().filter(|part| part.is_searched());
        let texts = texts.flat_map(|part| std::iter::once(&part.text).chain(&part.attribution));
        let mut missing: Vec<&Vec<Box<str>>> = self.compiled.exact_phrases.iter().collect();
        for text in texts {
            let tokens = analyzer.tokens(text);
            missing.retain(|forms| {
                let mut places = tokens.windows(forms.len());
                !places.any(|words| words.iter().zip(*forms).all(|(word, form)| word.terms.exact == *form))
            });
            if missing.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Which articles have all that is asked for.
struct Complete {
    total: u64,
    segments: Vec<Vec<u64>>,
}

impl Complete {
    fn new(searcher: &Searcher) -> Complete {
        Complete { total: 0, segments: vec![Vec::new(); searcher.segment_readers().len()] }
    }

    fn add(&mut self, address: DocAddress) {
        self.total += 1;
        let bits = &mut self.segments[address.segment_ord as usize];
        let at = address.doc_id as usize / 64;
        if bits.len() <= at {
            bits.resize(at + 1, 0);
        }
        bits[at] |= 1 << (address.doc_id % 64);
    }

    fn has(&self, address: DocAddress) -> bool {
        let bits = self.segments.get(address.segment_ord as usize);
        let word = bits.and_then(|bits| bits.get(address.doc_id as usize / 64));
        word.is_some_and(|word| word & (1 << (address.doc_id % 64)) != 0)
    }
}

/// The columns by which hits are ordered.
pub struct Columns {
    seconds: Option<Column<i64>>,
    ids: Option<StrColumn>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        Ok(Columns { seconds: segment.fast_fields().column_opt("seconds")?, ids: segment.fast_fields().str("id")? })
    }

    fn seconds(&self, document: DocId) -> Option<i64> {
        self.seconds.as_ref()?.first(document)
    }

    pub fn id(&self, document: DocId) -> String {
        let mut id = String::new();
        if let Some(ids) = &self.ids
            && let Some(ordinal) = ids.term_ords(document).next()
        {
            // an id that cannot be read sorts first
            let _ = ids.ord_to_str(ordinal, &mut id);
        }
        id
    }
}

/// Keeps the first `keep` articles of those offered.
struct Best {
    columns: Vec<Columns>,
    sort: Sort,
    keep: usize,
    kept: Vec<Scored>,
    /// Score below which an article need not be offered.
    threshold: f32,
}

impl Best {
    fn new(searcher: &Searcher, request: &SearchRequest<'_>) -> tantivy::Result<Best> {
        let columns = searcher.segment_readers().iter().map(Columns::open).collect::<tantivy::Result<_>>()?;
        let keep = request.offset.saturating_add(request.limit.max(1));
        Ok(Best { columns, sort: request.sort, keep, kept: Vec::new(), threshold: f32::MIN })
    }

    fn offer(&mut self, score: f32, address: DocAddress, complete: bool) {
        if score < self.threshold {
            return;
        }
        let seconds = self.columns[address.segment_ord as usize].seconds(address.doc_id);
        self.kept.push(Scored { score, seconds, address, complete });
        if self.kept.len() >= self.keep.saturating_mul(2).max(64) {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() > self.keep {
            let Best { columns, sort, kept, .. } = self;
            kept.select_nth_unstable_by(self.keep - 1, |a, b| order(columns, *sort, a, b));
            kept.truncate(self.keep);
        }
        self.tighten();
    }

    /// Takes up the least score that is kept as the threshold, if no more articles can be kept.
    fn tighten(&mut self) {
        if self.kept.len() > self.keep {
            self.shrink();
        } else if self.kept.len() == self.keep && self.sort == Sort::Relevance {
            self.threshold = self.kept.iter().map(|s| s.score).fold(f32::MAX, f32::min);
        }
    }

    fn into_sorted(mut self) -> (Vec<Scored>, Vec<Columns>) {
        self.shrink();
        let Best { columns, sort, mut kept, .. } = self;
        kept.sort_unstable_by(|a, b| order(&columns, sort, a, b));
        (kept, columns)
    }
}

/// Which of two articles comes first: by the sort asked for, then the later, then by id.
fn order(columns: &[Columns], sort: Sort, a: &Scored, b: &Scored) -> Ordering {
    let newest = || match (a.seconds, b.seconds) {
        (Some(a), Some(b)) => b.cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    let first = match sort {
        Sort::Relevance => b.score.total_cmp(&a.score).then_with(newest),
        Sort::Newest => newest(),
        Sort::Oldest => match (a.seconds, b.seconds) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => newest(),
        },
    };
    let id = |scored: &Scored| columns[scored.address.segment_ord as usize].id(scored.address.doc_id);
    first
        .then_with(|| if a.address == b.address { Ordering::Equal } else { id(a).cmp(&id(b)) })
        .then(a.address.cmp(&b.address))
}
