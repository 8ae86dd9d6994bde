//! What has been seen of a saved search's result: articles by their name and by their text, each as a hash.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;

/// What has been seen of a saved search's result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Names and texts of articles that have been seen.
    pub known: Hashes,
    /// Changed texts of articles that have been seen, which wait until changed articles are asked for.
    #[serde(default, skip_serializing_if = "Hashes::is_empty")]
    pub waiting: Hashes,
}

/// What an article is to a saved search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Novelty {
    /// It has not been seen.
    New,
    /// It has been seen.
    Seen,
    /// It has been seen, and its changed text waits.
    Waiting,
}

impl Seen {
    /// Adds an article by the hashes of its name and its text, and says what it was before. One whose text has changed is new
    /// only with `changed`.
    pub fn add(&mut self, name: u64, text: u64, changed: bool) -> Novelty {
        let new_name = self.known.insert(name);
        if self.known.contains(text) {
            return Novelty::Seen;
        }
        // a text that waits belongs to an article that has been seen, whatever its name is now
        if changed || (new_name && !self.waiting.contains(text)) {
            self.known.insert(text);
            self.waiting.remove(text);
            return Novelty::New;
        }
        self.waiting.insert(text);
        Novelty::Waiting
    }

    /// What is known here and was not `before`; the texts that wait are those of this.
    #[must_use]
    pub fn since(&self, before: &Seen) -> Seen {
        Seen { known: self.known.without(&before.known), waiting: self.waiting.clone() }
    }

    /// Adds what has been seen since, as [`Seen::since`] returns it.
    pub fn extend(&mut self, since: Seen) {
        self.known.extend(since.known);
        self.waiting = since.waiting;
    }
}

/// Hashes of articles' names and texts; 8 bytes each in memory and 19 in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hashes(BTreeSet<u64>);

impl Hashes {
    /// Whether a hash is in the set.
    #[must_use]
    pub fn contains(&self, hash: u64) -> bool {
        self.0.contains(&hash)
    }

    /// Adds a hash; whether it is new.
    pub fn insert(&mut self, hash: u64) -> bool {
        self.0.insert(hash)
    }

    /// Removes a hash.
    pub fn remove(&mut self, hash: u64) {
        self.0.remove(&hash);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hashes that are not in `other`.
    #[must_use]
    pub fn without(&self, other: &Hashes) -> Hashes {
        Hashes(self.0.difference(&other.0).copied().collect())
    }

    /// Adds the hashes of `other`.
    pub fn extend(&mut self, other: Hashes) {
        self.0.extend(other.0);
    }
}

impl Serialize for Hashes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // as text, since many readers of JSON keep 53 bits of a number
        serializer.collect_seq(self.0.iter().map(|hash| format!("{hash:016x}")))
    }
}

impl<'de> Deserialize<'de> for Hashes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hashes, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let hash = |text: &String| u64::from_str_radix(text, 16).map_err(serde::de::Error::custom);
        Ok(Hashes(texts.iter().map(hash).collect::<Result<_, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_text_waits_and_is_new_once() {
        let mut seen = Seen::default();
        for (name, text, changed, novelty) in [
            (1, 10, false, Novelty::New),
            (1, 10, false, Novelty::Seen),
            (1, 11, false, Novelty::Waiting),
            (1, 11, false, Novelty::Waiting),
            (2, 11, false, Novelty::Waiting),
            (1, 10, true, Novelty::Seen),
            (2, 11, true, Novelty::New),
            (1, 11, true, Novelty::Seen),
            (2, 12, true, Novelty::New),
            (3, 13, false, Novelty::New),
            (3, 10, false, Novelty::Seen),
        ] {
            assert_eq!(seen.add(name, text, changed), novelty, "{name} {text} {changed}");
        }
    }

    #[test]
    fn a_file_without_waiting_texts_is_read_and_what_came_since_is_added() {
        let before: Seen = serde_json::from_str("{\"known\":[\"000000000000000a\"]}").expect("seen");
        let mut after = before.clone();
        after.add(10, 11, false);
        after.add(2, 12, false);
        let text = serde_json::to_string(&after.since(&before)).expect("JSON");
        assert_eq!(text, "{\"known\":[\"0000000000000002\",\"000000000000000c\"],\"waiting\":[\"000000000000000b\"]}");
        let mut whole = before;
        whole.extend(serde_json::from_str(&text).expect("seen"));
        assert_eq!(whole, after);
    }
}
