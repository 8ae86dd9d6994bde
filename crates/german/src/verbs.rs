//! The verbs that a form can belong to: lieferte → liefern, ging → gehen, ausgeliefert and auszuliefern alike → ausliefern.
//!
//! A form is prefixes, perhaps ge or zu, a stem and an ending. The stem must be that of a verb of the lexicon or of the list of strong
//! verbs; separable prefixes (also adjectives: bereitgestellt) and inseparable ones may stand before any of them. Participles belong to
//! their verb, declined or not, unless the lexicon has them as adjectives.

use crate::endings::strip_ending;
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::readings::{Class, Reading, Readings, frequency, uses};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Endings of finite weak forms and infinitives, with their costs: news have few forms of the first and second person.
const ENDINGS: &[(&str, f32)] = &[
    ("", IMPERATIVE_COST),
    ("n", 1.8),
    ("e", 5.0),
    ("en", 1.8),
    ("t", 2.3),
    ("et", 2.3),
    ("st", 8.0),
    ("est", 8.0),
    ("te", 3.0),
    ("ten", 4.0),
    ("test", 10.0),
    ("tet", 10.0),
    ("ete", 3.0),
    ("eten", 4.0),
    ("etest", 10.0),
    ("etet", 10.0),
];
/// What an imperative costs.
const IMPERATIVE_COST: f32 = 14.0;
/// Endings of finite forms behind the stem of a strong verb's infinitive, and behind its other stems.
const STRONG_ENDINGS: &[(&str, f32, f32)] = &[
    ("", IMPERATIVE_COST, 2.0),
    ("e", 5.0, 8.0),
    ("en", 1.8, 4.0),
    ("n", 3.0, 6.0),
    ("t", 2.3, 2.5),
    ("et", 2.5, 6.0),
    ("st", 8.0, 8.0),
    ("est", 8.0, 8.0),
];
/// What the preterite of a mixed verb costs.
const MIXED_COST: f32 = 2.5;
/// Endings of participles, with their costs.
const DECLENSION: &[(&str, f32)] = &[("", 0.0), ("e", 4.0), ("em", 7.0), ("en", 4.0), ("er", 6.0), ("es", 6.5)];
/// What the participles cost, and an infinitive with zu within.
const PAST_PARTICIPLE_COST: f32 = 2.2;
const PRESENT_PARTICIPLE_COST: f32 = 5.2;
const ZU_COST: f32 = 4.5;
/// What comparison costs, and an e that is lost.
const DEGREE_COST: f32 = 5.0;
/// Separable prefixes, which stand before ge and zu; the longest first.
const SEPARABLE: &[&str] = &[
    "auseinander", "aneinander", "ineinander", "dazwischen", "gegenüber", "rückwärts", "entgegen", "herunter",
    "hinunter", "zusammen", "hindurch", "vorwärts", "aufrecht", "überein", "entlang", "entzwei", "zurecht", "darüber",
    "herüber", "hinüber", "vorüber", "dagegen", "daneben", "voraus", "weiter", "wieder", "zurück", "vorbei", "hinauf",
    "hinaus", "hinein", "hinter", "hinweg", "herauf", "heraus", "herbei", "herein", "hervor", "nieder", "gleich",
    "kennen", "daheim", "darauf", "danach", "vorher", "vorweg", "umhin", "dabei", "dafür", "daran", "empor", "davon",
    "durch", "heran", "herab", "herum", "hinab", "hinan", "hinzu", "statt", "still", "stand", "umher", "unter",
    "voran", "bevor", "preis", "inne", "fehl", "fern", "fest", "fort", "frei", "heim", "hoch", "nach", "rück", "teil",
    "über", "voll", "wahr", "wett", "auf", "aus", "bei", "dar", "ein", "her", "hin", "los", "mit", "tot", "vor", "weg",
    "ab", "an", "da", "um", "zu",
];
/// Inseparable prefixes, whose verbs have no ge. Verbs with ge- are few, and known as a whole.
const INSEPARABLE: &[&str] =
    &["emp", "ent", "ver", "zer", "miss", "be", "er", "hinter", "wider", "über", "unter", "um", "durch", "voll", "ge"];
