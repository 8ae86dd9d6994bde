//! Which articles a query finds: every operator, with what it is combined with.

use super::Place;
use super::archive::{archive, name};
use crate::collections::{Collection, Item, Members};
use crate::synonyms::Synonyms;
use crate::{Detail, Engine, EngineError, FacetField, SearchRequest};
use Change::{Exact, NoCompounds, NoFurniture, NoNames, Not, Only, Plain, Published, Within, Without};
use findbuch_article::{Article, Part, PartKind};
use findbuch_german::Analyzer;
use findbuch_query::{DateRange, Query};
use jiff::civil::{Date, date};
use std::path::Path;

/// Queries with the articles that have all that they ask for, in the order of the archive.
const QUERIES: &[(&str, &str)] = &[
    // words in any inflection, within compounds, divided and joined
    ("Kran", "hafen kran"),
    ("Kräne", "hafen kran"),
    ("kräne", "hafen kran"),
    ("Kraene", "hafen kran"),
    ("Lieferung", "hafen kran waffen"),
    ("Kranlieferung", "hafen kran"),
    ("Orgel", "orgel kirche"),
    ("Kirchenorgel", "kirche"),
    ("Haus", "hafen"),
    ("gehen", "gedicht"),
    ("ging", "gedicht"),
    ("Gang", "gedicht"),
    ("Hafen", "hafen boot"),
    ("Müller", "mueller"),
    ("Mueller", "mueller"),
    ("Munitionslieferung", "waffen"),
    ("Waffenlieferung", "waffen"),
    ("Waffenlieferungen Munition", "waffen"),
    // page furniture, behind the text: words, forms and parts, no fields, no closeness, no exclusions
    ("abonnieren", "hafen"),
    ("Zeitung", "hafen"),
    ("=abonnieren", "hafen"),
    ("=abonniere", ""),
    ("Kran abonnieren", "hafen"),
    ("text:abonnieren", ""),
    ("titel:abonnieren", ""),
    ("Zeitung NAH/3 abonnieren", ""),
    ("Kran -abonnieren", "hafen kran"),
    // words side by side: all of them, function words only where there are no others
    ("Orgel Kirche", "orgel kirche"),
    ("Orgel Spenden", "kirche"),
    ("die Orgel", "orgel kirche"),
    ("der", "hafen kran kirche gedicht mueller sturm sturm-bote"),
    ("Kran Trompete", ""),
    ("Trompete", ""),
    // hyphens, spellings of names
    ("U-Boot", "boot"),
    ("Uboot", "boot"),
    ("Jong-un", "kim"),
    ("Selenskyj", "kim rede"),
    ("Zelenskyy", "kim rede"),
    // phrases
    ("\"Kim Jong Un\"", "kim"),
    ("\"Jong Un\"", "kim"),
    // one that no article has is searched as its words, where nothing says that it is meant to the letter
    ("\"Un Jong\"", "kim rede"),
    ("\"Un Jong\" Putin", ""),
    ("=\"Un Jong\"", ""),
    ("\"Un Jong\" ODER Kran", "hafen kran"),
    ("\"Un Jong\" NAH/9 Kim", ""),
    ("Kim (Un \"Jong Kim\")", "kim rede"),
    ("titel:\"Un Jong\"", "kim"),
    ("\"Lieferung von Waffe\"", "waffen"),
    ("\"alter Kran\"", "hafen"),
    ("\"neuer Kran\"", "hafen"),
    ("\"Tal Zwei\"", "gedicht"),
    ("\"Kräne Drei\"", "hafen"),
    ("\"Meister aus\"", "orgel"),
    // the form typed
    ("=Kran", "hafen"),
    ("=Kräne", "hafen"),
    ("=kraene", "hafen"),
    ("=Kranes", ""),
    ("=Waffe", "rede"),
    ("=\"von Waffen\"", "kim waffen"),
    ("=\"von Waffe\"", ""),
    ("=\"die Waffe\"", "rede"),
    ("=\"die Waffe\" ODER Apfel", "rede gedicht"),
    ("Waffe -=\"die Waffe\"", "kim waffen"),
    ("titel:=\"Lieferung von\"", "waffen"),
    ("text:=\"im Museum\"", ""),
    ("=Kim =Waffe", "rede"),
    // wildcards and near spellings
    ("Orgel*", "orgel"),
    ("Orga*", "orgel kirche"),
    ("*orgeln", "kirche"),
    ("M?ller", "mueller"),
    ("M*ller", "mueller"),
    ("Museun~1", "boot"),
    ("Selenski~1", ""),
    ("Selenski~2", "kim rede"),
    ("Apfe~1", "gedicht"),
    ("Apfl~1", "gedicht"),
    ("Xpfel~1", "gedicht"),
    ("Kram~1", "hafen kim"),
    // AND, OR, NOT, groups
    ("Kran UND Sturm", "kran"),
    ("Kran && Trompete", ""),
    ("Apfel ODER Müller", "gedicht mueller"),
    ("Kran || Trompete", "hafen kran"),
    ("Kran ODER Orgel Spenden", "hafen kran kirche"),
    ("(Kran ODER Orgel) Mehlau", "orgel kirche"),
    ("Orgel -Spenden", "orgel"),
    ("Orgel NICHT Spenden", "orgel"),
    ("-Mehlau -quelle:Bote -Tal", "kim munition"),
    ("Sturm -(Schiff ODER quelle:Tagblatt)", "sturm-bote"),
    ("Sturm -\"Mehr folgt\"", "kran sturm-bote"),
    // closeness: in words, in order, in a sentence, in a paragraph
    ("Kim NEAR/0 Jong", "kim"),
    ("Kim NEAR/6 Jong", "kim rede"),
    ("Jong NAH/0 Kim", "kim"),
    ("Jong VOR/0 Kim", ""),
    ("Jong VOR/1 Un", "kim rede"),
    ("Un ADJ/20 Jong", ""),
    ("Orgel SATZ stumm", "orgel"),
    ("Orgel SATZ Kirche", ""),
    ("Orgel ABSATZ Kirche", "orgel"),
    ("Orgel ABSATZ Mehlau", "kirche"),
    ("Kran NEAR/30 Norderfehn", "hafen"),
    ("Hafen NEAR/30 Norderfehn", ""),
    ("Meister NEAR/9 voll", "orgel"),
    ("Hafen NEAR/99 Kai", "hafen"),
    ("Wasser NEAR/99 Hafen", ""),
    ("\"zwei Familien\" VOR/0 eine", "mueller"),
    ("(Kim NEAR/1 Un) NEAR/9 Zug", "kim"),
    ("(Apfel ODER Müller) SATZ Gras", "gedicht"),
    ("(Weg SATZ Tal) SATZ weit", "mueller"),
    ("=Kran NEAR/4 Haus", ""),
    ("=Kran NEAR/5 Haus", "hafen"),
    ("Häus* NEAR/5 Kran", "hafen"),
    // numbers of places
    ("MINDESTENS/2 Kran", "hafen kran"),
    ("MINDESTENS/5 Kran", "hafen"),
    ("MINDESTENS/7 Kran", ""),
    ("MINDESTENS/4 Munition", "munition"),
    ("ATLEAST/2 (Müller ODER Mühle)", "mueller"),
    ("ATLEAST/2 (Kim NEAR/1 Un)", "kim"),
    ("ATLEAST/2 \"zwei Familien\"", ""),
    // fields of the text
    ("titel:Orgel", "orgel kirche"),
    ("titel:(Orgel ODER Kran)", "hafen kran orgel kirche"),
    ("titel:Kran Sturm", "kran"),
    ("titel:\"Jong Un\"", "kim"),
    ("titel:klingen", "orgel"),
    ("dachzeile:Wasser", "hafen"),
    ("vorspann:Schiff", "kran"),
    ("vorspann:Norderfehn", "hafen"),
    ("text:Häuser", "hafen"),
    ("text:Norderfehn", ""),
    ("text:Orgel", "orgel kirche"),
    ("zitat:Brandt", "orgel"),
    ("zitat:klingen", "orgel"),
    ("bild:Kai", "hafen"),
    ("bild:Ott", "hafen"),
    ("titel:(Kran NEAR/1 Hafen)", ""),
    ("titel:(Hafen VOR/2 Kran)", "hafen"),
    // names, tags, addresses, days
    ("autor:Ott", "orgel"),
    ("autor:\"Ute Krahn\"", "hafen rede"),
    ("autor:nda", "kran kirche sturm sturm-bote"),
    ("autor:Kra*", "hafen rede"),
    ("autor:=\"Ilse Brandt\"", "orgel"),
    ("autor:\"Brandt Ilse\"", ""),
    ("agentur:nda Sturm", "kran sturm sturm-bote"),
    ("quelle:waage", "orgel kirche kim mueller"),
    ("quelle:tagblat~1", "boot munition sturm"),
    ("ressort:Kultur", "orgel kirche"),
    ("schlagwort:Schifffahrt", "hafen"),
    ("schlagwort:Schiff", ""),
    ("url:bote.example", "kran"),
    ("url:*", "kran boot"),
    ("url:BOTE*kran", "kran"),
    ("url:kran*bote", ""),
    ("pfad:waage/2023", "kim"),
    ("pfad:bote*txt", "hafen kran rede waffen sturm-bote"),
    ("id:sturm", "sturm sturm-bote"),
    ("datum:2023-09", "kim rede waffen munition"),
    ("datum:2023-09-14", "rede"),
    ("datum:2023-09-14..20", "rede waffen"),
    ("bis:2021", "boot mueller"),
    ("seit:2024", "sturm sturm-bote"),
    ("Kim datum:2023-09-13", "kim"),
    ("datum:gestern", "munition"),
    ("-seit:1900", "gedicht"),
    // collections: ids as a whole, in any case of the name
    ("sammlung:Liste", "hafen kirche"),
    ("Kran -sammlung:liste", "kran"),
    ("sammlung:LISTE ODER Apfel", "hafen kirche gedicht"),
    ("sammlung:Liste Orgel", "kirche"),
    ("sammlung:(Liste Leer)", ""),
    ("sammlung:Leer", ""),
    // weights change no more than the order
    ("Kran^3", "hafen kran"),
    ("(Orgel^0,5 Spenden)^2", "kirche"),
];

