//! Runs a compiled query: all matching articles are counted, the best are kept.

use super::best::{Best, Columns, Scored};
use super::compile::{Compiled, Partial, compile};
use super::facets;
use super::grouping::{self, Grouping};
use super::matched::Matched;
use super::rank::Ranker;
use super::schema::Fields;
use super::stories::Stories;
use super::stream::HitOf;
use crate::deadline::Deadline;
use crate::plan::expansion::ExpansionKind;
use crate::plan::words::Word;
use crate::{Also, Hit, Hits, Ranking, Relaxed, SearchRequest, Sort};
use findbuch_article::Article;
use findbuch_german::Analyzer;
use tantivy::query::{EnableScoring, Query as TantivyQuery};
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TERMINATED, TantivyDocument, Term};

/// Answers a request; when the time is over, what was found until then is no answer.
pub fn search(
    searcher: &Searcher,
    fields: &Fields,
    request: &SearchRequest<'_>,
    words: &[Word],
    mut analyzer: Analyzer,
    stories: Option<&Stories>,
    deadline: &Deadline,
) -> tantivy::Result<Hits> {
    let compiled = compile(request, fields, words, deadline);
    let found = find(searcher, fields, request, &compiled, &mut analyzer, stories)?;
    let grouping = stories.map(|stories| Grouping::of(stories, searcher, &found.matched));
    let mut hit_of = HitOf::new(searcher, fields, request, analyzer);
    let mut hits = Vec::with_capacity(found.best.len().saturating_sub(request.offset));
    for (at, mut scored) in found.best.into_iter().enumerate().skip(request.offset) {
        if deadline.is_over() {
            break;
        }
        let members = grouping.as_ref().and_then(|grouping| grouping.group(scored.address, &found.columns));
        if let Some(first) = members.as_ref().and_then(|members| members.first()) {
            // whatever is in the result besides those that lack words has all, or none has
            (scored.address, scored.complete) = (*first, !found.relaxed);
        }
        let group = members.map(|members| grouping::told(searcher, &members, &found.columns)).transpose()?;
        let hit = hit_of.hit(at, &scored, compiled.partial.as_ref(), &found.columns)?;
        hits.push(Hit { group: group.filter(|group| group.others > 0), ..hit });
    }
    let total = found.matched.total;
    let relaxed = (found.relaxed && total > 0)
        .then(|| Relaxed { missing: hits.first().map(|hit| hit.missing.clone()).unwrap_or_default() });
    let also = also(searcher, fields, &compiled.words)?;
    let facets = facets::count(searcher, &found.matched, request.facets, deadline)?;
    let days = request.days.then(|| facets::days(searcher, &found.matched, deadline)).transpose()?;
    let stories = grouping.map(|grouping| grouping.count);
    Ok(Hits { total, relaxed, hits, also, facets, days, stories })
}

/// Counts what matches and keeps the first `offset + limit`.
pub fn find(
    searcher: &Searcher,
    fields: &Fields,
    request: &SearchRequest<'_>,
    compiled: &Compiled,
    analyzer: &mut Analyzer,
    stories: Option<&Stories>,
) -> tantivy::Result<Found> {
    let ranking = match request.sort {
        Sort::Relevance => request.ranking,
        Sort::Newest | Sort::Oldest => Ranking { proximity: 0.0, ..request.ranking },
    };
    let ranker = Ranker::new(&compiled.words, searcher, fields, ranking, &compiled.deadline)?;
    Run { searcher, fields, ranker, compiled, stories }.run(request, analyzer)
}

