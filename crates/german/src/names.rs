//! Spellings of the same name from another script: Selenskyj, Selenski, Zelensky. The table is `data/names.txt`.

use crate::fold::fold;
use crate::tokens::words;
use std::collections::HashMap;
use std::sync::OnceLock;

static SPELLINGS: Groups = Groups::new(include_str!("data/names.txt"));
static SAME_MEANING: Groups = Groups::new(include_str!("data/same_meaning.txt"));

/// The groups of a list with a group a line. Those under an initial are gathered when a word with it is first looked up: folding
/// all names costs more than many a search.
struct Groups {
    list: &'static str,
    by_initial: [OnceLock<HashMap<String, Vec<&'static str>>>; INITIALS],
}

/// a to z, and one for whatever else a name begins with.
const INITIALS: usize = 27;

impl Groups {
    const fn new(list: &'static str) -> Self {
        Self { list, by_initial: [const { OnceLock::new() }; INITIALS] }
    }

    /// The group of a name, given as its [`key`].
    fn get(&self, key: &str) -> Option<&[&'static str]> {
        let initial = initial(key);
        self.by_initial.get(initial)?.get_or_init(|| self.gather(initial)).get(key).map(Vec::as_slice)
    }

    /// Each spelling under an initial with its group.
    fn gather(&self, under: usize) -> HashMap<String, Vec<&'static str>> {
        let mut groups = HashMap::new();
        for line in self.list.lines().filter(|line| !line.starts_with('#')) {
            let spellings = || line.split(',').map(str::trim).filter(|name| !name.is_empty());
            for spelling in spellings().filter(|spelling| initial(spelling) == under) {
                groups.insert(key(spelling), spellings().collect());
            }
        }
        groups
    }
}

/// The place of a name's first letter, folded, among [`INITIALS`].
fn initial(name: &str) -> usize {
    let place = |byte: u8| byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'));
    let first = name.chars().next().unwrap_or_default();
    let folded = if first.is_ascii() {
        place(name.bytes().next().unwrap_or_default())
    } else {
        fold(first.encode_utf8(&mut [0; 4])).bytes().next().and_then(place)
    };
    folded.unwrap_or(INITIALS - 1)
}

/// The folded words of a name, with a space between them.
pub(crate) fn key(name: &str) -> String {
    words(name).map(|span| fold(&name[span])).collect::<Vec<_>>().join(" ")
}

/// The words of the same meaning as a word, that one included, as [`spellings`] takes and gives them.
pub(crate) fn same_meaning(folded: &str) -> Option<&'static [&'static str]> {
    SAME_MEANING.get(folded)
}

/// The groups of the same meaning that have a name of several words.
pub(crate) fn groups_with_long_forms() -> impl Iterator<Item = Vec<&'static str>> {
    let lines = SAME_MEANING.list.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split(',').map(str::trim).collect::<Vec<_>>())
        .filter(|group| group.iter().any(|word| word.contains(' ')))
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
    SPELLINGS.get(folded)
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
            assert!(spellings(&key(name)).is_some_and(|group| group.contains(&name)), "{name} is not found");
        }
    }
}
