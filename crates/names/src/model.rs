//! The tagger: a conditional random field of first order (Lafferty, McCallum and Pereira 2001) over small whole weights.
//!
//! Tokens that can be no part of a name are none; what lies between them, mostly a word or three, is decoded by itself. Whole
//! numbers make the result the same on every machine.

use crate::features::{Window, features};
use crate::tokens::{Look, Token, divide};
use crate::words::WordTable;
use std::ops::Range;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A human being.
    Person,
    /// A place: country, town, river, street.
    Place,
    /// An organisation: party, company, authority, club.
    Organisation,
}

impl Kind {
    /// All, in the order of their labels.
    pub const ALL: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organisation];
}

/// Labels of a token: none, the beginning and the inside of each kind, and other names.
pub const LABELS: usize = 8;
/// The label of names of other kinds: works, events, products.
pub const OTHER: usize = 7;

/// Where a name begins that is no continuation of the one before.
#[must_use]
pub fn begins(kind: Kind) -> usize {
    1 + 2 * kind as usize
}

/// The kind of a label, and whether it begins a name.
#[must_use]
pub fn kind_of(label: usize) -> Option<(Kind, bool)> {
    let kind = Kind::ALL.get(label.checked_sub(1)? / 2)?;
    Some((*kind, label % 2 == 1))
}

/// Whether a label may follow another.
#[must_use]
pub fn may_follow(before: usize, label: usize) -> bool {
    match kind_of(label) {
        Some((_, false)) => before == label || before + 1 == label,
        _ => true,
    }
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What of.
    pub kind: Kind,
    /// The numbers of its tokens.
    pub tokens: Range<usize>,
    /// How much better than no name, in the unit of the weights.
    pub margin: i32,
}

/// Slots of a bucket: a feature is in any of them.
const BUCKET: usize = 4;
/// Bytes of a slot: a mark, 0 if it is free, and the weights of the labels but for none, whose weight is 0.
const SLOT: usize = LABELS;
const TRANSITIONS: usize = LABELS * LABELS;
/// The score of what cannot be.
const NEVER: i32 = -1_000_000;

/// Weights of a tagger.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    log: u32,
    /// Of a label behind another, by the first.
    transitions: [[i32; LABELS]; LABELS],
    slots: &'a [u8],
    /// What is known of words.
    pub words: WordTable<'a>,
}

