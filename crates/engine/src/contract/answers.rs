//! What an engine answers beside which articles match: pages, stories, counts, explanations, suggestions, news.

use super::archive::{archive, name};
use super::{Place, add};
use crate::alerts::news::News;
use crate::alerts::saved::{Own, Saved};
use crate::plan::explain::Explained;
use crate::suggest::suggest;
use crate::timeline::Unit;
use crate::{Detail, Engine, FacetField, Hits, SearchRequest, Sort, State};
use findbuch_article::{Article, Part, PartKind};
use findbuch_query::Query;
use jiff::civil::date;

fn parse(text: &str) -> Query {
    Query::parse(text, date(2023, 9, 22)).expect("a query")
}

fn answer(engine: &dyn Engine, request: &SearchRequest<'_>) -> Hits {
    engine.search(&engine.prepare(request).expect("a plan")).expect("hits")
}

fn ids(hits: &Hits) -> Vec<&str> {
    hits.hits.iter().map(|hit| name(&hit.article.id)).collect()
}

/// The pages of a result are the result, in whatever order, with stories or without.
pub fn give_a_result_page_by_page(place: &Place) {
    let engine = place.filled(&archive());
    let query = parse("Sturm ODER Kran ODER Orgel ODER Tal");
    for (sort, group, expected) in [
        (Sort::Newest, false, "sturm-bote sturm kran hafen kirche orgel mueller gedicht"),
        (Sort::Newest, true, "sturm kran hafen kirche orgel mueller gedicht"),
        (Sort::Oldest, false, "mueller orgel kirche hafen kran sturm sturm-bote gedicht"),
        (Sort::Relevance, false, ""),
        (Sort::Relevance, true, ""),
    ] {
        if group && !place.store.capabilities().stories {
            continue;
        }
        let request = SearchRequest { sort, group, limit: 100, fill: false, ..SearchRequest::new(&query) };
        let whole = answer(&*engine, &request);
        assert_eq!(whole.total, 8, "{sort:?}");
        assert_eq!(whole.stories, group.then_some(7), "{sort:?}");
        if !expected.is_empty() {
            assert_eq!(ids(&whole).join(" "), expected, "{sort:?} {group}");
        }
        for size in [1, 3, 5] {
            let mut paged = Vec::new();
            for offset in (0..9).step_by(size) {
                let page = answer(&*engine, &SearchRequest { offset, limit: size, ..request.clone() });
                assert_eq!((page.total, page.stories), (whole.total, whole.stories));
                paged.extend(page.hits);
            }
            assert_eq!(paged, whole.hits, "{sort:?} {group} {size}");
        }
        let ranks: Vec<usize> = whole.hits.iter().map(|hit| hit.rank).collect();
        assert_eq!(ranks, (1..=whole.hits.len()).collect::<Vec<_>>());
        let id_alone = answer(&*engine, &SearchRequest { detail: Detail::Id, ..request.clone() });
        assert_eq!(ids(&id_alone), ids(&whole));
        assert!(id_alone.hits.iter().all(|hit| hit.article.parts.is_empty() && hit.snippets.is_empty()));
    }
}

/// Near-identical articles are one story, shown by the earliest of them in the result, where an engine says so; otherwise it refuses.
pub fn fold_stories(place: &Place) {
    let engine = place.filled(&archive());
    list_versions(&*engine);
    for (text, stories, expected) in [
        ("Sturm", 2, &[("kran", None), ("sturm", Some(("sturm-bote", "Der Bote")))][..]),
        ("Sturm quelle:Bote", 2, &[("kran", None), ("sturm-bote", None)]),
        ("Orgel", 2, &[("kirche", None), ("orgel", None)]),
    ] {
        let query = parse(text);
        let hits = answer(&*engine, &SearchRequest { group: true, fill: false, ..SearchRequest::new(&query) });
        let mut found: Vec<_> = hits.hits.iter().map(|hit| (name(&hit.article.id), hit.group.as_ref())).collect();
        found.sort_by_key(|(id, _)| *id);
        let found: Vec<_> = found
            .iter()
            .map(|(id, group)| (*id, group.map(|group| (group.others, group.ids.join(" "), group.sources.join(" ")))))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(id, other)| (*id, other.map(|(id, source)| (1, id.to_owned(), source.to_owned()))))
            .collect();
        assert_eq!((hits.stories, found), (Some(stories), expected), "{text}");
    }
}

