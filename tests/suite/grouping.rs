//! Near-identical articles are folded, and pages put together are the whole result, however they are cut.

use crate::Bench;
use findbuch_engine::{Detail, Hits, IndexDir, SearchRequest, Sort};
use findbuch_query::Query;
use std::collections::BTreeSet;

/// What a beekeepers' bulletin may say, in words that no other bulletin has in this order.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

fn prose(number: usize) -> String {
    const WORDS: [&str; 24] = [
        "Imker", "Honig", "Linde", "Raps", "Wabe", "Volk", "Schwarm", "Stock", "Sommer", "Ernte", "Wiese", "Garten",
        "Verein", "Markt", "Glas", "Preis", "Wetter", "Regen", "Blüte", "Kiste", "Pacht", "Weide", "Jahr", "Dorf",
    ];
    let mut state = number as u64 * 2_654_435_761 + 1;
    let words = (0..60).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[usize::try_from(state >> 33).expect("small") % WORDS.len()]
    });
    words.collect::<Vec<_>>().join(" ")
}

/// 40 bulletins; of each third there are versions in other papers, on the same day or later, some undated.
fn bench() -> Bench {
    let bench = Bench::new();
    let mut lines = Vec::new();
    for number in 0..40 {
        let versions = if number % 3 == 0 { number % 5 + 1 } else { 1 };
        for version in 0..versions {
            let mut article = serde_json::json!({
                "id": format!("biene-{:02}-{version}", (number * 7) % 40),
                "headline": format!("Bienen und Imker, Folge {}", number % 4),
                "text": format!("{} Ausgabe {version}.", prose(number)),
                "source": format!("Blatt {version}"),
            });
            if number % 6 != 5 {
                article["published"] = format!("2016-05-{:02}", 1 + (number % 4) + 2 * (versions - version)).into();
            }
            lines.push(article.to_string());
        }
    }
    // two files and two updates make two segments
    let (one, two) = lines.split_at(lines.len() / 2);
    bench.write("articles/eins.jsonl", one.join("\n"));
    bench.run(&["index", "articles"]);
    bench.write("articles/zwei.jsonl", two.join("\n"));
    bench.run(&["index", "articles"]);
    bench
}

fn ids(hits: &Hits) -> Vec<String> {
    hits.hits.iter().map(|hit| hit.article.id.clone()).collect()
}

#[test]
fn pages_are_the_whole_result_cut() {
    let bench = bench();
    let engine = IndexDir::new(&bench.path("index")).open().expect("an index");
    for text in ["Imker", "Honig Linde", "Schwarm ODER Pacht", "Imker Raps Wabe Volk Markt Regen", "Imker Zeppelin"] {
        let query = Query::parse(text, TODAY).expect(text);
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            for group in [false, true] {
                let page = |offset, limit| {
                    let request =
                        SearchRequest { offset, limit, sort, group, detail: Detail::Id, ..SearchRequest::new(&query) };
                    engine.search(&engine.prepare(&request).expect("a plan")).expect("hits")
                };
                let whole = page(0, 1000);
                let listed = ids(&whole);
                assert!(listed.len() > 10, "{text}");
                assert_eq!(BTreeSet::from_iter(&listed).len(), listed.len(), "{text}: none is listed twice");
                for limit in [1, 3, 7, 16] {
                    let pages = (0..listed.len()).step_by(limit).flat_map(|offset| ids(&page(offset, limit)));
                    assert_eq!(pages.collect::<Vec<_>>(), listed, "{text}, {sort:?}, {group}, {limit}");
                }
            }
        }
    }
}

#[test]
fn a_group_is_what_the_whole_result_has_of_it() {
    let bench = bench();
    let engine = IndexDir::new(&bench.path("index")).open().expect("an index");
    let query = Query::parse("Imker", TODAY).expect("a query");
    let ask = |group, sort| {
        let request = SearchRequest { limit: 1000, sort, group, detail: Detail::Article, ..SearchRequest::new(&query) };
        engine.search(&engine.prepare(&request).expect("a plan")).expect("hits")
    };
    let flat: BTreeSet<String> = ids(&ask(false, Sort::Relevance)).into_iter().collect();
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let found = ask(true, sort);
        assert_eq!(found.total, flat.len() as u64);
        assert_eq!(found.stories, Some(found.hits.len() as u64));
        assert_eq!(found.hits.len(), 40, "one of each bulletin");
        let mut all = BTreeSet::new();
        for hit in &found.hits {
            let others = hit.group.as_ref().map(|group| group.ids.clone()).unwrap_or_default();
            let stem = |id: &str| id.rsplit_once('-').expect("a version").0.to_owned();
            assert!(others.iter().all(|id| stem(id) == stem(&hit.article.id)), "{others:?}");
            if let Some(group) = &hit.group {
                assert_eq!((group.others, group.sources.len() as u64), (others.len() as u64, group.others));
            }
            for id in others.into_iter().chain([hit.article.id.clone()]) {
                assert!(all.insert(id), "each in one group");
            }
        }
        assert_eq!(all, flat);
    }
}

#[test]
fn the_earliest_is_shown_and_the_rest_is_told() {
    let bench = bench();
    let text = bench.run(&["search", "Imker", "--sort", "oldest", "-n", "100"]).out;
    assert!(text.contains("Treffer, ohne Dubletten 40"), "{text}");
    assert!(text.contains("und 1 weiterer in: Blatt 0"), "the last version is the earliest: {text}");
    assert!(text.contains("und 4 weitere in 4 Quellen"), "{text}");
    let flat = bench.run(&["search", "Imker", "--no-group", "-n", "100"]).out;
    assert!(!flat.contains("Dubletten") && !flat.contains("weitere in"), "{flat}");
    let total = bench.run(&["search", "Imker", "--count"]).out.trim().to_owned();
    assert_eq!(bench.run(&["search", "Imker", "--count", "--group"]).out, format!("{total}\t40\n"));
    let lines = |options: &[&str]| {
        let output = bench.run(&[&["search", "Imker", "-n", "100", "--format", "jsonl"], options].concat());
        output.out.lines().count().to_string()
    };
    assert_eq!((lines(&[]), lines(&["--group"])), (total, "40".to_owned()));
}

#[test]
fn the_kept_stories_are_not_trusted_blindly() {
    let bench = bench();
    let generation = std::fs::read_dir(bench.path("index")).expect("index").flatten().map(|entry| entry.path());
    let generation = generation.into_iter().find(|path| path.is_dir()).expect("a generation");
    let file = generation.join("stories");
    let kept = std::fs::read(&file).expect("written by the update");
    let asked = || bench.run(&["search", "Imker", "-n", "100"]).out;
    let expected = asked();
    for damaged in [&b""[..], b"stories1", &kept[..kept.len() - 3], &[0xff; 80]] {
        std::fs::write(&file, damaged).expect("write");
        assert_eq!(asked(), expected);
        assert_eq!(std::fs::read(&file).expect("read"), kept, "written anew by the first reader");
    }
    std::fs::remove_file(&file).expect("remove");
    assert_eq!(asked(), expected);
    // an article that goes takes its place in a story along
    std::fs::remove_file(bench.path("articles/zwei.jsonl")).expect("remove");
    bench.run(&["index", "articles"]);
    assert!(std::fs::read(&file).expect("read") != kept);
    assert!(!asked().contains("Treffer, ohne Dubletten 40"));
}
