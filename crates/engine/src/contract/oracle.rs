//! tantivy held against the engine in memory, which tries all articles: the same result of any query over any articles.

use super::{memory, tantivy};
use crate::plan::explain::Explained;
use crate::synonyms::Synonyms;
use crate::{Detail, Engine, ExpansionOptions, FacetField, Hit, Hits, Ranking, SearchRequest, Sort};
use findbuch_article::{Article, Date, DateFrom, Dated, Part, PartKind};
use findbuch_german::Analyzer;
use findbuch_query::{DateRange, Query};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::select;
use std::path::Path;

/// Words that are inflected, divided, spelled in several ways, joined by hyphens, or of no weight.
const WORDS: [&str; 46] = [
    "Apfel",
    "Äpfel",
    "Äpfeln",
    "Apfelsaft",
    "Apfelsäfte",
    "Apfelernte",
    "Ernte",
    "ernten",
    "geerntet",
    "Tal",
    "Täler",
    "Gang",
    "ging",
    "gehen",
    "Bericht",
    "berichtet",
    "Munition",
    "Munitionslieferung",
    "Lieferung",
    "Lieferungen",
    "Munitionslager",
    "Lager",
    "von",
    "der",
    "die",
    "und",
    "U-Boot",
    "Uboot",
    "Brat-Äpfel",
    "Selenskyj",
    "Zelensky",
    "Kim",
    "Jong",
    "Un",
    "britische",
    "Großbritannien",
    "Apfel- und Birnensaft",
    "Arbeiter:innen",
    "Straße",
    "Strasse",
    "15 000",
    "Müller",
    "Mueller",
    "Trinkwasserversorgung",
    "Wasser",
    "Versorgung",
];
const PATTERNS: [&str; 9] =
    ["Apf*", "*ernte", "M?ller", "*apfel*", "Liefer*", "Apfel~1", "Selenski~2", "Gang~1", "Muni*lager"];
const SOURCES: [&str; 3] = ["Der Bote", "Neue Waage", "Tagblatt"];
const AUTHORS: [&str; 3] = ["Ute Krahn", "Jan Ott", "Kim Müller"];

/// A text: its sentences, each the numbers of its words.
fn text() -> impl Strategy<Value = String> {
    let sentence = proptest::collection::vec(select(&WORDS[..]), 1..9).prop_map(|words| words.join(" ") + ".");
    proptest::collection::vec(sentence, 0..4).prop_map(|sentences| sentences.join(" "))
}

fn part() -> impl Strategy<Value = Part> {
    let kind = prop_oneof![4 => Just(PartKind::Paragraph), 5 => select(&PartKind::ALL[..])];
    let attribution = prop_oneof![4 => Just(None), 1 => select(&WORDS[..]).prop_map(|word| Some(word.to_owned()))];
    (kind, text(), attribution, proptest::bool::weighted(0.05)).prop_map(|(kind, text, attribution, repeated)| Part {
        kind,
        text,
        attribution,
        repeated,
    })
}

/// An article whose id and path are given when its number is known.
fn article() -> impl Strategy<Value = Article> {
    let parts = prop_oneof![6 => proptest::collection::vec(part(), 0..7), 1 => long()];
    let day = proptest::option::weighted(0.8, 0i8..5).prop_map(|day| {
        let value = Date::day(date(2023, 9, 1 + day.unwrap_or_default()));
        day.map(|_| Dated { value, from: DateFrom::Metadata })
    });
    let authors = proptest::collection::vec(select(&AUTHORS[..]).prop_map(str::to_owned), 0..3);
    let name = |names: &'static [&'static str]| proptest::option::of(select(names).prop_map(str::to_owned));
    let (source, section, agency) = (name(&SOURCES), name(&["Politik", "Kultur"]), name(&["nda", "Der Bote"]));
    let tags = proptest::collection::vec(select(&WORDS[..]).prop_map(str::to_owned), 0..2);
    (parts, day, authors, source, section, agency, tags).prop_map(
        |(parts, date, authors, source, section, agency, tags)| Article {
            parts,
            date,
            authors,
            source,
            section,
            agency,
            tags,
            ..Article::default()
        },
    )
}

