//! No circle of imports between files.
//!
//! A folder is read top down: its module file (`mod.rs`, `lib.rs`) first, then each child, a child being a file or a folder with
//! all that is in it. Within every folder the children, and the module file itself, name each other in one direction only:
//!
//! - A child that names an item of its neighbour depends on it, whichever files of the two subtrees are meant and however the
//!   item is reached: `crate::…`, `super::super::…`, a list in braces, a re-export of a module file (followed to the file that
//!   defines the item).
//! - A module file that calls its children depends on them. To declare them, and to hand their items on with `pub use`, is how a
//!   folder is put together and counts for nothing.
//! - A child may name the *types* of the module files above it (structs, enums, traits, aliases): a module file is where a
//!   folder keeps the words that its files share. Functions and constants of a module file whose code calls children
//!   close a circle; they belong into a file of their own beside those that call them.
//!
//! Whoever reads a file has then read what it rests on, or will read it above; and every child can be moved out of its folder.

use super::modules::{Kind, Modules, Use, modules};
use crate::project;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The dependencies of one folder: from child to child, each with the uses behind it.
type Folder = BTreeMap<(usize, usize), Vec<Use>>;

/// The folder in which two files meet, and the children of it that they belong to; a module file stands for itself.
fn meeting(modules: &Modules, used: &Use) -> Option<(usize, usize, usize)> {
    let (mut from, mut to) = (modules.chain(used.from), modules.chain(used.to));
    let (mut left, mut right) = (from.pop()?, to.pop()?);
    let mut folder = left;
    while left == right {
        folder = left;
        match (from.pop(), to.pop()) {
            (Some(one), Some(other)) => (left, right) = (one, other),
            (Some(one), None) => return (used.kind == Kind::Code).then_some((folder, one, folder)),
            (None, Some(other)) => return Some((folder, folder, other)),
            (None, None) => return None,
        }
    }
    Some((folder, left, right))
}

/// Children that can be reached from `start`.
fn reached(folder: &Folder, start: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![start];
    while let Some(from) = next.pop() {
        let more = folder.keys().filter(|(one, _)| *one == from).map(|(_, to)| *to);
        next.extend(more.filter(|to| reached.insert(*to)).collect::<Vec<_>>());
    }
    reached
}

/// The circles of a crate: the files and folders of each, with the uses that close it.
fn circles(modules: &Modules) -> Vec<(Vec<String>, Vec<String>)> {
    let mut folders: BTreeMap<usize, Folder> = BTreeMap::new();
    for used in modules.uses() {
        if let Some((folder, from, to)) = meeting(modules, &used) {
            folders.entry(folder).or_default().entry((from, to)).or_default().push(used);
        }
    }
    let mut circles = Vec::new();
    for folder in folders.values() {
        let reach: BTreeMap<usize, BTreeSet<usize>> =
            folder.keys().flat_map(|(from, to)| [*from, *to]).map(|child| (child, reached(folder, child))).collect();
        let mut done = BTreeSet::new();
        for (child, from_it) in &reach {
            let circle: BTreeSet<usize> =
                from_it.iter().copied().filter(|other| reach[other].contains(child)).collect();
            if circle.is_empty() || !done.insert(circle.clone()) {
                continue;
            }
            let name = |module: usize| modules.get(module).path.to_string_lossy().into_owned();
            let within = folder.iter().filter(|((from, to), _)| circle.contains(from) && circle.contains(to));
            let uses = within.flat_map(|((from, to), uses)| {
                let line = move |used: &Use| {
                    let places = format!("{} names {} of {}", name(used.from), used.item, name(used.to));
                    format!("{} → {}: {places}", name(*from), name(*to))
                };
                uses.iter().map(line)
            });
            circles.push((circle.iter().copied().map(name).collect(), uses.collect()));
        }
    }
    circles
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let crates = std::fs::read_dir(project().join("crates")).expect("crates").map(|entry| entry.expect("entry").path());
    for folder in crates.chain([project().to_path_buf()]) {
        let source = folder.join("src");
        let circles = circles(&modules("lib.rs", &|path| std::fs::read_to_string(source.join(path)).ok()));
        let name =
            folder.strip_prefix(project().join("crates")).unwrap_or(Path::new("")).to_string_lossy().into_owned();
        let files: usize = circles.iter().map(|(circle, _)| circle.len()).sum();
        let lines =
            circles.iter().map(|(circle, uses)| format!("{}\n    {}\n", circle.join(", "), uses.join("\n    ")));
        assert_eq!(files, 0, "files and folders lie in circles in {name}:\n{}", lines.collect::<String>());
    }
}

