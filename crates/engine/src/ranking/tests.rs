//! Each weight decides which of two articles comes first, and no longer does so where it is neutral.

use super::Ranking;
use crate::memory::MemoryEngine;
use crate::synonyms::Synonyms;
use crate::{Detail, Engine, ExpansionOptions, SearchRequest};
use PartKind::{Crosshead, Headline, Kicker, Lead, Paragraph, Subhead};
use Then::{Other, Tie};
use findbuch_article::{Article, Part, PartKind};
use findbuch_german::Analyzer;
use findbuch_query::Query;
use std::collections::BTreeSet;

/// What is the order of two articles where a weight is neutral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// None is better.
    Tie,
    /// The other one is better.
    Other,
}

type Parts = &'static [(PartKind, &'static str)];

/// A weight by its name.
struct Case {
    weight: &'static str,
    /// What is changed so that it decides alone.
    alone: fn(&mut Ranking),
    query: &'static str,
    /// The better article, and the other.
    articles: [Parts; 2],
    neutral: fn(&mut Ranking),
    then: Then,
}

/// Five words, of which the articles have four alike: queries of up to four words have rules of their own.
const CASES: &[Case] = &[
    Case {
        weight: "k1",
        alone: |_| {},
        query: "Kran",
        articles: [&[(Paragraph, "Kran Kran Kran Tee Tee Tee")], &[(Paragraph, "Kran Tee Tee Tee Tee Tee")]],
        neutral: |ranking| ranking.k1 = 0.0,
        then: Tie,
    },
    Case {
        weight: "b",
        alone: |_| {},
        query: "Kran",
        articles: [&[(Paragraph, "Kran Tee")], &[(Paragraph, "Kran Tee Tee Tee Tee Tee Tee Tee")]],
        neutral: |ranking| ranking.b = 0.0,
        then: Tie,
    },
    Case {
        weight: "kicker",
        alone: |ranking| ranking.in_kicker = 0.0,
        query: "Kran",
        articles: [&[(Kicker, "Kran"), (Paragraph, "Tee Tee")], &[(Kicker, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.kicker = 1.0,
        then: Tie,
    },
    Case {
        weight: "headline",
        alone: |ranking| ranking.in_headline = 0.0,
        query: "Kran",
        articles: [&[(Headline, "Kran"), (Paragraph, "Tee Tee")], &[(Headline, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.headline = 1.0,
        then: Tie,
    },
    Case {
        weight: "lead",
        alone: |ranking| ranking.in_lead = 0.0,
        query: "Kran",
        articles: [&[(Lead, "Kran"), (Paragraph, "Tee Tee")], &[(Lead, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.lead = 1.0,
        then: Tie,
    },
    Case {
        weight: "lead",
        alone: |ranking| ranking.in_lead = 0.0,
        query: "Kran",
        articles: [&[(Subhead, "Kran"), (Paragraph, "Tee Tee")], &[(Subhead, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.lead = 1.0,
        then: Tie,
    },
    // one in a crosshead counts as one in the body
    Case {
        weight: "crosshead",
        alone: |ranking| ranking.crosshead = 3.0,
        query: "Kran",
        articles: [&[(Crosshead, "Kran"), (Paragraph, "Tee Tee")], &[(Crosshead, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.crosshead = Ranking::default().crosshead,
        then: Tie,
    },
    Case {
        weight: "in_headline",
        alone: |ranking| ranking.headline = 1.0,
        query: "Kran",
        articles: [&[(Headline, "Kran"), (Paragraph, "Tee Tee")], &[(Headline, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.in_headline = 0.0,
        then: Tie,
    },
    Case {
        weight: "headline_length",
        alone: |_| {},
        query: "Kran",
        articles: [
            &[(Headline, "Kran"), (Paragraph, "Tee Tee Tee")],
            &[(Headline, "Kran Tee Tee"), (Paragraph, "Tee")],
        ],
        neutral: |ranking| ranking.headline_length = 0.0,
        then: Tie,
    },
    Case {
        weight: "in_kicker",
        alone: |ranking| ranking.kicker = 1.0,
        query: "Kran",
        articles: [&[(Kicker, "Kran"), (Paragraph, "Tee Tee")], &[(Kicker, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.in_kicker = 0.0,
        then: Tie,
    },
    Case {
        weight: "in_lead",
        alone: |ranking| ranking.lead = 1.0,
        query: "Kran",
        articles: [&[(Lead, "Kran"), (Paragraph, "Tee Tee")], &[(Lead, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.in_lead = 0.0,
        then: Tie,
    },
    Case {
        weight: "in_lead",
        alone: |ranking| ranking.lead = 1.0,
        query: "Kran",
        articles: [&[(Subhead, "Kran"), (Paragraph, "Tee Tee")], &[(Subhead, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.in_lead = 0.0,
        then: Tie,
    },
    // two within compounds count less than one word by itself
    Case {
        weight: "part",
        alone: |ranking| (ranking.part_alone, ranking.proximity) = (1.0, 0.0),
        query: "Kräne Zebu Yak Gnu Emu",
        articles: [
            &[(Paragraph, "Kran Zebu Yak Gnu Emu Tee")],
            &[(Paragraph, "Kranlieferung Zebu Yak Gnu Emu Kranlieferung")],
        ],
        neutral: |ranking| ranking.part = 1.0,
        then: Other,
    },
    Case {
        weight: "part",
        alone: |_| {},
        query: "Kran",
        articles: [&[(Paragraph, "Kranlieferung Kranlieferung")], &[(Paragraph, "Kranlieferung Tee")]],
        neutral: |ranking| ranking.part = 0.0,
        then: Tie,
    },
    Case {
        weight: "part_alone",
        alone: |ranking| (ranking.part, ranking.proximity) = (1.0, 0.0),
        query: "Kräne Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Kran Zebu Yak Gnu Emu")], &[(Paragraph, "Kranlieferung Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.part_alone = 1.0,
        then: Tie,
    },
    Case {
        weight: "decompounded",
        alone: |ranking| (ranking.part_alone, ranking.proximity) = (1.0, 0.0),
        query: "Kranlieferung Zebu Yak Gnu Emu",
        articles: [
            &[(Paragraph, "Kranlieferungen Zebu Yak Gnu Emu Tee")],
            &[(Paragraph, "Lieferung Kran Zebu Yak Gnu Emu")],
        ],
        neutral: |ranking| ranking.decompounded = 1.0,
        then: Tie,
    },
    Case {
        weight: "scattered",
        alone: |ranking| ranking.proximity = 0.0,
        query: "Kranlieferung Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Kran Zebu Yak Gnu Emu Lieferung")], &[(Paragraph, "Tee Zebu Yak Gnu Emu Tee")]],
        neutral: |ranking| ranking.scattered = 0.0,
        then: Tie,
    },
    Case {
        weight: "name",
        alone: |ranking| (ranking.exact, ranking.all_typed, ranking.proximity) = (0.0, 0.0, 0.0),
        query: "Selenskyj Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Selenskyj Zebu Yak Gnu Emu")], &[(Paragraph, "Zelensky Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.name = 1.0,
        then: Tie,
    },
    Case {
        weight: "synonym",
        alone: |ranking| (ranking.exact, ranking.all_typed, ranking.proximity) = (0.0, 0.0, 0.0),
        query: "Frachter Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Frachter Zebu Yak Gnu Emu")], &[(Paragraph, "Kahn Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.synonym = 1.0,
        then: Tie,
    },
    Case {
        weight: "related",
        alone: |ranking| (ranking.exact, ranking.all_typed, ranking.proximity) = (0.0, 0.0, 0.0),
        query: "Verhaftung Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Verhaftung Zebu Yak Gnu Emu")], &[(Paragraph, "verhaften Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.related = 1.0,
        then: Tie,
    },
    // two words once each, and one that stands there often
    Case {
        weight: "coverage",
        alone: |_| {},
        query: "Gnu Zebu Kran Emu Yak",
        articles: [
            &[(Paragraph, "Gnu Tee Tee Tee Tee Tee Tee Tee Kran Tee Tee")],
            &[(Paragraph, "Gnu Gnu Gnu Gnu Gnu Gnu Tee Tee Tee Tee Tee")],
        ],
        neutral: |ranking| ranking.coverage = 0.0,
        then: Other,
    },
    Case {
        weight: "exact",
        alone: |ranking| ranking.all_typed = 0.0,
        query: "Kran Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Kran Zebu Yak Gnu Emu")], &[(Paragraph, "Kräne Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.exact = 0.0,
        then: Tie,
    },
    Case {
        weight: "all_typed",
        alone: |ranking| ranking.exact = 0.0,
        query: "Kran Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Kran Zebu Yak Gnu Emu")], &[(Paragraph, "Kräne Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.all_typed = 0.0,
        then: Tie,
    },
    Case {
        weight: "proximity",
        alone: |_| {},
        query: "Kran Zebu",
        articles: [&[(Paragraph, "Kran Zebu Tee Tee")], &[(Paragraph, "Kran Tee Tee Zebu")]],
        neutral: |ranking| ranking.proximity = 0.0,
        then: Tie,
    },
    Case {
        weight: "window",
        alone: |_| {},
        query: "Kran Zebu",
        articles: [
            &[(Paragraph, "Kran Tee Tee Tee Tee Tee Tee Tee Zebu Tee Tee Tee Tee")],
            &[(Paragraph, "Kran Tee Tee Tee Tee Tee Tee Tee Tee Tee Tee Tee Zebu")],
        ],
        neutral: |ranking| ranking.window = 7,
        then: Tie,
    },
];

/// The scores of two articles among others that have none of the words.
fn scores(case: &Case, ranking: Ranking) -> [f32; 2] {
    let article = |id: &str, parts: Parts| {
        let parts = parts.iter().map(|(kind, text)| Part::new(*kind, *text)).collect();
        Article { id: id.to_owned(), parts, ..Article::default() }
    };
    let others = (0..6).map(|number| article(&format!("other-{number}"), &[(Paragraph, "Ein Tag im Tal")]));
    let [first, second] = case.articles;
    let engine = MemoryEngine::of(others.chain([article("first", first), article("second", second)]));
    let query = Query::from_plain_text(case.query);
    let synonyms = Synonyms::parse("Frachter, Kahn\n", &mut Analyzer::default());
    let expansion = ExpansionOptions { synonyms: Some(&synonyms), ..ExpansionOptions::default() };
    let request =
        SearchRequest { ranking, expansion, detail: Detail::Id, least_weight: 0.0, ..SearchRequest::new(&query) };
    let hits = engine.search(&engine.prepare(&request).expect("a plan")).expect("hits").hits;
    let score = |id: &str| hits.iter().find(|hit| hit.article.id == id).map(|hit| hit.score).expect("both are hits");
    [score("first"), score("second")]
}

#[test]
fn each_weight_decides_an_order_that_is_not_there_without_it() {
    for case in CASES {
        let mut ranking = Ranking::default();
        (case.alone)(&mut ranking);
        let [first, second] = scores(case, ranking);
        assert!(first > 1.001 * second, "{}: {first} and {second}", case.weight);
        (case.neutral)(&mut ranking);
        let [first, second] = scores(case, ranking);
        let then = if (first - second).abs() <= 1e-5 * first { Some(Tie) } else { (second > first).then_some(Other) };
        assert_eq!(then, Some(case.then), "{}: {first} and {second} where it is neutral", case.weight);
    }
}

#[test]
fn every_weight_has_a_case() {
    let written = format!("{:?}", Ranking::default());
    let names = written.trim_start_matches("Ranking {").trim_end_matches('}').split(',');
    let weights: BTreeSet<&str> = names.filter_map(|pair| Some(pair.split_once(':')?.0.trim())).collect();
    assert_eq!(CASES.iter().map(|case| case.weight).collect::<BTreeSet<&str>>(), weights);
}
