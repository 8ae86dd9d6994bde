//! Where the first articles of a result have what is to be marked, by the positions of postings: the rest of their texts need not be
//! analysed.

use super::docset::ahead;
use super::schema::Fields;
use super::segments::SegmentsReader;
use crate::plan::prepared::Prepared;
use crate::text::highlight::MarkedAt;
use std::collections::HashMap;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};

/// For each of the articles where the words to be marked stand; none where positions do not tell.
pub fn positions(
    searcher: &Searcher,
    fields: &Fields,
    prepared: &Prepared<'_>,
    mut articles: Vec<DocAddress>,
) -> tantivy::Result<Option<HashMap<DocAddress, MarkedAt>>> {
    let marking = &prepared.plan().marking;
    let Some(stems) = marking.stems() else { return Ok(None) };
    let sentences = !marking.operators.is_empty();
    articles.sort_unstable();
    let mut found: HashMap<DocAddress, MarkedAt> = HashMap::new();
    let mut spare = Vec::new();
    for of_segment in articles.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let segment = searcher.segment_reader(of_segment[0].segment_ord);
        let mut bounds = SegmentsReader::open(segment, fields.bounds)?;
        for address in of_segment {
            let bounds = bounds.read(address.doc_id, sentences).clone();
            found.insert(*address, MarkedAt { words: Vec::new(), bounds });
        }
        for field in [fields.text, fields.parts] {
            let index = segment.inverted_index(field)?;
            for stem in &stems {
                let term = Term::from_field_text(field, stem);
                let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? else {
                    continue;
                };
                for address in of_segment {
                    if ahead(&mut postings, address.doc_id) == address.doc_id {
                        postings.positions(&mut spare);
                        found.entry(*address).or_default().words.append(&mut spare);
                    }
                }
            }
        }
    }
    for at in found.values_mut() {
        at.words.sort_unstable();
    }
    Ok(Some(found))
}

#[cfg(test)]
pub mod tests {
    use super::super::closeness_tests::{index, prepared};
    use super::super::schema;
    use super::*;
    use crate::SearchRequest;
    use crate::text::highlight::Highlighter;
    use findbuch_article::{Article, Part, PartKind};
    use findbuch_query::Query;
    use tantivy::Index;

    /// Holds that in articles, which are those of an index in their order, the same is marked by positions as by looking at every word.
    /// Gives whether positions tell, and how many words are marked.
    pub fn same_marks(index: &Index, articles: &[Article], text: &str) -> (bool, usize) {
        let query = Query::parse(text, jiff::civil::Date::ZERO).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let searcher = index.reader().expect("a reader").searcher();
        let prepared = prepared(&searcher, &SearchRequest { loose_phrases: false, ..SearchRequest::new(&query) });
        let address = |number: usize| DocAddress::new(0, u32::try_from(number).expect("few"));
        let addresses = (0..articles.len()).map(address).collect();
        let found = positions(&searcher, &schema::build().1, &prepared, addresses).expect("positions");
        let Some(found) = found else { return (false, 0) };
        let (mut highlighter, mut marks) = (Highlighter::new(prepared.plan()), 0);
        for (number, article) in articles.iter().enumerate() {
            let by_words = highlighter.find(article, |_| true);
            assert_eq!(
                highlighter.find_at(article, &found[&address(number)], |_| true),
                by_words,
                "{text}: {article:?}"
            );
            marks += by_words.marks.iter().flatten().count();
        }
        (true, marks)
    }

    #[test]
    fn the_same_is_marked_by_positions_as_by_looking_at_every_word() {
        let quote =
            |text: &str| Part { attribution: Some("Olga Deich".into()), ..Part::new(PartKind::PullQuote, text) };
        let articles = [
            vec![
                Part::new(PartKind::Kicker, "Flut an der Elbe"),
                Part::new(PartKind::Headline, "Die Deiche hielten"),
                Part::new(PartKind::Paragraph, "Der Elbdeich hielt. Die Helfer riefen die Wehr an, der Deich wuchs."),
                Part::new(PartKind::Paragraph, "…"),
                quote("Wir haben keinen Deich aufgegeben"),
                Part::new(PartKind::Paragraph, "Sand- und Deichbau kosten 12 Millionen Euro."),
            ],
            vec![Part::new(PartKind::Paragraph, "Am Strand lag Sand. Der Bau des Deichs begann. Er hielt lange.")],
            vec![Part::new(PartKind::Headline, "Ein anderer Artikel")],
        ];
        let articles = articles.map(|parts| Article { parts, ..Article::default() });
        let index = index(articles.iter().cloned());
        let queries = [
            ("Deich Flut", 6),
            ("Deich NEAR/3 halten", 4),
            ("anrufen SATZ Deich", 2),
            ("Flut ABSATZ Deich", 0),
            ("titel:(Deich NEAR/9 halten)", 2),
            ("MINDESTENS/3 Deich", 4),
            ("Sandbau SATZ Euro", 2),
            ("Deichbau NEAR/9 beginnen", 3),
            ("\"des Deichs\" SATZ Bau", 3),
            ("zitat:(Deich SATZ aufgeben)", 2),
        ];
        let marked = queries.map(|(query, _)| (query, same_marks(&index, &articles, query).1));
        assert_eq!(marked, queries);
        for query in ["=Deich NEAR/3 halten", "Deich* SATZ halten"] {
            assert!(!same_marks(&index, &articles, query).0, "{query}");
        }
    }
}
