//! Stems: what the inflected forms of a word share.
//!
//! Words with a capital are stemmed as nouns, others as verbs and adjectives, by tables of our own; what these do not know goes to
//! Snowball's German stemmer (crate rust-stemmers). Words with digits and function words are their own stems.

use crate::fold::fold;
use crate::stopwords::is_stop_word;
use crate::{nouns, spelling, verbs};
use rust_stemmers::Algorithm;

/// Our tables, and Snowball for the rest.
pub struct Stemmer(rust_stemmers::Stemmer);

impl Default for Stemmer {
    fn default() -> Stemmer {
        Stemmer(rust_stemmers::Stemmer::create(Algorithm::German))
    }
}

impl Stemmer {
    /// The stem of a folded word, written with a capital or not.
    pub fn stem(&self, folded: &str, capital: bool) -> String {
        if folded.bytes().any(|b| b.is_ascii_digit()) || is_stop_word(folded) {
            return folded.to_owned();
        }
        let word = spelling::current(folded);
        let stem = if capital { nouns::stem(&word) } else { verbs::stem(&word, |word| self.0.stem(word).into_owned()) };
        if stem.is_empty() { folded.to_owned() } else { stem }
    }
}

/// Whether a word, however written, is a form of a German noun, verb or adjective that the lexicon knows.
///
/// ```
/// assert!(findbuch_german::is_known("Raketen") && !findbuch_german::is_known("Brokhusen"));
/// ```
#[must_use]
pub fn is_known(word: &str) -> bool {
    let form = fold(word);
    nouns::is_whole(&form) || verbs::is_known(&form)
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
        ] {
            let (left, right) = pair.split_once(' ').expect("two words");
            assert_ne!(stem(left), stem(right), "{pair}");
        }
    }
}