/// Fewest bytes behind a prefix.
const MIN_REST: usize = 3;
/// Weight of a verb of the lexicon or of the list, and of one made of a prefix and such a verb.
const KNOWN: f32 = 2.0;
const PREFIXED: f32 = -1.0;
/// Share of the frequency of the verb behind a prefix that the whole counts for.
const PREFIXED_SHARE: f32 = 0.25;

/// A strong verb that a stem belongs to.
struct Strong {
    /// Its infinitive without -en.
    infinitive: &'static str,
    /// Whether the stem is that of the participle alone.
    participle: bool,
}

/// Strong verbs by all stems of their forms.
static STRONG: LazyLock<HashMap<&'static str, Vec<Strong>, foldhash::fast::FixedState>> = LazyLock::new(|| {
    let lines = include_str!("data/strong_verbs.txt").lines().filter(|line| !line.starts_with('#'));
    let mut stems: HashMap<&'static str, Vec<Strong>, _> = HashMap::default();
    for words in lines.map(str::split_whitespace) {
        let mut infinitive = None;
        for word in words {
            let (stem, participle) = word.strip_prefix('+').map_or((word, false), |stem| (stem, true));
            let infinitive = *infinitive.get_or_insert(stem);
            stems.entry(stem).or_default().push(Strong { infinitive, participle });
        }
    }
    stems
});

/// The strong verbs that a stem belongs to.
fn strong(stem: &str) -> impl Iterator<Item = &'static Strong> {
    STRONG.get(stem).into_iter().flatten()
}

/// What kind of form the rest of a word behind its separable prefixes may be.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Any form without ge or zu.
    Plain,
    /// What follows the ge of a participle.
    Participle,
    /// What follows the zu of an infinitive.
    Infinitive,
}

/// Separable prefixes of verbs (*zurück* in *zurücktreten*), folded; the longest first.
pub fn separable_prefixes() -> impl Iterator<Item = &'static str> {
    SEPARABLE.iter().copied()
}

/// Whether this is a separable prefix.
pub fn is_separable(prefix: &str) -> bool {
    SEPARABLE.contains(&prefix)
}

/// Adds the verbs that a folded word can be a form of.
pub fn offer(word: &str, readings: &mut Readings) {
    behind_prefixes("", word, 0, readings);
}

/// The verbs that a form with a separable prefix before it can be a finite form of, with what each costs.
pub fn with_particle(particle: &str, form: &str) -> Vec<Reading> {
    let mut readings = Readings::default();
    inner(particle, form, Form::Plain, &mut readings);
    readings.0.retain(|reading| reading.cost < PRESENT_PARTICIPLE_COST);
    readings.0
}

/// Whether a folded word is an undeclined participle of a known verb.
pub fn is_participle(word: &str) -> bool {
    let mut readings = Readings::default();
    offer(word, &mut readings);
    let participle = |cost: f32| cost == PAST_PARTICIPLE_COST || cost == PRESENT_PARTICIPLE_COST;
    readings.0.iter().any(|reading| participle(reading.cost))
}

