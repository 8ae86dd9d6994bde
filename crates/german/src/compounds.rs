//! Compounds to their parts: Artilleriemunition → Artillerie + Munition.
//!
//! A word is cut only where Liang's hyphenation patterns (crate hypher) allow a break, into known first parts and a known head.
//! Each part scores by its length and by how many different partners it has in a list of nouns or in news; dynamic programming finds the
//! division with the best score. `examples/tables` builds the tables from Wikidata lexemes (CC0) and counts of news.
//!
//! Numbers of partners come in the steps of [`PARTNERS`](flags::PARTNERS): 1 for one, 2 from two, 3 from four, 4 from eight, 5 from
//! sixteen. The weights and limits were set by hand on gold lists of divided compounds, so that hardly a simple word or a name is
//! divided; the README has what they reach.

use crate::compound_doubts::{is_greek, is_inhabitant, is_inside_action, is_name, is_suffixed_adjective};
use crate::compound_evidence::{ENDINGS, MIN_PART, MIN_UNPAIRED_NOUN, is_often_used, is_person, is_used_alone};
use crate::compound_heads::{
    ends_in_adjective, is_adjective, is_declined_adjective, is_listed_adjective, is_nominal_participle, noun_ends,
    partners_of_head,
};
use crate::compound_lists::LISTS;
use crate::declension::without_umlaut;
use crate::endings::strip_ending;
use crate::learnt_parts::LearntParts;
use crate::lexicon::{lexicon, partners_of_first_part};
use crate::lexicon_flags as flags;
use crate::nouns;
use crate::verbs;
use crate::vocabulary::Vocabulary;
use hypher::Lang;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Bytes of the shortest and of the longest word that is divided.
const MIN_WORD: usize = 7;
const MAX_WORD: usize = 60;
/// Score of a part for each of its bytes, up to ten: longer parts are less likely met by chance.
const BYTE_SCORE: f32 = 0.35;
const MAX_SCORED_BYTES: usize = 10;
/// Score that each part loses, so that of two divisions the one with fewer parts wins.
const PART_COST: f32 = 3.0;
/// Score of an adjective at the end, whatever its length.
const ADJECTIVE_SCORE: f32 = 3.0;
/// Least score of a division.
const MIN_SCORE: f32 = 1.0;
/// What stands before offices and courts that are compounds.
const RANKS: &[&str] = &["ober", "unter"];
/// A word that is itself a part of compounds stays whole if its partners exceed the score of its division by more than this.
const WHOLE_MARGIN: f32 = 1.0;
/// Fewest partners, in steps, of a part of three, of four, and of more bytes.
const MIN_PARTNERS_OF_THREE: u64 = 5;
const MIN_PARTNERS_OF_FOUR: u64 = 3;
const MIN_PARTNERS: u64 = 1;
/// Partners, in steps, that a listed first part counts for.
const LISTED_PARTNERS: u64 = 5;
/// Least score of a division where hyphenation allows no break.
const MIN_MISSED_SCORE: f32 = 4.0;
/// What links a first part to the next.
const LINKS: &[&str] = &["", "s", "es", "n", "en"];
/// Bytes of the longest noun that an adjective ends in by chance (krimi|nelle, arbeits|lose).
const MAX_CHANCE_HEAD: usize = 6;

/// First parts that are remembered.
const MAX_REMEMBERED: usize = 50_000;

/// Divides compounds by the built-in tables and a [`Vocabulary`].
///
/// ```
/// use findbuch_german::Splitter;
///
/// let splitter = Splitter::default();
/// let parts = |word: &str| -> Vec<String> {
///     splitter.split(word, true).into_iter().map(|part| word[part].to_owned()).collect()
/// };
/// assert_eq!(parts("munitionslieferungen"), ["munitions", "lieferungen"]);
/// assert!(parts("gesellschaft").is_empty());
/// ```
pub struct Splitter {
    vocabulary: Arc<Vocabulary>,
    learnt: LearntParts,
    /// The scores of first parts that were looked at.
    first_parts: RefCell<HashMap<Box<str>, Option<f32>, foldhash::fast::RandomState>>,
}

impl Default for Splitter {
    fn default() -> Splitter {
        Splitter::with_vocabulary(&Arc::default())
    }
}

