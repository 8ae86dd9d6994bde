//! Separated verbs: *Sie tritt am Montag zurück* is a form of *zurücktreten*.
//!
//! German puts the particle of a separable verb at the end of the clause, the finite verb before it. A particle that a clause ends with
//! is joined to the nearest word before it, in the same sentence, that can be a finite form of a verb which the lexicon knows with that
//! particle.

use crate::fold::fold;
use crate::particles;
use crate::readings::Class;
use crate::stem::first_readings;
use crate::stopwords::is_stop_word;
use crate::suspended::ImpliedWord;
use std::collections::HashMap;
use std::ops::Range;

/// Most words between particle and verb.
const MAX_WORDS: usize = 40;
/// Bytes of the longest particle.
const MAX_PARTICLE: usize = 14;
/// Words before which a clause ends without a punctuation mark.
const CONJUNCTIONS: &[&str] = &["und", "oder", "aber", "sondern", "sowie", "wie", "als", "bevor", "um", "bis", "denn"];
/// Words that begin what may follow the particle (fängt an mit einem Lied): of two prepositions side by side the first is none.
const PREPOSITIONS: &[&str] =
    &["auf", "aus", "bei", "durch", "für", "gegen", "in", "mit", "nach", "unter", "von", "vor"];
/// Pairs of particle and form that are remembered.
const MAX_REMEMBERED: usize = 50_000;

/// Finds separated verbs; remembers what it has looked up.
#[derive(Default)]
pub struct SeparatedVerbs {
    known: HashMap<String, bool, foldhash::fast::RandomState>,
    key: String,
}

impl SeparatedVerbs {
    /// The separated verbs of `text` whose particle is `wanted`, in the order of their finite forms: the particle and the form written as
    /// one, at the form's place.
    pub fn find(&mut self, text: &str, spans: &[Range<usize>], wanted: &dyn Fn(&str) -> bool) -> Vec<ImpliedWord> {
        let mut found: Vec<ImpliedWord> = Vec::new();
        for (at, span) in spans.iter().enumerate().skip(1) {
            let word = &text[span.clone()];
            if word.len() > MAX_PARTICLE
                || !particles::is_particle(word)
                || !may_end_clause(text, span.end)
                || !ends_clause(text, spans, at)
                || !wanted(word)
            {
                continue;
            }
            let mut next = span.start;
            for verb in (at.saturating_sub(MAX_WORDS)..at).rev() {
                let place = &spans[verb];
                if ends_sentence(&text[place.end..next]) {
                    break;
                }
                next = place.start;
                let form = &text[place.clone()];
                let first = verb == 0 || ends_sentence(&text[spans[verb - 1].end..place.start]);
                let small = form.starts_with(char::is_lowercase);
                if (small || first) && self.is_verb(word, form, small) {
                    found.push(ImpliedWord {
                        at: verb,
                        word: [word, &form.to_lowercase()].concat(),
                        span: place.clone(),
                    });
                    break;
                }
            }
        }
        found.sort_by_key(|implied| implied.at);
        found
    }

    /// Whether a form is that of a verb which the lexicon knows with the particle.
    fn is_verb(&mut self, particle: &str, form: &str, small: bool) -> bool {
        self.key.clear();
        self.key.extend([particle, "|", form]);
        if let Some(known) = self.known.get(&self.key) {
            return *known;
        }
        let folded = fold(form);
        let known = !is_stop_word(&folded)
            && particles::is_separated(&fold(particle), &folded)
            && (small || first_readings(&folded).first().is_some_and(|reading| reading.class == Class::Verb));
        if self.known.len() >= MAX_REMEMBERED {
            self.known.clear();
        }
        self.known.insert(self.key.clone(), known);
        known
    }
}

/// Whether a clause may end at a byte, judged by the next letter alone.
fn may_end_clause(text: &str, end: usize) -> bool {
    match text.as_bytes().get(end..end + 2) {
        Some([b' ', next]) => !next.is_ascii_alphanumeric() || b"uoaswbdfgimnv".contains(next),
        _ => true,
    }
}

/// Whether a clause ends behind the word at `at`.
fn ends_clause(text: &str, spans: &[Range<usize>], at: usize) -> bool {
    let end = spans[at].end;
    match text.as_bytes().get(end) {
        None | Some(b',' | b'.' | b';' | b':' | b'?' | b'!' | b'\n' | b'"' | b')') => true,
        Some(b' ') => spans.get(at + 1).is_some_and(|next| {
            let between = &text[end..next.start];
            let next = &text[next.clone()];
            between != " " || CONJUNCTIONS.contains(&next) || PREPOSITIONS.contains(&next)
        }),
        // quotation marks and dashes
        Some(byte) => *byte >= 0x80,
    }
}

/// Whether what stands between two words ends a sentence.
fn ends_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?', ';', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::words;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let spans: Vec<_> = words(text).collect();
        let found = SeparatedVerbs::default().find(text, &spans, &|_| true);
        assert_eq!(found.iter().map(|implied| implied.word.as_str()).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn particles_find_their_verbs() {
        check("Die Wirtin tritt am Montag zurück.", &["zurücktritt"]);
        check("Trat der Müller zurück?", &["zurücktrat"]);
        check("Er griff den Wirt an, der gerade einschlief, und lief davon.", &["angriff", "davonlief"]);
        check("Er gab das Amt ab – endlich.", &["abgab"]);
        check("Es fing an mit einem Lied.", &["anfing"]);
        check("Sie stellte fest, dass der Deich hält und bricht den Bau ab", &["feststellte", "abbricht"]);
    }

    #[test]
    fn other_small_words_are_no_particles() {
        check("Er ging mit dem Hund an den Deich.", &[]);
        check("Der Deich hielt. Dann fing es an.", &["anfing"]);
        check("Der Wirt stellt das Bier mit.", &[]);
        check("zurück", &[]);
    }
}
