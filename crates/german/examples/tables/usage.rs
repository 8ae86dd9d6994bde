//! How often running text has each word, where a form can be of several.

use crate::counts::Counts;
use crate::write::frequency_steps;
use findbuch_german::{Class, Reading};
use std::collections::{BTreeMap, HashMap};

/// Rounds in which frequencies are estimated, and what every word has at least.
const ROUNDS: usize = 30;
const SMALLEST: f64 = 0.05;
/// What a capital costs an adjective where a noun has the form.
const CAPITAL_COST: f32 = 5.0;
/// The least frequency that is kept, in steps.
const MIN_FREQUENCY: u64 = 2;
/// Words by which frequencies are given.
const PER_WORDS: u64 = 10_000_000;

/// The words that the analysis gives to each form of the news, and how often news have each word.
pub struct Usage {
    /// Forms: how often news have each, and the number of each word that they can belong to with the share of its forms that are of this kind.
    forms: Vec<(u64, Vec<(usize, f64)>)>,
    /// Stem and class of each word.
    words: Vec<(String, Class)>,
    /// How often each word is used.
    often: Vec<f64>,
}

/// Whether a form with a capital is a noun in -e, which texts write with a capital more often than not (die Runde, not das Schöne):
/// adjectives are seldom nouns.
fn is_rather_noun(form: &str, reading: &Reading, counts: &Counts) -> bool {
    let noun = form.strip_suffix('n').filter(|noun| noun.ends_with('e')).unwrap_or(form);
    let both = |count: &dyn Fn(&str) -> u64| count(noun) + count(&[noun, "n"].concat());
    let is_noun = reading.class == Class::Noun && reading.stem == noun && noun.ends_with('e');
    is_noun && both(&|form| counts.capital(form)) > both(&|form| counts.small(form))
}

impl Usage {
    /// Shares the forms among the words, by expectation and maximisation: what a word has of a form is as much as its frequency and the
    /// kind of the form let expect, and its frequency is the sum of what it has.
    pub fn of(counts: &Counts) -> Usage {
        let mut usage = Usage { forms: Vec::new(), words: Vec::new(), often: Vec::new() };
        let mut numbers: HashMap<(String, Class), usize> = HashMap::new();
        for (small, counted) in [(true, &counts.small), (false, &counts.capital)] {
            // in order, so that sums of floating point numbers come out alike each time
            for (form, count) in counted.iter().collect::<BTreeMap<_, _>>() {
                let readings = findbuch_german::form_readings(form, !small);
                let as_noun = !small && readings.iter().any(|reading| is_rather_noun(form, reading, counts));
                let mut words = Vec::new();
                for reading in readings.into_iter().filter(|reading| reading.class != Class::Particle) {
                    let next = numbers.len();
                    let number = *numbers.entry((reading.stem, reading.class)).or_insert(next);
                    let cost = if as_noun && reading.class == Class::Adjective { CAPITAL_COST } else { 0.0 };
                    words.push((number, f64::from(-reading.cost - cost).exp2()));
                }
                if !words.is_empty() {
                    usage.forms.push((*count, words));
                }
            }
        }
        usage.words = vec![(String::new(), Class::Noun); numbers.len()];
        for (word, number) in numbers {
            usage.words[number] = word;
        }
        usage.often = vec![1.0; usage.words.len()];
        for _ in 0..ROUNDS {
            let mut next = vec![SMALLEST; usage.words.len()];
            for (count, words) in &usage.forms {
                let all: f64 = words.iter().map(|(number, share)| usage.often[*number] * share).sum();
                for (number, share) in words {
                    next[*number] += *count as f64 * usage.often[*number] * share / all;
                }
            }
            usage.often = next;
        }
        usage
    }

    /// Each word with its class and how often it is used, as the logarithm to base 2 of its number in [`PER_WORDS`] words.
    pub fn frequencies(&self, counts: &Counts) -> Vec<(String, u64)> {
        let per = PER_WORDS as f64 / counts.words.max(1) as f64;
        let key = |stem: &str, class: Class| format!("{stem}{}", class.key());
        let words = self.words.iter().zip(&self.often).map(|((stem, class), often)| (key(stem, *class), *often));
        let stepped = words.map(|(key, often)| (key, frequency_steps(often * per)));
        stepped.filter(|(_, steps)| *steps >= MIN_FREQUENCY).collect()
    }
}