/// Adds the verbs of `rest`, before which the separable prefixes in `before` stand.
fn behind_prefixes(before: &str, rest: &str, depth: usize, readings: &mut Readings) {
    inner(before, rest, Form::Plain, readings);
    if let Some(rest) = rest.strip_prefix("ge").filter(|rest| rest.len() >= MIN_REST) {
        inner(before, rest, Form::Participle, readings);
    }
    if !before.is_empty()
        && let Some(rest) = rest.strip_prefix("zu").filter(|rest| rest.len() >= MIN_REST)
    {
        inner(before, rest, Form::Infinitive, readings);
    }
    if depth == 2 {
        return;
    }
    let first = rest.as_bytes().first();
    // behind another prefix, zu is that of the infinitive
    let possible = |prefix: &&&str| prefix.as_bytes().first() == first && (before.is_empty() || **prefix != "zu");
    for prefix in SEPARABLE.iter().filter(possible) {
        if let Some(rest) = rest.strip_prefix(prefix).filter(|rest| rest.len() >= MIN_REST) {
            behind_prefixes(&[before, prefix].concat(), rest, depth + 1, readings);
        }
    }
    // bereitgestellt, klarzustellen: an adjective in the place of a prefix, known by what stands between it and the verb
    if depth == 0 {
        for infix in ["ge", "zu"] {
            for (at, _) in rest.match_indices(infix).filter(|(at, _)| *at >= MIN_REST) {
                let (prefix, rest) = (&rest[..at], &rest[at + infix.len()..]);
                if rest.len() >= MIN_REST && lexicon().has(prefix, flags::ADJECTIVE) {
                    inner(prefix, rest, if infix == "ge" { Form::Participle } else { Form::Infinitive }, readings);
                }
            }
        }
    }
}

/// Adds the verbs of a form without separable prefixes, ge or zu, which stand in `before`.
fn inner(before: &str, rest: &str, form: Form, readings: &mut Readings) {
    Behind { before, prefix: "", form, readings }.offer_all(rest);
    if form == Form::Participle {
        return;
    }
    for prefix in INSEPARABLE {
        if let Some(rest) = rest.strip_prefix(prefix).filter(|rest| rest.len() >= MIN_REST) {
            Behind { before, prefix, form, readings }.offer_all(rest);
        }
    }
}

/// What stands before a stem, and where its verbs are added.
struct Behind<'a> {
    /// Separable prefixes.
    before: &'a str,
    /// An inseparable prefix.
    prefix: &'a str,
    form: Form,
    readings: &'a mut Readings,
}