/// The other spellings and synonyms of the words that the archive has.
fn also(searcher: &Searcher, fields: &Fields, words: &[Word]) -> tantivy::Result<Vec<Also>> {
    let mut also = Vec::new();
    for word in words {
        for other in word.expansions.iter().filter(|a| matches!(a.kind, ExpansionKind::Name | ExpansionKind::Synonym)) {
            let known = other.slots.iter().try_fold(true, |known, stems| {
                let frequency = |stem| searcher.doc_freq(&Term::from_field_text(fields.text, stem));
                let articles: u64 = stems.iter().map(|stem| frequency(stem)).sum::<tantivy::Result<u64>>()?;
                tantivy::Result::Ok(known && articles > 0)
            })?;
            if known {
                let synonym = other.kind == ExpansionKind::Synonym;
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

/// The first articles of a result.
pub struct Found {
    /// All that the total counts.
    pub matched: Matched,
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
    stories: Option<&'a Stories>,
}

impl Run<'_> {
    /// Counts the articles that have all, and keeps the first `offset + limit` of those and of the ones that lack words.
    fn run(mut self, request: &SearchRequest<'_>, analyzer: &mut Analyzer) -> tantivy::Result<Found> {
        let mut best = Best::new(self.searcher, request, self.stories)?;
        let mut complete = Matched::new(self.searcher);
        self.complete(&mut best, &mut complete, analyzer)?;
        let total = complete.total;
        let mut some = Matched::new(self.searcher);
        self.ranker.some_complete = total > 0;
        let wanted = request.sort == Sort::Relevance || total == 0;
        let wanted = wanted && (total == 0 || (request.fill && self.compiled.exact_phrases.is_empty()));
        let Some(partial) = self.compiled.partial.as_ref().filter(|_| wanted) else {
            let (best, columns) = best.into_sorted();
            return Ok(Found { matched: complete, best, columns, relaxed: false });
        };
        best.tighten();
        let required = if total > 0 { &partial.required } else { &partial.last_required };
        let least = if total > 0 { request.least_weight } else { 0.0 };
        self.lacking((&partial.optional, least), required.as_deref(), &mut best, &complete, &mut some)?;
        let (best, columns) = best.into_sorted();
        let relaxed = total == 0;
        Ok(Found { matched: if relaxed { some } else { complete }, best, columns, relaxed })
    }

    /// Offers the articles that have all that is asked for.
    fn complete(&self, best: &mut Best, complete: &mut Matched, analyzer: &mut Analyzer) -> tantivy::Result<()> {
        let mut watch = self.compiled.deadline.watch();
        // the phrases of forms are looked up in stored articles, each of which is read
        let reads = !self.compiled.exact_phrases.is_empty();
        let weight = self.compiled.matching.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let mut documents = weight.scorer(segment, 1.0)?;
            if documents.doc() == TERMINATED {
                continue;
            }
            let mut scores = self.ranker.segment(segment, self.fields)?;
            let mut document = documents.doc();
            while document != TERMINATED {
                let over = if reads { watch.look() } else { watch.one() };
                if over {
                    return Ok(());
                }
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

    /// Offers the articles that have some of the words `optional`, of at least a share of the weight, and what is `required`; where none has all, they are
    /// `some`.
    fn lacking(
        &self,
        (optional, least): (&[usize], f32),
        required: Option<&dyn TantivyQuery>,
        best: &mut Best,
        complete: &Matched,
        some: &mut Matched,
    ) -> tantivy::Result<()> {
        if optional.len() + usize::from(required.is_some()) < 2 {
            return Ok(());
        }
        let count_all = complete.total == 0;
        let mut watch = self.compiled.deadline.watch();
        let weight =
            required.map(|query| query.weight(EnableScoring::disabled_from_searcher(self.searcher))).transpose()?;
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let mut scores = self.ranker.segment(segment, self.fields)?;
            let mut filter = weight.as_ref().map(|weight| weight.scorer(segment, 1.0)).transpose()?;
            let mut threshold = best.threshold;
            let mut essential = self.essential(optional, threshold);
            let mut document = scores.next(0, if count_all { optional } else { &essential });
            while document != TERMINATED {
                if watch.one() {
                    return Ok(());
                }
                let address = DocAddress::new(ordinal, document);
                let admitted = filter.as_mut().is_none_or(|filter| {
                    if filter.doc() < document { filter.seek(document) == document } else { filter.doc() == document }
                });
                if admitted && !segment.is_deleted(document) && !complete.has(address) {
                    if count_all {
                        some.add(address);
                    }
                    if !count_all || scores.next(document, &essential) == document {
                        let score = scores.score(document, best.threshold);
                        if count_all || scores.weight() >= least {
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
        Ok(())
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
