//! Stems: what the inflected forms of a word share.
//!
//! Words with a capital are stemmed as nouns, others as verbs and adjectives, by tables of our own; what these do not know goes to
//! Snowball's German stemmer (crate rust-stemmers). Words with digits and function words are their own stems.

use crate::fold::fold;
use crate::lexicon::{lexicon, partners_of_first_part};
use crate::lexicon_flags as flags;
use crate::readings::{Class, Reading, Readings, uses};
use crate::stopwords::{is_particle, is_stop_word};
use crate::{adjectives, historical, nouns, particles, spelling, verbs};
use rust_stemmers::Algorithm;
use std::cell::RefCell;
use std::collections::HashMap;

/// Stems that are remembered.
const MAX_REMEMBERED: usize = 50_000;

/// How much less likely than the likeliest a reading may be, as a logarithm to base 2: one in sixteen.
const MARGIN: f32 = 4.0;

/// Bytes of the shortest first and last part of a compound that is no noun.
const MIN_FIRST: usize = 3;
const MIN_LAST: usize = 5;

/// Our tables, and Snowball for the rest.
pub struct Stemmer {
    snowball: rust_stemmers::Stemmer,
    /// Stems of nouns that were asked for: the parts of compounds, of which there are few.
    nouns: RefCell<HashMap<Box<str>, Box<str>, foldhash::fast::RandomState>>,
}

impl Default for Stemmer {
    fn default() -> Stemmer {
        Stemmer { snowball: rust_stemmers::Stemmer::create(Algorithm::German), nouns: RefCell::default() }
    }
}

/// How a word is written, which tells what it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Small: a verb, an adjective, or a particle.
    Small,
    /// With a capital: a noun or a name.
    Capital,
    /// With a capital that begins a sentence and may mean nothing.
    First,
}

impl Stemmer {
    /// The stem of a folded word, written with a capital or not.
    pub fn stem(&self, folded: &str, capital: bool) -> String {
        if !capital {
            return self.readings(folded, Case::Small).swap_remove(0).stem;
        }
        if let Some(stem) = self.nouns.borrow().get(folded) {
            return stem.to_string();
        }
        let stem = self.readings(folded, Case::Capital).swap_remove(0).stem;
        let mut nouns = self.nouns.borrow_mut();
        if nouns.len() >= MAX_REMEMBERED {
            nouns.clear();
        }
        nouns.insert(folded.into(), stem.as_str().into());
        stem
    }

    /// The words that a folded form can belong to, the likeliest first: at least one.
    pub fn readings(&self, folded: &str, case: Case) -> Vec<Reading> {
        if folded.bytes().any(|b| b.is_ascii_digit()) || is_stop_word(folded) {
            return vec![Reading {
                stem: folded.to_owned(),
                class: Class::Particle,
                weight: 0.0,
                cost: 0.0,
                uses: uses::ANY,
            }];
        }
        let word = spelling::current(folded);
        let mut readings = if case == Case::Capital { Vec::new() } else { small_readings(&word) };
        if case == Case::First && is_particle(&word) {
            return readings;
        }
        if case != Case::Small {
            readings.extend(nouns::readings(&word));
            readings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        } else if readings.is_empty() {
            readings.push(self.unknown(&word));
        }
        readings.retain(|reading| !reading.stem.is_empty());
        readings.dedup_by(|later, first| later.stem == first.stem);
        if readings.is_empty() {
            readings.push(Reading {
                stem: folded.to_owned(),
                class: Class::Noun,
                weight: 0.0,
                cost: 0.0,
                uses: uses::ANY,
            });
        }
        readings
    }

    /// The reading of a word written small that is no known verb or adjective.
    fn unknown(&self, word: &str) -> Reading {
        if nouns::is_basic(word) || nouns::is_whole(word) {
            return nouns::readings(word).swap_remove(0);
        }
        let historical = || historical::modern(word, false, |modern| small_readings(modern).into_iter().next());
        if let Some(reading) = compound(word).or_else(historical) {
            return reading;
        }
        let cut = self.snowball.stem(word).chars().count();
        let end = word.char_indices().nth(cut).map_or(word.len(), |(at, _)| at);
        let stem = word[..end.max(word.len().min(3))].to_owned();
        Reading { stem, class: Class::Particle, weight: 0.0, cost: 0.0, uses: uses::ANY }
    }
}

