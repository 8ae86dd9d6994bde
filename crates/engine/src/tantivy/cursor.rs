//! The postings of one word of the query in one segment, with all that it is searched as.

use super::docset::ahead;
use super::positions::{Positions, Together};
use super::schema::Fields;
use super::sets::{Gathered, Terms};
use super::spans::Spans;
use crate::deadline::Deadline;
use crate::plan::position_expr::PositionExpr;
use crate::plan::word::{ExpansionKind, WORDS_BETWEEN_PARTS, Word};
use crate::ranking::Ranking;
use crate::score::occurrences::{Occurrences, PartWeight};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Scorer;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The postings of a part of a compound: as a word, and within compounds.
struct CompoundPart {
    word: Option<SegmentPostings>,
    within: Option<SegmentPostings>,
}

/// The postings of one word.
pub struct Cursor {
    /// What an occurrence within compounds counts.
    part: f32,
    /// In the text, as itself or another spelling, with what an occurrence counts.
    text: Vec<(SegmentPostings, f32)>,
    /// Within compounds.
    within: Vec<(SegmentPostings, f32)>,
    /// Several words together.
    together: Vec<(Together, f32)>,
    /// In weighted parts of the article.
    parts: Vec<(SegmentPostings, PartWeight)>,
    parts_together: Vec<(Together, PartWeight)>,
    /// The single parts of the compound, each with its share of it.
    compound_parts: Vec<CompoundPart>,
    /// Whether the form typed alone counts.
    exactly: bool,
    /// The forms typed.
    exact: Vec<SegmentPostings>,
    /// The articles that have any of the forms that a pattern means.
    any: Option<Gathered>,
    /// What is excluded of the word, if anything is.
    exclusions: Option<Exclusions>,
    /// Where the word stands in the document whose positions were read last.
    pub positions: Vec<u32>,
    spare: Vec<u32>,
}

