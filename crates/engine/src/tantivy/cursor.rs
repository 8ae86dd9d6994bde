//! The postings of one word of the query in one segment, with all that it is searched as.

use super::positions::{Positions, PositionsScorer};
use super::schema::Fields;
use super::sets::{Gathered, Terms};
use super::spans::Spans;
use crate::Ranking;
use crate::deadline::Deadline;
use crate::plan::expansion::{Expansion, ExpansionKind};
use crate::plan::position_expr::PositionExpr;
use crate::plan::words::{NEAR_PARTS, Word};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Scorer;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The postings of one word.
#[expect(clippy::struct_excessive_bools, reason = "each tells of the document scored last, or of the word")]
pub struct Cursor {
    pub idf: f32,
    /// In the text, as itself or another spelling, with what an occurrence counts.
    text: Vec<(SegmentPostings, f32)>,
    /// Within compounds.
    within: Vec<(SegmentPostings, f32)>,
    /// Several words together.
    together: Vec<(PositionsScorer, f32)>,
    /// In weighted parts of the article.
    parts: Vec<(SegmentPostings, PartWeight)>,
    parts_together: Vec<(PositionsScorer, PartWeight)>,
    /// The parts of the compound by themselves, each with its share of it.
    scattered: Vec<(SegmentPostings, f32)>,
    /// Whether the form typed alone counts.
    exactly: bool,
    /// The forms typed.
    exact: Vec<SegmentPostings>,
    /// The articles that have any of the forms that a pattern means.
    any: Option<Gathered>,
    /// What is switched off of the word, if anything is.
    reduced: Option<Reduced>,
    /// Whether the document scored last has the word, and not only within compounds.
    pub found: bool,
    /// Whether it has the form typed.
    pub typed: bool,
    pub itself: bool,
    pub positions: Vec<u32>,
    spare: Vec<u32>,
}

/// What an occurrence in a part of the article counts.
#[derive(Clone, Copy)]
struct PartWeight {
    /// Beyond its 1 in the text.
    beyond: f32,
    /// What the word gains for being there at all.
    there: f32,
    /// Whether that depends on the headline's length.
    headline: bool,
}

impl PartWeight {
    fn of(field: Field, fields: &Fields, weight: f32, more: f32, there: f32) -> PartWeight {
        PartWeight { beyond: weight * (more - 1.0), there: weight * there, headline: field == fields.headline }
    }

    fn gain(self, headline: f32) -> f32 {
        if self.headline { self.there * headline } else { self.there }
    }
}