/// A text of many words, of which a few are others each time: long enough to be compared.
fn long() -> impl Strategy<Value = Vec<Part>> {
    proptest::collection::vec(0..4usize, 3).prop_map(|changed| {
        let mut words: Vec<&str> = WORDS.iter().cycle().step_by(7).take(90).copied().collect();
        for (at, to) in changed.into_iter().enumerate() {
            words[20 * at + 5] = WORDS[to];
        }
        vec![Part::new(PartKind::Headline, "Der lange Bericht"), Part::new(PartKind::Paragraph, words.join(" "))]
    })
}

fn archive() -> impl Strategy<Value = Vec<Article>> {
    let folder = select(&["/archiv/2022", "/archiv/2023", "/archiv/2023/mai"][..]);
    proptest::collection::vec((article(), folder), 1..9).prop_map(|articles| {
        let with_id = |(number, (article, folder)): (usize, (Article, &str))| Article {
            id: format!("artikel-{number}"),
            path: format!("{folder}/{number}.txt"),
            url: (number % 3 == 0).then(|| format!("https://bote.example/{number}")),
            ..article
        };
        articles.into_iter().enumerate().map(with_id).collect()
    })
}

fn word() -> impl Strategy<Value = String> {
    select(&WORDS[..]).prop_filter("one word", |word| !word.contains(' ')).prop_map(str::to_owned)
}

fn phrase() -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 1..4).prop_map(|words| format!("\"{}\"", words.join(" ")))
}

/// What has places in a text.
fn placed() -> impl Strategy<Value = String> {
    let exact = prop_oneof![word(), phrase()].prop_map(|word| format!("={word}"));
    let leaf = prop_oneof![
        5 => word(),
        2 => phrase(),
        1 => exact,
        1 => select(&PATTERNS[..]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        let close = prop_oneof![
            (select(&["NEAR", "ADJ"][..]), 0..7u8).prop_map(|(operator, most)| format!("{operator}/{most}")),
            select(&["SATZ", "ABSATZ"][..]).prop_map(str::to_owned),
        ];
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} ODER {right})")),
            (inner.clone(), close, inner).prop_map(|(left, close, right)| format!("({left} {close} {right})")),
        ]
    })
}

/// A query, or a part of one.
fn query() -> impl Strategy<Value = String> {
    let field = select(&["titel", "dachzeile", "vorspann", "text", "zitat", "bild"][..]);
    let names = prop_oneof![
        select(&AUTHORS[..]).prop_map(|name| format!("autor:\"{name}\"")),
        select(&["autor:Kim", "autor:kr*", "autor:nda", "ressort:Politik", "agentur:Bote"][..]).prop_map(str::to_owned),
        select(&["quelle:=\"Der Bote\"", "quelle:\"Neue Waage\"", "quelle:waage~1"][..]).prop_map(str::to_owned),
        word().prop_map(|word| format!("schlagwort:{word}")),
        select(&["url:bote.example", "url:*", "pfad:2023*mai", "pfad:2022", "id:artikel-1"][..])
            .prop_map(str::to_owned),
        select(&["datum:2023-09-02..03", "seit:2023-09-04", "datum:2022", "bis:2023-09-02"][..])
            .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        6 => word(),
        4 => placed(),
        2 => (1..4u8, placed()).prop_map(|(least, placed)| format!("MINDESTENS/{least} {placed}")),
        2 => (field, placed()).prop_map(|(field, placed)| format!("{field}:({placed})")),
        2 => names,
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        let several = |most| proptest::collection::vec(inner.clone(), 2..=most);
        prop_oneof![
            4 => several(4).prop_map(|all| format!("({})", all.join(" "))),
            1 => several(2).prop_map(|all| format!("({})", all.join(" UND "))),
            2 => several(3).prop_map(|all| format!("({})", all.join(" ODER "))),
            1 => (inner.clone(), inner.clone()).prop_map(|(all, none)| format!("({all} -{none})")),
            1 => inner.clone().prop_map(|none| format!("-{none}")),
            1 => (inner, select(&["2", "0,5", "7"][..])).prop_map(|(of, boost)| format!("({of})^{boost}")),
        ]
    })
}