impl Splitter {
    /// A splitter that also knows the parts in `vocabulary`.
    #[must_use]
    pub fn with_vocabulary(vocabulary: &Arc<Vocabulary>) -> Splitter {
        let (vocabulary, learnt) = (Arc::clone(vocabulary), LearntParts::of(vocabulary));
        Splitter { vocabulary, learnt, first_parts: RefCell::default() }
    }

    /// What the archive has taught.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Whether a folded word has in it what the archive has taught as a part, so that it may be divided otherwise than without that.
    pub(crate) fn may_have_learnt_part(&self, folded: &str) -> bool {
        folded.len() >= MIN_WORD && self.learnt.may_be_in(folded, &self.vocabulary)
    }

    /// Whether a folded word can be a first part.
    pub(crate) fn is_first(&self, folded: &str) -> bool {
        self.modifier(folded).is_some()
    }

    /// Whether a folded word can be a last part, or is a compound itself.
    pub(crate) fn is_last(&self, folded: &str) -> bool {
        self.head(folded, true).is_some() || !self.split(folded, true).is_empty()
    }

    /// The two or more parts of a [folded](crate::fold) word as byte ranges, links and endings included; none for a word that is no
    /// compound. With `capital` the last part must be a noun, without it one of some 120 adjectives that form compounds
    /// (munitionshungrig).
    #[must_use]
    pub fn split(&self, folded: &str, capital: bool) -> Vec<Range<usize>> {
        let size = folded.len();
        if !(MIN_WORD..=MAX_WORD).contains(&size)
            || !folded.chars().all(|c| c.is_ascii_lowercase() || matches!(c, 'ä' | 'ö' | 'ü'))
            || (!capital && !ends_in_adjective(folded))
        {
            return Vec::new();
        }
        if nouns::is_name(folded) || is_inhabitant(folded) || is_suffixed_adjective(folded) {
            return Vec::new();
        }
        if LISTS.whole(folded).any(|whole| ENDINGS.contains(&&folded[whole.len()..])) {
            return Vec::new();
        }
        let mut points = vec![0];
        let mut at = 0;
        for syllable in hypher::hyphenate(folded, Lang::German) {
            at += syllable.len();
            points.push(at);
        }
        if at != size {
            points = vec![0, size];
        }
        let parts = self.divide(folded, &points, capital);
        let missed = || if capital { self.divide_before_noun(folded, &points) } else { None };
        match parts.or_else(missed) {
            Some(parts) => parts,
            None if is_nominal_participle(folded) => Vec::new(),
            None => self.behind_rank(folded, capital),
        }
    }

    /// The best division of a word before a noun of the lexicon where the hyphenation has no point: its patterns know the syllables of
    /// simple words, and miss some between two (Verbrenn-erfahr-zeuge).
    fn divide_before_noun(&self, folded: &str, known: &[usize]) -> Option<Vec<Range<usize>>> {
        if nouns::is_whole(folded) {
            return None;
        }
        let divided = |start: usize| {
            let (first, last) = folded.split_at(start);
            // Fragesteller serve no plates
            if first.strip_suffix('s').is_some_and(|base| !base.ends_with('s') && self.modifier(base).is_some())
                && partners_of_head(&folded[start - 1..]).is_some()
            {
                return None;
            }
            let score = self.head(last, true)? + self.modifier(first)?;
            Some((score, start)).filter(|(score, _)| *score >= MIN_MISSED_SCORE)
        };
        let starts = noun_ends(folded).into_iter();
        let starts = starts.filter(|start| !known.contains(start) && !is_inside_action(folded, *start));
        let (score, start) = starts.filter_map(divided).max_by(|a, b| a.0.total_cmp(&b.0))?;
        let whole = is_name(folded, start, start) || as_part(folded) > score + WHOLE_MARGIN;
        (!whole).then(|| vec![0..start, start..folded.len()])
    }