impl Cursor {
    /// Opens a word's postings; `idf` is what the word weighs.
    pub fn open(
        word: &Word,
        idf: f32,
        segment: &SegmentReader,
        fields: &Fields,
        ranking: Ranking,
        deadline: &Deadline,
    ) -> tantivy::Result<Cursor> {
        let mut cursor = Cursor {
            idf,
            text: Vec::new(),
            within: Vec::new(),
            together: Vec::new(),
            parts: Vec::new(),
            parts_together: Vec::new(),
            scattered: Vec::new(),
            exactly: word.exact,
            exact: Vec::new(),
            any: None,
            reduced: None,
            found: false,
            typed: false,
            itself: false,
            positions: Vec::new(),
            spare: Vec::new(),
        };
        if word.pattern.is_some() {
            let terms = word.forms.iter().map(|form| Term::from_field_text(fields.exact, form)).collect();
            cursor.any = Some(Terms::Listed(terms).open(segment, deadline)?);
            return Ok(cursor);
        }
        let postings = |field: Field, term: &str, option| -> tantivy::Result<Option<SegmentPostings>> {
            Ok(segment.inverted_index(field)?.read_postings(&Term::from_field_text(field, term), option)?)
        };
        for form in &word.forms {
            cursor.exact.extend(postings(fields.exact, form, IndexRecordOption::Basic)?);
        }
        if cursor.exact.len() < word.forms.len() {
            cursor.exact.clear();
            if word.exact {
                return Ok(cursor);
            }
        }
        if ranking.scattered > 0.0 {
            for (stem, share) in &word.scattered {
                let found = postings(fields.text, stem, IndexRecordOption::WithFreqs)?;
                cursor.scattered.extend(found.map(|p| (p, *share)));
            }
        }
        if word.has_reduced() {
            cursor.reduced = Some(Reduced::open(word, segment, fields, deadline)?);
        }
        let weighted = [
            (fields.kicker, ranking.kicker, ranking.in_kicker),
            (fields.headline, ranking.headline, ranking.in_headline),
            (fields.subhead, ranking.lead, ranking.in_lead),
            (fields.lead, ranking.lead, ranking.in_lead),
            (fields.crosshead, ranking.crosshead, 0.0),
        ];
        for expansion in &word.expansions {
            let slots = if expansion.kind == ExpansionKind::Form { &word.stems } else { &expansion.slots };
            let weight = weight(expansion, ranking);
            if let [stems] = slots.as_slice() {
                for stem in stems {
                    let positions = IndexRecordOption::WithFreqsAndPositions;
                    cursor.text.extend(postings(fields.text, stem, positions)?.map(|p| (p, weight)));
                    if expansion.within && ranking.part > 0.0 {
                        let found = postings(fields.parts, stem, IndexRecordOption::WithFreqs)?;
                        cursor.within.extend(found.map(|p| (p, weight * ranking.part)));
                    }
                    for (field, more, there) in weighted {
                        let found = postings(field, stem, IndexRecordOption::WithFreqs)?;
                        cursor.parts.extend(found.map(|p| (p, PartWeight::of(field, fields, weight, more, there))));
                    }
                }
                continue;
            }
            let between = (expansion.kind == ExpansionKind::Decompounded).then_some(NEAR_PARTS);
            let together = |field: Field| -> tantivy::Result<Option<PositionsScorer>> {
                let terms = |stems: &Vec<Box<str>>| stems.iter().map(|s| Term::from_field_text(field, s)).collect();
                let slots = slots.iter().map(terms).collect();
                Positions { field, slots, between, deadline: deadline.clone() }.open(segment)
            };
            cursor.together.extend(together(fields.text)?.map(|found| (found, weight)));
            for (field, more, there) in weighted {
                let found = together(field)?;
                cursor
                    .parts_together
                    .extend(found.map(|found| (found, PartWeight::of(field, fields, weight, more, there))));
            }
        }
        Ok(cursor)
    }

    /// The first document from `target` on that has the word.
    pub fn next(&mut self, target: DocId) -> DocId {
        if let Some(reduced) = &mut self.reduced {
            return ahead(&mut *reduced.matching, target);
        }
        let single = self.text.iter_mut().chain(&mut self.within).map(|(postings, _)| ahead(postings, target)).min();
        let together = self.together.iter_mut().map(|(found, _)| ahead(found, target)).min();
        let together = together.into_iter().chain(self.any.as_mut().map(|any| ahead(any, target))).min();
        single.unwrap_or(TERMINATED).min(together.unwrap_or(TERMINATED))
    }

    /// What the word gains in a document; `length` is the document's in BM25's normalisation, `other_form`
    /// what remains where the form typed is not there, `headline` what a gain in the headline is multiplied by.
    pub fn gain(&mut self, document: DocId, length: f32, ranking: Ranking, other_form: f32, headline: f32) -> f32 {
        if let Some(any) = &mut self.any {
            self.found = ahead(any, document) == document;
            (self.itself, self.typed) = (self.found, self.found);
            return if self.found { self.idf * (ranking.k1 + 1.0) / (1.0 + length) } else { 0.0 };
        }
        let mut weight = 0.0;
        let in_text = self.reduced.as_mut().is_none_or(|reduced| reduced.in_text(document));
        for (postings, each) in self.text.iter_mut().filter(|_| in_text) {
            if ahead(postings, document) == document {
                weight += *each * postings.term_freq() as f32;
            }
        }
        self.itself = weight > 0.0;
        for (found, each) in &mut self.together {
            if ahead(found, document) == document {
                weight += *each * found.starts().len() as f32;
                self.itself |= !found.is_apart();
            }
        }
        let exact =
            !self.exact.is_empty() && self.exact.iter_mut().all(|postings| ahead(postings, document) == document);
        self.typed = exact;
        for (postings, each) in &mut self.within {
            if ahead(postings, document) == document {
                weight += *each * postings.term_freq() as f32;
            }
        }
        if let Some(reduced) = &mut self.reduced {
            weight = reduced.left_of(weight, ranking.part, document);
        }
        self.found = weight > 0.0 && (exact || !self.exactly);
        if !self.found {
            self.itself = false;
            return if self.exactly { 0.0 } else { self.idf * ranking.scattered * self.scattered(document) };
        }
        let mut gained: f32 = 0.0;
        for (postings, part) in self.parts.iter_mut().filter(|_| in_text) {
            if ahead(postings, document) == document {
                weight += part.beyond * postings.term_freq() as f32;
                gained = gained.max(part.gain(headline));
            }
        }
        for (found, part) in &mut self.parts_together {
            if ahead(found, document) == document {
                weight += part.beyond * found.starts().len() as f32;
                gained = gained.max(part.gain(headline));
            }
        }
        let gain = self.idf * (weight * (ranking.k1 + 1.0) / (weight + length) + gained);
        match (exact, self.itself) {
            (true, _) => gain * (1.0 + ranking.exact),
            (false, true) => gain * other_form,
            (false, false) => gain * other_form * ranking.part_alone,
        }
    }