/// The whole of a query: often a few words side by side, without parentheses round them.
fn whole() -> impl Strategy<Value = String> {
    let plain =
        prop_oneof![6 => word(), 1 => phrase(), 1 => select(&PATTERNS[..]).prop_map(str::to_owned), 1 => query()];
    prop_oneof![
        1 => proptest::collection::vec(plain, 1..8).prop_map(|all| all.join(" ")),
        2 => query(),
    ]
}

/// What is asked beside the query.
#[derive(Debug, Clone)]
struct Asked {
    sort: Sort,
    page: (usize, usize),
    fill: bool,
    least_weight: f32,
    ranking: Ranking,
    limits: Limits,
    expansion: ExpansionOptions<'static>,
    synonyms: bool,
    excluded: Vec<String>,
    group: bool,
}

/// What hits must be from.
#[derive(Debug, Clone)]
struct Limits {
    within: Option<&'static str>,
    only: Vec<(FacetField, String)>,
    not: Vec<(FacetField, String)>,
    published: Option<DateRange>,
}

fn limits() -> impl Strategy<Value = Limits> {
    let within = proptest::option::weighted(0.2, select(&["/archiv", "/archiv/2023", "/archiv/2023/mai/1.txt"][..]));
    let value = || {
        prop_oneof![
            select(&SOURCES[..]).prop_map(|source| (FacetField::Source, source)),
            select(&AUTHORS[..]).prop_map(|author| (FacetField::Author, author)),
            select(&["2023-09", "2022-01", "2023"][..]).prop_map(|month| (FacetField::Month, month)),
            Just((FacetField::Year, "2023")),
        ]
    };
    let values = || {
        prop_oneof![
            4 => Just(Vec::new()),
            1 => proptest::collection::vec(value().prop_map(|(field, value)| (field, value.to_owned())), 1..3),
        ]
    };
    let day = || proptest::option::of((1i8..6).prop_map(|day| date(2023, 9, day)));
    let published = (day(), day()).prop_map(|(from, until)| DateRange { from, until });
    let published = proptest::option::weighted(0.2, published);
    (within, values(), values(), published).prop_map(|(within, only, not, published)| Limits {
        within,
        only,
        not,
        published,
    })
}

fn ranking() -> impl Strategy<Value = Ranking> {
    let usual = Ranking::default();
    prop_oneof![
        4 => Just(usual),
        1 => select(vec![
            Ranking { part: 0.0, ..usual },
            Ranking { compound_parts: 0.0, decompounded: 0.0, ..usual },
            Ranking { headline: 1.0, in_headline: 0.0, proximity: 0.0, ..usual },
            Ranking { k1: 1.2, b: 0.5, opening: 3.0, window: 2, ..usual },
        ]),
    ]
}

fn asked() -> impl Strategy<Value = Asked> {
    let sort = prop_oneof![4 => Just(Sort::Relevance), 1 => Just(Sort::Newest), 1 => Just(Sort::Oldest)];
    let page = (0..3usize, 1..12usize);
    let least_weight = select(&[0.0, 0.3, 0.7][..]);
    let switches = [0.9, 0.9, 0.9, 0.8, 0.3].map(proptest::bool::weighted);
    let excluded = prop_oneof![3 => Just(Vec::new()), 1 => proptest::collection::vec(word(), 1..3)];
    (sort, page, least_weight, ranking(), limits(), switches, excluded, any::<bool>()).prop_map(
        |(sort, page, least_weight, ranking, limits, [german, compounds, names, fill, synonyms], excluded, group)| {
            Asked {
                sort,
                page,
                fill,
                least_weight,
                ranking,
                limits,
                expansion: ExpansionOptions { german, compounds, names, ..ExpansionOptions::default() },
                synonyms,
                excluded,
                group,
            }
        },
    )
}

