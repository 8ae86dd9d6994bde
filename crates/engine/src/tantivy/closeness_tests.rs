//! Closeness, numbers of occurrences and fields of parts, held against a matcher of our own that tries all, on small articles
//! made at random.

use super::document::Documents;
use super::lexicon::Lexicon;
use super::lower::Lowering;
use super::marked::tests::same_marks;
use super::new_segment::NewSegment;
use super::schema;
use crate::memory::MemoryEngine;
use crate::plan::prepared::{Prepared, prepare};
use crate::plan::resolve::ExclusionCache;
use crate::text::highlight::Highlighter;
use crate::{ExpansionOptions, FileState, Record, SearchRequest};
use findbuch_article::{Article, Part, PartKind};
use findbuch_german::Analyzer;
use findbuch_query::Query;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use tantivy::query::EnableScoring;
use tantivy::{DocSet, Index, Searcher, TERMINATED, TantivyDocument, TantivyError};

/// Words without inflection and parts, so that each is found as itself alone.
const WORDS: [&str; 4] = ["Kiwi", "Lama", "Tuba", "Yeti"];
const KINDS: [PartKind; 8] = [
    PartKind::Kicker,
    PartKind::Headline,
    PartKind::Subhead,
    PartKind::Lead,
    PartKind::Paragraph,
    PartKind::Crosshead,
    PartKind::PullQuote,
    PartKind::Caption,
];

/// A text: its sentences, each the numbers of its words.
type Text = Vec<Vec<usize>>;

/// What a query asks for.
#[derive(Debug, Clone)]
enum Asked {
    Word(usize),
    Phrase(usize, usize),
    Or(Box<Asked>, Box<Asked>),
    Close(&'static str, u32, Box<Asked>, Box<Asked>),
}

impl Asked {
    fn text(&self) -> String {
        match self {
            Asked::Word(word) => WORDS[*word].to_owned(),
            Asked::Phrase(left, right) => format!("\"{} {}\"", WORDS[*left], WORDS[*right]),
            Asked::Or(left, right) => format!("({} OR {})", left.text(), right.text()),
            Asked::Close(operator, most, left, right) => {
                let number = if matches!(*operator, "NEAR" | "ADJ") { format!("/{most}") } else { String::new() };
                format!("({} {operator}{number} {})", left.text(), right.text())
            }
        }
    }

    /// All stretches that match: region, first and last word, and whether others may stand between.
    fn stretches(&self, words: &[Placed]) -> BTreeSet<(usize, usize, usize, bool)> {
        match self {
            Asked::Word(number) => {
                words.iter().filter(|w| w.number == *number).map(|w| (w.region, w.at, w.at, false)).collect()
            }
            Asked::Phrase(left, right) => words
                .iter()
                .zip(words.iter().skip(1))
                .filter(|(a, b)| a.number == *left && b.number == *right && a.paragraph == b.paragraph)
                .map(|(a, b)| (a.region, a.at, b.at, false))
                .collect(),
            Asked::Or(left, right) => &left.stretches(words) | &right.stretches(words),
            Asked::Close(operator, most, left, right) => {
                let place = |region, at| words.iter().find(|w| w.region == region && w.at == at).expect("a word");
                let mut found = BTreeSet::new();
                for a in &left.stretches(words) {
                    for b in &right.stretches(words) {
                        let (first, second) = if a.1 <= b.1 { (a, b) } else { (b, a) };
                        let inside = first.3 && first.1 < second.1 && second.2 < first.2;
                        if first.0 != second.0 || (first.2 >= second.1 && !inside) {
                            continue;
                        }
                        let last = first.2.max(second.2);
                        let (start, end) = (place(first.0, first.1), place(first.0, last));
                        let between = second.1.saturating_sub(first.2 + 1);
                        let close = match *operator {
                            "NEAR" => between <= *most as usize,
                            "ADJ" => between <= *most as usize && first == a && !inside,
                            "SATZ" => start.sentence == end.sentence,
                            _ => start.paragraph == end.paragraph,
                        };
                        if close {
                            found.insert((first.0, first.1, last, true));
                        }
                    }
                }
                found
            }
        }
    }
}

/// A word of an article.
struct Placed {
    number: usize,
    kind: PartKind,
    region: usize,
    /// Number within the region.
    at: usize,
    paragraph: usize,
    sentence: usize,
}

/// The words of an article; the paragraphs and crossheads of the body are one region, every other part is its own.
fn placed(parts: &[(PartKind, Text)]) -> Vec<Placed> {
    let (mut words, mut sentence, mut in_body) = (Vec::<Placed>::new(), 0, 0);
    for (paragraph, (kind, text)) in parts.iter().enumerate() {
        let body = matches!(kind, PartKind::Paragraph | PartKind::Crosshead);
        let mut at = if body { in_body } else { 0 };
        for numbers in text {
            sentence += 1;
            for &number in numbers {
                let region = if body { usize::MAX } else { paragraph };
                words.push(Placed { number, kind: *kind, region, at, paragraph, sentence });
                at += 1;
            }
        }
        if body {
            in_body = at;
        }
    }
    words
}

fn article(id: usize, parts: &[(PartKind, Text)]) -> Article {
    let text = |text: &Text| {
        let sentence = |numbers: &Vec<usize>| numbers.iter().map(|n| WORDS[*n]).collect::<Vec<_>>().join(" ") + ".";
        text.iter().map(sentence).collect::<Vec<_>>().join(" ")
    };
    let parts = parts.iter().map(|(kind, words)| Part::new(*kind, text(words))).collect();
    Article { id: id.to_string(), parts, ..Article::default() }
}

fn documents(articles: &[Vec<(PartKind, Text)>]) -> Index {
    index(articles.iter().enumerate().map(|(id, parts)| article(id, parts)))
}

pub fn index(articles: impl Iterator<Item = Article>) -> Index {
    let (schema, fields) = schema::build();
    let index = Index::builder().schema(schema).create_in_ram().expect("an index");
    let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).expect("a writer");
    let mut documents = Documents::new(&fields, Analyzer::default());
    let mut segment = NewSegment::new(writer.new_segment()).expect("a segment");
    for article in articles {
        let record = Record { file: &FileState::default(), folders: &[], article: &article, content: 0 };
        let end = documents.add(&record, 1, &mut segment).expect("its words");
        segment.article_ends(&end).expect("added");
    }
    writer.add_segment(segment.write().expect("written")).expect("added");
    writer.commit().expect("committed");
    index
}

