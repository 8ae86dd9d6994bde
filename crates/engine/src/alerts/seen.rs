//! What a saved search has told: articles by what they are called and what they say, each as a hash.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;

/// What a saved search has told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Names and texts that are known.
    pub known: Known,
    /// Changed texts of known articles, which wait until changed ones are asked for.
    #[serde(default, skip_serializing_if = "Known::is_empty")]
    pub waiting: Known,
}

/// What an article is to a saved search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Novelty {
    /// It is told now.
    Told,
    /// It was told.
    Known,
    /// It was told, and its changed text waits.
    Waits,
}

impl Told {
    /// Takes up an article by the hashes of its name and its text; one that has changed is told only with `changed`.
    pub fn take(&mut self, named: u64, says: u64, changed: bool) -> Novelty {
        let new_name = self.known.insert(named);
        if self.known.has(says) {
            return Novelty::Known;
        }
        // a text that waits is that of a known article, whatever it is called by now
        if changed || (new_name && !self.waiting.has(says)) {
            self.known.insert(says);
            self.waiting.remove(says);
            return Novelty::Told;
        }
        self.waiting.insert(says);
        Novelty::Waits
    }

    /// What is to be known of this beside what `before` knows; the texts that wait are those of this.
    #[must_use]
    pub fn beside(&self, before: &Told) -> Told {
        Told { known: self.known.beside(&before.known), waiting: self.waiting.clone() }
    }

    /// Takes up what was told since, as [`Told::beside`] gives it.
    pub fn settle(&mut self, since: Told) {
        self.known.extend(since.known);
        self.waiting = since.waiting;
    }
}

/// Hashes that tell articles; 8 bytes each in memory and 19 in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known(BTreeSet<u64>);

impl Known {
    /// Whether it is there.
    #[must_use]
    pub fn has(&self, hash: u64) -> bool {
        self.0.contains(&hash)
    }

    /// Takes it up; whether it was new.
    pub fn insert(&mut self, hash: u64) -> bool {
        self.0.insert(hash)
    }

    /// Takes it away.
    pub fn remove(&mut self, hash: u64) {
        self.0.remove(&hash);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is here and not in `other`.
    #[must_use]
    pub fn beside(&self, other: &Known) -> Known {
        Known(self.0.difference(&other.0).copied().collect())
    }

    /// Takes up all of `other`.
    pub fn extend(&mut self, other: Known) {
        self.0.extend(other.0);
    }
}

impl Serialize for Known {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // as text, since many readers of JSON know 53 bits of a number
        serializer.collect_seq(self.0.iter().map(|hash| format!("{hash:016x}")))
    }
}

impl<'de> Deserialize<'de> for Known {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Known, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let hash = |text: &String| u64::from_str_radix(text, 16).map_err(serde::de::Error::custom);
        Ok(Known(texts.iter().map(hash).collect::<Result<_, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_waits_and_is_told_once() {
        let mut told = Told::default();
        for (named, says, changed, novelty) in [
            (1, 10, false, Novelty::Told),
            (1, 10, false, Novelty::Known),
            (1, 11, false, Novelty::Waits),
            (1, 11, false, Novelty::Waits),
            (2, 11, false, Novelty::Waits),
            (1, 10, true, Novelty::Known),
            (2, 11, true, Novelty::Told),
            (1, 11, true, Novelty::Known),
            (2, 12, true, Novelty::Told),
            (3, 13, false, Novelty::Told),
            (3, 10, false, Novelty::Known),
        ] {
            assert_eq!(told.take(named, says, changed), novelty, "{named} {says} {changed}");
        }
    }

    #[test]
    fn a_search_of_before_is_read_and_what_waits_is_kept() {
        let before: Told = serde_json::from_str("{\"known\":[\"000000000000000a\"]}").expect("told");
        let mut after = before.clone();
        after.take(10, 11, false);
        after.take(2, 12, false);
        let text = serde_json::to_string(&after.beside(&before)).expect("JSON");
        assert_eq!(text, "{\"known\":[\"0000000000000002\",\"000000000000000c\"],\"waiting\":[\"000000000000000b\"]}");
        let mut settled = before;
        settled.settle(serde_json::from_str(&text).expect("told"));
        assert_eq!(settled, after);
    }
}
