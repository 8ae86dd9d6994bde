//! The analysis of a single word: its form, the words that it can be, and the parts of a compound.

use crate::compounds::Splitter;
use crate::context::Context;
use crate::endings::ends_in;
use crate::fold::fold;
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::readings::{Class, Reading, frequency, noun_frequency};
use crate::stem::{Case, Stemmer, keep_likely, small_readings};
use crate::table::{Analysis, CompoundPart};
use crate::{adjectives, known, nouns, peoples};
use std::ops::Range;

/// Most parts of a compound whose runs of parts are terms as well.
const MAX_RUN_PARTS: usize = 4;

/// Begins what stands in the table for a word that begins a sentence; no word has it.
pub const FIRST_MARK: char = '^';

/// The word that a key of the table stands for, how it is written, and what stands round it.
pub fn word_of(key: &str) -> (&str, Case, Option<Context>) {
    let context = key.chars().next().and_then(Context::marked);
    let key = if context.is_some() { key.trim_start_matches(|char| Context::marked(char).is_some()) } else { key };
    match key.strip_prefix(FIRST_MARK) {
        Some(word) => (word, Case::First, context),
        None if key.starts_with(char::is_uppercase) => (key, Case::Capital, context),
        None => (key, Case::Small, context),
    }
}

/// The analysis of what the table does not have: as it is known beforehand, unless the archive has taught a part that may divide the
/// word otherwise.
pub fn analysis(key: &str, stemmer: &Stemmer, splitter: &Splitter) -> Analysis {
    let (word, case, context) = word_of(key);
    let known = known::analysis(word, key).filter(|known| !splitter.may_have_learnt_part(&known.form));
    known.unwrap_or_else(|| analyze(word, case, context, stemmer, splitter))
}

/// The analysis of a word by the rules.
pub fn analyze(word: &str, case: Case, context: Option<Context>, stemmer: &Stemmer, splitter: &Splitter) -> Analysis {
    let form = fold(word);
    let mut readings = stemmer.readings(&form, case);
    if case == Case::First && is_noun_at_start(&form, &readings[0], splitter) {
        readings.retain(|reading| reading.class == Class::Noun);
        if readings.is_empty() {
            readings = nouns::readings(&form);
        }
    }
    let several = readings.iter().any(|reading| reading.uses != readings[0].uses);
    let kinds = if several { readings.iter().fold(0, |kinds, reading| kinds | reading.uses) } else { 0 };
    match context {
        Some(context) => context.weigh(&mut readings),
        None => keep_likely(&mut readings),
    }
    let capital = case == Case::Capital || readings[0].class == Class::Noun;
    let of_place = capital || (case == Case::First && is_rare_adjective(&readings[0]));
    let others: Box<[Box<str>]> = readings.drain(1..).map(|reading| reading.stem.into()).collect();
    let stem = readings.swap_remove(0).stem;
    let country = |name: String| CompoundPart { span: 0..word.len(), stem: stemmer.stem(&name, true).into() };
    let mut parts: Vec<CompoundPart> = peoples::countries(&stem).into_iter().map(country).collect();
    if of_place && parts.is_empty() {
        parts.extend(peoples::place(&form).filter(|place| *place != stem).map(country));
    }
    if !parts.is_empty() {
        return Analysis { form, stem, others, parts: parts.into(), kinds };
    }
    let mut ranges = splitter.split(nouns::without_feminine(&form), capital);
    // of Pflegeexpertin the masculine has its e back
    let feminine = ranges.is_empty() && capital && stem != form && ends_in(&form, &["in", "innen"]);
    if feminine {
        let masculine = splitter.split(&stem, true);
        let alike = masculine.last().is_some_and(|last| form.get(..last.start) == stem.get(..last.start));
        ranges = if alike { masculine } else { ranges };
    }
    let divided = if feminine { &stem } else { &form };
    let head = |start: usize| stemmer.stem(&divided[start..], capital);
    if let Some(last) = ranges.last_mut() {
        last.end = form.len();
    }
    let last = ranges.len().saturating_sub(1);
    let part = |(at, span): (usize, Range<usize>)| CompoundPart {
        stem: if at < last && span.len() < form.len() {
            first_part_stem(&nouns::of_first_part(&form[span.clone()]), stemmer).into()
        } else {
            head(span.start).into()
        },
        span: in_word(word, &form, span),
    };
    let mut parts: Vec<CompoundPart> = ranges.iter().cloned().enumerate().map(part).collect();
    parts.extend(runs(&ranges).into_iter().map(|run| part((usize::from(run.end == form.len()) * last, run))));
    Analysis { form, stem, others, parts: parts.into(), kinds }
}