/// A request, prepared for an index.
pub fn prepared<'a>(searcher: &Searcher, request: &SearchRequest<'a>) -> Prepared<'a> {
    let (fields, failed) = (schema::build().1, |error: &TantivyError| panic!("{error}"));
    let analyzers = Arc::default();
    let lexicon =
        Lexicon { searcher, fields: &fields, analyzers: &analyzers, surnames: &OnceLock::new(), failed: &failed };
    prepare(request, &lexicon, &ExclusionCache::default(), &analyzers).expect("a plan")
}

/// The numbers of the articles that a query matches.
fn found(index: &Index, text: &str) -> Vec<usize> {
    found_excluding(index, text, &[])
}

pub fn found_excluding(index: &Index, text: &str, excluded: &[String]) -> Vec<usize> {
    let query = Query::parse(text, jiff::civil::Date::ZERO).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let expansion = ExpansionOptions { excluded, ..ExpansionOptions::default() };
    let fields = schema::build().1;
    let searcher = index.reader().expect("a reader").searcher();
    let prepared =
        prepared(&searcher, &SearchRequest { expansion, loose_phrases: false, ..SearchRequest::new(&query) });
    let lowering = Lowering { fields: &fields, analyzers: &prepared.plan().analyzers, deadline: prepared.deadline() };
    let matching = lowering.query(&prepared.plan().matching.matching);
    let weight = matching.weight(EnableScoring::disabled_from_searcher(&searcher)).expect("a weight");
    let mut found = Vec::new();
    for segment in searcher.segment_readers() {
        let mut scorer = weight.scorer(segment, 1.0).expect("a scorer");
        while scorer.doc() != TERMINATED {
            found.push(scorer.doc() as usize);
            scorer.advance();
        }
    }
    found
}

/// The numbers of the articles that have a place for a query in their texts, as marks and concordances find it.
fn in_texts(articles: impl Iterator<Item = Article>, text: &str) -> Vec<usize> {
    in_texts_excluding(articles, text, &[])
}

pub fn in_texts_excluding(articles: impl Iterator<Item = Article>, text: &str, excluded: &[String]) -> Vec<usize> {
    let query = Query::parse(text, jiff::civil::Date::ZERO).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let articles: Vec<Article> = articles.collect();
    let expansion = ExpansionOptions { excluded, ..ExpansionOptions::default() };
    let engine = MemoryEngine::of(articles.iter().cloned());
    let prepared = engine
        .prepared(&SearchRequest { expansion, loose_phrases: false, ..SearchRequest::new(&query) })
        .expect("a plan");
    let mut highlighter = Highlighter::new(prepared.plan());
    let mut places = |article: &Article| {
        let found = highlighter.find(article, |_| true);
        assert_eq!(found.places.is_empty(), found.marks.iter().all(Vec::is_empty), "{text} in {article:?}");
        !found.places.is_empty()
    };
    articles.iter().enumerate().filter(|(_, article)| places(article)).map(|(number, _)| number).collect()
}

fn text() -> impl Strategy<Value = Text> {
    proptest::collection::vec(proptest::collection::vec(0..WORDS.len(), 1..6), 0..4)
}

fn parts() -> impl Strategy<Value = Vec<(PartKind, Text)>> {
    proptest::collection::vec((proptest::sample::select(&KINDS[..]), text()), 0..6)
}

