//! Near-identical articles: agency copy in several papers, updated versions, print and online.
//!
//! A sketch is a MinHash of the text's shingles of four words by one permutation (Li, Owen, Zhang 2012), empty bins filled
//! from the next full one (Shrivastava, Li 2014). The share of equal bins estimates the resemblance (Broder 1997): shingles
//! in both texts over shingles in either.

/// Most versions of an article that are listed.
pub const MAX_VERSIONS: usize = 50;
/// Bins, each a byte.
pub const BINS: usize = 64;
/// Words of a shingle.
const WORDS: usize = 4;
/// Fewest shingles of a text that is compared: a few lines resemble each other by chance.
const MIN_SHINGLES: usize = 24;
/// Least share of equal bins of articles that are versions of one another.
const LEAST: f32 = 0.55;
/// Bins of a band; articles with one band alike are compared. Of pairs with a resemblance of .55 one in fifty is missed.
const BAND: usize = 3;
/// Steps from one full bin to its copy are distinguished by this factor.
const BORROWED: u64 = 0x9e37_79b9_7f4a_7c15;

/// The sketch of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sketch([u8; BINS]);

impl Sketch {
    /// Reads a sketch as it is stored.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        bytes.try_into().ok().map(Sketch)
    }

    /// The sketch as it is stored.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Estimate of the resemblance, 0 to 1; its standard error is .06 at most.
    #[must_use]
    pub fn resemblance(&self, other: &Sketch) -> f32 {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        equal as f32 / BINS as f32
    }

    /// Whether two articles are versions of one another.
    #[must_use]
    pub fn is_version_of(&self, other: &Sketch) -> bool {
        self.resemblance(other) >= LEAST
    }
}

/// The hash of a word, by which sketches have it.
#[must_use]
pub fn hash(word: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(word.as_bytes())
}

/// Makes the sketch of a text from its words one by one.
#[derive(Debug)]
pub struct Sketcher {
    least: [u64; BINS],
    last: [u64; WORDS],
    words: usize,
}

impl Default for Sketcher {
    fn default() -> Sketcher {
        Sketcher { least: [u64::MAX; BINS], last: [0; WORDS], words: 0 }
    }
}

impl Sketcher {
    /// Adds the next word.
    pub fn word(&mut self, word: &str) {
        self.hashed(hash(word));
    }