impl Behind<'_> {
    /// Adds the verbs of a form without any prefix.
    fn offer_all(&mut self, rest: &str) {
        for (ending, declined) in DECLENSION {
            if let Some(base) = strip_ending(rest, ending) {
                let uses = if ending.is_empty() { uses::BARE } else { uses::DECLINED };
                self.offer_past_participle(base, PAST_PARTICIPLE_COST + declined, uses);
                self.offer_present_participle(base, PRESENT_PARTICIPLE_COST + declined, uses);
                if !ending.is_empty() {
                    self.offer_changed_participle(base, *declined);
                }
            }
        }
        if self.form != Form::Participle {
            self.offer_weak(rest);
            self.offer_strong(rest);
        }
    }

    /// Adds a verb by its stem.
    fn offer(&mut self, stem: &str, cost: f32, uses: u8) {
        let whole = [self.before, self.prefix, stem].concat();
        let known = lexicon().has(&whole, flags::VERB);
        if self.prefix == "ge" && !known {
            return;
        }
        let verb = infinitive(&whole, stem);
        let often = frequency(&verb, Class::Verb);
        let weight = if known || whole.len() == stem.len() {
            KNOWN + often
        } else {
            PREFIXED + often.max(PREFIXED_SHARE * frequency(&infinitive(stem, stem), Class::Verb))
        };
        self.readings.offer(verb, Class::Verb, weight, cost, uses);
    }

    /// Whether the lexicon has a stem as that of a verb, with what stands before it or without.
    fn is_weak(&self, stem: &str) -> bool {
        lexicon().has(stem, flags::VERB)
            || (stem.len() >= MIN_REST && lexicon().has(&[self.before, self.prefix, stem].concat(), flags::VERB))
    }

    /// Adds the verbs whose past participle a form is. What has no ge before it may be that of a verb with an inseparable prefix, or in
    /// -ieren.
    fn offer_past_participle(&mut self, base: &str, cost: f32, uses: u8) {
        let without_ge = || !self.prefix.is_empty() || base.ends_with("iert") || has_prefix(base);
        if !(self.form == Form::Participle || (self.form == Form::Plain && without_ge())) {
            return;
        }
        for ending in ["t", "et"] {
            if let Some(stem) = strip_ending(base, ending).filter(|stem| self.is_weak(stem))
                && let Some(odd) = fits(stem, ending)
            {
                self.offer(stem, cost + odd, uses);
            }
        }
        for ending in ["en", "n", ""] {
            let Some(stem) = strip_ending(base, ending).filter(|stem| stem.len() >= 2) else { continue };
            for verb in strong(stem) {
                let mixed = verb.infinitive != stem && (stem.ends_with('t') && ending.is_empty() || stem == "tan");
                // gesehen is of sehen, but gestehen is no participle of stehen
                let whole = ending == "en" && (verb.participle || verb.infinitive != stem);
                if whole || (ending == "n" && stem.ends_with('u')) || mixed {
                    self.offer(verb.infinitive, cost, uses);
                }
            }
        }
    }

    /// Adds the verbs whose participle is compared in a form (gelehrteste), or has lost its e before an ending (gesprochne).
    fn offer_changed_participle(&mut self, base: &str, declined: f32) {
        for degree in ["st", "est", "er"] {
            let Some(base) = strip_ending(base, degree).filter(|base| base.len() >= MIN_REST) else { continue };
            if base.ends_with(['t', 'd']) || base.ends_with("en") {
                let cost = declined + DEGREE_COST;
                self.offer_past_participle(base, PAST_PARTICIPLE_COST + cost, uses::DECLINED);
                self.offer_present_participle(base, PRESENT_PARTICIPLE_COST + cost, uses::DECLINED);
            }
        }
        let without_e = base.strip_suffix('n').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u', 'h', 'l', 'r']));
        if let Some(stem) = without_e.filter(|stem| stem.len() >= MIN_REST) {
            self.offer_past_participle(
                &[stem, "en"].concat(),
                PAST_PARTICIPLE_COST + declined + DEGREE_COST,
                uses::DECLINED,
            );
        }
    }

    /// Adds the verbs whose present participle a form is.
    fn offer_present_participle(&mut self, base: &str, cost: f32, uses: u8) {
        if self.form != Form::Plain {
            return;
        }
        if let Some(stem) = base.strip_suffix("end")
            && (self.is_weak(stem) || strong(stem).any(|verb| verb.infinitive == stem))
        {
            self.offer(stem, cost, uses);
        }
        if let Some(stem) = base.strip_suffix("nd").filter(|stem| stem.ends_with(['l', 'r']) && self.is_weak(stem)) {
            self.offer(stem, cost, uses);
        }
    }

    /// Adds the weak verbs whose finite form or infinitive a form is.
    fn offer_weak(&mut self, rest: &str) {
        for (ending, cost) in ENDINGS {
            let Some((stem, cost)) = self.without(rest, ending, *cost) else { continue };
            if *ending == "n" && !stem.ends_with(['l', 'r']) {
                continue;
            }
            if let Some(odd) = fits(stem, ending).filter(|_| self.is_weak(stem)) {
                self.offer(stem, cost + odd, finite(ending));
            }
            // handle → handel-n
            if *ending == "e" && stem.ends_with(['l', 'r']) {
                let full = format!("{}e{}", &stem[..stem.len() - 1], &stem[stem.len() - 1..]);
                if lexicon().has(&full, flags::SHORT_INFINITIVE) {
                    self.offer(&full, cost, uses::FINITE);
                }
            }
        }
    }

    /// Adds the strong verbs whose finite form or infinitive a form is.
    fn offer_strong(&mut self, rest: &str) {
        for (ending, own_cost, other_cost) in STRONG_ENDINGS {
            let Some((stem, _)) = self.without(rest, ending, 0.0) else { continue };
            for verb in strong(stem).filter(|verb| !verb.participle) {
                let own = verb.infinitive == stem;
                // brachte, konnten: the preterite of mixed verbs
                let mixed = stem.ends_with('t') && matches!(*ending, "e" | "en");
                match (self.form, own) {
                    (Form::Plain, true) => self.offer(verb.infinitive, *own_cost, finite(ending)),
                    (Form::Plain, false) => {
                        self.offer(verb.infinitive, if mixed { MIXED_COST } else { *other_cost }, uses::FINITE);
                    }
                    (Form::Infinitive, true) => self.offer(verb.infinitive, ZU_COST, uses::INFINITIVE),
                    (Form::Infinitive, false) | (Form::Participle, _) => {}
                }
            }
        }
    }

    /// The stem before an ending, and what the ending costs; none if the form cannot have it: behind zu stands an infinitive.
    fn without<'w>(&self, rest: &'w str, ending: &str, cost: f32) -> Option<(&'w str, f32)> {
        let stem = strip_ending(rest, ending).filter(|stem| stem.len() >= 2)?;
        match self.form {
            Form::Infinitive => matches!(ending, "en" | "n").then_some((stem, ZU_COST)),
            _ => Some((stem, cost)),
        }
    }
}

