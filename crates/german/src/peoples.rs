//! The country that an adjective or the name of its people is about: nordkoreanisch → Nordkorea, Ukrainerin → Ukraine.

use super::fold::fold;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Parts of countries and continents that stand before their names.
const REGIONS: &[&str] = &["", "nord", "süd", "ost", "west", "mittel", "zentral", "latein", "us", "nordost", "südost"];

static COUNTRIES: LazyLock<HashMap<&'static str, Vec<String>>> = LazyLock::new(|| {
    let lines = include_str!("data/peoples.txt").lines().filter(|line| !line.starts_with('#'));
    let mut countries: HashMap<&'static str, Vec<String>> = HashMap::new();
    for (names, people) in lines.filter_map(|line| line.split_once(": ")) {
        for word in people.split(' ') {
            countries.entry(word).or_default().extend(names.split(',').map(fold));
        }
    }
    countries
});

/// Whether a folded name is that of a country, or ends in one.
pub fn is_country(name: &str) -> bool {
    COUNTRIES.values().flatten().any(|country| name.ends_with(country.as_str()))
}

/// Whether a folded word is the name of a country.
pub fn is_name(word: &str) -> bool {
    NAMES.contains(word)
}

static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| COUNTRIES.values().flatten().cloned().collect());

/// Fewest bytes of a stem that is looked up behind a region.
const MIN_STEM: usize = 4;

/// The folded names of the countries that a stem is derived from.
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

#[cfg(test)]
mod tests {
    use super::*;

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
