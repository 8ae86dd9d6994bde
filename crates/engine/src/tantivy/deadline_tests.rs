//! Loops that may skip many articles stop when the time is over, and change nothing without a deadline.

use super::closeness_tests::{index, prepared};
use super::columns::Columns;
use super::lexicon::Lexicon;
use super::lower::Lowering;
use super::matched::Matched;
use super::{facets, schema, search, stream, vocabulary};
use crate::deadline::Deadline;
use crate::plan::dictionary::Dictionary;
use crate::plan::explain::explain;
use crate::plan::matching::Match;
use crate::plan::pattern::Pattern;
use crate::{FacetField, SearchRequest};
use findbuch_article::{Article, Part, PartKind};
use findbuch_query::Query;
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet, Index, Searcher, TERMINATED, TantivyError};

/// More articles than pass between two looks at the clock.
const ARTICLES: usize = 3_000;

/// Articles in which Lama never stands right before Kiwi, and the two never in one sentence.
fn llamas() -> Index {
    index((0..ARTICLES).map(|id| {
        let text = format!("Die Kiwi reift im Gewächshaus. Das Lama Nummer{id} grast am Teich.");
        let parts = vec![Part::new(PartKind::Paragraph, text)];
        Article { id: id.to_string(), parts, source: Some(format!("Blatt {id}")), ..Article::default() }
    }))
}

fn searcher(index: &Index) -> Searcher {
    index.reader().expect("a reader").searcher()
}

/// A deadline that has passed and that nobody has looked at.
fn passed() -> Deadline {
    Deadline::of(Some(Instant::now()))
}

#[test]
fn scorers_that_pass_over_many_articles_notice_that_the_time_is_over() {
    let (index, fields) = (llamas(), schema::build().1);
    let searcher = searcher(&index);
    let check = |text: &str, articles: usize| {
        let query = Query::parse(text, jiff::civil::Date::ZERO).expect(text);
        let request = SearchRequest { loose_phrases: false, ..SearchRequest::new(&query) };
        let (prepared, none) = (prepared(&searcher, &request), Deadline::default());
        let matching = |deadline: &Deadline| {
            let lowering = Lowering { fields: &fields, analyzers: &prepared.plan().analyzers, deadline };
            let matching = lowering.query(&prepared.plan().matching.matching);
            let weight = matching.weight(EnableScoring::disabled_from_searcher(&searcher)).expect("a weight");
            let mut matched = 0;
            for segment in searcher.segment_readers() {
                let mut scorer = weight.scorer(segment, 1.0).expect("a scorer");
                while scorer.doc() != TERMINATED {
                    matched += 1;
                    scorer.advance();
                }
            }
            matched
        };
        assert_eq!(matching(&none), articles, "{text}");
        let passed = passed();
        // asked by itself, without the loop round it
        assert!(matching(&passed) <= articles && passed.was_over(), "{text} does not notice");
    };
    check("\"Lama Kiwi\"", 0);
    check("Kiwi SATZ Lama", 0);
    check("Lama VOR/9 Kiwi", 0);
    check("Kiwi NAH/9 Lama", ARTICLES);
    check("MINDESTENS/2 Kiwi", 0);
    check("titel:Kiwi", 0);
    check("G*a*s*", ARTICLES);
    check("id:9", (0..ARTICLES).filter(|id| id.to_string().contains('9')).count());
}

fn columns(searcher: &Searcher) -> Arc<Vec<Columns>> {
    Arc::new(Columns::of(searcher).expect("columns"))
}

#[test]
fn loops_over_articles_and_words_notice_that_the_time_is_over() {
    let (index, fields) = (llamas(), schema::build().1);
    let searcher = searcher(&index);
    let columns = columns(&searcher);
    let check = |text: &str, total: u64| {
        let query = Query::parse(text, jiff::civil::Date::ZERO).expect(text);
        let prepared = prepared(&searcher, &SearchRequest::new(&query));
        let hits = |deadline: &Deadline| {
            let prepared = prepared.clone().until(deadline.clone());
            search::search(&searcher, &fields, &columns, &prepared, None).expect("hits").total
        };
        assert_eq!(hits(&Deadline::default()), total, "{text}");
        let over = passed();
        assert!(hits(&over) <= total && over.was_over(), "{text} does not notice");
        let over = passed();
        let lowering = Lowering { fields: &fields, analyzers: &prepared.plan().analyzers, deadline: &over };
        let count = |found: &Match| Ok(search::count(&searcher, &*lowering.query(found), &over).expect("a count"));
        explain(prepared.plan(), count).expect("explained");
        assert!(over.was_over(), "{text} is explained without notice");
    };
    check("Kiwi", ARTICLES as u64);
    check("Kiwi ODER Lama", ARTICLES as u64);
    check("Kiwi Zebra", ARTICLES as u64);
    check("-Zebra Kiwi", ARTICLES as u64);
    let over = passed();
    vocabulary::nearest(&searcher, &fields, "nummerx", &over).expect("near words");
    assert!(over.was_over());
}

#[test]
fn words_with_wildcards_are_not_looked_up_beyond_the_time() {
    let (index, fields) = (llamas(), schema::build().1);
    for text in ["nummer*12", "*mmer12", "nummer12~1"] {
        let pattern = match text.split_once('~') {
            Some((word, _)) => Pattern::fuzzy(word, 1),
            None => Pattern::wildcard(text),
        };
        let (searcher, over) = (searcher(&index), passed());
        let failed = |error: &TantivyError| panic!("{error}");
        let analyzers = Arc::default();
        let lexicon = Lexicon {
            searcher: &searcher,
            fields: &fields,
            analyzers: &analyzers,
            surnames: &OnceLock::new(),
            failed: &failed,
        };
        lexicon.matching(None, &pattern, 1_000, &over).expect("forms");
        assert!(over.was_over(), "{text}");
    }
}

#[test]
fn counts_and_streams_notice_that_the_time_is_over() {
    let (index, fields) = (llamas(), schema::build().1);
    let searcher = searcher(&index);
    let mut matched = Matched::new(&searcher);
    for document in 0..ARTICLES as u32 {
        matched.add(DocAddress::new(0, document));
    }
    for field in FacetField::ALL {
        let over = passed();
        facets::count(&searcher, &matched, &[], &[field], &over).expect("counts");
        assert!(over.was_over(), "{field:?}");
    }
    let query = Query::from_plain_text("Nummer7");
    let prepared = prepared(&searcher, &SearchRequest::new(&query)).until(passed());
    let failed = |error| panic!("{error}");
    let stream = stream::stream(&searcher, &fields, &columns(&searcher), &prepared, failed).expect("a stream");
    let hits: Vec<_> = stream.hits.collect();
    assert!(matches!(hits.as_slice(), [Err(crate::EngineError::TimedOut)]), "{}", hits.len());
}