/// Where the form of a verb with this ending behind the stem of its infinitive can stand.
fn finite(ending: &str) -> u8 {
    if matches!(ending, "en" | "n") { uses::FINITE | uses::INFINITIVE } else { uses::FINITE }
}

/// Whether a declined form may be a participle without ge: it begins with an inseparable prefix.
fn has_prefix(word: &str) -> bool {
    INSEPARABLE.iter().any(|prefix| word.starts_with(prefix))
}

/// What the e of an ending costs that the stem does not need (ihr glaubet).
const NEEDLESS_E_COST: f32 = 7.0;

/// What it costs a weak stem to stand before an ending; none where it cannot: behind t and d, and behind m and n that follow a
/// consonant, an e comes first.
fn fits(stem: &str, ending: &str) -> Option<f32> {
    let bytes = stem.as_bytes();
    let after_consonant = || {
        let before = stem.chars().rev().nth(1);
        let vowel = |char| matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'ä' | 'ö' | 'ü' | 'y');
        let silent = |char| matches!(char, 'h' | 'l' | 'r' | 'm' | 'n') && !stem[..stem.len() - 1].ends_with("ch");
        before.is_some_and(|char| !vowel(char) && !silent(char))
    };
    let needed = match bytes.last() {
        Some(b't' | b'd') => true,
        Some(b'm' | b'n') => after_consonant(),
        _ => false,
    };
    match ending.as_bytes().first() {
        Some(b't' | b's') => (!needed).then_some(0.0),
        Some(b'e') if ending.starts_with("et") && !needed => Some(NEEDLESS_E_COST),
        _ => Some(0.0),
    }
}

/// The infinitive of a verb's stem; `simple` is the stem without prefixes.
fn infinitive(whole: &str, simple: &str) -> String {
    let short = lexicon().has(whole, flags::SHORT_INFINITIVE)
        || (!lexicon().has(whole, flags::VERB) && lexicon().has(simple, flags::SHORT_INFINITIVE))
        || simple == "sein"
        || simple == "tu";
    [
        whole,
        if simple == "sein" {
            ""
        } else if short {
            "n"
        } else {
            "en"
        },
    ]
    .concat()
}

/// Whether all forms of a verb, given as its infinitive, begin with the same letters: it has no particle before it, and no strong verb at
/// its end.
pub fn begins_steadily(stem: &str) -> bool {
    let base = stem.strip_suffix("en").or_else(|| stem.strip_suffix('n')).unwrap_or(stem);
    let is_strong = || STRONG.values().flatten().any(|verb| base.ends_with(verb.infinitive));
    !SEPARABLE.iter().any(|prefix| stem.starts_with(prefix)) && !is_strong()
}