impl<'a> Model<'a> {
    /// The model in `bytes`: a byte with the logarithm of the number of buckets, a byte for each transition, then the buckets. One
    /// that knows nothing where they are none.
    #[must_use]
    pub fn new(bytes: &'a [u8], words: WordTable<'a>) -> Model<'a> {
        if let Some((&log, rest)) = bytes.split_first()
            && (1..32).contains(&log)
            && rest.len() == TRANSITIONS + ((BUCKET * SLOT) << log)
        {
            let (weights, slots) = rest.split_at(TRANSITIONS);
            let mut transitions = [[NEVER; LABELS]; LABELS];
            for (at, weight) in weights.iter().enumerate().filter(|(at, _)| may_follow(at / LABELS, at % LABELS)) {
                transitions[at / LABELS][at % LABELS] = i32::from(weight.cast_signed()) * 2;
            }
            return Model { log: u32::from(log), transitions, slots, words };
        }
        Model { log: 1, transitions: [[NEVER; LABELS]; LABELS], slots: &[], words }
    }

    /// The bytes of a model of `1 << log` buckets: of features with their weights, the most important first, those that find a slot.
    #[must_use]
    pub fn build(log: u8, transitions: &[i8; LABELS * LABELS], features: &[(u64, [i8; LABELS])]) -> Vec<u8> {
        let mut slots = vec![0_u8; (BUCKET * SLOT) << log];
        for (hash, weights) in features {
            let (at, mark) = place(*hash, u32::from(log));
            let bucket = slots.get_mut(at..at + BUCKET * SLOT).unwrap_or_default();
            if let Some(slot) = bucket.chunks_exact_mut(SLOT).find(|slot| slot[0] == 0 || slot[0] == mark)
                && slot[0] == 0
            {
                slot[0] = mark;
                slot[1..].iter_mut().zip(&weights[1..]).for_each(|(byte, weight)| *byte = weight.cast_unsigned());
            }
        }
        let transitions = transitions.iter().map(|weight| weight.cast_unsigned());
        std::iter::once(log).chain(transitions).chain(slots).collect()
    }

    /// The scores of the labels of a token.
    fn scores(&self, window: &Window<'_>) -> [i32; LABELS] {
        let mut scores = [0; LABELS];
        for &hash in features(window).as_slice() {
            let (at, mark) = place(hash, self.log);
            let bucket = self.slots.get(at..).and_then(|rest| rest.first_chunk::<{ BUCKET * SLOT }>());
            let Some(bucket) = bucket else { break };
            // the slots of a bucket are few: no loop
            let slot = if bucket[0] == mark {
                0
            } else if bucket[SLOT] == mark {
                SLOT
            } else if bucket[2 * SLOT] == mark {
                2 * SLOT
            } else if bucket[3 * SLOT] == mark {
                3 * SLOT
            } else {
                continue;
            };
            for label in 1..LABELS {
                scores[label] += i32::from(bucket[slot + label].cast_signed());
            }
        }
        scores
    }

    /// The names among tokens.
    #[must_use]
    pub fn mentions(&self, tokens: &[Token]) -> Vec<Mention> {
        let mut found = Vec::new();
        if self.slots.is_empty() {
            return found;
        }
        for run in runs(tokens) {
            // most words with a capital are nouns that news never have as names
            let is_noun = |token: &Token| token.look != Look::Capital || token.known.is_no_name();
            if !tokens.get(run.clone()).unwrap_or_default().iter().all(is_noun) {
                self.decode(tokens, &run, &mut found);
            }
        }
        found
    }

    /// The best labels of a run, by Viterbi.
    fn decode(&self, tokens: &[Token], run: &Range<usize>, found: &mut Vec<Mention>) {
        let mut best = [0; LABELS];
        let mut ways: Vec<[u8; LABELS]> = Vec::with_capacity(run.len());
        let mut emitted: Vec<[i32; LABELS]> = Vec::with_capacity(run.len());
        for (at, number) in run.clone().enumerate() {
            let scores = self.scores(&window(tokens, number));
            let mut next = self.transitions[0];
            let mut way = [0_u8; LABELS];
            if at > 0 {
                next = [i32::MIN; LABELS];
                for (before, (best, transitions)) in best.iter().zip(&self.transitions).enumerate() {
                    for label in 0..LABELS {
                        let score = best + transitions[label];
                        if score > next[label] {
                            next[label] = score;
                            way[label] = before as u8;
                        }
                    }
                }
            }
            // what cannot be stays so, however long the run is
            best = std::array::from_fn(|label| (next[label] + scores[label]).max(2 * NEVER));
            // only differences count, so that no run is too long
            let most = best.iter().copied().max().unwrap_or(0);
            for score in &mut best {
                *score = (*score - most).max(2 * NEVER);
            }
            ways.push(way);
            emitted.push(scores);
        }
        let ended = |label: &usize| (best[*label] + self.transitions[*label][0], LABELS - label);
        let mut label = (0..LABELS).max_by_key(ended).unwrap_or(0);
        let mut end = None;
        let first = found.len();
        for (at, way) in ways.iter().enumerate().rev() {
            if let Some((kind, begins)) = kind_of(label) {
                let behind = *end.get_or_insert(at + 1);
                if begins {
                    let margin = (at..behind).map(|at| emitted[at][label] - emitted[at][0]).sum();
                    found.push(Mention { kind, tokens: run.start + at..run.start + behind, margin });
                    end = None;
                }
            } else {
                end = None;
            }
            label = usize::from(way[label]);
        }
        found[first..].reverse();
    }
}

