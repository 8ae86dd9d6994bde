//! Each weight decides which of two articles comes first, and no longer does so where it is neutral.

use super::{Ranking, Weight, WeightError};
use crate::memory::MemoryEngine;
use crate::synonyms::Synonyms;
use crate::{Detail, Engine, ExpansionOptions, SearchRequest};
use PartKind::{Headline, Kicker, Lead, Paragraph, Subhead};
use Then::{Other, Tie};
use findbuch_article::{Article, Date, DateFrom, Dated, Part, PartKind};
use findbuch_german::Analyzer;
use findbuch_query::{DateRange, Query};
use jiff::civil::date;
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

/// Positions do not matter but where a case says so; the first article was published on the day asked for, the second long before.
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
        weight: "headline",
        alone: |ranking| ranking.in_headline = 0.0,
        query: "Kran",
        articles: [&[(Headline, "Kran"), (Paragraph, "Tee Tee")], &[(Headline, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.headline = 1.0,
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
    // two within compounds count less than one word by itself
    Case {
        weight: "part",
        alone: |ranking| (ranking.part, ranking.proximity) = (0.4, 0.0),
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
        weight: "name",
        alone: |ranking| (ranking.exact, ranking.proximity) = (0.0, 0.0),
        query: "Selenskyj Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Selenskyj Zebu Yak Gnu Emu")], &[(Paragraph, "Zelensky Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.name = 1.0,
        then: Tie,
    },
    Case {
        weight: "synonym",
        alone: |ranking| (ranking.exact, ranking.proximity) = (0.0, 0.0),
        query: "Frachter Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Frachter Zebu Yak Gnu Emu")], &[(Paragraph, "Kahn Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.synonym = 1.0,
        then: Tie,
    },
    Case {
        weight: "related",
        alone: |ranking| (ranking.exact, ranking.proximity) = (0.0, 0.0),
        query: "Verhaftung Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Verhaftung Zebu Yak Gnu Emu")], &[(Paragraph, "verhaften Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.related = 1.0,
        then: Tie,
    },
    Case {
        weight: "exact",
        alone: |_| {},
        query: "Kran Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Kran Zebu Yak Gnu Emu")], &[(Paragraph, "Kräne Zebu Yak Gnu Emu")]],
        neutral: |ranking| ranking.exact = 0.0,
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
    Case {
        weight: "lead",
        alone: |_| {},
        query: "Kran",
        articles: [&[(Kicker, "Kran"), (Paragraph, "Tee Tee")], &[(Kicker, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.lead = 1.0,
        then: Tie,
    },
    Case {
        weight: "lead",
        alone: |_| {},
        query: "Kran",
        articles: [&[(Subhead, "Kran"), (Paragraph, "Tee Tee")], &[(Subhead, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.lead = 1.0,
        then: Tie,
    },
    Case {
        weight: "lead",
        alone: |_| {},
        query: "Kran",
        articles: [&[(Lead, "Kran"), (Paragraph, "Tee Tee")], &[(Lead, "Tee"), (Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.lead = 1.0,
        then: Tie,
    },
    Case {
        weight: "opening",
        alone: |ranking| ranking.opening = 1.0,
        query: "Kran",
        articles: [&[(Paragraph, "Kran Tee Tee Tee")], &[(Paragraph, "Tee Tee Tee Kran")]],
        neutral: |ranking| ranking.opening = 0.0,
        then: Tie,
    },
    Case {
        weight: "opening_words",
        alone: |ranking| (ranking.opening, ranking.opening_words) = (1.0, 2.0),
        query: "Kran",
        articles: [&[(Paragraph, "Kran Tee Tee Tee")], &[(Paragraph, "Tee Tee Tee Kran")]],
        neutral: |ranking| ranking.opening_words = 1e9,
        then: Tie,
    },
    Case {
        weight: "decompounded",
        alone: |ranking| (ranking.compound_parts, ranking.proximity) = (0.0, 0.0),
        query: "Kranlieferung Zebu Yak Gnu Emu",
        articles: [
            &[(Paragraph, "Kranlieferungen Zebu Yak Gnu Emu Tee")],
            &[(Paragraph, "Lieferung Kran Zebu Yak Gnu Emu")],
        ],
        neutral: |ranking| ranking.decompounded = 1.0,
        then: Tie,
    },
    Case {
        weight: "compound_parts",
        alone: |ranking| ranking.proximity = 0.0,
        query: "Kranlieferung Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Kran Zebu Yak Gnu Emu Lieferung")], &[(Paragraph, "Tee Zebu Yak Gnu Emu Tee")]],
        neutral: |ranking| ranking.compound_parts = 0.0,
        then: Tie,
    },
    Case {
        weight: "compound_parts",
        alone: |ranking| ranking.part = 1.0,
        query: "Kranlieferung Zebu Yak Gnu Emu",
        articles: [&[(Paragraph, "Zebu Yak Gnu Emu Lieferungszusage")], &[(Paragraph, "Zebu Yak Gnu Emu Tee")]],
        neutral: |ranking| ranking.part = 0.0,
        then: Tie,
    },
    // two words once each, and one that stands there often
    Case {
        weight: "coverage",
        alone: |ranking| (ranking.coverage, ranking.k1, ranking.proximity) = (10.0, 3.0, 0.0),
        query: "Gnu Zebu Kran Emu Yak",
        articles: [
            &[(Paragraph, "Gnu Tee Tee Tee Tee Tee Tee Tee Kran Tee Tee")],
            &[(Paragraph, "Gnu Gnu Gnu Gnu Gnu Gnu Tee Tee Tee Tee Tee")],
        ],
        neutral: |ranking| ranking.coverage = 0.0,
        then: Other,
    },
    Case {
        weight: "around",
        alone: |_| {},
        query: "Kran",
        articles: [&[(Paragraph, "Kran Tee")], &[(Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.around = 0.0,
        then: Tie,
    },
    Case {
        weight: "around_days",
        alone: |_| {},
        query: "Kran",
        articles: [&[(Paragraph, "Kran Tee")], &[(Paragraph, "Kran Tee")]],
        neutral: |ranking| ranking.around_days = 1e9,
        then: Tie,
    },
];

/// The scores of two articles among others that have none of the words.
fn scores(case: &Case, ranking: Ranking) -> [f32; 2] {
    let article = |id: &str, parts: Parts, year: i16| {
        let parts = parts.iter().map(|(kind, text)| Part::new(*kind, *text)).collect();
        let value = Date { day: date(year, 5, 1), time: None, offset: None };
        let date = Some(Dated { value, from: DateFrom::Metadata });
        Article { id: id.to_owned(), parts, date, ..Article::default() }
    };
    let others = (0..6).map(|number| article(&format!("other-{number}"), &[(Paragraph, "Ein Tag im Tal")], 2020));
    let [first, second] = case.articles;
    let engine = MemoryEngine::of(others.chain([article("first", first, 2024), article("second", second, 2020)]));
    let day = Some(date(2024, 5, 1));
    let around = case.weight.starts_with("around").then_some(DateRange { from: day, until: day });
    let query = Query::from_plain_text(case.query);
    let synonyms = Synonyms::parse("Frachter, Kahn\n", &mut Analyzer::default());
    let expansion = ExpansionOptions { synonyms: Some(&synonyms), ..ExpansionOptions::default() };
    let request = SearchRequest {
        ranking,
        around,
        expansion,
        detail: Detail::Id,
        least_weight: 0.0,
        ..SearchRequest::new(&query)
    };
    let hits = engine.search(&engine.prepare(&request).expect("a plan")).expect("hits").hits;
    let score = |id: &str| hits.iter().find(|hit| hit.article.id == id).map(|hit| hit.score).expect("both are hits");
    [score("first"), score("second")]
}

/// What a query without function words of up to four, or another, makes of an article that has all its words once, far from the
/// beginning, and one that has all but the commonest, often and in the headline.
fn first_of_few(query: &'static str) -> bool {
    let all = &[
        (Headline, "Tee"),
        (Paragraph, "Tee Tee Tee Tee Kran Tee Tee Tee Zebu Tee Tee Gnu Tee Tee Emu Tee Tee Yak Tee"),
    ];
    let most = &[(Headline, "Kran Zebu Gnu"), (Paragraph, "Kran Zebu Gnu Kran Zebu Gnu Kran Zebu Gnu Kran Zebu Gnu")];
    let case = Case { weight: "coverage", alone: |_| {}, query, articles: [all, most], neutral: |_| {}, then: Tie };
    let [all, most] = scores(&case, Ranking::default());
    all > most
}

#[test]
fn articles_with_all_words_come_first_among_few_without_function_words() {
    for query in ["Kran Emu", "Kran Zebu Emu", "Kran Zebu Gnu Emu"] {
        assert!(first_of_few(query), "{query}");
    }
    for query in ["Kran Zebu Gnu Emu Yak", "der Kran Zebu Emu"] {
        assert!(!first_of_few(query), "{query}");
    }
}

#[test]
fn each_weight_decides_an_order_that_is_not_there_without_it() {
    for case in CASES {
        let mut ranking = Ranking { opening: 0.0, ..Ranking::default() };
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
fn every_weight_has_a_case_and_a_name() {
    let written = format!("{:?}", Ranking::default());
    let names = written.trim_start_matches("Ranking {").trim_end_matches('}').split(',');
    let weights: BTreeSet<&str> = names.filter_map(|pair| Some(pair.split_once(':')?.0.trim())).collect();
    assert_eq!(CASES.iter().map(|case| case.weight).collect::<BTreeSet<&str>>(), weights);
    assert_eq!(Weight::ALL.iter().map(|weight| weight.name).collect::<BTreeSet<&str>>(), weights);
}

#[test]
fn weights_are_set_by_name() {
    for weight in Weight::ALL {
        let mut ranking = Ranking::default();
        assert_eq!(ranking.set(weight.name, 7.0, false), Ok(()));
        assert!((weight.of(&ranking) - 7.0).abs() < f32::EPSILON, "{}", weight.name);
        assert_eq!(ranking.set(weight.name, 0.0, true).is_ok(), weight.for_users, "{}", weight.name);
    }
    let mut ranking = Ranking::default();
    assert!(matches!(ranking.set("k9", 1.0, false), Err(WeightError::Unknown { .. })));
    for value in [-1.0, 1001.0, f32::NAN] {
        assert!(matches!(ranking.set("k1", value, false), Err(WeightError::OutOfRange { .. })), "{value}");
    }
    assert_eq!(ranking, Ranking::default());
}