/// Keeps the first of `readings` and those that are not much less likely.
pub fn keep_likely(readings: &mut Vec<Reading>) {
    let least = readings.first().map_or(0.0, |reading| reading.weight) - MARGIN;
    readings.retain(|reading| reading.weight >= least);
}

/// The words that a folded form with a capital at the start of a sentence can belong to, the likeliest first.
pub fn first_readings(folded: &str) -> Vec<Reading> {
    let word = spelling::current(folded);
    let mut readings = small_readings(&word);
    readings.extend(nouns::readings(&word));
    readings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    readings
}

/// The reading of a first part of compounds with a verb or an adjective behind it (umweltschonende, tiefgekühlt).
fn compound(word: &str) -> Option<Reading> {
    let ends = word.char_indices().map(|(at, _)| at).filter(|at| *at >= MIN_FIRST && word.len() - at >= MIN_LAST);
    let divided = ends.map(|at| word.split_at(at)).filter(|(first, _)| partners_of_first_part(first).is_some());
    let mut read = divided.filter_map(|(first, last)| {
        let last = small_readings(last).into_iter().next()?;
        Some(Reading { stem: [first, &last.stem].concat(), ..last })
    });
    read.next()
}

/// The verbs and adjectives that a word written small can be a form of, the likeliest first.
pub fn small_readings(word: &str) -> Vec<Reading> {
    let mut readings = Readings::default();
    if is_particle(word) || particles::is_only_particle(word) {
        readings.offer(word.to_owned(), Class::Particle, 0.0, 0.0, uses::ANY);
        return readings.ranked();
    }
    adjectives::offer(word, &mut readings);
    verbs::offer(word, &mut readings);
    let own = |reading: &Reading| reading.class == Class::Adjective && lexicon().has(&reading.stem, flags::OWN_WORD);
    let mut readings = readings.ranked();
    if readings.first().is_some_and(own) {
        // bekannt is no form of bekennen
        readings.retain(|reading| reading.class != Class::Verb);
    }
    readings
}

/// The words that a [folded](crate::fold) form can belong to by the tables, the likeliest first; none for an unknown one. A form
/// written with a `capital` is read as a noun.
#[must_use]
pub fn form_readings(folded: &str, capital: bool) -> Vec<Reading> {
    let word = spelling::current(folded);
    if capital { nouns::readings(&word) } else { small_readings(&word) }
}