    /// The share of the compound whose parts stand somewhere in a document.
    fn scattered(&mut self, document: DocId) -> f32 {
        let mut share = 0.0;
        for (postings, part) in &mut self.scattered {
            if ahead(postings, document) == document {
                share += *part;
            }
        }
        share.min(1.0)
    }

    /// Where the word stands in the document scored last.
    pub fn read_positions(&mut self, document: DocId) {
        self.positions.clear();
        for (postings, _) in self.text.iter_mut().filter(|(postings, _)| postings.doc() == document) {
            postings.positions(&mut self.spare);
            self.positions.append(&mut self.spare);
        }
        for (found, _) in self.together.iter().filter(|(found, _)| found.doc() == document) {
            self.positions.extend_from_slice(found.starts());
        }
        if self.text.len() + self.together.len() > 1 {
            self.positions.sort_unstable();
        }
    }
}

/// What is switched off of a word. The articles are exactly those that have a place of it left; how often they have it is as near
/// as the index tells: words with hyphens that are switched off still count beside others.
struct Reduced {
    matching: Box<dyn Scorer>,
    /// Those that have it not only within compounds.
    itself: Box<dyn Scorer>,
    /// Compounds that are switched off.
    compounds: Vec<SegmentPostings>,
}

impl Reduced {
    fn open(word: &Word, segment: &SegmentReader, fields: &Fields, deadline: &Deadline) -> tantivy::Result<Reduced> {
        let scorer = |word: &Word| {
            let expr = PositionExpr::of_word(word);
            Spans { expr, least: 1, fields: *fields, deadline: deadline.clone() }.scorer(segment)
        };
        let mut itself = word.clone();
        itself.expansions.iter_mut().for_each(|expansion| expansion.within = false);
        let mut compounds = Vec::new();
        let index = segment.inverted_index(fields.text)?;
        for stem in word.off.iter().filter(|slots| slots.len() == 1).flatten().flatten() {
            let term = Term::from_field_text(fields.text, stem);
            compounds.extend(index.read_postings(&term, IndexRecordOption::WithFreqs)?);
        }
        Ok(Reduced { matching: scorer(word)?, itself: scorer(&itself)?, compounds })
    }

    /// Whether the word counts in the text of a document, and not only within compounds.
    fn in_text(&mut self, document: DocId) -> bool {
        ahead(&mut *self.itself, document) == document
    }

    /// What is left of the weight of all occurrences in a document, those within compounds counting `part` each; nothing where none
    /// is left.
    fn left_of(&mut self, weight: f32, part: f32, document: DocId) -> f32 {
        if ahead(&mut *self.matching, document) != document {
            return 0.0;
        }
        let mut off = 0;
        for postings in &mut self.compounds {
            off += if ahead(postings, document) == document { postings.term_freq() } else { 0 };
        }
        (weight - part * off as f32).max(part.max(f32::MIN_POSITIVE))
    }
}

/// What an occurrence of an expansion counts.
fn weight(expansion: &Expansion, ranking: Ranking) -> f32 {
    match expansion.kind {
        ExpansionKind::Form | ExpansionKind::Word | ExpansionKind::Joined | ExpansionKind::Pattern => 1.0,
        ExpansionKind::Decompounded => ranking.apart,
        ExpansionKind::Name => ranking.name,
        ExpansionKind::Synonym => ranking.synonym,
    }
}

/// Moves to `document` or the first one behind it.
pub fn ahead<D: DocSet + ?Sized>(documents: &mut D, document: DocId) -> DocId {
    if documents.doc() < document { documents.seek(document) } else { documents.doc() }
}
