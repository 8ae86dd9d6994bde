//! The articles that have any of many terms, gathered at once: what a word with wildcards and a piece of an address need.

use crate::deadline::Deadline;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Which terms.
#[derive(Debug, Clone)]
pub enum Terms {
    /// These.
    Listed(Vec<Term>),
    /// Those of the fields that have all `pieces` in them, in this order and in any case; of a field that holds
    /// addresses among others only the addresses.
    Containing {
        /// Where they are, and whether they must be addresses.
        fields: Vec<(Field, bool)>,
        /// In lower case; none are in every term.
        pieces: Vec<String>,
    },
}

impl Terms {
    /// Gathers the articles of a segment. Takes a bit for each article, and time for all their postings; for
    /// [`Terms::Containing`] for all terms of the fields.
    pub fn open(&self, segment: &SegmentReader, deadline: &Deadline) -> tantivy::Result<Gathered> {
        let (mut watch, mut reading) = (deadline.watch(), deadline.watch());
        let mut bits = vec![0; (segment.max_doc() as usize).div_ceil(64)];
        let mut add = |mut documents: tantivy::postings::SegmentPostings| {
            while documents.doc() != TERMINATED && !reading.one() {
                if let Some(word) = bits.get_mut(documents.doc() as usize / 64) {
                    *word |= 1 << (documents.doc() % 64);
                }
                documents.advance();
            }
        };
        match self {
            Terms::Listed(terms) => {
                for term in terms {
                    if watch.one() {
                        break;
                    }
                    let index = segment.inverted_index(term.field())?;
                    if let Some(documents) = index.read_postings(term, IndexRecordOption::Basic)? {
                        add(documents);
                    }
                }
            }
            Terms::Containing { fields, pieces } => {
                for (field, addresses) in fields {
                    let index = segment.inverted_index(*field)?;
                    let mut terms = index.terms().stream()?;
                    while terms.advance() && !watch.one() {
                        let term = String::from_utf8_lossy(terms.key());
                        if has_in_order(&term.to_lowercase(), pieces) && (!addresses || term.contains("://")) {
                            add(index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?);
                        }
                    }
                }
            }
        }
        let mut gathered = Gathered { bits, document: 0 };
        gathered.document = gathered.from(0);
        Ok(gathered)
    }
}

/// Whether a text has the pieces in this order, none over another.
fn has_in_order(text: &str, pieces: &[String]) -> bool {
    let mut rest = Some(text);
    for piece in pieces {
        rest = rest.and_then(|rest| rest.split_once(piece.as_str())).map(|(_, behind)| behind);
    }
    rest.is_some()
}

/// Articles that have any of many terms, as a query.
#[derive(Debug, Clone)]
pub struct Gathering {
    pub terms: Terms,
    /// When the search must have ended.
    pub deadline: Deadline,
}

impl Query for Gathering {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(GatheringWeight(self.clone())))
    }
}

struct GatheringWeight(Gathering);

impl Weight for GatheringWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.0.terms.open(segment, &self.0.deadline)?))
    }

    fn explain(&self, _: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("document {document} is not explained")))
    }
}

/// The articles, in order.
pub struct Gathered {
    bits: Vec<u64>,
    document: DocId,
}

impl Gathered {
    /// The first one from `document` on.
    fn from(&self, document: DocId) -> DocId {
        let (first, bit) = (document as usize / 64, document % 64);
        let Some(word) = self.bits.get(first) else { return TERMINATED };
        let masked = word & (u64::MAX << bit);
        let found = if masked != 0 {
            Some((first, masked))
        } else {
            let rest = self.bits.iter().enumerate().skip(first + 1);
            rest.map(|(at, word)| (at, *word)).find(|(_, word)| *word != 0)
        };
        found.map_or(TERMINATED, |(at, word)| at as DocId * 64 + word.trailing_zeros())
    }
}

impl DocSet for Gathered {
    fn advance(&mut self) -> DocId {
        if self.document != TERMINATED {
            self.document = self.from(self.document + 1);
        }
        self.document
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document < target {
            self.document = self.from(target);
        }
        self.document
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.bits.iter().map(|word| word.count_ones()).sum()
    }
}

impl Scorer for Gathered {
    fn score(&mut self) -> Score {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_each_other() {
        let check = |pieces: &[&str], has: bool| {
            let pieces: Vec<String> = pieces.iter().map(|piece| (*piece).to_owned()).collect();
            assert_eq!(has_in_order("https://anzeiger.example/2019/b", &pieces), has, "{pieces:?}");
        };
        check(&[], true);
        check(&["anzeiger", "2019"], true);
        check(&["2019", "anzeiger"], false);
        check(&["anzeiger.ex", "example"], false);
        check(&["/", "/", "/", "/b"], true);
        check(&["/", "/", "/", "/", "/"], false);
    }

    #[test]
    fn gathered_articles_come_in_order() {
        let mut gathered = Gathered { bits: vec![1 << 3, 0, 1 | 1 << 63], document: 0 };
        gathered.document = gathered.from(0);
        let mut found = vec![gathered.doc()];
        while gathered.advance() != TERMINATED {
            found.push(gathered.doc());
        }
        assert_eq!(found, [3, 128, 191]);
        assert_eq!(gathered.from(129), 191);
        assert_eq!(gathered.from(TERMINATED), TERMINATED);
    }
}