/// Whether a word, however written, is a form of a German noun, verb or adjective that the lexicon knows.
///
/// ```
/// assert!(findbuch_german::is_known("Raketen") && !findbuch_german::is_known("Brokhusen"));
/// ```
#[must_use]
pub fn is_known(word: &str) -> bool {
    let form = fold(word);
    nouns::is_whole(&form) || !small_readings(&form).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str) -> String {
        Stemmer::default().stem(&fold(word), word.starts_with(char::is_uppercase))
    }

    #[test]
    fn forms_of_a_word_meet() {
        for forms in [
            "System Systeme Systems Systemen",
            "Rakete Raketen",
            "Politiker Politikers Politikern Politikerin Politikerinnen",
            "Kenntnis Kenntnisse Kenntnissen",
            "Museum Museen Museums",
            "Thema Themen Themas",
            "Firma Firmen",
            "Konto Konten",
            "Radius Radien",
            "Mann Männer Mannes Männern",
            "Land Länder Landes Ländern",
            "Haus Häuser Haeuser Hauses",
            "Putin Putins Putin’s",
            "Arzt Ärzte Ärztin Ärztinnen",
            "Dorf Dörfer Dörfern Dorfes",
            "Bus Busse Bussen",
            "Kollege Kollegen Kollegin Kolleginnen",
            "Munitionslieferung Munitionslieferungen",
            "Textilhersteller Textilherstellers Textilherstellern",
            "gehen geht ging gegangen gehe",
            "Student Studentin Studentinnen",
            "Anwalt Anwälte Anwältin Anwältinnen",
            "Franzose Franzosen Französin",
            "Mutter Mütter",
            "Bruder Brüder",
            "schreiben schrieb geschrieben schreibt",
            "sehen sah gesehen sieht",
            "zurücktreten zurückgetreten zurücktrat",
            "stattfinden stattgefunden stattfand",
            "kalt kälter kalte",
            "dunkel dunkle dunkler",
            "teuer teure teurer",
            "ukrainisch ukrainischen ukrainische",
            "liefern liefert lieferte geliefert lieferten",
            "ausliefern ausgeliefert auszuliefern auslieferte",
            "groß große größer größten großes",
            "russisch russische russischen russischer",
            "Russische russischen",
            "Abgeordneter Abgeordnete Abgeordneten",
            "Plan Pläne Plänen Plans",
            "Fall Falles",
            "Platz Platzes",
            "Buch Buches",
            "Schloss Schlosses",
            "Bus Busse Busses",
            "Typ Typen",
            "Flüchtlingsrat Flüchtlingsräte",
            "Republikaner Republikanerin Republikanerinnen",
            "Politologe Politologin",
            "Muslim Muslimin",
            "führen führt geführt führte",
            "fahren fährt fuhr gefahren",
            "legen legt gelegt legte",
            "liegen lag gelegen liegt",
            "spannen gespannt spannte",
            "Rat Räte Räten Rates",
            "Fest Feste Festes",
            "Betriebsrat Betriebsräte",
            "Film Filme Filmen Films",
            "Tür Türen",
            "Gefahr Gefahren",
            "Klage Klagen",
            "Kreis Kreise Kreisen",
            "Spiel Spiele Spielen",
            "Konkurrent Konkurrenten",
            "Studie Studien",
            "Aktie Aktien",
            "Medium Medien",
            "Stadion Stadien",
            "Radius Radien",
            "Prinzip Prinzipien",
            "Partei Parteien",
            "Regierungspartei Regierungsparteien",
            "Impfstudie Impfstudien",
            "Küche Küchen",
            "Garten Gärten",
            "Tote Toten Toter",
            "Werkstatt Werkstätten",
            "Albtraum Alpträume Albträume",
            "Biden Bidens",
            "Spanien Spaniens",
            "Polen Polens",
            "Großbritannien Großbritanniens",
            "Erdogan Erdogans",
            "Hannover Hannovers",
            "Höcke Höckes",
            "Lewandowski Lewandowskis",
            "Dortmund Dortmunder Dortmundern Dortmunders",
            "Flügelspieler Flügelspielers Flügelspielern",
            "umweltschonend umweltschonende umweltschonenden",
            "schwer schwere schweren schwerer schwerste",
            "rechtsextrem rechtsextreme rechtsextremen",
            "geplant geplante geplanten planen plante",
            "einreichen eingereicht einzureichen eingereichte",
            "gut gute bessere besten",
        ] {
            let stems: Vec<String> = forms.split(' ').map(stem).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{forms}: {stems:?}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for pair in [
            "Arbeit Arbeiter",
            "Plan Planet",
            "Organ Organisation",
            "Nation national",
            "Merz März",
            "Grass Gras",
            "Kohl Kohle",
            "Müller Müll",
            "Fähre fahren",
            "Lehrer Lehre",
            "Poet Pöt",
            "Mutter Mut",
            "Käufer Kauf",
            "Kopenhagen Kopenhagon",
            "Gasse Gas",
            "Paket Pakt",
            "Main Mai",
            "Wien wie",
            "Baden Bad",
            "Reich reicht",
            "Schloss geschlossen",
            "Rate Räte",
            "fahren führen",
            "legen liegen",
            "lesen lasten",
            "lastet lesen",
            "spinnen spannen",
            "kennen kannst",
            "Weg wegen",
            "Jens jenes",
            "Andreas Andrea",
            "Falle Falles",
            "Termin Term",
            "Aktien Aktionen",
            "Studium Studien",
            "Spanien Span",
            "Bayern Bayer",
            "Küchen Kuchen",
            "Sinner Sinn",
            "Palmer Palme",
            "Offensivspieler Offensivspiel",
            "Sozialarbeiter Sozialarbeit",
            "Röhre Rohr",
            "Westen Weste",
            "Toni Tonus",
            "Modi Modus",
            "Ancelotti Lotto",
            "Bühler Buhler",
            "Faeser Faser",
            "sicher sich",
            "gestehen stehen",
            "bekannt bekennen",
            "leider leid",
            "gesamten Samen",
            "Fest fest",
        ] {
            let (left, right) = pair.split_once(' ').expect("two words");
            assert_ne!(stem(left), stem(right), "{pair}");
        }
    }
}