    /// The best division of a word at some of the points; none where it has none, no parts where it is known to be whole.
    fn divide(&self, folded: &str, points: &[usize], capital: bool) -> Option<Vec<Range<usize>>> {
        let size = folded.len();
        // the best score of the word up to each point, divided into first parts, and the point where the last of these begins
        let mut best: Vec<Option<(f32, usize)>> = vec![None; points.len()];
        best[0] = Some((0.0, 0));
        // Frühstücks|angebot, but Kontroll|ergebnis
        let is_first = |whole: &&str| {
            points.iter().filter(|at| **at >= whole.len()).any(|at| LINKS.contains(&&folded[whole.len()..*at]))
        };
        let whole = LISTS.whole(folded).filter(is_first).map(str::len).max().unwrap_or(0);
        for end in (1..points.len() - 1).filter(|end| points[*end] >= whole) {
            for start in 0..end {
                let Some((before, _)) = best[start] else { continue };
                let Some(score) = self.modifier(&folded[points[start]..points[end]]) else { continue };
                if best[end].is_none_or(|(so_far, _)| before + score > so_far) {
                    best[end] = Some((before + score, start));
                }
            }
        }
        let is_participle = |start: usize, first: usize| {
            let verb = |stem: &str| lexicon().has(stem, flags::VERB);
            let before = &folded[..points[start]];
            folded[points[start]..].starts_with("ende") && (verb(before) || verb(&before[points[first]..]))
        };
        let (score, head) = (1..points.len() - 1)
            // Reisende are no end of rice
            .filter(|start| best[*start].is_some_and(|(_, first)| !is_participle(*start, first)))
            .filter(|start| !is_greek(folded, points[*start]) && !is_inside_action(folded, points[*start]))
            .filter_map(|start| Some((best[start]?.0 + self.head(&folded[points[start]..], capital)?, start)))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(score, _)| *score >= MIN_SCORE)?;
        // Wohnungs|suchende, but Studierende, and Überlebende of a verb with a prefix
        let (first, last) = folded.split_at(points[head]);
        if is_nominal_participle(folded) && (!is_nominal_participle(last) || verbs::is_separable(first)) {
            return Some(Vec::new());
        }
        let last_modifier = best[head].map_or(0, |(_, start)| points[head] - points[start]);
        // Künstlerbahnhof ends in a noun of two parts
        let run = points[head] - last_modifier;
        let is_name = || is_name(folded, points[head], last_modifier) && (run == 0 || !nouns::is_whole(&folded[run..]));
        let is_adjective =
            || run == 0 && last.len() <= MAX_CHANCE_HEAD && is_listed_adjective(folded) && !is_declined_adjective(last);
        if capital && (is_name() || is_adjective() || as_part(folded) > score + WHOLE_MARGIN) {
            return Some(Vec::new());
        }
        let mut parts = Vec::new();
        parts.push(points[head]..size);
        let mut end = head;
        while end > 0 {
            let start = best[end].map_or(0, |(_, start)| start);
            parts.push(points[start]..points[end]);
            end = start;
        }
        parts.reverse();
        if capital && parts.len() > 2 {
            self.join_whole_head(folded, &mut parts);
        }
        Some(parts)
    }

    /// Joins the last parts of a compound where together they are a noun or an adjective that is no compound (Fächer|kombination, no
    /// Kombi; Klein|kriminelle, no Krimi).
    fn join_whole_head(&self, folded: &str, parts: &mut Vec<Range<usize>>) {
        let whole = (1..parts.len() - 1).find(|first| {
            let run = &folded[parts[*first].start..];
            run.len() >= MIN_WORD
                && (nouns::is_whole(run) || is_listed_adjective(run) || is_nominal_participle(run))
                && self.split(run, true).is_empty()
        });
        if let Some(first) = whole {
            parts[first].end = folded.len();
            parts.truncate(first + 1);
        }
    }

    /// The parts of an office or court behind its rank, if it is a compound (Ober|bürger|meister).
    fn behind_rank(&self, folded: &str, capital: bool) -> Vec<Range<usize>> {
        for rank in RANKS.iter().filter(|_| capital) {
            if let Some(office) = folded.strip_prefix(rank).filter(|office| office.len() >= MIN_WORD) {
                let parts = self.split(office, capital).into_iter();
                let moved: Vec<_> = parts.map(|part| part.start + rank.len()..part.end + rank.len()).collect();
                if !moved.is_empty() {
                    return std::iter::once(0..rank.len()).chain(moved).collect();
                }
            }
        }
        Vec::new()
    }

    /// The score of a first part; none if it cannot be one.
    fn modifier(&self, part: &str) -> Option<f32> {
        if part.len() < MIN_PART {
            return None;
        }
        if let Some(score) = self.first_parts.borrow().get(part) {
            return *score;
        }
        let score = self.modifier_score(part);
        let mut known = self.first_parts.borrow_mut();
        if known.len() >= MAX_REMEMBERED {
            known.clear();
        }
        known.insert(part.into(), score);
        score
    }

    fn modifier_score(&self, part: &str) -> Option<f32> {
        let partners = partners_of_first_part(part).unwrap_or(0);
        let noun = part.len() >= MIN_UNPAIRED_NOUN && is_noun_with_link(part);
        let known =
            partners == 0 && part.len() >= MIN_UNPAIRED_NOUN && (noun || is_person(part) || is_often_used(part));
        let partners = if known { 1 } else { partners };
        let partners = if LISTS.is_other_modifier(part) { partners.max(LISTED_PARTNERS) } else { partners };
        let partners = partners.max(self.vocabulary.first.get(part).map_or(0, |partners| (*partners).into()));
        if !enough(part, partners) || LISTS.is_no_modifier(part) {
            return None;
        }
        let used = noun
            || LISTS.is_other_modifier(part)
            || self.vocabulary.first.contains_key(part)
            || is_used_alone(part, partners);
        used.then(|| score(part, partners))
    }

    /// The score of a last part in any inflection; none if it cannot be one.
    fn head(&self, part: &str, noun: bool) -> Option<f32> {
        if !noun {
            return is_adjective(part).then_some(ADJECTIVE_SCORE);
        }
        if LISTS.is_no_head(part) {
            return None;
        }
        let partners = partners_of_head(part);
        let partners =
            partners.map(|partners| if partners == 0 && part.len() >= MIN_UNPAIRED_NOUN { 1 } else { partners });
        let partners = partners.max(self.partners_in_vocabulary(part))?;
        (enough(part, partners) && (part.len() > MIN_PART || is_used_alone(part, partners)))
            .then(|| score(part, partners))
    }

    /// Partners of a last part in the vocabulary, in any inflection.
    fn partners_in_vocabulary(&self, part: &str) -> Option<u64> {
        if self.vocabulary.last.is_empty() {
            return None;
        }
        let bases = ENDINGS.iter().filter_map(|ending| strip_ending(part, ending));
        bases.filter_map(|base| self.vocabulary.last.get(base)).map(|partners| (*partners).into()).max()
    }
}

