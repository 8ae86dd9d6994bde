//! Names are not divided as compounds are: `names.txt` has 500 of places and people.

use findbuch_german::{Splitter, fold};

/// Names that look like compounds by all that the tables know.
const DIVIDED: [&str; 3] = ["Rosenfeld", "Winterkorn", "Mandelbaum"];

#[test]
fn names_stay_whole() {
    let splitter = Splitter::default();
    let names = include_str!("names.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let divided: Vec<&str> = names.filter(|name| !splitter.split(&fold(name), true).is_empty()).collect();
    assert_eq!(divided, DIVIDED);
}