/// Whether a reading is an adjective that no list has as a whole.
fn is_rare_adjective(reading: &Reading) -> bool {
    reading.class == Class::Adjective && reading.weight <= adjectives::COMPOUND
}

/// Whether a word that begins a sentence is a noun by its last part, though the whole looks like a rare adjective (Bürgerinitiativen).
fn is_noun_at_start(form: &str, likeliest: &Reading, splitter: &Splitter) -> bool {
    if !is_rare_adjective(likeliest) || nouns::is_suffixed_adjective(form) || !nouns::is_known(form) {
        return false;
    }
    splitter.split(form, true).last().is_some_and(|last| {
        let last = &form[last.clone()];
        let often =
            small_readings(last).iter().map(|reading| frequency(&reading.stem, reading.class)).fold(0.0, f32::max);
        noun_frequency(&nouns::readings(last)[0].stem.to_lowercase()) > often
    })
}

/// The stem of a first part: of an adjective where that is commoner than the noun of its stem (Groß|stadt, but Fest|platz).
fn first_part_stem(part: &str, stemmer: &Stemmer) -> String {
    let stem = stemmer.stem(part, true);
    // the s of endlos and fräs- is no link
    if part.strip_suffix('s') == Some(&stem)
        && lexicon().value(part) & (flags::ADJECTIVE | flags::VERB) != 0
        && !lexicon().has(&stem, flags::NOUN)
    {
        return part.to_owned();
    }
    let small = stem.to_lowercase();
    let adjective = small != stem && frequency(&small, Class::Adjective) > frequency(&stem, Class::Noun);
    if adjective { small } else { stem }
}

/// Runs of neighbouring parts, shorter than the whole, of a compound of three or four: Krankenhaus and Hausschließung in
/// Krankenhausschließung.
fn runs(ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let count = if ranges.len() > MAX_RUN_PARTS { 0 } else { ranges.len() };
    let of_length = |length: usize| ranges.windows(length).map(move |run| run[0].start..run[length - 1].end);
    (2..count).rev().flat_map(of_length).collect()
}

/// The bytes of the word as written that a range of its folded form stands for. Both have the same bytes up to a gender mark,
/// which stands in the last part.
fn in_word(word: &str, form: &str, range: Range<usize>) -> Range<usize> {
    let end = if range.end == form.len() { word.len() } else { range.end };
    let start = (0..=range.start.min(word.len())).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
    start..(end..=word.len()).find(|at| word.is_char_boundary(*at)).unwrap_or(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, case: Case, stem: &str, parts: &[&str]) {
        let analysis = analyze(word, case, None, &Stemmer::default(), &Splitter::default());
        let found: Vec<&str> = analysis.parts.iter().map(|part| &*part.stem).collect();
        assert_eq!((analysis.stem.as_str(), found.as_slice()), (stem, parts), "{word}");
    }

    #[test]
    fn nouns_that_begin_a_sentence_are_those_that_they_are_within_it() {
        for case in [Case::First, Case::Capital] {
            check("Bürgerinitiativen", case, "bürgerinitiative", &["bürger", "initiative"]);
            check("Kommunikationsmodelle", case, "kommunikationsmodell", &["kommunikation", "modell"]);
            check("Leipziger", case, "leipziger", &["leipzig"]);
        }
        // these are adjectives by their suffix, or since their end is commoner as one
        check("Thematisch", Case::First, "thematisch", &[]);
        check("Gesichtslose", Case::First, "gesichtslos", &[]);
        check("Allerdings", Case::First, "allerdings", &[]);
    }

    #[test]
    fn first_parts_are_told_from_their_links() {
        check("Endlosschleife", Case::Capital, "endlosschleife", &["endlos", "schleife"]);
        check("Wirtschaftskultur", Case::Capital, "wirtschaftskultur", &["wirtschaft", "kultur"]);
        check("Bremsassistenz", Case::Capital, "bremsassistenz", &["bremse", "assistenz"]);
    }

    #[test]
    fn feminine_compounds_come_apart_as_masculine_ones() {
        check("Kinderärztin", Case::Capital, "kinderarzt", &["kind", "arzt"]);
        check("Pflegeexpertinnen", Case::Capital, "pflegeexperte", &["pflege", "experte"]);
        check("Aufsichtsrätin", Case::Capital, "aufsichtsrat", &["aufsicht", "rat"]);
        check("Medizin", Case::Capital, "medizin", &[]);
    }
}