impl Cursor {
    /// Opens a word's postings.
    pub fn open(
        word: &Word,
        segment: &SegmentReader,
        fields: &Fields,
        ranking: Ranking,
        deadline: &Deadline,
    ) -> tantivy::Result<Cursor> {
        let mut cursor = Cursor {
            part: ranking.part,
            text: Vec::new(),
            within: Vec::new(),
            together: Vec::new(),
            parts: Vec::new(),
            parts_together: Vec::new(),
            compound_parts: Vec::new(),
            exactly: word.exact && word.pattern.is_none(),
            exact: Vec::new(),
            any: None,
            exclusions: None,
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
        if ranking.compound_parts > 0.0 {
            for stem in word.compound_parts.iter().flatten() {
                cursor.compound_parts.push(CompoundPart {
                    word: postings(fields.text, stem, IndexRecordOption::WithFreqs)?,
                    within: postings(fields.parts, stem, IndexRecordOption::WithFreqs)?,
                });
            }
        }
        if word.has_exclusions() {
            cursor.exclusions = Some(Exclusions::open(word, segment, fields, deadline)?);
        }
        let weighted = ranking.parts().map(|(kind, part)| (fields.of_part(kind), part));
        for expansion in &word.expansions {
            let slots = if expansion.kind == ExpansionKind::Form { &word.stems } else { &expansion.slots };
            let weight = ranking.of_kind(expansion.kind);
            if let [stems] = slots.as_slice() {
                for stem in stems {
                    let positions = IndexRecordOption::WithFreqsAndPositions;
                    cursor.text.extend(postings(fields.text, stem, positions)?.map(|p| (p, weight)));
                    if expansion.within && ranking.part > 0.0 {
                        let found = postings(fields.parts, stem, IndexRecordOption::WithFreqs)?;
                        cursor.within.extend(found.map(|p| (p, weight * ranking.part)));
                    }
                    for (field, part) in weighted {
                        let Some(field) = field else { continue };
                        let found = postings(field, stem, IndexRecordOption::WithFreqs)?;
                        cursor.parts.extend(found.map(|p| (p, part.times(weight))));
                    }
                }
                continue;
            }
            let between = (expansion.kind == ExpansionKind::Decompounded).then_some(WORDS_BETWEEN_PARTS);
            let together = |field: Field| -> tantivy::Result<Option<Together>> {
                let terms = |stems: &Vec<Box<str>>| stems.iter().map(|s| Term::from_field_text(field, s)).collect();
                let slots = slots.iter().map(terms).collect();
                Positions { field, slots, between, deadline: deadline.clone() }.open(segment)
            };
            cursor.together.extend(together(fields.text)?.map(|found| (found, weight)));
            for (field, part) in weighted {
                let Some(field) = field else { continue };
                cursor.parts_together.extend(together(field)?.map(|found| (found, part.times(weight))));
            }
        }
        Ok(cursor)
    }

    /// The first document from `target` on that has the word.
    pub fn next(&mut self, target: DocId) -> DocId {
        if let Some(exclusions) = &mut self.exclusions {
            return ahead(&mut *exclusions.matching, target);
        }
        let mut document = self.next_in_any_form(target);
        while self.exactly && document != TERMINATED && !self.has_form(document) {
            document = self.next_in_any_form(document + 1);
        }
        document
    }

    /// The first document from `target` on that may gain from the word in its headline.
    pub fn next_in_headline(&mut self, target: DocId) -> DocId {
        let gains = |part: &PartWeight| part.there > 0.0;
        let single = self.parts.iter_mut().filter(|(_, part)| gains(part)).map(|(found, _)| ahead(found, target));
        let first = single.min().unwrap_or(TERMINATED);
        let together = self.parts_together.iter_mut().filter(|(_, part)| gains(part));
        together.map(|(found, _)| found.ahead(target)).min().unwrap_or(TERMINATED).min(first)
    }

    /// Whether a document has the form typed.
    fn has_form(&mut self, document: DocId) -> bool {
        !self.exact.is_empty() && self.exact.iter_mut().all(|postings| ahead(postings, document) == document)
    }

    fn next_in_any_form(&mut self, target: DocId) -> DocId {
        let single = self.text.iter_mut().chain(&mut self.within).map(|(postings, _)| ahead(postings, target)).min();
        let together = self.together.iter_mut().map(|(found, _)| found.ahead(target)).min();
        let together = together.into_iter().chain(self.any.as_mut().map(|any| ahead(any, target))).min();
        single.unwrap_or(TERMINATED).min(together.unwrap_or(TERMINATED))
    }

    /// What a document has of the word; `headline` is what a gain in the headline is multiplied by.
    pub fn occurrences(&mut self, document: DocId, headline: f32) -> Occurrences {
        if let Some(any) = &mut self.any {
            let found = ahead(any, document) == document;
            return Occurrences {
                found,
                itself: found,
                typed: found,
                pattern: true,
                weight: 1.0,
                ..Occurrences::default()
            };
        }
        let mut weight = 0.0;
        let in_text = self.exclusions.as_mut().is_none_or(|exclusions| exclusions.in_text(document));
        for (postings, each) in self.text.iter_mut().filter(|_| in_text) {
            if ahead(postings, document) == document {
                weight += *each * postings.term_freq() as f32;
            }
        }
        let mut itself = weight > 0.0;
        for (found, each) in &mut self.together {
            if found.is_at(document) {
                weight += *each * found.starts().len() as f32;
                itself |= !found.is_apart();
            }
        }
        let typed = self.has_form(document);
        for (postings, each) in &mut self.within {
            if ahead(postings, document) == document {
                weight += *each * postings.term_freq() as f32;
            }
        }
        if let Some(exclusions) = &mut self.exclusions {
            weight = exclusions.remaining(weight, self.part, document);
        }
        let found = weight > 0.0 && (typed || !self.exactly);
        if !found {
            return Occurrences { typed, ..Occurrences::default() };
        }
        let mut there: f32 = 0.0;
        for (postings, part) in self.parts.iter_mut().filter(|_| in_text) {
            if ahead(postings, document) == document {
                weight += part.beyond * postings.term_freq() as f32;
                there = there.max(part.there);
            }
        }
        for (found, part) in &mut self.parts_together {
            if found.is_at(document) {
                weight += part.beyond * found.starts().len() as f32;
                there = there.max(part.there);
            }
        }
        Occurrences { found, itself, typed, pattern: false, weight, in_headline: there * headline }
    }

    /// How often a document has a part of the compound, one within compounds counting as [`Ranking::part`].
    pub fn part_frequency(&mut self, document: DocId, part: usize) -> f32 {
        let each = self.part;
        let Some(part) = self.compound_parts.get_mut(part) else { return 0.0 };
        let count = |postings: &mut Option<SegmentPostings>| {
            postings.as_mut().map_or(0.0, |postings| {
                if ahead(postings, document) == document { postings.term_freq() as f32 } else { 0.0 }
            })
        };
        count(&mut part.word) + each * count(&mut part.within)
    }

    /// Where the word stands in the document scored last.
    pub fn read_positions(&mut self, document: DocId) {
        self.positions.clear();
        for (postings, _) in self.text.iter_mut().filter(|(postings, _)| postings.doc() == document) {
            postings.positions(&mut self.spare);
            self.positions.append(&mut self.spare);
        }
        for (found, _) in self.together.iter().filter(|(found, _)| found.stands_at(document)) {
            self.positions.extend_from_slice(found.starts());
        }
        if self.text.len() + self.together.len() > 1 {
            self.positions.sort_unstable();
        }
    }
}

/// The exclusions of a word. Articles match exactly if they have a position of it that counts; how often they have it is an estimate,
/// since the index cannot separate excluded words with hyphens from others.
struct Exclusions {
    matching: Box<dyn Scorer>,
    /// Those that have it not only within compounds.
    itself: Box<dyn Scorer>,
    /// Excluded compounds.
    compounds: Vec<SegmentPostings>,
}

impl Exclusions {
    fn open(word: &Word, segment: &SegmentReader, fields: &Fields, deadline: &Deadline) -> tantivy::Result<Exclusions> {
        let scorer = |word: &Word| {
            let expr = PositionExpr::of_word(word);
            Spans { expr, least: 1, fields: fields.clone(), deadline: deadline.clone() }.scorer(segment)
        };
        let mut itself = word.clone();
        itself.expansions.iter_mut().for_each(|expansion| expansion.within = false);
        let mut compounds = Vec::new();
        let index = segment.inverted_index(fields.text)?;
        for stem in word.excluded_phrases.iter().filter(|slots| slots.len() == 1).flatten().flatten() {
            let term = Term::from_field_text(fields.text, stem);
            compounds.extend(index.read_postings(&term, IndexRecordOption::WithFreqs)?);
        }
        Ok(Exclusions { matching: scorer(word)?, itself: scorer(&itself)?, compounds })
    }

    /// Whether the word counts in the text of a document, and not only within compounds.
    fn in_text(&mut self, document: DocId) -> bool {
        ahead(&mut *self.itself, document) == document
    }

    /// The weight of all occurrences in a document without the excluded ones, each of which weighs `part`; 0 if none is left.
    fn remaining(&mut self, weight: f32, part: f32, document: DocId) -> f32 {
        if ahead(&mut *self.matching, document) != document {
            return 0.0;
        }
        let mut excluded = 0;
        for postings in &mut self.compounds {
            excluded += if ahead(postings, document) == document { postings.term_freq() } else { 0 };
        }
        (weight - part * excluded as f32).max(part.max(f32::MIN_POSITIVE))
    }
}