impl Asked {
    fn request<'a>(&'a self, query: &'a Query, synonyms: &'a Synonyms) -> SearchRequest<'a> {
        SearchRequest {
            within: self.limits.within.map(Path::new),
            only: &self.limits.only,
            not: &self.limits.not,
            published: self.limits.published,
            offset: self.page.0,
            limit: self.page.1,
            sort: self.sort,
            ranking: self.ranking,
            around: self.synonyms.then_some(DateRange { from: Some(date(2023, 9, 3)), until: None }),
            terms: true,
            fill: self.fill,
            least_weight: self.least_weight,
            detail: Detail::Snippets,
            expansion: ExpansionOptions {
                synonyms: self.synonyms.then_some(synonyms),
                excluded: &self.excluded,
                ..self.expansion
            },
            facets: &FacetField::ALL,
            days: true,
            group: self.group,
            ..SearchRequest::new(query)
        }
    }
}

/// All that two engines must agree on; scores up to the rounding of sums.
#[derive(Debug)]
struct Outcome {
    hits: Hits,
    streamed: (u64, Vec<Hit>),
    explained: Vec<Explained>,
}

impl Outcome {
    fn of(engine: &dyn Engine, request: &SearchRequest<'_>) -> Outcome {
        let prepared = engine.prepare(request).expect("a plan");
        let stream = engine.stream(&prepared).expect("a stream");
        Outcome {
            hits: engine.search(&prepared).expect("hits"),
            streamed: (stream.total, stream.hits.map(|hit| hit.expect("a hit")).collect()),
            explained: engine.explain(prepared.plan(), prepared.deadline()).expect("explained"),
        }
    }

    /// The scores, which are taken out of the rest with their terms.
    fn take_scores(&mut self) -> Vec<f32> {
        for hit in &mut self.hits.hits {
            let sum: f32 = hit.terms.iter().map(|term| term.value).sum();
            assert!((sum - hit.score).abs() <= 1e-3 * hit.score.max(1.0), "{} is not {:?}", hit.score, hit.terms);
            hit.terms.iter_mut().for_each(|term| term.value = 0.0);
        }
        let hits = self.hits.hits.iter_mut().chain(&mut self.streamed.1);
        hits.map(|hit| std::mem::take(&mut hit.score)).collect()
    }
}

fn near(left: &[f32], right: &[f32]) -> bool {
    let same = |(left, right): (&f32, &f32)| (left - right).abs() <= 1e-4 * left.abs().max(right.abs());
    left.len() == right.len() && left.iter().zip(right).all(same)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn engines_agree(
        articles in archive(),
        asked in proptest::collection::vec((whole(), asked()), 1..24),
    ) {
        let places = (tantivy(), memory());
        let (tantivy, memory) = (places.0.filled(&articles), places.1.filled(&articles));
        let synonyms = Synonyms::parse("Apfel, Birne, Kernobst\nTal => Mulde, Apfel Ernte\n", &mut Analyzer::default());
        for (text, asked) in &asked {
            let Ok(query) = Query::parse(text, date(2023, 9, 5)) else { continue };
            let request = asked.request(&query, &synonyms);
            let (mut found, mut expected) = (Outcome::of(&*tantivy, &request), Outcome::of(&*memory, &request));
            let scores = (found.take_scores(), expected.take_scores());
            prop_assert_eq!(&found.explained, &expected.explained, "{} {:?}", text, asked);
            prop_assert_eq!(&found.hits, &expected.hits, "{} {:?}", text, asked);
            prop_assert_eq!(&found.streamed, &expected.streamed, "{} {:?}", text, asked);
            prop_assert!(near(&scores.0, &scores.1), "{} {:?}: {:?}", text, asked, scores);
        }
    }
}
