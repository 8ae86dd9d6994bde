//! What a store keeps of updates: what was committed, as a whole.

use super::Place;
use crate::{Engine, EngineError, FileState, KnownProblem, Record, SearchRequest, State, Writer, WriterOptions};
use findbuch_article::{Article, Date, DateFrom, Dated, Part, PartKind};
use findbuch_query::Query;
use jiff::civil::date;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// An article of a file; its headline is its id too.
fn article(path: &str, headline: &str) -> Article {
    Article {
        id: headline.to_owned(),
        path: path.to_owned(),
        date: Some(Dated { value: Date::day(date(2023, 9, 1)), from: DateFrom::Metadata }),
        parts: vec![Part::new(PartKind::Headline, headline), Part::new(PartKind::Paragraph, "Der Rest des Textes.")],
        ..Article::default()
    }
}

/// Adds an article of a file that has so many bytes; `content` is its number, and that of its record.
fn add(writer: &dyn Writer, path: &str, size: u64, headline: &str, content: u64) {
    let file = FileState { path: path.to_owned(), size, mtime: 7, hash: 8, settings: 9, articles: 0 };
    let article = Article { record: Some(content), ..article(path, headline) };
    let folders = ["/x".to_owned()];
    writer.adder().add(&Record { file: &file, folders: &folders, article: &article, content }).expect("added");
}

fn state(updates: u64) -> State {
    State { updates, ..State::default() }
}

/// The headlines of the articles that a query finds, in order of the alphabet.
fn found(engine: &dyn Engine, text: &str) -> Vec<String> {
    let query = Query::parse(text, date(2023, 9, 22)).expect("a query");
    let request = SearchRequest { limit: 100, fill: false, ..SearchRequest::new(&query) };
    let hits = engine.search(&engine.prepare(&request).expect("a plan")).expect("hits");
    let complete = hits.hits.into_iter().filter(|_| hits.relaxed.is_none());
    let mut titles: Vec<String> = complete.map(|hit| hit.article.title()).collect();
    titles.sort();
    titles
}

/// The files of an index: path, bytes, articles.
fn files(engine: &dyn Engine) -> Vec<(String, u64, u64)> {
    let mut files = Vec::new();
    let paths = [PathBuf::from("/x")];
    engine.files(&paths, &mut |file| files.push((file.path, file.size, file.articles))).expect("files");
    files
}

fn contents(engine: &dyn Engine, path: &str) -> BTreeMap<u64, String> {
    let mut contents = BTreeMap::new();
    engine.contents(path, &mut |content, id| assert_eq!(contents.insert(content, id), None)).expect("contents");
    let mut articles = BTreeMap::new();
    let visit = &mut |content, article: Article| {
        articles.insert(content, article.id);
        ControlFlow::Continue(())
    };
    engine.articles_of(path, visit).expect("articles");
    assert_eq!(articles, contents);
    contents
}

/// What was committed is there when the index is opened, and nothing is where nothing was committed.
pub fn keep_what_was_committed(place: &Place) {
    let store = &place.store;
    assert!(matches!(store.open(), Err(EngineError::NoIndex(_))), "there is no index yet");
    assert_eq!((store.state().expect("read"), store.stamp().expect("read")), (None, None));
    let problem = KnownProblem {
        path: "/x/leer.txt".into(),
        size: 0,
        mtime: 3,
        settings: 0,
        message: "is empty".into(),
        replaced_by: String::new(),
    };
    let state = State {
        folders: vec!["/x".into()],
        updated: "2026-11-28T12:00:00Z".into(),
        problems: vec![problem],
        boilerplate: std::sync::Arc::new([1, 2].into()),
        ..state(4)
    };
    let writer = place.writer(&state);
    add(&*writer, "/x/b", 5, "Ebbe", 1);
    add(&*writer, "/x/a", 6, "Flut", 2);
    assert!(matches!(store.lock(), Err(EngineError::Locked(_))), "one program writes at a time");
    writer.commit(&state).expect("committed");
    let engine = store.open().expect("an engine");
    assert_eq!((engine.state(), store.state().expect("read").as_ref()), (&state, Some(&state)));
    assert_eq!(engine.articles("Ebbe").expect("by id"), [Article { record: Some(1), ..article("/x/b", "Ebbe") }]);
    assert_eq!(engine.articles("/x/a").expect("by path"), [Article { record: Some(2), ..article("/x/a", "Flut") }]);
    assert_eq!(engine.articles("/x").expect("a folder is no article"), []);
    let mut known = Vec::new();
    engine.files(&["/x/a".into(), "/elsewhere".into()], &mut |file| known.push(file)).expect("files");
    let file = FileState { path: "/x/a".into(), size: 6, mtime: 7, hash: 8, settings: 9, articles: 1 };
    assert_eq!(known, [file]);
    let (numbers, checked) = (engine.stats().expect("numbers"), store.check(&|_, _| true).expect("examined"));
    assert_eq!((numbers.articles, numbers.files, checked.articles, checked.faults), (2, 2, 2, 0));
    let as_added = |article: &Article, content| (article.id.as_str(), content) != ("Flut", 2);
    assert_eq!(store.check(&as_added).expect("examined").faults, 1, "an article that is not as it was added");
    let stamp = store.stamp().expect("read");
    let again = store.open().expect("an engine");
    assert_eq!(again.fingerprint().expect("read"), engine.fingerprint().expect("read"));
    assert_eq!(store.stamp().expect("read"), stamp, "reading changes nothing");
    place.writer(&state).commit(&state).expect("committed");
    assert!(stamp.is_some() && store.stamp().expect("read") != stamp, "each commit has a stamp of its own");
}