/// How many partners, in steps, a whole word has as a part of compounds.
fn as_part(folded: &str) -> f32 {
    let as_modifier = partners_of_first_part(folded).unwrap_or(0);
    as_modifier.max(partners_of_head(folded).unwrap_or(0)) as f32
}

/// Whether a first part is a noun of the lexicon with or without a link, or its plural with an umlaut (Städtebau, Ärztekammer).
fn is_noun_with_link(part: &str) -> bool {
    LINKS.iter().any(|link| {
        let base = strip_ending(part, link);
        base.is_some_and(|base| base.len() >= MIN_UNPAIRED_NOUN && lexicon().has(base, flags::NOUN))
    }) || ["e", "er"].iter().any(|plural| {
        let singular = strip_ending(part, plural).and_then(without_umlaut);
        singular.is_some_and(|(noun, _)| noun.len() >= 4 && lexicon().has(&noun, flags::NOUN))
    })
}

/// Whether a part has partners enough for its length.
fn enough(part: &str, partners: u64) -> bool {
    match part.len() {
        0..MIN_PART => false,
        MIN_PART => partners >= MIN_PARTNERS_OF_THREE,
        4 => partners >= MIN_PARTNERS_OF_FOUR,
        _ => partners >= MIN_PARTNERS,
    }
}