/// All stems of a strong verb, given as its infinitive, without the ge of participles; none of other words.
pub fn irregular_stems(stem: &str) -> impl Iterator<Item = &'static str> {
    let base = stem.strip_suffix("en").or_else(|| stem.strip_suffix('n')).unwrap_or_default();
    STRONG
        .iter()
        .filter(move |(_, infinitives)| {
            infinitives.iter().any(|verb| verb.infinitive == base || (stem == "sein" && verb.infinitive == stem))
        })
        .map(|(other, _)| *other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(form: &str) -> Vec<String> {
        let mut readings = Readings::default();
        offer(form, &mut readings);
        readings.ranked().into_iter().map(|reading| reading.stem).collect()
    }

    #[track_caller]
    fn check(forms: &str, infinitive: &str) {
        for form in forms.split(' ') {
            assert_eq!(stems(form).first().map(String::as_str), Some(infinitive), "{form}: {:?}", stems(form));
        }
    }

    #[test]
    fn weak_verbs_have_their_infinitive() {
        check("liefern liefere lieferst liefert lieferte lieferten geliefert gelieferten liefernd", "liefern");
        check("sagen sage sagst sagt sagte sagten sagtest sagtet gesagt sagend sagende", "sagen");
        check("arbeiten arbeitet arbeitete arbeiteten gearbeitet", "arbeiten");
        check("handeln handle handelt handelte gehandelt handelnde", "handeln");
        check("zeichnen zeichnet zeichnete gezeichnet", "zeichnen");
        check("sanktionieren sanktioniert sanktionierte sanktionierten", "sanktionieren");
    }

    #[test]
    fn strong_verbs_have_their_infinitive() {
        check("gehen gehe geht ging gingen gegangen gegangene", "gehen");
        check("sehen sieht sah sahen gesehen", "sehen");
        check("liegen lag gelegen", "liegen");
        check("legen legt legte gelegt", "legen");
        check("bringen brachte brachten gebracht", "bringen");
        check("verlieren verlor verloren verlorene", "verlieren");
        check("tun tut tat taten getan", "tun");
    }

    #[test]
    fn prefixes_stay_and_ge_and_zu_go() {
        check("zurücktreten zurückgetreten zurücktrat zurückzutreten", "zurücktreten");
        check("einreichen eingereicht eingereichte einreichte einzureichen", "einreichen");
        check("feststellen festgestellt feststellte festzustellen festgestellten", "feststellen");
        check("verkaufen verkauft verkaufte verkauften", "verkaufen");
        check("entsprechen entsprach entsprochen", "entsprechen");
        check("bereitstellen bereitgestellt bereitzustellen bereitgestellten", "bereitstellen");
        check("ausstatten ausgestattet ausgestattete", "ausstatten");
    }

    #[test]
    fn a_form_of_several_verbs_has_them_all() {
        for (form, verbs) in [("gehört", ["gehören", "hören"]), ("gefallen", ["fallen", "gefallen"])] {
            assert!(verbs.iter().all(|verb| stems(form).contains(&(*verb).to_owned())), "{form}: {:?}", stems(form));
        }
    }

    #[test]
    fn irregular_stems_are_those_of_the_list() {
        let stems = |word: &str| {
            let mut stems: Vec<&str> = irregular_stems(word).collect();
            stems.sort_unstable();
            stems
        };
        assert_eq!(stems("gehen"), ["gang", "geh", "ging"]);
        assert!(stems("sagen").is_empty() && stems("geh").is_empty());
    }

    #[test]
    fn longer_prefixes_come_first() {
        let lengths: Vec<usize> = SEPARABLE.iter().map(|prefix| prefix.chars().count()).collect();
        assert!(lengths.is_sorted_by(|left, right| left >= right), "{lengths:?}");
    }
}
