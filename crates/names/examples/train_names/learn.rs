//! Conditional likelihood by AdaGrad (Duchi, Hazan and Singer 2011), with decay; then whole weights of a byte.

use crate::annotated::Sentence;
use findbuch_names::features::features;
use findbuch_names::model::{LABELS, Model, may_follow, runs, window};
use findbuch_names::tokens::Token;
use findbuch_names::words::WordTable;
use std::collections::HashMap;

/// How it is learnt.
#[derive(Debug, Clone)]
pub struct Options {
    /// Logarithm of the buckets.
    pub log: u8,
    /// Fewest tokens that have a feature.
    pub fewest: u32,
    /// What is added to the weight of every beginning of a name, so that as many are found as are there.
    pub bias: f32,
    /// Passes over the sentences.
    pub rounds: usize,
    /// Strength of the decay of weights.
    pub decay: f32,
    /// How often a feature of a token is left out while it is learnt from.
    pub drop: f32,
    /// Weight of every file but the first.
    pub old: f32,
}

impl Default for Options {
    fn default() -> Options {
        Options { log: 16, fewest: 2, bias: 1.0, rounds: 15, decay: 1e-4, drop: 0.3, old: 0.2 }
    }
}

/// A run of tokens: rows of features and the label of each.
struct Run {
    rows: Vec<Vec<u32>>,
    labels: Vec<usize>,
    weight: f32,
}

const NEVER: f32 = -1e9;
type Scores = [f32; LABELS];

struct Weights {
    rows: Vec<f32>,
    seen: Vec<f32>,
    transitions: [f32; LABELS * LABELS],
    transitions_seen: [f32; LABELS * LABELS],
}

const RATE: f32 = 0.1;

impl Weights {
    fn update(weight: &mut f32, seen: &mut f32, gradient: f32, decay: f32) {
        let gradient = gradient - decay * *weight;
        *seen += gradient * gradient;
        *weight += RATE * gradient / (seen.sqrt() + 1e-6);
    }

    fn transition(&self, before: usize, label: usize) -> f32 {
        if may_follow(before, label) { self.transitions[before * LABELS + label] } else { NEVER }
    }
}