/// What a request changes in what a query finds.
enum Change {
    /// Nothing.
    Plain,
    /// Words as typed alone.
    Exact,
    NoCompounds,
    NoFurniture,
    NoNames,
    /// The user's list of synonyms.
    Synonyms,
    /// Words that do not count.
    Without(&'static [&'static str]),
    Within(&'static str),
    Only(&'static [(FacetField, &'static str)]),
    Not(&'static [(FacetField, &'static str)]),
    Published(Option<Date>, Option<Date>),
}

const REQUESTS: &[(&str, Change, &str)] = &[
    ("Kran", Exact, "hafen"),
    ("Kran", NoCompounds, "hafen"),
    ("Kranlieferung", NoCompounds, "kran"),
    ("Hafenmeister", NoCompounds, "hafen"),
    ("U-Boot", NoCompounds, "boot"),
    ("abonnieren", NoFurniture, ""),
    ("Kran abonnieren", NoFurniture, ""),
    ("Selenskyj", NoNames, "kim"),
    ("autor:\"Ilse Brandt\"", Exact, "orgel"),
    ("pfad:bote/kran.txt", Exact, "kran"),
    ("Uboot ODER \"die Orgel\"", Exact, "orgel boot"),
    ("Kran Haus", Exact, ""),
    ("Tagblattorgel", Plain, ""),
    ("Organ", Plain, ""),
    ("Organ", Change::Synonyms, "orgel kirche"),
    ("Jolle", Change::Synonyms, "kran"),
    ("Schiff", Change::Synonyms, "kran"),
    ("Kran", Without(&["Kranlieferung"]), "hafen"),
    ("Kran", Without(&["Kräne"]), "hafen kran"),
    ("Kran", Without(&["Kräne", "Kran"]), "kran"),
    ("Waffe", Without(&["Waffen"]), "rede"),
    ("Waffe", Without(&["Waffe"]), "kim waffen"),
    ("Selenskyj", Without(&["Zelensky"]), "kim"),
    ("Sturm", Within("/archiv/bote"), "kran sturm-bote"),
    ("Sturm", Within("/archiv/bote/kran.txt"), "kran"),
    ("Sturm", Within("/archiv/bo"), ""),
    ("Sturm", Only(&[(FacetField::Source, "Der Bote")]), "kran sturm-bote"),
    ("Sturm", Only(&[(FacetField::Source, "Bote")]), ""),
    ("Sturm", Only(&[(FacetField::Source, "Der Bote"), (FacetField::Source, "Tagblatt")]), "kran sturm sturm-bote"),
    ("Sturm", Only(&[(FacetField::Source, "Der Bote"), (FacetField::Year, "2024")]), "sturm-bote"),
    ("Sturm", Only(&[(FacetField::Month, "2023-05")]), "kran"),
    ("Sturm", Only(&[(FacetField::Month, "2023")]), ""),
    ("Orgel", Only(&[(FacetField::Author, "Ilse Brandt")]), "orgel"),
    ("Sturm", Not(&[(FacetField::Source, "Tagblatt")]), "kran sturm-bote"),
    ("Sturm", Not(&[(FacetField::Source, "Tagblatt"), (FacetField::Month, "2023-05")]), "sturm-bote"),
    ("Sturm", Only(&[(FacetField::Agency, "nda"), (FacetField::Section, "Wirtschaft")]), "kran"),
    ("Sturm", Published(None, Some(date(2024, 1, 8))), "kran sturm"),
    ("Sturm", Published(Some(date(2024, 1, 9)), None), "sturm-bote"),
    ("Tal", Published(None, None), "gedicht mueller"),
    ("Tal", Published(None, Some(date(2100, 1, 1))), "mueller"),
];