/// The score of a part, the higher the likelier it is one.
fn score(part: &str, partners: u64) -> f32 {
    partners as f32 + BYTE_SCORE * part.len().min(MAX_SCORED_BYTES) as f32 - PART_COST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;
    use proptest::prelude::*;

    #[track_caller]
    fn check(word: &str, expected: &str) {
        let folded = fold(word);
        let capital = word.starts_with(char::is_uppercase);
        let parts: Vec<&str> =
            Splitter::default().split(&folded, capital).into_iter().map(|range| &folded[range]).collect();
        let found = if parts.is_empty() { folded.clone() } else { parts.join("|") };
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn compounds_come_apart() {
        for (word, parts) in [
            ("Artilleriemunition", "artillerie|munition"),
            ("Munitionslieferungen", "munitions|lieferungen"),
            ("Waffenlieferung", "waffen|lieferung"),
            // hyphenation has no break between the parts of these
            ("Fleischerzeuger", "fleisch|erzeuger"),
            ("Videoberatungen", "video|beratungen"),
            ("Rekordandrang", "rekord|andrang"),
            ("Radiomoderationen", "radio|moderationen"),
            ("Essensration", "essens|ration"),
            ("Goethestraße", "goethe|strasse"),
            // the last part is a noun that is no compound
            ("Farbkombinationen", "farb|kombinationen"),
            ("Jugendpsychologe", "jugend|psychologe"),
            ("Evolutionsbiologin", "evolutions|biologin"),
            ("Theaterloge", "theater|loge"),
            ("Künstlerbahnhof", "künstler|bahn|hof"),
            ("Güterbahnhof", "güter|bahn|hof"),
            ("Frühstücksangebot", "frühstücks|angebot"),
            ("Kontrollergebnis", "kontroll|ergebnis"),
            // no list has these first parts
            ("Pharmakonzern", "pharma|konzern"),
            ("Disziplinarverfahren", "disziplinar|verfahren"),
            ("Humanmedizin", "human|medizin"),
            ("Faschingstreiben", "faschings|treiben"),
            ("Gymnastiksäle", "gymnastik|säle"),
            ("Kleinkrimineller", "klein|krimineller"),
            ("Filmschaffender", "film|schaffender"),
            ("Raketenwerfer", "raketen|werfer"),
            ("Verkehrsministerium", "verkehrs|ministerium"),
            ("Krankenhausschließung", "kranken|haus|schliessung"),
            ("Feiertage", "feier|tage"),
            ("Bundesländer", "bundes|länder"),
            ("Wärmepumpen", "wärme|pumpen"),
            ("Weltkriegsmunition", "welt|kriegs|munition"),
            ("munitionshungrig", "munitions|hungrig"),
            ("Fuehrerschein", "führer|schein"),
            ("Facharztpraxen", "fach|arzt|praxen"),
            ("Flughafen", "flug|hafen"),
            ("Flughäfen", "flug|häfen"),
            ("Briefkästen", "brief|kästen"),
            // an office behind its rank, persons in the plural, adjectives and verbs that news often have
            ("Oberbürgermeister", "ober|bürger|meister"),
            ("Lehrerinnenverband", "lehrerinnen|verband"),
            ("Studierendenwerk", "studierenden|werk"),
            ("Abgeordnetenbüro", "abgeordneten|büro"),
            ("Starkregen", "stark|regen"),
            ("Liefergeschäft", "liefer|geschäft"),
            // links that change the noun: Medium, Firma, Hilfe; an e behind the stem of a verb
            ("Medienbericht", "medien|bericht"),
            ("Firmenchef", "firmen|chef"),
            ("Hilfslieferung", "hilfs|lieferung"),
            ("Werbekampagne", "werbe|kampagne"),
            // the end of a war, but nobody who travels, and a way of life
            ("Kriegsende", "kriegs|ende"),
            ("Reisende", "reisende"),
            ("Wohnungssuchende", "wohnungs|suchende"),
            ("Studierende", "studierende"),
            ("Überlebende", "überlebende"),
            ("Vorsitzende", "vorsitzende"),
            ("Lebensweise", "lebens|weise"),
            // parts that news have alone, and none that they have not
            ("Göttinger", "göttinger"),
            ("Sachsen", "sachsen"),
            ("Maßnahme", "massnahme"),
            ("Passagiere", "passagiere"),
            ("Südafrikanischen", "südafrikanischen"),
        ] {
            check(word, parts);
        }
    }

    #[test]
    fn simple_words_and_names_stay_whole() {
        for word in [
            "Gesellschaft", "Kontrolle", "Deutschland", "Donnerstag", "Frühstück", "Kandidaten", "Wirtschaft",
            "Erwartung", "Landschaft", "Norderfehn", "Schoigu", "Selenskyj", "Beziehungen", "Mannschaft", "zugrunde",
            "Persönlichkeit", "Moderation",
        ] {
            check(word, &fold(word));
        }
    }

    proptest! {
        #[test]
        fn parts_cover_the_word(word in "[A-ZÄÖÜ][a-zäöüß]{1,40}") {
            let folded = fold(&word);
            let parts = Splitter::default().split(&folded, true);
            let mut end = 0;
            for part in &parts {
                prop_assert_eq!(part.start, end);
                end = part.end;
            }
            prop_assert!(parts.is_empty() || (parts.len() > 1 && end == folded.len()));
        }
    }
}
