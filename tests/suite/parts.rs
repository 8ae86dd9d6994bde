//! Updates of very much, which are made in parts.

use findbuch::update::{Progress, Summary, UpdateRequest, update};
use findbuch_corpus::Limits;
use findbuch_engine::{IndexDir, Store};
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn an_update_of_very_much_is_committed_part_by_part() {
    let folder = tempfile::tempdir().expect("a folder");
    let (archive, index) = (folder.path().join("archive"), folder.path().join("index"));
    std::fs::create_dir(&archive).expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(archive.join(name), text).expect("written");
    for number in 0..12 {
        write(&format!("{number:02}.txt"), &format!("Der Deich {number}\n\nEr hält im {number}. Winter.\n"));
    }
    write("05.json", "{");
    let store = IndexDir::new(&index).store();
    let stop = AtomicBool::new(false);
    let (paths, limits) = ([archive.clone()], Limits::on(jiff::civil::date(2026, 11, 1)));
    let request = |part_bytes: u64, rebuild: bool| UpdateRequest {
        index: &index,
        paths: &paths,
        moved: None,
        rebuild,
        names: None,
        limits: &limits,
        stop: &stop,
        now: "2026-11-01T00:00:00Z".into(),
        memory: None,
        part_bytes,
    };
    let numbers = |summary: &Summary| (summary.new, summary.unchanged, summary.read_files, summary.left);
    let articles = || articles_of(&*store);
    // what is at hand is read to its end and committed, the rest with the next update
    let mut planned = 0;
    let first = update(&*store, &request(100, false), &mut |step| match step {
        Progress::Planned { files, .. } => planned += files,
        Progress::Indexed if articles_of(&*store) >= 4 => stop.store(true, Ordering::Relaxed),
        _ => {}
    });
    let first = first.expect("updated");
    assert_eq!(planned, 13);
    assert!(first.new >= 4 && first.left > 0 && first.new + first.left >= 12, "{first:?}");
    assert_eq!(articles(), first.new);
    stop.store(false, Ordering::Relaxed);
    let rest = update(&*store, &request(100, false), &mut |_| {}).expect("updated");
    assert_eq!(numbers(&rest), (12 - first.new, first.new, 12 - first.new, 0), "{rest:?}");
    assert_eq!(articles(), 12);
    assert_eq!(rest.problems.len(), 1, "{:?}", rest.problems);
    // another one finds nothing to do, and an index made anew is as large
    let again = update(&*store, &request(100, false), &mut |_| {}).expect("updated");
    assert_eq!((numbers(&again), again.problems.len()), ((0, 12, 0, 0), 1));
    let anew = update(&*store, &request(1, true), &mut |_| {}).expect("made anew");
    assert_eq!((numbers(&anew), articles()), ((12, 0, 12, 0), 12));
    // a folder that has another place now takes all its articles along, those of changed files, too
    let commits = || store.state().expect("readable").expect("there").updates;
    let (before, moved) = (commits(), folder.path().join("moved"));
    std::fs::rename(&archive, &moved).expect("renamed");
    for number in 0..6 {
        let text = format!("Der Deich {number}\n\nEr hielt im {number}. Winter.\n");
        std::fs::write(moved.join(format!("{number:02}.txt")), text).expect("written");
    }
    let there = [moved];
    let move_it = UpdateRequest { moved: Some(&archive), paths: &there, ..request(1, false) };
    update(&*store, &move_it, &mut |_| {}).expect("moved");
    assert_eq!((commits() - before, articles()), (1, 12));
}

/// The articles that a search finds by now.
fn articles_of(store: &dyn Store) -> u64 {
    store.open().map_or(0, |engine| engine.stats().expect("numbers").articles)
}