fn list_versions(engine: &dyn Engine) {
    let of = |id: &str| engine.articles(id).expect("an article").remove(0);
    let versions = engine.versions(&of("sturm")).expect("versions");
    let found: Vec<_> = versions.iter().map(|(share, article)| (*share > 0.5, article.id.as_str())).collect();
    assert_eq!(found, [(true, "sturm-bote")]);
    assert!(engine.versions(&of("orgel")).expect("versions").is_empty());
}

/// The whole result is counted, whatever is shown of it.
pub fn count_the_whole_result(place: &Place) {
    let engine = place.filled(&archive());
    let counted = |text: &str| {
        let query = parse(text);
        let request = SearchRequest { facets: &FacetField::ALL, days: true, limit: 1, ..SearchRequest::new(&query) };
        let hits = answer(&*engine, &request);
        let mut lines = vec![format!("{text}: {}", hits.total)];
        for facet in &hits.facets {
            let values = facet.values.iter().map(|(name, count)| format!("{name} {count}"));
            lines.push(format!("{}: {}, none {}", facet.field.name(), listed(values), facet.without));
        }
        let days = hits.days.expect("days");
        let periods = days.by(Unit::Day).into_iter().map(|(day, count)| format!("{day} {count}"));
        lines.push(format!("days: {}, none {}", listed(periods), days.undated));
        lines
    };
    let expected = [
        "Sturm: 3",
        "source: Der Bote 2, Tagblatt 1, none 0",
        "section: Wirtschaft 1, none 2",
        "author: , none 3",
        "agency: nda 3, none 0",
        "tag: , none 3",
        "person: , none 3",
        "organisation: , none 3",
        "place: , none 3",
        "year: 2024 2, 2023 1, none 0",
        "month: 2024-01 2, 2023-05 1, none 0",
        "days: 2023-05-02 1, 2024-01-08 1, 2024-01-09 1, none 0",
        "Tal: 2",
        "source: Neue Waage 1, none 1",
        "section: , none 2",
        "author: , none 2",
        "agency: , none 2",
        "tag: , none 2",
        "person: , none 2",
        "organisation: , none 2",
        "place: , none 2",
        "year: 1999 1, none 1",
        "month: 1999-05 1, none 1",
        "days: 1999-05-05 1, none 1",
        "autor:(Ott ODER Brandt ODER Krahn): 3",
        "source: Der Bote 2, Neue Waage 1, none 0",
        "section: Ausland 1, Kultur 1, Wirtschaft 1, none 0",
        "author: Ute Krahn 2, Ilse Brandt 1, Jan Ott 1, none 0",
        "agency: , none 3",
        "tag: Norderfehn 1, Schifffahrt 1, none 2",
        "person: , none 3",
        "organisation: , none 3",
        "place: , none 3",
        "year: 2023 2, 2022 1, none 0",
        "month: 2022-12 1, 2023-03 1, 2023-09 1, none 0",
        "days: 2022-12-24 1, 2023-03-14 1, 2023-09-14 1, none 0",
    ];
    let found: Vec<String> =
        ["Sturm", "Tal", "autor:(Ott ODER Brandt ODER Krahn)"].into_iter().flat_map(counted).collect();
    assert_eq!(found, expected, "{found:#?}");
    let stats = engine.stats().expect("numbers");
    assert_eq!((stats.articles, stats.undated), (13, 1));
    assert_eq!(stats.dates, Some(("1999-05-05".to_owned(), "2024-01-09".to_owned())));
    assert_eq!(engine.days().expect("days").by(Unit::Day).len(), 12);
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

/// Each word with what it is searched as, and how many articles that brings.
pub fn explain_every_way(place: &Place) {
    let engine = place.filled(&archive());
    let explained = |text: &str| {
        let query = parse(text);
        let prepared = engine.prepare(&SearchRequest::new(&query)).expect("a plan");
        let explained = engine.explain(prepared.plan(), prepared.deadline()).expect("explained");
        let ways = |word: &Explained| {
            listed(word.ways.iter().map(|way| format!("{:?} {} {}", way.kind, way.label, way.articles)))
        };
        explained
            .iter()
            .map(|word| format!("{} {}: {}", word.word.typed, word.articles, ways(word)))
            .collect::<Vec<_>>()
    };
    let expected = [
        "Kran 2: Form kran 1, Inflection kran 1, Within kran 1",
        "Waffe 1: Form waffe 1",
        "Waffenlieferung 1: Form waffenlieferung 0, Inflection waffenlieferung 1, Within waffenlieferung 0, \
         Other(Decompounded) waffe … lieferung 1",
        "die 0: Form die 8, Inflection die 8, Within die 0",
        "Orgel* 1: Other(Pattern) 1 (orgel) 1",
        "Trompete 0: Form trompete 0, Inflection trompete 0, Within trompete 0",
        "Orgel 2: Inflection orgel 1",
        "Jong Un 1: Inflection jong un 1",
    ];
    let queries = ["Kran", "=Waffe", "Waffenlieferung", "die Orgel* Trompete", "titel:Orgel \"Jong Un\""];
    let found: Vec<String> = queries.into_iter().flat_map(explained).collect();
    assert_eq!(found, expected, "{found:#?}");
}

/// What is typed becomes words, names and headlines of the archive.
pub fn suggest_what_the_archive_has(place: &Place) {
    let engine = place.filled(&archive());
    let suggested = |typed: &str| {
        let found = suggest(&*engine, typed, 5).expect("suggestions");
        let words = listed(found.words.iter().map(|word| format!("{} {}", word.text, word.articles)));
        let names = listed(found.names.iter().map(|name| format!("{} {}", name.text, name.articles)));
        let headlines = listed(found.headlines.iter().map(|headline| headline.id.clone()));
        format!("{typed}: {words}; {names}; {headlines}")
    };
    let expected = [
        "kra: Kran 1, Kranlieferung 1; ; kran",
        "ute: ; Ute Krahn 2; ",
        "kim jo: Jong 2; Kim Jong Un 1; kim",
        "die alte or: Organistin 2, Orgel 1; ; orgel",
        "autor:ot: ; Jan Ott 1; ",
        "quelle:b: ; Der Bote 5; ",
        "xyz: ; ; ",
    ];
    let found: Vec<String> =
        ["kra", "ute", "kim jo", "die alte or", "autor:ot", "quelle:b", "xyz"].into_iter().map(suggested).collect();
    assert_eq!(found, expected, "{found:#?}");
}

/// A saved search has each article as news once; one whose text has changed waits until it is asked for.
pub fn have_news_once(place: &Place) {
    let engine = place.filled(&archive());
    let query = parse("Orgel");
    let mut saved = Saved::new("orgel".into(), "Orgel".into(), "2026-11-28T12:00:00Z".into());
    let mut news = |engine: &dyn Engine, changed: bool| {
        let mut news = News::of(engine, &saved, &query, Own::default(), changed).expect("news");
        let ids: Vec<String> = news.by_ref().map(|hit| hit.expect("a hit").article.id).collect();
        let waiting = news.waiting();
        saved.seen = news.into_seen();
        (ids, waiting)
    };
    assert_eq!(news(&*engine, false), (vec!["kirche".to_owned(), "orgel".to_owned()], 0));
    assert_eq!(news(&*engine, false), (Vec::new(), 0), "what has been seen is no news");

    let mut changed = engine.articles("orgel").expect("an article").remove(0);
    changed.parts.push(Part::new(PartKind::Paragraph, "Die Orgel wird im Mai geweiht."));
    let parts = vec![Part::new(PartKind::Headline, "Orgelbauer gesucht")];
    let new = Article { id: "bauer".into(), path: "/archiv/bauer.txt".into(), parts, ..Article::default() };
    let state = State::default();
    let writer = place.writer(&state);
    writer.remove(&changed.path);
    add(&*writer, &[changed, new]);
    writer.commit(&state).expect("committed");
    let engine = place.store.open().expect("an engine");
    assert_eq!(news(&*engine, false), (vec!["bauer".to_owned()], 1));
    assert_eq!(news(&*engine, true), (vec!["orgel".to_owned()], 0));
    assert_eq!(news(&*engine, true), (Vec::new(), 0));
}