/// The bytes of a model learnt from sentences.
pub fn learn(sentences: &[Sentence], table: &WordTable<'_>, options: &Options) -> Vec<u8> {
    let mut all = Vec::new();
    // features by their numbers, in the order in which they are met
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let mut counts: Vec<u32> = Vec::new();
    for sentence in sentences {
        let tokens: Vec<Token> = sentence.words.iter().map(|word| Token::new(word, 0, table)).collect();
        for run in runs(&tokens) {
            let weight = if sentence.file == 0 { 1.0 } else { options.old };
            let labels = sentence.labels[run.clone()].to_vec();
            let mut number = |hash: &u64| {
                let number = *numbers.entry(*hash).or_insert_with(|| {
                    counts.push(0);
                    counts.len() as u32 - 1
                });
                counts[number as usize] += 1;
                number
            };
            let rows =
                run.map(|at| features(&window(&tokens, at)).as_slice().iter().map(&mut number).collect()).collect();
            all.push(Run { rows, labels, weight });
        }
    }
    for run in &mut all {
        run.rows.iter_mut().for_each(|rows: &mut Vec<u32>| rows.retain(|row| counts[*row as usize] >= options.fewest));
    }
    let mut weights = Weights {
        rows: vec![0.0; LABELS * counts.len()],
        seen: vec![0.0; LABELS * counts.len()],
        transitions: [0.0; LABELS * LABELS],
        transitions_seen: [0.0; LABELS * LABELS],
    };
    let mut order: Vec<usize> = (0..all.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    for _ in 0..options.rounds {
        for at in (1..order.len()).rev() {
            order.swap(at, (next() % (at as u64 + 1)) as usize);
        }
        for &at in &order {
            step(&mut weights, &all[at], options, &mut next);
        }
    }
    whole(&weights, &numbers, options.log, options.bias)
}

fn step(weights: &mut Weights, run: &Run, options: &Options, next: &mut impl FnMut() -> u64) {
    let kept: Vec<Vec<u32>> = run
        .rows
        .iter()
        .map(|rows| {
            let keep = |_: &&u32| (next() >> 40) as f32 / (1_u64 << 24) as f32 >= options.drop;
            rows.iter().filter(keep).copied().collect()
        })
        .collect();
    let scale = 1.0 / (1.0 - options.drop);
    let emitted: Vec<Scores> = kept
        .iter()
        .map(|rows| {
            let mut scores = [0.0; LABELS];
            for &row in rows {
                let at = row as usize * LABELS;
                for (score, weight) in scores.iter_mut().zip(&weights.rows[at..at + LABELS]) {
                    *score += weight * scale;
                }
            }
            scores
        })
        .collect();
    let length = emitted.len();
    let mut forward = vec![[NEVER; LABELS]; length];
    let mut backward = vec![[0.0; LABELS]; length];
    for label in 0..LABELS {
        forward[0][label] = weights.transition(0, label) + emitted[0][label];
        backward[length - 1][label] = weights.transition(label, 0);
    }
    for at in 1..length {
        for label in 0..LABELS {
            let ways: Scores =
                std::array::from_fn(|before| forward[at - 1][before] + weights.transition(before, label));
            forward[at][label] = log_sum(&ways) + emitted[at][label];
        }
    }
    for at in (0..length - 1).rev() {
        for label in 0..LABELS {
            let ways: Scores = std::array::from_fn(|behind| {
                weights.transition(label, behind) + emitted[at + 1][behind] + backward[at + 1][behind]
            });
            backward[at][label] = log_sum(&ways);
        }
    }
    let ends: Scores = std::array::from_fn(|label| forward[length - 1][label] + backward[length - 1][label]);
    let total = log_sum(&ends);
    let mut transitions = [0.0; LABELS * LABELS];
    let mut before_labels = vec![0];
    before_labels.extend(&run.labels);
    for at in 0..=length {
        let gold = (before_labels[at], run.labels.get(at).copied().unwrap_or(0));
        transitions[gold.0 * LABELS + gold.1] += 1.0;
        for before in 0..LABELS {
            for label in 0..LABELS {
                let score = match (at.checked_sub(1), at < length) {
                    (None, _) if before == 0 => forward[0][label] + backward[0][label],
                    (Some(last), false) if label == 0 => forward[last][before] + backward[last][before],
                    (Some(last), true) => {
                        forward[last][before]
                            + weights.transition(before, label)
                            + emitted[at][label]
                            + backward[at][label]
                    }
                    (None, _) | (Some(_), false) => continue,
                };
                transitions[before * LABELS + label] -= (score - total).exp();
            }
        }
    }
    for (at, gradient) in transitions.into_iter().enumerate() {
        if gradient.abs() > 1e-7 {
            let (weight, seen) = (&mut weights.transitions[at], &mut weights.transitions_seen[at]);
            Weights::update(weight, seen, gradient * run.weight, options.decay);
        }
    }
    for (at, rows) in kept.iter().enumerate() {
        let gradient: Scores = std::array::from_fn(|label| {
            f32::from(u8::from(run.labels[at] == label)) - (forward[at][label] + backward[at][label] - total).exp()
        });
        if gradient.iter().all(|gradient| gradient.abs() < 1e-4) {
            continue;
        }
        for &row in rows {
            for (label, gradient) in gradient.iter().enumerate() {
                let at = row as usize * LABELS + label;
                let (weight, seen) = (&mut weights.rows[at], &mut weights.seen[at]);
                Weights::update(weight, seen, gradient * run.weight, options.decay);
            }
        }
    }
}

fn log_sum(values: &Scores) -> f32 {
    let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    most + values.iter().map(|value| (value - most).exp()).sum::<f32>().ln()
}

/// Weights as bytes: the largest but for one in ten thousand takes the whole range, transitions half of it.
fn features_of_edge() -> u64 {
    features(&window(&[], 0)).as_slice()[0]
}

fn whole(weights: &Weights, numbers: &HashMap<u64, u32>, log: u8, bias: f32) -> Vec<u8> {
    let mut features: Vec<(f32, u64, Scores)> = numbers
        .iter()
        .filter_map(|(hash, number)| {
            let row = weights.rows.get(*number as usize * LABELS..(*number as usize + 1) * LABELS)?;
            let row: Scores = std::array::from_fn(|label| row[label] - row[0]);
            let size = row.iter().map(|weight| weight * weight).sum::<f32>();
            (size > 0.0).then_some((size, *hash, row))
        })
        .collect();
    features.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // every token has the first feature: there names are made likelier
    let every = features_of_edge();
    if let Some((_, _, row)) = features.iter_mut().find(|(_, hash, _)| *hash == every) {
        row.iter_mut().enumerate().filter(|(label, _)| label % 2 == 1).for_each(|(_, weight)| *weight += bias);
    }
    let mut sizes: Vec<f32> = features.iter().flat_map(|(_, _, row)| row.map(f32::abs)).collect();
    sizes.sort_by(f32::total_cmp);
    let largest = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 10_000)).copied().unwrap_or(1.0);
    let transitions = weights.transitions.iter().map(|weight| weight.abs() / 2.0).fold(largest, f32::max);
    let scale = 127.0 / transitions;
    let byte = |weight: f32| (weight * scale).round().clamp(-127.0, 127.0) as i8;
    let rows: Vec<(u64, [i8; LABELS])> = features.iter().map(|(_, hash, row)| (*hash, row.map(byte))).collect();
    let rows: Vec<_> = rows.into_iter().filter(|(_, row)| row.iter().any(|weight| *weight != 0)).collect();
    Model::build(log, &weights.transitions.map(|weight| byte(weight / 2.0)), &rows)
}