    /// Adds the next word by its [`hash`].
    pub fn hashed(&mut self, word: u64) {
        let [_, first, second, third] = self.last;
        self.last = [first, second, third, word];
        self.words += 1;
        if self.words < WORDS {
            return;
        }
        let shingle = self.last.iter().fold(0u64, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(BORROWED));
        let mixed = (shingle ^ (shingle >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bin = (mixed >> 58) as usize;
        self.least[bin] = self.least[bin].min(mixed << 6);
    }

    /// The sketch; nothing for a short text.
    #[must_use]
    pub fn finish(self) -> Option<Sketch> {
        if self.words < MIN_SHINGLES + WORDS - 1 {
            return None;
        }
        let mut sketch = [0; BINS];
        for (bin, byte) in sketch.iter_mut().enumerate() {
            let full = (0..BINS).find(|step| self.least[(bin + step) % BINS] != u64::MAX)?;
            let value = self.least[(bin + full) % BINS] ^ (full as u64).wrapping_mul(BORROWED);
            *byte = (value.wrapping_mul(0x94d0_49bb_1331_11eb) >> 56) as u8;
        }
        Some(Sketch(sketch))
    }
}

/// Groups sketches: for each the place of the first of its group, itself for one that has no version before it. Each joins
/// the earliest leader that it is a version of, so that a chain of small changes does not join strangers. Takes about
/// 120 bytes for each sketch.
#[must_use]
pub fn groups(sketches: &[Option<Sketch>]) -> Vec<usize> {
    let mut leaders = Leaders::new(sketches.len());
    let mut first: Vec<usize> = (0..sketches.len()).collect();
    for (at, sketch) in sketches.iter().enumerate() {
        let Some(sketch) = sketch else { continue };
        match leaders.first_version(sketch) {
            Some(leader) => first[at] = leader,
            None => leaders.add(at, *sketch),
        }
    }
    first
}

/// Bands of a sketch.
const BANDS: usize = BINS / BAND;
/// Most leaders with one band alike that a sketch is compared with, the latest first: a phrase that very many articles share is no
/// evidence.
const MAX_COMPARED: usize = 512;

/// The first articles of groups, found by their bands: a hash table with chains in flat vectors.
struct Leaders {
    /// For each leader its place and sketch.
    known: Vec<(usize, Sketch)>,
    /// By hash the last entry, from 1; entry `leader * BANDS + band`.
    last: Vec<u32>,
    /// For each entry the one before it with the same hash.
    before: Vec<u32>,
}

impl Leaders {
    fn new(sketches: usize) -> Leaders {
        let slots = (sketches * 8).clamp(64, 1 << 26).next_power_of_two();
        Leaders { known: Vec::new(), last: vec![0; slots], before: Vec::new() }
    }

    fn slot(&self, band: usize, bytes: &[u8]) -> usize {
        let key = bytes.iter().fold(band as u64 + 1, |key, byte| (key << 8) | u64::from(*byte));
        (key.wrapping_mul(BORROWED) >> 24) as usize & (self.last.len() - 1)
    }

    fn add(&mut self, at: usize, sketch: Sketch) {
        for (band, bytes) in sketch.0.chunks_exact(BAND).enumerate() {
            let slot = self.slot(band, bytes);
            let Ok(entry) = u32::try_from(self.before.len() + 1) else { return };
            self.before.push(self.last.get(slot).copied().unwrap_or_default());
            if let Some(last) = self.last.get_mut(slot) {
                *last = entry;
            }
        }
        self.known.push((at, sketch));
    }

    fn first_version(&self, sketch: &Sketch) -> Option<usize> {
        let mut first: Option<usize> = None;
        for (band, bytes) in sketch.0.chunks_exact(BAND).enumerate() {
            let mut entry = self.last.get(self.slot(band, bytes)).copied().unwrap_or_default() as usize;
            let mut compared = 0;
            while entry > 0 && compared < MAX_COMPARED {
                compared += 1;
                let Some((at, leader)) = self.known.get((entry - 1) / BANDS) else { break };
                if first.is_none_or(|first| *at < first) && leader.is_version_of(sketch) {
                    first = Some(*at);
                }
                entry = self.before.get(entry - 1).copied().unwrap_or_default() as usize;
            }
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(words: &[String]) -> Option<Sketch> {
        let mut sketcher = Sketcher::default();
        for word in words {
            sketcher.word(word);
        }
        sketcher.finish()
    }

    fn text(seed: usize, length: usize) -> Vec<String> {
        (0..length).map(|at| format!("wort{}", (at * 7919 + seed * 104_729) % 100_003)).collect()
    }

    #[test]
    fn versions_resemble_each_other_and_strangers_do_not() {
        let whole = text(1, 300);
        let shorter = whole[..240].to_vec();
        let changed: Vec<String> = whole
            .iter()
            .enumerate()
            .map(|(at, word)| if at % 60 == 30 { "anders".to_owned() } else { word.clone() })
            .collect();
        let half = [&whole[..120], &text(2, 180)].concat();
        let versions = |other: &[String]| sketch(&whole).unwrap().is_version_of(&sketch(other).unwrap());
        assert!(versions(&whole) && versions(&shorter) && versions(&changed));
        assert!(!versions(&half) && !versions(&text(3, 300)));
        assert!(sketch(&text(4, 20)).is_none(), "too short to tell");
    }

    #[test]
    fn groups_name_the_first() {
        let (one, two) = (text(1, 200), text(2, 200));
        let longer = [one.clone(), text(5, 20)].concat();
        let sketches: Vec<_> =
            [&one, &two, &longer, &one, &text(9, 10)].into_iter().map(|words| sketch(words)).collect();
        assert_eq!(groups(&sketches), [0, 1, 0, 0, 4]);
    }

    #[test]
    fn the_estimate_is_near_the_resemblance() {
        for (kept, expected) in [(150, 1.0 / 3.0), (200, 0.5), (270, 0.82)] {
            let words = text(1, 300);
            let other = [&words[..kept], &text(7, 300 - kept)].concat();
            let found = sketch(&words).unwrap().resemblance(&sketch(&other).unwrap());
            assert!((found - expected).abs() < 0.2, "{kept}: {found}, {expected}");
        }
    }
}