/// Changed, removed, renamed and unchanged files.
pub fn apply_every_change(place: &Place) {
    let writer = place.writer(&state(1));
    for (path, headline, content) in
        [("/x/a", "Ebbe", 1), ("/x/a", "Flut", 2), ("/x/b", "Deich", 3), ("/x/c", "Watt", 4), ("/x/d", "Düne", 5)]
    {
        add(&*writer, path, 1, headline, content);
    }
    writer.commit(&state(1)).expect("committed");

    let writer = place.writer(&state(2));
    // one article of a file is another
    writer.remove_content(2);
    add(&*writer, "/x/a", 2, "Sturmflut", 6);
    // another name
    writer.remove("/x/c");
    add(&*writer, "/x/cc", 1, "Watt", 7);
    writer.remove("/x/b");
    // what is added after its file was removed stays, what was added before goes
    add(&*writer, "/x/e", 1, "Priel", 8);
    writer.remove("/x/e");
    add(&*writer, "/x/e", 3, "Hallig", 9);
    writer.commit(&state(2)).expect("committed");

    let engine = place.store.open().expect("an engine");
    let expected = [("/x/a", 2, 2), ("/x/cc", 1, 1), ("/x/d", 1, 1), ("/x/e", 3, 1)];
    assert_eq!(files(&*engine), expected.map(|(path, size, articles)| (path.to_owned(), size, articles)));
    let names = |pairs: &[(u64, &str)]| pairs.iter().map(|(content, id)| (*content, (*id).to_owned())).collect();
    assert_eq!(contents(&*engine, "/x/a"), names(&[(1, "Ebbe"), (6, "Sturmflut")]));
    assert_eq!(contents(&*engine, "/x/b"), names(&[]));
    for (path, record, expected) in
        [("/x/a", 6, &["Sturmflut"][..]), ("/x/a", 2, &[]), ("/x/cc", 6, &[]), ("/x/b", 3, &[])]
    {
        let found = engine.with_record(path, record).expect("read");
        assert_eq!(found.iter().map(Article::title).collect::<Vec<_>>(), expected, "{path}:{record}");
    }
    for (query, expected) in [
        ("Rest", &["Düne", "Ebbe", "Hallig", "Sturmflut", "Watt"][..]),
        ("Flut", &["Sturmflut"]),
        ("Deich", &[]),
        ("pfad:/x/c", &["Watt"]),
        ("Priel ODER Hallig", &["Hallig"]),
    ] {
        assert_eq!(found(&*engine, query), expected, "{query}");
    }
    assert_eq!(engine.stats().expect("numbers").articles, 5);
}

/// Nothing is seen of an update before its commit, and nothing remains of one that was given up.
pub fn commit_as_a_whole(place: &Place) {
    let capabilities = place.store.capabilities();
    let writer = place.writer(&state(1));
    add(&*writer, "/x/a", 1, "Ebbe", 1);
    writer.commit(&state(1)).expect("committed");
    let before = place.store.open().expect("an engine");
    let stamp = place.store.stamp().expect("read");
    let promised = [(false, capabilities.atomic_update), (true, capabilities.atomic_rebuild)];
    for (rebuild, _) in promised.into_iter().filter(|(_, promised)| *promised) {
        let state = state(2);
        let options = WriterOptions { rebuild, ..WriterOptions::new(&state) };
        let writer = place.store.lock().expect("the lock").writer(&options).expect("a writer");
        add(&*writer, "/x/b", 1, "Flut", 2);
        writer.remove("/x/a");
        let meanwhile = place.store.open().expect("an engine");
        assert_eq!(found(&*meanwhile, "Rest"), ["Ebbe"], "rebuild: {rebuild}");
        drop(writer);
        let after = place.store.open().expect("an engine");
        assert_eq!((found(&*after, "Rest"), after.state().updates), (vec!["Ebbe".to_owned()], 1));
        assert_eq!(place.store.stamp().expect("read"), stamp);
    }
    let writer = place.writer(&state(2));
    add(&*writer, "/x/b", 1, "Flut", 2);
    writer.commit(&state(2)).expect("committed");
    if capabilities.atomic_update {
        assert_eq!(found(&*before, "Rest"), ["Ebbe"], "an engine answers as of the commit that it was opened at");
    }
    let engine = place.store.open().expect("an engine");
    assert_eq!((found(&*engine, "Rest"), engine.state().updates), (vec!["Ebbe".to_owned(), "Flut".to_owned()], 2));
    let state = state(3);
    let options = WriterOptions { rebuild: true, ..WriterOptions::new(&state) };
    let writer = place.store.lock().expect("the lock").writer(&options).expect("a writer");
    add(&*writer, "/x/c", 1, "Watt", 3);
    writer.commit(&state).expect("committed");
    let engine = place.store.open().expect("an engine");
    assert_eq!((found(&*engine, "Rest"), files(&*engine).len()), (vec!["Watt".to_owned()], 1), "made anew");
}
