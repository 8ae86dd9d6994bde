//! The country of an adjective or of its people: nordkoreanisch → Nordkorea, Ukrainerin → Ukraine. The table is `data/peoples.txt`.

use crate::endings::strip_ending;
use crate::fold::fold;
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::readings::{Class, frequency};
use crate::stopwords::is_stop_word;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What stands before the name of a country or continent for a part of it.
const REGIONS: &[&str] = &["", "nord", "süd", "ost", "west", "mittel", "zentral", "latein", "us", "nordost", "südost"];

/// Folded names of countries by the stems of their adjectives and peoples.
static COUNTRIES: LazyLock<HashMap<&'static str, Vec<String>, foldhash::fast::FixedState>> = LazyLock::new(|| {
    let lines = include_str!("data/peoples.txt").lines().filter(|line| !line.starts_with('#'));
    let mut countries: HashMap<&'static str, Vec<String>, _> = HashMap::default();
    for (names, people) in lines.filter_map(|line| line.split_once(": ")) {
        for word in people.split(' ') {
            countries.entry(word).or_default().extend(names.split(',').map(fold));
        }
    }
    countries
});

/// All folded names of countries.
static NAMES: LazyLock<HashSet<String, foldhash::fast::FixedState>> =
    LazyLock::new(|| COUNTRIES.values().flatten().cloned().collect());

/// Whether a [folded](crate::fold) word is the name of a country, or ends in one (Nordkorea).
///
/// ```
/// assert!(findbuch_german::is_country("nordkorea") && !findbuch_german::is_country("munition"));
/// ```
pub fn is_country(name: &str) -> bool {
    COUNTRIES.values().flatten().any(|country| name.ends_with(country.as_str()))
}

/// Whether a folded word is the name of a country as the table has it.
pub fn is_name(word: &str) -> bool {
    NAMES.contains(word)
}

/// Fewest bytes of a stem that is looked up without what stands before it.
const MIN_STEM: usize = 4;

/// The folded names of the countries that a stem is derived from; none for most stems.
pub fn countries(stem: &str) -> Vec<String> {
    for region in REGIONS {
        let Some(rest) = stem.strip_prefix(region).filter(|rest| region.is_empty() || rest.len() >= MIN_STEM) else {
            continue;
        };
        if let Some(names) = COUNTRIES.get(rest) {
            let united = |name: &&String| region.is_empty() || (*region != "us" && name.as_str() != "usa");
            let mut found: Vec<String> =
                names.iter().filter(united).map(|name| [region, name.as_str()].concat()).collect();
            if *region == "us" {
                found.clone_from(names);
            }
            return found;
        }
    }
    Vec::new()
}

/// Bytes of the shortest place whose people are recognised, and its least frequency, in steps.
const MIN_PLACE: usize = 4;
const MIN_PLACE_FREQUENCY: f32 = 5.0;

/// The place that a folded word names the people of, as news have it: Berlin of Berliner, München of Münchner. The place is no word of
/// the lexicon, and commoner than its people; of Lindner and Linden the second is not.
pub fn place(word: &str) -> Option<String> {
    let stem = ["er", "ern", "ers", "erin", "erinnen"].iter().find_map(|ending| strip_ending(word, ending))?;
    let often = |word: &str| frequency(word, Class::Noun);
    let people = often(word.strip_suffix(['n', 's']).unwrap_or(word));
    let known = |place: &str| {
        place.len() >= MIN_PLACE
            && often(place) >= MIN_PLACE_FREQUENCY.max(people + 1.0)
            && !lexicon().has(place, flags::NOUN | flags::VERB | flags::ADJECTIVE | flags::NOMINAL)
            && !place.strip_suffix("en").is_some_and(|stem| lexicon().has(stem, flags::VERB | flags::NOUN))
            && !is_stop_word(place)
    };
    let without_n = stem.strip_suffix('n').map(|stem| [stem, "en"].concat());
    [Some(stem.to_owned()), Some([stem, "en"].concat()), without_n].into_iter().flatten().find(|place| known(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_people_of_a_place_lead_to_it() {
        for (word, expected) in [
            ("berliner", Some("berlin")),
            ("münchner", Some("münchen")),
            ("bremer", Some("bremen")),
            ("kölner", Some("köln")),
            ("dresdner", Some("dresden")),
            ("lindner", None),
            ("müller", None),
            ("redner", None),
            ("gegner", None),
            ("peter", None),
        ] {
            assert_eq!(place(word).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn peoples_lead_to_their_countries() {
        for (stem, expected) in [
            ("koreanisch", &["korea"][..]),
            ("nordkoreanisch", &["nordkorea"]),
            ("ukrainer", &["ukraine"]),
            ("usamerikanisch", &["amerika", "usa"]),
            ("südafrikanisch", &["südafrika"]),
            ("russisch", &["russland"]),
            ("munition", &[]),
            ("ostern", &[]),
        ] {
            assert_eq!(countries(stem), expected, "{stem}");
        }
    }
}