/// Where the bucket of a feature begins, and its mark.
fn place(hash: u64, log: u32) -> (usize, u8) {
    ((hash >> (64 - log)) as usize * BUCKET * SLOT, (hash as u8).max(1))
}

/// The token with its neighbours.
#[must_use]
pub fn window(tokens: &[Token], at: usize) -> Window<'_> {
    static EDGE: std::sync::LazyLock<Token> = std::sync::LazyLock::new(Token::edge);
    let token = |at: Option<usize>| at.and_then(|at| tokens.get(at)).unwrap_or(&EDGE);
    Window {
        before2: token(at.checked_sub(2)),
        before: token(at.checked_sub(1)),
        token: token(Some(at)),
        behind: token(Some(at + 1)),
        behind2: token(Some(at + 2)),
    }
}

/// What may be names: words with capitals, and between and beside them what stands within names.
#[must_use]
pub fn runs(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let capital = |at: usize| tokens.get(at).is_some_and(|token| token.look == Look::Capital);
    let mut at = 0;
    while at < tokens.len() {
        let number = tokens[at].look == Look::Number;
        let begins = capital(at) || number && tokens[at].known.is_inner() && capital(at + 1);
        if !begins {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        loop {
            let ahead = (end..tokens.len().min(end + 4)).take_while(|at| !capital(*at)).count();
            let within = tokens.get(end..end + ahead).unwrap_or_default();
            if capital(end + ahead) && within.iter().all(|token| token.known.is_inner()) {
                end += ahead + 1;
            } else if tokens.get(end).is_some_and(|token| token.look == Look::Number) && capital(end - 1) {
                end += 1;
            } else {
                break;
            }
        }
        runs.push(at..end);
        at = end;
    }
    runs
}

/// Divides a text and finds its names.
#[must_use]
pub fn tag(model: &Model<'_>, text: &str, tokens: &mut Vec<Token>) -> Vec<Mention> {
    divide(text, &model.words, tokens);
    model.mentions(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tagger;
    use proptest::prelude::*;

    #[test]
    fn names_are_found_with_their_kinds() {
        let tagger = Tagger::default();
        let mut tokens = Vec::new();
        let text = "Angela Merkel reiste am Montag von Berlin nach Paris, teilte die SPD mit.";
        let found: Vec<(Kind, &str)> = tag(tagger.model(), text, &mut tokens)
            .into_iter()
            .map(|name| (name.kind, &text[tokens[name.tokens.start].span.start..tokens[name.tokens.end - 1].span.end]))
            .collect();
        let expected = [
            (Kind::Person, "Angela Merkel"),
            (Kind::Place, "Berlin"),
            (Kind::Place, "Paris"),
            (Kind::Organisation, "SPD"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_label_within_follows_one_of_its_kind() {
        let person = begins(Kind::Person);
        assert!(may_follow(person, person + 1) && may_follow(person + 1, person + 1) && may_follow(OTHER, person));
        assert!(!may_follow(0, person + 1) && !may_follow(begins(Kind::Place), person + 1));
    }

    #[test]
    fn bytes_that_are_no_model_find_nothing() {
        let model = Model::new(&[15, 1, 2], WordTable::new(&[]));
        assert!(tag(&model, "Angela Merkel in Berlin", &mut Vec::new()).is_empty());
    }

    proptest! {
        #[test]
        fn names_lie_in_order_within_any_text(text in "(\\PC{0,8}|Olaf Scholz|Berlin|SPD|[ .,-]){0,12}") {
            let tagger = Tagger::default();
            let mut tokens = Vec::new();
            let mut behind = 0;
            for name in tag(tagger.model(), &text, &mut tokens) {
                prop_assert!(name.tokens.start >= behind && !name.tokens.is_empty() && name.tokens.end <= tokens.len());
                behind = name.tokens.end;
            }
        }
    }
}