/// The circles of a made-up crate.
fn check(files: &[(&str, &str)], expected: &[&[&str]]) {
    let read = |path: &Path| files.iter().find(|(name, _)| Path::new(name) == path).map(|(_, text)| (*text).to_owned());
    let found: Vec<Vec<String>> = circles(&modules("lib.rs", &read)).into_iter().map(|(circle, _)| circle).collect();
    assert_eq!(found, expected, "{files:?}");
}

#[test]
fn circles_are_found_however_they_are_written() {
    let lib = ("lib.rs", "mod a; mod b;");
    for (a, b) in [
        ("use crate::b::B; pub struct A;", "use crate::a::A; pub struct B;"),
        ("pub fn a() { super::b::b() }", "pub fn b() { super::a::a() }"),
        ("use super::{b::{self, B}, b::b as c}; pub struct A;", "pub fn b() {} pub struct B(pub super::a::A);"),
        ("pub fn a() { println!(\"{}\", super::b::B) }", "pub const B: u8 = 0; fn b() { use crate::a::a; a() }"),
        ("pub fn a() { super::b::B::new() }", "use super::a; pub struct B; impl B { pub fn new() { a::a() } }"),
        ("pub mod c { pub fn c() { super::super::b::b() } }", "pub fn b() { crate::a::c::c() }"),
        ("use super::b::*; pub fn a() { b() }", "pub fn b() { super::a::a() }"),
    ] {
        check(&[lib, ("a.rs", a), ("b.rs", b)], &[&["a.rs", "b.rs"]]);
    }
}

#[test]
fn re_exports_and_folders_are_seen_through() {
    check(
        &[
            ("lib.rs", "mod a; mod b; pub use a::a; pub use b::deep::b;"),
            ("a.rs", "pub fn a() { crate::b() }"),
            ("b/mod.rs", "pub mod deep;"),
            ("b/deep.rs", "use super::super::a; pub fn b() { a() }"),
        ],
        &[&["a.rs", "b/mod.rs"]],
    );
    check(
        &[
            ("lib.rs", "mod a; mod b;"),
            ("a/mod.rs", "mod one; pub mod two;"),
            ("a/one.rs", "pub fn one() { crate::b::b() }"),
            ("a/two.rs", "pub fn two() {}"),
            ("b.rs", "pub fn b() { crate::a::two::two() }"),
        ],
        &[&["a/mod.rs", "b.rs"]],
    );
}

#[test]
fn children_may_name_the_types_above_them_alone() {
    let child = |text| [("lib.rs", "mod a; pub struct T; pub fn f() { a::a() } pub fn g() {}"), ("a.rs", text)];
    check(&child("use super::T; pub fn a() -> crate::T { T }"), &[]);
    check(&child("pub fn a() { super::g() }"), &[&["lib.rs", "a.rs"]]);
    let quiet = [("lib.rs", "mod a; pub use a::a; pub fn g() {}"), ("a.rs", "pub fn a() { super::g() }")];
    check(&quiet, &[]);
}

#[test]
fn tests_comments_and_methods_count_for_nothing() {
    check(
        &[
            ("lib.rs", "mod a; mod b; #[cfg(test)] mod testing;"),
            ("a.rs", "pub fn a(x: X) { x.b() } // super::b::b()\n#[cfg(test)] mod tests { use crate::b::b; }"),
            ("b.rs", "/// [`crate::b`]\npub fn b() { super::a::a(\"super::b::b\") }"),
        ],
        &[],
    );
}