fn asked() -> impl Strategy<Value = Asked> {
    let word = 0..WORDS.len();
    let leaf = prop_oneof![
        3 => word.clone().prop_map(Asked::Word),
        1 => (word.clone(), word).prop_map(|(left, right)| Asked::Phrase(left, right)),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        let operator = proptest::sample::select(&["NEAR", "ADJ", "SATZ", "ABSATZ"][..]);
        prop_oneof![
            1 => (inner.clone(), inner.clone()).prop_map(|(l, r)| Asked::Or(Box::new(l), Box::new(r))),
            3 => (operator, 0u32..7, inner.clone(), inner)
                .prop_map(|(operator, most, l, r)| Asked::Close(operator, most, Box::new(l), Box::new(r))),
        ]
    })
}

/// The fields of parts, and the parts that each is.
const FIELDS: [(&str, &[PartKind]); 7] = [
    ("", &KINDS),
    ("dachzeile", &[PartKind::Kicker]),
    ("titel", &[PartKind::Headline]),
    ("vorspann", &[PartKind::Lead, PartKind::Subhead]),
    ("text", &[PartKind::Paragraph, PartKind::Crosshead]),
    ("zitat", &[PartKind::PullQuote]),
    ("bild", &[PartKind::Caption]),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn articles_are_found_as_by_trying_all(
        articles in proptest::collection::vec(parts(), 1..8),
        queries in proptest::collection::vec((asked(), 0usize..4, 0..FIELDS.len()), 1..12),
    ) {
        let index = documents(&articles);
        for (asked, least, field) in &queries {
            let (name, kinds) = FIELDS[*field];
            let mut text = asked.text();
            if *least > 0 {
                text = format!("ATLEAST/{least} {text}");
            }
            if !name.is_empty() {
                text = format!("{name}:({text})");
            }
            let expected: Vec<usize> = (0..articles.len())
                .filter(|at| {
                    let words: Vec<Placed> = placed(&articles[*at]);
                    let within = words.into_iter().filter(|word| kinds.contains(&word.kind)).collect::<Vec<_>>();
                    let starts: BTreeSet<(usize, usize)> =
                        asked.stretches(&within).into_iter().map(|(region, start, ..)| (region, start)).collect();
                    starts.len() >= (*least).max(1)
                })
                .collect();
            prop_assert_eq!(&in_texts(articles.iter().enumerate().map(|(id, parts)| article(id, parts)), &text), &expected, "{}", text);
            prop_assert_eq!(found(&index, &text), expected, "{}", text);
            let articles: Vec<Article> = articles.iter().enumerate().map(|(id, parts)| article(id, parts)).collect();
            prop_assert!(same_marks(&index, &articles, &text).0, "{}", text);
        }
    }
}

#[test]
fn distances_are_exact_however_far() {
    let far = |between: usize| {
        let mut words = vec![0];
        words.extend(vec![2; between]);
        words.push(1);
        vec![(PartKind::Paragraph, vec![words])]
    };
    let index = documents(&[far(0), far(254), far(255), far(256), far(300), far(1000)]);
    for (query, expected) in [
        ("Kiwi NEAR/0 Lama", &[0][..]),
        ("Lama NEAR/254 Kiwi", &[0, 1]),
        ("Kiwi ADJ/255 Lama", &[0, 1, 2]),
        ("Kiwi NEAR/256 Lama", &[0, 1, 2, 3]),
        ("Lama NAH/999 Kiwi", &[0, 1, 2, 3, 4]),
        ("Kiwi VOR/1000 Lama", &[0, 1, 2, 3, 4, 5]),
        ("Lama VOR/1000 Kiwi", &[]),
        ("MINDESTENS/300 Tuba", &[4, 5]),
    ] {
        assert_eq!(found(&index, query), expected, "{query}");
    }
}

#[test]
fn parts_of_compounds_have_places() {
    let texts = [
        "Die Apfelernte begann früh im Tal.",
        "Im Tal lagen Äpfel und Birnen. Die Ernte kam spät.",
        "Der Apfel fiel nicht weit vom Tal. Am Ende gab es noch viel mehr, Apfelsaft und Apfelkuchen.",
    ];
    let article = |text: &&str| Article { parts: vec![Part::new(PartKind::Paragraph, *text)], ..Article::default() };
    let index = index(texts.iter().map(article));
    for (query, expected) in [
        ("Apfel NEAR/3 Tal", &[0, 1][..]),
        ("Apfel NEAR/4 Tal", &[0, 1, 2]),
        ("Apfel SATZ Ernte", &[]),
        ("Apfel SATZ Birne", &[1]),
        ("Ernte ADJ/3 Tal", &[0]),
        ("Apfel SATZ Tal SATZ weit", &[2]),
        ("ATLEAST/3 Apfel", &[2]),
        ("=Apfel NEAR/9 Tal", &[2]),
        ("Apf* VOR/3 Tal", &[0]),
        ("text:Apfel", &[0, 1, 2]),
        ("bild:Apfel", &[]),
    ] {
        assert_eq!(found(&index, query), expected, "{query}");
        assert_eq!(in_texts(texts.iter().map(article), query), expected, "{query} in the texts");
    }
}