/// Each query finds what it should, and so does each request.
pub fn find_what_they_should(place: &Place) {
    let articles = archive();
    let engine = place.filled(&articles);
    let plain = QUERIES.iter().map(|(query, found)| (*query, &Plain, *found));
    let changed = REQUESTS.iter().map(|(query, change, found)| (*query, change, *found));
    let wrong: Vec<String> = plain
        .chain(changed)
        .filter_map(|(query, change, expected)| {
            let found = found(&*engine, query, change);
            let is_found = |article: &&Article| found.contains(&article.id);
            let names: Vec<&str> = articles.iter().filter(is_found).map(|article| name(&article.id)).collect();
            let names = names.join(" ");
            (names != expected).then(|| format!("{query}: {names} instead of {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// An article that has what is left of a word in another meaning alone is no hit, not even one that lacks words.
pub fn find_nothing_of_excluded_words(place: &Place) {
    let article = |id: &str, texts: &[&str]| Article {
        id: id.to_owned(),
        path: format!("/archiv/{id}.txt"),
        parts: texts.iter().map(|text| Part::new(PartKind::Paragraph, *text)).collect(),
        ..Article::default()
    };
    let engine = place.filled(&[article("beide", &["Gang.", "ging."]), article("keins", &["Sie kamen."])]);
    for text in
        ["ging", "\"Bericht ging\" ging", "\"Bericht ging\" kommen", "Bericht-ging ging", "\"ging Bericht\" Kran"]
    {
        let query = Query::parse(text, date(2023, 9, 22)).expect("a query");
        let mut request = SearchRequest::new(&query);
        let excluded = ["ging".to_owned()];
        request.expansion.excluded = &excluded;
        let hits = engine.search(&engine.prepare(&request).expect("a plan")).expect("hits");
        let found: Vec<&str> = hits.hits.iter().map(|hit| hit.article.id.as_str()).collect();
        let expected: &[&str] = if text.contains("kommen") { &["keins"] } else { &[] };
        assert_eq!(found, expected, "{text}");
    }
}

/// Collections of the archive; one has the id of an article that is gone, and a piece of an id.
fn members() -> Members {
    let ids = archive().into_iter().map(|article| article.id).filter(|id| ["hafen", "kirche"].contains(&name(id)));
    let item = |id: String| Item::of(&Article { id, ..Article::default() }, "", String::new());
    let collection = |name: &str, ids: Vec<String>| Collection::new(name, ids.into_iter().map(item).collect());
    let some = ids.chain(["fehlt".into(), "kra".into()]).collect();
    Members::of(&[collection("Liste", some), collection("Leer", Vec::new())])
}

/// A collection that is not there is no empty one.
pub fn refuse_unknown_collections(place: &Place) {
    let engine = place.filled(&archive());
    let members = members();
    for (text, known) in [("Kran sammlung:Lis", true), ("sammlung:Liste", false), ("-sammlung:fehlt Kran", true)] {
        let query = Query::parse(text, date(2023, 9, 22)).expect("a query");
        let mut request = SearchRequest::new(&query);
        request.expansion.members = Some(&members).filter(|_| known);
        let refused = engine.prepare(&request).err();
        assert!(matches!(refused, Some(EngineError::UnknownCollection { .. })), "{text}: {refused:?}");
    }
}

/// The ids of the articles that have all that is asked for.
fn found(engine: &dyn Engine, text: &str, change: &Change) -> Vec<String> {
    let query = Query::parse(text, date(2023, 9, 22)).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let synonyms = Synonyms::parse("Orgel, Organ\nJolle => Schiff\n", &mut Analyzer::default());
    let members = members();
    let (mut excluded, mut only, mut not) = (Vec::new(), Vec::new(), Vec::new());
    let mut request = SearchRequest { limit: 100, fill: false, detail: Detail::Id, ..SearchRequest::new(&query) };
    match change {
        Plain => request.expansion.members = Some(&members),
        Exact => request.expansion.german = false,
        NoCompounds => request.expansion.compounds = false,
        NoFurniture => request.furniture = false,
        NoNames => request.expansion.names = false,
        Change::Synonyms => request.expansion.synonyms = Some(&synonyms),
        Without(words) => {
            excluded.extend(words.iter().map(|word| (*word).to_owned()));
            request.expansion.excluded = &excluded;
        }
        Within(path) => request.within = Some(Path::new(path)),
        Only(values) => {
            only.extend(values.iter().map(|(field, value)| (*field, (*value).to_owned())));
            request.only = &only;
        }
        Not(values) => {
            not.extend(values.iter().map(|(field, value)| (*field, (*value).to_owned())));
            request.not = &not;
        }
        Published(from, until) => request.published = Some(DateRange { from: *from, until: *until }),
    }
    let prepared = engine.prepare(&request).expect("a plan");
    let stream = engine.stream(&prepared).expect("a stream");
    let streamed: Vec<String> = stream.hits.map(|hit| hit.expect("a hit").article.id).collect();
    let hits = engine.search(&prepared).expect("hits");
    let relaxed = hits.relaxed.is_some();
    let ids: Vec<String> = hits.hits.into_iter().filter(|_| !relaxed).map(|hit| hit.article.id).collect();
    assert_eq!(ids, streamed, "{text}");
    assert_eq!(
        (hits.total, stream.total),
        (if relaxed { hits.total } else { ids.len() as u64 }, ids.len() as u64),
        "{text}"
    );
    ids
}
