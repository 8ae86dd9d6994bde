//! Spellings of the same name from another script: Selenskyj, Selenski, Zelensky. The table is `data/names.txt`.

use crate::fold::fold;
use crate::tokens::words;
use std::collections::HashMap;
use std::sync::LazyLock;

static GROUPS: LazyLock<Groups> = LazyLock::new(|| groups(include_str!("data/names.txt")));
static SAME_MEANING: LazyLock<Groups> = LazyLock::new(|| groups(include_str!("data/same_meaning.txt")));

/// The words of each group by each of them, folded.
type Groups = HashMap<String, Vec<&'static str>>;

/// The groups of a list with a group a line.
fn groups(list: &'static str) -> Groups {
    let mut groups = HashMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let spellings: Vec<&'static str> = line.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        for spelling in &spellings {
            groups.insert(key(spelling), spellings.clone());
        }
    }
    groups
}

/// The folded words of a name, with a space between them.
pub(crate) fn key(name: &str) -> String {
    words(name).map(|span| fold(&name[span])).collect::<Vec<_>>().join(" ")
}

/// The words of the same meaning as a word, that one included, as [`spellings`] takes and gives them.
pub(crate) fn same_meaning(folded: &str) -> Option<&'static [&'static str]> {
    SAME_MEANING.get(folded).map(Vec::as_slice)
}

/// All spellings of a name, that one included, given as its [folded](crate::fold) words with a space between them; none if the table
/// does not have it.
///
/// ```
/// use findbuch_german::names::spellings;
///
/// assert!(spellings("zelensky").is_some_and(|names| names.contains(&"Selenskyj")));
/// assert_eq!(spellings("munition"), None);
/// ```
#[must_use]
pub fn spellings(folded: &str) -> Option<&'static [&'static str]> {
    GROUPS.get(folded).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_name_has_all_its_spellings() {
        let found = spellings("zelensky").expect("a group");
        assert!(found.contains(&"Selenskyj") && found.contains(&"Selenski"), "{found:?}");
        assert!(spellings("beijing").expect("a group").contains(&"Peking"));
        assert!(spellings("artillerie").is_none());
    }

    #[test]
    fn words_of_the_same_meaning_are_grouped() {
        assert_eq!(same_meaning("samstag"), Some(["Samstag", "Sonnabend"].as_slice()));
        assert_eq!(same_meaning("munition"), None);
    }

    #[test]
    fn no_spelling_belongs_to_two_groups() {
        let lines = include_str!("data/names.txt").lines().filter(|line| !line.starts_with('#'));
        let mut seen = HashSet::new();
        for name in lines.flat_map(|line| line.split(',')).map(str::trim).filter(|name| !name.is_empty()) {
            assert!(seen.insert(key(name)), "{name} stands twice");
        }
    }
}
